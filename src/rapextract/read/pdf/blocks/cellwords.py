"""Words that a narrow cell breaks without a hyphen: « Admiss/ion », « Nombre d/'admissions ».

Typesetters cut a word that does not fit a cell wherever its edge is. Such a break is mended only on
evidence from the report itself: its text has the whole word elsewhere, or another cell breaks the
same word at another place. Two words that the report knows each by itself stay two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ..page.lines import TextLine
from .mend import HYPHENS

FULL = 1.2  # of the size: a line broken inside a word ends this near to where its cell's longest does
MOST_PIECES = 4  # of one word
_WORD = re.compile(r"[^\W\d_]+(?![^\W\d_]|['’°])")  # what is elided before an apostrophe is no word
_END = re.compile(r"[^\W\d_]+$")
_WORD_END = re.compile(r"[^\W\d_]{3}$")
_HYPHENED = re.compile(rf"[{''.join(HYPHENS)}][^\W\d_]{{3}}")
_BEGIN = re.compile(r"[^\W\d_]+")
_ELIDED = re.compile(r"(?:.*[^\w'’])?(?:[cdjlmnst]|qu)", re.I)
_BROKEN_YEAR = re.compile(r"(?:.*[^\d])?(?:19|20)\d\d\s?[-–/]\s?((?:19|20)\d?)$")
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]", re.I)
_LONE_WORDS = frozenset("aàyô")  # one letter that is a word of French


class BrokenWords:
    """Tells which line ends in the cells of a report stand inside a word.

    It goes by the report's running texts and by the lines of its table cells and cards: all are added first.
    """

    def __init__(self) -> None:
        self._known: Counter[str] = Counter()
        self._twice: set[str] = set()

    def add_text(self, text: str) -> None:
        """Take in the words of a line of running text."""
        self._known.update([_folded(word) for word in _WORD.findall(text)])

    def add_cells(self, cells: Iterable[Sequence[TextLine]]) -> None:
        """Take in the lines of all table cells and cards, a sequence for each."""
        splits: dict[str, set[tuple[str, ...]]] = {}
        for lines in cells:
            for number, line in enumerate(lines):
                words = [_folded(word) for word in _WORD.findall(line.text)]
                first = 1 if number > 0 and line.text[:1].isalpha() else 0
                last = len(words) - (number + 1 < len(lines) and line.text[-1:].isalpha())
                self._known.update(words[first:last])
            for start in range(len(lines) - 1):
                for pieces in _chains(lines, start):
                    splits.setdefault(_folded("".join(pieces)), set()).add(pieces)
        self._twice = {word for word, ways in splits.items() if len({_cuts(way) for way in ways}) > 1}

    def joins(self, lines: Sequence[TextLine]) -> set[int]:
        """The lines of a cell (by number) whose end stands inside a word or a year."""
        found: set[int] = set()
        start = 0
        while start < len(lines) - 1:
            before, after = lines[start].text, lines[start + 1].text
            elided = after[0] in "'’" and _ELIDED.fullmatch(before)
            # « dentistes/-conseils »: a dash that begins an item has a space after it.
            hyphenated = _HYPHENED.match(after) and _WORD_END.search(before)
            if breaks_year(before, after) or elided or (hyphenated and _is_full(lines, start)):
                found.add(start)
            for pieces in reversed(_chains(lines, start)):
                if self._is_one(pieces):
                    found.update(range(start, start + len(pieces) - 1))
                    start += len(pieces) - 2
                    break
            start += 1
        return found

    def _is_one(self, pieces: tuple[str, ...]) -> bool:
        known = [self._known[_folded(piece)] > 0 for piece in pieces]
        if len(pieces[0]) > 2 and len(pieces[-1]) == 1 and pieces[-1] not in _LONE_WORDS:
            known[-1] = False  # whatever the letter is elsewhere, as in « agent(s) », it is no word
        if all(known):
            return False
        whole = _folded("".join(pieces))
        if self._known[whole] or whole in self._twice:
            return True
        # What is left over can be no word: a single letter, or letters without a vowel.
        last = pieces[-1]
        alone = len(last) == 1 and last not in _LONE_WORDS
        return (
            not any(known)
            and last.islower()
            and len(pieces[0]) > 2
            and (alone or (len(last) < 4 and not _VOWEL.search(last)))
        )


def breaks_year(before: str, after: str) -> bool:
    """Whether a line ends inside the second year of a range: « 2021-202 » before « 2 »."""
    broken = _BROKEN_YEAR.fullmatch(before)
    if broken is None or not after.isdigit():
        return False
    return len(broken[1]) + len(after) == 4


def _chains(lines: Sequence[TextLine], start: int) -> list[tuple[str, ...]]:
    """The pieces that a word broken at the end of line `start` may have, shortest chain first."""
    if not _is_full(lines, start):
        return []
    end = _END.search(lines[start].text)
    if end is None:
        return []
    pieces = [end[0]]
    chains: list[tuple[str, ...]] = []
    for number in range(start + 1, min(start + MOST_PIECES, len(lines))):
        text = lines[number].text
        begin = _BEGIN.match(text)
        if begin is None or not _same_case(pieces[-1], begin[0]):
            break
        pieces.append(begin[0])
        chains.append(tuple(pieces))
        if begin[0] != text or not _is_full(lines, number):
            break
    return chains


def _is_full(lines: Sequence[TextLine], number: int) -> bool:
    line = lines[number]
    return not line.text.endswith(HYPHENS) and line.x1 > max(other.x1 for other in lines) - FULL * line.size


def _same_case(before: str, after: str) -> bool:
    """Whether letters go on within a word: in lower case, or all in capitals."""
    return after.islower() or (before.isupper() and after.isupper())


def _cuts(pieces: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(len(piece) for piece in pieces[:-1])


def _folded(word: str) -> str:
    """A word in lower case without the ending of its plural."""
    word = word.lower()
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
