"""Regions of a page that may be tables: consecutive lines whose gaps go on from line to line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, chain

from .columns import OVERLAP, bands_of, column_at, columns_of, merged_band
from .headers import is_date
from .phrases import Line, level_of, middle, size_of, steps
from .rows import least_pitch
from .titles import is_title
from .words import Phrase

Gap = tuple[float, float]

CAPTION = re.compile(
    r"(?i:table|tableau|figure|fig\.|graphique|graph|chart|exhibit|annexe?|box|encadré|carte|map)(?i:s?)\s*"
    r"(?i:n°\s*)?(?:\d{1,4}|\b[IVXA-Z]{1,4})(?:[.\-–]\d+)*\b"
    r"|(?i:source|note|nota|n\.?\s?b\.?|lecture|champ|footnote)(?i:s?)\s*[:.—–-]"
)
FOOTNOTE = re.compile(r"\(?[*†‡§:]{1,3}\)?|\(?(?:\d|[a-z])\)|\d[./]|[¹²³⁴⁵]")
LEAST_GAP = 0.5  # of the font size: what is left of a common gap must be this wide
HIDERS = 4  # lines at either end of a region that may hide its columns
LEAST_SHOWN = 3  # lines of several phrases that must be left where others are taken to hide columns
TITLE_LINES = 3
LARGER = 1.1  # times the size of a table's rows: a heading…
PITCH = 1.2  # …with so many times the step from row to row above it
SET_IN = 3.0  # times the font size: names so far right of a table's edge leave its key column free
WIDE = (2.4, 1.9)  # times the font size, and times the usual step: a wider one ends a run of lines…
BLANK = (2.45, 2.05)  # … but a line left blank does not where all gaps go on
SINGLES = 2  # lines across a gap that may stand between two rows; four times as many within one


@dataclass(slots=True)
class Region:
    """Consecutive lines that may be a table's body, and where its columns part."""

    lines: list[Line]
    cuts: list[float]
    start: int  # index of the first line on the page
    end: int  # one past the last


def gaps_of(band: Line) -> list[Gap]:
    """White between the phrases of a line, or of lines that overlap, from left to right."""
    gaps = []
    reach = band[0].x1
    for phrase in band[1:]:
        if phrase.x0 > reach:
            gaps.append((reach, phrase.x0))
        reach = max(reach, phrase.x1)
    return gaps


def _common(gaps: list[Gap], band: Line, least: float) -> list[Gap]:
    """What `band` leaves free of each gap."""
    free = [(-1e9, band[0].x0), *gaps_of(band), (max(phrase.x1 for phrase in band), 1e9)]
    out = []
    for a, b in gaps:
        for c, d in free:
            left, right = max(a, c), min(b, d)
            if right - left >= least:
                out.append((left, right))
    return out


def _crosses(phrase: Phrase, gaps: list[Gap]) -> bool:
    return any(phrase.x0 < a and phrase.x1 > b for a, b in gaps)


def regions_of(lines: list[Line]) -> list[Region]:
    """Runs of lines, from the top down, that keep at least one gap between phrases in common.

    A run ends at a caption or note, at the title of another table, at a wide step down, or where no
    gap goes on.
    """
    regions: list[Region] = []
    bands = bands_of(lines)
    merged = [merged_band(band) for band in bands]
    firsts = [0, *accumulate(len(band) for band in bands)]
    count = len(bands)
    i = 0
    while i < count:
        gaps = gaps_of(merged[i])
        if not gaps or CAPTION.match(bands[i][0][0].text):
            i += 1
            continue
        size = size_of(merged[i])
        last, singles = i, 0.0
        pitches: list[float] = []
        j = i + 1
        while j < count:
            pitch = level_of(bands[j][0]) - level_of(bands[j - 1][-1])
            usual = middle(pitches) if pitches else 0.0
            own = gaps_of(merged[last])
            goes_on = 1 < len(own) == len(_common(own, merged[j], LEAST_GAP * size)) and len(merged[j]) > 2
            wide, blank = BLANK if goes_on else WIDE
            if pitch > max(wide * size, blank * usual if len(pitches) > 1 else 3.4 * size):
                break
            band = merged[j]
            if CAPTION.match(bands[j][0][0].text) or titles_another(lines, firsts[i], firsts[j], gaps):
                break
            if not gaps_of(band):
                crosses = any(_crosses(phrase, gaps) for phrase in band)
                singles += 1 if crosses else 0.1 if pitch <= 1.45 * size else 0.25
                apart = crosses and len(pitches) > 2 and pitch > 1.45 * usual
                if singles > SINGLES or apart:
                    break
            else:
                common = _common(gaps, band, LEAST_GAP * size)
                if not common:
                    break
                gaps, last, singles = common, j, 0.0
            pitches.append(pitch)
            j += 1
        if last > i:
            start, end = firsts[i], firsts[last + 1]
            regions.append(Region(lines[start:end], [], start, end))
            i = last + 1
        else:
            i += 1
    return _rejoined(regions, lines)


def titles_another(lines: list[Line], start: int, k: int, gaps: list[Gap]) -> bool:
    """Whether line `k` is the title of another table than the one whose rows begin at line `start`.

    It stands alone, and what follows names columns: several phrases without a figure, or what leaves the
    key column free, while rows of figures stand above. It is bold as they are not, or over their columns,
    or several names below it leave the key column free. Or it is set as a heading is.
    """
    title = lines[k]
    rows = [line for line in lines[start:k] if len(line) > 1]
    if len(title) > 1 or title[0].number or not any(_has_figure(line) for line in rows):
        return False
    if _is_heading(title[0], rows, level_of(lines[k - 1])):
        return True
    following = k + 1
    while following < min(k + TITLE_LINES, len(lines)) and len(lines[following]) == 1:
        if lines[following][0].bold != title[0].bold or not _goes_on(title[0], lines[following][0]):
            break
        following += 1
    if following == len(lines) or _has_figure(lines[following]):
        return False
    names = lines[following]
    several = len(names) > 1 or _over_figures(names[0], lines[following + 1 : following + 2])
    bold = title[0].bold and not any(phrase.bold for phrase in rows[-1])
    if bold or _crosses(title[0], gaps):
        return several or bool(gaps and names[0].x0 > gaps[0][0])
    return several and _names_set_in(title[0], names, rows)


def _is_heading(title: Phrase, rows: list[Line], above: float) -> bool:
    """Whether a title is larger than the rows and bold as they are not, with more white above than they have.

    `above` is the level of the line above it.
    """
    size = middle([size_of(row) for row in rows])
    larger = title.size > LARGER * size and title.bold and not any(p.bold for p in chain(*rows))
    return larger and title.level - above > PITCH * middle(steps([level_of(row) for row in rows]) or [0.0])


def _over_figures(names: Phrase, below: list[Line]) -> bool:
    """Whether one phrase is names set so tight that no white parts them: several figures stand below it."""
    under = [p for line in below for p in line if names.x0 < p.x1 and p.x0 < names.x1]
    return len(under) > 1 and all(p.number for p in under)


def _goes_on(title: Phrase, line: Phrase) -> bool:
    """Whether a line begins where a title does, or has its middle where the title has it."""
    return min(abs(line.x0 - title.x0), abs(line.x0 + line.x1 - title.x0 - title.x1) / 2) < title.size


def _names_set_in(title: Phrase, names: Line, rows: list[Line]) -> bool:
    """Whether names right of the key column follow a title at the edge or over the middle of the rows."""
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    near = min(abs(title.x0 - left), abs(title.x0 + title.x1 - left - right) / 2) < title.size
    below = level_of(names) - title.level >= OVERLAP * title.size
    return near and below and names[0].x0 - left > SET_IN * title.size


def _has_figure(line: Line) -> bool:
    return any(phrase.number and not is_date(phrase.text) for phrase in line)


def at_its_best(region: Region) -> Region:
    """The region without those of its first and last lines that hide columns of the others.

    A header's tight or spanning line leaves fewer rivers than the body has.
    """
    lines, start, end = region.lines, region.start, region.end
    cuts = columns_of(lines)
    for drop in range(1, min(HIDERS, len(lines) - 2) + 1):
        if drop == len(lines) - 2 and (
            _has_figure(lines[drop - 1]) or not all(map(_has_figure, lines[drop:]))
        ):
            break  # two lines tell columns only as the values under a header
        if _is_row(lines[drop - 1]):
            break
        fewer = columns_of(lines[drop:])
        more = len(fewer) > len(cuts)
        if more or (len(fewer) == len(cuts) > 0 and _parts_better(fewer, cuts, lines[drop:])):
            cuts, start = fewer, region.start + drop
    lines = region.lines[start - region.start :]
    for drop in range(1, min(HIDERS, len(lines) - 3) + 1):
        fewer = columns_of(lines[:-drop])
        if len(fewer) > len(cuts) and _hides(lines[-drop], fewer) and _show_columns(lines[:-drop]):
            cuts, end = fewer, region.end - drop
    return Region(
        region.lines[start - region.start : len(region.lines) - (region.end - end)], cuts, start, end
    )


def _is_row(line: Line) -> bool:
    """Whether a line is a key and figures only, two or more: no line of a header."""
    values = [phrase.number and not is_date(phrase.text) for phrase in line[1:]]
    return not line[0].number and len(values) > 1 and all(values)


def _parts_better(cuts: list[float], others: list[float], lines: list[Line]) -> bool:
    """Whether as many `others` leave two figures in one column on half of the lines, and `cuts` do not."""
    doubled = [sum(_doubles(line, own) for line in lines) for own in (cuts, others)]
    return doubled[0] < 0.5 * len(lines) <= doubled[1]


def _doubles(line: Line, cuts: list[float]) -> bool:
    """Whether two figures of a line stand in one column."""
    places = [column_at((phrase.x0 + phrase.x1) / 2, cuts) for phrase in line if phrase.number]
    return len(set(places)) < len(places)


def _hides(line: Line, cuts: list[float]) -> bool:
    """Whether a phrase of a line crosses one of the cuts between columns."""
    return any(phrase.x0 < cut < phrase.x1 for phrase in line for cut in cuts)


def _show_columns(lines: list[Line]) -> bool:
    """Whether enough lines have several phrases to tell columns from chance."""
    return sum(len(line) > 1 for line in lines) >= LEAST_SHOWN


def _rejoined(regions: list[Region], lines: list[Line]) -> list[Region]:
    """Regions with their columns; neighbours that agree on them, with little between, made one."""
    out: list[Region] = []
    for region in map(at_its_best, regions):
        if out and region.start - out[-1].end <= 2:
            last = out[-1]
            between = level_of(lines[region.start]) - level_of(lines[last.end - 1])
            far = 6.4 if _names_group(lines, last, region) else 3.2
            titled = any(
                titles_another(lines, last.start, k, gaps_of(last.lines[-1]))
                for k in range(last.end, region.start)
            )
            if between < far * size_of(region.lines[0]) and not titled:
                both = Region(lines[last.start : region.end], [], last.start, region.end)
                both.cuts = columns_of(both.lines)
                if len(both.cuts) >= max(len(last.cuts), len(region.cuts), 1):
                    out[-1] = both
                    continue
        out.append(region)
    return out


def _names_group(lines: list[Line], above: Region, below: Region) -> bool:
    """Whether the one line between two regions names a group of rows: a key like theirs, before values.

    Or it stands over the middle of both.
    """
    if below.start - above.end != 1 or len(lines[above.end]) > 1 or not (above.cuts and below.cuts):
        return False
    name, first = lines[above.end][0], below.lines[0]
    x0 = min(line[0].x0 for line in above.lines)
    key = abs(name.x0 - x0) < 0.4 * name.size and name.x1 < min(above.cuts[0], below.cuts[0])
    titles = all(
        is_title([name], min(p[0].x0 for p in own), max(p[-1].x1 for p in own), region.cuts, name.size)
        for region in (above, below)
        for own in [region.lines]
    )
    return (
        (key or titles)
        and not name.number
        and CAPTION.match(name.text) is None
        and any(p.number and p.x0 > below.cuts[0] and not is_date(p.text) for p in first)
    )


def trimmed(region: Region) -> Region:
    """Without lines of one phrase at either end that stand in the first column or cross columns."""
    bands, start, end = bands_of(region.lines), region.start, region.end
    while bands and not gaps_of(merged_band(bands[0])):
        start += len(bands.pop(0))
    size = middle([size_of(line) for band in bands for line in band]) if bands else 0.0
    while bands and (not gaps_of(merged_band(bands[-1])) or _is_note(bands[-1][-1], size)):
        end -= len(bands.pop())
    lines = [line for band in bands for line in band]
    figures = [any(phrase.number for phrase in line) for line in lines]
    if any(figures):
        last = max(k for k, figure in enumerate(figures) if figure)
        levels = [level_of(line) for line in lines]
        rows = [figure for figure, line in zip(figures, lines, strict=True) if len(line) > 1 or figure]
        first = rows.index(True)
        valued = sum(rows) >= 0.7 * max(1, len(rows) - first - _closing(rows))
        if last >= 3 and last + 1 < len(lines) and valued:
            usual = middle(steps(levels[: last + 1]))
            if levels[last + 1] - levels[last] > 1.3 * usual:  # text that follows the figures at a distance
                end -= len(lines) - last - 1
                lines = lines[: last + 1]
    return Region(lines, region.cuts, start, end)


def _closing(rows: list[bool]) -> int:
    """How many rows at the end are without a figure."""
    return rows[::-1].index(True)


def with_last_wraps(lines: list[Line], region: Region) -> Region:
    """With the lines right below that end a cell of the last row: text under text of one column."""
    body, end = list(region.lines), region.end
    levels = [level_of(line) for line in body]
    tight = least_pitch(body, steps(levels), region.cuts)
    while end < len(lines) and len(lines[end]) == 1 and tight:
        phrase, above = lines[end][0], body[-1]
        if len(body) > 1 and level_of(above) - level_of(body[-2]) < OVERLAP * phrase.size:
            above = [*above, *body[-2]]  # a cell is centred beside a wrapped one
        last = max([p.level for p in chain(*body) if p.x0 < phrase.x1 and p.x1 > phrase.x0], default=0.0)
        near = phrase.level - last <= min(1.2 * tight, 1.6 * phrase.size)
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


def with_first_wraps(lines: list[Line], region: Region) -> Region:
    """With the lines right above that begin the key of the first row: it goes on in lower case."""
    body, start = list(region.lines), region.start
    while start > 0 and len(lines[start - 1]) == 1:
        above, key = lines[start - 1][0], body[0][0]
        if (
            not (key.text[:1].islower() or key.text[:1] == "(")
            or above.x1 > region.cuts[0] + 0.5 * above.size
            or abs(above.x0 - key.x0) > 0.4 * key.size
            or key.level - above.level > 1.5 * key.size
            or above.number
            or CAPTION.match(above.text)
        ):
            break
        start -= 1
        body.insert(0, lines[start])
    return Region(body, region.cuts, start, region.end)


def _same_middle(first: Phrase, second: Phrase) -> bool:
    return abs(first.x0 + first.x1 - second.x0 - second.x1) < 0.8 * first.size


def _is_note(line: Line, size: float) -> bool:
    """Whether a line under a table explains a mark in it: a mark or small type, then text."""
    if any(phrase.number for phrase in line[1:]):
        return False
    mark = FOOTNOTE.match(line[0].text) is not None
    return mark and len(line[-1].words) > 1 and (size_of(line) < 0.95 * size or line[0].text[0] in "*†‡§(")
