"""How well sentences go on from line to line: what tells the order of columns where white does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..page.words import Inset, Line

# « L'équipe au » goes on in the next line: no line of its own ends so.
LINK = re.compile(r"(?<![\w'’-])(?:à|au|aux|de|du|des|en|et|ou|le|la|les|par|pour|sur|dans|avec)$", re.I)
HYPHENS = "-\u2010"
SURELY = 2


def sentences_on(regions: Sequence[Sequence[Line]], heading: float) -> int:
    """How well sentences go on through lines in an order; of two orders of the same lines, more is better.

    Lines in type of the size `heading` or larger are headings, with which no sentence goes on.
    """
    lines = [line for region in regions for line in region]
    return sum(_goes_on(above, line, heading) for above, line in pairwise(lines))


def _goes_on(above: Line, line: Line, heading: float) -> int:
    """Whether a sentence goes on from a line to another one: positive if so, negative if not."""
    if above.size >= heading or any(isinstance(row.words[0], Inset) for row in (above, line)):
        return 0
    large = line.size >= heading
    lower = line.text[0].islower() and not large
    if LINK.search(above.text) or (above.text[-1] in HYPHENS and above.text[-2:-1].islower()):
        return -SURELY if large else SURELY * lower
    return -lower if above.text[-1] in ".!?" else int(lower)
