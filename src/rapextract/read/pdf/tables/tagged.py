"""Tables from the structure tree that Word and Acrobat leave (PDF 32000-1, 14.8.4.3.4).

A tagged table says which characters make a cell and which cells make a row; spans are often missing,
and many tagged tables only lay out a page. So tags are believed where the geometry agrees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..page.tags import TagTable
from .grid import Grid, Span
from .words import Words

Strip = tuple[float, float]  # from where to where the words of a row or column reach


def words_by_mark(marks: Sequence[int]) -> dict[int, list[int]]:
    """The positions of the words of each marked-content id; `marks` gives that of each word, -1 for none."""
    found: dict[int, list[int]] = {}
    for position, mark in enumerate(marks):
        if mark >= 0:
            found.setdefault(mark, []).append(position)
    return found


def tagged_grid(table: TagTable, words: Words, marked: Mapping[int, list[int]]) -> Grid | None:
    """The grid of a tagged table, or None where the words' places contradict it.

    `marked` gives the words of each marked-content id. Cells are placed as in HTML: each takes the
    first free column of its row.
    """
    taken: set[tuple[int, int]] = set()
    members: dict[Span, list[int]] = {}
    columns = 0
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            row_span = min(cell.row_span, len(table) - row)
            if row_span > 1:
                taken.update(
                    (row + i, column + j) for i in range(1, row_span) for j in range(cell.column_span)
                )
            members[row, column, row_span, cell.column_span] = [
                position for mark in cell.marks for position in marked.get(mark, ())
            ]
            column += cell.column_span
            columns = max(columns, column)
    if columns < 2 or sum(bool(held) for held in members.values()) < 4:
        return None
    return _placed(members, len(table), columns, words)


def _placed(members: dict[Span, list[int]], rows: int, columns: int, words: Words) -> Grid | None:
    """The grid with its boundaries, where cells stand in order down and across; None where they don't."""
    across: list[Strip | None] = [None] * columns
    down: list[Strip | None] = [None] * rows
    for (row, column, row_span, column_span), held in members.items():
        if held and column_span == 1:
            x0, x1 = min([words.x0[k] for k in held]), max([words.x1[k] for k in held])
            across[column] = _both(across[column], (x0, x1))
        if held and row_span == 1:
            top, bottom = min([words.top[k] for k in held]), max([words.bottom[k] for k in held])
            down[row] = _both(down[row], (top, bottom))
    filled = [strip for strip in across if strip is not None]
    lines = [strip for strip in down if strip is not None]
    if len(filled) < 2 or len(lines) < 2:
        return None
    if any(left[1] > right[0] + 2 for left, right in pairwise(filled)):
        return None
    if any(above[1] > below[0] + 3 for above, below in pairwise(lines)):
        return None
    return Grid(_boundaries(across, filled), _boundaries(down, lines), members)


def _both(first: Strip | None, second: Strip) -> Strip:
    return second if first is None else (min(first[0], second[0]), max(first[1], second[1]))


def _boundaries(strips: list[Strip | None], known: list[Strip]) -> list[float]:
    """Boundaries between strips of which some are empty: those take no width; `known` are the others."""
    place = known[0][0] - 1
    out = [place]
    passed = 0
    for strip in strips[:-1]:
        if strip is not None:
            passed += 1
            place = (strip[1] + known[passed][0]) / 2 if passed < len(known) else strip[1] + 1
        out.append(place)
    out.append(max(known[-1][1] + 1, place))
    return out
