"""Signs that a page draws out of several glyphs, or in a font whose letters stand for other signs.

Old fonts have no « é »: an acute accent is painted over an « e »; their guillemets are « much less than ».
Fonts without a euro get one as a « C » that two strokes cross, and fonts of symbols have it in the place of
a letter. What a reader sees is put in the place of the letter; an accent that has gone into it is no
character any more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np

from .glyphs import Glyphs
from .graphics import Ruling

EURO = 0x20AC
_EURO_FONTS = ((re.compile("fey[bm][ro]"), "e"), (re.compile("marvosym", re.I), "¤Dcde"))
"""Fonts of symbols by their names, and what their euros are in the file (LaTeX: eurosym, marvosym)."""

_MARKS = {
    "`": "\u0300", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˘": "\u0306", "˙": "\u0307",
    "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
_MARKS |= {mark: mark for mark in [*_MARKS.values()]}
_GUILLEMETS = {0x226A: ord("«"), 0x226B: ord("»")}  # mathematical signs that stand for them in old fonts
_ACCENTS = np.array([ord(mark) for mark in _MARKS], dtype=np.uint32)
_DOTLESS = str.maketrans("ıȷ", "ij")
REACH = 40  # characters of the file between an accent and its letter
ASIDE = 0.3  # of the size: how far an accent's middle may be from its letter's
RAISED = 0.6  # of the size: how far an accent may be raised, as over a capital
STAND_OUT = 0.25  # of the size: how far the strokes of a euro may stand out of its C


def mend_signs(glyphs: Glyphs, rulings: Callable[[], Sequence[Ruling]]) -> None:
    """Put letters with their accents, and euros, in `glyphs` in the place of what they are made of.

    `rulings` gives the lines that the page draws; it is asked only where a C may be a euro.
    """
    if not len(glyphs):
        return
    _join_accents(glyphs)
    for number, run in enumerate(glyphs.runs):
        for name, letters in _EURO_FONTS:
            if name.search(run.font.name):
                euros = np.isin(glyphs.unicode, [ord(letter) for letter in letters])
                glyphs.unicode[euros & (glyphs.run == number)] = EURO
    for sign, guillemet in _GUILLEMETS.items():
        glyphs.unicode[glyphs.unicode == sign] = guillemet
    _find_crossed(glyphs, rulings)


def _join_accents(glyphs: Glyphs) -> None:
    """Make one character of each accent and the letter that it stands over, or under."""
    code, run = glyphs.unicode, glyphs.run
    accents = np.flatnonzero(np.isin(code, _ACCENTS) & (run >= 0))
    if not len(accents):
        return
    size, baseline = glyphs.of_runs("size"), glyphs.of_runs("baseline")
    middle = (glyphs.x0 + glyphs.x1) / 2
    own = accents[:, None]
    near = np.clip(own + np.arange(-REACH, REACH + 1), 0, len(code) - 1)
    aside = np.abs(middle[near] - middle[own]) / size[own]
    rise = np.abs(baseline[near] - baseline[own]) / size[own]
    possible = (
        (run[near] >= 0) & (code[near] >= ord("A")) & (near != own) & (aside <= ASIDE) & (rise <= RAISED)
    )
    best = np.where(possible, aside, np.inf).argmin(axis=1)
    rows = np.flatnonzero(possible.any(axis=1))
    for accent, letter in zip(accents[rows].tolist(), near[rows, best[rows]].tolist(), strict=True):
        whole = unicodedata.normalize(
            "NFC", chr(code[letter]).translate(_DOTLESS) + _MARKS[chr(code[accent])]
        )
        if len(whole) == 1:
            code[letter], code[accent] = ord(whole), 0


def _find_crossed(glyphs: Glyphs, rulings: Callable[[], Sequence[Ruling]]) -> None:
    """Make a euro of each C after a space or a digit that two short level strokes cross."""
    code = glyphs.unicode
    before = np.concatenate(([0], code[:-1]))
    capitals = np.flatnonzero((code == ord("C")) & ((before == ord(" ")) | (before >= 48) & (before < 58)))
    if not len(capitals):
        return
    strokes = [(line.position, line.start, line.end) for line in rulings() if line.horizontal]
    if len(strokes) < 2:
        return
    y, start, end = np.array(strokes).T
    edges = (edge[capitals].tolist() for edge in (glyphs.x0, glyphs.x1, glyphs.top, glyphs.bottom))
    for letter, x0, x1, top, bottom in zip(capitals.tolist(), *edges, strict=True):
        out = STAND_OUT * (bottom - top)
        crossing = (start > x0 - out) & (end < x1 + out) & (start < x1) & (end > x0)
        if np.count_nonzero(crossing & (y > top) & (y < bottom)) == 2:
            code[letter] = EURO
