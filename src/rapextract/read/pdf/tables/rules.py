"""Rulings of a page, made whole: drawn lines, thin rectangles and the edges of cell backgrounds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter

import numpy as np

from ..page.content import Ruling
from .columns import bands_of
from .phrases import Line, level_of, middle
from .regions import CAPTION, Gap, gaps_of, titles_another
from .words import Words

TOUCHES = 3.0  # points: a level ruling that ends so near to an upright one touches it
SNAP = 1.8  # points: lines this near to each other are one
JOIN = 3.0  # points: a gap up to this wide between two pieces of a line is none
SHORTEST = 4.0  # points: a shorter piece that joins nothing is no ruling
HUGS = 1.5  # points: paint that ends so near to its words on both sides is a highlight
SAME_END = 4.0  # points: level rulings that begin and end so near to each other make a stack
FOLLOWS = 2.0  # times the font size: the step from one line of a cell to the next at most
LEAST_STACK = 4  # rulings
FRAMES_OF_TWO = 3  # rulings: fewer leave one of two tables open
LEAST_WHITE = 4.0  # points between the last ruling of a table and the first of the next
HIGH_BAND = 1.6  # times the usual height of a band
HIGHEST_BAND = 5.0  # times the usual height: no row is so high
WORDY = 6  # words of a line of running text
LEAST_TEXT = 2  # lines of running text
MOST_WIDTH = 0.9  # of the rulings' width: a line of running text
LEAST_CELLS = 3  # backgrounds side by side are those of cells, not of a row
MOST_FILLS = 600  # more on a page are a drawing
MOST = 4000  # more pieces than this on a page are a drawing

Rule = tuple[float, float, float]
"""A straight ruling as (position, from, to): y, x0, x1 across and x, top, bottom upright."""
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Straight rulings: level ones and upright ones."""

    across: Sequence[Rule] = ()
    upright: Sequence[Rule] = ()

    def within(self, x0: float, top: float, x1: float, bottom: float) -> Rules:
        """Those that lie inside a box, give or take a point."""
        return Rules(
            [r for r in self.across if top - 1 <= r[0] <= bottom + 1 and r[1] < x1 and r[2] > x0],
            [r for r in self.upright if x0 - 1 <= r[0] <= x1 + 1 and r[1] < bottom and r[2] > top],
        )


def _merged(pieces: Iterable[Rule]) -> list[Rule]:
    """Pieces on nearly one line, with no real gap between them, joined."""
    strips: dict[tuple[float, float], list[Rule]] = {}
    base = last = -1e9
    for piece in sorted(pieces, key=itemgetter(0)):
        if piece[0] - last > SNAP:
            base = piece[0]
        last = piece[0]
        # A chain of near lines may climb a whole page: start anew where it gets too far from its start.
        strips.setdefault((base, (last - base) // (2 * SNAP)), []).append(piece)
    merged: list[Rule] = []
    for strip in strips.values():
        strip.sort(key=itemgetter(1))
        merged += _joined_along(strip)
    return [rule for rule in merged if rule[2] - rule[1] >= SHORTEST]


def _joined_along(strip: list[Rule]) -> list[Rule]:
    """Pieces of one line, in order of their starts, joined; each at the mean position of its pieces."""
    out = []
    position, start, end = strip[0]
    weight = max(end - start, 0.1)
    for place, first, last in strip[1:]:
        length = max(last - first, 0.1)
        if first <= end + JOIN:
            position = (position * weight + place * length) / (weight + length)
            end = max(end, last)
            weight += length
        else:
            out.append((position, start, end))
            position, start, end, weight = place, first, last, length
    out.append((position, start, end))
    return out


def rules_of(rulings: list[Ruling]) -> Rules:
    """A page's rulings, pieces of one line made one."""
    if len(rulings) > MOST:
        return Rules()
    return Rules(
        _merged((r.position, r.start, r.end) for r in rulings if r.horizontal),
        _merged((r.position, r.start, r.end) for r in rulings if not r.horizontal),
    )


def background_rules(fills: Sequence[Box], words: Words, page_area: float) -> Rules:
    """Edges of cell backgrounds: filled boxes that hold text and are not the paint behind one word run.

    A fill inside another one (the highlight behind the text of a shaded cell) tells nothing of the
    grid; one that covers much of the page is its ground.
    """
    cells = [
        (x0, top, x1, bottom)
        for x0, top, x1, bottom in fills
        if x1 - x0 > 8 and bottom - top > 5 and (x1 - x0) * (bottom - top) < 0.35 * page_area
    ]
    if not 1 <= len(cells) <= MOST_FILLS:
        return Rules()
    cells = [cell for row in _in_rows(_outermost(cells)) for cell in _behind_text(row, words)]
    across = [(top, x0, x1) for x0, top, x1, _ in cells] + [(bottom, x0, x1) for x0, _, x1, bottom in cells]
    upright = [(x0, top, bottom) for x0, top, _, bottom in cells]
    upright += [(x1, top, bottom) for _, top, x1, bottom in cells]
    # A cell may be painted in strips: an edge that runs through words parts none.
    return Rules(
        _merged(rule for rule in across if not _strikes(rule, words)),
        _merged(rule for rule in upright if not _pierces(rule, words)),
    )


def with_bands(rules: Rules, backgrounds: Rules) -> Rules:
    """The rulings with the level edges of backgrounds as long as several of them: a header's band, say."""

    def is_as_long(edge: Rule) -> bool:
        alike = (max(abs(edge[1] - rule[1]), abs(edge[2] - rule[2])) <= SAME_END for rule in rules.across)
        return sum(alike) >= LEAST_STACK - 1

    long = [edge for edge in backgrounds.across if is_as_long(edge)]
    return joined(rules, Rules(long)) if long else rules


def with_cell_edges(rules: Rules, fills: Sequence[Box], words: Words) -> Rules:
    """The rulings with the lower edges of backgrounds that stand in a row of three or more, each for itself.

    A header cell's background tells which columns it spans, as a ruling below its text would.
    """
    tops = Counter(round(top) for _, top, _, _ in fills)
    cells = [box for box in fills if tops[round(box[1])] >= LEAST_CELLS and _is_behind_text(box, words)]
    if not cells or len(fills) > MOST_FILLS:
        return rules
    return Rules([*rules.across, *((bottom, x0, x1) for x0, _, x1, bottom in cells)], rules.upright)


def _outermost(cells: list[Box]) -> list[Box]:
    """Boxes to a tenth of a point, each once, from left to right, without those inside another one."""
    boxes = sorted({tuple(cell) for cell in np.round(cells, 1).tolist()})
    x0, top, x1, bottom = np.array(boxes).T
    inner = (
        (x0[:, None] >= x0 - 0.5)
        & (top[:, None] >= top - 0.5)
        & (x1[:, None] <= x1 + 0.5)
        & (bottom[:, None] <= bottom + 0.5)
    )
    return [box for box, count in zip(boxes, inner.sum(axis=1).tolist(), strict=True) if count == 1]


def _in_rows(cells: list[Box]) -> list[list[Box]]:
    """Boxes, those of one height that stand side by side without white together, from left to right."""
    rows: list[list[Box]] = []
    for cell in sorted(cells, key=itemgetter(1, 3, 0)):
        last = rows[-1][-1] if rows else None
        if last and last[1::2] == cell[1::2] and abs(cell[0] - last[2]) <= SNAP:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _behind_text(row: list[Box], words: Words) -> list[Box]:
    """The boxes of a row that are behind text; all of them if several are, for a header's corner is empty."""
    held = [cell for cell in row if _is_behind_text(cell, words)]
    return [cell for cell in row if cell in held or (len(held) > 1 and not words.inside(*cell))]


def _is_behind_text(cell: Box, words: Words) -> bool:
    """Whether a fill holds words, and is not a marker pen's stroke, which hugs them."""
    held = words.inside(*cell)
    return bool(held) and not (
        min([words.x0[k] for k in held]) - cell[0] < HUGS
        and cell[2] - max([words.x1[k] for k in held]) < HUGS
    )


def _strikes(rule: Rule, words: Words) -> bool:
    """Whether a level ruling runs through the middle half of a word's height."""
    y, x0, x1 = rule
    for k in words.between(y - words.tallest / 2, y + words.tallest / 2):
        quarter = words.height[k] / 4
        if x0 < words.centre[k] < x1 and words.top[k] + quarter < y < words.bottom[k] - quarter:
            return True
    return False


def _pierces(rule: Rule, words: Words) -> bool:
    """Whether an upright ruling runs through a word."""
    x, top, bottom = rule
    return any(
        words.x0[k] + 2 < x < words.x1[k] - 2 and top < words.level[k] < bottom
        for k in words.between(top, bottom)
    )


def joined(first: Rules, second: Rules) -> Rules:
    """Two sets of merged rulings as one."""
    if not (second.across or second.upright):
        return first
    return Rules(_merged([*first.across, *second.across]), _merged([*first.upright, *second.upright]))


def touching_groups(rules: Rules, reach: float) -> list[Rules]:
    """Rulings that cross or touch, in groups.

    An upright one may end up to `reach` points above or below: double rulings break those that part columns.
    One that touches none belongs to the group in which it goes on another: titles among the rows break them.
    """
    across, upright = rules.across, rules.upright
    if not across or not upright or len(across) * len(upright) > 1_000_000:
        return []
    order = sorted(range(len(across)), key=lambda k: across[k][0])
    levels = [across[k][0] for k in order]
    link = list(range(len(across)))  # to an earlier level ruling of the same group, or itself

    def first_of(k: int) -> int:
        while link[k] != k:
            k = link[k]
        return k

    touched: list[tuple[int, Rule]] = []  # a level ruling and an upright one that touches it
    apart: list[Rule] = []
    for rule in upright:
        x, top, bottom = rule
        near = order[bisect_left(levels, top - reach) : bisect_right(levels, bottom + reach)]
        own = {first_of(k) for k in near if across[k][1] - TOUCHES <= x <= across[k][2] + TOUCHES}
        if own:
            first = min(own)
            touched.append((first, rule))
            for k in own:
                link[k] = first
        else:
            apart.append(rule)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {first_of(k): ([], []) for k, _ in touched}
    for k, rule in enumerate(across):
        if first_of(k) in groups:
            groups[first_of(k)][0].append(rule)
    for k, rule in touched:
        groups[first_of(k)][1].append(rule)
    for rule in apart if len(apart) * len(touched) <= MOST else ():
        for level, sides in groups.values():
            inside = level[0][0] < rule[1] and rule[2] < level[-1][0]
            if inside and any(abs(side[0] - rule[0]) <= SNAP for side in sides):
                sides.append(rule)
                break
    return [Rules(*groups[first]) for first in sorted(groups)]


def stacks(across: Sequence[Rule], lines: list[Line], least: int = LEAST_STACK) -> list[Rules]:
    """Level rulings of one length, `least` or more one below the other, as groups closed by upright borders.

    A band that holds no line of two phrases (a caption, a note, white) parts two groups where it is
    high, or where figures stand above it and a header below; a band that holds the title of another
    table and its header parts them too. Only what stands between the rulings counts, not the other
    columns of the page.
    """
    found = []
    for group in _of_one_length(across):
        if len(group) < least:
            continue
        usual = middle(below[0] - above[0] for above, below in pairwise(group))
        own = _between(lines, group[0][1], group[0][2])
        levels = [level_of(line) for line in own]
        cuts = [
            k
            for k in range(1, len(group))
            if _ends_stack(group[k - 1][0], group[k][0], usual, own, levels, group[0][2] - group[0][1])
        ]
        headed = [
            k
            for k in range(1, len(group))
            if k not in cuts and _heads_another(group[k - 1][0], group[k][0], own, levels)
        ]
        for first, last in pairwise(sorted([0, *cuts, *headed, len(group)])):
            begin = first - 1 if first in headed else first  # the names stand in the band
            if last - begin >= least:
                part = _with_short_top(group[begin:last], across, usual)
                top, (bottom, start, end) = part[0][0], part[-1]
                found.append(Rules(part, [(start, top, bottom), (end, top, bottom)]))
    return found


def _of_one_length(across: Sequence[Rule]) -> list[list[Rule]]:
    """Level rulings in groups that begin and end alike, from the top down."""
    groups: list[list[Rule]] = []
    for rule in sorted(across, key=itemgetter(0)):
        for group in groups:
            _, start, end = group[-1]
            if abs(start - rule[1]) <= SAME_END and abs(end - rule[2]) <= SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return groups


def table_ends(across: Sequence[Rule], lines: list[Line]) -> list[Rule]:
    """Where one table ends and another begins: white between two level rulings of one length.

    Rows of figures stand above it and names of columns below.
    """
    ends = []
    for group in _of_one_length(across):
        if len(group) <= FRAMES_OF_TWO:
            continue
        own = _between(lines, group[0][1], group[0][2])
        levels = [level_of(line) for line in own]
        for (top, start, end), (bottom, _, _) in pairwise(group):
            white = bottom - top > LEAST_WHITE and not any(top < level < bottom for level in levels)
            if white and _figures_before_header(top, bottom, own, levels):
                ends.append(((top + bottom) / 2, start, end))
    return ends


def _between(lines: list[Line], x0: float, x1: float) -> list[Line]:
    """The phrases of each line that stand between two places, without the lines that have none there."""
    own = ([phrase for phrase in line if phrase.x1 > x0 and phrase.x0 < x1] for line in lines)
    return [line for line in own if line]


def _ends_stack(
    top: float, bottom: float, usual: float, lines: list[Line], levels: list[float], width: float
) -> bool:
    """Whether a band between two rulings of a group parts two stacks; `levels` are those of the lines.

    `width` is that of the rulings.
    """
    held = [line for line, level in zip(lines, levels, strict=True) if top < level < bottom]
    lone = all(sum(map(len, band)) < 2 for band in bands_of(held))  # a cell is centred beside a wrapped one
    first, last = bisect_left(levels, top), bisect_left(levels, bottom)
    if last - first > 1 and titles_another(lines, 0, first, _gaps_above(lines[:first])):
        return True
    captioned = any(CAPTION.match(line[0].text) is not None for line in held)
    if bottom - top <= HIGH_BAND * usual:
        return lone and (captioned or _figures_before_header(top, bottom, lines, levels))
    return (
        lone
        or captioned
        or sum(_is_text(line, width) for line in held) >= LEAST_TEXT
        or (bottom - top > HIGHEST_BAND * usual and not _is_filled(top, bottom, held))
    )


def _is_filled(top: float, bottom: float, held: list[Line]) -> bool:
    """Whether the lines of a band follow each other from its one ruling to the other: one tall row."""
    if not held or len(held[0]) < 2:
        return False
    levels = [top, *map(level_of, held), bottom]
    return max(b - a for a, b in pairwise(levels)) < FOLLOWS * max(
        (p.size for p in chain(*held)), default=0.0
    )


def _heads_another(top: float, bottom: float, lines: list[Line], levels: list[float]) -> bool:
    """Whether a band between two rulings names the columns of another table than the one above.

    It holds more names than figures, and is bold, as the rows of figures above and below are not, or has
    more names on a line than those above have cells.
    """
    first, last = bisect_left(levels, top), bisect_left(levels, bottom)
    names, most = list(chain(*lines[first:last])), max(map(len, lines[first:last]), default=0)
    if most < 2 or 2 * sum(phrase.number for phrase in names) >= len(names):
        return False
    before, following = (
        [line for line in some if len(line) > 1 and any(phrase.number for phrase in line)]
        for some in (lines[:first], lines[last:])
    )
    if not before or not following:
        return False
    plain = not any(phrase.bold for phrase in chain(before[-1], following[0]))
    return (plain and all(phrase.bold for phrase in names)) or most > max(map(len, before))


def _is_text(line: Line, width: float) -> bool:
    """Whether a line is one of running text over the width between rulings."""
    return len(line) == 1 and len(line[0].words) >= WORDY and line[0].x1 - line[0].x0 > MOST_WIDTH * width


def _gaps_above(lines: list[Line]) -> list[Gap]:
    """The gaps of the last line of several phrases."""
    return next((gaps_of(line) for line in reversed(lines) if len(line) > 1), [])


def _figures_before_header(top: float, bottom: float, lines: list[Line], levels: list[float]) -> bool:
    """Whether the last line of several phrases above a band has figures and the first below it none."""
    figured = [
        (level, any(phrase.number for phrase in line[1:]))
        for line, level in zip(lines, levels, strict=True)
        if len(line) > 1
    ]
    before = [figures for level, figures in figured if level < top]
    following = [figures for level, figures in figured if level > bottom]
    return bool(before and following) and before[-1] and not following[0]


def _with_short_top(stack: list[Rule], across: Sequence[Rule], usual: float) -> list[Rule]:
    """A stack with the shorter rulings right above it, which leave out the empty corner of a header."""
    top = stack[0][0]
    _, start, end = stack[-1]
    above = [
        rule
        for rule in across
        if top - 2.5 * usual < rule[0] < top - 2
        and rule[1] > start + SAME_END
        and rule[2] < end + SAME_END
        and rule[2] - rule[1] > 0.4 * (end - start)
    ]
    if not above or len(stack) > MOST:
        return stack
    return _with_short_top([above[-1], *stack], across, usual)
