"""Names of columns that are set on their side, above a table whose columns only its text shows."""

from __future__ import annotations

from .columns import column_at
from .grid import Grid
from .phrases import middle
from .words import Words

NEAR = 2.0  # times the font size: how far above the first row names end
LONGEST = 16.0  # times the font size: how far names reach up
NAMED = 0.6  # of the columns of values have a name


def with_turned_names(grid: Grid, words: Words) -> Grid:
    """The grid below a row of turned names, if one stands over most columns of values and no other text does.

    What stands beside the names over the keys is their name.
    """
    top, size = grid.ys[0], middle(words.size[k] for held in grid.members.values() for k in held)
    above = words.inside(grid.xs[0], top - LONGEST * size, grid.xs[-1] + size, top + 1)
    turned = [k for k in above if not words.upright[k]]
    if not turned or max(words.bottom[k] for k in turned) < top - NEAR * size:
        return grid
    high = min(words.top[k] for k in turned) - 1
    beside = [k for k in above if words.upright[k] and words.top[k] > high]
    names: dict[int, list[int]] = {}
    for k in turned + beside:
        names.setdefault(column_at(words.centre[k], grid.xs[1:-1]), []).append(k)
    named = {column_at(words.centre[k], grid.xs[1:-1]) for k in turned}
    if len(named) < max(2, NAMED * (len(grid.xs) - 2)) or any(words.centre[k] > grid.xs[1] for k in beside):
        return grid
    out = Grid(grid.xs, [high, *grid.ys])
    out.members = {
        (row + 1, column, down, along): held for (row, column, down, along), held in grid.members.items()
    }
    out.members.update({(0, column, 1, 1): sorted(held) for column, held in names.items()})
    return out
