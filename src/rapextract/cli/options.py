"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

PATH = click.Path(path_type=Path)


def as_ingested(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--corpus`, `--grammars` and `--password`, for commands that open again what `ingest` was given."""
    for option in (
        click.option("--password", help="Password of encrypted PDFs."),
        click.option(
            "--grammars", type=PATH, metavar="DIR", help="Folder of YAML files that ingest was given."
        ),
        click.option(
            "--corpus",
            multiple=True,
            type=PATH,
            metavar="PATH",
            help="What ingest was given; may be repeated.  [default: the corpus of the last run]",
        ),
    ):
        command = option(command)
    return command
