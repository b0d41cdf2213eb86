"""Tables from the structure tree that Word and Acrobat leave (PDF 32000-1, 14.8.4.3.4).

A tagged table says which characters make a cell and which cells make a row; spans are often missing,
and many tagged tables only lay out a page. So tags are believed where the geometry agrees.
"""

from __future__ import annotations

import numpy as np

from ..tags import TagTable
from .grid import Grid, Span
from .words import Floats, Ints, Words


def tagged_grid(table: TagTable, words: Words, marks: list[int]) -> Grid | None:
    """The grid of a tagged table, or None where the words' places contradict it.

    `marks` gives the marked-content id of each word. Cells are placed as in HTML: each takes the
    first free column of its row.
    """
    of_mark: dict[int, list[int]] = {}
    for position, mark in enumerate(marks):
        if mark >= 0:
            of_mark.setdefault(mark, []).append(position)
    taken: set[tuple[int, int]] = set()
    members: dict[Span, list[int]] = {}
    columns = 0
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            row_span = min(cell.row_span, len(table) - row)
            for i in range(row_span):
                taken.update((row + i, column + j) for j in range(cell.column_span))
            members[row, column, row_span, cell.column_span] = [
                position for mark in cell.marks for position in of_mark.get(mark, ())
            ]
            column += cell.column_span
            columns = max(columns, column)
    if columns < 2 or sum(bool(held) for held in members.values()) < 4:
        return None
    return _placed(members, len(table), columns, words)


def _placed(members: dict[Span, list[int]], rows: int, columns: int, words: Words) -> Grid | None:
    """The grid with its boundaries, where cells stand in order down and across; None where they don't."""
    left = np.full(columns, np.inf)
    right = np.full(columns, -np.inf)
    top = np.full(rows, np.inf)
    bottom = np.full(rows, -np.inf)
    for (row, column, row_span, column_span), held in members.items():
        if not held:
            continue
        if column_span == 1:
            left[column] = min(left[column], words.x0[held].min())
            right[column] = max(right[column], words.x1[held].max())
        if row_span == 1:
            top[row] = min(top[row], words.top[held].min())
            bottom[row] = max(bottom[row], words.bottom[held].max())
    filled = np.flatnonzero(np.isfinite(left))
    lines = np.flatnonzero(np.isfinite(top))
    if len(filled) < 2 or len(lines) < 2:
        return None
    if (right[filled[:-1]] > left[filled[1:]] + 2).any():
        return None
    if (bottom[lines[:-1]] > top[lines[1:]] + 3).any():
        return None
    xs = _boundaries(left, right, filled)
    ys = _boundaries(top, bottom, lines)
    return Grid(xs, ys, members)


def _boundaries(start: Floats, end: Floats, known: Ints) -> list[float]:
    """Boundaries between strips of which some are empty: those take no width."""
    out = [float(start[known[0]]) - 1]
    place = out[0]
    for strip in range(len(start) - 1):
        after = known[known > strip]
        if strip in known and len(after):
            place = float(end[strip] + start[after[0]]) / 2
        elif strip in known:
            place = float(end[strip]) + 1
        out.append(place)
    out.append(max(float(end[known[-1]]) + 1, place))
    return out
