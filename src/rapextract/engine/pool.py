"""Worker processes: each report is read in one, with a limit of time and of memory.

Processes start from a fork server where the system has one: it imports the program once and hands out
clean copies in some milliseconds, also when a killed worker must be replaced, and it has no threads that a
bare fork would tear apart (the parent has: the progress bar and the pool). Elsewhere they are spawned.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from rapextract.defaults import OCR_TIMEOUT
from rapextract.grammar import load_grammar
from rapextract.model import Problem, RapextractError
from rapextract.model.problems import READER_FAILED, READER_KILLED, TOO_SLOW
from rapextract.read import Ocr

from .corpus import Candidate
from .outcome import not_read
from .store import Circumstances, Store, ocr_engine
from .worker import Outcome, outcome_of, read_report, start_worker

Case = TypeVar("Case")
Result = TypeVar("Result")

_START_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_CONTEXT: Any = multiprocessing.get_context(_START_METHOD)
# What takes a worker long to import, so that it counts for no report's time limit.
_PRELOADED = ("rapextract.engine.worker", "rapextract.read.pdf.reader")
# Signals by which a process ends through its own fault, so that a second try would end the same way.
_OWN_FAULT = frozenset({signal.SIGSEGV, signal.SIGABRT, signal.SIGILL, signal.SIGFPE})


def usable_cpus() -> int:
    """Number of processors that this process may use."""
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_reports(
    candidates: Sequence[Candidate],
    root: Path,
    grammars: Path | None,
    circumstances: Circumstances,
    store: Store,
    jobs: int,
) -> Generator[Outcome, None, None]:
    """Read `candidates` in `jobs` processes; yield each outcome when it is known.

    The largest go first, so that no processor waits at the end. A report with scanned pages is put back
    and read with a longer limit, which grows with their number. Raises `RapextractError` (U03) where the
    store can't be written.
    """
    if not candidates:
        return
    first = Ocr.LEAVE if not circumstances.ocr else Ocr.ASK if ocr_engine() else Ocr.READ
    pool = ProcessPool(
        max_workers=min(jobs, len(candidates)),
        context=_context(),
        initializer=start_worker,
        initargs=(circumstances.memory, load_grammar(grammars)),
    )
    pending: dict[Future[Outcome], tuple[Candidate, float]] = {}

    def schedule(candidate: Candidate, ocr: Ocr, limit: float) -> None:
        arguments = (candidate, root, grammars, circumstances, ocr, store)
        pending[pool.schedule(read_report, args=arguments, timeout=limit)] = (candidate, limit)

    try:
        for candidate in sorted(candidates, key=lambda c: (-(c.byte_count or 0), c.source)):
            schedule(candidate, first, circumstances.timeout)
        while pending:
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                candidate, limit = pending.pop(future)
                outcome = _outcome(future, candidate, limit, store)
                if outcome.fatal is not None:
                    raise RapextractError(outcome.fatal)
                if outcome.scanned:
                    schedule(candidate, Ocr.READ, circumstances.timeout + OCR_TIMEOUT * outcome.scanned)
                else:
                    yield outcome
    finally:
        pool.stop()
        pool.join()


def each_in_process(
    work: Callable[[Case], Result],
    cases: Sequence[Case],
    jobs: int,
    timeout: float,
    prepare: Callable[[], None],
) -> Generator[tuple[Case, Result | str], None, None]:
    """Do `work` on each of `cases` in `jobs` processes; yield each with its result, in the order given.

    The result is a reason where the process ended before it was done, by itself or after `timeout` seconds.
    """
    if not cases:
        return
    pool = ProcessPool(max_workers=min(jobs, len(cases)), context=_context(), initializer=prepare)
    try:
        futures = [pool.schedule(work, args=(case,), timeout=timeout) for case in cases]
        for case, future in zip(cases, futures, strict=True):
            try:
                yield case, future.result()
            except TimeoutError:
                yield case, f"it took longer than {timeout:g} s"
            except ProcessExpired as error:
                yield case, f"its process ended with exit code {error.exitcode}"
    finally:
        pool.stop()
        pool.join()


def _outcome(future: Future[Outcome], candidate: Candidate, limit: float, store: Store) -> Outcome:
    try:
        return future.result()
    except TimeoutError:
        problem, again = TOO_SLOW(seconds=f"{limit:g}"), False
    except ProcessExpired as error:
        problem, again = _expired(error)
    except Exception as error:  # the pool itself gave up on this one
        problem, again = READER_FAILED(reason=type(error).__name__), True
    records = not_read(candidate.source, problem, candidate.sha256, candidate.byte_count)
    if again:
        return outcome_of(records, problem=problem)
    return outcome_of(records, key=store.save(candidate.sha256, records))


def _expired(error: ProcessExpired) -> tuple[Problem, bool]:
    """The problem of a process that ended by itself, and whether a new run should try again."""
    code = error.exitcode or 0
    if code >= 0:
        return READER_KILLED(reason=f"exit code {code}"), False
    try:
        number = signal.Signals(-code)
    except ValueError:
        return READER_KILLED(reason=f"signal {-code}"), True
    own_fault = number in _OWN_FAULT
    reason = f"{number.name}; a crash of the reader" if own_fault else f"{number.name}; ended from outside"
    return READER_KILLED(reason=reason), not own_fault


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the main module while a process is started.

    A started process imports the main module of its parent anew, to find functions defined there. Ours
    are not; and a script that calls `ingest` without ``if __name__ == "__main__"`` would run again in
    every worker.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while a process is started, which inherits that and so never gets it.

    Ctrl-C goes to every process of a terminal. The fork server and the workers leave it to the parent,
    also in the moments before they can say so themselves.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class WorkerProcess(_CONTEXT.Process):  # type: ignore[misc]
    """A process that does not import the main module of its parent."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        with _without_main(), _uninterrupted():
            return _CONTEXT.Process._Popen(process_obj)


def _context() -> Any:
    context = type(_CONTEXT)()
    context.Process = WorkerProcess
    if _START_METHOD == "forkserver":
        context.set_forkserver_preload(list(_PRELOADED))
    return context
