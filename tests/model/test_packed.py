"""Rows kept packed come back as they were, and take little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from decimal import Decimal

import pytest
from pydantic import ValidationError

from rapextract.model import Packed, Records, ReportRow, ReportStatus, TableCellRow, spool
from rapextract.model.packed import TOGETHER

REPORT = ReportRow(source="a.pdf", status=ReportStatus.READ)


def _cell(number: int) -> TableCellRow:
    return TableCellRow(
        source="a.pdf", table_id="t1", row=number, column=1, text=f"{number} €", row_header=f"Ligne {number}",
        value=Decimal(number), unit="EUR",
    )  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, TOGETHER, 2 * TOGETHER + 3])
def test_rows_come_back_as_they_were(count: int) -> None:
    rows = [_cell(number) for number in range(count)]
    packed = Packed(TableCellRow, iter(rows))
    assert len(packed) == count
    assert list(packed) == list(packed) == rows
    assert packed == tuple(rows) and packed[-2:] == tuple(rows[-2:])


def test_rows_that_wait_in_a_file_come_back_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MOST_IN_MEMORY", 100)
    rows = [_cell(number) for number in range(3 * TOGETHER + 1)]
    packed = Packed(TableCellRow, rows)
    dearer = packed.changed(lambda row: row.model_copy(update={"unit": "k€"}))
    both = zip(packed, dearer, strict=True)  # gone through side by side
    assert all(one == row and other.unit == "k€" for (one, other), row in zip(both, rows, strict=True))
    packed.add(_cell(0))
    assert len(packed) == len(dearer) + 1 and packed == [*rows, _cell(0)]


def test_rows_come_back_from_json() -> None:
    packed = Packed(TableCellRow, map(_cell, range(TOGETHER + 1)))
    again = Packed(TableCellRow)
    for _, data in packed.json():
        again.add_json(data)
    assert again == packed
    with pytest.raises(ValidationError):
        again.add_json(b'[{"row": 1}]')


def test_a_record_takes_rows_and_writes_them() -> None:
    records = Records.model_validate({"report": REPORT, "table_cells": [_cell(1), _cell(2)]})
    assert isinstance(records.table_cells, Packed)
    assert Records.model_validate_json(records.model_dump_json()) == records
    other = records.model_copy(update={"table_cells": Packed(TableCellRow, [_cell(1), _cell(3)])})
    assert other != records and records != Records(report=REPORT)


def _held(make: Callable[[], object]) -> int:
    """Bytes that what `make` gives takes."""
    make()  # what is imported and compiled on first use
    tracemalloc.start()
    try:
        kept = make()
        return tracemalloc.get_traced_memory()[0] if kept is not None else 0
    finally:
        tracemalloc.stop()


def test_packed_rows_take_a_fraction_of_the_memory() -> None:
    loose = _held(lambda: list(map(_cell, range(2000))))
    packed = _held(lambda: Packed(TableCellRow, map(_cell, range(2000))))
    assert packed < 0.1 * loose


def test_a_row_keeps_no_set_of_the_names_of_its_fields() -> None:
    one, other = _cell(1), _cell(2)
    assert one.__pydantic_fields_set__ is other.__pydantic_fields_set__
    assert one.model_copy(update={"unit": "%"}).__pydantic_fields_set__ is one.__pydantic_fields_set__
    assert not one.model_fields_set
