"""Staff panels to rows: `headcounts.csv`, and their figures of `figures.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any

from ..grammar.compiled import regexp
from ..model import Box, FigureKind, FigureRow, HeadcountRow, Role, Span
from .context import Context
from .panels import Panel, PanelReader, PlacedWord, StaffCount, placed_words
from .place_of import Place
from .staff_tables import StaffCell, staff_tables

RULE = "panels"
"""What `FigureRow.rule` says of a figure read from a staff panel."""
_LINE = regexp(r"[^\s|][^\n]*")


def extract_headcounts(context: Context) -> list[tuple[FigureRow, HeadcountRow, Span]]:
    """The staff panels and staff tables of a document: each count as a figure, as a flat row, and its span.

    The span is what other extractors leave alone: the whole panel, or the cell of a table.
    """
    reader = PanelReader(context.grammar)
    walls = [start - context.stretch.base for start in context.whole.heading_starts]
    placed = cache(partial(_page_words, context))
    panels = list(reader.panels(context.document.text, context.default_year, walls, placed))
    cells = list(staff_tables(context, reader))
    rows = _of_tables(context, reader, [cell for cell in cells if not _in_panel(cell, cells, panels)])
    tables = [span for _, _, span in rows]
    for panel in panels:
        if any(table.start < panel.end and panel.counts[0].number.start < table.end for table in tables):
            continue
        above = context.line_above(panel.start)
        named = (above,) if context.names_only_a_place(above) else ()  # a place's name right above it
        place = context.place_of_words(named, panel.start)
        for count in panel.counts:
            try:
                figure = _figure(context, reader, panel, count, place)
            except Exception as error:  # whatever a line does to the rules, the others are read
                context.lost(count.number.start, error)
                continue
            span = (count.number.start, count.end) if panel.placed else (panel.start, panel.end)
            rows.append((figure, _headcount(figure, panel, count), Span(start=span[0], end=span[1])))
    return rows


def _page_words(context: Context, start: int, end: int) -> list[PlacedWord]:
    """The words of the page that ``start:end`` stands on; none where the report has no pages."""
    base = context.stretch.base

    def boxes(start: int, end: int) -> list[Box]:
        return context.whole.boxes(base + start, base + end)

    number = next((box.page for box in boxes(start, end)), None)
    text, words = context.document.text, []
    for page in context.document.pages:
        low, high = max(0, page.start), min(page.end, len(text))
        if page.number == number:
            words += placed_words(text, low, high, number, boxes)
        elif number is not None and abs(page.number - number) == 1:
            # What stands beside the text, or goes on over pages, may be read with the page before or after.
            for line in _LINE.finditer(text, low, high):
                if any(box.page == number for box in boxes(line.start(), line.start() + 1)):
                    words += placed_words(text, *line.span(), number, boxes)
    return words


def _figure(
    context: Context, reader: PanelReader, panel: Panel, count: StaffCount, place: Place | None
) -> FigureRow:
    number = count.number
    return context.figure(
        number.start,
        number.end,
        number.value,
        FigureKind.HEADCOUNT,
        label=label(panel, count, reader),
        unit="ETP" if count.full_time else count.role,
        period=panel.date or None,
        place=place,
        role=Role.OBSERVED,  # a panel tells the staff, it compares with nothing
        dimensions=dimensions(panel, count),
        quote=_line(context.document.text, number.start, count.end),
        rule=RULE,
        confidence=1.0 if count.known else 0.7,
    )


def _in_panel(cell: StaffCell, cells: Sequence[StaffCell], panels: Iterable[Panel]) -> bool:
    """Whether a panel has the count of a cell, and more than the tables in it have."""
    at = cell.panel.counts[0].number.start
    for panel in panels:
        own = {count.number.start for count in panel.counts}
        if at in own:
            inside = {
                c.panel.counts[0].number.start for c in cells if panel.start <= c.cell.start < panel.end
            }
            return panel.placed or inside < own
    return False


def _of_tables(
    context: Context, reader: PanelReader, cells: Iterable[StaffCell]
) -> list[tuple[FigureRow, HeadcountRow, Span]]:
    """The counts of staff tables, tables under a panel's title whose rows are roles."""
    rows = []
    for found in cells:
        panel, count = found.panel, found.panel.counts[0]
        place = context.place_of_section(panel.start)
        try:
            figure = _figure(context, reader, panel, count, place)
        except Exception as error:  # whatever a cell does to the rules, the others are read
            context.lost(count.number.start, error)
            continue
        rows.append((figure, _headcount(figure, panel, count), found.cell))
    return rows


def dimensions(panel: Panel, count: StaffCount) -> dict[str, Any]:
    """What tells a headcount apart: role, group, contract, and the line it is a part of."""
    said = {
        "group": count.group,
        "role": count.role,
        "part_of": count.part_of,
        "contract": panel.contract,
        "measure": "ETP" if count.full_time else "",
    }
    return {name: value for name, value in said.items() if value}


def label(panel: Panel, count: StaffCount, reader: PanelReader) -> str:
    """The noun phrase of a headcount: « CAM en CDI parmi les agents du personnel administratif »."""
    contract = f" en {panel.contract}" if panel.contract else ""
    complement = reader.words.complement(count.group)
    full_time = "équivalents temps plein, " if count.full_time else ""
    if count.whole:
        return f"{full_time}{count.plural}{contract} parmi les {count.whole}{complement}"
    return f"{full_time}{count.plural}{complement}{contract}"


def _headcount(figure: FigureRow, panel: Panel, count: StaffCount) -> HeadcountRow:
    return HeadcountRow(
        figure_id=figure.figure_id,
        report_id=figure.report_id,
        source=figure.source,
        entity=figure.entity,
        territory=figure.territory,
        date=figure.period,
        contract=panel.contract,
        group=count.group,
        role=count.role,
        part_of=count.part_of,
        count=figure.value,
        value_text=figure.value_text,
        page=figure.page,
        char_start=figure.char_start,
        char_end=figure.char_end,
        quote=figure.quote,
    )


def _line(text: str, start: int, end: int) -> Span:
    """The line or lines around a count, without white space at their ends."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = last if last >= 0 else len(text)
    words = text[first:last]
    return Span(start=first + len(words) - len(words.lstrip()), end=last - (len(words) - len(words.rstrip())))
