"""The header of a table without rulings: which columns each piece of it stands over, and in which row.

Header type rarely keeps to the rivers of the body below: it is centred over figures that are set
flush right, wraps over several lines, and spans columns. So pieces are given to columns by their
nearness to the text of the columns, all pieces of a line at once and in order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import inf, isfinite

from .columns import OVERLAP, bands_of, centred_range, ranges_of
from .headers import numbers_columns
from .phrases import Line, level_of, size_of
from .rules import Rules
from .spanning import Piece, in_line, lined_up, over_groups, run_below, text_of
from .words import Words

Extents = list[tuple[float, float]]  # from where to where the text of each column reaches

COVERED = 0.5  # of a column's text must lie below a piece that stands over it and over others
OFF_CENTRE = 0.1  # cost of standing off a column's middle, where standing beside its text costs 1
KEY_MIDDLE = 2.0  # times the font size: cost of a header of the key column that does not begin at its left
SAME_HEIGHT = 0.2  # of the font size: how far a name is off the middle of the rows beside which it is centred
EDGE = 0.15  # of the font size: a name begins or ends where its column's text does
WIDER = 1.35  # times the space between its words: the space between two names
LEAST_SPACE = 0.33  # of the font size: such a space
TIGHT = 0.25  # of the font size: no two cells of a line are so near


@dataclass(slots=True)
class _Block:
    """Pieces of consecutive lines, `top` to `bottom`, over the same columns: one header cell."""

    pieces: list[Piece]
    top: int
    bottom: int

    def over(self, other: _Block) -> bool:
        """Whether both stand over a common column."""
        mine, theirs = self.pieces[0], other.pieces[0]
        return mine.first < theirs.last and theirs.first < mine.last


HeaderRow = dict[tuple[int, int, int], list[int]]
"""Columns (first, one past the last) and how many rows down → words."""


def header_rows(
    words: Words, lines: list[Line], cuts: list[float], extents: Extents, rules: Rules, ruled: list[bool]
) -> list[HeaderRow]:
    """Header lines, from the top down, as rows of cells over columns that part at `cuts`.

    `extents` are those of the body's columns; `ruled[k]` tells that a ruling parts line `k` from the
    one above it.
    """
    pieces = [_placed(words, line, cuts, extents) for line in lines]
    size = max(map(size_of, lines), default=0.0)
    start = 0
    for band in bands_of(lines):
        if len(band) > 1:
            _assign_together(pieces[start : start + len(band)], extents, size)
        start += len(band)
    _follow_names(pieces, len(extents), size)
    for k, line in reversed(list(enumerate(lines))):  # so that what stands below is known
        low = level_of(line) + OVERLAP * size_of(line)  # what overlaps it in height is beside it
        below = [
            own for own, other in zip(pieces[k + 1 :], lines[k + 1 :], strict=True) if level_of(other) > low
        ]
        _spread(
            pieces[k], pieces[k - 1] if k else [], _next_below(below), words, extents, rules, size_of(line)
        )
    numbered = [
        numbers_columns(line) and not (k and _names_alike(pieces[k - 1], pieces[k], words))
        for k, line in enumerate(lines)
    ]
    blocks = _blocks(pieces, [rule or numbers for rule, numbers in zip(ruled, numbered, strict=False)])
    placed = _rows(blocks)
    spans = _heights(blocks, placed, lines, size)
    begun = sorted(
        {first for first, _ in spans}
    )  # a row that only a name over the middle of others had is none
    spans = [(begun.index(first), bisect_right(begun, last) - 1) for first, last in spans]
    rows: list[HeaderRow] = [{} for _ in begun]
    for block, (first, last) in zip(blocks, spans, strict=True):
        piece = block.pieces[0]
        cell = rows[first].setdefault((piece.first, piece.last, last - first + 1), [])
        cell.extend(k for piece in block.pieces for k in piece.words)
    return rows


def _heights(
    blocks: list[_Block], placed: list[int], lines: list[Line], size: float
) -> list[tuple[int, int]]:
    """The first and the last row of each block: those over whose middle it stands, if it has room in all.

    `placed` are the rows that the blocks stand in by their order.
    """
    levels = [(level_of(lines[block.top]) + level_of(lines[block.bottom])) / 2 for block in blocks]
    out = []
    for n, block in enumerate(blocks):
        beside: dict[int, list[float]] = {}  # row → levels of what stands beside the block
        taken: set[int] = set()
        for m, other in enumerate(blocks):
            if not block.over(other):
                beside.setdefault(placed[m], []).append(levels[m])
            elif m != n:
                taken.add(placed[m])
        spans = (
            (first, last)
            for first in range(placed[n] + 1)
            for last in range(max(placed[n], first + 1), max(placed) + 1)
            if first in beside and last in beside and not taken.intersection(range(first, last + 1))
        )

        def is_middle(span: tuple[int, int], n: int = n, beside: dict[int, list[float]] = beside) -> bool:
            top, bottom = min(beside[span[0]]), max(beside[span[1]])
            off = abs((top + bottom) / 2 - levels[n])
            return bottom - top > OVERLAP * size and off < SAME_HEIGHT * size

        out.append([(placed[n], placed[n]), *filter(is_middle, spans)][-1])
    return out


def _names_alike(above: list[Piece], numbers: list[Piece], words: Words) -> bool:
    """Whether the names over numbers are one word, which these tell apart: « Cat. » over « 1 », « 2 »."""
    over = [name for name in above if any(n.first < name.last and name.first < n.last for n in numbers)]
    return len({text_of(name, words) for name in over}) < 2


def _follow_names(pieces: list[list[Piece]], columns: int, size: float) -> None:
    """Give pieces in line with one of a line that names all columns, one by one, the column of that."""
    names = next((line for line in pieces if len(line) == columns), [])
    if [name.first for name in names] != list(range(columns)):
        return
    for piece in (piece for line in pieces if line is not names for piece in line):
        host = [name for name in names if piece.last - piece.first == 1 and lined_up(piece, name, size)]
        if len(host) == 1:
            piece.first, piece.last = host[0].first, host[0].last


def _assign_together(bands: list[list[Piece]], extents: Extents, size: float) -> None:
    """Give the pieces of lines that overlap in height to columns as one line.

    They are names centred beside wrapped ones; pieces below each other are one name. Where one reaches over
    several of another line, nothing changes.
    """
    names: list[list[Piece]] = []
    for piece in sorted(chain(*bands), key=lambda piece: piece.x0):
        if names and piece.x0 < max(other.x1 for other in names[-1]):
            names[-1].append(piece)
        else:
            names.append([piece])
    if any(sum(piece in line for piece in name) > 1 for line in bands for name in names):
        return
    whole = [Piece((), min(p.x0 for p in name), max(p.x1 for p in name)) for name in names]
    _assign(whole, extents, size)
    for name, one in zip(names, whole, strict=True):
        for piece in name:
            piece.first, piece.last = one.first, one.last


def _next_below(lines: list[list[Piece]]) -> list[Piece]:
    """The uppermost piece over each column, from left to right."""
    out: list[Piece] = []
    for line in lines:
        out += [p for p in line if not any(p.first < o.last and o.first < p.last for o in out)]
    return sorted(out, key=lambda piece: piece.first)


def _placed(words: Words, line: Line, cuts: list[float], extents: Extents) -> list[Piece]:
    """The pieces of a line, each given to the columns it stands over."""
    pieces = []
    ranges = [members for _, _, members in ranges_of(words, line, cuts)]
    for members in chain(*(_cut_at_edges(words, members, extents) for members in ranges)):
        x0, x1 = min(words.x0[k] for k in members), max(words.x1[k] for k in members)
        pieces.append(Piece(members, x0, x1))
    pieces.sort(key=lambda piece: piece.x0)
    if not _assign_in_order(pieces, extents, size_of(line)):
        _assign(pieces, extents, size_of(line))
    return pieces


def _assign_in_order(pieces: list[Piece], extents: Extents, size: float) -> bool:
    """Give pieces, one for each column of values, to these in order; whether they stand so.

    Each begins right of the text of the column before and ends left of that of the one after: names set
    flush left over values set flush right, or the other way round.
    """
    if len(pieces) < 2 or len(pieces) != len(extents) - 1:
        return False
    reach = EDGE * size
    for k, piece in enumerate(pieces):
        before, after = extents[k][1], extents[k + 2][0] if k + 2 < len(extents) else inf
        if piece.x0 < before - reach or piece.x1 > after + reach:
            return False
    for k, piece in enumerate(pieces):
        piece.first, piece.last = k + 1, k + 2
    return True


def _cut_at_edges(words: Words, members: Sequence[int], extents: Extents) -> list[Sequence[int]]:
    """The names that words make: cut at wide spaces after which a column's text begins, or where it ends."""
    gaps = [words.x0[b] - words.x1[a] for a, b in pairwise(members)]
    if len(gaps) < 2:
        return [members]
    size = words.size[members[0]]
    cut = [0]
    for k, gap in enumerate(gaps, 1):
        reach, x0, x1 = EDGE * size, words.x0[members[k]], words.x1[members[k - 1]]
        edge = any(abs(x0 - left) < reach or abs(x1 - right) < reach for left, right in extents[1:])
        if edge and gap > WIDER * min(gaps) and gap > LEAST_SPACE * size:
            cut.append(k)
    return [members[a:b] for a, b in pairwise([*cut, len(members)])]


def _assign(pieces: list[Piece], extents: Extents, size: float) -> None:
    """Give pieces, from left to right, to columns in order: the cheapest way over all of them."""
    count = len(extents)
    # best[j]: cost and choices of the pieces so far where the next one may begin at column j or later
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])] * (count + 1)
    for piece in pieces:
        options = _options(piece, extents, size)
        following: list[tuple[float, list[tuple[int, int]]]] = [(inf, [])] * (count + 1)
        for first, last, cost in options:
            before, chosen = best[first]
            if before + cost < following[last][0]:
                following[last] = (before + cost, [*chosen, (first, last)])
        for j in range(1, count + 1):  # what ends earlier is free to begin later
            if following[j - 1][0] < following[j][0]:
                following[j] = following[j - 1]
        best = following
    cost, chosen = min(best, key=lambda choice: choice[0])
    if not isfinite(cost):  # more pieces than columns
        chosen = [min(_options(piece, extents, size), key=lambda o: o[2])[:2] for piece in pieces]
    for piece, columns in zip(pieces, chosen, strict=True):
        piece.first, piece.last = columns


def _options(piece: Piece, extents: Extents, size: float) -> list[tuple[int, int, float]]:
    """Columns (first, one past the last) that a piece may stand over, and what each choice costs."""
    covered = [
        j
        for j, (x0, x1) in enumerate(extents)
        if min(piece.x1, x1) - max(piece.x0, x0) >= COVERED * max(x1 - x0, 1.0)
    ]
    out = []
    if len(covered) > 1:
        out.append((covered[0], covered[-1] + 1, 0.0))
    for j, (x0, x1) in enumerate(extents):
        beside = max(0.0, x0 - piece.x1, piece.x0 - x1) / size
        middle = abs(piece.middle - (x0 + x1) / 2) / size
        cost = beside + OFF_CENTRE * middle
        if j == 0 and piece.x0 > (x0 + x1) / 2:
            cost += KEY_MIDDLE
        out.append((j, j + 1, cost + (KEY_MIDDLE if len(covered) > 1 else 0.0)))
    return out


def _spread(
    pieces: list[Piece],
    above: list[Piece],
    below: list[Piece],
    words: Words,
    extents: Extents,
    rules: Rules,
    size: float,
) -> None:
    """Widen pieces to all columns they name: over a short ruling, or centred over pieces or columns below.

    The last line may stand under the middle of the names above it: « (1 000) » below two years.
    """
    if over_groups(pieces, below, words, size):
        return
    for piece in pieces:
        hosts = [other for other in below if lined_up(piece, other, size) and other.first <= piece.first]
        if len(hosts) == 1 and piece.last <= hosts[0].last:  # it begins the name that goes on below
            piece.first, piece.last = hosts[0].first, hosts[0].last
    claimed = {column for piece in pieces for column in range(piece.first, piece.last)}
    for piece in pieces:
        first, last = piece.first, piece.last
        span = _ruling_below(rules, piece, below, words, size)
        if span is not None and not any(
            span[0] < other.middle < span[1] for other in pieces if other is not piece
        ):
            over = [k for k, (a, b) in enumerate(extents) if span[0] - 3 <= (a + b) / 2 <= span[1] + 3]
            if over and 0 not in over:
                first, last = min(first, over[0]), max(last, over[-1] + 1)
        elif first > 0 and (
            _reaches_over(piece, below, size) or not any(in_line(piece, other, size) for other in below)
        ):
            others = claimed - set(range(first, last))
            box = (piece.x0, piece.x1)
            ends = not below and not any(lined_up(piece, other, size) for other in above)
            near = above if ends else below
            run = run_below(piece, [leaf for leaf in near if leaf.first not in others], size)
            first, last = run or centred_range(box, first, last, claimed, extents, size)
        if not any(column in claimed for column in [*range(first, piece.first), *range(piece.last, last)]):
            piece.first, piece.last = first, last
        claimed.update(range(piece.first, piece.last))


def _reaches_over(piece: Piece, below: list[Piece], size: float) -> bool:
    """Whether a piece is as wide as no cell: as near to the names on both sides of the one below as words."""
    sides = [[p for p in below if p.last == piece.first], [p for p in below if p.first == piece.last]]
    return all(sides) and all(
        max(p.x0 - piece.x1, piece.x0 - p.x1) < TIGHT * size for own in sides for p in own
    )


def _ruling_below(
    rules: Rules, piece: Piece, below: list[Piece], words: Words, size: float
) -> tuple[float, float] | None:
    """From where to where the ruling between a piece and what stands below it runs, if there is one."""
    bottom = max(words.bottom[k] for k in piece.words)
    under = [min(words.top[k] for k in p.words) for p in below if p.x0 < piece.x1 and piece.x0 < p.x1]
    high, low = bottom - 0.4 * size, max([bottom + 0.9 * size, *under])
    for y, start, end in rules.across:
        if high < y < low and start <= piece.x0 + 2 and end >= piece.x1 - 2:
            return start, end
    return None


def _blocks(pieces: list[list[Piece]], ruled: list[bool]) -> list[_Block]:
    """Pieces over the same columns, one below the other without anything between, as blocks."""
    blocks: list[_Block] = []
    for k, line in enumerate(pieces):
        for piece in line:
            new = _Block([piece], k, k)
            above = next((block for block in reversed(blocks) if block.over(new)), None)
            last = above.pieces[-1] if above else None
            parted = above is not None and any(ruled[above.bottom + 1 : k + 1])
            if above and last and not parted and (last.first, last.last) == (piece.first, piece.last):
                above.pieces.append(piece)
                above.bottom = k
            else:
                blocks.append(new)
    return blocks


def _rows(blocks: list[_Block]) -> list[int]:
    """The row of each block: below all that stand above it; beside those on its lines where it has room."""
    above = [[k for k in range(n) if blocks[k].over(block)] for n, block in enumerate(blocks)]
    down = [0] * len(blocks)
    for n, over in enumerate(above):
        down[n] = 1 + max((down[k] for k in over), default=-1)
    up = [0] * len(blocks)
    for n in reversed(range(len(blocks))):
        for k in above[n]:
            up[k] = max(up[k], up[n] + 1)
    depth = max(down, default=0) + 1
    fixed = [n for n in range(len(blocks)) if down[n] + up[n] + 1 == depth]
    out = []
    for n, block in enumerate(blocks):
        choices = range(down[n], depth - up[n])

        def shared(row: int, block: _Block = block) -> int:
            own = [blocks[k] for k in fixed if down[k] == row]
            lines = (min(block.bottom, o.bottom) - max(block.top, o.top) + 1 for o in own)
            return max([0, *lines])

        out.append(max(choices, key=lambda row: (shared(row), row)) if n not in fixed else down[n])
    return out
