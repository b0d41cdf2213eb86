"""What holds for any number, any records, any spreadsheet."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from rapextract.dataset.columns import ColumnType, columns
from rapextract.dataset.export import DatasetWriter
from rapextract.dataset.neutral import neutral_text
from rapextract.dataset.open import Dataset
from rapextract.dataset.package import Origin
from rapextract.engine.store import Circumstances, Store
from rapextract.french.numbers import parse_number, scan_numbers
from rapextract.model import ROWS, Records, ReportRow, Row

SPACES = st.sampled_from(["", " ", "\u00a0", "\u202f"])


@st.composite
def printed(draw: st.DrawFn) -> tuple[str, Decimal]:
    """A number as French reports print it, and its value."""
    whole, places = draw(st.integers(0, 10**12)), draw(st.integers(0, 3))
    digits = draw(SPACES).join(f"{whole:,}".split(","))
    value = Decimal(whole)
    if places:
        part = draw(st.integers(0, 10**places - 1))
        digits += f",{part:0{places}}"
        value += Decimal(part) / 10**places
    return digits, value


@pytest.mark.fuzz
@given(printed())
def test_a_printed_number_is_read_as_itself(number: tuple[str, Decimal]) -> None:
    text, value = number
    assert parse_number(text) == value
    (found,) = scan_numbers(f"soit {text} appels")
    assert (found.start, found.text, found.value) == (5, text, value)


@pytest.mark.fuzz
@given(st.integers(0, 10**12 - 1) | st.integers(0, 2000), st.booleans(), st.booleans())
def test_number_words_are_read_as_themselves(number: int, reform: bool, capital: bool) -> None:
    words = num2words(number, lang="fr")
    if reform:
        words = words.replace(" ", "-")
    assert parse_number(words.capitalize() if capital else words) == number


@pytest.mark.fuzz
@given(st.text(st.sampled_from("0123456789 .,'/%-+½²ème dtrcqvmil\u00a0\u202f"), max_size=30))
def test_what_is_scanned_is_parsed(text: str) -> None:
    last = 0
    for number in scan_numbers(text):
        assert last <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.text
        assert parse_number(number.text) == number.value
        last = number.end


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=4) | st.sampled_from(
    ["", "a", "=1+1", "'=1", '"', "a,b\n", "\r\n", "\u2028", "-", "'", "\x1b[2J", "NULL", "\\N", "1e5", "\t"]
)


def cells(row_type: type[Row], name: str) -> st.SearchStrategy[object]:
    """Any value of a column."""
    (column,) = (c for c in columns(row_type) if c.name == name)
    annotation = row_type.model_fields[name].annotation
    filled: st.SearchStrategy[object]
    if column.choices:
        filled = st.sampled_from(column.choices)
    elif column.type is ColumnType.TEXT:
        never_empty = row_type.model_fields[name].default  # required, or with another default than nothing
        return TEXT.filter(bool) if never_empty else TEXT
    elif column.type is ColumnType.INTEGER:
        filled = st.integers(-(2**53), 2**53)
    elif Decimal in (annotation, *get_args(annotation)):
        filled = st.decimals(-(10**9), 10**9, places=4)
    else:
        filled = st.floats(-(10**6), 10**6).map(lambda number: round(number, 4))
    return st.none() | filled if type(None) in get_args(annotation) else filled


def rows(row_type: type[Row]) -> st.SearchStrategy[Row]:
    """Any row of a file."""
    drawn = st.fixed_dictionaries({name: cells(row_type, name) for name in row_type.model_fields})
    return drawn.map(row_type.model_validate)


def row_type_of(annotation: Any) -> type[Row]:
    """The rows that a field of `Records` holds, packed or not."""
    inner = get_args(annotation)
    return row_type_of(inner[0]) if inner else annotation


@pytest.mark.fuzz
@given(st.data())
def test_records_come_back_from_the_store(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    some = {
        name: tuple(data.draw(st.lists(rows(row_type_of(field.annotation)), max_size=2)))
        for name, field in Records.model_fields.items()
        if name not in ("report", "text")
    }
    kept = Records(report=data.draw(rows(ReportRow)), text=data.draw(TEXT), **some)
    store = Store(tmp_path_factory.getbasetemp(), "g", Circumstances(10, 500))
    store.make()
    assert store.load(store.save("ab", kept)) == kept


@pytest.mark.fuzz
@settings(max_examples=settings().max_examples // 8)  # a database each
@given(st.data())
def test_rows_come_back_from_the_dataset(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """As they were but for what would act; from the CSVs and from the database alike."""
    row_type = data.draw(st.sampled_from(ROWS))
    expected = data.draw(st.lists(rows(row_type), max_size=3))
    folder = tmp_path_factory.mktemp("rows")
    writer = DatasetWriter(folder)
    writer.add_rows(expected)
    writer.finish(Origin("0", "g", {}), "state", {})
    dataset = Dataset(folder)
    neutral = [
        row.model_copy(update={n: neutral_text(v) for n, v in row if type(v) is str}) for row in expected
    ]
    assert list(dataset.rows(row_type)) == neutral
    found = dataset.sql(f"SELECT * FROM {row_type.FILE}")
    for column in columns(row_type):
        if column.type is ColumnType.TEXT:
            texts = found[column.name].fillna("").tolist()
            assert texts == [str(getattr(row, column.name) or "") for row in neutral]
