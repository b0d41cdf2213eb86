"""`rapextract suggest`."""

from __future__ import annotations

from pathlib import Path

import click

from rapextract import defaults


@click.command()
@click.option(
    "-o", "--outputs", default=defaults.OUTPUTS, show_default=True, type=click.Path(path_type=Path),
    help="Folder of the dataset.",
)  # fmt: skip
@click.option("--at-least", default=1, show_default=True, type=click.IntRange(1), metavar="N",
              help="Only what at least N figures measure.")  # fmt: skip
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), metavar="N",
              help="Print at most N rules.")  # fmt: skip
def suggest(outputs: Path, at_least: int, limit: int) -> None:
    """Suggest indicators for figures that have none.

    Prints a grammar file: one rule for each thing that figures without an indicator measure, with its
    examples, what stands in most reports first. Paste it into a folder of your own, edit it, and give that
    folder to `rapextract ingest --grammars`.
    """
    from rapextract.consolidate.suggest import suggest as find
    from rapextract.consolidate.suggest import suggested_file

    found = find(outputs, at_least)
    click.echo(suggested_file(found[:limit]), nl=False)
    if len(found) > limit:
        click.echo(f"{len(found) - limit} more; raise --limit to see them", err=True)
