"""`rapextract explain`."""

from __future__ import annotations

from pathlib import Path

import click

from rapextract import defaults

from .options import PATH, as_ingested


@click.command()
@click.argument("figure_id")
@click.option(
    "-o", "--outputs", default=defaults.OUTPUTS, show_default=True, type=PATH, help="Folder of the dataset."
)
@as_ingested
def explain(
    figure_id: str, outputs: Path, corpus: tuple[Path, ...], grammars: Path | None, password: str | None
) -> None:
    """Say why a figure is what it is: rules and their words.

    FIGURE_ID is an id of figures.csv, or the beginning of one if no other id begins so.
    """
    from rapextract.prove import explain as reasons_of

    explained = reasons_of(figure_id, outputs, corpus or None, grammars=grammars, password=password)
    for name, text in explained.lines():
        click.echo(f"{click.style(f'{name:<10}', dim=True)} {text}")
    if explained.without_source:
        click.echo(
            f"\nFrom the dataset alone ({explained.without_source}); --corpus names the sources.", err=True
        )
