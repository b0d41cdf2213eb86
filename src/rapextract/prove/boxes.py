"""The second opinion on PDFs: pdfplumber, another parser altogether, reads what stands inside a box.

Boxes are as everywhere in PDF points from the top left of the page as a reader sees it. pdfplumber counts
from the media box, so what it says is moved by the corner of the crop box.
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pdfplumber
from pdfplumber.page import Page

from rapextract.model import Box

TOLERANCE = 1.0
"""Points by which a character may stand out of a box across its line."""
NARROW = 0.5
"""Points by which a character's middle may stand out of a box along its line: a comma's is near its edge."""
UNNAMED = "\ufffd"
"""A character whose glyph has no name that pdfplumber could tell; it says « (cid:0) »."""
LEAN = 0.1
"""Of the longer part of a line's direction the shorter: a scanned sheet leans by less, a watermark more."""

# What is printed in several ways and means the same: the spaces and dashes of French typography, quotes.
_DASHES = re.compile("[\u00ad\u2010-\u2015\u2212\ufe63\uff0d]")
_UNNAMED = re.compile(r"\(cid:\d+\)")
_QUOTES = re.compile("[\u2018\u2019\u02bc\u00b4`]")


@dataclass(frozen=True)
class Character:
    """A character as pdfplumber gives it, its box moved to the page as seen.

    `level` is whether its line runs to the right. pdfplumber's own `upright` is not asked: it calls
    letters turned that lean by a hair, as scanners leave them. `leaning` is whether its line runs aslant, as
    that of a watermark.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    level: bool
    leaning: bool = False

    def is_in(self, box: Box) -> bool:
        """Does it stand in `box`? Boxes are tight around the ink, a character's box is as high as its font.

        Along the line its middle must lie in the box; across the line the middle of the box must lie in it.
        Of a leaning character, whose box is much larger than its ink, the middle must lie in it both ways.
        """
        x, y = (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2
        middle_x, middle_y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        in_x = box.x0 - NARROW <= x <= box.x1 + NARROW
        in_y = box.top - NARROW <= y <= box.bottom + NARROW
        if self.leaning:
            return in_x and in_y
        if self.level:
            return in_x and self.top - TOLERANCE <= middle_y <= self.bottom + TOLERANCE
        return in_y and self.x0 - TOLERANCE <= middle_x <= self.x1 + TOLERANCE


def page_characters(data: bytes, password: str | None, pages: Sequence[int]) -> Iterator[list[Character]]:
    """The characters of each of `pages` (numbers from 1, in order), one page in memory at a time."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings are about files, not about us
    with pdfplumber.open(io.BytesIO(data), password=password or "") as document:
        for number in pages:
            page = document.pages[number - 1]
            try:
                yield [*_characters(page)]
            finally:
                page.close()


def _characters(page: Page) -> Iterator[Character]:
    left = max(page.cropbox[0], page.mediabox[0])
    above = max(page.cropbox[1], page.mediabox[1])
    for found in page.chars:
        along, down = map(abs, found["matrix"][:2])
        yield Character(
            text=UNNAMED if _UNNAMED.fullmatch(found["text"]) else found["text"],
            x0=found["x0"] - left,
            top=found["top"] - above,
            x1=found["x1"] - left,
            bottom=found["bottom"] - above,
            level=found["matrix"][0] > down,
            leaning=min(along, down) > LEAN * max(along, down),
        )


def spelled(characters: Sequence[Character], boxes: Sequence[Box]) -> str:
    """What the characters inside `boxes` (one a line) spell, each drawn twice for boldness taken once."""
    return "".join(_line(characters, box) for box in boxes)


def _line(characters: Sequence[Character], box: Box) -> str:
    inside = [c for c in characters if c.text.strip() and c.is_in(box)]
    kept: list[Character] = []
    for character in inside:
        if not any(_same_ink(character, other) for other in kept):
            kept.append(character)
    if all(c.level for c in kept):
        return "".join(c.text for c in sorted(kept, key=lambda c: c.x0))
    return "".join(c.text for c in kept)  # turned text: as the file draws it


def _same_ink(one: Character, other: Character) -> bool:
    """The same letter again, hardly moved: how some programs print bold."""
    close = 0.5 * (one.x1 - one.x0)
    return one.text == other.text and abs(one.x0 - other.x0) < close and abs(one.top - other.top) < close


def agree(found: str, expected: str) -> bool:
    """Whether `found` and `expected`, as `letters` gives both, are the same but for unnamed characters."""
    if UNNAMED not in found:
        return found == expected
    pairs = list(zip(found, expected, strict=False))
    return (
        len(found) == len(expected)
        and all(one in (UNNAMED, other) for one, other in pairs)
        and any(one == other for one, other in pairs)
    )


def letters(text: str) -> str:
    """`text` as two parsers agree on it: no white space, ligatures written out, one dash, one apostrophe.

    Leaders (« ….…… 30 ») are left out: their dots may be drawn over the number that they lead to.
    """
    # Before NFKC, which would take « ´ » for a space and an accent.
    text = _QUOTES.sub("'", _DASHES.sub("-", text.replace("\N{HORIZONTAL ELLIPSIS}", "")))
    return "".join(unicodedata.normalize("NFKC", text).split())
