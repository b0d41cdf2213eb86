"""Columns that compare two others: « Évolution 2020-2021 » beside « 2020 » and « 2021 »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .finding import Finding, plain
from .grids import Grid, Line, Number
from .printed import Interval
from .words import Words

KIND = "change"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PAIR = 2


def table_changes(grid: Grid, words: Words) -> Iterator[Finding]:
    """Every cell of a column of changes that can be decided from the two years beside it."""
    for column in grid.columns:
        if not words.says("change-header", column.name):
            continue
        pair = _years_compared(grid, column)
        if pair is None:
            continue
        earlier, later = pair
        rows = [at for at in column.numbers if at in earlier.numbers and at in later.numbers]
        verdicts = {at: _reading(earlier.numbers[at], later.numbers[at], column.numbers[at]) for at in rows}
        proven = any(verdicts.values())
        for at in rows:
            if verdicts[at] or proven or column.numbers[at].percent:
                yield _finding(grid, earlier, later, column, at, verdicts[at])


def _years_compared(grid: Grid, column: Line) -> tuple[Line, Line] | None:
    """The columns of the two years that `column` compares: those it names, or the last two."""
    parent = column.path[:-1]
    years: dict[int, Line] = {}
    for line in grid.columns:
        found = _YEAR.findall(line.name)
        if len(found) != 1 or line is column:
            continue
        year = int(found[0])
        if year in years and line.path[:-1] != parent:
            continue
        if year in years and years[year].path[:-1] == parent:
            return None  # the year stands over several columns
        years[year] = line
    named = sorted({int(year) for year in _YEAR.findall(column.name)})
    if len(named) == _PAIR and all(year in years for year in named):
        return years[named[0]], years[named[1]]
    if named or len(years) < _PAIR:
        return None
    latest = sorted(years)[-_PAIR:]
    return (years[latest[0]], years[latest[1]]) if latest[1] - latest[0] == 1 else None


def _reading(earlier: Number, later: Number, change: Number) -> str:
    """How the change is meant, where it fits: `%` of the earlier value, or a `difference`."""
    if earlier.value == later.value and not change.value:
        return "difference"
    difference = later.printed.interval.minus(earlier.printed.interval)
    if (not change.percent or earlier.percent) and change.printed.agrees(difference):
        return "difference"
    relative = _relative(earlier, later)
    return "%" if relative is not None and change.printed.agrees(relative) else ""


def _relative(earlier: Number, later: Number) -> Interval | None:
    ratio = later.printed.interval.over(earlier.printed.interval)
    if ratio is None or earlier.value <= 0:
        return None
    return ratio.minus(Interval(Decimal(1), Decimal(1))).times(100)


def _finding(grid: Grid, earlier: Line, later: Line, column: Line, at: int, reading: str) -> Finding:
    old, new, change = earlier.numbers[at], later.numbers[at], column.numbers[at]
    if reading == "difference" or not change.percent or not old.value:
        expected = plain(new.value - old.value, change.printed.decimals)
    else:
        decimals = change.printed.decimals + (not reading)
        expected = plain((new.value / old.value - 1) * 100, decimals) + " %"
    row = next((line.label for line in grid.rows if line.at == at), "")
    message = (
        f"In the row « {row} » of the table « {grid.title} », from « {old.said} » ({earlier.name}) to "
        f"« {new.said} » ({later.name}) makes a change of {expected}, {'as' if reading else 'but'} "
        f"« {column.name} » says « {change.said} »."
    )
    figures = tuple(n.cell.figure_id for n in (old, new, change) if n.cell.figure_id)
    key = f"{grid.table.table_id} {column.at} {at}"
    return Finding(KIND, bool(reading), grid.table.report_id, message, figures, expected, change.said, key)
