"""`rapextract show` and `rapextract evaluate` over a dataset that `ingest` made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.engine.samples import make_corpus

import rapextract
from rapextract.cli import main


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    rapextract.ingest(make_corpus(folder / "c"), outputs=folder / "o")
    return folder / "o"


def test_show_prints_value_place_and_quote(outputs: Path) -> None:
    figure = next(iter(rapextract.open_dataset(outputs).figures.itertuples()))
    result = CliRunner().invoke(main, ["show", figure.figure_id[:9], "-o", str(outputs)])
    assert result.exit_code == 0, result.output
    assert f"« {figure.value_text} »" in result.output
    assert f"characters {figure.char_start}–{figure.char_end}" in result.output
    assert figure.quote in result.output
    marked = CliRunner().invoke(main, ["show", figure.figure_id, "-o", str(outputs)], color=True)
    assert f"\x1b[1m\x1b[7m{figure.value_text}\x1b[0m" in marked.output


@pytest.mark.parametrize(
    ("arguments", "code"), [(["fzzz"], "U05"), (["f"], "U09"), (["f", "-o", "no"], "U04")]
)
def test_show_says_what_is_wrong(outputs: Path, arguments: list[str], code: str) -> None:
    given = arguments if "-o" in arguments else [*arguments, "-o", str(outputs)]
    result = CliRunner().invoke(main, ["show", *given])
    assert result.exit_code == 2 and result.stderr.startswith(f"rapextract: {code}: ")


def test_evaluate_against_the_dataset_itself(outputs: Path, tmp_path: Path) -> None:
    dataset = rapextract.open_dataset(outputs)
    for report in dataset.reports.itertuples():
        lines = [
            json.dumps({"doc": Path(row.source).name, "quote": row.quote, "raw": row.value_text,
                        "value": row.value, "start": int(row.char_start)})
            for row in dataset.figures.itertuples() if row.source == report.source
        ]  # fmt: skip
        (tmp_path / f"figures.{Path(report.source).stem}.jsonl").write_text(
            "\n".join(lines), encoding="utf-8"
        )
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path), "-o", str(outputs), "--json"])
    assert result.exit_code == 0, result.output
    scores = json.loads(result.output)
    assert set(scores) == {"r00", "r01", "r02"}
    assert all(score["figures"]["f1"] == 1.0 for score in scores.values())
    table = CliRunner().invoke(main, ["evaluate", str(tmp_path), "-o", str(outputs), "--doc", "r00"])
    assert "precision 1.000, recall 1.000, F1 1.000" in table.output and "r01" not in table.output


def test_evaluate_lists_misses(outputs: Path, tmp_path: Path) -> None:
    line = {"doc": "r00.txt", "quote": "CPAM de Rennes", "raw": "CPAM", "value": 7, "unit": "rien"}
    (tmp_path / "figures.a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path), "-o", str(outputs), "--misses", "2"])
    assert "missed  « CPAM » rien: CPAM de Rennes" in result.output
    assert result.output.count("    extra") == 2


def test_evaluate_without_references(outputs: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path), "-o", str(outputs)])
    assert result.exit_code == 2 and "U06" in result.stderr


def test_evaluate_agrees_with_the_independent_scorer(shared: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    rapextract.ingest(shared / "corpus", outputs=tmp_path)
    scorer = [sys.executable, str(shared / "score" / "score.py"), str(tmp_path),
              str(shared / "gold" / "records"), str(shared / "corpus"), "--json"]  # fmt: skip
    theirs = json.loads(subprocess.run(scorer, capture_output=True, check=True, text=True).stdout)
    ours = {score.id: score for score in rapextract.evaluate(shared / "gold" / "records", tmp_path)}
    assert set(ours) == set(theirs) and ours
    for name, their in theirs.items():
        figures, score = their["figures"], ours[name].figures
        assert figures["f1"] == pytest.approx(score.agreement.f1)
        assert figures["precision"] == pytest.approx(score.agreement.precision)
        assert figures["full_f1"] == pytest.approx(score.full.f1)
        assert figures["label_f1"] == pytest.approx(score.label_overlap)
        assert figures["headcounts_right"] == list(score.headcounts)
        for attribute, share in score.accuracy.items():
            assert figures[f"{attribute}_acc"] == pytest.approx(share)
        acronyms = ours[name].acronyms
        assert acronyms is not None
        assert their["acronyms"]["f1"] == pytest.approx(acronyms.agreement.f1)
