"""The cross-region matrix: one value an indicator, report, territory and period.

Which of several mentions stands is decided by these rules, in this order; nothing is computed:

1. only results count: a target, a floor, a change or another's value never stands;
2. a table or a staff panel before prose;
3. an exact value before one that the text calls approximate or a bound;
4. the more precise value: more significant digits as printed;
5. the one with more trust, then the one that comes first in the report.

The other mentions are counted: `mentions` is how many results the report states for this indicator,
territory and period, `agreeing` how many of them state the value that stands, in its unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapextract.model import Bound, FigureKind, FigureRow, IndicatorRow, Role

Key = tuple[str, str, str, str, str]


class IndicatorMatrix:
    """Collects the figures that carry an indicator and chooses the value that stands for each."""

    def __init__(self, names: Mapping[str, str] | None = None):
        """`names` gives the French name of an indicator by its id."""
        self._names = names or {}
        self._mentions: defaultdict[Key, list[FigureRow]] = defaultdict(list)

    def add(self, figures: Iterable[FigureRow]) -> None:
        """Take in the figures of a report, in the order of the report."""
        for figure in figures:
            if figure.indicator and figure.role is Role.OBSERVED and figure.review != "rejected":
                key = (figure.indicator, figure.source, figure.report_id, figure.territory, figure.period)
                self._mentions[key].append(figure)

    def rows(self) -> list[IndicatorRow]:
        """The matrix, ordered by indicator, source, territory and period."""
        return [self._row(self._mentions[key]) for key in sorted(self._mentions)]

    def _row(self, mentions: list[FigureRow]) -> IndicatorRow:
        stands = min(mentions, key=_rank)
        agreeing = sum(m.value == stands.value and m.unit == stands.unit for m in mentions)
        return IndicatorRow(
            indicator=stands.indicator,
            name=self._names.get(stands.indicator, ""),
            source=stands.source,
            report_id=stands.report_id,
            territory=stands.territory,
            period=stands.period,
            value=stands.value,
            unit=stands.unit,
            figure_id=stands.figure_id,
            mentions=len(mentions),
            agreeing=agreeing,
        )


def _rank(figure: FigureRow) -> tuple[bool, bool, int, float, int]:
    """Smaller is better; see the rules at the top of this file."""
    digits = sum(character.isdigit() for character in figure.value_text)
    return (
        figure.kind is FigureKind.PROSE,
        figure.bound is not Bound.EXACT,
        -digits,
        -figure.confidence,
        figure.char_start,
    )
