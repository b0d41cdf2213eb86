"""How indicators and themes are recognized by their names: the catalogue of a grammar, compiled.

Names are looked for in what says what a figure is (the role counted, row and column headers, label,
caption, headings), never in the whole text. Phrases are compared as `name_key`: folded, word by word in the
singular, so that one spelling in the grammar stands for both numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, get_args

import regex

from ..french.inflect import singular
from ..grammar import Grammar
from ..grammar.compiled import regexp
from ..grammar.hints import hints_of, may_match
from ..grammar.patterns import alternatives, compile_pattern, fold_pattern, matchable, too_slow
from ..grammar.phrases import Phrasebook
from ..grammar.schema import ValueRange
from ..grammar.schema_indicators import FamilyEntry, IndicatorEntry, Naming, Place, ThemeEntry
from ..model import Bound, FigureKind, Role

PLACES: tuple[str, ...] = get_args(Place)
_WORD = regexp(r"[^\W_]+|[^\w\s]")
_ALONE = regexp(r"[\s\W_]*")


@lru_cache(maxsize=32768)
def name_key(text: str) -> str:
    """What names are compared by: folded, each word in the singular, single spaces."""
    return " ".join(singular(word) for word in _WORD.findall(matchable(text)))


def within(value: Decimal, limits: ValueRange | None) -> bool:
    """Does the value lie in the range, both ends included?"""
    if limits is None:
        return True
    if limits.min is not None and value < limits.min:
        return False
    if limits.max is not None and value > limits.max:
        return False
    return limits.integer is None or (value == value.to_integral_value()) == limits.integer


@dataclass(frozen=True)
class Subject:
    """What says what a figure is: the places where its name may stand, and what conditions look at."""

    role: str = ""
    row: str = ""
    column: str = ""
    label: str = ""
    caption: str = ""
    section: str = ""
    sentence: str = ""
    unit: str = ""
    kind: FigureKind | None = None
    figure_role: Role = Role.OBSERVED
    bound: Bound = Bound.EXACT
    part: bool = False
    value: Decimal | None = None

    @classmethod
    def of(cls, place: str, words: str) -> Subject:
        """What only has words in one of `PLACES`."""
        given: dict[str, Any] = {place: words}
        return cls(**given)

    def place(self, name: str) -> str:
        """The text of one of `PLACES`."""
        said: str = getattr(self, name)
        return said


assert {item.name for item in fields(Subject)} >= set(PLACES)
_BESIDE_SECTION = tuple(place for place in PLACES if place != "section")


_MOST_KEPT = 4096
"""Texts whose names are remembered."""


class Named(NamedTuple):
    """A name found: how telling its place is (0 the most), and how much of it was found."""

    place: int
    length: int
    rule: str


class _Pattern(NamedTuple):
    rule: str
    pattern: regex.Pattern[str]
    needs: tuple[str, ...]
    within: frozenset[str]


class _Fitting(NamedTuple):
    """The namings that figures of one unit and kind can have."""

    patterns: list[_Pattern]
    bare: list[str]


class Recognizer:
    """Finds which of many namings hold for a subject. Texts are searched once, for all namings together."""

    def __init__(self, namings: Mapping[str, Naming], units: Mapping[str, Sequence[str]] | None = None):
        """`namings`: rule name → naming, its pieces set in; `units`: units that a rule's figures may have."""
        self._namings = dict(namings)
        self._units = dict(units or {})
        self._book = Phrasebook(
            {
                rule: [name_key(p) for p in naming.phrases]
                for rule, naming in namings.items()
                if naming.phrases
            }
        )
        self._patterns = [
            _Pattern(rule, compiled(naming.patterns), _needs(naming.patterns), frozenset(naming.within))
            for rule, naming in namings.items()
            if naming.patterns
        ]
        self._bare = [rule for rule, naming in namings.items() if not naming.phrases and not naming.patterns]
        self._places = frozenset(place for naming in namings.values() for place in naming.within)
        self._fitting: dict[tuple[str, FigureKind | None], _Fitting] = {}
        self._found: dict[tuple[str, str, str, FigureKind | None], dict[str, int]] = {}

    def named(self, subject: Subject, names: Iterable[str] = PLACES) -> dict[str, Named]:
        """The namings that hold, by rule name, each with the most telling place of its name."""
        held: dict[str, Named] = {}
        for name in names:
            if name in self._places and (text := subject.place(name)):
                for rule, length in self._names_in(text, name, subject).items():
                    if rule not in held and self._conditions(rule, subject):
                        held[rule] = Named(PLACES.index(name), length + self._detail(rule), rule)
        for rule in self._that_fit(subject).bare:
            if self._conditions(rule, subject):
                held[rule] = Named(len(PLACES), self._detail(rule), rule)
        return held

    def _that_fit(self, subject: Subject) -> _Fitting:
        """Units and kinds leave few namings to search for; they are sorted out once each."""
        key = (subject.unit, subject.kind)
        if key not in self._fitting:
            self._fitting[key] = _Fitting(
                [item for item in self._patterns if self._may(item.rule, *key)],
                [rule for rule in self._bare if self._may(rule, *key)],
            )
        return self._fitting[key]

    def _may(self, rule: str, unit: str, kind: FigureKind | None) -> bool:
        naming = self._namings[rule]
        return (
            unit_fits(self._units.get(rule, ()), unit)
            and (not naming.unit or unit in naming.unit)
            and (not naming.kind or kind in naming.kind)
        )

    def _names_in(self, text: str, place: str, subject: Subject) -> dict[str, int]:
        """For each naming whose words stand in `text`, how many characters of it they take."""
        key = (place, text, subject.unit, subject.kind)
        if key not in self._found:
            if len(self._found) > _MOST_KEPT:
                self._found.clear()
            self._found[key] = self._search(text, place, self._that_fit(subject).patterns)
        return self._found[key]

    def _search(self, text: str, place: str, patterns: Iterable[_Pattern]) -> dict[str, int]:
        found: dict[str, int] = {}
        key = name_key(text)
        for hit in self._book.find(key, every=True):
            naming = self._namings[hit.id]
            if place in naming.within and not (naming.whole and _more_than(key, hit.start, hit.end)):
                found[hit.id] = max(found.get(hit.id, 0), hit.end - hit.start)
        folded = matchable(text)
        for rule, pattern, needs, places in patterns:
            if place not in places or not may_match(needs, folded):
                continue
            match = searched(pattern, folded, rule)
            if match and not (self._namings[rule].whole and _more_than(folded, *match.span())):
                found[rule] = max(found.get(rule, 0), match.end() - match.start())
        return found

    def _detail(self, rule: str) -> int:
        """A naming with more conditions says more."""
        naming = self._namings[rule]
        return sum(getattr(naming, name) not in ((), None) for name in _CONDITIONS)

    def _conditions(self, rule: str, subject: Subject) -> bool:
        naming = self._namings[rule]
        if naming.unit and subject.unit not in naming.unit:
            return False
        if naming.kind and subject.kind not in naming.kind:
            return False
        if naming.role and subject.figure_role not in naming.role:
            return False
        if naming.bound and subject.bound not in naming.bound:
            return False
        if naming.part is not None and subject.part is not naming.part:
            return False
        if naming.value and (subject.value is None or not within(subject.value, naming.value)):
            return False
        return all(
            _searched_once(compiled(patterns), subject.place(name), rule)
            for name in _SEARCHED
            if (patterns := getattr(naming, name))
        )


_SEARCHED = ("row", "column", "caption", "label", "section", "sentence")
_CONDITIONS = (*_SEARCHED, "unit", "kind", "role", "bound", "part", "value")


def _more_than(text: str, start: int, end: int) -> bool:
    """Is there more in `text` than what stands at ``start:end``?"""
    return _ALONE.fullmatch(text[:start]) is None or _ALONE.fullmatch(text[end:]) is None


@lru_cache(maxsize=8192)
def compiled(patterns: tuple[str, ...]) -> regex.Pattern[str]:
    """Alternatives as one pattern for folded text."""
    return compile_pattern(_source(patterns))


def _needs(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """What texts need in which `compiled` patterns are found (`rapextract.grammar.hints`)."""
    return hints_of(_source(patterns)).needs


def _source(patterns: tuple[str, ...]) -> str:
    return alternatives(fold_pattern(pattern) for pattern in patterns)


def searched(pattern: regex.Pattern[str], text: str, rule: str) -> regex.Match[str] | None:
    """Search within the time limit; a slow pattern is an error that names its rule."""
    try:
        return pattern.search(text)
    except TimeoutError as error:
        raise too_slow(rule) from error


@lru_cache(maxsize=16384)
def _searched_once(pattern: regex.Pattern[str], text: str, rule: str) -> bool:
    return searched(pattern, matchable(text), rule) is not None


# The catalogue ------------------------------------------------------------------------------------
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
            if len(self._in_words) > _MOST_KEPT:
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
            held = held or self._theme_names.named(replace(subject, section=title), ("section",))
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


def unit_fits(units: Sequence[str], unit: str) -> bool:
    """Is `unit` one of `units`? No units, or a unit that is not known, fit."""
    return not units or unit in ("", "1") or unit in units


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
