"""The text of an HTML element with all that is in it."""

from __future__ import annotations

import re
from typing import Any

_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)
"""Soft hyphens, zero-width spaces, marks of direction: they tell a browser how to break lines.

And characters that XML 1.0 (section 2.2) does not know, which lxml takes from a page but not from us.
"""
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "select", "button", "textarea"})


def inline_text(element: Any, raw: bool = False) -> str:
    """The text of an element with all that is in it, line breaks and cells as spaces.

    Raised digits become superscript characters, so that « km<sup>2</sup> » and a note's mark after a
    number are no part of it; raised letters stay (« 1<sup>er</sup> » is « 1er »). White space is folded
    unless `raw`.
    """
    parts: list[str] = []
    pending: list[tuple[Any, str]] = [(element, "open")]
    # Without recursion: a broken page can nest thousands of elements.
    while pending:
        node, state = pending.pop()
        if state == "tail":
            parts.append(node.tail or "")
            continue
        if not isinstance(node.tag, str) or (node.tag in _UNSEEN and node is not element):
            continue
        if node.tag in ("sup", "sub"):
            parts.append(_shifted(" ".join(node.itertext()).strip(), node.tag))
            continue
        if node.tag in ("br", "p", "div", "li", "td", "th", "tr"):
            parts.append(" ")
        parts.append(node.text or "")
        for child in reversed(node):
            pending.append((child, "tail"))
            pending.append((child, "open"))
    text = "".join(parts)
    return text if raw else re.sub(r"[ \t\r\n\f]+", " ", text).strip()


def without_invisible(root: Any) -> None:
    """Take characters without a width out of all text under an element, in place."""
    for node in root.iter():
        if node.text and _INVISIBLE.search(node.text):
            node.text = _INVISIBLE.sub(_seen, node.text)
        if node.tail and _INVISIBLE.search(node.tail):
            node.tail = _INVISIBLE.sub(_seen, node.tail)


def _seen(invisible: re.Match[str]) -> str:
    """What a reader sees of it: a tabulator or page end of old parts words, the others are nothing."""
    return " " if invisible[0] in "\v\f" else ""


def _shifted(text: str, tag: str) -> str:
    digits = re.fullmatch(r"[\d+\-()]+", text) is not None
    if not digits:
        return text
    return text.translate(_SUPERSCRIPT if tag == "sup" else _SUBSCRIPT)
