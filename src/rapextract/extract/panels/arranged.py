"""The order in which the lines of a staff panel are read, told from where they and the names of groups stand.

Names stand over columns, left of their rows or as headings between them; whose members a role's are tells
what places leave open.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from itertools import combinations, pairwise

from .phrases import SAME_EDGE, PlacedWord, level

BETWEEN = 0.2  # of the height: how far a name amid even rows overlaps those beside it
MOST_NAMES, MOST_ROWS = 4, 24  # of a panel whose groups stand left of their rows


@dataclass(slots=True, eq=False)
class Entry:
    """A line of a panel as it is read: pieces of the page's phrases, and the place that it takes."""

    pieces: list[PlacedWord]
    x0: float
    top: float
    x1: float
    bottom: float
    height: float
    group: str = ""
    """The group that it names, or whose members it counts."""
    is_name: bool = False
    """It is a group's name."""
    parts: bool = False
    """It begins with « dont »."""
    moved: bool = False
    """Its number was put before its role: what stood between both ends it no more."""


def in_order(entries: list[Entry]) -> list[Entry]:
    """The lines of a panel as they are read: under groups side by side column by column, else row by row."""
    groups = sorted((entry for entry in entries if entry.is_name), key=lambda entry: entry.x0)
    rest = [entry for entry in entries if not entry.is_name]
    if not rest:
        return []
    top, edge = min((group.top for group in groups), default=0.0), min(entry.x0 for entry in rest)
    # Every name stands beside another, or every one left of the rows that it names.
    over = all(any(other is not group and level(group, other) for other in groups) for group in groups)
    beside = any(
        min(group.bottom, entry.bottom) - max(group.top, entry.top) > BETWEEN * group.height
        for group in groups
        for entry in rest
    )
    behind = beside and all(group.x1 <= edge for group in groups)
    if groups and over and all(e.top > top or level(groups[0], e) for e in rest):
        return _under(groups, rest)
    if groups and behind:
        return _behind_names(groups, rest)
    return _down([*groups, *rest])


def _under(groups: list[Entry], entries: list[Entry]) -> list[Entry]:
    """Columns under the names of groups, from left to right; first those that no name stands over."""
    first = [e for e in entries if all(level(group, e) and not _over(group, e) for group in groups)]
    heads = [*first, *groups]
    columns: dict[int, list[Entry]] = {id(head): [] for head in heads}
    for entry in entries:
        if entry not in heads:
            middle = (entry.x0 + entry.x1) / 2
            own = [head for head in groups if entry.group and head.group == entry.group] or heads
            columns[id(min(own, key=lambda head: _apart(head, entry, middle)))].append(entry)
    return [entry for head in heads for entry in (head, *_down(columns[id(head)]))]


def _over(group: Entry, entry: Entry) -> bool:
    return min(group.x1, entry.x1) > max(group.x0, entry.x0)


def _apart(group: Entry, entry: Entry, middle: float) -> tuple[float, float]:
    """How far a line stands from under a group's name: to where it ends, then to its middle."""
    return max(group.x0 - entry.x1, entry.x0 - group.x1, 0.0), abs((group.x0 + group.x1) / 2 - middle)


def _behind_names(groups: list[Entry], entries: list[Entry]) -> list[Entry]:
    """Rows behind names of groups, all of which stand beside the first of their rows or beside the middle.

    The rows are shared out as fits all names best, members of a named group to it; nothing where a name
    stands beside neither, or where two ways fit.
    """
    groups = sorted(groups, key=lambda group: group.top)
    rows = sorted(entries, key=lambda entry: entry.top)
    if len(groups) > min(MOST_NAMES, len(rows)) or len(rows) > MOST_ROWS:
        return []
    known = {group.group for group in groups}
    fits: list[tuple[float, list[list[Entry]]]] = []
    for cuts in combinations(range(1, len(rows)), len(groups) - 1):
        parts = [rows[a:b] for a, b in pairwise([0, *cuts, len(rows)])]
        named = list(zip(groups, parts, strict=True))
        if all(
            row.group in ("", group.group) or row.group not in known for group, own in named for row in own
        ):
            fits.append((_misfit(groups, parts, known), parts))
    fits = [fit for fit in fits if fit[0] <= SAME_EDGE]
    if len({tuple(len(_without_guests(part, known)) for part in parts) for _, parts in fits}) != 1:
        return []
    _, parts = min(fits, key=lambda fit: fit[0])
    return [entry for group, own in zip(groups, parts, strict=True) for entry in (group, *_down(own))]


def _without_guests(rows: list[Entry], known: Set[str]) -> list[Entry]:
    """Rows without those at either end that are of a group that no name of the panel is: nurses."""
    own = [k for k, row in enumerate(rows) if not row.group or row.group in known]
    return rows[own[0] : own[-1] + 1] if own else rows


def _misfit(groups: list[Entry], parts: list[list[Entry]], known: Set[str]) -> float:
    """How far the worst name is from the first of its rows, or from their middle, times its height.

    Rows at the ends of a part that are of no group in `known` may stand outside of it.
    """
    named = [(group, (rows, _without_guests(rows, known))) for group, rows in zip(groups, parts, strict=True)]
    at_top = (min(abs(group.top - rows[0].top) for rows in either) / group.height for group, either in named)
    amid = (
        min(
            abs(group.top + group.bottom - rows[0].top - max(row.bottom for row in rows)) / 2 / group.height
            for rows in either
        )
        for group, either in named
    )
    return min(max(at_top), max(amid))


def _down(entries: list[Entry]) -> list[Entry]:
    """Lines from the top down and from left to right; what « dont » opens follows the line above it."""
    rows: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda entry: entry.top):
        if rows and level(rows[-1][0], entry):
            rows[-1].append(entry)
        else:
            rows.append([entry])
    out: list[Entry] = []
    for row in rows:
        for entry in sorted(row, key=lambda entry: (entry.x0, entry.top)):
            above = [
                (other.top, number)
                for number, other in enumerate(out)
                if other.top < entry.top and min(other.x1, entry.x1) > max(other.x0, entry.x0)
            ]
            out.insert(max(above)[1] + 1 if entry.parts and above else len(out), entry)
    return out
