"""Checks: what a report's own words and numbers say of each other.

One file a kind of check; each is a generator of `Finding` over the records of one report. Nothing is
computed that the text does not state, and nothing is settled: a broken check shows both sides. docs/checks.md
says for people what each kind looks at and when it stays silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from rapextract.grammar import Grammar
from rapextract.model import CheckRow, FigureRow, Records

from .across import Across
from .changes import changes
from .changes_in_tables import table_changes
from .differences import differences
from .finding import Finding
from .glossary import glossary
from .parts import listed_parts, opposite_parts, panel_parts, stated_parts
from .periods import periods
from .ranges import ranges
from .repeats import repeats
from .shares import shares
from .shares_in_tables import table_shares
from .sums import table_sums
from .words import Words

__all__ = ["Checks", "report_findings"]

_KINDS: tuple[Callable[[Records, Words], Iterator[Finding]], ...] = (
    table_sums,
    table_changes,
    listed_parts,
    opposite_parts,
    panel_parts,
    stated_parts,
    shares,
    table_shares,
    differences,
    changes,
    repeats,
    ranges,
    periods,
    glossary,
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
        self._findings: list[Finding] = []
        self._closed = False
        self._flags: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, records: Records) -> None:
        """Check a report; reports come in the order of the dataset, their rows tidy."""
        assert not self._closed, "all reports come before the first answer"
        self._findings += report_findings(records, self._words)
        self._across.add(records)

    def rows(self) -> list[CheckRow]:
        """Every check that was decided: by report in their order, those across reports last."""
        self._close()
        return list({row.check_id: row for row in map(Finding.row, self._findings)}.values())

    def flagged(self, records: Records) -> Records:
        """`records` with `check:<kind>` among the flags of each figure that a broken check ties."""
        self._close()
        if not any(figure.figure_id in self._flags for figure in records.figures):
            return records
        return records.model_copy(update={"figures": tuple(map(self._flagged, records.figures))})

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
        self._findings += self._across.findings()
        for finding in self._findings:
            if not finding.holds:
                for figure_id in finding.figures:
                    self._flags[figure_id].add(_FLAG + finding.kind)


def report_findings(records: Records, words: Words) -> list[Finding]:
    """What the checks within one report find, kind by kind."""
    return [finding for check in _KINDS for finding in check(records, words)]
