"""Characters → words → visual lines, by geometry alone.

The spaces of a content stream are not trusted alone: some are missing, some have no width, and
PDFium guesses others. A word ends where white shows, or where the baseline, size or angle changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .glyphs import Glyphs

WORD_GAP = 0.15  # of the size: white that parts two words without a space character
SPACE_GAP = 0.04  # of the size: white that a space character must show to count
BACK_STEP = 0.5  # of the size: how far a pen may step back within a word
LINE_GAP = 1.0  # of the size: white that parts two runs of one baseline
BASELINE_SHIFT = 0.12  # of the size: a superscript is raised by more
SIZE_CHANGE = 0.82  # a smaller neighbour is another word
TWIN_SHIFT = 0.2  # of the size: a glyph painted twice to look bold

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
    angles = np.array([run.angle for run in glyphs.runs])[glyphs.run[kept]]
    for angle in np.unique(angles).tolist():
        words += _words_at(glyphs, kept[angles == angle], angle)
    return words


def _visible(glyphs: Glyphs, width: float, height: float) -> Indices:
    code = glyphs.unicode
    across, down = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    kept = (
        (glyphs.run >= 0)
        & ((code >= 32) & (code < 127) | (code > 160) | (code == 160) | (code == 2))
        & (code < 0x110000)
        & ~((code >= 0xD800) & (code < 0xE000))
        & (code != 0xFFFE) & (code != 0xFFFF) & (code != 0xFEFF)
        & (across >= 0) & (across <= width) & (down >= 0) & (down <= height)
    )  # fmt: skip
    indices = np.flatnonzero(kept)
    return np.delete(indices, _twins(glyphs, indices))


def _twins(glyphs: Glyphs, indices: Indices) -> Indices:
    """Positions in `indices` of characters that another text object already painted at that place."""
    code = glyphs.unicode[indices].astype(np.int64)
    x, y = glyphs.x0[indices], glyphs.top[indices]
    run = glyphs.run[indices]
    size = np.array([r.size for r in glyphs.runs])[run]
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
            & (np.abs(x[first] - x[second]) < TWIN_SHIFT * size[second])
            & (np.abs(y[first] - y[second]) < TWIN_SHIFT * size[second])
        )
        found.update(second[twin].tolist())
    return np.array(sorted(found), dtype=np.int64)


def _words_at(glyphs: Glyphs, chars: Indices, angle: int) -> list[Word]:
    """Words among `chars`, all at one angle; the geometry is turned upright first."""
    x0, x1 = glyphs.x0[chars], glyphs.x1[chars]
    top, bottom = glyphs.top[chars], glyphs.bottom[chars]
    start, end, low = {
        90: (-bottom, -top, x1),
        180: (-x1, -x0, -top),
        270: (top, bottom, -x0),
    }.get(angle, (x0, x1, bottom))
    run = glyphs.run[chars]
    runs = glyphs.runs
    size = np.array([r.size for r in runs])[run]
    if angle == 0:
        base = np.array([r.baseline for r in runs])[run]
    else:
        base = low + np.array([r.font.descent * r.size for r in runs])[run]
    space = (glyphs.unicode[chars] == 32) | (glyphs.unicode[chars] == 160)
    space |= (glyphs.unicode[chars] >= 0x2000) & (glyphs.unicode[chars] <= 0x200B)
    space |= (glyphs.unicode[chars] == 0x202F) | (glyphs.unicode[chars] == 0x3000)

    ink = np.flatnonzero(~space)
    if not len(ink):
        return []
    left, right = ink[:-1], ink[1:]
    gap = start[right] - end[left]
    unit = np.minimum(size[left], size[right])
    spaced = right - left > 1
    # A character that stands for several shares its box with the one before it: no gap at all.
    same_box = (start[left] == start[right]) & (end[left] == end[right])
    broken = (
        (gap > np.where(spaced, SPACE_GAP, WORD_GAP) * unit)
        | ((gap < -BACK_STEP * unit) & ~same_box)
        | (np.abs(base[left] - base[right]) > BASELINE_SHIFT * unit)
        | (unit < SIZE_CHANGE * np.maximum(size[left], size[right]))
    )
    if angle % 90:
        broken |= spaced
    firsts = np.concatenate(([0], np.flatnonzero(broken) + 1))
    ends = np.concatenate((firsts[1:], [len(ink)]))
    place = chars[ink]
    text = "".join(map(chr, glyphs.unicode[place].tolist()))
    edges = (
        np.minimum.reduceat(x0[ink], firsts).tolist(),
        np.minimum.reduceat(top[ink], firsts).tolist(),
        np.maximum.reduceat(x1[ink], firsts).tolist(),
        np.maximum.reduceat(bottom[ink], firsts).tolist(),
        base[ink][firsts].tolist(),
        run[ink][firsts].tolist(),
        firsts.tolist(),
        ends.tolist(),
    )
    words = []
    for a, b, c, d, baseline, number, first, last in zip(*edges, strict=True):
        own = runs[number]
        words.append(
            Word(
                text[first:last], a, b, c, d, baseline, own.size, own.bold, own.font.italic,
                angle, own.colour, place[first:last],
            )
        )  # fmt: skip
    return words


def find_lines(words: Iterable[Word], gap: float = LINE_GAP) -> list[Line]:
    """Upright words grouped into visual lines, from the top down and then from left to right.

    A line goes on over gaps up to `gap` times its size. A superscript joins the line of the word
    that it follows, and is marked `raised`.
    """
    upright = sorted((w for w in words if w.angle == 0), key=lambda w: (w.baseline, w.x0))
    rows: list[list[Word]] = []
    for word in upright:
        row = rows[-1] if rows else None
        if row and word.baseline - row[0].baseline <= 0.25 * min(word.size, row[0].size):
            row.append(word)
        else:
            rows.append([word])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda w: w.x0)
        current = [row[0]]
        for word in row[1:]:
            if word.x0 - current[-1].x1 > gap * max(word.size, current[-1].size):
                lines.append(_line(current))
                current = []
            current.append(word)
        lines.append(_line(current))
    return _adopt_raised(lines)


def _line(words: list[Word]) -> Line:
    main = max(words, key=lambda w: (w.size, len(w.text)))
    return Line(
        words,
        words[0].x0,
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
        main.baseline,
        main.size,
    )


def _adopt_raised(lines: list[Line]) -> list[Line]:
    """Give each short raised run to the line whose word it touches, left or right."""
    kept: list[Line] = []
    for line in lines:
        host = _host(line, lines) if len(line.words) <= 2 else None
        if host is None:
            kept.append(line)
            continue
        for word in line.words:
            word.raised = word.baseline < host.baseline
        host.words = sorted([*host.words, *line.words], key=lambda w: w.x0)
        host.x0, host.x1 = min(host.x0, line.x0), max(host.x1, line.x1)
        host.top, host.bottom = min(host.top, line.top), max(host.bottom, line.bottom)
    return kept


def _host(line: Line, lines: list[Line]) -> Line | None:
    for other in lines:
        if other is line or line.size >= SIZE_CHANGE * other.size:
            continue
        rise = other.baseline - line.baseline
        if not (0.12 * other.size < rise < 0.7 * other.size or -0.4 * other.size < rise < 0):
            continue
        reach = 0.3 * other.size
        for word in other.words:
            if abs(line.x0 - word.x1) < reach or abs(word.x0 - line.x1) < reach:
                return other
    return None
