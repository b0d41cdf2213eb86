"""Figures of tables that count in thousands are proven from their characters and their headers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rapextract import ingest, verify

REPORT = """# Rapport d'activité 2022 de la DRSM Bretagne

## Les dépenses

| Poste | Montant (k€) | Part (%) |
|---|---|---|
| Soins de ville | 1 250 | 12 |
| Hôpital | 2 450 | 14 |
"""


def failed(outputs: Path) -> set[str]:
    return {proof.name for proof in verify(outputs).proofs if proof.failed}


def test_a_scaled_value_is_proven_and_its_flag_is_needed(tmp_path: Path) -> None:
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    (corpus / "depenses.md").write_text(REPORT, encoding="utf-8")
    ingest(corpus, outputs=outputs)
    path = outputs / "figures.csv"
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    value, flags = rows[0].index("value"), rows[0].index("flags")
    assert [row[value] for row in rows[1:]] == ["1250000", "12", "2450000", "14"]
    assert verify(outputs).complete

    rows[1][flags] = ""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    assert "values" in failed(outputs)


def test_two_numbers_of_one_scale(tmp_path: Path) -> None:
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    (corpus / "depenses.md").write_text(
        "# Rapport d'activité 2022 de la DRSM Bretagne\n\n"
        "Le budget passe de 1,2 à 1,5 million d'euros.\n\n"
        "Deux à trois cents dossiers sont traités.\n\nLes indus passent de 900 à 1,2 million d'euros.\n\n"
        "| Poste | Coût |\n|---|---|\n| Soins | 2 à 3 millions d'euros |\n| Nuit | 31 € |\n"
    )
    ingest(corpus, outputs=outputs)
    with (outputs / "figures.csv").open(encoding="utf-8", newline="") as stream:
        values = [row["value"] for row in csv.DictReader(stream)]
    assert values == ["1200000", "1500000", "200", "300", "1200000", "3000000", "31"]
    assert verify(outputs).complete


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("| Dépenses (k€) | 2021 | 2022 |\n|---|---|---|\n| Soins | 1 250 | 1 300 |", ["1250000", "1300000"]),
        ("| Poste | Unité | 2022 |\n|---|---|---|\n| Achats | k€ | 1 250 |", ["1250000"]),
        ("Dépenses (en k€)\n\n| Poste | 2022 |\n|---|---|\n| Soins | 1 250 |", ["1250000"]),
        ("| Poste | Coût (k€) |\n|---|---|\n| Soins | 1,5 million |\n| Nuit | 31 |", ["1500000", "31000"]),
    ],
    ids=["corner", "unit column", "line above", "a number that says it itself"],
)
def test_wherever_a_table_says_it(tmp_path: Path, table: str, values: list[str]) -> None:
    corpus, outputs = tmp_path / "corpus", tmp_path / "outputs"
    corpus.mkdir()
    (corpus / "depenses.md").write_text(f"# Rapport d'activité 2022 de la DRSM Bretagne\n\n{table}\n")
    ingest(corpus, outputs=outputs)
    with (outputs / "figures.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["value"] for row in csv.DictReader(stream)] == values
    assert verify(outputs).complete
