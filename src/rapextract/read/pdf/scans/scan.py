"""The picture of a scanned page made fit for reading: paper white, lines of text level.

The lean of the text is found by its projection profile (W. Postl, Detection of linear oblique
structures and skew scan in digitized documents, ICPR 1986): the picture is sheared by many small
angles, and at the right one the rows of pixels change the most sharply from text to white. Only the
lower edges of the ink are looked at (H. Baird, The skew angle of printed documents, SPSE 1987), so
that photographs weigh little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin, tan
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps

from ..page.boxes import Edges, GlyphBoxes
from ..page.glyphs import Glyphs
from .ink import DARK, Ink, Picture
from .leaders import Leader, leaders_of, without_leaders
from .shades import shades_of

SKEW_RESOLUTION = 100  # dots per inch at which the lean is looked for
MOST_SKEW = 5.0  # degrees: a sheet that a feeder pulled in askew leans by less
STEPS = (0.25, 0.05, 0.01)  # degrees, each search around what the one before found
LEAST_SKEW = 0.1  # degrees: not worth what turning costs in sharpness
ON_SIDE = 1.5  # times sharper: lines that run up or down; level ones are half as sharp across, at most
UNBROKEN = 0.85  # of a strip: the edge of a line, which letters hardly have together
LEAST_EDGE = 500  # pixels of lower edges of ink that make a page of text
INK = 0.6  # of the paper's grey: darker is ink
MARGIN = 8  # pixels shown around a part
BORDER = 20  # pixels of white around that
SPECK_REACH = 3  # pixels around a speck that are white…
SPECK_GREY = 234  # …on average: what four black pixels leave of forty-nine
MOST_SPECKS = 0.0003  # of a picture's pixels: more are dirt all over
DARKEST_PAPER = 96  # a picture that is mostly darker is no paper
LARGEST_SHEET = 1300.0  # points: A3 is 1191 long; a larger page of a scan has lost its density…
USUAL_SHEET = 842.0  # …and was a sheet of A4, most likely


@dataclass(frozen=True)
class View:
    """A part of a picture, `zoom` times as large: its pixel (u, v) is (x + u/zoom, y + v/zoom) there."""

    image: Any
    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0


@dataclass(frozen=True)
class Scan:
    """A page's picture, straight.

    `skew` is the lean that was taken out, in degrees, positive where lines of text rise to the right;
    `turn` the quarter turns before, in degrees clockwise. `scale` is points a pixel. Places on the
    straight picture are in points from its top left corner; it is as large as the sheet of paper, of which
    a point is `unit` points of the page.
    """

    grey: Picture
    scale: float
    skew: float
    turn: int = 0
    unit: float = 1.0
    shades: Sequence[Edges] = ()
    leaders: Sequence[Leader] = ()

    @cached_property
    def dark(self) -> npt.NDArray[np.bool_]:
        """Where the picture is ink."""
        return self.grey < DARK

    @cached_property
    def whole(self) -> View:
        """All of the picture."""
        return View(Image.fromarray(self.grey))

    def view(
        self, x0: float, top: float, x1: float, bottom: float, zoom: float, margin: int = MARGIN
    ) -> View:
        """The part of the picture in a box (points), with white around it, shown `zoom` times as large.

        `margin` is how many pixels on each side are shown too.
        """
        left, above = (max(0, round(edge / self.scale) - margin) for edge in (x0, top))
        right, below = round(x1 / self.scale) + margin, round(bottom / self.scale) + margin
        part = Image.fromarray(self.grey[above:below, left:right])
        size = (max(1, round(part.width * zoom)), max(1, round(part.height * zoom)))
        part = ImageOps.expand(part.resize(size, Image.Resampling.LANCZOS), BORDER, fill=255)
        return View(part, left - BORDER / zoom, above - BORDER / zoom, zoom)

    def boxes(self, glyphs: Glyphs) -> GlyphBoxes:
        """Where characters of the straight picture stand on the page as displayed."""
        if not self.skew and not self.turn and self.unit == 1:
            return GlyphBoxes.of(glyphs)
        width, height = (side * self.scale for side in reversed(self.grey.shape))
        across = (glyphs.x0 + glyphs.x1) / 2 - width / 2
        down = (glyphs.top + glyphs.bottom) / 2 - height / 2
        lean = radians(self.skew)
        move_x = across * cos(lean) + down * sin(lean) - across
        move_y = down * cos(lean) - across * sin(lean) - down
        start, end = glyphs.x0 + move_x, glyphs.x1 + move_x
        near, far, base = (y + move_y for y in (glyphs.top, glyphs.bottom, glyphs.of_runs("baseline")))
        if self.turn in (90, 180):  # read up or leftwards
            start, end = width - end, width - start
        if self.turn in (180, 270):
            near, far, base = height - far, height - near, height - base
        # Along a leaning line each character stands at its own height.
        runs = np.stack([near, far, base, glyphs.of_runs("size")], axis=1) * self.unit
        return GlyphBoxes(
            (start * self.unit).astype(np.float32),
            (end * self.unit).astype(np.float32),
            np.arange(len(glyphs), dtype=np.int32),
            np.column_stack([runs, np.full(len(glyphs), self.turn)]).astype(np.float32),
        )


def unit_of(width: float, height: float) -> float:
    """How many points of a scanned page, `width` by `height` of them, are a point of the sheet of paper.

    A program that makes a page of a picture without knowing its density takes a pixel for a point, or
    for 1/96 inch: the page is several times as large as the paper was.
    """
    longest = max(width, height)
    return longest / USUAL_SHEET if longest > LARGEST_SHEET else 1.0


def scan_of(image: Any, width: float, turn: int = 0, unit: float = 1.0) -> Scan:
    """The picture (PIL) of a page made fit for reading.

    It is shown upright by `turn` degrees clockwise, a multiple of 90; the sheet of paper is then `width`
    points wide, each of them `unit` points of the page.
    """
    if turn:
        image = image.rotate(-turn, expand=True)
    scale = width / image.width
    image = image.convert("L")
    paper = paper_of(image)
    skew = skew_of(image, 72 / scale)
    if abs(skew) >= LEAST_SKEW:
        image = image.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=paper)
    else:
        skew = 0.0
    shades = shades_of(image, scale)  # before the paper is made white, and they with it
    if paper < 255:
        image = image.point([min(255, round(level * 255 / paper)) for level in range(256)])
    grey = np.asarray(image)
    leaders = leaders_of(grey < DARK, scale)
    image = Image.fromarray(without_leaders(grey, leaders, scale))
    return Scan(np.asarray(_without_specks(image)), scale, skew, turn, unit, shades, leaders)


def lies_on_side(scan: Scan) -> bool:
    """Whether a picture's lines of text run up or down: ink ends the more sharply from column to column."""
    shrink = SKEW_RESOLUTION * scan.scale / 72
    height, width = scan.grey.shape
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    ink = np.asarray(Image.fromarray(scan.grey).resize(size, Image.Resampling.BOX)) < INK * 255
    return _sharpness(ink.T) > ON_SIDE * _sharpness(ink)


def _sharpness(ink: Ink) -> float:
    """How sharply ink ends at the feet of rows, within strips so narrow that a lean matters little.

    Where it ends all along a strip it is no text, but a ruling or the dark border of a scan.
    """
    down, across = np.nonzero(ink[:-1] & ~ink[1:])
    strips = ink.shape[1] // SKEW_RESOLUTION + 1
    count = np.bincount(down * strips + across // SKEW_RESOLUTION, minlength=len(ink) * strips)
    count = np.pad(count.reshape(len(ink), strips), ((1, 1), (0, 0)))
    least = UNBROKEN * np.diff(np.minimum(np.arange(strips + 1) * SKEW_RESOLUTION, ink.shape[1]))
    lines = count[:-2] + count[1:-1] + count[2:] >= np.maximum(least, 1)
    count[:-2][lines] = count[1:-1][lines] = count[2:][lines] = 0
    return float(np.square(np.diff(count, axis=0)).sum())


def _without_specks(image: Any) -> Any:
    """A picture (PIL, grey, white paper) without the dirt of a dusty or worn original, if it has much.

    Ink with hardly any other near it is a speck: the dot of an i is larger.
    """
    lonely = np.asarray(image.filter(ImageFilter.BoxBlur(SPECK_REACH))) >= SPECK_GREY
    grey = np.asarray(image)
    if np.count_nonzero(lonely & (grey < DARK)) <= MOST_SPECKS * grey.size:
        return image
    clean = Image.fromarray(np.where(lonely, np.uint8(255), grey))
    return clean.filter(ImageFilter.MedianFilter(3))  # the same in white on black


def paper_of(image: Any) -> int:
    """The grey of the paper: that of the brighter half of the picture (PIL, grey); 255 for no paper."""
    levels = np.cumsum(image.histogram())
    paper = int(np.searchsorted(levels, levels[-1] * 0.5))
    return paper if paper >= DARKEST_PAPER else 255


def skew_of(image: Any, resolution: float) -> float:
    """The lean of a picture's (PIL, grey) lines of text in degrees, positive where they rise to the right.

    0 where there is too little text to tell. `resolution` is in dots per inch.
    """
    shrink = min(1.0, SKEW_RESOLUTION / resolution)
    size = (max(1, round(image.width * shrink)), max(1, round(image.height * shrink)))
    grey = np.asarray(image.resize(size, Image.Resampling.BOX))
    ink = grey < INK * paper_of(image)
    down, across = np.nonzero(ink[:-1] & ~ink[1:])
    if len(down) < LEAST_EDGE:
        return 0.0
    across = across - grey.shape[1] / 2
    reach = int(size[0] * tan(radians(MOST_SKEW)) + size[1]) + 2  # a level that no shear goes beyond

    def sharpness(angle: float) -> float:
        rows = np.rint(down + across * tan(radians(angle))).astype(np.int64) + reach
        return float(np.square(np.diff(np.bincount(rows).astype(np.float64))).sum())

    best, span = 0.0, MOST_SKEW
    for step in STEPS:
        angles = [best + k * step for k in range(-round(span / step), round(span / step) + 1)]
        best, span = max(angles, key=lambda angle: (sharpness(angle), -abs(angle))), step
    return round(best, 2) if abs(best) < MOST_SKEW else 0.0
