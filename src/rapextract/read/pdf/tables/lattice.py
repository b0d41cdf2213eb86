"""Tables from rulings: a grid by the crossings of lines, cells merged where a piece of line is missing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from .columns import column_at, ranges_of
from .grid import Grid
from .headers import is_class, numbers_columns
from .phrases import Line, level_of, middle, phrase_lines, steps
from .regions import Region, at_its_best
from .rows import SAME_PITCH, rows_of
from .rules import Rule, Rules
from .words import Phrase, Words, is_figure

CLEAR = 0.8  # of the font size: how far from the ends of a band upright rulings begin inside it
NEAR = 3.0  # points: boundaries this near to each other are one
DRAWN = 0.55  # of an edge must be covered by rulings for it to count as drawn
PARTED = 0.6  # of the lines in a ruled column must hold two phrases for it to be several columns
PARTED_ALONE = 0.35  # … where no upright ruling parts columns at all
NARROW = 4.0  # times the font size: a ruled column so narrow is one column
LEAST_PARTED = 4  # level rulings that part rows where no upright one parts columns
LEAST_SPACED = 3  # rows of text that only the white between them tells apart
BEYOND = 0.8  # of the font size: rulings that reach this far past the outermost boundary leave an open column


def _clustered(values: Iterable[float]) -> list[float]:
    """Values sorted, those within `NEAR` of each other's first made one (their mean)."""
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][0] <= NEAR:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _drawn(pieces: Sequence[Rule], position: float, places: list[float]) -> list[bool]:
    """For each stretch between consecutive `places`, whether pieces at `position` cover most of it."""
    near = [(start, end) for place, start, end in pieces if abs(place - position) <= NEAR]
    if not near:
        return [False] * (len(places) - 1)
    shares = []
    for low, high in pairwise(places):
        covered = 0.0
        for start, end in near:
            if start < high and end > low:
                covered += (end if end < high else high) - (start if start > low else low)
        shares.append(covered / max(high - low, 0.1))
    return [share >= DRAWN for share in shares]


def boundaries(rules: Rules, size: float) -> tuple[list[float], list[float]]:
    """Column and row boundaries of a group of rulings, open sides closed; `size` is its font size."""
    beyond = BEYOND * size
    xs, ys = _clustered(x for x, _, _ in rules.upright), _clustered(y for y, _, _ in rules.across)
    left, right = min(r[1] for r in rules.across), max(r[2] for r in rules.across)
    top, bottom = min(r[1] for r in rules.upright), max(r[2] for r in rules.upright)
    if left < xs[0] - beyond:
        xs.insert(0, left)
    if right > xs[-1] + beyond:
        xs.append(right)
    if top < ys[0] - beyond:
        ys.insert(0, top)
    if bottom > ys[-1] + beyond:
        ys.append(bottom)
    return xs, ys


def lattice(rules: Rules, words: Words, cuts: list[float] | None = None) -> Grid | None:
    """The grid of one group of touching rulings with the words in it; None where it makes no grid.

    Where the columns are known, they part at `cuts`; else the text tells those that no ruling parts.
    """
    if len(rules.across) < 2 or not rules.upright:
        return None
    top, bottom = min(r[1] for r in rules.upright), max(r[2] for r in rules.upright)
    left = min(min(r[1] for r in rules.across), min(r[0] for r in rules.upright))
    right = max(max(r[2] for r in rules.across), max(r[0] for r in rules.upright))
    held = words.inside(left, top, right, bottom)
    if not held:
        return None
    size = middle(words.size[k] for k in held)
    xs, ys = boundaries(rules, size)
    if len(xs) < 2 or len(ys) < 2:
        return None
    inside = words.inside(xs[0] - 1, ys[0] - 1, xs[-1] + 1, ys[-1] + 1)
    if not inside:
        return None
    ys = _with_starts(xs, ys, rules, words, inside, size)
    drawn = set(xs)
    xs = _with_rivers(xs, words, inside, size) if cuts is None else [xs[0], *cuts, xs[-1]]
    if len(xs) < 3 or (cuts is None and len(drawn) == 2 and len(ys) < LEAST_PARTED):
        return None  # one column is no table, a frame with a line below the names tells no rows
    ruled = set(ys)
    edges = _edges(xs, ys, ruled, rules)
    rows = _with_rows(xs, ys, [x for x in xs if x not in drawn], words, inside, edges.across)
    if len(rows) < 3:
        return None
    if len(rows) > len(ys):
        edges = _edges(xs, rows, ruled, rules)
    return _merged_cells(xs, rows, edges, words, inside)


def _with_starts(
    xs: list[float], ys: list[float], rules: Rules, words: Words, inside: list[int], size: float
) -> list[float]:
    """Row boundaries, with those at which upright rulings begin inside a band: below a header's spans.

    Two or more begin there, or one below a text over both its sides; clear of the band's ends, and no word
    on either side of them stands across. One that only goes on there, below a title among the rows, tells
    none.
    """
    starts = sorted(
        (top, x)
        for x, top, _ in rules.upright
        if min(abs(top - y) for y in ys) > CLEAR * size and not _goes_on(x, top, ys, rules)
    )
    out: list[list[tuple[float, float]]] = []
    for start in starts:
        if out and start[0] - out[-1][0][0] <= NEAR:
            out[-1].append(start)
        else:
            out.append([start])
    found = []
    for group in out:
        y = group[0][0]
        beside = {column_at(x + side, xs[1:-1]) for _, x in group for side in (-NEAR, NEAR)}
        across = [k for k in inside if words.top[k] + 1 < y < words.bottom[k] - 1]
        if (len(group) > 1 or _stands_over(group[0][1], y, ys, words, inside)) and not any(
            column_at(words.centre[k], xs[1:-1]) in beside for k in across
        ):
            found.append(y)
    return sorted([*ys, *found])


def _goes_on(x: float, y: float, ys: list[float], rules: Rules) -> bool:
    """Whether an upright ruling that begins at `y` only goes on, in the band where another piece of it ends.

    Or at the top of which it ends.
    """
    top = ys[bisect_left(ys, y) - 1] if y > ys[0] else y
    return any(abs(other - x) <= NEAR and top - NEAR <= end < y for other, _, end in rules.upright)


def _stands_over(x: float, y: float, ys: list[float], words: Words, inside: list[int]) -> bool:
    """Whether a phrase between `y` and the boundary above it stands over the place `x`."""
    top = ys[bisect_left(ys, y) - 1] if y > ys[0] else y
    lines = phrase_lines(words, [k for k in inside if top < words.level[k] < y])
    return any(phrase.x0 < x < phrase.x1 for line in lines for phrase in line)


@dataclass(slots=True)
class _Edges:
    """Which edges of a grid's fields are drawn: `upright[row][boundary]` and `across[boundary][column]`."""

    upright: list[list[bool]]
    across: list[list[bool]]


def _edges(xs: list[float], ys: list[float], ruled: set[float], rules: Rules) -> _Edges:
    """The drawn edges between boundaries; rows that only the text parts are open to each other."""
    outer = [True] * (len(ys) - 1)
    sides = [outer, *(_drawn(rules.upright, x, ys) for x in xs[1:-1]), outer]
    upright = [list(row) for row in zip(*sides, strict=True)]
    above = [True] * (len(xs) - 1)
    across = [above]
    open_rows = 0  # boundaries since the last ruled one
    for number, y in enumerate(ys[1:], 1):
        last = number == len(ys) - 1
        if not last and y not in ruled:
            open_rows += 1
            continue
        below = [True] * (len(xs) - 1) if last else _drawn(rules.across, y, xs)
        # A cell over two bands is not parted.
        across += [[a and b for a, b in zip(above, below, strict=True)]] * open_rows + [below]
        above, open_rows = below, 0
    return _Edges(upright, across)


def _with_rivers(xs: list[float], words: Words, inside: list[int], size: float) -> list[float]:
    """Column boundaries, with those that only the text shows where a ruled column holds several."""
    out = [xs[0]]
    needed = PARTED if len(xs) > 2 else PARTED_ALONE
    for left, right in pairwise(xs):
        if right - left > NARROW * size:
            own = [k for k in inside if left < words.centre[k] < right]
            if len(own) >= 4:
                out += _rivers(phrase_lines(words, own), needed)
        out.append(right)
    return out


def _rivers(lines: list[Line], needed: float) -> list[float]:
    """Where the lines of one ruled column part, if the share `needed` of them holds several phrases."""
    several = [line for line in lines if len(line) > 1]
    numeric = sum(any(phrase.number for phrase in line) for line in several)
    if len(several) < max(2, needed * len(lines)) or numeric < 0.5 * len(several):
        return []
    return at_its_best(Region(lines, [], 0, len(lines))).cuts


def _with_rows(
    xs: list[float],
    ys: list[float],
    cuts: list[float],
    words: Words,
    inside: list[int],
    across: list[list[bool]],
) -> list[float]:
    """Row boundaries, with those that only the text shows where a ruled band holds several rows.

    `across[boundary][column]` tells where rulings close a band: what reaches over several bands tells
    nothing of the rows of one.
    """
    bands: list[list[int]] = [[] for _ in ys[1:]]
    for k in inside:
        band = bisect_left(ys, words.level[k]) - 1
        if 0 <= band < len(bands) and words.level[k] < ys[band + 1]:
            column = column_at(words.centre[k], xs[1:-1])
            if across[band][column] and across[band + 1][column]:
                bands[band].append(k)
    out = [ys[0]]
    for own, bottom in zip(bands, ys[1:], strict=True):
        if len(own) >= 4:
            out += _row_ends(phrase_lines(words, own), xs[1:-1], cuts)
        out.append(bottom)
    return out


def _row_ends(lines: list[Line], inner: list[float], cuts: list[float]) -> list[float]:
    """Where the text parts the rows of one band; columns part at `inner`, at `cuts` by their text alone."""
    if len(lines) < 2:
        return []
    rows = rows_of(lines, inner)
    if not (len(rows) >= 2 and (_several_rows(rows, inner) or _spaced_rows(rows, inner))):
        rows = _under_spans(lines, cuts)
        # Bare numbers under some of the columns end the cells above: « Cat. » over « 1 ».
        bare = any(phrase.text.isalnum() for phrase in lines[-1])
        several = not bare or len(lines[-1]) >= len(inner)
        if len(rows) == 1 and several and numbers_columns(lines[-1]):
            rows = [lines[:-1], lines[-1:]]
    ends = []
    for above, below in pairwise(rows):
        low = max(phrase.level + phrase.size / 2 for line in above for phrase in line)
        high = min(phrase.level - phrase.size / 2 for line in below for phrase in line)
        ends.append((low + high) / 2)
    return ends


def _under_spans(lines: list[Line], cuts: list[float]) -> list[list[Line]]:
    """Lines of a header between two rulings as rows: several phrases below one that spans text columns."""
    rows: list[list[Line]] = []
    for line in lines:
        above = rows[-1] if rows else []  # a key may be centred beside them, on a line of its own
        spans = [p for p in chain(*above) if column_at(p.x0 + 1, cuts) < column_at(p.x1 - 1, cuts)]
        if rows and not any(sum(span.x0 - 30 < p.x0 < span.x1 + 30 for p in line) > 1 for span in spans):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _several_rows(rows: list[list[Line]], cuts: list[float]) -> bool:
    """Whether the rows that text shows in one ruled band are rows: figures in two or more, filled alike.

    Lines with text in the key column alone (a group's name, a wrapped key) may stand between them.
    """
    phrases = [[phrase for line in row for phrase in line] for row in rows]
    filled = [{column_at((phrase.x0 + phrase.x1) / 2, cuts) for phrase in row} for row in phrases]
    several = [k for k, hit in enumerate(filled) if hit != {0}]
    numeric = sum(any(p.number and p.x0 > cuts[0] and not is_class(p.text) for p in row) for row in phrases)
    common: set[int] = set().union(*filled)
    full = sum(len(filled[k]) >= max(2, 0.6 * len(common)) for k in several)
    return numeric >= 2 and numeric >= max(0.7 * len(several), 0.4 * len(rows)) and full >= 0.7 * len(several)


def _spaced_rows(rows: list[list[Line]], cuts: list[float]) -> bool:
    """Whether the white between the lines of one ruled band parts rows of text: three or more.

    Each begins in all columns at once and stands further off than its own lines do, of which some columns
    have fewer than others; paragraphs side by side do not. Or each is one line of three cells or more, none
    of which goes on in lower case.
    """
    count = len(cuts) + 1
    filled = [[len({column_at(p.x0 + 1, cuts) for p in line}) for line in row] for row in rows]
    if len(rows) < LEAST_SPACED or any(own[0] < count for own in filled):
        return False
    if max(map(len, rows)) == 1:
        return count >= LEAST_SPACED and not any(p.text[0].islower() for row in rows for p in row[0])
    within = [step for row in rows for step in steps([level_of(line) for line in row])]
    between = [level_of(below[0]) - level_of(above[-1]) for above, below in pairwise(rows)]
    uneven = any(min(own) < count for own in filled)
    return uneven and min(between) > SAME_PITCH * max(within)


def _merged_cells(xs: list[float], ys: list[float], edges: _Edges, words: Words, inside: list[int]) -> Grid:
    """Cells of the grid: neighbours without a drawn edge between them are one, unless the text parts them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    fields: list[list[list[int]]] = [[[] for _ in range(columns)] for _ in range(rows)]
    for k in inside:
        fields[column_at(words.level[k], ys[1:-1])][column_at(words.centre[k], xs[1:-1])].append(k)
    share = [sum(drawn) / rows for drawn in zip(*edges.upright, strict=True)]
    cells: dict[tuple[int, int], list[int]] = {}  # columns → first row and height of the cell that is open
    grid = Grid(xs, ys)
    for i, row in enumerate(fields):
        cuts = _row_cuts(words, sorted(chain(*row)), xs, edges.upright[i], share)
        above, cells = cells, {}
        parted = (
            i > 0
            and edges.across[i][0]
            and any(_are_figures(words, fields[i - 1][a:b], row[a:b]) for a, b in pairwise(cuts))
        )
        for a, b in pairwise(cuts):
            open_cell = above.get((a, b))
            if (
                open_cell is not None
                and not any(edges.across[i][a:b])
                and not (parted and _begin_anew(words, fields[i - 1][a:b], row[a:b]))
                and not (a > 0 and _begins_key(words, fields[i - 1], row, a, b))
            ):
                held = grid.members.pop((open_cell[0], a, open_cell[1], b - a))
                open_cell[1] += 1
            else:
                held, open_cell = [], [i, 1]
            cells[a, b] = open_cell
            held += sorted(chain(*row[a:b]))
            grid.members[open_cell[0], a, open_cell[1], b - a] = held
    return grid


def _begins_key(words: Words, above: list[list[int]], row: list[list[int]], a: int, b: int) -> bool:
    """Whether a row has a key in columns `a` to `b` beside a group's name that stands in the row above.

    The row says nothing left of its key, which begins with a capital; both keys have figures of their own.
    """
    key, over = list(chain(*row[a:b])), list(chain(*above[a:b]))
    if not key or not over or any(row[:a]) or not any(above[:a]):
        return False
    first = min(key, key=lambda k: (round(words.level[k]), words.x0[k]))
    figures = [any(is_figure(words.text[k]) for k in chain(*fields[b:])) for fields in (above, row)]
    return all(figures) and words.text[first][:1].isupper()


def _begin_anew(words: Words, above: list[list[int]], below: list[list[int]]) -> bool:
    """Whether the fields of two rows hold text each, the lower not in lower case: no cell is over both."""
    held = [list(chain(*fields)) for fields in (above, below)]
    if not all(held):
        return False
    first = min(held[1], key=lambda k: (round(words.level[k]), words.x0[k]))
    return not words.text[first][:1].islower()


def _are_figures(words: Words, above: list[list[int]], below: list[list[int]]) -> bool:
    """Whether the fields of two rows hold a figure each, one below the other: no cell is over both."""
    held = [sorted(chain(*fields)) for fields in (above, below)]
    return all(own and is_figure(" ".join(words.text[k] for k in own)) for own in held)


def _row_cuts(
    words: Words, row: list[int], xs: list[float], drawn: list[bool], share: list[float]
) -> list[int]:
    """The boundaries that part the cells of one row, from the first to the last."""
    columns = len(xs) - 1
    cuts = [0]
    for j in range(1, columns):
        if drawn[j] or _parted(words, row, xs, j, cuts[-1], drawn, share[j]):
            cuts.append(j)
    cuts.append(columns)
    return cuts


def _parted(
    words: Words, row: list[int], xs: list[float], j: int, start: int, drawn: list[bool], share: float
) -> bool:
    """Whether the text of a row parts at boundary `j`, which is not drawn there."""
    if not row:
        return share < 0.5
    x, left, right = xs[j], xs[start], xs[drawn.index(True, j + 1)]
    own = [k for k in row if words.x1[k] > left and words.x0[k] < right]
    before = [k for k in own if words.x1[k] <= x + 1.5]
    after = [k for k in own if words.x0[k] >= x - 1.5]
    if len(before) + len(after) < len(own):
        return False  # a word crosses
    if not before or not after:
        return share < 0.5
    phrases = (phrase for line in phrase_lines(words, own) for phrase in line)
    across = [phrase for phrase in phrases if phrase.x0 < x - 1.5 and phrase.x1 > x + 1.5]
    return all(_ends_in_figure(words, phrase, x) for phrase in across)


def _ends_in_figure(words: Words, phrase: Phrase, x: float) -> bool:
    """Whether a phrase over the place `x` is two cells: a figure on one side, set off from what follows."""
    pieces = [" ".join(words.text[k] for k in piece) for _, _, piece in ranges_of(words, [phrase], [x])]
    return len(pieces) == 2 and any(map(is_figure, pieces))
