"""What a first look at a scanned page left unread: ink that is no word found so far and no drawn line.

It is parted into boxes by white rows and white columns in turn (G. Nagy and S. Seth, Hierarchical
representation of optically scanned documents, ICPR 1984).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from ..page.boxes import Edges
from ..page.graphics import Ruling
from .ink import DARK, Ink, Picture
from .ocrwords import Line, OcrWord
from .scan import Scan

WORD_MARGIN = 1.5  # points around a word where ink is its own
RULING_MARGIN = 1.0  # points beside a ruling
LEAST_INK = 2.5  # square points: less is dirt, not a digit…
LOWEST, NARROWEST = 4.0, 1.5  # points: so is what is lower, or narrower
BESIDE = 0.5  # of a word's height: how far from it a part of it may stand…
PART, LEAST_PART = 0.3, 0.8  # of a word's height, and square points: …and how large it is, at least
ALIKE, LONGEST = 1.6, 4.0  # of a word's height: what is higher, or longer, is no number beside it
AMID = 3  # numbers of a row that were not read: more than a mark or a stain
ROW_GAP, COLUMN_GAP = 2.0, 10.0  # points of white that part lines, and cells


def erased(scan: Scan, lines: Sequence[Line], rulings: Sequence[Ruling]) -> Picture:
    """A scan's picture with the words of `lines` and the rulings painted white."""
    grey = scan.grey.copy()

    def blank(x0: float, top: float, x1: float, bottom: float, margin: float) -> None:
        edges = (top - margin, bottom + margin, x0 - margin, x1 + margin)
        a, b, c, d = (max(0, round(edge / scan.scale)) for edge in edges)
        grey[a:b, c:d] = 255

    for line in lines:
        for word in line:
            blank(word.x0, word.top, word.x1, word.bottom, WORD_MARGIN)
    for ruling in rulings:
        across, along = (ruling.position, ruling.position), (ruling.start, ruling.end)
        (x0, x1), (top, bottom) = (along, across) if ruling.horizontal else (across, along)
        blank(x0, top, x1, bottom, ruling.width + RULING_MARGIN)
    return grey


def boxes_left(grey: Picture, scale: float) -> list[Edges]:
    """Where what is left of a picture is large enough for a digit, in points; `scale` is points a pixel."""
    dark = grey < DARK
    found = []
    for top, row in _bands(dark, ROW_GAP / scale):
        for left, column in _bands(row.T, COLUMN_GAP / scale):
            for down, part in _bands(column.T, ROW_GAP / scale):
                height, width = (side * scale for side in part.shape)
                if np.count_nonzero(part) * scale**2 >= LEAST_INK and height >= LOWEST and width >= NARROWEST:
                    x0, y0 = left * scale, (top + down) * scale
                    found.append((x0, y0, x0 + width, y0 + height))
    return found


def goes_on(word: OcrWord, grey: Picture, scale: float) -> Edges | None:
    """The box of a word with ink that was left of a picture so close to it that it may be a part of it.

    A digit that was not read, or the raised ending of an ordinal: what was read is not the whole number.
    `None` where there is no such ink.
    """
    height = (word.bottom - word.top) / scale
    top, bottom, x0, x1 = (max(0, round(edge / scale)) for edge in (word.top, word.bottom, word.x0, word.x1))
    dark = grey[top:bottom] < DARK
    far = round(ALIKE * height)
    box = [word.x0, word.x1]
    for at, sign, edge, side in (
        (0, -1, x0, dark[:, max(0, x0 - far) : x0][:, ::-1]),
        (1, 1, x1, dark[:, x1 : x1 + far]),
    ):
        end, large = 0, False
        for start, part in _bands(side.T, 1):
            if start - end > BESIDE * height:
                break
            rows = np.flatnonzero(part.any(axis=0))
            end = start + len(part)
            high = rows[-1] - rows[0] + 1 >= PART * height and start <= BESIDE * height
            large = large or bool(high and np.count_nonzero(part) * scale**2 >= LEAST_PART)
        if large:
            box[at] = (edge + sign * end) * scale
    return None if box == [word.x0, word.x1] else (box[0], word.top, box[1], word.bottom)


def is_amid(word: OcrWord, places: Iterable[Edges]) -> bool:
    """Whether so many numbers beside a word were not read that its row or column can't be told.

    `places` is what `boxes_left` finds; those as high as the word and on its line may be numbers.
    """
    height = word.bottom - word.top
    beside = (
        min(word.bottom, bottom) - max(word.top, top) > BESIDE * height
        and bottom - top <= ALIKE * height
        and x1 - x0 <= LONGEST * height
        for x0, top, x1, bottom in places
    )
    return sum(beside) >= AMID


def _bands(dark: Ink, gap: float) -> Iterator[tuple[int, Ink]]:
    """The runs of a picture's rows that hold ink, parted by `gap` white rows: the first, and all."""
    rows: npt.NDArray[np.int64] = np.flatnonzero(dark.any(axis=1))
    if len(rows):
        cuts = np.flatnonzero(np.diff(rows) > gap)
        starts: Iterable[int] = rows[[0, *(cuts + 1)]].tolist()
        ends: Iterable[int] = rows[[*cuts, -1]].tolist()
        yield from ((start, dark[start : end + 1]) for start, end in zip(starts, ends, strict=True))
