"""Patterns that can't hang a run: matched against the clock, and the rule named whose pattern is slow.

Backtracking takes exponential time where a group that repeats is repeated, and polynomial time of the
degree of its open-ended repeats elsewhere. Such patterns are matched with a time limit (of processor
time; the `regex` module looks at the clock while it searches), and only where the text holds what they need
(`rapextract.grammar.hints`). The others, and those that can't take long on the few characters they are given,
need no clock: starting it costs more than most matches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

import regex

from ..model import problems
from .compiled import regexp
from .hints import Needs, hints_of, may_match
from .mistakes import GrammarError

TIME_LIMIT = 2.0
"""Seconds that one pattern may take on one text."""

_FEW_CHARACTERS = 160
_SHOWN = 60
_FEW_REPEATS = 2
_REPEATED_GROUP = regexp(r"\)[*+?]?(?:[*+]|\{[\d,]+\})")
_OPEN_REPEAT = regexp(r"(?<!\\)(?:[*+]|\{\d+,\})")


class PatternTimeout(GrammarError, TimeoutError):
    """A pattern ran over `TIME_LIMIT` on `text`; `slow_rule` tells whose it is."""

    def __init__(self, pattern: str, text: str):
        shown = pattern if len(pattern) <= _SHOWN else f"{pattern[:_SHOWN]}…"
        super().__init__([problems.GRAMMAR_SLOW(rule=f"`{shown}`", seconds=TIME_LIMIT)])
        self.pattern = pattern
        self.text = text

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by pattern and text."""
        return type(self), (self.pattern, self.text)


class LimitedPattern:
    """A compiled pattern whose uses have the time limit; else like `regex.Pattern`.

    Its methods raise `PatternTimeout`. On a few characters the clock is only started where a group that
    repeats is repeated: nothing else can take long there.
    """

    def __init__(self, compiled: regex.Pattern[str], source: str):
        """`source` is the pattern without its direction."""
        self._compiled = compiled
        self._source = source
        self._few = 0 if repeats_a_group(compiled.pattern) else _FEW_CHARACTERS
        self.pattern: str = compiled.pattern
        self.groupindex: Mapping[str, int] = compiled.groupindex
        self.groups: int = compiled.groups
        self.flags: int = compiled.flags

    @cached_property
    def _needs(self) -> Needs:
        return hints_of(self._source).needs

    def match(self, string: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.match`."""
        return self._used(self._compiled.match, string, pos, endpos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.fullmatch`."""
        return self._used(self._compiled.fullmatch, string, pos, endpos)

    def search(self, string: str, pos: int = 0, endpos: int | None = None) -> regex.Match[str] | None:
        """As `regex.Pattern.search`."""
        return self._used(self._compiled.search, string, pos, endpos)

    def findall(self, string: str) -> list[Any]:
        """As `regex.Pattern.findall`."""
        try:
            return self._compiled.findall(string, timeout=TIME_LIMIT)
        except TimeoutError as error:
            raise PatternTimeout(self.pattern, string) from error

    def split(self, string: str) -> list[str | Any]:
        """As `regex.Pattern.split`."""
        try:
            return self._compiled.split(string, timeout=TIME_LIMIT)
        except TimeoutError as error:
            raise PatternTimeout(self.pattern, string) from error

    def sub(self, repl: Any, string: str, count: int = 0) -> str:
        """As `regex.Pattern.sub`."""
        try:
            return self._compiled.sub(repl, string, count, timeout=TIME_LIMIT)
        except TimeoutError as error:
            raise PatternTimeout(self.pattern, string) from error

    def finditer(self, string: str, pos: int = 0, endpos: int | None = None) -> Iterator[regex.Match[str]]:
        """As `regex.Pattern.finditer`; the limit is that of all matches together."""
        if not self._may_match(string, pos, endpos):
            return
        if (len(string) if endpos is None else endpos) - pos <= self._few:
            yield from self._compiled.finditer(string, pos, endpos)
            return
        try:
            yield from self._compiled.finditer(string, pos, endpos, timeout=TIME_LIMIT)
        except TimeoutError as error:
            raise PatternTimeout(self.pattern, string) from error

    def _used(
        self, method: Callable[..., regex.Match[str] | None], string: str, pos: int, endpos: int | None
    ) -> regex.Match[str] | None:
        if not self._may_match(string, pos, endpos):
            return None
        if (len(string) if endpos is None else endpos) - pos <= self._few:
            return method(string, pos, endpos)
        try:
            return method(string, pos, endpos, timeout=TIME_LIMIT)
        except TimeoutError as error:
            raise PatternTimeout(self.pattern, string) from error

    def _may_match(self, string: str, pos: int, endpos: int | None) -> bool:
        needs = self._needs
        return not needs or may_match(needs, string[pos:endpos])


def repeats_a_group(pattern: str) -> bool:
    """Whether matching may take exponential time."""
    return _REPEATED_GROUP.search(pattern) is not None


def limited(compiled: regex.Pattern[str], source: str) -> regex.Pattern[str]:
    """`compiled` (of `source`, in one direction or the other), with the time limit where it may need one."""
    pattern = compiled.pattern
    if not repeats_a_group(pattern) and len(_OPEN_REPEAT.findall(pattern)) < _FEW_REPEATS:
        return compiled
    # the type itself can't be derived from
    return cast("regex.Pattern[str]", LimitedPattern(compiled, source))
