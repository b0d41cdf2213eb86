"""kill -9 of a run's whole process group at 25 random moments; each time the next run must end the same.

Reads the measuring data (reports of sanitation services, broken PDFs) where they are at hand, else the sample
corpus. Prints a line a kill: when, how many reports were finished then, how many were read by the next run.
A finished report that is read again, or other bytes than those of an undisturbed run, end it with 1.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.faults.runs import content, kill_and_go_on, moments, run  # noqa: E402

KILLS, SEED = 25, 20
OPTIONS = ("--no-ocr",)  # a run is to be read many times over


def copies(repository: Path, folder: Path, count: int) -> Path:
    """The sample corpus, each text several times with another number in it, so that there is enough to do."""
    folder.mkdir()
    for path in sorted((repository / "corpus").iterdir()):
        data = path.read_bytes()
        for number in range(1 if path.suffix == ".pdf" else count):
            note = f"\n<!-- {number} -->\n" if path.suffix == ".html" else f"\nCopie n° {number}\n"
            extra = note.encode() if path.suffix != ".pdf" else b""
            (folder / f"{path.stem}-{number}{path.suffix}").write_bytes(data + extra)
    return folder


def corpus_in(work: Path) -> Path:
    shared = Path(os.environ.get("RAPEXTRACT_SHARED", REPOSITORY.parent / "shared"))
    if not shared.is_dir():
        return copies(REPOSITORY, work / "corpus", 6)
    for name in ("rpqs", "faults"):
        shutil.copytree(shared / name, work / "corpus" / name)
    return work / "corpus"


def main() -> int:
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        corpus = corpus_in(work)
        started = time.monotonic()
        run(corpus, work / "undisturbed", *OPTIONS)
        seconds = time.monotonic() - started
        expected = content(work / "undisturbed")
        print(f"undisturbed: {seconds:.1f} s, {len(expected[0])} files", flush=True)
        for number, after in enumerate(moments(SEED, KILLS, seconds), start=1):
            finished, read = kill_and_go_on(corpus, work / "killed", after, *OPTIONS)
            same = content(work / "killed") == expected
            wrong += not same
            shutil.rmtree(work / "killed")
            end = "same bytes" if same else "OTHER BYTES"
            print(
                f"{number:>3}. killed at {after:6.2f} s: {finished:>4} finished, {read:>4} read: {end}",
                flush=True,
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
