"""A reader that does to its worker what the report's name says, then reads like the real one."""

from __future__ import annotations

import os
import signal
import time
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
            worker.extract_records = lambda *_: bytearray(64_000_000_000)
        case "buggy":
            worker.extract_records = lambda *_: {}["missing"]
        case "changed":
            candidate.path.write_text("autre chose", encoding="utf-8")
    return worker.read_report(candidate, *arguments)
