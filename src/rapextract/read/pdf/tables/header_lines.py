"""Which lines are the header of a table without rulings: from where above its body to where within it."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from ..blocks.cellwords import breaks_year
from .columns import OVERLAP, bands_of, column_at, columns_filled, crosses, merged_band
from .headers import is_class, is_date
from .phrases import Line, level_of, middle, size_of, steps
from .regions import CAPTION, Region
from .rows import SAME_PITCH
from .rules import Rules
from .titles import (
    begins_name,
    is_over,
    is_title,
    lined_up,
    names_nothing,
    stands_apart,
)
from .words import Phrase

MOST_HEADER = 5  # lines of a header inside a region
NEARER = 0.85  # times the step to the row below: lines of one cell
AS_NEAR = 1.4  # … of a header cell whose figure is short and leaves the key column free
SHORT = 2  # characters of a figure that ends a header cell
OPEN_RANGE = re.compile(r"\b(?:19|20)\d\d ?[-–]$")  # « 2004– », the end of the range on the next line
APART = 1.4  # times the font size: lines further off are no lines of one cell of a header
INDENT = 2.0  # times the font size: how far the keys of a group are set in
SAME_EDGE = 0.4  # of the font size: texts that begin at one place
SAME_LINE = 0.2  # of the font size: how far the edges or middles of lines of one cell differ
SAME_MIDDLE = 0.5  # of the font size: how far a text is off the middle of the names that it spans
CLOSE = 2.0  # times the font size: lines of one header cell
BOLD_ROWS = 0.1  # of the rows of a table may be bold where its header is told by its weight
KEY_LETTERS = 3  # of a key that is a word
VALUED = 0.5  # of the cells of a line without a key are values, or it belongs to a header


def _wide_rules(region: Region, rules: Rules) -> list[float]:
    """Where level rulings run over most of a region's width, from the top down."""
    x0 = min(line[0].x0 for line in region.lines)
    x1 = max(line[-1].x1 for line in region.lines)
    return sorted(y for y, start, end in rules.across if min(end, x1) - max(start, x0) >= 0.7 * (x1 - x0))


def header_start(lines: list[Line], region: Region, rules: Rules, least: int = 0) -> int:
    """Index of the first line of the header above a region: lines near it that stand over its columns.

    Those before line `least` belong to what stands above.
    """
    cuts = region.cuts
    x0 = min(line[0].x0 for line in region.lines)
    x1 = max(line[-1].x1 for line in region.lines)
    size = middle([size_of(line) for line in region.lines])
    wide = _wide_rules(region, rules)
    levels = [level_of(line) for line in region.lines]
    pitch = middle(steps(levels)) if len(levels) > 2 else 0.0
    first = region.start
    level = levels[0]
    crossed = 0
    k = region.start - 1
    while k >= least and region.start - k <= 8:
        line = lines[k]
        here = level_of(line)
        if level - here > max(2.3 * size, 1.7 * pitch):
            break
        crossed += any(here < y < level for y in wide)
        if crossed > 1 or CAPTION.match(line[0].text):
            break
        reach = (2 if len(line) == 1 else 7) * size
        if line[0].x0 < x0 - reach or line[-1].x1 > x1 + reach or size_of(line) > 1.35 * size:
            break
        level = here
        beside = k > least and here - level_of(lines[k - 1]) < OVERLAP * size_of(line)
        if len(line) == 1 and line[0].x0 < cuts[0] - 0.5 * size and not beside:
            if line[0].x1 <= cuts[0] + 0.5 * size and len(line[0].words) <= 8:
                k -= 1  # a section's name under the header, or the end of a header's key
                continue
            if line[0].x0 < x0 + 0.5 * size or not _spans_first(line[0], lines[k + 1]):
                break
        first = k
        k -= 1
    while first < region.start:
        step = level_of(lines[first + 1]) - level_of(lines[first])
        if first + 1 < region.start and step < OVERLAP * size_of(lines[first]):
            break  # what stands beside it is a name too
        title = is_title(lines[first], x0, x1, cuts, size) and not begins_name(
            lines[first : region.start + 1]
        )
        below = merged_band(next(band for band in bands_of(lines[first + 1 : region.end])))
        spans = any(
            is_over(lines[first][0], rule, level_of(below)) for rule in rules.across if rule[0] not in wide
        )
        if not title and (spans or not names_nothing(lines[first], below, cuts)):
            break
        first += 1
    if first < region.start and len(lines[first + 1]) > 1 and _is_note(lines[first], x1, size):
        first += 1
    caption = k >= 0 and k == first - 1 and CAPTION.match(lines[k][0].text)
    if (
        caption
        and len(lines[first]) == 1
        and first < region.start
        and _ends_title(lines[k][0], lines[first][0])
    ):
        first += level_of(lines[first]) - level_of(lines[k]) < 1.7 * size
    return first


def _is_note(line: Line, x1: float, size: float) -> bool:
    """Whether a line over names of columns is a note on all: one text in brackets at the right edge `x1`."""
    text = line[0].text
    return len(line) == 1 and text[0] + text[-1] == "()" and abs(line[0].x1 - x1) < size


def _spans_first(phrase: Phrase, names: Line) -> bool:
    """Whether a phrase is over the middle of the first names on the next line, two or more but not all."""
    middles = ((names[0].x0 + name.x1) / 2 for name in names[1:-1])
    return not phrase.number and any(
        abs((phrase.x0 + phrase.x1) / 2 - middle_x) < SAME_MIDDLE * phrase.size for middle_x in middles
    )


def _ends_title(title: Phrase, line: Phrase) -> bool:
    """Whether a line may be the second one of a title: it begins under its first half, or has its middle."""
    middles = abs(line.x0 + line.x1 - title.x0 - title.x1) / 2
    return title.x0 - title.size < line.x0 < (title.x0 + title.x1) / 2 or middles < title.size


def split_header(header: list[Line], region: Region, rules: Rules) -> tuple[list[Line], list[Line]]:
    """Header lines and body lines: lines before the first that holds a value are header too.

    A value is a figure outside the key column that is no year or date. A line with a key alone
    names a group of rows and ends the header, unless it is centred beside a wrapped header cell. A ruling
    below names of all columns ends it where full rows of text follow.
    """
    head, body = list(header), list(region.lines)
    valued = [has_value([*head, *body], len(head) + k, region.cuts) for k in range(len(body))]
    if any(valued):
        first = min(valued.index(True), MOST_HEADER)
        plain = _first_plain_row([*head, *body], len(head) + first, region.cuts)
        if plain < len(head):  # rows of text, taken for header lines by their place
            return head[:plain], [*head[plain:], *body]
        first = min(plain - len(head), _first_key(body, first, region.cuts))
        first += _ends_header([*head, *body], len(head) + first, region.cuts)
        x0, x1 = min(line[0].x0 for line in body), max(line[-1].x1 for line in body)
        for k in range(first):
            size = body[k][0].size
            key = _is_key(body[k], region.cuts) or (k == first - 1 and _names_rows(body, k))
            names = key and level_of(body[k + 1]) - level_of(body[k]) > OVERLAP * size
            place = len(head) + k
            names = names and not (place and _is_amid([*head, *body], place, region.cuts))
            title = place > 0 and is_title(body[k], x0, x1, region.cuts, size)
            if names or title or (0 < k == first - 1 and stands_apart(body[k], body[k - 1], region.cuts)):
                first = k
                break
        # A cell whose row's value is centred beside it begins above that.
        while 0 < first < len(body) and _is_beside(body[first - 1], body[first], region.cuts):
            if level_of(body[first]) - level_of(body[first - 1]) > OVERLAP * size_of(body[first]):
                break
            first -= 1
        head += body[:first]
        body = body[first:]
        end = _ruled_end(head, region, rules)
        head, body = head[:end], [*head[end:], *body]
    elif bold := _bold_start([*head, *body]):
        head, body = [*head, *body][:bold], [*head, *body][bold:]
    return head, body


def _ruled_end(head: list[Line], region: Region, rules: Rules) -> int:
    """How many header lines stand above a ruling below which each line fills all columns, its key a word.

    The line above the ruling names all columns too; where there is no such ruling all lines are header.
    """
    every = set(range(len(region.cuts) + 1))
    full = [columns_filled([line], region.cuts) == every for line in head]
    keyed = [sum(map(str.isalpha, line[0].text)) >= KEY_LETTERS for line in head]
    for k, ruled in enumerate(ruled_lines(head, region, rules)):
        if ruled and full[k - 1]:
            rows = all(len(line) == len(every) for line in head[k:])
            return k if rows and all(full[k:]) and all(keyed[k:]) else len(head)
    return len(head)


def _bold_start(lines: list[Line]) -> int:
    """How many lines at the start are bold, where hardly any other is: names over columns of text."""
    bold = [all(phrase.bold for phrase in line) for line in lines]
    count = bold.index(False) if False in bold else 0
    return count if sum(bold) <= count + BOLD_ROWS * len(bold) else 0


def _first_plain_row(body: list[Line], first: int, cuts: list[float]) -> int:
    """The first of the lines after a header in bold that is a row of text; such come before the first value.

    It stands further off than the lines of a cell do, or it and the lines below stand apart and fill all
    columns as the bold names do. `first` where none before it does.
    """
    levels = [level_of(line) for line in body]
    size = size_of(body[0])
    apart = steps(levels)
    near = [step for step in apart if step > OVERLAP * size]
    for k in range(1, first):
        if not all(phrase.bold for phrase in body[k - 1]):
            break
        if any(phrase.bold for phrase in body[k]):
            continue
        full = all(len(line) == len(cuts) + 1 for line in body[k - 1 : first])
        if apart[k - 1] > SAME_PITCH * min(near) or (full and min(apart[k - 1 : first]) > APART * size):
            return k
    return first


def _first_key(body: list[Line], first: int, cuts: list[float]) -> int:
    """The first of the lines before line `first` that fills all columns and has a figure for its key.

    As the rows below have; their values may be words (« free »). `first` where there is none.
    """
    keys = [line[0].number and line[0].x1 < cuts[0] and len(line) > len(cuts) for line in body]
    if False in keys[first:] or not 0 < first < len(body):
        return first
    return next((k for k in range(1, first) if all(keys[k:first]) and not any(keys[:k])), first)


def _is_beside(line: Line, row: Line, cuts: list[float]) -> bool:
    """Whether a line holds text in other columns than `row` does."""
    return not {column_at((p.x0 + p.x1) / 2, cuts) for p in line} & {
        column_at((p.x0 + p.x1) / 2, cuts) for p in row
    }


def _is_amid(lines: list[Line], k: int, cuts: list[float]) -> bool:
    """Whether line `k`, a key, stands in the middle between two lines of names that leave the key free."""
    above, below = lines[k - 1], lines[k + 1]
    off = abs((level_of(above) + level_of(below)) / 2 - level_of(lines[k]))
    free = min(above[0].x0, below[0].x0) > cuts[0] and len(below) > 1
    return free and off < SAME_LINE * size_of(lines[k])


def _names_rows(body: list[Line], k: int) -> bool:
    """Whether line `k`, below names of columns, is one text that begins where the next row does."""
    line, row = body[k], body[k + 1] if k + 1 < len(body) else []
    alone = len(line) == 1 and len(row) > 1 and k > 0 and len(body[k - 1]) > 1
    return alone and -INDENT * line[0].size < line[0].x0 - row[0].x0 < SAME_EDGE * line[0].size


def _is_key(line: Line, cuts: list[float]) -> bool:
    """Whether a line holds one phrase, in the key column."""
    return len(line) == 1 and column_at(line[0].x1 - 1, cuts) == 0


def has_value(lines: list[Line], k: int, cuts: list[float]) -> bool:
    """Whether a line holds values: figures beside a key, or in half of its cells.

    A number among the words of a header (« per », « 100 000 », « inhabitants ») is none; nor is a year
    broken over two lines (« 2021-202 », « 2 »), nor the end of a broken word (« admissio », « ns »).
    """
    keyless = lines[k][0].x0 > cuts[0]
    values = [p for p in lines[k] if _is_value(p, cuts) and not (keyless and is_class(p.text))]
    if len(values) < VALUED * len(lines[k]) and keyless:
        return False
    names = [phrase for phrase in lines[k] if phrase.x0 > cuts[0] and not phrase.number]
    if len(names) > 1 and all(phrase.text[0] == "(" for phrase in values):
        return False  # a unit: « ($1,000) » beside other names
    if k and len(values) < len(names) and len(lines[k - 1]) < len(lines[k]):
        row: Line = next((line for line in lines[k + 1 :] if len(line) > 1), [])
        if sum(p.number for p in row) > len(values) and _end_names(values, lines[k - 1]):
            return False  # « Rate per » over « 100,000 », beside other names
    near = [*(lines[k - 1] if k else []), *(lines[k + 1] if k + 1 < len(lines) else [])]
    return any(
        not any(_makes_year(phrase, other) for other in near) and not _ends_word(lines, k, phrase)
        for phrase in values
    )


def _end_names(values: Line, above: Line) -> bool:
    """Whether each figure stands near under a text that it ends: on one middle, or at an edge of it."""
    return all(
        any(
            not name.number
            and value.level - name.level < CLOSE * value.size
            and lined_up(value, name, SAME_LINE * value.size)
            for name in above
        )
        for value in values
    )


def _ends_header(lines: list[Line], k: int, cuts: list[float]) -> int:
    """How many lines, from one of figures on, end header cells: « Cat. » over « 1 », « % ALD » over « 30 ».

    Each phrase stands under a text of the lines above at one of its edges, nearer to it than the rows lie to
    one another; or hardly farther, where the figures are short and only the row below has a key. The name of
    the key column may stand on the last line of names, where none is above it.
    """
    last = k + 1
    while last < len(lines) - 1 and _goes_on_under(lines[last - 1], lines[last]):
        last += 1
    if not 0 < k < last < len(lines):
        return 0
    above = [phrase for near in lines[max(0, k - 2) : k] for phrase in near if not phrase.number]
    line = lines[k]
    if above and len(line) > 2 and not line[0].number and line[0].x1 < cuts[0] <= min(p.x0 for p in above):
        line = line[1:]
    hosts = [[other for other in above if _stands_under(p, other, cuts)] for p in line]
    if not all(hosts) or (len(line) < len(lines[k]) and all(p.number for p in line)):
        return 0
    step = min(p.level - max(other.level for other in own) for p, own in zip(line, hosts, strict=True))
    row = min(phrase.level for near in lines[last : last + 2] for phrase in near)
    keyless = lines[last][0].x0 < lines[k][0].x0 - line[0].size
    short = all(len(phrase.text) <= SHORT for phrase in line if phrase.number)
    near = step < (AS_NEAR if keyless and short else NEARER) * (row - level_of(lines[last - 1]))
    return near * (last - k)


def _stands_under(phrase: Phrase, name: Phrase, cuts: list[float]) -> bool:
    """Whether a phrase is at an edge of the name above, or over one of several that stand so tight as one."""
    tight = crosses(name, cuts) and name.x0 < phrase.x1 and phrase.x0 < name.x1
    return tight or lined_up(phrase, name, SAME_LINE * phrase.size)


def _goes_on_under(above: Line, line: Line) -> bool:
    """Whether a line only goes on, in lower case, with texts of the line above."""
    return all(
        phrase.text[0].islower()
        and any(not p.number and lined_up(phrase, p, SAME_LINE * phrase.size) for p in above)
        for phrase in line
    )


def _makes_year(phrase: Phrase, other: Phrase) -> bool:
    """Whether two phrases, one below the other at one edge or middle, are the halves of a range of years."""
    off = min(
        abs(phrase.x0 - other.x0),
        abs(phrase.x1 - other.x1),
        abs(phrase.x0 + phrase.x1 - other.x0 - other.x1) / 2,
    )
    if off > 0.4 * phrase.size:
        return False
    above, below = sorted((phrase, other), key=lambda half: half.level)
    return breaks_year(above.text, below.text) or bool(
        OPEN_RANGE.search(above.text) and below.text.isdigit() and len(below.text) in (2, 4)
    )


def _ends_word(lines: list[Line], k: int, phrase: Phrase) -> bool:
    """Whether letters that could stand for a figure (« ns ») end the word that the line above begins.

    They do where that word ends in lower case, begins at the same edge, is wider, and lies nearer to
    them than the row below does.
    """
    if not (k and phrase.text.isalpha() and phrase.text.islower()):
        return False
    if k + 1 == len(lines):
        return False
    below = min(other.level for other in lines[k + 1]) - phrase.level
    return any(
        abs(other.x0 - phrase.x0) < 0.2 * phrase.size
        and other.x1 > phrase.x1
        and other.text[-1:].islower()
        and phrase.level - other.level < NEARER * below
        for other in lines[k - 1]
    )


def _is_value(phrase: Phrase, cuts: list[float]) -> bool:
    return phrase.number and phrase.x0 > cuts[0] and not is_date(phrase.text)


def ruled_lines(lines: list[Line], region: Region, rules: Rules) -> list[bool]:
    """For each line, whether a level ruling over the whole region parts it from the line above."""
    wide = _wide_rules(region, rules)
    above = [bisect_left(wide, level_of(line)) for line in lines]
    return [False, *(before < here for before, here in pairwise(above))]
