"""Real samples damaged at random: the inputs that readers meet least often and fail on most."""

from __future__ import annotations

from hypothesis import strategies as st

NASTY = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\x0c", b"\t", b"|", b"|---|\n", b"| 12 | 5 |\n",
    b"\n# ", b"\n- ", b"<table>", b"</table>", b"<td rowspan=65535>", b"<td colspan=9999>", b"<tr><td>",
    b"&#xd800;", b"&#0;", b"<!--", b"]]>", b"<svg>", b"<template>", b"%", b" %", b"1 234,5 ", b"12/2021 ",
    b" de ", b"\xc2\xa0", b"\xe2\x80\xaf", b"\xe2\x80\xae", b"\xcc\x81", b"\xf0\x9f\xa6\x8a", b"-",
    b"deux cents ", b"stream", b"endobj", b"0 0 R", b"<<", b">>", b"[", b"]", b"(", b"/Kids", b"99999999999",
    b"-1", b" Tj ", b" re f ",
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, samples: list[bytes], longest: int | None = 1500) -> bytes:
    """A piece of one of `samples`, at most `longest` bytes (None: all of it), damaged in some places."""
    data = draw(st.sampled_from(samples))
    if longest is not None and len(data) > longest:
        start = draw(st.integers(0, len(data) - longest))
        data = data[start : start + longest]
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        match draw(st.integers(0, 4)):
            case 0:
                data = data[:start] + data[end:]
            case 1:
                data = data[:start] + draw(st.sampled_from(NASTY)) + data[start:]
            case 2:
                data = data[:end] + data[start:end] * draw(st.integers(1, 5)) + data[end:]
            case 3:
                other = draw(st.integers(0, len(data)))
                data = data[:start] + data[other : other + end - start] + data[end:]
            case _:
                data = data[:start] + draw(st.binary(max_size=6)) + data[end:]
    return data
