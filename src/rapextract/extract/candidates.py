"""The numbers of running text that may be figures, with their surroundings.

Every numeral outside tables, staff panels and furniture is a candidate, less those inside a date or a period
(« le 15 juillet 2021 », « 2e trimestre »), which belong to the calendar.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import regex

from ..french.numbers import Number, scan_numbers
from ..french.periods import scan_periods
from ..french.wrapped import joined
from ..grammar import Candidate
from ..grammar.compiled import regexp
from ..model import Block, BlockKind, FigureKind, Span
from .context import Context
from .texts import Texts

OUTSIDE_PROSE = frozenset({BlockKind.TABLE, BlockKind.FURNITURE})
"""Blocks whose numbers others extract, or nobody; their cells of sentences are prose all the same."""

_WORD = regexp(r"[a-z]{3,}")
_LINE_NUMBER = regexp(r"^[ \t]*(\d{1,4})(?:(?=[ \t])|$)", regex.MULTILINE)
_LEAST_LINES = 5  # whose numbers rise by one; one less where they begin with 1
_SECTION = regexp(r"^[ \t]*((?:\d{1,2}\.)+)(\d{1,2})(?=[ \t])", regex.MULTILINE)
_FAR = 400  # characters: no such line is so long
_SCORES = frozenset({5, 10, 20, 100})


def candidates(context: Context, taken: Sequence[Span]) -> Iterator[list[tuple[Number, Candidate]]]:
    """The candidates of each block in reading order, with what rules look at; `taken` spans are left out.

    Cells of sentences count as paragraphs.
    """
    texts = context.texts
    masks = Spans([*((span.start, span.end) for span in taken), *_numbering(texts.printed)])
    for block in _blocks(context):
        numbers = _numbers(texts.printed, block)
        numbers = [number for number in numbers if not masks.hold(number.start, number.end)]
        if not numbers:
            continue
        calendar = _calendar(texts, block)
        found = [
            (number, _candidate(context, block, number))
            for whole in numbers
            if not calendar.hold(whole.start, whole.end)
            for number in (score_part(texts.folded, whole),)
        ]
        if found:
            yield found


def _numbering(text: str) -> Iterator[tuple[int, int]]:
    """Where lines begin with numbers that rise by one from each to the next: they number the lines.

    So do « 5.12 », « 5.13 » and « 5.14 », however far apart, whatever their titles begin with.
    """
    sections: dict[str, dict[int, tuple[int, int]]] = {}
    for found in _SECTION.finditer(text):
        sections.setdefault(found[1], {})[int(found[2])] = (found.start(1), found.end(2))
    for own in sections.values():
        for last, span in own.items():
            if sum(last + step in own for step in (-2, -1, 1, 2)) >= 2:
                yield span
    run: list[regex.Match[str]] = []
    for match in chain(_LINE_NUMBER.finditer(text), (None,)):
        if (
            match is None
            or not run
            or int(match[1]) != int(run[-1][1]) + 1
            or match.start() > run[-1].end() + _FAR
        ):
            if len(run) >= _LEAST_LINES or (len(run) == _LEAST_LINES - 1 and int(run[0][1]) == 1):
                yield from (numbered.span(1) for numbered in run)
            run = []
        if match is not None:
            run.append(match)


def _numbers(text: str, block: Block) -> list[Number]:
    """The numbers of a block, those whole that a line end of it cuts."""
    whole = joined(text[block.start : block.end])
    found = (number.shifted(block.start) for number in scan_numbers(whole))
    return [number._replace(text=text[number.start : number.end]) for number in found]


def _blocks(context: Context) -> Iterator[Block]:
    """The blocks of prose, cells of sentences among them."""
    wordless = _wordless(context.document.blocks, context.texts)
    for block in context.document.blocks:
        if block.table is not None:
            for cell in context.cells_of_sentences(block.table):
                yield replace(block, kind=BlockKind.PARAGRAPH, start=cell.start, end=cell.end)
        elif block.kind not in OUTSIDE_PROSE and block.start not in wordless:
            yield block


def _calendar(texts: Texts, block: Block) -> Spans:
    """The dates and periods of a block."""
    periods = scan_periods(texts.printed[block.start : block.end])
    return Spans([(block.start + period.start, block.start + period.end) for period in periods])


def _wordless(blocks: Sequence[Block], texts: Texts) -> frozenset[int]:
    """Starts of the blocks without a word that lie beside another such: ticks of an axis, torn tables."""
    bare = [_WORD.search(texts.folded, block.start, block.end) is None for block in blocks]
    beside = [*bare[1:], False]
    before = [False, *bare[:-1]]
    return frozenset(
        block.start
        for block, own, last, following in zip(blocks, bare, before, beside, strict=True)
        if own and (last or following)
    )


def _candidate(context: Context, block: Block, number: Number) -> Candidate:
    sentence = context.sentence_at(number.start)
    return Candidate(
        plain=context.texts.plain,
        folded=context.texts.folded,
        start=number.start,
        end=number.end,
        sentence=(sentence.start, sentence.end),
        block=(block.start, block.end),
        section=context.section_path(number.start),
        kind=FigureKind.PROSE,
        block_kind=block.kind,
        form=number.form,
        marks=number.marks,
        value=number.value,
        stop=number.stop,
    )


def score_part(folded: str, number: Number) -> Number:
    """Of « 17/20 » the 17 (its unit is ``/20``); « 2/3 de la population » stays whole."""
    if "slash" not in number.marks or len(number.parts) != 2:
        return number
    above, below = number.parts
    share = folded.startswith((" de ", " des ", " du ", " d'"), number.end)
    if int(below.value) in _SCORES and not share:
        return above._replace(marks=above.marks - {"slash"})
    return number


class Spans:
    """Spans that may overlap, asked whether one of them touches a run."""

    def __init__(self, spans: Sequence[tuple[int, int]]):
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if self._spans and start <= self._spans[-1][1]:
                self._spans[-1] = (self._spans[-1][0], max(end, self._spans[-1][1]))
            else:
                self._spans.append((start, end))
        self._starts = [start for start, _ in self._spans]

    def hold(self, start: int, end: int) -> bool:
        """Whether a span touches ``start:end``."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._spans[index][1] > start
