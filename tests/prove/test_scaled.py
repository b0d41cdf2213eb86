"""Figures of tables that count in thousands are proven from their characters and their headers."""

from __future__ import annotations

import csv
from pathlib import Path

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
