"""Tables set with spaces or tabs in a plain text, as a copy of a printed page has them.

Method: a row is a label and measures with wide gaps (two spaces or more, or a tab) between them. Rows that
stand under each other and have their columns at the same places are a table where a line of headers stands
over them; without headers nothing says what the columns are, and the lines stay prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapextract.model import Span

from .grid import is_measure
from .lines import Line

LEAST_ROWS = 2
"""Rows of measures that make a table."""

LEAST_COLUMNS = 3
"""Columns, labels among them: « Appels    45 000 » alone is a line of a list."""

TAB = 8
"""Characters that a tab is worth where columns are compared."""

_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\t\s*")
_LETTER = re.compile(r"[^\W\d_]{2}")
_NO_VALUE = re.compile(
    r"(?:[-–—/*.]|n\.? ?[acds]\.?|neutralis[ée]e?s?|non [\w ]{3,20}|sans objet|s\.? ?o\.?)", re.I
)
_CAPTION = re.compile(r"[^\W\d_].{8,90}(?<![.;,!?:])")


@dataclass(frozen=True)
class ColumnTable:
    """Lines ``first:last`` that are a table: its rows of cells, and the line above them that names it."""

    first: int
    last: int
    rows: tuple[tuple[Span, ...], ...]
    caption: Span | None


@dataclass(frozen=True)
class _Cell:
    """A cell of a line, with the columns of characters it reaches from and to."""

    start: int
    end: int
    left: int
    right: int


def column_tables(text: str, lines: Sequence[Line]) -> list[ColumnTable]:
    """The tables among the lines of a text, in order; they do not overlap."""
    found: list[ColumnTable] = []
    cells = [_cells(line) for line in lines]
    index = 1
    while index < len(lines):
        last = index
        while last < len(lines) and _is_data(text, cells[last]) and (last == index or lines[last].gap == 0):
            last += 1
        table = _table(text, lines, cells, index, last) if last - index >= LEAST_ROWS else None
        if table is not None:
            found.append(table)
        index = max(last, index + 1)
    return found


def _table(
    text: str, lines: Sequence[Line], cells: Sequence[Sequence[_Cell]], first: int, last: int
) -> ColumnTable | None:
    """The table of the rows of measures ``first:last`` with the line of headers above them."""
    width = max(len(cells[row]) for row in range(first, last))
    columns = next(list(cells[row]) for row in range(first, last) if len(cells[row]) == width)
    header = cells[first - 1]
    if width < LEAST_COLUMNS or lines[first].gap > 1 or len(header) not in (width, width - 1):
        return None
    if any(is_measure(text[cell.start : cell.end]) for cell in header):
        return None
    heads: Sequence[_Cell | None] = [*([None] if len(header) < width else []), *header]
    bounds = [_joined(column, head) for column, head in zip(columns, heads, strict=True)]
    rows = [_placed(cells[row], bounds) for row in range(first, last)]
    if any(row is None for row in rows):
        return None
    at = lines[first - 1].start
    top = tuple(Span(start=h.start, end=h.end) if h else Span(start=at, end=at) for h in heads)
    caption = _caption(lines, first - 1)
    return ColumnTable(first - 1, last, (top, *(row for row in rows if row is not None)), caption)


def _caption(lines: Sequence[Line], header: int) -> Span | None:
    """The line above the headers, where it is a title: short, and no sentence."""
    if header == 0 or lines[header].gap > 1:
        return None
    above = lines[header - 1]
    if _GAP.search(above.text) or not above.text[0].isupper() or _CAPTION.fullmatch(above.text) is None:
        return None
    return Span(start=above.start, end=above.end)


def _cells(line: Line) -> list[_Cell]:
    """The cells of a line: what wide gaps part."""
    cells: list[_Cell] = []
    at, column = 0, line.indent
    for gap in (*_GAP.finditer(line.text), None):
        stop = gap.start() if gap else len(line.text)
        right = column + stop - at
        cells.append(_Cell(line.start + at, line.start + stop, column, right))
        if gap:
            at = gap.end()
            tabs = gap[0].count("\t")
            column = (right // TAB + tabs) * TAB if tabs else right + at - stop
    return cells


def _is_data(text: str, cells: Sequence[_Cell]) -> bool:
    """Whether a line is a row: a label of words, then measures or what stands for a missing one."""
    if len(cells) < 2 or not _LETTER.search(text[cells[0].start : cells[0].end]):
        return False
    said = [text[cell.start : cell.end] for cell in cells[1:]]
    measures = sum(map(is_measure, said))
    return measures > 0 and all(is_measure(words) or _NO_VALUE.fullmatch(words) for words in said)


def _joined(column: _Cell, head: _Cell | None) -> tuple[int, int]:
    """From where to where a column and its header reach."""
    if head is None:
        return column.left, column.right
    return min(column.left, head.left), max(column.right, head.right)


def _placed(cells: Sequence[_Cell], bounds: Sequence[tuple[int, int]]) -> tuple[Span, ...] | None:
    """The cells of a row, one a column; None where they are not under the columns.

    A row with a cell for each column needs no measuring, since labels may be longer than the first
    row's. Where a cell is missing, each of the others must lie under one column alone.
    """
    if len(cells) == len(bounds):
        return tuple(Span(start=cell.start, end=cell.end) for cell in cells)
    row: list[Span | None] = [None] * len(bounds)
    for number, cell in enumerate(cells):
        under = [i for i, (left, right) in enumerate(bounds) if cell.left < right and left < cell.right]
        place = 0 if number == 0 else under[0] if len(under) == 1 else -1
        if place < 0 or row[place] is not None:
            return None
        row[place] = Span(start=cell.start, end=cell.end)
    last = cells[0].end
    filled: list[Span] = []
    for placed in row:
        filled.append(placed or Span(start=last, end=last))
        last = filled[-1].end
    return tuple(filled)
