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
from .words import Words

Extents = list[tuple[float, float]]  # from where to where the text of each column reaches

COVERED = 0.5  # of a column's text must lie below a piece that stands over it and over others
OFF_CENTRE = 0.1  # cost of standing off a column's middle, where standing beside its text costs 1
KEY_MIDDLE = 2.0  # times the font size: cost of a header of the key column that does not begin at its left
SAME_MIDDLE = 0.35  # of the font size: lines whose middles are nearer than this are centred on each other
SAME_EDGE = 0.1  # of the font size: lines whose edges are nearer than this begin or end together
SAME_HEIGHT = 0.2  # of the font size: how far a name is off the middle of the rows beside which it is centred
EDGE = 0.15  # of the font size: a name begins or ends where its column's text does
WIDER = 1.35  # times the space between its words: the space between two names
LEAST_SPACE = 0.33  # of the font size: such a space
TIGHT = 0.25  # of the font size: no two cells of a line are so near
CENTRED = 0.6  # of the font size: how far a piece may be off the middle of those it spans


@dataclass(slots=True)
class _Piece:
    """Words of one header line that stand over columns `first` to `last` (exclusive)."""

    words: Sequence[int]
    x0: float
    x1: float
    first: int = 0
    last: int = 0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class _Block:
    """Pieces of consecutive lines, `top` to `bottom`, over the same columns: one header cell."""

    pieces: list[_Piece]
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


def _names_alike(above: list[_Piece], numbers: list[_Piece], words: Words) -> bool:
    """Whether the names over numbers are one word, which these tell apart: « Cat. » over « 1 », « 2 »."""
    over = [name for name in above if any(n.first < name.last and name.first < n.last for n in numbers)]
    return len({_text(name, words) for name in over}) < 2


def _follow_names(pieces: list[list[_Piece]], columns: int, size: float) -> None:
    """Give pieces in line with one of a line that names all columns, one by one, the column of that."""
    names = next((line for line in pieces if len(line) == columns), [])
    if [name.first for name in names] != list(range(columns)):
        return
    for piece in (piece for line in pieces if line is not names for piece in line):
        host = [name for name in names if piece.last - piece.first == 1 and _lined_up(piece, name, size)]
        if len(host) == 1:
            piece.first, piece.last = host[0].first, host[0].last


def _assign_together(bands: list[list[_Piece]], extents: Extents, size: float) -> None:
    """Give the pieces of lines that overlap in height to columns as one line.

    They are names centred beside wrapped ones; pieces below each other are one name. Where one reaches over
    several of another line, nothing changes.
    """
    names: list[list[_Piece]] = []
    for piece in sorted(chain(*bands), key=lambda piece: piece.x0):
        if names and piece.x0 < max(other.x1 for other in names[-1]):
            names[-1].append(piece)
        else:
            names.append([piece])
    if any(sum(piece in line for piece in name) > 1 for line in bands for name in names):
        return
    whole = [_Piece((), min(p.x0 for p in name), max(p.x1 for p in name)) for name in names]
    _assign(whole, extents, size)
    for name, one in zip(names, whole, strict=True):
        for piece in name:
            piece.first, piece.last = one.first, one.last


def _next_below(lines: list[list[_Piece]]) -> list[_Piece]:
    """The uppermost piece over each column, from left to right."""
    out: list[_Piece] = []
    for line in lines:
        out += [p for p in line if not any(p.first < o.last and o.first < p.last for o in out)]
    return sorted(out, key=lambda piece: piece.first)


def _placed(words: Words, line: Line, cuts: list[float], extents: Extents) -> list[_Piece]:
    """The pieces of a line, each given to the columns it stands over."""
    pieces = []
    ranges = [members for _, _, members in ranges_of(words, line, cuts)]
    for members in chain(*(_cut_at_edges(words, members, extents) for members in ranges)):
        x0, x1 = min(words.x0[k] for k in members), max(words.x1[k] for k in members)
        pieces.append(_Piece(members, x0, x1))
    pieces.sort(key=lambda piece: piece.x0)
    if not _assign_in_order(pieces, extents, size_of(line)):
        _assign(pieces, extents, size_of(line))
    return pieces


def _assign_in_order(pieces: list[_Piece], extents: Extents, size: float) -> bool:
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


def _assign(pieces: list[_Piece], extents: Extents, size: float) -> None:
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


def _options(piece: _Piece, extents: Extents, size: float) -> list[tuple[int, int, float]]:
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
    pieces: list[_Piece],
    above: list[_Piece],
    below: list[_Piece],
    words: Words,
    extents: Extents,
    rules: Rules,
    size: float,
) -> None:
    """Widen pieces to all columns they name: over a short ruling, or centred over pieces or columns below.

    The last line may stand under the middle of the names above it: « (1 000) » below two years.
    """
    if _over_groups(pieces, below, words, size):
        return
    for piece in pieces:
        hosts = [other for other in below if _lined_up(piece, other, size) and other.first <= piece.first]
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
            _reaches_over(piece, below, size) or not any(_in_line(piece, other, size) for other in below)
        ):
            others = claimed - set(range(first, last))
            box = (piece.x0, piece.x1)
            ends = not below and not any(_lined_up(piece, other, size) for other in above)
            near = above if ends else below
            run = _run_below(piece, [leaf for leaf in near if leaf.first not in others], size)
            first, last = run or centred_range(box, first, last, claimed, extents, size)
        if not any(column in claimed for column in [*range(first, piece.first), *range(piece.last, last)]):
            piece.first, piece.last = first, last
        claimed.update(range(piece.first, piece.last))


def _reaches_over(piece: _Piece, below: list[_Piece], size: float) -> bool:
    """Whether a piece is as wide as no cell: as near to the names on both sides of the one below as words."""
    sides = [[p for p in below if p.last == piece.first], [p for p in below if p.first == piece.last]]
    return all(sides) and all(
        max(p.x0 - piece.x1, piece.x0 - p.x1) < TIGHT * size for own in sides for p in own
    )


def _in_line(piece: _Piece, below: _Piece, size: float) -> bool:
    """Whether a piece goes on in the one below: over the same column, on one middle or exactly one edge."""
    return (piece.first, piece.last) == (below.first, below.last) and _lined_up(piece, below, size)


def _lined_up(piece: _Piece, below: _Piece, size: float) -> bool:
    """Whether two pieces stand on one middle or on exactly one edge."""
    edge = min(abs(piece.x0 - below.x0), abs(piece.x1 - below.x1))
    return edge <= SAME_EDGE * size or abs(piece.middle - below.middle) <= SAME_MIDDLE * size


def _run_below(piece: _Piece, below: list[_Piece], size: float) -> tuple[int, int] | None:
    """The columns of the pieces, two or more next to each other, that a piece stands centred over.

    The key column takes part where the piece reaches over its name.
    """
    best, least = None, CENTRED * size
    for i, start in enumerate(below):
        for j in range(i + 1, len(below)):
            if below[j].first != below[j - 1].last or (start.first == 0 and piece.x0 >= start.x1):
                break
            offset = abs(piece.middle - (start.x0 + below[j].x1) / 2)
            if offset < least and start.first <= piece.first and piece.last <= below[j].last:
                best, least = (start.first, below[j].last), offset
    return best


def _over_groups(pieces: list[_Piece], below: list[_Piece], words: Words, size: float) -> bool:
    """Widen pieces that stand over groups of as many pieces each; whether they do.

    They stand centred, or between the others' groups, or anywhere over groups that say the same. The
    key column may take part, or have a header of its own on either line.
    """
    heads, leaves = [p for p in pieces if p.first > 0], [p for p in below if p.first > 0]
    some = _over_some(heads, leaves, size)
    named = {leaf.first for leaf in leaves}
    parted = [head for head in heads if named.intersection(range(head.first, head.last))]
    for over, under in ((heads, leaves), (parted, leaves), (pieces, leaves), (pieces, below)):
        each = len(under) // len(over) if len(over) > 1 else 0
        if each < 2 or len(under) % len(over):
            continue
        groups = [under[k : k + each] for k in range(0, len(under), each)]
        pairs = zip(over, groups, strict=True)
        if not all(head.first < own[-1].last and own[0].first < head.last for head, own in pairs):
            continue  # a head beside the groups has a column of its own
        alike = _centred(over, groups, size) or _parts_alike(over, groups, words)
        if alike or (_between(over, groups, size) and not some):
            for head, group in zip(over, groups, strict=True):
                head.first, head.last = group[0].first, group[-1].last
            return True
    if some:
        for head, own in some:
            head.first, head.last = own[0].first, own[-1].last
        return True
    groups = _uneven_groups(heads, leaves, size) or _without_rest(_groups_begun(heads, leaves, size), words)
    for head, group in zip(heads, groups, strict=bool(groups)):
        head.first, head.last = group[0].first, group[-1].last
    return bool(groups)


def _over_some(heads: list[_Piece], leaves: list[_Piece], size: float) -> list[tuple[_Piece, list[_Piece]]]:
    """The leaves that heads, two or more, each stand exactly over the middle of, where others have no head.

    A name over the middle of a leaf may be the first line of a cell that wraps: empty then.
    """
    out: list[tuple[_Piece, list[_Piece]]] = []
    covered: set[int] = set()
    for head in heads:
        if not any(head.first < leaf.last and leaf.first < head.last for leaf in leaves):
            continue  # a name on this line alone
        runs = [(a, b) for a in range(len(leaves)) for b in range(a + 2, len(leaves) + 1)]
        off = [abs(head.middle - (leaves[a].x0 + leaves[b - 1].x1) / 2) for a, b in runs]
        least = min(off, default=inf)
        if least > SAME_MIDDLE * size:
            return []
        first, end = runs[off.index(least)]
        own = leaves[first:end]
        if covered.intersection(range(first, end)) or any(_lined_up(head, leaf, size) for leaf in own):
            return []
        covered.update(range(first, end))
        out.append((head, own))
    return out if len(out) > 1 and len(covered) < len(leaves) else []


def _uneven_groups(heads: list[_Piece], leaves: list[_Piece], size: float) -> list[list[_Piece]]:
    """The groups, not all of one number, that heads stand over the middle of; none where a leaf is left.

    A head over the middle one of three may be a part of its name: another one must be in line with no leaf.
    """
    groups: list[list[_Piece]] = []
    start = 0
    for head in heads:
        ends = range(start + 1, len(leaves) + 1)
        end = next((e for e in ends if _centred([head], [leaves[start:e]], CENTRED * size)), 0)
        if not end:
            return []
        groups.append(leaves[start:end])
        start = end
    apart = any(
        len(group) > 1 and not any(_in_line(head, leaf, size) for leaf in group)
        for head, group in zip(heads, groups, strict=True)
    )
    return groups if len(groups) > 1 and start == len(leaves) and apart else []


def _groups_begun(heads: list[_Piece], leaves: list[_Piece], size: float) -> list[list[_Piece]]:
    """The groups that heads begin with, each at the left edge of its first leaf; none if they may be names.

    One reaches over its second leaf: no cell is wider than its column.
    """
    starts = [
        next((k for k, leaf in enumerate(leaves) if abs(head.x0 - leaf.x0) <= SAME_EDGE * size), -1)
        for head in heads
    ]
    if len(heads) < 2 or -1 in starts or sorted(set(starts)) != starts:
        return []
    groups = [leaves[start:end] for start, end in pairwise([*starts, len(leaves)])]
    wide = [len(group) > 1 and head.x1 > group[1].x0 for head, group in zip(heads, groups, strict=True)]
    return groups if any(wide) else []


def _without_rest(groups: list[list[_Piece]], words: Words) -> list[list[_Piece]]:
    """Groups, the last one without what follows the names that the others have: « Total » after them."""
    named = [[_text(leaf, words) for leaf in group] for group in groups[:-1]]
    if not named or any(names != named[0] for names in named):
        return groups
    count = len(named[0])
    alike = [_text(leaf, words) for leaf in groups[-1][:count]] == named[0]
    return [*groups[:-1], groups[-1][:count]] if alike else groups


def _centred(heads: list[_Piece], groups: list[list[_Piece]], size: float) -> bool:
    """Whether each head stands over the middle of its group."""
    middles = [(group[0].x0 + group[-1].x1) / 2 for group in groups]
    return all(abs(head.middle - x) <= size for head, x in zip(heads, middles, strict=True))


def _between(heads: list[_Piece], groups: list[list[_Piece]], size: float) -> bool:
    """Whether no head reaches over another group, and none is the first line of a cell that wraps."""
    starts = [group[0].x0 for group in groups[1:]] + [inf]
    ends = [-inf] + [group[-1].x1 for group in groups[:-1]]
    return all(
        left < head.x0 and head.x1 < right and not any(_in_line(head, leaf, size) for leaf in group)
        for head, group, left, right in zip(heads, groups, ends, starts, strict=True)
    )


def _parts_alike(heads: list[_Piece], groups: list[list[_Piece]], words: Words) -> bool:
    """Whether heads that differ stand over groups of the same names: « Low, High » twice."""
    names = [_text(head, words) for head in heads]
    parts = [[_text(leaf, words) for leaf in group] for group in groups]
    return all(len(set(own)) == len(own) for own in (names, parts[0])) and all(p == parts[0] for p in parts)


def _text(piece: _Piece, words: Words) -> str:
    return " ".join(words.text[k] for k in piece.words)


def _ruling_below(
    rules: Rules, piece: _Piece, below: list[_Piece], words: Words, size: float
) -> tuple[float, float] | None:
    """From where to where the ruling between a piece and what stands below it runs, if there is one."""
    bottom = max(words.bottom[k] for k in piece.words)
    under = [min(words.top[k] for k in p.words) for p in below if p.x0 < piece.x1 and piece.x0 < p.x1]
    high, low = bottom - 0.4 * size, max([bottom + 0.9 * size, *under])
    for y, start, end in rules.across:
        if high < y < low and start <= piece.x0 + 2 and end >= piece.x1 - 2:
            return start, end
    return None


def _blocks(pieces: list[list[_Piece]], ruled: list[bool]) -> list[_Block]:
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
