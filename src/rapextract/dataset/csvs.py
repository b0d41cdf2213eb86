"""CSV as the dataset writes it: UTF-8, comma, line feed, one header row, `.` decimals; no cell acts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from rapextract.model import Row

from .columns import columns
from .neutral import neutral_cell, plain_cell

FLOAT_DIGITS = 4
"""Digits kept after the point of a coordinate (points) or a confidence: more is noise."""


def plain_number(value: Decimal | float) -> str:
    """A number without exponent and without zeros that say nothing: ``1500000``, ``45.6``.

    >>> plain_number(Decimal("1.5E+6")), plain_number(Decimal("45.60")), plain_number(0.1 + 0.2)
    ('1500000', '45.6', '0.3')
    """
    text = f"{value:.{FLOAT_DIGITS}f}" if isinstance(value, float) else format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def cell_text(value: object) -> str:
    """A value of a row as its CSV cell; nothing is an empty cell."""
    return _TEXTS[type(value)](value)


class _Texts(dict[type, Callable[[Any], str]]):
    """How a value of this very type becomes a cell; looked up, for a dataset has a great many cells."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        if not issubclass(kind, StrEnum):
            raise TypeError(f"no cell for a {kind.__name__}")
        self[kind] = attrgetter("value")
        return self[kind]


_TEXTS = _Texts(
    {
        type(None): lambda _: "",
        str: neutral_cell,
        int: str,
        bool: str,
        Decimal: plain_number,
        float: plain_number,
    }
)


class CsvFile:
    """A CSV of one row model, open for writing."""

    def __init__(self, path: Path, row_type: type[Row]):
        names = [column.name for column in columns(row_type)]
        self._values = attrgetter(*names)
        self._stream: IO[str] = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream, lineterminator="\n")
        self._writer.writerow(names)
        self.row_count = 0

    def write(self, row: Row) -> None:
        """Append a row."""
        self._writer.writerow([_TEXTS[type(value)](value) for value in self._values(row)])
        self.row_count += 1

    def close(self) -> None:
        """Flush and close."""
        self._stream.close()


def read_csv(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV of the dataset as header → text, spreadsheet marks taken off."""
    # A quote may be longer than the csv module's careful default; the file is our own.
    csv.field_size_limit(2**31 - 1)
    text = path.read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        yield {name: plain_cell(cell or "") for name, cell in row.items() if name is not None}
