"""A grid under construction: boundaries, merged cells, and the words that fall into them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from .found import Area, FoundCell, FoundTable
from .words import Words, lines_of

Span = tuple[int, int, int, int]  # row, column, row span, column span


@dataclass(slots=True)
class Grid:
    """Boundaries from left to right and from top to bottom, and the cells between them.

    Cells that are not named in `spans` do not exist; `members` gives for each span the positions
    of its words in the page's `Words`.
    """

    xs: list[float]
    ys: list[float]
    members: dict[Span, list[int]] = field(default_factory=dict)

    @property
    def area(self) -> Area:
        """The box of the whole grid."""
        return Area(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def compact(grid: Grid) -> Grid:
    """The same grid without rows and columns in which no cell with words begins and ends alone.

    Double rulings and spacer columns leave such empty strips. A strip that only merged cells cross
    holds nothing of its own either.
    """
    filled = {span: words for span, words in grid.members.items() if words}
    rows = sorted({span[0] for span in filled})
    columns = sorted({span[1] for span in filled})
    members: dict[Span, list[int]] = {}
    for (row, column, row_span, column_span), words in filled.items():
        r, c = bisect_left(rows, row), bisect_left(columns, column)
        end_row, end_column = bisect_left(rows, row + row_span), bisect_left(columns, column + column_span)
        members[r, c, end_row - r, end_column - c] = words
    ys = [grid.ys[row] for row in rows] + [grid.ys[-1]]
    xs = [grid.xs[column] for column in columns] + [grid.xs[-1]]
    return Grid(xs, ys, members)


def _cell(words: Words, span: Span, members: list[int], page: int) -> FoundCell:
    """A finished cell: its words in lines, without the dots that lead the eye across a row."""
    order = members
    if len(members) > 1:
        order = [k for line in lines_of(words, [k for k in members if words.upright[k]]) for k in line]
        # In content order: turned lines read in no usual direction.
        order += [k for k in members if not words.upright[k]]
        order = [k for k in order if not words.leader[k]]
    box = Area(
        min([words.x0[k] for k in members]),
        min([words.top[k] for k in members]),
        max([words.x1[k] for k in members]),
        max([words.bottom[k] for k in members]),
    )
    characters = [index for k in order for index in words.chars[k].tolist()]
    text = " ".join([words.text[k] for k in order])
    return FoundCell(*span, box, tuple(characters), text, page, all(words.bold[k] for k in members))


def finished(
    grid: Grid, words: Words, page: int, detector: str, confidence: float, part: bool = False
) -> FoundTable | None:
    """A `FoundTable` from a grid, or None where fewer than two rows or two columns hold text.

    `part` of a table that goes on elsewhere may be one row, and keeps columns that it holds no text in.
    """
    grid = grid if part else compact(grid)
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    if rows < (1 if part else 2) or columns < 2:
        return None
    cells = [_cell(words, span, members, page) for span, members in sorted(grid.members.items())]
    cells = [cell for cell in cells if cell.text]
    if not cells:
        return None
    area = Area(
        min(cell.box.x0 for cell in cells),
        min(cell.box.top for cell in cells),
        max(cell.box.x1 for cell in cells),
        max(cell.box.bottom for cell in cells),
    )
    return FoundTable(
        area, rows, columns, tuple(cells), tuple(grid.xs), detector, confidence, page, areas=((page, area),)
    )
