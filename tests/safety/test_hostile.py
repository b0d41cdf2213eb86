"""What a report holds acts nowhere: in no spreadsheet, terminal, query or grammar; and it is proven."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from rich.console import Console
from rich.progress import Progress, TextColumn
from ruamel.yaml import YAML

from rapextract.cli import main
from rapextract.cli.progress import BarProgress
from rapextract.dataset.columns import ColumnType, columns
from rapextract.dataset.csvs import read_csv
from rapextract.dataset.export import DatasetWriter
from rapextract.dataset.neutral import neutral_text
from rapextract.dataset.open import Dataset, open_dataset
from rapextract.dataset.package import Origin
from rapextract.engine import Outcome, ingest
from rapextract.grammar import load_grammar
from rapextract.model import ROWS, FigureRow, ReportRow, ReportStatus, Row
from rapextract.model.problems import UNREADABLE

from .hostile import PAYLOADS, write_corpus

# Written down apart from the program's own list.
ACTS_ON_A_TERMINAL = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0d\\x0e-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]|[\\ud800-\\udfff]"
)
STYLES = re.compile(r"\x1b\[(?:[0-24-79]|22|3[0-7])m")  # what the program itself prints, never `5`: blink
RUNS_IN_A_SPREADSHEET = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
PLAIN_NUMBER = re.compile(r"[+-] ?\d[\d  \u202f.,]*(?: ?%)?(?: [a-zéèêçôû]+)*|[-+ ]+")


def acts(text: str) -> str:
    """What in `text` would act on a terminal."""
    found = ACTS_ON_A_TERMINAL.search(STYLES.sub("", text))
    return f"{found[0]!r} in {text[max(0, found.start() - 60) : found.end() + 20]!r}" if found else ""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a hostile corpus `c` and its dataset `o`."""
    folder = tmp_path_factory.mktemp("hostile")
    ingest(write_corpus(folder / "c"), outputs=folder / "o", ocr=False, jobs=2)
    return folder


@pytest.fixture(scope="module")
def dataset(place: Path) -> Dataset:
    return open_dataset(place / "o")


@pytest.fixture(scope="module")
def a_figure_of_each(dataset: Dataset) -> list[FigureRow]:
    return list({figure.source: figure for figure in dataset.rows(FigureRow)}.values())


def said(*arguments: object, codes: tuple[int, ...] = (0,)) -> str:
    """What a command prints on a terminal."""
    done = CliRunner().invoke(main, [str(each) for each in arguments], color=True)
    assert done.exit_code in codes, done.output
    assert not acts(done.output), acts(done.output)
    return done.output


def test_every_report_is_read_or_refused_by_code(dataset: Dataset) -> None:
    reports = list(dataset.rows(ReportRow))
    assert {report.status for report in reports} == {ReportStatus.READ, ReportStatus.REFUSED}
    assert {report.code for report in reports} == {"", "R02", "R05"}
    with_figures = {report.media_type for report in reports if report.figures}
    assert with_figures == {"text/plain", "text/markdown", "text/html", "application/pdf"}
    assert sum(report.figures > 0 for report in reports) >= 28


def test_no_file_of_the_dataset_holds_what_acts(place: Path) -> None:
    for path in sorted((place / "o").rglob("*")):
        if path.suffix in (".csv", ".json", ".txt"):
            text = path.read_bytes().decode("utf-8").replace("\f", " ")
            assert not acts(text), (path.name, acts(text))


def test_no_cell_runs(place: Path) -> None:
    csv.field_size_limit(10_000_000)
    marked = 0
    for path in sorted((place / "o").glob("*.csv")):
        header, *rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""))
        for row in rows:
            assert len(row) == len(header)
            for cell in row:
                runs = RUNS_IN_A_SPREADSHEET.match(cell) and not PLAIN_NUMBER.fullmatch(cell)
                assert not runs, (path.name, cell)
                marked += bool(cell[:1] == "'" and RUNS_IN_A_SPREADSHEET.match(cell[1:]))
    assert marked > 100


def test_the_database_has_the_same_text_without_marks(place: Path, dataset: Dataset) -> None:
    with duckdb.connect(str(place / "o" / "rapextract.duckdb"), read_only=True) as connection:
        for row in ROWS:
            for values in connection.execute(f"SELECT * FROM {row.FILE}").fetchall():
                assert not any(isinstance(value, str) and acts(value.replace("\f", " ")) for value in values)
        quotes = connection.execute("SELECT quote FROM figures").fetchall()
    assert [quote for (quote,) in quotes] == [figure.quote for figure in dataset.rows(FigureRow)]
    assert any(quote.startswith("=HYPERLINK") for (quote,) in quotes)


def test_every_figure_leads_back(place: Path, dataset: Dataset) -> None:
    for figure in dataset.rows(FigureRow):
        assert dataset.text(figure.report_id)[figure.char_start : figure.char_end] == figure.value_text
    printed = said("verify", place / "o", "--corpus", place / "c", "--jobs", 2)
    assert "(100.0 %)" in printed


def test_show_and_explain(place: Path, a_figure_of_each: list[FigureRow]) -> None:
    for figure in a_figure_of_each[::2]:
        assert figure.value_text in said("show", figure.figure_id, "-o", place / "o")
        said("explain", figure.figure_id, "-o", place / "o", "--corpus", place / "c")


def test_check_and_suggest(place: Path) -> None:
    assert "BROKEN" in said("check", "-o", place / "o")
    for each in json.loads(said("check", "-o", place / "o", "--json")):
        assert not acts("".join(map(str, each.values())))
    suggested = said("suggest", "-o", place / "o", "--limit", 1000)
    grammars = place / "g"
    grammars.mkdir()
    (grammars / "suggested.yaml").write_text(suggested, encoding="utf-8")
    assert len(YAML(typ="safe").load(suggested)["indicators"]) > 50
    load_grammar(grammars)


def test_diff(place: Path, tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.txt").write_text("Rapport 2022. 12 agents.", encoding="utf-8")
    ingest(tmp_path / "c", outputs=tmp_path / "o", ocr=False, jobs=1)
    assert "<img" in said("diff", place / "o", tmp_path / "o", "--list", 5000, "--csv", tmp_path / "d.csv")
    text = (tmp_path / "d.csv").read_bytes().decode("utf-8")
    assert not acts(text.replace("\f", " "))
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not RUNS_IN_A_SPREADSHEET.match(cell) or PLAIN_NUMBER.fullmatch(cell), cell


def test_verify_tells_of_tampering_without_acting(place: Path, tmp_path: Path) -> None:
    """Sources that hold now what they did not, and files of the dataset edited to do harm."""
    corpus, outputs = (Path(shutil.copytree(place / name, tmp_path / name)) for name in "co")
    for payload, path in zip(PAYLOADS, sorted(corpus.glob("*.txt")), strict=False):
        path.write_text(payload * 20, encoding="utf-8", errors="surrogatepass")
    figures = outputs / "figures.csv"
    text = figures.read_bytes().decode("utf-8").replace(" appels", " \x1b]0;x\x07\u202eappels")
    figures.write_bytes(text.replace(",prose,", ",prose\x9b5m,", 3).encode())
    shown = said("verify", outputs, "--corpus", corpus, "--jobs", 1, "--failures", 10_000, codes=(5,))
    assert "V02" in shown and "V05" in shown
    said("verify", outputs, "--corpus", corpus, "--jobs", 1, "--json", codes=(5,))


def a_row(row_type: type[Row], payload: str) -> Row:
    """A row every free text of which is `payload`."""
    values: dict[str, object] = {}
    for column in columns(row_type):
        if column.choices:
            values[column.name] = row_type.model_fields[column.name].annotation(column.choices[0])  # type: ignore[misc]
        elif column.type is ColumnType.TEXT:
            values[column.name] = "{}" if column.name == "dimensions" else payload
        else:
            values[column.name] = 1 if column.type is ColumnType.INTEGER else Decimal(1)
    return row_type.model_construct(**values)


def test_every_text_column_is_neutral(tmp_path: Path) -> None:
    """Also those that no report fills with words of its own today."""
    outputs = tmp_path / "o"
    outputs.mkdir()
    writer = DatasetWriter(outputs)
    for payload in PAYLOADS:
        writer.add_rows(a_row(row_type, payload) for row_type in ROWS)
    writer.finish(Origin("0", "g", dict.fromkeys(PAYLOADS, "00")), "state", {})
    test_no_file_of_the_dataset_holds_what_acts(tmp_path)
    test_no_cell_runs(tmp_path)
    expected = [neutral_text(payload) for payload in PAYLOADS]
    for row_type in ROWS:
        names = [c.name for c in columns(row_type) if c.type is ColumnType.TEXT and not c.choices]
        found = Dataset(outputs).sql(f"SELECT * FROM {row_type.FILE}")
        kept = list(read_csv(outputs / f"{row_type.FILE}.csv"))
        for name in set(names) - {"dimensions"}:
            assert [row[name] for row in kept] == found[name].tolist() == expected
    for command in (["check"], ["check", "--json"], ["suggest"]):
        said(*command, "-o", outputs)


def test_progress_shows_markup_as_it_stands() -> None:
    for payload in (*PAYLOADS, "[/red]", "\\[red]", "\\"):
        stream = io.StringIO()
        console = Console(file=stream, force_terminal=True, width=300, color_system=None)
        with Progress(TextColumn("{task.description}"), console=console) as bar:
            progress = BarProgress(bar)
            progress.begin(2, 0)
            problem = UNREADABLE(reason=payload)
            progress.advance(
                Outcome(f"a{payload}b.txt", ReportStatus.REFUSED, problem.code, problem.message, 0)
            )
        shown = re.sub(r"\x1b\[[\d;?]*[A-Zhlm]", "", stream.getvalue())
        if payload.startswith("["):
            assert f"a{payload}b.txt" in shown
        assert not acts(shown.replace("\r", "")) and "\x1b]0" not in shown
