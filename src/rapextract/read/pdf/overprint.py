"""Numbers with other characters printed over them, or with one unknown: their boxes do not spell them.

A stamp or a watermark across a number, two texts laid over each other, a column that runs into the
next: what a reader sees there is not what the file's text says. Such numbers are told here, at reading
time, when a page's characters are at hand; what is extracted from them is not exported.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .page.geometry import Floats
from .page.glyphs import Glyphs
from .page.words import Word

EDGES = ("x0", "top", "x1", "bottom")
TOLERANCE = 1.0  # points by which a character may stand out of a box across its line
NARROW = 0.5  # … by which its middle may along a level line: raised letters stand close (« 1re »)
UNKNOWN = "\ufffd"  # a character that the font gives no meaning
LEADER = 0x2026  # an ellipsis leads the eye to a number, and may run into it


def overprinted(words: Sequence[Word], glyphs: Glyphs) -> frozenset[int]:
    """The characters of words with a digit that hold an unknown one, or in whose box others' stand.

    `words` are all of a page, `glyphs` its characters. A character stands in a box when its middle does
    along its own line, and the middle of the box does across it; that of a leaning line, as of a watermark,
    when its middle does both ways, for its box is much larger than its ink.
    """
    numbers = [
        k for k, word in enumerate(words) if not word.text.isalpha() and any(map(str.isdigit, word.text))
    ]
    if not numbers or len(words) < 2:
        return frozenset()
    found = {char for k in numbers if UNKNOWN in words[k].text for char in words[k].chars.tolist()}
    x0, top, x1, bottom = (np.array([getattr(word, edge) for word in words]) for edge in EDGES)
    left, high, right, low = (edge[numbers][:, None] for edge in (x0, top, x1, bottom))
    near = _holds(top, bottom, (high + low) / 2)
    turned = np.array([word.angle != 0 for word in words])
    if turned.any():
        near[:, turned] = _holds(x0[turned], x1[turned], (left + right) / 2)
        near[:, turned] &= (bottom[turned] > high) & (top[turned] < low)
    near &= (x1 > left) & (x0 < right)
    near[np.arange(len(numbers)), numbers] = False
    for row in np.flatnonzero(near.any(axis=1)).tolist():
        word = words[numbers[row]]
        if any(_stands_in(words[k], word, glyphs) for k in np.flatnonzero(near[row]).tolist()):
            found.update(word.chars.tolist())
    return frozenset(found)


def _holds(start: Floats, end: Floats, middle: Floats) -> npt.NDArray[np.bool_]:
    """Which of the `middle` (n, 1) lie in which intervals from `start` to `end` (m): (n, m)."""
    return (start - TOLERANCE <= middle) & (middle <= end + TOLERANCE)


def _stands_in(other: Word, word: Word, glyphs: Glyphs) -> bool:
    """Whether characters of `other` stand in the box of `word`."""
    chars = other.chars[glyphs.unicode[other.chars] != LEADER]
    x0, x1, top, bottom = glyphs.x0[chars], glyphs.x1[chars], glyphs.top[chars], glyphs.bottom[chars]
    middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
    along = TOLERANCE if other.angle else NARROW
    in_x = (middle_x >= word.x0 - along) & (middle_x <= word.x1 + along)
    in_y = (middle_y >= word.top - along) & (middle_y <= word.bottom + along)
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    if other.angle == 0:
        inside = in_x & (top - TOLERANCE <= down) & (down <= bottom + TOLERANCE)
    elif other.angle % 90:
        inside = in_x & in_y
    else:
        inside = in_y & (x0 - TOLERANCE <= across) & (across <= x1 + TOLERANCE)
    return bool(inside.any())
