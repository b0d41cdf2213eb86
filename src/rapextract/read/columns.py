"""Tables set with spaces or tabs in a plain text, as a copy of a printed page has them.

Method: a row is a label and measures with wide gaps (two spaces or more, or a tab) between them. Rows that
stand under each other and have their columns at the same places are a table where lines of headers stand
over them; without headers nothing says what the columns are, and the lines stay prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapextract.model import Span

from .delimited import is_rule
from .grid import is_label_and_values, is_measure
from .lines import Line

LEAST_ROWS = 2
"""Rows of measures that make a table."""

LEAST_COLUMNS = 3
"""Columns, labels among them: « Appels    45 000 » alone is a line of a list."""

MOST_HEADERS = 3
"""Lines of headers that a table has, at most."""

TAB = 8
"""Characters that a tab is worth where columns are compared."""

_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\t\s*")
_CAPTION = re.compile(r"[^\W\d_].{8,90}(?<![.;,!?:])")


@dataclass(frozen=True)
class ColumnTable:
    """Lines ``first:last`` that are a table: its rows of cells, and the line above them that names it.

    The first `header_rows` of its rows name the columns.
    """

    first: int
    last: int
    rows: tuple[tuple[Span, ...], ...]
    caption: Span | None
    header_rows: int


@dataclass(frozen=True)
class _Cell:
    """A cell of a line, with the columns of characters it reaches from and to."""

    start: int
    end: int
    left: int
    right: int


def column_tables(text: str, lines: Sequence[Line]) -> list[ColumnTable]:
    """The tables among the lines of a text, in order; they do not overlap. Drawn lines are no rows."""
    drawn = [is_rule(line) for line in lines]
    places = [place for place, rule in enumerate(drawn) if not rule]
    written = [lines[place] for place in places]
    found: list[ColumnTable] = []
    cells = [_cells(line) for line in written]
    data = [_is_data(text, line) for line in cells]
    index = 1
    while index < len(written):
        last = index
        while last < len(written) and data[last] and (last == index or written[last].gap == 0):
            last += 1
        table = _table(text, written, cells, index, last) if last - index >= LEAST_ROWS else None
        if table is not None:
            first, end = places[table.first], places[table.last - 1] + 1
            if first and drawn[first - 1] and lines[first - 1].gap:
                first -= 1
            if end < len(lines) and drawn[end] and lines[end].gap == 0:
                end += 1
            found.append(ColumnTable(first, end, table.rows, table.caption, table.header_rows))
        index = max(last, index + 1)
    return found


def _table(
    text: str, lines: Sequence[Line], cells: Sequence[Sequence[_Cell]], first: int, last: int
) -> ColumnTable | None:
    """The table of the rows of measures ``first:last`` with the lines of headers above them."""
    width = max(len(cells[row]) for row in range(first, last))
    full = [cells[row] for row in range(first, last) if len(cells[row]) == width]
    columns = [
        (min(c.left for c in column), max(c.right for c in column)) for column in zip(*full, strict=True)
    ]
    if width < LEAST_COLUMNS or lines[first].gap > 1:
        return None
    top = _headers(text, lines, cells, first, columns)
    if top is None:
        return None
    heads = [next((row[c] for row in reversed(top) if row[c]), None) for c in range(width)]
    bounds = [_joined(column, head) for column, head in zip(columns, heads, strict=True)]
    rows = [_placed(cells[row], bounds) for row in range(first, last)]
    if any(row is None for row in rows):
        return None
    over = first - len(top)
    headers = [_spans(row, lines[over + number].start) for number, row in enumerate(top)]
    placed = [row for row in rows if row is not None]
    return ColumnTable(over, last, (*headers, *placed), _caption(lines, over), len(top))


def _headers(
    text: str,
    lines: Sequence[Line],
    cells: Sequence[Sequence[_Cell]],
    first: int,
    columns: Sequence[tuple[int, int]],
) -> list[list[_Cell | None]] | None:
    """The lines of headers above the rows, a cell or None a column; None where a column has no name.

    One line with a cell a column, or but the one over the labels; above it, or instead of it, lines of cells
    that each stand over columns of their own.
    """
    rows: list[list[_Cell | None]] = []
    header = cells[first - 1]
    if len(columns) - 1 <= len(header) <= len(columns) and not _has_measure(text, header):
        rows = [[*([None] if len(header) < len(columns) else []), *header]]
    while len(rows) < min(MOST_HEADERS, first) and (not rows or lines[first - len(rows)].gap == 0):
        above = cells[first - 1 - len(rows)]
        row = _over(above, columns)
        if row is None or _has_measure(text, above):
            break
        rows.insert(0, row)
    return rows if rows and all(any(row[c] for row in rows) for c in range(1, len(columns))) else None


def _over(cells: Sequence[_Cell], columns: Sequence[tuple[int, int]]) -> list[_Cell | None] | None:
    """The cells of a line of headers by the first column each stands over; None where they do not.

    A header over the blanks between two columns belongs to the right one, whose numbers end under it.
    """
    row: list[_Cell | None] = [None] * len(columns)
    after = 0
    for cell in cells:
        under = [c for c, (left, right) in enumerate(columns) if cell.left < right and left < cell.right]
        under = under or [c for c, (left, _) in enumerate(columns) if left >= cell.right][:1]
        if not under or under[0] < after:
            return None
        row[under[0]] = cell
        after = under[-1] + 1
    return row if len(cells) > 1 else None


def _has_measure(text: str, cells: Sequence[_Cell]) -> bool:
    return any(is_measure(text[cell.start : cell.end]) for cell in cells)


def _spans(row: Sequence[_Cell | None], at: int) -> tuple[Span, ...]:
    """The spans of a line of headers, empty ones for the columns it leaves blank."""
    spans: list[Span] = []
    for cell in row:
        at = cell.end if cell else at
        spans.append(Span(start=cell.start if cell else at, end=at))
    return tuple(spans)


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
    """Whether a line is a row: a label or two of words, then measures or what stands for a missing one."""
    return is_label_and_values([text[cell.start : cell.end] for cell in cells])


def _joined(column: tuple[int, int], head: _Cell | None) -> tuple[int, int]:
    """From where to where a column and its header reach."""
    left, right = column
    return (left, right) if head is None else (min(left, head.left), max(right, head.right))


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
