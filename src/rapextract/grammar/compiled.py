"""Patterns compiled once for all processes, and not before they are used.

Compiling the patterns of the program and of the shipped grammars takes more than a second of processor time,
unpickling them a fiftieth of that: a process that has compiled some hands them on, and they are not compiled
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import regex

Key = tuple[str, int]
"""A pattern's source and its flags."""

_KNOWN: dict[Key, regex.Pattern[str]] = {}
_WRITTEN: list[_LazyPattern] = []


class _LazyPattern:
    """A `regex.Pattern` that is compiled at its first use."""

    def __init__(self, source: str, flags: int):
        self._key = (source, flags)

    def compile(self) -> None:
        """Compile it now."""
        compiled(*self._key)

    def __getattr__(self, name: str) -> Any:
        """An attribute of the compiled pattern, kept: the next use does not come by here."""
        value = getattr(compiled(*self._key), name)
        self.__dict__[name] = value
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by source and flags."""
        return _LazyPattern, self._key


def regexp(source: str, flags: int = 0) -> regex.Pattern[str]:
    """The pattern `source`, compiled at its first use: how a module writes down a pattern of its own."""
    pattern = _LazyPattern(source, int(flags))
    _WRITTEN.append(pattern)
    return cast("regex.Pattern[str]", pattern)  # the type itself can't be derived from


def compiled(source: str, flags: int = 0) -> regex.Pattern[str]:
    """The compiled `source`. Raises `regex.error`."""
    key = (source, flags)
    if key not in _KNOWN:
        _KNOWN[key] = regex.compile(source, regex.VERSION0 | flags)
    return _KNOWN[key]


def known_patterns() -> dict[Key, regex.Pattern[str]]:
    """All that was compiled in this process, and what its modules have written down."""
    for pattern in _WRITTEN:
        pattern.compile()
    return dict(_KNOWN)


def adopt(patterns: Mapping[Key, regex.Pattern[str]]) -> None:
    """Take over what another process has compiled."""
    _KNOWN.update(patterns)
