"""Whether two labels speak of the same thing: their telling words, compared."""

from __future__ import annotations

import re

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
    words = (singular(word) for word in _WORD.findall(fold(_SURROUNDINGS.sub("", text))))
    return frozenset(fold(word) for word in words if word not in _LITTLE)


def alike(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether most telling words are shared: enough for two figures of one value, not of two."""
    shared = len(first & second)
    most = shared >= _ENOUGH and shared * 4 >= 3 * min(len(first), len(second))
    return most or same_thing(first, second)


def same_thing(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether all telling words of one label are among the other's, two of them at least not bland."""
    shorter, longer = sorted((first, second), key=len)
    return shorter <= longer and len(shorter - _BLAND) > 1
