"""Tables without rulings, or with level rulings only: columns by white rivers over consecutive lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .columns import column_at, columns_of, ranges_of
from .grid import Grid
from .phrases import Line, Phrase, level_of, size_of
from .prose import gutters_of, paragraphs_of, parted_lines, prose_mask
from .rows import rows_of
from .rules import Rules
from .vet import is_contents
from .words import Bools, Floats, Words

Gap = tuple[float, float]

CAPTION = re.compile(
    r"(?:table|tableau|figure|fig\.|graphique|graph|chart|exhibit|annexe?|box|encadré|carte|map)s?\s*"
    r"(?:n°\s*)?[\dIVXA-Z]{1,4}(?:[.\-–]\d+)*\b"
    r"|(?:source|note|nota|n\.?\s?b\.?|lecture|champ|footnote)s?\s*[:.—–-]",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"\(?[*†‡§:]{1,3}\)?|\(?(?:\d|[a-z])\)|\d[./]|[¹²³⁴⁵]")
LEAST_GAP = 0.5  # of the font size: what is left of a common gap must be this wide
HIDERS = 4  # lines at either end of a region that may hide its columns
TEXT_ONLY = 0.5  # confidence in a table without a column of figures
SINGLES = 2  # lines of one phrase that may stand between two rows


@dataclass(slots=True)
class Region:
    """Consecutive lines that may be a table's body, and where its columns part."""

    lines: list[Line]
    cuts: list[float]
    start: int  # index of the first line on the page
    end: int  # one past the last


def aligned(words: Words, lines: list[Line], rules: Rules) -> list[tuple[Grid, float]]:
    """Grids of the tables that alignment shows, each with its confidence from 0 to 1."""
    if len(words) < 6:
        return []
    if sum(len(line) > 1 for line in lines) < 2:
        return []
    paragraphs = paragraphs_of(words, lines)
    if paragraphs:
        lines = _without(lines, prose_mask(words, lines, paragraphs))
    found = []
    for part in parted_lines(lines, gutters_of(paragraphs)):
        for region in _regions(part):
            result = _table(words, part, region, rules)
            if result is not None:
                found.append(result)
    return found


def _without(lines: list[Line], mask: Bools) -> list[Line]:
    kept = [[phrase for phrase in line if not mask[phrase.words[0]]] for line in lines]
    return [line for line in kept if line]


def _gaps(line: Line) -> list[Gap]:
    return [(a.x1, b.x0) for a, b in pairwise(line)]


def _common(gaps: list[Gap], line: Line, least: float) -> list[Gap]:
    """What `line` leaves free of each gap."""
    free = [(-1e9, line[0].x0), *_gaps(line), (line[-1].x1, 1e9)]
    out = []
    for a, b in gaps:
        for c, d in free:
            left, right = max(a, c), min(b, d)
            if right - left >= least:
                out.append((left, right))
    return out


def _crosses(phrase: Phrase, gaps: list[Gap]) -> bool:
    return any(phrase.x0 < a and phrase.x1 > b for a, b in gaps)


def _regions(lines: list[Line]) -> list[Region]:
    regions: list[Region] = []
    count = len(lines)
    levels = [level_of(line) for line in lines]
    i = 0
    while i < count:
        if len(lines[i]) < 2 or CAPTION.match(lines[i][0].text):
            i += 1
            continue
        size = size_of(lines[i])
        gaps = _gaps(lines[i])
        last, singles = i, 0
        pitches: list[float] = []
        j = i + 1
        while j < count:
            pitch = levels[j] - levels[j - 1]
            usual = float(np.median(pitches)) if pitches else 0.0
            if pitch > max(2.3 * size, 1.9 * usual if len(pitches) > 1 else 3.4 * size):
                break
            line = lines[j]
            if CAPTION.match(line[0].text):
                break
            if len(line) == 1:
                singles += 1
                apart = len(pitches) > 2 and pitch > 1.45 * usual and _crosses(line[0], gaps)
                if singles > SINGLES or apart:
                    break
            else:
                common = _common(gaps, line, LEAST_GAP * size)
                if not common:
                    break
                gaps, last, singles = common, j, 0
            pitches.append(pitch)
            j += 1
        if last > i:
            regions.append(Region(lines[i : last + 1], [], i, last + 1))
            i = last + 1
        else:
            i += 1
    return _rejoined(regions, lines)


def _at_its_best(region: Region) -> Region:
    """The region without those of its first and last lines that hide columns of the others.

    A header's tight or spanning line leaves fewer rivers than the body has.
    """
    lines, start, end = region.lines, region.start, region.end
    cuts = columns_of(lines)
    for drop in range(1, min(HIDERS, len(lines) - 3) + 1):
        fewer = columns_of(lines[drop:])
        if len(fewer) > len(cuts):
            cuts, start = fewer, region.start + drop
    lines = region.lines[start - region.start :]
    for drop in range(1, min(HIDERS, len(lines) - 3) + 1):
        fewer = columns_of(lines[:-drop])
        if len(fewer) > len(cuts):
            cuts, end = fewer, region.end - drop
    return Region(
        region.lines[start - region.start : len(region.lines) - (region.end - end)], cuts, start, end
    )


def _rejoined(regions: list[Region], lines: list[Line]) -> list[Region]:
    """Regions with their columns; neighbours that agree on them, with little between, made one."""
    out: list[Region] = []
    for region in map(_at_its_best, regions):
        if out and region.start - out[-1].end <= 2:
            last = out[-1]
            between = level_of(lines[region.start]) - level_of(lines[last.end - 1])
            if between < 3.2 * size_of(region.lines[0]):
                both = Region(lines[last.start : region.end], [], last.start, region.end)
                both.cuts = columns_of(both.lines)
                if len(both.cuts) >= max(len(last.cuts), len(region.cuts), 1):
                    out[-1] = both
                    continue
        out.append(region)
    return out


def _table(words: Words, lines: list[Line], region: Region, rules: Rules) -> tuple[Grid, float] | None:
    cuts = region.cuts
    if not cuts:
        return None
    body = _trimmed(region)
    if len(body.lines) < 2:
        return None
    body = _with_last_wraps(lines, body)
    confidence = _confidence(body)
    if confidence <= 0:
        return None
    header = _header_lines(lines, body, rules)
    return _grid(words, lines[header : body.start], body, rules), confidence


def _trimmed(region: Region) -> Region:
    """Without lines of one phrase at either end that stand in the first column or cross columns."""
    lines, start, end = list(region.lines), region.start, region.end
    while lines and len(lines[0]) < 2:
        lines.pop(0)
        start += 1
    size = float(np.median([size_of(line) for line in lines])) if lines else 0.0
    while lines and (len(lines[-1]) < 2 or _is_note(lines[-1], size)):
        lines.pop()
        end -= 1
    figures = [any(phrase.number for phrase in line) for line in lines]
    if any(figures):
        last = max(k for k, figure in enumerate(figures) if figure)
        levels = [level_of(line) for line in lines]
        if last >= 3 and last + 1 < len(lines) and sum(figures[: last + 1]) >= 0.8 * (last + 1):
            usual = float(np.median(np.diff(levels[: last + 1])))
            if levels[last + 1] - levels[last] > 1.3 * usual:  # text that follows the figures at a distance
                end -= len(lines) - last - 1
                lines = lines[: last + 1]
    return Region(lines, region.cuts, start, end)


def _with_last_wraps(lines: list[Line], region: Region) -> Region:
    """With the lines right below that end a cell of the last row: text under text of one column."""
    body, end = list(region.lines), region.end
    levels = [level_of(line) for line in body]
    tight = min(np.diff(levels).tolist(), default=0.0)
    while end < len(lines) and len(lines[end]) == 1 and tight:
        phrase, above = lines[end][0], body[-1]
        near = phrase.level - level_of(above) <= min(1.2 * tight, 1.6 * phrase.size)
        over = [p for p in above if abs(p.x0 - phrase.x0) < 0.4 * phrase.size or _same_middle(p, phrase)]
        column = column_at(phrase.x0 + 1, region.cuts)
        if (
            not near
            or phrase.number
            or not over
            or over[0].number
            or column != column_at(phrase.x1 - 1, region.cuts)
            or (column == 0 and not (phrase.text[:1].islower() or phrase.text[:1] in "(&"))
            or CAPTION.match(phrase.text)
            or abs(phrase.size - over[0].size) > 0.05 * phrase.size
        ):
            break
        body.append(lines[end])
        end += 1
    return Region(body, region.cuts, region.start, end)


def _same_middle(first: Phrase, second: Phrase) -> bool:
    return abs(first.x0 + first.x1 - second.x0 - second.x1) < 0.8 * first.size


def _is_note(line: Line, size: float) -> bool:
    """Whether a line under a table explains a mark in it: a mark or small type, then text."""
    if any(phrase.number for phrase in line[1:]):
        return False
    mark = FOOTNOTE.match(line[0].text) is not None
    return mark and len(line[-1].words) > 1 and (size_of(line) < 0.95 * size or line[0].text[0] in "*†‡§(")


def _confidence(region: Region) -> float:
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
    figures = [sum(p.number for p in column) / len(column) for column in columns]
    figure_columns = sum(share >= 0.6 for share in figures)
    wordy = [float(np.mean([len(p.words) for p in column])) for column in columns]
    even = float(np.mean([_evenness(column) for column in columns]))
    if rows < 2:
        return 0.0
    if is_contents([(k, j, p.text) for j, column in enumerate(columns) for k, p in enumerate(column)]):
        return 0.0
    if figure_columns == 0:
        if len(columns) < 3 or rows < 3 or max(wordy) > 7 or even < 0.75:
            return 0.0
        return TEXT_ONLY
    if len(columns) == 2:
        if rows < 3 or even < 0.7 or wordy[0] > 9:
            return 0.0
        return 0.6
    if rows < 3 and figure_columns < 2:
        return 0.0
    if even < 0.55:
        return 0.0
    return 0.8 if figure_rows >= 0.6 * rows else 0.5


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


def _wide_rules(region: Region, rules: Rules) -> Floats:
    """Level rulings that run over most of a region's width."""
    x0 = min(line[0].x0 for line in region.lines)
    x1 = max(line[-1].x1 for line in region.lines)
    a = rules.across
    cover = np.minimum(a[:, 2], x1) - np.maximum(a[:, 1], x0)
    positions: Floats = a[cover >= 0.7 * (x1 - x0), 0]
    return positions


def _header_lines(lines: list[Line], region: Region, rules: Rules) -> int:
    """Index of the first line of the header above a region: lines near it that stand over its columns."""
    cuts = region.cuts
    x0 = min(line[0].x0 for line in region.lines)
    x1 = max(line[-1].x1 for line in region.lines)
    size = float(np.median([size_of(line) for line in region.lines]))
    wide = _wide_rules(region, rules)
    levels = [level_of(line) for line in region.lines]
    pitch = float(np.median(np.diff(levels))) if len(levels) > 2 else 0.0
    first = region.start
    level = levels[0]
    crossed = 0
    k = region.start - 1
    while k >= 0 and region.start - k <= 8:
        line = lines[k]
        here = level_of(line)
        if level - here > max(2.3 * size, 1.7 * pitch):
            break
        crossed += int(((wide > here) & (wide < level)).any())
        if crossed > 1 or CAPTION.match(line[0].text):
            break
        reach = (2 if len(line) == 1 else 7) * size
        if line[0].x0 < x0 - reach or line[-1].x1 > x1 + reach or size_of(line) > 1.35 * size:
            break
        level = here
        if len(line) == 1:
            if line[0].x0 >= cuts[0] - 0.5 * size:
                if line[0].x1 - line[0].x0 > 0.75 * (x1 - x0):
                    break
            elif line[0].x1 <= cuts[0] + 0.5 * size and len(line[0].words) <= 8:
                k -= 1  # a section's name under the header, or the end of a header's key
                continue
            else:
                break
        first = k
        k -= 1
    caption = k >= 0 and k == first - 1 and CAPTION.match(lines[k][0].text)
    if caption and len(lines[first]) == 1 and level_of(lines[first]) - level_of(lines[k]) < 1.7 * size:
        first += first < region.start  # the second line of the caption
    return first


def _grid(words: Words, header: list[Line], region: Region, rules: Rules) -> Grid:
    cuts = region.cuts
    lines = header + region.lines
    x0 = min(line[0].x0 for line in lines)
    x1 = max(line[-1].x1 for line in lines)
    xs = [x0 - 1, *cuts, x1 + 1]
    grid = Grid(xs, [])
    row = 0
    tops: list[float] = []
    head, body = _split_header(header, region)
    # Header lines: same columns stack into one cell, other columns begin a new row.
    current: dict[tuple[int, int], list[int]] = {}

    def flush() -> None:
        nonlocal row, current
        for (a, b), members in current.items():
            grid.members[row, a, 1, b - a] = members
        if current:
            row += 1
        current = {}

    for line in head:
        ranges = ranges_of(words, line, cuts)
        clash = any(a < d and c < b and (a, b) != (c, d) for a, b, _ in ranges for c, d in current)
        if clash:
            flush()
        if not current:
            tops.append(min(float(words.top[k]) for p in line for k in p.words))
        for a, b, members in ranges:
            current.setdefault((a, b), []).extend(members)
    flush()
    for group in rows_of(body, cuts, _ruled_lines(body, region, rules)):
        tops.append(min(float(words.top[k]) for line in group for p in line for k in p.words))
        for line in group:
            for phrase in line:
                a, b = column_at(phrase.x0 + 1, cuts), column_at(phrase.x1 - 1, cuts)
                if a < b:
                    for c, d, members in ranges_of(words, [phrase], cuts):
                        _put(grid, row, c, d, members)
                else:
                    _put(grid, row, a, a + 1, phrase.words)
        row += 1
    bottom = max(float(words.bottom[k]) for line in lines for p in line for k in p.words)
    grid.ys = [*tops, bottom]
    return grid


def _put(grid: Grid, row: int, a: int, b: int, members: list[int]) -> None:
    for span in list(grid.members):
        if span[0] == row and span[1] < b and a < span[1] + span[3]:
            grid.members[span].extend(members)
            return
    grid.members[row, a, 1, b - a] = list(members)


def _split_header(header: list[Line], region: Region) -> tuple[list[Line], list[Line]]:
    """Header lines and body lines: those of the region's first lines that hold no figure are header too."""
    head, body = list(header), list(region.lines)
    filled = [len(line) for line in body]
    while len(body) > 1 and not any(p.number for p in body[0]) and any(p.number for p in body[1]):
        if filled[0] < 2:
            break
        head.append(body.pop(0))
        break
    return head, body


def _ruled_lines(lines: list[Line], region: Region, rules: Rules) -> list[bool]:
    """For each line, whether a level ruling over the whole region parts it from the line above."""
    wide = np.sort(_wide_rules(region, rules))
    levels = np.array([level_of(line) for line in lines])
    above = np.searchsorted(wide, levels)
    return [False, *(np.diff(above) > 0).tolist()]
