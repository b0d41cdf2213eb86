"""Boxes beside the text (`PANEL` blocks) as paragraphs: what a coloured box says is read as prose is.

A box holds a staff panel, which `panels` reads and prose leaves alone; a chart, whose ticks are no figures;
or words: a paragraph set apart, or numbers set large over their labels. The last is read here, a number with
its label as one block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..grammar.compiled import regexp
from ..model import Block, BlockKind, Document

_LINE = regexp(r"[^\n]*\S[^\n]*")
_WORD = regexp(r"\p{L}{3}")
_NUMBER_FIRST = regexp(r"(?:[+−–-] ?)?\d[^\n]{0,19}\Z")
_BULLET = regexp(r"[-–•►▪➢] ")
_ENDS = regexp(r"[.!?:;…]\s*\Z")
_GOES_ON = regexp(
    r"(?:\b(?:de|d'|des|du|à|au|aux|en|et|ou|par|pour|sur|sous|dans|avec|soit|dont|contre|les?|la|est|sont|plus|"
    r"moins|près|environ)|,)\s*\Z"
)
WRAPPED = 0.75
"""Share of the longest line from which on a line may have been broken for its length."""


def without_boxes(document: Document) -> Document:
    """`document` with the words of its boxes as paragraphs and list items; charts stay as they are."""
    if not any(block.kind is BlockKind.PANEL for block in document.blocks):
        return document
    blocks = (piece for block in document.blocks for piece in _opened(document.text, block))
    return document.model_copy(update={"blocks": tuple(blocks)}).fresh()


def _opened(text: str, block: Block) -> Iterator[Block]:
    """The paragraphs of a box; `block` itself where it is none, or a chart."""
    if block.kind is not BlockKind.PANEL:
        yield block
        return
    lines = [match.span() for match in _LINE.finditer(text, block.start, block.end)]
    bare = [_WORD.search(text, start, end) is None for start, end in lines]
    if not lines or any(one and other for one, other in pairwise(bare)):
        yield block  # numbers under numbers are the ticks of an axis
        return
    opens = [number for number in range(len(lines)) if _begins(text, lines, bare, number)]
    for first, following in zip(opens, [*opens[1:], len(lines)], strict=True):
        start, end = lines[first][0], lines[following - 1][1]
        listed = _BULLET.match(text, start) is not None
        yield Block(kind=BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH, start=start, end=end)


def _begins(text: str, lines: Sequence[tuple[int, int]], bare: Sequence[bool], number: int) -> bool:
    """Whether something of its own begins on a line of a box."""
    start, end = lines[number]
    if number == 0 or bare[number] or _BULLET.match(text, start):
        return True
    last = text[slice(*lines[number - 1])]
    if _ENDS.search(last):
        return True
    if bare[number - 1] or _GOES_ON.search(last):
        return False
    if _NUMBER_FIRST.match(text, start, end):
        return True
    longest = max(stop - begin for begin, stop in lines)
    return text[start].isupper() and len(last) < WRAPPED * longest
