"""Where a place of one text is in another text of the same report.

The two may differ in line ends, hyphens and page furniture, and in reading order over short distances.
So places are found through words: runs of four folded words that occur once in each text tie the two
together, and a word is expected at its distance from the nearest tie.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")
_RUN = 4


def fold(text: str) -> str:
    """Lower case without accents, `œ` as `oe`, straight apostrophes."""
    lowered = text.lower().replace("œ", "oe").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return [fold(match[0]) for match in _WORD.finditer(text)]


class Words:
    """The words of a text and where each starts."""

    def __init__(self, text: str):
        self.starts = [match.start() for match in _WORD.finditer(text)]
        self.words = words(text)

    def index(self, offset: int) -> int:
        """The word that the character at `offset` is in or after."""
        return max(0, bisect_right(self.starts, offset) - 1)


class Alignment:
    """Finds places of the text `left` in the text `right`."""

    def __init__(self, left: Words, right: Words):
        once_left, once_right = _runs_once(left.words), _runs_once(right.words)
        ties = sorted((once_left[run], once_right[run]) for run in once_left.keys() & once_right.keys())
        self._left = left
        self._left_ties = [tie[0] for tie in ties]
        self._right_ties = [tie[1] for tie in ties]

    def expected(self, offset: int) -> int | None:
        """The word of `right` where the character `offset` of `left` is expected; None without any tie."""
        if not self._left_ties:
            return None
        word = self._left.index(offset)
        after = bisect_left(self._left_ties, word)
        near = [tie for tie in (after - 1, after) if 0 <= tie < len(self._left_ties)]
        tie = min(near, key=lambda index: abs(self._left_ties[index] - word))
        return self._right_ties[tie] + word - self._left_ties[tie]


def _runs_once(all_words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Runs of words that occur once, with the index of their first word."""
    seen: dict[tuple[str, ...], int] = {}
    for index in range(len(all_words) - _RUN + 1):
        run = tuple(all_words[index : index + _RUN])
        seen[run] = -1 if run in seen else index
    return {run: index for run, index in seen.items() if index >= 0}
