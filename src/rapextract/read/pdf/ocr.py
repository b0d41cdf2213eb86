"""Scanned pages read by Tesseract, made to look like a page of text, so that the rest is the same.

Needs the extra `rapextract[ocr]` (pytesseract, Pillow) and the engine with its French model
(Debian: tesseract-ocr, tesseract-ocr-fra). Reference: R. Smith, An overview of the Tesseract OCR
engine, ICDAR 2007; TSV output as documented with the engine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from ..source import OcrFailed
from .boxes import Edges
from .drawn import find_rulings
from .file import PdfFile
from .geometry import PageFrame
from .graphics import Fill, Graphics, Ruling
from .ink import Picture, stretches_of
from .ocrwords import (
    LINE_CONFIDENCE,
    Found,
    Line,
    OcrWord,
    best_of,
    glyphs_of,
    lines_of,
    lost_units,
    sureness_of,
    sureness_of_words,
)
from .page import PageContent
from .scan import Scan, View, lies_on_side, scan_of, unit_of
from .unread import boxes_left, erased, goes_on, is_amid
from .weight import mark_bold

LANGUAGE = "fra"
RESOLUTION = 300  # dots per inch
MOST_PIXELS = 25_000_000
TIME_LIMIT = 300  # seconds a page and pass, on a machine that has other work too
SHADE = 0xE0E0E0  # the colour of any ground that is darker than the paper
SPARSE, BLOCKS, ONE_LINE = 11, 3, 7  # Tesseract's page segmentation modes
READABLE = 75  # per cent: the engine's confidence below which a page may lie on its side
SURE = 85  # per cent: numbers below it are looked at again
SURE_BESIDE = 60  # the same for the other words of their lines
ZOOMS = (1.0, 0.7, 1.4)  # of the second looks
MOST_LOOKS = 40  # lines of a page that are looked at again
MOST_ALONE = 12  # places of a page that are looked at alone: more are a picture's
WIDEST_WORD, HIGHEST_WORD = 90.0, 20.0  # points
DOUBT = 65  # per cent: a number below it, after all looks, states no figure
CLEAR = 90  # per cent: the engine's confidence below which each number of a page is read once more
ONCE_MORE = (0.7, 1.4)  # zooms of these looks
VOTE = 80  # per cent: surer readings of a number count
MOST_VOTES = 40  # numbers of a page that are read once more: of others nothing vouches
MOST_PARTS = 5  # stretches of a line that are looked at one by one
MOST_IN_PARTS = 4  # lines of a page that are: a look costs a tenth of a second or two
NARROW_MARGIN = 4  # pixels shown around them
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


class OcrEngine:
    """Tesseract with its French model."""

    def __init__(self, tesseract: Any):
        self._tesseract = tesseract
        self._in_parts = 0  # lines of the page in hand that were read stretch by stretch

    def read_page(self, file: PdfFile, number: int, frame: PageFrame) -> OcrPage | None:
        """Read page `number` of a file, whose `frame` is as it is displayed; see `read`."""
        resolution = RESOLUTION / unit_of(frame.width, frame.height)
        upright = PageFrame(0.0, 0.0, frame.width, frame.height, 0)
        return self.read(file.render(number, resolution, MOST_PIXELS), number, upright)

    def read(self, image: Any, number: int, frame: PageFrame) -> OcrPage | None:
        """Read a picture of page `number`; None where there is no word on it.

        Raises `OcrFailed` where the engine does not read it.
        """
        self._in_parts = 0
        scan, lines = self._upright(image, frame)
        rulings = find_rulings(scan.grey, scan.scale)
        failure = ""
        try:
            lines += self._left_unread(scan, lines, rulings)
            self._look_again(scan, lines)
        except OcrFailed as error:
            failure = str(error)
        if not lines:
            return None
        try:
            self._doubt(scan, lines, rulings)
        except OcrFailed as error:
            failure = str(error)
        mark_bold(scan, lines)
        read = glyphs_of(lines)
        boxes = scan.boxes(read.glyphs)
        shades = [Fill(*box, SHADE, False) for box in scan.shades]
        # Their corners are known too roughly for the cells of a table.
        graphics = Graphics(rulings=rulings, rounded=shades)
        height, width = (side * scan.scale for side in scan.grey.shape)
        sheet = PageFrame(0.0, 0.0, width, height, 0)
        content = PageContent(number, sheet, read.glyphs, boxes, graphics=graphics)
        return OcrPage(content, read.confidence, read.doubtful, failure)

    def _upright(self, image: Any, frame: PageFrame) -> tuple[Scan, list[Line]]:
        """A page's picture turned upright, and its lines.

        Which way is up is asked only where its lines run up or down, or it reads badly as it lies.
        """
        unit = unit_of(frame.width, frame.height)

        def turned(turn: int) -> Scan:
            width = frame.height if turn in (90, 270) else frame.width
            return scan_of(image, width / unit, turn, unit)

        scan = turned(0)
        if lies_on_side(scan):  # the engine takes minutes over it
            turn = self._turn(scan.whole)
            scan = turned(turn if turn in (90, 270) else 90)
        # What stands where on a page is told by its own layout later: the engine need not guess columns
        # and paragraphs, which costs it short cells between rulings.
        found = self._found(scan, scan.whole, SPARSE)
        if (sureness := sureness_of(found)) < READABLE and (turn := self._turn(scan.whole)):
            other = turned((scan.turn + turn) % 360)
            again = self._found(other, other.whole, SPARSE)
            if sureness_of(again) > sureness:
                scan, found = other, again
        return scan, lines_of(found, scan.whole, scan)

    def _turn(self, view: View) -> int:
        """By how many degrees clockwise a picture must be turned to stand upright; 0 where none can tell."""
        try:
            told = self._tesseract.image_to_osd(
                view.image, output_type=self._tesseract.Output.DICT, timeout=TIME_LIMIT
            )
        except (RuntimeError, OSError):  # too few letters, or the model `osd` is missing
            return 0
        return int(told["rotate"])

    def _left_unread(self, scan: Scan, lines: list[Line], rulings: list[Ruling]) -> list[Line]:
        """What the engine finds besides the words of `lines`, where there is ink left.

        First it is shown that ink alone, which takes a fraction of the time, then each of its places, for it
        passes over lone digits; if that is not all, the page again, as blocks of text.
        """
        steps: tuple[Callable[[Picture, list[Edges]], Iterable[Line]], ...] = (
            lambda rest, _: self._lines(scan, scan.shown(rest), SPARSE),
            lambda _, places: self._alone(scan, places),
            lambda *_: self._lines(scan, scan.whole, BLOCKS),
        )
        found: list[Line] = []
        for step in steps:
            rest = erased(scan, [*lines, *found], rulings)
            places = boxes_left(rest, scan.scale)
            if not places:
                break
            known = [word for line in [*lines, *found] for word in line]
            for line in step(rest, places):
                new = [word for word in line if not any(word.overlaps(other) for other in known)]
                if new:
                    found.append(new)
        return found

    def _alone(self, scan: Scan, places: list[Edges]) -> Iterator[Line]:
        """What is read without doubt in places as small as a word."""
        small = [box for box in places if box[2] - box[0] <= WIDEST_WORD and box[3] - box[1] <= HIGHEST_WORD]
        for box in small if len(small) <= MOST_ALONE else ():
            views = (scan.view(*box, zoom) for zoom in ZOOMS)
            read = [line for view in views for line in self._lines(scan, view, ONE_LINE)]
            if not read or _least(max(read, key=_least)) < SURE:
                read.append(self._by_parts(scan, box))
            best = max(read, key=_least)
            if _least(best) >= SURE:
                yield best

    def _by_parts(self, scan: Scan, box: Edges) -> Line:
        """The words of a short line, each stretch between spaces read alone; none where one is not read.

        Shown together, the engine takes « 2 ISM » for « 21SM ».
        """
        x0, top, x1, bottom = (max(0, round(edge / scan.scale)) for edge in box)
        spans = stretches_of(scan.dark[top:bottom, x0:x1])
        if not 1 < len(spans) <= MOST_PARTS or self._in_parts == MOST_IN_PARTS:
            return []
        self._in_parts += 1
        words: Line = []
        for start, end in spans:
            part = ((x0 + start) * scan.scale, box[1], (x0 + end) * scan.scale, box[3])
            views = (scan.view(*part, zoom, NARROW_MARGIN) for zoom in ZOOMS)
            read = [line for view in views for line in self._lines(scan, view, ONE_LINE)]
            words += (best := max(read, key=_least, default=[]))
            if not best:
                return []
        return words

    def _look_again(self, scan: Scan, lines: list[Line]) -> None:
        """Put in the place of lines with an unsure number what looks at them alone find, if it is surer.

        Lines that stay unread behind the mark of a list item are left out.
        """
        unsure = [k for k, line in enumerate(lines) if _is_unsure(line)]
        for k in unsure[:MOST_LOOKS]:
            for look in self._looks(scan, lines[k]):
                lines[k] = max(lines[k], look, key=_sureness)
                if not _is_unsure(lines[k]):
                    break
        lines[:] = [line for line in lines if best_of(line) >= LINE_CONFIDENCE]

    def _looks(self, scan: Scan, line: Line) -> Iterator[Line]:
        """The words that the engine finds where it is shown nothing but a line, in several sizes.

        The mark of a list item is kept from it where it misled it.
        """
        marks = line[:1] if len(line) > 1 and line[1].after_mark else []
        words = line[len(marks) :]
        box = (
            min(word.x0 for word in words), min(word.top for word in words),
            max(word.x1 for word in words), max(word.bottom for word in words),
        )  # fmt: skip
        length = sum(len(word.text) for word in words)
        for zoom in ZOOMS:
            found = [w for part in self._lines(scan, scan.view(*box, zoom), ONE_LINE) for w in part]
            if sum(len(word.text) for word in found) >= LOSS * length and _covers(found, words):
                yield marks + found
        if parts := self._by_parts(scan, box):
            yield marks + parts

    def _doubt(self, scan: Scan, lines: list[Line], rulings: list[Ruling]) -> None:
        """Mark the numbers that are not sure enough to state a figure."""
        rest = erased(scan, lines, rulings)
        left = boxes_left(rest, scan.scale)
        longer: list[tuple[Line, OcrWord, Edges]] = []
        for line in lines:
            for word in filter(lambda word: word.is_number, line):
                box = goes_on(word, rest, scan.scale)
                word.doubtful = word.confidence < DOUBT or is_amid(word, left)
                if box is not None and not word.doubtful:
                    longer.append((line, word, box))
                    word.doubtful = True
        for line, word, box in longer:
            if whole := self._with_rest(scan, word, box):
                at = line.index(word)
                line[at : at + 1] = whole
        for word in chain.from_iterable(map(lost_units, lines)):
            word.doubtful = True
        if sureness_of_words(lines) < CLEAR:
            self._vouch(scan, lines)

    def _with_rest(self, scan: Scan, word: OcrWord, box: Edges) -> Line:
        """A number with what was left unread beside it, within `box`; none unless that is surely no digit."""
        for zoom in ZOOMS:
            read = [other for line in self._lines(scan, scan.view(*box, zoom), ONE_LINE) for other in line]
            text = "".join(other.text for other in read)
            if _least(read) >= SURE and _digits(text) == _digits(word.text) and len(text) > len(word.text):
                return read
        return []

    def _vouch(self, scan: Scan, lines: list[Line]) -> None:
        """Doubt the numbers of a page that two sure readings do not agree on, or that one contradicts."""
        numbers = [word for line in lines for word in line if word.is_number and not word.doubtful]
        for word in numbers:
            word.doubtful = True
        for word in numbers[:MOST_VOTES]:
            box = (word.x0, word.top, word.x1, word.bottom)
            looks = [self._lines(scan, scan.view(*box, zoom), ONE_LINE) for zoom in ONCE_MORE]
            votes = [(word.text, max(word.confidence, VOTE))]
            votes += [(other.text, other.confidence) for look in looks for line in look for other in line]
            sure = [_digits(text) for text, confidence in votes if confidence >= VOTE and _digits(text)]
            word.doubtful = len(sure) < 2 or any(digits != sure[0] for digits in sure)

    def _lines(self, scan: Scan, view: View, mode: int) -> list[Line]:
        return lines_of(self._found(scan, view, mode), view, scan)

    def _found(self, scan: Scan, view: View, mode: int) -> Found:
        """The engine's answer to a view of a scan, read in a page segmentation mode."""
        try:
            found: Found = self._tesseract.image_to_data(
                view.image,
                lang=LANGUAGE,
                config=f"--psm {mode} --dpi {round(72 / scan.scale * view.zoom)}",
                output_type=self._tesseract.Output.DICT,
                timeout=TIME_LIMIT,
            )
        except (RuntimeError, OSError) as error:  # TesseractError and the time limit are RuntimeErrors
            raise OcrFailed(" ".join(str(error).split())[:120]) from error
        return found


def _sureness(line: Line) -> float:
    """The confidence of the least sure number of a line, or of another word of it, which matters less.

    Without its words a number says nothing, and a misread one shows that something lies over the line.
    100 for a line without numbers, 0 for one that was read together with the mark before it.
    """
    if not any(word.is_number or word.after_mark for word in line):
        return 100.0
    if any(word.after_mark for word in line):
        return 0.0
    return min(word.confidence + (0 if word.is_number else SURE - SURE_BESIDE) for word in line)


def _least(line: Line) -> float:
    """The confidence of the least sure word of a line, 0 where it has none."""
    return min((word.confidence for word in line), default=0.0)


def _covers(found: Line, words: Line) -> bool:
    """Whether something was found at the place of each number of a line."""
    return all(any(word.overlaps(other) for other in found) for word in words if word.is_number)


def _digits(text: str) -> str:
    """What a number's text says: its digits, and commas among them."""
    return "".join(ch for ch in text.replace(".", ",") if ch.isdigit() or ch == ",").strip(",")


def _is_unsure(line: Line) -> bool:
    return _sureness(line) < SURE


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
