"""Tables without rulings that a page column cuts: their rows go on at the head of the next column.

Neither part may be a table to itself: a header with one row, or one row alone. So the lines at the foot
of a column are read together with those at the head of the next, as if these stood right below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from .assembly import grid_of, has_value, header_start
from .grid import Grid
from .phrases import Line, level_of, size_of
from .regions import Region, regions_of, trimmed
from .rules import Rules
from .words import Words

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

    It reaches the last line of the one and begins with the first of the other, in a row of figures;
    `trust` tells how far its rows are those of a table.
    """
    foot, head = left.lines, right.lines
    if not (foot and head and foot[-1] == left.every[-1] and head[0] == right.every[0]):
        return None
    if len(head[0]) < 2 or not any(phrase.number for phrase in head[0]):
        return None
    shift = right.x0 - left.x0
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
    for region in regions_of(strip):
        if not (region.start < len(foot) < region.end and region.cuts):
            continue
        body = trimmed(region)
        if not body.start < len(foot) < body.end:
            continue
        confidence = trust(body)
        rows = len(foot) - body.start
        if confidence <= 0 or not has_value(body.lines, rows, body.cuts):
            continue
        first = Region(body.lines[:rows], body.cuts, body.start, len(foot))
        start = header_start(foot, first, rules)
        above = grid_of(words, foot[start : body.start], first, rules)
        cuts = [x + shift for x in above.xs[1:-1]]
        below = grid_of(words, [], Region(head[: body.end - len(foot)], cuts, 0, body.end - len(foot)), rules)
        return Carried(above, below, confidence) if len(above.xs) == len(below.xs) else None
    return None


def _step(foot: list[Line], head: list[Line], size: float) -> float:
    """How far the first line of `head` would stand below the last of `foot`: as the lines next to them do."""
    steps = [
        level_of(lines[k + 1]) - level_of(lines[k])
        for lines, k in ((foot, len(foot) - 2), (head, 0))
        if len(lines) > 1
    ]
    return min([*steps, STEP * size])
