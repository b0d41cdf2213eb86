"""A reader that does to its worker what the report's name says, then reads like the real one."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from rapextract.engine import worker
from rapextract.engine.corpus import Candidate


def read_report(candidate: Candidate, *arguments: Any) -> worker.Outcome:
    match candidate.path.stem:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "crashed":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "left":
            os._exit(7)
        case "hung":
            time.sleep(600)
        case "greedy":
            return _with_extractor(lambda *_: bytearray(64_000_000_000), candidate, *arguments)
        case "buggy":
            return _with_extractor(lambda *_: {}["missing"], candidate, *arguments)
        case "long":
            worker.ask_time(1.5)
            time.sleep(600)
        case "changed":
            candidate.path.write_text("Rapport d'activité 2022. 77 appels traités.", encoding="utf-8")
        case "changing":
            return _with_extractor(_while_written(candidate.path), candidate, *arguments)
        case "gone":
            candidate.path.unlink()
    return worker.read_report(candidate, *arguments)


def _while_written(path: Path) -> Any:
    """An extractor during whose work somebody writes to the report."""
    real = worker.extract_records

    def extract(*arguments: Any) -> Any:
        with path.open("a", encoding="utf-8") as stream:
            stream.write(" De plus, 12 agents.")
        return real(*arguments)

    return extract


def _with_extractor(extractor: Any, candidate: Candidate, *arguments: Any) -> worker.Outcome:
    """Read with another extractor, once: the worker goes on to other reports."""
    real = worker.extract_records
    worker.extract_records = extractor
    try:
        return worker.read_report(candidate, *arguments)
    finally:
        worker.extract_records = real
