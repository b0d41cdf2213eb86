"""Columns from the text alone: white rivers that run down between the phrases of consecutive lines.

A river is a stretch of x that hardly any line of type crosses although lines have text on both its
sides: the white-space projection of Oro and Ruffolo (2009, PDF-TREX) and of Nurminen (2013, ch. 4).
The width asked of a river falls with the number of lines that keep it clear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain, pairwise
from math import inf

import numpy as np

from .phrases import Line, level_of, middle, size_of
from .profile import Counts, profile, runs
from .words import Phrase, Words

OVERLAP = 0.9  # of the font size: lines nearer than this overlap in height
TIGHT = 0.25  # of the font size: the narrowest river between columns of figures
GROUPS = re.compile(r"\D{0,2}\d{1,3}(?:[  \u202f]\d{3})+(?:[.,]\d+)?\D{0,3}")
SAME_EDGE = 0.1  # of the font size: figures that begin or end together
LEAST_PARTED = 3  # lines with a figure on either side of it
MOST_PARTED = 0.6  # of all lines
SAME_WIDTH = 0.004  # of the font size: how far the mean widths of letters differ in typewriting
NARROWEST = 0.25  # of the font size: what a wrapped line leaves of a river


def columns_of(lines: list[Line]) -> list[float]:
    """Where columns part, as the middle of each river between the lines' phrases."""
    body = [band for band in map(merged_band, bands_of(lines)) if len(band) > 1]
    if len(body) < 2:
        return []
    x0 = min(line[0].x0 for line in body)
    ends = [max(phrase.x1 for phrase in line) for line in body]
    x1 = max(ends)
    size = middle([size_of(line) for line in body])
    width = int(x1 - x0) + 2
    both = profile(((line[0].x0 - x0, end - x0 + 1) for line, end in zip(body, ends, strict=True)), width)
    crossed = profile(((p.x0 - x0 + 0.5, p.x1 - x0 + 0.5) for line in body for p in line), width)
    count = len(body)
    allowed = int(0.1 * count)
    clear = (crossed <= allowed) & (both >= max(2 if count > 2 else 1, 0.15 * count))
    need = size * min(max(0.9 - 0.05 * count, 0.35), 0.8)
    rivers: list[tuple[float, float]] = []
    for start, end in runs(clear):
        wide = end - start >= need or _parts_figures(body, x0 + start, x0 + end, size)
        if wide and start > 0 and end < width - 1:
            least = crossed[start:end].min()
            places = np.flatnonzero(crossed[start:end] == least) + start
            rivers.append((x0 + float(places.mean()) + 0.5, float(end - start)))
    return _past_wraps(lines, body, _exclusive(body, _supported(body, rivers, x0, crossed)))


def _parts_figures(lines: list[Line], start: float, end: float, size: float) -> bool:
    """Whether a narrow river runs before figures in most lines, which leave no more white: no text does.

    Figures stand left of it too; or keys, and the figures right of it begin or end at one edge.
    """
    if end - start < TIGHT * size:
        return False
    beside = []
    for line in lines:
        place = bisect_left([phrase.x0 for phrase in line], (start + end) / 2)
        if 0 < place < len(line) and line[place].number:
            beside.append((line[place - 1], line[place]))
    figures = [(left, right) for left, right in beside if left.number]
    keyed = [(left, right) for left, right in beside if not left.number]
    # Each pair may be one number, its thousands set apart: « 16 881 ».
    if all(GROUPS.fullmatch(f"{left.text} {right.text}") for left, right in figures):
        figures = []
    for pairs in (figures, keyed):
        if len(pairs) < max(LEAST_PARTED, MOST_PARTED * len(lines)):
            continue
        lefts, rights = [left.x1 for left, _ in pairs], [right.x0 for _, right in pairs]
        near = max(lefts) > start - NARROWEST * size and min(rights) < end + NARROWEST * size
        ends = [right.x1 for _, right in pairs]
        edge = min(max(side) - min(side) for side in (rights, ends)) <= SAME_EDGE * size
        if near and (pairs is figures or edge):
            return True
    return False


def bands_of(lines: list[Line]) -> list[list[Line]]:
    """Lines from the top down, those together that overlap: a cell is centred beside a wrapped one."""
    bands: list[list[Line]] = []
    size = level = -inf
    for line in lines:
        above, size = size, size_of(line)
        height, level = level, level_of(line)
        if level - height < OVERLAP * min(size, above):
            bands[-1].append(line)
        else:
            bands.append([line])
    return bands


def merged_band(band: list[Line]) -> Line:
    """The phrases of lines that overlap, from left to right."""
    return band[0] if len(band) == 1 else sorted(chain(*band), key=lambda phrase: phrase.x0)


def _supported(
    lines: list[Line], rivers: list[tuple[float, float]], x0: float, crossed: Counts
) -> list[float]:
    """Only the cuts between columns that several lines fill; `rivers` are cuts with the white around them.

    What few lines fill belongs to the neighbour that more of it crosses to, or that is nearer.
    """
    cuts = [cut for cut, _ in rivers]
    white = dict(rivers)
    need = max(2.0, 0.1 * len(lines)) if len(lines) > 2 else 1.0
    while cuts:
        count = [0] * (len(cuts) + 1)
        for line in lines:
            for phrase in line:
                a, b = column_at(phrase.x0 + 1, cuts), column_at(phrase.x1 - 1, cuts)
                if a == b:
                    count[a] += 1
        weakest = min(range(len(count)), key=count.__getitem__)
        if count[weakest] >= need:
            break
        sides = [k for k in (weakest - 1, weakest) if 0 <= k < len(cuts)]
        cuts.pop(max(sides, key=lambda k: (crossed[int(cuts[k] - x0)], -white[cuts[k]])))
    return cuts


def _past_wraps(lines: list[Line], body: list[Line], cuts: list[float]) -> list[float]:
    """The cuts moved right where a line alone, the rest of a wrapped cell, reaches into the river."""
    alone = [line[0] for line in lines if len(line) == 1]
    starts = sorted([phrase.x0 for line in body for phrase in line])
    moved = []
    for cut in cuts:
        start = starts[bisect_left(starts, cut)]
        reach = [p.x1 for p in alone if p.x0 < cut < p.x1 and p.x1 < start - NARROWEST * p.size]
        moved.append((max(reach) + start) / 2 if reach else cut)
    return moved


def _exclusive(lines: list[Line], cuts: list[float]) -> list[float]:
    """The cuts without those between two columns of text that no line fills both: one column, set in."""
    # The columns in which each phrase begins and ends, and whether it is a figure.
    placed = [
        [(column_at(p.x0 + 1, cuts), bisect_right(cuts, p.x1 - 1), p.number) for p in line] for line in lines
    ]
    kept: list[int] = []
    for k in range(len(cuts)):
        left = kept[-1] + 1 if kept else 0
        for line in placed:
            before = [number for first, last, number in line if left <= first and last <= k]
            after = [number for first, last, number in line if k < first and last <= k + 1]
            if (before and after) or any(before) or any(after):
                kept.append(k)
                break
    return [cuts[k] for k in kept]


def column_at(x: float, cuts: list[float]) -> int:
    """The column, 0-based, in which an x falls."""
    return bisect_left(cuts, x)


def ranges_of(words: Words, line: Line, cuts: list[float]) -> list[tuple[int, int, Sequence[int]]]:
    """Columns (first, one past the last) that each piece of a header line stands over, with its words.

    A phrase that crosses columns is cut between words where the gap at a column's edge is wider than
    its other gaps; what remains whole spans the columns it covers.
    """
    out: list[tuple[int, int, Sequence[int]]] = []
    for phrase in line:
        pieces: list[Sequence[int]] = [phrase.words]
        if column_at(phrase.x0 + 1, cuts) < column_at(phrase.x1 - 1, cuts) and len(phrase.words) > 1:
            pieces = _cut_words(words, phrase, cuts)
        for piece in pieces:
            left, right = words.x0[piece[0]], max(words.x1[k] for k in piece)
            a, b = column_at(left + 1, cuts), column_at(right - 1, cuts)
            if a < b and len(pieces) > 1:
                a = b = column_at((left + right) / 2, cuts)
            out.append((a, b + 1, piece))
    return out


def _cut_words(words: Words, phrase: Phrase, cuts: list[float]) -> list[Sequence[int]]:
    gaps = [words.x0[b] - words.x1[a] for a, b in pairwise(phrase.words)]
    usual = min(min(gaps), max(0.3 * phrase.size, _letter(words, phrase)))
    least = (0.33 if len(gaps) > 1 else 0.45) * phrase.size  # nothing else tells how wide a space is
    pieces: list[list[int]] = [[phrase.words[0]]]
    for gap, a, b in zip(gaps, phrase.words, phrase.words[1:], strict=False):
        apart = column_at(words.centre[a], cuts) != column_at(words.centre[b], cuts)
        if apart and gap > max(1.35 * usual, least):
            pieces.append([b])
        else:
            pieces[-1].append(b)
    return list(pieces)


def _letter(words: Words, phrase: Phrase) -> float:
    """The width of a letter, and so of a space, where all are as wide: the type of a typewriter; else 0."""
    widths = [(words.x1[k] - words.x0[k]) / len(words.text[k]) for k in phrase.words]
    return widths[0] if max(widths) - min(widths) < SAME_WIDTH * phrase.size else 0.0


def centred_range(
    box: tuple[float, float],
    a: int,
    b: int,
    claimed: set[int],
    extents: list[tuple[float, float]],
    size: float,
) -> tuple[int, int]:
    """The columns (first, one past the last) over which a header phrase in columns a to b is centred.

    `extents` are the columns' own edges; `claimed` are columns with a header of their own on that
    line, and the key column takes no part. The phrase keeps its columns where it is centred on them.
    """

    def offset(first: int, last: int) -> float:
        edges = extents[first:last]
        return abs(box[0] + box[1] - edges[0][0] - edges[-1][1]) / 2

    own = offset(a, b)
    low, high = a, b
    while low - 1 >= 1 and low - 1 not in claimed:
        low -= 1
    while high < len(extents) and high not in claimed:
        high += 1
    choices = [(first, last) for first in range(low, a + 1) for last in range(b, high + 1)]
    best = min(choices, key=lambda choice: (offset(*choice), choice[1] - choice[0]))
    if own > 0.8 * size and offset(*best) < min(0.3 * own, 0.6 * size):
        return best
    return a, b


def crosses(phrase: Phrase, cuts: list[float]) -> bool:
    """Whether a phrase reaches over one of the places where columns part."""
    return column_at(phrase.x0 + 1, cuts) < column_at(phrase.x1 - 1, cuts)


def columns_filled(lines: list[Line], cuts: list[float]) -> set[int]:
    """The columns, numbered from the left, that lines have text in."""
    return {
        column
        for line in lines
        for phrase in line
        for column in range(column_at(phrase.x0 + 1, cuts), column_at(phrase.x1 - 1, cuts) + 1)
    }
