"""Two datasets compared: figures that appeared, vanished or changed, and in which column, by rule.

Two figures are the same if they have the same id (same bytes, place and value); else if they stand at the
same place of the same bytes; else, in a report of the same source name, if the same number stands in the same
quote, in the order of the text.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapextract.model import FigureRow, ReportRow

from .csvs import cell_text
from .open import Dataset, open_dataset

COMPARED = (
    "kind", "value", "value_text", "unit", "label", "bound", "role", "period", "entity", "territory",
    "region_code", "department_code", "indicator", "theme", "dimensions", "section", "quote", "row", "column",
    "rule", "indicator_rule", "confidence", "flags", "review",
)  # fmt: skip
"""The columns that a figure can change in. Ids and places are not among them: they say which figure it is."""


Figures = list[FigureRow]
Pairs = list[tuple[FigureRow, FigureRow]]


@dataclass(frozen=True)
class Change:
    """A figure that both datasets have, and that says something else in the second.

    `columns` maps each changed column to its cells before and after.
    """

    before: FigureRow
    after: FigureRow
    columns: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class RuleDifference:
    """What one grammar rule gained, lost, and says otherwise; `columns` counts the changed cells."""

    rule: str
    appeared: int
    vanished: int
    changed: int
    columns: dict[str, int]


@dataclass(frozen=True)
class Difference:
    """What is different in the figures of two datasets; `same` is the number of those that are not.

    `reports_appeared` and `reports_vanished` are the sources of reports that only one of them has.
    """

    same: int
    appeared: tuple[FigureRow, ...]
    vanished: tuple[FigureRow, ...]
    changed: tuple[Change, ...]
    reports_appeared: tuple[str, ...]
    reports_vanished: tuple[str, ...]

    def by_rule(self) -> list[RuleDifference]:
        """The differences by the rule that took the figure (in the second dataset, where it is in both)."""
        appeared = Counter(figure.rule for figure in self.appeared)
        vanished = Counter(figure.rule for figure in self.vanished)
        changed = Counter(change.after.rule for change in self.changed)
        columns: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for change in self.changed:
            columns[change.after.rule].update(change.columns.keys())
        return [
            RuleDifference(
                rule, appeared[rule], vanished[rule], changed[rule], dict(columns[rule].most_common())
            )
            for rule in sorted(appeared.keys() | vanished.keys() | changed.keys())
        ]

    def rows(self) -> Iterator[dict[str, str]]:
        """One row for each figure that appeared or vanished, one for each changed cell."""
        for what, figures in (("appeared", self.appeared), ("vanished", self.vanished)):
            for figure in figures:
                yield _row(what, figure, figure) | {f"figure_{_SIDE[what]}": figure.figure_id}
        for change in self.changed:
            ids = {"figure_before": change.before.figure_id, "figure_after": change.after.figure_id}
            for column, (before, after) in change.columns.items():
                cells = {"column": column, "before": before, "after": after}
                yield _row("changed", change.before, change.after) | ids | cells

    def write_csv(self, path: str | Path) -> None:
        """Write `rows` to a CSV like those of the dataset."""
        with Path(path).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, _CSV_COLUMNS, lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(self.rows())


_SIDE = {"appeared": "after", "vanished": "before"}
_CSV_COLUMNS = (
    "what", "rule", "source", "figure_before", "figure_after", "value_text", "column", "before", "after",
    "quote",
)  # fmt: skip


def diff(before: str | Path, after: str | Path) -> Difference:
    """Compare the figures of two datasets (folders that `ingest` wrote).

    Raises `RapextractError`: U04 where one is no dataset, U10 where one is damaged.
    """
    return compare(open_dataset(before), open_dataset(after))


def compare(before: Dataset, after: Dataset) -> Difference:
    """As `diff`, of datasets that are open."""
    old, new = list(before.rows(FigureRow)), list(after.rows(FigureRow))
    pairs, old, new = _paired(old, new, lambda figure: figure.figure_id)
    overlapping, old, new = _overlapping(old, new)
    quoted, old, new = _paired(
        old, new, lambda f: (f.source, " ".join(f.quote.split()), "".join(f.value_text.split()))
    )
    pairs += overlapping + quoted
    changes = [Change(one, other, columns) for one, other in pairs if (columns := _changed(one, other))]
    return Difference(
        same=len(pairs) - len(changes),
        appeared=tuple(new),
        vanished=tuple(old),
        changed=tuple(sorted(changes, key=lambda c: (c.after.source, c.after.char_start, c.after.figure_id))),
        reports_appeared=_only_in(after, before),
        reports_vanished=_only_in(before, after),
    )


def _paired(
    old: Figures, new: Figures, key: Callable[[FigureRow], Hashable]
) -> tuple[Pairs, Figures, Figures]:
    """Figures with the same key tied, the first to the first; and what is left on either side."""
    waiting: defaultdict[Hashable, list[FigureRow]] = defaultdict(list)
    for figure in reversed(new):
        waiting[key(figure)].append(figure)
    pairs: Pairs = []
    left: Figures = []
    for figure in old:
        if waiting[key(figure)]:
            pairs.append((figure, waiting[key(figure)].pop()))
        else:
            left.append(figure)
    tied = {id(other) for _, other in pairs}
    return pairs, left, [figure for figure in new if id(figure) not in tied]


def _overlapping(old: Figures, new: Figures) -> tuple[Pairs, Figures, Figures]:
    """Figures at the same place of the same bytes tied, the widest overlap first."""
    by_report: defaultdict[str, Figures] = defaultdict(list)
    for figure in new:
        by_report[figure.report_id].append(figure)
    found = [
        (-overlap, one.char_start, n, m, one, other)
        for n, one in enumerate(old)
        for m, other in enumerate(by_report[one.report_id])
        if (overlap := min(one.char_end, other.char_end) - max(one.char_start, other.char_start)) > 0
    ]
    pairs: Pairs = []
    tied: set[int] = set()
    for *_, one, other in sorted(found, key=lambda hit: hit[:4]):
        if id(one) not in tied and id(other) not in tied:
            pairs.append((one, other))
            tied |= {id(one), id(other)}
    return pairs, [f for f in old if id(f) not in tied], [f for f in new if id(f) not in tied]


def _changed(one: FigureRow, other: FigureRow) -> dict[str, tuple[str, str]]:
    return {
        name: (cell_text(getattr(one, name)), cell_text(getattr(other, name)))
        for name in COMPARED
        if getattr(one, name) != getattr(other, name)
    }


def _only_in(one: Dataset, other: Dataset) -> tuple[str, ...]:
    known = {key for report in other.rows(ReportRow) for key in (report.source, report.report_id) if key}
    return tuple(
        report.source for report in one.rows(ReportRow) if not {report.source, report.report_id} & known
    )


def _row(what: str, before: FigureRow, after: FigureRow) -> dict[str, str]:
    rules = dict.fromkeys((before.rule, after.rule))
    return {
        "what": what,
        "rule": " → ".join(rules),
        "source": cell_text(after.source),
        "value_text": cell_text(after.value_text),
        "quote": cell_text(after.quote),
    }
