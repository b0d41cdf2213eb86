"""`rapextract verify`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapextract import defaults

from . import EXIT_COMPLETE, EXIT_UNPROVEN
from .options import PATH, as_ingested

if TYPE_CHECKING:
    from rapextract.prove import Verification


@click.command()
@click.argument("outputs", default=defaults.OUTPUTS, type=PATH)
@as_ingested
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes.  [default: one a processor]",
)
@click.option(
    "--failures",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="List up to N of what failed.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with everything that failed.")
def verify(
    outputs: Path,
    corpus: tuple[Path, ...],
    grammars: Path | None,
    password: str | None,
    jobs: int | None,
    failures: int,
    as_json: bool,
) -> None:
    """Prove every figure of a dataset against its source.

    OUTPUTS is the folder of the dataset. The sources are opened again; exit code 5 tells that something
    could not be proven.
    """
    from rapextract.prove import verify as prove

    found = prove(outputs, list(corpus) or None, grammars=grammars, password=password, jobs=jobs)
    if as_json:
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    else:
        for line in report(found, failures):
            click.echo(line)
    sys.exit(EXIT_COMPLETE if found.complete else EXIT_UNPROVEN)


def as_data(found: Verification) -> dict[str, object]:
    """A verification as plain data."""
    from rapextract.dataset.neutral import neutral_text

    return {
        "figures": found.figures,
        "proven": found.proven,
        "proofs": {proof.name: {"checked": proof.checked, "failed": proof.failed} for proof in found.proofs},
        "failures": [
            {
                "code": each.problem.code,
                "message": neutral_text(each.problem.message),
                "file": neutral_text(each.at.file),
                "source": neutral_text(each.at.source),
                "figure_id": neutral_text(each.at.figure_id),
            }
            for each in found.failures
        ],
        "cause": neutral_text(str(found.cause)) if found.cause else "",
    }


def report(found: Verification, most: int) -> Iterator[str]:
    """The lines about a verification: a table of the proofs, what failed, the sum of it."""
    from rapextract.dataset.neutral import one_line

    yield f"  {'proof':<26} {'asked':>9} {'failed':>7}"
    for proof in found.proofs:
        line = f"  {proof.name:<26} {proof.checked:>9,} {proof.failed:>7,}"
        yield click.style(line, fg="red") if proof.failed else line
    if found.failures and most:
        yield ""
        for each in found.failures[:most]:
            where = " ".join(filter(None, (each.at.source, each.at.file)))
            yield one_line(f"{each.problem.code} {where}: {each.problem.message}")
        if len(found.failures) > most:
            yield f"… and {len(found.failures) - most:,} more; --failures N or --json lists them"
    if found.cause is not None:
        yield ""
        yield one_line(str(found.cause))
    yield ""
    share = f" ({100 * found.proven / found.figures:.1f} %)" if found.figures else ""
    yield f"{found.proven:,} of {found.figures:,} figures proven{share}" + (
        "" if found.complete else "; the dataset is not as its sources say"
    )
