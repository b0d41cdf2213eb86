"""Staff panels without a frame: counts of things in columns side by side (« 9 médecins » beside « 3 ISM »).

A drawn box tells that short lines side by side are read down, not across (`blocks.panels_of`). Where no
box is drawn the counts tell it: each line of a column says by itself what it counts, so nothing on its
row belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..page.words import Line, Word, find_lines
from .drafts import Box
from .layout import MOST_STRETCHED
from .sides import COUNT

FEWEST_COUNTS = 3
MOST_WORDS = 6  # of a line that counts something
MOST_OTHER = 3  # of a line that does not: a group's name, the end of a count
SAME_ROW = 0.3  # of the size, between baselines
SAME_EDGE = 0.6  # of the size
SAME_PLACE = 0.1  # of the size: words below each other in one column
MOST_BELOW = 12  # lines: columns that stand side by side are no more
GAP = 0.7  # of the size: white between two columns
EVEN = 1.2  # times one space of a justified line: no other is wider
STEP = 2.2  # times the size: lines of one column lie no further apart
APART = 20.0  # times the size: columns of one panel stand no further apart
COUNTED = 0.75  # of the numbers of a panel count things
NUMBER = re.compile(r"\d[\d\s.,/]*")


@dataclass(slots=True)
class _Column:
    """Short lines below each other that begin at one edge."""

    lines: list[Line]
    beside: set[int] = field(default_factory=set)  # the columns that share a row with it

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def unframed_panels(words: Sequence[Word]) -> list[tuple[Box, list[list[Line]]]]:
    """Counts in columns side by side: the box around them, and the lines of each from left to right."""
    if sum(word.text.isdigit() for word in words) < FEWEST_COUNTS:
        return []
    lines = _cut_at_edges(_with_numbers(find_lines(words, GAP)))
    segments = [line for line in lines if _is_short(line)]
    if sum(COUNT.match(line.text) is not None for line in segments) < FEWEST_COUNTS:
        return []
    columns = _beside(_columns(segments))
    panels = []
    taken: set[int] = set()
    for number in range(len(columns)):
        if number in taken or not columns[number].beside:
            continue
        group = _group(columns, number)
        group |= {k for k, part in enumerate(columns) if any(_hangs(part, columns[own]) for own in group)}
        taken |= group
        panel = _panel([columns[k] for k in sorted(group)], lines)
        if panel is not None:
            panels.append(panel)
    return panels


def _with_numbers(lines: list[Line]) -> list[Line]:
    """The lines, those that a justified line's wide spaces cut made one again.

    They show where a number stands apart from what it counts: the line goes on over all spaces as wide. A
    short form is counted where it begins as what is counted above it does.
    """
    out: list[Line] = []
    space = 0.0  # between the last line's number and what it counts, where they stood apart
    edges: list[float] = []  # where what is counted begins
    for line in lines:
        before = out[-1] if out else None
        white = line.x0 - before.x1 if before is not None else 0.0
        if before is None or abs(line.baseline - before.baseline) > SAME_ROW * line.size or white <= 0:
            space = 0.0
        elif before.text.isdigit() and white < MOST_STRETCHED * line.size:
            counted = line.text[0].islower()
            if counted or any(abs(line.x0 - edge) < SAME_PLACE * line.size for edge in edges):
                space = white
                edges += [line.x0] if counted else []
            else:
                space = 0.0
        elif white > EVEN * space:
            space = 0.0
        if space and before is not None:
            out[-1] = _joined(before, line)
        else:
            out.append(line)
    return out


def _cut_at_edges(lines: list[Line]) -> list[Line]:
    """The lines, those with a count cut where another count begins right below one of their words.

    Narrow white may part two columns: « 3 ISM PA » over « 4 cadres ».
    """
    out: list[Line] = []
    for number, line in enumerate(lines):
        starts = [0]
        if COUNT.match(line.text) and len(line.words) > 2:
            below = [
                other.x0
                for other in lines[number + 1 : number + MOST_BELOW]
                if 0 < other.baseline - line.baseline <= STEP * line.size and COUNT.match(other.text)
            ]
            starts += [
                k
                for k, word in enumerate(line.words)
                if k > 1 and any(abs(word.x0 - edge) < SAME_PLACE * word.size for edge in below)
            ]
        parts = [line.words[a:b] for a, b in pairwise([*starts, len(line.words)])]
        out += [line] if len(parts) == 1 else [part for own in parts for part in find_lines(own)]
    return out


def _joined(first: Line, second: Line) -> Line:
    return replace(
        first,
        words=[*first.words, *second.words],
        top=min(first.top, second.top),
        x1=second.x1,
        bottom=max(first.bottom, second.bottom),
    )


def _is_short(line: Line) -> bool:
    counts = COUNT.match(line.text) is not None
    return len(line.words) <= (MOST_WORDS if counts else MOST_OTHER)


def _columns(segments: list[Line]) -> list[_Column]:
    """The segments, from the top down, in columns: each below one that begins at the same edge."""
    columns: list[_Column] = []
    for line in segments:
        for column in reversed(columns):
            last = column.lines[-1]
            near = 0 < line.baseline - last.baseline <= STEP * last.size
            if near and abs(line.x0 - last.x0) <= SAME_EDGE * last.size:
                column.lines.append(line)
                break
        else:
            columns.append(_Column([line]))
    return columns


def _beside(columns: list[_Column]) -> list[_Column]:
    """The columns that count something, each with the numbers of those beside it on a row with a count."""
    columns = [column for column in columns if COUNT.search(column.text)]
    for number, column in enumerate(columns):
        for other in range(number):
            if _share_row(column, columns[other]):
                column.beside.add(other)
                columns[other].beside.add(number)
    return columns


def _share_row(first: _Column, second: _Column) -> bool:
    for line in first.lines:
        for other in second.lines:
            if abs(line.baseline - other.baseline) > SAME_ROW * line.size:
                continue
            white = max(other.x0 - line.x1, line.x0 - other.x1)
            counts = COUNT.match(line.text) or COUNT.match(other.text)
            if counts and 0 < white < APART * line.size:
                return True
    return False


def _hangs(part: _Column, column: _Column) -> bool:
    """Whether a column begins right below another, set in: what the last count there is made of."""
    first, last = part.lines[0], column.lines[-1]
    below = 0 < first.baseline - last.baseline <= STEP * last.size
    return below and last.x0 < first.x0 < last.x1 and COUNT.match(first.text) is not None


def _group(columns: list[_Column], start: int) -> set[int]:
    group, waiting = {start}, [start]
    while waiting:
        for other in columns[waiting.pop()].beside - group:
            group.add(other)
            waiting.append(other)
    return group


def _panel(columns: list[_Column], lines: list[Line]) -> tuple[Box, list[list[Line]]] | None:
    """The box around columns of counts; None where they count little, or are no columns of one panel.

    Then other text stands between them, or each has a title of its own.
    """
    columns = [trimmed for column in columns if (trimmed := _trimmed(column, columns)).lines]
    things = sum(len(COUNT.findall(column.text)) for column in columns)
    numbers = sum(len(NUMBER.findall(column.text)) for column in columns)
    if len(columns) < 2 or things < max(FEWEST_COUNTS, COUNTED * numbers):
        return None
    if sum(any(_heads(line, column.lines[0]) for line in lines) for column in columns) > 1:
        return None
    held = [line for column in columns for line in column.lines]
    own = {id(word) for line in held for word in line.words}
    x0, x1 = min(line.x0 for line in held), max(line.x1 for line in held)
    top, bottom = min(line.top for line in held), max(line.bottom for line in held)
    for line in lines:
        if top <= (line.top + line.bottom) / 2 <= bottom:
            for word in line.words:
                if x0 <= (word.x0 + word.x1) / 2 <= x1 and id(word) not in own:
                    return None
    columns.sort(key=lambda column: column.lines[0].x0)
    return (x0, top, x1, bottom), [column.lines for column in columns]


def _heads(line: Line, first: Line) -> bool:
    """Whether a line stands right above the first of a column, at its edge."""
    return 0 < first.baseline - line.baseline <= STEP * first.size and (
        abs(line.x0 - first.x0) <= SAME_EDGE * first.size
    )


def _trimmed(column: _Column, columns: list[_Column]) -> _Column:
    """A column without the lines at its ends that nothing stands beside and that belong to no count."""
    rows = [line.baseline for other in columns if other is not column for line in other.lines]
    lines = list(column.lines)

    def stands_alone(line: Line) -> bool:
        return not any(abs(line.baseline - row) <= SAME_ROW * line.size for row in rows)

    while lines and stands_alone(lines[0]) and not COUNT.match(lines[0].text):
        lines.pop(0)
    while lines and stands_alone(lines[-1]) and not _belongs(lines):
        lines.pop()
    return _Column(lines)


def _belongs(lines: list[Line]) -> bool:
    """Whether the last line counts something, or ends the line above."""
    last = lines[-1].text
    goes_on = len(lines) > 1 and (last[:1].islower() or lines[-2].text.endswith("-"))
    return COUNT.match(last) is not None or goes_on
