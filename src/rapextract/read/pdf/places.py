"""Boxes of a run of the reading text, looked up again on its page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rapextract.model import Box

from .alignment import Alignment
from .file import GlyphBoxes, PdfFile

SAME_LINE = 0.6  # of the size: how far baselines of one line may lie apart
BACKWARDS = 0.5  # of the size: how far a line may step back


class PdfPlaces:
    """Finds boxes by opening the page again; the last page asked for is kept.

    `recognized` has the boxes of the characters of pages read by OCR.
    """

    def __init__(
        self, data: bytes, password: str | None, alignment: Alignment, recognized: dict[int, GlyphBoxes]
    ):
        self._data = data
        self._password = password
        self.alignment = alignment
        self._recognized = recognized
        self._last: tuple[int, GlyphBoxes] | None = None

    def boxes(self, start: int, end: int) -> list[Box]:
        """Boxes of ``text[start:end]``, tight around the ink, one per line, in reading order."""
        return [
            box
            for page, glyphs in self.alignment.glyphs(start, end).items()
            for box in _line_boxes(page, glyphs, self._glyph_boxes(page))
        ]

    def _glyph_boxes(self, page: int) -> GlyphBoxes:
        if self._last is None or self._last[0] != page:
            if page in self._recognized:
                found = self._recognized[page]
            else:
                with PdfFile(self._data, self._password) as file:
                    found = file.glyph_boxes(page)
            self._last = (page, found)
        return self._last[1]


@dataclass(slots=True)
class _Open:
    """A line's box as it grows; `along` is where its last character ends."""

    box: list[float]
    base: float
    along: float
    angle: int


def _line_boxes(page: int, glyphs: list[int], known: GlyphBoxes) -> list[Box]:
    lines: list[_Open] = []
    for glyph in glyphs:
        if glyph >= len(known.boxes):
            continue
        box = known.boxes[glyph].tolist()
        size, base, angle = float(known.size[glyph]), float(known.base[glyph]), int(known.angle[glyph])
        begin, end = {
            90: (-box[3], -box[1]), 180: (-box[2], -box[0]), 270: (box[1], box[3]),
        }.get(angle, (box[0], box[2]))  # fmt: skip
        line = lines[-1] if lines else None
        if (
            line is not None
            and line.angle == angle
            and abs(line.base - base) <= SAME_LINE * size
            and begin >= line.along - BACKWARDS * size - (end - begin)
        ):
            line.box = [
                min(line.box[0], box[0]), min(line.box[1], box[1]),
                max(line.box[2], box[2]), max(line.box[3], box[3]),
            ]  # fmt: skip
            line.along = max(line.along, end)
        else:
            lines.append(_Open(box, base, end, angle))
    return [
        Box(page=page, x0=x0, top=top, x1=x1, bottom=bottom)
        for x0, top, x1, bottom in (np.round(line.box, 3).tolist() for line in lines)
    ]
