"""What is in force at any offset of a document: section, sentence, entity, territory, period.

Everything that is extracted asks one `Context` where it stands, so that a figure of prose, a table cell
and a line of a staff panel get their section, quote, place and period by the same rules.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import regex

from ..french.fold import fold
from ..french.numbers import parse_number
from ..french.sentences import sentence_spans
from ..model import Block, BlockKind, Document, FigureKind, FigureRow, Heading, Span
from ..model.records import figure_id, report_id
from .place_of import Place

if TYPE_CHECKING:
    from ..grammar import Grammar
    from .identity import Identity


class Context:
    """What is in force at any offset of one document.

    `document` is the report, `grammar` the compiled grammar, `identity` whose report it is and for
    which year, `headings` its headings in reading order.
    """

    def __init__(self, document: Document, grammar: Grammar, identity: Identity, headings: Sequence[Heading]):
        self.document = document
        self.grammar = grammar
        self.identity = identity
        self.headings = tuple(headings)
        self.folded = fold(document.text)
        self.report_id = report_id(document.sha256)
        self._heading_starts = [heading.start for heading in self.headings]
        self._block_starts = [block.start for block in document.blocks]
        self._sentences: dict[tuple[int, int], list[tuple[int, int]]] = {}

    # Structure ------------------------------------------------------------------------------------
    def section_at(self, offset: int) -> Heading | None:
        """The heading that `offset` stands in or under; `None` above the first."""
        index = bisect_right(self._heading_starts, offset) - 1
        return self.headings[index] if index >= 0 else None

    def section_path(self, offset: int) -> str:
        """Titles of the headings in force at `offset`, from the top down, joined with `` › ``."""
        heading = self.section_at(offset)
        return " › ".join(heading.path or (heading.title,)) if heading else ""

    def block_span(self, offset: int) -> Span:
        """The block around `offset`; between blocks, the line; in a table, its row."""
        block = self.document.block_at(offset)
        if block is None or block.kind is BlockKind.TABLE:
            return self._line(offset, block)
        return Span(start=block.start, end=block.end)

    def sentence_at(self, offset: int) -> Span:
        """The sentence, list item or table row that holds `offset`: what a figure is quoted with."""
        span = self.block_span(offset)
        block = self.document.block_at(offset)
        if block is not None and block.kind is BlockKind.TABLE:
            return span
        for start, end in self._sentences_of(span):
            if offset < end:
                return Span(start=start, end=end)
        return span

    def _sentences_of(self, span: Span) -> list[tuple[int, int]]:
        key = (span.start, span.end)
        if key not in self._sentences:
            self._sentences[key] = sentence_spans(self.document.text, span.start, span.end)
        return self._sentences[key]

    def _line(self, offset: int, block: Block | None) -> Span:
        text = self.document.text
        start = text.rfind("\n", block.start if block else 0, offset) + 1
        end = text.find("\n", offset, block.end if block else len(text))
        start = max(start, block.start) if block else start
        return Span(start=start, end=end if end >= 0 else (block.end if block else len(text)))

    def lead_in(self, offset: int) -> Span | None:
        """The sentence that introduces the list `offset` is in: « Taux de confirmation des avis : ».

        Walks back over the items of the list, and over lines of the form « name : number », to the first
        block that ends with a colon.
        """
        index = bisect_right(self._block_starts, offset) - 1
        blocks = self.document.blocks
        while index > 0 and _is_item(blocks[index], self.document.text):
            index -= 1
            block = blocks[index]
            if block.kind is BlockKind.FURNITURE:
                continue
            words = self.document.text[block.start : block.end].rstrip()
            if words.endswith(":"):
                end = block.start + len(words)
                return self.sentence_at(end - 1)
            if block.kind is BlockKind.HEADING:
                return None
        return None

    # Meaning --------------------------------------------------------------------------------------
    def period_for(self, start: int, end: int) -> str:
        """The period of the number at ``start:end``, ISO 8601; the report's year where nothing says other."""
        return self.identity.year

    def place_for(self, start: int, end: int) -> Place:
        """Entity and territory of the number at ``start:end``."""
        who = self.identity
        return Place(who.organisation, who.territory, who.region_code, who.department_code)

    def figure(
        self,
        start: int,
        end: int,
        value: Decimal,
        kind: FigureKind,
        *,
        quote: Span | None = None,
        period: str | None = None,
        place: Place | None = None,
        dimensions: Mapping[str, Any] | None = None,
        **columns: Any,
    ) -> FigureRow:
        """Make the row of the figure at ``start:end``, its ids, section, quote, place and period filled.

        `quote` is the span to quote (default: `sentence_at`), `period` and `place` override what the
        context says, `dimensions` becomes JSON, `columns` are other columns of `FigureRow`.

        Raises `AssertionError` where the characters at ``start:end`` do not state `value`: that is a
        bug of the caller, and such a figure must not reach a dataset.
        """
        text = self.document.text
        value_text = text[start:end]
        assert parse_number(value_text) == value, f"{value_text!r} does not state {value}"
        where = self.place_for(start, end) if place is None else place
        said = self.sentence_at(start) if quote is None else quote
        return FigureRow(
            figure_id=figure_id(self.document.sha256, start, end, value),
            report_id=self.report_id,
            source=self.document.source,
            kind=kind,
            value=value,
            value_text=value_text,
            period=self.period_for(start, end) if period is None else period,
            entity=where.entity,
            territory=where.territory,
            region_code=where.region_code,
            department_code=where.department_code,
            dimensions=json.dumps(dimensions or {}, ensure_ascii=False, sort_keys=True),
            section=self.section_path(start),
            char_start=start,
            char_end=end,
            quote=text[said.start : said.end],
            **columns,
        )


_LABELLED = regex.compile(r"[^:\n]{3,100}:[^:\n]*\d")


def _is_item(block: Block, text: str) -> bool:
    """Is the block an item of a list, or a line that names a number (« En maladie : 91,8 % »)?"""
    if block.kind is BlockKind.LIST_ITEM:
        return True
    return block.kind is BlockKind.PARAGRAPH and _LABELLED.match(text, block.start, block.end) is not None
