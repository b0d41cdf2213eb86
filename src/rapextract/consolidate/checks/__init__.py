"""Checks: what a report's own words and numbers say of each other.

One file a kind of check; each is a generator of `Finding` over one report, or over one table. Nothing is
computed that the text does not state, and nothing is settled: a broken check shows both sides. docs/checks.md
says for people what each kind looks at and when it stays silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from rapextract.grammar import Grammar
from rapextract.model import CheckRow, FigureRow, Packed, Records
from rapextract.model.packed import changed

from .across import Across
from .changes import changes
from .changes_in_tables import table_changes
from .differences import differences
from .finding import Finding
from .glossary import glossary
from .grids import Grid, grids
from .parts import listed_parts, opposite_parts, panel_parts, stated_parts
from .periods import periods
from .ranges import ranges
from .repeats import repeats
from .shares import shares
from .shares_in_tables import table_shares
from .statements import Passage, passages
from .sums import table_sums
from .words import Words

__all__ = ["Checks", "report_findings"]


class _Kind(NamedTuple):
    """A kind of check: asked of a report as a whole, of each of its passages, or of each of its tables."""

    of_report: Callable[[Records, Words], Iterator[Finding]] | None = None
    of_passage: Callable[[Passage, Words], Iterator[Finding]] | None = None
    of_table: Callable[[Grid, Words], Iterator[Finding]] | None = None


_KINDS = (
    _Kind(of_table=table_sums),
    _Kind(of_table=table_changes),
    _Kind(of_passage=listed_parts),
    _Kind(of_passage=opposite_parts),
    _Kind(panel_parts),
    _Kind(of_passage=stated_parts),
    _Kind(of_passage=shares),
    _Kind(of_table=table_shares),
    _Kind(of_passage=differences),
    _Kind(of_passage=changes),
    _Kind(repeats),
    _Kind(ranges),
    _Kind(periods),
    _Kind(glossary),
)
_FLAG = "check:"


class Checks:
    """Collects the reports of a corpus, checks each and all together, and flags the figures concerned.

    Call `add` for every report first; `rows` and `flagged` answer for all of them.
    """

    def __init__(self, grammar: Grammar):
        """`grammar` gives the words the checks go by."""
        self._words = Words(grammar)
        self._across = Across(self._words)
        self._rows = Packed(CheckRow)
        self._ids: set[str] = set()
        self._again: dict[str, CheckRow] = {}
        """Rows by ids that were there already: what is said last counts."""
        self._closed = False
        self._flags: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, records: Records) -> None:
        """Check a report; reports come in the order of the dataset, their rows tidy."""
        assert not self._closed, "all reports come before the first answer"
        self._take(report_findings(records, self._words))
        self._across.add(records)

    def rows(self) -> Sequence[CheckRow]:
        """Every check that was decided: by report in their order, those across reports last."""
        self._close()
        return self._rows.changed(lambda row: self._again.get(row.check_id, row))

    def flagged(self, records: Records) -> Records:
        """`records` with `check:<kind>` among the flags of each figure that a broken check ties."""
        self._close()
        if not self._flags:
            return records
        return records.model_copy(update={"figures": changed(records.figures, self._flagged)})

    def _flagged(self, figure: FigureRow) -> FigureRow:
        flags = sorted(self._flags.get(figure.figure_id, ()))
        if not flags:
            return figure
        known = [flag for flag in figure.flags.split(";") if flag]
        return figure.model_copy(update={"flags": ";".join(dict.fromkeys([*known, *flags]))})

    def _close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._take(self._across.findings())

    def _take(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            row = finding.row()
            if row.check_id in self._ids:
                self._again[row.check_id] = row
            else:
                self._ids.add(row.check_id)
                self._rows.add(row)
            if not finding.holds:
                for figure_id in finding.figures:
                    self._flags[figure_id].add(_FLAG + finding.kind)


def report_findings(records: Records, words: Words) -> list[Finding]:
    """What the checks within one report find, kind by kind; tables and passages are gone through once."""
    found: list[list[Finding]] = [[] for _ in _KINDS]
    for grid in grids(records, words):
        for kind, own in zip(_KINDS, found, strict=True):
            if kind.of_table is not None:
                own += kind.of_table(grid, words)
    for passage in passages(records):
        for kind, own in zip(_KINDS, found, strict=True):
            if kind.of_passage is not None:
                own += kind.of_passage(passage, words)
    for kind, own in zip(_KINDS, found, strict=True):
        if kind.of_report is not None:
            own += kind.of_report(records, words)
    return list(chain.from_iterable(found))
