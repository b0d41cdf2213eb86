"""Decisions applied to the records of a corpus.

A decision finds its figure by its id, else by its quote: in the report it was made about, or, where those
bytes are gone, in the report of the same source name, else of the same organisation and year. Decisions
count from the oldest to the latest (at the same time: by id), so any order of the log gives the same dataset.

What a decision was made about stays, whatever the grammars find: a figure that was accepted, corrected or
added and that no rule takes any more is made from its quote.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapextract.dataset.neutral import neutral_text
from rapextract.french.places import PlaceEntry, place_entries
from rapextract.grammar import Grammar
from rapextract.grammar.vocabulary import TerritoryEntry
from rapextract.model import (
    Decision,
    DecisionKind,
    DecisionRow,
    FigureRow,
    HeadcountRow,
    Outcome,
    Packed,
    Records,
    TableCellRow,
)

from .figure import decided, from_quote, renamed
from .locate import Found, locate
from .log import in_order

REJECTED = "rejected"


class Decisions:
    """The decisions of a log over one corpus: `survey` each report, then `apply` to each, then `rows`."""

    def __init__(self, decisions: Iterable[Decision], grammar: Grammar, report_ids: Iterable[str]):
        """`report_ids` are those of the corpus' reports."""
        known = set(report_ids)
        self._all = in_order(decisions)
        self._merges = [each for each in self._all if each.does is DecisionKind.MERGE]
        self._of_report: defaultdict[str, list[Decision]] = defaultdict(list)
        self._homeless: list[Decision] = []
        """Decisions about bytes that are gone."""
        self._homes: dict[str, tuple[int, str]] = {}
        """Homeless decision → how near its new home is (0: same source), and that report."""
        for decision in self._all:
            if decision.place is not None:
                here = decision.place.report_id in known
                (self._of_report[decision.place.report_id] if here else self._homeless).append(decision)
        self._merged = _merged(self._merges)
        self._renamed: defaultdict[str, set[str]] = defaultdict(set)
        self._outcomes: dict[str, tuple[Outcome, str, str]] = {}
        """Decision → outcome, figure, detail."""
        self._territories = _territories(grammar) if self._all else {}

    @property
    def needs_survey(self) -> bool:
        """Whether some decision is about bytes that are gone, so that its report must be looked for."""
        return bool(self._homeless)

    def survey(self, records: Records) -> None:
        """Look whether a decision whose report is gone finds a home in this one."""
        report, text = records.report, neutral_text(records.text)
        own = (report.organisation, report.year)
        for decision in self._homeless:
            place = decision.place
            assert place is not None
            if report.source == place.source:
                nearness = 0
            elif place.organisation and own == (place.organisation, place.year):
                nearness = 1
            else:
                continue
            home = (nearness, report.report_id)
            better = decision.id not in self._homes or home < self._homes[decision.id]
            if better and locate(place, text, same_bytes=False) is not None:
                self._homes[decision.id] = home

    def apply(self, records: Records) -> Records:
        """`records` under the decisions; gives the same however often it is called."""
        mine = self._mine(records.report.report_id)
        if not mine and not self._merged:
            return records
        figures = {figure.figure_id: figure for figure in records.figures}
        about: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in mine:
            target = self._target(decision, records, figures)
            if target is not None:
                figures.setdefault(target.figure_id, target)
                about[target.figure_id].append(decision)
        for name, decisions in about.items():
            figures[name] = decided(figures[name], decisions, self._territories)
        if self._merged:
            figures = {name: self._rename(figure) for name, figure in figures.items()}
        touched = {name: figure for name, figure in figures.items() if figure.decisions}
        return _with(records, figures, touched) if touched else records

    def rows(self) -> list[DecisionRow]:
        """Every decision with its outcome, the oldest first."""
        return [self._row(decision) for decision in self._all]

    # Finding --------------------------------------------------------------------------------------
    def _mine(self, report_id: str) -> Sequence[Decision]:
        moved = [d for d in self._homeless if self._homes.get(d.id, (0, ""))[1] == report_id]
        return in_order([*self._of_report[report_id], *moved]) if report_id else ()

    def _target(
        self, decision: Decision, records: Records, figures: dict[str, FigureRow]
    ) -> FigureRow | None:
        """The figure that a decision is about now; where it is found no more, why is kept."""
        place = decision.place
        assert place is not None
        if (figure := figures.get(place.figure_id)) is not None:
            self._outcomes[decision.id] = (Outcome.APPLIED, figure.figure_id, "")
            return figure
        found = locate(place, neutral_text(records.text), place.report_id == records.report.report_id)
        if found is None:
            return None
        figure = _at(found, figures.values())
        detail = ""
        if figure is None:
            if decision.does is DecisionKind.REJECT:
                outcome = (Outcome.APPLIED, "", "no figure is read there any more")
                self._outcomes[decision.id] = outcome
                return None
            figure = from_quote(decision, records, found)
            if decision.does is not DecisionKind.ADD:
                detail = "no rule takes it any more; made from the quote"
        same = figure.figure_id == place.figure_id
        self._outcomes[decision.id] = (
            Outcome.APPLIED if same else Outcome.MOVED, figure.figure_id, detail,
        )  # fmt: skip
        return figure

    def _rename(self, figure: FigureRow) -> FigureRow:
        merge = self._merged.get(figure.indicator)
        if merge is None:
            return figure
        into, decision = merge
        self._renamed[decision.id].add(figure.figure_id)
        return renamed(figure, into, decision)

    def _row(self, decision: Decision) -> DecisionRow:
        place = decision.place
        outcome, figure, detail = self._outcomes.get(
            decision.id, (Outcome.ORPHAN, "", "its quote stands nowhere in the corpus, or at several places")
        )
        changes = decision.changes
        if place is None:
            count = len(self._renamed[decision.id])
            outcome, detail = Outcome.APPLIED, f"{count} figures carried it"
            changes = {"indicator": decision.indicator, "into": decision.into}
        return DecisionRow(
            decision_id=decision.id,
            does=decision.does,
            outcome=outcome,
            detail=detail,
            figure_id=figure,
            decided_figure=place.figure_id if place else "",
            source=place.source if place else "",
            value_text=place.value_text if place else "",
            quote=place.quote if place else "",
            changes=json.dumps(dict(sorted(changes.items())), ensure_ascii=False),
            who=decision.who,
            when=decision.when,
            why=decision.why,
        )


def _at(found: Found, figures: Iterable[FigureRow]) -> FigureRow | None:
    """The figure whose number stands at the place found, if one does; an exact hit before an overlap."""
    touching = [f for f in figures if f.char_start < found.end and found.start < f.char_end]
    return min(
        touching,
        key=lambda f: (abs(f.char_start - found.start) + abs(f.char_end - found.end), f.figure_id),
        default=None,
    )


def _merged(merges: Sequence[Decision]) -> dict[str, tuple[str, Decision]]:
    """Indicator → the one it ends up in, and the decision that says so; later merges go before earlier."""
    direct: dict[str, tuple[str, Decision]] = {}
    for decision in merges:
        if _end(direct, decision.into) == decision.indicator:  # the other way round, decided earlier
            direct.pop(decision.into, None)
        if decision.indicator != decision.into:
            direct[decision.indicator] = (decision.into, decision)
    return {name: (_end(direct, name), decision) for name, (_, decision) in direct.items()}


def _end(direct: dict[str, tuple[str, Decision]], name: str) -> str:
    """Where a chain of merges ends."""
    seen = {name}
    while name in direct and direct[name][0] not in seen:
        name = direct[name][0]
        seen.add(name)
    return name


def _territories(grammar: Grammar) -> dict[str, PlaceEntry]:
    entries: dict[str, PlaceEntry] = {}
    for entry in place_entries(grammar.entries(TerritoryEntry)):
        if entry.level != "area":
            entries.setdefault(entry.code, entry)
    return entries


def _with(records: Records, figures: dict[str, FigureRow], touched: dict[str, FigureRow]) -> Records:
    """`records` with these figures, and the rows beside them that say the same."""
    return records.model_copy(
        update={
            "figures": tuple(figures.values()),
            "headcounts": tuple(
                _headcount(row, touched.get(row.figure_id))
                for row in records.headcounts
                if row.figure_id not in touched or touched[row.figure_id].review != REJECTED
            ),
            "table_cells": Packed(
                TableCellRow, (_cell(row, touched.get(row.figure_id)) for row in records.table_cells)
            ),
        }
    )


def _headcount(row: HeadcountRow, figure: FigureRow | None) -> HeadcountRow:
    if figure is None:
        return row
    said = {
        "count": figure.value, "entity": figure.entity, "territory": figure.territory, "date": figure.period,
    }  # fmt: skip
    return row.model_copy(update=said)


def _cell(row: TableCellRow, figure: FigureRow | None) -> TableCellRow:
    if figure is None:
        return row
    if figure.review == REJECTED:
        return row.model_copy(update={"value": None, "unit": ""})
    return row.model_copy(update={"value": figure.value, "unit": figure.unit})
