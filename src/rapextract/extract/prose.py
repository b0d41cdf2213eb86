"""Figures in running text and lists.

Method: each candidate number (`candidates`) that no `reject` rule refuses gets its unit (`counted`),
must be taken by a `take` rule, and is told role, bound and dimensions by the `set` rules of the
grammar. Its label is made from the words around it (`labels`). What no rule can settle is left out:
precision before recall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..grammar import Given
from ..grammar.compiled import regexp
from ..model import Bound, FigureKind, FigureRow, Role, Span
from .candidates import candidates
from .context import Context
from .counted import Counting, Draft
from .labels import Labeller

CONFIDENCE = 0.9
"""Trust in a figure of prose whose rules say nothing else."""


def extract_prose(context: Context, taken: Sequence[Span]) -> Iterator[FigureRow]:
    """The figures of running text, lists and headings, in reading order.

    `taken` are spans whose numbers are figures of another kind already (panels, cells).
    """
    counting = Counting(context.grammar, context.texts)
    labeller = Labeller(context, context.texts, counting.words)
    for numbers in candidates(context, taken):
        for draft in counting.drafts(numbers):
            yield _row(context, labeller, draft)


def _row(context: Context, labeller: Labeller, draft: Draft) -> FigureRow:
    given = draft.given
    number = draft.number
    period = context.period_for(number.start, number.end)
    return context.figure(
        number.start,
        number.end,
        number.value,
        FigureKind.PROSE,
        period=period,
        dimensions=_dimensions(draft, given),
        label=labeller.label(draft),
        unit=draft.unit,
        bound=given.values.get("bound", Bound.EXACT),
        role=_role(given, period, context.identity.year),
        rule=draft.rule.id,
        confidence=given.values.get("confidence", CONFIDENCE),
    )


_YEAR = regexp(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _role(given: Given, period: str, report_year: str) -> Role:
    """What the rules say; where they say nothing, a value of an earlier year is there to compare with."""
    role = given.values.get("role")
    if role is not None:
        return Role(role)
    years = _YEAR.findall(period)
    if years and report_year.isdigit() and max(years) < report_year:
        return Role.REFERENCE
    return Role.OBSERVED


def _dimensions(draft: Draft, given: Given) -> dict[str, Any]:
    dimensions: dict[str, Any] = dict(given.values.get("dimensions", {}))
    if draft.part_of:
        dimensions["part_of"] = draft.part_of
    return dimensions
