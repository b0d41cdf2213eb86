"""Scanned pages read by an OCR engine, made to look like a page of text, so that the rest is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from ...source import OcrFailed
from ..page.boxes import Edges
from ..page.content import PageContent
from ..page.file import PdfFile
from ..page.geometry import PageFrame
from ..page.graphics import Fill, Graphics, Ruling
from .drawn import find_rulings
from .ink import stretches_of
from .marks import mark_at_head
from .ocrwords import (
    LINE_CONFIDENCE,
    Found,
    Line,
    OcrWord,
    best_of,
    glyphs_of,
    lines_of,
    lost_units,
    put_back_leaders,
    put_back_marks,
    sureness_of,
    sureness_of_words,
)
from .scan import MARGIN, Scan, View, lies_on_side, scan_of, unit_of
from .tesseract import BLOCK, ONE_LINE, SPARSE, Engine, find_tesseract
from .unread import boxes_left, erased, goes_on, is_amid
from .weight import mark_bold

RESOLUTION = 300  # dots per inch
MOST_PIXELS = 25_000_000
SHADE = 0xE0E0E0  # the colour of any ground that is darker than the paper
READABLE = 50  # per cent: the engine's confidence below which a page may lie upside down
SURE = 85  # per cent: numbers below it are looked at again
SURE_BESIDE = 60  # the same for the other words of their lines
ZOOMS = (1.0, 0.7, 1.4)  # of the second looks
MOST_LOOKS = 40  # lines of a page that are looked at again
MOST_ALONE = 60  # unread places that are looked at alone: more are a picture's
WIDEST_WORD, HIGHEST_WORD = 90.0, 20.0  # points
DOUBT = 65  # per cent: a number below it, after all looks, states no figure
CLEAR = 90  # per cent: the engine's confidence below which each number of a page is read again
ONCE_AGAIN = (0.5, 0.6, 0.7, 1.4)  # zooms of these looks: what was scanned coarsely is read best when small
VOTE, VOTES = 80, 3  # per cent: surer readings of a number count; so many must be alike
MOST_VOTES = 120  # numbers of a page that are read again: of others nothing vouches
MOST_PARTS = 5  # stretches of a line that are looked at one by one
MOST_IN_PARTS = 12  # lines of a page that are
NARROW_MARGIN, WIDE_MARGIN = 4, 60  # pixels shown around them, and around places that are not read alone
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


class OcrReader:
    """Reads scanned pages with an engine."""

    def __init__(self, engine: Engine):
        self._engine = engine
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
        put_back_marks(lines, scan)
        put_back_leaders(lines, scan)
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
            turn = self._engine.turn(scan.whole.image)
            scan = turned(turn if turn in (90, 270) else 90)
        # What stands where on a page is told by its own layout later: the engine need not guess columns
        # and paragraphs, which costs it short cells between rulings.
        (found,) = self._found(scan, [scan.whole], SPARSE)
        if (sureness := sureness_of(found)) < READABLE and (turn := self._engine.turn(scan.whole.image)):
            other = turned((scan.turn + turn) % 360)
            (again,) = self._found(other, [other.whole], SPARSE)
            if sureness_of(again) > sureness:
                scan, found = other, again
        return scan, lines_of(found, scan.whole, scan)

    def _left_unread(self, scan: Scan, lines: list[Line], rulings: list[Ruling]) -> list[Line]:
        """What the engine finds besides the words of `lines`, where there is ink left.

        It is shown each place of that ink alone, then with what stands around it.
        """
        steps: tuple[Callable[[Scan, list[Edges]], Iterable[Line]], ...] = (
            self._alone,
            lambda _, places: self._around(scan, places),
        )
        found: list[Line] = []
        for step in steps:
            rest = erased(scan, [*lines, *found], rulings)
            places = boxes_left(rest, scan.scale)
            if not places:
                break
            known = [word for line in [*lines, *found] for word in line]
            for line in step(replace(scan, grey=rest), places):
                new = [word for word in line if not any(word.overlaps(other) for other in known)]
                if new:
                    found.append(new)
                    known += new
        return found

    def _alone(self, scan: Scan, places: list[Edges]) -> Iterator[Line]:
        """What is read in places as small as a word, numbers only without doubt.

        Amid a page, or a part of it, the engine passes over lone digits.
        """
        small = [box for box in places if box[2] - box[0] <= WIDEST_WORD and box[3] - box[1] <= HIGHEST_WORD]
        if len(small) > MOST_ALONE:
            return
        marks, boxes = zip(*[_without_mark(scan, box) for box in small], strict=True) if small else ((), ())
        read = [max(looks, key=_least) for looks in self._looks(scan, boxes, ZOOMS)]
        unread = [k for k, line in enumerate(read) if _least(line) < SURE]
        for k, line in zip(unread, self._by_parts(scan, [boxes[k] for k in unread]), strict=True):
            read[k] = max(read[k], line, key=_least)
        for mark, line in zip(marks, read, strict=True):
            if _least(line) >= (SURE if any(word.is_number for word in line) else LINE_CONFIDENCE):
                yield mark + line

    def _around(self, scan: Scan, places: list[Edges]) -> Iterable[Line]:
        """What is read in places, together with the lines around each, beside which they are read better."""
        views = [scan.view(*box, 1.0, WIDE_MARGIN) for box in places[:MOST_ALONE]]
        return chain.from_iterable(self._lines(scan, views, BLOCK))

    def _by_parts(self, scan: Scan, boxes: Sequence[Edges]) -> list[Line]:
        """The words of short lines, each stretch between spaces read alone; none where one is not read.

        Shown together, the engine takes « 2 ISM » for « 21SM ». The mark of a list item is not shown to it.
        """
        parts: list[list[Edges]] = []
        marks = []
        for whole in boxes:
            mark, box = _without_mark(scan, whole)
            marks.append(mark)
            x0, top, x1, bottom = (max(0, round(edge / scan.scale)) for edge in box)
            spans = stretches_of(scan.dark[top:bottom, x0:x1])
            if not 1 < len(spans) <= MOST_PARTS or self._in_parts == MOST_IN_PARTS:
                spans = []
            self._in_parts += bool(spans)
            edges = [((x0 + start) * scan.scale, (x0 + end) * scan.scale) for start, end in spans]
            parts.append([(left, box[1], right, box[3]) for left, right in edges])
        looks = iter(self._looks(scan, list(chain.from_iterable(parts)), ZOOMS, NARROW_MARGIN))
        read = [[max(next(looks), key=_least) for _ in own] for own in parts]
        return [
            list(chain(mark, *words)) if words and all(words) else []
            for mark, words in zip(marks, read, strict=True)
        ]

    def _look_again(self, scan: Scan, lines: list[Line]) -> None:
        """Put in the place of lines with an unsure number what looks at them alone find, if it is surer.

        Lines that stay unread behind the mark of a list item are left out.
        """
        unsure = [_Unsure.of(k, line) for k, line in enumerate(lines) if _is_unsure(line)][:MOST_LOOKS]
        for zooms in (ZOOMS[:1], ZOOMS[1:]):
            again = [line for line in unsure if _is_unsure(lines[line.at])]
            looks = self._looks(scan, [line.box for line in again], zooms)
            for line, found in zip(again, looks, strict=True):
                for look in filter(line.is_read_by, found):
                    if _is_unsure(lines[line.at]):
                        lines[line.at] = max(lines[line.at], line.marks + look, key=_sureness)
        again = [line for line in unsure if _is_unsure(lines[line.at])]
        for line, words in zip(again, self._by_parts(scan, [line.box for line in again]), strict=True):
            if words:
                lines[line.at] = max(lines[line.at], line.marks + words, key=_sureness)
        lines[:] = [line for line in lines if best_of(line) >= LINE_CONFIDENCE]

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
        looks = self._looks(scan, [box for _, _, box in longer], ZOOMS)
        for (line, word, _), found in zip(longer, looks, strict=True):
            if whole := _whole(word, found):
                at = line.index(word)
                others = line[:at] + line[at + 1 :]
                line[at : at + 1] = [own for own in whole if not any(map(own.overlaps, others))]
        for word in chain.from_iterable(map(lost_units, lines)):
            word.doubtful = True
        if sureness_of_words(lines) < CLEAR:
            self._vouch(scan, lines)

    def _vouch(self, scan: Scan, lines: list[Line]) -> None:
        """Doubt the numbers of a page that `VOTES` sure readings do not bear out, or that one contradicts."""
        numbers = [word for line in lines for word in line if word.is_number and not word.doubtful]
        for word in numbers:
            word.doubtful = True
        numbers = numbers[:MOST_VOTES]
        looks = self._looks(scan, [_box_of([word]) for word in numbers], ONCE_AGAIN)
        for word, found in zip(numbers, looks, strict=True):
            votes = [(word.text, max(word.confidence, VOTE))]
            votes += [(other.text, other.confidence) for other in chain.from_iterable(found)]
            sure = [_digits(text) for text, confidence in votes if confidence >= VOTE and _digits(text)]
            word.doubtful = len(sure) < VOTES or any(digits != sure[0] for digits in sure)

    def _looks(
        self, scan: Scan, boxes: Sequence[Edges], zooms: Sequence[float], margin: int = MARGIN
    ) -> list[list[Line]]:
        """The words that the engine finds in each box, shown nothing else, in each of several sizes."""
        views = [scan.view(*box, zoom, margin) for box in boxes for zoom in zooms]
        words = [list(chain.from_iterable(lines)) for lines in self._lines(scan, views, ONE_LINE)]
        return [words[k : k + len(zooms)] for k in range(0, len(words), len(zooms))]

    def _lines(self, scan: Scan, views: Sequence[View], mode: int) -> list[list[Line]]:
        answers = self._found(scan, views, mode)
        return [lines_of(found, view, scan) for found, view in zip(answers, views, strict=True)]

    def _found(self, scan: Scan, views: Sequence[View], mode: int) -> list[Found]:
        return self._engine.read([view.image for view in views], mode, round(72 / scan.scale))


@dataclass(frozen=True)
class _Unsure:
    """A line to be looked at again, the `at`th of its page, parted from a mark that misled the engine."""

    at: int
    marks: Line
    words: Line
    box: Edges

    @classmethod
    def of(cls, at: int, line: Line) -> _Unsure:
        first = 1 if len(line) > 1 and line[1].after_mark else 0
        return cls(at, line[:first], line[first:], _box_of(line[first:]))

    def is_read_by(self, look: Line) -> bool:
        """Whether a look has about all that was found at first."""
        lengths = [sum(len(word.text) for word in words) for words in (look, self.words)]
        return lengths[0] >= LOSS * lengths[1] and _covers(look, self.words)


def _without_mark(scan: Scan, box: Edges) -> tuple[Line, Edges]:
    """A box without the mark of a list item at its head, which misleads the engine, and that mark."""
    x0, top, x1, bottom = (max(0, round(edge / scan.scale)) for edge in box)
    if (found := mark_at_head(scan.dark[top:bottom, x0:x1])) is None:
        return [], box
    sign, spot, start = found
    ends = [(x0 + column) * scan.scale for column in (spot.x0, spot.x1, start)]
    mark = OcrWord(sign, ends[0], box[1], ends[1], box[3], 100.0)
    return [mark], (ends[2], *box[1:])


def _box_of(words: Line) -> Edges:
    return (
        min(word.x0 for word in words), min(word.top for word in words),
        max(word.x1 for word in words), max(word.bottom for word in words),
    )  # fmt: skip


def _sureness(line: Line) -> float:
    """The confidence of the least sure number of a line, or of another word of it, which matters less.

    Without its words a number says nothing, and a misread one shows that something lies over the line.
    100 for a line without numbers, 0 for one that was read together with the mark before it, or that is
    all bar: mostly a lone one.
    """
    if len(line) == 1 and line[0].is_bar:
        return 0.0
    if not any(word.is_number or word.after_mark for word in line):
        return 100.0
    if any(word.after_mark for word in line):
        return 0.0
    return min(word.confidence + (0 if word.is_number else SURE - SURE_BESIDE) for word in line)


def _least(line: Line) -> float:
    """The confidence of the least sure word of a line, but for a list item's mark; 0 where it has none."""
    return min((word.confidence for word in line if word.text != "•"), default=0.0)


def _covers(found: Line, words: Line) -> bool:
    """Whether something was found at the place of each number of a line."""
    return all(any(word.overlaps(other) for other in found) for word in words if word.is_number)


def _digits(text: str) -> str:
    """What a number's text says: its digits, and commas among them."""
    return "".join(ch for ch in text.replace(".", ",") if ch.isdigit() or ch == ",").strip(",")


def _is_unsure(line: Line) -> bool:
    return _sureness(line) < SURE


def _whole(word: OcrWord, looks: list[Line]) -> Line | None:
    """A number with what was left unread beside it, surely no digit: one look is sure, or two read alike."""
    seen: set[str] = set()
    for words in sorted(looks, key=_least, reverse=True):
        text = "".join(other.text for other in words)
        if (
            _least(words) >= LINE_CONFIDENCE
            and _digits(text) == _digits(word.text)
            and len(text) > len(word.text)
        ):
            if _least(words) >= SURE or text in seen:
                return words
            seen.add(text)
    return None


def find_reader() -> OcrReader | None:
    """The reader with Tesseract, or None where it, its French model or the Python extra is missing."""
    engine = find_tesseract()
    return OcrReader(engine) if engine else None
