"""What each figure means: its indicator and its theme, from the catalogue of the grammar.

An indicator is given only when sure. The names that a figure goes by are looked for in its role, row,
column, label, caption and headings; the most telling place wins, then the longest name; where two
indicators are as near, the figure gets none. What only the catalogue can find in tables and sentences is
found by `rapextract.extract.found`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..model import FigureRow
from .context import Context
from .naming import Catalogue, Subject, catalogue_of, within

OUT_OF_RANGE = "out-of-range"
"""Flag of figures whose value lies outside the range of their indicator; they never stand for it."""


def subject_of(figure: FigureRow) -> Subject:
    """What says what a figure is."""
    dimensions = json.loads(figure.dimensions)
    rows, columns = dimensions.get("row", []), dimensions.get("column", [])
    return Subject(
        role=" ".join(filter(None, (dimensions.get("role", ""), dimensions.get("group", "")))),
        row=" › ".join(rows if isinstance(rows, list) else [rows]),
        column=" › ".join(columns if isinstance(columns, list) else [columns]),
        label=figure.label,
        caption=dimensions.get("table", ""),
        section=figure.section,
        sentence=figure.quote,
        unit=figure.unit,
        kind=figure.kind,
        figure_role=figure.role,
        value=figure.value,
    )


def name_figures(context: Context, figures: Sequence[FigureRow]) -> list[FigureRow]:
    """`figures` with the indicator and the theme that their names and surroundings give them."""
    catalogue = catalogue_of(context.grammar)
    families = catalogue.families_of(context.folded)
    return [_named(catalogue, families, figure) for figure in figures]


def _named(catalogue: Catalogue, families: frozenset[str], figure: FigureRow) -> FigureRow:
    subject = subject_of(figure)
    update: dict[str, object] = {}
    if not figure.indicator and (choice := catalogue.of_figure(subject, families)):
        update = {"indicator": choice.entry.id, "indicator_rule": choice.rule}
    entry = catalogue.indicators.get(str(update.get("indicator", figure.indicator)))
    if entry is not None and not within(figure.value, entry.range):
        update["flags"] = ";".join(filter(None, (figure.flags, OUT_OF_RANGE)))
    if not figure.theme and (theme := entry.theme if entry and entry.theme else catalogue.theme_of(subject)):
        update["theme"] = theme
    return figure.model_copy(update=update) if update else figure
