"""Tables from the structure tree that Word and Acrobat leave (PDF 32000-1, 14.8.4.3.4).

A tagged table says which characters make a cell and which cells make a row; spans are often missing,
and many tagged tables only lay out a page. So tags are believed where the geometry agrees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf

from ..page.tags import TagCell, TagTable
from .grid import Grid, Span
from .headers import is_date
from .words import Words, is_figure

TOUCH = 2.0  # points that the words of two columns may share
Strip = tuple[float, float]  # from where to where the words of a row or column reach
Held = tuple[TagCell, list[int]]  # a cell and the positions of its words


def words_by_mark(marks: Sequence[int]) -> dict[int, list[int]]:
    """The positions of the words of each marked-content id; `marks` gives that of each word, -1 for none."""
    found: dict[int, list[int]] = {}
    for position, mark in enumerate(marks):
        if mark >= 0:
            found.setdefault(mark, []).append(position)
    return found


def tagged_grids(table: TagTable, words: Words, marked: Mapping[int, list[int]]) -> list[Grid]:
    """The grid of a tagged table, one in each page column it stands in; none where words contradict one.

    `marked` gives the words of each marked-content id. Cells are placed as in HTML: each takes the
    first free column of its row. Browsers leave empty cells out: then they are placed by their words too.
    """
    held = [
        [(cell, [position for mark in cell.marks for position in marked.get(mark, ())]) for cell in cells]
        for cells in table
    ]
    grids = [_grid(part, words) for part in _in_page_columns(held, words)]
    known = [grid for grid in grids if grid is not None]
    return known if len(known) == len(grids) else []


def _grid(held: list[list[Held]], words: Words) -> Grid | None:
    members, columns = _in_order(held)
    if columns < 2 or sum(map(bool, members.values())) < 4:
        return None
    if all(members.values()):
        members = _with_empty_cells(held, members, columns, words) or members
    return _placed(members, len(held), columns, words)


def _in_page_columns(held: list[list[Held]], words: Words) -> list[list[list[Held]]]:
    """The rows of a table parted where one stands right of and above the row before it.

    The rows of a header that is printed in each page column are in each part, with the words there.
    """
    texts = [[position for _, own in cells for position in own] for cells in held]
    cuts, gutters = [0], [-inf]
    for row, (before, here) in enumerate(pairwise(texts), 1):
        if before and here:
            end, start = max([words.x1[k] for k in before]), min([words.x0[k] for k in here])
            above = max([words.bottom[k] for k in here]) < min([words.top[k] for k in before])
            if end < start and above:
                cuts.append(row)
                gutters.append((end + start) / 2)
    if len(cuts) == 1:
        return [held]
    head = 0
    while head < cuts[1] and min([words.x0[k] for k in texts[head]], default=inf) < gutters[1] < max(
        [words.x1[k] for k in texts[head]], default=-inf
    ):
        head += 1
    parts = []
    for first, end, left, right in zip(
        [head, *cuts[1:]], [*cuts[1:], len(held)], gutters, [*gutters[1:], inf], strict=True
    ):
        rows = [*held[:head], *held[first:end]]
        parts.append(
            [
                [(cell, [k for k in own if left < words.centre[k] < right]) for cell, own in row]
                for row in rows
            ]
        )
    return parts


def _in_order(held: list[list[Held]]) -> tuple[dict[Span, list[int]], int]:
    """Cells in the first free columns of their rows, and the number of columns."""
    taken: set[tuple[int, int]] = set()
    members: dict[Span, list[int]] = {}
    columns = 0
    for row, cells in enumerate(held):
        column = 0
        for cell, own in cells:
            while (row, column) in taken:
                column += 1
            span = (row, column, min(cell.row_span, len(held) - row), cell.column_span)
            taken.update(_fields(span))
            members[span] = own
            column += cell.column_span
            columns = max(columns, column)
    return members, columns


def _fields(span: Span) -> list[tuple[int, int]]:
    """The fields, as (row, column), that a cell covers."""
    row, column, row_span, column_span = span
    return [(row + i, column + j) for i in range(row_span) for j in range(column_span)]


def _with_empty_cells(
    held: list[list[Held]], ordered: dict[Span, list[int]], columns: int, words: Words
) -> dict[Span, list[int]] | None:
    """Cells placed in line with those of the full rows, where some rows lack cells; None where they can't be.

    `ordered` are the cells in the first free columns of their rows. Above the first row that is full or holds
    figures only the corner may be missing, so that a span which isn't declared is not taken for empty cells.
    """
    count = Counter(row for span in ordered for row, _ in _fields(span))
    full = [row for row in range(len(held)) if count[row] == columns]
    if not full or len(full) == len(held):
        return None
    strips: list[Strip | None] = [None] * columns
    for (row, column, _, column_span), own in ordered.items():
        if column_span == 1 and count[row] == columns:
            strips[column] = _both(strips[column], _reach(own, words))
    known = [strip for strip in strips if strip is not None]
    if len(known) < columns:
        return None
    head = next(row for row, cells in enumerate(held) if row == full[0] or _has_figure(cells, words))
    taken: set[tuple[int, int]] = set()
    out: dict[Span, list[int]] = {}
    for row, cells in enumerate(held):
        free = [column for column in range(columns) if (row, column) not in taken]
        if row < head:
            free = free[max(0, len(free) - sum(cell.column_span for cell, _ in cells)) :]
        places = _places(cells, free, known, words)
        if len(places) != 1:
            return None
        for (cell, own), column in zip(cells, places[0], strict=True):
            span = (row, column, min(cell.row_span, len(held) - row), cell.column_span)
            taken.update(_fields(span))
            out[span] = own
    return out


def _has_figure(cells: list[Held], words: Words) -> bool:
    """Whether one of a row's cells holds a figure that is no date."""
    texts = (" ".join([words.text[k] for k in own]) for _, own in cells)
    return any(is_figure(text) and not is_date(text) for text in texts)


def _places(cells: list[Held], free: list[int], strips: list[Strip], words: Words) -> list[list[int]]:
    """Ways to give a row's cells, in order, the `free` columns that they stand over; several if not clear."""
    if not cells:
        return [[]]
    (cell, own), rest = cells[0], cells[1:]
    x0, x1 = _reach(own, words)
    out: list[list[int]] = []
    for k, column in enumerate(free):
        end = column + cell.column_span
        if free[k : k + cell.column_span] != list(range(column, end)):
            continue
        inside = strips[column][0] < x1 and x0 < strips[end - 1][1]
        others = [*strips[:column], *strips[end:]]
        if inside and not any(a + TOUCH < x1 and x0 < b - TOUCH for a, b in others):
            out += [[column, *more] for more in _places(rest, free[k + cell.column_span :], strips, words)]
        if len(out) > 1:
            break
    return out


def _reach(own: Sequence[int], words: Words) -> Strip:
    """From where to where words reach."""
    return min([words.x0[k] for k in own]), max([words.x1[k] for k in own])


def _placed(members: dict[Span, list[int]], rows: int, columns: int, words: Words) -> Grid | None:
    """The grid with its boundaries, where cells stand in order down and across; None where they don't."""
    across: list[Strip | None] = [None] * columns
    down: list[Strip | None] = [None] * rows
    for (row, column, row_span, column_span), held in members.items():
        if held and column_span == 1:
            across[column] = _both(across[column], _reach(held, words))
        if held and row_span == 1:
            top, bottom = min([words.top[k] for k in held]), max([words.bottom[k] for k in held])
            down[row] = _both(down[row], (top, bottom))
    filled = [strip for strip in across if strip is not None]
    lines = [strip for strip in down if strip is not None]
    if len(filled) < 2 or len(lines) < 2:
        return None
    if any(left[1] > right[0] + TOUCH for left, right in pairwise(filled)):
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
