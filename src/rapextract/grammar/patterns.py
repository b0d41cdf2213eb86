"""Patterns compiled and matched: folded text, anchors, a time limit.

A pattern is a regular expression of the `regex` module. Unless its rule is verbatim it is matched
against folded text (`rapextract.french.fold`), and is itself folded, so that « évolution » may be
written with its accent. Single line breaks inside a text count as spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache, lru_cache

import regex

from ..french.fold import fold
from ..model import problems
from .compiled import compiled, regexp
from .limited import TIME_LIMIT, limited
from .mistakes import GrammarError

_ESCAPE = regexp(
    r"\\(?:[pP]\{[^}]*\}|N\{[^}]*\}|L<[^>]*>|g<[^>]*>|.)|\(\?P?<[A-Za-z_]\w*>|\(\?[A-Za-z]+[:)]", regex.DOTALL
)


_LONG = 10_000
_SINGLE_BREAK = regexp(r"(?<!\n)\r?\n(?!\r?\n)")


def unwrapped(text: str) -> str:
    """`text` with each single line break as a space; same length, blank lines kept."""
    if "\n" not in text:
        return text
    return _unwrap_paragraph(text) if len(text) < _LONG else _unwrap_stretch(text)


def _without_breaks(text: str) -> str:
    return _SINGLE_BREAK.sub(lambda match: " " * len(match[0]), text)


_unwrap_paragraph = lru_cache(maxsize=64)(_without_breaks)
_unwrap_stretch = lru_cache(maxsize=2)(_without_breaks)  # more would hold a long report many times over


def matchable(text: str) -> str:
    """`text` as patterns see it: folded, line breaks as spaces, same length."""
    return fold(unwrapped(text)) if "\n" in text else fold(text)


@cache
def fold_pattern(pattern: str) -> str:
    """Fold the letters of a pattern and leave its escapes (``\\S``, ``\\p{Lu}``, group names) alone."""
    parts, last = [], 0
    for match in _ESCAPE.finditer(pattern):
        parts += [fold(pattern[last : match.start()]), match[0]]
        last = match.end()
    return "".join([*parts, fold(pattern[last:])])


def alternatives(patterns: Iterable[str]) -> str:
    """One pattern that matches where one of `patterns` does; a single one stays as it is."""
    listed = list(patterns)
    return listed[0] if len(listed) == 1 else "|".join(f"(?:{pattern})" for pattern in listed)


_BRACKETS = regexp(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\()|(?P<close>\))", regex.DOTALL)


def group_source(pattern: str, name: str) -> str | None:
    """What stands in the group `name` of `pattern`; `None` where it is no pattern without the rest of it."""
    start = pattern.find(f"(?<{name}>")
    depth = 0
    for match in _BRACKETS.finditer(pattern, max(0, start)):
        depth += (match["open"] is not None) - (match["close"] is not None)
        if not depth and match["close"]:
            source = pattern[start + len(f"(?<{name}>") : match.start()]
            with suppress(regex.error):
                return compiled(source).pattern if start >= 0 else None
            return None
    return None


@cache
def compile_pattern(pattern: str, backwards: bool = False) -> regex.Pattern[str]:
    """Compile once a process. `backwards` patterns are anchored at their end (``endpos`` of ``match``).

    A pattern that could take for ever has the time limit built in: it raises `PatternTimeout`.
    """
    return limited(compiled(f"(?r)(?:{pattern})" if backwards else pattern), pattern)


def end_of(pattern: regex.Pattern[str], text: str, at: int = 0) -> int:
    """Where a match that begins at `at` ends; `at` itself where there is none."""
    match = pattern.match(text, at)
    return match.end() if match else at


def whole_words(pattern: str) -> regex.Pattern[str]:
    """Compile `pattern` so that its match does not start or end inside a word."""
    return compile_pattern(rf"(?<!\w(?=\w))(?:{pattern})(?<!\w(?=\w))")


def too_slow(rule: str) -> GrammarError:
    """The error that names a rule whose pattern ran over the time limit."""
    return GrammarError([problems.GRAMMAR_SLOW(rule=rule, seconds=TIME_LIMIT)])
