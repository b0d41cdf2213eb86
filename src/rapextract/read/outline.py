"""The outline of a plain text: which of its short lines are headings, of which level, and which repeat.

A heading is told by its mark (number, capitals, « ► »), or, without one, by standing alone as a short
line that ends like no sentence and has text under it. Levels follow from the order in which marks
nest, and from the table of contents where there is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rapextract.model import BlockKind

from .pieces import Layout, Piece
from .shapes import (
    Mark,
    can_be_title,
    is_capitals,
    is_label,
    is_name,
    is_value,
    key,
    numbering,
    sign_of,
    signs_quote,
)

_LONG = 80
_OUTER = (Mark.CHAPTER, Mark.ROMAN, Mark.NUMBER, Mark.LETTER)
_CHAPTERS = (Mark.CHAPTER, Mark.ROMAN, Mark.NUMBER, Mark.LETTER, Mark.CAPITALS)


@dataclass(frozen=True)
class Found:
    """A heading candidate: its mark, what tells its style from others, its depth by number."""

    mark: Mark
    style: str
    depth: int = 1


def outline(pieces: Sequence[Piece], layout: Layout, contents: Sequence[Sequence[str]] = ()) -> list[Piece]:
    """Give headings their kind and level, and make repeated ones furniture.

    `contents` is the table of contents as rows of cells, where the text has one.
    """
    out = _without_lone_numbers(pieces)
    found = _find(out, layout)
    if layout.dense:
        return _with_dense_levels(out, found)
    repeats = _repeats(out, found)
    for index in repeats:
        out[index] = replace(out[index], kind=BlockKind.FURNITURE)
        del found[index]
    _drop_signatures(out, found, repeats)
    for index, level in _levels(out, found, contents).items():
        out[index] = replace(out[index], kind=BlockKind.HEADING, level=level)
    return out


def _without_lone_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """Make a chapter's number furniture where it stands on a line of its own above the title."""
    out = list(pieces)
    for index, piece in enumerate(out[:-1]):
        title = out[index + 1]
        if re.fullmatch(r"\d{1,2}\.?", piece.text) and _is_line(title) and is_capitals(title.text):
            out[index] = replace(piece, kind=BlockKind.FURNITURE)
    return out


# Finding ------------------------------------------------------------------------------------------
def _find(pieces: Sequence[Piece], layout: Layout) -> dict[int, Found]:
    """Candidates by index. Those without a mark need text under them, so go from the end."""
    found: dict[int, Found] = {}
    signed = _signatures(pieces) if layout.dense else set()
    accordion = next((i for i, piece in enumerate(pieces) if piece.text in "-–—"), len(pieces))
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if not _is_line(piece) or not (layout.dense or _stands_alone(pieces, index)):
            continue
        candidate = _marked(pieces, index)
        if candidate is not None and _could_be_item(candidate, piece.text):
            candidate = candidate if _titles(pieces, index, found) else None
        elif candidate is None and can_be_title(piece.text):
            if layout.dense:
                if _titles_dense(pieces, index, found, signed, index < accordion):
                    candidate = Found(Mark.PLAIN, Mark.PLAIN)
            elif _titles(pieces, index, found):
                candidate = Found(Mark.PLAIN, Mark.PLAIN)
        if candidate is not None:
            found[index] = candidate
    if layout.dense and pieces and _is_line(pieces[0]) and pieces[0].text[-1] not in ".;,:":
        found[0] = Found(Mark.CAPITALS, "title")
    return found


def _could_be_item(candidate: Found, text: str) -> bool:
    """Whether a number may be a list's (« 1. Former les agents »): then it must have text under it."""
    return candidate.mark in (Mark.NUMBER, Mark.LETTER) and candidate.depth == 1 and not is_capitals(text)


def _marked(pieces: Sequence[Piece], index: int) -> Found | None:
    text = pieces[index].text
    if len(text) > 160 or text.endswith((";", ",")):
        return None
    sign = sign_of(text)
    if sign is not None:
        return None if text.endswith(".") else Found(Mark.SIGN, sign)
    number = numbering(text)
    if number is not None and not text.endswith("."):
        mark, depth = number
        return Found(mark, f"{mark}{depth}", depth)
    if is_capitals(text) and can_be_title(text) and not _is_group(pieces, index):
        before = pieces[index - 1] if index else None
        if before is not None and re.fullmatch(r"\d{1,2}\.?", before.text):
            return Found(Mark.NUMBER, f"{Mark.NUMBER}1")
        return Found(Mark.CAPITALS, Mark.CAPITALS)
    return None


def _titles(pieces: Sequence[Piece], index: int, found: dict[int, Found]) -> bool:
    """Whether an unmarked line titles what follows it: text, a list, a table, another heading."""
    following = _next(pieces, index + 1)
    if following is None:
        return False
    if pieces[index].text.endswith(("!", "?")):
        return _is_text(pieces[following])
    if pieces[following].text[0].islower() and pieces[following].kind is BlockKind.PARAGRAPH:
        return False
    if index and is_name(pieces[index - 1].text) and len(pieces[index - 1].text) < _LONG:
        return False
    if following in found:
        # A line above a chapter title closes the chapter before it.
        return found[following].mark not in _CHAPTERS or found[following].depth > 1
    if is_name(pieces[following].text):
        following = _after_names(pieces, following)
        return following is not None and following not in found and _is_text(pieces[following])
    return _has_body(pieces[following]) or _opens_list(pieces, following)


def _titles_dense(
    pieces: Sequence[Piece], index: int, found: dict[int, Found], signed: set[int], head: bool
) -> bool:
    """The same where a line is a paragraph: the line above ends a sentence, a long one follows.

    `signed` are the lines that say who speaks; `head` is whether the line stands in the page's head,
    where folded articles (a lone dash) may follow at once.
    """
    before = pieces[index - 1] if index else None
    if before is not None and len(before.text) > _LONG and before.text[-1] not in '.!?…»”")':
        return False
    following = _next(pieces, index + 1, signed)
    if index in signed or following is None or (not head and pieces[index + 1].text in "-–—"):
        return False
    if pieces[index].text.endswith(("!", "?")):
        return len(pieces[index].text) < _LONG and _is_text(pieces[index + 1])
    if following in found or _is_signature(pieces, following):
        return True
    if head and pieces[index + 1].text in "-–—":
        return True
    return _is_text(pieces[following]) or pieces[following].kind is BlockKind.TABLE


def _signatures(pieces: Sequence[Piece]) -> set[int]:
    """Lines that say who speaks: in a run of short lines, a person's name and what follows it."""
    signed: set[int] = set()
    start = 0
    while start < len(pieces):
        end = start
        while end < len(pieces) and _is_short(pieces[end]):
            end += 1
        after = pieces[end].text if end < len(pieces) else ""
        quoted = after[:1] in tuple('«“"')
        for index in range(start, end):
            if is_name(pieces[index].text) or (quoted and signs_quote(pieces[index].text)):
                if quoted or end - index > 1:
                    signed.update(range(index, end))
                break
        start = end + 1
    return signed


def _is_short(piece: Piece) -> bool:
    opens = piece.text[0] in '«“"'
    return _is_line(piece) and len(piece.text) < 130 and not opens and piece.text[-1] not in ".:;!?…»”"


def _is_signature(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a short line stands right over a quotation, so that it says whose words they are."""
    after = _next(pieces, index + 1)
    return (
        after is not None
        and len(pieces[index].text) < 160
        and pieces[after].text[0] in "«“"
        and (_is_text(pieces[after]) and "," in pieces[index].text)
    )


def _is_line(piece: Piece) -> bool:
    return piece.kind is BlockKind.PARAGRAPH and piece.lines == 1


def _stands_alone(pieces: Sequence[Piece], index: int) -> bool:
    """Whether blank lines part it from the text above and below; what it titles may follow at once."""
    if index and pieces[index].gap == 0 and pieces[index - 1].kind is not BlockKind.FURNITURE:
        return False
    return not _is_group(pieces, index)


def _is_group(pieces: Sequence[Piece], index: int) -> bool:
    if index + 1 == len(pieces) or pieces[index + 1].gap:
        return False
    return not (
        pieces[index + 1].kind in (BlockKind.TABLE, BlockKind.LIST_ITEM) or _is_text(pieces[index + 1])
    )


def _is_text(piece: Piece) -> bool:
    return piece.kind is BlockKind.PARAGRAPH and len(piece.text) >= _LONG


def _has_body(piece: Piece) -> bool:
    if piece.kind in (BlockKind.TABLE, BlockKind.LIST_ITEM) or is_label(piece.text) or is_value(piece.text):
        return True
    if _is_text(piece):
        return True
    return len(piece.text) > 25 and piece.text.endswith((".", ":", ";", "!", "?", "»"))


def _opens_list(pieces: Sequence[Piece], index: int) -> bool:
    """Whether short lines announce the list or table right under them (« Chiffres clés : », « PC »)."""
    announced = pieces[index].text.endswith(":")
    for under in range(index + 1, min(index + 4, len(pieces))):
        if pieces[under].gap and not announced:
            return False
        if pieces[under].kind in (BlockKind.TABLE, BlockKind.LIST_ITEM):
            return True
        if pieces[under].kind is not BlockKind.FURNITURE and not _is_short(pieces[under]):
            return False
        announced = False
    return False


def _next(pieces: Sequence[Piece], index: int, skipped: Collection[int] = ()) -> int | None:
    """The first piece from `index` on that is no furniture and not to be skipped."""
    while index < len(pieces) and (pieces[index].kind is BlockKind.FURNITURE or index in skipped):
        index += 1
    return index if index < len(pieces) else None


def _after_names(pieces: Sequence[Piece], index: int) -> int | None:
    """The first piece after a person's name and the few short lines (job, place) under it."""
    for step in range(1, 5):
        following = _next(pieces, index + step)
        if following is None or _is_text(pieces[following]):
            return following
    return None


# Repeats ------------------------------------------------------------------------------------------
def _repeats(pieces: Sequence[Piece], found: dict[int, Found]) -> list[int]:
    """Running heads: a chapter's title that comes again while the chapter lasts."""
    repeats: list[int] = []
    running: dict[str, str] = {}
    for index in sorted(found):
        candidate = found[index]
        if candidate.mark not in _CHAPTERS:
            continue
        title = key(pieces[index].text)
        if running.get(candidate.style) == title:
            repeats.append(index)
        running[candidate.style] = title
    return repeats


def _drop_signatures(pieces: Sequence[Piece], found: dict[int, Found], repeats: Sequence[int]) -> None:
    """A short line between the end of a sentence and a new page signs what stands above it."""
    heads = set(repeats)
    for index in sorted(found):
        if found[index].mark is not Mark.PLAIN or index == 0 or index + 1 not in heads:
            continue
        before, following = pieces[index - 1], _next(pieces, index + 1)
        if before.text.endswith((".", "!")) and following in found:
            del found[index]


# Levels -------------------------------------------------------------------------------------------
def _levels(
    pieces: Sequence[Piece], found: dict[int, Found], contents: Sequence[Sequence[str]]
) -> dict[int, int]:
    """Levels from how styles nest: a style that is in force closes what is below it, a new one opens."""
    levels: dict[int, int] = {}
    listed = [[key(cell) for cell in row] for row in contents]
    times = Counter(key(pieces[index].text) for index in found)
    stack: list[str] = []
    heads: dict[str, str] = {}
    entries = ""
    for index in sorted(found):
        candidate = found[index]
        title = key(pieces[index].text)
        if candidate.mark is Mark.PLAIN:
            above = _next_back(pieces, index - 1)
            style = _plain_style(
                stack,
                directly_under=above in levels and pieces[index].gap < 3,
                listed=f" {title} " in entries,
                once=() if times[title] == 1 else [style for style in stack if times[heads[style]] == 1],
            )
        else:
            style = candidate.style
            if candidate.mark is Mark.NUMBER and candidate.depth == 1:
                stack = [s for s in stack if s in (f"{Mark.CHAPTER}1", f"{Mark.ROMAN}1")]
            elif candidate.mark is Mark.CAPITALS:
                stack = [s for s in stack if s.startswith(_OUTER) or s == Mark.CAPITALS]
            if candidate.mark in _CHAPTERS and candidate.depth == 1:
                entries = _entries_of(title, listed)
        if style in stack:
            stack = stack[: stack.index(style) + 1]
        else:
            stack.append(style)
        heads[style] = title
        levels[index] = len(stack)
    return levels


def _plain_style(stack: Sequence[str], directly_under: bool, listed: bool, once: Collection[str]) -> str:
    """The style of an unmarked heading; there are several, told apart by what they stand under.

    What the table of contents lists under the chapter is the rank right below it. Else the heading is
    under the « ► » in force, or right under the heading it follows without text between, or beside
    the last one. A title that comes again and again (« Temps forts ») is a part of a neighbour whose title
    comes but once: `once` are the styles in force under such titles.
    """
    plain = [style for style in stack if style.startswith(Mark.PLAIN)]
    if listed:
        return f"{Mark.PLAIN}-listed"
    if not stack:
        return f"{Mark.PLAIN}-"
    if directly_under:
        return f"{Mark.PLAIN}-under-{len(stack)}"
    marks = [style for style in stack if not style.startswith(Mark.PLAIN)]
    under = [style for style in plain if stack.index(style) > stack.index(marks[-1])] if marks else plain
    if under and under[0] in once:
        return f"{Mark.PLAIN}-again"
    return under[0] if under else f"{Mark.PLAIN}-under-{len(stack)}"


def _entries_of(title: str, contents: Sequence[Sequence[str]]) -> str:
    """What the table of contents, its cells folded, lists in the row of a chapter, as one string."""
    for row in contents:
        if title in row:
            return f" {' '.join(cell for cell in row if cell != title)} "
    return ""


def _next_back(pieces: Sequence[Piece], index: int) -> int:
    while index >= 0 and pieces[index].kind is BlockKind.FURNITURE:
        index -= 1
    return index


def _with_dense_levels(pieces: Sequence[Piece], found: dict[int, Found]) -> list[Piece]:
    """Levels on a web page's text: its title, the page's parts, then the articles folded in it.

    A lone dash parts the articles. A heading right under another is one level deeper.
    """
    out = list(pieces)
    base, last, level = 2, -2, 0
    for index, piece in enumerate(pieces):
        if piece.text in "-–—" and level:
            base = 3 if any(p.kind is BlockKind.HEADING and p.level == 2 for p in out[:index]) else 2
        if index in found:
            level = (
                1 if index == 0 else (level + 1 if last == _next_back(pieces, index - 1) and last else base)
            )
            out[index] = replace(piece, kind=BlockKind.HEADING, level=level)
            last = index
    return out
