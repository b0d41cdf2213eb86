"""Small French reports read whole and checked, for the tests of the checks."""

from __future__ import annotations

from functools import cache

from rapextract.consolidate import Checks, tidy
from rapextract.consolidate.checks import report_findings
from rapextract.consolidate.checks.finding import Finding
from rapextract.consolidate.checks.words import Words
from rapextract.consolidate.decisions import Decisions
from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.model import CheckRow, DecidedPlace, Decision, DecisionKind, Records
from rapextract.read.markdown import read_markdown
from rapextract.read.source import Source

TITLE = "# Rapport d'activité 2022\n\nService médical Bretagne\n\n"


def records_of(text: str, source: str = "a.md") -> Records:
    """The records of a report in Markdown, read and extracted like any other."""
    document = read_markdown(Source(name=source, content=(TITLE + text).encode()))
    assert document is not None
    return tidy(extract_records(document, load_grammar()))


@cache
def words() -> Words:
    """The words of the shipped grammar."""
    return Words(load_grammar())


def findings(text: str, kind: str) -> list[Finding]:
    """What the checks of one kind find in a report."""
    return [found for found in report_findings(records_of(text), words()) if found.kind == kind]


def verdicts(text: str, kind: str) -> list[tuple[str, str, str]]:
    """Status, expected and found of each check of one kind."""
    return [(row.status, row.expected, row.found) for row in map(Finding.row, findings(text, kind))]


def rejected(records: Records, value_text: str) -> Records:
    """`records` as they are once a person has rejected the figure printed so."""
    (figure,) = (figure for figure in records.figures if figure.value_text == value_text)
    place = DecidedPlace(
        figure_id=figure.figure_id, report_id=figure.report_id, source=figure.source, quote=figure.quote,
        value_text=value_text, offset=0, start=figure.char_start,
    )  # fmt: skip
    decision = Decision(when="2026-01-01T00:00:00.000000Z", who="Ada", does=DecisionKind.REJECT, place=place)
    return Decisions([decision.identified()], load_grammar(), [figure.report_id]).apply(records)


def rows_of(*reports: Records) -> tuple[list[CheckRow], list[Records]]:
    """The rows of checks.csv over several reports, and the reports with their flags."""
    checks = Checks(load_grammar())
    for report in reports:
        checks.add(report)
    return checks.rows(), [checks.flagged(report) for report in reports]
