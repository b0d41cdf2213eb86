"""A grid under construction: boundaries, merged cells, and the words that fall into them."""

from __future__ import annotations

from dataclasses import dataclass, field

from .found import Area, FoundCell, FoundTable
from .words import Words, grouped_lines, is_leader

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
    row_at = {row: k for k, row in enumerate(rows)}
    column_at = {column: k for k, column in enumerate(columns)}
    members: dict[Span, list[int]] = {}
    for (row, column, row_span, column_span), words in filled.items():
        r, c = row_at[row], column_at[column]
        last_row = max(k for k, value in enumerate(rows) if value < row + row_span)
        last_column = max(k for k, value in enumerate(columns) if value < column + column_span)
        members[r, c, last_row - r + 1, last_column - c + 1] = words
    ys = [grid.ys[row] for row in rows] + [grid.ys[-1]]
    xs = [grid.xs[column] for column in columns] + [grid.xs[-1]]
    return Grid(xs, ys, members)


class _Lists:
    """The words' arrays as lists, for cells of few words."""

    def __init__(self, words: Words):
        self.text = words.text
        self.x0: list[float] = words.x0.tolist()
        self.x1: list[float] = words.x1.tolist()
        self.top: list[float] = words.top.tolist()
        self.bottom: list[float] = words.bottom.tolist()
        self.level: list[float] = words.level.tolist()
        self.height: list[float] = (words.bottom - words.top).tolist()
        self.bold: list[bool] = words.bold.tolist()
        self.upright: list[bool] = words.upright.tolist()
        self.first: list[int] = words.first.tolist()
        self.last: list[int] = words.last.tolist()
        self.glyphs: list[int] = words.glyphs.tolist()

    def cell(self, span: Span, members: list[int], page: int) -> FoundCell:
        """A finished cell: its words in lines, without the dots that lead the eye across a row."""
        upright = [k for k in members if self.upright[k]]
        order = grouped_lines(upright, self.level, self.height, self.x0) if len(upright) > 1 else [upright]
        turned = [k for k in members if not self.upright[k]]
        if turned:
            order.append(turned)  # in content order: turned lines read in no usual direction
        lines: list[tuple[tuple[int, ...], ...]] = []
        texts: list[str] = []
        for line in order:
            kept = [k for k in line if len(members) == 1 or not is_leader(self.text[k])]
            if kept:
                lines.append(tuple([tuple(self.glyphs[self.first[k] : self.last[k]]) for k in kept]))
                texts.extend([self.text[k] for k in kept])
        box = Area(
            min([self.x0[k] for k in members]),
            min([self.top[k] for k in members]),
            max([self.x1[k] for k in members]),
            max([self.bottom[k] for k in members]),
        )
        bold = all(self.bold[k] for k in members)
        return FoundCell(*span, box, tuple(lines), " ".join(texts), page, bold)


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
    lists = _Lists(words)
    cells = [lists.cell(span, members, page) for span, members in sorted(grid.members.items())]
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
