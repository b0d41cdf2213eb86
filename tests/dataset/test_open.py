"""A dataset opened again."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.records import SENTENCE, figure, records

from rapextract.dataset.export import DatasetWriter
from rapextract.dataset.open import Dataset, open_dataset
from rapextract.dataset.package import Origin
from rapextract.dataset.show import show
from rapextract.model import FigureRow, RapextractError, ReportRow

TEXT = f"Avant.\n{SENTENCE}\nAprès 7.\n"
CALLS = figure(TEXT, "2 791 809", "2791809", unit="appel", label="=appels", period="2021",
               dimensions='{"per": "an", "row": ["A", "B"]}')  # fmt: skip
CHANGE = figure(TEXT, "- 1,52", "-1.52", unit="%", role="change", page=2, x0=1.0, top=2.0, x1=3.0, bottom=4.5)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    writer = DatasetWriter(tmp_path)
    writer.add(records(TEXT, CALLS, CHANGE))
    writer.finish(Origin("1", "g", {"a.txt": "0"}), "s", {})
    return open_dataset(tmp_path)


def test_frames_are_typed(dataset: Dataset) -> None:
    figures = dataset.figures
    assert list(figures.columns) == list(FigureRow.model_fields)
    assert figures["value"].tolist() == [2791809.0, -1.52]
    assert figures["label"][0] == "=appels"
    assert figures["page"].isna().tolist() == [True, False]
    assert {str(figures[name].dtype) for name in ("value", "x0")} == {"Float64"}
    assert str(figures["char_start"].dtype) == "Int64" and str(figures["unit"].dtype) == "string"
    assert len(dataset.headcounts) == 0 and next(iter(dataset.headcounts.columns)) == "figure_id"


def test_every_file_has_a_frame(dataset: Dataset) -> None:
    for name in ("reports", "problems", "sections", "figures", "headcounts", "tables", "table_cells",
                 "acronyms", "checks", "indicators"):  # fmt: skip
        assert len(getattr(dataset, name)) == len(dataset.sql(f"SELECT * FROM {name}"))


def test_rows_come_back_as_they_were(dataset: Dataset) -> None:
    assert list(dataset.rows(FigureRow)) == [CALLS, CHANGE]
    assert next(dataset.rows(ReportRow)).characters == len(TEXT)


def test_text_and_sql(dataset: Dataset) -> None:
    assert dataset.text(CALLS.report_id) == TEXT
    answer = dataset.sql("SELECT value FROM figures WHERE unit = $unit", {"unit": "%"})
    assert answer["value"].tolist() == [-1.52]


def test_a_figure_by_the_beginning_of_its_id(dataset: Dataset) -> None:
    assert dataset.figure(CALLS.figure_id) == CALLS
    assert dataset.figure(CHANGE.figure_id[:6]).value == Decimal("-1.52")


@pytest.mark.parametrize("wanted", ["fzzzzzzzzzzzz", ""])
def test_an_unknown_figure(dataset: Dataset, wanted: str) -> None:
    with pytest.raises(RapextractError) as error:
        dataset.figure(wanted)
    assert error.value.problem.code == "U05"


def test_near_ids_are_named(dataset: Dataset) -> None:
    with pytest.raises(RapextractError, match=CALLS.figure_id):
        dataset.figure(CALLS.figure_id[:-1] + "x")


def test_an_ambiguous_beginning(dataset: Dataset) -> None:
    with pytest.raises(RapextractError) as error:
        dataset.figure("f")
    assert error.value.problem.code == "U09"


def test_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(RapextractError) as error:
        open_dataset(tmp_path / "nowhere")
    assert error.value.problem.code == "U04"


@pytest.mark.parametrize("content", [b"figure_id\nf1\n", b"\xff\xfe\x00"])
def test_a_damaged_csv(dataset: Dataset, content: bytes) -> None:
    (dataset.folder / "figures.csv").write_bytes(content)
    with pytest.raises(RapextractError) as error:
        list(dataset.rows(FigureRow))
    assert error.value.problem.code == "U10"


def test_show_cuts_the_quote_at_the_number(dataset: Dataset) -> None:
    shown = show(CHANGE.figure_id, dataset.folder)
    assert shown.before + shown.number + shown.after == SENTENCE
    assert shown.number == "- 1,52"
    lines = dict(shown.lines())
    assert lines["value"] == "-1.52 % « - 1,52 »"
    assert lines["role"] == "change"
    assert lines["place"].startswith("page 2, characters") and "box 1.0 2.0 3.0 4.5 pt" in lines["place"]
    assert dict(show(CALLS.figure_id, dataset.folder).lines())["row"] == "A › B"
