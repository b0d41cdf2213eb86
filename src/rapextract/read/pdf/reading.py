"""The reading text as it is written: block by block and row by row, each character tied to its glyph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from rapextract.model import Block, BlockKind, Cell, Cells, Page, Table

from .alignment import Alignment
from .blocks.cellwords import BrokenWords
from .blocks.drafts import Draft
from .blocks.mend import HYPHENS, Vocabulary
from .cells import CellLines
from .page.lines import TextLine
from .tables import FoundTable

CELL_BREAK = " | "
MOST_PIECES = 1000  # of text before they are made one


def _ends_within_word(line: str, following: str) -> bool:
    """Whether a hyphen ends a line within a word; not where both lines are rows over several columns."""
    if not line.endswith(HYPHENS) or len(line) < 2 or not line[-2].isalnum():
        return False
    return "\t" not in line or "\t" not in following


@dataclass(slots=True)
class ReadingText:
    """The reading text under construction, and what is laid over it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    alignment: Alignment = field(default_factory=Alignment)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    _settled: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add characters that stand on no page."""
        self.pieces.append(text)
        self.length += len(text)
        if len(self.pieces) > MOST_PIECES:  # a string has fifty bytes beside its characters
            self._settled.append("".join(self.pieces))
            self.pieces.clear()

    def write_line(self, line: TextLine, last: int | None = None) -> None:
        """Add a line's text up to `last`, tied to its glyphs."""
        self.alignment.add(self.length, line.chars[:last], line.page)
        self.write(line.text[:last])

    @property
    def text(self) -> str:
        """What was written."""
        return "".join([*self._settled, *self.pieces])


class Writer:
    """Writes blocks and tables to `out`, words mended across the ends of lines.

    `starts` is where the text of each page begins.
    """

    def __init__(self, out: ReadingText, cells: CellLines, vocabulary: Vocabulary, broken: BrokenWords):
        """`cells` has what the cells of tables say, `vocabulary` and `broken` how words are mended."""
        self._out = out
        self._cells = cells
        self._vocabulary = vocabulary
        self._broken = broken
        self.starts: dict[int, int] = {}

    def write_block(self, draft: Draft) -> None:
        """Write a block that is no table."""
        out = self._out
        start = out.length
        for number, lines in enumerate(draft.texts):
            if number:
                out.write("\n")
            # A narrow card may break words as the cells of tables do.
            inside = self._broken.joins(lines) if draft.kind is BlockKind.PANEL else frozenset[int]()
            self._write_lines(lines, inside)
        if out.length > start:
            out.blocks.append(
                Block(kind=draft.kind, start=start, end=out.length, level=draft.level, page=draft.page)
            )

    def _write_lines(self, lines: Sequence[TextLine], inside: Set[int] = frozenset()) -> None:
        """Write lines as one; lines `inside` end within a word."""
        out = self._out
        for number, line in enumerate(lines):
            self.starts.setdefault(line.page, out.length)
            following = lines[number + 1] if number + 1 < len(lines) else None
            if following is None or number in inside:
                out.write_line(line)
            elif _ends_within_word(line.text, following.text):
                keeps = self._vocabulary.keeps_hyphen(line.text, following.text)
                out.write_line(line, None if keeps else -1)
            else:
                out.write_line(line)
                out.write(" ")

    def write_table(self, table: FoundTable, page: int) -> None:
        """Write a table that begins on `page`, a row a line, its cells joined with a bar.

        A merged cell stands once. Its caption is told when all tables are written (`captions`).
        """
        out = self._out
        start = out.length
        cells = Cells(self._write_cells(table))
        pages = tuple(dict.fromkeys(number for number, _ in (table.areas or ((table.page, table.area),))))
        out.blocks.append(
            Block(kind=BlockKind.TABLE, start=start, end=out.length, page=page, table=len(out.tables))
        )
        out.tables.append(
            Table(
                start=start,
                end=out.length,
                row_count=table.row_count,
                column_count=table.column_count,
                cells=cells,
                header_rows=table.header_rows,
                header_columns=table.header_columns,
                pages=pages,
                detector=table.detector,
                confidence=table.confidence,
            )
        )

    def _write_cells(self, table: FoundTable) -> Iterator[Cell]:
        out = self._out
        held = {(found.row, found.column): found for found in table.cells}
        covered = {
            (r, c)
            for found in table.cells
            for r in range(found.row, found.row + found.row_span)
            for c in range(found.column, found.column + found.column_span)
            if (r, c) != (found.row, found.column)
        }
        for row in range(table.row_count):
            if row:
                out.write("\n")
            for column in range(table.column_count):
                if column:
                    out.write(CELL_BREAK)
                start, found = out.length, held.get((row, column))
                if found is not None:
                    lines = self._cells.of((found.page, found.box))
                    self._write_lines(lines, self._broken.joins(lines))
                if (row, column) not in covered:
                    yield Cell(
                        row=row,
                        column=column,
                        row_span=found.row_span if found is not None else 1,
                        column_span=found.column_span if found is not None else 1,
                        start=start,
                        end=out.length,
                        page=found.page if found is not None else None,
                        header=row < table.header_rows or column < table.header_columns,
                    )
