"""What runs in a worker process: one report read, extracted and put into the store.

The parent gets back a few words (`Outcome`), never the records, so that a thousand large reports do not
pile up in its memory.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from rapextract.extract import extract_records
from rapextract.grammar import Grammar, load_grammar
from rapextract.grammar.load import keep_grammar
from rapextract.model import Problem, RapextractError, Records, ReportStatus
from rapextract.model.problems import CHANGED_WHILE_READ, OUTPUT_UNWRITABLE, READER_FAILED, TOO_LARGE
from rapextract.read import Ocr, ScannedPages, load_source, read_source

from .corpus import Candidate
from .outcome import not_read
from .store import Circumstances, Store


@dataclass(frozen=True)
class Outcome:
    """What came of a report.

    `key` is its entry in the store, None where nothing was kept; `fatal` is set where the store itself
    could not be written and no other report has a chance either. `scanned` is how many pages need OCR,
    where the report is not read yet because that takes longer than was allowed.
    """

    source: str
    status: ReportStatus
    code: str = ""
    message: str = ""
    figures: int = 0
    key: str | None = None
    problem: Problem | None = None
    fatal: Problem | None = None
    scanned: int = 0


def start_worker(memory: int, grammar: Grammar) -> None:
    """Prepare this process: a limit of `memory` megabytes, the grammar kept, Ctrl-C left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
    candidate: Candidate, root: Path, grammars: Path | None, how: Circumstances, ocr: Ocr, store: Store
) -> Outcome:
    """Read and extract `candidate` and keep its records in `store`. Raises nothing on purpose."""
    try:
        records = _records(candidate, root, grammars, how, ocr)
    except ScannedPages as scanned:
        return Outcome(candidate.source, ReportStatus.PARTIAL, scanned=scanned.count)
    if isinstance(records, Problem):  # nothing to keep: the bytes are not those of the key
        return outcome_of(not_read(candidate.source, records), problem=records)
    try:
        key = store.save(candidate.sha256, records)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        fatal = OUTPUT_UNWRITABLE(path=store.outputs, reason=reason)
        return Outcome(candidate.source, ReportStatus.REFUSED, fatal=fatal)
    return outcome_of(records, key=key)


def outcome_of(records: Records, key: str | None = None, problem: Problem | None = None) -> Outcome:
    """The few words about `records` that go to the parent."""
    report = records.report
    return Outcome(
        report.source, report.status, report.code, report.message, len(records.figures), key, problem
    )


def _records(
    candidate: Candidate, root: Path, grammars: Path | None, how: Circumstances, ocr: Ocr
) -> Records | Problem:
    """The records of a report, or of its refusal; a `Problem` where it changed under our hands."""
    try:
        document = read_source(load_source(candidate.path, root, how.password, ocr))
        if document.sha256 != candidate.sha256:
            return CHANGED_WHILE_READ()
        return extract_records(document, load_grammar(grammars))
    except RapextractError as error:
        problem = error.problem
    except ScannedPages:
        raise
    except MemoryError:
        problem = TOO_LARGE(megabytes=how.memory)
    except Exception as error:  # whatever a report does to a reader, the other reports go on
        if os.environ.get("RAPEXTRACT_DEBUG"):
            traceback.print_exc()
        problem = READER_FAILED(reason=type(error).__name__)
    return not_read(candidate.source, problem, candidate.sha256, candidate.byte_count)
