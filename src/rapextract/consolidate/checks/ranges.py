"""Values that can't be: outside the range of the indicator, shares over 100 %, scores over the maximum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rapextract.model import FigureRow, Records, Role

from .finding import Finding, ids, plain, quote_of, said
from .words import Words

KIND = "range"
_HUNDRED = Decimal(100)
_YEAR = re.compile(r"(?:19|20)\d\d")
_POINTED = re.compile(r"\d{1,3}\.\d{3}")


def ranges(records: Records, words: Words) -> Iterator[Finding]:
    """Figures whose value lies outside what it can be. Only broken ones are told."""
    for figure in records.figures:
        if figure.review == "rejected" or figure.role is Role.CHANGE:
            continue
        limits = _limits(figure, words)
        if limits is None:
            continue
        low, high, why = limits
        if (low is None or low <= figure.value) and (high is None or figure.value <= high):
            continue
        if _may_be_misread(figure, low, high):
            continue
        expected = " to ".join(plain(limit) if limit is not None else "…" for limit in (low, high))
        message = f"{said(figure)} in {quote_of(figure)} is outside {expected}, {why}."
        yield Finding(
            KIND, False, records.report.report_id, message, ids(figure), expected, figure.value_text
        )


def _may_be_misread(figure: FigureRow, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether the number is a year in the wrong place, or its point may part decimals or thousands."""
    if _YEAR.fullmatch(figure.value_text):
        return True
    other = Decimal(figure.value_text) if _POINTED.fullmatch(figure.value_text) else None
    return other is not None and (low is None or low <= other) and (high is None or other <= high)


def _limits(figure: FigureRow, words: Words) -> tuple[Decimal | None, Decimal | None, str] | None:
    """Smallest and largest value, and why."""
    limits = words.ranges.get(figure.indicator)
    if limits is not None:
        return limits.min, limits.max, f"the range of « {words.names[figure.indicator]} »"
    if figure.unit.startswith("/") and figure.unit[1:].isdigit():
        return Decimal(0), Decimal(figure.unit[1:]), "the limits of its scale"
    share = figure.unit == "%" and words.says("share-label", figure.label)
    if share and not words.says("may-exceed", f"{figure.label} {figure.quote}"):
        return Decimal(0), _HUNDRED, "what a share of a whole can be"
    return None
