"""Entries of a glossary or another list of terms: « **ARS** agence régionale de santé » and the like.

An entry begins with its term: a name or short form set apart from what it means by its weight, by white,
or by a sign. One such line tells nothing, for prose has them too; several near each other do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..page.words import Word

MOST_TERM_WORDS = 4
LONGEST_TERM = 24  # characters
WHITE = 1.0  # of the size: white between a term and what it means
SAME_EDGE = 0.6  # of the size
FEWEST = 4  # entries that make a list
FEWEST_BESIDE = 2  # in the column beside one
LISTED = 0.25  # of a column's lines, at least, begin an entry
MOSTLY = 0.75  # of the lines or rows of such columns
REACH = 4  # lines from one entry to the next
SIGN = re.compile(r"[:=(–—→-]")


def term_length(words: Sequence[Word]) -> int:
    """How many words of a line are the term of the entry that it begins, its sign left out; 0 for none.

    A bold line that is nothing but a name counts as a term: what it means stands below it.
    """
    light = next((k for k, word in enumerate(words) if not word.bold), len(words))
    count = light if light < len(words) else 0
    if not count:
        count = next((k for k, (a, b) in enumerate(pairwise(words), 1) if _parted(a, b)), light)
    return count if 0 < count <= MOST_TERM_WORDS and _is_name(words[:count]) else 0


def entry_starts(lines: Sequence[Sequence[Word]]) -> set[int]:
    """The numbers of the lines of one column that begin an entry with more than its term."""
    found: list[int] = []
    starts: set[int] = set()
    for number, words in enumerate(lines):
        if not 0 < term_length(words) < len(words):
            continue
        apart = found and (
            number - found[-1] > REACH
            or abs(words[0].x0 - lines[found[-1]][0].x0) > SAME_EDGE * words[0].size
        )
        found = [number] if apart else [*found, number]
        if len(found) >= FEWEST:
            starts.update(found)
    return starts


def lists_beside(left: Sequence[Sequence[Word]], right: Sequence[Sequence[Word]]) -> bool:
    """Whether the rows of two columns side by side are entries, in each by themselves."""
    counts = sorted(sum(term_length(row) > 0 for row in side) for side in (left, right))
    if counts[0] < FEWEST_BESIDE or counts[1] < FEWEST:
        return False
    return all(sum(term_length(row) > 0 for row in side) >= LISTED * len(side) for side in (left, right))


def parts_entries(rows: Sequence[tuple[Sequence[Word], Sequence[Word]]]) -> bool:
    """Whether a gutter parts terms from what they mean; `rows` has the words of each on its left and right.

    What ends further left on other rows stands in another column of the page.
    """
    places: list[tuple[float, bool, bool]] = []
    for left, right in rows:
        begin = next((k for k in range(len(left) - 1, 0, -1) if _parted(left[k - 1], left[k])), 0)
        term = left[begin:]
        named = len(term) <= MOST_TERM_WORDS and not right[0].bold and _is_name(term)
        apart = named and all(
            word.bold or word.italic > right[0].italic or word.text.isupper() for word in term
        )
        places.append((term[0].x0, named, apart))
    edges = [round(x0) for x0, _, apart in places if apart]
    edge = max(edges, key=lambda x0: (edges.count(x0), x0), default=0)
    near = [(named, apart) for x0, named, apart in places if x0 >= edge - 1]
    names = sum(named for named, _ in near)
    return names >= max(FEWEST, MOSTLY * len(near)) and 2 * sum(apart for _, apart in near) >= names


def are_entries(columns: Sequence[Sequence[str]], bold: Sequence[bool]) -> bool:
    """Whether the lines of columns are a glossary's in columns of the page: terms, what they mean, terms…

    `bold` tells which columns are. No row of such a table need go on from one pair of columns to the next.
    """
    if len(columns) < 4 or len(columns) % 2:
        return False
    for terms, meanings, heavy, light in zip(columns[::2], columns[1::2], bold[::2], bold[1::2], strict=True):
        found = [text for text in terms if is_name(text)]
        names = len(found) if 2 * sum(heavy or text.isupper() for text in found) >= len(found) else 0
        words = sum(any(map(str.islower, text)) for text in meanings)
        if (
            light
            or min(names, words) < FEWEST_BESIDE
            or names + words < MOSTLY * (len(terms) + len(meanings))
        ):
            return False
    return True


def are_stacked(columns: Sequence[Sequence[tuple[str, bool]]]) -> bool:
    """Whether the lines of each column are entries by themselves: a term over what it means.

    Each line is given with whether it is set apart as terms are, in bold or further out than others. No row
    goes on from one of such columns to the next.
    """
    for lines in columns:
        terms = sum(apart and is_name(text) for text, apart in lines)
        meanings = sum(not apart and any(map(str.islower, text)) for text, apart in lines)
        if terms < max(FEWEST_BESIDE, LISTED * len(lines)) or terms > meanings + 1:
            return False
        if terms + meanings < MOSTLY * len(lines):
            return False
    return len(columns) > 1


def _parted(word: Word, following: Word) -> bool:
    """Whether white or a sign stands between two words."""
    if following.x0 - word.x1 > WHITE * word.size or word.text.endswith(":"):
        return True
    return SIGN.match(following.text) is not None


def _is_name(words: Sequence[Word]) -> bool:
    return is_name(" ".join(word.text for word in words))


def is_name(text: str) -> bool:
    """Whether a text is short and each of its words begins with a capital or a number: « PFS MDA »."""
    if not 0 < len(text) <= LONGEST_TERM or not text[0].isupper():
        return False
    return all(word[0].isupper() or not word[0].isalpha() for word in text.split())
