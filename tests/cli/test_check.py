"""`rapextract check` and its Python twin over a dataset that `ingest` made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import rapextract
from rapextract.cli import main

REPORT = """# Rapport d'activité 2022

Service médical Bretagne

412 contrôles ont été menés : 260 sur place et 162 sur pièces.

La caisse emploie 128 salariés, dont 96 femmes, soit 75 % de l'effectif.
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    (folder / "c").mkdir()
    (folder / "c" / "a.md").write_text(REPORT, encoding="utf-8")
    rapextract.ingest(folder / "c", outputs=folder / "o")
    return folder / "o"


def test_ingest_writes_the_checks_and_flags_the_figures(outputs: Path) -> None:
    dataset = rapextract.open_dataset(outputs)
    broken = dataset.checks[dataset.checks.status == "broken"]
    assert list(broken.kind) == ["sum"]
    flagged = dataset.figures[dataset.figures["flags"].fillna("").str.contains("check:sum")]
    assert set(flagged.figure_id) == set(broken.figures.iloc[0].split())
    assert set(flagged.value_text) == {"412", "260", "162"}


def test_check_shows_all_or_what_is_broken(outputs: Path) -> None:
    shown = CliRunner().invoke(main, ["check", "-o", str(outputs)])
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("a.md\n")
    assert "BROKEN sum" in shown.output and "holds  share" in shown.output
    assert shown.output.endswith("2 hold, 1 broken\n")
    broken = CliRunner().invoke(main, ["check", "-o", str(outputs), "--broken"])
    assert broken.exit_code == 0 and "holds " not in broken.output
    assert broken.output.endswith("\n\n1 broken\n")
    shares = CliRunner().invoke(main, ["check", "-o", str(outputs), "--kind", "share"])
    assert "share" in shares.output and "sum" not in shares.output


def test_check_as_json_says_what_the_twin_says(outputs: Path) -> None:
    printed = json.loads(CliRunner().invoke(main, ["check", "-o", str(outputs), "--json"]).output)
    rows = rapextract.check(outputs).rows
    assert [row["check_id"] for row in printed] == [row.check_id for row in rows]
    assert rapextract.check(outputs, broken=True).counts == {("sum", "broken"): 1}


def test_check_without_a_dataset(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "-o", str(tmp_path)])
    assert result.exit_code == 2 and result.stderr.startswith("rapextract: U04: ")
