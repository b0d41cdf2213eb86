"""kill -9 of everything at random moments: the next run goes on and ends with the same bytes."""

from __future__ import annotations

import time
from pathlib import Path

from tests.engine.samples import make_corpus

from .runs import content, kill_and_go_on, moments, run


def test_killed_at_random_moments(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", count=12, sentences=30)
    started = time.monotonic()
    assert run(corpus, tmp_path / "undisturbed")[0] == 0
    seconds = time.monotonic() - started
    expected = content(tmp_path / "undisturbed")
    for number, after in enumerate(moments(5, 2, seconds)):
        outputs = tmp_path / str(number)
        kill_and_go_on(corpus, outputs, after)
        assert content(outputs) == expected
