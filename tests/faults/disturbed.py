"""The command line, to which something is done at a moment of its run.

``python disturbed.py WHAT WHEN ARGUMENTS…`` with WHEN one of `begin` (the reports are listed), `read` (the
first report is done) and `writing` (all are), and WHAT one of the functions below.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rapextract.cli import main, progress
from rapextract.engine import Outcome


def interrupt(_: Path) -> None:
    """Ctrl-C, as a terminal sends it: to every process of the group."""
    os.killpg(0, signal.SIGINT)


def stop(_: Path) -> None:
    """Ctrl-Z: the run goes on when it is told to."""
    os.killpg(0, signal.SIGSTOP)


def unwritable(outputs: Path) -> None:
    """The permission to write is lost."""
    for folder in (outputs / ".rapextract" / "store", outputs / ".rapextract", outputs):
        folder.chmod(0o555)


WHAT: dict[str, Callable[[Path], None]] = {each.__name__: each for each in (interrupt, stop, unwritable)}


class Disturbed(progress.PlainProgress):
    """Says how the run gets on, and does something to it once."""

    def __init__(self, stream: TextIO, what: Callable[[Path], None], when: str, outputs: Path):
        super().__init__(stream)
        self._what, self._when, self._outputs = what, when, outputs

    def _now(self, when: str) -> None:
        if when == self._when:
            self._when = ""
            self._what(self._outputs)

    def begin(self, total: int, kept: int) -> None:
        super().begin(total, kept)
        self._now("begin")

    def advance(self, outcome: Outcome) -> None:
        super().advance(outcome)
        self._now("read")

    def writing(self) -> None:
        super().writing()
        self._now("writing")


if __name__ == "__main__":
    what, when, *arguments = sys.argv[1:]
    outputs = Path(arguments[arguments.index("-o") + 1])

    @contextmanager
    def disturbed(stream: TextIO) -> Iterator[Disturbed]:
        yield Disturbed(stream, WHAT[what], when, outputs)

    progress.progress_for = disturbed  # type: ignore[assignment]
    # A shell starts what it puts in the background deaf to Ctrl-C; the command tried here is in front.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main(arguments, prog_name="rapextract")
