"""A report in stretches: what its figures are read from, one after the other.

Rules look at folded copies of the text; of thousands of pages these would fill memory. So a long report is
read in stretches, each a small document: some hundred thousand characters of its own, and around them what a
rule may look back or ahead at. What only the whole report can tell is kept in `WholeReport`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from ..grammar.compiled import regexp
from ..model import Block, BlockKind, Box, Cells, Document, Heading, Span, Table
from .report_words import ReportWords

OWN = 150_000
"""Characters of a stretch, at the least; a report of up to twice as many is one stretch."""
AROUND = 6_000
"""Characters before and after them, at the least, that rules may look at."""
_PARTED = regexp(r"^[ \t]*[-–—_*]{1,3}[ \t]*$", regex.MULTILINE)
_IN_ARTICLES = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)


class WholeReport:
    """What only a whole report tells: its words, its headings, where articles part, how it opens."""

    def __init__(self, document: Document, headings: Sequence[Heading]):
        """`headings` are those of `document`, in reading order."""
        self._document = document
        self.words = ReportWords(document.text)
        self.headings = tuple(headings)
        self.heading_starts = [heading.start for heading in headings]

    @cached_property
    def parts(self) -> list[int]:
        """Where one article may end and another begin: at a lone dash, and at furniture."""
        furniture = (block.start for block in self._document.blocks if block.kind is BlockKind.FURNITURE)
        return sorted({*(match.start() for match in _PARTED.finditer(self._document.text)), *furniture})

    def boxes(self, start: int, end: int) -> list[Box]:
        """The boxes of ``start:end`` of the report's text; none where it has no pages."""
        return self._document.boxes(start, end)

    @cached_property
    def first_line(self) -> str:
        """The first block of the report; empty where there is none."""
        return self._words(self._document.blocks[0]) if self._document.blocks else ""

    @cached_property
    def opening(self) -> tuple[str, ...]:
        """The first heading, and the first blocks of running text."""
        blocks = (block for block in self._document.blocks if block.kind in _IN_ARTICLES)
        first = [self._words(block) for block, _ in zip(blocks, range(2), strict=False)]
        return (*(heading.title for heading in self.headings[:1]), *first)

    def _words(self, block: Block) -> str:
        return self._document.text[block.start : block.end]


@dataclass(frozen=True)
class Stretch:
    """A stretch of a report.

    `document` is the stretch as a document, whose text begins at `base` of the report's and whose first table
    is number `first_table` of it (0-based). What stands at ``start:end`` of `document` is the stretch's own,
    the rest is there to be looked at.
    """

    document: Document
    whole: WholeReport
    headings: tuple[Heading, ...]
    """All headings of the report, those that count here with the offsets of `document`."""
    base: int
    first_table: int
    start: int
    end: int

    def owns(self, offset: int) -> bool:
        """Whether what begins at `offset` of `document` is the stretch's own."""
        return self.start <= offset < self.end


def one_stretch(document: Document, headings: Sequence[Heading]) -> Stretch:
    """The whole of a report as one stretch."""
    whole = WholeReport(document, headings)
    return Stretch(document, whole, whole.headings, 0, 0, 0, len(document.text) + 1)


def stretches_of(document: Document, headings: Sequence[Heading], own: int = OWN) -> Iterator[Stretch]:
    """The stretches of a report, in order: each block is one's own, and its table with it."""
    if len(document.text) <= 2 * own or not document.blocks:
        yield one_stretch(document, headings)
        return
    whole = WholeReport(document, headings)
    cuts = _cuts(document.blocks, own)
    for first, last in zip(cuts, [*cuts[1:], len(document.blocks)], strict=True):
        yield _stretch(document, whole, first, last)


def _cuts(blocks: Sequence[Block], own: int) -> list[int]:
    """The first block of each stretch: a heading, where one comes soon."""
    cuts = [0]
    for index, block in enumerate(blocks):
        length = block.start - blocks[cuts[-1]].start
        if length > 2 * own or (length > own and block.kind is BlockKind.HEADING):
            cuts.append(index)
    return cuts


def _stretch(document: Document, whole: WholeReport, first: int, last: int) -> Stretch:
    """The stretch whose own blocks are ``first:last``."""
    blocks, length = document.blocks, len(document.text)
    start = blocks[first].start if first else 0
    end = blocks[last].start if last < len(blocks) else length
    low, high = first, last
    while low > 0 and start - blocks[low].start < AROUND:
        low -= 1
    while high < len(blocks) and blocks[high].start - end < AROUND:
        high += 1
    base = blocks[low].start if low else 0
    until = blocks[high].start if high < len(blocks) else length
    numbers = [block.table for block in blocks[low:high] if block.table is not None]
    first_table = min(numbers, default=0)
    tables = document.tables[first_table : max(numbers, default=-1) + 1]
    pages = (page for page in document.pages if page.start < until and page.end >= base)
    part = document.model_copy(
        update={
            "text": document.text[base:until],
            "blocks": tuple(_moved(block, base, first_table) for block in blocks[low:high]),
            "tables": tuple(_moved_table(table, base) for table in tables),
            "pages": tuple(replace(page, start=page.start - base, end=page.end - base) for page in pages),
        }
    ).fresh()
    headings = _headings(whole, base, until)
    return Stretch(part, whole, headings, base, first_table, start - base, end - base)


def _moved(block: Block, by: int, tables: int) -> Block:
    table = None if block.table is None else block.table - tables
    return replace(block, start=block.start - by, end=block.end - by, table=table)


def _moved_table(table: Table, by: int) -> Table:
    caption = table.caption and Span(start=table.caption.start - by, end=table.caption.end - by)
    cells = Cells(cell._replace(start=cell.start - by, end=cell.end - by) for cell in table.cells)
    return replace(table, start=table.start - by, end=table.end - by, caption=caption, cells=cells)


def _headings(whole: WholeReport, base: int, until: int) -> tuple[Heading, ...]:
    """All headings; those of a stretch and those above them moved with it."""
    headings = list(whole.headings)
    inside = [index for index, start in enumerate(whole.heading_starts) if base <= start < until]
    before = (inside[0] if inside else _after(whole.heading_starts, base)) - 1
    moved: set[int] = set()
    for index in (*inside, before):
        at: int | None = index
        while at is not None and at >= 0 and at not in moved:
            moved.add(at)
            at = headings[at].parent
    for index in moved:
        heading = headings[index]
        until_ = None if heading.until is None else heading.until - base
        headings[index] = heading.model_copy(
            update={"start": heading.start - base, "end": heading.end - base, "until": until_}
        )
    return tuple(headings)


def _after(starts: Sequence[int], offset: int) -> int:
    """How many headings begin before `offset`."""
    return sum(start < offset for start in starts)
