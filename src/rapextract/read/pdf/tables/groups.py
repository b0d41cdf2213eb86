"""Names of groups left of the keys of their rows, without rulings: which rows each of them names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from .columns import column_at
from .headers import is_date
from .phrases import Line, level_of, middle, steps
from .regions import Region
from .rows import OPEN_END, rows_of
from .words import Phrase, Words

SAME_MIDDLE = 0.3  # of the font size: how far a name is off the middle of the rows it names
ON_ROW = 0.45  # of the font size: a name so near to a row's middle stands on that row
SAME_EDGE = 0.25  # of the font size: keys begin at one place
SET_OFF = 0.3  # of the font size: the white between names of groups and keys
FAR = 2.0  # times the font size: keys so far right of the names are no keys set in
KEYED = 0.6  # of the rows have a key at the keys' edge
LINE_STEP = 1.4  # times the font size: lines of one name lie no further apart
MOST_RULED = 0.5  # of the rows: more rulings part rows, not groups
AMID = 0.7  # of the step from row to row: a line nearer to both stands between them


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of lines and the words of the name over their middle; `wide` where the name is the key itself."""

    name: tuple[int, ...]
    rows: Sequence[list[Line]]
    wide: bool = False


@dataclass(slots=True)
class _Name:
    """The lines of a name, from the top down."""

    phrases: list[Phrase]

    @property
    def level(self) -> float:
        return (self.phrases[0].level + self.phrases[-1].level) / 2

    def goes_on(self, phrase: Phrase) -> bool:
        """Whether a phrase is the next line of the name."""
        last = self.phrases[-1]
        edges = abs(phrase.x0 - last.x0), abs(phrase.x0 + phrase.x1 - last.x0 - last.x1) / 2
        near = phrase.level - last.level < LINE_STEP * last.size and min(edges) < SAME_EDGE * last.size
        return near and (phrase.text[0].islower() or last.text.endswith(OPEN_END))


def with_names_parted(words: Words, region: Region) -> Region:
    """A region whose first column is two where names of groups stand left of the keys.

    All keys begin at one edge, all names end left of it; one at least stands on the line of a key, or
    between two rows that follow each other as others do: titles of groups have lines of their own.
    """
    if not region.cuts:
        return region
    firsts = [line[0] for line in region.lines]
    rows = [line for line in region.lines if len(line) > 1 and line[-1].number]
    left, size = min(p.x0 for p in firsts), middle([p.size for p in firsts])
    starts = sorted(words.x0[k] for line in rows for p in line if p.x0 < region.cuts[0] for k in p.words)
    edge = _edge_of(starts, len(rows), left + FAR * size, SAME_EDGE * size)
    if edge is None or edge > region.cuts[-1]:
        return region
    lines = [[part for p in line for part in _cut_at(words, p, edge, size)] for line in region.lines]
    names = [(k, p) for k, line in enumerate(lines) for p in line if p.x0 < edge - SAME_EDGE * size]
    if not names or any(p.x1 > edge - SET_OFF * size or p.number for _, p in names):
        return region
    keyed = [any(abs(p.x0 - edge) < SAME_EDGE * size for p in line) for line in lines]
    levels = [level_of(line) for line, key in zip(lines, keyed, strict=True) if key]
    pitch = min(steps(levels), default=0.0)
    beside = [keyed[k] or _stands_amid(p.level, levels, pitch) for k, p in names]
    if sum(keyed) < KEYED * len(rows) or 2 * sum(beside) < len(beside) or len(names) >= len(rows):
        return region
    cut = (max(p.x1 for _, p in names) + edge) / 2
    if column_at(cut, region.cuts) > 0:
        return replace(region, lines=lines)
    return replace(region, lines=lines, cuts=[cut, *region.cuts])


def _edge_of(starts: Sequence[float], rows: int, least: float, reach: float) -> float | None:
    """The first place right of `least` at which words begin on most rows; None where there is none."""
    for start in starts:
        if start > least and sum(abs(other - start) < reach for other in starts) >= max(2.0, KEYED * rows):
            return start
    return None


def _cut_at(words: Words, phrase: Phrase, edge: float, size: float) -> list[Phrase]:
    """A phrase, or the two that it is where a word begins at `edge`."""
    for k, word in enumerate(phrase.words):
        if k and abs(words.x0[word] - edge) < SAME_EDGE * size:
            before = words.x1[phrase.words[k - 1]]
            if words.x0[word] - before >= SET_OFF * size:
                return [words.phrase(phrase.words[:k]), words.phrase(phrase.words[k:])]
    return [phrase]


def _stands_amid(level: float, rows: Sequence[float], pitch: float) -> bool:
    """Whether a line stands between two rows that leave no room for another."""
    near = [abs(row - level) for row in rows]
    return sum(step < AMID * pitch for step in near) == 2


def groups_of(lines: list[Line], cuts: list[float], ruled: list[bool]) -> list[Group]:
    """The groups of a body, each under a name over its middle, « Rhine » beside two stations.

    A name that is the key of its row, a total's, is one of its own; rows below all groups may have no name.
    Empty where the names leave another row out, or stand on the first of their rows.
    """
    names: list[_Name] = []
    rest, parted = [], []
    for line, rule in zip(lines, ruled, strict=True):
        own = [phrase for phrase in line if phrase.x1 < cuts[0]]
        for phrase in own:
            if names and names[-1].goes_on(phrase):
                names[-1].phrases.append(phrase)
            else:
                names.append(_Name([phrase]))
        if row := line[len(own) :]:
            rest.append(row)
            parted.append(rule)
    if len(cuts) < 2 or not names or len(rest) < 2:
        return []
    rows = rows_of(rest, cuts[1:], parted)
    if not all(any(p.number and p.x0 > cuts[0] for line in row for p in line) for row in rows):
        return []
    begun = [parted[rest.index(row[0])] for row in rows]
    if sum(begun[1:]) > MOST_RULED * (len(rows) - 1):
        begun = [False] * len(rows)  # rulings between rows tell no groups
    return _matched(names, rows, cuts, begun)


def _matched(names: list[_Name], rows: list[list[Line]], cuts: list[float], begun: list[bool]) -> list[Group]:
    """The groups of rows that names stand over the middle of, none over a ruling; see `groups_of`."""
    size = names[0].phrases[0].size
    tops = [min(p.level for p in chain(*row)) for row in rows]
    bottoms = [max(p.level for p in chain(*row)) for row in rows]
    middles = [(top + bottom) / 2 for top, bottom in zip(tops, bottoms, strict=True)]
    keyed = [_is_keyed(row, cuts) for row in rows]
    first = keyed.index(True) if True in keyed else -1
    on = [min(abs(m - name.level) for m in middles) < ON_ROW * size for name in names]
    over = [abs(middles[first] - name.level) < ON_ROW * size for name in names]
    if first < 0 or len(names) >= len(rows) or (all(on) and any(over)):
        return []
    groups: list[Group] = []
    start = 0
    for name in names:
        while (
            start < len(rows) and keyed[start] is False and abs(middles[start] - name.level) > ON_ROW * size
        ):
            return []
        if start == len(rows):
            return []
        end = start
        if keyed[start]:
            last = next((k for k in range(start + 1, len(rows)) if begun[k] or not keyed[k]), len(rows))
            # LaTeX takes each row for one line, whatever its key has.
            off = [
                min(((tops[start] + y[e]) / 2 - name.level for y in (tops, bottoms)), key=abs)
                for e in range(start, last)
            ]
            near = [e for e, o in enumerate(off, start) if abs(o) < SAME_MIDDLE * size]
            cut = name is names[-1] and last == len(rows) and off[-1] < 0 and len(groups) > 0
            if not near and not cut:
                return []
            end = near[0] if near else last - 1  # its other rows stand on the next page
        members = tuple(k for phrase in name.phrases for k in phrase.words)
        groups.append(Group(members, rows[start : end + 1], not keyed[start]))
        start = end + 1
    if start < len(rows):
        groups.append(Group((), rows[start:]))
    return groups if len(rows) - start < 2 else []


def _is_keyed(row: list[Line], cuts: list[float]) -> bool:
    """Whether a row has a key of its own: its first text begins right of the names and is no value."""
    first = min((p for line in row for p in line), key=lambda phrase: phrase.x0)
    own = column_at(first.x0 + 1, cuts) == 1
    return own and (is_date(first.text) or not first.number)
