"""Reading order: a page's words cut into regions of one column each.

A region is cut at its best gutter, a strip of white that parts several rows: what stands above,
then the column to its left, then the one to its right, then what stands below; each again. This is
the recursive X-Y cut (Nagy, Seth & Viswanathan, 1992) with gutters first, so that columns whose
paragraphs end at one height are not read across.

A gutter parts columns only if what it parts are columns: prose, or cards with numbers over their
labels. A label and its value on one row are read along the row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from ..page.words import Inset, Line, Word, find_lines
from .sentences import sentences_on
from .sides import (
    COUNT,
    PROSE_WORDS,
    SAME_EDGE,
    TALL,
    VALUE,
    are_columns,
    are_values,
    has_key_figure,
    is_prose,
)

BIN = 1.0  # points: the resolution at which gutters are looked for
NARROWEST_GUTTER = 7.0  # points
GUTTER = 0.75  # of the size of type
NAME_WORDS = 3  # of a group of counts, at most
INDENTED = 6.0  # times the usual size: lines of one column begin no farther from each other
LARGE = 1.15  # times the usual size: a heading
WHITE_BELOW = 4.0  # times its size: what stands so far below a heading does not go on from it
LABEL_LEADING = 1.6  # times the size: from one line of a card's label to the next
WALL = 0.9  # of the width of the text: a line that parts what stands above from what stands below
TALLER = 3.0  # times as many rows: a gutter that no heading interrupts
SAME_SIZE = 0.5  # points
AROUND = 3.0  # times the size: from the last line beside a box to the first below it
MOST_STRETCHED = 4.0  # times the size: the widest space of a justified line


Wall = tuple[float, float, float]
"""A level line drawn on the page: how far from the top, from where to where across."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Gutter:
    """Rows `first` to `last` (exclusive) with white from `x0` to `x1` between words on both sides."""

    first: int
    last: int
    x0: float
    x1: float


def columns_of(
    words: Sequence[Word],
    boxed: bool = False,
    beyond: Sequence[_Gutter] | None = None,
    stacked: bool = True,
    walls: Sequence[Wall] = (),
) -> list[list[Line]]:
    """Regions in reading order, each the lines of one column from the top down.

    `boxed` says that the words stand in a panel: there short lines side by side are columns too.
    `beyond` are the gutters of columns of prose right above or below: a few lines may stand in them too;
    None on a page of its own, where full lines tell one.
    `stacked` asks whether sections with columns of their own stand one above the other; `walls` are the level
    lines drawn on the page, which may part such.
    """
    if words and walls and (parted := _at_wall(words, walls)):
        (above, known), (below, others) = parted
        return [*_cut(above, boxed, others, stacked)[0], *columns_of(below, boxed, known, stacked, walls)]
    return _cut(words, boxed, beyond, stacked)[0] if words else []


_Part = tuple[Sequence[Word], Sequence[_Gutter]]
"""Words, and the gutters between the columns of prose that they stand in."""


def _at_wall(words: Sequence[Word], walls: Sequence[Wall]) -> tuple[_Part, _Part] | None:
    """What stands above and below the first line that parts columns of prose from others below them.

    It runs over all of them, and no fewer sentences go on from column to column above it than past it.
    """
    wide = WALL * (max(word.x1 for word in words) - min(word.x0 for word in words))
    large = LARGE * median(word.size for word in words)
    for y in sorted(y for y, x0, x1 in walls if x1 - x0 >= wide):
        above = [word for word in words if word.bottom <= y + SAME_EDGE]
        below = [word for word in words if word.top >= y - SAME_EDGE]
        if len(above) + len(below) != len(words) or not above or not below:
            continue
        known, others = (_cut(part, False, (), False)[1] for part in (above, below))
        if known and others:
            across = [*_cut(above, False, others, False)[0], *_cut(below, False, known, False)[0]]
            if sentences_on(across, large) >= sentences_on(columns_of(words, stacked=False), large):
                return (above, known), (below, others)
    return None


def _cut(
    words: Sequence[Word], boxed: bool, beyond: Sequence[_Gutter] | None, stacked: bool
) -> tuple[list[list[Line]], list[_Gutter]]:
    """Regions as `columns_of` gives them, and the gutters between columns of prose among them."""
    if not words:
        return [], []
    rows = find_lines(words, gap=math.inf)
    gutter = _best_gutter(rows, boxed)
    if beyond is None:
        beyond = _beside_full_lines(rows) if gutter is None and not boxed else ()
    rest = list(beyond) if gutter else []  # that may part what stands on the sides of the gutter
    for other in beyond if gutter is None or not _parts_prose(rows, gutter) else ():
        wide = _lasting(rows, other)
        if wide and (gutter is None or (wide.first <= gutter.first and gutter.last <= wide.last)):
            gutter, rest = wide, [known for known in beyond if known is not other]
            break
    if gutter is None:
        return [rows], []
    middle = (gutter.x0 + gutter.x1) / 2
    band = [word for row in rows[gutter.first : gutter.last] for word in row.words]
    left = [word for word in band if (word.x0 + word.x1) / 2 < middle]
    right = [word for word in band if (word.x0 + word.x1) / 2 >= middle]
    above = [word for row in rows[: gutter.first] for word in row.words]
    below = [word for row in rows[gutter.last :] for word in row.words]
    parts = _parts_prose(rows, gutter) and not boxed
    stack = stacked and parts and _stack(rows, gutter)
    if stack:
        above, below = ([word for row in part for word in row.words] for part in (rows[:stack], rows[stack:]))
        regions, gutters = _cut(above, boxed, (gutter,), stacked)
        more, _ = _cut(below, boxed, gutters, stacked)
        return [*regions, *more], gutters
    sides = [_cut(side, boxed, rest, stacked) for side in (left, right)]
    gutters = [gutter, *chain.from_iterable(found for _, found in sides)] if parts else []
    foot = _cut(below, boxed, gutters, stacked)[0]
    around = foot and not parts and not boxed and _runs_around(sides[0][0][-1][-1], foot[0][0], gutter)
    if around and is_prose(_rows_of(left)) and not is_prose(_rows_of(right)):
        sides.reverse()
    return [
        *_cut(above, boxed, gutters, stacked)[0],
        *chain.from_iterable(regions for regions, _ in sides),
        *foot,
    ], gutters


def _runs_around(last: Line, below: Line, gutter: _Gutter) -> bool:
    """Whether the text left of a gutter goes on below both sides: it runs around what stands on the right."""
    return (
        below.x1 > gutter.x1
        and abs(last.x0 - below.x0) < SAME_EDGE
        and abs(last.size - below.size) < SAME_SIZE
        and 0 < below.baseline - last.baseline < AROUND * below.size
    )


def _stack(rows: list[Line], gutter: _Gutter) -> int:
    """The row before which a section with columns of its own begins below another's; 0 for none.

    White across all columns stands above it and its heading in the first column, and sentences go on from
    column to column above that white, not past it.
    """
    band = rows[gutter.first : gutter.last]
    usual = median(row.size for row in band)
    edge = min(row.x0 for row in band) + INDENTED * usual  # of what begins in the first column
    tops = list(accumulate((min(word.top for word in row.words) for row in reversed(band)), min))[::-1]
    bottom, large = math.inf, False
    whites: list[tuple[float, int]] = []  # since the last line of the first column: how wide, above which row
    for number, row in enumerate(band):
        if tops[number] >= bottom:
            whites.append((tops[number] - bottom, number))
        bottom = max(bottom if number else 0.0, *(word.bottom for word in row.words))
        if row.x0 > edge:
            continue
        large, goes_on = row.words[0].size >= LARGE * usual, large
        if large and not goes_on and whites:
            cut = max(whites)[1]
            above, below = ([word for row in part for word in row.words] for part in (band[:cut], band[cut:]))
            down = columns_of([*above, *below], stacked=False)
            across = columns_of(above, stacked=False) + columns_of(below, beyond=(gutter,), stacked=False)
            if sentences_on(across, LARGE * usual) > sentences_on(down, LARGE * usual) + 1:
                return gutter.first + cut
        whites = []
    return 0


def _parts_prose(rows: list[Line], gutter: _Gutter) -> bool:
    """Whether columns of prose stand on both sides of a gutter."""
    sides = [_sides(row, gutter) for row in rows[gutter.first : gutter.last]]
    return all(is_prose([side for side in column if side]) for column in zip(*sides, strict=True))


def _rows_of(words: Sequence[Word]) -> list[list[Word]]:
    return [row.words for row in find_lines(words, gap=math.inf)]


def _beside_full_lines(rows: list[Line]) -> list[_Gutter]:
    """What may be a gutter at a page's foot: white on the right of where lines of prose above all end.

    No more than a column as wide stands beyond it: the page's text is all in its first column.
    """
    full = [row for row in rows if len(row.words) >= PROSE_WORDS]
    edges = [round(row.x1) for row in full]
    edge = max(edges, key=edges.count, default=0)
    full = [row for row in full if abs(row.x1 - edge) <= SAME_EDGE]
    if len(full) < TALL:
        return []
    size = LARGE * full[-1].size  # of a heading, which may cross it
    below = (word for row in rows for word in row.words if word.top > full[-1].bottom and word.size < size)
    beyond = [word for word in below if word.x1 > edge + SAME_EDGE]
    if not beyond or min(word.x0 for word in beyond) < edge + NARROWEST_GUTTER:
        return []
    begin, end = min(word.x0 for word in beyond), max(word.x1 for word in beyond)
    wide = end - begin <= edge - min(row.x0 for row in full) + SAME_EDGE
    return [_Gutter(0, 0, max(row.x1 for row in full), begin)] if wide else []


def _lasting(rows: list[Line], beyond: _Gutter) -> _Gutter | None:
    """The gutter of other rows where it parts these too: the longest run of rows that leave it white.

    What stands left and right of it stands side by side there, and on its right are no values.
    """
    x0, x1 = beyond.x0 + SAME_EDGE, beyond.x1 - SAME_EDGE
    cuts = []
    for number, row in enumerate(rows):
        white = any(
            b.x0 - a.x1 > GUTTER * row.size and a.x1 <= x0 and b.x0 >= x1 for a, b in pairwise(row.words)
        )
        if not white and row.x0 < x1 and row.x1 > x0:
            cuts.append(number)
    best: _Gutter | None = None
    for first, last in pairwise([-1, *cuts, len(rows)]):
        sides = [_sides(row, beyond) for row in rows[first + 1 : last]]
        left, right = [a for a, _ in sides if a], [b for _, b in sides if b]
        if not left or not right or are_values(left, right):
            continue
        beside = left[0][0].top <= right[-1][0].bottom and right[0][0].top <= left[-1][0].bottom
        if beside and (best is None or last - first - 1 > best.last - best.first):
            best = _Gutter(first + 1, last, beyond.x0, beyond.x1)
    return best and _without_headings(rows, best, median(row.size for row in rows))


def _best_gutter(rows: list[Line], boxed: bool) -> _Gutter | None:
    """The gutter that parts the most rows and holds up as one, or None."""
    if len(rows) < 2:
        return None
    usual = median(row.size for row in rows)
    width = max(NARROWEST_GUTTER, GUTTER * usual)
    found: _Gutter | None = None
    most = 0
    for few, gutter in _gutters(rows, width, boxed):
        if found is not None and few < most - 1:
            break
        whole = _below_insets(rows, gutter)
        cut = _without_headings(rows, whole, usual)
        if cut is None or not _parts_columns(rows, cut, boxed):
            continue
        if found is None:
            found, most = cut, few
            if cut == whole or boxed:
                break
        elif cut == whole and cut.last - cut.first > TALLER * (found.last - found.first):
            found = cut  # the other was cut short: with a running head over it a last column had a row more
            break
    if found is None:
        return None
    return _lengthened(rows, found) if boxed else _without_tail(rows, found)


def _gutters(rows: list[Line], width: float, boxed: bool) -> list[tuple[int, _Gutter]]:
    """Strips of white at least `width` wide between words of two rows on each side, of one if `boxed`.

    With how many rows of words stand on the side that has fewer; those with most first.
    """
    left = min(row.x0 for row in rows)
    right = max(row.x1 for row in rows)
    bins = int((right - left) / BIN) + 1
    strip = math.ceil(width / BIN)
    if bins <= strip + 2:
        return []
    spans = [_counts_joined(row) if boxed else [(word.x0, word.x1) for word in row.words] for row in rows]
    white, on_left, on_right = _white_strips(spans, left, bins, strip)
    # Strips one after the other, rows from the top down in each: where white begins, where it ends.
    flat = white.ravel()
    turns = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    if flat[0]:
        turns = np.concatenate(([0], turns))
    begins, ends = turns[::2], turns[1::2]
    left_rows, right_rows = (
        counted[ends] - counted[begins] + side.ravel()[begins]
        for side, counted in ((part, np.cumsum(part, dtype=np.int32)) for part in (on_left, on_right))
    )
    fewer = np.minimum(left_rows, right_rows)
    enough = (fewer >= (1 if boxed else 2)) & (np.maximum(left_rows, right_rows) >= 2)
    position, first = np.divmod(begins[enough], white.shape[1])
    last = first + ends[enough] - begins[enough]
    found: dict[tuple[int, int, int], list[int]] = {}
    columns = (position.tolist(), first.tolist(), last.tolist(), fewer[enough].tolist())
    for at, a, b, few in zip(*columns, strict=True):
        found.setdefault((few, a, b), []).append(at)
    gutters = []
    for (few, a, b), positions in found.items():
        begin = 0
        for end in range(1, len(positions) + 1):
            if end == len(positions) or positions[end] - positions[end - 1] > strip:
                x0, x1 = left + BIN * positions[begin], left + BIN * (positions[end - 1] + strip)
                gutters.append((few, end - begin, _Gutter(a, b, x0, x1)))
                begin = end
    gutters.sort(key=lambda g: (-g[0], -g[1]))
    return [(few, gutter) for few, _, gutter in gutters[:12]]


def _counts_joined(row: Line) -> list[tuple[float, float]]:
    """The words of a row, from edge to edge, a number that a justified line sets apart with its noun."""
    spans: list[tuple[float, float]] = []
    open_from = -math.inf  # where a number stands that begins a line
    end = -math.inf
    for word in row.words:
        apart = word.x0 - end
        if apart < MOST_STRETCHED * word.size and word.text[0].islower() and open_from > -math.inf:
            spans[-1] = (open_from, word.x1)
        else:
            spans.append((word.x0, word.x1))
        begins = word.text.isdigit() and apart > GUTTER * word.size
        open_from, end = (word.x0 if begins else -math.inf), word.x1
    return spans


def _white_strips(
    rows: list[list[tuple[float, float]]], left: float, bins: int, strip: int
) -> tuple[Flags, Flags, Flags]:
    """For each strip of bins and each row whether it is white there, and has words on its left, its right.

    `rows` has the left and right edges of the words of each. Arrays of strips × rows and, for every strip,
    one more row that is not white. A strip is named by its first bin, counted from `left`.
    """
    white = np.zeros((bins + 1 - strip, len(rows) + 1), dtype=bool)
    on_left, on_right = white.copy(), white.copy()
    for number, row in enumerate(rows):
        free = 0  # the first strip that begins behind all words so far
        for x0, x1 in row:
            first, last = int((x0 - left) / BIN), int((x1 - left) / BIN)
            reach = first - strip + 1  # the first strip that the word stands in
            if reach > free:
                white[free:reach, number] = on_right[free:reach, number] = True
                if free:
                    on_left[free:reach, number] = True
            free = max(free, last + 1)
        white[free:, number] = on_left[free:, number] = True
    return white, on_left, on_right


def _sides(row: Line, gutter: _Gutter) -> tuple[list[Word], list[Word]]:
    middle = (gutter.x0 + gutter.x1) / 2
    left = [word for word in row.words if word.x1 <= middle]
    return left, [word for word in row.words if word.x1 > middle]


def _below_insets(rows: list[Line], gutter: _Gutter) -> _Gutter:
    """The gutter without what stands beside a panel or table that a line across it stands beside too."""
    middle = (gutter.x0 + gutter.x1) / 2
    across = rows[gutter.first - 1].words if gutter.first else []
    if not any(word.x0 < gutter.x1 and word.x1 > middle for word in across):
        return gutter
    above = rows[gutter.first - 1].bottom
    band = rows[gutter.first : gutter.last]
    ends = [w.bottom for row in band for w in row.words if isinstance(w, Inset) and w.top < above]
    beside = sum(row.top < max(ends) for row in band) if ends else 0
    return replace(gutter, first=gutter.first + beside)


def _without_headings(rows: list[Line], gutter: _Gutter, usual: float) -> _Gutter | None:
    """The gutter's longest run of rows on both sides of it that no short full-width heading interrupts.

    A heading that leaves the gutter white by being short belongs to neither column: it is large,
    and nothing stands beside it, unless its column alone goes on below it. Or it names a group of counts
    that stand side by side, as others do above it.
    """
    cuts = [gutter.first - 1]
    for number in range(gutter.first, gutter.last):
        row = rows[number]
        left, right = _sides(row, gutter)
        if not right and _names_counts(rows[gutter.first : gutter.last], gutter, number - gutter.first):
            cuts.append(number)
        if (left and right) or row.size < LARGE * usual:
            continue
        beside = any(
            word.bottom > row.top - 0.3 * row.size
            and word.top < row.bottom + 0.3 * row.size
            and (word.x0 >= row.x1 or word.x1 <= row.x0)
            for other in rows[gutter.first : gutter.last]
            if other is not row
            for word in other.words
        )
        if not beside and not _goes_on_below(rows, gutter, number, bool(right)):
            cuts.append(number)
    cuts.append(gutter.last)
    best: _Gutter | None = None
    for first, last in pairwise(cuts):
        sides = [_sides(row, gutter) for row in rows[first + 1 : last]]
        parts = any(left for left, _ in sides) and any(right for _, right in sides)
        if parts and (best is None or last - first - 1 > best.last - best.first):
            best = _Gutter(first + 1, last, gutter.x0, gutter.x1)
    return best


def _names_counts(rows: list[Line], gutter: _Gutter, number: int) -> bool:
    """Whether a row is a name between rows that count things on both sides of a gutter."""

    def counts(row: Line) -> bool:
        sides = _sides(row, gutter)
        return all(COUNT.match(" ".join(word.text for word in side)) for side in sides)

    name = rows[number]
    if len(name.words) > NAME_WORDS or not name.text[0].isupper() or any(map(str.isdigit, name.text)):
        return False
    return number + 1 < len(rows) and counts(rows[number + 1]) and any(map(counts, rows[:number]))


def _without_tail(rows: list[Line], gutter: _Gutter) -> _Gutter:
    """The gutter between cards without what stands below one of them and is no line of its label."""
    sides = [_sides(row, gutter) for row in rows[gutter.first : gutter.last]]
    for side in ([left for left, _ in sides if left], [right for _, right in sides if right]):
        if not has_key_figure(side) or not VALUE.fullmatch(" ".join(word.text for word in side[0])):
            return gutter
    last = 1 + max((k for k, (left, right) in enumerate(sides) if left and right), default=len(sides) - 1)
    labels = rows[gutter.first + last - 1 : gutter.last]
    for above, row in pairwise(labels):
        if row.baseline - above.baseline > LABEL_LEADING * row.size or row.size > LARGE * above.size:
            break
        last += 1
    return replace(gutter, last=gutter.first + last)


def _goes_on_below(rows: list[Line], gutter: _Gutter, number: int, on_right: bool) -> bool:
    """Whether below a heading only its own side goes on, and as a column: at its foot, or in full lines."""
    heading, after = rows[number], rows[number + 1 : gutter.last]
    if after and after[0].top - heading.bottom > WHITE_BELOW * heading.size:
        return False  # a page's foot
    below = [_sides(row, gutter) for row in after]
    if any(sides[not on_right] for sides in below):
        return False
    above = [_sides(row, gutter) for row in rows[gutter.first : number]]
    if below and sum(bool(left and right) for left, right in above) >= TALL * len(below):
        return True
    own = [sides[on_right] for sides in below if sides[on_right]]
    edge = max((words[-1].x1 for words in own), default=0.0)
    full = [words for words in own if words[-1].x1 > edge - SAME_EDGE]
    return len(full) >= 2 and sum(map(len, full)) >= PROSE_WORDS * len(full)


def _lengthened(rows: list[Line], gutter: _Gutter) -> _Gutter:
    """The gutter with the rows below that end before its right column begins, if only just."""
    middle = (gutter.x0 + gutter.x1) / 2
    edge = min(word.x0 for row in rows[gutter.first : gutter.last] for word in row.words if word.x0 > middle)
    last = gutter.last
    while last < len(rows) and rows[last].x1 <= edge:
        if _names_counts(rows[gutter.first :], gutter, last - gutter.first):
            break
        last += 1
    # Whatever ends before the right column stands left of it.
    return _Gutter(gutter.first, last, edge, edge)


def _parts_columns(rows: list[Line], gutter: _Gutter, boxed: bool) -> bool:
    """Whether what stands left and right of a gutter is to be read down, not across."""
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    both: list[tuple[list[Word], list[Word]]] = []
    for row in rows[gutter.first : gutter.last]:
        a, b = _sides(row, gutter)
        left += [a] if a else []
        right += [b] if b else []
        both += [(a, b)] if a and b else []
    if not left or not right:
        return False
    return are_columns(left, right, both, boxed)
