"""What the tests have workers do; apart from the tests, so that a worker that is no fork can import it."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from pathlib import Path

from rapextract.engine import workers

PREPARED: list[int] = []


def prepare(number: int) -> None:
    PREPARED.append(number)


def add(one: int, other: int) -> tuple[int, list[int], int]:
    return one + other, PREPARED, os.getpid()


def fail(reason: str) -> None:
    raise ValueError(reason)


def end(signal_number: int) -> None:
    faulthandler.disable()  # pytest's would print the death asked for here as if it were an accident
    os.kill(os.getpid(), signal_number)


def leave(exitcode: int) -> None:
    os._exit(exitcode)


def hang() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def ask_and_add(one: int, other: int) -> int:
    workers.ask_time(0.2)
    workers.ask_time(60.0)
    time.sleep(1.0)
    return one + other


def note_and_hang(path: Path) -> None:
    path.write_text(str(os.getpid()))
    time.sleep(600)
