"""What a researcher decides about figures: one entry of the log of decisions."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any

from pydantic import Field

from .base import Frozen


class DecisionKind(StrEnum):
    """What a decision does."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"
    MERGE = "merge"


class Outcome(StrEnum):
    """What came of a decision in a run."""

    APPLIED = "applied"  # its figure is the one decided about
    MOVED = "moved"  # found by its quote only
    ORPHAN = "orphan"  # not found: shown, not applied


ATTRIBUTES = (
    "value", "unit", "label", "indicator", "theme", "entity", "territory", "period", "role", "bound",
)  # fmt: skip
"""The columns of `figures.csv` that a decision can correct."""


class DecidedPlace(Frozen):
    """The figure that a decision is about, and everything that finds it again.

    `offset` is where `value_text` starts in `quote`, `start` where it started in the reading text. `box` is
    x0, top, x1, bottom in PDF points from the top left of `page`.
    """

    figure_id: str
    report_id: str
    source: str
    organisation: str = ""
    year: str = ""
    quote: str
    value_text: str
    offset: int
    start: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


class Decision(Frozen):
    """An entry of the log.

    `id` is made of everything else in it. `seen` is what the program had read when it was decided, `changes`
    what is to stand instead (of an added figure: what it says); both map names of `ATTRIBUTES` to text,
    `seen` also `kind`. `indicator` is merged into `into`.
    """

    id: str = ""
    when: str = Field(description="ISO 8601, UTC.")
    who: str
    does: DecisionKind
    why: str = ""
    place: DecidedPlace | None = None
    seen: dict[str, str] = Field(default_factory=dict)
    changes: dict[str, str] = Field(default_factory=dict)
    indicator: str = ""
    into: str = ""

    def content(self) -> dict[str, Any]:
        """The entry without its id, in the order of the log."""
        content = self.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)
        for name in ("seen", "changes"):
            if name in content:
                content[name] = dict(sorted(content[name].items()))
        return content

    def made_id(self) -> str:
        """``d`` and the first 12 hex digits of the SHA-256 of the content."""
        canonical = json.dumps(self.content(), ensure_ascii=False, sort_keys=True)
        return "d" + hashlib.sha256(canonical.encode()).hexdigest()[:12]

    def identified(self) -> Decision:
        """This entry with its id."""
        return self.model_copy(update={"id": self.made_id()})

    def line(self) -> str:
        """The entry as a line of the log, without a line end."""
        return json.dumps({"id": self.made_id(), **self.content()}, ensure_ascii=False)
