"""The command itself, started, disturbed and compared."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from rapextract.model import ROWS
from tests.engine.samples import files

DATABASE = "rapextract.duckdb"  # its bytes hold a random identifier
DISTURBED = Path(__file__).with_name("disturbed.py")
HANGS = 300
"""Seconds after which a run counts as hanging: far more than any takes, also on a busy machine."""


def command(corpus: Path, outputs: Path, *options: str, disturbed: tuple[str, ...] = ()) -> list[str]:
    """`rapextract ingest`; `disturbed` says what is done to it and when (see disturbed.py)."""
    program = [str(DISTURBED), *disturbed] if disturbed else ["-m", "rapextract"]
    return [
        sys.executable, *program, "ingest", str(corpus), "-o", str(outputs), "--jobs", "2", *options
    ]  # fmt: skip


def start(
    corpus: Path, outputs: Path, *options: str, disturbed: tuple[str, ...] = (), **how: object
) -> subprocess.Popen[str]:
    """The command running, in a process group of its own."""
    return subprocess.Popen(
        command(corpus, outputs, *options, disturbed=disturbed),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **how,
    )  # type: ignore[call-overload, no-any-return]  # fmt: skip


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and what was said; a run that hangs is ended and fails."""
    try:
        _, errors = process.communicate(timeout=HANGS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    assert "Traceback" not in errors, errors
    return process.returncode, errors


def run(
    corpus: Path, outputs: Path, *options: str, disturbed: tuple[str, ...] = (), **how: object
) -> tuple[int, str]:
    """The command from start to end."""
    return finish(start(corpus, outputs, *options, disturbed=disturbed, **how))


def entries(outputs: Path) -> set[str]:
    """Names of the entries of finished reports."""
    return {path.name for path in (outputs / ".rapextract" / "store").glob("*.gz")}


def known(errors: str) -> int:
    """How many reports a run says were known already."""
    found = re.search(r"(\d+) known already", errors)
    return int(found[1]) if found else 0


def read_now(errors: str) -> int:
    """How many reports a run read."""
    return len(re.findall(r"(?m)^ *\d+/\d+ ", errors))


def content(outputs: Path) -> tuple[dict[str, bytes], dict[str, list[tuple[object, ...]]]]:
    """Bytes of every file of a dataset but the database, and the rows of the database."""
    with duckdb.connect(str(outputs / DATABASE), read_only=True) as connection:
        tables = {row.FILE: connection.execute(f'SELECT * FROM "{row.FILE}"').fetchall() for row in ROWS}
    return files(outputs, (DATABASE,)), tables


def kill_and_go_on(corpus: Path, outputs: Path, after: float, *options: str) -> tuple[int, int]:
    """Start a run, kill its whole process group `after` seconds; run again to the end.

    Returns how many reports were finished at the kill and how many the second run read; the two together
    are all of them, or a finished report was read again.
    """
    process = start(corpus, outputs, *options)
    time.sleep(after)  # whatever it is doing then
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=HANGS)
    finished = len(entries(outputs))
    code, errors = run(corpus, outputs, *options)
    assert code in (0, 3), errors
    assert known(errors) == finished, errors
    assert read_now(errors) + finished == int(re.findall(r"(?m)^(\d+) reports", errors)[0]), errors
    assert not list(outputs.rglob("*.part"))
    return finished, read_now(errors)


def moments(seed: int, count: int, seconds: float) -> list[float]:
    """`count` moments of a run that takes `seconds`, spread over it at random: one in each equal part."""
    chance = random.Random(seed)
    return [seconds * (number + chance.random()) / count for number in range(count)]
