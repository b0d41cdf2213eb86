"""The lines of a text with their places, which the text and Markdown readers work on."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\f\u2028\u2029]+")


@dataclass(frozen=True)
class Line:
    """A line that holds more than white space: ``text == document_text[start:end]``, trimmed.

    `indent` counts the white space before it, `gap` the blank lines above it.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int


def split_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of ``text[start:end]`` that are not blank, in order."""
    stop = len(text) if end is None else end
    lines: list[Line] = []
    last = start
    for match in _LINE.finditer(text, start, stop):
        raw = match.group()
        content = raw.strip()
        if not content:
            continue
        indent = len(raw) - len(raw.lstrip())
        at = match.start() + indent
        breaks = _count_breaks(text, last, match.start())
        lines.append(Line(at, at + len(content), content, indent, max(0, breaks - 1)))
        last = match.end()
    return lines


def _count_breaks(text: str, start: int, end: int) -> int:
    between = text[start:end]
    return between.count("\n") + between.count("\r") - between.count("\r\n") + between.count("\f")
