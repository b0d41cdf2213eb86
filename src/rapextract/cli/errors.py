"""Errors as the command line says them."""

from __future__ import annotations

import click

from rapextract.dataset.neutral import one_line
from rapextract.model import RapextractError
from rapextract.model.problems import INTERNAL, INTERRUPTED, NO_REPORTS, OUTPUT_BUSY

from . import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_WRONG_USE

_EXIT_CODES = {
    NO_REPORTS.code: EXIT_FAILED,
    OUTPUT_BUSY.code: EXIT_FAILED,
    INTERRUPTED.code: EXIT_INTERRUPTED,
}


def say(error: BaseException) -> int:
    """Print `error` on the standard error output as plain sentences; returns the exit code."""
    if isinstance(error, RapextractError):
        for line in str(error).splitlines():
            click.echo(f"rapextract: {one_line(line)}", err=True)
        return _EXIT_CODES.get(error.problem.code, EXIT_WRONG_USE)
    if isinstance(error, KeyboardInterrupt):
        click.echo("rapextract: interrupted", err=True)
        return EXIT_INTERRUPTED
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    click.echo(f"rapextract: {one_line(str(INTERNAL(reason=reason)))}", err=True)
    return EXIT_FAILED
