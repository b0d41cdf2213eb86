"""The texts of panels, each as a block of its own: what a card or a box beside the text says is read too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...model import Block, BlockKind, Document


def with_panel_texts(document: Document) -> Document:
    """The document with a paragraph for each line of a panel, in the panel's place.

    A line is one of its texts: the reader mends those that were broken. The counts of a staff panel are
    read from its text as a whole, whatever blocks are laid over it.
    """
    if all(block.kind is not BlockKind.PANEL for block in document.blocks):
        return document
    return document.with_blocks(tuple(_opened(document)))


def _opened(document: Document) -> Iterator[Block]:
    for block in document.blocks:
        if block.kind is not BlockKind.PANEL:
            yield block
            continue
        start = block.start
        for line in document.text[block.start : block.end].split("\n"):
            end = start + len(line)
            if line.strip():
                yield replace(block, kind=BlockKind.PARAGRAPH, start=start, end=end)
            start = end + 1
