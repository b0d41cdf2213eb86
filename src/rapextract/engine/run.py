"""`ingest`: reports in, dataset out."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import rapextract
from rapextract import defaults
from rapextract.consolidate import Checks, IndicatorMatrix, tidy
from rapextract.consolidate.decisions import LOG_NAME, Decisions, existing_log, read_log
from rapextract.dataset.export import DatasetWriter, is_current, manifest_summary
from rapextract.dataset.package import Origin
from rapextract.grammar import PatternTimeout, grammar_fingerprint, slow_rule
from rapextract.model import Decision, Problem, RapextractError, Records, ReportStatus
from rapextract.model.problems import INTERRUPTED, OUTPUT_UNWRITABLE
from rapextract.model.records import report_id

from .corpus import Candidate, Corpus, find_corpus, remember_root
from .lock import output_lock
from .memory import release_memory
from .outcome import not_read, unwritable
from .pool import read_reports, usable_cpus
from .ready import ready_grammar
from .store import Circumstances, Store, code_digest, program_fingerprint
from .worker import Outcome

_KEPT_BYTES = 16_000_000
"""Memory that checked reports may take until they are written."""


class Progress(Protocol):
    """Who wants to know how a run gets on."""

    def begin(self, total: int, kept: int) -> None:
        """`total` reports, of which `kept` are known from an earlier run."""
        ...

    def advance(self, outcome: Outcome) -> None:
        """One more report is done."""
        ...

    def writing(self) -> None:
        """All reports are done; the dataset is being written."""
        ...


@dataclass(frozen=True)
class Run:
    """What a run did.

    `reports` counts the files by status, `rows` the rows by file of the dataset, `decisions` the decisions
    by outcome; `read_now` is how many reports were read in this run (the others were known), `changed`
    whether a file was written.
    """

    outputs: Path
    reports: Mapping[str, int]
    rows: Mapping[str, int]
    decisions: Mapping[str, int]
    read_now: int
    changed: bool
    seconds: float

    @property
    def read(self) -> int:
        """Reports that are in the dataset, whole or in part."""
        return self.reports.get(ReportStatus.READ, 0) + self.reports.get(ReportStatus.PARTIAL, 0)

    @property
    def complete(self) -> bool:
        """Whether every report was read whole."""
        return not (self.reports.get(ReportStatus.PARTIAL) or self.reports.get(ReportStatus.REFUSED))


def ingest(
    *corpus: str | Path,
    outputs: str | Path = defaults.OUTPUTS,
    grammars: str | Path | None = None,
    jobs: int | None = None,
    force: bool = False,
    password: str | None = None,
    timeout: float = defaults.TIMEOUT,
    memory: int = defaults.MEMORY,
    ocr: bool = True,
    wait: bool = False,
    decisions: str | Path | None = None,
    progress: Progress | None = None,
) -> Run:
    """Read every report of `corpus` (folders or files) and write the dataset to `outputs`.

    What an earlier run has read is not read again, unless `force`. `grammars` is a folder of YAML files
    that adds to and overrides the shipped ones; `jobs` the number of worker processes (default: one a
    processor); `password` opens encrypted PDFs; `timeout` (seconds) and `memory` (megabytes) limit the
    reading of one report; without `ocr`, scanned pages are left out; `wait` waits for another run on the
    same outputs instead of refusing; `decisions` is the log of decisions to apply (default:
    ``decisions.jsonl`` in the folder of the corpus, if it is there).

    A report that can't be read is a row in ``reports.csv``. Raises `RapextractError` where nothing can be
    done at all: U01, U02, U03, U07, U08, U11, G… for a mistake in a grammar, D… for one in the log of
    decisions.
    """
    started = time.perf_counter()
    folder = Path(outputs)
    grammar_folder = Path(grammars).resolve() if grammars is not None else None
    grammar = grammar_fingerprint(grammar_folder)  # compiled only where something is read or written
    if not folder.exists():
        ready_grammar(grammar_folder)  # a mistake in it leaves no empty folder behind
    found = find_corpus([Path(path) for path in corpus], folder)
    log = read_log(found.root / LOG_NAME if decisions is None else existing_log(Path(decisions)))
    circumstances = Circumstances(timeout, memory, password, ocr)
    with output_lock(folder, wait):
        store = Store(folder, grammar, circumstances)
        done = 0
        try:
            store.make()
            reader = _Reading(
                found, log, grammar_folder, circumstances, store, jobs or usable_cpus(), progress
            )
            read_now = reader.read(force)
            done = read_now
            remember_root(folder, found.root)
            changed, summary = reader.write(folder, grammar)
        except PatternTimeout as error:
            raise slow_rule(ready_grammar(grammar_folder), error) from error
        except KeyboardInterrupt as error:
            raise RapextractError(INTERRUPTED(done=done)) from error
        except OSError as error:
            raise RapextractError(unwritable(folder, error)) from error
    return Run(
        outputs=folder,
        reports=summary["reports"],
        rows=summary["rows"],
        decisions=summary["decisions"],
        read_now=read_now,
        changed=changed,
        seconds=time.perf_counter() - started,
    )


class _Reading:
    """One run over one corpus: what is known, what is read, what is written."""

    def __init__(
        self,
        corpus: Corpus,
        log: Sequence[Decision],
        grammars: Path | None,
        circumstances: Circumstances,
        store: Store,
        jobs: int,
        progress: Progress | None,
    ):
        self._corpus = corpus
        self._log = log
        self._grammars = grammars
        self._circumstances = circumstances
        self._store = store
        self._jobs = jobs
        self._progress = progress
        self._keys: dict[str, str] = {}
        """Source → key of its entry."""
        self._lost: dict[str, Problem] = {}
        """Source → why there is no entry."""
        self._changed: list[Candidate] = []
        """Files that are no more what they were when the run began."""

    def read(self, force: bool) -> int:
        """Read what the store does not hold yet; returns how many reports were read."""
        reports = self._corpus.reports
        if not force:
            for candidate in reports:
                if (key := self._store.find(candidate.sha256, candidate.source)) is not None:
                    self._keys[candidate.source] = key
        todo = [candidate for candidate in reports if candidate.source not in self._keys]
        if todo:
            ready_grammar(self._grammars)  # a mistake in it is said before anything else
        if self._progress is not None:
            self._progress.begin(len(reports), len(reports) - len(todo))
        self._read(todo)
        count = len(todo)
        while self._changed:
            self._corpus = self._corpus.with_changed(self._changed)
            self._changed.clear()
            reports = self._corpus.reports
            self._keys = {c.source: self._keys[c.source] for c in reports if c.source in self._keys}
            todo = [c for c in reports if c.source not in self._keys and c.source not in self._lost]
            self._read(todo)
            count += len(todo)
        return count

    def _read(self, todo: list[Candidate]) -> None:
        done = 0
        outcomes = read_reports(
            todo, self._corpus.root, self._grammars, self._circumstances, self._store, self._jobs
        )
        try:
            for outcome in outcomes:
                done += 1
                if outcome.key is not None:
                    self._keys[outcome.source] = outcome.key
                elif outcome.problem is not None:
                    self._lost[outcome.source] = outcome.problem
                if outcome.changed is not None:
                    self._changed.append(outcome.changed)
                if self._progress is not None:
                    self._progress.advance(outcome)
        except KeyboardInterrupt as error:
            with suppress(KeyboardInterrupt):
                outcomes.close()  # ends the workers
            raise RapextractError(INTERRUPTED(done=done)) from error

    def write(self, folder: Path, grammar: str) -> tuple[bool, dict[str, dict[str, int]]]:
        """Write the dataset unless it is there already; returns whether it was written, and its counts."""
        origin = Origin(
            version=rapextract.__version__,
            grammar=grammar,
            sources={candidate.source: candidate.sha256 for candidate in self._corpus.candidates},
            program=program_fingerprint(),
        )
        state = self._state(origin)
        if is_current(folder, state):
            self._store.prune(self._keys.values())
            return False, manifest_summary(folder)
        if self._progress is not None:
            self._progress.writing()
        mended: set[str] = set()
        while (damaged := self._export(folder, origin, state)) is not None:
            if damaged.source in mended:
                reason = f"what was just written of {damaged.source} can't be read again"
                raise RapextractError(OUTPUT_UNWRITABLE(path=folder, reason=reason))
            mended.add(damaged.source)
            del self._keys[damaged.source]
            self._read([damaged])
        self._store.prune(self._keys.values())
        return True, manifest_summary(folder)

    def _state(self, origin: Origin) -> str:
        """Digest of everything that the dataset is made from."""
        parts = [
            origin.version,
            origin.program,
            origin.grammar,
            code_digest(("model", "consolidate", "dataset")),
            [decision.id for decision in self._log],
            [
                (
                    candidate.source,
                    candidate.sha256,
                    self._keys.get(candidate.source),
                    str(self._lost.get(candidate.source) or candidate.problem),
                )
                for candidate in self._corpus.candidates
            ],
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _export(self, folder: Path, origin: Origin, state: str) -> Candidate | None:
        """Write the dataset from the store; a candidate whose entry is damaged stops it.

        The reports are gone through twice: checks compare reports with each other and flag their figures,
        so every report is checked before the first is written. A few are kept meanwhile, the others loaded
        again.
        """
        grammar = ready_grammar(self._grammars)
        decisions = Decisions(self._log, grammar, (report_id(c.sha256) for c in self._corpus.reports))
        if decisions.needs_survey:
            for candidate in self._corpus.reports:
                records = self._records(candidate)
                if records is None:
                    return candidate
                decisions.survey(records)
        checks = Checks(grammar)
        kept: dict[str, Records] = {}
        room = _KEPT_BYTES
        for candidate in self._corpus.candidates:
            records = self._ready(candidate, decisions)
            if records is None:
                return candidate
            checks.add(records)
            room -= _most_bytes(records)
            if room > 0:
                kept[candidate.source] = records
        records = None  # a long report must not be held twice
        writer = DatasetWriter(folder)
        try:
            matrix = IndicatorMatrix(grammar)
            statuses: Counter[str] = Counter()
            for candidate in self._corpus.candidates:
                records = kept.pop(candidate.source, None) or self._ready(candidate, decisions)
                if records is None:
                    return candidate
                statuses[records.report.status.value] += 1
                records = records.model_copy(update={"figures": matrix.add(records.figures)})
                writer.add(checks.flagged(records))
            records = None
            writer.add_rows(checks.rows())
            writer.add_rows(matrix.rows())
            decided = decisions.rows()
            writer.add_rows(decided)
            outcomes = Counter(row.outcome.value for row in decided)
            summary = {
                "reports": dict(sorted(statuses.items())),
                "rows": writer.counts(),
                "decisions": dict(sorted(outcomes.items())),
            }
            release_memory()  # the database takes some for itself
            writer.finish(origin, state, summary)
        finally:
            writer.close()
        return None

    def _ready(self, candidate: Candidate, decisions: Decisions) -> Records | None:
        """The records of a candidate as the dataset has them, but for what other reports say of them."""
        records = self._records(candidate)
        return None if records is None else tidy(decisions.apply(records))

    def _records(self, candidate: Candidate) -> Records | None:
        key = self._keys.get(candidate.source)
        if key is not None:
            return self._store.load(key)
        problem = self._lost.get(candidate.source) or candidate.problem
        assert problem is not None, candidate.source
        return not_read(candidate.source, problem, candidate.sha256, candidate.byte_count)


def _most_bytes(records: Records) -> int:
    """About the memory that `records` may take: their text, and each row as an object."""
    rows = len(records.figures) + len(records.table_cells) + len(records.sections) + len(records.acronyms)
    return 2 * len(records.text) + 1000 * rows
