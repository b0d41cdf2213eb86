"""Rows of wrapped text behind every other of which stands a background: its edges part them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import combinations

from .phrases import Line, level_of
from .rules import Rule, Rules, stacks

WRAPPED = 0.3  # of the bands must hold several lines: alignment tells rows of one line each
WRAP = 1.4  # times the font size: the lines of one cell
FAR = 4.0  # times the font size: no header is so far above its first row
KEY = 3.0  # times the font size: text that begins further right than this is beside a key


def striped_stacks(across: Sequence[Rule], lines: list[Line]) -> list[Rules]:
    """Level edges of backgrounds, as stacks of the rows that they part; only where rows hold wrapped text.

    A header and a first row above the first background are parted too.
    """
    found = []
    for stack in stacks(across, lines):
        (_, x0, x1), levels = stack.across[-1], [rule[0] for rule in stack.across]
        own = ([p for p in line if x0 < (p.x0 + p.x1) / 2 < x1] for line in lines)
        held: list[list[Line]] = [[] for _ in range(len(levels) + 1)]
        for line in own:
            if line:
                held[bisect_left(levels, level_of(line))].append(line)
        several = sum(_is_wrapped(band, x0) for band in held[1:-1])
        figured = max(sum(any(p.number for p in line) for line in band) for band in held[1:-1])
        starts = _open_rows(held[0], levels[0])
        if figured > 1 or several < max(2, WRAPPED * len(held[1:-1])) or starts is None:
            continue
        sides = [(x, min([*starts, top]), bottom) for x, top, bottom in stack.upright]
        found.append(Rules([*((y, x0, x1) for y in starts), *stack.across], sides))
    return found


def _is_wrapped(band: list[Line], x0: float) -> bool:
    """Whether a cell right of the keys, which begin at `x0`, holds several lines of text."""
    texts = [p for line in band for p in line if not p.number and p.x0 - x0 > KEY * p.size]
    return any(p.x0 < q.x1 and q.x0 < p.x1 for p, q in combinations(texts, 2))


def _open_rows(above: list[Line], edge: float) -> list[float] | None:
    """Where a header and a row that stand above the first background begin: nowhere if that is the header.

    None if nothing tells them apart: the header is bold as the row is not, or further from it than the
    lines of each are from each other.
    """
    row = _block(above, edge, bold=False)
    if max(map(len, row), default=0) < 2:
        return []
    rest = above[: len(above) - len(row)]
    start = level_of(row[0])
    if not rest or start - level_of(rest[-1]) > FAR * row[0][0].size:
        return None
    head = _block(rest, level_of(rest[-1]), bold=all(phrase.bold for phrase in rest[-1]))
    if max(map(len, head)) < 2:
        return None
    return [level_of(head[0]) - head[0][0].size, (level_of(head[-1]) + start) / 2]


def _block(lines: list[Line], level: float, bold: bool) -> list[Line]:
    """The last lines, near to each other and to `level`, as long as they are bold or are not."""
    block: list[Line] = []
    for line in reversed(lines):
        near = (level_of(block[0]) if block else level) - level_of(line) <= WRAP * line[0].size
        if not near or all(phrase.bold for phrase in line) != bold:
            break
        block.insert(0, line)
    return block
