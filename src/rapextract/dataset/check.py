"""The checks of a dataset for people: broken and holding ones, report by report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapextract import defaults
from rapextract.model import CheckRow, ReportRow

from .open import open_dataset

BROKEN = "broken"


@dataclass(frozen=True)
class Checked:
    """The checks of a dataset, by the source of their report in the order of the dataset.

    Checks across reports stand under the empty name, last.
    """

    reports: Mapping[str, tuple[CheckRow, ...]]

    @property
    def rows(self) -> tuple[CheckRow, ...]:
        """All checks, in the order of the reports."""
        return tuple(row for rows in self.reports.values() for row in rows)

    def only(self, kinds: Collection[str]) -> Checked:
        """These checks without those of other kinds; all where no kind is given."""
        if not kinds:
            return self
        kept = {
            source: tuple(row for row in rows if row.kind in kinds) for source, rows in self.reports.items()
        }
        return Checked({source: rows for source, rows in kept.items() if rows})

    @property
    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many checks there are of each kind and status."""
        return Counter((row.kind, row.status) for row in self.rows)


def check(outputs: str | Path = defaults.OUTPUTS, broken: bool = False) -> Checked:
    """The checks that `ingest` made of the dataset in `outputs`; only the broken ones where `broken`.

    Raises `RapextractError`: U04 (no dataset), U10 (damaged).
    """
    dataset = open_dataset(outputs)
    sources = {row.report_id: row.source for row in dataset.rows(ReportRow) if row.report_id}
    found: dict[str, list[CheckRow]] = {source: [] for source in (*sources.values(), "")}
    for row in dataset.rows(CheckRow):
        if row.status == BROKEN or not broken:
            found[sources.get(row.report_id, "")].append(row)
    return Checked({source: tuple(rows) for source, rows in found.items() if rows})
