"""Tables of contents: told from tables of data, and what they list."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PAGES = re.compile(r"(?:p(?:ages?)?\.?\s*)?\d{1,3}(?:[\s,;]+(?:p(?:ages?)?\.?\s*)?\d{1,3})*", re.I)
_SURE_PAGES = re.compile(r"(?:p(?:ages?)?\.?\s*\d{1,3}[\s,;]*)+", re.I)
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|…{2,}\s*\d{1,3}$|_{4,}\s*\d{1,3}$|\s(?:p\.|page)\s*\d{1,3}$")
_TITLE = re.compile(
    r"\W*(?:sommaire|table des mati[eè]res|contenu|plan du rapport"
    r"|(?:liste|table) des (?:tableaux|figures|illustrations|graphiques|cartes|encadrés|annexes))\W*",
    re.I,
)


def is_contents_title(text: str) -> bool:
    """Whether a line is the title of a table of contents."""
    return _TITLE.fullmatch(text) is not None


def is_contents_table(rows: Sequence[Sequence[str]], title_above: bool) -> bool:
    """Whether the rows of a table list pages: three cells hold nothing but « P. 3 P. 4 ».

    Under a title (« SOMMAIRE ») the last filled cells may be bare numbers, if they never fall.
    """
    if sum(1 for row in rows for cell in row if _SURE_PAGES.fullmatch(cell)) >= 3:
        return True
    if not title_above:
        return False
    last = [next((cell for cell in reversed(row) if cell), "") for row in rows]
    pages = [int(re.findall(r"\d+", cell)[-1]) for cell in last if _PAGES.fullmatch(cell)]
    return len(pages) >= 3 and 2 * len(pages) > len(rows) and pages == sorted(pages)


def is_contents_line(text: str) -> bool:
    """Whether a line of text leads to a page number by dots, or by « p. »."""
    return len(text) < 200 and _LEADER.search(text) is not None


def entry_of(line: str) -> str:
    """What a line of a table of contents names, without its leader and page."""
    return _LEADER.sub("", line).rstrip(" .…_")
