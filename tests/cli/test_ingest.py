"""`rapextract ingest`, with bad input and good."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.engine.samples import make_corpus, report

from rapextract.cli import main


def _run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    return result


def _reports(outputs: Path) -> dict[str, dict[str, str]]:
    with (outputs / "reports.csv").open(encoding="utf-8", newline="") as stream:
        return {row["source"]: row for row in csv.DictReader(stream)}


def test_the_end_of_a_run_says_what_was_read(tmp_path: Path) -> None:
    corpus, outputs = make_corpus(tmp_path / "c"), tmp_path / "o"
    first = _run("ingest", corpus, "-o", outputs, "--jobs", 2)
    assert first.exit_code == 0, first.output
    for words in (
        "3 reports",
        "3/3",
        "3 read, 0 refused",
        "figures",
        "headcounts",
        "tables",
        "acronyms",
        "time",
    ):
        assert words in first.output
    second = _run("ingest", corpus, "-o", outputs)
    assert "3 known already" in second.output and "(unchanged)" in second.output


def test_bad_files_are_rows_and_the_others_go_on(tmp_path: Path) -> None:
    corpus, outputs = make_corpus(tmp_path / "c", count=1), tmp_path / "o"
    (corpus / "empty.txt").touch()
    (corpus / "blank.txt").write_text(" \n\n", encoding="utf-8")
    (corpus / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "undecodable.txt").write_bytes(b"\x81\x8d\x8f\x90\x9d" * 400)
    (corpus / "line.txt").write_text("mot " * 12_500_000, encoding="utf-8")  # one line of 50 MB
    (corpus / "notes.docx").write_bytes(b"PK")
    result = _run("ingest", corpus, "-o", outputs)
    assert result.exit_code == 3, result.output
    assert "1 read, 5 refused, 1 ignored" in result.output and "reports.csv" in result.output
    reports = _reports(outputs)
    assert reports["r00.txt"]["status"] == "read" and int(reports["r00.txt"]["figures"]) > 0
    refused = {name: row["code"] for name, row in reports.items() if row["status"] == "refused"}
    assert refused == {
        "empty.txt": "R01", "blank.txt": "R01", "binary.txt": "R02", "line.txt": "R05",
        "undecodable.txt": refused["undecodable.txt"],
    }  # fmt: skip
    assert refused["undecodable.txt"] in ("R02", "R03")
    assert all(row["message"].endswith(".") for row in reports.values() if row["code"])


def test_nothing_could_be_read(tmp_path: Path) -> None:
    corpus = tmp_path / "c"
    corpus.mkdir()
    (corpus / "empty.txt").touch()
    assert _run("ingest", corpus, "-o", tmp_path / "o").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["nowhere"], "U01", 2),
        (["c", "nowhere"], "U01", 2),
        (["nothing"], "U02", 1),
        (["c", "-o", "c"], "U08", 2),
        (["c", "-o", "file/o"], "U03", 2),
        (["c", "--grammars", "nowhere"], "G05", 2),
        (["c", "--grammars", "broken"], "G01", 2),
        (["c", "--grammars", "misspelt"], "G02", 2),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str, exit_code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    make_corpus(tmp_path / "c", count=1)
    for folder in ("nothing", "broken", "misspelt"):
        (tmp_path / folder).mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "broken" / "a.yaml").write_text("kind: figure-rules\nrules: [{", encoding="utf-8")
    (tmp_path / "misspelt" / "a.yaml").write_text("kind: figure-rulez\nrules: []\n", encoding="utf-8")
    result = _run("ingest", *arguments)
    assert result.exit_code == exit_code, result.output
    assert result.stdout == ""
    assert result.stderr.startswith(f"rapextract: {code}: ")
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(
    "arguments", [["ingest"], ["ingest", "c", "--jobs", "0"], ["ingest", "c", "--nonsense"], ["x"]]
)
def test_wrong_use(arguments: list[str]) -> None:
    assert _run(*arguments).exit_code == 2


def test_hostile_names_do_not_act_on_the_terminal(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", count=1)
    (corpus / "\x1b[2J.txt").write_text(report(1), encoding="utf-8")
    (corpus / "=1+1.txt").write_text(report(2), encoding="utf-8")
    result = _run("ingest", corpus, "-o", tmp_path / "o")
    assert "\x1b" not in result.output
    raw = (tmp_path / "o" / "reports.csv").read_bytes()
    assert b"\x1b" not in raw and b",'=1+1.txt," in raw


def test_an_unexpected_error_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import rapextract.dataset.show

    def fail(*_: object) -> None:
        raise KeyError("boo")

    monkeypatch.setattr(rapextract.dataset.show, "show", fail)
    result = _run("show", "f1")
    assert result.exit_code == 1
    assert result.stderr.startswith("rapextract: X01: ") and "KeyError" in result.stderr
    monkeypatch.setenv("RAPEXTRACT_DEBUG", "1")
    assert isinstance(CliRunner().invoke(main, ["show", "f1"]).exception, KeyError)
