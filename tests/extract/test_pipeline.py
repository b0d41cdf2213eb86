"""The whole of `extract`: one report in, its records out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from rapextract.extract import Context, extract_records
from rapextract.french.numbers import parse_number
from rapextract.grammar import load_grammar
from rapextract.model import FigureKind, FigureRow, ReadBy, Records, ReportStatus
from rapextract.read import read_document

SAMPLES = ("cpam-cantal-2022.txt", "drsm-bretagne-2022.md", "drsm-occitanie-2021.html")


def records_of(path: Path) -> Records:
    return extract_records(read_document(path, corpus=path.parent), load_grammar())


def test_cells_that_tell_are_read_as_paragraphs(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text(
        "# Rapport d'activité 2021\n\n"
        "| Action | Résultat | Budget |\n|---|---|---|\n"
        "| Accompagner | Les délégués ont réalisé 120 visites en 2021, contre 98 en 2020. | 12 000 € |\n"
        "| Contrôler | Un point est attribué lorsque 10 % des avis sont rendus en 15 jours. | 3 000 € |\n"
    )
    found = records_of(report).figures
    assert [(f.kind, f.value_text, f.unit, f.period) for f in found] == [
        (FigureKind.PROSE, "120", "visite", "2021"),
        (FigureKind.PROSE, "98", "visite", "2020"),
        (FigureKind.TABLE, "12 000", "EUR", "2021"),
        (FigureKind.TABLE, "3 000", "EUR", "2021"),
    ]
    assert found[0].quote == "Les délégués ont réalisé 120 visites en 2021, contre 98 en 2020."
    assert found[2].label == "budget, accompagner"


def test_a_fault_of_a_rule_costs_the_words_that_it_came_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What never should happen is said of a sentence, a cell, a line of a panel; the rest is taken."""
    whole = Context.figure

    def faulty(context: Context, start: int, *given: Any, **columns: Any) -> FigureRow:
        if context.document.text.startswith(("13", "7 "), start):
            raise ValueError
        return whole(context, start, *given, **columns)

    monkeypatch.setattr(Context, "figure", faulty)
    report = tmp_path / "report.md"
    report.write_text(
        "# Rapport d'activité 2021\n\nLa région compte 13 agences.\n\nElle compte aussi 52 agents.\n\n"
        "| Mois | Appels |\n|---|---|\n| Mars | 131 |\n| Juin | 140 |\n\n"
        "L'équipe au 31/12/21\n5 cadres\n7 agents\n"
    )
    found = records_of(report)
    assert [f.value_text for f in found.figures] == ["52", "140", "5"]
    assert len(found.headcounts) == 1
    said = [problem.message for problem in found.problems]
    assert [problem.code for problem in found.problems] == ["R20"] * 3
    assert all(words in "".join(said) for words in ("« 13 agences.", "« 131", "« 7 agents", "ValueError"))
    assert (found.report.status, found.report.code) == (ReportStatus.PARTIAL, "R20")


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest, repository: Path) -> Records:
    return records_of(repository / "corpus" / request.param)


def check_invariants(records: Records) -> None:
    """What holds for the records of every report."""
    text = records.text
    ids = Counter(figure.figure_id for figure in records.figures)
    assert max(ids.values(), default=1) == 1
    spans = [(figure.char_start, figure.char_end) for figure in records.figures]
    assert spans == sorted(spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for figure in records.figures:
        assert text[figure.char_start : figure.char_end] == figure.value_text
        assert parse_number(figure.value_text) == figure.value
        assert figure.quote in text
        assert figure.value_text in figure.quote
        assert json.loads(figure.dimensions) is not None
    tables = {table.table_id for table in records.tables}
    assert {cell.table_id for cell in records.table_cells} <= tables
    assert {figure.table_id for figure in records.figures if figure.kind is FigureKind.TABLE} <= tables
    assert {row.figure_id for row in records.headcounts} <= set(ids)
    assert {cell.figure_id for cell in records.table_cells if cell.figure_id} <= set(ids)
    report = records.report
    assert (report.figures, report.headcounts, report.tables, report.acronyms) == (
        len(records.figures),
        len(records.headcounts),
        len(records.tables),
        len(records.acronyms),
    )


@pytest.mark.parametrize("confidence", [0.0, 0.78])
def test_figures_of_a_poor_scan_are_left_out_and_said(repository: Path, confidence: float) -> None:
    path = repository / "corpus" / "drsm-normandie-2021.pdf"
    document = read_document(path, corpus=path.parent)
    pages = tuple(
        replace(page, read_by=ReadBy.OCR, ocr_confidence=confidence if page.number == 2 else 0.93)
        for page in document.pages
    )
    records = extract_records(document.model_copy(update={"pages": pages}), load_grammar())
    whole = extract_records(document, load_grammar())
    assert {figure.page for figure in records.figures} == {figure.page for figure in whole.figures} - {2}
    assert 2 in {figure.page for figure in whole.figures}
    assert all("ocr" in figure.flags for figure in records.figures)
    assert [problem.page for problem in records.problems if problem.code == "P09"] == [2]


def test_invariants_hold_for_the_samples(sample: Records) -> None:
    assert len(sample.figures) > 20
    assert sample.report.status is ReportStatus.READ
    check_invariants(sample)


def test_the_same_report_gives_the_same_records(repository: Path) -> None:
    path = repository / "corpus" / SAMPLES[0]
    assert records_of(path).model_dump_json() == records_of(path).model_dump_json()


def test_figures_of_every_kind(repository: Path) -> None:
    records = records_of(repository / "corpus" / "drsm-bretagne-2022.md")
    kinds = Counter(figure.kind for figure in records.figures)
    assert kinds[FigureKind.HEADCOUNT] == len(records.headcounts) == 27
    assert kinds[FigureKind.TABLE] == 28
    assert kinds[FigureKind.PROSE] > 40
    by_territory = Counter(row.territory for row in records.headcounts)
    assert by_territory == {"FR-22": 7, "FR-29": 7, "FR-35": 8, "FR-56": 5}


def test_a_headcount_is_no_figure_of_prose_as_well(repository: Path) -> None:
    records = records_of(repository / "corpus" / "drsm-occitanie-2021.html")
    said = [figure for figure in records.figures if "médecins-conseils, 2 chirurgiens" in figure.quote]
    assert {figure.kind for figure in said} == {FigureKind.HEADCOUNT}
    assert len(said) == 2


def test_real_reports(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        check_invariants(records_of(path))


def test_panels_and_tables_of_a_real_report(shared: Path) -> None:
    (path,) = (shared / "corpus").glob("003_*.txt")
    (reference,) = (shared / "gold" / "records").glob("figures.003.jsonl")
    records = records_of(path)
    found = {figure.char_start: figure for figure in records.figures}
    wanted = [json.loads(line) for line in reference.read_text(encoding="utf-8").splitlines()]
    wanted = [row for row in wanted if row["core"] and row["kind"] in ("headcount", "table")]
    for row in wanted:
        figure = found[row["start"]]
        territory = row["territory"] if isinstance(row["territory"], list) else [row["territory"]]
        assert (figure.kind.value, float(figure.value)) == (row["kind"], row["value"])
        assert figure.territory in territory
        assert figure.period == row["period"]
    kinds = Counter(figure.kind.value for figure in records.figures)
    assert (kinds["headcount"], kinds["table"]) == (51, 69)
