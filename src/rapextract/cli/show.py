"""`rapextract show`."""

from __future__ import annotations

from pathlib import Path

import click

from rapextract import defaults


@click.command()
@click.argument("figure_id")
@click.option(
    "-o", "--outputs", default=defaults.OUTPUTS, show_default=True, type=click.Path(path_type=Path),
    help="Folder of the dataset.",
)  # fmt: skip
@click.option(
    "--image",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a PNG of the figure's page with its place marked (PDF sources).",
)
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    help="Folder of the sources, for --image (default: the one that the dataset was made from).",
)
@click.option("--password", help="Password of an encrypted PDF, for --image.")
def show(
    figure_id: str, outputs: Path, image: Path | None, corpus: Path | None, password: str | None
) -> None:
    """Show a figure with its quote and place.

    FIGURE_ID is an id of figures.csv, or the beginning of one if no other id begins so.
    """
    from rapextract.dataset.neutral import neutral_text
    from rapextract.prove.show import show as find

    shown = find(figure_id, outputs, image, corpus, password)
    for name, text in shown.lines():
        click.echo(f"{click.style(f'{name:<10}', dim=True)} {text}")
    before, number, after = (
        neutral_text(part).replace("\r", " ").replace("\f", " ")
        for part in (shown.before, shown.number, shown.after)
    )
    click.echo(f"\n  {before}{click.style(number, bold=True, reverse=True)}{after}")
