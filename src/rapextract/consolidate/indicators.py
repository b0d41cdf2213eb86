"""The cross-region matrix: one value an indicator, report, territory and period.

Which of several mentions stands is decided by these rules, in this order:

1. only results count: a target, a floor, a change or another's value never stands, nor does a value outside
   the range that the catalogue gives the indicator;
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

from rapextract.extract.indicators import OUT_OF_RANGE
from rapextract.extract.stated import WORD
from rapextract.grammar import Grammar
from rapextract.grammar.compiled import regexp
from rapextract.grammar.schema_indicators import FamilyEntry, Finding, IndicatorEntry
from rapextract.grammar.vocabulary import UnitEntry
from rapextract.model import Bound, FigureKind, FigureRow, IndicatorRow, Role

DISAGREES = "disagrees"
"""Flag of figures that give another value for an indicator than the one that stands."""
_YEAR = regexp(r"((?:19|20)\d\d)(?:-(?!S|Q|T)[\d-]+|/.*)?|.*/((?:19|20)\d\d)[\d-]*")
_NEW_YEAR = regexp(r"((?:19|20)\d\d)-01-01")
_UNTRUSTED = 1000

Key = tuple[str, str, str, str, str]


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
        self._mentions: defaultdict[Key, list[FigureRow]] = defaultdict(list)

    def add(self, figures: Iterable[FigureRow]) -> tuple[FigureRow, ...]:
        """Take in the figures of a report, in the order of the report; gives them back, flagged."""
        figures = tuple(figures)
        keys = {key for figure in figures if (key := self._take(figure))}
        odd = {figure.figure_id for key in keys for figure in self._disagreeing(self._mentions[key])}
        return tuple(_flagged(figure) if figure.figure_id in odd else figure for figure in figures)

    def rows(self) -> list[IndicatorRow]:
        """The matrix, ordered by indicator, source, territory and period."""
        return [self._row(key, self._mentions[key]) for key in sorted(self._mentions)]

    def _take(self, figure: FigureRow) -> Key | None:
        if not figure.indicator or figure.role is not Role.OBSERVED or figure.review == "rejected":
            return None
        if OUT_OF_RANGE in figure.flags.split(";"):
            return None
        period = self.counted_period(figure)
        key = (figure.indicator, figure.source, figure.report_id, figure.territory, period)
        self._mentions[key].append(figure)
        return key

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
    def _standing(self, mentions: Sequence[FigureRow]) -> tuple[FigureRow, list[FigureRow]]:
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

    def _order(self, figure: FigureRow) -> tuple[bool, bool, int, bool, bool, int, float, int]:
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

    def _row(self, key: Key, mentions: Sequence[FigureRow]) -> IndicatorRow:
        stands, parts = self._standing(mentions)
        value = sum((part.value for part in parts), Decimal(0)) if parts else stands.value
        entry = self._entries.get(stands.indicator)
        unit = (
            entry.units[0]
            if entry and entry.units and stands.unit in ("", "1", *entry.units)
            else stands.unit
        )
        agreeing = len(mentions) - len(self._disagreeing(mentions))
        return IndicatorRow(
            indicator=stands.indicator,
            name=entry.name_fr if entry else "",
            source=stands.source,
            report_id=stands.report_id,
            territory=stands.territory,
            period=key[-1],
            value=value,
            unit=unit,
            figure_id=stands.figure_id,
            mentions=len(mentions),
            agreeing=agreeing,
            rule=stands.indicator_rule,
            parts=" ".join(part.figure_id for part in parts),
        )

    def _disagreeing(self, mentions: Sequence[FigureRow]) -> list[FigureRow]:
        """The mentions that give neither the value that stands, nor its rounding, nor a part of it."""
        stands, parts = self._standing(mentions)
        own = {part.figure_id for part in parts}
        value = sum((part.value for part in parts), Decimal(0)) if parts else stands.value
        return [
            figure
            for figure in mentions
            if figure.figure_id not in own
            and not (self._same_unit(figure, stands) and _agree(figure.value, value))
        ]

    def _same_unit(self, figure: FigureRow, stands: FigureRow) -> bool:
        """Whether two mentions count in one unit: of a count the nouns may differ."""
        if figure.unit == stands.unit:
            return True
        counts = bool(self._measures) and not self._measures & {figure.unit, stands.unit}
        return counts and bool(figure.unit and stands.unit) and figure.value == stands.value


def _findings(entries: Iterable[IndicatorEntry], families: dict[str, FamilyEntry]) -> dict[str, Finding]:
    """Rule name → finding, the most trusted first: those of a family before those of its indicators."""
    shared = {
        f"{family.id}/{finding.id}": finding for family in families.values() for finding in family.found
    }
    own = {f"{entry.id}/{finding.id}": finding for entry in entries for finding in entry.found}
    return shared | own


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
