"""What can be told of a pattern without matching it: how its matches begin and end, what they all hold.

A rule is asked of every number, and nearly always answers no. Most answers can be read off one character
beside the number, or off a word that the text does not hold. Method: the pattern is read into a small
tree; everything that is not understood (backreferences, flags, recursion) counts as « anything », so a hint
never says no where the pattern would match. The idea is that of the prefilters of RE2 (Cox, « Regular
Expression Matching with a Trigram Index », 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from .compiled import compiled, regexp

BLANKS = " \n\r"
"""White space of folded text: hints on ends look past it."""

MOST_WORDS = 24
"""Words that `needs` may list; with more, looking for them costs more than the pattern."""


class Ends(NamedTuple):
    """The characters that a match may start or end with, blanks apart: listed, or in one of some classes."""

    listed: frozenset[str]
    classes: tuple[str, ...]
    """Sources of patterns for one character."""

    def hold(self, character: str) -> bool:
        """Is `character` one of them? The empty string, for « nothing but blanks », never is."""
        return character in self.listed or any(_in(source, character) for source in self.classes)


Needs = tuple[tuple[str, ...], ...]
"""Lists of strings: a match holds one of each, the first being the most telling. Empty: nothing is known."""


class Hints(NamedTuple):
    """What every match of a pattern is like; nothing is known of one that may match nothing."""

    first: Ends | None
    """What its first character is that is not blank; `None` where it may be any."""
    last: Ends | None
    """What its last character is that is not blank; `None` where it may be any."""
    needs: Needs
    """What it holds."""
    on_a_line: bool
    """Whether it and what it looks ahead at hold no line end, so that the line alone decides."""


_KNOWN: dict[str, Hints] = {}


def hints_of(pattern: str) -> Hints:
    """The hints of `pattern`, as the `regex` module (version 0) reads it."""
    if pattern not in _KNOWN:
        _KNOWN[pattern] = _told_by(pattern)
    return _KNOWN[pattern]


def known_hints() -> dict[str, Hints]:
    """The hints of all patterns that were asked for in this process."""
    return dict(_KNOWN)


def adopt_hints(hints: Mapping[str, Hints]) -> None:
    """Take over what another process has told of patterns."""
    _KNOWN.update(hints)


def may_match(needs: Needs, text: str) -> bool:
    """May a pattern with these `needs` be found in `text`?"""
    # loops, not all() and any(): generators would double the cost
    for words in needs:
        for word in words:
            if word in text:
                break
        else:
            return False
    return True


@cache
def _in(source: str, character: str) -> bool:
    return bool(character) and compiled(source).fullmatch(character) is not None


# The tree -----------------------------------------------------------------------------------------
class _One(NamedTuple):
    """One character: itself, or the source of the class that it is of."""

    character: str
    source: str = ""


class _Repeated(NamedTuple):
    """What is repeated, `least` times or more; 0 stands for « may be left out »."""

    inner: _One | _Choice
    least: int


class _Choice(NamedTuple):
    """Alternatives, each a sequence. One empty alternative is what assertions (``\\b``, lookarounds) are."""

    branches: tuple[tuple[_Repeated, ...], ...]


_EMPTY = _Choice(((),))


class _NotUnderstood(Exception):
    """The pattern says something that hints can't tell."""


_QUANTIFIER = regexp(r"(?:[*?+]|\{(?P<least>\d*)(?P<more>,\d*)?\})[?+]?")
_GROUP = regexp(r"\?(?:(?P<open>:|>|P?<[A-Za-z_]\w*>)|(?P<look>[=!]|<[=!]))")
_ESCAPE = regexp(
    r"\\(?:(?P<assertion>[bBAZmMG])|(?P<class>[dDsSwWhH]|[pP]\{\^?\w+\})|(?P<control>[nrtfva])|(?P<itself>[^\w]))"
)
_CLASS = regexp(r"\[\^?\]?(?:\\[pP]\{\^?\w+\}|\\.|\[(?!:)|[^\]\\\[])*\]", regex.DOTALL)
_LISTED = regexp(r"\[(?=.{2})-?(?:\\[^\w]|[^\]\\\[^-])*-?\]", regex.DOTALL)
"""A class that lists its characters."""
_FOR_TWO = regexp(r"--|\|\||&&|~~")


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str):
        self.pattern = pattern
        self.at = 0
        self.on_a_line = True

    def whole(self) -> _Choice:
        tree = self._choice()
        if self.at < len(self.pattern):
            raise _NotUnderstood
        return tree

    def _choice(self) -> _Choice:
        branches = [self._sequence()]
        while self._next() == "|":
            self.at += 1
            branches.append(self._sequence())
        return _Choice(tuple(branches))

    def _next(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _sequence(self) -> tuple[_Repeated, ...]:
        items = []
        while self._next() not in ("", "|", ")"):
            inner = self._item()
            least = 1
            while quantifier := self._match(_QUANTIFIER):
                least *= _least(quantifier)
            items.append(_Repeated(inner, least))
        return tuple(items)

    def _match(self, what: regex.Pattern[str]) -> regex.Match[str] | None:
        match = what.match(self.pattern, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def _item(self) -> _One | _Choice:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character in "*?+{":
            raise _NotUnderstood
        self.at += 1
        if character in "^$":
            self.on_a_line &= character == "^"
            return _EMPTY
        if character == ".":
            return self._one("", "(?s:.)")
        return self._one(character)

    def _one(self, character: str, source: str = "") -> _One:
        self.on_a_line &= not (_in(source, "\n") if source else character == "\n")
        return _One(character, source)

    def _group(self) -> _Choice:
        self.at += 1
        group = self._match(_GROUP)
        if group is None and self._next() in ("?", "*"):
            raise _NotUnderstood
        look = group["look"] if group is not None else None
        so_far = self.on_a_line
        inner = self._choice()
        if look and "<" in look:
            self.on_a_line = so_far  # what is looked back at is no part of the match
        if self._next() != ")":
            raise _NotUnderstood
        self.at += 1
        return _EMPTY if look else inner

    def _class(self) -> _One | _Choice:
        match = self._match(_CLASS)
        if match is None or _FOR_TWO.search(match[0]):
            raise _NotUnderstood
        if _LISTED.fullmatch(match[0]):
            listed = match[0][1:-1].replace("\\", "")
            return _Choice(tuple((_Repeated(self._one(c), 1),) for c in dict.fromkeys(listed)))
        return self._one("", match[0])

    def _escape(self) -> _One | _Choice:
        match = self._match(_ESCAPE)
        if match is None:
            raise _NotUnderstood
        if match["assertion"]:
            self.on_a_line &= match["assertion"] != "Z"
            return _EMPTY
        return self._one(match["itself"]) if match["itself"] else self._one("", match[0])


def _least(quantifier: regex.Match[str]) -> int:
    if quantifier[0][0] != "{":
        return int(quantifier[0][0] == "+")
    if not quantifier["least"] and not quantifier["more"]:
        raise _NotUnderstood
    return int(quantifier["least"] or 0)


# What the tree tells ------------------------------------------------------------------------------
def _told_by(pattern: str) -> Hints:
    reader = _Reader(pattern)
    try:
        tree = reader.whole()
    except _NotUnderstood:
        return Hints(None, None, (), False)
    whole = _needs(tree)
    parts = sorted(_parts(tree), key=_cost)
    needs = dict.fromkeys(tuple(sorted(part)) for part in ([whole, *parts] if whole else parts))
    return Hints(_ends(tree, 1), _ends(tree, -1), tuple(needs), reader.on_a_line)


def _ends(tree: _Choice, step: int) -> Ends | None:
    """The ends at the start (`step` 1) or at the end (-1) of matches."""
    found: dict[_One, None] = {}
    if _add_ends(tree, step, found):
        return None
    listed = frozenset(one.character for one in found if one.character)
    return Ends(listed, tuple(one.source for one in found if not one.character))


def _add_ends(item: _One | _Choice, step: int, found: dict[_One, None]) -> bool:
    """Add to `found`; the answer is whether `item` may match nothing but blanks."""
    if isinstance(item, _One):
        found[item] = None
        if item.character:
            return item.character in BLANKS
        return any(_in(item.source, blank) for blank in BLANKS)
    blank = False
    for branch in item.branches:
        for repeated in branch[::step]:
            if not _add_ends(repeated.inner, step, found) and repeated.least:
                break
        else:
            blank = True
    return blank


def _needs(item: _One | _Choice) -> frozenset[str] | None:
    """Strings of which each match of `item` holds one; `None` where there are none, or too many."""
    if isinstance(item, _One):
        return frozenset([item.character]) if item.character else None
    needs: set[str] = set()
    for branch in item.branches:
        best = min((told for told in _told(branch) if told), key=_cost, default=None)
        if best is None:
            return None
        needs |= best
    return frozenset(needs) if len(needs) <= MOST_WORDS else None


def _told(branch: Sequence[_Repeated]) -> Iterator[frozenset[str] | None]:
    """What each part of a sequence needs; characters that stand side by side are one string."""
    string = ""
    for inner, least in branch:
        if isinstance(inner, _One) and inner.character and least == 1:
            string += inner.character
            continue
        if string:
            yield frozenset([string])
            string = ""
        if least:
            yield _needs(inner)
    if string:
        yield frozenset([string])


def _parts(tree: _Choice) -> Iterator[frozenset[str]]:
    """What the parts of a pattern need that stand in each match; blanks are in nearly every text."""
    if len(tree.branches) > 1:
        return
    yield from (told for told in _told(tree.branches[0]) if told and not told & frozenset(BLANKS))
    for inner, least in tree.branches[0]:
        if least and isinstance(inner, _Choice):
            yield from _parts(inner)


def _cost(needs: Iterable[str]) -> tuple[int, int]:
    """Smaller tells more: long strings, then few of them."""
    listed = list(needs)
    return -min(map(len, listed)), len(listed)
