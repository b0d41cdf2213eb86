"""Tables whose rows level rulings part, and whose columns only the text shows."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import chain
from math import inf

from .assembly import extents_of
from .columns import bands_of
from .grid import Grid, Span
from .header_lines import has_value, header_start, ruled_lines
from .heads import header_rows
from .lattice import lattice
from .phrases import Line, level_of, middle, phrase_lines
from .regions import Region, at_its_best
from .rules import Rules
from .tight import with_values_parted
from .titles import figure_columns, is_title, title_span
from .words import Phrase, Words

ONE_ROW = 0.7  # of the bands between stacked rulings must be one row
LEAST_BANDS = 3
SAME_PLACE = 0.4  # of the font size
SET_IN = 3.0  # times the font size: how far the keys of a group are set in
OPEN = 6.0  # times the font size: how far below the last ruling a last row reaches
WRAP = 1.6  # times the font size: the lines of one cell
SHORT_TOP = 12.0  # points: a first ruling that begins so far inside leaves out the key column
SEVERAL = 0.35  # of the lines between stacked rulings must hold two phrases
NAMED = 1.5  # times the font size: how far above the first ruling the names of columns stand
ABOVE = 12.0  # times the font size: how far above the first ruling a header is looked for


def stacked_grid(stack: Rules, words: Words, rules: Rules) -> Grid | None:
    """The grid of level rulings one below the other, if most bands between them are one row.

    The header stands between the first rulings, in one line or several, or above them all.
    """
    stack = _with_open_start(_with_open_end(stack, words), words)
    levels = [rule[0] for rule in stack.across]
    top, bottom = levels[0], levels[-1]
    left, right = min(rule[1] for rule in stack.across), max(rule[2] for rule in stack.across)
    size = middle(words.size[k] for k in words.inside(left, top, right, bottom))
    near = words.inside(left - 1, top - ABOVE * size, right + 1, bottom)
    lines = with_values_parted(words, phrase_lines(words, [k for k in near if words.upright[k]]))
    start = sum(level_of(line) < top for line in lines)
    inside = lines[start:]
    rows = bands_of(inside)  # a cell is centred beside a wrapped one
    several = [row for row in rows if sum(map(len, row)) > 1]
    beside = {bisect_left(levels, level_of(row[0])) for row in several}
    if len(several) < max(2, SEVERAL * len(rows)) and len(beside) < max(
        LEAST_BANDS, ONE_ROW * (len(levels) - 1)
    ):
        return None
    cuts = at_its_best(Region(inside, [], 0, len(inside))).cuts
    if not cuts:
        return None
    bands = [bisect_left(levels, level_of(line)) for line in inside]
    # A figure here and there among texts tells nothing of the header.
    figured = bool(figure_columns(inside, cuts))
    valued = [k for k in range(len(inside)) if figured and has_value(inside, k, cuts)]
    named = 1 if _is_named_above(lines[:start], top, cuts) else 2  # the band in which rows of text begin
    first = min(bands[valued[0]], len(levels) - LEAST_BANDS) if valued else named
    count = bands.index(next(band for band in bands if band >= first))
    while count > 1 and _is_title_row(inside, bands, count - 1, cuts, (left, right)):
        count -= 1
        first = bands[count]
    if all(len(line) == 1 for line in inside[:count]):  # what names the first rows, below their header
        first, count = 1, 0
    across = list(stack.across[first - 1 :])
    sides = [(x, across[0][0], end) for x, _, end in stack.upright]
    body = Rules(across, sides)
    grid = lattice(body, words, cuts)
    if grid is None or not _is_one_row_each(grid, body):
        return None
    region = Region(inside[count:], cuts, start + count, len(lines))
    _spread_titles(grid, region, words)
    begin = start if count else header_start(lines, region, rules)
    if count and stack.across[0][1] > left + SHORT_TOP:  # it stands below a name of several columns
        begin = header_start(lines, Region(inside, cuts, start, len(lines)), rules)
    return _under(lines[begin : start + count], region, grid, words, rules)


def _is_title_row(
    lines: list[Line], bands: list[int], k: int, cuts: list[float], sides: tuple[float, float]
) -> bool:
    """Whether line `k`, alone between its rulings, is a title over the middle of the rows below it.

    `sides` are the left and the right end of the rulings.
    """
    alone = bands[k - 1] < bands[k] < bands[k + 1]
    return alone and is_title(lines[k], *sides, cuts, lines[k][0].size)


def _is_named_above(above: list[Line], top: float, cuts: list[float]) -> bool:
    """Whether the line right above the first ruling names half the columns."""
    line = above[-1] if above else []
    return len(line) >= max(2, 0.5 * (len(cuts) + 1)) and top - level_of(line) < NAMED * line[0].size


def _spread_titles(grid: Grid, body: Region, words: Words) -> None:
    """Let the rows that are a title over columns of figures span these columns, or all."""
    figured = figure_columns(body.lines, body.cuts)
    filled: dict[int, list[Span]] = {}
    for span, held in grid.members.items():
        if held:
            filled.setdefault(span[0], []).append(span)
    for row, spans in filled.items():
        if len(spans) > 1 or not figured:
            continue
        held = grid.members[spans[0]]
        columns = title_span(phrase_lines(words, held), grid.xs[0], grid.xs[-1], body.cuts, figured)
        if columns is not None:
            del grid.members[spans[0]]
            grid.members[row, columns[0], spans[0][2], columns[1] - columns[0]] = held


def _is_under(phrase: Phrase, row: Line) -> bool:
    """Whether a phrase begins or ends where one of a row does, and is a figure as that is."""
    reach = SAME_PLACE * phrase.size
    same = [p for p in row if min(abs(phrase.x0 - p.x0), abs(phrase.x1 - p.x1)) < reach]
    free = min((p.x0 for p in row if p.x0 > phrase.x0 + reach and p not in same), default=inf)
    return phrase.x1 < free and any(phrase.number == p.number for p in same)


def _is_set_out(line: Line, rows: Line) -> bool:
    """Whether the first text of a line is a key from which those of the rows below it are set in a little."""
    first = min(rows, key=lambda phrase: phrase.x0)
    free = min((p.x0 for p in rows if p.x0 > first.x1), default=inf)
    return 0 < first.x0 - line[0].x0 < SET_IN * first.size and line[0].x1 < free and not line[0].number


def _with_open_end(stack: Rules, words: Words) -> Rules:
    """The stack closed below its last row where no ruling is: the row stands as the one above it does.

    Its first line is as far below the last ruling as the first line of the row above is below its own,
    its other lines follow near, and each phrase stands at an edge of one of that row.
    """
    (above, start, end), (last, _, _) = stack.across[-2:]
    below = last + max(2 * (last - above), OPEN * middle(words.size[k] for k in words.between(above, last)))
    near = [k for k in words.inside(start - 1, above, end + 1, below) if words.upright[k]]
    lines = phrase_lines(words, near)
    row = [line for line in lines if level_of(line) < last]
    new = lines[len(row) :]
    if not row or not new:
        return stack
    size = row[0][0].size
    if abs(level_of(new[0]) - last - (level_of(row[0]) - above)) > SAME_PLACE * size:
        return stack
    known = list(chain(*row))
    own: list[Line] = []
    for line in new:
        if own and level_of(line) - level_of(own[-1]) > WRAP * size:
            break
        if not all(_is_under(phrase, known) for phrase in line):
            break
        own.append(line)
    if max(map(len, own), default=0) < 2 or sum(map(len, own)) < max(map(len, row)):
        return stack
    bottom = level_of(own[-1]) + size
    return Rules([*stack.across, (bottom, start, end)], [(x, top, bottom) for x, top, _ in stack.upright])


def _with_open_start(stack: Rules, words: Words) -> Rules:
    """The stack from above its first row on, where no ruling parts that from its header or the text above.

    Its last line is as far above its ruling as that of the row below is above its own, its other lines
    are near, and each phrase stands at an edge of one of that row or the next.
    """
    for first in (0, 1):
        (last, start, end), (below, _, _), (end_of_next, _, _) = stack.across[first : first + 3]
        size = middle(words.size[k] for k in words.between(last, below))
        above = stack.across[0][0] if first else last - max(2 * (below - last), OPEN * size)
        lines = phrase_lines(
            words, [k for k in words.inside(start - 1, above, end + 1, end_of_next) if words.upright[k]]
        )
        open_ = [line for line in lines if level_of(line) < last]
        row = [line for line in lines if last < level_of(line) < below]
        if not row or not open_:
            continue
        if abs(last - level_of(open_[-1]) - (below - level_of(row[-1]))) > SAME_PLACE * size:
            continue
        known = list(chain(*lines[len(open_) :]))
        own: list[Line] = []
        valued = False
        for line in reversed(open_):
            if own and level_of(own[-1]) - level_of(line) > WRAP * size:
                break
            figures = any(phrase.number for phrase in line)
            under = all(_is_under(phrase, known) for phrase in line[1:])
            if (
                (figures and valued)
                or not under
                or not (_is_under(line[0], known) or _is_set_out(line, known))
            ):
                break
            valued = valued or figures
            own.append(line)
        if not valued or max(map(len, own)) < 2 or (first and len(own) == len(open_)):
            continue
        top = level_of(own[-1]) - size
        return Rules(
            [(top, start, end), *stack.across[first:]], [(x, top, bottom) for x, _, bottom in stack.upright]
        )
    return stack


def _under(head: list[Line], region: Region, grid: Grid, words: Words, rules: Rules) -> Grid:
    """The grid below its header lines."""
    if not any(len(line) > 1 for line in head):
        return grid
    ruled = ruled_lines(head, Region(head + region.lines, region.cuts, 0, 0), rules)
    rows = header_rows(words, head, region.cuts, extents_of(region.lines, grid.xs), rules, ruled)
    tops = [min(words.top[k] for held in row.values() for k in held) for row in rows]
    out = Grid(grid.xs, [*tops, *grid.ys])
    for number, row in enumerate(rows):
        for (a, b, down), held in row.items():
            out.members[number, a, down, b - a] = held
    for (number, column, down, along), held in grid.members.items():
        out.members[number + len(rows), column, down, along] = held
    return out


def _is_one_row_each(grid: Grid, stack: Rules) -> bool:
    """Whether most bands between rulings are one row of the grid."""
    starts = {span[0] for span, held in grid.members.items() if held}
    levels = [rule[0] for rule in stack.across]
    bands = Counter(bisect_left(levels, grid.ys[row] + 0.1) for row in starts)
    single = sum(count == 1 for count in bands.values())
    return single >= max(LEAST_BANDS, ONE_ROW * len(bands))
