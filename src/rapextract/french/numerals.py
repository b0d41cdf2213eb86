"""French numerals in words: cardinals, ordinals and collectives.

A numeral is read by recursive descent over its words (below 100, below 1000, below a million, then
millions and milliards), so that each accepted run of words has exactly one value. Traditional
spelling (« vingt et un », « deux cents »), the 1990 one (« vingt-et-un »), the Belgian and Swiss tens
(septante, octante, huitante, nonante) and loose agreement (« deux cent », « quatre-vingt ») are read.
All words are given folded (`rapextract.french.fold`).
"""

from __future__ import annotations

from typing import NamedTuple

from .fold import word_set

UNITS: dict[str, int] = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
"""Simple cardinals from 1 to 16, folded."""

TENS: dict[str, int] = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "octante": 80, "huitante": 80, "nonante": 90,
}  # fmt: skip
"""Simple tens from 20, with the Belgian and Swiss ones."""

SCALES: dict[str, int] = {"million": 10**6, "milliard": 10**9, "billion": 10**12}
"""Nouns that multiply what stands before them (long scale: un billion is 10¹²)."""

COLLECTIVES: dict[str, int] = {
    "huitaine": 8, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip
"""Nouns for about so many."""

_PLURALS = {"vingts": "vingt", "cents": "cent", **{scale + "s": scale for scale in SCALES}}


def _ordinal_words() -> dict[str, str]:
    """Each ordinal's last word, folded, and the cardinal word it is made from."""
    stems = {"quatre": "quatr", "cinq": "cinqu", "neuf": "neuv", "mille": "mill"}
    stems |= {word: word[:-1] for word in (*UNITS, *TENS) if word.endswith("e") and word not in stems}
    cardinals = [*UNITS, *TENS, "cent", "mille", "million", "milliard"]
    words = {stems.get(word, word) + "ieme": word for word in cardinals if word != "une"}
    words.update({"premier": "un", "premiere": "un", "second": "deux", "seconde": "deux"})
    return words | {word + "s": cardinal for word, cardinal in words.items()}


ORDINALS: dict[str, str] = _ordinal_words()
"""Folded ordinal word → cardinal word: ``troisieme`` → ``trois``, ``unieme`` and ``premier`` → ``un``."""

ALONE = word_set("premier premiere premiers premieres second seconde seconds secondes")
"""Ordinals that never end a longer numeral (« vingt et unième », never « vingt et premier »)."""

VOCABULARY: tuple[str, ...] = tuple(
    sorted(
        {*UNITS, *TENS, *SCALES, *_PLURALS, *ORDINALS, "zero", "cent", "mille"},
        key=lambda word: (-len(word), word),
    )
)
"""Every word that can stand in a cardinal or ordinal, longest first."""


class Numeral(NamedTuple):
    """A numeral read from a list of words: `length` words from the given one on."""

    value: int
    length: int
    ordinal: bool


def read_numeral(words: list[str], first: int = 0) -> Numeral | None:
    """Read the longest numeral that starts at ``words[first]``.

    `words` are folded number words, with ``et`` where the text has it; the answer is None when
    `first` is not the start of a numeral (``et``, or a bare « millions »).
    """
    if words[first] in ALONE:
        return Numeral(UNITS[ORDINALS[words[first]]], 1, True)
    if words[first] == "zero":
        return Numeral(0, 1, False)
    reader = _Reader(words[first:])
    value = reader.large()
    if value is None:
        return None
    return Numeral(value, reader.at, words[first + reader.at - 1] in ORDINALS)


class _Reader:
    """Recursive descent over number words; an ordinal word ends the numeral it stands in."""

    def __init__(self, words: list[str]):
        last = next((index for index, word in enumerate(words) if word in ORDINALS), len(words))
        kept = words[:last] if last < len(words) and words[last] in ALONE else words[: last + 1]
        self.words = [_PLURALS.get(word, ORDINALS.get(word, word)) for word in kept]
        self.at = 0

    def peek(self, offset: int = 0) -> str:
        """The cardinal form of the word `offset` places ahead, empty after the end."""
        index = self.at + offset
        return self.words[index] if index < len(self.words) else ""

    def unit(self, highest: int) -> int | None:
        """Take a unit or teen up to `highest`, « dix-sept » to « dix-neuf » included."""
        value = UNITS.get(self.peek())
        if value == 10 and highest >= 17 and self.peek(1) in ("sept", "huit", "neuf"):
            value += UNITS[self.peek(1)]
            self.at += 2
            return value
        if value is None or value > highest:
            return None
        self.at += 1
        return value

    def _and_one(self, also: tuple[str, ...] = ()) -> int | None:
        """Take « et un », « et une » (or « et onze » where `also` names it)."""
        if self.peek() == "et" and self.peek(1) in ("un", "une", *also):
            value = UNITS[self.peek(1)]
            self.at += 2
            return value
        return None

    def below_100(self) -> int | None:
        """Take a numeral from 1 to 99."""
        word = self.peek()
        if word == "quatre" and self.peek(1) == "vingt":
            self.at += 2
            return 80 + (self._and_one() or self.unit(19) or 0)
        if word not in TENS:
            return self.unit(19)
        self.at += 1
        if word == "soixante":
            return 60 + (self._and_one(("onze",)) or self.unit(19) or 0)
        return TENS[word] + (self._and_one() or self.unit(9) or 0)

    def below_1000(self) -> int | None:
        """Take a numeral from 1 to 999 (« onze cents » to « dix-neuf cents » too)."""
        hundreds = 0
        if self.peek() == "cent":
            self.at += 1
            hundreds = 1
        else:
            small = self.below_100()
            if small is None:
                return None
            if self.peek() != "cent" or not (2 <= small <= 9 or 11 <= small <= 19):
                return small
            self.at += 1
            hundreds = small
        return 100 * hundreds + (self._and_one() or self.below_100() or 0)

    def below_million(self) -> int | None:
        """Take a numeral from 1 to 999 999."""
        if self.peek() == "mille":
            thousands: int | None = 1
        else:
            thousands = self.below_1000()
            if thousands is None or self.peek() != "mille":
                return thousands
        assert thousands is not None
        self.at += 1
        return 1000 * thousands + (self._and_one() or self.below_1000() or 0)

    def large(self) -> int | None:
        """Take a numeral with its millions and milliards, in falling order of scale."""
        total, ceiling, taken = 0, 10**15, False
        while True:
            start = self.at
            part = self.below_million()
            if part is None:
                return total if taken else None
            scale = SCALES.get(self.peek())
            if scale is None:
                return total + part
            if scale >= ceiling:
                self.at = start
                return total
            self.at += 1
            total, ceiling, taken = total + part * scale, scale, True
