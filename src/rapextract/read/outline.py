"""The outline of a plain text: which of its short lines are headings, and of which level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapextract.model import BlockKind

from .pieces import Layout, Piece


def outline(pieces: Sequence[Piece], layout: Layout) -> list[Piece]:
    """Give headings their kind and level."""
    out: list[Piece] = []
    for piece in pieces:
        short = piece.kind is BlockKind.PARAGRAPH and piece.lines == 1 and len(piece.text) < 100
        if short and piece.text[0] == "►":
            piece = replace(piece, kind=BlockKind.HEADING, level=3)
        elif short and piece.text.isupper() and len(piece.text) > 5:
            piece = replace(piece, kind=BlockKind.HEADING, level=1)
        out.append(piece)
    return out
