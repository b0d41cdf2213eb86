"""Records made by hand, for tests of the rooms that come after extraction."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import Any

from rapextract.model import FigureRow, Records, ReportRow, ReportStatus
from rapextract.model.records import figure_id, report_id

SENTENCE = "La plateforme a traité 2 791 809 appels en 2021, soit - 1,52 % de moins."


def figure(text: str, value_text: str, value: str, source: str = "a.txt", **attributes: Any) -> FigureRow:
    """A figure whose number is the first `value_text` in `text`."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    start = text.index(value_text)
    number = Decimal(value)
    line = next(m for m in re.finditer(r"[^\n]+", text) if m.start() <= start < m.end())
    defaults = {"kind": "prose", "quote": line[0]}
    return FigureRow(
        figure_id=figure_id(sha256, start, start + len(value_text), number),
        report_id=report_id(sha256),
        source=source,
        value=number,
        value_text=value_text,
        char_start=start,
        char_end=start + len(value_text),
        **(defaults | attributes),
    )


def records(text: str, *figures: FigureRow, source: str = "a.txt", **rows: Any) -> Records:
    """The records of a report with this text."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    report = ReportRow(
        report_id=report_id(sha256),
        source=source,
        status=ReportStatus.READ,
        media_type="text/plain",
        sha256=sha256,
        bytes=len(text.encode()),
        characters=len(text),
    )
    return Records(report=report, text=text, figures=figures, **rows)
