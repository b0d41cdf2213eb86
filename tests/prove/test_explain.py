"""`explain` over the sample corpus: every reason leads to a rule or to words of the report."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import rapextract
from rapextract.cli import main
from rapextract.extract.explain import Reason
from rapextract.model import FigureRow

ATTRIBUTES = {"value", "label", "role", "bound", "period", "entity", "territory", "theme"}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    (folder / "corpus").mkdir()
    for name in ("drsm-bretagne-2022.md", "drsm-occitanie-2021.html", "cpam-cantal-2022.txt"):
        shutil.copy(repository / "corpus" / name, folder / "corpus" / name)
    rapextract.ingest(folder / "corpus", outputs=folder / "out", jobs=1)
    return folder / "out"


def figures(outputs: Path) -> list[FigureRow]:
    return list(rapextract.open_dataset(outputs).rows(FigureRow))


def one(outputs: Path, source: str, value_text: str, label: str = "") -> dict[str, Reason]:
    figure = next(
        f for f in figures(outputs)
        if f.source.startswith(source) and f.value_text == value_text and label in f.label
    )  # fmt: skip
    return {reason.attribute: reason for reason in rapextract.explain(figure.figure_id, outputs).reasons}


def test_rules_and_their_words(outputs: Path) -> None:
    reasons = one(outputs, "drsm-bretagne", "14 800")
    assert reasons["role"].by == "set.role.objective" and reasons["role"].words.strip() == "objectif :"
    assert reasons["role"].file.startswith("grammars/figures-set.yaml:") and reasons["role"].why
    assert reasons["unit"].words.strip() == "€"
    assert reasons["indicator"].value == "rct-recouvre-par-dossier"
    assert "recouvré par dossier" in reasons["indicator"].words


def test_sources_of_period_and_place(outputs: Path) -> None:
    reasons = one(outputs, "drsm-bretagne", "1 944")
    assert reasons["period"].by == "sentence" and "octobre" in reasons["period"].words
    assert reasons["entity"].by == "the report's own"
    assert one(outputs, "drsm-occitanie", "35")["bound"].words.startswith("entre")


def test_tables_are_told_by_their_headers(outputs: Path) -> None:
    reasons = one(outputs, "drsm-bretagne", "512")
    assert "Cat. 1" in reasons["label"].words and reasons["period"].by == "heading"


def test_every_kind_of_figure_is_explained(outputs: Path) -> None:
    dataset = rapextract.open_dataset(outputs)
    for figure in figures(outputs)[::12]:
        explained = rapextract.explain(figure.figure_id, outputs)
        assert not explained.without_source
        told = {reason.attribute for reason in explained.reasons}
        assert told >= ATTRIBUTES | ({"indicator"} if figure.indicator else set())
        text = dataset.text(figure.report_id)
        for reason in explained.reasons:
            if reason.attribute != "indicator":
                column = "value_text" if reason.attribute == "value" else reason.attribute
                assert reason.value == getattr(figure, column)
            if reason.start is not None and reason.end is not None:
                assert text[reason.start : reason.end] == reason.words


def test_without_the_source_the_dataset_is_asked(outputs: Path, tmp_path: Path) -> None:
    figure = next(f for f in figures(outputs) if f.indicator)
    explained = rapextract.explain(figure.figure_id, outputs, tmp_path)
    assert "not in the corpus" in explained.without_source
    assert [reason.attribute for reason in explained.reasons] == ["value", "indicator", "theme"]
    result = CliRunner().invoke(main, ["explain", figure.figure_id, "-o", str(outputs)])
    assert result.exit_code == 0 and figure.indicator in result.output
    assert CliRunner().invoke(main, ["explain", "fzzz", "-o", str(outputs)]).exit_code == 2
