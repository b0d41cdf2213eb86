"""Worker processes: tasks done in each one after the other, each with a limit of time; what ends is replaced.

The parent has no threads of its own: it waits for all its workers at once, and kills the one that is over
its limit. A worker is a copy of the parent (fork) where that is safe, so that nothing is imported or
compiled twice: on Linux, while the parent has no other thread (which would be torn apart) and is not large
(its memory would count as the worker's). Elsewhere it comes from a fork server, which imports the program
once, or is spawned.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import ModuleType
from typing import Any

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_START_LIMIT = 120.0  # seconds for a process to be prepared
_PATIENCE = 5.0  # seconds for a process that has closed its connection to end by itself
_PRELOADED = ("rapextract.engine.worker", "rapextract.read.pdf.reader")  # into a fork server


class ProcessEnded(Exception):
    """A process ended before its task was done.

    `exitcode` as `multiprocessing` has it: that of the process, or minus the signal that ended it.
    """

    def __init__(self, exitcode: int):
        super().__init__(f"exit code {exitcode}")
        self.exitcode = exitcode


class LimitPassed(Exception):
    """A task took longer than its limit, `seconds` in the end; its process was killed."""

    def __init__(self, seconds: float):
        super().__init__(f"{seconds:g} s")
        self.seconds = seconds


@dataclass(frozen=True, eq=False)
class Task:
    """`function` called with `arguments` in a worker, in no more than `limit` seconds. All can be pickled.

    The function may ask for more (`ask_time`).
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    limit: float


class Workers:
    """Up to `count` processes, started when there is work; close them with `stop`."""

    def __init__(
        self,
        count: int,
        prepare: Callable[..., None],
        arguments: tuple[Any, ...] = (),
        memory: int | None = None,
    ):
        """`prepare(*arguments)` is called in each process first; no task's time counts meanwhile.

        `memory` is how many megabytes `prepare` will let a process have, None where it sets no limit.
        """
        self._count = count
        self._start = (prepare, arguments)
        self._memory = memory
        self._tasks: deque[Task] = deque()
        self._workers: list[_Worker] = []

    def add(self, task: Task) -> None:
        """Have `task` done after those that were added before."""
        self._tasks.append(task)

    def results(self) -> Iterator[tuple[Task, Any]]:
        """Each task with its result when it is done; more can be added meanwhile.

        The result is an exception where the task raised one (any but `SystemExit` and the like), and
        `ProcessEnded` or `LimitPassed` where its process did not live to its end.
        """
        while self._tasks or any(worker.task for worker in self._workers):
            self._hand_out()
            busy = [worker for worker in self._workers if worker.task is not None]
            earliest = min(worker.deadline for worker in busy)
            heard = wait([worker.connection for worker in busy], max(0.0, earliest - time.monotonic()))
            now = time.monotonic()
            late = [worker for worker in busy if worker.connection not in heard and worker.deadline <= now]
            done = [(worker, self._heard(worker)) for worker in busy if worker.connection in heard]
            done += [(worker, self._killed(worker)) for worker in late]
            for worker, result in done:
                if result is not None:
                    task, worker.task = worker.task, None
                    assert task is not None
                    yield task, result[0]

    def _heard(self, worker: _Worker) -> tuple[Any] | None:
        """The result that `worker` has sent, if it is one."""
        try:
            return worker.hear()
        except (EOFError, OSError):
            return (ProcessEnded(self._dismiss(worker)),)

    def _killed(self, worker: _Worker) -> tuple[Any]:
        self._dismiss(worker, patience=0)
        return (LimitPassed(worker.limit),)

    def stop(self) -> None:
        """End all processes, whatever they are at; safe to call twice."""
        self._tasks.clear()
        for worker in self._workers:
            worker.process.kill()
        while self._workers:
            self._dismiss(self._workers[0], patience=0)

    def _hand_out(self) -> None:
        idle = [worker for worker in self._workers if worker.task is None]
        while self._tasks and (idle or len(self._workers) < self._count):
            if not idle:
                idle = [_Worker(*self._start, method=_start_method(self._memory))]
                self._workers += idle
            idle.pop().take(self._tasks.popleft())

    def _dismiss(self, worker: _Worker, patience: float = _PATIENCE) -> int:
        """End a worker that has not ended in some seconds by itself; returns its exit code."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join(patience)
        worker.process.kill()
        worker.process.join()
        exitcode = worker.process.exitcode or 0
        worker.process.close()
        return exitcode


def ask_time(seconds: float) -> None:
    """Let the task that this process is at take so many seconds longer; without effect outside a worker."""
    if _to_parent is not None:
        _to_parent.send(seconds)


_to_parent: Connection | None = None
"""What a worker answers through."""


class _Worker:
    """A process, its connection, and its task: `limit` seconds long, until `deadline` (monotonic clock)."""

    def __init__(self, prepare: Callable[..., None], arguments: tuple[Any, ...], method: str):
        context: Any = multiprocessing.get_context(method)
        self.connection, far = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(far, os.getpid() if method == "fork" else 0, prepare, arguments), daemon=True
        )
        with _without_main(), _uninterrupted():
            if method == "forkserver":
                context.set_forkserver_preload(list(_PRELOADED))
            self.process.start()
        far.close()
        self.task: Task | None = None
        self.limit = self.deadline = 0.0
        self._prepared = False

    def take(self, task: Task) -> None:
        """Begin `task`, or be prepared for it first; that has a limit of its own."""
        self.task = task
        self.limit = task.limit if self._prepared else _START_LIMIT
        self.deadline = time.monotonic() + self.limit
        if self._prepared:
            with suppress(OSError):  # it has ended: `hear` says so
                self.connection.send((task.function, task.arguments))

    def hear(self) -> tuple[Any] | None:
        """The result that was sent, if it is one.

        None where the process is only prepared now, and begins its task, or asks for time. Raises EOFError or
        OSError where it has ended.
        """
        said: tuple[Any] | float | None = self.connection.recv()
        if isinstance(said, tuple):
            return said
        if said is None:
            self._prepared = True
            assert self.task is not None
            self.take(self.task)
        else:
            self.limit += said
            self.deadline += said
        return None


def _serve(
    connection: Connection, forked_from: int, prepare: Callable[..., None], arguments: tuple[Any, ...]
) -> None:
    """What a worker does; `forked_from` is the process that it is a copy of, 0 where it is none."""
    global _to_parent
    _to_parent = connection
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    if forked_from:
        _end_with(forked_from)
    else:
        threading.Thread(target=_watch_parent, daemon=True).start()
    prepare(*arguments)
    connection.send(None)
    with suppress(EOFError):
        while True:
            function, task_arguments = connection.recv()
            try:
                result = function(*task_arguments)
            except Exception as error:
                result = error
            connection.send((result,))


def _end_with(parent: int) -> None:
    """Have the system kill this process when `parent` ends, also by SIGKILL: no worker outlives its run."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before that was said
        os._exit(1)


def _watch_parent() -> None:
    """End this process when its parent ends, which the fork server is not."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _start_method(memory: int | None) -> str:
    """How a worker that will be limited to `memory` megabytes is started."""
    methods = multiprocessing.get_all_start_methods()
    alone = sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    if alone and (memory is None or _private_megabytes() < memory / 4):
        return "fork"
    return "forkserver" if "forkserver" in methods else "spawn"


def _private_megabytes() -> float:
    """Private and writable memory of this process, as RLIMIT_DATA counts it (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024 / 1e6
    return float("inf")


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the main module while a process is started.

    A started process that is no fork imports the main module of its parent anew, to find functions defined
    there. Ours are not; and a script that calls `ingest` without ``if __name__ == "__main__"`` would run
    again in every worker.
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
