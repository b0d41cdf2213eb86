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
def show(figure_id: str, outputs: Path) -> None:
    """Show a figure with its quote and place.

    FIGURE_ID is an id of figures.csv, or the beginning of one if no other id begins so.
    """
    from rapextract.dataset.neutral import neutral_text
    from rapextract.dataset.show import show as find

    shown = find(figure_id, outputs)
    for name, text in shown.lines():
        click.echo(f"{click.style(f'{name:<10}', dim=True)} {text}")
    before, number, after = (
        neutral_text(part).replace("\r", " ").replace("\f", " ")
        for part in (shown.before, shown.number, shown.after)
    )
    click.echo(f"\n  {before}{click.style(number, bold=True, reverse=True)}{after}")
