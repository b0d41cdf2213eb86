"""Tables cut by the end of a page column, or of a page, of which too little is left to be a table.

Neither part may be a table to itself: a header with one row, or one row alone. So the lines at the foot
of a column are read together with those at the head of the next, as if these stood right below. From
page to page the lines at the head of one are held against the columns of the table at the foot of the
other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain
from math import inf

from .assembly import grid_of
from .columns import column_at
from .found import FoundCell, FoundTable
from .grid import Grid
from .header_lines import has_value, header_start
from .phrases import Line, level_of, middle, size_of
from .regions import Region, regions_of, trimmed, with_last_wraps
from .rules import Rules
from .words import Phrase, Words

MARGIN = 0.1  # of the page height: a running title stands above it
MOST_TITLES = 2  # lines of a running title
SAME_EDGE = 0.35  # of the font size: how far a cell is off the edge of its column
SAME_HEIGHT = 0.12  # of a line of type
LARGE = 1.15  # times the size of what follows: a heading
FAR = 3.0  # times a heading's size: white in the other column that leaves room for it
APART = 2.0  # times its size: white between a page number and the text
WRAPS = 3  # lines of a row whose key is wrapped
STEP = 1.6  # of the font size, from line to line, where the lines themselves tell no other


@dataclass(frozen=True, slots=True)
class PageColumn:
    """The lines of a page column from the top down: all, and those that are no running text."""

    every: list[Line]
    lines: list[Line]

    @property
    def x0(self) -> float:
        """The column's left edge."""
        return min(line[0].x0 for line in self.every)

    def below(self, level: float) -> PageColumn:
        """The column's lines below a level, in points from the top."""
        kept = [[line for line in lines if level_of(line) > level] for lines in (self.every, self.lines)]
        return PageColumn(kept[0], kept[1])

    def without_number(self) -> PageColumn:
        """The column without a page number that stands apart above it or below."""
        apart = set()
        for end, beside in ((0, 1), (-1, -2)) if len(self.every) > 1 else ():
            line, step = self.every[end], abs(level_of(self.every[end]) - level_of(self.every[beside]))
            if len(line) == 1 and line[0].number and step > APART * size_of(line):
                apart.add(line[0].words[0])
        kept = [
            [line for line in lines if line[0].words[0] not in apart] for lines in (self.every, self.lines)
        ]
        return PageColumn(kept[0], kept[1])


@dataclass(frozen=True, slots=True)
class Carried:
    """The two parts of a table that goes on in the next column, with the trust in it from 0 to 1."""

    foot: Grid
    head: Grid
    confidence: float


def carried(
    words: Words, left: PageColumn, right: PageColumn, rules: Rules, trust: Callable[[Region], float]
) -> Carried | None:
    """The table that the foot of `left` and the head of `right` make together, if they make one.

    It reaches the last line of the one and begins with the first of the other, or the first under a
    heading over both, in a row of figures; `trust` tells how far its rows are those of a table.
    """
    shift = right.x0 - left.x0
    level = _heading_over(left, right)
    left, right = left.below(level).without_number(), right.below(level).without_number()
    foot, head = left.lines, right.lines
    if not (foot and head and _same(foot[-1], left.every[-1]) and _same(head[0], right.every[0])):
        return None
    head = head[_repeated(foot, head) :]
    if not head:
        return None
    size = min(size_of(foot[-1]), size_of(head[0]))
    if size < 0.9 * max(size_of(foot[-1]), size_of(head[0])):
        return None
    drop = level_of(foot[-1]) + _step(foot, head, size) - level_of(head[0])
    strip = [
        *foot,
        *(
            [replace(p, x0=p.x0 - shift, x1=p.x1 - shift, level=p.level + drop) for p in line]
            for line in head
        ),
    ]
    taken = 0  # the end of the table above, whose last row is no header
    for region in regions_of(strip):
        if not (region.start < len(foot) < region.end and region.cuts):
            if region.end <= len(foot) and region.cuts and trust(trimmed(region)) > 0:
                taken = with_last_wraps(foot, trimmed(region)).end
            continue
        body = trimmed(region)
        if not body.start < len(foot) < body.end:
            continue
        confidence = trust(body)
        rows = len(foot) - body.start
        if confidence <= 0 or not _begins_row(body, rows):
            continue
        first = Region(body.lines[:rows], body.cuts, body.start, len(foot))
        start = header_start(foot, first, rules, taken)
        above = grid_of(words, foot[start : body.start], first, rules)
        cuts = [x + shift for x in above.xs[1:-1]]
        rest = Region(head[: body.end - len(foot)], cuts, 0, body.end - len(foot))
        below = grid_of(words, None, rest, rules)
        return Carried(above, below, confidence) if len(above.xs) == len(below.xs) else None
    return None


def _repeated(foot: list[Line], head: list[Line]) -> int:
    """How many lines of `head` are a header of the table in `foot` printed again."""
    said, again = ([[phrase.text for phrase in line] for line in lines] for lines in (foot, head))
    best = 0
    for start in (k for k, texts in enumerate(said) if texts == again[0]):
        count = 0
        while start + count < len(said) and count < len(again) and said[start + count] == again[count]:
            count += 1
        if not any(phrase.number for line in head[:count] for phrase in line):
            best = max(best, count)
    return best


def _same(line: Line, other: Line) -> bool:
    """Whether two lines are one, however it is parted into phrases."""
    return line[0].words[0] == other[0].words[0]


def _heading_over(left: PageColumn, right: PageColumn) -> float:
    """The level of the last heading over both columns; -inf where there is none.

    It reaches into the right column, or it is large, and the lines of the right column leave it white.
    """
    levels = [level_of(line) for line in right.every]
    for k in reversed(range(len(left.every) - 1)):
        line = left.every[k]
        level, size = level_of(line), size_of(line)
        if line[-1].x1 > right.x0:
            return level
        after = bisect_right(levels, level)
        if size < LARGE * size_of(left.every[k + 1]) or not 0 < after < len(levels):
            continue
        if levels[after] - level < FAR * size and levels[after] - levels[after - 1] > FAR * size:
            return level
    return -inf


def _begins_row(body: Region, k: int) -> bool:
    """Whether a row of values begins with line `k`: at once, or below the first lines of its keys."""
    for number in range(k, min(k + WRAPS, len(body.lines))):
        if any(phrase.number for phrase in body.lines[number]):
            first = next(phrase for phrase in body.lines[number] if phrase.number)
            keys = chain(*body.lines[k:number])
            return has_value(body.lines, number, body.cuts) and all(key.x1 < first.x0 for key in keys)
    return False


def _step(foot: list[Line], head: list[Line], size: float) -> float:
    """How far the first line of `head` would stand below the last of `foot`: as the lines next to them do."""
    steps = [
        level_of(lines[k + 1]) - level_of(lines[k])
        for lines, k in ((foot, len(foot) - 2), (head, 0))
        if len(lines) > 1
    ]
    return min([*steps, STEP * size])


def rows_going_on(words: Words, lines: list[Line], before: FoundTable, height: float) -> Grid | None:
    """The rows at the head of a page's first column that go on the table `before`, if there are any.

    `lines` are those of the column, on a page of `height` points. A row is a line of several phrases
    with a figure; each stands in a column of the table, at the edge that its cells share.
    """
    for skipped in range(min(MOST_TITLES + 1, len(lines))):
        if skipped and level_of(lines[skipped - 1]) > MARGIN * height:
            return None
        columns = _Columns(before, lines[skipped][0])
        rows = []
        for line in lines[skipped:]:
            if not columns.hold(line, words):
                break
            rows.append(line)
        if rows:
            cuts = columns.cuts
            return grid_of(words, None, Region(rows, cuts, 0, len(rows)), Rules())
    return None


class _Columns:
    """The columns of a table on the page before, moved to where `first`, in its key column, stands."""

    def __init__(self, before: FoundTable, first: Phrase):
        single = [cell for cell in before.cells if cell.column_span == 1 and cell.row >= before.header_rows]
        self.held = [[cell for cell in single if cell.column == k] for k in range(before.column_count)]
        self.height = min((cell.box.bottom - cell.box.top for cell in single), default=0.0)  # a line's
        keys = self.held[0]
        shift = first.x0 - middle([cell.box.x0 for cell in keys]) if keys else 0.0
        self.shift = 0.0 if abs(shift) <= SAME_EDGE * first.size else shift
        self.cuts = [x + self.shift for x in before.columns[1:-1]]

    def hold(self, line: Line, words: Words) -> bool:
        """Whether a line is a row of these columns: no two of its phrases in one, each at its edge."""
        if len(line) < 2 or not any(phrase.number for phrase in line[1:]):
            return False
        places = [column_at((phrase.x0 + phrase.x1) / 2, self.cuts) for phrase in line]
        if len(set(places)) < len(line):
            return False
        tall = middle([words.height[k] for phrase in line for k in phrase.words])
        if abs(tall - self.height) > SAME_HEIGHT * tall:
            return False
        return all(
            self._aligned(phrase, self.held[place]) for phrase, place in zip(line, places, strict=True)
        )

    def _aligned(self, phrase: Phrase, cells: list[FoundCell]) -> bool:
        """Whether a phrase stands at the left, the right or the middle of what a column holds."""
        if not cells:
            return False
        x0, x1 = phrase.x0 - self.shift, phrase.x1 - self.shift
        off = (
            abs(x0 - middle([cell.box.x0 for cell in cells])),
            abs(x1 - middle([cell.box.x1 for cell in cells])),
            abs(x0 + x1 - middle([cell.box.x0 + cell.box.x1 for cell in cells])) / 2,
        )
        return min(off) <= SAME_EDGE * phrase.size
