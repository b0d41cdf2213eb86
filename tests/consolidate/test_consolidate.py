"""Order, counts, and the matrix of indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.records import figure, records

from rapextract.consolidate import IndicatorMatrix, tidy
from rapextract.model import FigureRow, SectionRow, TableCellRow, TableRow

TEXT = "Il y a 12 agents, environ 10 agents, 12 agents au tableau, 12,4 agents et 15 agents.\n"


def _mention(value_text: str, **attributes: Any) -> FigureRow:
    value = value_text.replace(",", ".")
    return figure(TEXT, value_text, value, **({"indicator": "agents", "unit": "agent"} | attributes))


def _stands(*mentions: FigureRow) -> tuple[Decimal, int, int]:
    matrix = IndicatorMatrix()
    matrix.add(mentions)
    (row,) = matrix.rows()
    return row.value, row.mentions, row.agreeing


def test_a_table_stands_before_prose() -> None:
    assert _stands(_mention("15"), _mention("12", kind="table")) == (Decimal(12), 2, 1)
    assert _stands(_mention("12,4"), _mention("12", kind="headcount")) == (Decimal(12), 2, 2)


def test_an_exact_value_stands_before_a_bound() -> None:
    assert _stands(_mention("10", bound="about"), _mention("15")) == (Decimal(15), 2, 1)


def test_the_more_precise_value_stands() -> None:
    assert _stands(_mention("12"), _mention("12,4")) == (Decimal("12.4"), 2, 2)  # 12 is 12.4 rounded


def test_trust_then_place_decide() -> None:
    assert _stands(_mention("10", confidence=0.5), _mention("15", confidence=0.9))[0] == 15
    assert _stands(_mention("15"), _mention("10"))[0] == 10  # 10 stands first in the text


def test_agreeing_mentions_state_the_same_value_in_the_same_unit() -> None:
    again = _mention("12").model_copy(update={"char_start": 37, "char_end": 39})
    other_unit = again.model_copy(update={"unit": "ETP", "char_start": 60, "char_end": 62})
    assert _stands(_mention("12"), again, other_unit) == (Decimal(12), 3, 2)


def test_targets_changes_and_rejected_figures_never_stand() -> None:
    matrix = IndicatorMatrix()
    roles = ("objective", "floor", "change", "reference")
    matrix.add([*(_mention("12", role=role) for role in roles), _mention("15", review="rejected")])
    matrix.add([_mention("10", indicator="")])
    assert matrix.rows() == []


def test_one_row_an_indicator_territory_and_period() -> None:
    matrix = IndicatorMatrix()
    matrix.add([_mention("12", territory=territory, period=period)
                for territory in ("FR-BRE", "FR-ARA") for period in ("2022", "2021")])  # fmt: skip
    matrix.add([_mention("15", indicator="a")])
    assert [(row.indicator, row.territory, row.period) for row in matrix.rows()] == [
        ("a", "", ""),
        ("agents", "FR-ARA", "2021"),
        ("agents", "FR-ARA", "2022"),
        ("agents", "FR-BRE", "2021"),
        ("agents", "FR-BRE", "2022"),
    ]


def test_tidy_orders_and_counts() -> None:
    tables = [
        TableRow(table_id=name, report_id="r", source="a.txt", number=number, rows=1, columns=2,
                 header_rows=0, header_columns=0, detector="markup", confidence=1, char_start=0, char_end=1)
        for name, number in (("t0", 2), ("t9", 1))
    ]  # fmt: skip
    cells = [
        TableCellRow(source="a.txt", table_id=name, row=row, column=column)
        for name in ("t0", "t9") for row, column in ((1, 0), (0, 1), (0, 0))
    ]  # fmt: skip
    sections = [
        SectionRow(
            report_id="r", source="a.txt", section=n, level=1, title="", path="", char_start=0, char_end=1
        )
        for n in (2, 1)
    ]
    tidied = tidy(
        records(
            TEXT,
            _mention("15"),
            _mention("12"),
            tables=tuple(tables),
            table_cells=tuple(cells),
            sections=tuple(sections),
        )
    )
    assert [row.value_text for row in tidied.figures] == ["12", "15"]
    assert [row.section for row in tidied.sections] == [1, 2]
    assert [row.table_id for row in tidied.tables] == ["t9", "t0"]
    order = [(row.table_id, row.row, row.column) for row in tidied.table_cells]
    assert order == [(table, *place) for table in ("t9", "t0") for place in ((0, 0), (0, 1), (1, 0))]
    report = tidied.report
    assert (report.figures, report.headcounts, report.tables, report.acronyms) == (2, 0, 2, 0)
    assert tidy(tidied) == tidied
