"""Words as an OCR engine answers with them → characters with boxes, as a page of text has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from math import inf
from statistics import median
from typing import Any

import numpy as np

from ..page.glyphs import Font, Glyphs, TextRun
from .ink import (
    SPACE,
    Ink,
    has_more_digits,
    has_other_holes,
    is_bar,
    is_blank,
    is_corner,
    lacks_digits,
    lacks_ending,
    lacks_mark,
    mended,
    own_rows,
    parts_of,
    whole_digits,
    widened,
    with_comma,
)
from .leaders import NAME_REACH
from .marks import DOT_WHITE, dot_between, is_dash, is_spot, mark_before
from .scan import Scan, View

LEAST_CONFIDENCE = 20  # per cent: below it a word is dirt
ELIDED = 50  # per cent: how sure a word with an elision is at least, whose apostrophe the engine doubts
LINE_CONFIDENCE = 60  # of a line's best word: below it the line is a picture's, or dirt
SURE_AFTER_MARK = 85  # per cent: below it a word after the mark of a list item is looked at again without
LACKING = 30.0  # per cent: how sure a number is at most whose ink shows more than was read
LARGER = 1.3  # times the size of a line's words: a number of it set large
TWO_LINES = 1.8  # times the height of a line's other words: that of two lines
MARK_REACH = 3.0  # times the height of a list item's first word: how far its mark may stand before it
BEARING = 0.04  # of the size: white that belongs to a letter, on both its sides
CORNER_LETTERS = 2  # at most: what the bend of a frame is taken for
LEAST_SPACE = 0.15  # of the size: what is left white between words whose boxes touch
CAP_HEIGHT = 0.74  # of the size: what most words of a line are high
DESCENT = 0.21  # of the size: what « g » reaches below the line
AS_HIGH = 0.8  # times the digits before it: higher than a quotation mark
ACCENT = 0.2  # of the size: what « É » rises above other capitals
LEADER_DROP = 2.0  # points that the dots of a leader may stand below the line of their name
_FONT = Font("ocr", False, False, 0.8, -0.2)
_ELISION = re.compile(r"(?:[cdjlmnst]|(?:jus|lors|puis)?qu)['’][^\W\d_]{2,}[,;:.)]*", re.IGNORECASE)
_SIGNS = re.compile(r"^[\W_]+")
_RULING_DEBRIS = re.compile(r"[|\[\]_{}\\~]*")  # what a drawn line is taken for
_BEGINS_DECIMALS = re.compile(r"(?<!\d)\d{1,3}[.,]$")
_DECIMALS = re.compile(r"\d{1,2}(?:\D|$)")
_UNIT_LIKE = frozenset((*"#@£¥§¢©®¤ÆŒ&", "E", "kE", "KE", "ME", "Me"))
"""What « % », « € », « k€ » and « M€ » are taken for."""
_RAISED_SIGN = re.compile(r"""(\d{1,2})[°"'’”*®]{1,2}""")
_FEMININE = frozenset(("la", "cette"))
_ARTICLES = _FEMININE | {"le", "au", "du", "ce"}
_ONE_LIKE = ("l", "I", "i", "|", "!")
_BULLET_LIKE = ("+", "*", "°", "¢")  # what a bullet is taken for
_DASHES = ("-", "–", "—", "−")
_ACCENTED = set("ÀÂÄÉÈÊËÎÏÔÖÙÛÜ")
_DESCENDERS = set("gjpqyçQJ,;()[]{}|/@µ")


@dataclass(slots=True)
class OcrWord:
    """A word with its box in points of the straight picture, and the engine's confidence, per cent."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    doubtful: bool = False
    """Its digits are not sure enough to state a figure."""
    bold: bool = False
    after_mark: bool = False
    """It was read together with the mark of a list item, which misleads the engine."""

    @property
    def is_number(self) -> bool:
        """Whether it has a digit."""
        return any(map(str.isdigit, self.text))

    @property
    def is_bar(self) -> bool:
        """Whether it is a sign that a one is taken for."""
        return self.text in _ONE_LIKE

    def overlaps(self, other: OcrWord) -> bool:
        """Whether the boxes of both share a place."""
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.top < other.bottom and other.top < self.bottom
        )


Line = list[OcrWord]


def lost_units(line: Line) -> Iterator[OcrWord]:
    """The numbers of a line whose unit was misread: a sign that counts nothing follows (« 30 # »)."""
    for word, following in zip_longest(line, line[1:]):
        sign = word.text.rstrip(".,;:)]")[-1:]
        if sign[-1:].isdigit() and following is not None:
            sign = following.text.rstrip(".,;:)]")
        if word.is_number and sign in _UNIT_LIKE:
            yield word


Found = dict[str, list[Any]]
"""An engine's answer, the columns of Tesseract's TSV output: `text`, `conf` (per cent, -1 for no word),
`left`, `top`, `width`, `height` (pixels of the view shown), `block_num`, `par_num`, `line_num`."""


def sureness_of(found: Found) -> float:
    """How sure an engine is of all that it read, per cent; 0 where that is nothing."""
    answers = zip(found["text"], map(float, found["conf"]), strict=True)
    read = [(len(str(text).strip()), confidence) for text, confidence in answers if confidence >= 0]
    letters = sum(length for length, _ in read)
    return sum(length * confidence for length, confidence in read) / letters if letters else 0.0


def sureness_of_words(lines: Sequence[Line]) -> float:
    """The same of the words that were made of it."""
    words = [word for line in lines for word in line]
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0


def lines_of(found: Found, view: View, scan: Scan) -> list[Line]:
    """The words of an engine's answer to a view of `scan`, line by line, mended by their ink."""
    lines: dict[tuple[int, int, int], Line] = {}
    for k, text in enumerate(found["text"]):
        text = str(text).strip()
        confidence = float(found["conf"][k])
        if _RULING_DEBRIS.fullmatch(text):
            continue
        if _ELISION.fullmatch(text):
            confidence = max(confidence, ELIDED)
        left, above = found["left"][k] / view.zoom + view.x, found["top"][k] / view.zoom + view.y
        x0, x1 = round(left), round(left + found["width"][k] / view.zoom)
        top, bottom = round(above), round(above + found["height"][k] / view.zoom)
        place = (found["block_num"][k], found["par_num"][k], found["line_num"][k])
        top, bottom = own_rows(scan.dark, (max(0, x0), max(0, top), x1, bottom))
        x0, x1 = whole_digits(text, scan.dark[top:bottom], x0, x1)
        ink = scan.dark[top:bottom, max(0, x0) : x1]
        mark = None if place in lines else mark_before(text, ink)
        if confidence < LEAST_CONFIDENCE and mark is None:
            continue
        if len(text) <= CORNER_LETTERS and is_corner(scan.dark, (x0, top, x1, bottom)):
            continue
        if is_blank(scan.grey[top:bottom, max(0, x0) : x1], ink):
            continue
        if mark is not None:
            sign, spot, start = mark
            sure = 100.0 if sign == "•" else confidence
            lines[place] = [OcrWord(sign, *_box(x0 + spot.x0, top, x0 + spot.x1, bottom, scan), sure)]
            text, ink, x0 = _SIGNS.sub("", text), ink[:, start:], x0 + start
        text = with_comma(text, ink)
        words = mended(text, ink)
        lacks = lacks_mark(text, ink) or lacks_digits(text, ink) or has_more_digits(text, ink)
        lacks = lacks or has_other_holes(text, scan.grey, (x0, top, x1, bottom))
        if lacks or (words[0][0] == text and lacks_ending(text, ink)):
            confidence = min(confidence, LACKING)
        for word, start, end in words:
            box = _box(x0 + start, top, x0 + end, bottom, scan)
            lines.setdefault(place, []).append(OcrWord(word, *box, confidence, after_mark=mark is not None))
    for place, line in lines.items():
        whole = _with_whole_numbers(_of_one_line(_without_dirt(line, scan)))
        lines[place] = _with_dots(_with_ordinals(whole), scan)
    kept = _with_marks(
        [
            line
            for line in lines.values()
            if any(w.after_mark for w in line) or best_of(line) >= LINE_CONFIDENCE
        ],
        scan,
    )
    for line in kept:
        if len(line) > 1 and (
            _is_mark(line[0], line[1], scan) or (line[0].text in _BULLET_LIKE and line[1].text[0].isalpha())
        ):
            line[0].text = "•"
            line[1].after_mark |= line[1].confidence < SURE_AFTER_MARK
    return kept


def _of_one_line(line: Line) -> Line:
    """A line without a word in the box of two: what the engine took a word and the one below it for.

    A dash is low: beside it alone no word is too high.
    """
    usual = median([word.bottom - word.top for word in line if word.text not in _DASHES] or [inf])
    return [word for word in line if word.bottom - word.top < TWO_LINES * usual]


def _with_whole_numbers(line: Line) -> Line:
    """A line whose numbers and their units are whole again, by the white and the height of their ink.

    Less white than parts words is after the comma of « 37, 04 »; what is as high as the digits before it
    is no closing quotation mark but a per cent sign.
    """
    out = line[:1]
    for word in line[1:]:
        before, height = out[-1], word.bottom - word.top
        split = _BEGINS_DECIMALS.search(before.text) and _DECIMALS.match(word.text)
        if split and 0 <= word.x0 - before.x1 < SPACE * height:
            before.text, before.x1 = before.text + word.text, word.x1
            before.top, before.bottom = min(before.top, word.top), max(before.bottom, word.bottom)
            before.confidence = min(before.confidence, word.confidence)
            continue
        if (
            word.text == "»"
            and before.text[-1].isdigit()
            and height >= AS_HIGH * (before.bottom - before.top)
        ):
            word.text = "%"
        out.append(word)
    return out


def _with_ordinals(line: Line) -> Line:
    """A line with the raised endings of ordinals that were read as signs: « la 8° place », « la 1" place ».

    A number between an article and what it orders counts nothing, nor does it measure an angle.
    """
    for article, word, noun in zip(line, line[1:], line[2:], strict=False):
        number = _RAISED_SIGN.fullmatch(word.text)
        if number and article.text.lower() in _ARTICLES and noun.text[0].islower():
            first = "re" if article.text.lower() in _FEMININE else "er"
            word.text = number[1] + (first if number[1] == "1" else "e")
    return line


def _with_dots(line: Line, scan: Scan) -> Line:
    """A line with the bullets and raised dots between its words.

    The engine takes them for a letter or another sign, or passes over them.
    """
    words = sorted(line, key=lambda word: word.x0)
    solid = [word for word in words if len(word.text) > 1 or word.is_number]
    if not solid:
        return line
    base, height = _baseline(solid), CAP_HEIGHT * size_of(solid)
    rows = scan.dark[max(0, round((base - height) / scan.scale)) : round(base / scan.scale)]
    ends = [word.x0 for word in solid[1:]]
    if words[-1] is not solid[-1]:
        ends.append(words[-1].x1 + 1.5 * DOT_WHITE * height)  # nothing that stands behind it
    for before, end in zip(solid, ends, strict=False):
        if not 2 * DOT_WHITE * height < end - before.x1 < MARK_REACH * height:
            continue
        x0 = round(before.x1 / scan.scale)
        if (dot := dot_between(rows[:, x0 : round(end / scan.scale)])) is not None:
            sign, part = dot
            edges = (x0 + part.x0) * scan.scale, (x0 + part.x1) * scan.scale
            words = [word for word in words if not before.x1 <= word.x0 < end or word in solid]
            words.append(OcrWord(sign, edges[0], base - height, edges[1], base, 100.0))
    return sorted(words, key=lambda word: word.x0)


def best_of(line: Line) -> float:
    """The confidence of a line's surest word, but for the mark of a list item."""
    return max((word.confidence for word in line if word.text != "•"), default=0.0)


def _box(x0: int, top: int, x1: int, bottom: int, scan: Scan) -> tuple[float, float, float, float]:
    return x0 * scan.scale, top * scan.scale, x1 * scan.scale, bottom * scan.scale


def _with_marks(lines: list[Line], scan: Scan) -> list[Line]:
    """Lines with the marks of list items that were read as lines of their own at their head."""
    alone = [line[0] for line in lines if len(line) == 1 and len(line[0].text) == 1]
    for mark in alone:
        middle = (mark.top + mark.bottom) / 2
        for line in lines:
            first = line[0]
            near = 0 < first.x0 - mark.x1 < MARK_REACH * (first.bottom - first.top)
            if near and first.top < middle < first.bottom and _is_mark(mark, first, scan):
                line.insert(0, mark)
                lines = [other for other in lines if other[0] is not mark or other is line]
                break
    return lines


def put_back_marks(lines: Sequence[Line], scan: Scan) -> None:
    """Begin lines with the mark of a list item that stands before them and that the engine passed over."""
    for line in lines:
        first = line[0]
        if first.text == "•":
            continue
        x0, top, bottom = (max(0, round(edge / scan.scale)) for edge in (first.x0, first.top, first.bottom))
        reach = max(0, x0 - round(MARK_REACH * (bottom - top)))
        dark = scan.dark[top:bottom, reach:x0]
        before = parts_of(dark)
        before = [
            part for part in before if not (is_bar(part) and part.height == bottom - top)
        ]  # a panel's edge
        if len(before) == 1 and any(ch.isalpha() for word in line for ch in word.text):
            (spot,) = before
            clear = x0 - reach - spot.x1 >= spot.x1 - spot.x0
            if clear and spot.x0 > 0 and is_spot(spot, bottom - top, bottom - top, dark):
                line.insert(
                    0, OcrWord("•", *_box(reach + spot.x0, top, reach + spot.x1, bottom, scan), 100.0)
                )


def put_back_leaders(lines: Sequence[Line], scan: Scan) -> None:
    """Add the dots of each leader, as one word, to the line of the name that ends before them."""
    sureness = sureness_of_words(lines)
    for leader in scan.leaders:
        x0, _, x1, bottom = leader.box
        near = [
            (abs(x0 - word.x1), k, word)
            for k, line in enumerate(lines)
            for word in line
            if abs(x0 - word.x1) < NAME_REACH and word.top < bottom < word.bottom + LEADER_DROP
        ]
        if near:
            _, k, name = min(near, key=lambda found: found[0])
            dots = "." * leader.count
            lines[k].append(OcrWord(dots, max(x0, name.x1), name.top, x1, name.bottom, sureness))


def _is_mark(word: OcrWord, after: OcrWord, scan: Scan) -> bool:
    """Whether a line's first word, of one sign, is a list item's mark by its ink."""
    if len(word.text) > 1:
        return False
    ink, height, line = _ink_before(word, after, scan)
    parts = parts_of(ink)
    return len(parts) == 1 and is_spot(parts[0], height, line, ink)


def _without_dirt(line: Line, scan: Scan) -> Line:
    """A line without the specks that were read as dashes before numbers: they make none negative."""
    return [
        word for word, after in zip_longest(line, line[1:]) if not (after and _is_dirt(word, after, scan))
    ]


def _is_dirt(word: OcrWord, after: OcrWord, scan: Scan) -> bool:
    if word.text not in _DASHES or not after.is_number:
        return False
    ink, height, line = _ink_before(word, after, scan)
    parts = parts_of(ink)
    return len(parts) == 1 and not is_dash(parts[0], height, line)


def _ink_before(word: OcrWord, after: OcrWord, scan: Scan) -> tuple[Ink, float, float]:
    """The ink of a sign, and the height and the line of the word after it, in pixels of that ink."""
    x0, top, x1, bottom = (round(edge / scan.scale) for edge in (word.x0, word.top, word.x1, word.bottom))
    rows = scan.dark[max(0, top) : bottom]
    ink = rows[:, slice(*widened(rows, x0, x1))]
    return ink, (after.bottom - after.top) / scan.scale, after.bottom / scan.scale - top


def size_of(line: Line) -> float:
    """The size of a line's type, by the heights of its words, points; numbers set large don't tell it."""
    large = _set_large(line)
    words = [word for word in line if id(word) not in large]
    tall = list(filter(_is_tall, words))
    return median([(w.bottom - w.top) / _height(w.text) for w in tall or words])


def _set_large(line: Line) -> dict[int, float]:
    """The sizes of a line's numbers that are set large beside smaller words, by the words' ids."""
    others = [(w.bottom - w.top) / _height(w.text) for w in line if not w.is_number and _is_tall(w)]
    least = LARGER * median(others) if others else inf
    sizes = {id(w): (w.bottom - w.top) / CAP_HEIGHT for w in line if w.text.isdigit()}
    return {word: float(round(size)) for word, size in sizes.items() if size >= least}


def usual_size(lines: Sequence[Line]) -> float:
    """The size of most words of a page."""
    return median(size for line in lines for size in [size_of(line)] * len(line))


def _is_tall(word: OcrWord) -> bool:
    return any(ch.isupper() or ch.isdigit() or ch in "bdfhkltéèêà" for ch in word.text)


def _height(text: str) -> float:
    """How high a word with tall letters is, times its size."""
    letters = set(text)
    return CAP_HEIGHT + DESCENT * bool(_DESCENDERS & letters) + ACCENT * bool(_ACCENTED & letters)


def _baseline(line: Line) -> float:
    level = [w.bottom for w in line if not _DESCENDERS & set(w.text)]
    return median(level) if level else max(w.bottom for w in line) - 0.2 * size_of(line)


@dataclass(frozen=True)
class ReadGlyphs:
    """A page's characters, which of them are of doubtful numbers, and the mean confidence, 0 to 1."""

    glyphs: Glyphs
    doubtful: frozenset[int]
    confidence: float


def glyphs_of(lines: list[Line]) -> ReadGlyphs:
    """Characters with boxes: a word's box shared out among its letters; a space between words."""
    sizes = [size_of(line) for line in lines]
    usual = usual_size(lines)
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    numbers: list[int] = []
    runs: list[TextRun] = []
    doubtful: set[int] = set()
    for line, size in zip(lines, sizes, strict=True):
        # Measured heights waver; a line about as high as most is set in the same type.
        size = usual if abs(size - usual) < 0.2 * usual else float(max(1, round(size)))
        base = _baseline(line)
        words = sorted(line, key=lambda w: w.x0)
        kinds: dict[tuple[float, bool], int] = {}  # a size, bold or not → its text run
        for word in words:
            word.x0, word.x1 = word.x0 - BEARING * size, word.x1 + BEARING * size
        for word, after in pairwise(words):
            word.x1 = max((word.x0 + word.x1) / 2, min(word.x1, after.x0 - LEAST_SPACE * size))
        large = _set_large(line)
        for k, word in enumerate(words):
            own = large.get(id(word), size)
            if (own, word.bold) not in kinds:
                kinds[own, word.bold] = len(runs)
                runs.append(TextRun(0, own, line[0].x0, base, 0, _FONT, word.bold, 0, False))
            run = kinds[own, word.bold]
            if k:
                codes.append(32)
                boxes.append((boxes[-1][2], base - 0.8 * own, word.x0, base + 0.2 * own))
                numbers.append(run)
            if word.doubtful:
                doubtful.update(range(len(codes), len(codes) + len(word.text)))
            step = (word.x1 - word.x0) / len(word.text)
            for at, ch in enumerate(word.text):
                codes.append(ord(ch))
                x0 = word.x0 + at * step
                boxes.append((x0, base - 0.8 * own, x0 + step, base + 0.2 * own))
                numbers.append(run)
    x0s, tops, x1s, bottoms = np.array(boxes, dtype=np.float64).T
    glyphs = Glyphs(
        np.array(codes, dtype=np.uint32), x0s.copy(), tops.copy(), x1s.copy(), bottoms.copy(),
        np.array(numbers, dtype=np.int32), runs,
    )  # fmt: skip
    return ReadGlyphs(glyphs, frozenset(doubtful), round(sureness_of_words(lines) / 100, 3))
