"""What every command of `decide` needs: the dataset decided about, the log, who decides and when."""

from __future__ import annotations

import getpass
import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from rapextract.consolidate.decisions import LOG_NAME, append_log, wrong_change
from rapextract.dataset.csvs import plain_number
from rapextract.dataset.open import Dataset, open_dataset
from rapextract.engine.corpus import remembered_root
from rapextract.model import ATTRIBUTES, DecidedPlace, Decision, FigureRow, RapextractError, ReportRow
from rapextract.model.problems import DECISION_WRONG, NO_DECISIONS_FILE


@dataclass(frozen=True)
class Desk:
    """Where decisions are made: about the dataset in `outputs`, into the log `decisions`."""

    outputs: Path
    decisions: Path | None = None
    who: str | None = None
    why: str = ""

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset decided about; raises U04."""
        return open_dataset(self.outputs)

    @cached_property
    def root(self) -> Path | None:
        """The folder of the corpus, if the last run left word of it."""
        return remembered_root(self.outputs)

    @property
    def log(self) -> Path:
        """The log; raises D05 where nobody says which."""
        if self.decisions is not None:
            return self.decisions
        if self.root is None:
            raise RapextractError(NO_DECISIONS_FILE(path=self.outputs))
        return self.root / LOG_NAME

    @cached_property
    def reports(self) -> dict[str, ReportRow]:
        """The reports by id, those that were read."""
        return {row.report_id: row for row in self.dataset.rows(ReportRow) if row.characters}

    def signed(self) -> dict[str, str]:
        """Who decides, when and why."""
        return {"when": now(), "who": self.who or default_name(self.root), "why": self.why}

    def keep(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Append decisions to the log; gives them back with their ids."""
        identified = [decision.identified() for decision in decisions]
        append_log(self.log, identified)
        return identified

    def place(self, figure: FigureRow) -> DecidedPlace:
        """What finds a figure of the dataset again."""
        text = self.dataset.text(figure.report_id)
        earliest = max(0, figure.char_end - len(figure.quote))
        start = text.find(figure.quote, earliest, figure.char_start + len(figure.quote))
        quote, offset = (figure.quote, figure.char_start - start) if start >= 0 else (figure.value_text, 0)
        report = self.reports.get(figure.report_id)
        box = (figure.x0, figure.top, figure.x1, figure.bottom)
        return DecidedPlace(
            figure_id=figure.figure_id,
            report_id=figure.report_id,
            source=figure.source,
            organisation=report.organisation if report else "",
            year=report.year if report else "",
            quote=quote,
            value_text=figure.value_text,
            offset=offset,
            start=figure.char_start,
            page=figure.page,
            box=None if None in box else box,
        )


def seen(figure: FigureRow) -> dict[str, str]:
    """What the program had read of a figure, without what decisions changed."""
    said = {name: _text(getattr(figure, name)) for name in (*ATTRIBUTES, "kind")}
    said |= json.loads(figure.corrections)
    return {name: text for name, text in said.items() if text}


def checked(changes: Mapping[str, str], where: str) -> dict[str, str]:
    """`changes` if a decision can say that; raises D03 (told as of `where`) if not."""
    if reason := wrong_change(changes):
        raise RapextractError(DECISION_WRONG(where=where, reason=reason))
    return dict(changes)


def now() -> str:
    """The time as the log writes it: UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def default_name(folder: Path | None) -> str:
    """Who decides, where nobody says: git's user name as it is set for `folder`, else the login name."""
    try:
        done = subprocess.run(
            ["git", "config", "user.name"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
        name = done.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        name = ""
    if name:
        return name
    try:
        return os.environ.get("USER") or os.environ.get("USERNAME") or getpass.getuser()
    except (OSError, KeyError):  # a user without a name
        return "unknown"


def _text(value: object) -> str:
    from decimal import Decimal

    return plain_number(value) if isinstance(value, Decimal) else str(value)
