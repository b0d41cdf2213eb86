"""Worker processes: results, limits, ends; forked and from a fork server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.engine import tasks

from rapextract.engine import workers
from rapextract.engine.workers import LimitPassed, Task, Workers

METHODS = ["fork", "forkserver"] if sys.platform == "linux" else ["spawn"]


@pytest.fixture(params=METHODS)
def pool(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[int], Workers]]:
    monkeypatch.setattr(workers, "_start_method", lambda memory: request.param)
    made: list[Workers] = []

    def make(count: int) -> Workers:
        made.append(Workers(count, tasks.prepare, (7,)))
        return made[-1]

    yield make
    for each in made:
        each.stop()


def task(function: Callable[..., Any], *arguments: Any, limit: float = 60.0) -> Task:
    return Task(function, arguments, limit)


def test_tasks_are_shared_out_and_more_can_be_added(pool: Callable[[int], Workers]) -> None:
    running = pool(2)
    first = [task(tasks.add, number, 1) for number in range(6)]
    for each in first:
        running.add(each)
    found: dict[Task, Any] = {}
    for done, result in running.results():
        found[done] = result
        if done is first[0]:
            running.add(task(tasks.add, 99, 1))
    assert sorted(result[0] for result in found.values()) == [1, 2, 3, 4, 5, 6, 100]
    assert all(result[1] == [7] for result in found.values()), "each process is prepared once"
    assert len({result[2] for result in found.values()} - {os.getpid()}) <= 2
    assert dict(running.results()) == {}


def test_what_goes_wrong_harms_no_other_task(pool: Callable[[int], Workers]) -> None:
    running = pool(2)
    wrong = {
        "raised": task(tasks.fail, "so"),
        "killed": task(tasks.end, signal.SIGKILL),
        "crashed": task(tasks.end, signal.SIGSEGV),
        "left": task(tasks.leave, 7),
        "hung": task(tasks.hang, limit=0.3),
    }
    right = [task(tasks.add, number, 1) for number in range(4)]
    for each in [*right[:2], *wrong.values(), *right[2:]]:
        running.add(each)
    found = dict(running.results())
    assert isinstance(found[wrong["raised"]], ValueError)
    codes = {name: found[wrong[name]].exitcode for name in ("killed", "crashed", "left")}
    assert codes == {"killed": -signal.SIGKILL, "crashed": -signal.SIGSEGV, "left": 7}
    assert isinstance(found[wrong["hung"]], LimitPassed)
    assert [found[each][0] for each in right] == [1, 2, 3, 4]


def test_a_task_may_ask_for_more_time(pool: Callable[[int], Workers]) -> None:
    running = pool(1)
    for each in (task(tasks.ask_and_add, 1, 2, limit=0.5), task(tasks.hang, limit=0.5)):
        running.add(each)
    (_, added), (_, passed) = running.results()
    assert added == 3
    assert isinstance(passed, LimitPassed) and passed.seconds == 0.5, "what was asked for is one task's"


def test_stopping_ends_what_is_at_work(pool: Callable[[int], Workers], tmp_path: Path) -> None:
    running = pool(2)
    running.add(task(tasks.note_and_hang, tmp_path / "pid"))
    running.add(task(tasks.add, 1, 1))
    for _ in running.results():
        if (tmp_path / "pid").is_file():
            break
        running.add(task(tasks.add, 1, 1))
    worker = _pid_in(tmp_path / "pid")
    running.stop()
    assert not _lives(worker)


SCRIPT = """
import sys, threading
from pathlib import Path
from rapextract.engine import workers
from tests.engine import tasks

if "thread" in sys.argv:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
print(workers._start_method(None), workers._start_method(1000), workers._start_method(1), flush=True)
running = workers.Workers(1, tasks.prepare, (7,))
running.add(workers.Task(tasks.note_and_hang, (Path(sys.argv[1]),), 600.0))
next(running.results())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a parent's death is told on Linux only")
@pytest.mark.parametrize(
    ("how", "methods"), [("plain", "fork fork forkserver"), ("thread", "forkserver forkserver forkserver")]
)
def test_a_worker_ends_with_its_parent(how: str, methods: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "pid"), how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline().strip() == methods, "forked only where nothing else is in the process"
        worker = _pid_in(tmp_path / "pid")
        assert worker != parent.pid and _lives(worker)
        parent.kill()
    while _lives(worker):
        time.sleep(0.02)


def _pid_in(path: Path) -> int:
    while not (path.is_file() and path.read_text()):
        time.sleep(0.02)
    return int(path.read_text())


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
