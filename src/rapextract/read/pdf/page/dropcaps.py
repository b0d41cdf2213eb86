"""Drop caps: a first letter set over several lines goes on in the first of them (« L » before « 'année »).

By its baseline such a letter stands on the second or third line, beside which it would be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .words import Word

LARGE = 1.5  # times the size of the text that it begins
DROPPED = 0.6  # of that size: how far its baseline lies below the first line's
LONGEST = 2  # characters: a letter and its apostrophe
WORD_GAP = 0.32  # of that size: more white makes it a word by itself
FARTHEST = 1.2


def with_drop_caps(words: Sequence[Word]) -> list[Word]:
    """Words in content order, each drop cap put on the line that it begins, joined to its word."""
    out: list[Word] = []
    cap: Word | None = None
    for word in words:
        if cap is not None:
            out += _on_line(cap, word)
            cap = None
        elif len(word.text) <= LONGEST and word.text[0].isupper() and not word.angle:
            cap = word
        else:
            out.append(word)
    return out if cap is None else [*out, cap]


def _on_line(cap: Word, word: Word) -> list[Word]:
    """A short word and the one after it; if it is a drop cap, on the line of that, or one with it."""
    white, size = word.x0 - cap.x1, word.size
    if (
        cap.size < LARGE * size
        or cap.baseline - word.baseline < DROPPED * size
        or not cap.top - 0.5 * size < word.top < cap.bottom
        or not -0.1 * size <= white < FARTHEST * size
    ):
        return [cap, word]
    if white > WORD_GAP * size:
        lifted = replace(cap, top=word.top, bottom=word.bottom, baseline=word.baseline, size=size)
        return [lifted, word]
    text, chars = cap.text + word.text, np.concatenate((cap.chars, word.chars))
    return [replace(word, text=text, x0=cap.x0, chars=chars)]
