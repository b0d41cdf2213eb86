"""Names over groups of columns: which pieces of a header's line stand over several pieces of the one below.

They stand centred over the group, begin at its left edge, or stand anywhere over groups that say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from .words import Words

SAME_MIDDLE = 0.35  # of the font size: lines whose middles are nearer than this are centred on each other
SAME_EDGE = 0.1  # of the font size: lines whose edges are nearer than this begin or end together
CENTRED = 0.6  # of the font size: how far a piece may be off the middle of those it spans


@dataclass(slots=True)
class Piece:
    """Words of one header line, from `x0` to `x1` (points), over columns `first` to `last` (exclusive)."""

    words: Sequence[int]
    x0: float
    x1: float
    first: int = 0
    last: int = 0

    @property
    def middle(self) -> float:
        """Halfway between its left and its right edge."""
        return (self.x0 + self.x1) / 2


def in_line(piece: Piece, below: Piece, size: float) -> bool:
    """Whether a piece goes on in the one below: over the same column, on one middle or exactly one edge."""
    return (piece.first, piece.last) == (below.first, below.last) and lined_up(piece, below, size)


def lined_up(piece: Piece, below: Piece, size: float) -> bool:
    """Whether two pieces stand on one middle or on exactly one edge."""
    edge = min(abs(piece.x0 - below.x0), abs(piece.x1 - below.x1))
    return edge <= SAME_EDGE * size or abs(piece.middle - below.middle) <= SAME_MIDDLE * size


def run_below(piece: Piece, below: list[Piece], size: float) -> tuple[int, int] | None:
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


def over_groups(pieces: list[Piece], below: list[Piece], words: Words, size: float) -> bool:
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


def _over_some(heads: list[Piece], leaves: list[Piece], size: float) -> list[tuple[Piece, list[Piece]]]:
    """The leaves that heads, two or more, each stand exactly over the middle of, where others have no head.

    A name over the middle of a leaf may be the first line of a cell that wraps: empty then.
    """
    out: list[tuple[Piece, list[Piece]]] = []
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
        if covered.intersection(range(first, end)) or any(lined_up(head, leaf, size) for leaf in own):
            return []
        covered.update(range(first, end))
        out.append((head, own))
    return out if len(out) > 1 and len(covered) < len(leaves) else []


def _uneven_groups(heads: list[Piece], leaves: list[Piece], size: float) -> list[list[Piece]]:
    """The groups, not all of one number, that heads stand over the middle of; none where a leaf is left.

    A head over the middle one of three may be a part of its name: another one must be in line with no leaf.
    """
    groups: list[list[Piece]] = []
    start = 0
    for head in heads:
        ends = range(start + 1, len(leaves) + 1)
        end = next((e for e in ends if _centred([head], [leaves[start:e]], CENTRED * size)), 0)
        if not end:
            return []
        groups.append(leaves[start:end])
        start = end
    apart = any(
        len(group) > 1 and not any(in_line(head, leaf, size) for leaf in group)
        for head, group in zip(heads, groups, strict=True)
    )
    return groups if len(groups) > 1 and start == len(leaves) and apart else []


def _groups_begun(heads: list[Piece], leaves: list[Piece], size: float) -> list[list[Piece]]:
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


def _without_rest(groups: list[list[Piece]], words: Words) -> list[list[Piece]]:
    """Groups, the last one without what follows the names that the others have: « Total » after them."""
    named = [[text_of(leaf, words) for leaf in group] for group in groups[:-1]]
    if not named or any(names != named[0] for names in named):
        return groups
    count = len(named[0])
    alike = [text_of(leaf, words) for leaf in groups[-1][:count]] == named[0]
    return [*groups[:-1], groups[-1][:count]] if alike else groups


def _centred(heads: list[Piece], groups: list[list[Piece]], size: float) -> bool:
    """Whether each head stands over the middle of its group."""
    middles = [(group[0].x0 + group[-1].x1) / 2 for group in groups]
    return all(abs(head.middle - x) <= size for head, x in zip(heads, middles, strict=True))


def _between(heads: list[Piece], groups: list[list[Piece]], size: float) -> bool:
    """Whether no head reaches over another group, and none is the first line of a cell that wraps."""
    starts = [group[0].x0 for group in groups[1:]] + [inf]
    ends = [-inf] + [group[-1].x1 for group in groups[:-1]]
    return all(
        left < head.x0 and head.x1 < right and not any(in_line(head, leaf, size) for leaf in group)
        for head, group, left, right in zip(heads, groups, ends, starts, strict=True)
    )


def _parts_alike(heads: list[Piece], groups: list[list[Piece]], words: Words) -> bool:
    """Whether heads that differ stand over groups of the same names: « Low, High » twice."""
    names = [text_of(head, words) for head in heads]
    parts = [[text_of(leaf, words) for leaf in group] for group in groups]
    return all(len(set(own)) == len(own) for own in (names, parts[0])) and all(p == parts[0] for p in parts)


def text_of(piece: Piece, words: Words) -> str:
    """The words of a piece, a space between them."""
    return " ".join(words.text[k] for k in piece.words)
