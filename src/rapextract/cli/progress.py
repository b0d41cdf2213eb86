"""How a run gets on: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from rapextract.dataset.neutral import one_line
from rapextract.model import ReportStatus
from rapextract.model.problems import READ_AGAIN

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

    from rapextract.engine import Outcome, Progress


@contextmanager
def progress_for(stream: TextIO) -> Iterator[Progress]:
    """The progress that suits `stream`."""
    if not stream.isatty():
        yield PlainProgress(stream)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    console = Console(file=stream)
    # Drawn when something is done: a thread that draws meanwhile would keep workers from being forked.
    with RichProgress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        yield BarProgress(bar)


class PlainProgress:
    """One line a report."""

    def __init__(self, stream: TextIO):
        self._stream = stream
        self._done = 0
        self._total = 0

    def begin(self, total: int, kept: int) -> None:
        """Say how many reports there are."""
        self._total, self._done = total, kept
        known = f", {kept} known already" if kept else ""
        self._say(f"{total} reports{known}")

    def advance(self, outcome: Outcome) -> None:
        """Say what came of a report."""
        self._done += 1
        self._say(f"{self._done:>{len(str(self._total))}}/{self._total} {line_of(outcome)}")

    def writing(self) -> None:
        """Say that the dataset is being written."""
        self._say("writing the dataset")

    def _say(self, line: str) -> None:
        print(line, file=self._stream, flush=True)


class BarProgress:
    """A bar; a report that was not read whole leaves a line above it."""

    def __init__(self, bar: RichProgress):
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def begin(self, total: int, kept: int) -> None:
        """Start the bar."""
        self._bar.update(self._task, total=total, completed=kept, refresh=True)

    def advance(self, outcome: Outcome) -> None:
        """Move the bar on."""
        from rich.markup import escape

        if outcome.status is not ReportStatus.READ or outcome.changed is not None:
            self._bar.console.print(escape(line_of(outcome)), highlight=False, soft_wrap=True)
        self._bar.update(self._task, advance=1, description=escape(one_line(outcome.source)), refresh=True)

    def writing(self) -> None:
        """Say that the dataset is being written."""
        self._bar.update(self._task, description="writing the dataset", refresh=True)


def line_of(outcome: Outcome) -> str:
    """One line about a report, safe for a terminal."""
    what = f"{outcome.figures} figures" if outcome.status is ReportStatus.READ else ""
    if outcome.code and outcome.status is not ReportStatus.READ:
        what = f"{outcome.code}: {outcome.message}"
    if outcome.changed is not None:
        what = f"{what}  {READ_AGAIN()}"
    return one_line(f"{outcome.status.value:<8} {outcome.source}  {what}")
