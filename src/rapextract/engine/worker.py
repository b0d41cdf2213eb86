"""What runs in a worker process: one report read, extracted and put into the store.

The parent gets back a few words (`Outcome`), never the records, so that a thousand large reports do not
pile up in its memory.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from rapextract.extract import extract_records
from rapextract.grammar import Grammar, PatternTimeout, load_grammar, slow_rule
from rapextract.grammar.load import keep_grammar
from rapextract.model import Problem, RapextractError, Records, ReportStatus
from rapextract.model.problems import CHANGED_WHILE_READ, READER_FAILED, TOO_LARGE, reason_of
from rapextract.read import load_source, read_source

from .corpus import Candidate, hashed
from .outcome import not_read, unwritable
from .store import Circumstances, Store
from .workers import ask_time

_TRIES = 2  # readings of a file that changes


@dataclass(frozen=True)
class Outcome:
    """What came of a report.

    `key` is its entry in the store, None where nothing was kept; `fatal` is set where the store itself
    could not be written and no other report has a chance either. `changed` is the file as it was read,
    where it is no more what it was when the run began.
    """

    source: str
    status: ReportStatus
    code: str = ""
    message: str = ""
    figures: int = 0
    key: str | None = None
    problem: Problem | None = None
    fatal: Problem | None = None
    changed: Candidate | None = None


def start_worker(memory: int, grammar: Grammar, readers: Sequence[str]) -> None:
    """Prepare this process: import `readers`, limit its memory to so many megabytes, keep the grammar."""
    # numpy's library for matrices, which nothing here multiplies, would start a thread for each processor.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in readers:
        import_module(name)
    limit_memory(memory)
    keep_grammar(grammar)
    gc.freeze()  # what is there by now stays: it needs no looking through again and again


def limit_memory(megabytes: int) -> None:
    """Let this process allocate no more than `megabytes`; without effect where the system has no such limit.

    RLIMIT_DATA counts what is really private and writable (Linux 4.7 and later), while RLIMIT_AS also
    counts address space that is only reserved. More than that raises MemoryError.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, hard = resource.getrlimit(kind)
    wanted = megabytes * 1_000_000
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    try:
        resource.setrlimit(kind, (wanted, hard))
    except (ValueError, OSError):  # macOS refuses limits below what is mapped already
        return


def read_report(
    candidate: Candidate, root: Path, grammars: Path | None, how: Circumstances, store: Store
) -> Outcome:
    """Read and extract `candidate` and keep its records in `store`. Raises nothing on purpose.

    A file that is not the same before and after is read once more, as it is then.
    """
    found = candidate
    for _ in range(_TRIES):
        records = _records(found, root, grammars, how)
        before, found = found, hashed(candidate.path, candidate.source)
        if found.problem is not None:  # gone or emptied; nothing to keep, for a later run may find it again
            return outcome_of(not_read(found.source, found.problem), problem=found.problem)
        if records is not None and found == before:
            break
    else:
        problem = CHANGED_WHILE_READ()
        return outcome_of(not_read(candidate.source, problem), problem=problem)
    try:
        key = store.save(found.sha256, records)
    except OSError as error:
        fatal = unwritable(store.outputs, error)
        return Outcome(candidate.source, ReportStatus.REFUSED, fatal=fatal)
    return replace(outcome_of(records, key=key), changed=None if found == candidate else found)


def outcome_of(records: Records, key: str | None = None, problem: Problem | None = None) -> Outcome:
    """The few words about `records` that go to the parent."""
    report = records.report
    return Outcome(
        report.source, report.status, report.code, report.message, len(records.figures), key, problem
    )


def _records(candidate: Candidate, root: Path, grammars: Path | None, how: Circumstances) -> Records | None:
    """The records of a report, or of its refusal; None where it is not the file that `candidate` says."""
    try:
        document = read_source(load_source(candidate.path, root, how.password, how.ocr, ask_time))
        if document.sha256 != candidate.sha256:
            return None
        return extract_records(document, load_grammar(grammars))
    except PatternTimeout as error:
        problem = slow_rule(load_grammar(grammars), error).problem
    except RapextractError as error:
        problem = error.problem
    except MemoryError:
        problem = TOO_LARGE(megabytes=how.memory)
    except Exception as error:  # whatever a report does to a reader, the other reports go on
        problem = READER_FAILED(reason=reason_of(error))
    return not_read(candidate.source, problem, candidate.sha256, candidate.byte_count)
