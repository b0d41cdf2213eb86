"""Tables of a plain text whose cells are parted by a sign: bars (``|``, ``│``) or single tabs.

Markdown's tables have a row of dashes under their header (`pipes`). Others are drawn as boxes (``┌──┬──┐``,
``+---+---+``), come from a spreadsheet or a word processor with a tab between the cells, or are typed with
bars alone. Here they are tables where no doubt is left: lines of the same number of cells under each other, a
header without measures, rows that are a label and then measures. Bars in prose and menus are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from rapextract.model import Span

from .grid import is_label_and_values, is_measure
from .lines import Line

LEAST_ROWS = 2
"""Rows of measures that make a table."""

_BARS = "|│┃║"
_BAR = re.compile(rf"(?<!\\)[{_BARS}]")
_RULE = re.compile(rf"[-=_─━═┄+{_BARS}┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╒╕╘╛╞╡╤╧╪╟╢╥╨╫:\s]{{3,}}")
_UNDERLINE = re.compile(r"-+|=+|_+|~+")
"""What stands under a heading."""
_DRAWN = re.compile(r"[-=_─━═┄]{2}")


@dataclass(frozen=True)
class Run:
    """Lines ``first:last`` that are a table: its rows of cells; `header_rows` where lines drawn tell them."""

    first: int
    last: int
    rows: tuple[tuple[Span, ...], ...]
    header_rows: int | None = None


def is_rule(line: Line) -> bool:
    """Whether a line only draws a border (``+---+---+``, ``├──┼──┤``, ``=====  =====``)."""
    return _RULE.fullmatch(line.text) is not None and _DRAWN.search(line.text) is not None


def delimited_runs(text: str, lines: Sequence[Line]) -> list[Run]:
    """The tables of bars or tabs among the lines of a text, in order; they do not overlap."""
    found: list[Run] = []
    index = 0
    while index < len(lines):
        run = _run(text, lines, index)
        if run is not None:
            found.append(run)
        index = run.last if run is not None else index + 1
    return found


def _run(text: str, lines: Sequence[Line], first: int) -> Run | None:
    """The table that begins with the line `first`, if one does."""
    start = first
    if first and lines[first].gap == 0 and _UNDERLINE.fullmatch(lines[first].text):
        return None
    while start < len(lines) and is_rule(lines[start]) and (start == first or lines[start].gap == 0):
        start += 1
    if start == len(lines) or (start > first and lines[start].gap):
        return None
    borders = (lines[start].text[0] in _BARS, lines[start].text[-1] in _BARS)
    for cells_of in (partial(_by_bars, text, borders), partial(_by_tabs, text)):
        width = len(cells_of(lines[start]))
        if width < 2:
            continue
        last = start + 1
        while (
            last < len(lines)
            and lines[last].gap == 0
            and (is_rule(lines[last]) or len(cells_of(lines[last])) == width)
        ):
            last += 1
        body, header_rows = _rows([[] if is_rule(line) else cells_of(line) for line in lines[start:last]])
        words = [[text[cell.start : cell.end] for cell in row] for row in body]
        if _is_table(words, header_rows):
            return Run(first, last, tuple(tuple(row) for row in body), header_rows)
    return None


def _by_bars(text: str, borders: tuple[bool, bool], line: Line) -> list[Span]:
    """What bars part; `borders` says whether the bars at either end of a line of the table are borders."""
    bars = [match.start() for match in _BAR.finditer(line.text)]
    if not bars:
        return []
    if bars[0] != 0 or not borders[0]:
        bars.insert(0, -1)
    if bars[-1] != len(line.text) - 1 or not borders[1]:
        bars.append(len(line.text))
    return [_trimmed(text, line.start + a + 1, line.start + b) for a, b in pairwise(bars)]


def _by_tabs(text: str, line: Line) -> list[Span]:
    """What single tabs part, empty cells at either end of the line too."""
    start, end = line.start - line.indent, line.end
    while end < len(text) and text[end] in "\t ":
        end += 1
    tabs = [place for place in range(start, end) if text[place] == "\t"]
    if not tabs:
        return []
    return [_trimmed(text, a + 1, b) for a, b in pairwise([start - 1, *tabs, end])]


def _trimmed(text: str, start: int, end: int) -> Span:
    content = text[start:end].strip()
    at = text.index(content, start) if content else start
    return Span(start=at, end=at + len(content))


def _rows(lines: Sequence[Sequence[Span]]) -> tuple[list[list[Span]], int | None]:
    """Rows of the lines of a table (a rule is an empty one), and how many are headers where rules tell.

    Where rules part all rows, a row may take several lines: a cell is then its first line that is not
    blank, but a header keeps its lines as rows.
    """
    groups: list[list[Sequence[Span]]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    if len(groups) < 2:
        return [list(line) for line in lines if line], None
    header, *body = groups
    rows = [list(line) for line in header]
    if len(body) > 1 and any(len(group) > 1 for group in body):
        rows += [_first_filled(group) for group in body]
    else:
        rows += [list(line) for group in body for line in group]
    return rows, len(header)


def _first_filled(lines: Sequence[Sequence[Span]]) -> list[Span]:
    columns = zip(*lines, strict=True)
    return [next((cell for cell in column if cell.end > cell.start), column[0]) for column in columns]


def _is_table(words: Sequence[Sequence[str]], header_rows: int | None) -> bool:
    """Whether rows are a header without measures and at least two rows of a label and values."""
    head = header_rows if header_rows is not None else 1
    if any(is_measure(cell) for row in words[:head] for cell in row):
        return False
    if sum(map(bool, words[0])) < 2 and len(words[0]) > 2:
        return False
    below = words[head:]
    data = [row for row in below if is_label_and_values(row)]
    others = [row for row in below if row not in data and any(map(is_measure, row))]
    return len(data) >= LEAST_ROWS and not others and 2 * len(data) >= len(below)
