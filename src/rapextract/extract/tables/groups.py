"""Groups of a table's rows: which rows stand under a title, a row with nothing but its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .header_words import HeaderWords

MOST_TITLES = 2
"""Labels without data one below the other that may be titles: more are rows that nobody filled in."""


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A row of the body as its title is looked for: its label, what else it holds.

    `alone`: it holds its label and nothing else; `wide`: the label's cell is merged over others; `finer`: it
    holds something, but no label in the first column.
    """

    label: str
    alone: bool = False
    wide: bool = False
    finer: bool = False


def group_titles(rows: Sequence[LabelledRow], words: HeaderWords | None = None) -> list[str]:
    """For each row the group title in force, empty where there is none; `words` tells totals and units.

    Titles are rows with nothing but their label, but for the last; a row left empty in a form is none. A
    total of the whole table, and what stands below it, is of no group.
    """
    titles: list[str] = []
    title = ""
    for index, row in enumerate(rows):
        opens = row.alone and index + 1 < len(rows) and not _is_empty(rows, index, words)
        title = row.label if opens else title
        titles.append("" if row.alone else title)
    end = _whole_from(rows, titles, words) if words else len(rows)
    return [*titles[:end], *[""] * (len(rows) - end)]


def _is_empty(rows: Sequence[LabelledRow], index: int, words: HeaderWords | None) -> bool:
    """Is a row with nothing but its label one that was not filled in, and no title?"""
    row = rows[index]
    if row.wide:
        return False
    first = last = index
    while first > 0 and _is_bare(rows[first - 1]):
        first -= 1
    while last + 1 < len(rows) and _is_bare(rows[last + 1]):
        last += 1
    if last + 1 < len(rows) and rows[last + 1].finer:
        return False
    if last - first >= MOST_TITLES or any(other.wide for other in rows):
        return True  # titles of this table are set over its columns
    if words is None or last + 1 == len(rows):
        return False
    below = rows[last + 1].label
    return words.says("total", below) is not None or bool(words.stated(row.label) and words.stated(below))


def _is_bare(row: LabelledRow) -> bool:
    return row.alone and not row.wide


def _whole_from(rows: Sequence[LabelledRow], titles: Sequence[str], words: HeaderWords) -> int:
    """The row of the whole table's total: in the last of several groups, where none before it has one."""
    groups = list(dict.fromkeys(filter(None, titles)))
    if len(groups) > 1:
        for index, row in enumerate(rows):
            if titles[index] and words.is_whole(row.label):
                return index if titles[index] == groups[-1] else len(rows)
    return len(rows)
