"""The phrases of a staff panel's page: words that stand side by side, and what they say.

A phrase says groups, counts of roles, « dont », or, as any other text, nothing that a panel says. One that a
narrow column broke is made one again where that says something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, Protocol

from ...french.fold import fold
from ...french.numbers import scan_numbers
from ...grammar.compiled import regexp
from ...grammar.patterns import end_of
from ...model import Box
from .body import DONT
from .lines import BULLETS, FULL_TIME
from .words import StaffWords

SAME_ROW = 0.5  # of the lower height: how far two words of a row overlap
SAME_HEIGHT = 1.4  # times: words of one phrase differ less
GAP = 1.1  # of the height: white between the words of a phrase, …
LEAST_GAP = 0.6  # …, where other text stands beside it
OWN_GAP = 0.45  # … and between two counts, or a count and the parts of another, side by side
SAME_EDGE = 0.6  # of the height: lines of one phrase begin, end or are centred together, …
HANGING = 3.0  # … or hang behind its number
LEADING = 0.9  # of the height: white between two lines of a phrase
MOST_LINES = 4  # of a phrase
MOST_WORDS = 7  # of a line that says something only with those around it
_WORD = regexp(r"[.…·_]{3,}|(?:(?![.…·_]{3,})[^\s|])+")
_MARKS = regexp(rf"(?:[ \t*:=.,;/&+()\[\]…–—{BULLETS}-]|\b(?:et|ainsi que|plus|en|de)\b(?= |$))*")
_ASIDE = regexp(r"\([^)\n\d]{1,40}\)")
_BROKEN = regexp("[\u2010\u00ad-]")
_YEAR = regexp(r"(?:19|20)\d\d[ .,;:)]*")
_LEADERS = regexp(r"[.…·_]{3,}")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word ``text[start:end]``, or the part of it on one line, in points from the page's top left.

    The rest of a word that goes on in the next line has no characters of its own.
    """

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    mark: bool = False
    """It is a list mark or the like."""
    broken: bool = False
    """It goes on in the next word; the hyphen at its end is left out."""


def placed_words(
    text: str, start: int, end: int, page: int, boxes: Callable[[int, int], list[Box]]
) -> list[PlacedWord]:
    """The words of ``text[start:end]`` that stand on `page`, by what `boxes` gives for their characters."""
    words = []
    for match in _WORD.finditer(text, start, end):
        for part, box in enumerate(boxes(match.start(), match.end())):
            if box.page == page:
                begin = match.end() if part else match.start()
                mark = _MARKS.fullmatch(match[0]) is not None
                words.append(PlacedWord(begin, match.end(), box.x0, box.top, box.x1, box.bottom, mark))
    return words


class Stands(Protocol):
    """What stands on a page, from `top` to `bottom` points below its top."""

    @property
    def top(self) -> float:
        """Where it begins."""

    @property
    def bottom(self) -> float:
        """Where it ends."""


class _Token(NamedTuple):
    """What stands at ``start:end`` of a phrase: `number`, `role`, `group` or `dont`.

    `group` is the group that a name is, or whose members a role's are.
    """

    kind: str
    start: int
    end: int
    group: str = ""


@dataclass(slots=True, eq=False)
class Phrase:
    """Words that are read together, lines below each other among them, and what they say.

    `tokens` is `None` where they say what no panel does.
    """

    words: list[PlacedWord]
    text: str
    tokens: list[_Token] | None
    x0: float
    top: float
    x1: float
    bottom: float
    height: float
    is_group: bool = False
    """It is the name of a group and nothing else."""
    label_bottom: float = 0.0
    """Where what it opens ends, if that stands right below it: « agents » over « dont 2 CAM »."""

    @property
    def middle(self) -> float:
        """Its middle across."""
        return (self.x0 + self.x1) / 2

    def placed(self) -> list[tuple[int, PlacedWord]]:
        """Its words with where each begins in its text."""
        at, out = 0, []
        for word in self.words:
            out.append((at, word))
            at += word.end - word.start + (not word.broken) if word.start < word.end else 0
        return out

    def kinds(self) -> list[str]:
        """The kinds of its tokens."""
        return [token.kind for token in self.tokens or ()]

    @property
    def group(self) -> str:
        """The group that it names, or whose members it counts; empty where that may be any."""
        return next((token.group for token in self.tokens or () if token.kind in ("role", "group")), "")

    @property
    def is_number(self) -> bool:
        """A number and nothing else."""
        return self.kinds() == ["number"]

    @property
    def is_open(self) -> bool:
        """It says nothing by itself, or goes on: « 9 médecins, dont 2 », « administratifs », « (2) »."""
        kinds, first = self.kinds(), self.text[0]
        if self.tokens is None or kinds == ["dont"] or kinds[-2:] == ["dont", "number"]:
            return True
        if kinds[-1:] == ["number"] and len(kinds) > 1:
            return "number" in (kinds[0], kinds[kinds[0] == "dont"])
        return (self.is_group and first.islower()) or (kinds in (["role"], ["number"]) and first == "(")

    @property
    def is_whole(self) -> bool:
        """It counts roles, each after its number, or one before it; or it names one without."""
        said = ["r" if kind == "group" else kind[0] for kind in self.kinds() if kind != "dont"]
        return "".join(said) in ("rn", "r", "nr" * (len(said) // 2)) and bool(said)

    @property
    def is_role(self) -> bool:
        """A role that stands without a number, as a part of the one before it or with parts behind it."""
        kinds = [kind for kind in self.kinds() if kind != "dont"]
        return len(kinds) == 1 and kinds[0] in ("role", "group")


def phrase_of(words: list[PlacedWord], text: str, tokens: list[_Token] | None) -> Phrase:
    """The phrase that `words` make, which say `text`."""
    heights = sorted(word.bottom - word.top for word in words)
    inner = [word for word in words if not word.mark] or words  # list marks stand outside what is lined up
    return Phrase(
        words,
        text,
        tokens,
        min(word.x0 for word in inner),
        min(word.top for word in words),
        max(word.x1 for word in inner),
        max(word.bottom for word in words),
        heights[len(heights) // 2],
    )


def phrases_of(words: Iterable[PlacedWord], staff: StaffWords, text: str) -> Iterator[Phrase]:
    """Words side by side, no wide white between them, from the top down and from left to right."""
    words = list(words)
    rests: dict[int, list[PlacedWord]] = {}
    for word in words:
        if word.start == word.end and not any(_follows(word, other) for other in words):
            rests.setdefault(word.end, []).append(word)
    alone = {id(rest) for found in rests.values() for rest in found}
    for phrase in _side_by_side([word for word in words if id(word) not in alone], staff, text):
        for rest in rests.get(phrase.words[-1].end, ()):
            if rest.x0 < phrase.x1 and rest.x1 > phrase.x0:  # a narrow column breaks it
                phrase.bottom = max(phrase.bottom, rest.bottom)
        yield phrase


def _follows(word: PlacedWord, other: PlacedWord) -> bool:
    return level(word, other) and 0 <= other.x0 - word.x1 <= GAP * (word.bottom - word.top)


def _side_by_side(words: Iterable[PlacedWord], staff: StaffWords, text: str) -> Iterator[Phrase]:
    rows: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda word: (word.top, word.x0)):
        row = next((row for row in reversed(rows[-8:]) if _same_row(row[0], word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    for row in rows:
        row.sort(key=lambda word: word.x0)
        begin = 0
        for at, (left, right) in enumerate(pairwise(row), 1):
            height = min(left.bottom - left.top, right.bottom - right.top)
            white = right.x0 - left.x1
            first, following = text[left.start : left.end], text[right.start : right.end]
            begins = (following.isdigit() and not first.isdigit()) or following == "dont"
            if white > (OWN_GAP if begins else GAP) * height:
                yield from _parts(row[begin:at], staff, text)
                begin = at
        yield from _parts(row[begin:], staff, text)


def _parts(words: list[PlacedWord], staff: StaffWords, text: str) -> Iterator[Phrase]:
    """Words side by side as one phrase, or as two where prose begins or ends beside what a panel says."""
    whole = _said(words, staff, text)
    if whole.tokens is None:
        whites = [(right.x0 - left.x1, at) for at, (left, right) in enumerate(pairwise(words), 1)]
        for white, at in sorted(whites, reverse=True):
            if white <= LEAST_GAP * whole.height:
                break
            for own, other in ((words[:at], words[at:]), (words[at:], words[:at])):
                if (phrase := _said(own, staff, text)).tokens:
                    yield phrase
                    yield from _parts(other, staff, text)
                    return
    yield whole


def _same_row(first: PlacedWord, second: PlacedWord) -> bool:
    low, high = sorted((first.bottom - first.top, second.bottom - second.top))
    return level(first, second) and high < SAME_HEIGHT * low


def _said(words: list[PlacedWord], staff: StaffWords, text: str) -> Phrase:
    said = "".join(pieces_of(words, text)).rstrip(" ")
    phrase = phrase_of(words, said, _tokens(staff, said))
    phrase.is_group = staff.group_named(said.strip(" :*")) is not None
    return phrase


def pieces_of(words: Iterable[PlacedWord], text: str) -> Iterator[str]:
    """The words that have characters of their own, each with the space behind it, if any."""
    for word in words:
        if word.start < word.end:
            yield text[word.start : word.end] + (" " if not word.broken else "")


def _tokens(staff: StaffWords, said: str) -> list[_Token] | None:
    """What a phrase says, where it says only what panels do."""
    folded = fold(said)
    at, tokens = 0, []
    while (at := end_of(_MARKS, folded, at)) < len(folded):
        token = _token(staff, said, folded, at)
        if token is None:
            return None
        at = token.end
        if token.kind:
            tokens.append(token)
    if [token.kind for token in tokens] != ["number"]:
        return tokens
    # « une » beside a panel is prose, as are « et 71 » and « 2021 », of « En 2021 » in a justified line.
    return None if _YEAR.fullmatch(said) or said[0].isalpha() else tokens


def _token(staff: StaffWords, said: str, folded: str, at: int) -> _Token | None:
    numbers = scan_numbers(said, at, len(said))
    if numbers and numbers[0].start == at and not numbers[0].marks & {"ordinal", "fraction", "slash"}:
        return _Token("number", at, numbers[0].stop)
    for kind, pattern in (("dont", DONT), ("", _LEADERS), ("", FULL_TIME), ("", _ASIDE)):
        if match := pattern.match(folded, at):
            return _Token(kind, at, match.end())
    group, role = staff.group_at(folded, at), staff.role_at(folded, at)
    if role is not None and (group is None or role[1] >= group[1]):
        return _Token("role", at, role[1], staff.group_of(role[0]))
    if group is not None:
        return _Token("group", at, group[1], group[0].id)
    contract = staff.contract_at(folded, at)
    return _Token("", at, contract[1]) if contract else None


def mended(phrases: list[Phrase], staff: StaffWords, text: str) -> list[Phrase]:
    """The phrases, those that only say something with the lines above or below them made one."""
    for phrase in list(phrases):
        if not phrase.is_open or (phrase.tokens is None and len(phrase.words) > MOST_WORDS):
            continue
        if phrase not in phrases:
            continue  # taken by another
        parted = [phrase]
        for cut, end in ((len(phrase.words) - 1, 1), (1, 0)):
            ends = [_said(part, staff, text) for part in (phrase.words[:cut], phrase.words[cut:]) if part]
            if len(ends) == 2 and ends[end].is_number:
                parted = ends
                break
        for own in ([phrase], parted):
            open_ = next((part for part in own if part.is_open), None)
            rest = [part for part in own if part is not open_]
            others = [other for other in phrases if other is not phrase]
            if phrase.kinds() == ["dont"] and any(o.is_number and level(phrase, o) for o in others):
                others = [o for o in others if o.top >= phrase.top]  # « 4 » beside « dont » over « Csam »
            whole = _whole(open_, others, staff, text) if open_ else None
            if whole is not None:
                at = phrases.index(phrase)
                phrases[at : at + 1] = [*rest, whole[0]]
                for part in whole[1]:
                    phrases.remove(part)
                break
    return phrases


def _whole(
    phrase: Phrase, others: list[Phrase], staff: StaffWords, text: str
) -> tuple[Phrase, list[Phrase]] | None:
    """The shortest run of lines below each other around `phrase` that says something, and those others."""
    chain, at = [phrase], 0
    for _ in range(MOST_LINES):
        above = next((other for other in reversed(others) if _goes_on(other, chain[0])), None)
        if above is None or above in chain:
            break
        chain.insert(0, above)
        at += 1
    for _ in range(MOST_LINES):
        below = next((other for other in others if _goes_on(chain[-1], other)), None)
        if below is None or below in chain:
            break
        chain.append(below)
    for count in range(2, MOST_LINES + 1):
        for first in range(max(0, at - count + 1), min(at, len(chain) - count) + 1):
            run = chain[first : first + count]
            words = [word for part in run for word in part.words]
            for own in (words, _unbroken(words, text)):
                found = _said(own, staff, text)
                if found.is_whole and not found.is_open:
                    return found, [part for part in run if part is not phrase]
    return None


def _unbroken(words: list[PlacedWord], text: str) -> list[PlacedWord]:
    """The words, those that a hyphen breaks at the end of their line without it."""
    out = list(words)
    for at, (word, below) in enumerate(pairwise(words)):
        if below.top > word.top + SAME_ROW * (word.bottom - word.top) and _BROKEN.match(text, word.end - 1):
            out[at] = replace(word, end=word.end - 1, broken=text[below.start].islower())
    return out


def _goes_on(line: Phrase, below: Phrase) -> bool:
    """Whether a line may go on with the one below it: near, as high, and lined up."""
    height = max(line.height, below.height)
    if not is_next(line, below, height):
        return False
    if height > SAME_HEIGHT * min(line.height, below.height):
        return False
    edges = (abs(line.x0 - below.x0), abs(line.x1 - below.x1), abs(line.middle - below.middle))
    return min(edges) <= SAME_EDGE * height or 0 < below.x0 - line.x0 <= HANGING * height


def is_next(line: Stands, below: Stands, height: float) -> bool:
    """Whether one of two things stands right below the other, lines of a `height` as they are."""
    return -0.3 * height <= below.top - line.bottom <= LEADING * height


def level(first: Stands, second: Stands) -> bool:
    """Whether one of two things stands beside the other: most of the lower one's height does."""
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return overlap > SAME_ROW * min(first.bottom - first.top, second.bottom - second.top)
