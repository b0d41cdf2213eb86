"""A table that goes on over pages, or over the columns of a page, is one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .found import FoundCell, FoundTable
from .headers import is_date, with_headers

SAME_EDGE = 4.0  # points: edges of columns this near to each other are the same
LOW = 0.72  # of the page height: a table that goes on reaches below it
HIGH = 0.28  # of the page height: one that is continued begins above it


def join_pages(pages: Sequence[Sequence[FoundTable]], heights: Sequence[float]) -> list[FoundTable]:
    """Logical tables, in reading order, from the tables found on consecutive pages.

    `heights` are the pages' heights in points. A table goes on in the next one, on the next page or
    in the next column of its page, when it ends low, the other begins high, both have the same
    columns, and the other has no header of its own. A header that is printed again is dropped there.
    Cells keep their own page; `areas` has the place of each part.
    """
    done: list[FoundTable] = []
    last: tuple[int, int, FoundTable] | None = None  # page, column on it, the part last seen
    for index, tables in enumerate(pages):
        columns = _page_columns(tables)
        for number, column in enumerate(columns):
            for position, table in enumerate(column):
                before = (*last[:2], _opened(last[2], table)) if last is not None and position == 0 else None
                if before is not None and _goes_on(before, (index, number, table), heights):
                    done[-1] = _continued(_opened(done[-1], table), table)
                else:
                    done.append(table)
                last = (index, number, table)
    return done


def at_foot(tables: Sequence[FoundTable], height: float) -> FoundTable | None:
    """The table at the foot of a page of `height` points, in its last column: it may go on."""
    columns = _page_columns(tables)
    last = columns[-1][-1] if columns else None
    return last if last is not None and last.area.bottom >= LOW * height else None


def _page_columns(tables: Sequence[FoundTable]) -> list[list[FoundTable]]:
    """A page's tables by the page column they stand in, from left to right, each from the top down."""
    columns: list[list[FoundTable]] = []
    for table in sorted(tables, key=lambda table: table.area.x0):
        if columns and table.area.x0 < max(other.area.x1 for other in columns[-1]):
            columns[-1].append(table)
        else:
            columns.append([table])
    return [sorted(column, key=lambda table: table.area.top) for column in columns]


def _goes_on(
    last: tuple[int, int, FoundTable], here: tuple[int, int, FoundTable], heights: Sequence[float]
) -> bool:
    """Whether the table last seen goes on in the first one of a page or of a page column."""
    (page, _, first), (index, number, second) = last, here
    follows = (index == page and number > 0) or (index == page + 1 and number == 0)
    if second.continues:
        return follows and first.column_count == second.column_count
    low = first.area.bottom >= LOW * heights[page]
    high = second.area.top <= HIGH * heights[index]
    if not (follows and low and high and _same_columns(first, second)):
        return False
    return _repeated_rows(first, second) > 0 or not _own_header(second)


def _same_columns(first: FoundTable, second: FoundTable) -> bool:
    """Whether two tables have the same columns at the same places, give or take a shift of the whole."""
    if first.column_count != second.column_count:
        return False
    shifts = [b - a for a, b in zip(first.columns, second.columns, strict=True)]
    if max(shifts) - min(shifts) <= 2 * SAME_EDGE:
        return True
    edges = list(zip(_edges(first), _edges(second), strict=True))
    known = [(a, b) for a, b in edges if a is not None and b is not None]
    if len(known) < first.column_count - 1 or not known:
        return False
    shift = known[0][1][0] - known[0][0][0]
    return all(min(abs(b[k] - a[k] - shift) for k in (0, 1)) <= SAME_EDGE for a, b in known)


def _opened(first: FoundTable, second: FoundTable) -> FoundTable:
    """`first` with the columns that it holds no text in and `second` does, else as it is.

    A part that ends after the header lacks the columns that have no name. Both parts must be ruled,
    their rulings at the same places, so that no other column can be meant.
    """
    if not first.column_count < second.column_count or {first.detector, second.detector} != {"rulings"}:
        return first
    places = [
        next((k for k, b in enumerate(second.columns) if abs(a - b) <= SAME_EDGE), -1) for a in first.columns
    ]
    if -1 in places or places[0] != 0 or places[-1] != second.column_count:
        return first
    cells = tuple(
        replace(
            cell,
            column=places[cell.column],
            # A cell of one column keeps it: what it reached over beyond is the empty column beside it.
            column_span=1
            if cell.column_span == 1
            else places[cell.column + cell.column_span] - places[cell.column],
        )
        for cell in first.cells
    )
    return replace(first, column_count=second.column_count, columns=second.columns, cells=cells)


def _edges(table: FoundTable) -> list[tuple[float, float] | None]:
    """From where to where the cells of each column reach."""
    edges: list[tuple[float, float] | None] = [None] * table.column_count
    for cell in table.cells:
        if cell.column_span == 1:
            known = edges[cell.column] or (cell.box.x0, cell.box.x1)
            edges[cell.column] = (min(known[0], cell.box.x0), max(known[1], cell.box.x1))
    return edges


def _own_header(table: FoundTable) -> bool:
    """Whether a table has a header row that shows as one: in bold, or with years."""
    if not table.header_rows:
        return False
    row = [cell for cell in table.cells if cell.row == 0]
    return all(cell.bold for cell in row) or any(is_date(cell.text) for cell in row)


def _header(table: FoundTable, rows: int) -> list[tuple[int, int, str]]:
    return [(c.row, c.column, "".join(c.text.split()).lower()) for c in table.cells if c.row < rows]


def _repeated_rows(first: FoundTable, second: FoundTable) -> int:
    """How many rows at the top of `second` repeat the header of `first`."""
    for rows in range(min(max(first.header_rows, 1), second.row_count - 1), 0, -1):
        if _header(first, rows) == _header(second, rows):
            return rows
    return 0


def _continued(first: FoundTable, second: FoundTable) -> FoundTable:
    """Both tables as one; the header of the second is dropped where it repeats the first's."""
    skip = _repeated_rows(first, second)
    moved: list[FoundCell] = [
        replace(cell, row=cell.row - skip + first.row_count) for cell in second.cells if cell.row >= skip
    ]
    whole = replace(
        first,
        row_count=first.row_count + second.row_count - skip,
        cells=first.cells + tuple(moved),
        confidence=min(first.confidence, second.confidence),
        areas=first.areas + second.areas,
    )
    return with_headers(whole)
