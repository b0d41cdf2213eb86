"""The header tree of a table: for each cell, the headers over it and the labels left of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from ..model import Cell, Document, Span, Table

_EMPHASIS = regex.compile(r"\*\*|__|`|<br ?/?>")
_MARKED = regex.compile(r"\^\{([^}]*)\}")


def clean(text: str) -> str:
    """A header as words: emphasis marks away, superscripts plain, white space folded."""
    text = _MARKED.sub(r"\1", _EMPHASIS.sub(" ", text))
    return " ".join(text.split()).strip(" *_:")


@dataclass(frozen=True)
class HeaderPaths:
    """The headers of one cell, from the outermost to the innermost."""

    row: tuple[str, ...]
    column: tuple[str, ...]


class HeaderTree:
    """Headers of the cells of one table.

    A header cell counts for every row or column it covers. A row with nothing but its label is a group
    title for the rows below it.
    """

    def __init__(self, document: Document, table: Table):
        self.document = document
        self.table = table
        self._at: dict[tuple[int, int], Cell] = {
            (row, column): cell
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        self._groups = self._group_titles()

    def caption(self) -> str:
        """The caption as words, empty where there is none."""
        span = self.table.caption
        return clean(self.document.text[span.start : span.end]) if isinstance(span, Span) else ""

    def cell_at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place of the grid."""
        return self._at.get((row, column))

    def is_header(self, cell: Cell) -> bool:
        """Is the cell in the header rows or columns?"""
        return cell.row < self.table.header_rows or cell.column < self.table.header_columns

    def paths(self, cell: Cell) -> HeaderPaths:
        """The headers of a cell of the body; of a header cell, those above or left of it."""
        return HeaderPaths(self._row_path(cell), self._column_path(cell))

    def _column_path(self, cell: Cell) -> tuple[str, ...]:
        above = (self.cell_at(row, cell.column) for row in range(min(self.table.header_rows, cell.row)))
        return self._words(above, cell)

    def _row_path(self, cell: Cell) -> tuple[str, ...]:
        if cell.row < self.table.header_rows:
            return ()
        left = [
            self.cell_at(cell.row, column) for column in range(min(self.table.header_columns, cell.column))
        ]
        path = self._words(left, cell)
        group = self._groups.get(cell.row, "")
        return (group, *path) if group else path

    def _words(self, cells: Iterable[Cell | None], cell: Cell) -> tuple[str, ...]:
        words: list[str] = []
        for header in cells:
            if header is None or header is cell:
                continue
            said = clean(self.document.cell_text(header))
            if said and (not words or words[-1] != said):
                words.append(said)
        return tuple(words)

    def _group_titles(self) -> dict[int, str]:
        """For each row, the group title in force: the label of a row above that has no data at all."""
        titles: dict[int, str] = {}
        title = ""
        for row in range(self.table.header_rows, self.table.row_count):
            cells = {
                id(c): c for col in range(self.table.column_count) if (c := self.cell_at(row, col))
            }.values()
            filled = [cell for cell in cells if self.document.cell_text(cell).strip()]
            alone = len(filled) == 1 and filled[0].column == 0 and filled[0].row == row
            if alone and self.table.column_count > 1 and row + 1 < self.table.row_count:
                title = clean(self.document.cell_text(filled[0]))
            elif title:
                titles[row] = title
        return titles
