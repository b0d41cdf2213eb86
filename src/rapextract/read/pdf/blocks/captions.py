"""Which caption names which table: the numbered ones of a report stand above their tables, or below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapextract.model import Block, BlockKind, Span, Table

_NUMBERED = re.compile(r"(?:tableau|table|tab\.)\s*(?:n°\s*)?(?-i:[A-Z]{0,3}\.?\d|[IVX]+\b)", re.IGNORECASE)
_SOURCE = re.compile(r"sources?\s*:", re.IGNORECASE)


def captions_of(blocks: Sequence[Block], tables: Sequence[Table], text: str) -> list[Span | None]:
    """The caption of each of `tables`, by the order of their blocks among `blocks` of the reading `text`.

    It is the caption block right above the table on its page. Where more tables have a numbered caption
    (« Tableau 3 – … ») only below them than only above, it is the numbered one right below: between two
    tables the line alone does not tell. Where the data come from (« Source : … ») names no table.
    """
    above: list[Block | None] = [None] * len(tables)
    below: list[Block | None] = [None] * len(tables)
    for at, block in enumerate(blocks):
        if block.table is None:
            continue
        pages = tables[block.table].pages or (block.page,)
        before, after = blocks[max(0, at - 1)], blocks[min(at + 1, len(blocks) - 1)]
        if _is_caption(before, pages[0]) and not _SOURCE.match(text, before.start):
            above[block.table] = before
        if _is_caption(after, pages[-1]) and _NUMBERED.match(text, after.start):
            below[block.table] = after
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
