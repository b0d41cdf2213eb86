"""How indicators and themes are recognized by their names.

Names are looked for in what says what a figure is (the role counted, row and column headers, label,
caption, headings), never in the whole text. Phrases are compared as `name_key`: folded, word by word in the
singular, so that one spelling in the grammar stands for both numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, get_args

import regex

from ...french.inflect import singular
from ...grammar.compiled import regexp
from ...grammar.hints import Needs, hints_of, may_match
from ...grammar.patterns import alternatives, compile_pattern, fold_pattern, matchable, too_slow
from ...grammar.phrases import Phrasebook
from ...grammar.schema import ValueRange
from ...grammar.schema_indicators import Naming, Place
from ...model import Bound, FigureKind, Role

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


class Subject(NamedTuple):
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


assert set(Subject._fields) >= set(PLACES)


MOST_KEPT = 4096
"""Texts whose names are remembered."""


class Named(NamedTuple):
    """A name found: how telling its place is (0 the most), and how much of it was found."""

    place: int
    length: int
    rule: str


class _Pattern(NamedTuple):
    rule: str
    pattern: regex.Pattern[str]
    needs: Needs
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
            if len(self._found) > MOST_KEPT:
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


def _needs(patterns: tuple[str, ...]) -> Needs:
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


def unit_fits(units: Sequence[str], unit: str) -> bool:
    """Is `unit` one of `units`? No units, or a unit that is not known, fit."""
    return not units or unit in ("", "1") or unit in units
