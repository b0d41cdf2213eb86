"""The one object that ties the reading text to the glyphs it was read from.

Every mending of the text (a hyphen dropped, a ligature written out, a space put between words) goes
through `Alignment.add`: what was read carries its glyphs, what was made up carries none.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MOST_WAITING = 1024  # pieces before they are packed


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of the text from `start`, read from consecutive glyphs of one page.

    `glyph` is the index of the first in the page's characters; `page` counts from 1.
    """

    start: int
    length: int
    page: int
    glyph: int


class Alignment:
    """Runs of the reading text and the glyphs behind them, in the order of the text."""

    def __init__(self) -> None:
        self._starts = array("l")
        self._lengths = array("i")
        self._pages = array("i")
        self._glyphs = array("i")
        self._waiting: list[tuple[int, npt.NDArray[np.int32], int]] = []

    def add(self, start: int, glyphs: npt.NDArray[np.int32], page: int) -> None:
        """Tie the characters of the text from `start` to `glyphs`; a negative glyph is none.

        Calls must come in the order of the text, and `settle` after the last.
        """
        if len(glyphs):
            self._waiting.append((start, glyphs, page))
            if len(self._waiting) >= MOST_WAITING:
                self.settle()

    def settle(self) -> None:
        """Pack what was added into runs."""
        if not self._waiting:
            return
        sizes = np.array([len(glyphs) for _, glyphs, _ in self._waiting])
        glyphs = np.concatenate([glyphs for _, glyphs, _ in self._waiting])
        begins = np.cumsum(sizes) - sizes
        # No glyph (-1) before the page's first (0) is no run with it.
        new = np.concatenate(([True], (np.diff(glyphs) != 1) | (glyphs[:-1] < 0)))
        new[begins] = True
        firsts = np.flatnonzero(new)
        lengths = np.diff(np.append(firsts, len(glyphs)))
        piece = np.searchsorted(begins, firsts, side="right") - 1
        starts = np.array([start for start, _, _ in self._waiting])[piece] + firsts - begins[piece]
        pages = np.array([page for _, _, page in self._waiting])[piece]
        real = glyphs[firsts] >= 0
        self._starts.extend(starts[real].tolist())
        self._lengths.extend(lengths[real].tolist())
        self._pages.extend(pages[real].tolist())
        self._glyphs.extend(glyphs[firsts][real].tolist())
        self._waiting = []

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The runs behind ``text[start:end]``, cut to it, in the order of the text."""
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._starts) and self._starts[index] < end:
            first = max(start, self._starts[index])
            last = min(end, self._starts[index] + self._lengths[index])
            if first < last:
                skipped = first - self._starts[index]
                yield Run(first, last - first, self._pages[index], self._glyphs[index] + skipped)
            index += 1

    def glyphs(self, start: int, end: int) -> dict[int, list[int]]:
        """The glyphs behind ``text[start:end]`` by page, in the order of the text."""
        found: dict[int, list[int]] = {}
        for run in self.runs(start, end):
            found.setdefault(run.page, []).extend(range(run.glyph, run.glyph + run.length))
        return found
