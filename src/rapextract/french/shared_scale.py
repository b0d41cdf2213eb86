"""The scale that two numbers share: « de 1,2 à 1,5 million d'euros » begins with 1.2 million."""

from __future__ import annotations

import re
from decimal import Decimal

from .fold import fold
from .numbers import parse_number, scan_numbers

ONE = Decimal(1)
_ROUGHLY = r"(?:(?:plus|moins|pres) de |environ |presque |quelque )?"
_JOINT = re.compile(rf"[\s*_]*(?:a|et|ou|puis|voire|-|–|—)\s*{_ROUGHLY}[*_]*")  # bold in Markdown too
_SCALE = re.compile(
    r"[\s-]*(?:(?<![a-z])(?:millions?|milliards?|billions?|mille|milliers?|cents?|[a-z]+aines?)|Mds?|[MkK])\Z"
)
_REACH = 60  # characters of the next number, at the most
_FARTHEST = 10
"""« de 900 à 1,2 million »: ends this many times apart may not share the scale."""


def shared_scale(text: str, start: int, end: int) -> Decimal | None:
    """What one of the number at ``text[start:end]`` is worth by the next number's scale.

    1 000 000 for the first number of « entre 2 et 3 millions », one where the two share none, None where
    nobody can tell (« de 900 à 1,2 million », « 5 à 6 000 dossiers »).
    """
    region = text[end : end + _REACH]
    joint = _JOINT.match(fold(region))
    if joint is None or _SCALE.search(text[start:end]):
        return ONE
    following = next(iter(scan_numbers(region, joint.end())), None)
    if following is None or following.start != joint.end():
        return ONE
    scale = _SCALE.search(following.text)
    thousands = scale is None and following.value >= 1000 and following.value % 1000 == 0
    if not thousands and (scale is None or scale.start() == 0):
        return ONE
    try:
        first = parse_number(text[start:end])
        second = following.value / 1000 if scale is None else parse_number(following.text[: scale.start()])
    except ValueError:
        return ONE
    multiple = following.value / second if second else ONE
    if not 0 < first < (1000 if multiple >= 1000 else 10):
        return ONE  # « de 800 000 à 1,2 million », « de cinquante à deux cents »
    near = second / _FARTHEST < first < second * _FARTHEST
    if thousands:
        return None if near else ONE
    return multiple if near else None
