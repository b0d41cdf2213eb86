"""Figures set large over their labels on a web page: a number alone in one element, its label in the next.

Read as two blocks, the number would name nothing and the label count nothing. Where one element holds a
number with no more than its unit and then a short label without a number, the two are one block.
"""

from __future__ import annotations

import re
from typing import Any

from .html_inline import inline_text

LONGEST = 120
"""Characters of a label; what is longer is a paragraph under a number."""

_HOLDERS = frozenset({"div", "li", "section", "article", "figure", "a", "aside", "td"})
_INLINE = frozenset({"span", "strong", "b", "em", "i", "small"})
_PARTS = frozenset(
    {"p", "div", "span", "strong", "b", "em", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "small", "a"}
)
_NUMBER = re.compile(
    r"(?:(?:plus|près|moins) d[e'’] ?)?(?:[+−–-] ?)?\d[\d .,\u00a0\u202f]*"
    r"(?:%|€|[kM]d?€|(?:millions?|milliards?)(?: d[’']euros)?|euros?|jours?|heures?|h|min|mois|ans|km|m²|ETP|"
    r"/ ?\d+)?",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCALE = re.compile(r"(?:mill(?:e|ions?|iards?)|[kM]€|%|€|euros?)(?!\w)", re.I)
"""What the number itself goes on with, set small under it."""
_LETTERS = re.compile(r"[^\W\d_]{3}")
_ENDS_IN_NUMBER = re.compile(r"[\d%€]\Z")
_ENDS_IN_WORD = re.compile(r"[^\W\d_]{2}\Z")
_OPENS_WITH_WORD = re.compile(r"(?!(?:ers?|res?|es?|[èe]mes?|nde?|h|bis|ter)\b)[^\W\d_]{2}")


def card_text(element: Any) -> str:
    """The text of an element that is a number over its label, a line each; empty where it is none."""
    if element.tag not in _HOLDERS or not 2 <= len(element) <= 4 or (element.text or "").strip():
        return ""
    said: list[str] = []
    for part in element:
        if part.tag not in _PARTS or (part.tail or "").strip():
            return ""
        if words := " ".join(inline_text(part).split()):
            said.append(words)
    if len(said) != 2 or not is_number_alone(said[0]):
        return ""
    label = said[1]
    if len(label) > LONGEST or not _LETTERS.search(label) or re.search(r"\d", label):
        return ""
    return (" " if _SCALE.match(label) else "\n").join(said)


def is_number_alone(words: str) -> bool:
    """Whether words are a number with no more than its sign, bound and unit; a year is none."""
    return _NUMBER.fullmatch(words) is not None and _YEAR.fullmatch(words) is None


def are_apart(before: Any, after: Any) -> bool:
    """Whether a number and a word in inline elements of their own stand side by side without white space.

    A style sheet sets them apart (« <b>146</b><span>avis</span> »); the reading text needs a space. So do a
    word and its number in a row that holds nothing else (« <span>avis</span><span>146</span> »).
    """
    if before is None or before.tail or before.tag not in _INLINE or after.tag not in _INLINE:
        return False
    first, second = inline_text(before, raw=True), inline_text(after, raw=True)
    if _ENDS_IN_NUMBER.search(first) and _OPENS_WITH_WORD.match(second):
        return True
    row = after.getparent()
    alone = not (row.text or "").strip() and not any((child.tail or "").strip() for child in row)
    return alone and _ENDS_IN_WORD.search(first) is not None and is_number_alone(second)
