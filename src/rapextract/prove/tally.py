"""What a verification counts: how much was proven, and what was not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rapextract.model import Problem, ProblemKind

MOST_OF_A_KIND = 1000
"""Failures of one proof that are kept whole; more are only counted."""


@dataclass(frozen=True)
class At:
    """Where something is asked: of which file, report and figure."""

    file: str = ""
    source: str = ""
    figure_id: str = ""


@dataclass(frozen=True)
class Failure:
    """Something that the dataset can't prove, and where."""

    problem: Problem
    at: At


@dataclass
class Tally:
    """How often each proof was asked for and how often it failed; the failures; the figures they touch."""

    checked: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    figures: set[str] = field(default_factory=set)

    def check(self, proof: str, holds: bool, kind: ProblemKind, at: At, **slots: Any) -> bool:
        """Count one question of `proof`; where it does not hold, keep a problem of `kind`.

        `slots` fill its sentence; `path`, `source` and `what` are those of `at` where they are not given.
        """
        self.checked[proof] += 1
        if not holds:
            self.failed[proof] += 1
            if at.figure_id:
                self.figures.add(at.figure_id)
            if self.failed[proof] <= MOST_OF_A_KIND:
                known = {"path": at.file, "source": at.source, "what": at.figure_id}
                self.failures.append(Failure(kind(**known | slots), at))
        return holds

    def add(self, other: Tally) -> None:
        """Take in another tally."""
        self.checked += other.checked
        self.failed += other.failed
        self.failures += other.failures
        self.figures |= other.figures
