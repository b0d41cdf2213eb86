"""From a region to a grid: the header above it, its rows, and the columns that each header spans."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from .columns import column_at, columns_filled, crosses, ranges_of
from .grid import Grid, Span
from .groups import groups_of
from .header_lines import ruled_lines, split_header
from .heads import header_rows
from .phrases import Line
from .regions import Region
from .rows import rows_of
from .rules import Rules
from .titles import figure_columns, title_span
from .words import Words


def grid_of(words: Words, header: list[Line] | None, region: Region, rules: Rules) -> Grid:
    """The grid of a region and the header lines above it; with None for them it has no header at all.

    Which columns a header cell stands over, and in which row, `header_rows` tells.
    """
    head, body = split_header(header, region, rules) if header is not None else ([], region.lines)
    cuts = _named_columns(head, body, region.cuts)
    lines = head + body
    x0 = min(line[0].x0 for line in lines)
    x1 = max(line[-1].x1 for line in lines)
    xs = [x0 - 1, *cuts, x1 + 1]
    grid = Grid(xs, [])
    tops: list[float] = []
    for row, heads in enumerate(
        header_rows(words, head, cuts, extents_of(body, xs), rules, ruled_lines(head, region, rules))
    ):
        tops.append(min(words.top[k] for members in heads.values() for k in members))
        for (a, b, down), members in heads.items():
            grid.members[row, a, down, b - a] = members
    row = len(tops)
    ruled = ruled_lines(body, region, rules)
    groups = groups_of(body, cuts, ruled)
    for own in groups:
        if own.name:
            grid.members[row, 0, len(own.rows), 1 + own.wide] = list(own.name)
        for lines_ in own.rows:
            tops.append(min(words.top[k] for line in lines_ for p in line for k in p.words))
            grid.members.update(_row_cells(words, lines_, row, cuts))
            row += 1
    x0, x1 = xs[0], xs[-1]
    figured = figure_columns(body, cuts)
    for group in [] if groups else rows_of(body, cuts, ruled):
        tops.append(min(words.top[k] for line in group for p in line for k in p.words))
        title = title_span(group, x0, x1, cuts, figured)
        if title is not None:
            grid.members[row, title[0], 1, title[1] - title[0]] = list(group[0][0].words)
        else:
            grid.members.update(_row_cells(words, group, row, cuts))
        row += 1
    bottom = max(words.bottom[k] for line in lines for p in line for k in p.words)
    grid.ys = [*tops, bottom]
    return grid


def _row_cells(words: Words, group: list[Line], row: int, cuts: list[float]) -> dict[Span, list[int]]:
    """The words of each cell of a row of `group`'s lines."""
    cells: dict[Span, list[int]] = {}
    for phrase in (phrase for line in group for phrase in line):
        a, b = column_at(phrase.x0 + 1, cuts), column_at(phrase.x1 - 1, cuts)
        if a == b:
            _put(cells, (row, a, 1, 1), phrase.words)
            continue
        for c, d, piece in ranges_of(words, [phrase], cuts):
            _put(cells, (row, c, 1, d - c), piece)
    return cells


def _named_columns(head: list[Line], body: list[Line], cuts: list[float]) -> list[float]:
    """The cuts without those that part a column's name from its values, aligned at opposite edges."""
    leaves = head[max(range(len(head)), key=lambda k: len(head[k])) :] if head else []
    named = columns_filled(leaves, cuts)
    valued = {column_at(p.x0 + 1, cuts) for p in chain(*body) if not crosses(p, cuts)}
    kept: list[float] = []
    k = 0
    while k < len(cuts):
        one, other = {k} & (named ^ valued), {k + 1} & (named ^ valued)
        if k and one and other and (one <= named) != (other <= named):
            kept += cuts[k + 1 : k + 2]
            k += 2  # the two are one column now, which takes in no third
        else:
            kept.append(cuts[k])
            k += 1
    return _without_empty(body, kept)


def _without_empty(body: list[Line], cuts: list[float]) -> list[float]:
    """The cuts without the one right of a column that only names fill.

    The names stand left of their values, each in the column before.
    """
    valued = columns_filled([[p for p in line if not crosses(p, cuts)] for line in body], cuts)
    empty = sorted(set(range(len(cuts) + 1)) - valued)
    if len(empty) != 1 or not 0 < empty[0] < len(cuts):
        return cuts
    return cuts[: empty[0]] + cuts[empty[0] + 1 :]


def extents_of(lines: list[Line], xs: list[float]) -> list[tuple[float, float]]:
    """From where to where the text of each column between `xs` reaches; where it has none, its place."""
    cuts = xs[1:-1]
    edges: list[tuple[float, float] | None] = [None] * (len(cuts) + 1)
    for line in lines:
        for phrase in line:
            a = column_at(phrase.x0 + 1, cuts)
            if a == column_at(phrase.x1 - 1, cuts):
                known = edges[a] or (phrase.x0, phrase.x1)
                edges[a] = (min(known[0], phrase.x0), max(known[1], phrase.x1))
    return [edge or (xs[k], xs[k + 1]) for k, edge in enumerate(edges)]


def _put(cells: dict[Span, list[int]], span: Span, members: Iterable[int]) -> None:
    """Put words into the cell of a row that stands over one of their columns, else into a new one."""
    for known, held in cells.items():
        if known[1] < span[1] + span[3] and span[1] < known[1] + known[3]:
            held.extend(members)
            return
    cells[span] = list(members)
