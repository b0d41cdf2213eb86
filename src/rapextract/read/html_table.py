"""HTML tables as grids: merged cells placed, headers and captions told, layout tables left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .grid import is_layout
from .html_inline import inline_text

_HEADERS = frozenset({"columnheader", "rowheader"})
_CELLS = _HEADERS | {"cell", "gridcell"}
"""Roles of the cells of a table that is made of other elements (WAI-ARIA 1.2)."""

_MOST = 1000
"""Rows or columns that one cell may span (the HTML standard's own limit on columns)."""


@dataclass(frozen=True)
class Placed:
    """A cell at its place in the grid."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    header: bool


@dataclass(frozen=True)
class Grid:
    """A table as cells in reading order; `header_rows` and `header_columns` are 0 where none are marked."""

    height: int
    width: int
    cells: tuple[Placed, ...]
    header_rows: int
    header_columns: int
    caption: str


def is_table(element: Any) -> bool:
    """Whether an element is a table: by its tag, or by its role (WAI-ARIA) where it is made of other ones."""
    return element.tag == "table" or element.get("role") in ("table", "grid", "treegrid")


def read_grid(table: Any) -> Grid | None:
    """Read a table, or None where it only lays out a page.

    Layout: it says so (`role="presentation"`), holds tables or headings, has fewer than two rows or
    columns, or long prose in most cells. Cells are placed as the HTML standard says.
    """
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None:
        return None
    if any(table.find(f".//{tag}") is not None for tag in ("h1", "h2", "h3", "ul", "ol")):
        return None
    rows = list(table.iter("tr")) or table.xpath(".//*[@role='row']")
    cells: list[Placed] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            if cell.tag not in ("td", "th") and cell.get("role") not in _CELLS:
                continue
            while (r, c) in taken:
                c += 1
            down = _span(cell, "rowspan", len(rows) - r)
            across = _span(cell, "colspan", _MOST)
            taken.update((y, x) for y in range(r, r + down) for x in range(c, c + across))
            header = cell.tag == "th" or cell.get("role") in _HEADERS
            cells.append(Placed(r, c, down, across, inline_text(cell), header))
            c += across
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    caption_element = table.find("caption")
    if caption_element is None:
        caption_element = _caption_of_figure(table)
    caption = inline_text(caption_element) if caption_element is not None else ""
    cells, height, title = _without_title_row(cells, len(rows), width)
    words = [[cell.text for cell in cells if cell.row == r] for r in range(height)]
    if width < 2 or height < 2 or is_layout(words):
        return None
    head = sum(1 for row in table.iterfind("thead/tr") if len(row)) - (len(rows) - height)
    header_rows = max(0, head, _leading_header_rows(cells, height))
    return Grid(
        height=height,
        width=width,
        cells=tuple(cells),
        header_rows=min(header_rows, height - 1),
        header_columns=_leading_header_columns(cells, header_rows, height, width),
        caption=" – ".join(filter(None, (caption, title))),
    )


def _caption_of_figure(table: Any) -> Any | None:
    """The caption of the figure that a table is all of."""
    figure = next(table.iterancestors("figure"), None)
    if figure is None or len(list(figure.iter("table"))) != 1:
        return None
    captions = list(figure.iterfind("figcaption"))
    return captions[0] if len(captions) == 1 else None


def _span(cell: Any, name: str, most: int) -> int:
    value = re.match(r"\s*(\d{1,6})", cell.get(name, "") or cell.get(f"aria-{name}", ""))
    if value is None:
        return 1
    number = int(value[1])
    if number == 0:  # down to the end of the table
        return most if name == "rowspan" else 1
    return max(1, min(number, most))


def _without_title_row(cells: list[Placed], height: int, width: int) -> tuple[list[Placed], int, str]:
    """Take a first row of one cell over the whole width for a title."""
    first = [cell for cell in cells if cell.row == 0]
    if height < 3 or len(first) != 1 or first[0].column_span < width or first[0].row_span > 1 or width < 2:
        return cells, height, ""
    moved = [
        Placed(cell.row - 1, cell.column, cell.row_span, cell.column_span, cell.text, cell.header)
        for cell in cells
        if cell.row
    ]
    return moved, height - 1, first[0].text


def _leading_header_rows(cells: list[Placed], height: int) -> int:
    count = 0
    while count < height:
        row = [cell for cell in cells if cell.row == count]
        if not row or not all(cell.header or (not cell.text and cell.column == 0) for cell in row):
            break
        count += 1
    return count if count < height else 0


def _leading_header_columns(cells: list[Placed], header_rows: int, height: int, width: int) -> int:
    count = 0
    while count < width - 1:
        column = [
            cell
            for cell in cells
            if cell.column <= count < cell.column + cell.column_span and cell.row >= header_rows
        ]
        covered = sum(cell.row_span for cell in column)
        if not column or covered < height - header_rows or not all(cell.header for cell in column):
            break
        count += 1
    return count
