"""A table that goes on over pages is one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .found import FoundCell, FoundTable

SAME_EDGE = 4.0  # points: column boundaries this near to each other are the same
PAGE_END = 0.72  # of the page height: a table that goes on reaches below it
PAGE_START = 0.28  # of the page height: one that is continued begins above it


def join_pages(pages: Sequence[Sequence[FoundTable]], heights: Sequence[float]) -> list[FoundTable]:
    """Logical tables, in reading order, from the tables found on consecutive pages.

    `heights` are the pages' heights in points. The last table of a page goes on in the first of the
    next page when it ends low, the other begins high, and both have the same columns. A header that
    is printed again on the next page is dropped there. Cells keep their own page.
    """
    done: list[FoundTable] = []
    open_table: FoundTable | None = None
    last: FoundTable | None = None
    for index, tables in enumerate(pages):
        ordered = sorted(tables, key=lambda table: (table.area.top, table.area.x0))
        for position, table in enumerate(ordered):
            if (
                position == 0
                and open_table is not None
                and last is not None
                and table.area.top <= PAGE_START * heights[index]
                and _same_columns(last, table)
            ):
                open_table = _continued(open_table, table)
                done[-1] = open_table
            else:
                open_table = table
                done.append(table)
            last = table
        if not ordered or last is None or last.area.bottom < PAGE_END * heights[index]:
            open_table = None
    return done


def _same_columns(first: FoundTable, second: FoundTable) -> bool:
    """Whether two tables have the same columns at the same places, give or take a margin's shift."""
    if first.column_count != second.column_count:
        return False
    shifts = [b - a for a, b in zip(first.columns, second.columns, strict=True)]
    return max(shifts) - min(shifts) <= 2 * SAME_EDGE


def _header(table: FoundTable, rows: int) -> list[tuple[int, int, str]]:
    return [(c.row, c.column, "".join(c.text.split()).lower()) for c in table.cells if c.row < rows]


def _continued(first: FoundTable, second: FoundTable) -> FoundTable:
    """Both tables as one; the header of the second is dropped where it repeats the first's."""
    skip = 0
    for rows in range(min(max(first.header_rows, 1), second.row_count - 1), 0, -1):
        if _header(first, rows) == _header(second, rows):
            skip = rows
            break
    moved: list[FoundCell] = [
        replace(cell, row=cell.row - skip + first.row_count) for cell in second.cells if cell.row >= skip
    ]
    return replace(
        first,
        row_count=first.row_count + second.row_count - skip,
        cells=first.cells + tuple(moved),
        confidence=min(first.confidence, second.confidence),
        areas=first.areas + second.areas,
    )
