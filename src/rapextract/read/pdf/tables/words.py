"""The words of a page, and the phrases they make: what the table finder sees of the text.

A word is a run of characters without a space and without a visible gap. Words never cross a column
gap, while a printed number such as ``12 345`` is two words that a later step keeps together.

A page holds some hundred words and a cell a few, which are asked for one by one: lists serve that
better than arrays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from ..page.content import PageContent, Word

Indices = npt.NDArray[np.int64]
Wall = tuple[float, float, float]
"""An upright ruling: x, top, bottom."""

BLANK = re.compile(r"[-–—−.:*…]{1,3}|n\.?[acdrs]\.?|N/?[ACDS]|NC|X{1,2}|x|ns|nd|so", re.ASCII)
SIGNS = " ()[]<>≤≥=~±+-−–—$€£.,:*†‡§≈"
LEADER_CHARACTERS = ".…·_‧-–—"
MOST_FIGURE = 28  # characters
DOTS = frozenset((".", "..", "…", "·"))
LEAST_DOTS = 3  # in a row, with spaces between them, lead the eye
DOT_STEP = 1.2  # times the font size: how far apart such dots stand at most
SMALLER = 0.8  # of the size of the word before it: a raised or lowered word
TOUCHES = 0.15  # of that size: how far such a word stands from what it belongs to
LEADER = re.compile(r"[.…·_‧\-–—]{4,}|[.…·]{3,}|(?:\. ?){3,}")


@dataclass(slots=True)
class Phrase:
    """Words of one line without a visible gap between them, as positions in the page's `Words`.

    `number` tells a figure from text.
    """

    words: tuple[int, ...]
    x0: float
    x1: float
    level: float
    size: float
    text: str
    number: bool
    bold: bool


@dataclass(slots=True)
class Words:
    """Words of a page, in the order of the content stream; lists of one length.

    Boxes in points from the top left; `size` is the font size, `chars` the indices of a word's
    characters in the page's own numbering. `level` is the middle of the line of type, which two
    words of one line share whatever their size, `height` that of the box, `centre` its middle
    across; `leader` marks dots that lead the eye; `tallest` is the greatest height.
    """

    text: Sequence[str]
    x0: Sequence[float]
    top: Sequence[float]
    x1: Sequence[float]
    bottom: Sequence[float]
    size: Sequence[float]
    bold: Sequence[bool]
    upright: Sequence[bool]
    chars: Sequence[Indices]
    level: list[float] = field(init=False)
    height: list[float] = field(init=False)
    centre: list[float] = field(init=False)
    leader: list[bool] = field(init=False)
    tallest: float = field(init=False)
    _down: list[int] = field(init=False)  # positions by level
    _levels: list[float] = field(init=False)  # in that order
    _phrases: dict[tuple[int, ...], Phrase] = field(init=False)

    def __post_init__(self) -> None:
        self.level = [(top + bottom) / 2 for top, bottom in zip(self.top, self.bottom, strict=True)]
        self._level_raised()
        self.height = [bottom - top for top, bottom in zip(self.top, self.bottom, strict=True)]
        self.centre = [(x0 + x1) / 2 for x0, x1 in zip(self.x0, self.x1, strict=True)]
        self.tallest = max(self.height, default=0.0)
        self.leader = [is_leader(text) for text in self.text]
        self._down = sorted(range(len(self.text)), key=self.level.__getitem__)
        self._levels = [self.level[k] for k in self._down]
        self._phrases = {}
        self._mark_spaced_leaders()

    def _level_raised(self) -> None:
        """Give a raised or lowered word the level of the word that it touches: the « 3 » of « m³ »."""
        for k in range(1, len(self.text)):
            before = self.size[k - 1]
            if (
                self.size[k] < SMALLER * before
                and abs(self.x0[k] - self.x1[k - 1]) < TOUCHES * before
                and self.top[k] < self.bottom[k - 1]
                and self.top[k - 1] < self.bottom[k]
            ):
                self.level[k] = self.level[k - 1]

    def _mark_spaced_leaders(self) -> None:
        """Mark dots with spaces between them, each of which is a word, as leaders."""
        dots = [k for k, text in enumerate(self.text) if text in DOTS and not self.leader[k]]
        if len(dots) < LEAST_DOTS:
            return
        for line in lines_of(self, dots):
            run: list[int] = []
            for k in line:
                if run and self.x0[k] - self.x1[run[-1]] > DOT_STEP * self.size[k]:
                    run = []
                run.append(k)
                if len(run) >= LEAST_DOTS:
                    for dot in run[-LEAST_DOTS:]:
                        self.leader[dot] = True

    def __len__(self) -> int:
        return len(self.text)

    def between(self, top: float, bottom: float) -> list[int]:
        """The words whose level lies from `top` to `bottom`, from the top down."""
        return self._down[bisect_left(self._levels, top) : bisect_right(self._levels, bottom)]

    def inside(self, x0: float, top: float, x1: float, bottom: float) -> list[int]:
        """The words whose centre lies in a box, in their own order."""
        centre = self.centre
        return sorted([k for k in self.between(top, bottom) if x0 <= centre[k] <= x1])

    def phrase(self, members: tuple[int, ...]) -> Phrase:
        """The phrase that words, from left to right, make; the same one whenever asked for."""
        known = self._phrases.get(members)
        if known is None:
            known = self._phrases[members] = self._made(members)
        return known

    def _made(self, members: tuple[int, ...]) -> Phrase:
        first = members[0]
        if len(members) == 1:
            text, x1, level, size = self.text[first], self.x1[first], self.level[first], self.size[first]
            return Phrase(members, self.x0[first], x1, level, size, text, is_figure(text), self.bold[first])
        text = " ".join([self.text[k] for k in members])
        return Phrase(
            members,
            self.x0[first],
            max([self.x1[k] for k in members]),
            sum([self.level[k] for k in members]) / len(members),
            max([self.size[k] for k in members]),
            text,
            is_figure(text),
            all(self.bold[k] for k in members),
        )


def words_of_page(page: PageContent, walls: Sequence[Wall]) -> Words:
    """The words of a page; those that one of the `walls` crosses are parted there."""
    words = list(page.words)
    # From the last on, so that the places of those before stay.
    for k, own in reversed(_walled(words, walls)):
        words[k : k + 1] = _parted(page, words[k], own)
    return Words(
        [w.text for w in words],
        [w.x0 for w in words],
        [w.top for w in words],
        [w.x1 for w in words],
        [w.bottom for w in words],
        [w.size for w in words],
        [w.bold for w in words],
        [w.angle == 0 for w in words],
        [w.chars for w in words],
    )


def _walled(words: list[Word], walls: Sequence[Wall]) -> list[tuple[int, list[float]]]:
    """The upright words that walls cross, by position, with the places of those walls, sorted."""
    if not walls:
        return []
    ordered = sorted(walls)
    places = [x for x, _, _ in ordered]
    found = []
    for k, word in enumerate(words):
        first = bisect_right(places, word.x0 + 2)
        if first == len(places) or places[first] >= word.x1 - 2 or word.angle or len(word.chars) < 2:
            continue
        level = (word.top + word.bottom) / 2
        last = bisect_left(places, word.x1 - 2)
        own = [x for x, top, bottom in ordered[first:last] if top < level < bottom]
        if own:
            found.append((k, own))
    return found


def _parted(page: PageContent, word: Word, walls: list[float]) -> list[Word]:
    """The pieces of a word between upright rulings, by the middle of each character."""
    x0, x1 = page.glyphs.x0[word.chars], page.glyphs.x1[word.chars]
    side = np.searchsorted(walls, (x0 + x1) / 2)
    pieces = []
    for value in sorted(set(side.tolist())):
        own = np.flatnonzero(side == value)
        text = "".join([word.text[k] for k in own.tolist()])
        left, right = float(x0[own].min()), float(x1[own].max())
        pieces.append(replace(word, text=text, x0=left, x1=right, chars=word.chars[own]))
    return pieces


def lines_of(words: Words, members: Iterable[int]) -> list[list[int]]:
    """The words at the positions `members` in lines of type, top to bottom, each from left to right.

    A word joins a line when its middle lies near the middle of the line's tallest word: a raised or
    lowered small character stays with the line it belongs to, a slightly shifted column too.
    """
    levels, heights, starts = words.level, words.height, words.x0
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
