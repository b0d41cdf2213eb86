"""The one object that ties the reading text to the glyphs it was read from.

Every mending of the text (a hyphen dropped, a ligature written out, a space put between words) goes
through `Alignment.add`: what was read carries its glyphs, what was made up carries none.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rapextract.model.spool import Place, Spool

MOST_WAITING = 1024  # pieces before they are put aside


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of the text from `start`, read from consecutive glyphs of one page.

    `glyph` is the index of the first in the page's characters; `page` counts from 1.
    """

    start: int
    length: int
    page: int
    glyph: int


class _Runs(NamedTuple):
    """Some runs one after the other, an array for each of their attributes."""

    starts: array[int]
    lengths: array[int]
    pages: array[int]
    glyphs: array[int]


class Alignment:
    """Runs of the reading text and the glyphs behind them, in the order of the text.

    There is one for every few characters: they wait outside memory, some thousands together.
    """

    def __init__(self) -> None:
        self._spool = Spool()
        self._firsts = array("q")  # where the text of each of these begins
        self._places: list[Place] = []
        self._waiting: list[tuple[int, npt.NDArray[np.int32], int]] = []
        self._last: tuple[int, _Runs] | None = None

    def add(self, start: int, glyphs: npt.NDArray[np.int32], page: int) -> None:
        """Tie the characters of the text from `start` to `glyphs`; a negative glyph is none.

        Calls must come in the order of the text, and `settle` after the last.
        """
        if len(glyphs):
            self._waiting.append((start, glyphs, page))
            if len(self._waiting) >= MOST_WAITING:
                self.settle()

    def settle(self) -> None:
        """Make runs of what was added, and put them aside."""
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
        self._waiting = []
        if real.any():
            runs = np.array([starts[real], lengths[real], pages[real], glyphs[firsts][real]], dtype=np.int32)
            self._firsts.append(int(runs[0, 0]))
            self._places.append(self._spool.put(runs.tobytes()))

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The runs behind ``text[start:end]``, cut to it, in the order of the text."""
        number = max(0, bisect_right(self._firsts, start) - 1)
        while number < len(self._firsts) and self._firsts[number] < end:
            runs = self._runs(number)
            index = max(0, bisect_right(runs.starts, start) - 1)
            while index < len(runs.starts) and runs.starts[index] < end:
                first = max(start, runs.starts[index])
                last = min(end, runs.starts[index] + runs.lengths[index])
                if first < last:
                    skipped = first - runs.starts[index]
                    yield Run(first, last - first, runs.pages[index], runs.glyphs[index] + skipped)
                index += 1
            number += 1

    def _runs(self, number: int) -> _Runs:
        """Some runs; the last asked for are kept, for most questions come in the order of the text."""
        if self._last is None or self._last[0] != number:
            data = np.frombuffer(self._spool.get(self._places[number]), np.int32).reshape(4, -1)
            self._last = number, _Runs(*(array("i", row.tobytes()) for row in data))
        return self._last[1]

    def glyphs(self, start: int, end: int) -> dict[int, list[int]]:
        """The glyphs behind ``text[start:end]`` by page, in the order of the text."""
        found: dict[int, list[int]] = {}
        for run in self.runs(start, end):
            found.setdefault(run.page, []).extend(range(run.glyph, run.glyph + run.length))
        return found
