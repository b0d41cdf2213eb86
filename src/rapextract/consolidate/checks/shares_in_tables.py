"""Columns of shares in tables with a total: each share against its count and the count's total.

Which column a share is of is not always said, so a column of percentages is only taken for shares of a column
of counts when most of its rows, and two at least, fit; the rows that don't are broken then.
"""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding, plain
from .grids import Grid, Line
from .words import Words

KIND = "share"
_ENOUGH = 2


def table_shares(grid: Grid, words: Words) -> Iterator[Finding]:
    """Every cell of a column of shares that can be decided."""
    totals = [row for row in grid.rows if words.whole("bare-total", row.name)]
    if len(totals) != 1:
        return
    counts = [column for column in grid.columns if not any(n.percent for n in column.numbers.values())]
    for shares in grid.columns:
        if all(number.percent for number in shares.numbers.values()):
            yield from _shares_of_one(grid, totals[0], counts, shares)


def _shares_of_one(grid: Grid, total: Line, counts: list[Line], shares: Line) -> Iterator[Finding]:
    """The findings for the column of counts that most shares fit."""
    for column in counts:
        whole = column.numbers.get(total.at)
        rows = [at for at in shares.numbers if at in column.numbers and at != total.at]
        if whole is None or not whole.value:
            continue
        fits: dict[int, bool] = {}
        for at in rows:
            ratio = column.numbers[at].printed.interval.over(whole.printed.interval)
            if ratio is not None:
                fits[at] = shares.numbers[at].printed.agrees(ratio.times(100))
        fitting = sum(fits.values())
        if fitting >= _ENOUGH and fitting * 2 > len(fits):
            for at, holds in fits.items():
                yield _finding(grid, total, column, shares, at, holds)
            return


def _finding(grid: Grid, total: Line, column: Line, shares: Line, at: int, holds: bool) -> Finding:
    part, whole, share = column.numbers[at], column.numbers[total.at], shares.numbers[at]
    expected = plain(part.value / whole.value * 100, share.printed.decimals + (not holds)) + " %"
    row = next((line.label for line in grid.rows if line.at == at), "")
    verdict = "as" if holds else "but"
    message = (
        f"In the row « {row} » of the table « {grid.title} », « {part.said} » of « {whole.said} » "
        f"({total.name}) makes {expected}, {verdict} « {shares.name} » says « {share.said} »."
    )
    figures = tuple(n.cell.figure_id for n in (part, whole, share) if n.cell.figure_id)
    key = f"{grid.table.table_id} {shares.at} {at}"
    return Finding(KIND, holds, grid.table.report_id, message, figures, expected, share.said, key)
