"""What each figure means: its indicator and its theme, from the catalogue of the grammar.

An indicator is given only when sure. The names that a figure goes by are looked for in its role, row,
column, label, caption and headings; the most telling place wins, then the longest name; where two
indicators are as near, the figure gets none. Values that only the catalogue can find, on the lines of
tables and in sentences (`rapextract.extract.indicators.found`), become figures here.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...grammar.schema_indicators import IndicatorEntry
from ...model import FigureKind, FigureRow
from ..context import Context
from ..stated import WORD
from .catalogue import Catalogue, catalogue_of
from .found import FamilyReader, Found
from .found_table import found_in_tables
from .naming import Subject, within

OUT_OF_RANGE = "out-of-range"
"""Flag of figures whose value lies outside the range of their indicator; they never stand for it."""
FOUND = "indicators"
"""What `FigureRow.rule` says of a figure that only the catalogue could find."""


def subject_of(figure: FigureRow) -> Subject:
    """What says what a figure is."""
    dimensions = json.loads(figure.dimensions)
    return Subject(
        role=" ".join(filter(None, (dimensions.get("role", ""), dimensions.get("group", "")))),
        row=_joined(dimensions.get("row", "")),
        column=_joined(dimensions.get("column", "")),
        label=figure.label,
        caption=dimensions.get("table", ""),
        section=figure.section,
        sentence=figure.quote,
        unit=figure.unit,
        kind=figure.kind,
        figure_role=figure.role,
        bound=figure.bound,
        part="part_of" in dimensions,
        value=figure.value,
    )


def name_figures(
    context: Context, figures: Iterable[FigureRow], families: frozenset[str]
) -> Iterator[FigureRow]:
    """`figures` with indicators and themes, then those that only the catalogue can find.

    `families` are the families that the report is of.
    """
    catalogue = catalogue_of(context.grammar)
    found: list[Found] = []
    for family in catalogue.families.values():
        if family.id in families:
            reader = FamilyReader(context, catalogue, family)
            found += [*reader.in_sentences(), *found_in_tables(reader)]
    for figure in _with_found(context, catalogue, figures, _settled(found)):
        yield _named(catalogue, families, figure)


def _joined(headers: str | list[str]) -> str:
    return headers if isinstance(headers, str) else " › ".join(headers)


# Names --------------------------------------------------------------------------------------------
def _named(catalogue: Catalogue, families: frozenset[str], figure: FigureRow) -> FigureRow:
    subject = subject_of(figure)
    update: dict[str, object] = {}
    if not figure.indicator and (choice := catalogue.of_figure(subject, families)):
        update = {"indicator": choice.entry.id, "indicator_rule": choice.rule}
    entry = catalogue.indicators.get(str(update.get("indicator", figure.indicator)))
    if entry is not None and not within(figure.value, entry.range):
        update["flags"] = _flagged(figure.flags, OUT_OF_RANGE)
    if not figure.theme and (theme := entry.theme if entry and entry.theme else catalogue.theme_of(subject)):
        update["theme"] = theme
    return figure.model_copy(update=update) if update else figure


def _flagged(flags: str, flag: str) -> str:
    return ";".join(filter(None, (flags, flag)))


# What the catalogue found -------------------------------------------------------------------------
def _settled(found: Iterable[Found]) -> dict[tuple[int, int], Found]:
    """One indicator a place: the most trusted way to it; none where two are as good."""
    best: dict[tuple[int, int], list[Found]] = {}
    for item in found:
        at = best.setdefault((item.reading.start, item.reading.end), [])
        if at and item.way.rank < at[0].way.rank:
            at.clear()
        if not at or item.way.rank == at[0].way.rank:
            at.append(item)
    return {span: items[0] for span, items in best.items() if len({item.way.entry.id for item in items}) == 1}


def _with_found(
    context: Context,
    catalogue: Catalogue,
    figures: Iterable[FigureRow],
    found: Mapping[tuple[int, int], Found],
) -> Iterator[FigureRow]:
    """`figures` with what was found: told apart by their span, made where there was none."""
    base, spans = context.stretch.base, sorted(found)
    longest = max((end - start for start, end in spans), default=0)
    touched: set[tuple[int, int]] = set()
    for figure in figures:
        start, end = figure.char_start - base, figure.char_end - base
        yield _told(context, figure, found[start, end]) if (start, end) in found else figure
        at = bisect_right(spans, (start - longest, 0))
        while at < len(spans) and spans[at][0] < end:
            if spans[at][1] > start:
                touched.add(spans[at])
            at += 1
    for span, item in found.items():
        if span not in touched:
            yield _made(context, catalogue, item)


def _told(context: Context, figure: FigureRow, item: Found) -> FigureRow:
    """A figure that was there already, now that the catalogue says what it is."""
    place, entry = context.own_place, item.way.entry
    return figure.model_copy(
        update={
            "indicator": entry.id,
            "indicator_rule": item.way.rule,
            "unit": _unit(entry, figure.unit) or figure.unit,
            "role": item.role or context.role_in(item.period),
            "period": item.period,
            "entity": place.entity,
            "territory": place.territory,
            "region_code": place.region_code,
            "department_code": place.department_code,
        }
    )


def _unit(entry: IndicatorEntry, printed: str) -> str:
    """The indicator's own unit; the `printed` one where only a zero may have it (« 0,00 € »)."""
    return printed if printed in entry.zero_units else next(iter(entry.units), "")


def _made(context: Context, catalogue: Catalogue, item: Found) -> FigureRow:
    """A figure for a number or a word that only the catalogue takes for one."""
    entry, reading = item.way.entry, item.reading
    columns: dict[str, Any] = {"kind": FigureKind.PROSE, "dimensions": {}}
    if item.table is not None and item.cell is not None:
        table = context.document.tables[item.table]
        tree = context.header_tree(item.table)
        paths = tree.paths(item.cell)
        said = {"row": list(paths.row), "column": list(paths.column), "table": tree.caption()}
        columns = {
            "kind": FigureKind.TABLE,
            "dimensions": {name: value for name, value in said.items() if value},
            "table_id": context.table_id(table),
            "row": item.cell.row,
            "column": item.cell.column,
            "confidence": round(min(1.0, table.confidence), 3),
        }
    return context.figure(
        reading.start,
        reading.end,
        reading.value,
        columns.pop("kind"),
        quote=item.quote,
        period=item.period,
        place=context.own_place,
        words=catalogue.values_of(entry) if reading.word else None,
        label=entry.name_fr,
        unit=_unit(entry, reading.unit),
        role=item.role,
        rule=FOUND,
        indicator=entry.id,
        indicator_rule=item.way.rule,
        flags=WORD if reading.word else "",
        **columns,
    )
