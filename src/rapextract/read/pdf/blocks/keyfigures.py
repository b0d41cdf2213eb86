"""Cards: numbers set large over, under or beside their labels (« 9 » over « médecins-conseils »).

Read line by line, a row of such cards says « 9 2 3 », then « médecins-conseils chirurgiens- pharmaciens ».
Each number belongs to the text right below it, or right above it, that shares an edge or its middle;
which of both holds for all cards that stand together. Or its label stands right of its middle. Cards in boxes
of their own have what the box holds, however large its number is. The names of groups between them (« PC »,
« PA ») keep their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby, pairwise
from math import inf
from statistics import median

import numpy as np
import numpy.typing as npt

from ..page.words import Line, Word, find_lines
from .labels_beside import (
    LARGE,
    LARGER,
    LEADING,
    MOST_LINES,
    NUMBER,
    SAME_EDGE,
    SAME_SIZE,
    goes_on,
    labels_beside,
)

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""
_Text = tuple[float, float, list[Line]]
"""The top and left edge of a card or a name, and its lines, the number of a card first."""

FEWEST_CARDS = 3
GAP = 0.45  # of the size: white that parts two texts of a line
NEAR = 1.0  # times the number's size: the most white between a number and its label
CLOSE = 0.45  # times the size: the most white above a line that goes on with a label in bold
SAME_LABEL = 0.15  # of the size: how far the lines of a label differ, whose type a scan tells to a point
SAME_ROW = 0.4  # of the size, between baselines
NAME_WORDS = 3  # of the name of a group
APART = 3.0  # times the number's size: the most white between cards that stand together, …
BESIDE = 12.0  # … and between two in one row
SET_OUT = 5.0  # times the number's size: how far left of the cards a name begins
ABOVE = 2.2  # times the number's size: how far above the cards a name stands
BOXED_WORDS = 10  # of a card in a box of its own
ABUTTING = 1.0  # points: boxes no further apart are the cells of a table
MOST_BOXES = 400  # of a page: more are a drawing
COUNT_OF = re.compile(r"\d{1,3}(?: \d{3})* [^\W\d_]{2}")


@dataclass(slots=True)
class _Card:
    """A number and the lines of its label, from the top down; `frame` is the box drawn around them."""

    number: Line
    label: list[Line]
    frame: Box | None = None

    @property
    def box(self) -> Box:
        return self.frame or _around([self.number, *self.label])

    @property
    def lines(self) -> list[Line]:
        return [self.number, *self.label]


@dataclass(slots=True)
class _Group:
    """Cards that stand together, and the names between them."""

    cards: list[_Card]
    names: list[Line] = field(default_factory=list)


def cards_of(words: Sequence[Word], boxes: Sequence[Box] = ()) -> list[tuple[Box, list[list[Line]]]]:
    """Groups of cards: the box around each, and its texts in reading order, the lines of each.

    A text is a number with its label, or the name of a group. `boxes` are drawn on the page.
    """
    numbers = [word for word in words if word.text[0].isdigit()]
    if len(numbers) < FEWEST_CARDS:
        return []
    boxed = _boxed(words, numbers, boxes)
    least = LARGE * median([word.size for word in words])
    if len(boxed) < FEWEST_CARDS and sum(word.size >= least for word in numbers) < FEWEST_CARDS:
        return []
    lines = find_lines(words, GAP)
    held = {id(word) for card in boxed for line in card.lines for word in line.words}
    cards = [
        card for card in _cards(lines) if not any(id(w) in held for line in card.lines for w in line.words)
    ]
    found = []
    for group in _groups([*boxed, *cards]):
        _add_names(group, lines)
        if len(group.cards) >= FEWEST_CARDS and _is_whole(group, lines):
            texts = _in_order(group)
            found.append((_around([*group.cards, *group.names]), texts))
    return found


def _boxed(words: Sequence[Word], numbers: Sequence[Word], boxes: Sequence[Box]) -> list[_Card]:
    """The cards in boxes of their own, with white between: each holds one number and what it counts."""
    if not FEWEST_CARDS <= len(boxes) <= MOST_BOXES:
        return []
    x0, top, x1, bottom = np.array(boxes).T[:, :, None]

    def inside(some: Sequence[Word]) -> npt.NDArray[np.bool_]:
        across = np.array([(word.x0 + word.x1) / 2 for word in some])
        down = np.array([(word.top + word.bottom) / 2 for word in some])
        held: npt.NDArray[np.bool_] = (x0 <= across) & (across <= x1) & (top <= down) & (down <= bottom)
        return held

    single = np.flatnonzero(inside(numbers).sum(axis=1) == 1).tolist()
    if len(single) < FEWEST_CARDS:
        return []
    held = inside(words)
    found: dict[int, _Card] = {}
    for box in sorted((k for k in single), key=lambda k: -held[k].sum()):
        own = [words[k] for k in np.flatnonzero(held[box]).tolist()]
        card = _card_in(own, boxes[box]) if len(own) <= BOXED_WORDS else None
        if card is not None:
            found[id(card.number.words[0])] = card
    cards = list(found.values())
    frames = [card.box for card in cards]
    if len(cards) < FEWEST_CARDS or any(_abut(a, b) for a, b in combinations(frames, 2)):
        return []
    return cards


def _card_in(words: list[Word], box: Box) -> _Card | None:
    """The card that the words in a box are, if they are a number and, over, under or behind it, its label."""
    lines = find_lines(words, inf)
    row = next(line for line in lines if any(word.text[0].isdigit() for word in line.words))
    if not COUNT_OF.match(" ".join([row.text, *(line.text for line in lines if line is not row)])):
        return None
    number = find_lines(row.words[:1])[0]
    label = find_lines(row.words[1:], inf) + [line for line in lines if line is not row]
    return _Card(number, label, box)


def _abut(first: Box, second: Box) -> bool:
    """Whether two boxes touch, or lie over each other."""
    across = max(first[0], second[0]) - min(first[2], second[2])
    down = max(first[1], second[1]) - min(first[3], second[3])
    return max(across, down) < ABUTTING


def _around(things: Iterable[Line | _Card]) -> Box:
    boxes = [
        thing.box if isinstance(thing, _Card) else (thing.x0, thing.top, thing.x1, thing.bottom)
        for thing in things
    ]
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _cards(lines: list[Line]) -> list[_Card]:
    """The numbers of a page that have a label, all below, all above or all beside them where that is open."""
    numbers = [line for line in lines if NUMBER.fullmatch(line.text)]
    others = [
        part
        for line in lines
        if not NUMBER.fullmatch(line.text) and any(map(str.isalpha, line.text))
        for part in _cut(line, numbers)
    ]
    below = [_label(number, others, 1) for number in numbers]
    above = [_label(number, others, -1) for number in numbers]
    both = [(a, b, n) for a, b, n in zip(below, above, numbers, strict=True) if a and b]
    # A name over the first row of cards is no label: the nearer of both is, for all.
    under = sum(a[0].top - n.bottom for a, b, n in both) <= sum(n.top - b[-1].bottom for a, b, n in both)
    alone = sum(bool(a) for a in below) - sum(bool(b) for b in above)
    labels = below if (under if both else alone >= 0) else above
    cards = [_Card(number, label) for number, label in zip(numbers, labels, strict=True) if label]
    beside = [_Card(number, label) for number, label in labels_beside(lines, numbers)]
    if len(beside) > len(cards):
        cards = beside
    claimed: dict[int, int] = {}
    for card in cards:
        for line in card.label:
            claimed[id(line)] = claimed.get(id(line), 0) + 1
    return [card for card in cards if all(claimed[id(line)] == 1 for line in card.label)]


def _cut(line: Line, numbers: list[Line]) -> list[Line]:
    """A line cut between the numbers of the row right above or below it: labels set close together."""
    if len(line.words) < 2:
        return [line]
    middles = sorted(
        (number.x0 + number.x1) / 2
        for number in numbers
        if line.x0 < (number.x0 + number.x1) / 2 < line.x1
        and number.size >= LARGER * line.size
        and max(line.top - number.bottom, number.top - line.bottom) <= NEAR * number.size
    )
    starts = [0]
    for left, right in pairwise(middles):
        gaps = [
            (line.words[k].x0 - line.words[k - 1].x1, k)
            for k in range(starts[-1] + 1, len(line.words))
            if left < line.words[k].x0 and line.words[k - 1].x1 < right
        ]
        if gaps:
            starts.append(max(gaps)[1])
    parts = [line.words[a:b] for a, b in pairwise([*starts, len(line.words)])]
    return [line] if len(parts) == 1 else [found for part in parts for found in find_lines(part, inf)]


def _label(number: Line, others: list[Line], way: int) -> list[Line]:
    """The lines right below a number (`way` 1), or right above it (-1), that make its label."""
    label: list[Line] = []
    last = number
    for line in others if way > 0 else reversed(others):
        white = line.top - last.bottom if way > 0 else last.top - line.bottom
        step = way * (line.baseline - last.baseline)
        if step <= 0 or line.size * LARGER > number.size or not _lined_up(number, line):
            continue
        if label and (abs(line.size - last.size) > SAME_LABEL * last.size or step > LEADING * line.size):
            break
        closes = way > 0 and (line.text[0].islower() or white <= CLOSE * line.size)
        if label and line.bold and not last.bold and not closes:
            break  # the name of a group
        if not label and white > NEAR * number.size:
            break
        if len(label) == MOST_LINES:
            return []
        label.append(line)
        last = line
    return label if way > 0 else label[::-1]


def _lined_up(number: Line, line: Line) -> bool:
    """Whether a line shares an edge or the middle of a number."""
    middle = abs(number.x0 + number.x1 - line.x0 - line.x1) / 2
    return min(abs(number.x0 - line.x0), abs(number.x1 - line.x1), middle) <= SAME_EDGE * line.size


def _groups(cards: list[_Card]) -> list[_Group]:
    """Cards that stand together: one below the other, or in one row."""
    groups: list[_Group] = []
    for card in cards:
        near = [group for group in groups if any(_together(card, other) for other in group.cards)]
        joined = [other for group in near for other in group.cards]
        groups = [group for group in groups if group not in near] + [_Group([*joined, card])]
    few = [group for group in groups if len(group.cards) < FEWEST_CARDS]
    for group in few:
        others = (other for other in groups if other is not group)
        host = next((other for other in others if _belong(group.cards, other.cards)), None)
        if host is not None:
            host.cards += group.cards
            groups.remove(group)
    return groups


def _belong(few: list[_Card], cards: list[_Card]) -> bool:
    """Whether cards too few to stand by themselves belong to others: level with them, or near below them.

    Level ones are set alike, however far they stand apart; those below, as parts are, may be smaller.
    """
    size = cards[0].number.size
    if abs(few[0].number.size - size) <= SAME_SIZE * size:
        rows = (card.number.baseline for card in cards)
        return any(abs(few[0].number.baseline - row) <= SAME_ROW * size for row in rows)
    (x0, top, *_), (left, above, right, below) = _around(few), _around(cards)
    return few[0].number.size < size and left <= x0 < right and above < top <= below + size


def _together(card: _Card, other: _Card) -> bool:
    if abs(card.number.size - other.number.size) > SAME_SIZE * card.number.size:
        return False
    a, b, size = card.box, other.box, card.number.size
    across = max(a[0], b[0]) - min(a[2], b[2])
    down = max(a[1], b[1]) - min(a[3], b[3])
    if down < 0:  # in one row
        return across <= BESIDE * size
    return across < 0 and down <= APART * size


def _add_names(group: _Group, lines: list[Line]) -> None:
    """Find the names of a group's cards: short texts between its rows, right above it or left of a row."""
    held = {id(word) for card in group.cards for line in card.lines for word in line.words}
    x0, top, x1, bottom = _around(group.cards)
    size = group.cards[0].number.size
    near = [
        line
        for line in lines
        if id(line.words[0]) not in held
        and x0 - SET_OUT * size <= line.x0 < x1
        and top - ABOVE * size <= (line.top + line.bottom) / 2 <= bottom
    ]
    names = [line for line in near if line.x1 <= x1 and _may_name(line, lines)]
    above = max((line.baseline for line in near if line.bottom <= top), default=0.0)
    names = [line for line in names if line.bottom > top or line.baseline == above]
    # A name may go on in a second line: « (PA) ».
    names += [line for line in near if line not in names and any(_ends_name(name, line) for name in names)]
    group.names = names


def _may_name(line: Line, lines: list[Line]) -> bool:
    """Whether a line is short, begins with a capital, and no other text stands near to it in its row."""
    if len(line.words) > NAME_WORDS or not line.text[0].isupper() or any(map(str.isdigit, line.text)):
        return False
    return not any(
        other is not line
        and abs(other.baseline - line.baseline) <= SAME_ROW * line.size
        and max(other.x0 - line.x1, line.x0 - other.x1) < line.size
        for other in lines
    )


def _ends_name(name: Line, line: Line) -> bool:
    """Whether a line is the end of a name that begins in the line above it."""
    ends = line.text[0] == "(" or line.text[0].islower()
    return ends and len(line.words) < NAME_WORDS and goes_on(name, line) and line.x1 <= name.x1


def _is_whole(group: _Group, lines: list[Line]) -> bool:
    """Whether nothing stands among the cards but they and their names."""
    own = {id(word) for card in group.cards for line in card.lines for word in line.words}
    own |= {id(word) for line in group.names for word in line.words}
    x0, top, x1, bottom = _around(group.cards)
    return not any(
        id(line.words[0]) not in own
        and top <= (line.top + line.bottom) / 2 <= bottom
        and x0 < (line.x0 + line.x1) / 2 < x1
        for line in lines
    )


def _in_order(group: _Group) -> list[list[Line]]:
    """The names and cards of a group: under names side by side column by column, else row by row."""
    names = [(line.top, line.x0, [line]) for line in group.names]
    cards = []
    for card in group.cards:
        x0, top, _, bottom = card.box
        cards.append((top, x0, card.lines))
        # A name left of its row comes before it.
        names = [
            (top - 0.1, x, text) if text[0].x1 <= x0 and top <= y <= bottom else (y, x, text)
            for y, x, text in names
        ]
    size = group.cards[0].number.size
    level: dict[int, list[_Text]] = {}
    for number, name in enumerate(sorted(names, key=lambda name: name[0])):
        row = next((k for k, row in level.items() if abs(row[0][0] - name[0]) <= SAME_ROW * size), number)
        level.setdefault(row, []).append(name)
    columns = max(level.values(), key=len, default=[])
    starts = sorted(x for _, x, _ in columns) if len(columns) > 1 else []

    def place(item: _Text) -> tuple[int, float, float]:
        y, x, text = item
        reach = max(line.x1 for line in text)
        column = sum(start < reach for start in starts[1:])
        return column, y, x

    ordered = sorted([*names, *cards], key=place)
    # Cards of one row go from left to right: either their tops are level, or their numbers are.
    rows: list[list[_Text]] = []
    for _, column in groupby(ordered, key=lambda item: place(item)[0]):
        first = len(rows)
        for item in column:
            if len(rows) > first and _drop(rows[-1][0], item) <= SAME_ROW * size:
                rows[-1].append(item)
            else:
                rows.append([item])
    ranked = [sorted(row, key=lambda item: item[1]) for row in rows]
    named = {id(line) for line in group.names}
    out: list[list[Line]] = []
    for is_name, run in groupby(ranked, key=lambda row: any(id(text[0]) in named for _, _, text in row)):
        block = [[text for _, _, text in row] for row in run]
        if not is_name and _runs_down(block):
            block = [[row[k] for row in block if k < len(row)] for k in range(len(block[0]))]
        out += [text for row in block for text in row]
    return out


def _runs_down(rows: list[list[list[Line]]]) -> bool:
    """Whether rows of cards are read column by column: one that others follow is shorter than the first.

    In a grid that is filled row by row only the last is.
    """
    return min((len(row) for row in rows[:-1]), default=inf) < len(rows[0]) == max(map(len, rows))


def _drop(first: _Text, second: _Text) -> float:
    """How much lower the second of two texts stands: by their tops, or by the numbers of their cards."""
    return min(second[0] - first[0], abs(second[2][0].top - first[2][0].top))
