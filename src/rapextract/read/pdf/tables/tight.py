"""Values set so near to their keys that both read as one phrase, told by the values above and below."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from .headers import is_date
from .phrases import Line
from .rows import FIRST_DIGITS
from .words import Phrase, Words, is_figure

GROUP = re.compile(r"\d{3}(?:[.,]\d+)?\D{0,3}")  # digits that may go on a number: « 369,5 » of « 2 369,5 »
LEAST_WHITE = 0.5  # of the font size: more than between words that are not justified
SAME_EDGE = 0.2  # of the font size
NEAR = 6  # lines above and below
FEWEST = 2  # other lines with a figure at the same edge
SURE = 4  # … where nothing but a space tells a figure from the text before it
SIGNS_BEFORE = frozenset("+-−–±")
UNIT = 2  # characters of a sign after a figure: « % », « k€ »


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure on a line: a phrase, or the end of one from the word at `start`.

    `set_off` says that more than a space stands before it, `followed` that figures follow on its line; `key`
    is where the text before it begins.
    """

    line: int
    place: int
    start: int
    set_off: bool
    followed: bool
    key: float
    phrase: Phrase

    @property
    def least(self) -> int:
        """How many other lines must have a figure at its edge."""
        if self.set_off and self.followed and not self.place:
            return 1
        return FEWEST if self.set_off or self.followed else SURE


def with_values_parted(words: Words, lines: list[Line]) -> list[Line]:
    """Lines in which a phrase that ends in a figure is two, where a column of figures runs there.

    One other line tells it of a key with more than a space behind it, which further figures follow. No more
    than a space may stand before a figure that others of its line follow, or between two figures, where
    figures of two other lines stand alone at that edge; before one that ends its line, where those of four
    do.
    """
    figures = [figure for k, line in enumerate(lines) for figure in _figures(words, line, k)]
    alone = [figure for figure in figures if not figure.start]
    parted: dict[tuple[int, int], list[int]] = {}
    for figure in figures:
        if figure.start and _in_column(figure, figures if figure.set_off else alone):
            parted.setdefault((figure.line, figure.place), []).append(figure.start)
        parted.setdefault((figure.line, figure.place), []).extend(_within(words, figure, alone))
    _part_from_texts(words, lines, parted)
    out = [list(line) for line in lines]
    for (line, place), starts in sorted(parted.items(), reverse=True):  # so that the places before stay
        if starts:
            own = out[line][place].words
            bounds = [0, *sorted(starts), len(own)]
            out[line][place : place + 1] = [words.phrase(own[a:b]) for a, b in pairwise(bounds)]
    return out


def _part_from_texts(words: Words, lines: list[Line], parted: dict[tuple[int, int], list[int]]) -> None:
    """Part figures from the texts that follow them in one phrase, where both begin or end as on other lines.

    Two other lines near by have a figure that ends there, and two a text that begins there; on one of them
    the text stands without a figure, or the figure without a text: a unit follows every one.
    """
    found = [
        (k, place, start)
        for k, line in enumerate(lines)
        for place, phrase in enumerate(line)
        if place and len(phrase.words) > 1 and (start := _figure_end(words, phrase))
    ]
    if not found:
        return
    joined = {(k, place): start for k, place, start in found}
    single = [
        (k, phrase)
        for k, line in enumerate(lines)
        for n, phrase in enumerate(line)
        if n and (k, n) not in joined
    ]
    sides = (
        [(k, phrase.x1, True) for k, phrase in single if phrase.number],
        [(k, phrase.x0, True) for k, phrase in single if not phrase.number],
    )
    for k, place, start in found:
        own = lines[k][place].words
        sides[0].append((k, words.x1[own[start - 1]], False))
        sides[1].append((k, words.x0[own[start]], False))
    for k, place, start in found:
        own = lines[k][place].words
        reach = SAME_EDGE * lines[k][place].size
        near = [
            [(n, alone) for n, x, alone in side if n != k and abs(n - k) <= NEAR and abs(x - edge) <= reach]
            for side, edge in zip(sides, (words.x1[own[start - 1]], words.x0[own[start]]), strict=True)
        ]
        apart = {n for n, alone in near[0] if alone} ^ {n for n, alone in near[1] if alone}
        if apart and min(len({n for n, _ in side}) for side in near) >= FEWEST:
            parted.setdefault((k, place), []).append(start)


def _figure_end(words: Words, phrase: Phrase) -> int:
    """Where the text begins that follows a figure at the start of a phrase, set off from it; else 0."""
    own = phrase.words
    for start in range(1, len(own)):
        white = words.x0[own[start]] - words.x1[own[start - 1]]
        if white >= LEAST_WHITE * phrase.size:
            text = words.text[own[start]]
            is_one = is_figure(" ".join(words.text[k] for k in own[:start])) and text[0].isupper()
            return start if is_one else 0
    return 0


_line_of = attrgetter("line")


def _figures(words: Words, line: Line, number: int) -> list[_Figure]:
    found = []
    for place, phrase in enumerate(line):
        if phrase.number:
            key = line[place - 1].x0 if place else phrase.x0
            found.append(_Figure(number, place, 0, True, False, key, phrase))
            continue
        followed = any(other.number for other in line[place + 1 :])
        start, set_off = _figure_start(words, phrase)
        if start:
            figure = words.phrase(phrase.words[start:])
            found.append(_Figure(number, place, start, set_off, followed, phrase.x0, figure))
    return found


def _figure_start(words: Words, phrase: Phrase) -> tuple[int, bool]:
    """Where the figure that ends a phrase begins, else 0, and whether more than a space stands before it."""
    own = phrase.words
    figures = [any(map(str.isdigit, words.text[k])) for k in own]
    end = len(own)
    if end > 2 and len(unit := words.text[own[-1]]) <= UNIT and not unit.isalpha() and not figures[-1]:
        end -= 1
    for start in range(end - 1, 0, -1):
        if not figures[start] and words.text[own[start]] not in SIGNS_BEFORE:
            break
        if start > 1 and words.text[own[start - 1]] in SIGNS_BEFORE:
            continue
        white = words.x0[own[start]] - words.x1[own[start - 1]]
        set_off = white >= LEAST_WHITE * phrase.size
        if set_off or not any(figures[:start]):
            is_one = is_figure(" ".join(words.text[k] for k in own[start:]))
            return (start, set_off) if is_one else (0, False)
    return 0, False


def _in_column(figure: _Figure, figures: list[_Figure]) -> bool:
    """Whether figures of other lines near by begin, or end, where this one does."""
    phrase = figure.phrase
    begins, ends = (_at_edge(x, figure, figures, end) for end, x in enumerate((phrase.x0, phrase.x1)))
    return max(begins, ends) >= figure.least


def _at_edge(x: float, figure: _Figure, figures: list[_Figure], end: int) -> int:
    """On how many other lines near by a figure begins (`end` 0), or ends (1), at `x`.

    Of one that nothing but a space tells they have their keys where it has its text: « Cat. 1 » is a name.
    `figures` are in the order of their lines.
    """
    reach = SAME_EDGE * figure.phrase.size
    first = bisect_left(figures, figure.line - NEAR, key=_line_of)
    last = bisect_right(figures, figure.line + NEAR, lo=first, key=_line_of)
    return len(
        {
            other.line
            for other in figures[first:last]
            if other.line != figure.line
            and abs((other.phrase.x1 if end else other.phrase.x0) - x) <= reach
            and (figure.least < SURE or abs(other.key - figure.key) <= reach)
        }
    )


def _within(words: Words, figure: _Figure, alone: list[_Figure]) -> list[int]:
    """Where in its phrase a figure falls into several, each at the edge of a column of figures."""
    own = figure.phrase.words
    return [figure.start + k for k in range(1, len(own)) if _parts(words, figure, k, alone)]


def _parts(words: Words, figure: _Figure, k: int, alone: list[_Figure]) -> bool:
    """Whether a column of figures ends, or begins, at the space before word `k` of a figure.

    Where that may be the space of thousands, one column must end there and one with the next figure; years
    set over the middle of their columns are none.
    """
    before, after = figure.phrase.words[k - 1], figure.phrase.words[k]
    signed = words.text[after][0] in SIGNS_BEFORE
    if words.text[before] in SIGNS_BEFORE or not (
        signed or (words.text[before][-1].isdigit() and words.text[after][0].isdigit())
    ):
        return False
    begins = _at_edge(words.x0[after], figure, alone, 0) >= FEWEST
    ends = _at_edge(words.x1[before], figure, alone, 1) >= FEWEST
    if GROUP.fullmatch(words.text[after]) and FIRST_DIGITS.fullmatch(words.text[before]):
        values = [other for other in alone if not is_date(other.phrase.text)] if ends else []
        return all(_at_edge(words.x1[k], figure, values, 1) >= FEWEST for k in (before, after))
    return begins or (ends and (not signed or _at_edge(figure.phrase.x1, figure, alone, 1) >= FEWEST))
