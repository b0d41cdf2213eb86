"""The unit that stands beside a number, or in a header, by the `units` files: « 45,6 % », « Coût (k€) »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from .compiled import regexp
from .hints import Ends, hints_of
from .patterns import compile_pattern, fold_pattern, matchable, too_slow
from .vocabulary import UnitEntry

_GAP = r" ?(?:\*\*?)? ?"
"""What may stand between a number and its unit: a space, the end of an emphasis, a footnote's star."""

_SPACE = regexp(_GAP)

_SCALES = {
    "centaine": Decimal(100), "millier": Decimal(1000), "million": Decimal(10**6), "milliard": Decimal(10**9),
}  # fmt: skip
_SCALE = r"(?P<scale>centaine|millier|million|milliard)s\b"
_OPENS_UNIT = regexp(
    r"[(\[] ?(?:en )?|\b(?:en )+|(?<=[^\W\d]) (?=(?:[a-z]\w{0,3}|€)/\w+\.?$)|"
    r"^(?=(?:[a-z]\w{0,3}|€)/(?:hab|an\b|j\b|jour|mois|tonne|usager|foyer|personne|agent|abonne))"
)
_SCALE_OF = regexp(rf"{_SCALE}(?: d(?:e |['’]|(?=[(])))?")
_SCALED = regexp(rf" ?{_SCALE} d(?:e |['’])")
_SHORT_SCALES = {
    "k": Decimal(1000), "m": Decimal(10**6), "mio": Decimal(10**6),
    **dict.fromkeys(("md", "mds", "mrd", "mrds"), Decimal(10**9)),
}  # fmt: skip
_SCALED_MONEY = regexp(
    rf"(?:[(\[] ?(?:en )?|\ben )?(?<!\w)(?:(?P<short>k|m(?:io|r?ds?)?)|{_SCALE}) ?"
    r"(?:d(?:e |['’]) ?)?(?=€|eur)"
)
_THOUSANDS = regexp(r"[(\[] ?(?:en )?(?P<times>[x×] ?)?(?P<many>1 ?000(?: 000)?)(?!\d)")
_OF_YEAR = r"(?:(?:(?:pour )?(?:l['’])?exercice|en|au) )?(?:19|20)\d\d"
_ENDS_UNIT = regexp(
    rf"(?: ?(?:h\.?t|t\.?t\.?c|constants?|courants?|bruts?|nets?|{_OF_YEAR})\b\.?)* ?(?:[)\],;/]|$)"
)


class UnitFound(NamedTuple):
    """A unit beside a number: its id, what one of it is worth (`k€` 1000), and where it is written."""

    unit: str
    factor: Decimal
    start: int
    end: int


class StatedUnit(NamedTuple):
    """What a header says its numbers are counted in: a unit (empty: none), what one of it is worth, and
    where the header begins to say it."""

    unit: str
    multiple: Decimal
    start: int


class _Way(NamedTuple):
    """A way to write a unit; `first` is what it begins with, `None` where that is open."""

    unit: str
    factor: Decimal
    pattern: regex.Pattern[str]
    first: Ends | None = None

    def may_start(self, character: str) -> bool:
        """May the unit be written where `character` stands behind the gap?"""
        # (an asterisk of its own may have been taken for the end of an emphasis)
        return self.first is None or self.first.hold(character) or self.first.hold("*")


class Units:
    """Finds units. The longest way of writing that fits wins, then the first in the files."""

    def __init__(self, entries: Iterable[UnitEntry]):
        """Compile the ways in which `entries` are written."""
        entries = list(entries)
        self.ids = frozenset(entry.id for entry in entries)
        self.measures = {entry.id: entry.measures for entry in entries}
        self._after = [way for entry in entries for way in _ways_after(entry)]
        self._by_first: dict[str, list[_Way]] = {}

    def after(self, folded: str, offset: int) -> UnitFound | None:
        """The unit written right after `offset`, in folded text (`matchable`)."""
        gap = _SPACE.match(folded, offset)
        first = folded[gap.end() : gap.end() + 1] if gap else ""
        if first not in self._by_first:
            self._by_first[first] = [way for way in self._after if way.may_start(first)]
        return _best(self._by_first[first], folded, offset)

    def stated(self, folded: str) -> StatedUnit | None:
        """The unit that a header states, in folded text (`matchable`); None where it states none.

        It stands in brackets, behind « en », or is a ratio at the end: « Montant (k€) », « DBO5 en kg/j »,
        « Frais (en milliers d'euros) », « Débit m3/j », « kg/hab. ». « Milliers d'actes » states a multiple
        alone. Euros that are counted in thousands or more need neither: « Dépenses M€ », « Coût : kEUR ».
        « (x 1000) » and « (1 000 €) » state a multiple in digits.
        """
        if match := _THOUSANDS.search(folded):
            found = self.after(folded, match.end())
            if (match["times"] or (found and found.unit == "EUR")) and _ENDS_UNIT.match(
                folded, found.end if found else match.end()
            ):
                many = Decimal(match["many"].replace(" ", ""))
                return StatedUnit(found.unit if found else "", many, match.start())
        if match := _SCALED.match(folded):
            return StatedUnit("", _SCALES[match["scale"]], 0)
        for opened in _OPENS_UNIT.finditer(folded):
            at, scale = opened.end(), Decimal(1)
            if match := _SCALE_OF.match(folded, at):
                at, scale = match.end(), _SCALES[match["scale"]]
            found = self.after(folded, at)
            if (found or match) and _ENDS_UNIT.match(folded, found.end if found else at):
                unit, multiple = (found.unit, found.factor * scale) if found else ("", scale)
                return StatedUnit(unit, multiple, opened.start())
        for money in _SCALED_MONEY.finditer(folded):
            found = self.after(folded, money.end())
            if found and _ENDS_UNIT.match(folded, found.end):
                scale = _SHORT_SCALES[money["short"]] if money["short"] else _SCALES[money["scale"]]
                return StatedUnit(found.unit, scale * found.factor, money.start())
        return None


def _best(ways: list[_Way], folded: str, start: int) -> UnitFound | None:
    best: UnitFound | None = None
    for way in ways:
        try:
            match = way.pattern.match(folded, start)
        except TimeoutError as error:
            raise too_slow(way.unit) from error
        if match is not None and (best is None or match.end() - match.start() > best.end - best.start):
            best = UnitFound(way.unit, way.factor, match.start("unit"), match.end("unit"))
    return best


def _ways_after(entry: UnitEntry) -> Iterator[_Way]:
    for word in (*entry.symbols, *entry.words):
        yield _Way(entry.id, Decimal(1), _word(word), _first_of_word(word))
    for pattern in entry.patterns:
        folded = fold_pattern(pattern)
        source = rf"{_GAP}(?P<unit>{folded})(?<!\w(?=\w))"
        yield _Way(entry.id, Decimal(1), compile_pattern(source), hints_of(folded).first)
    for word, factor in entry.multiples.items():
        yield _Way(entry.id, factor, _word(word), _first_of_word(word))


def _first_of_word(word: str) -> Ends:
    return Ends(frozenset(matchable(word)[:1]), ())


def _word(word: str) -> regex.Pattern[str]:
    whole = regex.escape(matchable(word), literal_spaces=True)
    end = r"(?!\w)" if word[-1:].isalnum() else ""
    return compile_pattern(rf"{_GAP}(?P<unit>{whole}){end}")
