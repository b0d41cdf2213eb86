"""The same thing in the reports of two years or two organisations.

A report often repeats the value of the year before, or says by how much it changed (« 330 dossiers de moins
qu'en 2020 »). Where the report of that year is in the corpus too, both must say the same. Figures are
compared by their indicator, territory, entity and period, and only where a slip can explain two values.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from rapextract.french.fold import fold
from rapextract.model import Bound, FigureRow, Records, Role

from .finding import Finding, ids, plain, quote_of, said
from .mention import Mention, mention
from .printed import Interval, printed, slip
from .statements import Statement, is_result, statements
from .words import Words

REPEAT, DIFFERENCE = "repeat", "difference"
_STATED = (Role.OBSERVED, Role.REFERENCE)
_DIMENSIONS = ("contract", "group", "role")
Key = tuple[str, ...]


class Change(NamedTuple):
    """A value with its change since the year before: what that year's value must have been."""

    value: Mention
    change: Mention
    before: Interval


class Across:
    """Collects what reports state of indicators, and compares it when all are known."""

    def __init__(self, words: Words):
        """`words` of the grammar."""
        self._words = words
        self._stated: defaultdict[Key, list[Mention]] = defaultdict(list)
        self._changes: list[tuple[Key, Change]] = []

    def add(self, records: Records) -> None:
        """Take in a report."""
        for figure in records.figures:
            stated = figure.role in _STATED and figure.bound is Bound.EXACT and figure.review != "rejected"
            if figure.indicator and figure.territory and figure.period and stated:
                known = self._stated[_key(figure, figure.period)]
                said_again = mention(figure)
                if not any(map(said_again.says_the_same, known)):
                    known.append(said_again)
        for statement in statements(records):
            self._changes += self._changed(statement)

    def findings(self) -> Iterator[Finding]:
        """What two reports say of the same thing."""
        for figures in self._stated.values():
            yield from self._repeated(figures)
        for key, change in self._changes:
            yield from self._since(key, change)

    def _repeated(self, figures: list[Mention]) -> Iterator[Finding]:
        """Each report after the first against it, where a report speaks with one voice."""
        by_report: defaultdict[str, list[Mention]] = defaultdict(list)
        for figure in figures:
            by_report[figure.report_id].append(figure)
        voices = [group[0] for group in by_report.values() if len({f.value for f in group}) == 1]
        for other in voices[1:]:
            first = voices[0]
            one, two = printed(first, self._words.measures), printed(other, self._words.measures)
            holds = first.value == other.value or (one.step != two.step and one.interval.meets(two.interval))
            if not holds and not slip(first.value, other.value):
                continue
            message = (
                f"{first.source} says {said(first)} in {quote_of(first)}, and {other.source} says "
                f"{said(other)} in {quote_of(other)}: {'the same' if holds else 'two values'} "
                f"for {self._words.names.get(first.indicator, first.indicator)}, {first.period}."
            )
            yield Finding(REPEAT, holds, "", message, ids(first, other), first.value_text, other.value_text)

    def _changed(self, statement: Statement) -> Iterator[tuple[Key, Change]]:
        """« 551 dossiers …, soit 330 dossiers de moins qu'en 2020 »."""
        for value, change in zip(statement.figures, statement.figures[1:], strict=False):
            counts = change.role is Role.CHANGE and change.unit == value.unit and change.unit != "%"
            named = value.indicator and value.territory
            if not (counts and is_result(value) and named and change.bound is Bound.EXACT):
                continue
            if not value.period.isdigit() or not self._words.says("share", statement.before(change)):
                continue
            after = statement.after(change)
            falls, rises = self._words.says("fall", after), self._words.says("rise", after)
            last_year = str(int(value.period) - 1)
            if falls == rises or (last_year not in after and "précédent" not in after):
                continue
            now = printed(value, self._words.measures).interval
            by = printed(change, self._words.measures).interval
            before = now + by if falls else now.minus(by)
            yield _key(value, last_year), Change(mention(value), mention(change), before)

    def _since(self, key: Key, said_: Change) -> Iterator[Finding]:
        value, change, before = said_
        for other in self._stated.get(key, ()):
            if other.report_id == value.report_id:
                continue
            holds = printed(other, self._words.measures).interval.meets(before)
            expected = (before.low + before.high) / 2
            if not holds and not slip(expected, other.value):
                continue
            message = (
                f"{said(value)} and {said(change)} in {quote_of(value)} make {plain(expected)} for "
                f"{other.period}, {'as' if holds else 'but'} {other.source} says {said(other)} "
                f"in {quote_of(other)}."
            )
            yield Finding(
                DIFFERENCE, holds, "", message, ids(value, change, other), plain(expected), other.value_text
            )
            return


def _key(figure: FigureRow, period: str) -> Key:
    dimensions = json.loads(figure.dimensions)
    told_apart = [json.dumps(dimensions.get(name, ""), ensure_ascii=False) for name in _DIMENSIONS]
    return (figure.indicator, figure.territory, fold(figure.entity), figure.unit, period, *told_apart)
