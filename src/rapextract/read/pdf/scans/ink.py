"""What the ink of a word shows that the engine does not tell apart.

Tesseract reads a line as one run of shapes. Where a count stands before an acronym it may miss the
space, or take a plain bar for a one (« 4 ISM » read « 41SM »); the raised ending of « 1er » looks like a
per cent sign to it, the sign of the euro like that of the pound, the corner of a frame like an L. Here the
letters' own ink decides, by measures that hold in any type: a raised letter stands above the line, a one is
no plain bar, a pound stands on a foot, a letter's ink ends with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[np.bool_]
"""Where a picture is dark; shape (height, width)."""
Picture = npt.NDArray[np.uint8]
"""Grey levels, 0 black to 255 white; shape (height, width)."""

DARK = 140  # of 255, on white paper: darker is ink

OWN_ROWS = 0.9  # of a box: a word whose ink is higher fills it
SPECK = 0.12  # of a word's height: lower and narrower ink is dirt
RAISED = 0.2  # of a digit's height that an ordinal's ending, at least, stands above the line
BAR_WIDTH = 0.3  # of its height: a plain bar is narrower…
BAR_INK = 0.7  # …and fills its box
SPACE = 0.3  # of the height of capitals: white that parts words
NARROWER = 0.6  # of the width of a letter: another is no second one of it, but an I
WIDER = 1.5  # times the next gap: a space among letters
MARKS = 4  # parts that accents and points may add to letters
TALL, MARK, LOW = 0.7, 0.5, 0.1  # of the height of digits: a digit's height, a comma's, a waver of the line
PIECE = 0.4  # of their height: what is narrower is a one, or a piece of a digit
DECIMALS = 2  # at most, of a number whose comma was not read
NARROW = 0.5  # of their height: digits that touch are wider
BARRED = 0.8  # of a letter's width: the stroke across an e
SLICE = 8  # of a sign's height, its foot and its head are one part
FOOT = 0.12  # of a sign's width: by so much the foot of a pound, at least, is wider than its head
RING = 3  # pixels beyond a mark's box where a drawn line goes on

MOST_BLANK = 0.02  # of a box's pixels that are dark: with more there is something in it
CONTRAST = 36  # grey levels by which ink stands out, at least; what noise and shade do not
OUTER = 5  # per cent: the darkest of a box, and the lightest

LEVELS = (
    0.35,
    0.5,
    0.65,
    0.8,
)  # between ink and paper: what may be the edge of a stroke, of thick ones and thin
SPREAD = 8  # steps by which white spreads before it is asked whether it still does
WIDEST = 0.85  # of its height: a digit is no wider, unless it touches what stands beside it
LEAST_HOLE = 0.008  # of the square of a digit's height: less is dirt in a stroke
HOLES = {
    "0": 1,
    "1": 0,
    "2": 0,
    "3": 0,
    "5": 0,
    "6": 1,
    "7": 0,
    "8": 2,
    "9": 1,
}  # a four is written in two ways

_ORDINAL = re.compile(r"(\d{1,2})(%|°|[°®\"'’”*%!?]{2,3})")
_DIGITS = re.compile(r"\d.*\d")
_NUMBER = re.compile(r"(\d[\d.,]*)(%?)[.,;:]?")
_SQUARE_KM = re.compile(
    r"(?:\w+/)?km\?[.,;:)]*"
)  # what « km² » is taken for: a question mark stands on the line
_WITHOUT_COMMA = re.compile(r"(\d{2,5})(%?)[.;:]?")
_JOINED = re.compile(r"(\d+)([^\W\d_]{3,}[^\d]*)")
_DOUBLED = re.compile(r"(\(\w*([A-ZÀ-ÖØ-Þ]))\2\)?")
_WITH_ONE = re.compile(r"(\d*)(1|[Il|]1|1[Il|])([^\W\d_a-zà-öø-ÿ]+)")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a word's columns that holds ink: its box in pixels, ends exclusive."""

    x0: int
    x1: int
    top: int
    bottom: int
    share: float
    """Of its box that is ink."""

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top


def parts_of(ink: Ink) -> list[Part]:
    """The parts of a word that white columns set apart, from the left: mostly its letters; no specks."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], ink.any(axis=0).astype(np.int8), [0]))))
    least = SPECK * len(ink)
    found = []
    for x0, x1 in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        rows = np.flatnonzero(ink[:, x0:x1].any(axis=1))
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        if max(bottom - top, x1 - x0) > least:
            found.append(Part(x0, x1, top, bottom, float(ink[top:bottom, x0:x1].mean())))
    return found


def own_rows(dark: Ink, box: tuple[int, int, int, int]) -> tuple[int, int]:
    """The first row and the end of a word's `box`, without what reaches into it from lines above and below.

    The ink of another line goes on beyond the box, and white parts it from the word's. A box that is
    hardly higher than the word's own ink stays as it is.
    """
    x0, top, x1, bottom = box
    rows = dark[top:bottom, x0:x1].any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    bands = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    if not bands:
        return top, bottom
    own = max(range(len(bands)), key=lambda k: bands[k][1] - bands[k][0])
    first = 1 if own > 0 and bands[0][0] == 0 and top > 0 and dark[top - 1, x0:x1].any() else 0
    goes_on = bands[-1][1] == bottom - top and dark[bottom : bottom + 1, x0:x1].any()
    last = len(bands) - (2 if own < len(bands) - 1 and goes_on else 1)
    start, end = bands[first][0], bands[last][1]
    return (top, bottom) if end - start > OWN_ROWS * (bottom - top) else (top + start, top + end)


def mended(text: str, ink: Ink) -> list[tuple[str, int, int]]:
    """The words that `text` really is, by the ink of its box: each with its first column and its end."""
    whole = [(text, 0, ink.shape[1])]
    if match := _ORDINAL.fullmatch(text):
        number, ending = match.groups()
        parts = parts_of(ink)
        digits, rest = parts[: len(number)], parts[len(number) :]
        if _is_raised(digits, rest) and (ending != "°" or len(rest) > 1 or _is_barred(rest[0], ink)):
            return [(number + ("er" if number == "1" else "e"), 0, ink.shape[1])]
    elif text == "1" and len(parts := parts_of(ink)) == 3 and _is_raised(parts[:1], parts[1:]):
        return [("1er", 0, ink.shape[1])]
    elif match := _WITH_ONE.fullmatch(text[:-1] + "J" if text.endswith("1j") and _is_dotless(ink) else text):
        return _with_one(match[1], match[3], ink) or _parted(text, ink) or whole
    elif _JOINED.fullmatch(text):
        return _parted(text, ink) or whole
    elif (match := _DOUBLED.fullmatch(text)) and _is_narrower(match.end(1), len(text), ink):
        return [(match[1] + "I)", 0, ink.shape[1])]
    elif _SQUARE_KM.fullmatch(text) and _is_raised(*_parted_at(text.index("?"), text, parts_of(ink))):
        return [(text.replace("?", "²"), 0, ink.shape[1])]
    elif text.endswith("£") and (parts := parts_of(ink)):
        last = parts[-1]
        if not _has_foot(ink[last.top : last.bottom, last.x0 : last.x1]):
            return [(text[:-1] + "€", 0, ink.shape[1])]
    return whole


def _parted_at(at: int, text: str, parts: list[Part]) -> tuple[list[Part], list[Part]]:
    """The letters of a word before `at` and that one, told from its end: letters may touch."""
    k = len(parts) - (len(text) - at)
    return parts[: max(0, k)], parts[k : k + 1] if k > 0 else []


def _is_narrower(at: int, length: int, ink: Ink) -> bool:
    """Whether letter `at` of a word is much narrower than the one before: one letter has one width."""
    parts = parts_of(ink)
    if not length <= len(parts) <= length + 1:
        return False
    before, own = (part.x1 - part.x0 for part in parts[at - 1 : at + 1])
    return own < NARROWER * before


def _with_one(number: str, letters: str, ink: Ink) -> list[tuple[str, int, int]]:
    """A number and a word in capitals whose first letter was read as a one; none where it is a one."""
    parts = parts_of(ink)
    at = len(number)  # of the part that was read as a one
    if not at + 2 <= len(parts) <= at + 1 + len(letters):
        return []
    if not number:
        return [("I" + letters, 0, ink.shape[1])] if is_bar(parts[at]) else []
    # In type with serifs it is no bar, but a number stands apart from the word after it.
    before, after = parts[at].x0 - parts[at - 1].x1, parts[at + 1].x0 - parts[at].x1
    if before >= SPACE * parts[at].height and before >= WIDER * after:
        return [(number, 0, parts[at - 1].x1), ("I" + letters, parts[at].x0, ink.shape[1])]
    return []


def _parted(text: str, ink: Ink) -> list[tuple[str, int, int]]:
    """A number and the word that was read together with it, where white as wide as a space parts them."""
    match = _JOINED.fullmatch(text)
    parts = parts_of(ink)
    if match is None or not len(match[1]) < len(parts) <= len(text) + MARKS:
        return []
    last, first = parts[len(match[1]) - 1], parts[len(match[1])]
    before = first.x0 - last.x1
    widest = max([after.x0 - part.x1 for part, after in pairwise(parts[len(match[1]) :])], default=0)
    if before >= SPACE * parts[0].height and before >= WIDER * widest:
        return [(match[1], 0, last.x1), (match[2], first.x0, ink.shape[1])]
    return []


def stretches_of(ink: Ink) -> list[tuple[int, int]]:
    """The stretches of a line that white as wide as a space parts: the first column of each, and its end."""
    parts = parts_of(ink)
    least = SPACE * max((part.height for part in parts), default=0)
    found: list[tuple[int, int]] = []
    for part in parts:
        if found and part.x0 - found[-1][1] < least:
            found[-1] = (found[-1][0], part.x1)
        else:
            found.append((part.x0, part.x1))
    return found


def _has_foot(ink: Ink) -> bool:
    """Whether a sign is wider at its foot than at its head, as a pound is and a euro is not."""
    high = max(1, len(ink) // SLICE)
    foot, head = (np.count_nonzero(rows.any(axis=0)) for rows in (ink[-high:], ink[:high]))
    return bool(foot - head > FOOT * ink.shape[1])


def _is_raised(digits: list[Part], rest: list[Part]) -> bool:
    """Whether something follows the digits, and ends above the line that they stand on."""
    if not digits or not rest:
        return False
    line = max(part.bottom for part in digits)
    height = max(part.height for part in digits)
    return max(part.bottom for part in rest) <= line - RAISED * height


def _is_barred(part: Part, ink: Ink) -> bool:
    """Whether a stroke lies across the middle of a letter, as in an e and not in a ring."""
    middle = part.height // 4
    rows = ink[part.top + middle : part.bottom - middle, part.x0 : part.x1]
    return bool(rows.mean(axis=1).max(initial=0.0) >= BARRED)


def _is_dotless(ink: Ink) -> bool:
    """Whether the last letter of a word has no dot: a J that was read as j."""
    parts = parts_of(ink)
    letter = ink[parts[-1].top : parts[-1].bottom, parts[-1].x0 : parts[-1].x1] if parts else ink
    return bool(letter.any(axis=1).all())


def is_bar(part: Part) -> bool:
    """Whether ink is a plain upright bar."""
    return part.x1 - part.x0 <= BAR_WIDTH * part.height and part.share >= BAR_INK


def lacks_mark(text: str, ink: Ink) -> bool:
    """Whether a number's ink shows more commas or points than `text` has: « 31,4 » read « 314 »."""
    if not _DIGITS.search(text):
        return False
    parts = parts_of(ink)
    height = max((part.height for part in parts), default=0)
    tall = [k for k, part in enumerate(parts) if part.height > TALL * height]
    if len(tall) < 2:
        return False
    line = min(parts[k].bottom for k in tall) - LOW * height
    between = [part for part in parts[tall[0] : tall[-1]] if part.height <= MARK * height]
    marks = sum(part.bottom >= line for part in between)
    return marks > sum(ch in ",.;:'" for ch in text)


def with_comma(text: str, ink: Ink) -> str:
    """A number with the comma that its ink shows and the reading has not: « 18,4% » read « 184% ».

    The comma hangs below the line that the digits stand on; each of these is a part of its own.
    """
    match = _WITHOUT_COMMA.fullmatch(text)
    parts = parts_of(ink) if match else []
    height = max((part.height for part in parts), default=0)
    tall = [k for k, part in enumerate(parts) if part.height > TALL * height]
    if match is None or len(tall) < len(match[1]) or (len(tall) > len(match[1]) and not match[2]):
        return text
    tall = tall[: len(match[1])]
    line = max(parts[k].bottom for k in tall)
    digits = sum(parts[k].x1 - parts[k].x0 <= WIDEST * height for k in tall)
    low = [k for k in range(tall[0], tall[-1]) if parts[k].height <= MARK * height]
    if digits < len(tall) or len(low) != 1 or parts[low[0]].bottom < line + LOW * height:
        return text
    at = sum(k < low[0] for k in tall)
    return f"{text[:at]},{text[at:]}" if len(match[1]) - at <= DECIMALS else text


def lacks_digits(text: str, ink: Ink) -> bool:
    """Whether a number has more digits than its ink has room for: « 13 » read « 413 »."""
    if not _DIGITS.search(text):
        return False
    parts = parts_of(ink)
    height = max((part.height for part in parts), default=0)
    tall = [part for part in parts if part.height > TALL * height]
    room = sum(max(1, int((part.x1 - part.x0) / (NARROW * height))) for part in tall)  # digits may touch
    return sum(map(str.isdigit, text)) > room


def has_more_digits(text: str, ink: Ink) -> bool:
    """Whether a number's ink shows more digits than `text` has: « 79,22 » read « 79,2 ».

    Narrow parts may be pieces of a broken digit; one wider than high is two digits that touch.
    """
    match = _NUMBER.fullmatch(text)
    if match is None or match[2]:
        return False
    parts = parts_of(ink)
    height = max((part.height for part in parts), default=0)
    widths = [part.x1 - part.x0 for part in parts if part.height > TALL * height]
    shown = sum((width > PIECE * height) + (width > height) for width in widths)
    return shown > sum(map(str.isdigit, text))


def has_other_holes(text: str, grey: Picture, box: tuple[int, int, int, int]) -> bool:
    """Whether a digit, or « % », has other holes than its ink shows: « 8 » read for « 3 ».

    `box` (x0, top, x1, bottom in pixels of the picture `grey`) is the number's, which may end within a digit.
    However much is taken for ink, from the darkest pixels to the palest, a digit must have other holes:
    strokes may break, or run together.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return False
    x0, top, x1, bottom = box
    level = grey[max(0, top) : bottom]
    start, end = widened(level < DARK, x0, x1)
    own = level[:, start:end]
    if not own.size:
        return False
    ink = own < DARK
    parts = parts_of(ink)
    height = max((part.height for part in parts), default=0)
    tall = [part for part in parts if part.height > TALL * height]
    digits = [ch for ch in match[1] if ch.isdigit()]
    if len(tall) < len(digits) or (len(tall) > len(digits) and not match[2]):
        return False
    dark, light = np.percentile(own, (OUTER, 100 - OUTER))
    edges = [dark + share * (light - dark) for share in LEVELS]
    at = 0
    for digit in digits:
        if at == len(tall):
            return False  # what was taken for the pieces of one digit were two
        part, at = tall[at], at + 1
        rows, columns = slice(part.top, part.bottom), slice(part.x0, part.x1)
        if digit not in HOLES or part.x1 - part.x0 > WIDEST * height:
            continue
        if 1 - euler(ink[rows, columns]) == HOLES[digit]:
            continue
        if any(_holes(own[rows, columns] < edge) == HOLES[digit] for edge in edges):
            continue
        if at == len(tall) or not _is_broken(part, tall[at], height):
            return True
        columns, at = slice(part.x0, tall[at].x1), at + 1  # the two sides of a digit whose strokes are thin
        if all(_holes(own[:, columns] < edge) != HOLES[digit] for edge in edges):
            return True
    if not match[2] or len(tall) == len(digits):
        return False
    rings = own[:, tall[at - 1].x1 :]  # of the per cent sign: one may stand before its stroke
    return not any(_holes(rings < edge) for edge in edges)


def _is_broken(part: Part, after: Part, height: float) -> bool:
    """Whether two parts are as narrow and as near to each other as the sides of one digit, which broke."""
    narrow = max(part.x1 - part.x0, after.x1 - after.x0) <= PIECE * height
    return narrow and after.x1 - part.x0 <= WIDEST * height


def widened(rows: Ink, x0: int, x1: int) -> tuple[int, int]:
    """The first column of a box and its end, made wider where its edge cuts ink, by its height at most.

    `rows` are those of the picture that the box takes; an engine's box of a lone digit may end within it.
    """
    most = len(rows)
    start, end = max(0, x0), min(x1, rows.shape[1])
    while start > max(0, x0 - most) and rows[:, start].any():
        start -= 1
    while end < min(x1 + most, rows.shape[1]) and rows[:, end - 1].any():
        end += 1
    return start, end


def whole_digits(text: str, rows: Ink, x0: int, x1: int) -> tuple[int, int]:
    """The same for a number `text`: only so far as the digit that its box cuts is no wider than one."""
    if not (text[:1].isdigit() or text[-1:].isdigit()):
        return x0, x1
    start, end = widened(rows, x0, x1)
    if (start, end) == (x0, x1) or not (parts := parts_of(rows[:, start:end])):
        return x0, x1
    first, last = (part.x1 - part.x0 <= WIDEST * part.height for part in (parts[0], parts[-1]))
    if first and text[:1].isdigit():
        x0 = min(x0, start + parts[0].x0)
    if last and text[-1:].isdigit():
        x1 = max(x1, start + parts[-1].x1)
    return x0, x1


def euler(ink: Ink) -> int:
    """The Euler number of ink, its pieces less its holes: quickly told, but dirt counts (S. Gray 1971)."""
    wide = np.pad(ink, 1).astype(np.int8)
    quads = wide[:-1, :-1] + wide[:-1, 1:] + wide[1:, :-1] + wide[1:, 1:]
    crossed = (quads == 2) & (wide[:-1, :-1] == wide[1:, 1:])
    ones, threes, diagonal = (int(np.count_nonzero(q)) for q in (quads == 1, quads == 3, crossed))
    return (ones - threes - 2 * diagonal) // 4


def _holes(ink: Ink) -> int:
    """How many places of white a digit's ink encloses."""
    white = np.pad(~ink, 1, constant_values=True)
    least = LEAST_HOLE * len(ink) ** 2
    count = -1  # for the paper around it
    while white.any():
        place = np.zeros_like(white)
        place.flat[white.argmax()] = True
        size = 0
        while (grown := int(np.count_nonzero(place))) > size:
            size = grown
            for _ in range(SPREAD):
                place[1:] |= place[:-1] & white[1:]
                place[:-1] |= place[1:] & white[:-1]
                place[:, 1:] |= place[:, :-1] & white[:, 1:]
                place[:, :-1] |= place[:, 1:] & white[:, :-1]
        white &= ~place
        count += size >= least
    return count


def lacks_ending(text: str, ink: Ink) -> bool:
    """Whether raised ink follows a number that was read as digits alone: an ordinal's ending, an exponent."""
    if not text.isdecimal():
        return False
    parts = parts_of(ink)
    return _is_raised(parts[: len(text)], parts[len(text) :])


def is_blank(grey: npt.NDArray[np.uint8], ink: Ink) -> bool:
    """Whether a word was read where there is none, in the grain or the shade of the paper.

    `grey` is its box in the picture, `ink` where that is dark.
    """
    if not grey.size or ink.mean() > MOST_BLANK:
        return not grey.size
    dark, middle, light = np.percentile(grey, (OUTER, 50, 100 - OUTER))
    return bool(max(middle - dark, light - middle) < CONTRAST)


def is_corner(dark: Ink, box: tuple[int, int, int, int]) -> bool:
    """Whether what was read in `box` (x0, top, x1, bottom) of the picture `dark` is a bend of a drawn line.

    A bend goes on beyond its box on two sides; a letter on a dark ground has ink all around it, and is none.
    """
    x0, top, x1, bottom = box
    x0, top, x1, bottom = max(0, x0 - RING), max(0, top - RING), x1 + RING, bottom + RING
    around = dark[top:bottom, x0:x1]
    if min(around.shape) <= 2 * RING:
        return False
    sides = (around[0], around[-1], around[:, 0], around[:, -1])
    crossed = [int(np.count_nonzero(side)) for side in sides]
    return sum(count > 0 for count in crossed) >= 2 and sum(crossed) < 0.5 * sum(map(len, sides))
