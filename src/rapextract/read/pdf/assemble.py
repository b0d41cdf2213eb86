"""All pages' blocks → the reading text, with its blocks, tables and pages laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rapextract.model import BlockKind, Page, ReadBy

from .blocks.captions import captions_of
from .blocks.cellwords import BrokenWords
from .blocks.drafts import Draft
from .blocks.flow import joined_paragraphs
from .blocks.furniture import Furniture
from .blocks.headings import BodyStyle, Headings
from .blocks.mend import Vocabulary
from .cells import CellLines
from .packing import copied_drafts, packed_drafts, packed_table, unpacked_drafts, unpacked_table
from .page.lines import TextLine
from .pages import PageRead
from .reading import ReadingText, Writer
from .shelf import Shelf
from .tables import Belongs, FoundTable, TableJoiner


class Assembly:
    """Puts the pages of a report together.

    Running lines, the levels of headings, the words that a report writes and tables that go on over pages
    can only be told from all pages. So each page is put aside outside memory when it is added, and gone
    through three times more in `reading`: no more than some pages are ever held.
    """

    def __init__(self) -> None:
        self._pages: list[_Sheet] = []
        self._drafts = Shelf(packed_drafts, unpacked_drafts, copied_drafts)
        self._cells = CellLines()
        self._tables = _Tables()
        self._furniture = Furniture()
        self._body = BodyStyle()

    def add(self, page: PageRead) -> None:
        """Take the next page; it is not looked at again."""
        self._cells.add(page.number, page.cells)
        self._tables.add(page)
        self._furniture.add(page.number, page.layout_height, page.drafts)
        self._body.add(page.drafts)
        drafts = self._drafts.put(page.drafts, sum(len(draft.lines) for draft in page.drafts))
        self._pages.append(
            _Sheet(page.number, page.width, page.height, drafts, page.read_by, page.confidence)
        )

    def reading(self) -> ReadingText:
        """The reading text of the pages that were added."""
        self._tables.end()
        body = self._body.style
        self._furniture.settle(body.size, ((sheet.number, self._read(sheet)) for sheet in self._pages))
        scanned = {sheet.number for sheet in self._pages if sheet.read_by is ReadBy.OCR}
        headings, vocabulary, broken = Headings(body, scanned), Vocabulary(), BrokenWords()
        cards: list[list[TextLine]] = []
        for number, draft, is_last in self._flow(body.size):
            headings.add(number, draft, is_last)
            vocabulary.add(draft)
            for lines in draft.texts:
                if draft.kind is BlockKind.PANEL and len(lines) > 1:
                    cards.append(lines)
                    continue
                for line in lines:
                    broken.add_text(line.text)
        headings.settle()
        broken.add_cells(chain(self._cells, cards))
        out = ReadingText()
        writer = Writer(out, self._cells, vocabulary, broken)
        previous: BlockKind | None = None
        closing: set[int] = set()  # numbers of blocks that are titles under their tables
        for number, draft, _ in self._flow(body.size):
            headings.mark(number, draft)
            if (draft.titles or draft.closes) and draft.kind is BlockKind.PARAGRAPH:
                draft.kind = BlockKind.CAPTION
            if draft.closes and draft.kind is BlockKind.CAPTION:
                closing.add(len(out.blocks))
            if previous is not None:
                lists = previous is draft.kind is BlockKind.LIST_ITEM
                out.write("\n" if lists else "\n\n")
            if draft.kind is BlockKind.TABLE:
                writer.write_table(self._tables.of(draft), draft.page)
            else:
                writer.write_block(draft)
            previous = draft.kind
        out.tables = [
            replace(table, caption=caption)
            for table, caption in zip(
                out.tables, captions_of(out.blocks, out.tables, out.text, closing), strict=True
            )
        ]
        out.alignment.settle()
        out.pages = _pages(self._pages, writer.starts, out.length)
        return out

    def _read(self, sheet: _Sheet) -> list[Draft]:
        """The blocks of a page as they were added."""
        return self._drafts.get(sheet.drafts)

    def _left_on(self, sheet: _Sheet) -> list[Draft]:
        return self._furniture.left_on(sheet.number, self._read(sheet))

    def _flow(self, body_size: float) -> Iterator[tuple[int, Draft, bool]]:
        """All blocks of the report, made anew each time: their number, and whether no other follows."""
        left = (
            draft
            for sheet in self._pages
            for draft in self._tables.settled(sheet.number, self._left_on(sheet))
        )
        number, last = 0, None
        for draft in joined_paragraphs(left, body_size):
            if last is not None:
                yield number, last, False
                number += 1
            last = draft
        if last is not None:
            yield number, last, True


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is known of a page while its blocks are put aside with the number `drafts`."""

    number: int
    width: float
    height: float
    drafts: int
    read_by: ReadBy
    confidence: float | None


class _Tables:
    """The logical tables of a report, put aside until they are written."""

    def __init__(self) -> None:
        self._joiner = TableJoiner()
        self._shelf = Shelf(packed_table, unpacked_table)
        self._parts: dict[int, list[Belongs]] = {}
        """Page → what each of its tables belongs to."""
        self._go_on: set[int] = set()
        """Logical tables of several pages."""

    def add(self, page: PageRead) -> None:
        """Take the tables of the next page."""
        parts, ended = self._joiner.add(page.tables, page.layout_height)
        if parts:
            self._parts[page.number] = parts
        self._put(ended)

    def end(self) -> None:
        """No page follows."""
        self._put(self._joiner.end())

    def _put(self, ended: Iterable[FoundTable]) -> None:
        for table in ended:
            if len({page for page, _ in table.areas}) > 1:
                self._go_on.add(len(self._shelf))
            self._shelf.put(table, len(table.cells))

    def settled(self, page: int, drafts: Iterable[Draft]) -> list[Draft]:
        """The blocks of a page without the parts of a table after its first.

        One that goes on is put to the end of its page: its rows of the next page follow at once, so what
        is printed below it must come before.
        """
        kept: list[Draft] = []
        going_on: list[Draft] = []
        for draft in drafts:
            if draft.kind is not BlockKind.TABLE:
                kept.append(draft)
                continue
            part = self._parts[page][draft.table or 0]
            if part.begins:
                (going_on if part.table in self._go_on else kept).append(draft)
        return kept + going_on

    def of(self, draft: Draft) -> FoundTable:
        """The logical table that begins with the table that `draft` stands for."""
        part = self._parts[draft.page][draft.table or 0]
        return self._shelf.get(part.table)


def _pages(sheets: Sequence[_Sheet], starts: dict[int, int], length: int) -> list[Page]:
    """Where each page's text begins; it ends where the next one's does."""
    begins: list[int] = []
    following = length
    for sheet in reversed(sheets):
        following = min(following, starts.get(sheet.number, following))
        begins.append(following)
    begins.reverse()
    return [
        Page(
            number=sheet.number,
            start=begin,
            end=end,
            width=sheet.width,
            height=sheet.height,
            read_by=sheet.read_by,
            ocr_confidence=sheet.confidence,
        )
        for sheet, begin, end in zip(sheets, begins, [*begins[1:], length], strict=True)
    ]
