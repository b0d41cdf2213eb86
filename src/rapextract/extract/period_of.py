"""For when a figure is: the period that governs a number in its sentence.

Periods that govern no number (years to compare with, dates of laws and events) are told by the grammar
(`kind: period-rules`). Of the others, in this order:

1. in the number's own parentheses: « 3,84 % (2,24 % en 2020) »;
2. after the number in its clause, no other number between: « 8 680 appels en 2021 »;
3. before the number in the sentence, unless it closes another number's clause: « Au 31 décembre 2021,
   l'effectif était de 69 praticiens et 257 agents »;
4. after the number, a comma between, no other number between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from ..french.numbers import scan_numbers
from ..french.periods import Period, scan_periods
from ..grammar import Grammar
from ..grammar.compiled import regexp
from ..grammar.hints import Needs, hints_of, may_match
from ..grammar.patterns import alternatives, compile_pattern, fold_pattern, matchable, unwrapped
from ..grammar.schema_context import PeriodRule

_BREAK = regexp(
    r"[;:]|\. | [–—] | mais |"
    r", (?:(?:quand|alors qu|tandis qu|contre )|(?:notre|la|le|l['’]|pour une?) ?(?:cible|objectif|ambition))"
)
_CLAUSE = regexp(r"[,;:]|\. | [–—] ")
_INNER = regexp(r"\([^()]*\)")
_JOINS = regexp(r" (?:et|mais|puis) (?:malgré|malgre|que|qui|pour|par|avec|a|ont|est|sont|le|la|les|l')\b")
_BARE_YEAR = regexp(r"\d{4}")
_YEAR = regexp(r"(?:19|20)\d\d")
_VERSUS = r"(?:versus|vs\.?|contre|après) "
_YEAR_BEFORE = regexp(rf"\b(?P<year>(?:19|20)\d\d) \((?:[^()]{{1,25}} {_VERSUS})?[^()\d]{{0,12}}\Z")
"""« a doublé par rapport à 2021 (290 000 €) », « moins qu'en 2021 (3 % contre 4 %) » of the second."""
_AGAINST = regexp(rf"[^()\d]{{0,12}}\b(?:{_VERSUS}|par rapport )")
_YEARS = regexp(r"(?P<first>\d{4})/(?P<last>\d{4})")
_MOVES = regexp(
    r"(?i)\b(?:pass|progress|grimp|recul|baiss|diminu|augment|chut|tomb|mont|bond|descend|rédui|évolu|croît)"
    r"\p{L}*[^.;:\d]{0,40}? de (?:environ |près de |plus de )?"
    r"(?P<to>\d[^.;:()]{0,25}? à (?:environ |près de |plus de )?)?\Z"
)
"""« passant de », « est passé de 410 dossiers à »"""
_TO = regexp(r"[^.;:,()\d]{0,25} à (?:environ |près de |plus de )?\d")
_PART_OF_YEAR = regexp("-")
_THAT_IS = regexp(r",? soit (?:plus de |près de |environ |quelque )?")
"""« 45 agents au 31 mars 2021, soit 41,8 ETP »: the same again in another unit."""
_NEAR = 6
"""A period that starts this near a closing bracket is for the only number in it."""
_FRONT = 40
"""A period that starts this near the sentence's start stands before the whole of it."""
_THIS_PERIOD = regexp(r"\bcette? (?:phase|periode|campagne|experimentation|vague|saison|quinzaine)\b")


class PeriodRules:
    """Finds the period of numbers, with the rules of a grammar."""

    def __init__(self, grammar: Grammar, default_year: int | None):
        """`default_year` completes dates without a year: « fin octobre »."""
        self._year = default_year
        rules = list(map(_Rule, grammar.entries(PeriodRule)))
        self._rules = [rule for rule in rules if rule.does != "standing"]
        self._standing = [rule for rule in rules if rule.does == "standing"]
        self._seen: dict[str, list[Period]] = {}

    def periods(self, text: str) -> list[Period]:
        """The periods of a text that its numbers can be for, in order."""
        if text not in self._seen:
            if len(self._seen) > 512:
                self._seen.clear()
            folded = matchable(text)
            found = (self._judged(folded, period) for period in scan_periods(unwrapped(text), self._year))
            self._seen[text] = [period for period in found if period is not None and period.iso]
        return self._seen[text]

    def _judged(self, folded: str, period: Period) -> Period | None:
        for rule in self._rules:
            if not rule.holds(folded, period.start, period.end):
                continue
            if rule.does == "ignore":
                return None
            if _BARE_YEAR.fullmatch(period.iso):
                period = replace(period, iso=f"{period.iso}-12")
        return period

    def of_number(self, sentence: str, start: int, end: int) -> str:
        """ISO period of the number at ``start:end`` of `sentence`, empty where the sentence says none.

        « Entre 2019 et 2022, les saisines passent de 410 à 835 »: each number is that of one end.
        """
        found = self._of_number(sentence, start, end)
        years = _YEARS.fullmatch(found)
        if years is None or (moved := _MOVES.search(sentence, 0, start)) is None:
            return found
        if moved["to"]:
            return years["last"]
        return years["first"] if _TO.match(sentence, end) else found

    def _of_number(self, sentence: str, start: int, end: int) -> str:
        periods = self.periods(sentence)
        if not periods:
            return _year_before(sentence, start, end)
        if any(p.end <= start and _PART_OF_YEAR.search(p.iso) for p in periods):
            folded = matchable(sentence)
            if any(rule.holds(folded, start, end) for rule in self._standing):
                periods = [p for p in periods if p.start >= end or not _PART_OF_YEAR.search(p.iso)]
        numbers = [
            (number.start, number.end)
            for number in scan_numbers(sentence)
            if not number.marks & {"article", "ordinal"}
            and not any(p.start < number.end and number.start < p.end for p in periods)
            and not _in_period_like(sentence, number.start, number.end)
        ]
        inside = _parentheses(sentence, start)
        if inside is not None:
            own = [p for p in periods if inside[0] <= p.start and p.end <= inside[1]]
            if found := self._of_clause(sentence, start, end, own, numbers):
                return found
            if year := _year_before(sentence, start, end):
                return year
            alone = all(inside[0] < first < inside[1] for first, _ in numbers)
            near = inside[1] + _NEAR if alone else 0  # « (… de 41,4 km) au 31/12/2020 » closes with a date
            periods = [p for p in periods if p.end <= start or inside[1] <= p.start < near]
        outside = [p for p in periods if not _closed_off(sentence, p, start)]
        return self._of_clause(sentence, start, end, outside, numbers)

    def _of_clause(
        self,
        sentence: str,
        start: int,
        end: int,
        periods: Sequence[Period],
        numbers: Sequence[tuple[int, int]],
    ) -> str:
        after = next((p for p in periods if p.start >= end), None)
        if after is not None and _free(end, after.start, numbers):
            between = sentence[end : after.start]
            if not _CLAUSE.search(between) and not (" et " in between and self._leads(periods, start)):
                return after.iso
        for period in reversed([p for p in periods if p.end <= start]):
            if _THAT_IS.fullmatch(sentence, period.end, start):
                return period.iso
            if not _closes_another(sentence, period, numbers) and not _closes_clause(sentence, period):
                return period.iso
        if (
            after is not None
            and _free(end, after.start, numbers)
            and not _BREAK.search(sentence[end : after.start])
        ):
            return after.iso
        return ""

    @staticmethod
    def _leads(periods: Sequence[Period], start: int) -> bool:
        """Does a period stand before the number as well?"""
        return any(p.end <= start for p in periods)

    def last_of(self, text: str, days: bool = True) -> str:
        """ISO period of the last period in `text`: what a heading or a lead-in says.

        `days` false leaves single days out: the day in a panel's title is not for the prose below it.
        """
        periods = [period for period in self.periods(text) if days or period.kind != "day"]
        return periods[-1].iso if periods else ""

    @staticmethod
    def points_back(text: str) -> bool:
        """Does the text point back to a period said before (« Cette phase a été riche … »)?"""
        return _THIS_PERIOD.search(matchable(text)) is not None


class _Side(NamedTuple):
    """What a rule wants before or after a period, and the strings of which the text there must hold one."""

    pattern: regex.Pattern[str]
    needs: Needs


class _Rule:
    """A compiled period rule."""

    def __init__(self, rule: PeriodRule):
        self.does = rule.does
        self._before = _compiled(rule.before, backwards=True)
        self._after = _compiled(rule.after, backwards=False)

    def holds(self, folded: str, start: int, end: int) -> bool:
        """Does the rule hold around ``start:end``?"""
        before, after = self._before, self._after
        if before and not (
            may_match(before.needs, folded[:start]) and before.pattern.match(folded, 0, start)
        ):
            return False
        return not after or (
            may_match(after.needs, folded[end:]) and after.pattern.match(folded, end) is not None
        )


def _compiled(patterns: Sequence[str], backwards: bool) -> _Side | None:
    if not patterns:
        return None
    source = alternatives(map(fold_pattern, patterns))
    return _Side(compile_pattern(source, backwards=backwards), hints_of(source).needs)


def _year_before(sentence: str, start: int, end: int) -> str:
    """The year right before the bracket that the number at ``start:end`` stands in; or nothing."""
    if _AGAINST.match(sentence, end):
        return ""
    match = _YEAR_BEFORE.search(sentence, 0, start)
    return match["year"] if match else ""


def _free(low: int, high: int, numbers: Sequence[tuple[int, int]]) -> bool:
    return not any(low <= first and last <= high for first, last in numbers)


def _closes_another(sentence: str, period: Period, numbers: Sequence[tuple[int, int]]) -> bool:
    """Does the period stand right after another number, in that number's clause?"""
    before = [n for n in numbers if n[1] <= period.start]
    return bool(before) and not _CLAUSE.search(sentence[before[-1][1] : period.start])


def _closes_clause(sentence: str, period: Period) -> bool:
    """Does the period close a clause that another is joined to (« … au premier semestre 2021 et malgré »)?"""
    return period.start > _FRONT and _JOINS.match(sentence, period.end) is not None


def _parentheses(sentence: str, at: int) -> tuple[int, int] | None:
    """The innermost parentheses around `at`."""
    return next((m.span() for m in _INNER.finditer(sentence) if m.start() < at < m.end()), None)


def _closed_off(sentence: str, period: Period, at: int) -> bool:
    """Is the period in parentheses that do not hold `at`?"""
    around = _parentheses(sentence, period.start)
    return around is not None and not around[0] < at < around[1]


def _in_period_like(sentence: str, start: int, end: int) -> bool:
    """Is the number itself a year, so that it separates nothing?"""
    return _YEAR.fullmatch(sentence, start, end) is not None
