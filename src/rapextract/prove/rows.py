"""The rows of a dataset among themselves: keys, links, order, counts, and what two files say of one thing.

Nothing here looks at a hash, so that it also finds what was edited and then hashed anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from rapextract.dataset.csvs import plain_number
from rapextract.model import (
    ROWS,
    AcronymRow,
    DecisionRow,
    FigureRow,
    HeadcountRow,
    IndicatorRow,
    ProblemRow,
    ReportRow,
    Row,
    SectionRow,
    TableCellRow,
    TableRow,
)
from rapextract.model.problems import (
    KEY_REPEATED,
    LINK_BROKEN,
    ROW_MOVED,
    ROWS_DISAGREE,
    ROWS_MISCOUNTED,
)

from .files import Rows
from .tally import At, Tally

REJECTED = "rejected"
_COUNTED: tuple[type[Row], ...] = (FigureRow, HeadcountRow, TableRow, AcronymRow)
_OF_A_REPORT: dict[type[Row], Callable[[Any], tuple[Any, ...]]] = {
    ProblemRow: lambda row: (row.number,),
    SectionRow: lambda row: (row.section,),
    FigureRow: lambda row: (row.char_start, row.char_end, row.figure_id),
    HeadcountRow: lambda row: (row.char_start, row.char_end, row.figure_id),
    TableRow: lambda row: (row.number, row.table_id),
    AcronymRow: lambda row: (row.acronym_start, row.expansion_start),
}
"""What orders the rows of one report."""
_SAME_AS_FIGURE: dict[type[Row], dict[str, str]] = {
    HeadcountRow: {
        "count": "value", "value_text": "value_text", "report_id": "report_id", "source": "source",
        "entity": "entity", "territory": "territory", "date": "period", "page": "page",
        "char_start": "char_start", "char_end": "char_end", "quote": "quote",
    },
    TableCellRow: {
        "table_id": "table_id", "source": "source", "row": "row", "column": "column",
        "value": "value", "unit": "unit",
    },
    IndicatorRow: {
        "indicator": "indicator", "source": "source", "report_id": "report_id", "territory": "territory",
    },
}  # fmt: skip
"""Column → column of `figures.csv` that says the same."""


def check_rows(rows: Rows, tally: Tally) -> None:
    """Everything that this file asks."""
    _check_keys(rows, tally)
    _check_links(rows, tally)
    _check_order(rows, tally)
    _check_counts(rows, tally)
    _check_agreement(rows, tally)


def _check_keys(rows: Rows, tally: Tally) -> None:
    for own in rows.values():
        keys = Counter(_key(row) for row in own)
        for row in own:
            tally.check("keys", keys[_key(row)] == 1, KEY_REPEATED, _place(row), key=_key(row))


def _check_links(rows: Rows, tally: Tally) -> None:
    files = {row_type.FILE: row_type for row_type in ROWS}
    for row_type, own in rows.items():
        for column, target in row_type.LINKS.items():
            file, name = target.split(".")
            known = {getattr(row, name) for row in rows[files[file]]}
            for row in own:
                value = getattr(row, column)
                if value not in ("", None):
                    tally.check(
                        "links", value in known, LINK_BROKEN, _place(row),
                        column=column, value=value, target=target,
                    )  # fmt: skip


def _check_order(rows: Rows, tally: Tally) -> None:
    """Reports stand in the order of their sources, their rows in the order of their places."""
    reports = {row.source: index for index, row in enumerate(rows[ReportRow])}
    tables = {row.table_id: row.number for row in rows[TableRow]}

    def place(row: Any) -> tuple[Any, ...]:
        match row:
            case ReportRow():
                return (row.source,)
            case DecisionRow():
                return row.when, row.decision_id
            case IndicatorRow():
                return row.indicator, row.source, row.report_id, row.territory, row.period
            case TableCellRow():
                return (
                    reports.get(row.source, -1), tables.get(row.table_id, -1),
                    row.table_id, row.row, row.column,
                )  # fmt: skip
        return reports.get(row.source, -1), *_OF_A_REPORT[type(row)](row)

    ordered: list[type[Row]] = [ReportRow, IndicatorRow, TableCellRow, DecisionRow, *_OF_A_REPORT]
    for row_type in ordered:
        last: tuple[Any, ...] = ()
        for number, row in enumerate(rows[row_type], start=1):
            here = place(row)
            tally.check("order", last <= here, ROW_MOVED, _place(row), row=number, key=_key(row))
            last = here


def _check_counts(rows: Rows, tally: Tally) -> None:
    """Each report has as many rows as `reports.csv` says."""
    for row_type in _COUNTED:
        found = Counter(row.source for row in rows[row_type])
        for report in rows[ReportRow]:
            count, expected = found[report.source], getattr(report, row_type.FILE)
            tally.check(
                "counts", count == expected, ROWS_MISCOUNTED,
                At(f"{row_type.FILE}.csv", report.source), found=count, expected=expected,
            )  # fmt: skip


def _check_agreement(rows: Rows, tally: Tally) -> None:
    """Headcounts, cells and indicators say what their figures say; nothing stands on a rejected figure."""
    figures = {figure.figure_id: figure for figure in rows[FigureRow]}
    for row_type, pairs in _SAME_AS_FIGURE.items():
        for row in rows[row_type]:
            figure = figures.get(row.figure_id)
            if figure is None:
                continue  # no figure, or a broken link, told already
            if isinstance(row, IndicatorRow):
                parts = [figures[part].value for part in row.parts.split() if part in figures]
                total = sum(parts, Decimal(0)) if row.parts else figure.value
                tally.check(
                    "indicators as figures", row.value == total, ROWS_DISAGREE, _place(row),
                    column="value", found=_shown(row.value), expected=_shown(total),
                )  # fmt: skip
            rejected = figure.review == REJECTED
            for column, of_figure in pairs.items():
                found, expected = getattr(row, column), getattr(figure, of_figure)
                if rejected and row_type is TableCellRow and column in ("value", "unit"):
                    expected = None if column == "value" else ""
                tally.check(
                    f"{row_type.FILE} as figures", found == expected, ROWS_DISAGREE, _place(row),
                    column=column, found=_shown(found), expected=_shown(expected),
                )  # fmt: skip
            if rejected and row_type is not TableCellRow:
                tally.check(
                    f"{row_type.FILE} as figures", False, ROWS_DISAGREE, _place(row),
                    column="figure", found=row.figure_id, expected=REJECTED,
                )  # fmt: skip


def _place(row: Row) -> At:
    return At(f"{row.FILE}.csv", getattr(row, "source", ""), getattr(row, "figure_id", ""))


def _key(row: Row) -> str:
    return " ".join(str(getattr(row, name)) for name in row.KEY)


def _shown(value: object) -> str:
    return plain_number(value) if isinstance(value, Decimal | float) else str(value)
