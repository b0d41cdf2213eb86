"""Totals and changes in tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from tests.consolidate.checked import findings, records_of, rejected, rows_of, verdicts, words

from rapextract.consolidate import tidy
from rapextract.consolidate.checks.changes_in_tables import table_changes
from rapextract.consolidate.checks.finding import Finding
from rapextract.consolidate.checks.grids import Grid, grids
from rapextract.consolidate.checks.sums import table_sums
from rapextract.consolidate.checks.words import Words
from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.model import Records, TableCellRow
from rapextract.read import read_document

DISPATCHES = """
| Motif | Demandes reçues | Demandes traitées |
|---|---|---|
| Arrêts de travail | 1 204 | 1 180 |
| Transports | 316 | 300 |
| Cures | 85 | 85 |
| {total} | {received} | 1 565 |
"""


def test_a_total_that_holds_and_one_that_does_not() -> None:
    text = DISPATCHES.format(total="TOTAL", received="1 605")
    assert [status for status, _, _ in verdicts(text, "sum")] == ["holds", "holds"]
    broken = DISPATCHES.format(total="TOTAL", received="1 650")
    assert verdicts(broken, "sum") == [("broken", "1605", "1 650"), ("holds", "1565", "1 565")]
    message = findings(broken, "sum")[0].message
    assert "« 1 204 + 316 + 85 » makes 1605, but the row « TOTAL » says « 1 650 »." in message


def test_a_rejected_figure_takes_no_part() -> None:
    """Its cell is there, but says nothing: a sum that needs it is not decided."""
    decided = rejected(records_of(DISPATCHES.format(total="TOTAL", received="1 650")), "316")
    rows, _ = rows_of(decided)
    assert [(row.status, row.found) for row in rows if row.kind == "sum"] == [("holds", "1 565")]
    (figure,) = (figure for figure in decided.figures if figure.review == "rejected")
    assert not any(figure.figure_id in row.figures for row in rows)


def test_a_single_column_under_a_bare_total() -> None:
    table = "| Motif | Dossiers |\n|---|---|\n| Maladie | 412 |\n| Maternité | 138 |\n| {} | {} |\n"
    assert verdicts(table.format("Ensemble", "550"), "sum") == [("holds", "550", "550")]
    assert verdicts(table.format("Ensemble", "560"), "sum") == [("broken", "550", "560")]
    assert verdicts(table.format("Ensemble", "91 200"), "sum") == [], "no slip makes 91 200 of 550"
    assert verdicts(table.format("Total des dossiers hors stock", "560"), "sum") == []


def test_what_is_not_known_is_not_decided() -> None:
    blank = DISPATCHES.format(total="TOTAL", received="1 650").replace("316", "n.c.")
    assert [status for status, _, found in verdicts(blank, "sum") if found == "1 650"] == []
    nested = DISPATCHES.format(total="TOTAL", received="1 650").replace("Cures", "dont cures")
    assert verdicts(nested.replace("1 565", "1 480").replace("1 650", "1 520"), "sum") == [
        ("holds", "1520", "1 520"),
        ("holds", "1480", "1 480"),
    ]


def test_sub_totals_of_any_name() -> None:
    table = """
| Poste | Montant (€) |
|---|---|
| Part fixe | 35,00 |
| Part variable | 120,00 |
| Montant hors taxes | 155,00 |
| Redevance | 22,20 |
| Taxe | 17,72 |
| Montant des taxes | 39,92 |
| Total | 194,92 |
"""
    assert verdicts(table, "sum") == [("holds", "194.92", "194,92")]


def test_rates_are_not_added_up() -> None:
    table = (
        "| Site | Taux de réponse |\n|---|---|\n| Rennes | 91,2 % |\n| Brest | 88,4 % |\n| Total | 90,1 % |\n"
    )
    assert verdicts(table, "sum") == []
    shares = (
        "| Motif | Part des appels |\n|---|---|\n| Droits | 61,4 % |\n| Soins | {} % |\n| Total | 100 % |\n"
    )
    assert verdicts(shares.format("38,6"), "sum") == [("holds", "100", "100 %")]


CHANGES = """
| Indicateur | 2021 | 2022 | Évolution 2021-2022 |
|---|---|---|---|
| Appels traités | 38 975 | 41 260 | {} |
| Courriers reçus | 12 400 | 11 036 | - 11,0 % |
"""


@pytest.mark.parametrize(
    ("printed", "status", "expected"),
    [
        ("+ 5,9 %", "holds", "5.9 %"),
        ("+ 5,8 %", "holds", "5.9 %"),
        ("+ 9,5 %", "broken", "5.86 %"),
        ("- 5,9 %", "broken", "5.86 %"),
    ],
)
def test_changes_between_two_years(printed: str, status: str, expected: str) -> None:
    found = verdicts(CHANGES.format(printed), "change")
    assert found[1] == ("holds", "-11 %", "- 11,0 %")
    assert (found[0][0], found[0][2]) == (status, printed)
    assert found[0][1] == expected


def test_changes_in_points_of_rates() -> None:
    table = """
| Indicateur | 2021 | 2022 | Écart en points |
|---|---|---|---|
| Taux d'accès | 87,05 % | 93,60 % | 6,55 |
"""
    assert [status for status, _, _ in verdicts(table, "change")] in ([], ["holds"])


SHARES = """
| Motif | Nombre d'appels | Part |
|---|---|---|
| Droits | 6 140 | 61,4 % |
| Soins | 2 850 | {} % |
| Carte | 1 010 | 10,1 % |
| Total | 10 000 | 100 % |
"""


def test_shares_of_a_total() -> None:
    assert [status for status, _, _ in verdicts(SHARES.format("28,5"), "share")] == ["holds"] * 3
    broken = [found for found in verdicts(SHARES.format("25,8"), "share") if found[0] == "broken"]
    assert broken == [("broken", "28.5 %", "25,8 %")]
    rates = SHARES.replace("61,4", "91,4").replace("10,1", "88,2").format("84,0")
    assert verdicts(rates, "share") == [], "rates of something else"


@pytest.fixture(scope="module")
def report(repository: Path) -> Records:
    path = repository / "corpus" / "drsm-bretagne-2022.md"
    return tidy(extract_records(read_document(path, corpus=path.parent), load_grammar()))


def with_cell(records: Records, cell: TableCellRow, value: Decimal) -> Records:
    changed = cell.model_copy(update={"value": value, "text": str(value)})
    cells = tuple(changed if other == cell else other for other in records.table_cells)
    return records.model_copy(update={"table_cells": cells})


def in_tables(check: Callable[[Grid, Words], Iterator[Finding]], report: Records) -> list[Finding]:
    """What a check of tables finds in a report."""
    return [finding for grid in grids(report, words()) for finding in check(grid, words())]


def slips(value: Decimal) -> Iterator[Decimal]:
    """The number with one digit mistyped, and with two neighbours exchanged."""
    digits = str(value)
    for place, digit in enumerate(digits):
        yield Decimal(digits[:place] + str((int(digit) + 3) % 10) + digits[place + 1 :])
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            exchanged = digits[place + 1] + digits[place]
            yield Decimal(digits[:place] + exchanged + digits[place + 2 :])


def test_every_slip_in_a_table_with_totals_is_found(report: Records) -> None:
    """Each number of the invalidity table, wrong in every way a digit can be, breaks a sum that names it."""
    assert all(found.holds for found in in_tables(table_sums, report))
    totals = {found.key.split()[0] for found in in_tables(table_sums, report)}
    tried = 0
    for cell in report.table_cells:
        if cell.table_id not in totals or cell.value is None:
            continue
        for wrong in slips(cell.value):
            broken = [f for f in in_tables(table_sums, with_cell(report, cell, wrong)) if not f.holds]
            assert any(cell.figure_id in found.figures for found in broken), (cell.text, wrong)
            assert all(cell.figure_id in found.figures for found in broken), (cell.text, wrong)
            tried += 1
    assert tried > 80


def test_the_ids_of_checks_are_stable_and_apart(report: Records) -> None:
    ids = [found.row().check_id for found in in_tables(table_sums, report)]
    assert len(set(ids)) == len(ids)
    assert ids == [found.row().check_id for found in in_tables(table_sums, report)]


def test_a_table_without_totals_or_years_gives_nothing(report: Records) -> None:
    assert in_tables(table_changes, report) == []
    assert json.dumps([f.key for f in in_tables(table_sums, report)]).count(report.tables[1].table_id) == 0
