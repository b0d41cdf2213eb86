"""Several patterns looked for in a long text at once, and only on the lines that may hold them.

Nearly every pattern needs a word that stands on a few lines of a report or nowhere
(`rapextract.grammar.hints`); to find a word takes a hundredth of the time that trying a pattern at every
character does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from .hints import hints_of, may_match
from .patterns import alternatives, compile_pattern, fold_pattern


class LineSearch:
    """Finds what one pattern made of alternatives would find, in the same order.

    A pattern whose matches may go over line ends, or of which nothing is known, is looked for everywhere.
    Patterns are compiled when they are first needed.
    """

    def __init__(self, patterns: Sequence[str]):
        """`patterns` are the alternatives, in the order in which they are tried at one place."""
        self._patterns = tuple(patterns)
        self._hints = [hints_of(pattern) for pattern in patterns]
        self._by_line = all(hint.needs and hint.on_a_line for hint in self._hints)

    def finditer(self, text: str) -> Iterator[regex.Match[str]]:
        """The matches in `text`, not overlapping. Raises `PatternTimeout`."""
        if not self._by_line:
            yield from compile_pattern(alternatives(self._patterns)).finditer(text)
            return
        for (start, end), patterns in sorted(self._open_lines(text).items()):
            yield from _leftmost([compile_pattern(pattern) for pattern in patterns], text, start, end)

    def _open_lines(self, text: str) -> dict[tuple[int, int], list[str]]:
        """The lines that may hold a match, each with the patterns that it may be of."""
        lines: dict[tuple[int, int], list[str]] = {}
        for pattern, hint in zip(self._patterns, self._hints, strict=True):
            for start, end in {line for word in hint.needs[0] for line in _lines_with(word, text)}:
                line = text[start:end]
                if may_match(hint.needs[1:], line):
                    lines.setdefault((start, end), []).append(pattern)
        return lines


@lru_cache(maxsize=1024)
def line_search(patterns: tuple[str, ...], whole_words: bool = False) -> LineSearch:
    """For patterns as a grammar has them, folded here; `whole_words`: no match is a part of a word."""
    folded = map(fold_pattern, patterns)
    return LineSearch([rf"(?<!\w)(?:{pattern})(?!\w)" for pattern in folded] if whole_words else list(folded))


def _lines_with(word: str, text: str) -> Iterator[tuple[int, int]]:
    """The lines of `text` that hold `word`, each with its line end."""
    at = text.find(word)
    while at >= 0:
        end = text.find("\n", at) + 1 or len(text)
        yield text.rfind("\n", 0, at) + 1, end
        at = text.find(word, end)


def _leftmost(
    patterns: Sequence[regex.Pattern[str]], text: str, start: int, end: int
) -> Iterator[regex.Match[str]]:
    """What the alternatives match in ``text[start:end]``: the leftmost, of two at one place the first."""
    while found := [match for pattern in patterns if (match := pattern.search(text, start, end))]:
        match = min(found, key=lambda match: match.start())
        yield match
        start = match.end()
