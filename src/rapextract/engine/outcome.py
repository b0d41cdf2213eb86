"""The row of a report in `reports.csv`, whatever came of it."""

from __future__ import annotations

from collections.abc import Sequence

from rapextract.model import Problem, ProblemRow, Records, ReportRow, ReportStatus, Severity
from rapextract.model.problems import DUPLICATE, OUTSIDE_CORPUS, UNKNOWN_FORMAT
from rapextract.model.records import report_id

_GRAVITY = {Severity.NOTICE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_STATUS = {
    DUPLICATE.code: ReportStatus.DUPLICATE,
    UNKNOWN_FORMAT.code: ReportStatus.IGNORED,
    OUTSIDE_CORPUS.code: ReportStatus.IGNORED,
}


def not_read(source: str, problem: Problem, sha256: str = "", byte_count: int | None = None) -> Records:
    """The records of a file that was refused, ignored or is a duplicate."""
    status = _STATUS.get(problem.code, ReportStatus.REFUSED)
    report = ReportRow(
        report_id=report_id(sha256) if sha256 else "",
        source=source,
        status=status,
        code=problem.code,
        message=_sentence(problem),
        sha256=sha256,
        bytes=byte_count,
    )
    return Records(report=report, problems=_rows(source, [problem]))


def with_problems(records: Records, problems: Sequence[Problem]) -> Records:
    """`records` with the problems met while reading: their rows, and the status that follows from them."""
    if not problems:
        return records
    gravest = max(problems, key=lambda problem: _GRAVITY[problem.severity])
    status = ReportStatus.READ if gravest.severity is Severity.NOTICE else ReportStatus.PARTIAL
    report = records.report.model_copy(
        update={"status": status, "code": gravest.code, "message": _sentence(gravest)}
    )
    return records.model_copy(update={"report": report, "problems": _rows(records.report.source, problems)})


def _sentence(problem: Problem) -> str:
    return f"{problem.message} {problem.cure}".strip()


def _rows(source: str, problems: Sequence[Problem]) -> tuple[ProblemRow, ...]:
    return tuple(
        ProblemRow(
            source=source,
            number=number,
            code=problem.code,
            severity=problem.severity.value,
            page=problem.page,
            message=problem.message,
            cure=problem.cure,
        )
        for number, problem in enumerate(problems, start=1)
    )
