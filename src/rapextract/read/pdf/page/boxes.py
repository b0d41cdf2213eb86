"""Where a page's characters stand, kept small, so that any run of the text has its boxes at once.

A page keeps twelve bytes a character: where it begins and ends along its line, and its text object.
Across the line all characters of a text object are alike, so that is kept once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from .glyphs import Glyphs, run_starts

SAME_LINE = 0.6  # of the size: how far baselines of one line may lie apart
BACKWARDS = 0.5  # of the size: how far a line may step back

Edges = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's top left."""


@dataclass(frozen=True, slots=True)
class GlyphBoxes:
    """The boxes of a page's characters, by PDFium's index, as wide as their advance.

    `start` and `end` are places along the reading direction: x, or y where text runs up or down.
    `run` is each character's text object, -1 for none. `runs` has a row for each object: its near
    and its far edge across the reading direction, the baseline's place there, the font size, and
    the angle in degrees counter-clockwise.
    """

    start: npt.NDArray[np.float32]
    end: npt.NDArray[np.float32]
    run: npt.NDArray[np.int32]
    runs: npt.NDArray[np.float32]

    @classmethod
    def of(cls, glyphs: Glyphs) -> Self:
        """From a page's glyphs."""
        count = len(glyphs.runs)
        runs = np.zeros((count, 5), dtype=np.float32)
        if not count:
            none = np.zeros(len(glyphs), dtype=np.float32)
            return cls(none, none, glyphs.run, runs)
        angle = np.array([run.angle for run in glyphs.runs])
        on_side = (angle == 90) | (angle == 270)
        start, end, near, far = glyphs.x0, glyphs.x1, glyphs.top, glyphs.bottom
        if on_side.any():
            turned = on_side[glyphs.run]
            start, near = np.where(turned, near, start), np.where(turned, start, near)
            end, far = np.where(turned, far, end), np.where(turned, end, far)
        runs[:, 0], runs[:, 1] = np.inf, -np.inf
        starts = run_starts(glyphs.run)
        run = glyphs.run[starts]
        owned = run >= 0
        np.minimum.at(runs[:, 0], run[owned], np.minimum.reduceat(near, starts)[owned])
        np.maximum.at(runs[:, 1], run[owned], np.maximum.reduceat(far, starts)[owned])
        runs[:, 2] = np.where(on_side, [r.origin_x for r in glyphs.runs], [r.baseline for r in glyphs.runs])
        runs[:, 3] = [run.size for run in glyphs.runs]
        runs[:, 4] = angle
        return cls(start.astype(np.float32), end.astype(np.float32), glyphs.run, runs)

    def packed(self) -> bytes:
        """These boxes as bytes, for `unpacked`."""
        count = np.array([len(self.start)], dtype=np.int64)
        arrays = (count, self.start, self.end, self.run, self.runs)
        return b"".join(array.tobytes() for array in arrays)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """The boxes that `packed` made bytes of."""
        count = int(np.frombuffer(data, np.int64, 1)[0])
        start, end = np.frombuffer(data, np.float32, 2 * count, 8).reshape(2, count)
        run = np.frombuffer(data, np.int32, count, 8 + 8 * count)
        return cls(start, end, run, np.frombuffer(data, np.float32, offset=8 + 12 * count).reshape(-1, 5))

    def lines(self, indices: Sequence[int]) -> Iterator[Edges]:
        """One box for each line that the characters `indices`, in reading order, stand on."""
        line: _Line | None = None
        for index in indices:
            run = int(self.run[index]) if index < len(self.run) else -1
            if run < 0:
                continue
            near, far, base, size, angle = self.runs[run].tolist()
            start, end = float(self.start[index]), float(self.end[index])
            back = angle in (90, 180)  # read up or leftwards: against the axis
            begin, finish = (-end, -start) if back else (start, end)
            if (
                line is not None
                and line.angle == angle
                and abs(line.base - base) <= SAME_LINE * size
                and begin >= line.along - BACKWARDS * size - (end - start)
            ):
                line.start, line.end = min(line.start, start), max(line.end, end)
                line.near, line.far = min(line.near, near), max(line.far, far)
                line.along = max(line.along, finish)
            else:
                if line is not None:
                    yield line.edges
                line = _Line(start, end, near, far, base, finish, angle)
        if line is not None:
            yield line.edges


@dataclass(slots=True)
class _Line:
    """A line's box as it grows; `along` is where its last character ends, in the reading direction."""

    start: float
    end: float
    near: float
    far: float
    base: float
    along: float
    angle: float

    @property
    def edges(self) -> Edges:
        if self.angle in (90, 270):
            return self.near, self.start, self.far, self.end
        return self.start, self.near, self.end, self.far
