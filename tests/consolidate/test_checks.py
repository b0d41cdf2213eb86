"""Checks over whole corpora: across reports, flags, the sample corpus, the real reports."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.consolidate.checked import records_of, rows_of

from rapextract.consolidate import tidy
from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.model import CheckRow, Records
from rapextract.read import read_document

SAMPLES = (
    "cpam-cantal-2022.txt",
    "drsm-bretagne-2022.md",
    "drsm-occitanie-2021.html",
    "drsm-normandie-2021.pdf",
)
ARITHMETIC = {"sum", "part", "share", "difference", "change", "repeat", "range", "period"}


def read(folder: Path, *names: str) -> list[Records]:
    grammar = load_grammar()
    return [tidy(extract_records(read_document(folder / name, corpus=folder), grammar)) for name in names]


def with_indicator(records: Records, **changes: str) -> Records:
    """The records with indicator and period set on the figures whose printed number is given."""
    figures = tuple(
        figure.model_copy(update={"indicator": "appels-traites", "period": changes[figure.value_text]})
        if figure.value_text in changes
        else figure
        for figure in records.figures
    )
    return records.model_copy(update={"figures": figures})


def test_the_value_of_last_year_in_two_reports() -> None:
    later = with_indicator(
        records_of("41 260 appels ont été traités, contre 38 975 appels en 2021."), **{"38 975": "2021"}
    )
    for printed, status in (("38 975", "holds"), ("38 957", "broken"), ("12 000", None)):
        text = f"La plateforme a traité {printed} appels en 2021."
        earlier = with_indicator(records_of(text, "b.md"), **{printed: "2021"})
        rows, flagged = rows_of(later, earlier)
        across = [row for row in rows if row.kind == "repeat"]
        assert [row.status for row in across] == ([status] if status else []), printed
        flags = [figure.flags for records in flagged for figure in records.figures if figure.flags]
        assert flags == (["check:repeat"] * 2 if status == "broken" else [])


def test_a_change_against_the_report_of_the_year_before() -> None:
    text = "551 dossiers ont été traités en 2022, soit 330 dossiers de moins qu'en 2021."
    later = with_indicator(records_of(text), **{"551": "2022"})
    for printed, status in (("881", "holds"), ("818", "broken")):
        earlier = records_of(f"En 2021, {printed} dossiers ont été traités.", "b.md")
        rows, _ = rows_of(later, with_indicator(earlier, **{printed: "2021"}))
        found = [row for row in rows if row.kind == "difference"]
        assert [(row.status, row.expected, row.found) for row in found] == [(status, "881", printed)]
        assert found[0].report_id == ""


def test_flags_are_added_to_those_there() -> None:
    records = records_of("412 contrôles ont été menés : 260 sur place et 162 sur pièces.")
    marked = tuple(figure.model_copy(update={"flags": "ocr"}) for figure in records.figures)
    rows, (flagged,) = rows_of(records.model_copy(update={"figures": marked}))
    assert [row.status for row in rows if row.kind == "sum"] == ["broken"]
    assert {figure.flags for figure in flagged.figures} == {"ocr;check:sum"}
    assert rows[0].figures.split() == [figure.figure_id for figure in flagged.figures]


def test_rows_are_the_same_every_time_and_their_ids_apart(repository: Path) -> None:
    reports = read(repository / "corpus", *SAMPLES[:3])
    first, second = rows_of(*reports)[0], rows_of(*reports)[0]
    assert first == second
    assert len({row.check_id for row in first}) == len(first)
    known = {figure.figure_id for records in reports for figure in records.figures}
    assert all(set(row.figures.split()) <= known for row in first)


def test_the_sample_corpus_adds_up(repository: Path) -> None:
    rows, _ = rows_of(*read(repository / "corpus", *SAMPLES))
    broken = [row.message for row in rows if row.status == "broken" and row.kind in ARITHMETIC]
    assert broken == []
    holding = Counter(row.kind for row in rows)
    assert holding["sum"] >= 12 and holding["part"] >= 12 and holding["share"] >= 2 and holding["change"] >= 1


# Real reports -----------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def real(shared: Path) -> list[CheckRow]:
    folder = shared / "corpus"
    return rows_of(*read(folder, *sorted(path.name for path in folder.glob("*.txt"))))[0]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("repeat", ("79,21", "79,22")),
        ("sum", ("736", "568", "170", "738")),
        ("sum", ("52", "37", "14", "51")),
        ("glossary", ("DPSI", "DPIS")),
        ("glossary", ("CRRMP", "CRAMP")),
        ("period", ("juin 2020", "janvier 2020")),
    ],
)
def test_what_the_real_reports_get_wrong(real: list[CheckRow], kind: str, words: tuple[str, ...]) -> None:
    broken = [row.message for row in real if row.kind == kind and row.status == "broken"]
    assert any(all(word in message for word in words) for message in broken), broken


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("share", ("23 031", "10 502", "45,6 %")),
        ("share", ("88", "108", "81,48 %")),
        ("difference", ("3 167", "2 810", "357")),
        ("sum", ("« Huit »",)),
        ("sum", ("11 procédures",)),
    ],
)
def test_what_the_real_reports_get_right(real: list[CheckRow], kind: str, words: tuple[str, ...]) -> None:
    holding = [row.message for row in real if row.kind == kind and row.status == "holds"]
    assert any(all(word in message for word in words) for message in holding), holding


def test_every_total_of_the_invalidity_table_holds(real: list[CheckRow]) -> None:
    totals = [row for row in real if row.kind == "sum" and "INVALIDITE" in row.message]
    assert [row.status for row in totals] == ["holds"] * 9


def test_few_alarms_but_those_on_short_forms(real: list[CheckRow]) -> None:
    """Alarms were read one by one; more of them than those is a sign of false ones."""
    broken = Counter(row.kind for row in real if row.status == "broken")
    assert sum(count for kind, count in broken.items() if kind != "glossary") <= 6
