"""What is said of a file that gave nothing, and of outputs that can't be written."""

from __future__ import annotations

from pathlib import Path

from rapextract.model import Problem, ProblemRow, Records, ReportRow, ReportStatus
from rapextract.model.problems import (
    ARCHIVE,
    DUPLICATE,
    OFFICE_DOCUMENT,
    OUTPUT_UNWRITABLE,
    OUTSIDE_CORPUS,
    UNKNOWN_FORMAT,
)
from rapextract.model.records import report_id

_STATUS = {
    DUPLICATE.code: ReportStatus.DUPLICATE,
    UNKNOWN_FORMAT.code: ReportStatus.IGNORED,
    OUTSIDE_CORPUS.code: ReportStatus.IGNORED,
    ARCHIVE.code: ReportStatus.IGNORED,
    OFFICE_DOCUMENT.code: ReportStatus.IGNORED,
}


def not_read(source: str, problem: Problem, sha256: str = "", byte_count: int | None = None) -> Records:
    """The records of a file that was refused, ignored or is a duplicate: its row with the reason."""
    status = _STATUS.get(problem.code, ReportStatus.REFUSED)
    report = ReportRow(
        report_id=report_id(sha256) if sha256 else "",
        source=source,
        status=status,
        code=problem.code,
        message=f"{problem.message} {problem.cure}".strip(),
        sha256=sha256,
        bytes=byte_count,
    )
    row = ProblemRow(
        source=source,
        number=1,
        code=problem.code,
        severity=problem.severity.value,
        page=problem.page,
        message=problem.message,
        cure=problem.cure,
    )
    return Records(report=report, problems=(row,))


def unwritable(outputs: Path, error: OSError) -> Problem:
    """Why `outputs`, which a run has begun to write to, can't be written any more."""
    reason = error.strerror or str(error) or type(error).__name__
    if not outputs.is_dir():
        reason = "it was removed while the run went on"
    return OUTPUT_UNWRITABLE(path=outputs, reason=reason)
