"""Scanned pages read by Tesseract, made to look like a page of text, so that the rest is the same.

Needs the extra `rapextract[ocr]` (pytesseract, Pillow) and the engine with its French model
(Debian: tesseract-ocr, tesseract-ocr-fra). Reference: R. Smith, An overview of the Tesseract OCR
engine, ICDAR 2007; TSV output as documented with the engine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .drawn import find_rulings
from .geometry import PageFrame
from .graphics import Graphics, Ruling
from .ink import Ink
from .ocrwords import Line, glyphs_of, lines_of
from .page import PageContent
from .scan import Scan, View, scan_of

LANGUAGE = "fra"
RESOLUTION = 300  # dots per inch
MOST_PIXELS = 25_000_000
TIME_LIMIT = 300  # seconds a page and pass, on a machine that has other work too
LEAST_INK = 20.0  # square points: the ink of a few digits, which a first pass left unread
WORD_MARGIN = 1.5  # points around a word where ink is its own
RULING_MARGIN = 1.0  # points beside a ruling
SPARSE, BLOCKS, ONE_LINE = 11, 3, 7  # Tesseract's page segmentation modes
SURE = 85  # per cent: numbers below it are looked at again
SURE_BESIDE = 60  # the same for the word after a number, which may be its unit
ZOOMS = (1.0, 0.7)  # of the second looks
MOST_LOOKS = 40  # lines of a page that are looked at again
DOUBT = 65  # per cent: a number below it, after all looks, states no figure
LOSS = 0.8  # of a line's letters: a look that finds fewer has missed something


@dataclass(frozen=True)
class OcrPage:
    """A page that was read by OCR: as page content, with the engine's mean confidence, 0 to 1.

    `doubtful` are the characters of numbers that the engine is not sure of. `failure` says why it left
    a part of the page unread, if it did.
    """

    content: PageContent
    confidence: float
    doubtful: frozenset[int] = frozenset()
    failure: str = ""


class OcrFailed(Exception):
    """The engine did not read a picture; its text says why."""


class OcrEngine:
    """Tesseract with its French model."""

    def __init__(self, tesseract: Any):
        self._tesseract = tesseract

    def read(self, image: Any, number: int, frame: PageFrame) -> OcrPage | None:
        """Read a picture of page `number`; None where there is no word on it.

        Raises `OcrFailed` where the engine does not read it.
        """
        scan = scan_of(image, frame.width)
        rulings = find_rulings(scan.grey, scan.scale)
        # What stands where on a page is told by its own layout later: the engine need not guess columns
        # and paragraphs, which costs it short cells between rulings.
        lines = self._lines(scan, scan.whole, SPARSE)
        failure = ""
        try:
            if _has_more(scan.dark, scan.scale, lines, rulings):
                lines += self._other_lines(scan, lines)
            lines = self._looked_at_again(scan, lines)
        except OcrFailed as error:
            failure = str(error)
        if not lines:
            return None
        read = glyphs_of(lines)
        boxes, graphics = scan.boxes(read.glyphs), Graphics(rulings=rulings)
        content = PageContent(number, frame, read.glyphs, boxes, graphics=graphics)
        return OcrPage(content, read.confidence, read.doubtful, failure)

    def _other_lines(self, scan: Scan, lines: list[Line]) -> list[Line]:
        """What the engine finds besides the words of `lines` where it looks for blocks of text."""
        known = [word for line in lines for word in line]
        found = []
        for line in self._lines(scan, scan.whole, BLOCKS):
            new = [word for word in line if not any(word.overlaps(other) for other in known)]
            if new:
                found.append(new)
        return found

    def _looked_at_again(self, scan: Scan, lines: list[Line]) -> list[Line]:
        """The lines, those with an unsure number as the surest of several looks at them alone has it."""
        looks = 0
        for k, line in enumerate(lines):
            if looks < MOST_LOOKS and _is_unsure(line):
                looks += 1
                lines[k] = max([line, *self._looks(scan, line)], key=_sureness)
            for word in lines[k]:
                word.doubtful = word.is_number and word.confidence < DOUBT
        return lines

    def _looks(self, scan: Scan, line: Line) -> Iterator[Line]:
        """The words that the engine finds where it is shown nothing but a line, in several sizes."""
        box = (
            min(word.x0 for word in line), min(word.top for word in line),
            max(word.x1 for word in line), max(word.bottom for word in line),
        )  # fmt: skip
        length = sum(len(word.text) for word in line)
        for zoom in ZOOMS:
            found = [w for part in self._lines(scan, scan.view(*box, zoom), ONE_LINE) for w in part]
            if sum(len(word.text) for word in found) >= LOSS * length:
                yield found

    def _lines(self, scan: Scan, view: View, mode: int) -> list[Line]:
        try:
            found = self._tesseract.image_to_data(
                view.image,
                lang=LANGUAGE,
                config=f"--psm {mode} --dpi {round(72 / scan.scale * view.zoom)}",
                output_type=self._tesseract.Output.DICT,
                timeout=TIME_LIMIT,
            )
        except (RuntimeError, OSError) as error:  # TesseractError and the time limit are RuntimeErrors
            raise OcrFailed(" ".join(str(error).split())[:120]) from error
        return lines_of(found, view, scan)


def _sureness(line: Line) -> float:
    """The confidence of the least sure number of a line, or of the word after it, which may be its unit."""
    unsure = [100.0]
    for word, after in zip(line, [*line[1:], None], strict=True):
        if word.is_number:
            unsure.append(word.confidence)
            if after is not None:
                unsure.append(after.confidence + SURE - SURE_BESIDE)
    return min(unsure)


def _is_unsure(line: Line) -> bool:
    return _sureness(line) < SURE


def _has_more(dark: Ink, scale: float, lines: list[Line], rulings: list[Ruling]) -> bool:
    """Whether a picture has ink besides the words of `lines` and its rulings; `scale` is points a pixel."""
    rest = dark.copy()

    def blank(x0: float, top: float, x1: float, bottom: float, margin: float) -> None:
        edges = (top - margin, bottom + margin, x0 - margin, x1 + margin)
        a, b, c, d = (max(0, round(edge / scale)) for edge in edges)
        rest[a:b, c:d] = False

    for line in lines:
        for word in line:
            blank(word.x0, word.top, word.x1, word.bottom, WORD_MARGIN)
    for ruling in rulings:
        across, along = (ruling.position, ruling.position), (ruling.start, ruling.end)
        (x0, x1), (top, bottom) = (along, across) if ruling.horizontal else (across, along)
        blank(x0, top, x1, bottom, ruling.width + RULING_MARGIN)
    return int(np.count_nonzero(rest)) * scale * scale > LEAST_INK


@cache
def find_engine() -> OcrEngine | None:
    """The engine, or None where it, its French model or the Python extra is missing."""
    try:
        import pytesseract

        # Its threads cost more than they give, and reports are read side by side already.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        languages = pytesseract.get_languages(config="")
    except (ImportError, OSError, RuntimeError):
        return None
    return OcrEngine(pytesseract) if LANGUAGE in languages else None
