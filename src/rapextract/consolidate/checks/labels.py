"""Whether two labels speak of the same thing: their telling words, compared."""

from __future__ import annotations

import re
from functools import lru_cache

from rapextract.french.fold import fold, word_set
from rapextract.french.inflect import singular

_WORD = re.compile(r"[^\W_]+")
_SURROUNDINGS = re.compile(r"\s*\([^()]*(?:\([^()]*\)[^()]*)?\)\s*\Z")
_LITTLE = word_set(
    "a au aux avec ce ces cette d dans de des du en est et etre ete ayant l la le les leur leurs ou par pas",
    "pour que qui s sa se ses son sous sur un une y",
)
_ENOUGH = 3
_BLAND = word_set("nombre total taux part montant valeur effectif resultat annee chiffre somme volume niveau")


def telling_words(text: str) -> frozenset[str]:
    """The words of a label that tell what it is: folded, singular, without articles and the like.

    What a label has in brackets at its end is its surroundings, not its words.
    """
    words = map(_told_by, _WORD.findall(fold(_SURROUNDINGS.sub("", text))))
    return frozenset(filter(None, words))


@lru_cache(maxsize=8192)
def _told_by(word: str) -> str:
    """The telling word that a folded word is; empty where it is none."""
    one = singular(word)
    return "" if one in _LITTLE else fold(one)


class Label:
    """The telling words of a label: all of them, and those that are not the heading's it stands under."""

    def __init__(self, text: str, section: str = ""):
        """`section` is the headings above; parts of the label that repeat one are its surroundings."""
        headings = fold(section)
        first, *others = text.split(", ")
        own = [first, *(part for part in others if fold(part) not in headings)]
        self.words = telling_words(text)
        self.own = telling_words(", ".join(own)) or self.words

    def within(self, other: Label) -> bool:
        """Whether all own words are among the other's words, two of them at least not bland."""
        return self.own <= other.words and len(self.own - _BLAND) > 1

    def same_thing(self, other: Label) -> bool:
        """Whether the own words of one label are all in the other."""
        return self.within(other) or other.within(self)

    def alike(self, other: Label) -> bool:
        """Whether most own words are shared: enough for two figures of one value, not of two."""
        shared = len(self.own & other.own)
        most = shared >= _ENOUGH and shared * 4 >= 3 * min(len(self.own), len(other.own))
        return most or self.same_thing(other)
