"""One run at a time in an output folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rapextract.dataset.export import STATE_FOLDER
from rapextract.model import RapextractError
from rapextract.model.problems import OUTPUT_BUSY, OUTPUT_UNWRITABLE


@contextmanager
def output_lock(outputs: Path, wait: bool = False) -> Iterator[None]:
    """Hold `outputs` for this run, making the folder where it is missing.

    The lock is the operating system's, so it ends with the process, however that ends. Where the system
    has none (Windows), two runs at once are not held apart. Raises `RapextractError`: U03 where the
    folder can't be written, U07 where another run holds it, unless `wait`.
    """
    path = outputs / STATE_FOLDER / "lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RapextractError(OUTPUT_UNWRITABLE(path=outputs, reason=reason)) from error
    try:
        _lock(descriptor, outputs, wait)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, outputs: Path, wait: bool) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError as error:
        raise RapextractError(OUTPUT_BUSY(path=outputs)) from error
