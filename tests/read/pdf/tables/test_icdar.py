"""The measure of the ICDAR 2013 competition, where its documents are at hand."""

from __future__ import annotations

import re
import subprocess
import sys


def test_score_on_the_competition_documents(shared, repository, tmp_path) -> None:  # type: ignore[no-untyped-def]
    cells = tmp_path / "cells.csv"
    bench = [sys.executable, str(repository / "scripts" / "bench_tables.py"), "--cells", str(cells)]
    done = subprocess.run(bench, capture_output=True, text=True, check=True)
    assert cells.is_file(), done.stdout
    found = re.search(r"structure .*?F1 ([\d.]+) \| complete .*?F1 ([\d.]+)", done.stdout)
    assert found, done.stdout
    structure, complete = map(float, found.groups())
    assert structure >= 0.94
    assert complete >= 0.90


def test_the_bench_says_when_the_documents_are_absent(repository, tmp_path) -> None:  # type: ignore[no-untyped-def]
    bench = [sys.executable, str(repository / "scripts" / "bench_tables.py"), str(tmp_path / "none")]
    done = subprocess.run(bench, capture_output=True, text=True, check=True)
    assert "No documents" in done.stdout
