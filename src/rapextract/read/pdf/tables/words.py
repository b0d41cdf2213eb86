"""The words of a page as arrays: what the table finder sees of the text.

A word is a run of characters without a space and without a visible gap. Words never cross a column
gap, while a printed number such as ``12 345`` is two words that a later step keeps together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..page import PageContent, Word

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BLANK = re.compile(r"[-–—−.:*…]{1,3}|n\.?[acdrs]\.?|N/?[ACDS]|NC|X{1,2}|x|ns|nd|so", re.ASCII)
SIGNS = " ()[]<>≤≥=~±+-−–—$€£.,:*†‡§≈"
LEADER_CHARACTERS = ".…·_‧-–—"
MOST_FIGURE = 28  # characters
LEADER = re.compile(r"[.…·_‧\-–—]{4,}|[.…·]{3,}|(?:\. ?){3,}")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a page, in the order of the content stream; arrays of one length.

    `first` and `last` (exclusive) are positions in `glyphs`, which holds the index of each visible
    character in the page's own numbering. Boxes in points from the top left; `size` is the font
    size, `level` the middle of the line of type, which two words of one line share whatever their
    size.
    """

    text: list[str]
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    size: Floats
    bold: Bools
    upright: Bools
    first: Ints
    last: Ints
    glyphs: Ints

    def __len__(self) -> int:
        return len(self.text)

    @property
    def level(self) -> Floats:
        """The middle of each word's line of type, in points from the top."""
        return (self.top + self.bottom) / 2

    def take(self, which: Bools | Ints) -> Words:
        """Only the words that `which` (a mask or an array of positions) selects."""
        positions = np.flatnonzero(which) if which.dtype == bool else which
        return Words(
            [self.text[k] for k in positions.tolist()],
            self.x0[positions],
            self.top[positions],
            self.x1[positions],
            self.bottom[positions],
            self.size[positions],
            self.bold[positions],
            self.upright[positions],
            self.first[positions],
            self.last[positions],
            self.glyphs,
        )

    def inside(self, x0: float, top: float, x1: float, bottom: float) -> Bools:
        """Mask of the words whose centre lies in a box."""
        x, y = (self.x0 + self.x1) / 2, self.level
        return (x >= x0) & (x <= x1) & (y >= top) & (y <= bottom)


_Part = tuple[str, float, float, float, float, float, bool, bool, Ints]
"""Text, box, size, boldness, uprightness and characters of a word."""


def words_of_page(page: PageContent, walls: Floats) -> Words:
    """The words of a page; those that an upright ruling crosses are parted there.

    `walls` has a row of (x, top, bottom) for each upright ruling.
    """
    parts: list[_Part] = [
        (w.text, w.x0, w.top, w.x1, w.bottom, w.size, w.bold, w.angle == 0, w.chars) for w in page.words
    ]
    if len(walls) and parts:
        # From the last on, so that the places of those before stay.
        for k, own in reversed(_walled(page.words, walls)):
            parts[k : k + 1] = _parted(page, page.words[k], own)
    texts = [part[0] for part in parts]
    numbers = np.array([part[1:6] for part in parts], dtype=np.float64).reshape(-1, 5)
    flags = np.array([part[6:8] for part in parts], dtype=bool).reshape(-1, 2)
    counts = [len(part[8]) for part in parts]
    last = np.cumsum(counts, dtype=np.int64)
    glyphs = np.concatenate([part[8] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
    x0, top, x1, bottom, size = numbers.T
    first = last - np.array(counts, dtype=np.int64)
    return Words(texts, x0, top, x1, bottom, size, flags[:, 0], flags[:, 1], first, last, glyphs)


def _walled(words: list[Word], walls: Floats) -> list[tuple[int, Floats]]:
    """The upright words that walls cross, by position, with the places of those walls, sorted."""
    box = np.array([(w.x0, w.x1, (w.top + w.bottom) / 2) for w in words])
    whole = np.array([w.angle == 0 and len(w.chars) > 1 for w in words])
    across = (walls[:, 0] > box[:, 0:1] + 2) & (walls[:, 0] < box[:, 1:2] - 2) & whole[:, None]
    crossed = across & (walls[:, 1] < box[:, 2:3]) & (walls[:, 2] > box[:, 2:3])
    return [(k, np.sort(walls[crossed[k], 0])) for k in np.flatnonzero(crossed.any(axis=1)).tolist()]


def _parted(page: PageContent, word: Word, walls: Floats) -> list[_Part]:
    """The pieces of a word between upright rulings, by the middle of each character."""
    x0, x1 = page.glyphs.x0[word.chars], page.glyphs.x1[word.chars]
    side = np.searchsorted(walls, (x0 + x1) / 2)
    pieces = []
    for value in np.unique(side).tolist():
        own = np.flatnonzero(side == value)
        text = "".join(word.text[k] for k in own.tolist())
        left, right = float(x0[own].min()), float(x1[own].max())
        pieces.append((text, left, word.top, right, word.bottom, word.size, word.bold, True, word.chars[own]))
    return pieces


def lines_of(words: Words, members: Iterable[int] | None = None) -> list[list[int]]:
    """Words grouped into lines of type, top to bottom, each line from left to right.

    `members` are the positions of those to take, all if not given. A word joins a line when its
    middle lies near the middle of the line's tallest word: a raised or lowered small character stays
    with the line it belongs to, a slightly shifted column too.
    """
    heights = (words.bottom - words.top).tolist()
    chosen = range(len(words)) if members is None else members
    return grouped_lines(chosen, words.level.tolist(), heights, words.x0.tolist())


def grouped_lines(
    members: Iterable[int], levels: list[float], heights: list[float], starts: list[float]
) -> list[list[int]]:
    """`members`, positions in the lists, grouped into lines as `lines_of` does."""
    lines: list[list[int]] = []
    reference, tall = -1e9, 0.0
    for k in sorted(members, key=levels.__getitem__):
        height = heights[k]
        if lines and levels[k] - reference <= 0.42 * (tall if tall > height else height):
            lines[-1].append(k)
            if height > tall * 1.05:
                reference, tall = levels[k], height
        else:
            lines.append([k])
            reference, tall = levels[k], height
    for line in lines:
        line.sort(key=starts.__getitem__)
    return lines


def is_figure(text: str) -> bool:
    """Whether a word or phrase is a figure, or a mark that stands for one (``-``, ``n.d.``)."""
    if len(text) > MOST_FIGURE:
        return False
    first = text.lstrip(SIGNS)[:1]
    if not first.isdigit():  # a code (D201.0), a name (EU-15), a quarter (T1 2021) is none
        return (len(text) <= 4 and BLANK.fullmatch(text.strip()) is not None) or (
            text.startswith(("US$", "env")) and any(c.isdigit() for c in text)
        )
    digits = sum(map(str.isdigit, text))
    return digits >= sum(map(str.isalpha, text))


def is_leader(text: str) -> bool:
    """Whether `text` is nothing but dots or a line that leads the eye to the next column."""
    return text[0] in LEADER_CHARACTERS and LEADER.fullmatch(text) is not None
