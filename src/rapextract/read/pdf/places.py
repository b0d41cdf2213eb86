"""Boxes of a run of the reading text."""

from __future__ import annotations

from rapextract.model import Box

from .alignment import Alignment
from .boxes import GlyphBoxes


class PdfPlaces:
    """Answers with boxes: the text leads to glyphs by `alignment`, glyphs to places by `pages`."""

    def __init__(self, alignment: Alignment, pages: dict[int, GlyphBoxes]):
        self._alignment = alignment
        self._pages = pages

    def boxes(self, start: int, end: int) -> list[Box]:
        """Boxes of ``text[start:end]``, one per line, in reading order, as high as the type is."""
        return [
            Box(page=page, x0=round(x0, 3), top=round(top, 3), x1=round(x1, 3), bottom=round(bottom, 3))
            for page, glyphs in self._alignment.glyphs(start, end).items()
            for x0, top, x1, bottom in self._pages[page].lines(glyphs)
        ]
