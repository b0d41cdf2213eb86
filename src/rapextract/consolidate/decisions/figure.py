"""One figure under its decisions: what it says after them, and what it said before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rapextract.french.numbers import parse_number
from rapextract.french.places import PlaceEntry
from rapextract.model import Decision, DecisionKind, FigureKind, FigureRow, Records
from rapextract.model.records import figure_id

from .locate import Found

BY_DECISION = "decision"
"""What `FigureRow.rule` and `indicator_rule` say where a decision, not the grammar, gave them."""
_REVIEW = {
    DecisionKind.ACCEPT: "accepted",
    DecisionKind.ADD: "accepted",
    DecisionKind.CORRECT: "corrected",
    DecisionKind.REJECT: "rejected",
}


def decided(
    figure: FigureRow, decisions: Sequence[Decision], territories: Mapping[str, PlaceEntry]
) -> FigureRow:
    """`figure` as its `decisions` (the oldest first) leave it.

    Of several that change the same column the last counts. Whether it stands (accepted, corrected) or
    falls (rejected) is also what the last one says.
    """
    changes: dict[str, str] = {}
    for decision in decisions:
        changes |= decision.changes
    review = _REVIEW[decisions[-1].does]
    changed = _changed(figure, changes, territories)
    if review == "accepted" and changed["corrections"] != "{}":
        review = "corrected"
    ids = " ".join(decision.id for decision in decisions)
    return figure.model_copy(update=changed | {"review": review, "decisions": ids})


def renamed(figure: FigureRow, indicator: str, decision: Decision) -> FigureRow:
    """`figure` with the indicator that its own was merged into."""
    was = json.loads(figure.corrections)
    was.setdefault("indicator", figure.indicator)
    return figure.model_copy(
        update={
            "indicator": indicator,
            "indicator_rule": BY_DECISION,
            "corrections": _json(was),
            "decisions": " ".join(filter(None, (figure.decisions, decision.id))),
        }
    )


def _changed(
    figure: FigureRow, changes: Mapping[str, str], territories: Mapping[str, PlaceEntry]
) -> dict[str, Any]:
    """What to update in `figure` for the columns of `changes` that say something new."""
    wanted = FigureRow.model_validate({**figure.model_dump(), **changes})
    new = {name: getattr(wanted, name) for name in changes}
    was = {name: getattr(figure, name) for name, value in new.items() if getattr(figure, name) != value}
    update: dict[str, Any] = {name: new[name] for name in was}
    if "value" in was:
        update["printed_value"] = figure.value
    if "indicator" in was:
        update["indicator_rule"] = BY_DECISION
    if "territory" in was:
        entry = territories.get(new["territory"])
        update["region_code"] = entry.region_code if entry else ""
        update["department_code"] = entry.department_code if entry else ""
    corrections = {name: _text(value) for name, value in was.items()}
    return update | {"corrections": _json(corrections)}


def from_quote(decision: Decision, records: Records, found: Found) -> FigureRow:
    """The figure of a decision that the grammars do not find: made from its quote and what is known of it."""
    place = decision.place
    assert place is not None
    report = records.report
    value_text = records.text[found.start : found.end]
    value = parse_number(value_text)
    same = report.report_id == place.report_id and found.start == place.start
    section = [row.path for row in records.sections if row.char_start <= found.start]
    given: dict[str, Any] = {"period": report.year, "entity": report.organisation}
    given |= {"territory": report.territory}
    given |= decision.seen
    if decision.does is DecisionKind.ADD:
        given |= {name: text for name, text in decision.changes.items() if name != "value"}
    given["kind"] = FigureKind(given["kind"]) if given.get("kind") in ("prose", "headcount") else "prose"
    given.pop("value", None)
    figure = FigureRow.model_validate(
        given
        | {
            "figure_id": figure_id(report.sha256, found.start, found.end, value),
            "report_id": report.report_id,
            "source": report.source,
            "value": value,
            "value_text": value_text,
            "char_start": found.start,
            "char_end": found.end,
            "quote": records.text[found.quote_start : found.quote_end],
            "section": section[-1] if section else "",
            "rule": BY_DECISION,
        }
    )
    if same and place.box is not None:
        box = dict(zip(("x0", "top", "x1", "bottom"), place.box, strict=True))
        figure = figure.model_copy(update={"page": place.page, **box})
    return figure


def _text(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _json(content: Mapping[str, str]) -> str:
    return json.dumps(dict(sorted(content.items())), ensure_ascii=False)
