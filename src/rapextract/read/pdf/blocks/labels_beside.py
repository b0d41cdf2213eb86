"""Labels right of numbers set large: lines whose middle is that of the number.

Where several numbers stand below each other, the lines of the column beside them are shared out among them
all at once: a label may be set as close to the next one as its own lines are.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from math import inf
from statistics import median

from ..page.words import Line, Word, find_lines

LARGE = 1.2  # times the page's usual size: some number of a card must be that large
LARGER = 1.25  # times the size of its label: a number set large
MOST_LINES = 4  # of a label
LEADING = 1.6  # times the size: from one line of a label to the next
SAME_EDGE = 0.5  # of the size
JUSTIFIED = 1.3  # times the size: white between words of a label that is set flush on both sides
AHEAD = 2.0  # times the number's size: the most white between it and the label beside it
MIDDLE = 0.35  # of the number's size: how far from its middle the lines of a label beside it stand
SAME_SIZE = 0.1  # of the size: how far the numbers of cards that are set alike differ
NUMBER = re.compile(
    r"[-+−–]? ?\d[\d .,]*"
    r"(?: ?(?:%|€|k€|M€|Md€|h|min|mn|j|jours?|mois|ans|km|t|kg|m[²³23]|pts?|ETP|/ ?\d{1,3}))?"
)


def labels_beside(lines: list[Line], numbers: list[Line]) -> list[tuple[Line, list[Line]]]:
    """The large numbers of a page, of which `numbers` are lines, with their labels right of their middle.

    None where lines hold both, which are read as they are, or where they count up, as chapters do.
    """
    found: list[tuple[Line, list[Line]]] = []
    apart = 0
    heads = _heads(lines)
    held = {id(word) for number, _ in heads for word in number}
    others = find_lines([word for line in lines for word in line.words if id(word) not in held], JUSTIFIED)
    large = [find_lines(words, inf)[0] for words, _ in heads]
    shared = _shared_out(large, others)
    for number, (words, rest) in zip(large, heads, strict=True):
        own = find_lines(rest, inf)
        label = shared.get(id(number)) or _lines_beside(number, others, numbers) or own
        first = words[0]
        if 0 < len(label) <= MOST_LINES and all(other.size * LARGER <= first.size for other in label):
            found.append((number, label))
            apart += not rest
    texts = [number.text for number, _ in found]
    return found if apart and texts != [str(k + 1) for k in range(len(texts))] else []


def _heads(lines: list[Line]) -> list[tuple[list[Word], list[Word]]]:
    """The numbers set large that lines begin with: the words of each, and those that follow it."""
    least = LARGE * median([word.size for line in lines for word in line.words])
    heads: list[tuple[list[Word], list[Word]]] = []
    for line in lines:
        first = list(takewhile(lambda word: word.size >= least, line.words))
        while first and not NUMBER.fullmatch(" ".join(word.text for word in first)):
            first.pop()
        if first:
            heads.append((first, line.words[len(first) :]))
    return heads


def _lines_beside(number: Line, lines: list[Line], numbers: list[Line]) -> list[Line]:
    """The lines below each other, right of a number, whose middle is the nearest to that of the number.

    With those below that go on from them, beside no number.
    """
    near = [other for other in lines if 0 < other.x0 - number.x1 <= AHEAD * number.size]
    near = [other for other in near if abs(other.baseline - number.baseline) < MOST_LINES * number.size]
    runs = [
        (first, first + count)
        for count in range(1, MOST_LINES + 1)
        for first in range(len(near) - count + 1)
        if all(goes_on(a, b) for a, b in pairwise(near[first : first + count]))
        and _is_beside(number, near[first : first + count])
    ]
    if not runs:
        return []
    first, end = min(runs, key=lambda run: abs(_off(number, near[run[0] : run[1]])))
    run = near[first:end]
    for line in near[end:]:
        if line in numbers or not goes_on(run[-1], line):
            break
        if any(_is_beside(other, [line]) for other in numbers):
            break
        run.append(line)
    return run


def _shared_out(numbers: list[Line], lines: list[Line]) -> dict[int, list[Line]]:
    """The labels of numbers below each other, whose lines stand in one column, all by the middles of both.

    No line between the first and the last is left over; so it tells where a label ends that is set as close
    to the next one as its own lines are.
    """
    found: dict[int, list[Line]] = {}
    waiting = sorted(numbers, key=lambda number: number.top)
    while waiting:
        first = waiting[0]
        near = [line for line in lines if 0 < line.x0 - first.x1 <= AHEAD * first.size]
        near = [line for line in near if line.size * LARGER <= first.size and _is_level(first, line)]
        edge = min((line.x0 for line in near), default=None)
        column = [line for line in lines if edge is not None and abs(line.x0 - edge) <= SAME_EDGE * line.size]
        own = [
            number
            for number in waiting
            if number is first
            or (
                edge is not None
                and abs(number.size - first.size) <= SAME_SIZE * first.size
                and number.x1 < edge
            )
        ]
        waiting = [number for number in waiting if number not in own]
        if len(own) > 1:
            found |= _fitted(own, column)
    return found


def _is_level(number: Line, line: Line) -> bool:
    """Whether a line shares some height with a number."""
    return number.top < line.bottom and line.top < number.bottom


def _fitted(numbers: list[Line], lines: list[Line]) -> dict[int, list[Line]]:
    """Lines of a column shared out among numbers beside it so that labels are the least off their middles.

    Nothing where a label would be off by more than `MIDDLE`.
    """
    # ways[k]: what it costs to give lines up to k to the numbers so far, and where each label ends
    ways: dict[int, tuple[float, tuple[int, ...]]] = {k: (0.0, (k,)) for k in range(len(lines))}
    for number in numbers:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for first, (cost, ends) in ways.items():
            for end in range(first + 1, min(first + MOST_LINES, len(lines)) + 1):
                label = lines[first:end]
                if end - first > 1 and not goes_on(label[-2], label[-1]):
                    break
                off = abs(_off(number, label))
                if off <= MIDDLE * number.size and cost + off < following.get(end, (inf, ()))[0]:
                    following[end] = cost + off, (*ends, end)
        ways = following
    _, ends = min(ways.values(), default=(inf, ()))
    parts = zip(numbers, pairwise(ends), strict=True) if ends else ()
    return {id(number): lines[first:end] for number, (first, end) in parts}


def goes_on(line: Line, below: Line) -> bool:
    """Whether a line of a label goes on with the one below it."""
    same_edge = abs(line.x0 - below.x0) <= SAME_EDGE * below.size
    return same_edge and 0 < below.baseline - line.baseline <= LEADING * below.size


def _is_beside(number: Line, label: list[Line]) -> bool:
    """Whether a number stands left of the middle of some lines."""
    return number.x1 < label[0].x0 and abs(_off(number, label)) <= MIDDLE * number.size


def _off(number: Line, label: list[Line]) -> float:
    """How far the middle of some lines is below that of a number."""
    return (label[0].top + label[-1].bottom - number.top - number.bottom) / 2
