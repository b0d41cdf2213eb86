"""The text of a visual line, each character tied to its glyph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from .words import Line, Word, main_word

MADE_UP = -1  # the glyph of a character that the page doesn't hold: a space between words
TAB_GAP = 1.0  # of the size: white that is no space between words…
TAB_RATIO = 2.2  # …when it is this many times the line's usual space
LONGEST_ENDING = 5  # letters of a raised ending: « ièmes »
NUMBER_GAP = 0.75  # of the size: digits parted by more are two numbers
SET_LARGER = 1.3  # times the rest's size: less is a word of another font, more a key figure or an initial
MOST_OF_IT = 0.6  # of a line's characters

BULLETS = "•●○◦▪■□◾▸►▶➢➤➔→✓✔◆❖⚫⬤‣⁃∙·*-–—"
# Where Symbol and Wingdings put their bullets in the private use area (Word writes them so).
_SYMBOL_FONT = {
    ord(mark): "•" for mark in "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06c\uf06e\uf071\uf0e8\uf0f0\uf02d\uf09f"
}
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SUPERSCRIPTS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_UNIT = re.compile(r"(?:.*[^a-zA-Z])?(?:[kchdm]?m|ha|/m)", re.S)
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")
_JOINED = re.compile(r"[\u00ad\u200b\u200c\u200d\u2060]")
_RARE = re.compile(rf"{_JOINED.pattern}|[{''.join(_LIGATURES)}]")

Chars = npt.NDArray[np.int32]

MARK = re.compile(rf"(?:[{re.escape(BULLETS)}]|\d{{1,2}}[.)]|[a-z]\)|\(\d{{1,2}}\)|o)$")


@dataclass(slots=True)
class TextLine:
    """A visual line as text; `chars[i]` is the glyph of `text[i]`, `MADE_UP` where it has none.

    `bold` is the share of its characters that are bold, `mark` the length of its list mark (with
    the space after it), 0 without one. `level` is the heading level that its tag gives, 0 if none;
    `artifact` says that the tags leave it out, `raised` that it has a superscript. `page` is the page it
    stands on.
    """

    text: str
    chars: Chars
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: float
    italic: bool
    colour: int
    first_width: float
    page: int
    mark: int = 0
    level: int = 0
    artifact: bool = False
    raised: bool = False


def text_line(line: Line, page: int) -> TextLine:
    """Write out a line: one space between words, a tab over a wide gap, superscripts set apart.

    An ordinal's ending stays on its number (« 1er »), an exponent on its unit (« km² »). Any other
    raised figure is a footnote mark: it is written with superscript digits after a space, so that
    « 58 ¹ » can't be read as 581.
    """
    words = line.words
    first = words[0]
    begin = first.text if first.text.isascii() else _mended(first)[0]
    mark = len(begin) + 1 if len(words) > 1 and MARK.match(begin) else 0
    plain = _plain(words)
    text, chars = plain or _set_apart(line, mark > 0)
    total = bold = italic = smaller = 0
    for word in words:
        length = len(word.text)
        total += length
        if word.size < line.size:
            smaller += length
        if word.bold:
            bold += length
        if word.italic:
            italic += length
    total = total or 1
    size = line.size
    if mark:  # it may be set larger or smaller than the item that it begins
        size = _most_common_size(words[1:])
    elif smaller > MOST_OF_IT * total and not text.isupper():  # not capitals before small ones
        size = _most_common_size(words)
    return TextLine(
        text, chars, line.x0, line.top, line.x1, line.bottom, line.baseline, size, bold / total,
        2 * italic > total, main_word(words).colour, first.x1 - first.x0, page, mark,
        raised=plain is None and any(word.raised for word in words),
    )  # fmt: skip


def _most_common_size(words: Sequence[Word]) -> float:
    """The size of most characters of words; the largest where that is much larger, or no size is most's."""
    size = max(word.size for word in words)
    counts: dict[float, int] = {}
    for word in words:
        counts[word.size] = counts.get(word.size, 0) + len(word.text)
    most = max(counts, key=counts.__getitem__)
    return most if counts[most] > MOST_OF_IT * sum(counts.values()) and size < SET_LARGER * most else size


def _plain(words: Sequence[Word]) -> tuple[str, Chars] | None:
    """The text of words, a space between them, and its glyphs; None where that is not so plain.

    So it is of most lines: no gap is wide, no word raised, no character mended.
    """
    before = words[0]
    for word in words:
        least = word.size if word.size < before.size else before.size
        if word.raised or word.x0 - before.x1 > NUMBER_GAP * least:
            return None
        before = word
    text = " ".join([word.text for word in words])
    if not text.isascii():
        text = _with_usual_signs(text)
        if _RARE.search(text):
            return None
    if len(words) == 1:
        return text, before.chars.astype(np.int32)
    chars: list[int] = []
    for word in words:
        chars += word.chars.tolist()
        chars.append(MADE_UP)
    chars.pop()
    return text, np.fromiter(chars, np.int32, len(chars))


def _set_apart(line: Line, mark: bool) -> tuple[str, Chars]:
    """The text of a line, its words parted as they stand, and its glyphs; `mark` says that it has a mark."""
    words = line.words
    gaps = [b.x0 - a.x1 for a, b in pairwise(words) if not b.raised and not a.raised]
    # The lower quarter: of a row of cells most gaps are wide, of a justified line all are alike.
    usual = sorted(gaps)[len(gaps) // 4] if len(gaps) > 1 else 0.3 * line.size
    pieces: list[str] = []
    chars: list[int] = []
    before: Word | None = None
    for word in words:
        text, places = _mended(word)
        if not text:
            continue
        if before is not None:
            link = " " if mark and before is words[0] else _link(before, word, usual)
            pieces.append(link)
            chars += [MADE_UP] * len(link)
        pieces.append(text)
        chars += places
        before = word
    return "".join(pieces), np.array(chars, dtype=np.int32)


def _with_usual_signs(text: str) -> str:
    """Text with plain spaces, and with bullets for the signs of symbol fonts: as many characters."""
    return _SPACES.sub(" ", text.translate(_SYMBOL_FONT))


def _mended(word: Word) -> tuple[str, list[int]]:
    """A word's text without ligatures and invisible characters, and the glyph of each character."""
    text, places = word.text, word.chars.tolist()
    if not text.isascii():
        text = _with_usual_signs(text)
        if _RARE.search(text):
            pairs = [
                (letter, place)
                for ch, place in zip(text, places, strict=True)
                for letter in _LIGATURES.get(ch, "" if _JOINED.match(ch) else ch)
            ]
            text, places = "".join(letter for letter, _ in pairs), [place for _, place in pairs]
    if word.raised and text.isdigit() and text.isascii():
        text = "".join(_SUPERSCRIPTS[ch] for ch in text)
    return text, places


def _link(before: Word, word: Word, usual: float) -> str:
    """What stands between two words of a line: nothing, a space, or a tab."""
    gap = word.x0 - before.x1
    size = max(word.size, before.size)
    if word.raised:
        if gap > 0.5 * size:
            return " "
        ending = len(word.text) <= LONGEST_ENDING and word.text.isalpha() and word.text.islower()
        if ending and not before.raised:
            return ""  # 1er, 2e, Mme, n°
        if word.text in ("°", "o") or (word.text in ("2", "3") and _UNIT.fullmatch(before.text)):
            return ""
        return " "
    if before.raised:
        if gap < 0.1 * size and not word.text[0].isalnum():
            return ""  # the full stop after a footnote mark
        return " "
    if gap > TAB_GAP * size and gap > TAB_RATIO * usual:
        return "\t"
    if gap > NUMBER_GAP * size and before.text[-1].isdigit() and word.text[0].isdigit() and gap > 1.5 * usual:
        return "\t"
    return " "


def texts(lines: Iterable[Line], page: int) -> list[TextLine]:
    """Each line of a page written out, empty ones left out."""
    written = [text_line(line, page) for line in lines if line.words]
    return [line for line in written if line.text.strip()]
