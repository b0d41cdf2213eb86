"""Tables without rulings, or with level rulings only: columns by white rivers over consecutive lines."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np

from .assembly import grid_of
from .beside import gutters_beside, gutters_interleaved
from .carried import Carried, PageColumn, carried
from .columns import column_at, ranges_of
from .grid import Grid
from .groups import with_names_parted
from .gutters import Wall, around_tables, gutters_between, gutters_between_frames, parted_lines, white_gutters
from .header_lines import has_value, header_start
from .headers import is_date
from .phrases import SIGNS_AFTER, Line, level_of, phrase_lines, size_of, steps
from .prose import paragraphs_of, prose_words
from .regions import Region, regions_of, trimmed, with_first_wraps, with_last_wraps
from .rules import Rule, Rules, table_ends
from .tight import with_values_parted
from .turned import with_turned_names
from .vet import is_contents
from .words import Phrase, Words

WORDY = 7  # words of a cell, on an average, that are running text
FIGURED = 0.5  # of the cells of a column of figures
TEXT_ONLY = 0.5  # confidence in a table without a column of figures
BLOCK_STEP = 1.2  # times the least step from line to line: blocks of lines are parted
LEAST_BLOCK = 3  # lines of an address
BLOCK_FULL = 0.8  # of the lines hold text in all columns
LEAST_ALIKE = 2  # lines that begin alike in all columns
ALIKE = 0.3  # of the lines that fill them
LARGE = 1.4  # times the size of its label: a figure in a panel
LONG_COUNT = 5  # rows: of a list so long some numbers may be left out…
WIDEST_STEP = 4  # …and this is the most from one to the next
MOST_NAMES = 3  # lines of names above a body
LONGEST_COUNT = 4  # digits of a number that counts rows
WORD = re.compile(r"[^\W\d_]+")
PAGES = re.compile(r"\D,? \d{1,4}(?:[,;–-] ?\d{1,4})*$")


@dataclass(frozen=True, slots=True)
class AlignedGrid:
    """A grid that alignment shows, with the trust in it from 0 to 1.

    `goes_on` says that its table goes on in the next page column, `continues` that it goes on here.
    """

    grid: Grid
    confidence: float
    goes_on: bool = False
    continues: bool = False

    @property
    def members(self) -> set[int]:
        """The positions of its words."""
        return {k for held in self.grid.members.values() for k in held}


def aligned(words: Words, lines: list[Line], rules: Rules, walls: Sequence[Wall]) -> list[AlignedGrid]:
    """Grids of the tables that alignment shows; page columns end at `walls`."""
    if sum(len(line) > 1 for line in lines) < 2:
        return []
    columns = page_columns(words, lines, walls)
    found = _grids(words, columns, rules)
    for left, right in pairwise(columns):
        both = carried(words, left, right, rules, partial(_confidence, words))
        if both is not None:
            found = _with_carried(found, both, _grids(words, [right.below(both.head.ys[-1])], rules))
    return found


def _grids(words: Words, columns: list[PageColumn], rules: Rules) -> list[AlignedGrid]:
    """Grids of the tables in page columns, each in one of them."""
    found = []
    for part, regions in _parts(columns, rules):
        taken = 0
        for region in regions:
            result = _table(words, part, region, rules, taken)
            if result is not None:
                taken = result.end
                found.append(AlignedGrid(result.grid, result.confidence))
    return found


def _with_carried(found: list[AlignedGrid], both: Carried, below: list[AlignedGrid]) -> list[AlignedGrid]:
    """What was found, with the two parts of a table that goes on instead of what stands in their place.

    Where that took the rows at the head of a column and the table below them for one, that is among the
    grids found `below` these rows.
    """
    foot = AlignedGrid(both.foot, both.confidence, goes_on=True)
    head = AlignedGrid(both.head, both.confidence, continues=True)
    parts = foot.members | head.members
    replaced = [other for other in found if other.members & parts]
    foot = replace(
        foot, continues=any(other.members & foot.members and other.continues for other in replaced)
    )
    lost = set().union(*(other.members for other in replaced)) - parts
    rest = [other for other in found if not other.members & parts]
    rest += [other for other in below if other.members & lost]
    return [*rest, foot, head]


def _parts(columns: list[PageColumn], rules: Rules) -> list[tuple[list[Line], list[Region]]]:
    """Lines that stand below each other, with the regions in them: page columns, tables side by side."""
    out = []
    ends = table_ends(rules.across, [line for column in columns for line in column.lines])
    for lines in (run for column in columns for run in _runs(column.lines, ends)):
        regions = regions_of(lines)
        gutters = [gutter for region in regions for gutter in gutters_beside(lines, region, rules)]
        gutters += gutters_interleaved(lines)
        if gutters:
            parts = parted_lines(lines, sorted(gutters, key=lambda gutter: gutter.x))
            out += [(part, regions_of(part)) for part in parts]
        else:
            out.append((lines, regions))
    return out


def _runs(lines: list[Line], ends: Sequence[Rule]) -> list[list[Line]]:
    """The lines of a page column, parted at the `ends` of tables in it."""
    if not lines or not ends:
        return [lines] if lines else []
    left, right = min(line[0].x0 for line in lines), max(line[-1].x1 for line in lines)
    own = [y for y, x0, x1 in ends if min(x1, right) - max(x0, left) > 0.5 * (x1 - x0)]
    levels = [level_of(line) for line in lines]
    cuts = sorted({bisect(levels, y) for y in own} | {0, len(lines)})
    return [lines[first:last] for first, last in pairwise(cuts)]


def page_columns(words: Words, lines: list[Line], walls: Sequence[Wall] = ()) -> list[PageColumn]:
    """The page's columns, from left to right, each with and without its running text; they end at `walls`."""
    parts = parted_lines(lines, around_tables(white_gutters(lines, walls), lines))
    paragraphs = [paragraph for part in parts for paragraph in paragraphs_of(words, part)]
    if len(parts) == 1:
        gutters = gutters_between(paragraphs, lines, walls) or gutters_between_frames(lines, walls)
        parts = parted_lines(lines, around_tables(gutters, lines))
    if len(parts) > 1:
        # Lines side by side in two columns may have bridged two lines of one of them.
        parts = [_regrouped(words, part) for part in parts]
    prose = set().union(*(prose_words(part, paragraphs) for part in parts))
    return [PageColumn(part, with_values_parted(words, _without(words, part, prose))) for part in parts]


def _regrouped(words: Words, lines: list[Line]) -> list[Line]:
    return phrase_lines(words, [k for line in lines for phrase in line for k in phrase.words])


def _without(words: Words, lines: list[Line], prose: set[int]) -> list[Line]:
    """Lines without running text; it may have bridged two lines of what stands beside it."""
    kept: list[Line] = []
    for line in lines:
        rest = [phrase for phrase in line if phrase.words[0] not in prose]
        if len(rest) == len(line):
            kept.append(line)
        elif rest:
            kept += _regrouped(words, [rest])
    return sorted(kept, key=level_of)


@dataclass(frozen=True, slots=True)
class _Table:
    """A grid, the trust in it, and the index after its last line."""

    grid: Grid
    confidence: float
    end: int


def _table(words: Words, lines: list[Line], region: Region, rules: Rules, taken: int) -> _Table | None:
    """The table of a region; its header begins at line `taken` or below."""
    cuts = region.cuts
    if not cuts:
        return None
    body = trimmed(region)
    if len(body.lines) < 2:
        return None
    body = with_first_wraps(lines, with_last_wraps(lines, body))
    confidence = _confidence(words, body)
    if confidence <= 0:
        return None
    body = with_names_parted(words, body)
    lines, body = _with_names_parted(words, lines, body)
    header = header_start(lines, body, rules, taken)
    grid = grid_of(words, lines[header : body.start], body, rules)
    return _Table(with_turned_names(grid, words), confidence, body.end)


def _with_names_parted(words: Words, lines: list[Line], body: Region) -> tuple[list[Line], Region]:
    """Lines and a body in which names above its first values are parted, though they read as one phrase.

    Names that fill their columns are as far from each other as the words of a justified line. The key column
    may have no name.
    """
    above = list(lines)
    for k in reversed(range(max(0, body.start - MOST_NAMES), body.start)):
        names = _names_of(words, lines[k], body.cuts)
        if len(lines[k]) == 1 and not names:
            break
        above[k] = names or lines[k]
    own = list(body.lines)
    for k, line in enumerate(own[:MOST_NAMES]):
        if has_value(own, k, body.cuts):
            break
        own[k] = _names_of(words, line, body.cuts) or line
    return above, replace(body, lines=own)


def _names_of(words: Words, line: Line, cuts: list[float]) -> Line:
    """The names of all columns, or of all but the first, that one phrase is; else nothing."""
    pieces = ranges_of(words, line, cuts) if len(line) == 1 else []
    every = [(column, column + 1) for column in range(len(cuts) + 1)]
    if len(pieces) < 2 or [piece[:2] for piece in pieces] not in (every, every[1:]):
        return []
    return [words.phrase(tuple(members)) for _, _, members in pieces]


def _confidence(words: Words, region: Region) -> float:
    """Trust that a region is a table, 0 for none: figures, alignment, short cells, no leader list."""
    cuts = region.cuts
    count = len(cuts) + 1
    columns: list[list[Phrase]] = [[] for _ in range(count)]
    rows = 0
    figure_rows = 0
    for line in region.lines:
        if len(line) > 1:
            rows += 1
            figure_rows += any(phrase.number for phrase in line)
        for phrase in line:
            a, b = column_at(phrase.x0 + 1, cuts), column_at(phrase.x1 - 1, cuts)
            if a == b:
                columns[a].append(phrase)
    if any(len(column) < 2 for column in columns):
        columns = [column for column in columns if len(column) >= 2]
        if len(columns) < 2:
            return 0.0
    if any(all(phrase.text == "=" for phrase in column) for column in columns):
        return 0.0  # equations
    figures = [_figured(column) for column in columns]
    figure_columns = sum(share >= FIGURED for share in figures)
    wordy = [sum(_word_count(words, p) for p in column) / len(column) for column in columns]
    even = sum(map(_evenness, columns)) / len(columns)
    if rows < 2 or _ends_in_years(region) or _is_chart(region, figure_columns) or _is_panel(region):
        return 0.0
    if is_contents([(k, j, p.text) for j, column in enumerate(columns) for k, p in enumerate(column)]):
        return 0.0
    if figure_columns == 0:
        if len(columns) < 3 or rows < 3 or max(wordy) > WORDY or even < 0.75:
            return 0.0
        if _is_index(columns) or _is_form(columns) or _has_row_of_figures(region):
            return 0.0
        if _are_addresses(region) or _are_entries(region):
            return 0.0
        return TEXT_ONLY
    if len(columns) == 2:
        dated = figures[0] >= FIGURED > figures[1] and wordy[1] > WORDY  # years, and what happened
        if rows < 3 or even < 0.7 or dated:
            return 0.0
        if _counts_up(columns[0]) and figures[1] < FIGURED:  # a list, or lines of code
            return 0.0
        return 0.6
    if rows < 3 and figure_columns < 2:
        return 0.0
    if even < 0.55:
        return 0.0
    return 0.8 if figure_rows >= 0.6 * rows else 0.6


def _figured(column: list[Phrase]) -> float:
    """The share of figures in a column, « % » on a line of its own not counted."""
    own = [phrase.number for phrase in column if phrase.text not in SIGNS_AFTER]
    return sum(own) / max(1, len(own))


def _counts_up(column: list[Phrase]) -> bool:
    """Whether a column only numbers its rows: whole numbers one by one, without a header.

    In a long column some may be left out, whose rows hold no more: « 31 | … », « 33 | … », « 34 | … ».
    """
    texts = [phrase.text.rstrip(".)") for phrase in column]
    if not all(text.isdecimal() and len(text) <= LONGEST_COUNT for text in texts):
        return False
    steps = [int(after) - int(before) for before, after in pairwise(texts)]
    ones = sum(step == 1 for step in steps)
    if len(texts) < LONG_COUNT:
        return ones == len(steps)
    return 2 * ones >= len(steps) and all(1 <= step <= WIDEST_STEP for step in steps)


def _ends_in_years(region: Region) -> bool:
    """Whether the last line is years alone, and no other line is: the scale under a chart."""
    last = region.lines[-1]
    years = [all(is_date(phrase.text) for phrase in line) for line in region.lines if len(line) > 2]
    return len(last) > 2 and years[-1] and sum(years) == 1


def _word_count(words: Words, phrase: Phrase) -> int:
    """How many words a phrase has: the dots of a leader are none."""
    return sum(any(map(str.isalnum, words.text[k])) for k in phrase.words)


def _is_chart(region: Region, figure_columns: int) -> bool:
    """Whether each line is a key and one figure, in one column or another: the ends of level bars."""
    single = all(len(line) <= 2 and sum(p.number for p in line) <= 1 for line in region.lines)
    return 1 < figure_columns <= len(region.cuts) and single


def _is_panel(region: Region) -> bool:
    """Whether two lines are figures set large over their labels."""
    large, small = size_of(region.lines[0]), size_of(region.lines[-1])
    return len(region.lines) == 2 and large >= LARGE * small and any(p.number for p in region.lines[0])


def _is_index(columns: list[list[Phrase]]) -> bool:
    """Whether what all columns hold are entries of one list, each with its page numbers."""
    return all(sum(bool(PAGES.search(p.text)) for p in column) >= 0.6 * len(column) for column in columns)


def _is_form(columns: list[list[Phrase]]) -> bool:
    """Whether most columns begin alike in every row, as the answers of a form do: « Yes », « Yes, in: »."""
    same = sum(len(column) > 2 and len({_first_word(p.text) for p in column}) == 1 for column in columns)
    return same > 0.5 * len(columns)


def _are_entries(region: Region) -> bool:
    """Whether lines begin alike in all columns, the first too: « Room 12 », « Room 7 »."""
    full = [line for line in region.lines if len(line) > len(region.cuts)]
    alike = sum(len({_first_word(phrase.text) for phrase in line}) == 1 for line in full)
    return alike >= max(LEAST_ALIKE, ALIKE * len(full))


def _first_word(text: str) -> str:
    """The first word of a text, without the signs around it; the text itself where it has none."""
    found = WORD.search(text)
    return found[0] if found else text


def _has_row_of_figures(region: Region) -> bool:
    """Whether a line is figures in all columns, the first too: amounts over their labels, side by side."""
    return any(len(line) > len(region.cuts) and all(p.number for p in line) for line in region.lines)


def _are_addresses(region: Region) -> bool:
    """Whether lines stand in blocks of three or more, parted by white, nearly all filled in every column."""
    gaps = steps([level_of(line) for line in region.lines])
    least = min(gaps)
    blocks = [1]
    for gap in gaps:
        if gap > BLOCK_STEP * least:
            blocks.append(1)
        else:
            blocks[-1] += 1
    full = sum(len(line) > len(region.cuts) for line in region.lines)
    return len(blocks) > 1 and min(blocks) >= LEAST_BLOCK and full >= BLOCK_FULL * len(region.lines)


def _evenness(column: list[Phrase]) -> float:
    """The share of a column's phrases that share a left edge, a right edge or a middle."""
    best = 0.0
    for edge in (
        [p.x0 for p in column],
        [p.x1 for p in column],
        [(p.x0 + p.x1) / 2 for p in column],
    ):
        values = np.array(edge)
        near = np.abs(values[:, None] - values[None, :]) <= 0.35 * column[0].size
        best = max(best, float(near.sum(axis=1).max()) / len(values))
    return best
