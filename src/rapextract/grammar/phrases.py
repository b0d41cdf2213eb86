"""Phrases of a vocabulary found in a text: names of indicators, roles, organisations.

A `Phrasebook` holds phrases under ids and finds the longest ones in a text, by whole words. Method: a tree of
the words of all phrases, folded; from each word of the text it is followed as far as the words agree. That
is what spaCy's PhraseMatcher does, whose import alone costs more than a whole run spends here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from .compiled import regexp
from .patterns import matchable

_TOKEN = regexp(r"[^\W_]+|[^\w\s]|_")


class Phrase(NamedTuple):
    """A phrase found: the id it stands under and its span of the text."""

    id: str
    start: int
    end: int


class _Node:
    """Where some words of a phrase lead: to the next words, and to the ids of the phrases that end here."""

    __slots__ = ("ids", "next")

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.next: dict[str, _Node] = {}


class Phrasebook:
    """Phrases by id, compiled. The same phrase may stand under several ids."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]):
        """Compile `phrases`: id → ways to say it, folded when compared."""
        self._root = _Node()
        self._ids: set[str] = set()
        for phrase_id, said in phrases.items():
            for way in said:
                self._add(phrase_id, _TOKEN.findall(matchable(way)))

    def _add(self, phrase_id: str, words: list[str]) -> None:
        if not words:
            return
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        if phrase_id not in node.ids:
            node.ids.append(phrase_id)
        self._ids.add(phrase_id)

    def __len__(self) -> int:
        """How many ids it holds."""
        return len(self._ids)

    def find(self, text: str, start: int = 0, end: int | None = None, every: bool = False) -> list[Phrase]:
        """The phrases in ``text[start:end]``, in order: the longest at each place, none overlapping.

        Offsets count from the start of `text`. Where one phrase stands under several ids, all are given.
        `every` gives shorter phrases inside longer ones as well.
        """
        tokens = list(_TOKEN.finditer(matchable(text[start:end])))
        hits = [
            Phrase(phrase_id, start + tokens[first].start(), start + tokens[last].end())
            for phrase_id, first, last in self._hits([token[0] for token in tokens])
        ]
        return sorted(hits, key=lambda hit: (hit.start, hit.id)) if every else _longest(hits)

    def _hits(self, words: list[str]) -> Iterator[tuple[str, int, int]]:
        """Every phrase in `words`: its id, and the indices of its first and its last word."""
        roots = self._root.next
        for first, word in enumerate(words):
            node, last = roots.get(word), first
            while node is not None:
                for phrase_id in node.ids:
                    yield phrase_id, first, last
                last += 1
                node = node.next.get(words[last]) if last < len(words) else None


def _longest(hits: list[Phrase]) -> list[Phrase]:
    kept: list[Phrase] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, hit.id)):
        same = (hit.start, hit.end)
        if all(hit.end <= k.start or k.end <= hit.start or (k.start, k.end) == same for k in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.id))
