"""What the checks keep of a figure while they compare it with others.

A long report has ten thousands of figures. As rows they would fill memory; a mention takes a fifth, and the
words that many figures share (the quote of a table's row, its section) are there once.
"""

from __future__ import annotations

from decimal import Decimal
from sys import intern
from typing import NamedTuple

from rapextract.model import FigureKind, FigureRow


class Mention(NamedTuple):
    """The columns of a figure that comparing it takes."""

    figure_id: str
    report_id: str
    source: str
    kind: FigureKind
    value: Decimal
    value_text: str
    unit: str
    indicator: str
    period: str
    table_id: str
    label: str
    section: str
    quote: str
    char_start: int

    def says_the_same(self, other: Mention) -> bool:
        """Whether both are printed alike in one report."""
        return (self.value_text, self.unit, self.value, self.report_id) == (
            other.value_text,
            other.unit,
            other.value,
            other.report_id,
        )


def mention(figure: FigureRow) -> Mention:
    """What is kept of `figure`."""
    return Mention(
        figure.figure_id,
        intern(figure.report_id),
        intern(figure.source),
        figure.kind,
        figure.value,
        intern(figure.value_text),
        intern(figure.unit),
        intern(figure.indicator),
        intern(figure.period),
        intern(figure.table_id),
        intern(figure.label),
        intern(figure.section),
        intern(figure.quote),
        figure.char_start,
    )
