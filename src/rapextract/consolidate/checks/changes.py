"""Changes stated in prose with both values: « 41 260 …, contre 38 975 en 2021, soit une hausse de 5,9 % »."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from rapextract.model import FigureRow, Role

from .finding import Finding, ids, plain, quote_of, said
from .printed import Interval, Printed, printed, slip
from .statements import Passage, Statement, is_result
from .words import Words

KIND = "change"
_FROM_TO = re.compile(r"\b(?:passe\w*|pass[ée]\w*|évolu\w*)\b[^.;]*\bde\s+\Z", re.IGNORECASE)
_TO = re.compile(r"\b(?:à|a)\s+(?:près de |plus de |environ )?\Z", re.IGNORECASE)
_ONE = Decimal(1)
_TWO = 2


class Compared(NamedTuple):
    """A change with the two values it is the change between."""

    earlier: FigureRow
    later: FigureRow
    change: FigureRow


def changes(passage: Passage, words: Words) -> Iterator[Finding]:
    """Every change whose two values stand before it in its sentence.

    Which value is the earlier is said by words (« X contre Y », « passe de Y à X ») or by their periods.
    """
    for statement in passage.statements:
        for compared in _compared(statement, words):
            finding = _decided(passage.report_id, statement, compared, words)
            if finding is not None:
                yield finding


def _compared(statement: Statement, words: Words) -> Iterator[Compared]:
    figures = statement.figures
    for index, change in enumerate(figures):
        if change.role is not Role.CHANGE or index < _TWO:
            continue
        first, second = figures[index - _TWO : index]
        if not (_is_value(first) and _is_value(second)) or first.unit != second.unit:
            continue
        if ";" in statement.text[first.char_start : change.char_start]:
            continue
        between = statement.between(first, second)
        if words.says("against", between):
            yield Compared(second, first, change)
        elif _FROM_TO.search(statement.before(first)) and _TO.search(between):
            yield Compared(first, second, change)
        elif first.period != second.period and len(first.period) == len(second.period):
            earlier, later = sorted((first, second), key=lambda figure: figure.period)
            yield Compared(earlier, later, change)


def _is_value(figure: FigureRow) -> bool:
    return is_result(figure) or (figure.role is Role.REFERENCE and figure.bound == "exact")


def _decided(report_id: str, statement: Statement, said_: Compared, words: Words) -> Finding | None:
    earlier, later, change = said_
    shown = _signed(change, statement, words)
    if shown is None:
        return None
    old, new = (printed(figure, words.measures).interval for figure in (earlier, later))
    difference = new.minus(old)
    ratio = new.over(old)
    relative = ratio.minus(Interval(_ONE, _ONE)).times(100) if ratio is not None else None
    readings: list[Interval] = []
    if change.unit != "%" or earlier.unit == "%":
        readings.append(difference)
    if change.unit == "%" and relative is not None:
        readings.append(relative)
    if not readings or (change.unit not in ("%", earlier.unit) and earlier.unit != "%"):
        return None
    holds = any(shown.agrees(reading) for reading in readings)
    if change.bound != "exact" and not holds:
        return None
    near = any(slip(reading.low, shown.value) for reading in readings)
    if not holds and not near and not _right_after(statement, change, words):
        return None
    middle = (readings[-1].low + readings[-1].high) / 2
    unit = " %" if readings[-1] is relative else ""
    expected = plain(middle, shown.decimals + (not holds)) + unit
    message = (
        f"From {said(earlier)} to {said(later)} in {quote_of(earlier, later, change)} makes a change of "
        f"{expected}, {'as' if holds else 'but'} the text says {said(change)}."
    )
    return Finding(KIND, holds, report_id, message, ids(earlier, later, change), expected, change.value_text)


def _right_after(statement: Statement, change: FigureRow, words: Words) -> bool:
    """Whether the change restates the two values: « soit une hausse de », « (+ 5 %) »."""
    lead = statement.before(change).rstrip()
    match = words.search("share", lead)
    if match is None:
        return lead.endswith("(")
    link = lead[match.end() :]
    return len(link) <= len(" une très nette augmentation de près de") and " et " not in link


def _signed(change: FigureRow, statement: Statement, words: Words) -> Printed | None:
    """The change as printed, a fall negative; `None` where its direction isn't said."""
    shown = printed(change, words.measures)
    if change.value < 0:
        return shown
    direction = json.loads(change.dimensions).get("direction", "")
    near = statement.before(change) + " | " + statement.after(change)
    falls = direction == "baisse" or words.says("fall", near)
    rises = direction == "hausse" or words.says("rise", near) or change.value_text.lstrip().startswith("+")
    if falls == rises and direction not in ("baisse", "hausse"):
        return None
    falls = direction == "baisse" if direction in ("baisse", "hausse") else falls
    return shown._replace(value=-shown.value) if falls else shown
