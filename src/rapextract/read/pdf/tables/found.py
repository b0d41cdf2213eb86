"""What the table finder hands over: tables as grids of cells that point at the page's characters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple


class Area(NamedTuple):
    """A box on a page, in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    def overlap(self, other: Area) -> float:
        """The area both share, in square points."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0


@dataclass(slots=True)
class FoundCell:
    """A cell that holds text, at the top left of what it covers.

    `characters` are the indices of its characters in the page's own numbering: line by line from the
    top down, each from left to right. `text` is its words joined with a space. `page` is 1-based.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: Area
    characters: tuple[int, ...]
    text: str
    page: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table on one page, or several pages' tables that `TableJoiner` made one.

    `area` is where it stands on its first page, `areas` where on each page, as (page, area).
    `columns` are the places of the column boundaries (one more than the columns) on the first page.
    `detector` says what found it: `tags`, `rulings` or `alignment`. `confidence` is from 0 to 1.
    `continues` says that it was found as the rows that go on a table in the page column before.
    """

    area: Area
    row_count: int
    column_count: int
    cells: tuple[FoundCell, ...]
    columns: tuple[float, ...]
    detector: str
    confidence: float
    page: int
    header_rows: int = 0
    header_columns: int = 0
    areas: tuple[tuple[int, Area], ...] = ()
    continues: bool = False

    def with_headers(self, header_rows: int, header_columns: int) -> FoundTable:
        """This table with its header rows and columns counted."""
        return replace(self, header_rows=header_rows, header_columns=header_columns)
