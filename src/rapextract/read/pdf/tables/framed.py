"""Tables of text between level rulings: above the names of the columns, below them, at the end."""

from __future__ import annotations

from itertools import chain

from .assembly import extents_of, grid_of
from .columns import bands_of, column_at
from .grid import Grid
from .phrases import Line, level_of, phrase_lines
from .regions import Region, at_its_best
from .rows import rows_of
from .rules import Rules
from .words import Words

FRAME = 3  # rulings; others may part groups of rows
MOST_NAMED = 6  # words of a column's name
KEY_WORDS = 6  # of a row, on an average
KEY_WIDTH = 0.45  # of the table's width
LEAST_ROWS = 3
ROWS_EACH = 2  # rows that each ruling below the names parts from the next, on an average: a form has one


def framed_grid(frame: Rules, words: Words, rules: Rules) -> Grid | None:
    """The grid of the text below the names of its columns, each of which stands over one of them.

    Every row has a short key, or is one line whose cells all begin anew. Figures are left to their alignment;
    without names, or with the lines of two page columns between rulings, nothing is found.
    """
    (top, left, right), (under, _, _), *_, (bottom, _, _) = frame.across
    held = words.inside(left - 1, top, right + 1, bottom)
    lines = phrase_lines(words, [k for k in held if words.upright[k]])
    head = [line for line in lines if level_of(line) < under]
    body = lines[len(head) :]
    names = max(head, key=len, default=[])
    if len(names) < 2 or len(bands_of(body)) < LEAST_ROWS:
        return None
    if any(phrase.number or len(phrase.words) > MOST_NAMED for phrase in chain(*head)):
        return None
    region = at_its_best(Region(body, [], len(head), len(lines)))
    cuts = region.cuts
    named = [column_at((name.x0 + name.x1) / 2, cuts) for name in names]
    if named != list(range(len(cuts) + 1)):
        return None
    rows = rows_of(body, cuts)
    if len(rows) < max(LEAST_ROWS, ROWS_EACH * (len(frame.across) - 2)) or not all(
        any(line[0].x1 <= cuts[0] for line in row) for row in rows
    ):
        return None
    keys = [[p for line in row for p in line if p.x0 < cuts[0]] for row in rows]
    wordy = sum(len(p.words) for key in keys for p in key) > KEY_WORDS * len(rows)
    extents = extents_of(body, [left, *cuts, right])
    wide = extents[0][1] - extents[0][0] > KEY_WIDTH * (right - left) and not _are_single(rows, cuts)
    if wordy or wide or _has_figures(body, cuts):
        return None
    return grid_of(words, head, region, rules)


def _are_single(rows: list[list[Line]], cuts: list[float]) -> bool:
    """Whether each row is one line that fills all columns, and no cell goes on in lower case as text does."""
    return all(
        len(row) == 1 and len(row[0]) > len(cuts) and not any(phrase.text[0].islower() for phrase in row[0])
        for row in rows
    )


def _has_figures(lines: list[Line], cuts: list[float]) -> bool:
    """Whether a phrase right of the keys is a figure."""
    return any(phrase.number and phrase.x0 > cuts[0] for phrase in chain(*lines))
