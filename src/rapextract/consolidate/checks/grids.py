"""Tables as grids of printed numbers, put together from their cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from rapextract.french.numbers import parse_number
from rapextract.model import Records, TableCellRow, TableRow

from .finding import folded_space
from .printed import Printed, printed_number
from .words import Words

PATH = " › "
_SIGNS = " %€*()\u00a0\u202f\t"


@dataclass(frozen=True)
class Number:
    """A cell that holds one number."""

    cell: TableCellRow
    printed: Printed

    @property
    def value(self) -> Decimal:
        """Its value."""
        return self.printed.value

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return self.cell.unit == "%" or "%" in self.cell.text

    @property
    def said(self) -> str:
        """The cell as printed."""
        return folded_space(self.cell.text)


@dataclass(frozen=True)
class Line:
    """A row or a column: its number, its headers from the outermost in, and its cells by the other axis."""

    at: int
    path: tuple[str, ...]
    numbers: dict[int, Number]
    filled: frozenset[int]
    """Places whose cell holds a number or any other text."""

    @property
    def name(self) -> str:
        """Its innermost header."""
        return self.path[-1] if self.path else ""

    @property
    def label(self) -> str:
        """All its headers."""
        return PATH.join(self.path)


@dataclass(frozen=True)
class Grid:
    """A table: rows and columns that hold numbers."""

    table: TableRow
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]

    @property
    def title(self) -> str:
        """What the table is called in a message."""
        return folded_space(self.table.caption) or f"number {self.table.number}"


def grids(records: Records, words: Words) -> Iterator[Grid]:
    """The tables of a report; its cells come in the order of the tables."""
    following = groupby(records.table_cells, key=lambda cell: cell.table_id)
    waiting: dict[str, list[TableCellRow]] = {}
    for table in records.tables:
        while table.table_id not in waiting and (group := next(following, None)) is not None:
            waiting.setdefault(group[0], []).extend(group[1])
        yield _grid(table, waiting.pop(table.table_id, []), words)


def _grid(table: TableRow, cells: list[TableCellRow], words: Words) -> Grid:
    body = [c for c in cells if c.row >= table.header_rows and c.column >= table.header_columns and c.text]
    numbers = {(c.row, c.column): number for c in body if (number := _number(c, words)) is not None}
    taken = [(c.row, c.column) for c in body]
    rows: defaultdict[int, dict[int, Number]] = defaultdict(dict)
    columns: defaultdict[int, dict[int, Number]] = defaultdict(dict)
    for (row, column), number in numbers.items():
        rows[row][column] = number
        columns[column][row] = number
    return Grid(
        table,
        tuple(
            Line(at, _path(line, "row_header"), line, frozenset(c for r, c in taken if r == at))
            for at, line in sorted(rows.items())
        ),
        tuple(
            Line(at, _path(line, "column_header"), line, frozenset(r for r, c in taken if c == at))
            for at, line in sorted(columns.items())
        ),
    )


def _path(line: dict[int, Number], header: str) -> tuple[str, ...]:
    longest = max((getattr(number.cell, header) for number in line.values()), key=len, default="")
    return tuple(part for part in longest.split(PATH) if part)


def _number(cell: TableCellRow, words: Words) -> Number | None:
    """The number of a cell: the figure it holds, or a text that is nothing but a number.

    None for a cell whose figure was rejected: it has a figure, but no value.
    """
    rejected = cell.value is None and cell.figure_id
    value = None if rejected else _value_of(cell.text) if cell.value is None else cell.value
    return (
        None if value is None else Number(cell, printed_number(cell.text, value, cell.unit in words.measures))
    )


@lru_cache(maxsize=8192)
def _value_of(text: str) -> Decimal | None:
    """The value of a text that is nothing but a number."""
    try:
        return parse_number(text.strip(_SIGNS))
    except ValueError:
        return None
