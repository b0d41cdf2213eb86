"""The projection profile of a page's text: how many phrases stand over each point across it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]


def profile(intervals: Iterable[tuple[float, float]], width: int) -> Counts:
    """How many intervals, as (from, to) in points, cover each of `width` points; none reaches beyond them."""
    starts, ends = [], []
    for start, end in intervals:
        starts.append(max(int(start), 0))
        ends.append(max(int(end), starts[-1]))
    count = np.bincount(starts, minlength=width + 1) - np.bincount(ends, minlength=width + 1)
    covered: Counts = np.cumsum(count)[:width]
    return covered


def runs(clear: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where `clear` is true without a break, as (first, one past the last)."""
    bounded = np.zeros(len(clear) + 2, dtype=bool)
    bounded[1:-1] = clear
    edges = np.flatnonzero(bounded[1:] != bounded[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
