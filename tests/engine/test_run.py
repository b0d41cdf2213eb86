"""Whole runs, with real readers in real worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.engine import misbehave
from tests.engine.samples import files, make_corpus, report

from rapextract.dataset.open import open_dataset
from rapextract.engine import Outcome, Run, ingest, pool
from rapextract.engine.store import Store
from rapextract.engine.worker import limit_memory
from rapextract.model import RapextractError

DATABASE = ("rapextract.duckdb",)  # holds a random identifier
AMPLE = 300.0
"""Seconds that no report here needs, on however busy a machine."""


class Listener:
    """Remembers what a run told."""

    def __init__(self) -> None:
        self.began: tuple[int, int] = (0, 0)
        self.outcomes: dict[str, Outcome] = {}

    def begin(self, total: int, kept: int) -> None:
        self.began = (total, kept)

    def advance(self, outcome: Outcome) -> None:
        self.outcomes[outcome.source] = outcome

    def writing(self) -> None:
        pass


def test_reports_in_dataset_out(tmp_path: Path) -> None:
    corpus, listener = make_corpus(tmp_path / "c"), Listener()
    run = ingest(corpus, outputs=tmp_path / "o", jobs=2, progress=listener)
    assert (run.read, run.read_now, run.complete, run.changed) == (3, 3, True, True)
    assert run.rows["figures"] >= 18
    assert listener.began == (3, 0) and set(listener.outcomes) == {"r00.txt", "r02.txt", "sous/r01.txt"}
    dataset = open_dataset(run.outputs)
    assert dataset.reports["source"].tolist() == ["r00.txt", "r02.txt", "sous/r01.txt"]
    texts = {report_id: dataset.text(report_id) for report_id in dataset.reports["report_id"]}
    for row in dataset.figures.itertuples():
        assert texts[row.report_id][row.char_start : row.char_end] == row.value_text
    assert texts[dataset.reports["report_id"][0]] == report(0)


def test_offsets_hold_however_the_text_is_opened(tmp_path: Path) -> None:
    """Windows line ends in a source do not shift what a program that translates them counts."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.txt").write_bytes(report(1).replace("\n", "\r\n").encode())
    dataset = open_dataset(ingest(tmp_path / "c", outputs=tmp_path / "o").outputs)
    rows = list(dataset.figures.itertuples())
    text = (tmp_path / "o" / "texts" / f"{rows[0].report_id}.txt").read_text(encoding="utf-8")
    assert len(rows) >= 6
    assert all(text[row.char_start : row.char_end] == row.value_text for row in rows)


def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", count=5)
    for jobs in (1, 3):
        ingest(corpus, outputs=tmp_path / str(jobs), jobs=jobs)
    assert files(tmp_path / "1", DATABASE) == files(tmp_path / "3", DATABASE)
    store = [sorted((tmp_path / jobs / ".rapextract" / "store").iterdir()) for jobs in ("1", "3")]
    assert [p.read_bytes() for p in store[0]] == [p.read_bytes() for p in store[1]]


def test_a_second_run_reads_and_writes_nothing(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c")
    first = ingest(corpus, outputs=tmp_path / "o")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "o").glob("*.*")}
    listener = Listener()
    second = ingest(corpus, outputs=tmp_path / "o", progress=listener)
    assert (second.read_now, second.changed) == (0, False)
    assert (second.reports, second.rows) == (first.reports, first.rows)
    assert listener.began == (3, 3) and not listener.outcomes
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "o").glob("*.*")} == stamps


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c")
    ingest(corpus, outputs=tmp_path / "o")
    (corpus / "r00.txt").write_text(report(7), encoding="utf-8")
    (corpus / "r02.txt").unlink()
    listener = Listener()
    run = ingest(corpus, outputs=tmp_path / "o", progress=listener)
    assert (run.read, set(listener.outcomes)) == (2, {"r00.txt"})
    ingest(corpus, outputs=tmp_path / "fresh")
    assert files(tmp_path / "o", DATABASE) == files(tmp_path / "fresh", DATABASE)
    assert len(list((tmp_path / "o" / ".rapextract" / "store").iterdir())) == 2  # the others are pruned


def test_force_reads_all_again_to_the_same_bytes(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c")
    ingest(corpus, outputs=tmp_path / "o")
    before = files(tmp_path / "o")
    assert ingest(corpus, outputs=tmp_path / "o", force=True).read_now == 3
    assert files(tmp_path / "o") == before


def test_a_grammar_of_ones_own_makes_reports_be_read_again(tmp_path: Path) -> None:
    corpus, grammars = make_corpus(tmp_path / "c"), tmp_path / "g"
    grammars.mkdir()
    (grammars / "mine.yaml").write_text("kind: figure-rules\nrules: []\n", encoding="utf-8")
    ingest(corpus, outputs=tmp_path / "o")
    assert ingest(corpus, outputs=tmp_path / "o", grammars=grammars).read_now == 3
    assert ingest(corpus, outputs=tmp_path / "o", grammars=grammars).read_now == 0


def test_a_damaged_entry_is_read_again(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c")
    ingest(corpus, outputs=tmp_path / "o")
    before = files(tmp_path / "o")
    for entry in (tmp_path / "o" / ".rapextract" / "store").iterdir():
        entry.write_bytes(b"damaged")
    (tmp_path / "o" / "figures.csv").unlink()  # so that the entries are needed
    listener = Listener()
    assert ingest(corpus, outputs=tmp_path / "o", progress=listener).changed
    assert len(listener.outcomes) == 3
    assert files(tmp_path / "o") == before


def test_entries_that_never_can_be_read_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that gives back other bytes than were written must not keep a run going for ever."""
    monkeypatch.setattr(Store, "load", lambda store, key: None)
    with pytest.raises(RapextractError, match="can't be read again"):
        ingest(make_corpus(tmp_path / "c"), outputs=tmp_path / "o")


def _ingest_misbehaving(tmp_path: Path, names: list[str], **options: object) -> tuple[Run, dict[str, str]]:
    corpus = make_corpus(tmp_path / "c", count=1)
    for number, name in enumerate(names, start=1):
        (corpus / f"{name}.txt").write_text(report(number), encoding="utf-8")
    run = ingest(corpus, outputs=tmp_path / "o", jobs=2, **options)  # type: ignore[arg-type]
    reports = open_dataset(run.outputs).reports
    return run, dict(zip(reports["source"], reports["code"].fillna(""), strict=True))


def test_one_report_cannot_harm_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "read_report", misbehave.read_report)
    expected = {"killed": "R16", "crashed": "R16", "left": "R16", "greedy": "R11", "buggy": "R09",
                "changing": "R15", "gone": "R06", "changed": ""}  # fmt: skip
    run, codes = _ingest_misbehaving(tmp_path, list(expected), timeout=AMPLE)
    assert codes == {"r00.txt": ""} | {f"{name}.txt": code for name, code in expected.items()}
    assert not run.complete and run.reports == {"read": 2, "refused": 7}
    # What ended by its own fault is not tried again; what was ended from outside, or changed, is.
    monkeypatch.undo()
    again, codes = _ingest_misbehaving(tmp_path, [], timeout=AMPLE)
    assert again.read_now == 2
    assert codes["killed.txt"] == codes["changing.txt"] == ""
    # A call with other limits tries what was over them, or crashed, again.
    run = ingest(tmp_path / "c", outputs=tmp_path / "o", timeout=2 * AMPLE)
    assert run.reports == {"read": 7, "refused": 1}


def test_a_report_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "read_report", misbehave.read_report)
    _, codes = _ingest_misbehaving(tmp_path, ["hung"], timeout=2.0)
    assert codes["hung.txt"] == "R10"
    monkeypatch.undo()
    _, codes = _ingest_misbehaving(tmp_path, [], timeout=AMPLE)
    assert set(codes.values()) == {""}


def test_a_report_is_ended_after_the_time_that_its_reader_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "read_report", misbehave.read_report)
    run, codes = _ingest_misbehaving(tmp_path, ["long"], timeout=8.0)
    assert codes["long.txt"] == "R10"
    assert "longer than 9.5 s" in open_dataset(run.outputs).reports["message"].fillna("").str.cat()


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits of processes are Linux's")
def test_memory_is_limited() -> None:
    pid = os.fork()
    if pid == 0:
        limit_memory(300)
        try:
            bytearray(400_000_000)
        except MemoryError:
            os._exit(3)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 3


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", count=1)
    (tmp_path / "file").touch()
    with pytest.raises(RapextractError) as error:
        ingest(corpus, outputs=tmp_path / "file" / "o")
    assert error.value.problem.code == "U03"


def test_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", count=1)
    (tmp_path / "o" / ".rapextract").mkdir(parents=True)
    (tmp_path / "o" / ".rapextract" / "store").touch()  # a file where a folder is needed
    with pytest.raises(RapextractError) as error:
        ingest(corpus, outputs=tmp_path / "o")
    assert error.value.problem.code == "U03"


def test_a_script_without_a_guard_is_not_run_again_by_workers(tmp_path: Path) -> None:
    corpus, script = make_corpus(tmp_path / "c"), tmp_path / "script.py"
    script.write_text(
        f"print('once')\nfrom rapextract import ingest\nprint(ingest({str(corpus)!r}, "
        f"outputs={str(tmp_path / 'o')!r}, jobs=2).read)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.returncode) == ("once\n3\n", 0), done.stderr
