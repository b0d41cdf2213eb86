"""Boxes of a run of the reading text."""

from __future__ import annotations

from collections.abc import Mapping, Set

from rapextract.model import Box
from rapextract.model.spool import Place, Spool

from .alignment import Alignment
from .page.boxes import GlyphBoxes


class PageBoxes:
    """The character boxes of each page, put aside until they are asked for."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._places: dict[int, Place] = {}
        self._last: tuple[int, GlyphBoxes] | None = None

    def __setitem__(self, page: int, boxes: GlyphBoxes) -> None:
        self._places[page] = self._spool.put(boxes.packed())

    def __getitem__(self, page: int) -> GlyphBoxes:
        if self._last is None or self._last[0] != page:  # boxes are asked for in the order of the text
            self._last = page, GlyphBoxes.unpacked(self._spool.get(self._places[page]))
        return self._last[1]


class PdfPlaces:
    """Answers with boxes: the text leads to glyphs by `alignment`, glyphs to places by `pages`.

    `unsure` has the glyphs of each page, by its number, that state no figure: others are printed over them,
    or OCR is not sure of them.
    """

    def __init__(self, alignment: Alignment, pages: PageBoxes, unsure: Mapping[int, Set[int]]):
        self._alignment = alignment
        self._pages = pages
        self._unsure = unsure

    def clear(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` has glyphs, and all of them are sure."""
        glyphs = self._alignment.glyphs(start, end)
        return bool(glyphs) and not any(
            self._unsure[page] & set(own) for page, own in glyphs.items() if page in self._unsure
        )

    def boxes(self, start: int, end: int) -> list[Box]:
        """Boxes of ``text[start:end]``, one per line, in reading order, as high as the type is."""
        return [
            Box(page=page, x0=round(x0, 3), top=round(top, 3), x1=round(x1, 3), bottom=round(bottom, 3))
            for page, glyphs in self._alignment.glyphs(start, end).items()
            for x0, top, x1, bottom in self._pages[page].lines(glyphs)
        ]
