"""Lines drawn on a scanned page, found in its picture: rulings of tables and frames of panels.

A line shows as a long run of dark pixels, or, where it is thin and pale, as a long valley: darker than
the paper close above and below it. A line of small print, seen through noise, may be dark all along too,
but it is no valley, for its letters are higher than that. Where a line shows only in parts, as thin pale ones
do that were compressed, it is followed from these as far as it is a shallow valley almost all along, which
no row of letters is. Of a dark bar, on which the titles of a table
stand in white, the lower edge is a line.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ..page.graphics import Ruling
from .ink import DARK, Picture

FAINT = 36  # grey levels by which a pale line is darker than the paper on both its sides
REACH = 0.017  # inch from a pale line's middle to the paper beside it
RULING_LENGTH = 0.45  # inch: a dark run this long is a line, not a letter
FAINT_LENGTH = 0.8  # inch: the same of a valley, for the feet of serif letters may touch
RULING_WIDTH = 0.035  # inch
LEAST_BAR, MOST_BAR = 0.12, 0.8  # inch: how high a dark bar is that titles stand on in white
BAR_LENGTH = 1.5  # inch
UNBROKEN = 0.98  # of a run's pixels
STEP = 0.1  # inch: how far a line is followed at a time
SHALLOW = 10  # grey levels, on average, that tell that it goes on
ALONG = 0.85  # of a step where it is a valley, however shallow
STRIP = 256  # rows of pixels looked at together

Mask = npt.NDArray[np.bool_]


def find_rulings(grey: Picture, scale: float) -> list[Ruling]:
    """The level and upright lines of a straight picture with white paper; `scale` is points a pixel."""
    return [*_level_lines(grey, scale, True), *_level_lines(grey.T, scale, False)]


def _level_lines(grey: Picture, scale: float, horizontal: bool) -> list[Ruling]:
    inch = 72 / scale
    shortest, faint = max(20, round(RULING_LENGTH * inch)), max(36, round(FAINT_LENGTH * inch))
    open_runs: list[list[int]] = []  # first row, last row, start, end
    done: list[list[int]] = []
    for row, start, end in _runs(grey, shortest, faint, max(2, round(REACH * inch))):
        for run in open_runs:
            if run[1] >= row - 2 and start < run[3] and end > run[2]:
                run[1], run[2], run[3] = row, min(run[2], start), max(run[3], end)
                break
        else:
            open_runs.append([row, row, start, end])
        done += [run for run in open_runs if run[1] < row - 2]
        open_runs = [run for run in open_runs if run[1] >= row - 2]
    thin = [run for run in done + open_runs if run[1] - run[0] + 1 <= RULING_WIDTH * inch]
    rulings = [
        Ruling(horizontal, (a + b + 1) / 2 * scale, start * scale, end * scale, (b - a + 1) * scale, 0)
        for a, b, start, end in _followed(thin, grey, max(8, round(STEP * inch)), max(2, round(REACH * inch)))
    ]
    if horizontal:  # the lower edge of the dark titles of a table parts them from its first row
        rulings += [
            Ruling(True, (b + 0.5) * scale, start * scale, end * scale, scale, 0)
            for a, b, start, end in done + open_runs
            if LEAST_BAR * inch <= b - a + 1 <= MOST_BAR * inch and end - start >= BAR_LENGTH * inch
        ]
    return rulings


def _followed(runs: list[list[int]], grey: Picture, step: int, reach: int) -> list[list[int]]:
    """Runs (first row, last row, start, end) made as long as their lines are, those of one line made one."""
    whole: list[list[int]] = []
    for first, last, start, end in sorted(runs, key=lambda run: run[2] - run[3]):  # the longest first
        for other in whole:
            if first <= other[1] + 1 and last >= other[0] - 1 and start < other[3] and end > other[2]:
                other[2], other[3] = min(start, other[2]), max(end, other[3])
                break
        else:
            row = (first + last) // 2
            ends = (_end(grey, row, at, way, reach) for at, way in ((start, -step), (end, step)))
            whole.append([first, last, *ends])
    return sorted(whole)


def _end(grey: Picture, row: int, column: int, step: int, reach: int) -> int:
    """Where the line ends that comes to `row` and `column`, followed by `step` columns at a time."""
    length = abs(step)
    while column + min(step, 0) >= 0 and column + max(step, 0) <= grey.shape[1]:
        left = column + min(step, 0)
        found = [
            (depth.mean(), at)
            for at in range(max(reach, row - 1), min(len(grey) - reach, row + 2))
            if (depth := _depth(grey[at - reach : at + reach + 1, left : left + length])).mean() >= SHALLOW
            and np.count_nonzero(depth > 0) >= ALONG * len(depth)
        ]
        if not found:
            break
        row, column = max(found)[1], column + step
    return column


def _depth(grey: Picture) -> npt.NDArray[np.int16]:
    """By how many levels the middle row of a strip is darker than its first and last, evened out along it."""
    wide = np.pad(grey[[0, len(grey) // 2, -1]], ((0, 0), (1, 1)), mode="edge").astype(np.int16)
    above, row, below = (wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]) // 3
    depth: npt.NDArray[np.int16] = np.minimum(above, below) - row
    return depth


def _runs(grey: Picture, shortest: int, faint: int, reach: int) -> Iterator[tuple[int, int, int]]:
    """Row, start and end (exclusive) of long runs that are dark, or a valley; from the top down."""
    for top in range(0, len(grey), STRIP):
        strip = grey[top : top + STRIP]
        above, below = max(0, top - reach), min(len(grey), top + len(strip) + reach)
        valley = _valley(grey[above:below], reach)[top - above : top - above + len(strip)]
        found = [*_long(strip < DARK, shortest), *_long(valley, faint)]
        yield from sorted((top + row, start, end) for row, start, end in found)


def _valley(grey: Picture, reach: int) -> Mask:
    """Where a picture is darker than `reach` pixels above and below, noise along the rows evened out."""
    wide = np.pad(grey, ((reach, reach), (1, 1)), mode="edge").astype(np.int16)
    level = (wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]) // 3
    beside = np.minimum(level[: -2 * reach], level[2 * reach :])
    valley: Mask = beside - level[reach:-reach] > FAINT
    return valley


def _long(dark: Mask, length: int) -> Iterator[tuple[int, int, int]]:
    """Row, start and end of the runs that are at least `length` pixels long."""
    if dark.shape[1] <= length:
        return
    total = np.zeros((len(dark), dark.shape[1] + 1), dtype=np.int32)
    np.cumsum(dark, axis=1, out=total[:, 1:])
    whole = total[:, length:] - total[:, :-length] >= UNBROKEN * length
    for row in np.flatnonzero(whole.any(axis=1)).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate(([0], whole[row].astype(np.int8), [0]))))
        for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            yield row, start, stop + length - 1
