"""Tables that are staff panels: counts of things, which are read along and not as cells.

Columns that each count things down their lines (« 3 ISM »), or numbers in one column and what they count
in the next.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from math import inf

from ..page.lines import TextLine
from ..page.words import Word, find_lines
from ..tables import Area, FoundTable
from .sides import COUNT, VALUE

COUNTED = 0.75  # of the numbers in panels side by side count things, or they make a table
MOST_BESIDE = 4  # columns: two of numbers, each beside one of what they count
FEWEST_BESIDE = 3  # rows
ACRONYM = 4  # letters, at most, of one that stands for a noun (« ISM »)
BOLDER = 0.9  # the share of bold characters in which a line differs from text of another weight
WHOLE = re.compile(r"\d{1,3}(?: \d{3})*")
NUMBER = re.compile(r"\d[\d\s.,/]*")

Cells = Mapping[tuple[int, Area], list[TextLine]]
"""The lines of cells, by their page and box."""


def counts_in_columns(table: FoundTable, cells: Cells, drawn: bool) -> bool:
    """Whether columns count things down their lines (« 3 ISM »), as staff panels side by side do.

    The lines of one cell may part a number from what it counts, those of a table's row don't. Of a table
    that is `drawn` each row may count: it is a panel where its cells count several things each.
    """
    columns: list[list[str]] = [[] for _ in range(table.column_count)]
    titled = sum(cell.row == 0 for cell in table.cells) == 1
    for cell in table.cells:
        if cell.row == 0 and titled:
            continue  # the title over the panels
        if cell.column_span > 1:
            return False
        columns[cell.column] += [line.text for line in cells.get((cell.page, cell.box), [])]
    joined = [" ".join(lines) for lines in columns]
    things = [len(COUNT.findall(text)) for text in joined]
    numbers = sum(len(NUMBER.findall(text)) for text in joined)
    counting = sum(count > 0 for count in things)
    return (
        counting > max(1, table.column_count // 2)
        and sum(things) > (len(table.cells) if drawn else table.column_count)
        and sum(things) >= COUNTED * numbers
    )


def count_texts(table: FoundTable, cells: Cells) -> list[list[TextLine]]:
    """What a table says whose rows are a number and, in the next column, what it counts; else nothing.

    Staff panels are set so (« 3 » beside « ISM »), with the names of groups in rows of their own, or in
    a column before.
    """
    if not 1 < table.column_count <= MOST_BESIDE:
        return []
    first = table.column_count % 2
    rows: dict[tuple[int, int], dict[int, list[TextLine]]] = {}
    names: list[str] = []
    for cell in sorted(table.cells, key=lambda cell: ((cell.column - first) // 2, cell.row, cell.column)):
        lines = cells[cell.page, cell.box]
        if cell.column < first:
            names += [line.text for line in lines]
            rows[0, 2 * cell.row] = {0: lines}
        elif cell.column_span == table.column_count == 2 and cell.row_span == 1:
            rows[0, 2 * cell.row + 1] = {0: lines}
        elif cell.column_span > 1 or cell.row_span > 1:
            return []
        else:
            pair, below = (cell.column - first) // 2, _other_weight(lines)
            rows.setdefault((pair, 2 * cell.row + 1), {})[(cell.column - first) % 2] = lines[:below]
            if below < len(lines):  # a group's name, taken for the last line of the cell above it
                names += [line.text for line in lines[below:]]
                rows[pair, 2 * cell.row + 2] = {0: lines[below:]}
    counts = [
        (row[0][0].text, " ".join(line.text for line in row[1])) for row in rows.values() if len(row) == 2
    ]
    names += [
        line.text
        for (_, row), held in rows.items()
        if row % 2 and len(held) == 1
        for line in chain(*held.values())
    ]
    numbered = all(WHOLE.fullmatch(number) for number, _ in counts)
    if len(counts) < FEWEST_BESIDE or not numbered or any(map(str.isdigit, "".join(names))):
        return []
    things = [thing for _, thing in counts if not any(map(str.isdigit, thing))]
    if len(things) < len(counts) or 2 * sum(map(_is_noun, things)) <= len(counts):
        return []
    if first and 2 * len(names) > len(counts) + 1:
        return []  # each row has a key of its own
    return [list(chain(*rows[place].values())) for place in sorted(rows)]


def crosses_panel(table: FoundTable, panels: Sequence[Sequence[Word]]) -> bool:
    """Whether a table told by alignment alone takes counts in a drawn box together with text beside it.

    `panels` has the words in each box. What stands beside a table's own shaded column is values.
    """
    if table.detector != "alignment":
        return False
    held = {char for cell in table.cells for char in cell.characters}
    for inside in panels:
        own = {char for word in inside for char in word.chars.tolist()}
        if not held & own or held <= own:
            continue
        counts = sum(len(COUNT.findall(line.text)) for line in find_lines(inside, inf))
        beside = [cell for cell in table.cells if cell.text and not own.issuperset(cell.characters)]
        if counts >= FEWEST_BESIDE and 2 * sum(
            VALUE.fullmatch(cell.text) is not None for cell in beside
        ) < len(beside):
            return True
    return False


def _is_noun(thing: str) -> bool:
    """Whether words name what is counted, not a place or a person: a noun, or the short form of one."""
    return thing[0].islower() or (thing.isupper() and len(thing) <= ACRONYM)


def _other_weight(lines: Sequence[TextLine]) -> int:
    """The first of some lines that is bold where the one above is not, or not where it is."""
    turns = (k for k in range(1, len(lines)) if abs(lines[k].bold - lines[k - 1].bold) > BOLDER)
    return next(turns, len(lines))
