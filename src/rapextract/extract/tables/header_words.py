"""What the words of headers, of rows' labels and of captions say, by the vocabulary of a grammar."""

from __future__ import annotations

from functools import lru_cache

import regex

from ...french.fold import fold
from ...grammar import Grammar
from ...grammar.compiled import regexp
from ...grammar.patterns import alternatives, compile_pattern, fold_pattern, matchable
from ...grammar.schema_tables import TableHeader
from ...grammar.units import StatedUnit

_MARK = regexp(r"\s*(?:\(\d{1,2}\)|[*†]+|\[\d+\])\s*$")
_NOTED = r"[\s:*†]*(?:\([^)]*\)|\[[^\]]*\])?[\s:*†]*"
_ALONE = regexp(_NOTED)
_MOST_KEPT = 8192
"""Headers of which is remembered what they say."""
_NO_MORE = regexp(rf"(?:(?: (?:general|global)| ?€| h\.?t\b\.?| t\.?t\.?c\b\.?)*){_NOTED}")


class HeaderWords:
    """Tells what words say of the numbers under or beside them; each question is answered once."""

    def __init__(self, grammar: Grammar):
        """Compile the `table-headers` of `grammar`."""
        self._units = grammar.units
        self._headers: dict[str, list[tuple[TableHeader, regex.Pattern[str]]]] = {}
        for header in grammar.entries(TableHeader):
            pattern = compile_pattern(alternatives(map(fold_pattern, header.patterns)))
            self._headers.setdefault(header.says, []).append((header, pattern))
        # Headers stand over many cells, and in many reports: what is told of their words is told once.
        self.says = lru_cache(maxsize=_MOST_KEPT)(self._entry_that_says)
        self.stated = lru_cache(maxsize=_MOST_KEPT)(self._unit_stated)

    def _entry_that_says(self, what: str, words: str) -> TableHeader | None:
        """The entry that says `what` (`unit`, `class`, `code`, …) of a header, if one does."""
        folded = fold(words).strip()
        if not folded:
            return None
        return next((e for e, pattern in self._headers.get(what, ()) if pattern.search(folded)), None)

    def _unit_stated(self, words: str) -> StatedUnit | None:
        """The unit that a header states, its footnote marks apart."""
        return self._units.stated(matchable(_MARK.sub("", words)))

    def is_total(self, words: str) -> bool:
        """Are words a total and no more: « TOTAL (1) », not « Total TTC » nor « Total des recettes »?"""
        return self._totals(words, _ALONE)

    def is_whole(self, words: str) -> bool:
        """May words be the total of a whole table: « Total », « Total général TTC »?"""
        return self._totals(words, _NO_MORE)

    def _totals(self, words: str, rest: regex.Pattern[str]) -> bool:
        folded = fold(words).strip()
        found = (pattern.match(folded) for _, pattern in self._headers.get("total", ()))
        return any(match and rest.fullmatch(folded, match.end()) for match in found)


@lru_cache(maxsize=2)
def header_words_of(grammar: Grammar) -> HeaderWords:
    """What words of headers say by `grammar`, its vocabulary compiled once."""
    return HeaderWords(grammar)
