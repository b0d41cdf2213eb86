"""Which grids are tables: many things are ruled that are none (charts, boxes, frames, underlines)."""

from __future__ import annotations

from itertools import pairwise
from math import inf

from .found import Area, FoundTable
from .grid import Grid
from .headers import is_date
from .phrases import Line, level_of, size_of
from .titles import lined_up
from .words import is_figure

LEAST_CELLS = 4
HELD = 0.4  # of a grid's height must be rows that hold text
IN_CHART = 0.5  # of a table's area inside a chart makes it a part of the chart
BESIDE = 12.0  # times the font size
KEY_INDENT = 2.0  # times the font size: how far from the left edge of its grid a key begins at most
KEY_WORDS = 5  # of a row, at most, that stands beside the backgrounds of its values
TO_WRITE = 3.0  # times the white above a label: the white below it in a field of a form
LABELLED = 0.8  # of a form's rows are such fields
LEAST_TEXTS = 3  # of a row that goes on a table without figures
SAME_PLACE = 0.4  # of the font size: how far they are off the edges or middles of those above
NEXT_ROW = 1.7  # times the font size: how far one row is below another
HEAD_ABOVE = 2.2  # … and the first row below a header
LEAST_LINES = 4  # of running text beside a table's columns
LINE_WORDS = 7  # of such a line, on an average
SAME_END = 2.0  # points: lines no more apart end at one edge
HYPHENS = ("-", "\u2010")
DENSE = 0.8  # of the cells filled: a table may stand beside a chart


def is_plausible(table: FoundTable, grid: Grid, charts: tuple[list[Area], list[Area]]) -> bool:
    """Whether a ruled grid is a table: enough cells, text in most of its height, not a chart."""
    rows, columns, count = table.row_count, table.column_count, len(table.cells)
    covered = sum(cell.row_span * cell.column_span for cell in table.cells)
    if count < LEAST_CELLS and covered < rows * columns:
        return False
    if count < rows + columns - 2:
        return False
    share = count / (rows * columns)
    beside, above = charts
    for chart in beside + above:
        inside = table.area.overlap(chart) / max(table.area.width * table.area.height, 1.0)
        if inside >= IN_CHART and (chart in above or share < DENSE):
            return False
    return _held_height(grid) >= HELD and not _is_form(table, grid)


def _is_form(table: FoundTable, grid: Grid) -> bool:
    """Whether nearly all rows are labels at the top of fields, with white below to write in."""
    empty = total = 0
    for row in range(len(grid.ys) - 1):
        top, bottom = grid.ys[row], grid.ys[row + 1]
        held = [cell for cell in table.cells if top - 1 <= cell.box.top and cell.box.bottom <= bottom + 1]
        if not held:
            continue
        total += 1
        height = max(cell.box.height for cell in held)
        below = bottom - max(cell.box.bottom for cell in held)
        above = min(cell.box.top for cell in held) - top
        figures = any(is_figure(cell.text) for cell in held)
        empty += not figures and below > height and below > TO_WRITE * max(above, 1.0)
    return empty >= LABELLED * max(1, total)


def stands_alone(area: Area, lines: list[Line]) -> bool:
    """Whether nothing goes on beside, right below or above a grid of backgrounds, then a part of a table.

    Often only the header, or only the key column, is shaded; or all but these; or every other row.
    """
    if has_keys_beside(area, lines):
        return False
    rows = [line for line in lines if area.top < level_of(line) < area.bottom]
    if all(sum(p.x1 > area.x0 and p.x0 < area.x1 for p in line) < 2 for line in rows):
        return False  # no white parts the cells of any row
    over = next((line for line in reversed(lines) if level_of(line) < area.top), [])
    step = level_of(rows[0]) - level_of(over) if rows and over else inf
    if step < NEXT_ROW * size_of(over or rows[0]) and _ends_alike(over, rows[0]):
        return False
    if step < HEAD_ABOVE * size_of(over or rows[0]) and _names_all(over, rows[0]):
        return False
    bottom = area.bottom
    inside = ([p for p in line if p.x1 > area.x0 and p.x0 < area.x1] for line in reversed(rows))
    own = next((line for line in inside if line), [])  # of the last row; others stand in other page columns
    for line in lines:
        level, size = level_of(line), size_of(line)
        if area.top < level < area.bottom:
            for phrase in line:
                gap = max(area.x0 - phrase.x1, phrase.x0 - area.x1)
                if phrase.number and 0 < gap < BESIDE * size:
                    return False
        elif 0 < level - bottom < 2.2 * size:
            below = [phrase for phrase in line if phrase.x1 > area.x0 and phrase.x0 < area.x1]
            if len(below) > 1 and (any(phrase.number for phrase in below) or _is_another_row(below, own)):
                return False
            if len(below) == 1 and below[0].x0 - area.x0 < KEY_INDENT * size and bottom == area.bottom:
                bottom = level  # the name of a group of rows may come first
    return True


def has_keys_beside(area: Area, lines: list[Line]) -> bool:
    """Whether a key stands left of a grid on each of its lines, three or more, all at one edge."""
    rows = [line for line in lines if area.top < level_of(line) < area.bottom]
    keys = [p for line in rows for p in line if 0 < area.x0 - p.x1 < BESIDE * p.size and p.x0 < area.x0]
    short = len(rows) > 2 and len(keys) == len(rows) and all(len(p.words) <= KEY_WORDS for p in keys)
    return short and all(min(abs(p.x0 - keys[0].x0), abs(p.x1 - keys[0].x1)) < 0.5 * p.size for p in keys)


def _ends_alike(line: Line, row: Line) -> bool:
    """Whether a line with a key holds a figure, no date, that ends where one of the row below it does."""
    ends = [phrase.x1 for phrase in row[1:] if phrase.number]
    return any(
        phrase.number and not is_date(phrase.text) and abs(phrase.x1 - end) < SAME_PLACE * phrase.size
        for phrase in line[1:]
        for end in ends
    )


def _names_all(line: Line, row: Line) -> bool:
    """Whether a line of texts has one over each of a row's, three or more: a header."""
    return len(line) == len(row) >= LEAST_TEXTS and all(
        (is_date(name.text) or not name.number) and name.x0 < phrase.x1 and phrase.x0 < name.x1
        for name, phrase in zip(line, row, strict=True)
    )


def _is_another_row(line: Line, above: Line) -> bool:
    """Whether a line is as many texts as the row above it, each in line with one of them."""
    return len(line) == len(above) >= LEAST_TEXTS and all(
        lined_up(phrase, over, SAME_PLACE * phrase.size) for phrase, over in zip(line, above, strict=True)
    )


def is_sober(table: FoundTable) -> bool:
    """Whether a table that only tags declare is one of data, not the grid of a page's layout.

    Most of its cells are filled, they are short, and it has figures or three columns.
    """
    count = len(table.cells)
    if count < LEAST_CELLS or count < 0.5 * table.row_count * table.column_count:
        return False
    words = sorted(len(cell.text.split()) for cell in table.cells)
    figures = sum(is_figure(cell.text) for cell in table.cells)
    if is_contents([(cell.row, cell.column, cell.text) for cell in table.cells]):
        return False
    return words[-1] <= 60 and words[len(words) // 2] <= 10 and (figures >= 2 or table.column_count >= 3)


def is_contents(cells: list[tuple[int, int, str]]) -> bool:
    """Whether cells, as (row, column, text), list contents: the last column is pages that never fall.

    Two entries are enough where the first column numbers them.
    """
    last = max(column for _, column, _ in cells)
    numbers = [text for _, column, text in sorted(cells) if column == last]
    keys = [text.rstrip(".") for _, column, text in sorted(cells) if column == 0]
    fewest = 2 if last == 2 and keys == ["1", "2"] else 3
    if last > 2 or len(numbers) < fewest or not all(text.isdecimal() and len(text) <= 4 for text in numbers):
        return False
    values = [int(text) for text in numbers]
    rising = sum(a <= b for a, b in pairwise(values))
    return rising >= 0.9 * (len(values) - 1) and values[0] < values[-1]


def runs_beside(table: FoundTable) -> bool:
    """Whether a column of a table that alignment shows is lines of running text beside other things.

    Many of its cells end at one edge, and many go on in lower case where the one above ends no sentence.
    """
    for column in range(1, table.column_count):
        cells = [cell for cell in table.cells if cell.column == column and cell.column_span == 1]
        texts = [cell.text for cell in sorted(cells, key=lambda cell: cell.row)]
        if len(texts) < LEAST_LINES or sum(len(text.split()) for text in texts) < LINE_WORDS * len(texts):
            continue
        edge = max(cell.box.x1 for cell in cells)
        full = sum(edge - cell.box.x1 < SAME_END for cell in cells)
        on = sum(a[-1] not in ".!?:;" and b[0].islower() for a, b in pairwise(texts))
        if 3 * min(full, on) > len(texts):
            return True
    return False


def cuts_words(table: FoundTable) -> bool:
    """Whether a word broken at the end of a cell goes on in the row below: lines of text are no rows."""
    below = {(cell.row, cell.column): cell.text for cell in table.cells}
    return any(
        cell.text[-1:] in HYPHENS
        and cell.text[-2:-1].isalpha()
        and below.get((cell.row + cell.row_span, cell.column), "")[:1].islower()
        for cell in table.cells
        if cell.text
    )


def _held_height(grid: Grid) -> float:
    """The share of the grid's height that rows with text make up."""
    held: set[int] = set()
    for (row, _, row_span, _), members in grid.members.items():
        if members:
            held.update(range(row, row + row_span))
    total = grid.ys[-1] - grid.ys[0]
    return sum(grid.ys[row + 1] - grid.ys[row] for row in held) / total if total > 0 else 0.0
