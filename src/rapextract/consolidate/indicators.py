"""The cross-region matrix: one value an indicator, report, territory and period.

Which of several mentions stands is decided by these rules, in this order:

1. only results count: a target, a floor, a change or another's value never stands, nor does a value outside
   the range that the catalogue gives the indicator. What a table's column of an earlier year states is that
   year's result, though its role is `reference`;
2. a figure that a person accepted or corrected before one that nobody looked at;
3. a number before a word that the grammar reads as one (« conforme »);
4. the place that the catalogue trusts more: `found` lists the best first (a recapitulative table before
   a sentence of the section);
5. a table or a staff panel before prose;
6. an exact value before one that the text calls approximate or a bound;
7. the more precise value: more significant digits as printed;
8. the one with more trust, then the one that comes first in the report.

The period is the figure's, or what the catalogue says that it counts for: any date of a year counts for the
year of an indicator that is stated once a year (`counts_for`).

Nothing is computed, with one exception that the grammar must ask for: where an indicator is defined as
the sum over works or sites (`sum: true`), its lines in one table are added, and `parts` names each of them.

The other mentions are counted: `mentions` is how many results the report states for this indicator,
territory and period, `agreeing` how many of them state the value that stands (or, less precisely, its
rounding) in its unit; the nouns of one count may differ. Figures that do not agree are flagged `disagrees`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from typing import NamedTuple

from rapextract.extract.indicators.figures import OUT_OF_RANGE
from rapextract.extract.stated import WORD
from rapextract.grammar import Grammar
from rapextract.grammar.compiled import regexp
from rapextract.grammar.schema_indicators import FamilyEntry, Finding, IndicatorEntry
from rapextract.grammar.vocabulary import UnitEntry
from rapextract.model import Bound, FigureKind, FigureRow, IndicatorRow, Packed
from rapextract.model.packed import changed

DISAGREES = "disagrees"
"""Flag of figures that give another value for an indicator than the one that stands."""
_YEAR = regexp(r"((?:19|20)\d\d)(?:-(?!S|Q|T)[\d-]+|/.*)?|.*/((?:19|20)\d\d)[\d-]*")
_NEW_YEAR = regexp(r"((?:19|20)\d\d)-01-01")
_UNTRUSTED = 1000

Key = tuple[str, str, str, str, str]


class _Mention(NamedTuple):
    """What decides of a figure whether it stands: a long report has thousands of them."""

    figure_id: str
    indicator_rule: str
    kind: FigureKind
    value: Decimal
    value_text: str
    unit: str
    bound: Bound
    flags: str
    review: str
    confidence: float
    table_id: str
    column: int | None
    char_start: int


_attributes = attrgetter(*_Mention._fields)


class IndicatorMatrix:
    """Collects the figures that carry an indicator and chooses the value that stands for each."""

    def __init__(self, grammar: Grammar | None = None):
        """`grammar` holds the catalogue; without one, names are empty and the figures alone decide."""
        entries = grammar.entries(IndicatorEntry) if grammar else ()
        families = grammar.entries(FamilyEntry) if grammar else ()
        self._entries = {entry.id: entry for entry in entries}
        self._findings = _findings(entries, {family.id: family for family in families})
        self._rank = {rule: rank for rank, rule in enumerate(self._findings)}
        self._measures = {unit.id for unit in grammar.entries(UnitEntry)} if grammar else set[str]()
        self._rows: dict[Key, IndicatorRow] = {}

    def add(self, figures: Sequence[FigureRow]) -> Packed[FigureRow] | tuple[FigureRow, ...]:
        """Take in all figures of a report, in their order; gives them back, flagged."""
        mentions: defaultdict[Key, list[_Mention]] = defaultdict(list)
        for figure in figures:
            if key := self._key(figure):
                mentions[key].append(_Mention(*_attributes(figure)))
        odd: set[str] = set()
        for key, stated in mentions.items():
            apart = self._disagreeing(key[0], stated)
            odd.update(figure.figure_id for figure in apart)
            self._rows[key] = self._row(key, stated, agreeing=len(stated) - len(apart))
        return changed(figures, lambda figure: _flagged(figure) if figure.figure_id in odd else figure)

    def rows(self) -> list[IndicatorRow]:
        """The matrix, ordered by indicator, source, territory and period."""
        return [self._rows[key] for key in sorted(self._rows)]

    def _key(self, figure: FigureRow) -> Key | None:
        """The place in the matrix that a figure may stand at; `None` where it counts for none."""
        if not figure.indicator or figure.review == "rejected" or not figure.is_result:
            return None
        if OUT_OF_RANGE in figure.flags.split(";"):
            return None
        period = self.counted_period(figure)
        return (figure.indicator, figure.source, figure.report_id, figure.territory, period)

    def counted_period(self, figure: FigureRow) -> str:
        """The period that a figure counts for, as its indicator's `counts_for` says."""
        entry = self._entries.get(figure.indicator)
        rule = entry.counts_for if entry else "period"
        if rule == "year-before-new-year" and (match := _NEW_YEAR.fullmatch(figure.period)):
            return str(int(match[1]) - 1)
        if rule != "period" and (match := _YEAR.fullmatch(figure.period)):
            return match[1] or match[2]
        return figure.period

    # The value that stands ------------------------------------------------------------------------
    def _standing(self, mentions: Sequence[_Mention]) -> tuple[_Mention, list[_Mention]]:
        """The figure that stands, and the lines that are added to it where the definition is a sum."""
        stands = min(mentions, key=self._order)
        finding = self._findings.get(stands.indicator_rule)
        if finding is None or not finding.sum or not stands.table_id:
            return stands, []
        parts = [
            figure
            for figure in mentions
            if (figure.indicator_rule, figure.table_id, figure.column)
            == (stands.indicator_rule, stands.table_id, stands.column)
        ]
        return (min(parts, key=lambda part: part.char_start), parts) if len(parts) > 1 else (stands, [])

    def _order(self, figure: _Mention) -> tuple[bool, bool, int, bool, bool, int, float, int]:
        """Smaller is better; see the rules at the top of this file."""
        digits = sum(character.isdigit() for character in figure.value_text)
        return (
            figure.review not in ("accepted", "corrected"),
            WORD in figure.flags.split(";"),
            self._rank.get(figure.indicator_rule, _UNTRUSTED),
            figure.kind is FigureKind.PROSE,
            figure.bound is not Bound.EXACT,
            -digits,
            -figure.confidence,
            figure.char_start,
        )

    def _row(self, key: Key, mentions: Sequence[_Mention], agreeing: int) -> IndicatorRow:
        stands, parts = self._standing(mentions)
        value = sum((part.value for part in parts), Decimal(0)) if parts else stands.value
        indicator, source, report_id, territory, period = key
        entry = self._entries.get(indicator)
        return IndicatorRow(
            indicator=indicator,
            name=entry.name_fr if entry else "",
            source=source,
            report_id=report_id,
            territory=territory,
            period=period,
            value=value,
            unit=_unit(entry, stands),
            figure_id=stands.figure_id,
            mentions=len(mentions),
            agreeing=agreeing,
            rule=stands.indicator_rule,
            parts=" ".join(part.figure_id for part in parts),
        )

    def _disagreeing(self, indicator: str, mentions: Sequence[_Mention]) -> list[_Mention]:
        """The mentions that give neither the value that stands, nor its rounding, nor a part of it."""
        stands, parts = self._standing(mentions)
        own = {part.figure_id for part in parts}
        value = sum((part.value for part in parts), Decimal(0)) if parts else stands.value
        entry = self._entries.get(indicator)
        return [
            figure
            for figure in mentions
            if figure.figure_id not in own
            and not (self._same_unit(entry, figure, stands) and _agree(figure.value, value))
        ]

    def _same_unit(self, entry: IndicatorEntry | None, figure: _Mention, stands: _Mention) -> bool:
        """Whether two mentions count in one unit: of a count the nouns may differ."""
        if figure.unit == stands.unit or _unit(entry, figure) == _unit(entry, stands):
            return True
        counts = bool(self._measures) and not self._measures & {figure.unit, stands.unit}
        return counts and bool(figure.unit and stands.unit) and figure.value == stands.value


def _unit(entry: IndicatorEntry | None, figure: _Mention) -> str:
    """The unit that a mention of an indicator has in the matrix: the indicator's own, where the printed one
    says the same."""
    if entry is None or not entry.units:
        return figure.unit
    zero = () if figure.value else entry.zero_units
    return entry.units[0] if figure.unit in ("", "1", *entry.units, *zero) else figure.unit


def _findings(entries: Iterable[IndicatorEntry], families: dict[str, FamilyEntry]) -> dict[str, Finding]:
    """Rule name → finding, the most trusted first: a family's, those of its indicators, its `found_else`."""
    shared = {
        f"{family.id}/{finding.id}": finding for family in families.values() for finding in family.found
    }
    own = {f"{entry.id}/{finding.id}": finding for entry in entries for finding in entry.found}
    besides = {
        f"{family.id}/{finding.id}": finding for family in families.values() for finding in family.found_else
    }
    return shared | own | besides


def _agree(one: Decimal, other: Decimal) -> bool:
    """Is it the same value, or (from two digits on) one of them rounded as the other is printed?"""
    coarse, fine = sorted((one, other), key=_places)
    if len(coarse.normalize().as_tuple().digits) < 2:
        return one == other
    return fine.quantize(Decimal(1).scaleb(-_places(coarse)), ROUND_HALF_UP) == coarse


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _flagged(figure: FigureRow) -> FigureRow:
    if DISAGREES in figure.flags.split(";"):
        return figure
    return figure.model_copy(update={"flags": ";".join(filter(None, (figure.flags, DISAGREES)))})
