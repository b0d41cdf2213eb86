"""The headings of a report as a tree, with cleaned titles.

Readers tell which blocks are headings and of which level; here they get titles, parents and paths.
"""

from __future__ import annotations

import re

from rapextract.model import BlockKind, Document, Heading

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)|`")
_SIGNS = re.compile(r"^(?:#{1,6}\s+|[\s►▶▸❖■□◆◇➤➢➔⇒→✓✔●❑❏▪•“”«»\-–—])+")
_DASHES = frozenset("-–—")
_RAISED = re.compile(r"\^\{?([a-zà-ÿ]+)\}?")


def clean_title(text: str) -> str:
    """A heading's words: without emphasis, links, list signs, a final colon and doubled full stops.

    Numbers stay (« 2 CRISE SANITAIRE »): they are how readers and other sections name it.
    """
    title = _LINK.sub(r"\1", text)
    title = _RAISED.sub(r"\1", _EMPHASIS.sub("", title))
    title = re.sub(r"\s+", " ", title).strip()
    whole_quote = title[:1] in "«“" and title[-1:] in "»”"
    title = title if whole_quote else _SIGNS.sub("", title)
    title = re.sub(r"\s*:$", "", title)
    return re.sub(r"(?<!\.)\.\.$", "", title).strip()


def _ended(heading: Heading, until: int) -> Heading:
    return heading if heading.until is not None else heading.model_copy(update={"until": until})


def headings(document: Document) -> tuple[Heading, ...]:
    """Headings in reading order. The parent is the nearest heading above of a higher level.

    A heading without words (signs alone) is left out; its text then stands under the one before. A dash
    on a line of its own, which parts the articles of a web page saved as text, ends the headings
    since the dash before it.
    """
    found: list[Heading] = []
    open_: list[Heading] = []
    article: int | None = None  # the first heading of the article in force
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE and document.text[block.start : block.end] in _DASHES:
            if article is not None:
                found[article:] = [_ended(heading, block.start) for heading in found[article:]]
                open_ = [heading for heading in open_ if heading.index < article]
            article = len(found)
            continue
        if block.kind is not BlockKind.HEADING:
            continue
        title = clean_title(document.text[block.start : block.end])
        if not title:
            continue
        level = max(1, block.level)
        while open_ and open_[-1].level >= level:
            open_.pop()
        heading = Heading(
            index=len(found),
            start=block.start,
            end=block.end,
            level=level,
            title=title,
            parent=open_[-1].index if open_ else None,
            path=(*(above.title for above in open_), title),
        )
        found.append(heading)
        open_.append(heading)
    return tuple(found)
