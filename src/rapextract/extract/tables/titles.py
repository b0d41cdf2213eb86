"""What names a table beside its caption: the line right above it; and tables told apart by their names.

« Recettes pour le compte de tiers : » right above a table is its name where it is a noun phrase; a sentence
or a note there is none. Two tables of a report may have the same headers (what the town takes in, what its
operator does). Figures of both that go by one label, of one time, place and unit, and differ, get the
name of their table besides, and so do the other labels that both tables have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from ...french.fold import fold
from ...grammar.compiled import regexp
from ...model import BlockKind, FigureRow, Span, TableCellRow, TableRow
from ..context import Context
from ..labels.phrases import has_verb, without_article
from .headers import clean
from .measures import NUMBERED, TABLE_NUMBER

_LONGEST = 180  # characters
_MOST = 14  # words
_NAME = regexp(r"[\p{Lu}][^.;:!?|\n]*\p{L}[^.;:!?|\n]*")
_NO_NAME = regexp(
    r"(?:sources?|notes?|nb|champ|lecture|unites?|legende|tableau|figure|graphique|annexe|total)\b"
)
_POINTS = regexp(r"\b(?:ci-(?:dessous|dessus|apres|contre|avant)|(?:tableaux?|graphiques?) suivants?)\b")
"""A line that speaks of the table names it not: « Le tableau ci-dessous synthétise les volumes »."""


class TableFigures(NamedTuple):
    """What one table gives: its row, its cells, its figures, and the spans that prose must leave alone.

    `title` is what labels call the table: its caption, the line above it or the heading it stands under.
    """

    table: TableRow
    cells: tuple[TableCellRow, ...]
    figures: tuple[FigureRow, ...]
    taken: tuple[Span, ...]
    title: str


def name_above(context: Context, offset: int) -> str:
    """The line right above the table at `offset`, where it names it: a noun phrase on a line of its own.

    It may be numbered as the items of a list are (« 2) Recettes de l'exploitant »).
    """
    above = context.block_above(offset)
    if above is None or above.end - above.start > _LONGEST:
        return ""
    line = TABLE_NUMBER.sub("", context.document.text[above.start : above.end].strip(" *#_\n"))
    numbered = above.kind is BlockKind.LIST_ITEM and NUMBERED.match(line)
    if not (numbered or above.kind is BlockKind.PARAGRAPH):
        return ""
    line = clean(NUMBERED.sub("", line.removesuffix(":").rstrip()))
    folded = fold(line)
    if not _NAME.fullmatch(line) or _NO_NAME.match(folded) or _POINTS.search(folded):
        return ""
    if has_verb(without_article(line)):
        return ""
    if len(line.split()) > _MOST:
        line = line.partition(",")[0]  # what it is; what it holds for follows
    if len(line.split()) > _MOST or context.names_only_a_place(line):
        return ""
    return line


def told_apart(tables: Sequence[TableFigures]) -> Iterator[TableFigures]:
    """The tables of a report, in order; what two of them would call the same has the title of its table."""
    values: dict[tuple[str, ...], set[Decimal]] = defaultdict(set)
    for table in tables:
        for figure in table.figures:
            values[_said(figure)].add(figure.value)
    differing = {said[0] for said, found in values.items() if _differ(found)}
    titles: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        labels = {figure.label for figure in table.figures}
        for label in () if labels.isdisjoint(differing) else labels:
            titles[label].add(table.title)
    shared = {label for label in titles if len(titles[label]) > 1}
    for table in tables:
        told = (_titled(f, table.title) if f.label in shared else f for f in table.figures)
        yield table._replace(figures=tuple(told)) if shared else table


def _differ(values: Set[Decimal]) -> bool:
    """Are values more than one, when rounded as the roundest of them is (« 37,33 » and « 37,3 »)?"""
    places = min(max(0, -int(value.as_tuple().exponent)) for value in values)
    return len({round(value, places) for value in values}) > 1


def _said(figure: FigureRow) -> tuple[str, ...]:
    return figure.label, figure.unit, figure.period, figure.entity, figure.role


def _titled(figure: FigureRow, title: str) -> FigureRow:
    if not title or fold(title) in fold(figure.label):
        return figure
    return figure.model_copy(update={"label": f"{figure.label}, {title}" if figure.label else title})
