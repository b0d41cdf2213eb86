"""`rapextract ingest`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapextract import defaults

from . import EXIT_COMPLETE, EXIT_FAILED, EXIT_ORPHANS, EXIT_PARTIAL

if TYPE_CHECKING:
    from rapextract.engine import Run

_FOLDER = click.Path(path_type=Path)
_COUNTED = ("figures", "headcounts", "tables", "acronyms")


@click.command()
@click.argument("corpus", nargs=-1, required=True, type=_FOLDER)
@click.option(
    "-o",
    "--outputs",
    default=defaults.OUTPUTS,
    show_default=True,
    type=_FOLDER,
    help="Folder of the dataset.",
)
@click.option(
    "--grammars",
    type=_FOLDER,
    metavar="DIR",
    help="Folder of YAML files that add to the shipped grammars and override them by id.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes.  [default: one a processor]",
)
@click.option("--force", is_flag=True, help="Read every report again, also those that are known.")
@click.option("--password", help="Password of encrypted PDFs.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=defaults.TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="Time that the reading of one report may take; more for each page of it.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=200),
    default=defaults.MEMORY,
    show_default=True,
    metavar="MB",
    help="Memory that the reading of one report may need.",
)
@click.option(
    "--ocr/--no-ocr", default=True, help="Read scanned pages, where an OCR engine is there.  [default: ocr]"
)
@click.option(
    "--decisions",
    type=_FOLDER,
    metavar="FILE",
    help="Log of decisions to apply.  [default: decisions.jsonl in the corpus]",
)
@click.option("--wait", is_flag=True, help="Wait for another run on the same outputs instead of refusing.")
def ingest(
    corpus: tuple[Path, ...],
    outputs: Path,
    grammars: Path | None,
    jobs: int | None,
    force: bool,
    password: str | None,
    timeout: float,
    memory: int,
    ocr: bool,
    wait: bool,
    decisions: Path | None,
) -> None:
    """Read reports and write the dataset.

    CORPUS is one or more folders or files; reports are .pdf, .html, .htm, .md and .txt. What an earlier
    run has read is not read again.
    """
    from rapextract.engine import ingest as run_ingest

    from .progress import progress_for

    with progress_for(sys.stderr) as progress:
        run = run_ingest(
            *corpus,
            outputs=outputs,
            grammars=grammars,
            jobs=jobs,
            force=force,
            password=password,
            timeout=timeout,
            memory=memory,
            ocr=ocr,
            wait=wait,
            decisions=decisions,
            progress=progress,
        )
    click.echo(summary(run))
    sys.exit(exit_code(run))


def exit_code(run: Run) -> int:
    """0 complete, 4 where a decision is an orphan, 3 partial, 1 where no report could be read."""
    if run.read == 0:
        return EXIT_FAILED
    if run.decisions.get("orphan"):
        return EXIT_ORPHANS
    return EXIT_COMPLETE if run.complete else EXIT_PARTIAL


def summary(run: Run) -> str:
    """The short table at the end of a run."""
    refused = run.reports.get("refused", 0)
    reports = f"{run.read} read"
    if partial := run.reports.get("partial"):
        reports += f" ({partial} in part)"
    reports += f", {refused} refused"
    for status in ("duplicate", "ignored"):
        if count := run.reports.get(status):
            reports += f", {count} {status}"
    rows = [("reports", reports), *((name, f"{run.rows.get(name, 0):,}") for name in _COUNTED)]
    if run.decisions:
        outcomes = ("applied", "moved", "orphan")
        rows.append(("decisions", ", ".join(f"{run.decisions.get(each, 0)} {each}" for each in outcomes)))
    known = f" ({run.read_now} read now, the others were known)" if run.read_now < run.read else ""
    rows.append(("time", f"{run.seconds:.1f} s{known}"))
    rows.append(("dataset", f"{run.outputs}{'' if run.changed else ' (unchanged)'}"))
    lines = [f"  {name:<11} {text}" for name, text in rows]
    if run.decisions.get("orphan"):
        lines.append(f"  Which decisions are orphans, and why: {run.outputs / 'decisions.csv'}")
    if not run.complete:
        lines.append(f"  What was lost, and why: {run.outputs / 'reports.csv'} and problems.csv")
    return "\n".join(lines)
