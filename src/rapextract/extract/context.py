"""What is in force at any offset of a document: section, sentence, entity, territory, period.

Everything that is extracted asks one `Context` where it stands, so that a figure of prose, a table cell
and a line of a staff panel get their section, quote, place and period by the same rules.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any, Generic, NamedTuple, Self, TypeVar

from ..french.fold import fold
from ..french.sentences import sentence_spans
from ..grammar import Grammar
from ..grammar.compiled import regexp
from ..model import (
    Block,
    BlockKind,
    Document,
    FigureKind,
    FigureRow,
    Heading,
    Problem,
    RapextractError,
    Role,
    Span,
    Table,
)
from ..model.document import ReadBy
from ..model.problems import FIGURES_FAILED, reason_of
from ..model.records import figure_id, report_id, table_id
from .articles import Articles
from .identity import Identity
from .period_of import PeriodRules
from .place_of import Place, PlaceRules
from .stated import ONE, stated
from .stretch import Stretch, one_stretch
from .tables.header_words import header_words_of
from .tables.headers import HeaderTree, says_done, tells
from .texts import Texts

T = TypeVar("T")

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_TREES = 64
"""Header trees that are kept: all of a usual report, and not too many of a long one."""
_PARAGRAPHS = 4096
"""Paragraphs whose sentences are kept."""
_MOST_SAID = 60  # characters of what could not be read


class Source(NamedTuple, Generic[T]):
    """Something that may say an attribute of a figure.

    `says` is what it says, nothing where it is silent; `by` is what it is (`sentence`, `earlier sentence`,
    `lead-in`, `article`, `heading`, `report`), `span` where its words stand.
    """

    says: T
    by: str
    span: Span | None = None


def _first(sources: Iterable[Source[T]]) -> T | None:
    """What the first source says that is not silent."""
    return next((source.says for source in sources if source.says), None)


class Context:
    """What is in force at any offset of one document.

    `document` is the report, `grammar` the compiled grammar, `identity` whose report it is and for
    which year, `headings` its headings in reading order.
    """

    def __init__(self, document: Document, grammar: Grammar, identity: Identity, headings: Sequence[Heading]):
        self._open(one_stretch(document, headings), grammar, identity)

    @classmethod
    def of_stretch(cls, stretch: Stretch, grammar: Grammar, identity: Identity) -> Self:
        """The context of a stretch of a long report: all offsets are those of the stretch."""
        context = cls.__new__(cls)
        context._open(stretch, grammar, identity)
        return context

    def _open(self, stretch: Stretch, grammar: Grammar, identity: Identity) -> None:
        document = stretch.document
        self.stretch = stretch
        self.whole = stretch.whole
        self.document = document
        self.grammar = grammar
        self.identity = identity
        self.headings = stretch.headings
        self.failures: list[Problem] = []
        """What figures could not be taken, and why: see `lost`."""
        self.folded = fold(document.text)
        self.report_id = report_id(document.sha256)
        self.default_year = int(identity.year) if identity.year.isdigit() else None
        self._heading_starts = self.whole.heading_starts
        self._block_starts = [block.start for block in document.blocks]
        self._trees = lru_cache(maxsize=_TREES)(self._header_tree)
        self._telling = lru_cache(maxsize=_TREES)(self._telling_cells)
        self._sentences = lru_cache(maxsize=_PARAGRAPHS)(self._cut_sentences)
        self._section_periods = cache(self._period_under)
        self._section_places = cache(self._place_under)
        self._periods = PeriodRules(grammar, self.default_year)
        self._places = PlaceRules(grammar, identity)
        self._articles = Articles(stretch, self._places, grammar)

    @cached_property
    def texts(self) -> Texts:
        """The text as rules see it."""
        return Texts(self.document.text, self.whole.words)

    # Structure ------------------------------------------------------------------------------------
    def section_at(self, offset: int) -> Heading | None:
        """The heading that `offset` stands in or under; `None` above the first."""
        index = bisect_right(self._heading_starts, offset + self.stretch.base) - 1
        heading = self.headings[index] if index >= 0 else None
        while heading is not None and heading.until is not None and offset >= heading.until:
            heading = self.headings[heading.parent] if heading.parent is not None else None
        return heading

    def _headings_above(self, offset: int) -> Iterator[Heading]:
        """The headings in force at `offset`, the innermost first."""
        return self._upwards(self.section_at(offset))

    def _upwards(self, heading: Heading | None) -> Iterator[Heading]:
        """`heading` and those above it."""
        while heading is not None:
            yield heading
            heading = self.headings[heading.parent] if heading.parent is not None else None

    def names_only_a_place(self, title: str) -> bool:
        """Is a title the name of a territory or of its unit and no more (« Gard », « ELSM de l'Ain »)?"""
        return self._places.is_name(title)

    def titles_above(self, offset: int) -> Iterator[str]:
        """Titles of the headings in force at `offset`, the innermost first, and the report's first line."""
        for heading in self._headings_above(offset):
            yield heading.title
        if self.whole.first_line:
            yield self.whole.first_line

    def section_path(self, offset: int) -> str:
        """Titles of the headings in force at `offset`, from the top down, joined with `` › ``."""
        heading = self.section_at(offset)
        return " › ".join(heading.path or (heading.title,)) if heading else ""

    def block_span(self, offset: int) -> Span:
        """The block around `offset`; between blocks, the line; in a table, its row or cell of sentences."""
        block = self.document.block_at(offset)
        if block is not None and (cell := self._cell_of_sentences(offset, block)) is not None:
            return cell
        if block is None or block.kind is BlockKind.TABLE:
            return self._line(offset, block)
        return Span(start=block.start, end=block.end)

    def cells_of_sentences(self, table: int) -> tuple[Span, ...]:
        """The cells of table number `table` (0-based) that are read as paragraphs are, in reading order."""
        return self._telling(table)

    def _telling_cells(self, table: int) -> tuple[Span, ...]:
        tree, text = self.header_tree(table), self.document.text
        spans = {(cell.start, cell.end) for cell in tree.cells if tells(text[cell.start : cell.end])}
        return tuple(Span(start=start, end=end) for start, end in sorted(spans))

    def _cell_of_sentences(self, offset: int, block: Block) -> Span | None:
        """The cell of sentences in the table `block` that holds `offset`."""
        if block.table is None:
            return None
        cells = self._telling(block.table)
        index = bisect_right(cells, offset, key=lambda cell: cell.start) - 1
        return cells[index] if index >= 0 and offset < cells[index].end else None

    def sentence_at(self, offset: int) -> Span:
        """The sentence, list item or table row that holds `offset`: what a figure is quoted with."""
        span = self.block_span(offset)
        block = self.document.block_at(offset)
        if block is not None and block.kind is BlockKind.TABLE and not self._cell_of_sentences(offset, block):
            return span
        for start, end in self._sentences_of(span):
            if offset < end:
                return Span(start=start, end=end)
        return span

    def _sentences_of(self, span: Span) -> list[tuple[int, int]]:
        return self._sentences(span.start, span.end)

    def _cut_sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        return sentence_spans(self.document.text, start, end)

    def _line(self, offset: int, block: Block | None) -> Span:
        text = self.document.text
        start = text.rfind("\n", block.start if block else 0, offset) + 1
        end = text.find("\n", offset, block.end if block else len(text))
        start = max(start, block.start) if block else start
        return Span(start=start, end=end if end >= 0 else (block.end if block else len(text)))

    def lead_in(self, offset: int) -> Span | None:
        """The sentence that introduces the list `offset` is in: « Taux de confirmation des avis : ».

        Walks back over the items of the list, and over lines of the form « name : number », to the first
        block that ends with a colon; from a paragraph only to the block right above, since what follows
        a list is not in it.
        """
        index = bisect_right(self._block_starts, offset) - 1
        blocks = self.document.blocks
        first = True
        listed = index >= 0 and _is_item(blocks[index], self.document.text)
        while index > 0 and (first or _is_item(blocks[index], self.document.text)):
            first = False
            index -= 1
            block = blocks[index]
            if block.kind is BlockKind.FURNITURE:
                continue
            words = self.document.text[block.start : block.end].rstrip()
            if words.endswith(":"):
                end = block.start + len(words)
                return self.sentence_at(end - 1)
            if block.kind is BlockKind.HEADING or not listed:
                return None
        return None

    def table_id(self, table: Table) -> str:
        """The id of a table of the document."""
        base = self.stretch.base
        return table_id(self.document.sha256, base + table.start, base + table.end)

    def header_tree(self, table: int) -> HeaderTree:
        """The header tree of the document's table with this index."""
        return self._trees(table)

    def _header_tree(self, table: int) -> HeaderTree:
        return HeaderTree(self.document, self.document.tables[table], header_words_of(self.grammar))

    # Meaning --------------------------------------------------------------------------------------
    def period_for(self, start: int, end: int) -> str:
        """The period of the number at ``start:end``, ISO 8601; see `period_sources`."""
        return _first(self.period_sources(start, end)) or ""

    def period_sources(self, start: int, end: int) -> Iterator[Source[str]]:
        """What may say the period of the number at ``start:end``; the first that says one is believed.

        Its sentence, else the sentence that a « Cette phase … » points back to, else the lead-in of its
        list, else the headings above, else the report's year.
        """
        sentence = self.sentence_at(start)
        said = self._words(sentence)
        yield Source(
            self._periods.of_number(said, start - sentence.start, end - sentence.start), "sentence", sentence
        )
        if self._periods.points_back(said):
            for earlier in reversed(self._spans_before(sentence)):
                yield Source(self._periods.last_of(self._words(earlier)), "earlier sentence", earlier)
        if (lead := self.lead_in(start)) is not None:
            yield Source(self._periods.last_of(self._words(lead)), "lead-in", lead)
        yield from self.section_period_sources(start, days=False)

    def period_of_section(self, offset: int) -> str:
        """The period that the headings above `offset` give, the innermost first, else the report's year."""
        heading = self.section_at(offset)
        return self._section_periods(None if heading is None else heading.index)

    def _period_under(self, heading: int | None) -> str:
        return _first(self._section_period_sources(heading, days=True)) or ""

    def section_period_sources(self, offset: int, days: bool = True) -> Iterator[Source[str]]:
        """The headings above `offset`, the innermost first, and the report, as `period_sources`."""
        heading = self.section_at(offset)
        return self._section_period_sources(None if heading is None else heading.index, days)

    def _section_period_sources(self, index: int | None, days: bool) -> Iterator[Source[str]]:
        for heading in self._upwards(None if index is None else self.headings[index]):
            span = Span(start=heading.start, end=heading.end)
            period = self._periods.last_of(heading.title, days)
            if not self._is_to_come(period):
                yield Source(period, "heading", span)
        yield Source(self.identity.year, "report")

    def _is_to_come(self, period: str) -> bool:
        """Do several years end after the report's: « Feuille de route 2021-2027 »? No result is theirs."""
        years = _YEARS.fullmatch(period)
        return years is not None and self.identity.year.isdigit() and years["last"] > self.identity.year

    def period_said(self, words: str) -> str:
        """The last period that `words` say, ISO 8601; empty where they say none."""
        return self._periods.last_of(words)

    def period_of_words(self, headers: Sequence[str], offset: int) -> str:
        """The period that one of `headers` names, the first first, else that of the section."""
        found = (self.period_said(words) for words in headers if words)
        return next(filter(None, found), "") or self.period_of_section(offset)

    def place_for(self, start: int, end: int) -> Place:
        """Entity and territory of the number at ``start:end``; see `place_sources`."""
        return _first(self.place_sources(start, end)) or self._places.own

    def place_sources(self, start: int, end: int) -> Iterator[Source[Place | None]]:
        """What may say whose the number at ``start:end`` is; the first that says it is believed.

        Its sentence, else an earlier sentence of its paragraph, else the lead-in of its list, else its
        article (`rapextract.extract.articles`), else the headings above, else the report itself.
        """
        sentence = self.sentence_at(start)
        said = self._words(sentence)
        yield Source(
            self._places.of_number(said, start - sentence.start, end - sentence.start), "sentence", sentence
        )
        earlier = self._spans_before(sentence)
        if not earlier and self._places.points_back(said):
            earlier = self._block_before(sentence.start)
        if earlier:
            words = [self._words(span) for span in earlier]
            span = Span(start=earlier[0].start, end=earlier[-1].end)
            yield Source(self._places.of_sentences_before(words, said), "earlier sentence", span)
        if (lead := self.lead_in(start)) is not None:
            before = self._words(lead)
            yield Source(self._places.of_number(before, len(before), len(before)), "lead-in", lead)
        yield Source(self._articles.place_at(start), "article")
        yield from self.section_place_sources(start)

    def place_of_section(self, offset: int) -> Place:
        """The place that the headings above `offset` name, the innermost first, else the report's."""
        heading = self.section_at(offset)
        if heading is None or self._articles.parted(heading.end, offset):
            return self._places.own
        return self._section_places(heading.index)

    def _place_under(self, heading: int) -> Place:
        return _first(self._section_place_sources(heading)) or self._places.own

    def section_place_sources(self, offset: int) -> Iterator[Source[Place | None]]:
        """The headings above `offset`, the innermost first, and the report, as `place_sources`."""
        heading = self.section_at(offset)
        if heading is not None and not self._articles.parted(heading.end, offset):
            yield from self._section_place_sources(heading.index)
        yield Source(self._places.own, "report")

    def _section_place_sources(self, index: int) -> Iterator[Source[Place | None]]:
        for heading in self._upwards(self.headings[index]):
            span = Span(start=heading.start, end=heading.end)
            place = self._places.of_title(heading.title)
            if place is None and self._is_ocr(heading.start):
                place = self._places.of_unknown(heading.title)
            yield Source(place, "heading", span)

    def _is_ocr(self, offset: int) -> bool:
        page = self.document.page_at(offset)
        return page is not None and page.read_by is ReadBy.OCR

    def is_parted(self, heading_end: int, offset: int) -> bool:
        """Whether another article began between a heading and `offset`, so that it speaks of neither."""
        return self._articles.parted(heading_end, offset)

    @property
    def own_place(self) -> Place:
        """The report's own entity and territory."""
        return self._places.own

    def place_of_words(self, headers: Sequence[str], offset: int) -> Place:
        """The place that one of `headers` names, the first first, else that of the section."""
        found = (self._places.of_title(words) for words in headers if words)
        return next(filter(None, found), None) or self.place_of_section(offset)

    def _words(self, span: Span) -> str:
        return self.document.text[span.start : span.end]

    def _spans_before(self, sentence: Span) -> list[Span]:
        """The sentences of the same block before `sentence`, in order."""
        spans = self._sentences_of(self.block_span(sentence.start))
        return [Span(start=start, end=end) for start, end in spans if end <= sentence.start]

    def _block_before(self, offset: int) -> list[Span]:
        """The sentences of the paragraph before the block that holds `offset`."""
        index = bisect_right(self._block_starts, offset) - 2
        if index < 0 or self.document.blocks[index].kind is not BlockKind.PARAGRAPH:
            return []
        block = self.document.blocks[index]
        spans = self._sentences_of(Span(start=block.start, end=block.end))
        return [Span(start=start, end=end) for start, end in spans]

    def paragraph_above(self, offset: int) -> Span | None:
        """The paragraph right before the block that holds `offset`; `None` where none stands there."""
        above = self.block_above(offset)
        if above is None or above.kind is not BlockKind.PARAGRAPH:
            return None
        return Span(start=above.start, end=above.end)

    def block_above(self, offset: int) -> Block | None:
        """The block right before the one that holds `offset`, if there is one."""
        index = bisect_right(self._block_starts, offset) - 2
        return self.document.blocks[index] if index >= 0 else None

    def line_above(self, offset: int) -> str:
        """The nearest line above `offset` with words on it."""
        text, end = self.document.text, offset
        while end > 0 and text[end - 1].isspace():
            end -= 1
        return text[text.rfind("\n", 0, end) + 1 : end].strip(" *#_")

    def role_in(self, period: str, place: Place | None = None, said: str = "") -> Role:
        """What a value of `period` and `place` is where nothing else says.

        One of years to come is a plan, unless the sentence `said` tells it as done; one of an earlier year,
        or of a place outside the report's own, is there to compare.
        """
        years, own = _YEAR.findall(period), self.identity.year
        ahead = own.isdigit() and period.isdigit() and int(period) > int(own) + 1
        if ahead and not says_done(said):
            return Role.OBJECTIVE
        earlier = bool(years) and own.isdigit() and max(years) < own
        elsewhere = place is not None and self._places.is_elsewhere(place)
        return Role.REFERENCE if earlier or elsewhere else Role.OBSERVED

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
        role: Role | str | None = None,
        dimensions: Mapping[str, Any] | None = None,
        words: Mapping[str, Decimal] | None = None,
        multiple: Decimal = ONE,
        **columns: Any,
    ) -> FigureRow:
        """Make the row of the figure at ``start:end``, its ids, section, quote, place and period filled.

        `quote` is the span to quote (default: `sentence_at`), `period` and `place` override what the
        context says, `role` what period and place do (`role_in`). `dimensions` becomes JSON, `words` are
        words that stand for values, `multiple` is what one is worth where headers count in thousands,
        `columns` are other columns of `FigureRow`.

        Raises `AssertionError` where the characters at ``start:end`` do not state `value`: that is a
        bug of the caller, and such a figure must not reach a dataset.
        """
        text, base = self.document.text, self.stretch.base
        value_text = text[start:end]
        assert stated(value_text, words, multiple) == value, f"{value_text!r} does not state {value}"
        where = self.place_for(start, end) if place is None else place
        said = self.sentence_at(start) if quote is None else quote
        when = self.period_for(start, end) if period is None else period
        quoted = text[said.start : said.end]
        if role is None and where.territory != self.own_place.territory:
            compared = _COMPARED.search(text, max(said.start, start - 80), start)
            role = Role.REFERENCE if compared else None
        return FigureRow(
            figure_id=figure_id(self.document.sha256, base + start, base + end, value),
            report_id=self.report_id,
            source=self.document.source,
            kind=kind,
            value=value,
            value_text=value_text,
            period=when,
            role=self.role_in(when, where, quoted) if role is None else Role(role),
            entity=where.entity,
            territory=where.territory,
            region_code=where.region_code,
            department_code=where.department_code,
            dimensions=_JSON.encode(dimensions or {}),
            section=self.section_path(start),
            char_start=base + start,
            char_end=base + end,
            quote=quoted,
            **columns,
        )

    def lost(self, start: int, error: Exception) -> None:
        """Say that the figures of the words at `start` are lost, for `error` came of them.

        What never should happen costs these figures and not the report. What has a code of its own (a rule
        that is too slow, above all) and a lack of memory cost it: they are raised again.
        """
        if isinstance(error, RapextractError | MemoryError):
            raise error
        if self.stretch.owns(start):
            words = " ".join(self.document.text[start : start + _MOST_SAID].split())
            self.failures.append(FIGURES_FAILED(words=words, reason=reason_of(error)))


_YEAR = regexp(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COMPARED = regexp(
    r"(?:\d[^.;:]{0,60},? contre|\b(?:quand|alors qu['’]|tandis qu['’])"
    r" ?(?:ils?|elles?)\b) ?[^.;:,\d]{0,30}\Z"
)
"""« 26 centres dans le Nord, contre 9 dans l'Aisne », « quand il dépasse 52 % dans la région »"""
_YEARS = regexp(r"\d{4}/(?P<last>\d{4})")
_LABELLED = regexp(r"[^:\n]{3,100}:[^:\n]*\d")


def _is_item(block: Block, text: str) -> bool:
    """Is the block an item of a list, or a line that names a number (« En maladie : 91,8 % »)?"""
    if block.kind is BlockKind.LIST_ITEM:
        return True
    return block.kind is BlockKind.PARAGRAPH and _LABELLED.match(text, block.start, block.end) is not None
