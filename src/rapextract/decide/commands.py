"""Accept, correct, reject and add figures, merge indicators: each a line in the log.

Nothing of the dataset changes before the next `ingest`, which applies the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from rapextract import defaults
from rapextract.consolidate.decisions import Found, find_quote
from rapextract.dataset.neutral import neutral_text
from rapextract.french.numbers import parse_number
from rapextract.model import DecidedPlace, Decision, DecisionKind, RapextractError, ReportRow
from rapextract.model.problems import DECISION_WRONG, QUOTE_NOT_FOUND
from rapextract.model.records import figure_id as made_figure_id

from .desk import Desk, checked, seen


def decide_accept(
    *figure_ids: str,
    outputs: str | Path = defaults.OUTPUTS,
    decisions: str | Path | None = None,
    who: str | None = None,
    why: str = "",
) -> list[Decision]:
    """Accept figures as they stand.

    `figure_ids` are ids of the dataset in `outputs`, or beginnings that are no other's. `decisions` is the
    log to write to (default: ``decisions.jsonl`` in the corpus of the last run), `who` decides (default:
    git's ``user.name``, else the login name), `why`.

    Raises `RapextractError`: U04, U05, U09 for the dataset and its figures, D05 where no log is known, U03
    where it can't be written.
    """
    return _about(DecisionKind.ACCEPT, figure_ids, _desk(outputs, decisions, who, why))


def decide_reject(
    *figure_ids: str,
    outputs: str | Path = defaults.OUTPUTS,
    decisions: str | Path | None = None,
    who: str | None = None,
    why: str = "",
) -> list[Decision]:
    """Reject figures: they stay in ``figures.csv``, marked so, and count nowhere else.

    Arguments and errors as for `decide_accept`.
    """
    return _about(DecisionKind.REJECT, figure_ids, _desk(outputs, decisions, who, why))


def decide_correct(
    figure_id: str,
    *,
    outputs: str | Path = defaults.OUTPUTS,
    decisions: str | Path | None = None,
    who: str | None = None,
    why: str = "",
    **changes: str | Decimal | int | None,
) -> list[Decision]:
    """Correct a figure: `changes` are columns of `rapextract.model.ATTRIBUTES` with what is to stand there.

    An empty text empties a column, None leaves it. Other arguments and errors as for `decide_accept`, and
    D03 for a change that can't be made.
    """
    desk = _desk(outputs, decisions, who, why)
    wanted = checked({n: str(v) for n, v in changes.items() if v is not None}, figure_id)
    if not wanted:
        raise RapextractError(DECISION_WRONG(where=figure_id, reason="nothing is to be changed"))
    figure = desk.dataset.figure(figure_id)
    decision = Decision(
        **desk.signed(),
        does=DecisionKind.CORRECT,
        place=desk.place(figure),
        seen=seen(figure),
        changes=wanted,
    )
    return desk.keep([decision])


def decide_add(
    source: str,
    quote: str,
    number: str,
    *,
    outputs: str | Path = defaults.OUTPUTS,
    decisions: str | Path | None = None,
    who: str | None = None,
    why: str = "",
    **says: str | Decimal | int | None,
) -> list[Decision]:
    """Add a figure that was missed, by quoting it.

    `source` is the report's path in the corpus (or its id), `quote` words of its reading text that stand
    there once (white space may differ), `number` the number inside them as printed, `says` columns of
    `rapextract.model.ATTRIBUTES`; what is not given is the report's (entity, territory, period) or the
    number's own (value). Other arguments and errors as for `decide_accept`, D03 for a column that can't be
    given, and D04 where the quote or the number is not found.
    """
    desk = _desk(outputs, decisions, who, why)
    wanted = checked({n: str(v) for n, v in says.items() if v is not None}, source)
    report = _report(desk, source)
    text = desk.dataset.text(report.report_id)
    found = _quoted(report.source, text, quote, number)
    try:
        value = parse_number(text[found.start : found.end])
    except ValueError as error:
        reason = f"« {number} » is no number"
        raise RapextractError(QUOTE_NOT_FOUND(source=report.source, reason=reason)) from error
    page, box = _box(desk, report, found)
    place = DecidedPlace(
        figure_id=made_figure_id(report.sha256, found.start, found.end, value),
        report_id=report.report_id,
        source=report.source,
        organisation=report.organisation,
        year=report.year,
        quote=text[found.quote_start : found.quote_end],
        value_text=text[found.start : found.end],
        offset=found.start - found.quote_start,
        start=found.start,
        page=page,
        box=box,
    )
    return desk.keep([Decision(**desk.signed(), does=DecisionKind.ADD, place=place, changes=wanted)])


def decide_merge(
    indicator: str,
    into: str,
    *,
    outputs: str | Path = defaults.OUTPUTS,
    decisions: str | Path | None = None,
    who: str | None = None,
    why: str = "",
) -> list[Decision]:
    """Merge an indicator into another: every figure that carries the first is taken for the second.

    Other arguments and errors as for `decide_accept`; D03 where both are one, or empty.
    """
    desk = _desk(outputs, decisions, who, why)
    if not indicator or not into or indicator == into:
        reason = "two different indicators are needed"
        raise RapextractError(DECISION_WRONG(where=indicator or into, reason=reason))
    return desk.keep([Decision(**desk.signed(), does=DecisionKind.MERGE, indicator=indicator, into=into)])


def _desk(outputs: str | Path, decisions: str | Path | None, who: str | None, why: str) -> Desk:
    return Desk(Path(outputs), Path(decisions) if decisions is not None else None, who, why)


def _about(does: DecisionKind, figure_ids: Sequence[str], desk: Desk) -> list[Decision]:
    figures = [desk.dataset.figure(name) for name in figure_ids]
    return desk.keep(
        Decision(**desk.signed(), does=does, place=desk.place(figure), seen=seen(figure))
        for figure in figures
    )


# Quoting ------------------------------------------------------------------------------------------
def _report(desk: Desk, source: str) -> ReportRow:
    for report in desk.reports.values():
        if source in (report.source, report.report_id):
            return report
    reason = "the dataset has no such report that was read"
    raise RapextractError(QUOTE_NOT_FOUND(source=source, reason=reason))


def _quoted(source: str, text: str, quote: str, number: str) -> Found:
    """Where the number stands in the quote, and the quote in the text: once, or D04."""
    inside = [at for at in range(len(quote)) if quote.startswith(number, at)] if number else []
    if len(inside) != 1:
        reason = f"« {number} » stands {_times(len(inside))} in the quote"
        raise RapextractError(QUOTE_NOT_FOUND(source=source, reason=reason))
    found = find_quote(text, quote, inside[0], len(number))
    if len(found) != 1:
        reason = f"the quote stands {_times(len(found))} in its reading text"
        raise RapextractError(QUOTE_NOT_FOUND(source=source, reason=reason))
    return found[0]


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _box(
    desk: Desk, report: ReportRow, found: Found
) -> tuple[int | None, tuple[float, float, float, float] | None]:
    """Page and box of the number, where the source has pages and is at hand as it was read."""
    if report.pages is None or desk.root is None:
        return None, None
    from rapextract.read import read_document

    try:
        ocr = desk.dataset.read_with_ocr(report.source)
        document = read_document(desk.root / report.source, desk.root, ocr=ocr)
    except RapextractError:
        return None, None
    if document.sha256 != report.sha256 or neutral_text(document.text) != desk.dataset.text(report.report_id):
        return None, None
    boxes = document.boxes(found.start, found.end)
    if not boxes:
        return None, None
    return boxes[0].page, (boxes[0].x0, boxes[0].top, boxes[0].x1, boxes[0].bottom)
