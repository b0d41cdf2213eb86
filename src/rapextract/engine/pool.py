"""Reports read in worker processes, each with a limit of time and of memory."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from rapextract.model import Problem, RapextractError
from rapextract.model.problems import READER_FAILED, READER_KILLED, TOO_SLOW
from rapextract.read import reader_modules

from .corpus import Candidate
from .outcome import not_read
from .ready import ready_grammar
from .store import Circumstances, Store
from .worker import Outcome, outcome_of, read_report, start_worker
from .workers import LimitPassed, ProcessEnded, Task, Workers

Case = TypeVar("Case")
Result = TypeVar("Result")

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

    The largest go first, so that no processor waits at the end. The limit of a report grows with its pages
    as they are read. Raises `RapextractError` (U03) where the store can't be written.
    """
    if not candidates:
        return
    workers = Workers(
        min(jobs, len(candidates)),
        start_worker,
        (circumstances.memory, ready_grammar(grammars), _readers_of(candidates)),
        circumstances.memory,
    )
    try:
        for candidate in sorted(candidates, key=lambda c: (-(c.byte_count or 0), c.source)):
            arguments = (candidate, root, grammars, circumstances, store)
            workers.add(Task(read_report, arguments, circumstances.timeout))
        for task, result in workers.results():
            outcome = _outcome(result, task.arguments[0], store)
            if outcome.fatal is not None:
                raise RapextractError(outcome.fatal)
            yield outcome
    finally:
        workers.stop()


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
    workers = Workers(min(jobs, len(cases)), prepare)
    tasks = [Task(work, (case,), timeout) for case in cases]
    results: dict[Task, Any] = {}
    try:
        for task in tasks:
            workers.add(task)
        done = workers.results()
        for case, task in zip(cases, tasks, strict=True):
            while task not in results:
                results.update([next(done)])
            match results.pop(task):
                case LimitPassed() as passed:
                    yield case, f"it took longer than {passed.seconds:g} s"
                case ProcessEnded() as ended:
                    yield case, f"its process ended with exit code {ended.exitcode}"
                case Exception() as error:
                    raise error
                case result:
                    yield case, result
    finally:
        workers.stop()


def _readers_of(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The modules that read `candidates`: importing them counts for no report's time limit."""
    suffixes = {candidate.path.suffix.lower() for candidate in candidates}
    return tuple(sorted({module for suffix in suffixes for module in reader_modules(suffix)}))


def _outcome(result: Outcome | Exception, candidate: Candidate, store: Store) -> Outcome:
    match result:
        case Outcome():
            return result
        case LimitPassed():
            problem, again = TOO_SLOW(seconds=f"{result.seconds:g}"), False
        case ProcessEnded():
            problem, again = _ended(result.exitcode)
        case _:  # what never should happen: the worker itself gave up on this one
            problem, again = READER_FAILED(reason=type(result).__name__), True
    records = not_read(candidate.source, problem, candidate.sha256, candidate.byte_count)
    if again:
        return outcome_of(records, problem=problem)
    return outcome_of(records, key=store.save(candidate.sha256, records))


def _ended(code: int) -> tuple[Problem, bool]:
    """The problem of a process that ended with this exit code, and whether a new run should try again."""
    if code >= 0:
        return READER_KILLED(reason=f"exit code {code}"), False
    try:
        number = signal.Signals(-code)
    except ValueError:
        return READER_KILLED(reason=f"signal {-code}"), True
    own_fault = number in _OWN_FAULT
    reason = f"{number.name}; a crash of the reader" if own_fault else f"{number.name}; ended from outside"
    return READER_KILLED(reason=reason), not own_fault
