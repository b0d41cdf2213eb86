"""Which caption names which table: that above it, or below it.

The numbered ones of a report stand above their tables or below them, all alike. Of others tells the white: a
title close under a table, far from what follows, is that table's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from itertools import pairwise

from rapextract.model import Block, BlockKind, Span, Table

from ...shapes import is_capitals
from .drafts import Draft

TITLE_LINES = 2
LONGEST_TITLE = 140  # characters
TITLE_DROP = 2.5  # times its size: the most white between a title and its table
UNDER = 1.5  # times its size: the most white between a table and a title under it, …
PARTED = 2.0  # … and times that white, and its size, at least: what parts it from what follows
FEWEST_UNDER = 2  # titles under tables that make it the manner of a report
_NOTE = re.compile(
    r"(?:(?:sources?|notes?|lecture|champ|nota|légende)\b|n\.? ?b\.|\w{1,4} ?[:=])|[*(\d]", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:tableau|table|tab\.)\s*(?:n°\s*)?(?-i:[A-Z]{0,3}\.?\d|[IVX]+\b)", re.IGNORECASE)
_SOURCE = re.compile(r"sources?\s*:", re.IGNORECASE)


def mark_titles(drafts: Sequence[Draft]) -> None:
    """Mark the blocks of a page that stand as titles right above a table, or right under one."""
    for above, below in pairwise(drafts):
        above.titles = _titles(above, below)
    for table, draft, following in zip(drafts, drafts[1:], [*drafts[2:], None], strict=False):
        draft.closes = _closes(table, draft, following)


def _titles(above: Draft, below: Draft) -> bool:
    """Whether a block is a table's title: short, bold or in capitals, right above it, no sentence."""
    if above.kind is not BlockKind.PARAGRAPH or below.area is None:
        return False
    text, (x0, top, x1, _) = above.text, below.area
    if len(above.lines) > TITLE_LINES or len(text) > LONGEST_TITLE or text.endswith((".", ",", ";", ":")):
        return False
    if "\t" in text or not (all(line.bold > 0.9 for line in above.lines) or is_capitals(text)):
        return False
    over = all(line.x0 < x1 and line.x1 > x0 for line in above.lines)
    return over and top - above.bottom + above.size >= 0 and top - above.bottom < TITLE_DROP * above.size


def _closes(table: Draft, draft: Draft, following: Draft | None) -> bool:
    """Whether a block is the title of the table right above it: short, in its own type, by itself."""
    if table.kind is not BlockKind.TABLE or table.area is None or draft.kind is not BlockKind.PARAGRAPH:
        return False
    text, (x0, _, x1, bottom) = draft.text, table.area
    if len(draft.lines) > TITLE_LINES or len(text) > LONGEST_TITLE or text.endswith((".", ",", ";", ":")):
        return False
    own = all(line.italic for line in draft.lines) or all(line.bold > 0.9 for line in draft.lines)
    if "\t" in text or text[0].islower() or _NOTE.match(text) or not (own or is_capitals(text)):
        return False
    white = draft.top - bottom
    far = PARTED * max(white, draft.size)
    below = math.inf if following is None or following.top < draft.top else following.top - draft.bottom
    under = all(line.x0 < x1 and line.x1 > x0 for line in draft.lines)
    return under and -draft.size < white < UNDER * draft.size and below > far


def captions_of(
    blocks: Sequence[Block], tables: Sequence[Table], text: str, closing: Set[int] = frozenset()
) -> list[Span | None]:
    """The caption of each of `tables`, by the order of their blocks among `blocks` of the reading `text`.

    It is the caption block right above the table on its page. Those `closing` (numbers of blocks) are no such
    block: they stand close under the table before, and name it where most tables without a caption have one,
    and not all the same. Where more tables have a numbered caption (« Tableau 3 – … ») only below them than
    only above, it is the numbered one right below: between two tables the line alone does not tell. Where the
    data come from (« Source : … ») names no table.
    """
    above: list[Block | None] = [None] * len(tables)
    below: list[Block | None] = [None] * len(tables)
    for at, block in enumerate(blocks):
        if block.table is None:
            continue
        pages = tables[block.table].pages or (block.page,)
        before, after = blocks[max(0, at - 1)], blocks[min(at + 1, len(blocks) - 1)]
        if at - 1 not in closing and _is_caption(before, pages[0]) and not _SOURCE.match(text, before.start):
            above[block.table] = before
        if _is_caption(after, pages[-1]) and _NUMBERED.match(text, after.start):
            below[block.table] = after
    close = {block.table: blocks[at + 1] for at, block in enumerate(blocks) if at + 1 in closing}
    said = {text[block.start : block.end] for block in close.values()}
    if len(said) >= FEWEST_UNDER and 2 * len(close) >= above.count(None):
        above = [block or close.get(number) for number, block in enumerate(above)]
    numbered = [block is not None and _NUMBERED.match(text, block.start) is not None for block in above]
    only_above = sum(has and under is None for has, under in zip(numbered, below, strict=True))
    only_below = sum(under is not None and not has for has, under in zip(numbered, below, strict=True))
    if only_below > only_above:
        above = [
            under or (None if has else over) for over, has, under in zip(above, numbered, below, strict=True)
        ]
    return [None if block is None else Span(start=block.start, end=block.end) for block in above]


def _is_caption(block: Block, page: int | None) -> bool:
    return block.kind is BlockKind.CAPTION and block.page == page
