"""The pieces of a plain text before its outline is known: paragraphs, list items and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapextract.model import BlockKind, Table

from .lines import Line
from .shapes import numbering

LIST_MARK = re.compile(r"(?:[-–—•·*+◦▪▫●○✓✔→➢➤o]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
"""What a list item starts with."""

_SENTENCE_END = (".", "!", "?", ":", ";", "…", "»", "”", '"')
_LONE_MARKS = frozenset({"-", "–", "—", "•", "*", "“", "”", "«", "»", '"', "·", "…"})
# Web pages flattened to text lose the line ends between a sentence and what follows it.
_GLUED = re.compile(
    r"(?<=[:;.!?»”])(?=-(?: -)? \S)"  # « en deux phases :- - Phase… »
    r"|(?<=\w)(?=- - \S)"  # « suivi pédagogique- - Suivi… »
    r"|(?<=[»”])(?=[A-ZÀ-ÖØ-Þ]\w)"  # « …par exemple. »Nouvel outil »
    r"|(?<=\w)(?=[«“]\s?\S)"  # « Échelon de la Côte« En 2022… »
    r"|(?<=\w\w[.!?])(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+['’ ])"  # « …en poste.Tout au long… »
)
_TRAILING_DASH = re.compile(r"\s+-$")


@dataclass(frozen=True)
class Piece:
    """A run of lines that belong together; `gap` counts the blank lines above it.

    `lines` is how many lines it takes; `marked` is its list or heading mark, if it starts with one.
    """

    kind: BlockKind
    start: int
    end: int
    text: str
    gap: int
    lines: int = 1
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True)
class Layout:
    """How a plain text is laid out.

    `dense`: a line is a paragraph, blank lines are rare (a web page's text). `width`: the line
    length that paragraphs are wrapped at, 0 where they are not.
    """

    dense: bool
    width: int


def layout_of(lines: Sequence[Line]) -> Layout:
    """Tell how the lines are laid out from their gaps and lengths."""
    if not lines:
        return Layout(dense=False, width=0)
    apart = sum(1 for line in lines if line.gap)
    return Layout(dense=apart < 0.2 * len(lines), width=_wrap_width(lines))


def _wrap_width(lines: Sequence[Line]) -> int:
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    followed = [
        len(line.text)
        for line, following in pairwise(lines)
        if following.gap == 0 and not LIST_MARK.match(following.text)
    ]
    if width > 140 or len(followed) < 5:
        return 0
    full = sum(1 for length in followed if length >= 0.75 * width)
    return width if 2 * full > len(followed) else 0


def unglue(lines: Sequence[Line]) -> list[Line]:
    """Cut lines where a line end was lost, so that each holds one paragraph, item or heading."""
    out: list[Line] = []
    for line in lines:
        dash = _TRAILING_DASH.search(line.text)
        stop = dash.start() if dash and len(line.text) > 1 else len(line.text)
        cuts = [0, *(match.start() for match in _GLUED.finditer(line.text, 0, stop)), stop]
        for first, last in pairwise(cuts):
            content = line.text[first:last].strip()
            if content:
                at = line.start + line.text.index(content, first)
                gap = line.gap if first == 0 else 0
                out.append(Line(at, at + len(content), content, line.indent, gap))
        if stop < len(line.text):
            out.append(Line(line.end - 1, line.end, line.text[-1], line.indent, 0))
    return out


def make_pieces(text: str, lines: Sequence[Line], layout: Layout) -> list[Piece]:
    """Join lines into pieces; list items nest by their indent."""
    pieces: list[Piece] = []
    indents: list[int] = []
    for index, line in enumerate(lines):
        before = pieces[-1] if pieces else None
        if line.text in _LONE_MARKS:
            pieces.append(Piece(BlockKind.FURNITURE, line.start, line.end, line.text, line.gap))
            continue
        if before is not None and _continues(before, line, layout):
            pieces[-1] = replace(
                before, end=line.end, text=text[before.start : line.end], lines=before.lines + 1
            )
            continue
        if LIST_MARK.match(line.text) and not _is_numbered_title(lines, index):
            indents = [indent for indent in indents if indent < line.indent] + [line.indent]
            pieces.append(
                Piece(BlockKind.LIST_ITEM, line.start, line.end, line.text, line.gap, level=len(indents))
            )
        else:
            indents = []
            pieces.append(Piece(BlockKind.PARAGRAPH, line.start, line.end, line.text, line.gap))
    return pieces


def _is_numbered_title(lines: Sequence[Line], index: int) -> bool:
    """Whether « 2. Les tarifs » is a title and no list item: it stands alone and ends like a title."""
    line = lines[index]
    alone = (line.gap > 0 or index == 0) and (index + 1 < len(lines) and lines[index + 1].gap > 0)
    ends = line.text.endswith((".", ";", ",", ":"))
    return alone and not ends and len(line.text) < 120 and numbering(line.text) is not None


def _continues(before: Piece, line: Line, layout: Layout) -> bool:
    """Whether a line goes on with the piece above it rather than starting a new one."""
    if before.kind is BlockKind.FURNITURE or LIST_MARK.match(line.text):
        return False
    first = line.text[0]
    hyphenated = before.text.endswith("-") and before.text[-2:-1].isalpha() and first.isalpha()
    if hyphenated:
        return line.gap == 0 or first.islower()
    ended = before.text.endswith(_SENTENCE_END)
    if line.gap:
        return not layout.dense and first.islower() and not ended and len(before.text) > 40
    last_line = before.text.rsplit("\n", 1)[-1].strip()
    if layout.width:
        return len(last_line) >= 0.7 * layout.width or (first.islower() and not ended)
    if layout.dense:
        return False
    return first.islower() and not ended
