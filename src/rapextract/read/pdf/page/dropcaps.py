"""Drop caps: a first letter set over several lines goes on in the first of them (« L » before « 'année »).

By its baseline such a letter stands on the second or third line, beside which it would be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from .words import Word

LARGE = 1.5  # times the size of the text that it begins
DROPPED = 0.6  # of that size: how far its baseline lies below the first line's
LONGEST = 2  # characters: a letter and its apostrophe
WORD_GAP = 0.32  # of that size: more white makes it a word by itself
FARTHEST = 1.2


def with_drop_caps(words: Sequence[Word]) -> list[Word]:
    """Words in content order, each drop cap put on the line that it begins, joined to its word.

    That is the next word, or, where all that floats is painted first, one that stands beside it.
    """
    out: list[Word] = []
    cap: Word | None = None
    floating: list[Word] = []
    for word in words:
        if cap is not None:
            if _begins(cap, word) and (not cap.text.isdigit() or _goes_on(cap, word)):
                out += _on_line(cap, word)
                cap = None
                continue
            floating.append(cap)
            out.append(cap)
            cap = None
        if len(word.text) <= LONGEST and (word.text[0].isupper() or word.text.isdigit()) and not word.angle:
            cap = word
        else:
            out.append(word)
    if cap is not None:
        out.append(cap)
    if not floating:
        return out
    usual = median(word.size for word in words)
    for cap in (cap for cap in floating if cap.size >= LARGE * usual):
        beside = [word for word in out if _begins(cap, word)]
        first = min(beside, key=lambda word: (word.baseline, word.x0), default=None)
        if first is not None and _goes_on(cap, first) and any(_is_below(first, word, cap) for word in out):
            on_line = _on_line(cap, first)
            out = [new for word in out if word is not cap for new in (on_line if word is first else [word])]
    return out


def _begins(cap: Word, word: Word) -> bool:
    """Whether a word is where a drop cap goes on: close behind it, above the line that it ends on."""
    white, size = word.x0 - cap.x1, word.size
    return (
        cap.size >= LARGE * size
        and cap.baseline - word.baseline >= DROPPED * size
        and cap.top - 0.5 * size < word.top < cap.bottom
        and -0.1 * size <= white < FARTHEST * size
    )


def _goes_on(cap: Word, word: Word) -> bool:
    """Whether what is read goes on in a word: a letter in lower case, a digit in another."""
    return word.text[0].isdigit() if cap.text.isdigit() else word.text[0].islower() or word.text[0] in "'’"


def _is_below(first: Word, word: Word, cap: Word) -> bool:
    """Whether a word begins a line below the first beside a drop cap."""
    drop = word.baseline - first.baseline
    below = 0 < drop <= cap.baseline - first.baseline + DROPPED * word.size
    return below and abs(word.x0 - first.x0) < WORD_GAP * word.size


def _on_line(cap: Word, word: Word) -> list[Word]:
    """A drop cap on the line of the word after it, or one with it."""
    if word.x0 - cap.x1 > WORD_GAP * word.size:
        lifted = replace(cap, top=word.top, bottom=word.bottom, baseline=word.baseline, size=word.size)
        return [lifted, word]
    text, chars = cap.text + word.text, np.concatenate((cap.chars, word.chars))
    return [replace(word, text=text, x0=cap.x0, chars=chars)]
