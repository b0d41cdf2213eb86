"""Two tables without rulings that stand side by side: their lines share levels, but nothing else."""

from __future__ import annotations

from itertools import chain

from .columns import OVERLAP, bands_of, column_at, merged_band
from .gutters import Gutter, grown
from .headers import is_date
from .phrases import CURRENCY, Line, level_of, size_of, steps
from .regions import CAPTION, Region
from .rules import Rules
from .words import Phrase

WIDE = 2.0  # times the font size: the white between two tables
FIGURED = 0.6  # of the cells of a column of figures
LEAST_ALONE = 2  # lines on which one of the two tables stands alone
ALONE = 0.2  # of the region's lines
LEAST_LINES = 4  # of each of two blocks whose lines share no level
SAME_LEVEL = 0.25  # of the font size
SHARED = 0.75  # of the figures of a column stand on one level with those of another in one table
NEAR_HEAD = 6.0  # times the font size: names of columns stand so near over the first row
LEAST_RULES = 2  # over each of two tables
REACH = 2.0  # times the font size: how far above and below its lines a table's rulings are


def gutters_beside(lines: list[Line], region: Region, rules: Rules) -> list[Gutter]:
    """The white between tables side by side in a region, from left to right; empty if it is one table.

    Both have a caption or rulings of their own. Or the right one begins with a column of keys and has
    figures, as the left one has, and both have a title, their figures stand on levels of their own, or the
    one goes on below the other's end.
    """
    cuts = region.cuts
    columns: list[list[Phrase]] = [[] for _ in range(len(cuts) + 1)]
    for line in region.lines:
        for phrase in line:
            columns[column_at((phrase.x0 + phrase.x1) / 2, cuts)].append(phrase)
    figures = [sum(map(_is_value, column)) >= FIGURED * max(1, len(column)) for column in columns]
    found: list[float] = []
    first = 0  # of the columns of the table left of the white
    for k in range(2, len(columns) - 1):
        left, right = columns[k - 1], columns[k]
        white = (
            max((p.x1 for p in left), default=cuts[k - 1]),
            min((p.x0 for p in right), default=cuts[k - 1]),
        )
        if not right or white[1] - white[0] < WIDE * right[0].size:
            continue
        sides = min(p.x0 for p in chain(*columns[first:k])), max(p.x1 for p in chain(*columns[k : k + 2]))
        signs = all(phrase.text in CURRENCY for phrase in right)  # set apart from their figures
        keyed = figures[k - 1] and not figures[k] and not signs and any(figures[k + 1 :])
        apart = keyed and _on_other_levels(left, columns[figures.index(True, k)])
        ends = not found and keyed and (_titled(lines, region, white) or _one_ends(region, cuts[k - 1]))
        apart = apart or (keyed and _named_as_first(lines, region, columns, first, k))
        if (
            ends
            or apart
            or _captioned(lines, region, white, keyed)
            or _ruled_apart(region, white, sides, rules)
        ):
            found.append(sum(white) / 2)
            first = k
        if ends and not apart:
            break
    top, bottom = level_of(region.lines[0]), level_of(region.lines[-1])
    return [grown(Gutter(x, top, bottom), lines, found) for x in found]


def _is_value(phrase: Phrase) -> bool:
    """Whether a phrase is a figure, and no year or date, which may be a key."""
    return phrase.number and not is_date(phrase.text)


def gutters_interleaved(lines: list[Line]) -> list[Gutter]:
    """The white between blocks side by side whose lines stand at levels of their own, never on one.

    Together they look like one row of many lines, each at another height.
    """
    found = []
    for band in bands_of(lines):
        if len(band) < 2 * LEAST_LINES:
            continue
        phrases = merged_band(band)
        size, reach = phrases[0].size, phrases[0].x1
        for phrase in phrases:
            x = (reach + phrase.x0) / 2
            sides = [line for line in band if line[-1].x1 < x], [line for line in band if line[0].x0 > x]
            parted = phrase.x0 - reach >= WIDE * size and sum(map(len, sides)) == len(band)
            if parted and all(len(side) >= LEAST_LINES and _is_column(side, size) for side in sides):
                found.append(grown(Gutter(x, level_of(band[0]), level_of(band[-1])), lines))
            reach = max(reach, phrase.x1)
    return found


def _is_column(lines: list[Line], size: float) -> bool:
    """Whether lines stand clear below each other, most of them with several phrases."""
    levels = [level_of(line) for line in lines]
    several = sum(len(line) > 1 for line in lines)
    return min(steps(levels)) >= OVERLAP * size and several >= 0.5 * len(lines)


def _captioned(lines: list[Line], region: Region, white: tuple[float, float], keyed: bool) -> bool:
    """Whether a line right above holds a caption on either side of the white, or at it if no keys follow."""
    for line in lines[max(0, region.start - 3) : region.start]:
        sides = [p for p in line if CAPTION.match(p.text)]
        if len(sides) > 1 and sides[0].x1 < white[1] and sides[-1].x0 > white[0]:
            return keyed or any(white[0] < p.x0 < white[1] + p.size for p in sides)
    return False


def _titled(lines: list[Line], region: Region, white: tuple[float, float]) -> bool:
    """Whether a text on either side of the white is over the middle of what stands below it, keys too."""
    top = next((line for line in lines[max(0, region.start - 2) :] if len(line) > 1), [])
    below = [phrase for line in region.lines if line is not top for phrase in line]
    sides = [p for p in below if p.x1 <= white[0]], [p for p in below if p.x0 >= white[1]]
    if len(top) != len(sides) or any(phrase.number for phrase in top):
        return False
    return all(
        abs(min(p.x0 for p in side) + max(p.x1 for p in side) - title.x0 - title.x1) < title.size
        for title, side in zip(top, sides, strict=True)
    )


def _named_as_first(
    lines: list[Line], region: Region, columns: list[list[Phrase]], first: int, k: int
) -> bool:
    """Whether a column of texts between figures has the name of the first column, or none as only keys have.

    Columns of figures on both its sides have names. The keys of one table stand in its first columns.
    """
    rows = [n for n, line in enumerate(region.lines) if any(map(_is_value, line))]
    if not rows:
        return False
    level, size = level_of(region.lines[rows[0]]), size_of(region.lines[rows[0]])
    keys, others = ([p for p in columns[j] if p.level > level - size] for j in (first, k))
    if not keys or len({p.text for p in others}) < LEAST_LINES:
        return False
    (left, end), (start, right) = ((min(p.x0 for p in own), max(p.x1 for p in own)) for own in (keys, others))
    over, beside = [], []
    names: tuple[list[str], list[str]] = [], []
    for line in lines[max(0, region.start - 3) : region.start + rows[0]]:
        values = [p for p in line if end < p.x0 and p.x1 < start], [p for p in line if p.x0 > right]
        if level_of(line) > level - NEAR_HEAD * size and any(values):
            over += [p.text for p in line if p.x0 < end and p.x1 > left]
            beside += [p.text for p in line if p.x0 < right and p.x1 > start]
            for own, side in zip(names, values, strict=True):
                own += [p.text for p in side]
    # One table may be set in two columns: all names are there again.
    return all(names) and (over == beside != [] or not beside) and not (beside and names[0] == names[1])


def _on_other_levels(left: list[Phrase], right: list[Phrase]) -> bool:
    """Whether the figures of two columns hardly share levels, as those of one row would."""
    fewer, more = sorted(([p for p in side if p.number] for side in (left, right)), key=len)
    shared = sum(any(abs(p.level - q.level) <= SAME_LEVEL * p.size for q in more) for p in fewer)
    return len(fewer) >= LEAST_LINES and shared < SHARED * len(fewer)


def _ruled_apart(
    region: Region, white: tuple[float, float], sides: tuple[float, float], rules: Rules
) -> bool:
    """Whether two or more level rulings end on either side of the white, over key and values, none over both.

    `sides` are where the keys on its left begin and the values on its right end.
    """
    size = size_of(region.lines[0])
    top, bottom = level_of(region.lines[0]) - REACH * size, level_of(region.lines[-1]) + REACH * size
    near = [(x0, x1) for y, x0, x1 in rules.across if top < y < bottom and x1 > sides[0] and x0 < sides[1]]
    if any(x0 < white[0] and x1 > white[1] for x0, x1 in near):
        return False
    left = sum(x0 < sides[0] + size and white[0] - size < x1 for x0, x1 in near)
    right = sum(x0 < white[1] + size and sides[1] - size < x1 for x0, x1 in near)
    return min(left, right) >= LEAST_RULES


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
