"""What stands on the sides of a gutter: columns, which are read down, or labels and values, read across.

Columns are prose, cards with numbers over their labels, counts of things, lists or panels.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ..page.lines import BULLETS
from ..page.words import Inset, Word, find_lines
from .entries import are_stacked, lists_beside, parts_entries
from .sentences import sentences_on

SAME_EDGE = 2.0  # points: lines no more apart begin or end at one edge
INDENT = 0.5  # of the size: what a term means begins no less further in than the term above it
FEWEST_ROWS = 3  # rows on each side of a gutter
LINES_BY_PANEL = 3  # at least, in the column of a panel, over or under it
TALL = 5  # times the rows of a column that ends early
SAME_WIDTH = 0.85  # of the other column's width
PROSE_WORDS = 3.5  # words a row, on average, that make a column prose
KEY_FIGURE = 1.3  # times the size of its label: a number set large
VALUE = re.compile(
    r"[-+–−±<>≤≥~≈]*\d[\d\s.,/]*(?:%|€|k€|M€|m[²³23]?|km|ha|h|j|ETP)?\*?|[-–—]|NC|n\.?c\.?", re.I
)
ANSWER = re.compile(r"[☐☑☒□✓✔✗✘\uf06f\uf0a8\uf0fd\uf0fe]|(?:oui|non)\b", re.I)
"""What is ticked behind a question; a word processor's boxes have numbers of a font's own."""
COUNT = re.compile(rf"(?:[{re.escape(BULLETS)}] )?\d{{1,3}}(?: \d{{3}})*[ \t][a-zà-ÿ-]{{3,}}", re.I)

Side = list[list[Word]]
"""The words of each row on one side of a gutter, from the top down."""


def are_columns(left: Side, right: Side, both: Sequence[tuple[list[Word], list[Word]]], boxed: bool) -> bool:
    """Whether what stands left and right of a gutter is to be read down, not across.

    `both` has the rows that stand on both sides; `boxed` says that all stands in a panel.
    """
    if any(are_stacked([apart(side) for side in (left, right)]) for apart in (_bold, _further_out)):
        return True
    if parts_entries(both):
        return False
    if has_key_figure(left) and has_key_figure(right):
        return True
    if _counts_things(left) and (_counts_things(right) or is_prose(right)):
        return True
    if (_counts_things(right) or _holds_panel(right)) and is_prose(left):
        return True
    if _holds_panel(left) and is_prose(right):
        return True
    if lists_beside(left, right):
        return True
    if both and are_values(left, right):
        return False
    if boxed:
        return True
    fewer = min(len(left), len(right))
    if fewer < FEWEST_ROWS:
        return _ends_early(left, right) or _are_last_lines(left, right)
    if is_prose(left) and is_prose(right):
        return True
    # Short lines side by side: columns if their baselines don't pair off, as in a card.
    words = min(sum(map(len, side)) / len(side) for side in (left, right))
    return words >= 2 and len(both) <= 0.5 * fewer


def _bold(side: Side) -> list[tuple[str, bool]]:
    return [(_text(row), all(word.bold for word in row)) for row in side]


def _further_out(side: Side) -> list[tuple[str, bool]]:
    edge = min(row[0].x0 for row in side)
    return [(_text(row), row[0].x0 < edge + INDENT * row[0].size) for row in side]


def _text(row: Sequence[Word]) -> str:
    return " ".join(word.text for word in row)


def is_prose(side: Side) -> bool:
    """Whether a column holds rows of several words each."""
    return len(side) >= FEWEST_ROWS and sum(map(len, side)) >= PROSE_WORDS * len(side)


def _ends_early(left: list[list[Word]], right: Side) -> bool:
    """Whether the right side is the last lines of a page's text, in a column as wide as the left.

    Its few lines are prose that begins at one edge and fills a column; the left goes on far below.
    """
    if len(right) < 2 or len(left) < TALL * len(right):
        return False
    return _is_even(right) and _are_as_wide(left, right)


def _are_last_lines(left: list[list[Word]], right: Side) -> bool:
    """Whether two columns are the last lines of a text: as wide, and sentences go on down, not across."""
    if min(len(left), len(right)) < 2 or not _are_as_wide(left, right):
        return False
    down = [[line for row in side for line in find_lines(row, math.inf)] for side in (left, right)]
    across = find_lines([word for row in (*left, *right) for word in row])
    more = sentences_on(down, math.inf) > sentences_on([across], math.inf)
    return more and _is_even(left) and _is_even(right)


def _is_even(side: Side) -> bool:
    """Whether the few lines of a column are prose that begins at one edge."""
    edges = [row[0].x0 for row in side]
    return max(edges) - min(edges) < SAME_EDGE and sum(map(len, side)) >= PROSE_WORDS * len(side)


def _are_as_wide(left: list[list[Word]], right: Side) -> bool:
    widths = [max(row[-1].x1 for row in side) - min(row[0].x0 for row in side) for side in (left, right)]
    return min(widths) >= SAME_WIDTH * max(widths)


def has_key_figure(side: Side) -> bool:
    """Whether a column begins with a number set larger than what follows it."""
    sizes = [max(word.size for word in row) for row in side]
    return (
        len(side) > 1
        and any(ch.isdigit() for word in side[0] for ch in word.text)
        and sizes[0] >= KEY_FIGURE * min(sizes[1:])
    )


def _counts_things(side: Side) -> bool:
    """Whether a column counts things line by line, as staff panels do, with nothing but prose between."""
    counts = sum(1 for row in side if COUNT.match(_text(row)))
    prose = sum(len(row) > PROSE_WORDS for row in side)
    return counts >= 2 and counts + prose >= 0.5 * len(side)


def _holds_panel(side: Side) -> bool:
    """Whether one panel stands in a column, with lines of it over or under it, not set into text.

    They are several, or begin at its edge, as those over a table also may.
    """
    insets = [word for row in side for word in row if isinstance(word, Inset)]
    if len(insets) != 1:
        return False
    edges = [row[0].x0 for row in side]
    level = len(side) > 1 and max(edges) - min(edges) < max(word.size for row in side for word in row)
    return level or (insets[0].is_panel and len(side) > LINES_BY_PANEL)


def are_values(left: list[list[Word]], right: Side) -> bool:
    """Whether rows read as a label and its value: « Population : » then « 2,8 », or « ☑ Oui »."""

    def bare(side: Side) -> float:
        texts = [_text(row) for row in side]
        return sum(1 for text in texts if VALUE.fullmatch(text)) / len(texts)

    colons = sum(1 for row in left if row[-1].text.endswith(":")) / len(left)
    answers = sum(1 for row in right if ANSWER.match(row[0].text)) / len(right)
    return bare(right) > 0.5 or bare(left) > 0.5 or colons > 0.5 or answers > 0.5
