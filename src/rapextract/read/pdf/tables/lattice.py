"""Tables from rulings: a grid by the crossings of lines, cells merged where a piece of line is missing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from .columns import column_at
from .grid import Grid
from .headers import is_class
from .phrases import Line, phrase_lines
from .regions import Region, at_its_best
from .rows import rows_of
from .rules import Rules
from .words import Bools, Floats, Ints, Words

NEAR = 3.0  # points: boundaries this near to each other are one
DRAWN = 0.55  # of an edge must be covered by rulings for it to count as drawn
PARTED = 0.6  # of the lines in a ruled column must hold two phrases for it to be several columns
PARTED_ALONE = 0.35  # … where no upright ruling parts columns at all
NARROW = 4.0  # times the font size: a ruled column so narrow is one column
BEYOND = 0.8  # of the font size: rulings that reach this far past the outermost boundary leave an open column


def _clustered(values: Floats) -> list[float]:
    """Sorted values, those within `NEAR` of each other's first made one (their mean)."""
    out: list[list[float]] = []
    for value in np.sort(values).tolist():
        if out and value - out[-1][0] <= NEAR:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _cover(pieces: Floats, position: float, places: Floats) -> Floats:
    """Share of each stretch between consecutive `places` that pieces at `position` cover."""
    near = pieces[np.abs(pieces[:, 0] - position) <= NEAR]
    start, end = places[:-1, None], places[1:, None]
    total = np.clip(np.minimum(near[:, 2], end) - np.maximum(near[:, 1], start), 0, None).sum(axis=1)
    shares: Floats = total / np.maximum(places[1:] - places[:-1], 0.1)
    return shares


def boundaries(rules: Rules, size: float) -> tuple[list[float], list[float]]:
    """Column and row boundaries of a group of rulings, open sides closed; `size` is its font size."""
    beyond = BEYOND * size
    across, upright = rules.across, rules.upright
    xs, ys = _clustered(upright[:, 0]), _clustered(across[:, 0])
    left, right = float(across[:, 1].min()), float(across[:, 2].max())
    top, bottom = float(upright[:, 1].min()), float(upright[:, 2].max())
    if not xs or left < xs[0] - beyond:
        xs.insert(0, left)
    if right > xs[-1] + beyond:
        xs.append(right)
    if top < ys[0] - beyond:
        ys.insert(0, top)
    if bottom > ys[-1] + beyond:
        ys.append(bottom)
    return xs, ys


def lattice(rules: Rules, words: Words, cuts: list[float] | None = None) -> Grid | None:
    """The grid of one group of touching rulings with the words in it; None where it makes no grid.

    Where the columns are known, they part at `cuts`; else the text tells those that no ruling parts.
    """
    if len(rules.across) < 2 or not len(rules.upright):
        return None
    a, u = rules.across, rules.upright
    box = (min(a[:, 1].min(), u[:, 0].min()), u[:, 1].min(), max(a[:, 2].max(), u[:, 0].max()), u[:, 2].max())
    held = words.inside(*map(float, box))
    if not held.any():
        return None
    size = float(np.median(words.size[held]))
    xs, ys = boundaries(rules, size)
    if len(xs) < 2 or len(ys) < 2:
        return None
    inside = np.flatnonzero(words.inside(xs[0] - 1, ys[0] - 1, xs[-1] + 1, ys[-1] + 1))
    if not len(inside):
        return None
    drawn = set(xs)
    xs = _with_rivers(xs, words, inside, size) if cuts is None else [xs[0], *cuts, xs[-1]]
    ruled = set(ys)
    closed = _edges(xs, ys, ruled, rules)[1]
    ys = _with_rows(xs, ys, [x for x in xs if x not in drawn], words, inside, closed[:-1] & closed[1:])
    return _merged_cells(xs, ys, ruled, rules, words, inside)


def _edges(xs: list[float], ys: list[float], ruled: set[float], rules: Rules) -> tuple[Bools, Bools]:
    """Which edges are drawn: upright[row, boundary] and across[boundary, column]."""
    rows, columns = len(ys) - 1, len(xs) - 1
    upright = np.ones((rows, columns + 1), dtype=bool)
    across = np.ones((rows + 1, columns), dtype=bool)
    down, along = np.array(ys), np.array(xs)
    for j in range(1, columns):
        upright[:, j] = _cover(rules.upright, xs[j], down) >= DRAWN
    drawn = [i for i in range(1, rows) if ys[i] in ruled]
    for i in drawn:
        across[i] = _cover(rules.across, ys[i], along) >= DRAWN
    for above, below in pairwise([0, *drawn, rows]):
        across[above + 1 : below] = across[above] & across[below]  # a cell over two bands is not parted
    return upright, across


def _with_rivers(xs: list[float], words: Words, inside: Ints, size: float) -> list[float]:
    """Column boundaries, with those that only the text shows where a ruled column holds several."""
    out = [xs[0]]
    needed = PARTED if len(xs) > 2 else PARTED_ALONE
    centre = (words.x0 + words.x1) / 2
    for left, right in pairwise(xs):
        own = inside[(centre[inside] > left) & (centre[inside] < right)]
        if len(own) >= 4 and right - left > NARROW * size:
            lines = phrase_lines(words.take(own))
            several = [line for line in lines if len(line) > 1]
            numeric = sum(any(phrase.number for phrase in line) for line in several)
            if len(several) >= max(2, needed * len(lines)) and numeric >= 0.5 * len(several):
                out.extend(at_its_best(Region(lines, [], 0, len(lines))).cuts)
        out.append(right)
    return out


def _with_rows(
    xs: list[float], ys: list[float], cuts: list[float], words: Words, inside: Ints, closed: Bools
) -> list[float]:
    """Row boundaries, with those that only the text shows where a ruled band holds several rows.

    `closed[band, column]` tells that rulings close a band above and below: what reaches over several
    bands tells nothing of the rows of one.
    """
    if len(xs) < 3:
        return ys
    out = [ys[0]]
    level = words.level
    column_of = np.searchsorted(xs[1:-1], (words.x0[inside] + words.x1[inside]) / 2)
    for band, (top, bottom) in enumerate(pairwise(ys)):
        own = inside[(level[inside] > top) & (level[inside] < bottom) & closed[band][column_of]]
        if len(own) >= 4:
            lines = phrase_lines(words.take(own))
            rows = rows_of(lines, xs[1:-1])
            if not (len(rows) >= 2 and _several_rows(rows, xs[1:-1])):
                rows = _under_spans(lines, cuts)
            if len(rows) >= 2:
                for above, below in pairwise(rows):
                    low = max(phrase.level + phrase.size / 2 for line in above for phrase in line)
                    high = min(phrase.level - phrase.size / 2 for line in below for phrase in line)
                    out.append((low + high) / 2)
        out.append(bottom)
    return out


def _under_spans(lines: list[Line], cuts: list[float]) -> list[list[Line]]:
    """Lines of a header between two rulings as rows: several phrases below one that spans text columns."""
    rows: list[list[Line]] = []
    for line in lines:
        above = rows[-1][-1] if rows else []
        spans = [p for p in above if column_at(p.x0 + 1, cuts) < column_at(p.x1 - 1, cuts)]
        if rows and not any(sum(span.x0 - 30 < p.x0 < span.x1 + 30 for p in line) > 1 for span in spans):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _several_rows(rows: list[list[Line]], cuts: list[float]) -> bool:
    """Whether the rows that text shows in one ruled band are rows: figures in two or more, filled alike.

    Lines with text in the key column alone (a group's name, a wrapped key) may stand between them.
    """
    phrases = [[phrase for line in row for phrase in line] for row in rows]
    filled = [{column_at((phrase.x0 + phrase.x1) / 2, cuts) for phrase in row} for row in phrases]
    several = [k for k, hit in enumerate(filled) if hit != {0}]
    numeric = sum(any(p.number and p.x0 > cuts[0] and not is_class(p.text) for p in row) for row in phrases)
    common: set[int] = set().union(*filled)
    full = sum(len(filled[k]) >= max(2, 0.6 * len(common)) for k in several)
    return numeric >= 2 and numeric >= max(0.7 * len(several), 0.4 * len(rows)) and full >= 0.7 * len(several)


def _merged_cells(
    xs: list[float], ys: list[float], ruled: set[float], rules: Rules, words: Words, inside: Ints
) -> Grid:
    """Cells of the grid: neighbours without a drawn edge between them are one, unless the text parts them."""
    upright, across = _edges(xs, ys, ruled, rules)
    rows = len(ys) - 1
    row_of = np.searchsorted(ys[1:-1], words.level[inside]).tolist()
    column_of = np.searchsorted(xs[1:-1], (words.x0[inside] + words.x1[inside]) / 2).tolist()
    by_row: list[list[int]] = [[] for _ in range(rows)]
    columns_by_row: list[list[int]] = [[] for _ in range(rows)]
    for k, row, column in zip(inside.tolist(), row_of, column_of, strict=True):
        by_row[row].append(k)
        columns_by_row[row].append(column)
    share = upright.mean(axis=0).tolist()
    cells: dict[tuple[int, int], list[int]] = {}  # columns → first row and height of the cell that is open
    grid = Grid(xs, ys)
    for i in range(rows):
        cuts = _row_cuts(words, by_row[i], xs, upright[i].tolist(), share)
        above, cells = cells, {}
        for a, b in pairwise(cuts):
            open_cell = above.get((a, b))
            if open_cell is not None and not across[i, a:b].any():
                held = grid.members.pop((open_cell[0], a, open_cell[1], b - a))
                open_cell[1] += 1
            else:
                held, open_cell = [], [i, 1]
            cells[a, b] = open_cell
            held += [k for k, column in zip(by_row[i], columns_by_row[i], strict=True) if a <= column < b]
            grid.members[open_cell[0], a, open_cell[1], b - a] = held
    return grid


def _row_cuts(
    words: Words, row: list[int], xs: list[float], drawn: list[bool], share: list[float]
) -> list[int]:
    """The boundaries that part the cells of one row, from the first to the last."""
    columns = len(xs) - 1
    cuts = [0]
    for j in range(1, columns):
        if drawn[j] or _parted(words, row, xs, j, cuts[-1], drawn, share[j]):
            cuts.append(j)
    cuts.append(columns)
    return cuts


def _parted(
    words: Words, row: list[int], xs: list[float], j: int, start: int, drawn: list[bool], share: float
) -> bool:
    """Whether the text of a row parts at boundary `j`, which is not drawn there."""
    if not row:
        return share < 0.5
    end = j + 1
    while end < len(xs) - 1 and not drawn[end]:
        end += 1
    x, left, right = xs[j], xs[start], xs[end]
    held = np.array(row, dtype=np.int64)
    x0, x1 = words.x0[held], words.x1[held]
    own = (x1 > left) & (x0 < right)
    before, after = own & (x1 <= x + 1.5), own & (x0 >= x - 1.5)
    if before.sum() + after.sum() < own.sum():
        return False  # a word crosses
    if not before.any() or not after.any():
        return share < 0.5
    lines = phrase_lines(words.take(held[own]))
    return not any(phrase.x0 < x - 1.5 and phrase.x1 > x + 1.5 for line in lines for phrase in line)
