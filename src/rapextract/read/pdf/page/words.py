"""Characters → words → visual lines, by geometry alone.

The spaces of a content stream are not trusted alone: some are missing, some have no width, and
PDFium guesses others. A word ends where white shows, or where the baseline, size or angle changes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from .geometry import Floats
from .glyphs import Glyphs, run_starts

WORD_GAP = 0.15  # of the size: white that parts two words without a space character
GUESSED_GAP = 0.1  # of the size: where PDFium, too, holds that a space is missing
OVERHANG = 0.35  # of the size: the farthest that an italic letter reaches over the one before it
SPACE_GAP = 0.04  # of the size: white that a space character must show to count
BACK_STEP = 0.5  # of the size: how far a pen may step back within a word
LINE_GAP = 1.0  # of the size: white that parts two runs of one baseline
BASELINE_SHIFT = 0.12  # of the size: a superscript is raised by more
SIZE_CHANGE = 0.82  # a smaller neighbour is another word
MOST_RAISED = 12  # superscripts in one line
LEAST_TRACKING, MOST_TRACKING = (
    0.06,
    0.6,
)  # of the size: white that letters are set apart by, all along a line
LEAST_TRACKED = 4  # pairs of letters
MOSTLY_TRACKED = 0.7  # of the pairs of a line; the others are words
TWIN_SHIFT = 0.2  # of the size: a glyph painted twice to look bold
TWIN_STEP = 0.6  # of its width: further on stands the same letter again, as in « ll »
MOST_COMPARED = 500  # text objects of a page, each with each other

_by_place = attrgetter("baseline", "x0")
_by_x0 = attrgetter("x0")

LINE_END_HYPHEN = 2  # PDFium's code for a hyphen that ends a line, soft or not

Indices = npt.NDArray[np.int64]


@dataclass(slots=True)
class Word:
    """A run of characters without white between them, in points from the page's top left.

    `chars` are the indices of its characters in `PageContent.glyphs`, one for each character of
    `text`. `angle` is in degrees counter-clockwise; `baseline` is measured from the top for upright
    words, and across the reading direction for turned ones. `raised` marks a superscript.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    angle: int
    colour: int
    chars: Indices
    raised: bool = False


@dataclass(slots=True)
class Inset(Word):
    """What stands in the text as one thing (a table, a panel): laid out like a word, never split."""

    what: object = None
    is_panel: bool = False


@dataclass(slots=True)
class Line:
    """Words on one baseline without a wide gap, left to right."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float

    @property
    def text(self) -> str:
        """The words joined with a space."""
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether most of its characters are bold."""
        heavy = sum(len(word.text) for word in self.words if word.bold)
        return 2 * heavy > sum(len(word.text) for word in self.words)


def find_words(glyphs: Glyphs, width: float, height: float) -> list[Word]:
    """Words of a page of `width` × `height` points, in the order of the content stream.

    Left out: characters that PDFium generated, control characters, spaces, what lies outside the
    page, and a glyph painted again over itself.
    """
    if not glyphs.runs:
        return []
    words: list[Word] = []
    kept = _visible(glyphs, width, height)
    angles = np.array([run.angle for run in glyphs.runs])
    if not angles.any():
        return _words_at(glyphs, kept, 0)
    angles = angles[glyphs.run[kept]]
    for angle in sorted(set(angles.tolist())):
        words += _words_at(glyphs, kept[angles == angle], angle)
    return words


def _visible(glyphs: Glyphs, width: float, height: float) -> Indices:
    code = glyphs.unicode
    across, down = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    kept = (
        (glyphs.run >= 0)
        & ((code >= 32) & (code < 127) | (code >= 160) | (code == LINE_END_HYPHEN))
        & (across >= 0) & (across <= width) & (down >= 0) & (down <= height)
    )  # fmt: skip
    if int(code.max(initial=0)) >= 0xD800:
        kept &= (code < 0xD800) | (code >= 0xE000) & (code < 0x110000)
        kept &= (code != 0xFFFE) & (code != 0xFFFF) & (code != 0xFEFF)
    indices = np.flatnonzero(kept)
    twins = _twins(glyphs, indices)
    return np.delete(indices, twins) if len(twins) else indices


def _twins(glyphs: Glyphs, indices: Indices) -> Indices:
    """Positions in `indices` of characters that another text object already painted at that place."""
    near = _may_be_twins(glyphs, indices)
    if not len(near):
        return near
    chars = indices[near]
    code = glyphs.unicode[chars].astype(np.int64)
    x, y, run = glyphs.x0[chars], glyphs.top[chars], glyphs.run[chars]
    reach = TWIN_SHIFT * glyphs.of_runs("size")[chars]
    step = np.minimum(reach, TWIN_STEP * (glyphs.x1[chars] - x))
    found: set[int] = set()
    for dx, dy in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        column = np.floor(x / 4 + dx).astype(np.int64)
        row = np.floor(y / 4 + dy).astype(np.int64)
        key = (code << 40) | ((column & 0xFFFFF) << 20) | (row & 0xFFFFF)
        order = np.argsort(key, kind="stable")
        first, second = order[:-1], order[1:]
        twin = (
            (key[first] == key[second])
            & (run[first] != run[second])
            & (np.abs(x[first] - x[second]) < step[second])
            & (np.abs(y[first] - y[second]) < reach[second])
        )
        found.update(near[second[twin]].tolist())
    return np.array(sorted(found), dtype=np.int64)


def _may_be_twins(glyphs: Glyphs, indices: Indices) -> Indices:
    """Positions in `indices` of the text objects whose characters begin where another's may begin."""
    run = glyphs.run[indices]
    starts = run_starts(run)
    if len(starts) < 2:
        return np.arange(0)
    if len(starts) > MOST_COMPARED:
        return np.arange(len(run))
    own = run[starts]
    near = own[:, None] != own
    reach = TWIN_SHIFT * np.array([r.size for r in glyphs.runs])[own]
    farthest = np.maximum.outer(reach, reach)
    for place in (glyphs.x0[indices], glyphs.top[indices]):
        low, high = np.minimum.reduceat(place, starts), np.maximum.reduceat(place, starts)
        apart = np.subtract.outer(low, high)
        near &= np.maximum(apart, apart.T) < farthest
    lengths = np.diff(starts, append=len(run))
    return np.flatnonzero(np.repeat(near.any(axis=1), lengths))


def _overhang(glyphs: Glyphs, place: Indices, code: npt.NDArray[np.uint32], size: Floats) -> Floats:
    """How far each character reaches over its neighbours on both sides: an italic « f » does, others 0.

    Its box is that of its ink there, which hides the space beside it. It reaches as far to the right as it
    does to the left, over the character before it in the file; the second of two as far as the first.
    """
    over = np.zeros(len(place))
    leaning = np.flatnonzero(code == ord("f"))
    if len(leaning):
        italic = np.array([run.font.italic for run in glyphs.runs])[glyphs.run[place[leaning]]]
        leaning = leaning[italic & (place[leaning] > 0)]
        before = place[leaning] - 1
        reach = glyphs.x1[before] - glyphs.x0[place[leaning]]
        reach[(reach < 0) | (reach > OVERHANG * size[leaning])] = 0
        over[leaning] = reach
        doubled = leaning[glyphs.unicode[before] == ord("f")]
        over[doubled] = over[doubled - 1]
    return over


def _words_at(glyphs: Glyphs, chars: Indices, angle: int) -> list[Word]:
    """Words among `chars`, all at one angle; the geometry is turned upright first."""
    code = glyphs.unicode[chars]
    space = (code == 32) | (code == 160)
    if int(code.max(initial=0)) >= 0x2000:
        space |= (code >= 0x2000) & (code <= 0x200B) | (code == 0x202F) | (code == 0x3000)
    # Where a pen moves on in a text object PDFium makes spaces without width: it guesses them.
    first, last = (glyphs.x0, glyphs.x1) if angle % 180 == 0 else (glyphs.top, glyphs.bottom)
    told = ~space | (last[chars] > first[chars])
    chars, code, space = chars[told], code[told], space[told]
    ink = np.flatnonzero(~space)
    if not len(ink):
        return []
    place, code = chars[ink], code[ink]
    x0, x1 = glyphs.x0[place], glyphs.x1[place]
    top, bottom = glyphs.top[place], glyphs.bottom[place]
    run, runs = glyphs.run[place], glyphs.runs
    size = np.array([r.size for r in runs])[run]
    if angle == 0:
        start, end = x0, x1
        base = np.array([r.baseline for r in runs])[run]
    else:
        start, end, low = {90: (-bottom, -top, x1), 180: (-x1, -x0, -top), 270: (top, bottom, -x0)}.get(
            angle, (x0, x1, bottom)
        )
        base = low + np.array([r.font.descent * r.size for r in runs])[run]

    # Each character with the one after it:
    gap = start[1:] - end[:-1]
    unit, larger = np.minimum(size[:-1], size[1:]), np.maximum(size[:-1], size[1:])
    spaced = np.diff(ink) > 1
    guessed = np.diff(place) > 1  # PDFium put a space there
    if angle == 0 and guessed.any():
        over = _overhang(glyphs, place, code, size)
        gap += np.where(guessed, over[:-1] + over[1:], 0)
    letter = _letters(code)
    smaller = unit < SIZE_CHANGE * larger
    if smaller.any():  # a capital before smaller ones is their word's
        capital = letter & ((code < ord("a")) | (code >= 0xC0) & (code <= 0xDE) | (code > 0x180))
        smaller &= ~(capital[:-1] & capital[1:])
    digit = (code >= 48) & (code < 58)
    off = (np.abs(np.diff(base)) > BASELINE_SHIFT * unit) | (np.abs(gap) > unit)
    gap -= _tracking(gap / unit, letter[:-1] & letter[1:], spaced, np.cumsum(off)) * unit
    # The letters of one glyph (« ffi ») all begin where it does, wherever each is said to end: no gap at all.
    same_glyph = start[:-1] == start[1:]
    broken = (
        (gap > np.where(spaced, SPACE_GAP, np.where(guessed, GUESSED_GAP, WORD_GAP)) * unit)
        | ((gap < -BACK_STEP * unit) & ~same_glyph)
        | (np.abs(np.diff(base)) > BASELINE_SHIFT * unit)
        | (smaller & ((gap > SPACE_GAP * unit) | digit[:-1] | digit[1:]))
    )
    if angle % 90:
        broken |= spaced
    firsts = np.concatenate(([0], np.flatnonzero(broken) + 1))
    ends = np.append(firsts[1:], len(ink))
    text = "".join(map(chr, code.tolist())).replace(chr(LINE_END_HYPHEN), "-")
    columns = (
        np.minimum.reduceat(x0, firsts),
        np.minimum.reduceat(top, firsts),
        np.maximum.reduceat(x1, firsts),
        np.maximum.reduceat(bottom, firsts),
        base[firsts],
        run[firsts],
        firsts,
        ends,
    )
    words = []
    for a, b, c, d, baseline, number, first, last in zip(*(part.tolist() for part in columns), strict=True):
        own = runs[number]
        words.append(
            Word(
                text[first:last], a, b, c, d, baseline, own.size, own.bold, own.font.italic,
                angle, own.colour, place[first:last],
            )
        )  # fmt: skip
    return words


def _letters(code: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which of the code points stand in words: Western letters, hyphens and apostrophes."""
    basic = (code | 32) - ord("a") < 26  # unsigned: what is below « a » is far above
    joining = (code == ord("-")) | (code == ord("'")) | (code == 0x2019)
    letters: npt.NDArray[np.bool_] = basic | (code >= 0xC0) & (code < 0x180) | joining
    return letters


def _tracking(
    gap: Floats, letters: npt.NDArray[np.bool_], spaced: npt.NDArray[np.bool_], line: Indices
) -> Floats:
    """The white that all characters of a line are set apart by, in font sizes; 0 in others.

    `gap` is that between each character and the next, `letters` tells where both are letters, `spaced` where
    a space character stands between them, and `line` numbers the lines.
    """
    found = np.zeros(len(gap))
    beside = letters & ~spaced & (np.abs(gap) <= 1)
    wide = beside & (gap > LEAST_TRACKING)
    if np.count_nonzero(wide) < LEAST_TRACKED:
        return found
    pairs, far, spaces = (np.bincount(line, which) for which in (beside, wide, spaced))
    for number in np.flatnonzero((far >= LEAST_TRACKED) & (far >= MOSTLY_TRACKED * pairs)).tolist():
        usual = float(np.median(gap[beside & (line == number)]))
        # Without a space character in the line, wider white may be the spaces between single letters.
        if usual < (MOST_TRACKING if spaces[number] else WORD_GAP + LEAST_TRACKING):
            found[(line == number) & ~spaced & (np.abs(gap) <= 1)] = usual
    return found


def find_lines(words: Iterable[Word], gap: float = LINE_GAP) -> list[Line]:
    """Words grouped into visual lines, from the top down and then from left to right.

    A line goes on over gaps up to `gap` times its size. A superscript joins the line of the word
    that it follows, and is marked `raised`.
    """
    upright = sorted(words, key=_by_place)
    if len(upright) == 1:
        return [_line(upright)]
    rows: list[list[Word]] = []
    base = size = -math.inf  # of the first word of the last row
    for word in upright:
        if word.baseline - base <= 0.25 * (word.size if word.size < size else size):
            rows[-1].append(word)
        else:
            rows.append([word])
            base, size = word.baseline, word.size
    lines: list[Line] = []
    for row in rows:
        row.sort(key=_by_x0)
        if math.isinf(gap):
            lines.append(_line(row))
            continue
        begin, before = 0, row[0]
        for k, word in enumerate(row):
            if word.x0 - before.x1 > gap * (word.size if word.size > before.size else before.size):
                lines.append(_line(row[begin:k]))
                begin = k
            before = word
        lines.append(_line(row[begin:]))
    return _adopt_raised(lines)


def main_word(words: Sequence[Word]) -> Word:
    """The first of the longest among the largest words: what a line looks like."""
    main = words[0]
    for word in words:
        if word.size > main.size or (word.size == main.size and len(word.text) > len(main.text)):
            main = word
    return main


def _line(words: list[Word]) -> Line:
    if len(words) == 1:
        word = words[0]
        word.raised = False
        return Line(words, word.x0, word.top, word.x1, word.bottom, word.baseline, word.size)
    main = main_word(words)
    size, baseline = main.size, main.baseline
    top, x1, bottom, least = main.top, main.x1, main.bottom, size
    for word in words:
        word.raised = False
        if word.top < top:
            top = word.top
        if word.x1 > x1:
            x1 = word.x1
        if word.bottom > bottom:
            bottom = word.bottom
        if word.size < least:
            least = word.size
    if least < SIZE_CHANGE * size:
        for word in words:
            word.raised = word.size < SIZE_CHANGE * size and baseline - word.baseline > BASELINE_SHIFT * size
    return Line(words, words[0].x0, top, x1, bottom, baseline, size)


def _adopt_raised(lines: list[Line]) -> list[Line]:
    """Give each superscript, and each list mark set off its line, to the line it belongs to."""
    kept: list[Line] = []
    for number, line in enumerate(lines):
        near = _within_reach(line, lines[max(0, number - 3) : number + 4])
        if not near:
            kept.append(line)
            continue
        stay: list[Word] = []
        for k, word in enumerate(line.words):
            # A mark begins its line: a colon that ends one is none of the column beside it.
            alone = k == 0 or word.x0 - line.words[k - 1].x1 > word.size
            host = None if isinstance(word, Inset) else _host(word, near, alone)
            if host is None:
                stay.append(word)
                continue
            word.raised = word.text.isalnum() and word.baseline < host.baseline
            host.words = sorted([*host.words, word], key=lambda w: w.x0)
            host.x0, host.x1 = min(host.x0, word.x0), max(host.x1, word.x1)
            host.top, host.bottom = min(host.top, word.top), max(host.bottom, word.bottom)
        if len(stay) == len(line.words):
            kept.append(line)
        elif stay:
            line.words = stay
            kept.append(_line(stay))
            lines[number] = kept[-1]
        else:
            line.words = []
    return kept


def _within_reach(line: Line, near: list[Line]) -> list[Line]:
    """Those of the lines around `line` that a word of it may belong to: not too far from its baseline.

    None for a line of many words: they are no superscripts.
    """
    words = line.words
    if not 0 < len(words) <= MOST_RAISED:
        return []
    low = high = words[0].baseline
    for word in words:
        if word.baseline < low:
            low = word.baseline
        elif word.baseline > high:
            high = word.baseline
    return [
        other
        for other in near
        if low - 0.5 * other.size < other.baseline < high + 0.7 * other.size
        and other is not line
        and other.words
    ]


def _host(word: Word, near: list[Line], alone: bool) -> Line | None:
    """The line nearby that a superscript, or a list mark with white before it (`alone`), belongs to."""
    mark = alone and len(word.text) == 1 and not word.text.isalnum()
    for line in near:
        if not line.words:
            continue
        rise = line.baseline - word.baseline
        if mark and abs(rise) < 0.5 * line.size and 0 < line.x0 - word.x1 < 3 * line.size:
            return line
        # A superscript may be hardly smaller than its line; then it must be short and well raised.
        small = word.size < SIZE_CHANGE * line.size
        if not small and (word.size > line.size or len(word.text) > 4 or rise < 0.25 * line.size):
            continue
        if not (BASELINE_SHIFT * line.size < rise < 0.7 * line.size or -0.4 * line.size < rise < 0):
            continue
        reach = 0.3 * line.size
        # Small words beside a number set large are none of the small ones below them.
        hosts = [
            w
            for w in line.words
            if not small or w.baseline == word.baseline or word.size < SIZE_CHANGE * w.size
        ]
        if any(abs(word.x0 - w.x1) < reach or abs(w.x0 - word.x1) < reach for w in hosts):
            return line
    return None
