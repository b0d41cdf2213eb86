"""Phrases and lines: the words of a page as a reader groups them before seeing any table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .words import Words, is_figure, is_leader, lines_of

CURRENCY = ("$", "€", "£", "US$", "$ (", "(")
SIGNS_AFTER = ("%", "‰", "€", ")", "%)", "k€", "K€", "M€")
GAP = 0.85  # of the font size: words nearer than this on a line read as one phrase
FIGURES_GAP = 0.42  # the same between two figures; a space within one is narrower
FIGURE_ENDS = "0123456789%"
LIST_MARK = re.compile(
    r"[•●▪■□◦‣⁃–—\-*>➢➔→o✓✔]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?"
)


@dataclass(slots=True)
class Phrase:
    """Words of one line without a visible gap between them. `number` tells a figure from text."""

    words: list[int]
    x0: float
    x1: float
    level: float
    size: float
    text: str
    number: bool
    bold: bool


Line = list[Phrase]


def middle(values: Iterable[float]) -> float:
    """The median of a few values, much quicker than numpy's; 0 of none."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return 0.0
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def level_of(line: Line) -> float:
    """The middle of a line of type, in points from the top."""
    return sum(phrase.level for phrase in line) / len(line)


def size_of(line: Line) -> float:
    """The largest font size of a line."""
    return max(phrase.size for phrase in line)


class _Lists:
    """The words' arrays as lists, which are quicker to read one at a time."""

    def __init__(self, words: Words):
        self.text = words.text
        self.x0: list[float] = words.x0.tolist()
        self.x1: list[float] = words.x1.tolist()
        self.level: list[float] = words.level.tolist()
        self.size: list[float] = words.size.tolist()
        self.bold: list[bool] = words.bold.tolist()

    def phrase(self, members: list[int]) -> Phrase:
        """The phrase that words, from left to right, make."""
        if len(members) == 1:
            k = members[0]
            text = self.text[k]
            return Phrase(
                members,
                self.x0[k],
                self.x1[k],
                self.level[k],
                self.size[k],
                text,
                is_figure(text),
                self.bold[k],
            )
        text = " ".join([self.text[k] for k in members])
        return Phrase(
            members,
            self.x0[members[0]],
            max([self.x1[k] for k in members]),
            sum([self.level[k] for k in members]) / len(members),
            max([self.size[k] for k in members]),
            text,
            is_figure(text),
            all(self.bold[k] for k in members),
        )


def phrase_lines(words: Words, gap: float = GAP, members: Iterable[int] | None = None) -> list[Line]:
    """Lines from the top down, each its phrases from left to right; leader dots part phrases.

    A list mark (bullet, « 1. », « a) ») belongs to the phrase after it. Only the words at the
    positions `members` are taken, if given.
    """
    out = []
    lists = _Lists(words)
    x0, x1, size = lists.x0, lists.x1, lists.size
    leader = [is_leader(text) for text in words.text]
    for line in lines_of(words, members):
        groups: list[list[int]] = []
        parted = True
        for k in line:
            if leader[k]:
                parted = True
                continue
            if groups and not parted:
                last = groups[-1][-1]
                least = size[last] if size[last] < size[k] else size[k]
                white = x0[k] - x1[last]
                near = white < gap * least
                if near and (
                    white < FIGURES_GAP * least
                    or white < _figures_gap(words.text[last], words.text[k], gap) * least
                ):
                    groups[-1].append(k)
                    continue
            groups.append([k])
            parted = False
        if not groups:
            continue
        if len(groups) > 1 and len(groups[0]) == 1 and LIST_MARK.fullmatch(words.text[groups[0][0]]):
            first, second = groups[0][0], groups[1][0]
            if x0[second] - x1[first] < 4 * size[first] and not is_figure(words.text[second]):
                groups[0:2] = [groups[0] + groups[1]]
        phrases = [lists.phrase(group) for group in groups]
        out.append(_with_signs(phrases, lists) if len(phrases) > 1 else phrases)
    return out


def _figures_gap(before: str, after: str, gap: float) -> float:
    """The white that parts two words: between figures less does, their own spaces being no wider."""
    figures = before[-1] in FIGURE_ENDS and after[0].isdigit()
    return min(gap, FIGURES_GAP) if figures else gap


def _with_signs(line: Line, lists: _Lists) -> Line:
    """A line whose currency and per cent signs, set apart to align, are one with their figure."""
    out: Line = []
    for phrase in line:
        if out:
            last = out[-1]
            lead = last.text in CURRENCY and phrase.number and phrase.x0 - last.x1 < 8 * phrase.size
            tail = phrase.text in SIGNS_AFTER and last.number and phrase.x0 - last.x1 < 1.5 * phrase.size
            if lead or tail:
                out[-1] = lists.phrase(last.words + phrase.words)
                continue
        out.append(phrase)
    return out
