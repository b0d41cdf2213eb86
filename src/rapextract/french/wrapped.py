"""Numbers that a line end of wrapped prose cuts: « dans 4⏎905 sites », « 6,2⏎millions », « trente et⏎un ».

A text of lines does not say which line ends are a writer's and which only wrap. Between two lines of a
paragraph a number goes on where the second line begins with what can only be the rest of it: a scale, a
number word after one, or a group of three digits and then words, behind a long line without room for it.
"""

from __future__ import annotations

import re

from .fold import fold
from .numerals import VOCABULARY

JOINT = "\x1f"
"""Stands for each character of a line end, and of the blanks beside it, that cuts a number."""

_FULL = 40
"""Characters of a line of prose, at the least: shorter ones are items, or cells of a table."""

_BREAK = re.compile(r"[ \t\u00a0\u202f]*\r?\n[ \t\u00a0\u202f]*")
_SCALE = re.compile(r"(?:millions?|milliards?|mille)(?!\w)")
_ENDS_IN_DIGIT = re.compile(r"\d\Z")
_ENDS_IN_GROUP = re.compile(r"(?<![\d.,/])\d{1,3}(?: \d{3})*\Z")
_GROUP = re.compile(r"\d{3}(?: \d{3})*(?:,\d+)?(?! ?[\d/])(?=[ ).,;:%])")
_WORD = "|".join(VOCABULARY)
_ENDS_IN_WORD = re.compile(rf"(?<![\w-])(?:(?:{_WORD})|(?:{_WORD})-|(?:{_WORD}) et)\Z")
_STARTS_WITH_WORD = re.compile(rf"(?:et )?(?:{_WORD})(?![\w-])")


def joined(text: str) -> str:
    """A paragraph with a `JOINT` for each character of the line ends that cut a number; no offset moves."""
    if "\n" not in text:
        return text
    folded = fold(text)
    longest = max(map(len, folded.splitlines()))
    out = text
    for cut in _BREAK.finditer(folded):
        first = folded.rfind("\n", 0, cut.start()) + 1
        line = folded[first : cut.start()]
        rest = folded[cut.end() : cut.end() + 80].partition("\n")[0]
        if _goes_on(line, rest, longest):
            out = out[: cut.start()] + JOINT * (cut.end() - cut.start()) + out[cut.end() :]
    return out


def goes_on(line: str, rest: str) -> bool:
    """Whether a number that ends `line` goes on with the next line, `rest`, of a paragraph."""
    return _goes_on(fold(line), fold(rest), 0)


def _goes_on(line: str, rest: str, longest: int) -> bool:
    if _ENDS_IN_DIGIT.search(line) and _SCALE.match(rest):
        return True
    if len(line.strip()) < _FULL:
        return False
    if _ENDS_IN_WORD.search(line) and _STARTS_WITH_WORD.match(rest):
        return True
    group = _ENDS_IN_GROUP.search(line)
    if group is None or not line[: group.start()].strip() or not (found := _GROUP.match(rest)):
        return False
    return len(line) + 1 + found.end() > longest
