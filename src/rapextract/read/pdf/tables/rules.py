"""Rulings of a page, made whole: drawn lines, thin rectangles and the edges of cell backgrounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..page import Ruling
from .phrases import Line, level_of, middle
from .regions import CAPTION
from .words import Bools, Floats, Ints, Words

TOUCHES = 3.0  # points: a level ruling that ends so near to an upright one touches it
SNAP = 1.8  # points: lines this near to each other are one
JOIN = 3.0  # points: a gap up to this wide between two pieces of a line is none
SHORTEST = 4.0  # points: a shorter piece that joins nothing is no ruling
HUGS = 1.5  # points: paint that ends so near to its words on both sides is a highlight
SAME_END = 4.0  # points: level rulings that begin and end so near to each other make a stack
LEAST_STACK = 4  # rulings
HIGH_BAND = 1.6  # times the usual height of a band
HIGHEST_BAND = 5.0  # times the usual height: no row is so high
MOST = 4000  # more pieces than this on a page are a drawing


@dataclass(frozen=True, slots=True)
class Rules:
    """Straight rulings. Each row is (position, from, to): y, x0, x1 across and x, top, bottom upright."""

    across: Floats
    upright: Floats

    def within(self, x0: float, top: float, x1: float, bottom: float) -> Rules:
        """Those that lie inside a box, give or take a point."""
        a, u = self.across, self.upright
        keep_a = (a[:, 0] >= top - 1) & (a[:, 0] <= bottom + 1) & (a[:, 1] < x1) & (a[:, 2] > x0)
        keep_u = (u[:, 0] >= x0 - 1) & (u[:, 0] <= x1 + 1) & (u[:, 1] < bottom) & (u[:, 2] > top)
        return Rules(a[keep_a], u[keep_u])


def _merged(pieces: Floats) -> Floats:
    """Pieces on nearly one line, with no real gap between them, joined."""
    if not len(pieces):
        return pieces.reshape(0, 3)
    pieces = pieces[np.argsort(pieces[:, 0], kind="stable")]
    band = np.concatenate(([0], np.cumsum(np.diff(pieces[:, 0]) > SNAP)))
    # A chain of near lines may climb a whole page: start anew where it gets too far from its start.
    base = pieces[np.searchsorted(band, band), 0]
    band = band * 1000 + ((pieces[:, 0] - base) // (2 * SNAP)).astype(np.int64)
    order = np.lexsort((pieces[:, 1], band))
    pieces, band = pieces[order], band[order]
    out: list[list[float]] = []
    last = -1
    weight = 0.0
    for (position, start, end), group in zip(pieces.tolist(), band.tolist(), strict=True):
        if group == last and start <= out[-1][2] + JOIN:
            length = max(end - start, 0.1)
            out[-1][0] = (out[-1][0] * weight + position * length) / (weight + length)
            out[-1][2] = max(out[-1][2], end)
            weight += length
        else:
            out.append([position, start, end])
            last, weight = group, max(end - start, 0.1)
    merged: Floats = np.array(out)
    long: Bools = merged[:, 2] - merged[:, 1] >= SHORTEST
    return merged[long]


def rules_of(rulings: list[Ruling]) -> Rules:
    """A page's rulings as arrays, pieces of one line made one."""
    if len(rulings) > MOST:
        rulings = []
    across = [(r.position, r.start, r.end) for r in rulings if r.horizontal]
    upright = [(r.position, r.start, r.end) for r in rulings if not r.horizontal]
    return Rules(_merged(np.array(across).reshape(-1, 3)), _merged(np.array(upright).reshape(-1, 3)))


def background_rules(fills: Floats, words: Words, page_area: float) -> Rules:
    """Edges of cell backgrounds: filled boxes that hold text and are not the paint behind one word run.

    A fill inside another one (the highlight behind the text of a shaded cell) tells nothing of the
    grid; one that covers much of the page is its ground.
    """
    empty = Rules(np.zeros((0, 3)), np.zeros((0, 3)))
    if not len(fills) or not len(words):
        return empty
    width, height = fills[:, 2] - fills[:, 0], fills[:, 3] - fills[:, 1]
    cells = fills[(width > 8) & (height > 5) & (width * height < 0.35 * page_area)]
    if not 1 <= len(cells) <= 600:
        return empty
    cells = np.unique(np.round(cells, 1), axis=0)
    x, y = (words.x0 + words.x1) / 2, words.level
    within = (x >= cells[:, 0:1]) & (x <= cells[:, 2:3]) & (y >= cells[:, 1:2]) & (y <= cells[:, 3:4])
    left = np.where(within, words.x0, np.inf).min(axis=1) - cells[:, 0]
    right = cells[:, 2] - np.where(within, words.x1, -np.inf).max(axis=1)
    holds = within.any(axis=1) & ~((left < HUGS) & (right < HUGS))  # a marker pen's stroke hugs its words
    inner = (
        (cells[:, None, 0] >= cells[None, :, 0] - 0.5)
        & (cells[:, None, 1] >= cells[None, :, 1] - 0.5)
        & (cells[:, None, 2] <= cells[None, :, 2] + 0.5)
        & (cells[:, None, 3] <= cells[None, :, 3] + 0.5)
    )
    np.fill_diagonal(inner, False)
    cells = cells[holds & ~inner.any(axis=1)]
    if not len(cells):
        return empty
    across = np.concatenate([cells[:, [1, 0, 2]], cells[:, [3, 0, 2]]])
    upright = np.concatenate([cells[:, [0, 1, 3]], cells[:, [2, 1, 3]]])
    quarter = (words.bottom - words.top) / 4
    # A cell may be painted in strips: an edge that runs through words parts none.
    struck = _runs_through(across, x, words.top + quarter, words.bottom - quarter)
    pierced = _runs_through(upright, y, words.x0 + 2, words.x1 - 2)
    return Rules(_merged(across[~struck]), _merged(upright[~pierced]))


def _runs_through(edges: Floats, along: Floats, start: Floats, end: Floats) -> Bools:
    """Mask of the edges on whose length a word lies that spans their position from start to end."""
    place, low, high = edges[:, 0:1], edges[:, 1:2], edges[:, 2:3]
    through: Bools = (along > low) & (along < high) & (start < place) & (place < end)
    return np.asarray(through.any(axis=1), dtype=bool)


def joined(first: Rules, second: Rules) -> Rules:
    """Both sets, merged."""
    return Rules(
        _merged(np.concatenate([first.across, second.across])),
        _merged(np.concatenate([first.upright, second.upright])),
    )


def touching_groups(rules: Rules, reach: float) -> list[tuple[Ints, Ints]]:
    """Rulings that cross or touch, in groups: positions in `across` and in `upright`.

    An upright one may end up to `reach` points above or below: double rulings break those that part columns.
    """
    a, u = rules.across, rules.upright
    if not len(a) or not len(u) or len(a) * len(u) > 1_000_000:
        return []
    touch: Bools = (
        (u[None, :, 0] >= a[:, 1:2] - TOUCHES)
        & (u[None, :, 0] <= a[:, 2:3] + TOUCHES)
        & (a[:, 0:1] >= u[None, :, 1] - reach)
        & (a[:, 0:1] <= u[None, :, 2] + reach)
    )
    label = np.arange(len(a))
    upright_label = np.full(len(u), len(a))
    while True:  # the smallest label flows along touching lines until nothing changes
        spread = np.where(touch, label[:, None], len(a))
        upright_label = np.minimum(upright_label, spread.min(axis=0))
        back = np.where(touch, upright_label[None, :], len(a)).min(axis=1)
        new = np.minimum(label, back)
        if (new == label).all():
            break
        label = new
    groups = []
    for value in np.unique(upright_label[upright_label < len(a)]).tolist():
        groups.append(
            (np.flatnonzero((label == value) & touch.any(axis=1)), np.flatnonzero(upright_label == value))
        )
    return groups


def stacks(across: Floats, lines: list[Line]) -> list[Rules]:
    """Level rulings of one length, one below the other, as groups closed by upright borders.

    A band that holds no line of two phrases (a caption, a note, white) parts two groups where it is
    high, or where figures stand above it and a header below.
    """
    groups: list[list[list[float]]] = []
    for rule in across[np.argsort(across[:, 0])].tolist():
        for group in groups:
            _, start, end = group[-1]
            if abs(start - rule[1]) <= SAME_END and abs(end - rule[2]) <= SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    found = []
    levels = [(level_of(line), len(line), CAPTION.match(line[0].text) is not None) for line in lines]
    figured = [(level_of(line), any(phrase.number for phrase in line[1:])) for line in lines if len(line) > 1]
    for group in groups:
        pieces = np.array(group)
        heights = np.diff(pieces[:, 0])
        usual = middle(heights) if len(heights) else 0.0
        cuts = [0]
        for k, height in enumerate(heights.tolist()):
            held = [rest for level, *rest in levels if pieces[k, 0] < level < pieces[k + 1, 0]]
            lone = max((count for count, _ in held), default=0) < 2
            if height <= HIGH_BAND * usual:
                following = [figures for level, figures in figured if level > pieces[k + 1, 0]]
                before = [figures for level, figures in figured if level < pieces[k, 0]]
                if not (lone and following and before and before[-1] and not following[0]):
                    continue
            if lone or any(caption for _, caption in held) or height > HIGHEST_BAND * usual:
                cuts.append(k + 1)
        for part in np.split(pieces, cuts[1:]):
            if len(part) >= LEAST_STACK:
                part = _with_short_top(part, across, usual)
                top, bottom = float(part[0, 0]), float(part[-1, 0])
                borders = np.array([[part[-1, k], top, bottom] for k in (1, 2)])
                found.append(Rules(part, borders))
    return found


def _with_short_top(stack: Floats, across: Floats, usual: float) -> Floats:
    """A stack with the shorter ruling right above it, which leaves out the empty corner of a header."""
    top = float(stack[0, 0])
    start, end = float(stack[-1, 1]), float(stack[-1, 2])
    near = (across[:, 0] < top - 2) & (across[:, 0] > top - 2.5 * usual)
    inside = (across[:, 1] > start + SAME_END) & (across[:, 2] < end + SAME_END)
    long = across[:, 2] - across[:, 1] > 0.4 * (end - start)
    above = across[near & inside & long]
    if not len(above) or len(stack) > MOST:
        return stack
    return _with_short_top(np.concatenate([above[-1:], stack]), across, usual)
