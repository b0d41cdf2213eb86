"""Which blocks are headings, and their levels: from tags where they are sound, else from type.

Type tells a heading by being larger, bolder, of another colour or in capitals compared with the
report's body. Styles are ranked by size and weight; numbering (« 2.1. ») refines the rank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapextract.model import BlockKind

from .blocks import Draft

LARGER = 1.08  # times the body's size
LONGEST = 180  # characters
MOST_LINES = 4
LOWEST_LEVEL = 6
_ENDS = (".", ";", ",")
_DECIMAL = re.compile(
    r"(?:article\s+|partie\s+|chapitre\s+|annexe\s+)?(\d{1,2}(?:\.\d{1,2})*)[.)°]?(?:\s*[-–—:.)])?\s+\D", re.I
)
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)]|[A-Z][.)]|[a-z]\))(?:\s*[-–—:.)])?\s+[^\W\d_]"
)
_DATA = re.compile(r"[\d\s.,%€/+\-–—:°()]*")
_QUANTITY = re.compile(r"\d[\d\s.,]*[a-zà-ÿ%€]")  # « 86 abonnés » says a figure, it titles nothing
_HEADING_MARKS = "►➢▶■•-–—«§→(\"'’"
_LEADER = re.compile(r"(?:[.…_] ?){4,}\s*\d*\s*$")


@dataclass(frozen=True, slots=True)
class Style:
    """What a block looks like: size in half points, weight, slant, capitals, colour (0xRRGGBB)."""

    size: float
    bold: bool
    italic: bool
    capitals: bool
    colour: int


def style_of(draft: Draft) -> Style:
    """The style of a block's first line."""
    line = max(draft.lines, key=lambda line: len(line.text))
    text = draft.text
    letters = sum(map(str.isalpha, text))
    capitals = letters > 3 and sum(map(str.isupper, text)) > 0.9 * letters
    return Style(round(2 * line.size) / 2, line.bold > 0.5, line.italic, capitals, line.colour)


def body_style(drafts: Sequence[Draft]) -> Style:
    """The style that most characters of the report's text are set in."""
    count: Counter[Style] = Counter()
    for draft in drafts:
        if draft.lines and draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            line = max(draft.lines, key=lambda line: len(line.text))
            style = Style(round(2 * line.size) / 2, line.bold > 0.5, False, False, line.colour)
            count[style] += sum(len(line.text) + 1 for line in draft.lines) - 1
    return count.most_common(1)[0][0] if count else Style(10.0, False, False, False, 0)


def mark_headings(drafts: Sequence[Draft], body: Style) -> None:
    """Make headings of the blocks that are, with levels from 1 (the highest)."""
    tagged = _sound_tags(drafts)
    found = []
    for number, draft in enumerate(drafts):
        if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not draft.lines:
            continue
        level = draft.lines[0].level if tagged else 0
        following = drafts[number + 1] if number + 1 < len(drafts) else None
        if (level and _may_be_tagged(draft.text)) or _looks_like_heading(draft, following, body):
            found.append((draft, level, style_of(draft)))
    levels = _levels_of_styles([(draft, style) for draft, _, style in found])
    by_tag: dict[Style, int] = {style: level for _, level, style in found if level}
    shallowest = _shallowest_numbering([(draft, style) for draft, _, style in found])
    for draft, level, style in found:
        if not level and style in by_tag:
            level = by_tag[style]
        elif not level:
            level = _level_beside(style, by_tag) if by_tag else levels[style]
            depth = _depth(draft.text)
            if depth:
                level += depth - shallowest[style]
        draft.kind = BlockKind.HEADING
        draft.level = max(1, min(LOWEST_LEVEL, level))


def _may_be_tagged(text: str) -> bool:
    """Whether a tag is believed: whole sentences are no headings, whatever their style is called."""
    return len(text) <= (LONGEST / 2 if text.endswith(".") else 2 * LONGEST)


def _level_beside(style: Style, by_tag: dict[Style, int]) -> int:
    """The level of an untagged style among tagged ones: that of the largest not larger than it."""
    levels = [level for tagged, level in by_tag.items() if tagged.size <= style.size]
    return min(levels) if levels else max(by_tag.values()) + 1


def _sound_tags(drafts: Sequence[Draft]) -> bool:
    """Whether heading tags are to be trusted: some, and not on most of the text."""
    tagged = [draft for draft in drafts if draft.lines and draft.lines[0].level]
    return len(tagged) >= 2 and sum(len(d.text) for d in tagged) < 0.3 * sum(len(d.text) for d in drafts)


def _looks_like_heading(draft: Draft, following: Draft | None, body: Style) -> bool:
    text = draft.text
    if len(draft.lines) > MOST_LINES or not 3 <= len(text) <= LONGEST or "\t" in text:
        return False
    if (
        text.endswith(_ENDS)
        or _DATA.fullmatch(text)
        or _LEADER.search(text)
        or not any(map(str.isalpha, text))
    ):
        return False
    if _QUANTITY.match(text) or not (text[0].isalnum() or text[0] in _HEADING_MARKS):
        return False
    sizes = [line.size for line in draft.lines]
    if max(sizes) > LARGER * min(sizes):  # a number over its label
        return False
    style = style_of(draft)
    larger = style.size >= LARGER * body.size
    bold = style.bold and all(line.bold > 0.9 for line in draft.lines)
    if draft.kind is BlockKind.LIST_ITEM and not (larger or bold):
        return False
    if style.size < 0.95 * body.size or following is None:
        return False
    coloured = style.colour != body.colour
    if larger and (bold or coloured or style.capitals or style.size >= 1.2 * body.size):
        return True
    if text.endswith(":") and not larger:
        return False
    if bold and not body.bold:
        return not text[0].islower()
    if style.capitals and len(draft.lines) <= 2:
        return len(text) > 5 and (coloured or larger or " " in text)
    return bool(_NUMBERED.match(text)) and (coloured or larger or (style.italic and len(text) < 100))


def _levels_of_styles(found: list[tuple[Draft, Style]]) -> dict[Style, int]:
    """Ranks of styles: larger first, then capitals, bold and upright, then as they come."""
    first: dict[Style, int] = {}
    pages: dict[Style, set[int]] = {}
    for number, (draft, style) in enumerate(found):
        first.setdefault(style, number)
        pages.setdefault(style, set()).add(draft.page)
    last_page = max((draft.page for draft, _ in found), default=1)

    def rank(style: Style) -> tuple[float, bool, bool, bool]:
        return -style.size, not style.capitals, not style.bold, style.italic

    levels: dict[Style, int] = {}
    level = 0
    previous: tuple[float, bool, bool, bool] | None = None
    for style in sorted(first, key=lambda style: (*rank(style), first[style])):
        cover = pages[style] == {1} and last_page > 3
        if not cover and rank(style) != previous:
            level += 1
            previous = rank(style)
        levels[style] = max(1, level)
    return levels


def _depth(text: str) -> int:
    match = _DECIMAL.match(text)
    return match[1].count(".") + 1 if match else 0


def _shallowest_numbering(found: list[tuple[Draft, Style]]) -> dict[Style, int]:
    """The least depth of numbering in each style; headings without a number count as that deep."""
    shallowest: dict[Style, int] = {}
    for draft, style in found:
        depth = _depth(draft.text)
        if depth:
            shallowest[style] = min(depth, shallowest.get(style, depth))
    return shallowest
