"""Values that the catalogue finds where an indicator is named: in sentences, and what tables ask as well.

For the reports of a family whose grammar says `found`. Nothing is computed here; the parts of a sum are
marked by their rule (`rapextract.consolidate.indicators` adds them). Values of tables: `found_table`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

import regex

from ...french.fold import fold
from ...french.inflect import singular
from ...french.numbers import Number, scan_numbers
from ...grammar import Grammar
from ...grammar.compiled import regexp
from ...grammar.line_search import line_search
from ...grammar.patterns import matchable, too_slow
from ...grammar.schema_indicators import FamilyEntry, Finding, IndicatorEntry
from ...model import Block, BlockKind, Cell, Role, Span
from .. import in_brackets
from ..context import Context
from .catalogue import Catalogue, catalogue_of, fits
from .naming import compiled, within

_AROUND = regexp(r"(?:\([^()]*\)|[\s*_.,;:()=≈†‡]|\^\{[^}]*\})*")
_WAS = regexp(r"\b(?:etai(?:en)?t|s'elevait|atteignait)\b[^.,;:\d]{0,12}\Z")
"""« il était de 3 % en 2020 »: what was then is not the report's year's."""
_NOUN = regexp(r"\s([a-z'-]+)\b")
_MARKS = " .*:"
_NOTE = regexp(r"(?:\(\d\)|\^\{[^}]*\}|\?)+")
"""« (1) » in place of a value: the mark of a note."""
_SCALE = regexp(r"\s*(?:/|sur)\s*(\d+)(?!\d|[.,]\d)")
_CLAUSES = regexp(r"(?<!\d),|,(?!\d)|[;()·•]|\. ")
_OPENING = regexp(r"\W*(?:dans|en|au|a|sur|pour|selon|d'apres)\b[^.,;:()\d]{1,60},")
"""« Dans le département, … »: of what the whole sentence speaks."""
_NEXT_YEAR = regexp(r"\s\(?(?:(?:au )?(?:1er|01|31) (?:janvier|decembre) )?(?:19|20)\d\d ?: ?\S")
"""« Valeur : 12 % 2020 : 11 % »: the year behind a value that is the next one's."""
_LETTER = regexp(r"[^\W\d_]")
_CODE = r"[a-z][ .]?\d{3}[.,-]\d ?[a-z]?\b"
_CODES = regexp(rf"\b{_CODE}")
_TITLED = rf"{_CODE}(?:(?:[^\d.;]|1 ?000? ?(?=\w)|120(?= ?m)){{3,120}}(?:\bdecret\b[^;]*)?)?"
_CODED_TITLE = regexp(rf"\W*(?:\d[\d.]*|[a-z]|[ivx]+)?[ ).:–-]*(?:{_TITLED}|[^\d;]{{3,120}}\(?{_CODE}\)?)\W*")
"""« A) Taux de desserte (P201.1) », « P201.1 – Taux de desserte », « P201.1 »: titles, if set as text."""
_ROUNDED = Decimal("0.01")
"""How far values that agree may lie apart, as a share: one of them may be rounded."""
_COVER = 6
"""Titles at its start among which a report's own is looked for."""
_IN_FORCE = 1500
"""Characters after it of which such a title speaks at most."""


class Reading(NamedTuple):
    """What a place states. `what` is `value`, `none` (the report says so), `empty` or `words`."""

    what: str
    start: int = 0
    end: int = 0
    value: Decimal = Decimal(0)
    word: bool = False
    """A word that stands for the value, no number."""
    unit: str = ""
    """The unit printed beside it."""


class Way(NamedTuple):
    """A way to the value of an indicator: a finding of the grammar. `rank` 0 is the most trusted."""

    entry: IndicatorEntry
    rank: int
    rule: str
    finding: Finding

    @property
    def most(self) -> Decimal | None:
        """The greatest value possible."""
        return self.entry.range.max if self.entry.range else None

    def fits(self, reading: Reading) -> bool:
        """Is it a value in a unit that the indicator, or this place of it, can have?"""
        units = self.finding.unit if reading.value else (*self.finding.unit, *self.entry.zero_units)
        return reading.what == "value" and (fits(self.entry, reading.unit) or reading.unit in units)


class Found(NamedTuple):
    """A value found: the way to it, where it stands and what it is, for when.

    `role` is the one that its place tells; `table` (0-based), `cell` and `quote`, the run of the text to
    quote, are those of a value found in a table.
    """

    way: Way
    reading: Reading
    period: str
    role: Role | None = None
    table: int | None = None
    cell: Cell | None = None
    quote: Span | None = None


def prepare_searches(grammar: Grammar) -> None:
    """Tell of the patterns of every family what looking for them takes; a report asks for its own alone."""
    catalogue = catalogue_of(grammar)
    families = catalogue.families.values()
    of_families = (finding for family in families for finding in (*family.found, *family.found_else))
    of_indicators = (finding for entry in catalogue.indicators.values() for finding in entry.found)
    for finding in (*of_families, *of_indicators):
        if finding.at == "sentence" and finding.patterns:
            line_search(finding.patterns)


class FamilyReader:
    """Reads one report for the indicators of a family."""

    def __init__(self, context: Context, catalogue: Catalogue, family: FamilyEntry):
        """`family` is one that the report of `context` is of."""
        self.context = context
        self.catalogue = catalogue
        self.family = family
        self.families = frozenset([family.id])
        self._no_values = {fold(word).strip(_MARKS) for word in family.no_value}
        self._none = compiled(family.no_value_patterns) if family.no_value_patterns else None
        self._matched: dict[str, dict[str, list[regex.Match[str]]]] = {}
        """For each rule: what `_by_indicator` says."""
        self._under: dict[str, list[IndicatorEntry]] = {}
        self._is_prose: dict[tuple[int, int], bool] = {}
        self._text = matchable(context.document.text)
        self.ways = [
            way
            for entry in catalogue.indicators.values()
            if entry.family == family.id
            for way in _ways(entry, family)
        ]
        """The ways to the values of all indicators of the family, each indicator's the best first."""

    # Words and headings ---------------------------------------------------------------------------
    def headed(self, offset: int) -> list[IndicatorEntry]:
        """The indicators that the nearest heading above `offset` names that names any."""
        heading = self.context.section_at(offset)
        above = heading.start - self.context.stretch.base if heading else 0
        index = bisect_right(self._coded_titles, offset, key=lambda title: title.end) - 1
        if index >= 0 and (near := self._coded_titles[index]).start > above and offset - near.end < _IN_FORCE:
            return self.named_in(self.context.document.text[near.start : near.end])
        for title in reversed(heading.path if heading else ()):
            if named := self.named_in(title):
                return named
        return []

    def named_in(self, title: str) -> list[IndicatorEntry]:
        """The indicators that a title names."""
        if title not in self._under:
            self._under[title] = self.catalogue.names_in(title, self.families, "section")
        return self._under[title]

    @cached_property
    def _coded_titles(self) -> list[Block]:
        """The paragraphs that are titles by what they say: the name of an indicator and its code."""
        return [
            block
            for block in self.context.document.blocks
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.PANEL)
            and block.end - block.start < 160
            and _CODED_TITLE.fullmatch(self._text, block.start, block.end)
        ]

    def elsewhere(self, offset: int) -> bool:
        """Does the nearest heading above that tells, else the report's title, speak of something else?"""
        heading = self.context.section_at(offset)
        for title in reversed(heading.path if heading and self.family.not_under else ()):
            if says_any(self.family.not_under, title):
                return True
            if says_any(self.family.report, title):
                return False
        return self._of_another

    @cached_property
    def _of_another(self) -> bool:
        """Is the report's title, the first of its titles that fits the family, that of something else?"""
        whole = self.context.stretch.whole
        titles = (*whole.opening, *(heading.title for heading in whole.headings[:_COVER]))
        title = next((title for title in titles if says_any(self.family.report, title)), "")
        return bool(title and self.family.not_under) and says_any(self.family.not_under, title)

    def year_at(self, offset: int) -> str:
        """The report's year, or the earlier one that a heading above says (« Rappel de l'année 2021 »)."""
        year = self.context.identity.year
        heading = self.context.section_at(offset)
        for title in reversed(heading.path if heading else ()):
            said = "" if says_any(self.family.report, title) else self.period_said(title)
            if said:
                return said if len(said) == len(year) and said < year else year
        return year

    def period_said(self, words: str) -> str:
        """The period that a header says, or an empty string."""
        return self.context.period_said(words) if words else ""

    # Values ---------------------------------------------------------------------------------------
    def read(
        self,
        start: int,
        end: int,
        words: Mapping[str, Decimal],
        most: Decimal | None = None,
        units: Sequence[str] = (),
    ) -> Reading:
        """Read ``text[start:end]`` as a value, as « none », or as words.

        `most` is the greatest value possible: « 64 / 120 » is 64 where 120 is it. `units` are nouns that may
        stand behind a value: « 812 habitants ».
        """
        text = self.context.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        said = fold(text[start:end])
        bare = said.strip(_MARKS)
        if not bare:
            return Reading("empty")
        if bare in self._no_values or _NOTE.fullmatch(bare) or (self._none and self._none.fullmatch(bare)):
            return Reading("none")
        if bare in words:
            at = start + said.index(bare)
            return Reading("value", at, at + len(bare), words[bare], True)
        numbers = [n for n in scan_numbers(text, start, end) if "ordinal" not in n.marks]
        if numbers and numbers[0].article and (numbers[0].start, numbers[0].end) != (start, end):
            numbers = []  # « un » is a number where nothing else stands
        numbers = [number.parts[0] if _out_of(number, most) else number for number in numbers]
        for number in numbers[:1]:
            if most is not None and number.value > most and "dot-group" in number.marks:
                return Reading("none")  # « 1.834 » where 30 is the most: a decimal point, or a slip
            after = self.context.grammar.units.after(self.context.folded, number.stop)
            stop = min(after.end, end) if after else number.stop
            if after is None and (noun := _NOUN.match(said, number.stop - start)):
                stop += len(noun[0]) if singular(noun[1]) in units else 0
            if most is not None and (scale := _SCALE.match(text, number.stop, end)):
                stop = scale.end() if Decimal(scale[1]) == most else stop
            free = _AROUND.fullmatch(text, start, number.start) and _AROUND.fullmatch(text, stop, end)
            if free:
                return Reading(
                    "value", number.start, number.end, number.value, False, after.unit if after else ""
                )
        return Reading("words" if _LETTER.search(bare) else "empty")

    # Sentences ------------------------------------------------------------------------------------
    def in_sentences(self) -> Iterator[Found]:
        """The values found in sentences, way by way."""
        for way in self.ways:
            if way.finding.at == "sentence" and way.finding.patterns:
                found = [item for match in self._matches(way) for item in self._in_sentence(way, match)]
                yield from _agreed(found)

    def _in_sentence(self, way: Way, match: regex.Match[str]) -> Iterator[Found]:
        """The value that a match states, and another year's in brackets behind it."""
        start, end = match.span("value")
        if way.finding.under and not is_only(self.headed(start), way.entry):
            return
        name = match.groupdict().get("name")
        if name and not is_only(self.catalogue.names_in(name, self.families), way.entry):
            return
        reading = self.read(start, end, self.catalogue.values_of(way.entry), way.most)
        if way.finding.named or way.finding.printed:
            reading = self._with_unit(way, reading)
        if way.finding.named and not is_only(self._said_of(reading), way.entry):
            return
        if not way.fits(reading) or not within(reading.value, way.finding.value):
            return
        if way.finding.printed and not reading.unit:
            return
        said = self.period_said(match.groupdict().get("year") or "")
        yield Found(way, reading, said or self._period(way, reading, match.end()))
        if other := self._in_brackets(way, reading):
            yield other

    def _said_of(self, reading: Reading) -> list[IndicatorEntry]:
        """The indicators that a value's sentence names, else its clause; only those that have its unit."""
        sentence = self.context.sentence_at(reading.start)
        for named in self._named_around(reading.start, reading.end):
            possible = [entry for entry in named if not reading.unit or reading.unit in entry.units]
            if len(possible) == 1:
                return [] if self._headed_otherwise(possible[0], sentence) else possible
        return []

    def _named_around(self, start: int, end: int) -> tuple[list[IndicatorEntry], ...]:
        """The indicators that the sentence of the number at ``start:end`` names; those that its clause does.

        None in a table, whose lines name what they state; a cell of sentences is none.
        """
        sentence = self.context.sentence_at(start)
        if not self._is_running_text(sentence):
            return ()
        whole = self.named_in(self.context.document.text[sentence.start : sentence.end])
        return whole, self.named_in(self._clause(sentence, start, end))

    def _headed_otherwise(self, entry: IndicatorEntry, sentence: Span) -> bool:
        """Is it under another's title, one of the same unit, so that only a code could tell them apart?"""
        headed = self.headed(sentence.start)
        if len(headed) != 1 or headed[0].id == entry.id or headed[0].units[:1] != entry.units[:1]:
            return False
        words = self.context.document.text[sentence.start : sentence.end]
        return not is_only(self.catalogue.coded_in(words, self.families), entry)

    def _is_running_text(self, sentence: Span) -> bool:
        """Is it a sentence of running text, not the line of a table?"""
        key = (sentence.start, sentence.end)
        if key not in self._is_prose:
            block = self.context.document.block_at(sentence.start)
            line = self.context.block_span(sentence.start)
            in_table = block is not None and block.kind is BlockKind.TABLE and (line.start, line.end) == key
            self._is_prose[key] = not (block is None or block.kind is BlockKind.FURNITURE or in_table)
        return self._is_prose[key]

    def _clause(self, sentence: Span, start: int, end: int) -> str:
        """The clause of the number at ``start:end``: what commas, semicolons, brackets close in."""
        before = _CLAUSES.split(self._text[sentence.start : start])[-1]
        after = _CLAUSES.split(self._text[end : sentence.end])[0]
        return before + self._text[start:end] + after

    def _no_result(self, start: int, end: int) -> bool:
        """Is the number at ``start:end`` no result: does its clause say so, or speaks its sentence of the
        other service?"""
        sentence = self.context.sentence_at(start)
        if self.family.not_under and self._is_running_text(sentence):
            words = self._text[sentence.start : sentence.end]
            if says_any(self.family.not_under, words):
                return True
        opening = _OPENING.match(self._text, sentence.start, start)
        clause = (opening[0] if opening else "") + self._clause(sentence, start, end)
        return bool(self.family.no_result) and says_any(self.family.no_result, clause)

    def _with_unit(self, way: Way, reading: Reading) -> Reading:
        """With the unit printed behind it; « / 120 » is the indicator's own where 120 is the most."""
        scale = _SCALE.match(self._text, reading.end)
        if scale and way.most is not None and Decimal(scale[1]) == way.most:
            return reading._replace(unit=next(iter(way.entry.units), ""))
        unit = self.context.grammar.units.after(self._text, reading.end)
        return reading._replace(unit=unit.unit if unit else "")

    def _over_lines_of_a_table(self, match: regex.Match[str]) -> bool:
        """Does a match run from one line of a table into another?"""
        document = self.context.document
        block = document.block_at(match.start("value"))
        in_table = block is not None and block.kind is BlockKind.TABLE
        return in_table and "\n" in document.text[match.start() : match.end()]

    def _in_brackets(self, way: Way, reading: Reading) -> Found | None:
        """« 107 pour l'exercice 2021 (95 pour 2020) »: the value behind it, of another year."""
        start = self._stop(reading)
        opened = in_brackets.BEFORE.match(self._text, start)
        close = self._text.find(")", opened.end()) + 1 if opened else 0
        numbers = scan_numbers(self.context.document.text, opened.end(), close) if opened and close else []
        if opened is None or not numbers or numbers[0].start != opened.end():
            return None
        unit = self.context.grammar.units.after(self._text, numbers[0].stop)
        after = in_brackets.AFTER.match(self._text, unit.end if unit else numbers[0].stop)
        said = self.read(numbers[0].start, unit.end if unit else numbers[0].end, {}, way.most)
        if after is None or not way.fits(said) or not within(said.value, way.finding.value):
            return None
        period = self.period_said(after["date"])
        possible = period and within(said.value, way.entry.range)
        return Found(way, said, period, Role.REFERENCE) if possible else None

    def _period(self, way: Way, reading: Reading, stop: int) -> str:
        """The period that the value's own sentence says, else the report's year; its words end at `stop`.

        A day after that year is the day of a letter (« le 2 mai 2023, la police de l'eau a jugé »).
        """
        year = self.year_at(reading.start)
        sentence = self.context.sentence_at(reading.start)
        opened = self._text.rfind("(", sentence.start, reading.start)
        free = self._text.find(")", max(opened, 0), reading.start) >= 0 or opened < 0
        was = _WAS.search(self._text, sentence.start, reading.start)
        if (free and way.entry.report_year and not was) or _NEXT_YEAR.match(
            self._text, max(stop, self._stop(reading))
        ):
            return year
        period = self.context.period_for(reading.start, reading.end)
        if way.entry.counts_for == "year-before-new-year" and len(period) == len(year):
            day = self.period_said(self.context.document.text[sentence.start : sentence.end])
            period = day if day.endswith("-01-01") else period
        if way.entry.counts_for == "year" and len(period) > len(year) and period[:4] > year:
            return year
        own = sentence.start
        if len(codes := list(_CODES.finditer(self._text, sentence.start, reading.start))) > 1:
            if period[:4] in self._text[own : codes[0].start()]:
                return period
            own = codes[-2].end()  # a list that no full stops part: what is said of another is not said of it
        return period if period[:4] in self._text[own : sentence.end] else year

    def _stop(self, reading: Reading) -> int:
        """Where a value ends, with the unit printed behind it."""
        unit = self.context.grammar.units.after(self._text, reading.end)
        return unit.end if unit else reading.end

    def _matches(self, way: Way) -> Sequence[regex.Match[str]]:
        """Where the patterns of a finding match and may state a value of the indicator of `way`."""
        if way.rule not in self._matched:  # looked for once, whatever the indicator
            try:
                found = list(line_search(way.finding.patterns).finditer(self._text))
            except TimeoutError as error:
                raise too_slow(way.rule) from error
            self._matched[way.rule] = self._by_indicator(way.finding, found)
        return self._matched[way.rule].get(way.entry.id if way.finding.named else "", ())

    def _by_indicator(
        self, finding: Finding, matches: Iterable[regex.Match[str]]
    ) -> dict[str, list[regex.Match[str]]]:
        """The matches that may state a value, by the indicators named around them; "" where none need be."""
        sorted_out: dict[str, list[regex.Match[str]]] = {}
        for match in matches:
            start, end = match.span("value")
            named = {""}
            if finding.named:
                named = {entry.id for entries in self._named_around(start, end) for entry in entries}
            if not named or self._over_lines_of_a_table(match) or self._no_result(start, end):
                continue
            if not self.elsewhere(start):
                for indicator in named:
                    sorted_out.setdefault(indicator, []).append(match)
        return sorted_out


def _ways(entry: IndicatorEntry, family: FamilyEntry) -> Iterator[Way]:
    """The ways to values of `entry`: its family's first, then its own, then what the family has besides."""
    shared = ((f"{family.id}/{finding.id}", finding) for finding in family.found)
    own = ((f"{entry.id}/{finding.id}", finding) for finding in entry.found)
    besides = ((f"{family.id}/{finding.id}", finding) for finding in family.found_else)
    for rank, (rule, finding) in enumerate((*shared, *own, *besides)):
        yield Way(entry, rank, rule, finding)


def _agreed(found: Sequence[Found]) -> list[Found]:
    """Those that no other of the same period contradicts; one of two may be rounded."""
    of_period: dict[str, list[Found]] = {}
    for item in found:
        if item.role is None:  # what brackets say of another year contradicts nothing
            of_period.setdefault(item.period, []).append(item)
    sure = {period for period, items in of_period.items() if agree([item.reading.value for item in items])}
    return [item for item in found if item.role is not None or item.period in sure]


def agree(values: Sequence[Decimal]) -> bool:
    """Do values say the same, as one of them rounded may?"""
    return max(values) - min(values) <= _ROUNDED * max(values)


def is_only(entries: Sequence[IndicatorEntry], entry: IndicatorEntry) -> bool:
    """Is `entry` the one of `entries`? (Told by id: entries are large, and so slow to compare.)"""
    return len(entries) == 1 and entries[0].id == entry.id


@lru_cache(maxsize=8192)
def says_any(patterns: tuple[str, ...], words: str) -> bool:
    """Does one of `patterns` match in `words`?"""
    return compiled(patterns).search(matchable(words)) is not None


def _out_of(number: Number, most: Decimal | None) -> bool:
    """« 64/120 » where 120 is the greatest value possible."""
    return most is not None and len(number.parts) == 2 and number.parts[1].value == most
