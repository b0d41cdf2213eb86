"""A page as a picture with boxes drawn on it: for people who want to see where something was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw

from rapextract.model import Box

from .page.file import PdfFile

RESOLUTION = 110  # dots per inch
MOST_PIXELS = 8_000_000
MARGIN = 1.0  # points around a box, so that its line does not run through the letters


@dataclass(frozen=True)
class Mark:
    """Boxes to draw alike: painted over with `fill`, framed with `line` (0xRRGGBB), or either."""

    boxes: Sequence[Box]
    fill: int | None = None
    line: int | None = None


def page_picture(data: bytes, page: int, marks: Sequence[Mark], password: str | None = None) -> Any:
    """A picture (PIL) of page `page` (from 1) of a PDF, with those boxes of `marks` that stand on it.

    Marks are drawn in their order; a fill lets the letters show through. Raises `RapextractError`
    with P01 or P02 where the file can't be opened, P04 where the page can't be read.
    """
    with PdfFile(data, password) as file:
        frame = file.frame(page)
        picture = file.render(page, RESOLUTION, MOST_PIXELS).convert("RGBA")
    scale = picture.width / frame.width
    for mark in marks:
        layer = Image.new("RGBA", picture.size, (255, 255, 255, 0))
        draw = ImageDraw.Draw(layer)
        for box in mark.boxes:
            if box.page != page:
                continue
            left, top = (box.x0 - MARGIN) * scale, (box.top - MARGIN) * scale
            right, bottom = (box.x1 + MARGIN) * scale, (box.bottom + MARGIN) * scale
            draw.rectangle(
                (left, top, right, bottom),
                fill=None if mark.fill is None else (*_channels(mark.fill), 90),
                outline=None if mark.line is None else (*_channels(mark.line), 255),
                width=2,
            )
        picture = Image.alpha_composite(picture, layer)
    return picture.convert("RGB")


def _channels(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255
