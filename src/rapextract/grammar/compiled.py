"""Patterns compiled once for all processes.

Compiling the patterns of the shipped grammars takes a second of processor time, unpickling them a
hundredth of that: a process that has compiled some hands them on, and they are not compiled again.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

_KNOWN: dict[str, regex.Pattern[str]] = {}


def compiled(source: str) -> regex.Pattern[str]:
    """The compiled `source`. Raises `regex.error`."""
    if source not in _KNOWN:
        _KNOWN[source] = regex.compile(source, regex.VERSION0)
    return _KNOWN[source]


def known_patterns() -> dict[str, regex.Pattern[str]]:
    """All that was compiled in this process, by source."""
    return dict(_KNOWN)


def adopt(patterns: Mapping[str, regex.Pattern[str]]) -> None:
    """Take over what another process has compiled."""
    _KNOWN.update(patterns)
