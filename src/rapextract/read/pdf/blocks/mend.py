"""Words mended across line ends: « administra-/tif » is one word, « chirurgien-/dentiste » is two.

The report itself is the dictionary: whichever of both spellings it uses elsewhere is right. Where
it uses neither, a hyphen stays between two words of the report, after a digit, before a capital,
around the parts that French always hyphenates, and behind a trade; else it goes if the report
hyphenates at all.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from .drafts import Draft

HYPHENS = ("-", "\u2010")
LONG = 150  # lines: a report long enough to tell whether it breaks words
RARE = 0.025  # of the lines that end with a hyphen, in a report that doesn't
_WORD = re.compile(r"[^\W\d_]+(?:[-’'\u2010][^\W\d_]+)*")
_BEFORE = re.compile(r"((?:[^\W_]+[-\u2010])*)([^\W_]+)[-\u2010]$")
_AFTER = re.compile(r"([^\W_]+)((?:[-\u2010][^\W_]+)*)")
_PLURAL = re.compile(r"(?<=\w{3})[sx](?=-|$)")
# Parts that French ties to what follows with a hyphen, and to what stands before.
_PREFIXES = frozenset(
    re.findall(r"\w+", "ex vice non sous demi semi quasi avant après arrière contre ci peut chef")
)
_ENDINGS = frozenset(
    re.findall(
        r"\w+",
        "ci là même mêmes je tu il elle on nous vous ils elles ce t y en le la les lui leur moi toi dessus"
        " dessous delà de du des sur lès aux et",
    )
)


# Nouns that French ties to another: trades (« masseurs-/kinésithérapeutes »), « santé-/environnement ».
_TIED = re.compile(
    r"\w{3,}(?:eur|euse|trice|iste|aire|ier|ière)|(?:chirurg|pharmac|prat|techn)\w*ien|médecin|santé|ville|domicile"
)


_WHOLE = re.compile(r"ée?s[-\u2010]$")
"""A syllable that ends a word: « universités-/hôpitaux »."""


class Vocabulary:
    """The words that a report writes within its lines, and how often; all are added before it is asked."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()
        self._heads: set[str] = set()  # what the report writes before a hyphen, and after one
        self._tails: set[str] = set()
        self._ends = self._lines = 0

    def add(self, draft: Draft) -> None:
        """Take in the words of a block."""
        for number, line in enumerate(draft.lines):
            self._lines += 1
            words = list(map(_folded, _WORD.findall(line.text.lower())))
            ends = line.text.endswith(HYPHENS)
            follows = number > 0 and draft.lines[number - 1].text.endswith(HYPHENS)
            whole = words[1 if follows else 0 : len(words) - 1 if ends else None]
            self._count.update(whole)
            for word in whole:
                if "-" in word:
                    first, *others = word.split("-")
                    self._count.update((first, *others))
                    self._heads.add(first)
                    self._tails.update(others)
            if ends and number + 1 < len(draft.lines):
                self._ends += _parts(line.text, draft.lines[number + 1].text) is not None

    def _evidence(self, stem: str, first: str, second: str, tail: str) -> bool | None:
        """Whether the report writes the word with its hyphen elsewhere (True), without (False)."""
        joined = self._count[first + second] + self._count[_folded(stem + first + second + tail)]
        kept = self._count[f"{stem}{first}-{second}{tail}"] + self._count[f"{first}-{second}"]
        if joined or kept:
            return kept > joined
        return None

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether the hyphen that ends line `before` stays when line `after` is joined to it."""
        parts = _parts(before, after)
        if parts is None:
            return True
        stem, first, second, tail = parts
        if first[-1].isdigit() or not after[0].islower():
            return True
        evidence = self._evidence(stem, first, second, tail)
        if evidence is not None:
            return evidence
        if first in _PREFIXES or second in _ENDINGS or _WHOLE.search(before):
            return True
        if len(second) > 4 and _TIED.fullmatch(first):
            return True
        if (len(first) > 3 and first in self._heads) or (len(second) > 3 and second in self._tails):
            return True
        if len(first) > 3 and len(second) > 3 and self._count[first] and self._count[second]:
            return True
        # A long report that hardly ever ends a line with a hyphen doesn't break words.
        return self._lines >= LONG and self._ends < RARE * self._lines


def _parts(before: str, after: str) -> tuple[str, str, str, str] | None:
    """`a-b-` and `c-d` as (`a-`, `b`, `c`, `-d`), folded; None where no word is broken."""
    left, right = _BEFORE.search(before), _AFTER.match(after)
    if left is None or right is None:
        return None
    whole = _folded(f"{left[1]}{left[2]}-{right[1]}{right[2]}".lower()).split("-")
    at = left[1].count("-")
    stem, tail = "".join(f"{part}-" for part in whole[:at]), "".join(f"-{part}" for part in whole[at + 2 :])
    return stem, whole[at], whole[at + 1], tail


@lru_cache(maxsize=10_000)
def _folded(word: str) -> str:
    """A word without the plural endings of its parts, so that one form speaks for the other."""
    return _PLURAL.sub("", word.replace("\u2010", "-"))
