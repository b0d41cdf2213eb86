"""Values set so near to their keys that both read as one phrase, told by the values above and below."""

from __future__ import annotations

from dataclasses import dataclass

from .phrases import Line
from .words import Phrase, Words, is_figure

LEAST_WHITE = 0.5  # of the font size: more than between words that are not justified
SAME_EDGE = 0.2  # of the font size
NEAR = 6  # lines above and below
FEWEST = 2  # other lines with a figure at the same edge


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure on a line: a phrase, or the end of one from the word at `start`."""

    line: int
    place: int
    start: int
    phrase: Phrase


def with_values_parted(words: Words, lines: list[Line]) -> list[Line]:
    """Lines in which a phrase that ends in a figure is two, where a column of figures runs there."""
    figures = [figure for k, line in enumerate(lines) for figure in _figures(words, line, k)]
    parted = [figure for figure in figures if figure.start and _in_column(figure, figures)]
    if not parted:
        return lines
    out = [list(line) for line in lines]
    for figure in reversed(parted):  # from the last on, so that the places of those before stay
        whole = out[figure.line][figure.place]
        key = words.phrase(whole.words[: figure.start])
        out[figure.line][figure.place : figure.place + 1] = [key, figure.phrase]
    return out


def _figures(words: Words, line: Line, number: int) -> list[_Figure]:
    found = []
    for place, phrase in enumerate(line):
        if phrase.number:
            found.append(_Figure(number, place, 0, phrase))
            continue
        start = _figure_start(words, phrase)
        if start:
            found.append(_Figure(number, place, start, words.phrase(phrase.words[start:])))
    return found


def _figure_start(words: Words, phrase: Phrase) -> int:
    """Where the figure that ends a phrase begins, with more than a space before it; 0 without one."""
    own = phrase.words
    for start in range(len(own) - 1, 0, -1):
        if not any(map(str.isdigit, words.text[own[start]])):
            break
        white = words.x0[own[start]] - words.x1[own[start - 1]]
        if white >= LEAST_WHITE * phrase.size:
            return start if is_figure(" ".join(words.text[k] for k in own[start:])) else 0
    return 0


def _in_column(figure: _Figure, figures: list[_Figure]) -> bool:
    """Whether figures of other lines near by begin, or end, where this one does."""
    reach = SAME_EDGE * figure.phrase.size
    near = [other for other in figures if 0 < abs(other.line - figure.line) <= NEAR]
    begin = {other.line for other in near if abs(other.phrase.x0 - figure.phrase.x0) <= reach}
    end = {other.line for other in near if abs(other.phrase.x1 - figure.phrase.x1) <= reach}
    return max(len(begin), len(end)) >= FEWEST
