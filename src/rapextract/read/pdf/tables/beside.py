"""Two tables without rulings that stand side by side: their lines share levels, but nothing else."""

from __future__ import annotations

from .columns import column_at
from .gutters import Gutter, grown
from .phrases import Line, level_of
from .regions import CAPTION, Region
from .words import Phrase

WIDE = 2.0  # times the font size: the white between two tables
FIGURED = 0.6  # of the cells of a column of figures
LEAST_ALONE = 2  # lines on which one of the two tables stands alone
ALONE = 0.2  # of the region's lines


def gutter_between(lines: list[Line], region: Region) -> Gutter | None:
    """The white between two tables side by side in a region, if there are two.

    The right one begins with a column of keys and has figures, as the left one has. Both have a caption
    of their own, or the one goes on below the other's end.
    """
    cuts = region.cuts
    columns: list[list[Phrase]] = [[] for _ in range(len(cuts) + 1)]
    for line in region.lines:
        for phrase in line:
            columns[column_at((phrase.x0 + phrase.x1) / 2, cuts)].append(phrase)
    figures = [sum(p.number for p in column) >= FIGURED * max(1, len(column)) for column in columns]
    for k in range(2, len(columns) - 1):
        left, right = columns[k - 1], columns[k]
        if not figures[k - 1] or figures[k] or not any(figures[k + 1 :]):
            continue
        start, end = max(p.x1 for p in left), min(p.x0 for p in right)
        if end - start < WIDE * right[0].size:
            continue
        if _captioned(lines, region, (start, end)) or _one_ends(region, cuts[k - 1]):
            top, bottom = level_of(region.lines[0]), level_of(region.lines[-1])
            return grown(Gutter((start + end) / 2, top, bottom), lines)
    return None


def _captioned(lines: list[Line], region: Region, white: tuple[float, float]) -> bool:
    """Whether a line right above holds a caption on either side of the white."""
    for line in lines[max(0, region.start - 3) : region.start]:
        sides = [p for p in line if CAPTION.match(p.text)]
        if len(sides) > 1 and sides[0].x1 < white[1] and sides[-1].x0 > white[0]:
            return True
    return False


def _one_ends(region: Region, x: float) -> bool:
    """Whether one side ends while the other goes on, and their headers are not the same words."""
    sides = [(line[0].x0 < x, line[-1].x1 > x) for line in region.lines]
    if not all(sides[0]):
        return False
    both = [k for k, side in enumerate(sides) if all(side)]
    rest = sides[both[-1] + 1 :]
    header = [phrase.text for phrase in region.lines[0]]
    half = len(header) // 2
    one_alone = len(set(rest)) == 1 and sum(map(all, sides)) == len(both) == both[-1] + 1
    return one_alone and len(rest) >= max(LEAST_ALONE, ALONE * len(sides)) and header[:half] != header[half:]
