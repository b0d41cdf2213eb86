"""The files of a dataset: written whole, described, and left alone when nothing changed."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from frictionless import validate
from tests.records import SENTENCE, figure, records

from rapextract.dataset.export import DatasetWriter, is_current, manifest_summary
from rapextract.dataset.package import Origin
from rapextract.model import (
    ROWS,
    AcronymRow,
    HeadcountRow,
    IndicatorRow,
    ProblemRow,
    Records,
    SectionRow,
    TableCellRow,
    TableRow,
)

ORIGIN = Origin(
    version="1.2.3", grammar="g", sources={"a.txt": "0" * 64, "b.txt": "", "dir/=c.txt": "1" * 64}
)
SUMMARY = {"reports": {"read": 2}, "rows": {"figures": 3}, "decisions": {"applied": 1}}


def _full_records() -> Records:
    """A report with a row of every kind and with hostile text."""
    text = f"TITRE \x1b[31m\n{SENTENCE}\n=HYPERLINK(1) 12 | 88\nMSP : maison de santé\n"
    counted = figure(text, "12", "12", kind="headcount", unit="agent", indicator="agents", label="=agents")
    cell = figure(text, "88", "88", kind="table", table_id="t1", row=0, column=1, confidence=0.5)
    return records(
        text,
        figure(text, "2 791 809", "2791809", unit="appel", indicator="appels",
               page=1, x0=1.5, top=2, x1=3, bottom=4),
        figure(text, "- 1,52", "-1.52", unit="%", role="change"),
        counted,
        cell,
        problems=(ProblemRow(source="a.txt", number=1, code="P04", severity="warning", page=3, message="m"),),
        sections=(
            SectionRow(report_id="r", source="a.txt", section=1, level=1, title="TITRE", path="TITRE",
                       char_start=0, char_end=5),
        ),
        headcounts=(
            HeadcountRow(figure_id=counted.figure_id, report_id=counted.report_id, source="a.txt",
                         count=counted.value, value_text="12", char_start=counted.char_start,
                         char_end=counted.char_end),
        ),
        tables=(
            TableRow(table_id="t1", report_id=cell.report_id, source="a.txt", number=1, rows=1, columns=2,
                     header_rows=0, header_columns=1, detector="markup", confidence=1.0, char_start=0,
                     char_end=9),
        ),
        table_cells=(
            TableCellRow(source="a.txt", table_id="t1", row=0, column=0, text="-"),
            TableCellRow(source="a.txt", table_id="t1", row=0, column=1, text="88", value=cell.value,
                         figure_id=cell.figure_id),
        ),
        acronyms=(
            AcronymRow(source="a.txt", report_id=cell.report_id, acronym="MSP", expansion="maison de santé",
                       kind="glossary", acronym_start=1, acronym_end=4, expansion_start=7, expansion_end=22),
        ),
    )  # fmt: skip


def _indicator(full: Records) -> IndicatorRow:
    stands = full.figures[0]
    return IndicatorRow(indicator="appels", source="a.txt", report_id=stands.report_id, value=stands.value,
                        unit="appel", figure_id=stands.figure_id)  # fmt: skip


def _write(folder: Path, state: str = "s", second: str = "Deux 3 ici.\n") -> None:
    folder.mkdir(exist_ok=True)
    writer = DatasetWriter(folder)
    full = _full_records()
    writer.add(full)
    writer.add(records(second, figure(second, "3", "3", "b.txt"), source="b.txt"))
    writer.add_rows([_indicator(full)])
    writer.finish(ORIGIN, state, SUMMARY)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".rapextract" not in path.parts
    }


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        name: ((folder / name).stat().st_mtime_ns, (folder / name).stat().st_ino) for name in _bytes(folder)
    }


def test_every_file_of_the_contract_is_there(tmp_path: Path) -> None:
    _write(tmp_path)
    names = {path.name for path in tmp_path.iterdir()} - {".rapextract"}
    assert names == {f"{row.FILE}.csv" for row in ROWS} | {"texts", "rapextract.duckdb", "datapackage.json"}
    assert not (tmp_path / ".rapextract" / "staging").exists()


def test_the_data_package_is_valid(tmp_path: Path) -> None:
    _write(tmp_path)
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    figures = next(r for r in package["resources"] if r["name"] == "figures")
    fields = {field["name"]: field for field in figures["schema"]["fields"]}
    assert fields["value"]["type"] == "number" and fields["page"]["type"] == "integer"
    assert fields["x0"]["unit"] == "pt"
    assert fields["role"]["constraints"]["enum"] == ["observed", "objective", "floor", "change", "reference"]
    assert figures["schema"]["primaryKey"] == ["figure_id"]
    assert package["sources"][0] == {"title": "a.txt", "hash": "sha256:" + "0" * 64}
    assert package["version"] == "1.2.3"


def test_frictionless_finds_an_edited_file(tmp_path: Path) -> None:
    """So that the test above can fail: the package knows hashes, keys and types."""
    _write(tmp_path)
    path = tmp_path / "headcounts.csv"
    path.write_text(path.read_text("utf-8").replace("\nf", "\nf000"), encoding="utf-8")
    types = {row[0] for row in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert "foreign-key" in types


def test_offsets_hold_in_the_text_as_written(tmp_path: Path) -> None:
    _write(tmp_path)
    full = _full_records()
    text = (tmp_path / "texts" / f"{full.report.report_id}.txt").read_bytes().decode("utf-8")
    assert "\x1b" not in text
    for row in full.figures:
        assert text[row.char_start : row.char_end] == row.value_text


def test_the_database_holds_the_same_typed(tmp_path: Path) -> None:
    _write(tmp_path)
    with duckdb.connect(str(tmp_path / "rapextract.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT value, label, unit, page, table_id FROM figures WHERE source = 'a.txt' "
            "ORDER BY char_start"
        ).fetchall()
        comment = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures' AND column_name = 'value_text'"
        ).fetchone()
    assert rows == [
        (2791809.0, None, "appel", 1, None),
        (-1.52, None, "%", None, None),
        (12.0, "=agents", "agent", None, None),
        (88.0, None, None, None, "t1"),
    ]
    assert comment == ("Its characters as printed.",)


def test_a_quote_of_megabytes_is_in_the_database(tmp_path: Path) -> None:
    quote = "Un mot. " * 300_000
    report = records("12", figure("12", "12", "12", quote=quote))
    writer = DatasetWriter(tmp_path)
    writer.add(report)
    writer.finish(ORIGIN, "state", SUMMARY)
    with duckdb.connect(str(tmp_path / "rapextract.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT quote FROM figures").fetchall() == [(quote,)]


def test_a_formula_is_marked_in_the_csv(tmp_path: Path) -> None:
    _write(tmp_path)
    csv = (tmp_path / "figures.csv").read_text("utf-8")
    assert ",'=agents," in csv and ",'=HYPERLINK(1) 12 | 88," in csv


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    _write(tmp_path / "one")
    _write(tmp_path / "two")
    one, two = _bytes(tmp_path / "one"), _bytes(tmp_path / "two")
    one.pop("rapextract.duckdb"), two.pop("rapextract.duckdb")  # a random identifier is in its header
    assert one == two


def test_writing_the_same_again_touches_nothing(tmp_path: Path) -> None:
    _write(tmp_path)
    before = _stamps(tmp_path)
    _write(tmp_path, state="another state with the same rows")
    assert _stamps(tmp_path) == before


def test_only_what_changed_is_replaced(tmp_path: Path) -> None:
    _write(tmp_path)
    before = _stamps(tmp_path)
    _write(tmp_path, second="Deux 3 autres.\n")
    changed = {name for name, stamp in _stamps(tmp_path).items() if before.get(name) != stamp}
    assert {"figures.csv", "reports.csv", "rapextract.duckdb", "datapackage.json"} <= changed
    assert "sections.csv" not in changed
    assert len(list((tmp_path / "texts").iterdir())) == 2  # the text of the report that left is gone


@pytest.mark.parametrize("name", ["figures.csv", "rapextract.duckdb", "datapackage.json"])
def test_an_edited_or_missing_file_is_written_anew(tmp_path: Path, name: str) -> None:
    _write(tmp_path)
    good = _bytes(tmp_path)
    assert is_current(tmp_path, "s") and not is_current(tmp_path, "t")
    (tmp_path / name).write_bytes(b"edited")
    assert not is_current(tmp_path, "s")
    (tmp_path / "texts" / sorted(p.name for p in (tmp_path / "texts").iterdir())[0]).unlink()
    assert not is_current(tmp_path, "s")
    _write(tmp_path)
    assert is_current(tmp_path, "s")
    again = _bytes(tmp_path)
    if name == "rapextract.duckdb":
        good.pop(name), again.pop(name)
    assert again == good
    assert manifest_summary(tmp_path) == SUMMARY


def test_a_damaged_manifest_counts_as_none(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / ".rapextract" / "manifest.json").write_text("{", encoding="utf-8")
    assert not is_current(tmp_path, "s")
    _write(tmp_path)
    assert is_current(tmp_path, "s")


def test_a_readme_of_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    _write(tmp_path)
    assert (tmp_path / "README.md").read_text("utf-8") == "mine"
