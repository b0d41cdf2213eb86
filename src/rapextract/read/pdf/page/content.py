"""`PageContent`: what stands on one page, straight from PDFium.

Lengths are in PDF points, the origin is the top left corner of the page as a reader sees it (crop
box and rotation applied), y grows downwards. Characters and words are read at once; paths, images
and tags only when asked for, and only while the page is open (`with file.page(3) as page: …`).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from . import native
from .boxes import GlyphBoxes
from .dropcaps import with_drop_caps
from .geometry import PageFrame
from .glyphs import Glyphs
from .graphics import Fill, Graphics, Image, Ruling, load_graphics
from .signs import mend_signs
from .tags import PageTags, load_tags
from .words import Line, Word, find_words

__all__ = ["Fill", "Glyphs", "Image", "Line", "PageContent", "Ruling", "Word"]


class PageContent:
    """One open page.

    `number` counts from 1. `glyphs` holds every character of PDFium's text page, `words` those that
    a reader sees, in content order.
    `rulings`, `fills` and `images` come from the page's path and image objects, `tags` from its
    structure tree, `boxes` are those of the characters on the page as displayed, `marks` their
    marked-content ids (-1 where one has none). `turned` says that the frame is not the page as
    displayed, but turned so that its text stands upright.
    """

    def __init__(
        self,
        number: int,
        frame: PageFrame,
        glyphs: Glyphs,
        boxes: GlyphBoxes,
        handle: native.Pointer = None,
        graphics: Graphics | None = None,
        turned: bool = False,
    ):
        self.number = number
        self.frame = frame
        self.width = frame.width
        self.height = frame.height
        self.glyphs = glyphs
        self.boxes = boxes
        self._handle = handle
        self._given = graphics
        self.turned = turned
        if not self.recognized:
            mend_signs(glyphs, lambda: self.rulings)
        self.words: list[Word] = with_drop_caps(find_words(glyphs, self.width, self.height))

    @cached_property
    def _graphics(self) -> Graphics:
        return self._given or load_graphics(self.handle, self.frame)

    @property
    def handle(self) -> native.Pointer:
        """PDFium's page. Raises `ValueError` once the page is closed."""
        if self._handle is None:
            raise ValueError(f"page {self.number} is closed")
        return self._handle

    @property
    def recognized(self) -> bool:
        """Whether the page is no PDFium page but was made by OCR."""
        return self._given is not None

    @property
    def rulings(self) -> list[Ruling]:
        """Horizontal and vertical segments: strokes, thin filled rectangles, borders of boxes."""
        return self._graphics.rulings

    @property
    def fills(self) -> list[Fill]:
        """Filled rectangles too large for a line, in painting order."""
        return self._graphics.fills

    @property
    def rounded(self) -> list[Fill]:
        """Boxes with round corners, filled or drawn."""
        return self._graphics.rounded

    @property
    def images(self) -> list[Image]:
        """Images, in painting order."""
        return self._graphics.images

    @cached_property
    def tags(self) -> PageTags:
        """What the page's structure tree says; empty where it has none."""
        return PageTags() if self.recognized else load_tags(self.handle, self.run_marks)

    @cached_property
    def run_marks(self) -> list[int]:
        """The marked-content id of each run of `glyphs`, -1 where it has none."""
        if self.recognized:
            return [-1] * len(self.glyphs.runs)
        _ = self.handle
        return list(map(native.get_marked_content_id, [run.handle for run in self.glyphs.runs]))

    @property
    def marks(self) -> npt.NDArray[np.int32]:
        """The marked-content id of each character of `glyphs`, -1 where it has none."""
        return np.array([*self.run_marks, -1], dtype=np.int32)[self.glyphs.run]

    def close(self) -> None:
        """Forget PDFium's page; what was read stays."""
        self._handle = None
