"""Speed and memory of the whole job: `python scripts/bench.py [CORPUS …] [--json] [--jobs N]`.

For each corpus: a first run from nothing, a second run over the same input, and, side by side in the same
call, pdfplumber doing words and tables only over the same PDFs, one report after the other. Each runs in a
process of its own, so that peak memory (the largest of its processes) is its own. Without CORPUS: the sample
corpus, and the folders of measuring data beside the checkout that are there.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("RAPEXTRACT_SHARED", REPOSITORY.parent / "shared"))
MEASURING = ("corpus", "corpus-pdf", "rpqs")


@dataclass(frozen=True)
class Measured:
    """One job over one corpus."""

    corpus: str
    job: str
    reports: int
    pages: int
    figures: int
    seconds: float
    peak_mb: float


def run_ingest(corpus: Path, outputs: Path, jobs: int) -> tuple[int, int, int, float]:
    """Reports, pages, figures and seconds of a run of `ingest`, imports not counted."""
    from rapextract import ingest, open_dataset
    from rapextract.model import ReportRow

    run = ingest(corpus, outputs=outputs, jobs=jobs)
    pages = sum(row.pages or 0 for row in open_dataset(outputs).rows(ReportRow))
    return run.read, pages, run.rows["figures"], run.seconds


def run_pdfplumber(corpus: Path) -> tuple[int, int, int, float]:
    """Reports, pages and seconds of pdfplumber's words and tables, imports not counted; no figures."""
    import logging

    import pdfplumber

    logging.disable(logging.WARNING)
    started = time.perf_counter()
    paths, pages = sorted(corpus.rglob("*.pdf")), 0
    for path in paths:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_words()
                page.extract_tables()
                page.close()
                pages += 1
    return len(paths), pages, 0, time.perf_counter() - started


def measured(corpus: Path, job: str, *arguments: str) -> Measured:
    """Run one job in a process of its own."""
    command = [sys.executable, __file__, "--job", job, str(corpus), *arguments]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Measured(corpus=corpus.name, job=job, **json.loads(answer.splitlines()[-1]))


def end_fork_server() -> None:
    """End the server that workers come from, so that their memory counts as that of our children."""
    from multiprocessing import forkserver

    forkserver._forkserver._stop()  # type: ignore[attr-defined]


def do_job(job: str, corpus: Path, outputs: Path, jobs: int) -> None:
    """Do `job` here and print what it took."""
    if job == "pdfplumber":
        reports, pages, figures, seconds = run_pdfplumber(corpus)
    else:
        reports, pages, figures, seconds = run_ingest(corpus, outputs, jobs)
    end_fork_server()
    scale = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB on Linux
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        json.dumps(
            {
                "reports": reports,
                "pages": pages,
                "figures": figures,
                "seconds": seconds,
                "peak_mb": peak * scale / 1e6,
            }
        )
    )


def table(rows: list[Measured]) -> str:
    """The results as aligned text."""
    head = (
        "corpus",
        "job",
        "reports",
        "pages",
        "figures",
        "seconds",
        "reports/s",
        "pages/s",
        "figures/s",
        "peak MB",
    )
    lines = [head]
    for row in rows:
        rates = (
            f"{count / row.seconds:.1f}" if count else "" for count in (row.reports, row.pages, row.figures)
        )
        lines.append(
            (row.corpus, row.job, str(row.reports), str(row.pages or ""), str(row.figures or ""),
             f"{row.seconds:.2f}", *rates, f"{row.peak_mb:.0f}")
        )  # fmt: skip
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) if column < 2 else cell.rjust(width)
                  for column, (cell, width) in enumerate(zip(line, widths, strict=True))).rstrip()
        for line in lines
    )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="*", type=Path)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--jobs", type=int, default=1, help="worker processes (default 1)")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--outputs", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        do_job(options.job, options.corpus[0], options.outputs, options.jobs)
        return 0
    measuring = [SHARED / name for name in MEASURING if (SHARED / name).is_dir()]
    corpora = options.corpus or [REPOSITORY / "corpus", *measuring]
    rows: list[Measured] = []
    for corpus in corpora:
        with tempfile.TemporaryDirectory() as outputs:
            given = ("--outputs", outputs, "--jobs", str(options.jobs))
            rows.append(measured(corpus, "first run", *given))
            rows.append(measured(corpus, "second run", *given))
            if any(corpus.rglob("*.pdf")):
                rows.append(measured(corpus, "pdfplumber", *given))
    print(json.dumps([asdict(row) for row in rows], indent=2) if options.json else table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
