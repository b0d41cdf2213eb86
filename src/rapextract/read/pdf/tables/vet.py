"""Which grids are tables: many things are ruled that are none (charts, boxes, frames, underlines)."""

from __future__ import annotations

from .found import Area, FoundTable
from .grid import Grid

LEAST_CELLS = 4
HELD = 0.4  # of a grid's height must be rows that hold text
IN_CHART = 0.5  # of a table's area inside a chart makes it a part of the chart
DENSE = 0.8  # of the cells filled: a table may stand beside a chart


def is_plausible(table: FoundTable, grid: Grid, charts: tuple[list[Area], list[Area]]) -> bool:
    """Whether a ruled grid is a table: enough cells, text in most of its height, not a chart."""
    rows, columns, count = table.row_count, table.column_count, len(table.cells)
    if count < LEAST_CELLS and not (rows == columns == 2 and count == 3):
        return False
    if count < rows + columns - 2:
        return False
    share = count / (rows * columns)
    beside, above = charts
    for chart in beside + above:
        inside = table.area.overlap(chart) / max(table.area.width * table.area.height, 1.0)
        if inside >= IN_CHART and (chart in above or share < DENSE):
            return False
    return _held_height(grid) >= HELD


def _held_height(grid: Grid) -> float:
    """The share of the grid's height that rows with text make up."""
    held: set[int] = set()
    for (row, _, row_span, _), members in grid.members.items():
        if members:
            held.update(range(row, row + row_span))
    total = grid.ys[-1] - grid.ys[0]
    return sum(grid.ys[row + 1] - grid.ys[row] for row in held) / total if total > 0 else 0.0
