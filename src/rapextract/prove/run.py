"""`verify`: the sources opened again, and every exported figure proven against them."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from rapextract import defaults
from rapextract.dataset.open import open_dataset, sources_without_ocr
from rapextract.dataset.package import TEXT_FOLDER
from rapextract.engine.corpus import corpus_root, remembered_root
from rapextract.engine.pool import each_in_process, usable_cpus
from rapextract.extract.stated import SCALED, WORD
from rapextract.model import (
    AcronymRow,
    FigureKind,
    FigureRow,
    Problem,
    ProblemRow,
    RapextractError,
    ReportRow,
    TableCellRow,
)
from rapextract.model.problems import NO_CORPUS_KNOWN, SOURCE_UNREADABLE

from .files import Rows, check_files, other_program, read_rows
from .report import ReportCase, prove_report
from .rows import check_rows
from .tally import At, Failure, Tally

TIME_LIMIT = 1800.0
"""Seconds that the proof of one report may take: a second parser reads each of its pages with a figure."""

Words = Mapping[str, Mapping[str, Decimal]]
"""Indicator → words that stand for values in it."""

Multiples = Mapping[str, Decimal]
"""Figure → what one is worth by its headers, for those that count in thousands or millions."""


@dataclass(frozen=True)
class Proof:
    """One kind of proof: how often it was asked for, how often it failed."""

    name: str
    checked: int
    failed: int


@dataclass(frozen=True)
class Verification:
    """What a dataset could prove.

    `figures` is the number of its figures, `proven` how many of them nothing speaks against; `proofs` says
    what was asked, `failures` what failed. `cause` is set where something failed and another version of the
    program made the dataset, which may be why.
    """

    figures: int
    proven: int
    proofs: tuple[Proof, ...]
    failures: tuple[Failure, ...]
    cause: Problem | None = None

    @property
    def complete(self) -> bool:
        """Whether everything is proven."""
        return not self.failures


def verify(
    outputs: str | Path = defaults.OUTPUTS,
    corpus: str | Path | Sequence[str | Path] | None = None,
    *,
    grammars: str | Path | None = None,
    password: str | None = None,
    jobs: int | None = None,
) -> Verification:
    """Prove the dataset in `outputs` against its sources and against itself.

    `corpus` is what `ingest` was given (a path or several; default: what the last run on `outputs` was
    given, as long as both stand where they stood to each other). `grammars` are those that `ingest` was
    given (they say which words stand for values), `password` opens encrypted PDFs, `jobs` is the number of
    processes (default: one a processor).

    Raises `RapextractError` where nothing can be proven at all: U01 (no such corpus), U04 (no dataset),
    V20 (no corpus given, none known).
    """
    dataset = open_dataset(outputs)
    root = _root(dataset.folder, corpus)
    tally = Tally()
    check_files(dataset.folder, tally)
    rows = read_rows(dataset.folder, tally)
    check_rows(rows, tally)
    own_grammars = Path(grammars) if grammars is not None else None
    words, multiples = _words(rows, own_grammars), _multiples(rows, own_grammars)
    cases = list(_cases(dataset.folder, root, rows, password, words, multiples))
    for case, outcome in each_in_process(prove_report, cases, jobs or usable_cpus(), TIME_LIMIT, _quiet):
        if isinstance(outcome, Tally):
            tally.add(outcome)
        else:  # the process ended: over the limit, or killed
            tally.check(
                "reading texts", False, SOURCE_UNREADABLE,
                At("reports.csv", case.report.source), reason=outcome,
            )  # fmt: skip
            tally.figures.update(figure.figure_id for figure in case.figures)
    figures = {figure.figure_id for figure in rows[FigureRow]}
    order = {report.source: index for index, report in enumerate(rows[ReportRow])}
    return Verification(
        figures=len(figures),
        proven=len(figures - tally.figures),
        proofs=tuple(Proof(name, count, tally.failed[name]) for name, count in tally.checked.items()),
        failures=tuple(sorted(tally.failures, key=lambda failure: order.get(failure.at.source, -1))),
        cause=other_program(dataset.folder) if tally.failures else None,
    )


def _root(outputs: Path, corpus: str | Path | Sequence[str | Path] | None) -> Path:
    if corpus is None:
        root = remembered_root(outputs)
        if root is None:
            raise RapextractError(NO_CORPUS_KNOWN(path=outputs))
        return root
    paths = [corpus] if isinstance(corpus, str | Path) else corpus
    return corpus_root([Path(path) for path in paths])


def _words(rows: Rows, grammars: Path | None) -> Words:
    """The words that stand for values, for the indicators of figures that are such words."""
    indicators = {
        json.loads(figure.corrections).get("indicator", figure.indicator)
        for figure in rows[FigureRow]
        if WORD in figure.flags.split(";")
    }
    if not indicators:
        return {}
    from rapextract.extract.indicators.catalogue import catalogue_of
    from rapextract.grammar import load_grammar

    catalogue = catalogue_of(load_grammar(grammars))
    entries = [catalogue.indicators[name] for name in sorted(indicators) if name in catalogue.indicators]
    return {entry.id: dict(catalogue.values_of(entry)) for entry in entries}


def _multiples(rows: Rows, grammars: Path | None) -> Multiples:
    """What one of each scaled figure is worth, read again from the headers that its row keeps."""
    tables = (figure for figure in rows[FigureRow] if figure.kind is FigureKind.TABLE)
    scaled = [figure for figure in tables if SCALED in figure.flags.split(";")]
    if not scaled:
        return {}
    from rapextract.extract.tables.measures import Measures
    from rapextract.grammar import load_grammar

    measures = Measures(load_grammar(grammars))
    multiples: dict[str, Decimal] = {}
    for figure in scaled:
        read = json.loads(figure.corrections)
        said = json.loads(read.get("dimensions", figure.dimensions))
        headers = (*reversed(said.get("column", ())), *reversed(said.get("row", ())), said.get("table", ""))
        multiples[figure.figure_id] = measures.multiple(read.get("unit", figure.unit), headers)
    return multiples


def _cases(
    folder: Path, root: Path, rows: Rows, password: str | None, words: Words, multiples: Multiples
) -> Iterator[ReportCase]:
    figures = _by_source(rows[FigureRow])
    cells = _by_source(rows[TableCellRow])
    acronyms = _by_source(rows[AcronymRow])
    unread = sources_without_ocr(rows[ProblemRow])
    for report in rows[ReportRow]:
        yield ReportCase(
            report=report,
            path=root / report.source,
            text_path=folder / TEXT_FOLDER / f"{report.report_id}.txt",
            figures=tuple(figures[report.source]),
            cells=tuple(cells[report.source]),
            acronyms=tuple(acronyms[report.source]),
            password=password,
            ocr=report.source not in unread,
            words=words,
            multiples={
                row.figure_id: multiples[row.figure_id]
                for row in figures[report.source]
                if row.figure_id in multiples
            },
        )


def _by_source(rows: Sequence[Any]) -> defaultdict[str, list[Any]]:
    grouped: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.source].append(row)
    return grouped


def _quiet() -> None:
    """In each process: pdfminer's warnings are about the files, not about the dataset."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
