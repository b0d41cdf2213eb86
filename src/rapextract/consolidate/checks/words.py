"""The words of the grammar's `checks` files, ready to be searched for."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from rapextract.grammar import Grammar
from rapextract.grammar.patterns import alternatives, compile_pattern, fold_pattern, matchable
from rapextract.grammar.schema_checks import CheckWords, OppositeWords, Says
from rapextract.grammar.schema_indicators import IndicatorEntry
from rapextract.grammar.vocabulary import OrganisationEntry, TerritoryEntry, UnitEntry

_PERCENT = "%"
_NEVER = r"(?!)"


@dataclass(frozen=True)
class Opposites:
    """Two outcomes that exclude each other."""

    first: regex.Pattern[str]
    second: regex.Pattern[str]
    exhaustive: bool


class Words:
    """What the checks know of words: compiled patterns, units of measure, ranges of the catalogue."""

    def __init__(self, grammar: Grammar):
        """Compile the words of `grammar`."""
        by_purpose: dict[Says, list[str]] = {}
        for entry in grammar.entries(CheckWords):
            by_purpose.setdefault(entry.says, []).extend(entry.patterns)
        self._patterns = {says: _compiled(patterns) for says, patterns in by_purpose.items()}
        self.opposites = tuple(
            Opposites(_compiled(entry.first), _compiled(entry.second), entry.exhaustive)
            for entry in grammar.entries(OppositeWords)
        )
        self.measures = frozenset(unit.id for unit in grammar.entries(UnitEntry)) | {_PERCENT, "EUR", "1"}
        self.known_names = frozenset(
            matchable(name)
            for name in (
                *(entry.short for entry in grammar.entries(OrganisationEntry) if entry.short),
                *(name for entry in grammar.entries(TerritoryEntry) for name in entry.names),
            )
        )
        """Short forms of organisations and territories, folded: readers of such reports know them."""
        self.ranges = {
            indicator.id: indicator.range for indicator in grammar.entries(IndicatorEntry) if indicator.range
        }
        """Indicator → range of its values."""
        self.names = {indicator.id: indicator.name_fr for indicator in grammar.entries(IndicatorEntry)}
        """Indicator → French name."""

    def says(self, purpose: Says, text: str) -> bool:
        """Whether `text` holds words of this purpose."""
        return self.search(purpose, text) is not None

    def search(self, purpose: Says, text: str) -> regex.Match[str] | None:
        """The first place in `text` (folded here, offsets kept) that holds words of this purpose."""
        return self._pattern(purpose).search(matchable(text))

    def whole(self, purpose: Says, text: str) -> bool:
        """Whether `text` as a whole is a word of this purpose."""
        return self._pattern(purpose).fullmatch(matchable(text)) is not None

    def _pattern(self, purpose: Says) -> regex.Pattern[str]:
        return self._patterns.get(purpose) or compile_pattern(_NEVER)


def _compiled(patterns: list[str] | tuple[str, ...]) -> regex.Pattern[str]:
    return compile_pattern(alternatives(map(fold_pattern, patterns)))
