"""Reading a staff panel from where its words stand on the page, whatever order the text has them in.

A panel is set in many ways: numbers large beside or over their roles, groups as columns, as cells before
their rows or as headings, counts in cards, in tables, along dotted lines. What it may say is narrow, though:
groups, counts of roles, « dont ». So its words are told by the grammar and its ends by the first words that
say something else; a number belongs to the role beside it, below or above it, whichever holds for all. The
lines that come of it are read as those of any panel.

This is the one place past `read` that looks at boxes: the reader knows where words stand, but not which of
them are roles.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...french.fold import fold
from ...french.number import Number
from ...grammar.compiled import regexp
from .arranged import Entry, in_order
from .body import PanelBody, StaffCount
from .phrases import (
    GAP,
    SAME_EDGE,
    SAME_ROW,
    Phrase,
    PlacedWord,
    is_next,
    level,
    mended,
    phrase_of,
    phrases_of,
    pieces_of,
)
from .words import StaffWords

DOWN = 3.0  # times the height: white within a panel
ACROSS = 14.0  # times the height, likewise, …
APART = 40.0  # … and between a role and its number at the other end of a row
NEAR = 1.3  # times the number's height: white between it and a role above or below it
OFF = 1.5  # times the height: white between the last count and a role below it that is another text's
FEWEST_COUNTS = 2
_NUMBER = regexp(r"\(?(\d+)[),;:.]*")


def read_placed(
    staff: StaffWords,
    text: str,
    words: Sequence[PlacedWord],
    title: tuple[int, int],
    others: Sequence[tuple[int, int]],
    full_time: bool,
    read: Sequence[StaffCount],
) -> tuple[StaffCount, ...]:
    """The counts of the panel whose title is ``text[title]``, from `words`, those of its page.

    `others` are the titles of other panels, `read` what the text gives in its own order. Nothing where not
    every number near the title counts a role, or where that leaves out what stands under the title.
    """
    heads = [_around(words, span) for span in (title, *others)]
    if heads[0] is None:
        return ()
    rest = [word for word in words if not any(_inside(word, span) for span in (title, *others))]
    phrases = mended([phrase for phrase in phrases_of(rest, staff, text) if phrase.text], staff, text)
    known = [head for head in heads if head is not None]
    own = _panel(phrases, known)
    entries = _paired(own)
    if not entries:
        return ()
    counts = tuple(_read(staff, text, in_order(entries), full_time))
    numbers = sum(kind == "number" for phrase in own for kind in phrase.kinds())
    if len(counts) < max(FEWEST_COUNTS, numbers):
        return ()
    if not all(count.known and len(count.number.text) == _length(count.number) for count in counts):
        return ()  # an unknown role, or a number put together from far apart
    found = {count.number.start for count in counts}
    left = {count.number.start for count in read if count.known} - found
    foreign = (phrase for phrase in phrases if _owner(phrase, known) not in (None, heads[0]))
    left -= {word.start for phrase in foreign for word in phrase.words}
    # Where only the parts differ, the reader's order stands: it has seen whether a grid is filled by columns.
    # Where it has none, a name stands between them and what they are parts of.
    said, told = ({(c.number.start, c.role, c.group) for c in some} for some in (read, counts))
    parted = any(c.part_of for c in read) or not any(c.part_of for c in counts)
    return () if left or (said == told and parted) else counts


def stand_together(words: Sequence[PlacedWord], count: StaffCount) -> bool:
    """Whether a number that the text has under its role stands beside it on the page, right below or above.

    `words` are those of the page. Of a count that is not on it, or whose number follows on the role's line,
    nothing is known.
    """
    number = next((word for word in words if word.start <= count.number.start < word.end), None)
    role = [word for word in words if count.under <= word.start < count.number.start]
    if count.under < 0 or not role or number is None:
        return True
    near = NEAR * (number.bottom - number.top)
    return any(
        level(word, number)
        or (
            min(word.x1, number.x1) > max(word.x0, number.x0)
            and max(number.top - word.bottom, word.top - number.bottom) <= near
        )
        for word in role
    )


def _inside(word: PlacedWord, span: tuple[int, int]) -> bool:
    return span[0] <= word.start and word.end <= span[1]


def _around(words: Iterable[PlacedWord], span: tuple[int, int]) -> Phrase | None:
    own = [word for word in words if _inside(word, span)]
    return phrase_of(own, "", []) if own else None


# The panel ------------------------------------------------------------------------------------------
def _panel(phrases: list[Phrase], heads: list[Phrase]) -> list[Phrase]:
    """The phrases of the panel under the first of `heads`, no other text between one and the next."""
    free = [
        phrase
        for phrase in phrases
        if phrase.tokens
        and _owner(phrase, heads) is heads[0]
        and not _in_prose(phrase, phrases)
        and not (phrase.is_number and _ends_prose(phrase, phrases))
    ]
    walls = [phrase for phrase in phrases if phrase.tokens is None]
    found: list[Phrase] = []
    waiting = [heads[0]]
    while waiting:
        last = waiting.pop()
        for phrase in [phrase for phrase in free if _near(last, phrase, walls, free + found)]:
            free.remove(phrase)
            found.append(phrase)
            waiting.append(phrase)
    return found


def _owner(phrase: Phrase, heads: Iterable[Phrase]) -> Phrase | None:
    """The title that a phrase stands under: the nearest above it, those over it first."""
    above = [head for head in heads if head.top <= phrase.top + SAME_ROW * phrase.height]
    return min(above, key=lambda h: (max(h.x0 - phrase.x1, phrase.x0 - h.x1, 0.0), -h.top), default=None)


def _in_prose(phrase: Phrase, phrases: Iterable[Phrase]) -> bool:
    """Whether a phrase is a line of a paragraph that says other things, or a piece of such a line.

    It is the last line, or one between others; a piece is lined up with nothing that panels say.
    """
    near = SAME_EDGE * phrase.height
    prose = [other for other in phrases if other.tokens is None]
    if any(
        level(other, phrase) and _white(other, phrase) <= GAP * phrase.height for other in prose
    ) and not any(
        min(abs(o.x0 - phrase.x0), abs(o.x1 - phrase.x1)) <= near
        for o in phrases
        if o.tokens and o is not phrase
    ):
        return True
    others = [other for other in prose if abs(other.x0 - phrase.x0) <= near]

    above = any(is_next(other, phrase, phrase.height) for other in others)
    below = any(is_next(phrase, other, phrase.height) for other in others)
    return above and ("number" not in phrase.kinds() or phrase.text[0].islower() or below)  # « quatre ISM. »


def _ends_prose(number: Phrase, phrases: Iterable[Phrase]) -> bool:
    """Whether a number stands nearer behind a line of other text than any role does to it."""
    beside = [other for other in phrases if other is not number and level(number, other)]
    white = min(
        (number.x0 - o.x1 for o in beside if o.tokens is None and o.x1 <= number.x0), default=math.inf
    )
    roles = (other for other in phrases if other.is_role and white < math.inf)
    return white < math.inf and not any(
        max(role.x0 - number.x1, number.x0 - role.x1, 0.0) <= white
        and max(role.top - number.bottom, number.top - role.bottom) <= NEAR * number.height
        for role in roles
    )


def _white(first: Phrase, second: Phrase) -> float:
    """The white between two phrases of a row, negative where they overlap."""
    return max(first.x0, second.x0) - min(first.x1, second.x1)


def _near(first: Phrase, second: Phrase, walls: Iterable[Phrase], own: Iterable[Phrase]) -> bool:
    """Whether two phrases stand side by side or one below the other, with no other text between.

    A lone number and its role may stand far apart on a row, if nothing of the panel (`own`) is between.
    """
    height = max(first.height, second.height)
    across = _white(first, second)
    down = max(first.top, second.top) - min(first.bottom, second.bottom)
    beside = level(first, second)
    far = across > ACROSS * height
    paired = beside and ((first.is_number and second.is_role) or (first.is_role and second.is_number))
    if down > DOWN * height or across > (APART if paired else ACROSS) * height:
        return False
    x0, x1 = sorted((max(first.x0, second.x0), min(first.x1, second.x1)))
    top, bottom = sorted((max(first.top, second.top), min(first.bottom, second.bottom)))
    return not any(
        min(other.x1, x1) > max(other.x0, x0)
        and (top <= (other.top + other.bottom) / 2 <= bottom or (beside and level(other, first)))
        for other in (*walls, *(own if far else ()))
    )


# Numbers and their roles ----------------------------------------------------------------------------
Relation = Callable[[Phrase, Phrase], float | None]
"""How far a role stands from a number on one side of it; `None` where it doesn't stand there."""


def _paired(phrases: list[Phrase]) -> list[Entry]:
    """The lines of a panel, each lone number with its role; none where a number has none."""
    if any(phrase.kinds() == ["dont"] for phrase in phrases):
        return []  # of which count it opens the parts is not sure
    numbers = [phrase for phrase in phrases if phrase.is_number]
    roles = [phrase for phrase in phrases if phrase.is_role]
    parts = [phrase for phrase in phrases if phrase.kinds()[:1] == ["dont"] and phrase not in roles]
    for role in roles:
        under = (
            p.bottom for p in parts if p.x0 < role.x1 and p.x1 > role.x0 and is_next(role, p, role.height)
        )
        role.label_bottom = max(under, default=role.bottom)
    pairs: dict[int, Phrase] = {}
    if numbers:
        fits = [_matched(numbers, roles, relation) for relation in (_behind, _before, _below, _above)]
        whole = [fit for fit in fits if len(fit[0]) == len(numbers)]
        if not whole:
            return []
        pairs, _ = min(whole, key=lambda fit: fit[1])
    held = {id(role) for role in pairs.values()}
    counted = [*numbers, *pairs.values(), *(phrase for phrase in phrases if "number" in phrase.kinds())]
    entries = []
    for phrase in phrases:
        if phrase.is_number:
            entries.append(_counted(phrase, pairs[id(phrase)]))
        elif id(phrase) not in held:
            if phrase.is_role and not phrase.is_group:
                if counted and _stands_off(phrase, counted):
                    continue  # whoever signs the text beside the panel
                return []  # its number is missing
            pieces = _number_first(phrase)
            entries.append(_entry([phrase], pieces, phrase.is_group))
            entries[-1].parts, entries[-1].moved = phrase.kinds()[0] == "dont", pieces != phrase.words
    return entries


def _stands_off(role: Phrase, counted: Sequence[Phrase]) -> bool:
    """Whether a role stands outside of where a panel's counts do, more than a line away."""
    return (
        max(min(p.x0 for p in counted) - role.x1, role.x0 - max(p.x1 for p in counted)) > role.height
        or max(min(p.top for p in counted) - role.bottom, role.top - max(p.bottom for p in counted))
        > OFF * role.height
    )


def _matched(
    numbers: list[Phrase], roles: list[Phrase], relation: Relation
) -> tuple[dict[int, Phrase], float]:
    """Each number with the nearest role on one side of it, no role twice, and how far off they stand."""
    found: dict[int, Phrase] = {}
    taken: set[int] = set()
    total = 0.0
    near = [
        (distance, n, r)
        for n, number in enumerate(numbers)
        for r, role in enumerate(roles)
        if (distance := relation(number, role)) is not None
    ]
    for distance, n, r in sorted(near):
        if id(numbers[n]) not in found and r not in taken:
            found[id(numbers[n])] = roles[r]
            taken.add(r)
            total += distance
    return found, total


class _Extent(NamedTuple):
    top: float
    bottom: float


def _beside(number: Phrase, role: Phrase, white: float) -> float | None:
    labels = [_Extent(role.top, role.bottom), _Extent(role.top, role.label_bottom)]
    if not -1.0 <= white <= APART * role.height or not any(level(number, label) for label in labels):
        return None
    off = min(abs(number.top + number.bottom - label.top - label.bottom) for label in labels)
    return max(white, 0.0) + off / 2


def _behind(number: Phrase, role: Phrase) -> float | None:
    return _beside(number, role, role.x0 - number.x1)


def _before(number: Phrase, role: Phrase) -> float | None:
    return _beside(number, role, number.x0 - role.x1)


def _stacked(number: Phrase, role: Phrase, white: float) -> float | None:
    edges = (abs(number.x0 - role.x0), abs(number.x1 - role.x1), abs(number.middle - role.middle))
    if not -0.3 * number.height <= white <= NEAR * number.height:
        return None
    return max(white, 0.0) if min(edges) <= SAME_EDGE * max(number.height, role.height) else None


def _below(number: Phrase, role: Phrase) -> float | None:
    return _stacked(number, role, role.top - number.bottom)


def _above(number: Phrase, role: Phrase) -> float | None:
    return _stacked(number, role, number.top - role.bottom)


def _counted(number: Phrase, role: Phrase) -> Entry:
    """A number and its role as one line: « 4 » and « dont Csam » are « dont 4 Csam »."""
    first = next(token for token in role.tokens or () if token.kind in ("role", "group"))
    before = sum(start < first.start for start, _ in role.placed())
    pieces = [*role.words[:before], *number.words, *role.words[before:]]
    entry = _entry([number, role], pieces, False)
    entry.parts, entry.moved = role.kinds()[0] == "dont", True
    return entry


def _number_first(phrase: Phrase) -> list[PlacedWord]:
    """The words of a phrase, its number before its role where it counts one: « agents 31, dont »."""
    kinds = [kind for kind in phrase.kinds() if kind != "dont"]
    if kinds not in (["role", "number"], ["group", "number"]):
        return phrase.words
    number = next(token for token in phrase.tokens or () if token.kind == "number")
    role = next(token for token in phrase.tokens or () if token.kind in ("role", "group"))
    placed = phrase.placed()
    at = sum(start < role.start for start, _ in placed)
    own = [
        word for start, word in placed if start < number.end and start + word.end - word.start > number.start
    ]
    return [*phrase.words[:at], *own, *(word for word in phrase.words[at:] if word not in own)]


def _entry(phrases: Sequence[Phrase], pieces: list[PlacedWord], is_name: bool) -> Entry:
    return Entry(
        list(pieces),
        min(phrase.x0 for phrase in phrases),
        min(phrase.top for phrase in phrases),
        max(phrase.x1 for phrase in phrases),
        max(phrase.bottom for phrase in phrases),
        min(phrase.height for phrase in phrases),
        next((phrase.group for phrase in phrases if phrase.group), ""),
        is_name,
    )


# Reading --------------------------------------------------------------------------------------------
def _read(staff: StaffWords, text: str, entries: Iterable[Entry], full_time: bool) -> Iterator[StaffCount]:
    """The counts that lines state, each with the offsets of the text itself."""
    said: list[str] = []
    offsets: list[int] = []
    for entry in entries:
        own = [word for word in entry.pieces if word.start < word.end]
        for word, piece in zip(own, pieces_of(own, text), strict=True):
            if entry.moved and (alone := _NUMBER.fullmatch(piece.rstrip(" "))):  # « (4), »
                piece = alone[1].rjust(alone.end(1)).ljust(len(piece))
            said.append(piece)
            offsets += range(word.start, word.start + len(piece))
        if entry.moved:  # « Cadres : 4 » is « 4 Cadres », which opens no parts
            said[-1] = said[-1].rstrip(": ").ljust(len(said[-1]))
        said[-1] = said[-1][:-1] + "\n"
    line = "".join(said)
    for count in PanelBody(staff, line, fold(line), 0, full_time, ()).read():
        number = count.number
        yield replace(count, number=_moved(number, offsets), end=offsets[number.end - 1] + 1)


def _length(number: Number) -> int:
    return number.end - number.start


def _moved(number: Number, offsets: list[int]) -> Number:
    """A number with the offsets of the text itself."""
    start, end = offsets[number.start], offsets[number.end - 1] + 1
    return number._replace(start=start, end=end)
