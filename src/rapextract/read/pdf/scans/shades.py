"""Shaded boxes on a scanned page, found in its picture: the ground of panels that no line frames.

A box shows as a step of the paper's grey on all four sides. A step is told by what stands close on both
its sides, so that a shadow over the page, which is no step, hides none and makes none. Text has no part in
it: of each small cell of the picture only the lightest pixels count.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..page.boxes import Edges

CELL = 2.0  # points: the picture is looked at in cells of this size
LIGHTEST = 0.8  # of a cell's pixels are no lighter than what it counts as
APART = 2  # cells from one side of a step to the other
DARKER = 0.02  # of the paper's grey: the least step
EVENED = 5  # cells along a step whose mean counts
GAP = 3  # cells of a step that dirt may hide
NARROWEST, LOWEST = 20, 10  # cells: smaller boxes are no panels
ASKEW = 3  # cells by which the ends of upper and lower edges may differ
SIDE = 0.75  # of a side's cells that show the step
MOST_EDGES = 200  # level steps of a page: more are a picture's

Levels = npt.NDArray[np.float32]
Run = tuple[int, int, int]
"""The row of cells above a step, and the first and last column of the step."""


def shades_of(image: Any, scale: float) -> list[Edges]:
    """The boxes, in points, on which a straight picture's (PIL, grey) paper is darker.

    `scale` is points a pixel.
    """
    fine = max(1, round(CELL / 4 / scale))  # pixels that are taken together, which evens out noise
    side = max(1, round(CELL / scale / fine))
    paper = _paper(np.asarray(image.reduce(fine)), side)
    if min(paper.shape) < NARROWEST:
        return []
    down, across = _steps(paper), _steps(paper.T).T
    begins, ends = list(_runs(down >= DARKER)), list(_runs(down <= -DARKER))
    if max(len(begins), len(ends)) > MOST_EDGES:
        return []
    boxes = [box for top, bottom in product(begins, ends) if (box := _box(top, bottom, across))]
    boxes.sort(key=lambda box: -box.height if box.unbroken else 0)
    found: list[Edges] = []
    size = side * fine * scale
    for box in boxes:
        x0, y0, x1, y1 = (edge * size for edge in box.edges)
        if not any(x0 < other[2] and other[0] < x1 and y0 < other[3] and other[1] < y1 for other in found):
            found.append((x0, y0, x1, y1))
    return found


def _paper(grey: npt.NDArray[np.uint8], side: int) -> Levels:
    """The grey of the paper in each cell of `side` by `side` pixels, as text leaves it there and beside."""
    height, width = (length // side for length in grey.shape)
    cells = grey[: height * side, : width * side].reshape(height, side, width, side)
    flat = cells.transpose(0, 2, 1, 3).reshape(height, width, side * side)
    at = int(LIGHTEST * (side * side - 1))
    light = np.pad(np.partition(flat, at, axis=2)[:, :, at], 1, mode="edge")
    around = [light[y : y + height, x : x + width] for y, x in product(range(3), repeat=2)]
    paper: Levels = np.maximum.reduce(around).astype(np.float32)
    return paper


def _steps(paper: Levels) -> Levels:
    """By what share the cells `APART` rows below are darker than each row's, evened out along the row."""
    step = np.zeros_like(paper)
    above, below = paper[:-APART], paper[APART:]
    step[:-APART] = (above - below) / np.maximum(np.maximum(above, below), 1)
    wide = np.pad(step, ((0, 0), (EVENED // 2 + 1, EVENED // 2)), mode="edge")
    total = np.cumsum(wide, axis=1, dtype=np.float32)
    evened: Levels = ((total[:, EVENED:] - total[:, :-EVENED]) / EVENED).astype(np.float32)
    return evened


def _runs(shown: npt.NDArray[np.bool_]) -> Iterator[Run]:
    """The long runs of cells that show a step, from the top down."""
    for row in np.flatnonzero(np.count_nonzero(shown, axis=1) >= NARROWEST - GAP).tolist():
        columns = np.flatnonzero(shown[row])
        parts = np.split(columns, np.flatnonzero(np.diff(columns) > GAP + 1) + 1)
        yield from ((row, int(part[0]), int(part[-1])) for part in parts if part[-1] - part[0] >= NARROWEST)


class _Box(NamedTuple):
    """A box's x0, top, x1, bottom in cells, and whether its sides show all along: none within it does so."""

    edges: tuple[int, int, int, int]
    unbroken: bool

    @property
    def height(self) -> int:
        return self.edges[3] - self.edges[1]


def _box(top: Run, bottom: Run, across: Levels) -> _Box | None:
    """The box below one step and above another, if both its sides show too."""
    if bottom[0] - top[0] < LOWEST or max(abs(top[1] - bottom[1]), abs(top[2] - bottom[2])) > ASKEW:
        return None
    rows = across[top[0] + APART : bottom[0]]
    left = _side(rows >= DARKER, min(top[1], bottom[1]))
    right = _side(rows <= -DARKER, max(top[2], bottom[2]))
    if not left or not right:
        return None
    # The cells of a box that touch lighter ones count as these: it is a cell larger all around.
    edges = (left[0] + 1, top[0] + 1, right[-1] + 2, bottom[0] + 3)
    return _Box(edges, _is_unbroken(rows[:, left] >= DARKER) and _is_unbroken(rows[:, right] <= -DARKER))


def _is_unbroken(shown: npt.NDArray[np.bool_]) -> bool:
    """Whether one of the columns of a side shows the step in each row, but for a few that dirt may hide."""
    seen = np.flatnonzero(np.concatenate(([True], shown.any(axis=1), [True])))
    return bool(np.diff(seen).max() <= GAP + 1)


def _side(shown: npt.NDArray[np.bool_], column: int) -> list[int]:
    """The columns near to one in which a step shows almost all along."""
    near = range(max(0, column - ASKEW), min(shown.shape[1], column + ASKEW + 1))
    return [at for at in near if np.count_nonzero(shown[:, at]) >= SIDE * len(shown)]
