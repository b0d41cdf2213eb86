"""The unit that stands beside a number, by the `units` files: « 45,6 % », « 150 k€ », « 8 jours »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from .compiled import regexp
from .patterns import compile_pattern, fold_pattern, matchable, too_slow
from .vocabulary import UnitEntry

_GAP = r" ?(?:\*\*)? ?"
"""What may stand between a number and its unit: a space, the end of an emphasis."""

_SPACE = regexp(_GAP)


class UnitFound(NamedTuple):
    """A unit beside a number: its id, what one of it is worth (`k€` 1000), and where it is written."""

    unit: str
    factor: Decimal
    start: int
    end: int


class _Way(NamedTuple):
    """A way to write a unit; `first` is the character it begins with, empty where that is open."""

    unit: str
    factor: Decimal
    pattern: regex.Pattern[str]
    first: str = ""


class Units:
    """Finds units. The longest way of writing that fits wins, then the first in the files."""

    def __init__(self, entries: Iterable[UnitEntry]):
        """Compile the ways in which `entries` are written."""
        entries = list(entries)
        after = [way for entry in entries for way in _ways_after(entry)]
        firsts = {way.first for way in after}
        self._after = {first: [way for way in after if way.first in ("", first)] for first in (*firsts, "")}
        self._before = [
            _Way(entry.id, Decimal(1), _word(sign, True)) for entry in entries for sign in entry.before
        ]

    def after(self, folded: str, offset: int) -> UnitFound | None:
        """The unit written right after `offset`, in folded text (`matchable`)."""
        gap = _SPACE.match(folded, offset)
        first = folded[gap.end() : gap.end() + 1] if gap else ""
        return _best(self._after.get(first, self._after[""]), folded, offset, None)

    def before(self, folded: str, offset: int) -> UnitFound | None:
        """The unit written right before `offset` (« € 150 »)."""
        return _best(self._before, folded, max(0, offset - 8), offset)


def _best(ways: list[_Way], folded: str, start: int, end: int | None) -> UnitFound | None:
    best: UnitFound | None = None
    for way in ways:
        try:
            match = way.pattern.match(folded, start, end)
        except TimeoutError as error:
            raise too_slow(way.unit) from error
        if match is not None and (best is None or match.end() - match.start() > best.end - best.start):
            best = UnitFound(way.unit, way.factor, match.start("unit"), match.end("unit"))
    return best


def _ways_after(entry: UnitEntry) -> Iterator[_Way]:
    for word in (*entry.symbols, *entry.words):
        yield _Way(entry.id, Decimal(1), _word(word), matchable(word)[:1])
    for pattern in entry.patterns:
        source = rf"{_GAP}(?P<unit>{fold_pattern(pattern)})(?<!\w(?=\w))"
        yield _Way(entry.id, Decimal(1), compile_pattern(source))
    for word, factor in entry.multiples.items():
        yield _Way(entry.id, factor, _word(word), matchable(word)[:1])


def _word(word: str, backwards: bool = False) -> regex.Pattern[str]:
    whole = regex.escape(matchable(word), literal_spaces=True)
    if backwards:
        return compile_pattern(rf"(?P<unit>{whole}){_GAP}", backwards=True)
    end = r"(?!\w)" if word[-1:].isalnum() else ""
    return compile_pattern(rf"{_GAP}(?P<unit>{whole}){end}")
