"""Do the letters of a short form stand in these words? The base of finding where a long form starts.

After Schwartz and Hearst, *A simple algorithm for identifying abbreviation definitions in biomedical
text*, PSB 2003: the letters of the short form must be found in the long form in order, its first letter
at the start of a word. Their method takes any letter inside any word, which is too much for precision and
too little for French. Here every letter has a cost, and the cheapest reading of all is sought by dynamic
programming over words:

- the first letter of a word, or of a part of a compound (« médecin-conseil », « bronchopneumopathie »): 0;
- the letters that follow it in the same word (« **dé**matérialisé »): `RUN` each;
- a letter further inside a word: `INSIDE`;
- a word of content that gives no letter: `SKIPPED`; small words (« de », « la », « du ») may stay silent.

A digit stands for itself or its name (« zéro »); one between letters says how often the next one comes
(C2S: complémentaire santé solidaire).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..french.fold import fold
from .compiled import regexp

RUN = 0.1
INSIDE = 1.0
SKIPPED = 0.8
SMALL_USED = 0.05
SMALL_FIRST = 0.3

_WORD = regexp(r"[^\W_]+")
_TIMES = regexp(r"(?<=[a-z])([23])([a-z])")
_DIGIT_NAMES = dict(
    zip(
        "0123456789",
        ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
        strict=True,
    )
)


class Word(NamedTuple):
    """A word of a text, folded, with its span and whether it is a small one."""

    folded: str
    start: int
    end: int
    small: bool
    parts: tuple[str, ...]
    """The word cut at compound boundaries; most have one part."""


class Reading(NamedTuple):
    """The cheapest way to read the letters out of some words: `words[first:last]`."""

    cost: float
    first: int
    last: int
    used: int
    """How many words gave a letter, each part of a compound counted."""


@lru_cache(maxsize=4096)
def letters_of(short: str) -> str:
    """The letters and digits of a short form, folded: ``AT/MP`` gives ``atmp``, ``C2S`` gives ``css``."""
    folded = "".join(character for character in fold(short) if character.isalnum())
    return _TIMES.sub(lambda times: times[2] * int(times[1]), folded)


def words_of(
    text: str, start: int, end: int, small: Collection[str], prefixes: tuple[str, ...]
) -> list[Word]:
    """The words of ``text[start:end]`` as a list; see `words_in`."""
    return list(words_in(text, start, end, small, prefixes))


def words_in(
    text: str, start: int, end: int, small: Collection[str], prefixes: tuple[str, ...]
) -> Iterator[Word]:
    """The words of ``text[start:end]``; hyphens, slashes and apostrophes part words.

    `small` holds the words that may stay silent, `prefixes` those that start a compound (« broncho »).
    """
    for match in _WORD.finditer(text, start, end):
        folded = fold(match[0])
        parts = _parts(folded, prefixes) if folded.startswith(prefixes) else (folded,)
        yield Word(folded, match.start(), match.end(), folded in small, parts)


@lru_cache(maxsize=4096)
def _parts(word: str, prefixes: tuple[str, ...]) -> tuple[str, ...]:
    """Cut a learned compound behind its prefixes: broncho, pneumo, pathie."""
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            return (prefix, *_parts(word[len(prefix) :], prefixes))
    return (word,)


def read_backwards(letters: str, words: Sequence[Word]) -> Reading | None:
    """The cheapest reading of `letters` in a run of `words` that goes up to the last one.

    Of equally cheap ones the shortest; `None` where no start has the first letter.
    """
    best: Reading | None = None
    for first in range(len(words) - 1, -1, -1):
        if not _takes(letters, words[first].parts, words[first].small):
            continue
        reading = read_here(letters, words[first:], first)
        if reading is not None and (best is None or reading.cost < best.cost - 1e-9):
            best = reading
    return best


def read_forwards(letters: str, words: Sequence[Word]) -> Reading | None:
    """The cheapest reading of `letters` in a run of `words` that starts at the first one.

    It ends with the last word that gives a letter.
    """
    best: Reading | None = None
    for reading in _readings(letters, words):
        if reading is not None and (best is None or reading.cost < best.cost - 1e-9):
            best = reading
    return best


def read_here(letters: str, words: Iterable[Word], first: int = 0) -> Reading | None:
    """The cheapest reading of `letters` in exactly these words, its first letter at the start of the first.

    `first` is which word of the text that one is. No more words are taken than it takes to see that there is
    no reading.
    """
    last = None
    for reading in _readings(letters, words, first):
        last = reading
    return last


def _readings(letters: str, words: Iterable[Word], first: int = 0) -> Iterator[Reading | None]:
    """After each word, the cheapest reading of `letters` in the words up to it; none where none can come."""
    # best[k]: cheapest (cost, -used) after the words so far have given the first k letters
    unreachable = (float("inf"), 0)
    best = [unreachable] * (len(letters) + 1)
    best[0] = (0.0, 0)
    for index, word in enumerate(words, start=first):
        if index == first and not _takes(letters, word.parts, word.small):
            return
        after = [unreachable] * (len(letters) + 1)
        for k, (cost, used) in enumerate(best):
            if cost == float("inf"):
                continue
            if index > first:
                silent = 0.0 if word.small else SKIPPED
                after[k] = min(after[k], (cost + silent, used))
            extra = (SMALL_USED if index > first else SMALL_FIRST) if word.small else 0.0
            for taken, (price, parts) in _takes(letters[k:], word.parts, word.small).items():
                after[k + taken] = min(after[k + taken], (cost + extra + price, used - parts))
        best = after
        cost, used = best[len(letters)]
        yield None if cost == float("inf") else Reading(cost, first, index + 1, -used)


@lru_cache(maxsize=65536)
def _takes(letters: str, parts: tuple[str, ...], small: bool) -> dict[int, tuple[float, int]]:
    """How many of the next `letters` a word can give, and at what price: count → (cost, parts used)."""
    if not letters:
        return {}
    if letters[0] in _DIGIT_NAMES and parts[0] in (letters[0], fold(_DIGIT_NAMES[letters[0]])):
        return {1: (0.0, 1)}
    if parts[0][0] != letters[0]:
        return {}
    found: dict[int, tuple[float, int]] = {1: (0.0, 1)}
    if small:
        return found
    whole = "".join(parts)
    borders = {sum(map(len, parts[:index])) for index in range(1, len(parts))}
    at, cost, used, inside = 0, 0.0, 1, 0
    for count in range(1, len(letters)):
        border = next((b for b in sorted(borders) if b > at and whole[b] == letters[count]), None)
        if border is not None:
            at, used = border, used + 1
        elif at + 1 < len(whole) and whole[at + 1] == letters[count]:
            at, cost = at + 1, cost + RUN
        else:
            at = whole.find(letters[count], at + 1)
            inside += 1
            if at < 0 or inside > 2:
                break
            cost += INSIDE
        found[count + 1] = (cost, used)
    return found
