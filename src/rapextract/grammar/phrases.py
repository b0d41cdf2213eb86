"""Phrases of a vocabulary found in a text: names of indicators, roles, organisations.

A `Phrasebook` holds phrases under ids and finds the longest ones in a text, by whole words, with
spaCy's PhraseMatcher on folded text. Its vocabulary is a bare one with a tokenizer of our own, which
costs milliseconds; a French pipeline would cost seconds and is not needed to compare words. spaCy is
imported when the first book is made, so that what needs no phrases does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import regex

from .patterns import matchable

_TOKEN = regex.compile(r"[^\W_]+|[^\w\s]|_")


class Phrase(NamedTuple):
    """A phrase found: the id it stands under and its span of the text."""

    id: str
    start: int
    end: int


class Phrasebook:
    """Phrases by id, compiled. The same phrase may stand under several ids."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]):
        """Compile `phrases`: id → ways to say it, folded when compared."""
        from spacy.matcher import PhraseMatcher

        vocab = _vocab()
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        for phrase_id, said in phrases.items():
            docs = [doc for way in said if len(doc := _doc(vocab, _tokens(matchable(way))))]
            if docs:
                self._matcher.add(phrase_id, docs)

    def __len__(self) -> int:
        """How many ids it holds."""
        return len(self._matcher)

    def find(self, text: str, start: int = 0, end: int | None = None, every: bool = False) -> list[Phrase]:
        """The phrases in ``text[start:end]``, in order: the longest at each place, none overlapping.

        Offsets count from the start of `text`. Where one phrase stands under several ids, all are given.
        `every` gives shorter phrases inside longer ones as well.
        """
        folded = matchable(text[start:end])
        tokens = _tokens(folded)
        if not tokens or not len(self):
            return []
        vocab = _vocab()
        hits = [
            Phrase(vocab.strings[match], start + tokens[first].start(), start + tokens[last - 1].end())
            for match, first, last in self._matcher(_doc(vocab, tokens))
        ]
        return sorted(hits, key=lambda hit: (hit.start, hit.id)) if every else _longest(hits)


def _longest(hits: list[Phrase]) -> list[Phrase]:
    kept: list[Phrase] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, hit.id)):
        same = (hit.start, hit.end)
        if all(hit.end <= k.start or k.end <= hit.start or (k.start, k.end) == same for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.id))


@cache
def _vocab() -> Any:
    from spacy.vocab import Vocab

    return Vocab()


def _tokens(folded: str) -> list[regex.Match[str]]:
    return list(_TOKEN.finditer(folded))


def _doc(vocab: Any, tokens: list[regex.Match[str]]) -> Any:
    from spacy.tokens import Doc

    return Doc(vocab, words=[token[0] for token in tokens])
