"""Scanned pages read by Tesseract, made to look like a page of text, so that the rest is the same.

Needs the extra `rapextract[ocr]` (pytesseract, Pillow) and the engine with its French model
(Debian: tesseract-ocr, tesseract-ocr-fra). Reference: R. Smith, An overview of the Tesseract OCR
engine, ICDAR 2007; TSV output as documented with the engine.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from .drawn import find_rulings
from .geometry import PageFrame
from .glyphs import Font, Glyphs, TextRun
from .graphics import Graphics, Ruling
from .ink import Ink, is_corner, mended
from .page import PageContent
from .scan import Scan, scan_of

LANGUAGE = "fra"
RESOLUTION = 300  # dots per inch
MOST_PIXELS = 25_000_000
TIME_LIMIT = 300  # seconds a page and pass, on a machine that has other work too
LEAST_INK = 20.0  # square points: the ink of a few digits, which a first pass left unread
WORD_MARGIN = 1.5  # points around a word where ink is its own
RULING_MARGIN = 1.0  # points beside a ruling
LEAST_CONFIDENCE = 20  # per cent: below it a word is dirt
LINE_CONFIDENCE = 60  # of a line's best word: below it the line is a picture's, or dirt
SPARSE, BLOCKS = 11, 3  # Tesseract's page segmentation modes: words anywhere; columns of paragraphs
CORNER_LETTERS = 2  # at most: what the bend of a frame is taken for
LEAST_SPACE = 0.15  # of the size: what is left white between words whose boxes touch
CAP_HEIGHT = 0.74  # of the size: what most words of a line are high
_FONT = Font("ocr", False, False, 0.8, -0.2)
_RULING_DEBRIS = re.compile(r"[|\[\]_{}\\~]*")  # what a drawn line is taken for
_BULLET_LIKE = ("+", "*", "°", "¢")  # what a bullet is taken for
_DESCENDERS = set("gjpqyçQJ,;()[]{}|/@µ")


@dataclass(frozen=True)
class OcrPage:
    """A page that was read by OCR: as page content, with the engine's mean confidence, 0 to 1.

    `failure` says why the engine left a part of it unread, if it did.
    """

    content: PageContent
    confidence: float
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
        lines = self._lines(scan, SPARSE)
        failure = ""
        if _has_more(scan.dark, scan.scale, lines, rulings):
            try:
                lines += self._other_lines(scan, lines)
            except OcrFailed as error:
                failure = str(error)
        if not lines:
            return None
        glyphs, confidence = _glyphs(lines)
        graphics = Graphics(rulings=rulings)
        content = PageContent(number, frame, glyphs, scan.boxes(glyphs), graphics=graphics)
        return OcrPage(content, confidence, failure)

    def _other_lines(self, scan: Scan, lines: list[list[_OcrWord]]) -> list[list[_OcrWord]]:
        """What the engine finds besides the words of `lines` where it looks for blocks of text."""
        known = [word for line in lines for word in line]
        found = []
        for line in self._lines(scan, BLOCKS):
            new = [word for word in line if not any(_overlap(word, other) for other in known)]
            if new:
                found.append(new)
        return found

    def _lines(self, scan: Scan, mode: int) -> list[list[_OcrWord]]:
        try:
            found = self._tesseract.image_to_data(
                scan.image,
                lang=LANGUAGE,
                config=f"--psm {mode} --dpi {round(72 / scan.scale)}",
                output_type=self._tesseract.Output.DICT,
                timeout=TIME_LIMIT,
            )
        except (RuntimeError, OSError) as error:  # TesseractError and the time limit are RuntimeErrors
            raise OcrFailed(" ".join(str(error).split())[:120]) from error
        return _lines(found, scan)


def _has_more(dark: Ink, scale: float, lines: list[list[_OcrWord]], rulings: list[Ruling]) -> bool:
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


@dataclass(slots=True)
class _OcrWord:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


def _lines(found: dict[str, list[Any]], scan: Scan) -> list[list[_OcrWord]]:
    """The words of an engine's answer, line by line, mended by their ink."""
    lines: dict[tuple[int, int, int], list[_OcrWord]] = {}
    for k, text in enumerate(found["text"]):
        text = str(text).strip()
        confidence = float(found["conf"][k])
        x0, top = int(found["left"][k]), int(found["top"][k])
        x1, bottom = x0 + int(found["width"][k]), top + int(found["height"][k])
        if confidence < LEAST_CONFIDENCE or _RULING_DEBRIS.fullmatch(text):
            continue
        if len(text) <= CORNER_LETTERS and is_corner(scan.dark, (x0, top, x1, bottom)):
            continue
        place = (found["block_num"][k], found["par_num"][k], found["line_num"][k])
        for word, start, end in mended(text, scan.dark[top:bottom, x0:x1]):
            left, high, right, low = (edge * scan.scale for edge in (x0 + start, top, x0 + end, bottom))
            lines.setdefault(place, []).append(_OcrWord(word, left, high, right, low, confidence))
    kept = [line for line in lines.values() if max(word.confidence for word in line) >= LINE_CONFIDENCE]
    for line in kept:
        if len(line) > 1 and line[0].text in _BULLET_LIKE and line[1].text[0].isalpha():
            line[0].text = "•"
    return kept


def _overlap(word: _OcrWord, other: _OcrWord) -> bool:
    return word.x0 < other.x1 and other.x0 < word.x1 and word.top < other.bottom and other.top < word.bottom


def _size(line: list[_OcrWord]) -> float:
    tall = [w for w in line if any(ch.isupper() or ch.isdigit() or ch in "bdfhkltéèêà" for ch in w.text)]
    heights = [(w.bottom - w.top) / (0.95 if _DESCENDERS & set(w.text) else CAP_HEIGHT) for w in tall or line]
    return median(heights)


def _baseline(line: list[_OcrWord]) -> float:
    level = [w.bottom for w in line if not _DESCENDERS & set(w.text)]
    return median(level) if level else max(w.bottom for w in line) - 0.2 * _size(line)


def _glyphs(lines: list[list[_OcrWord]]) -> tuple[Glyphs, float]:
    """Characters with boxes: a word's box shared out among its letters; a space between words."""
    sizes = [_size(line) for line in lines]
    usual = median(size for size, line in zip(sizes, lines, strict=True) for _ in line)
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    numbers: list[int] = []
    runs: list[TextRun] = []
    trust = 0.0
    for line, size in zip(lines, sizes, strict=True):
        # Measured heights waver; a line about as high as most is set in the same type.
        size = usual if abs(size - usual) < 0.2 * usual else float(round(size))
        base = _baseline(line)
        words = sorted(line, key=lambda w: w.x0)
        for word, after in pairwise(words):
            word.x1 = max((word.x0 + word.x1) / 2, min(word.x1, after.x0 - LEAST_SPACE * size))
        for k, word in enumerate(words):
            if k:
                codes.append(32)
                boxes.append((boxes[-1][2], base - 0.8 * size, word.x0, base + 0.2 * size))
                numbers.append(len(runs))
            step = (word.x1 - word.x0) / len(word.text)
            for at, ch in enumerate(word.text):
                codes.append(ord(ch))
                x0 = word.x0 + at * step
                boxes.append((x0, base - 0.8 * size, x0 + step, base + 0.2 * size))
                numbers.append(len(runs))
            trust += word.confidence * len(word.text)
        runs.append(TextRun(0, size, line[0].x0, base, 0, _FONT, False, 0, False))
    x0s, tops, x1s, bottoms = np.array(boxes, dtype=np.float64).T
    letters = sum(1 for code in codes if code != 32)
    glyphs = Glyphs(
        np.array(codes, dtype=np.uint32), x0s.copy(), tops.copy(), x1s.copy(), bottoms.copy(),
        np.array(numbers, dtype=np.int32), runs,
    )  # fmt: skip
    return glyphs, round(trust / letters / 100, 3)
