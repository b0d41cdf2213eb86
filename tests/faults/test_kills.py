"""kill -9 of everything at random moments: the next run goes on and ends with the same bytes."""

from __future__ import annotations

import time
from pathlib import Path

from .runs import content, kill_and_go_on, moments, run


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


def test_killed_at_random_moments(repository: Path, tmp_path: Path) -> None:
    corpus = copies(repository, tmp_path / "c", 1)
    started = time.monotonic()
    assert run(corpus, tmp_path / "undisturbed")[0] == 0
    seconds = time.monotonic() - started
    expected = content(tmp_path / "undisturbed")
    for number, after in enumerate(moments(5, 2, seconds)):
        outputs = tmp_path / str(number)
        kill_and_go_on(corpus, outputs, after)
        assert content(outputs) == expected
