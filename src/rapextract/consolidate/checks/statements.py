"""Sentences and list items that state figures, in the order of the report.

Checks on prose ask which figures stand in one sentence, what is written between them, and which list items
follow each other. All of it is read from the quotes of the figures and the reading text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapextract.model import Bound, FigureKind, FigureRow, Records

_BULLET = re.compile(r"[\s\-–—•●▪■◦‣*►>➢→✓·]*\Z")
_LABEL = re.compile(r"[\s\-–—•●▪■◦‣*►>➢→✓·]*[^.;:\n]{1,80}:[\s*]*\Z")
_MARKED = re.compile(r"\s*(?:[-–—•●▪■◦‣*►➢→✓·]+\s)")


@dataclass(frozen=True)
class Statement:
    """A sentence or list item: its span of the reading text and its figures in order."""

    text: str
    """The whole reading text."""
    start: int
    end: int
    figures: tuple[FigureRow, ...]

    @property
    def words(self) -> str:
        """The statement as printed."""
        return self.text[self.start : self.end]

    def before(self, figure: FigureRow) -> str:
        """What stands before the number, back to the number before it or the start."""
        ends = [other.char_end for other in self.figures if other.char_end <= figure.char_start]
        return self.text[max([self.start, *ends]) : figure.char_start]

    def after(self, figure: FigureRow) -> str:
        """What stands after the number, up to the next number or the end."""
        starts = [other.char_start for other in self.figures if other.char_start >= figure.char_end]
        return self.text[figure.char_end : min([self.end, *starts])]

    def between(self, first: FigureRow, second: FigureRow) -> str:
        """What stands between two numbers."""
        return self.text[first.char_end : second.char_start]

    def leads(self, figure: FigureRow) -> bool:
        """Whether the number is the first thing of a list item, or comes right after its label."""
        lead = self.text[self.start : figure.char_start]
        return bool(_BULLET.match(lead) or _LABEL.match(lead))

    @property
    def marked(self) -> bool:
        """Whether it is a list item by its mark."""
        return bool(_MARKED.match(self.words))

    def joins(self, following: Statement) -> bool:
        """Whether nothing but white space and list marks stands between this and the `following`."""
        return bool(_BULLET.match(self.text[self.end : following.start]))


@dataclass(frozen=True)
class Passage:
    """Statements of one report that follow each other without a word between; often a single one."""

    report_id: str
    statements: tuple[Statement, ...]
    before: Statement | None
    """The last statement before them."""

    def from_on(self, index: int, most: int) -> tuple[Statement, ...]:
        """Number `index` and those that follow it, no more than `most` in all."""
        return self.statements[index : index + most]


def passages(records: Records) -> Iterator[Passage]:
    """The passages of a report, one after the other: a long report must not be held as rows."""
    report_id = records.report.report_id
    run: list[Statement] = []
    before: Statement | None = None
    for statement in statements(records):
        if run and not run[-1].joins(statement):
            yield Passage(report_id, tuple(run), before)
            before, run = run[-1], []
        run.append(statement)
    if run:
        yield Passage(report_id, tuple(run), before)


def statements(records: Records) -> Iterator[Statement]:
    """The sentences and list items of a report that hold prose figures, one after the other."""
    text = records.text
    group: list[FigureRow] = []
    span = (0, 0)
    for figure in records.figures:
        if figure.kind is not FigureKind.PROSE or figure.review == "rejected":
            continue
        start = _quote_start(text, figure)
        place = (start, max(start + len(figure.quote), figure.char_end))
        if group and place[0] < span[1]:
            span = (min(span[0], place[0]), max(span[1], place[1]))
        else:
            if group:
                yield Statement(text, *span, tuple(group))
            group, span = [], place
        group.append(figure)
    if group:
        yield Statement(text, *span, tuple(group))


def is_result(figure: FigureRow) -> bool:
    """Whether the figure is a result given exactly."""
    return figure.is_result and figure.bound is Bound.EXACT


def _quote_start(text: str, figure: FigureRow) -> int:
    quote = figure.quote
    earliest = max(0, figure.char_end - len(quote))
    start = text.find(quote, earliest, figure.char_start + len(quote)) if quote else -1
    return figure.char_start if start < 0 else start
