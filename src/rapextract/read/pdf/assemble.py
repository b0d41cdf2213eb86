"""All pages' blocks → the reading text, with its blocks, tables and pages laid over it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from rapextract.model import Block, BlockKind, Cell, Page, Span, Table

from .alignment import Alignment
from .blocks import SENTENCE_END, Draft
from .cells import CellLines
from .cellwords import BrokenWords
from .furniture import PageDrafts, mark_furniture
from .headings import body_style, mark_headings
from .lines import TextLine
from .mend import HYPHENS, Vocabulary
from .pages import PageRead
from .tables import FoundCell, FoundTable, join_pages

CELL_BREAK = " | "
FOOTNOTE = 0.93  # of the body's size


@dataclass(slots=True)
class ReadingText:
    """The reading text under construction, and what is laid over it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    alignment: Alignment = field(default_factory=Alignment)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add characters that stand on no page."""
        self.pieces.append(text)
        self.length += len(text)

    def write_line(self, line: TextLine, last: int | None = None) -> None:
        """Add a line's text up to `last`, tied to its glyphs."""
        self.alignment.add(self.length, line.chars[:last], line.page)
        self.write(line.text[:last])

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self.pieces)


def assemble(pages: Sequence[PageRead], cells: CellLines) -> ReadingText:
    """Put the pages of a report and the lines of their tables' cells together."""
    joined, tables_at = _joined_tables(pages)
    body = body_style([draft for page in pages for draft in page.drafts])
    sheets = [PageDrafts(page.number, page.height, page.drafts) for page in pages]
    mark_furniture(sheets, body.size)
    for page in pages:
        _settle_tables(page, tables_at, joined)
    flow = _joined_paragraphs(pages, body.size)
    mark_headings(flow, body)
    vocabulary = Vocabulary(flow)
    for page in pages:
        page.drafts = []
    broken = BrokenWords((line.text for draft in flow for line in draft.lines), cells)
    out = ReadingText()
    starts: dict[int, int] = {}
    previous: Draft | None = None
    for draft in flow:
        if previous is not None:
            lists = previous.kind is draft.kind is BlockKind.LIST_ITEM
            out.write("\n" if lists else "\n\n")
        if draft.kind is BlockKind.TABLE:
            table = joined[tables_at[draft.page, draft.table or 0]]
            _write_table(out, table, cells, vocabulary, broken, starts, draft)
        else:
            _write_block(out, draft, vocabulary, starts)
        draft.lines = []  # written: a long report must not be held twice
        previous = draft
    out.alignment.settle()
    out.pages = _pages(pages, starts, out.length)
    return out


def _joined_tables(pages: Sequence[PageRead]) -> tuple[list[FoundTable], dict[tuple[int, int], int]]:
    """Logical tables, and which of them each page's table (page, number) belongs to."""
    joined = join_pages([page.tables for page in pages], [page.height for page in pages])
    places = {
        (number, area): k
        for k, table in enumerate(joined)
        for number, area in (table.areas or ((table.page, table.area),))
    }
    at = {}
    for page in pages:
        for number, table in enumerate(page.tables):
            k = places.get((page.number, table.area))
            if k is not None:
                at[page.number, number] = k
    return joined, at


def _settle_tables(
    page: PageRead, tables_at: dict[tuple[int, int], int], joined: Sequence[FoundTable]
) -> None:
    """Drop the parts of a table after its first; put one that goes on to the end of its page.

    Its rows of the next page follow at once, so what is printed below it must come before.
    """
    kept: list[Draft] = []
    going_on: list[Draft] = []
    for draft in page.drafts:
        if draft.kind is not BlockKind.TABLE:
            kept.append(draft)
            continue
        k = tables_at.get((page.number, draft.table or 0))
        if k is None or (page.number, page.tables[draft.table or 0].area) != joined[k].areas[0]:
            continue
        many = len({number for number, _ in joined[k].areas}) > 1
        (going_on if many else kept).append(draft)
    page.drafts[:] = kept + going_on


def _joined_paragraphs(pages: Sequence[PageRead], body_size: float) -> list[Draft]:
    """All blocks in order; a paragraph that goes on in the next column or page is one block."""
    flow: list[Draft] = []
    open_draft: Draft | None = None
    for page in pages:
        for draft in page.drafts:
            if open_draft is not None and _goes_on(open_draft, draft):
                open_draft.lines += draft.lines
                continue
            flow.append(draft)
            if draft.kind is BlockKind.FURNITURE:
                continue
            if draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
                # A footnote stands between the two parts of a paragraph without ending it.
                if open_draft is None or draft.size > FOOTNOTE * body_size:
                    open_draft = draft
            elif draft.kind is not BlockKind.PANEL:
                open_draft = None
    return flow


def _goes_on(first: Draft, second: Draft) -> bool:
    if first.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or second.kind is not BlockKind.PARAGRAPH:
        return False
    last, line = first.lines[-1], second.lines[0]
    if (
        abs(last.size - line.size) > 0.04 * line.size
        or last.colour != line.colour
        or line.level
        or last.level
    ):
        return False
    if second.page == first.page and line.top > last.bottom - 0.5 * line.size:
        return False
    if last.text.endswith(SENTENCE_END) or "\t" in last.text or "\t" in line.text:
        return False
    weights_differ = (last.bold > 0.9) != (line.bold > 0.9) and max(len(last.text), len(line.text)) < 60
    if weights_differ and not (last.bold < 0.9 and line.text[0].islower()):
        return False
    if line.text[0].islower() or (last.text.endswith(HYPHENS) and line.text[0].isalpha()):
        return len(first.text) > 25
    full = last.x1 > first.x1 - 2 * last.size and len(last.text) > 25 and last.bold < 0.9
    return full and len(first.lines) > 1 and len(second.text) > 25


def _write_block(out: ReadingText, draft: Draft, vocabulary: Vocabulary, starts: dict[int, int]) -> None:
    start = out.length
    parts = set(draft.parts) if draft.kind is BlockKind.PANEL else {0}
    groups: list[list[TextLine]] = []
    for number, line in enumerate(draft.lines):
        if number in parts:
            groups.append([])
        groups[-1].append(line)
    for number, group in enumerate(groups):
        if number:
            out.write("\n")
        _write_lines(out, group, vocabulary, starts)
    if out.length > start:
        out.blocks.append(
            Block(kind=draft.kind, start=start, end=out.length, level=draft.level, page=draft.page)
        )


def _write_lines(
    out: ReadingText,
    lines: Sequence[TextLine],
    vocabulary: Vocabulary,
    starts: dict[int, int],
    inside: Set[int] = frozenset(),
) -> None:
    """Write lines as one, words mended across their ends; lines `inside` end within a word."""
    for number, line in enumerate(lines):
        starts.setdefault(line.page, out.length)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or number in inside:
            out.write_line(line)
        elif line.text.endswith(HYPHENS) and len(line.text) > 1 and line.text[-2].isalnum():
            keeps = vocabulary.keeps_hyphen(line.text, following.text)
            out.write_line(line, None if keeps else -1)
        else:
            out.write_line(line)
            out.write(" ")


def _write_table(
    out: ReadingText,
    table: FoundTable,
    lines_of: CellLines,
    vocabulary: Vocabulary,
    broken: BrokenWords,
    starts: dict[int, int],
    draft: Draft,
) -> None:
    """Write a table, a row a line, its cells joined with a bar; a merged cell stands once."""
    start = out.length
    rows: dict[int, dict[int, FoundCell]] = {}
    for found in table.cells:
        rows.setdefault(found.row, {})[found.column] = found
    cells: list[Cell] = []
    for row in range(table.row_count):
        if row:
            out.write("\n")
        held = rows.get(row, {})
        for column in range(table.column_count):
            if column:
                out.write(CELL_BREAK)
            first = out.length
            cell = held.get(column)
            if cell is not None:
                lines = lines_of.of((cell.page, cell.box))
                _write_lines(out, lines, vocabulary, starts, broken.joins(lines))
            cells.append(
                Cell(
                    row=row,
                    column=column,
                    row_span=cell.row_span if cell is not None else 1,
                    column_span=cell.column_span if cell is not None else 1,
                    start=first,
                    end=out.length,
                    page=cell.page if cell is not None else None,
                    header=row < table.header_rows or column < table.header_columns,
                )
            )
    covered = {
        (r, c)
        for found in table.cells
        for r in range(found.row, found.row + found.row_span)
        for c in range(found.column, found.column + found.column_span)
        if (r, c) != (found.row, found.column)
    }
    pages = tuple(dict.fromkeys(number for number, _ in (table.areas or ((table.page, table.area),))))
    out.blocks.append(
        Block(kind=BlockKind.TABLE, start=start, end=out.length, page=draft.page, table=len(out.tables))
    )
    out.tables.append(
        Table(
            start=start,
            end=out.length,
            row_count=table.row_count,
            column_count=table.column_count,
            cells=tuple(cell for cell in cells if (cell.row, cell.column) not in covered),
            header_rows=table.header_rows,
            header_columns=table.header_columns,
            caption=_caption(out),
            pages=pages,
            detector=table.detector,
            confidence=table.confidence,
        )
    )


def _caption(out: ReadingText) -> Span | None:
    """The caption block right above the table just written, if there is one."""
    above = out.blocks[-2] if len(out.blocks) > 1 else None
    if above is None or above.kind is not BlockKind.CAPTION or above.page != out.blocks[-1].page:
        return None
    return Span(start=above.start, end=above.end)


def _pages(pages: Sequence[PageRead], starts: dict[int, int], length: int) -> list[Page]:
    """Where each page's text begins; it ends where the next one's does."""
    begins: list[int] = []
    following = length
    for page in reversed(pages):
        following = min(following, starts.get(page.number, following))
        begins.append(following)
    begins.reverse()
    return [
        Page(
            number=page.number,
            start=begin,
            end=end,
            width=page.width,
            height=page.height,
            read_by=page.read_by,
            ocr_confidence=page.confidence,
        )
        for page, begin, end in zip(pages, begins, [*begins[1:], length], strict=True)
    ]
