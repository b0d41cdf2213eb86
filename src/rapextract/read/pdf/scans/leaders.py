"""Leaders on a scan: rows of dots that lead from a name to its number (« Médecins …… 12 »).

The engine passes over the number behind them, or reads the dots as letters. They are wiped from the picture
before it is shown, and put back as a word once the name before them is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..page.boxes import Edges
from .ink import Ink, Picture

LARGEST_DOT = 2.0  # points, high and wide
MOST_PITCH = 12.0  # points from one dot to the next
LEAST_DOTS = 6
WAVER, LEAST_WAVER = 0.15, 1.5  # of the pitch, and pixels: how far it differs between dots of one row
CLEAR = 3.0  # points above the dots that are white, as no letter leaves them
MOST_ABOVE = 0.01  # of that place: ink, which is dirt
WIPED = 1.0  # points around a row of dots
BROKEN = 4.0  # times the pitch: a row that goes on after such a gap is the same
NAME_REACH = 18.0  # points before the first dot: there the name ends


@dataclass(frozen=True)
class Leader:
    """A row of `count` dots, with its box in points of the straight picture."""

    box: Edges
    count: int


@dataclass(frozen=True)
class _Row:
    """Dots at one `pitch`, all in pixels; `x1` and `bottom` are past the last."""

    x0: int
    top: int
    x1: int
    bottom: int
    pitch: float


def leaders_of(dark: Ink, scale: float) -> list[Leader]:
    """The leaders of a picture, `dark` where it is ink; `scale` is points a pixel.

    Each begins close to the foot of what stands before it: a dotted ruling does not.
    """
    rows = _joined([row for row in _rows_of_dots(dark, scale) if _is_clear(dark, row, scale)])
    return [
        Leader(
            (row.x0 * scale, row.top * scale, row.x1 * scale, row.bottom * scale),
            round((row.x1 - row.x0) / row.pitch) + 1,
        )
        for row in rows
        if _follows_name(dark, row, scale)
    ]


def without_leaders(grey: Picture, leaders: Sequence[Leader], scale: float) -> Picture:
    """A picture, grey on white paper, with its leaders painted white."""
    clean = grey.copy()
    for leader in leaders:
        x0, top, x1, bottom = leader.box
        edges = (top - WIPED, bottom + WIPED, x0 - WIPED, x1 + WIPED)
        a, b, c, d = (max(0, round(edge / scale)) for edge in edges)
        clean[a:b, c:d] = 255
    return clean


def _rows_of_dots(dark: Ink, scale: float) -> Iterator[_Row]:
    """Short runs of ink at one pitch, from each row of pixels."""
    steps = np.diff(np.pad(dark, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    down, start = np.nonzero(steps == 1)
    end = np.nonzero(steps == -1)[1]
    if len(start) < LEAST_DOTS:
        return
    narrow = (end - start) * scale <= LARGEST_DOT
    pitch = np.diff(start)
    step = (down[1:] == down[:-1]) & narrow[1:] & narrow[:-1] & (pitch * scale <= MOST_PITCH)
    even = np.abs(np.diff(pitch)) <= np.maximum(LEAST_WAVER, WAVER * pitch[1:])
    link = step[1:] & step[:-1] & even  # three dots
    edges = np.diff(np.pad(link, 1).astype(np.int8))
    for first, last in zip(np.nonzero(edges == 1)[0], np.nonzero(edges == -1)[0], strict=True):
        steps_made = int(last - first) + 1
        if steps_made + 1 >= LEAST_DOTS:
            row, x0, final = int(down[first]), int(start[first]), int(last) + 1
            yield _Row(x0, row, int(end[final]), row + 1, (int(start[final]) - x0) / steps_made)


def _is_clear(dark: Ink, row: _Row, scale: float) -> bool:
    """Whether nothing but dots stands on a row, and nothing right above it."""
    dot, clear = round(LARGEST_DOT / scale), round(CLEAR / scale)
    above = dark[max(0, row.top - dot - clear) : max(0, row.top - dot), row.x0 : row.x1]
    below = dark[row.bottom + dot : row.bottom + dot + 1, row.x0 : row.x1]
    return all(not place.size or float(place.mean()) <= MOST_ABOVE for place in (above, below))


def _joined(rows: Sequence[_Row]) -> list[_Row]:
    """Rows of dots of which the rows of pixels touch, or that go on after a gap, as one."""
    found: list[_Row] = []
    for row in sorted(rows, key=lambda row: (row.top, row.x0)):
        for k, other in enumerate(found):
            pitch = max(row.pitch, other.pitch)
            gap = max(row.x0 - other.x1, other.x0 - row.x1)
            if row.top - other.bottom <= 1 and gap <= BROKEN * pitch:
                x0, x1 = min(row.x0, other.x0), max(row.x1, other.x1)
                found[k] = replace(other, x0=x0, x1=x1, bottom=max(row.bottom, other.bottom))
                break
        else:
            found.append(row)
    return found


def _follows_name(dark: Ink, row: _Row, scale: float) -> bool:
    """Whether ink stands on the line of the dots, shortly before them."""
    reach, rise = round(NAME_REACH / scale), round(CLEAR / scale)
    before = dark[max(0, row.bottom - rise) : row.bottom, max(0, row.x0 - reach) : max(0, row.x0 - 1)]
    return bool(before.any())
