"""Texts over the middle of a table, which name it or some of its rows; and what they may be taken for."""

from __future__ import annotations

import re
from itertools import chain, combinations

from .columns import column_at
from .headers import is_date
from .phrases import Line
from .words import Phrase

OFF_MIDDLE = 0.7  # of the font size: how far a title may be off the middle of its table
SAME_EDGE = 0.1  # of the font size: lines whose edges are nearer than this begin or end together
SAME_MIDDLE = 0.35  # of the font size: how far a header cell's lines may be off each other
FIGURED = 0.7  # of a column's texts are figures
VALUED_KEY = re.compile(r"[^\W\d]\W* (?:\d{1,3}(?: \d{3})+|\d[\d ]*[.,]\d+|\d+(?= ?%))(?: ?[%€])?$")
"""« Contrats signés 37,04 % »: words, then a number that is no year, class or rank."""


def is_title(line: Line, x0: float, x1: float, cuts: list[float], size: float) -> bool:
    """Whether a line is one phrase over the middle of the whole table, not of its columns of values."""
    middle_x = (line[0].x0 + line[-1].x1) / 2
    off = (abs(middle_x - (x0 + x1) / 2), abs(middle_x - (cuts[0] + x1) / 2))
    return (
        len(line) == 1
        and not line[0].number
        and off[0] < OFF_MIDDLE * size
        and off[1] > 2 * OFF_MIDDLE * size
    )


def begins_name(lines: list[Line]) -> bool:
    """Whether the first of lines, one text, begins a header cell: each goes on at its very edge."""
    phrase = lines[0][0]
    for line in lines[1:]:
        below = [p for p in line if min(abs(p.x0 - phrase.x0), abs(p.x1 - phrase.x1)) < SAME_EDGE * p.size]
        if not below:
            return False
        if len(line) > 1:
            return True
        phrase = below[0]
    return False


def stands_apart(line: Line, names: Line, cuts: list[float]) -> bool:
    """Whether a line is a text over values alone that is in line with no header cell: « Percent » over all.

    `names` is the line of header cells next to it.
    """
    phrase = line[0]
    return (
        len(line) == 1
        and len(names) > 1
        and not phrase.number
        and phrase.x1 > cuts[0]
        and not any(lined_up(phrase, name, SAME_MIDDLE * phrase.size) for name in names)
    )


def names_nothing(line: Line, names: Line, cuts: list[float]) -> bool:
    """Whether a line is a text neither in line with a header cell below, nor centred over some: a title."""
    if not stands_apart(line, names, cuts):
        return False
    phrase, size = line[0], line[0].size
    cells = names if phrase.x0 < cuts[0] else [name for name in names if name.x0 > cuts[0] - size]
    middle_x = (phrase.x0 + phrase.x1) / 2
    return not any(abs((a.x0 + b.x1) / 2 - middle_x) < size for a, b in combinations(cells, 2))


def is_over(phrase: Phrase, rule: tuple[float, float, float], below: float) -> bool:
    """Whether a phrase stands over the middle of a level ruling (y, from, to) that runs above `below`."""
    y, start, end = rule
    off = abs(phrase.x0 + phrase.x1 - start - end) / 2
    return phrase.level < y < below and off < OFF_MIDDLE * phrase.size


def title_span(
    row: list[Line], x0: float, x1: float, cuts: list[float], figured: set[int]
) -> tuple[int, int] | None:
    """Columns (first, one past the last) over which a row is a title: all, or those of the values.

    It is one text over columns of figures, `figured`, without a key; or one that begins as keys do and is too
    long for their column, but no key that almost touches its value.
    """
    if len(row) != 1 or len(row[0]) != 1:
        return None
    phrase, count = row[0][0], len(cuts) + 1
    if is_title(row[0], x0, x1, cuts, phrase.size):
        return 0, count
    over = range(column_at(phrase.x0 + 1, cuts), column_at(phrase.x1 - 1, cuts) + 1)
    figure = phrase.number and not is_date(phrase.text)
    if figured and not figure and over.start == 0 < over.stop - 1 and not VALUED_KEY.search(phrase.text):
        return 0, count
    if figure or count < 3 or phrase.x0 < cuts[0] - phrase.size or not figured.intersection(over):
        return None
    whole, values = ((phrase.x0 + phrase.x1 - left - x1) / 2 for left in (x0, cuts[0]))
    return (0, count) if abs(whole) < abs(values) else (1, count)


def figure_columns(lines: list[Line], cuts: list[float]) -> set[int]:
    """The columns right of the key column most of whose texts are figures."""
    held: list[list[bool]] = [[] for _ in range(len(cuts) + 1)]
    for phrase in chain(*lines):
        a = column_at(phrase.x0 + 1, cuts)
        if a == column_at(phrase.x1 - 1, cuts):
            held[a].append(phrase.number)
    return {k for k, own in enumerate(held) if k and sum(own) >= FIGURED * max(1, len(own))}


def lined_up(one: Phrase, other: Phrase, reach: float) -> bool:
    """Whether two phrases begin, end or have their middles within `reach` of each other."""
    middles = abs(one.x0 + one.x1 - other.x0 - other.x1) / 2
    return min(abs(one.x0 - other.x0), abs(one.x1 - other.x1), middles) < reach
