"""A table that goes on over pages, or over the columns of a page, is one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .found import FoundTable
from .headers import MOST_ROWS, is_date, with_headers
from .words import is_figure

SAME_EDGE = 4.0  # points: edges of columns this near to each other are the same
LOW = 0.72  # of the page height: a table that goes on reaches below it
HIGH = 0.28  # of the page height: one that is continued begins above it


class Belongs(NamedTuple):
    """The logical table that a page's table is a part of, by its number from 0, and whether the first."""

    table: int
    begins: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """The table last seen: its page, the column it stands in there, and the page's height."""

    page: int
    column: int
    height: float
    table: FoundTable


class TableJoiner:
    """Makes logical tables of the tables found on consecutive pages, one page after the other.

    A table goes on in the next one, on the next page or in the next column of its page, when it ends
    low, the other begins high, both have the same columns, and the other has no header of its own. A
    header that is printed again is dropped there. Cells keep their own page; `areas` has the place of
    each part. No more than the table that may still go on is held.
    """

    def __init__(self) -> None:
        self._pages = 0
        self._begun = 0
        self._last: _Part | None = None
        self._open: list[FoundTable] = []

    def add(self, tables: Sequence[FoundTable], height: float) -> tuple[list[Belongs], list[FoundTable]]:
        """Take the tables of the next page, which is `height` points high.

        Returns for each of them what it belongs to, and the logical tables that are complete by now, in
        reading order.
        """
        belongs: dict[int, Belongs] = {}
        ended: list[FoundTable] = []
        for number, column in enumerate(_page_columns(tables)):
            for position, table in enumerate(column):
                here = _Part(self._pages, number, height, table)
                if position == 0 and self._last is not None and self._open:
                    last = replace(self._last, table=_opened(self._last.table, table))
                    begins = not _goes_on(last, here)
                else:
                    begins = True
                if begins:
                    ended += self.end()
                    self._open = [table]
                    self._begun += 1
                else:
                    self._go_on(table)
                belongs[id(table)] = Belongs(self._begun - 1, begins)
                self._last = here
        self._pages += 1
        return [belongs[id(table)] for table in tables], ended

    def end(self) -> list[FoundTable]:
        """The table that was still open, if there is one: no page follows."""
        ended = [_whole(self._open)] if self._open else []
        self._open = []
        return ended

    def _go_on(self, table: FoundTable) -> None:
        """Keep `table` as the next part; parts are joined at the end, once all header rows are known."""
        if self._open[0].column_count < table.column_count:
            self._open = [_opened(_whole(self._open), table)]
        self._open.append(table)
        if self._open[0].row_count <= MOST_ROWS:
            self._open = [_whole(self._open)]


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


def _goes_on(last: _Part, here: _Part) -> bool:
    """Whether the table last seen goes on in the first one of a page or of a page column."""
    first, second = last.table, here.table
    same_page = here.page == last.page and here.column > 0
    follows = same_page or (here.page == last.page + 1 and here.column == 0)
    if second.continues:
        return follows and first.column_count == second.column_count
    low = first.area.bottom >= LOW * last.height
    high = second.area.top <= HIGH * here.height
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
    return any(_same_edges(first, second, heads) for heads in (True, False))


def _same_edges(first: FoundTable, second: FoundTable, heads: bool) -> bool:
    """Whether texts of two tables' columns have edges or middles alike, give or take a shift of the whole.

    Those of the header with them (`heads`) or not: names are centred over figures set flush right, and wider.
    The keys of one part may all be set in, where several columns stand right of them.
    """
    edges = list(zip(_edges(first, heads), _edges(second, heads), strict=True))
    known = [_places(a, b) for a, b in edges if a is not None and b is not None]
    if len(known) < first.column_count - 1 or not known:
        return False
    values = known[1:] if edges[0][0] and edges[0][1] and first.column_count > 2 else known
    shifts = [*known[0], *values[-1]]
    return any(
        all(min(abs(own - shift) for own in column) <= SAME_EDGE for column in values) for shift in shifts
    )


def _places(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float, float]:
    """How far the left edge, the right edge and the middle of a text are from those of another."""
    left, right = second[0] - first[0], second[1] - first[1]
    return left, right, (left + right) / 2


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


def _edges(table: FoundTable, heads: bool) -> list[tuple[float, float] | None]:
    """From where to where the cells of each column reach, those of the header with them or not."""
    edges: list[tuple[float, float] | None] = [None] * table.column_count
    for cell in table.cells:
        if cell.column_span == 1 and (heads or cell.row >= table.header_rows):
            known = edges[cell.column] or (cell.box.x0, cell.box.x1)
            edges[cell.column] = (min(known[0], cell.box.x0), max(known[1], cell.box.x1))
    return edges


def _own_header(table: FoundTable) -> bool:
    """Whether a table has a header row that shows as one: in bold, with years, or texts over figures."""
    if not table.header_rows:
        return False
    row = [cell for cell in table.cells if cell.row == 0]
    if all(cell.bold for cell in row) or any(is_date(cell.text) for cell in row):
        return True
    names = {cell.column for cell in row if cell.column > 0 and not is_figure(cell.text)}
    below = [cell for cell in table.cells if cell.row >= table.header_rows and cell.column in names]
    return len(names) > 1 and bool(below) and all(is_figure(cell.text) for cell in below)


def _header(table: FoundTable, rows: int) -> list[tuple[int, int, str]]:
    return [(c.row, c.column, "".join(c.text.split()).lower()) for c in table.cells if c.row < rows]


def _repeated_rows(first: FoundTable, second: FoundTable) -> int:
    """How many rows at the top of `second` repeat the header of `first`."""
    for rows in range(min(max(first.header_rows, 1), second.row_count - 1), 0, -1):
        if _header(first, rows) == _header(second, rows):
            return rows
    return 0


def _whole(parts: Sequence[FoundTable]) -> FoundTable:
    """The parts of a table as one; the header is dropped where a part repeats it."""
    first, *others = parts
    if not others:
        return first
    cells, rows = list(first.cells), first.row_count
    for part in others:
        skip = _repeated_rows(first, part)
        cells += (replace(cell, row=cell.row - skip + rows) for cell in part.cells if cell.row >= skip)
        rows += part.row_count - skip
    whole = replace(
        first,
        row_count=rows,
        cells=tuple(cells),
        confidence=min(part.confidence for part in parts),
        areas=tuple(area for part in parts for area in part.areas),
    )
    return with_headers(whole)
