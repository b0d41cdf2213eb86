"""Values that the catalogue finds where an indicator is named: on lines of tables and in sentences.

For the reports of a family whose grammar says `found`. Names are read on the line of a table, over its
column, or in the heading above; the value's column is the one of the report's year. A line that names two
indicators, a column that could be two years, two lines that disagree: none is given. Nothing is computed
here; the parts of a sum are marked by their rule (`rapextract.consolidate.indicators` adds them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import regex

from ..french.fold import fold
from ..french.numbers import Number, scan_numbers
from ..grammar import Grammar
from ..grammar.compiled import regexp
from ..grammar.line_search import line_search
from ..grammar.patterns import matchable, too_slow
from ..grammar.schema_indicators import FamilyEntry, Finding, IndicatorEntry
from ..model import Cell, Role, Span, Table
from . import in_brackets
from .context import Context
from .headers import clean
from .measures import Measures
from .naming import Catalogue, catalogue_of, compiled, fits, within
from .period_of import PeriodRules
from .stated import ONE

_AROUND = regexp(r"(?:\([^()]*\)|[\s*_.,;:()=≈†‡]|\^\{[^}]*\})*")
_SCALE = regexp(r"\s*(?:/|sur)\s*(\d+)(?!\d|[.,]\d)")
_LETTER = regexp(r"[^\W\d_]")


@dataclass(frozen=True)
class Found:
    """A value found: where it stands, what it is, by which rule. `rank` 0 is the most trusted place."""

    entry: IndicatorEntry
    rule: str
    rank: int
    start: int
    end: int
    value: Decimal
    period: str
    word: bool
    table: int | None = None
    cell: Cell | None = None
    quote: Span | None = None
    unit: str = ""
    """The unit printed beside it."""
    role: Role | None = None
    """The role that its place tells."""


class _Read(NamedTuple):
    """A cell read: `what` is a value, `none` (the report says there is none), `empty` or `words`."""

    what: str
    start: int = 0
    end: int = 0
    value: Decimal = Decimal(0)
    word: bool = False
    unit: str = ""

    def fits(self, entry: IndicatorEntry, finding: Finding) -> bool:
        """Is it a value in a unit that the indicator, or this place of it, can have?"""
        units = (*finding.unit, *entry.zero_units) if not self.value else finding.unit
        return self.what == "value" and (fits(entry, self.unit) or self.unit in units)


class _Applied(NamedTuple):
    """A finding that may apply to a table, with its rank and its rule, and the indicator it gives."""

    entry: IndicatorEntry
    rank: int
    rule: str
    finding: Finding


def prepare_searches(grammar: Grammar) -> None:
    """Tell of the patterns of every family what looking for them takes; a report asks for its own alone."""
    catalogue = catalogue_of(grammar)
    of_families = (finding for family in catalogue.families.values() for finding in family.found)
    of_indicators = (finding for entry in catalogue.indicators.values() for finding in entry.found)
    for finding in (*of_families, *of_indicators):
        if finding.at == "sentence" and finding.patterns:
            line_search(finding.patterns)


class Finder:
    """Finds the values of a family's indicators in one report."""

    def __init__(self, context: Context, catalogue: Catalogue, family: FamilyEntry):
        self.context = context
        self.catalogue = catalogue
        self.family = family
        self.families = frozenset([family.id])
        self.entries = [entry for entry in catalogue.indicators.values() if entry.family == family.id]
        self._measures = Measures(context.grammar, header_words=context.header_words)
        self._periods = PeriodRules(context.grammar, context.default_year)
        self._no_values = {fold(word).strip() for word in family.no_value}
        self._none = compiled(family.no_value_patterns) if family.no_value_patterns else None
        self._matched: dict[str, list[regex.Match[str]]] = {}
        self._under: dict[str, list[IndicatorEntry]] = {}
        self._findings: dict[str, list[tuple[int, str, Finding]]] = {}
        self._text = matchable(context.document.text)

    def find(self) -> list[Found]:
        """Every value found, in no order; two may be at one place."""
        found = [item for entry in self.entries for item in self._sentences(entry)]
        for number, table in enumerate(self.context.document.tables):
            if self.elsewhere(table.start):
                continue
            found += _Lines(self, number, table).find()
        return found

    def findings(self, entry: IndicatorEntry) -> list[tuple[int, str, Finding]]:
        """Where values of `entry` stand, with rank and rule name: the family's first, then its own."""
        if entry.id not in self._findings:
            own = [(f"{entry.id}/{finding.id}", finding) for finding in entry.found]
            shared = [(f"{self.family.id}/{finding.id}", finding) for finding in self.family.found]
            self._findings[entry.id] = [
                (rank, rule, finding) for rank, (rule, finding) in enumerate(shared + own)
            ]
        return self._findings[entry.id]

    # Words and headings ---------------------------------------------------------------------------
    def headed(self, offset: int) -> list[IndicatorEntry]:
        """The indicators that the nearest heading above `offset` names that names any."""
        heading = self.context.section_at(offset)
        for title in reversed(heading.path if heading else ()):
            if title not in self._under:
                self._under[title] = self.catalogue.names_in(title, self.families, "section")
            if self._under[title]:
                return self._under[title]
        return []

    def elsewhere(self, offset: int) -> bool:
        """Does the nearest heading above that tells say that something else is spoken of?"""
        heading = self.context.section_at(offset)
        for title in reversed(heading.path if heading and self.family.not_under else ()):
            if _any(self.family.not_under, title):
                return True
            if _any(self.family.report, title):
                return False
        return False

    def period_said(self, words: str) -> str:
        """The period that a header says, or an empty string."""
        return self._periods.last_of(words) if words else ""

    # Values ---------------------------------------------------------------------------------------
    def read(self, start: int, end: int, words: Mapping[str, Decimal], most: Decimal | None = None) -> _Read:
        """Read ``text[start:end]`` as a value, as « none », or as words.

        `most` is the greatest value possible: « 64 / 120 » is 64 where 120 is it.
        """
        text = self.context.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        said = fold(text[start:end])
        bare = said.strip(" .*:")
        if not bare:
            return _Read("empty")
        if bare in self._no_values or (self._none and self._none.fullmatch(bare)):
            return _Read("none")
        if bare in words:
            at = start + said.index(bare)
            return _Read("value", at, at + len(bare), words[bare], True)
        numbers = [n for n in scan_numbers(text, start, end) if "ordinal" not in n.marks]
        if numbers and numbers[0].article and (numbers[0].start, numbers[0].end) != (start, end):
            numbers = []  # « un » is a number where nothing else stands
        numbers = [number.parts[0] if _out_of(number, most) else number for number in numbers]
        for number in numbers[:1]:
            after = self.context.grammar.units.after(self.context.folded, number.stop)
            stop = min(after.end, end) if after else number.stop
            if most is not None and (scale := _SCALE.match(text, number.stop, end)):
                stop = scale.end() if Decimal(scale[1]) == most else stop
            free = _AROUND.fullmatch(text, start, number.start) and _AROUND.fullmatch(text, stop, end)
            if free:
                return _Read(
                    "value", number.start, number.end, number.value, False, after.unit if after else ""
                )
        return _Read("words" if _LETTER.search(bare) else "empty")

    # Sentences ------------------------------------------------------------------------------------
    def _sentences(self, entry: IndicatorEntry) -> Iterator[Found]:
        for rank, rule, finding in self.findings(entry):
            if finding.at != "sentence" or not finding.patterns:
                continue
            matches = self._matches(rule, finding)
            for match in matches:
                start, end = match.span("value")
                if self.elsewhere(start) or (finding.under and not _is_only(self.headed(start), entry)):
                    continue
                name = match.groupdict().get("name")
                if name and not _is_only(self.catalogue.names_in(name, self.families), entry):
                    continue
                read = self.read(start, end, self.catalogue.values_of(entry), _most(entry))
                if not read.fits(entry, finding) or not within(read.value, finding.value):
                    continue
                own = self.context.identity.year if finding.report_year else ""
                period = match.groupdict().get("year") or own or self._period(read)
                yield Found(entry, rule, rank, read.start, read.end, read.value, period, read.word)
                if other := self._in_brackets(entry, finding, read):
                    said, period = other
                    place = (said.start, said.end, said.value)
                    yield Found(entry, rule, rank, *place, period, False, role=Role.REFERENCE)

    def _in_brackets(self, entry: IndicatorEntry, finding: Finding, read: _Read) -> tuple[_Read, str] | None:
        """« 107 pour l'exercice 2021 (95 pour 2020) »: the value behind it, of another year."""
        unit = self.context.grammar.units.after(self._text, read.end)
        start = unit.end if unit else read.end
        opened = in_brackets.BEFORE.match(self._text, start)
        close = self._text.find(")", opened.end()) + 1 if opened else 0
        numbers = scan_numbers(self.context.document.text, opened.end(), close) if opened and close else []
        if opened is None or not numbers or numbers[0].start != opened.end():
            return None
        unit = self.context.grammar.units.after(self._text, numbers[0].stop)
        after = in_brackets.AFTER.match(self._text, unit.end if unit else numbers[0].stop)
        said = self.read(numbers[0].start, unit.end if unit else numbers[0].end, {}, _most(entry))
        if after is None or not said.fits(entry, finding) or not within(said.value, finding.value):
            return None
        period = self.period_said(after["date"])
        return (said, period) if period and within(said.value, entry.range) else None

    def _period(self, read: _Read) -> str:
        """The period that the value's own sentence says, else the report's year."""
        period = self.context.period_for(read.start, read.end)
        sentence = self.context.sentence_at(read.start)
        said = self.context.document.text[sentence.start : sentence.end]
        return period if period[:4] in said else self.context.identity.year

    def _matches(self, rule: str, finding: Finding) -> list[regex.Match[str]]:
        """Where the patterns of a finding match in the report; searched once, whatever the indicator."""
        if rule not in self._matched:
            try:
                self._matched[rule] = list(line_search(finding.patterns).finditer(self._text))
            except TimeoutError as error:
                raise too_slow(rule) from error
        return self._matched[rule]


class _Lines:
    """One table: its lines and columns that name indicators."""

    def __init__(self, finder: Finder, number: int, table: Table):
        self.finder = finder
        self.number = number
        self.table = table
        self.tree = finder.context.header_tree(number)
        self.family = finder.family
        self.year = finder.context.identity.year
        self._cells = [
            [self.tree.cell_at(row, column) for column in range(table.column_count)]
            for row in range(table.row_count)
        ]
        self._read: dict[tuple[int, int], _Read] = {}
        words = [self.tree.caption(), *(self._said(c) for row in self._cells[:2] for c in _distinct(row))]
        folded = matchable(" ".join(words))
        headed = finder.headed(table.start)
        self._findings = [
            _Applied(entry, rank, rule, finding)
            for entry in finder.entries
            for rank, rule, finding in finder.findings(entry)
            if finding.at in ("row", "column")
            and not (finding.under and not _is_only(headed, entry))
            and (not finding.table or compiled(finding.table).search(folded))
        ]

    def find(self) -> list[Found]:
        """The values that this table gives, those of one place and period only where they agree."""
        found: list[Found] = []
        for row in range(self.table.row_count):
            found += self._row(row)
        found += self._columns()
        return self._sure(found)

    def _said(self, cell: Cell | None) -> str:
        return clean(self.finder.context.document.cell_text(cell)) if cell is not None else ""

    # Rows -----------------------------------------------------------------------------------------
    def _row(self, row: int) -> Iterator[Found]:
        cells = _distinct(self._cells[row])
        names = [cell for cell in cells if self._bare(cell).what == "words"]
        label = " ".join(self._said(cell) for cell in names)
        if not label:
            return
        folded = matchable(label)
        named = self.finder.catalogue.names_in(label, self.finder.families)
        done = ""
        for entry, rank, rule, finding in self._findings:
            if finding.at != "row" or entry.id == done or (named and not _is_only(named, entry)):
                continue
            if compiled(finding.row).search(folded) if finding.row else named:
                values = list(self._values(row, cells, entry, rank, rule, finding))
                yield from values
                done = entry.id if values else ""

    def _bare(self, cell: Cell) -> _Read:
        """A cell read with no words that stand for values."""
        span = (cell.start, cell.end)
        if span not in self._read:
            self._read[span] = self.finder.read(*span, {})
        return self._read[span]

    def _values(
        self, row: int, cells: Sequence[Cell], entry: IndicatorEntry, rank: int, rule: str, finding: Finding
    ) -> Iterator[Found]:
        words = self.finder.catalogue.values_of(entry)
        read = [(cell, self.finder.read(cell.start, cell.end, words, _most(entry))) for cell in cells]
        read = [(cell, value) for cell, value in read if value.what != "words"]
        if finding.scale:
            read = _beside_most(read, _most(entry))
        elif finding.column:
            read = [item for item in read if _any(finding.column, self._header(row, item[0]))]
        else:
            read = [item for item in read if not self._is_no_value(row, item[0])]
        read = [item for item in read if not self._dates(item[0])]
        for period, cell, value in self._chosen(row, read):
            if value.fits(entry, finding) and self._in_ones(cell, entry):
                yield Found(
                    entry, rule, rank, value.start, value.end, value.value, period, value.word,
                    table=self.number, cell=cell, quote=self._quote(cells), unit=value.unit,
                )  # fmt: skip

    def _chosen(self, row: int, read: Sequence[tuple[Cell, _Read]]) -> Iterator[tuple[str, Cell, _Read]]:
        """The cells that hold values, each with its period: the years' columns, else the only one."""
        dated: dict[str, list[tuple[Cell, _Read]]] = {}
        own: list[tuple[Cell, _Read]] = []
        for cell, value in read:
            header = self._header(row, cell)
            if period := self.finder.period_said(header):
                dated.setdefault(period, []).append((cell, value))
            elif self.family.years and _any(self.family.years, header):
                own.append((cell, value))
        if dated:
            for period, items in dated.items():
                if len(items) == 1:
                    yield period, *items[0]
            return
        filled = own or [item for item in read if item[1].what != "empty"]
        if len(filled) == 1:
            words = " ".join([self.tree.caption(), *(self._said(c) for c in self._cells[row] if c)])
            yield self.finder.period_said(words) or self.year, *filled[0]

    def _dates(self, cell: Cell) -> bool:
        """Is the cell a title that dates its column (« 2021 »)?"""
        return cell.row < self.table.header_rows and bool(self.finder.period_said(self._said(cell)))

    def _header(self, row: int, cell: Cell) -> str:
        """The words over a cell: its header rows, else the nearest words above it in its column."""
        above = [self.tree.cell_at(r, cell.column) for r in range(min(self.table.header_rows, row))]
        said = " ".join(dict.fromkeys(self._said(c) for c in above if c is not None and c is not cell))
        if said.strip() or self.table.header_rows:
            return said
        first = self.tree.cell_at(0, cell.column)
        return self._said(first) if first is not None and row > 0 else ""

    def _in_ones(self, cell: Cell, entry: IndicatorEntry) -> bool:
        """Do the headers of a cell count in ones, not in thousands or millions?"""
        row, column = self.tree.paths(cell)
        headers = (*column, *row, self.tree.caption())
        return self.finder._measures.multiple(next(iter(entry.units), ""), headers) == ONE

    def _is_no_value(self, row: int, cell: Cell) -> bool:
        return bool(self.family.no_column) and _any(self.family.no_column, self._header(row, cell))

    # Columns --------------------------------------------------------------------------------------
    def _columns(self) -> Iterator[Found]:
        top = max(1, self.table.header_rows)
        for column in range(self.table.column_count):
            cells = _distinct([self.tree.cell_at(row, column) for row in range(top)])
            header = " ".join(map(self._said, cells))
            named = self.finder.catalogue.names_in(header, self.finder.families, "column")
            done = ""
            for entry, rank, rule, finding in self._findings:
                if finding.at != "column" or entry.id == done or (named and not _is_only(named, entry)):
                    continue
                if _any(finding.column, header) if finding.column else named:
                    yield from self._down(column, top, entry, rank, rule, finding)
                    done = entry.id

    def _down(
        self, column: int, top: int, entry: IndicatorEntry, rank: int, rule: str, finding: Finding
    ) -> Iterator[Found]:
        words = self.finder.catalogue.values_of(entry)
        header = " ".join(
            self._said(cell) for cell in _distinct([self.tree.cell_at(r, column) for r in range(top)])
        )
        for row in range(top, self.table.row_count):
            cell = self.tree.cell_at(row, column)
            if cell is None or cell.row != row:
                continue
            value = self.finder.read(cell.start, cell.end, words, _most(entry))
            if not value.fits(entry, finding) or not self._in_ones(cell, entry):
                continue
            label = " ".join(self._said(c) for c in _distinct(self._cells[row]) if c is not cell)
            if finding.row and not _any(finding.row, label):
                continue
            period = self.finder.period_said(label) or self.finder.period_said(header) or self.year
            yield Found(
                entry, rule, rank, value.start, value.end, value.value, period, value.word,
                table=self.number, cell=cell, quote=self._quote(_distinct(self._cells[row])),
                unit=value.unit,
            )  # fmt: skip

    # Judging --------------------------------------------------------------------------------------
    def _sure(self, found: Sequence[Found]) -> list[Found]:
        """One value an indicator, rule and period; where lines disagree a total, or the parts of a sum.

        Of lines that disagree those that print the unit count before those that print none.
        """
        groups: dict[tuple[str, str, str], list[Found]] = {}
        for item in found:
            groups.setdefault((item.entry.id, item.rule, item.period), []).append(item)
        kept: list[Found] = []
        for items in groups.values():
            finding = self._finding(items[0])
            if not all(within(item.value, finding.value) for item in items):
                continue
            printed = [item for item in items if item.unit]
            if printed and len({item.value for item in items}) > 1 and not finding.sum:
                items = printed  # « 6 » dossiers beside « 0,0016 €/m³ » under one code
            totals = [item for item in items if self._is_total(item)]
            if len(items) > 1 and len(totals) == 1:
                kept += totals
            elif len({item.value for item in items}) == 1 or finding.sum:
                kept += items
        return kept

    def _is_total(self, item: Found) -> bool:
        if item.cell is None:
            return False
        words = (self._said(cell) for cell in _distinct(self._cells[item.cell.row]))
        return any(self.finder._measures.says("total", said) for said in words)

    def _finding(self, item: Found) -> Finding:
        return next(f for _, rule, f in self.finder.findings(item.entry) if rule == item.rule)

    def _quote(self, cells: Iterable[Cell]) -> Span:
        """The run of the reading text that the line of a table takes."""
        filled = [cell for cell in cells if cell.end > cell.start]
        text = self.finder.context.document.text
        start, end = min(cell.start for cell in filled), max(cell.end for cell in filled)
        first = max(text.rfind("\n", 0, start) + 1, self.table.start)
        last = text.find("\n", end)
        return Span(start=first, end=max(end, min(last if last >= 0 else len(text), self.table.end)))


def _is_only(entries: Sequence[IndicatorEntry], entry: IndicatorEntry) -> bool:
    """Is `entry` the one of `entries`? (Told by id: entries are large, and so slow to compare.)"""
    return len(entries) == 1 and entries[0].id == entry.id


def _distinct(cells: Iterable[Cell | None]) -> list[Cell]:
    """The cells of a line, a merged one once, in order."""
    return list({(cell.row, cell.column): cell for cell in cells if cell is not None}.values())


def _out_of(number: Number, most: Decimal | None) -> bool:
    """« 64/120 » where 120 is the greatest value possible."""
    return most is not None and len(number.parts) == 2 and number.parts[1].value == most


def _beside_most(read: Sequence[tuple[Cell, _Read]], most: Decimal | None) -> list[tuple[Cell, _Read]]:
    """Of the values of a line, the one beside the greatest value possible; none where that is not printed."""
    values = [item for item in read if item[1].what == "value"]
    others = [item for item in values if item[1].value != most]
    if len(values) < 2 or len(others) == len(values):
        return []
    return others or values[-1:]


def _most(entry: IndicatorEntry) -> Decimal | None:
    return entry.range.max if entry.range else None


def _any(patterns: Sequence[str], words: str) -> bool:
    return compiled(patterns).search(matchable(words)) is not None
