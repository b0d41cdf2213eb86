"""Writing the reading text of a web page, block by block."""

from __future__ import annotations

from rapextract.model import Block, BlockKind, Cell, Span, Table

from .grid import count_header_columns, count_header_rows
from .html_table import Grid


class Writer:
    """Puts blocks and tables one after the other and keeps their spans."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.tables: list[Table] = []

    def text(self) -> str:
        """The reading text so far."""
        return "".join(self._parts) + ("\n" if self._parts else "")

    def block(self, kind: BlockKind, words: str, level: int = 0) -> Span:
        """Write a block of text; list items stand line under line, other blocks apart."""
        item = kind is BlockKind.LIST_ITEM
        listing = item and bool(self.blocks) and self.blocks[-1].kind is BlockKind.LIST_ITEM
        self._separate("\n" if listing else "\n\n")
        start = self._write(f"- {words}" if item else words)
        self.blocks.append(Block(kind=kind, start=start, end=self._length, level=level))
        return Span(start=start, end=self._length)

    def table(self, grid: Grid) -> None:
        """Write a table, a row a line, under its caption."""
        caption = self.block(BlockKind.CAPTION, grid.caption) if grid.caption else None
        self._separate("\n\n")
        start = self._length
        cells: list[Cell] = []
        words = [[""] * grid.width for _ in range(grid.height)]
        for placed in grid.cells:
            words[placed.row][placed.column] = placed.text
        header_rows = grid.header_rows or count_header_rows(words)
        header_columns = grid.header_columns or count_header_columns(words, header_rows)
        row = 0
        for index, placed in enumerate(grid.cells):
            if index:
                self._write("\n" if placed.row != row else " | ")
            row = placed.row
            at = self._write(placed.text)
            cells.append(
                Cell(
                    row=placed.row, column=placed.column,
                    row_span=placed.row_span, column_span=placed.column_span,
                    start=at, end=self._length,
                    header=placed.header or placed.row < header_rows or placed.column < header_columns,
                )
            )  # fmt: skip
        table = Table(
            start=start, end=self._length,
            row_count=grid.height, column_count=grid.width, cells=tuple(cells),
            header_rows=header_rows, header_columns=header_columns, caption=caption,
        )  # fmt: skip
        self.blocks.append(Block(kind=BlockKind.TABLE, start=start, end=self._length, table=len(self.tables)))
        self.tables.append(table)

    def _separate(self, between: str) -> None:
        if self._parts:
            self._write(between)

    def _write(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start
