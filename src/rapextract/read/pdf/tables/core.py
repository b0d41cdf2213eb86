"""Finding the tables of a page: detectors in order of trust, each result vetted, overlaps settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..page.content import PageContent
from .alignment import TEXT_ONLY, aligned, page_columns
from .carried import rows_going_on
from .charts import chart_areas
from .found import Area, FoundTable
from .framed import FRAME, framed_grid
from .grid import Grid, finished
from .headers import is_date, with_headers
from .lattice import lattice
from .phrases import Line, level_of, middle, phrase_lines
from .rules import (
    LEAST_STACK,
    TOUCHES,
    Box,
    Rule,
    Rules,
    background_rules,
    joined,
    rules_of,
    stacks,
    touching_groups,
    with_bands,
    with_cell_edges,
)
from .stacked import stacked_grid
from .stripes import striped_stacks
from .tagged import tagged_grids, words_by_mark
from .vet import cuts_words, has_keys_beside, is_plausible, is_sober, stands_alone
from .words import Words, is_figure, words_of_page

STACKED = 0.9  # confidence in a grid whose rows level rulings part
FRAMED = 0.7  # … in one whose rows of text stand between three level rulings
TEXT_FILLED = 0.55  # of the cells of a table without figures or rulings must hold text
TAGGED = 0.85  # confidence in a grid that tags alone tell
AGREED = 0.99  # … that tags and rulings tell alike
CONTESTED = 0.8  # … on which they differ
TOUCHING = 0.45  # of the font size: double rulings may break the upright ones so far
BEGINS = 1.5  # times the font size: how far below a ruling the first row begins
LEAST_WORDS = 6  # that may make a table by their alignment
RULED = 0.95  # confidence in a grid whose cells rulings part


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the finder needs of a page: words, rulings, filled boxes."""

    number: int
    width: float
    height: float
    words: Words
    rules: Rules
    fills: Sequence[Box]


def sheet_of(page: PageContent) -> Sheet:
    """The words and shapes of an open page."""
    rules = rules_of(page.rulings)
    fills = [(fill.x0, fill.top, fill.x1, fill.bottom) for fill in page.fills]
    return Sheet(page.number, page.width, page.height, words_of_page(page, rules.upright), rules, fills)


def find(sheet: Sheet, declared: Sequence[Grid] = (), before: FoundTable | None = None) -> list[FoundTable]:
    """The tables of a sheet, from the top down; `declared` are grids that its tags give.

    `before` is the table at the foot of the page before, whose rows may go on here.
    """
    if len(sheet.words) < 2:
        return []
    words = sheet.words
    lines = phrase_lines(words, [k for k, upright in enumerate(words.upright) if upright])
    charts = chart_areas(lines, sheet.width)
    found = _settled(_ruled(sheet, charts, lines), declared, sheet)
    found += _aligned(sheet, found, charts, lines)
    if before is not None:
        found += _going_on(sheet, lines, before, found)
    return [with_headers(table) for table in sorted(found, key=lambda table: (table.area.top, table.area.x0))]


def _going_on(
    sheet: Sheet, lines: list[Line], before: FoundTable, found: list[FoundTable]
) -> list[FoundTable]:
    """The rows at the head of the sheet that go on the table `before`, where no table was found."""
    words = sheet.words
    columns = page_columns(words, lines, _walls(sheet))
    grid = rows_going_on(words, columns[0].every, before, sheet.height) if columns else None
    rows = finished(grid, words, sheet.number, "alignment", before.confidence, part=True) if grid else None
    if rows is None or any(_overlap(rows.area, other.area) > 0 for other in found):
        return []
    return [replace(rows, continues=True)]


def _settled(ruled: list[FoundTable], declared: Sequence[Grid], sheet: Sheet) -> list[FoundTable]:
    """Ruled tables and tagged ones, one of each that overlap.

    Where both see the same cells, or a tagged table stands alone, the tags are right. Where they
    differ the rulings are, since spans are often missing from tags, with less confidence; but not where
    the tags declare a span, fill each field, or hold more words in as many columns.
    """
    out = list(ruled)
    for grid in declared:
        table = finished(grid, sheet.words, sheet.number, "tags", TAGGED)
        if table is None:
            continue
        twins = [k for k, other in enumerate(out) if _overlap(table.area, other.area) > 0.3]
        if not twins:
            if is_sober(table):
                out.append(table)
        elif len(twins) == 1 and _same_cells(table, out[twins[0]]):
            out[twins[0]] = replace(table, confidence=AGREED, columns=out[twins[0]].columns)
        elif len(twins) == 1 and is_sober(table) and (_tells_spans(grid) or _holds(table, out[twins[0]])):
            out[twins[0]] = table
        else:
            for k in twins:
                out[k] = replace(out[k], confidence=min(out[k].confidence, CONTESTED))
    return out


def _tells_spans(grid: Grid) -> bool:
    """Whether tags declare a span, or fill each field of a grid, so that none can be missing."""
    fields = (len(grid.ys) - 1) * (len(grid.xs) - 1)
    spans = any(row_span * column_span > 1 for _, _, row_span, column_span in grid.members)
    return spans or sum(map(bool, grid.members.values())) == fields


def _holds(table: FoundTable, other: FoundTable) -> bool:
    """Whether a table holds all words of another, and more, in as many columns: a header, say."""
    own, others = ({char for cell in each.cells for char in cell.characters} for each in (table, other))
    return table.column_count == other.column_count and own > others


def _overlap(first: Area, second: Area) -> float:
    """The area both share, as a share of the smaller one."""
    least = min(first.width * first.height, second.width * second.height)
    return first.overlap(second) / max(least, 1.0)


def _same_cells(first: FoundTable, second: FoundTable) -> bool:
    def shape(table: FoundTable) -> set[tuple[int, int, int, int, tuple[int, ...]]]:
        return {
            (c.row, c.column, c.row_span, c.column_span, tuple(sorted(c.characters))) for c in table.cells
        }

    return shape(first) == shape(second)


def _ruled(sheet: Sheet, charts: tuple[list[Area], list[Area]], lines: list[Line]) -> list[FoundTable]:
    """Tables whose cells rulings or backgrounds part."""
    words = sheet.words
    backgrounds = background_rules(sheet.fills, words, sheet.width * sheet.height)
    rules = joined(sheet.rules, backgrounds)
    out = []
    for group in touching_groups(rules, max(TOUCHING * middle(words.size), TOUCHES)):
        grid = lattice(group, words)
        table = finished(grid, words, sheet.number, "rulings", RULED) if grid is not None else None
        if grid is None or table is None or not is_plausible(table, grid, charts):
            continue
        if _leaves_keys_out(group, lines):
            continue
        drawn = sheet.rules.within(*grid.area)
        if (drawn.upright and len(drawn.across) > 1) or stands_alone(grid.area, lines):
            out.append(table)
    out = _apart(out)
    banded = with_bands(sheet.rules, backgrounds)
    striped = rules if backgrounds.across else Rules()
    tries = [(stacks, sheet.rules), (striped_stacks, striped)]
    for parted, edges in [(stacks, banded), *tries] if banded is not sheet.rules else tries:
        across = [rule for rule in edges.across if not any(_is_inside(rule, table.area) for table in out)]
        for stack in parted(across, lines) if len(across) >= LEAST_STACK else ():
            part = _goes_on_below(stack, lines) or _leaves_keys_out(stack, lines)
            stacked = None if part else _stacked(stack, sheet, charts)
            if stacked is None or (edges is banded and _lacks_names(stacked)):
                continue
            if not any(_overlap(stacked.area, other.area) > 0 for other in out):
                out.append(stacked)
    across = [rule for rule in sheet.rules.across if not any(_is_inside(rule, table.area) for table in out)]
    for frame in stacks(across, lines, FRAME) if len(across) >= FRAME else ():
        grid = framed_grid(frame, words, sheet.rules)
        table = finished(grid, words, sheet.number, "rulings", FRAMED) if grid is not None else None
        if table is not None and not any(_overlap(table.area, other.area) > 0 for other in out):
            out.append(table)
    return out


def _apart(tables: list[FoundTable]) -> list[FoundTable]:
    """Some tables less those with words of another that has more cells, as a grid drawn within a cell has."""
    out: list[FoundTable] = []
    for table in sorted(tables, key=lambda table: -len(table.cells)):
        own = {char for cell in table.cells for char in cell.characters}
        over = (other for other in out if _overlap(table.area, other.area) > 0)
        if own.isdisjoint(char for other in over for cell in other.cells for char in cell.characters):
            out.append(table)
    return out


def _lacks_names(table: FoundTable) -> bool:
    """Whether a column of figures has no name in the first row: names are not over their values there."""
    named = {cell.column + k for cell in table.cells if cell.row == 0 for k in range(cell.column_span)}
    return any(cell.column not in named and is_figure(cell.text) for cell in table.cells if cell.row)


def _is_inside(rule: Rule, area: Area) -> bool:
    """Whether a level ruling runs through an area."""
    y, x0, x1 = rule
    return area.top < y < area.bottom and x0 < area.x1 and x1 > area.x0


def _leaves_keys_out(rules: Rules, lines: list[Line]) -> bool:
    """Whether rulings part values alone, figures, beside which the keys stand."""
    area = Area(
        min(rule[1] for rule in rules.across),
        min(rule[0] for rule in rules.across),
        max(rule[2] for rule in rules.across),
        max(rule[0] for rule in rules.across),
    )
    own = (p for line in lines if area.top < level_of(line) < area.bottom for p in line if p.x1 > area.x0)
    return all(phrase.number for phrase in own if phrase.x0 < area.x1) and has_keys_beside(area, lines)


def _goes_on_below(stack: Rules, lines: list[Line]) -> bool:
    """Whether rulings part a header alone, of the rows of figures that begin right below the last of them."""
    (top, _, _), (bottom, x0, x1) = stack.across[0], stack.across[-1]
    own = [line for line in lines if line[0].x0 < x1 and line[-1].x1 > x0 and level_of(line) > top]
    inside = [line for line in own if level_of(line) < bottom]
    below = next((line for line in own if level_of(line) > bottom), [])
    if (
        not below
        or level_of(below) - bottom > BEGINS * below[0].size
        or below[0].x0 < x0
        or below[-1].x1 > x1
    ):
        return False
    figures = sum(phrase.number and not is_date(phrase.text) for phrase in below)
    named = not any(p.number and not is_date(p.text) for line in inside for p in line)
    return named and figures > 1 and len(below) <= max(map(len, inside), default=0)


def _stacked(stack: Rules, sheet: Sheet, charts: tuple[list[Area], list[Area]]) -> FoundTable | None:
    """The table whose rows level rulings part."""
    grid = stacked_grid(stack, sheet.words, sheet.rules)
    table = finished(grid, sheet.words, sheet.number, "rulings", STACKED) if grid is not None else None
    if grid is None or table is None or not is_plausible(table, grid, charts):
        return None
    # The rulings above and below the sums of one column of figures hold nothing else.
    named = any(any(map(str.isalpha, cell.text)) or is_date(cell.text) for cell in table.cells)
    return table if named else None


def _aligned(
    sheet: Sheet, taken: list[FoundTable], charts: tuple[list[Area], list[Area]], lines: list[Line]
) -> list[FoundTable]:
    if sum(len(line) > 1 for line in lines) < 2:
        return []
    words = sheet.words
    held = {
        k
        for area in [*(table.area for table in taken), *charts[0], *charts[1]]
        for k in words.inside(area.x0 - 2, area.top - 2, area.x1 + 2, area.bottom + 2)
    }
    free = [k for k, upright in enumerate(words.upright) if upright and k not in held]
    if len(free) < LEAST_WORDS:
        return []
    if held:
        lines = phrase_lines(words, free)
    out = []
    for seen in aligned(words, lines, with_cell_edges(sheet.rules, sheet.fills, words), _walls(sheet)):
        part, confidence = seen.goes_on or seen.continues, seen.confidence
        table = finished(seen.grid, words, sheet.number, "alignment", confidence, part)
        if table is None:
            continue
        if part:
            out.append(replace(table, continues=seen.continues))
            continue
        filled = len(table.cells) / (table.row_count * table.column_count)
        text = table.row_count >= 3 and filled >= TEXT_FILLED and not cuts_words(table)
        if confidence > TEXT_ONLY or text:
            out.append(table)
    return out


def _walls(sheet: Sheet) -> list[Rule]:
    """Level rulings and the lower edges of backgrounds: no page column goes on across a wide one."""
    return [*sheet.rules.across, *((bottom, x0, x1) for x0, _, x1, bottom in sheet.fills)]


def find_tables(page: PageContent, before: FoundTable | None = None) -> list[FoundTable]:
    """The tables of an open page, from the top down; see `FoundTable` for what each holds.

    `before` is the table at the foot of the page before (`at_foot`), whose rows may go on here.
    """
    sheet = sheet_of(page)
    return find(sheet, declared_grids(page, sheet.words), before)


def declared_grids(page: PageContent, words: Words) -> list[Grid]:
    """The grids that the tags of an open page declare and the places of its words don't contradict."""
    tables = [table for table in page.tags.tables if sum(len(row) > 1 for row in table) >= 2]
    if not tables:
        return []
    marks = page.marks[[chars.item(0) for chars in words.chars]].tolist()
    marked = words_by_mark(marks)
    return [grid for table in tables for grid in tagged_grids(table, words, marked)]
