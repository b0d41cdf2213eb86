"""Rows from the text alone: which consecutive lines of type make one row of a table."""

from __future__ import annotations

import re
from itertools import chain

from .columns import OVERLAP, column_at
from .phrases import SIGNS_AFTER, Line, level_of, middle, size_of, steps
from .words import Phrase

FIRST_DIGITS = re.compile(r"\W{0,2}\d{1,3}(?: \d{3})*")
THOUSANDS = re.compile(r"\d{3}(?: \d{3})*(?: ?%)?")
SHORT = 2  # words of a cell that does not wrap
NEARER = 0.93  # times the distance of rows: lines of one cell
SAME_PITCH = 1.25  # lines of one cell lie at most this many times the least pitch apart
OPEN_END = (
    ",",
    "-",
    "–",
    "/",
    " de",
    " des",
    " du",
    " et",
    " à",
    " la",
    " le",
    " les",
    " of",
    " and",
    " the",
    " for",
    " to",
    " in",
    " or",
    " ou",
    " en",
)


def rows_of(lines: list[Line], cuts: list[float], ruled: list[bool] | None = None) -> list[list[Line]]:
    """Lines from the top down, grouped into the rows of a table whose columns part at `cuts`.

    `ruled[k]` tells that a ruling parts line `k` from the one above; then it begins a row. A line
    joins the row above when both overlap in height and fill other columns (a cell centred beside a
    wrapped one), or when it only goes on with text under text: in the key column only if it begins
    in lower case, or the next row stands further off.
    """
    if not lines:
        return []
    pitch = steps([level_of(line) for line in lines])
    tight = least_pitch(lines, pitch, cuts)
    key = cuts[0] if cuts else -1.0
    columns = [{column_at((p.x0 + p.x1) / 2, cuts) for p in line} for line in lines]
    figures = [any(p.number and p.x0 > key for p in line) for line in lines]
    spaced = _spaced_rows(lines, pitch, tight, figures, columns)
    if spaced:
        return spaced
    valued = [{column_at((p.x0 + p.x1) / 2, cuts) for p in line if p.number and p.x0 > key} for line in lines]
    lower = _keys_are_lower(lines, cuts)
    rows = [[lines[0]]]
    filled, told = set(columns[0]), set(valued[0])
    for k in range(1, len(lines)):
        begins = (ruled and ruled[k]) or _begins_beside_key(lines, k, pitch, columns)
        # A key centred beside two rows overlaps with both: what holds another figure begins the second. If a
        # figure stands beside the key, it is one row, whose narrower cells wrap.
        overlaps = pitch[k - 1] < OVERLAP * min(size_of(lines[k]), size_of(lines[k - 1]))
        halves = overlaps and bool(valued[k] & told) and not valued[k - 1]
        begins = begins or (halves and not _ends_cells(lines, k, pitch, cuts))
        if not begins and _joins(lines, k, pitch, tight, columns, figures, filled, cuts, lower):
            rows[-1].append(lines[k])
            filled |= columns[k]
            told |= valued[k]
        else:
            rows.append([lines[k]])
            filled, told = set(columns[k]), set(valued[k])
    return rows


def _begins_beside_key(lines: list[Line], k: int, pitch: list[float], columns: list[set[int]]) -> bool:
    """Whether line `k` begins a wrapped cell, beside which the key of its row is centred on the next line."""
    if k == len(pitch) or 0 in columns[k] or 0 not in columns[k + 1] or columns[k] & columns[k + 1]:
        return False
    overlap = OVERLAP * min(size_of(lines[k]), size_of(lines[k + 1]))
    return pitch[k] < overlap <= pitch[k - 1]


def _spaced_rows(
    lines: list[Line], pitch: list[float], tight: float, figures: list[bool], columns: list[set[int]]
) -> list[list[Line]]:
    """Rows told apart by space alone: wherever lines step further than within a cell; empty if not so.

    It is so when the groups that this makes hold figures in one line each at most, most of them do,
    and some group has several lines; or when each has a key and hardly any second line fills all columns.
    """
    groups: list[list[int]] = [[0]]
    for k in range(1, len(lines)):
        if pitch[k - 1] > SAME_PITCH * tight:
            groups.append([k])
        else:
            groups[-1].append(k)
    with_figures = [sum(figures[k] for k in group) for group in groups]
    several = sum(len(group) > 1 for group in groups)
    if len(groups) < 2 or not several or max(with_figures) > 1:
        return []
    if len(groups) == 2 and min(with_figures) < 1:
        return []
    if sum(with_figures) < 0.6 * len(groups):
        rest = [columns[k] for group in groups for k in group[1:]]
        full = sum(len(filled) == max(map(len, columns)) for filled in rest)
        keyed = all(any(0 in columns[k] for k in group) for group in groups)
        if len(groups) < 3 or several < 2 or not keyed or full > 0.3 * len(rest):
            return []
    return [[lines[k] for k in group] for group in groups]


def least_pitch(lines: list[Line], pitch: list[float], cuts: list[float]) -> float:
    """The least distance of two lines of one column that do not overlap in height."""
    size = middle([size_of(line) for line in lines])
    last: dict[int, float] = {}
    steps = []
    for line in lines:
        for phrase in line:
            column = column_at((phrase.x0 + phrase.x1) / 2, cuts)
            step = phrase.level - last.get(column, -1e9)
            if OVERLAP * size < step < 1e8:
                steps.append(step)
            last[column] = phrase.level
    return min(steps, default=min(pitch, default=0.0))


def _joins(
    lines: list[Line],
    k: int,
    pitch: list[float],
    tight: float,
    columns: list[set[int]],
    figures: list[bool],
    filled: set[int],
    cuts: list[float],
    lower: bool,
) -> bool:
    """Whether line `k` belongs to the row that line `k - 1` ends; `filled` are that row's columns.

    `lower` says that rows begin in lower case.
    """
    here, gap = columns[k], pitch[k - 1]
    size = min(size_of(lines[k]), size_of(lines[k - 1]))
    if gap < OVERLAP * size:
        return not here & columns[k - 1] or not figures[k]
    if gap > SAME_PITCH * tight:
        return False
    if _ends_cells(lines, k, pitch, cuts):
        return True
    first = lines[k][0]
    wraps = first.text[:1] in "(&" or (
        first.text[:1].islower()
        and first.text[-1:] != ":"
        and (not lower or _reaches_values(lines[k - 1][0], first, lines, cuts))
    )
    if figures[k]:
        # The key began on a line of its own: « Dépenses de\n personnel    12 ».
        above = lines[k - 1]
        alone = len(above) == 1 and columns[k - 1] == {0} and filled == {0}
        goes_on = wraps or above[0].text.endswith(OPEN_END) or _key_fills(above[0], first, lines, cuts)
        if not (alone and 0 in here and goes_on) or above[0].bold != first.bold:
            return False
        # Short capitals with room beside them are a group's name: « PC » over « médecins ».
        return not above[0].text.isupper() or _fills(above[0], first, lines, cuts)
    if 0 not in here:
        over = [p for p in lines[k - 1] if column_at((p.x0 + p.x1) / 2, cuts) in here]
        keyed = column_at(first.x0 + 1, cuts) == 0  # a key as near to its value as words are to each other
        return here <= filled and not keyed and not any(p.number for p in over)
    if len(here) > 1 and _all_go_on(lines, k, cuts):
        return True
    if here == {0} and len(lines[k]) == 1:
        further = k < len(pitch) and pitch[k] > 1.2 * gap
        return wraps or (further and len(columns[k - 1]) > 1)
    return False


def _keys_are_lower(lines: list[Line], cuts: list[float]) -> bool:
    """Whether a row begins in lower case (« cadres 4 » below « agents 12 »): it tells no key that goes on."""
    rows = [bool(cuts) and line[0].x0 < cuts[0] and any(p.number for p in line[1:]) for line in lines]
    begun = [below[0].text[:1].islower() for k, below in enumerate(lines[1:]) if rows[k] and rows[k + 1]]
    return any(begun)


def _all_go_on(lines: list[Line], k: int, cuts: list[float]) -> bool:
    """Whether a line with a key only goes on with cells: in lower case under text, the key perhaps a name.

    Each is too wide to stand beside what is above it; one would reach the text of the next column, or goes on
    with several words at the end of the line. A name in bold beside plain text is a key of its own.
    """
    line = lines[k]
    named = line[0].bold and line[0].text[:1].isupper() and not line[1].bold
    if named or not all(phrase.text[:1].islower() for phrase in line[1:]):
        return False
    over = {column_at((p.x0 + p.x1) / 2, cuts): p for p in lines[k - 1]}
    no_room = False
    for phrase in line:
        host = over.get(column_at((phrase.x0 + phrase.x1) / 2, cuts))
        if host is None or host.number or not _fills(host, phrase, lines, cuts):
            return False
        beside = min((p.x0 for p in chain(*lines) if p.x0 > max(host.x1, phrase.x1)), default=0.0)
        full = host.x1 + _first_width(phrase) > beside - phrase.size if beside else len(host.words) > SHORT
        no_room = no_room or full
    return no_room


def _key_fills(above: Phrase, below: Phrase, lines: list[Line], cuts: list[float]) -> bool:
    """Whether a key ends because the number that begins the next line had no room left beside it."""
    goes_on = below.text[:1].isdigit() and not above.text.endswith(":")
    return goes_on and _fills(above, below, lines, cuts)


def _reaches_values(above: Phrase, below: Phrase, lines: list[Line], cuts: list[float]) -> bool:
    """Whether a key had no room beside the values for the first word of the phrase below it, or is open."""
    values = min((p.x0 for p in chain(*lines) if p.x0 > cuts[0]), default=0.0)
    return above.text.endswith(OPEN_END) or above.x1 + _first_width(below) > values - below.size


def _fills(above: Phrase, below: Phrase, lines: list[Line], cuts: list[float]) -> bool:
    """Whether the first word of a phrase, set at the left edge of the one above, had no room beside that."""
    if abs(above.x0 - below.x0) > 0.4 * below.size:
        return False
    column = column_at((above.x0 + above.x1) / 2, cuts)
    own = (p for line in lines for p in line if column_at((p.x0 + p.x1) / 2, cuts) == column)
    reach = max(p.x1 for p in own if column_at(p.x1 - 1, cuts) == column or p is above)
    return above.x1 + _first_width(below) > reach


def _first_width(phrase: Phrase) -> float:
    """About how wide the first word of a phrase is, with a space."""
    return (phrase.x1 - phrase.x0) * (len(phrase.text.split(" ", 1)[0]) + 1) / len(phrase.text)


def _ends_cells(lines: list[Line], k: int, pitch: list[float], cuts: list[float]) -> bool:
    """Whether a line only ends values broken in narrow cells: « % » under « 100,00 », « 537 » under « 1 ».

    A sign alone begins no row. Three digits may, so they must stand beside such a sign or be nearer to the
    line above than rows are to each other, and what stands with them must go on in lower case.
    """
    values = [phrase for phrase in lines[k] if not cuts or phrase.x0 > cuts[0]]
    over = lines[k - 1]
    if k > 1 and cuts and all(phrase.x1 < cuts[0] for phrase in over):  # a key centred beside both lines
        over = lines[k - 2]
    above = {column_at((p.x0 + p.x1) / 2, cuts): p for p in over}
    ends = [phrase for phrase in values if phrase.number or phrase.text in SIGNS_AFTER]
    for phrase in ends:
        figure = above.get(column_at((phrase.x0 + phrase.x1) / 2, cuts))
        if figure is None or not figure.number:
            return False
        if phrase.number and not (THOUSANDS.fullmatch(phrase.text) and FIRST_DIGITS.fullmatch(figure.text)):
            return False
    if not ends or all(not phrase.number for phrase in ends):
        return len(ends) == len(values) > 0
    others = [phrase for phrase in lines[k] if phrase not in ends]
    rows = max(pitch[k - 2 : k - 1] + pitch[k : k + 1], default=0.0)
    near = pitch[k - 1] < NEARER * rows or any(phrase.text in SIGNS_AFTER for phrase in ends)
    return near and all(phrase.text[:1].islower() for phrase in others)
