"""Patterns that can't hang a run: matched against the clock, and the rule named whose pattern is slow.

Backtracking takes exponential time where a group that repeats is repeated, and polynomial time of the
degree of its open-ended repeats elsewhere. Such patterns are matched with a time limit (of processor
time; the `regex` module looks at the clock while it searches). The others are left alone: starting the
clock costs more than most of their matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import regex

from ..model import problems
from .compiled import regexp
from .mistakes import GrammarError

TIME_LIMIT = 2.0
"""Seconds that one pattern may take on one text."""

_SHOWN = 60
_FEW_REPEATS = 3
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
    """A compiled pattern whose every use has the time limit; else like `regex.Pattern`.

    Its methods raise `PatternTimeout`. A `timeout` given (None included: no limit) goes before the limit.
    """

    def __init__(self, compiled: regex.Pattern[str]):
        self._compiled = compiled
        self.pattern: str = compiled.pattern
        self.groupindex: Mapping[str, int] = compiled.groupindex
        self.groups: int = compiled.groups
        self.flags: int = compiled.flags

    def match(self, string: str, *args: Any, **options: Any) -> regex.Match[str] | None:
        """As `regex.Pattern.match`."""
        return cast("regex.Match[str] | None", self._used("match", string, args, options))

    def fullmatch(self, string: str, *args: Any, **options: Any) -> regex.Match[str] | None:
        """As `regex.Pattern.fullmatch`."""
        return cast("regex.Match[str] | None", self._used("fullmatch", string, args, options))

    def search(self, string: str, *args: Any, **options: Any) -> regex.Match[str] | None:
        """As `regex.Pattern.search`."""
        return cast("regex.Match[str] | None", self._used("search", string, args, options))

    def findall(self, string: str, *args: Any, **options: Any) -> list[Any]:
        """As `regex.Pattern.findall`."""
        return cast("list[Any]", self._used("findall", string, args, options))

    def split(self, string: str, *args: Any, **options: Any) -> list[str | Any]:
        """As `regex.Pattern.split`."""
        return cast("list[str | Any]", self._used("split", string, args, options))

    def sub(self, repl: Any, string: str, *args: Any, **options: Any) -> str:
        """As `regex.Pattern.sub`."""
        try:
            return self._compiled.sub(repl, string, *args, **{"timeout": TIME_LIMIT, **options})
        except TimeoutError as error:
            raise PatternTimeout(self.pattern, string) from error

    def finditer(self, string: str, *args: Any, **options: Any) -> Iterator[regex.Match[str]]:
        """As `regex.Pattern.finditer`; the limit is that of all matches together."""
        try:
            yield from self._compiled.finditer(string, *args, **{"timeout": TIME_LIMIT, **options})
        except TimeoutError as error:
            raise PatternTimeout(self.pattern, string) from error

    def _used(self, method: str, string: str, args: tuple[Any, ...], options: dict[str, Any]) -> object:
        try:
            return getattr(self._compiled, method)(string, *args, **{"timeout": TIME_LIMIT, **options})
        except TimeoutError as error:
            raise PatternTimeout(self.pattern, string) from error


def repeats_a_group(pattern: str) -> bool:
    """Whether matching may take exponential time."""
    return _REPEATED_GROUP.search(pattern) is not None


def limited(compiled: regex.Pattern[str]) -> regex.Pattern[str]:
    """`compiled`, with the time limit where it may need one."""
    pattern = compiled.pattern
    if not repeats_a_group(pattern) and len(_OPEN_REPEAT.findall(pattern)) < _FEW_REPEATS:
        return compiled
    return cast("regex.Pattern[str]", LimitedPattern(compiled))  # the type itself can't be derived from
