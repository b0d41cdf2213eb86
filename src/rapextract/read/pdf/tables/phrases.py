"""Phrases and lines: how a reader groups the words of a page before seeing any table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from .words import Phrase, Words, is_figure, lines_of

CURRENCY = frozenset(("$", "€", "£", "US$", "$ (", "("))
SIGNS_AFTER = frozenset(("%", "‰", "€", ")", "%)", "k€", "K€", "M€"))
GAP = 0.85  # of the font size: words nearer than this on a line read as one phrase
FIGURES_GAP = 0.42  # the same between two figures; a space within one is narrower
LEAST_LOOSE = 4  # words of a justified line
SAME_SPACE = 0.06  # of the font size: how far the spaces of a justified line differ
LOOSEST = 2.0  # times the font size: the space of a justified line
UNLIKE = 1.5  # times the width of the shortest word: columns of like words may be equally far apart
UNFIGURED = 0.5  # of its words may hold a digit
FIGURE_ENDS = "0123456789%)"
OPENS_FIGURE = "($€£"
LIST_MARK = re.compile(
    r"[•●▪■□◦‣⁃–—\-*>➢➔→o✓✔]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?"
)

Line = list[Phrase]


def middle(values: Iterable[float]) -> float:
    """The median of a few values, much quicker than numpy's; 0 of none."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return 0.0
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def steps(values: Sequence[float]) -> list[float]:
    """From each value to the next."""
    return [after - before for before, after in pairwise(values)]


def level_of(line: Line) -> float:
    """The middle of a line of type, in points from the top."""
    return sum(phrase.level for phrase in line) / len(line)


def size_of(line: Line) -> float:
    """The largest font size of a line."""
    return max(phrase.size for phrase in line)


def phrase_lines(words: Words, members: Iterable[int]) -> list[Line]:
    """Lines from the top down, each its phrases from left to right; leader dots part phrases.

    A list mark (bullet, « 1. », « a) ») belongs to the phrase after it. Only the words at the
    positions `members` are taken.
    """
    return [line for row in lines_of(words, members) if (line := _phrases(words, row))]


def _phrases(words: Words, row: list[int]) -> Line:
    """The phrases of a line of words, both from left to right."""
    text, x0, x1, size, leader = words.text, words.x0, words.x1, words.size, words.leader
    groups: list[list[int]] = []
    last = -1  # the word before, unless leader dots stand between
    for k in row:
        if leader[k]:
            last = -1
            continue
        if last >= 0:
            least = size[last] if size[last] < size[k] else size[k]
            white = x0[k] - x1[last]
            if white < FIGURES_GAP * least or (white < GAP * least and not _figures(text[last], text[k])):
                groups[-1].append(k)
                last = k
                continue
        groups.append([k])
        last = k
    if len(groups) < 2:
        return [words.phrase(tuple(group)) for group in groups]
    if _is_loose(words, row):
        return [words.phrase(tuple(row))]
    groups = _loose_joined(words, groups)
    if len(groups) < 2:
        return [words.phrase(tuple(groups[0]))]
    first, second = groups[0][0], groups[1][0]
    if (
        len(groups[0]) == 1
        and x0[second] - x1[first] < 4 * size[first]
        and LIST_MARK.fullmatch(text[first])
        and (not is_figure(text[second]) or _counts(text, groups[1]))
    ):
        groups[0:2] = [groups[0] + groups[1]]
    return _with_signs([words.phrase(tuple(group)) for group in groups], words)


def _counts(text: Sequence[str], group: Sequence[int]) -> bool:
    """Whether words from a figure on are prose that counts something: « 7 agents ont », not « 7 % »."""
    after = [text[k].replace("-", "") for k in group[1:3]]
    return len(after) == 2 and all(word.isalpha() and word.islower() for word in after)


def _is_loose(words: Words, row: list[int]) -> bool:
    """Whether words from left to right are a justified line of text, set so loose that it falls apart.

    Its words are of all widths and the spaces between them one width, hardly wider than a phrase allows.
    """
    if len(row) < LEAST_LOOSE:
        return False
    spaces = [words.x0[after] - words.x1[before] for before, after in pairwise(row)]
    size = words.size[row[0]]
    if max(spaces) - min(spaces) > SAME_SPACE * size or max(spaces) > LOOSEST * size:
        return False
    if any(words.text[after] == words.text[before] for before, after in pairwise(row)):
        return False  # « Cat. », « Cat. »: the like names of columns
    widths = [words.x1[k] - words.x0[k] for k in row]
    figures = sum(any(map(str.isdigit, words.text[k])) for k in row)
    return max(widths) > UNLIKE * min(widths) and figures < UNFIGURED * len(row)


def _loose_joined(words: Words, groups: list[list[int]]) -> list[list[int]]:
    """The groups of a line's words; those of a loose line of text beside something else are one.

    Most of its words begin in lower case: names of columns may be as far from each other too.
    """
    x0, x1 = words.x0, words.x1
    widest = LOOSEST * words.size[groups[0][0]]
    if all(x0[after[0]] - x1[before[-1]] > widest for before, after in pairwise(groups)):
        return groups
    out: list[list[int]] = []
    first = 0
    while first < len(groups):
        run, best = list(groups[first]), first + 1
        for last in range(first + 1, len(groups)):
            if x0[groups[last][0]] - x1[run[-1]] > widest:
                break
            run += groups[last]
            spaces = [x0[after] - x1[before] for before, after in pairwise(run)]
            if max(spaces) - min(spaces) > SAME_SPACE * words.size[run[0]]:
                break
            if 2 * sum(words.text[k][0].islower() for k in run) >= len(run) and _is_loose(words, run):
                best = last + 1
        out.append([k for group in groups[first:best] for k in group])
        first = best
    return out


def _figures(before: str, after: str) -> bool:
    """Whether one figure may end and another begin here: the spaces within figures are narrow."""
    if before[-1] not in FIGURE_ENDS:
        return False
    return after[0].isdigit() or (after[0] in OPENS_FIGURE and is_figure(after))


def _with_signs(line: Line, words: Words) -> Line:
    """A line whose currency and per cent signs, set apart to align, are one with their figure."""
    out: Line = []
    for phrase in line:
        if out:
            last = out[-1]
            lead = phrase.number and last.text in CURRENCY and phrase.x0 - last.x1 < 8 * phrase.size
            tail = last.number and phrase.text in SIGNS_AFTER and phrase.x0 - last.x1 < 1.5 * phrase.size
            if lead or tail:
                out[-1] = words.phrase(last.words + phrase.words)
                continue
        out.append(phrase)
    return out
