"""Mistakes in grammar files: collected, worded for people, raised all at once."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ..model import Problem, RapextractError


class GrammarError(RapextractError):
    """A grammar that can't be used; `problems` holds every mistake, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__(self.problems[0])

    def __str__(self) -> str:
        """One mistake a line."""
        return "\n".join(map(str, self.problems))

    def __reduce__(self) -> tuple[type[GrammarError], tuple[tuple[Problem, ...]]]:  # type: ignore[override]
        """Pickle with all problems."""
        return type(self), (self.problems,)


def nearest(word: str, known: Iterable[str]) -> str:
    """`` (did you mean `…`?)`` with the nearest known spelling, or an empty string."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean `{close[0]}`?)" if close else ""
