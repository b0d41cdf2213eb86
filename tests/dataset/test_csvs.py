"""Cells of the CSVs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.records import SENTENCE, figure

from rapextract.dataset.csvs import CsvFile, cell_text, plain_number, read_csv
from rapextract.model import ROWS, Bound, FigureRow


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.5E+6"), "1500000"), (Decimal("45.60"), "45.6"), (Decimal("0.000001"), "0.000001"),
        (Decimal("-0"), "0"), (Decimal("-1.52"), "-1.52"), (100.0, "100"), (123.40000152587891, "123.4"),
        (Decimal("12345678901234567890123456789012"), "12345678901234567890123456789012"),
    ],
)  # fmt: skip
def test_numbers_are_plain(value: Decimal | float, text: str) -> None:
    assert plain_number(value) == text


def test_cells() -> None:
    assert [cell_text(v) for v in (None, "", "a", 3, Bound.MIN, 0.5)] == ["", "", "a", "3", "min", "0.5"]


def test_a_cell_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError):
        cell_text([1])


@pytest.mark.parametrize("row_type", ROWS)
def test_an_empty_file_has_its_header(tmp_path: Path, row_type: type) -> None:
    file = CsvFile(tmp_path / "x.csv", row_type)
    file.close()
    assert (tmp_path / "x.csv").read_bytes() == (",".join(row_type.model_fields) + "\n").encode()


def test_rows_come_back(tmp_path: Path) -> None:
    row = figure(SENTENCE, "- 1,52", "-1.52", label='=a,"b"\nc', unit="%")
    file = CsvFile(tmp_path / "x.csv", FigureRow)
    file.write(row)
    file.close()
    data = (tmp_path / "x.csv").read_bytes()
    assert b"\r" not in data
    assert b",- 1,52," not in data and b',"- 1,52",' in data  # verbatim, quoted for its comma
    (back,) = read_csv(tmp_path / "x.csv")
    assert back["label"] == '=a,"b"\nc'
    assert back["value"] == "-1.52"
    assert FigureRow.model_validate({k: v for k, v in back.items() if v}) == row
