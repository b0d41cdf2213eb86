"""What may befall a run from outside: a clear end, nothing finished lost, and on it goes.

Where the disturbance comes from another process it is the real command that is disturbed, else `ingest` with
its real worker processes. Each comes at a moment of the run that the run itself tells, never after a time.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from rapextract.dataset.open import open_dataset
from rapextract.engine import Outcome, Run, ingest
from rapextract.model import RapextractError
from tests.engine.samples import make_corpus

from .runs import content, entries, finish, run, start

COUNT = 5


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_corpus(tmp_path_factory.mktemp("faults") / "c", count=COUNT, sentences=40)


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> object:
    return content(ingest(corpus, outputs=tmp_path_factory.mktemp("undisturbed") / "o").outputs)


class At:
    """Does something at a moment of a run: `begin`, `read` (the first report is done) or `writing`."""

    def __init__(self, when: str = "", what: Callable[[], object] = lambda: None):
        self._when, self._what = when, what
        self.known = -1

    def begin(self, total: int, kept: int) -> None:
        self.known = kept
        self._now("begin")

    def advance(self, outcome: Outcome) -> None:
        self._now("read")

    def writing(self) -> None:
        self._now("writing")

    def _now(self, when: str) -> None:
        if when == self._when:
            self._when = ""
            self._what()


def goes_on(corpus: Path, outputs: Path, undisturbed: object) -> None:
    """The next run reads no finished report again and ends as if nothing had been."""
    finished, listener = len(entries(outputs)), At()
    done = ingest(corpus, outputs=outputs, jobs=2, progress=listener)
    assert done.complete and listener.known == finished and done.read_now == COUNT - finished
    assert content(outputs) == undisturbed
    assert not list(outputs.rglob("*.part"))


def is_not_half_there(outputs: Path) -> None:
    assert not (outputs / "figures.csv").exists()


def small_files(limit: int) -> Callable[[], None]:
    """Let no file grow beyond `limit` bytes, as a quota does."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


@pytest.mark.parametrize("limit", [100, 60_000])
def test_no_room_for_a_file(corpus: Path, tmp_path: Path, undisturbed: object, limit: int) -> None:
    """Too little for the first entry; for the dataset's tables."""
    code, errors = run(corpus, tmp_path / "o", preexec_fn=small_files(limit))
    assert code == 2 and "U03" in errors and "can't be written" in errors, errors
    is_not_half_there(tmp_path / "o")
    goes_on(corpus, tmp_path / "o", undisturbed)


@pytest.mark.parametrize("kilobytes", [60, 1000])
def test_a_full_disk(corpus: Path, tmp_path: Path, undisturbed: object, kilobytes: int) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only one who may mount can make a small disk")
    try:
        with pytest.raises(RapextractError) as error:
            ingest(corpus, outputs=place / "o", jobs=2)
        assert error.value.problem.code == "U03"
        is_not_half_there(place / "o")
        assert not list((place / "o").rglob("*.part"))
        subprocess.run(["mount", "-o", "remount,size=200m", str(place)], check=True)
        goes_on(corpus, place / "o", undisturbed)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("when", ["read", "writing"])
def test_the_output_folder_is_removed(corpus: Path, tmp_path: Path, undisturbed: object, when: str) -> None:
    outputs, elsewhere = tmp_path / "o", tmp_path / "elsewhere"
    with pytest.raises(RapextractError) as error:
        ingest(corpus, outputs=outputs, jobs=2, progress=At(when, lambda: outputs.rename(elsewhere)))
    assert error.value.problem.code == "U03" and "was removed" in str(error.value)
    assert not outputs.exists()  # what was removed does not come back by itself
    goes_on(corpus, elsewhere, undisturbed)


def obey_modes() -> None:
    """Give up root's right to write where the mode of a folder forbids it."""
    libc = ctypes.CDLL(None)
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(sys.platform != "linux", reason="needs the capabilities of Linux where root runs it")
def test_permission_is_lost(corpus: Path, tmp_path: Path, undisturbed: object) -> None:
    outputs = tmp_path / "o"
    code, errors = run(corpus, outputs, disturbed=("unwritable", "read"), preexec_fn=obey_modes)
    for folder in (outputs, outputs / ".rapextract", outputs / ".rapextract" / "store"):
        folder.chmod(0o755)
    assert code == 2 and "U03" in errors and "Permission denied" in errors, errors
    is_not_half_there(outputs)
    goes_on(corpus, outputs, undisturbed)


def workers() -> list[psutil.Process]:
    """The processes that this one has started, and those that they have, which have none themselves."""
    ours = psutil.Process().children(recursive=True)
    living = [process for process in ours if process.status() != psutil.STATUS_ZOMBIE]
    return [
        process
        for process in living
        if not process.children() and not any("resource_tracker" in word for word in process.cmdline())
    ]


def test_the_workers_are_killed(corpus: Path, tmp_path: Path, undisturbed: object) -> None:
    killed: list[psutil.Process] = []

    def kill() -> None:
        killed.extend(workers())
        for process in killed:
            process.kill()

    done = ingest(corpus, outputs=tmp_path / "o", jobs=2, progress=At("read", kill))
    lost = done.reports.get("refused", 0)
    codes = open_dataset(done.outputs).reports["code"].fillna("").tolist()
    assert 1 <= len(killed) <= 2 and lost <= 2  # none where they were between two reports
    assert sorted(codes) == [""] * (COUNT - lost) + ["R16"] * lost
    goes_on(corpus, tmp_path / "o", undisturbed)


@pytest.mark.parametrize("when", ["read", "writing"])
def test_interrupted(corpus: Path, tmp_path: Path, undisturbed: object, when: str) -> None:
    """A plain word from the one process that the user started; the others say nothing."""
    code, errors = run(corpus, tmp_path / "o", disturbed=("interrupt", when))
    assert code == 130 and "U11" in errors, errors
    is_not_half_there(tmp_path / "o")
    goes_on(corpus, tmp_path / "o", undisturbed)


def test_two_runs_at_once(corpus: Path, tmp_path: Path, undisturbed: object) -> None:
    first = start(corpus, tmp_path / "o", disturbed=("stop", "read"))
    os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
    waited: list[Run] = []
    patient = threading.Thread(
        target=lambda: waited.append(ingest(corpus, outputs=tmp_path / "o", jobs=2, wait=True))
    )
    try:
        with pytest.raises(RapextractError) as error:
            ingest(corpus, outputs=tmp_path / "o", jobs=2)
        assert error.value.problem.code == "U07" and "Another run" in str(error.value)
        patient.start()
        assert not waited
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    assert finish(first)[0] == 0
    patient.join()
    assert (waited[0].read, waited[0].read_now, waited[0].changed) == (COUNT, 0, False)
    assert content(tmp_path / "o") == undisturbed


def test_odd_files_are_said_and_not_followed(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", count=1)
    for name in ("a.zip", "b.docx", "c.txt.gz"):
        (corpus / name).write_bytes(b"PK\x03\x04")
    (corpus / "loop.txt").symlink_to(corpus / "pool.txt")
    (corpus / "pool.txt").symlink_to(corpus / "loop.txt")
    (corpus / "sous" / "round").symlink_to(corpus)
    (corpus / "out.txt").symlink_to("/etc/hostname")
    good = ['l\'été "2022".txt', "é" * 120 + ".txt", "[bold]gras.txt", "=1+1.txt"]
    odd = ["a\nb.txt", "\x1b[31m.md", "e\u202etxt.md"]
    for number, name in enumerate(good + odd):
        (corpus / name).write_text(f"Rapport d'activité 2022. {number + 7} agents.", encoding="utf-8")
    code, errors = run(corpus, tmp_path / "o")
    assert code == 3 and "\x1b" not in errors and "\u202e" not in errors
    reports = open_dataset(tmp_path / "o").reports[["source", "status", "code", "message"]]
    found = {row.source: (row.status, row.code) for row in reports.fillna("").itertuples()}
    assert found["a.zip"] == found["c.txt.gz"] == ("ignored", "R18") and found["b.docx"] == ("ignored", "R19")
    assert found["out.txt"] == ("ignored", "R12")
    assert found["loop.txt"][1] == found["pool.txt"][1] and found["loop.txt"][1] in ("R06", "R12")
    assert all(found[name] == ("read", "") for name in good)
    assert sorted(code for _, code in found.values()).count("R14") == len(odd)
    assert "Unpack it" in reports.set_index("source")["message"]["a.zip"]
