"""Articles: the runs of a report that speak of one unit, told where no heading tells them.

Web pages put one article after another, parted by a lone « - » or a line of furniture, and lose their
titles. A section on « les échelons » then speaks of a unit that only the text around a number names. In
such a section, and nowhere else, the unit named nearest in the article holds; an article starts anew where
a paragraph opens a year in review (« L'année 2021 a été … »).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import regex

from ..grammar import Grammar
from ..grammar.patterns import alternatives, compile_pattern, fold_pattern, matchable
from ..grammar.schema_context import PlaceUnit
from ..model import BlockKind
from .place_of import Place, PlaceRules
from .stretch import Stretch

_TITLE_LENGTH = 90
_TITLE_COST = 2
_REACH = 8


class Articles:
    """Places of articles, for the sections that speak of units without naming them in a heading."""

    def __init__(self, stretch: Stretch, places: PlaceRules, grammar: Grammar):
        document = stretch.document
        units = [unit for unit in grammar.entries(PlaceUnit) if unit.titles]
        self._titles = _one_of(pattern for unit in units for pattern in unit.titles)
        self._openings = _one_of(pattern for unit in units for pattern in unit.opens)
        self._document = document
        self._places = places
        self._parts, self._base = stretch.whole.parts, stretch.base
        self._blocks = [
            block for block in document.blocks
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
        ]  # fmt: skip
        self._starts = [block.start for block in self._blocks]
        self._of_units = self._speaks_of_units(stretch.whole.opening)
        self._found: dict[int, Place | None] = {}

    def parted(self, low: int, high: int) -> bool:
        """Does an article end between two offsets?"""
        index = bisect_right(self._parts, low + self._base)
        return index < len(self._parts) and self._parts[index] < high + self._base

    def place_at(self, offset: int) -> Place | None:
        """The unit that the article around `offset` speaks of; `None` where it can't be told."""
        if not self._of_units:
            return None
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        if index not in self._found:
            self._found[index] = self._nearest(index)
        return self._found[index]

    def _speaks_of_units(self, titles: Sequence[str]) -> bool:
        """Does the report's first heading or line name its units in the plural, and no one of them?"""
        return any(
            self._titles.search(matchable(t)) and not self._places.inside(t) for t in titles if len(t) < 150
        )

    def _words(self, index: int) -> str:
        block = self._blocks[index]
        return self._document.text[block.start : block.end]

    def _nearest(self, index: int) -> Place | None:
        """The unit named at the least distance, counted in paragraphs; titles between count more."""
        options: list[tuple[int, int, Place]] = []
        for step in (-1, 1):
            cost, at = 0, index
            while cost <= _REACH or step < 0:
                names = self._places.inside(self._words(at))
                entries = {name.entry.code for name in names}
                titled = self._is_name(at)
                if titled or (cost <= _REACH and len(entries) == 1):
                    options.append((cost, step, self._places.place(names[0])))
                    break
                if step < 0 and self._opens(at):
                    break
                following = at + step
                if not 0 <= following < len(self._blocks) or self._parted_between(at, following):
                    break
                if step > 0 and (self._opens(following) or self._is_name(following)):
                    break
                cost += 1 + (_TITLE_COST if self._is_title(following) else 0)
                at = following
        return min(options, key=lambda option: option[:2])[2] if options else None

    def _parted_between(self, one: int, other: int) -> bool:
        low, high = sorted((self._blocks[one].start, self._blocks[other].start))
        return self.parted(low, high)

    def _opens(self, index: int) -> bool:
        return self._openings.match(matchable(self._words(index))) is not None

    def _is_name(self, index: int) -> bool:
        """Is the block a title that is one unit's name and no more (« Moselle », « L'échelon de l'Ain »)?"""
        words = self._words(index).strip()
        return self._places.is_name(words) and len(self._places.inside(words)) == 1

    def _is_title(self, index: int) -> bool:
        words = self._words(index).strip()
        return len(words) < _TITLE_LENGTH and not words.endswith((".", ";", ","))


def _one_of(patterns: Iterable[str]) -> regex.Pattern[str]:
    """Matches where one of `patterns` does, past signs before it; nowhere where there are none."""
    return compile_pattern(rf"\W*(?:{alternatives(map(fold_pattern, patterns)) or '(?!)'})")
