"""The columns in which a page is set: a table in one of them ends at the gutter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from operator import itemgetter, or_

import numpy as np

from ..page.geometry import Floats
from .headers import is_date
from .phrases import Line, level_of, middle, size_of
from .profile import profile, runs
from .prose import Paragraph
from .rules import SAME_END, SNAP
from .titles import lined_up
from .words import Phrase

WIDE = 0.7  # of the text's width: a wider paragraph is set over all columns
LEAST_WIDTH = 0.9  # of the font size
LEAST_LINES = 6  # on each side
SAME_LEVEL = 0.12  # of the font size
SHARED = 0.5  # of one side's lines: a table's rows share more lines across a river
EQUAL = 0.04  # of a column: how far page columns differ in width
REACH = 30.0  # points: a ruling that reaches so far over both sides of a gutter ends it
LEAST_FRAME = 100.0  # points: as narrow as a table in a page column is
MOST_WHITE = 0.3  # of its width: the gutter beside it
INDENTED = 0.1  # of a column: how far text may be set in, as lists are
FEWEST_ROWS = 2  # of a table over all columns, of key and figures
ROW_STEP = 2.4  # times the size: from one line of such a table to the next
SAME_STRETCH = 1.5  # points: more than `parted_lines` allows beyond a gutter's end
MOST_BETWEEN = 2  # lines between two of its rows
OFF_EDGE = 1.5  # times the size: figures no further from a column's edge may be keys
NAME_WORDS = 6  # of a name in its header
SAME_OFFSET = 0.5  # of the font size: how far values stand from their keys, in two columns of one table
MEASURE = re.compile(r"\d(?:,\d|[   ]\d{3}| ?%)")  # what no key is: decimals, thousands, per cent
COMPARED = "<>≤≥"  # begin keys that read as figures: « < 10 % »


Wall = tuple[float, float, float]
"""A level ruling or a background's edge as (y, x0, x1): what is above is not set in the columns below."""


@dataclass(slots=True)
class Gutter:
    """White between two page columns: its middle, and from where to where it runs down."""

    x: float
    top: float
    bottom: float


def gutters_between(
    paragraphs: list[Paragraph], lines: list[Line], walls: Sequence[Wall] = ()
) -> list[Gutter]:
    """Gutters between paragraphs that stand side by side, from left to right; they end at `walls`."""
    if len(paragraphs) < 2:
        return []
    left, right = min(p.x0 for p in paragraphs), max(p.x1 for p in paragraphs)
    narrow = sorted((p for p in paragraphs if p.x1 - p.x0 < WIDE * (right - left)), key=lambda p: p.x0)
    columns: list[list[Paragraph]] = []
    for paragraph in narrow:
        if columns and paragraph.x0 < max(p.x1 for p in columns[-1]) - 2:
            columns[-1].append(paragraph)
        else:
            columns.append([paragraph])
    gutters = []
    for first, second in pairwise(columns):
        both = first + second
        x = (max(p.x1 for p in first) + min(p.x0 for p in second)) / 2
        gutters.append(Gutter(x, min(p.top for p in both), max(p.bottom for p in both)))
    return [grown(gutter, lines, [other.x for other in gutters], walls) for gutter in gutters]


def grown(
    gutter: Gutter, lines: list[Line], others: Sequence[float] = (), walls: Sequence[Wall] = ()
) -> Gutter:
    """The gutter up and down as far as no phrase crosses it and no row of figures goes on over it.

    Nor over one of the gutters at `others`: such a row is no line of a page column. Nor does it cross a wall.
    """
    top, bottom = gutter.top, gutter.bottom
    over = _walls_over(gutter.x, walls)
    levels = [level_of(line) for line in lines]
    for k in reversed(range(len(lines))):
        if levels[k] < top:
            if _crosses(lines[k], gutter.x) or any(_is_row(lines[k], x) for x in (gutter.x, *others)):
                break
            if any(levels[k] < y < top for y in over):
                break
            top = levels[k]
    for k in range(len(lines)):
        if levels[k] > bottom:
            if any(_is_row(lines[k], x) for x in (gutter.x, *others)):
                while levels[k - 1] > gutter.bottom and _is_header(lines[k - 1 : k + 1]):
                    k -= 1
                    bottom = levels[k - 1]
                break
            if _crosses(lines[k], gutter.x):
                break
            if any(bottom < y < levels[k] for y in over):
                break
            bottom = levels[k]
    return Gutter(gutter.x, top, bottom)


def _walls_over(x: float, walls: Sequence[Wall]) -> list[float]:
    """The levels of the walls that reach far over a place on both its sides, from the top down."""
    return sorted(y for y, start, end in walls if start < x - REACH and end > x + REACH)


def _crosses(line: Line, x: float) -> bool:
    return any(phrase.x0 < x < phrase.x1 for phrase in line)


def _is_row(line: Line, x: float) -> bool:
    """Whether figures stand next to `x` on either side, or several after it whose key stands before it."""
    after = [phrase for phrase in line if phrase.x0 >= x]
    before = [phrase for phrase in line if phrase.x1 <= x]
    if not before or not after or not after[0].number:
        return False
    keyless = len(after) > 1 and all(phrase.number for phrase in after) and not is_date(after[0].text)
    return before[-1].number or keyless


def white_gutters(lines: list[Line], walls: Sequence[Wall] = ()) -> list[Gutter]:
    """Gutters between columns of one width whose lines are not at one level, or hold rows of one table.

    No phrase crosses them but a page's head and foot. They run where most lines stand between two `walls`.
    """
    phrases = [phrase for line in lines for phrase in line]
    if len(phrases) < 4 * LEAST_LINES:
        return []
    left, right = min(p.x0 for p in phrases), max(p.x1 for p in phrases)
    top, bottom = level_of(lines[0]), level_of(lines[-1])
    size = middle([phrase.size for phrase in phrases])
    # A page's head and foot may stand in its middle.
    inner = [p for p in phrases if top < p.level < bottom]
    crossed = profile(((p.x0 - left + 0.5, p.x1 - left + 0.5) for p in inner), int(right - left) + 2)
    strips = [
        (left + start, left + end)
        for start, end in runs(crossed <= 0.01 * len(phrases))
        if end - start >= LEAST_WIDTH * size and start > 0
    ]
    for count in (4, 3, 2):
        for chosen in _equal_columns(strips, left, right, count):
            middles = [(a + b) / 2 for a, b in chosen]
            bounds = [left, *middles, right]
            uneven = [_uneven(phrases, bounds[k : k + 3], size) for k in range(count - 1)]
            # Of three columns, two may hold parts of one table, row beside row.
            goes_on = [_goes_on(_without_edges(lines), bounds[k : k + 3], size) for k in range(count - 1)]
            if all(map(or_, uneven, goes_on)) or (count > 2 and any(uneven)):
                return [_between_walls(Gutter(x, top, bottom), phrases, walls) for x in middles]
    return []


def gutters_between_frames(lines: list[Line], walls: Sequence[Wall]) -> list[Gutter]:
    """Gutters between level rulings of one length side by side, the two sides at levels of their own.

    They frame tables in two page columns; the rulings over parts of one table stand at one level.
    """
    sides: list[list[Wall]] = []
    for wall in sorted(walls, key=itemgetter(1, 2)):
        if sides and max(abs(a - b) for a, b in zip(wall[1:], sides[-1][0][1:], strict=True)) <= SAME_END:
            sides[-1].append(wall)
        else:
            sides.append([wall])
    framing = [side for side in sides if len(side) > 1 and side[0][2] - side[0][1] > LEAST_FRAME]
    gutters = []
    for first, second in pairwise(framing):
        white, width = second[0][1] - first[0][2], first[0][2] - first[0][1]
        alike = abs(second[0][2] - second[0][1] - width) <= EQUAL * width
        apart = min(abs(a[0] - b[0]) for a in first for b in second) > SNAP
        top, bottom = (pick(wall[0] for wall in first + second) for pick in (min, max))
        x = first[0][2] + white / 2
        crossed = any(_crosses(line, x) for line in lines if top < level_of(line) < bottom)
        if 0 < white < MOST_WHITE * width and alike and apart and not crossed:
            gutters.append(grown(Gutter(x, top, bottom), lines))
    return gutters


def around_tables(gutters: list[Gutter], lines: list[Line]) -> list[Gutter]:
    """Gutters without the stretches in which tables that are set over all columns stand, their headers too.

    Their rows have figures alone, or figures on both sides, where a gutter runs.
    """
    full = [k for k, line in enumerate(lines) if any(_is_row_over(line, gutter) for gutter in gutters)]
    sure = [lines[k] for k in full]
    rows = [
        k
        for k, line in enumerate(lines)
        if k in full or any(_ends_alike(line, sure, gutter) for gutter in gutters)
    ]
    tables: list[list[int]] = []
    for k in rows:
        if tables and k - tables[-1][-1] <= MOST_BETWEEN + 1 and _follows(lines[tables[-1][-1] : k + 1]):
            tables[-1].append(k)
        else:
            tables.append([k])
    stretches = []
    for table in tables:
        first = table[0]
        above = (
            first - 1 if first > 1 and any(_is_key(lines[first - 1], gutter) for gutter in gutters) else first
        )
        while above and _is_header(lines[above - 1 : above + 1]):
            above -= 1
            first = above
        if len(table) >= FEWEST_ROWS and any(_stands_off(lines, table, gutter) for gutter in gutters):
            top, bottom = level_of(lines[first]), level_of(lines[table[-1]])
            stretches.append((top - SAME_STRETCH, bottom + SAME_STRETCH))
    if not stretches:
        return gutters
    parts = (
        Gutter(gutter.x, top, bottom)
        for gutter in gutters
        for top, bottom in _left_of(gutter.top, gutter.bottom, stretches)
    )
    return sorted(parts, key=lambda gutter: (gutter.top, gutter.x))


def _is_row_over(line: Line, gutter: Gutter) -> bool:
    """Whether a line at a gutter is a row whose key stands left of it, and right of it figures alone.

    A row with figures that cross the gutter is none: beside a table it may be one of another.
    """
    if not gutter.top <= level_of(line) <= gutter.bottom or _crosses(line, gutter.x):
        return False
    keys = sum(1 for _ in takewhile(lambda phrase: not _is_value(phrase), line))
    here = _is_row(line, gutter.x) and all(_is_value(phrase) for phrase in line if phrase.x0 >= gutter.x)
    return here and keys > 0 and all(map(_is_value, line[keys:]))


def _is_key(line: Line, gutter: Gutter) -> bool:
    """Whether a line is a short text left of a gutter: it may name the rows below it."""
    return len(line) == 1 and line[0].x1 < gutter.x and len(line[0].words) <= NAME_WORDS


def _ends_alike(line: Line, rows: Sequence[Line], gutter: Gutter) -> bool:
    """Whether a line is a key left of a gutter and one figure right of it, in line with one of the rows."""
    if len(line) != 2 or line[0].x1 > gutter.x or line[1].x0 < gutter.x or not _is_value(line[1]):
        return False
    reach = SAME_OFFSET * line[1].size
    return not _is_value(line[0]) and any(
        lined_up(line[1], p, reach) for row in rows for p in row if _is_value(p)
    )


def _is_value(phrase: Phrase) -> bool:
    return phrase.number and phrase.text[0] not in COMPARED


def _stands_off(lines: list[Line], rows: Sequence[int], gutter: Gutter) -> bool:
    """Whether the first figures of rows right of a gutter stand off the edge of the page column there.

    At its edge they may be the keys of a table in it, whole numbers.
    """
    edge = min(p.x0 for line in lines for p in line if p.x0 >= gutter.x)
    after = [next((p for p in lines[k] if p.x0 >= gutter.x), None) for k in rows]
    values = [p for p in after if p]
    measured = any(MEASURE.search(p.text) for p in values)
    return measured or any(p.x0 > edge + OFF_EDGE * p.size for p in values)


def _near(lines: Sequence[Line]) -> bool:
    """Whether lines follow each other as those of a table do."""
    return all(level_of(b) - level_of(a) <= ROW_STEP * size_of(b) for a, b in pairwise(lines))


def _follows(lines: Sequence[Line]) -> bool:
    """Whether the last line is the next row after the first: near, and nothing but keys stands between."""
    figures = next(phrase.x0 for phrase in lines[0] if phrase.number)
    return _near(lines) and all(phrase.x1 < figures for line in lines[1:-1] for phrase in line)


def _is_header(lines: Sequence[Line]) -> bool:
    """Whether the first of two lines is near above the other and names columns."""
    return _near(lines) and _names_columns(lines[0])


def _names_columns(line: Line) -> bool:
    return len(line) > 1 and all(len(phrase.words) <= NAME_WORDS for phrase in line)


def _left_of(top: float, bottom: float, taken: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """What is left between `top` and `bottom` without the stretches that are `taken`, from the top down."""
    out = []
    for first, last in taken:
        if first > top:
            out.append((top, min(first, bottom)))
        top = max(top, last)
    return [*out, (top, bottom)] if top < bottom else out


def _between_walls(gutter: Gutter, phrases: list[Phrase], walls: Sequence[Wall]) -> Gutter:
    """The part of a gutter between two walls that has most phrases beside it."""
    levels = [gutter.top, *(y for y in _walls_over(gutter.x, walls) if gutter.top < y < gutter.bottom)]
    parts = list(pairwise([*levels, gutter.bottom]))
    top, bottom = max(parts, key=lambda part: sum(part[0] <= p.level <= part[1] for p in phrases))
    return Gutter(gutter.x, top, bottom)


def _equal_columns(
    strips: list[tuple[float, float]], left: float, right: float, count: int
) -> Iterator[list[tuple[float, float]]]:
    """Choices of strips, as (from, to), that part the page into `count` columns of one width.

    A strip ends where its column begins, or a little after where that holds but indented text.
    """
    pitches = sorted({(end - left) / k for _, end in strips for k in range(1, count)})
    for pitch in pitches:
        starts = [left + k * pitch for k in range(1, count)]
        chosen = [
            strip
            for start in starts
            for strip in strips
            if strip[0] < start and -EQUAL * pitch <= strip[1] - start <= INDENTED * pitch
        ]
        last = right - (left + (count - 1) * pitch)
        if len(chosen) == count - 1 and 0.6 * pitch <= last <= (1 + EQUAL) * pitch and pitch > 100:
            yield chosen


def _uneven(phrases: list[Phrase], edges: Sequence[float], size: float) -> bool:
    """Whether the lines of two columns, from edge to edge, are at levels of their own, as in prose."""
    start, x, end = edges
    left = _levels(p for p in phrases if p.x1 <= x and p.x0 >= start)
    right = _levels(p for p in phrases if p.x0 >= x and p.x1 <= end)
    if min(len(left), len(right)) < LEAST_LINES:
        return False
    low, high = max(left.min(), right.min()) - 1, min(left.max(), right.max()) + 1
    left, right = left[(left >= low) & (left <= high)], right[(right >= low) & (right <= high)]
    if min(len(left), len(right)) < LEAST_LINES:
        return False
    few, many = sorted((left, right), key=len)
    near = np.abs(few[:, None] - many[None, :]).min(axis=1) <= SAME_LEVEL * size
    return float(near.mean()) < SHARED


def _goes_on(lines: list[Line], edges: Sequence[float], size: float) -> bool:
    """Whether the second of two columns, from edge to edge, goes on with the rows of the first.

    Both hold keys and, as far from these, one column of figures; names stand over those of the first only.
    Their rows may be at the same levels.
    """
    start, x, end = edges
    parts = [
        [[p for p in line if a <= p.x0 and p.x1 <= b] for line in lines] for a, b in ((start, x), (x, end))
    ]
    sides = [list(filter(None, part)) for part in parts]
    if not all(sides):
        return False
    offsets = []
    for rows in sides:
        edge = min(row[0].x0 for row in rows)
        values = [row[1] for row in rows if len(row) == 2 and _is_value(row[1]) and not row[0].number]
        if len(values) < FEWEST_ROWS or any(len(row) > 2 or row[0].x0 > edge + size for row in rows):
            return False
        offsets.append((middle([v.x0 - edge for v in values]), middle([v.x1 - edge for v in values])))
    if min(abs(a - b) for a, b in zip(*offsets, strict=True)) > SAME_OFFSET * size:
        return False
    named, again = (len(rows[0]) == 2 and not rows[0][1].number for rows in sides)
    return named and not again


def _without_edges(lines: list[Line]) -> list[Line]:
    """The lines of a page without its head and foot: one phrase, off the other lines."""
    first, last = 0, len(lines)
    if len(lines[0]) == 1 and level_of(lines[1]) - level_of(lines[0]) > ROW_STEP * size_of(lines[1]):
        first += 1
    if len(lines[-1]) == 1 and level_of(lines[-1]) - level_of(lines[-2]) > ROW_STEP * size_of(lines[-2]):
        last -= 1
    return lines[first:last]


def _levels(phrases: Iterable[Phrase]) -> Floats:
    """The levels of phrases to a tenth of a point, each once, from the top down."""
    return np.array(sorted(set(np.round([phrase.level for phrase in phrases], 1).tolist())))


def parted_lines(lines: list[Line], gutters: list[Gutter]) -> list[list[Line]]:
    """Lines as one list for each page column; a line across a gutter, or beyond its ends, is whole."""
    parts: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        level = level_of(line)
        pieces: dict[int, Line] = {}
        current = [
            g.x if g.top - 1 <= level <= g.bottom + 1 and not any(p.x0 < g.x < p.x1 for p in line) else None
            for g in gutters
        ]
        for phrase in line:
            place = 0
            for k, x in enumerate(current):
                if x is not None and phrase.x0 > x:
                    place = k + 1
            pieces.setdefault(place, []).append(phrase)
        for place, piece in pieces.items():
            parts[place].append(piece)
    return [part for part in parts if part]
