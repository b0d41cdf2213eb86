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
from ..model import Bound, FigureKind, FigureRow, Span
from .candidates import candidates
from .context import Context
from .counted import Counting, Draft
from .labels.labeller import Labeller
from .stated import ONE, SCALED

CONFIDENCE = 0.9
"""Trust in a figure of prose whose rules say nothing else."""


def extract_prose(context: Context, taken: Sequence[Span]) -> Iterator[FigureRow]:
    """The figures of running text, lists and headings, in reading order.

    `taken` are spans whose numbers are figures of another kind already (panels, cells).
    """
    counting = Counting(context.grammar, context.texts)
    labeller = Labeller(context, context.texts, counting.words)
    for numbers in candidates(context, taken):
        try:
            rows = [_row(context, labeller, draft) for draft in counting.drafts(numbers)]
        except Exception as error:  # whatever a block does to the rules, the others are read
            context.lost(numbers[0][0].start, error)
        else:
            yield from rows


def _row(context: Context, labeller: Labeller, draft: Draft) -> FigureRow:
    given = draft.given
    number = draft.number
    return context.figure(
        number.start,
        number.end,
        number.value * draft.multiple,
        FigureKind.PROSE,
        multiple=draft.multiple,
        flags="" if draft.multiple == ONE else SCALED,
        dimensions=_dimensions(draft, given),
        label=labeller.label(draft),
        unit=draft.unit,
        bound=given.values.get("bound", Bound.EXACT),
        role=given.values.get("role"),
        rule=draft.rule.id,
        confidence=given.values.get("confidence", CONFIDENCE),
    )


def _dimensions(draft: Draft, given: Given) -> dict[str, Any]:
    dimensions: dict[str, Any] = dict(given.values.get("dimensions", {}))
    if draft.part_of:
        dimensions["part_of"] = draft.part_of
    return dimensions
