"""Speed and memory of the whole job: `python scripts/bench.py [CORPUS …] [--json] [--jobs N]`.

For each corpus: a first run from nothing, a second run over the same input, and, side by side in the same
call, pdfplumber doing words and tables only over the same PDFs, one report after the other. Each runs in a
process of its own, so that peak memory (of the process that writes the dataset, and of the largest worker)
is its own. Processor seconds are those of all its processes, imports and grammars included; they hang less
than the clock on what else the machine does. Bytecode and compiled grammars are kept from an earlier start,
as in every run but the first after an installation. OCR is off, for pdfplumber has none: `scanned` counts
the pages left out. Without CORPUS: the sample corpus, and the folders of measuring data beside the checkout
that are there.

With `--pages`, the first PDF of each corpus is repeated to so many pages and read once; with `--copies`, all
its PDFs are there so many times, each copy with other bytes: memory is flat when the numbers are about the
same.
"""

from __future__ import annotations

import argparse
import compileall
import csv
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
    scanned: int
    figures: int
    seconds: float
    cpu_seconds: float
    main_mb: float
    worker_mb: float


def run_ingest(corpus: Path, outputs: Path, jobs: int) -> dict[str, float]:
    """What a run of `ingest` read, and its seconds, imports not counted."""
    from rapextract import ingest

    run = ingest(corpus, outputs=outputs, jobs=jobs, ocr=False, timeout=3600)
    return {"reports": run.read, "figures": run.rows["figures"], "seconds": run.seconds} | count(outputs)


def count(outputs: Path) -> dict[str, int]:
    """Pages of the dataset, and those of them that need OCR."""
    with (outputs / "reports.csv").open(encoding="utf-8", newline="") as stream:
        pages = sum(int(row["pages"] or 0) for row in csv.DictReader(stream))
    with (outputs / "problems.csv").open(encoding="utf-8", newline="") as stream:
        scanned = sum(row["code"] == "P07" for row in csv.DictReader(stream))
    return {"pages": pages, "scanned": scanned}


def run_pdfplumber(corpus: Path) -> dict[str, float]:
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
    seconds = time.perf_counter() - started
    return {"reports": len(paths), "pages": pages, "scanned": 0, "figures": 0, "seconds": seconds}


def repeated(corpus: Path, pages: int, folder: Path) -> Path:
    """A folder with the first PDF of `corpus`, its pages repeated until there are `pages`."""
    import pypdfium2

    source = next(iter(sorted(corpus.rglob("*.pdf"))))
    target = folder / f"{source.stem}, {pages} pages"
    target.mkdir()
    with pypdfium2.PdfDocument(source) as once, pypdfium2.PdfDocument.new() as long:
        while (missing := pages - len(long)) > 0:
            long.import_pages(once, list(range(min(missing, len(once)))))
        long.save(target / source.name)
    return target


def copied(corpus: Path, times: int, folder: Path) -> Path:
    """A folder with every PDF of `corpus` so many times; a comment at the end makes each another file."""
    target = folder / f"{corpus.name}, {times} times"
    target.mkdir()
    for source in sorted(corpus.rglob("*.pdf")):
        for number in range(times):
            copy = target / f"{source.stem}-{number}.pdf"
            copy.write_bytes(source.read_bytes() + f"\n% copy {number}\n".encode())
    return target


def keep_what_is_compiled() -> None:
    """Compile the program to bytecode and its grammars, as an earlier run would have left them."""
    compileall.compile_dir(REPOSITORY / "src", quiet=1)
    started = [sys.executable, "-c", "from rapextract.engine.ready import ready_grammar; ready_grammar()"]
    subprocess.run(started, check=True)


def measured(corpus: Path, job: str, *arguments: str) -> Measured:
    """Run one job in a process of its own."""
    command = [sys.executable, __file__, "--job", job, str(corpus), *arguments]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Measured(corpus=corpus.name, job=job, **json.loads(answer.splitlines()[-1]))


def end_fork_server() -> None:
    """End the server that workers may come from, so that their memory counts as that of our children."""
    from multiprocessing import forkserver

    forkserver._forkserver._stop()  # type: ignore[attr-defined]


def do_job(job: str, corpus: Path, outputs: Path, jobs: int) -> None:
    """Do `job` here and print what it took."""
    done = run_pdfplumber(corpus) if job == "pdfplumber" else run_ingest(corpus, outputs, jobs)
    end_fork_server()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    scale = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, in KiB on Linux
    done["cpu_seconds"] = sum(usage.ru_utime + usage.ru_stime for usage in used)
    done["main_mb"], done["worker_mb"] = (usage.ru_maxrss * scale / 1e6 for usage in used)
    done["main_mb"] = own_peak() or done["main_mb"]
    print(json.dumps(done))


def own_peak() -> float:
    """Peak memory of this process in MB, 0 where only `getrusage` tells it.

    On Linux what `getrusage` says begins with the peak of the process that started this one.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM")), 0.0)


def table(rows: list[Measured]) -> str:
    """The results as aligned text."""
    head = ("corpus", "job", "reports", "pages", "scanned", "figures", "seconds", "pages/s", "processor s",
            "pages/processor s", "main MB", "worker MB")  # fmt: skip
    lines = [head]
    for row in rows:
        rates = [f"{row.pages / s:.1f}" if row.pages else "" for s in (row.seconds, row.cpu_seconds)]
        lines.append(
            (row.corpus, row.job, str(row.reports), str(row.pages or ""), str(row.scanned or ""),
             str(row.figures or ""), f"{row.seconds:.2f}", rates[0], f"{row.cpu_seconds:.2f}", rates[1],
             f"{row.main_mb:.0f}", f"{row.worker_mb:.0f}" if row.worker_mb else "")
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
    parser.add_argument("--pages", nargs="+", type=int, default=[], help="repeat a PDF to so many pages")
    parser.add_argument("--copies", nargs="+", type=int, default=[], help="copy the PDFs so many times")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--outputs", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        do_job(options.job, options.corpus[0], options.outputs, options.jobs)
        return 0
    measuring = [SHARED / name for name in MEASURING if (SHARED / name).is_dir()]
    corpora = options.corpus or [REPOSITORY / "corpus", *measuring]
    rows: list[Measured] = []
    keep_what_is_compiled()
    for corpus in corpora:
        has_pdf = any(corpus.rglob("*.pdf"))
        with tempfile.TemporaryDirectory() as folder:
            given = ("--outputs", str(Path(folder) / "outputs"), "--jobs", str(options.jobs))
            if options.pages or options.copies:
                longer = [repeated(corpus, n, Path(folder)) for n in options.pages if has_pdf]
                longer += [copied(corpus, n, Path(folder)) for n in options.copies if has_pdf]
                for number, long in enumerate(longer):
                    rows.append(measured(long, "first run", *given[:1], f"{given[1]}{number}", *given[2:]))
                continue
            rows += [measured(corpus, job, *given) for job in ("first run", "second run")]
            if has_pdf:
                rows.append(measured(corpus, "pdfplumber", *given))
    print(json.dumps([asdict(row) for row in rows], indent=2) if options.json else table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
