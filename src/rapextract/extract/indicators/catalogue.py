"""The catalogue of a grammar: its themes, families and indicators, ready to recognize figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, get_args

import regex

from ...grammar import Grammar
from ...grammar.patterns import compile_pattern, matchable
from ...grammar.schema_indicators import FamilyEntry, IndicatorEntry, Naming, Place, ThemeEntry
from .naming import MOST_KEPT, PLACES, Named, Recognizer, Subject, compiled, searched, unit_fits

_BESIDE_SECTION = tuple(place for place in PLACES if place != "section")


class Choice(NamedTuple):
    """An indicator chosen, and the rule of the grammar that chose it."""

    entry: IndicatorEntry
    rule: str


class Catalogue:
    """The themes, families and indicators of a grammar, ready to recognize figures."""

    def __init__(self, grammar: Grammar):
        self.indicators = {entry.id: entry for entry in grammar.entries(IndicatorEntry)}
        self.families = {entry.id: entry for entry in grammar.entries(FamilyEntry)}
        self.themes = grammar.entries(ThemeEntry)
        self._owner: dict[str, str] = {}
        self._named_figures: dict[str, bool] = {}
        self._values: dict[str, dict[str, Decimal]] = {}
        self._names = self._recognizers("named", lambda entry: entry.named)
        self._unless = self._recognizers("unless", lambda entry: entry.unless)
        self._theme_names = Recognizer(
            {
                f"{theme.id}/{number}": _everywhere(naming)
                for theme in self.themes
                for number, naming in enumerate(theme.named, start=1)
            }
        )
        self._theme_of_kind = {kind: theme.id for theme in self.themes for kind in theme.kind}
        self._theme_by_default = next((theme.id for theme in self.themes if theme.default), "")
        self._codes: dict[str, list[_Code]] = {}
        for entry in self.indicators.values():
            if entry.family:
                self._codes.setdefault(entry.family, []).extend(_code(entry, code) for code in entry.codes)
        self._in_words: dict[tuple[str, frozenset[str], str], list[IndicatorEntry]] = {}

    def _recognizers(
        self, what: str, namings: Callable[[IndicatorEntry], tuple[Naming, ...]]
    ) -> dict[str, Recognizer]:
        """One recognizer a family, so that a report is only searched for what its own kind states."""
        named: dict[str, dict[str, Naming]] = {}
        for entry in self.indicators.values():
            for number, naming in enumerate(namings(entry), start=1):
                rule = f"{entry.id}/{what}/{number}"
                self._owner[rule] = entry.id
                named.setdefault(entry.family, {})[rule] = naming
        units = {rule: self.indicators[entry].units for rule, entry in self._owner.items()}
        return {family: Recognizer(rules, units) for family, rules in named.items()}

    def _holding(
        self, which: Mapping[str, Recognizer], subject: Subject, families: Iterable[str], *places: str
    ) -> Iterator[tuple[IndicatorEntry, Named]]:
        for family in sorted(families):
            if family in which:
                for rule, named in which[family].named(subject, places or PLACES).items():
                    yield self.indicators[self._owner[rule]], named

    def families_of(self, folded: Iterable[str]) -> frozenset[str]:
        """The families that a report of these folded pieces of text is of; ``""`` is every report's."""
        left = {family.id: set(family.report) for family in self.families.values() if family.report}
        for text in folded:
            for name, patterns in left.items():
                patterns -= {p for p in patterns if searched(compiled((p,)), text, name)}
        return frozenset(["", *(name for name, patterns in left.items() if not patterns)])

    # Indicators -----------------------------------------------------------------------------------
    def of_figure(self, subject: Subject, families: Iterable[str]) -> Choice | None:
        """The indicator that a figure's names say it is; `None` where none or more than one does."""
        best: dict[str, Named] = {}
        searched_for = [family for family in families if self._by_figure(family)]
        for entry, named in self._holding(self._names, subject, searched_for):
            if _by_figure(entry, self.families) and fits(entry, subject.unit):
                best[entry.id] = min(best.get(entry.id, named), named, key=_telling)
        refused: set[str] = set()
        if best:
            refused = {entry.id for entry, _ in self._holding(self._unless, subject, searched_for)}
        ranked = sorted((_telling(named), name) for name, named in best.items() if name not in refused)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        entry = self.indicators[ranked[0][1]]
        return Choice(entry, best[entry.id].rule)

    def names_in(self, words: str, families: Iterable[str], place: str = "row") -> list[IndicatorEntry]:
        """The indicators that words of a table or a heading name: by a code, else by name."""
        mine = frozenset(family for family in families if family)
        key = (words, mine, place)
        if key not in self._in_words:
            if len(self._in_words) > MOST_KEPT:
                self._in_words.clear()
            self._in_words[key] = self._names_in(words, mine, place)
        return self._in_words[key]

    def _names_in(self, words: str, mine: frozenset[str], place: str) -> list[IndicatorEntry]:
        folded = matchable(words)
        coded = self._coded(folded, mine)
        if coded or self._foreign_code(folded, mine):
            return coded
        subject = Subject.of(place, words)
        best: dict[str, Named] = {}
        for entry, named in self._holding(self._names, subject, mine, place):
            best[entry.id] = min(best.get(entry.id, named), named, key=_telling)
        refused: set[str] = set()
        if best:
            refused = {entry.id for entry, _ in self._holding(self._unless, subject, mine, place)}
        best = {name: named for name, named in best.items() if name not in refused}
        if not best:
            return []
        top = min(_telling(named) for named in best.values())
        return [self.indicators[name] for name, named in best.items() if _telling(named) == top]

    def coded_in(self, words: str, families: Iterable[str]) -> list[IndicatorEntry]:
        """The indicators whose codes stand in words of a table or a heading."""
        return self._coded(matchable(words), families)

    def values_of(self, entry: IndicatorEntry) -> dict[str, Decimal]:
        """The words that stand for values of an indicator, folded."""
        if entry.id not in self._values:
            family = self.families.get(entry.family)
            said = (family.values if family else {}) | entry.values
            self._values[entry.id] = {matchable(word): value for word, value in said.items()}
        return self._values[entry.id]

    def _coded(self, folded: str, families: Iterable[str]) -> list[IndicatorEntry]:
        """The indicators whose codes stand in folded words, in the order of the grammar."""
        codes = [code for family in families for code in self._codes.get(family, ())]
        found = {code.indicator for code in codes if code.digits in folded and code.pattern.search(folded)}
        return [entry for entry in self.indicators.values() if entry.id in found] if found else []

    def _foreign_code(self, folded: str, families: Iterable[str]) -> bool:
        codes = (self.families[name].other_codes for name in families if name in self.families)
        return any(pattern and compiled((pattern,)).search(folded) for pattern in codes)

    def _by_figure(self, family: str) -> bool:
        """Are there indicators of the family that names alone give to a figure?"""
        if family not in self._named_figures:
            mine = (entry for entry in self.indicators.values() if entry.family == family)
            self._named_figures[family] = any(_by_figure(entry, self.families) for entry in mine)
        return self._named_figures[family]

    # Themes ---------------------------------------------------------------------------------------
    def theme_of(self, subject: Subject) -> str:
        """The theme that a figure's surroundings speak of.

        What says what it is comes first (the most telling place, then the longest words), then the headings
        above, the innermost first, then the theme that the grammar has for all others.
        """
        if subject.kind in self._theme_of_kind:
            return self._theme_of_kind[subject.kind]
        held = self._theme_names.named(subject, _BESIDE_SECTION)
        for title in reversed(subject.section.split(" › ")):
            held = held or self._theme_names.named(subject._replace(section=title), ("section",))
        if not held:
            return self._theme_by_default
        best = min(held.values(), key=lambda named: (_telling(named), named.rule))
        return best.rule.rpartition("/")[0]


def _everywhere(naming: Naming) -> Naming:
    """Words of a theme count in all places but the sentence, unless the grammar says where."""
    if "within" in naming.model_fields_set:
        return naming
    everywhere = tuple(place for place in get_args(Place) if place != "sentence")
    return naming.model_copy(update={"within": everywhere})


def _telling(named: Named) -> tuple[int, int]:
    """Smaller is better: the place, then the length of what was found."""
    return named.place, -named.length


def fits(entry: IndicatorEntry, unit: str) -> bool:
    """Is a figure of this unit one that the indicator can have? An unknown unit can."""
    return unit_fits(entry.units, unit)


def _by_figure(entry: IndicatorEntry, families: Mapping[str, FamilyEntry]) -> bool:
    """Do names alone give the indicator to a figure? So it is where `found` says nothing."""
    found = entry.found or (families[entry.family].found if entry.family in families else ())
    return not found or any(finding.at == "figure" for finding in found)


class _Code(NamedTuple):
    """A code of an indicator as reports print it, and the longest run of digits in it."""

    indicator: str
    digits: str
    pattern: regex.Pattern[str]


def _code(entry: IndicatorEntry, code: str) -> _Code:
    """« P202.2B » may be printed « P.202.2B », « P 202.2 B », and « P202 » where the words begin with it."""
    parts = compile_pattern(r"[^\W\d]+|\d+").findall(matchable(code))
    between = r"[ .,_-]{0,2}"
    pattern = r"(?<!\w)" + between.join(map(regex.escape, parts)) + r"(?![\w])"
    if len(parts) > 2:
        short = between.join(map(regex.escape, parts[:2]))
        pattern = rf"(?:{pattern}|^\W*{short}(?!\w|[ .,_-]{{0,2}}\d))"
    digits = max((part for part in parts if part.isdigit()), key=len, default="")
    return _Code(entry.id, digits, compile_pattern(pattern))


@lru_cache(maxsize=2)
def catalogue_of(grammar: Grammar) -> Catalogue:
    """The catalogue of a grammar, compiled once."""
    return Catalogue(grammar)
