"""Tables drawn with pipes (``| a | b |``), as Markdown has them, from lines to a grid of cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rapextract.model import Span

from .lines import Line

_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")


def is_delimiter(line: Line) -> bool:
    """Whether a line is the row of dashes under a header (``|---|:--:|``)."""
    return "-" in line.text and "|" in line.text and _DELIMITER.fullmatch(line.text) is not None


def row_cells(line: Line) -> list[Span]:
    """The trimmed cells of a row as spans of the text; an empty cell has an empty span.

    A pipe at either end of the line is a border, a pipe after a backslash is a character.
    """
    pipes = [match.start() for match in _PIPE.finditer(line.text)]
    if not pipes or pipes[0] != 0:
        pipes.insert(0, -1)
    if pipes[-1] != len(line.text) - 1:
        pipes.append(len(line.text))
    cells = [_trimmed(line, a + 1, b) for a, b in pairwise(pipes)]
    return cells or [Span(start=line.start, end=line.start)]


def table_runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Runs ``first:last`` of lines that are pipe tables.

    A table starts with a row and a delimiter; rows may stand apart from the delimiter by no blank
    line. Rows without leading pipes are taken only around a delimiter.
    """
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if index + 1 < len(lines) and _opens(lines[index], lines[index + 1]):
            end = index + 2
            while end < len(lines) and lines[end].gap == 0 and "|" in lines[end].text:
                end += 1
            runs.append((index, end))
            index = end
        else:
            index += 1
    return runs


def _opens(first: Line, second: Line) -> bool:
    return "|" in first.text and not is_delimiter(first) and second.gap == 0 and is_delimiter(second)


def _trimmed(line: Line, start: int, end: int) -> Span:
    raw = line.text[start:end]
    content = raw.strip()
    at = line.start + start + (len(raw) - len(raw.lstrip()) if content else 0)
    return Span(start=at, end=at + len(content))
