"""Periods that can't be: a 31 February, a range that ends before it starts, results of the far future."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import chain

import regex

from rapextract.french.fold import fold
from rapextract.french.paragraphs import paragraph_runs
from rapextract.french.sentences import sentence_spans
from rapextract.grammar.compiled import regexp
from rapextract.model import FigureRow, Records

from .finding import Finding, ids, quote_of, quoted, said
from .words import Words

KIND = "period"
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:[0-3]?\d)(?: ?\^?\{?er\}?)?"
_WRITTEN_DAY = regexp(rf"(?<![\d,./-])(?P<d>[1-9]\d?)(?:er)? (?P<m>{_MONTH})(?: (?P<y>{_YEAR}))?(?!\w)")
_NUMERIC_DAY = regexp(r"(?<![\d/.,-])(?P<d>\d\d)/(?P<m>\d\d)/(?P<y>(?:19|20)\d\d)(?![\d/])")


def _date(number: int) -> str:
    return rf"(?:(?P<d{number}>{_DAY}) )?(?P<m{number}>{_MONTH}) (?P<y{number}>{_YEAR})(?!\d)"


_RANGE = regexp(rf"\b(?:entre|de|du|d')(?: le)? ?{_date(1)} (?:et|a|au|jusqu'(?:en|a|au))(?: le)? {_date(2)}")
_AHEAD = 3
"""A report that gives results for this many years after its own has mistaken a year."""
_LEAP = 2000
_NO_DAY, _TURNED = "there is no such day", "it ends before it starts"


def periods(records: Records, words: Words) -> Iterator[Finding]:
    """Dates, ranges and periods of figures that are impossible. Only broken ones are told."""
    yield from _dates(records)
    yield from _future(records, words)


def _dates(records: Records) -> Iterator[Finding]:
    days: dict[regex.Pattern[str], list[Finding]] = {_WRITTEN_DAY: [], _NUMERIC_DAY: []}
    turned: list[Finding] = []
    for at, until in paragraph_runs(records.text):  # no date goes over a blank line
        folded = fold(records.text[at:until]).replace("\n", " ")
        for pattern, found in days.items():
            for match in pattern.finditer(folded):
                month = int(match["m"]) if match["m"].isdigit() else _MONTHS.index(match["m"]) + 1
                if not _is_day(int(match["d"]), month, int(match["y"] or _LEAP)):
                    found.append(_in_text(records, at + match.start(), at + match.end(), _NO_DAY))
        for match in _RANGE.finditer(folded):
            start, end = _point(match, 1), _point(match, 2)
            if end[: len(start)] < start[: len(end)]:
                turned.append(_in_text(records, at + match.start(), at + match.end(), _TURNED))
    yield from chain(*days.values(), turned)


def _is_day(day: int, month: int, year: int) -> bool:
    return 1 <= month <= len(_MONTHS) and 1 <= day <= monthrange(year, month)[1]


def _point(match: regex.Match[str], number: int) -> tuple[int, ...]:
    year, month = int(match[f"y{number}"]), _MONTHS.index(match[f"m{number}"]) + 1
    day = match[f"d{number}"]
    return (year, month, int(re.sub(r"\D", "", day))) if day else (year, month)


def _in_text(records: Records, start: int, end: int, what: str) -> Finding:
    found = records.text[start:end]
    low = max(0, records.text.rfind("\n", 0, start) + 1)
    high = records.text.find("\n", end)
    line = (low, high if high >= 0 else len(records.text))
    span = next((s for s in sentence_spans(records.text, *line) if s[0] <= start < s[1]), line)
    sentence = records.text[slice(*span)]
    quote = quoted(sentence, start - span[0], end - span[0])
    message = f"{quoted(found)} in {quote} can't be: {what}."
    return Finding(
        KIND, False, records.report.report_id, message, found=" ".join(found.split()),
        key=f"{start}",
    )  # fmt: skip


def _future(records: Records, words: Words) -> Iterator[Finding]:
    if not str(records.report.year or "").isdigit():
        return
    year = int(str(records.report.year))
    for figure in records.figures:
        if not figure.is_result or figure.review == "rejected" or not _starts_after(figure, year):
            continue
        if words.says("planned", figure.quote):
            continue
        message = (
            f"{said(figure)} in {quote_of(figure)} is given as a result for {figure.period}, but the report "
            f"is on {year}."
        )
        expected = f"before {year + _AHEAD}"
        yield Finding(KIND, False, records.report.report_id, message, ids(figure), expected, figure.period)


def _starts_after(figure: FigureRow, year: int) -> bool:
    start = figure.period[:4]
    return start.isdigit() and int(start) >= year + _AHEAD
