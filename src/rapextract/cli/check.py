"""`rapextract check`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapextract import defaults

if TYPE_CHECKING:
    from rapextract.dataset.check import Checked
    from rapextract.model import CheckRow

_ACROSS = "Across reports"


@click.command()
@click.option(
    "-o", "--outputs", default=defaults.OUTPUTS, show_default=True, type=click.Path(path_type=Path),
    help="Folder of the dataset.",
)  # fmt: skip
@click.option("--broken", is_flag=True, help="Only what does not hold.")
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only checks of this kind; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(outputs: Path, broken: bool, kinds: tuple[str, ...], as_json: bool) -> None:
    """Show what does not add up in the reports, and what does.

    Sums, shares, differences, changes, repeats, ranges, periods and short forms were checked when the dataset
    was written; each is shown with the report's own words, grouped by report. A broken check is no error
    of yours: the exit code is 0 whatever is found.
    """
    from rapextract.dataset.check import check as read

    checked = read(outputs, broken).only(kinds)
    if as_json:
        rows = [row.model_dump(mode="json") for row in checked.rows]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _show(checked, broken)


def _show(checked: Checked, only_broken: bool) -> None:
    from rapextract.dataset.neutral import one_line

    for source, rows in checked.reports.items():
        click.echo(click.style(one_line(source) if source else _ACROSS, bold=True))
        for row in rows:
            click.echo(f"  {_mark(row)} {row.kind:<10} {one_line(row.message)}")
        click.echo()
    holding = sum(row.status == "holds" for row in checked.rows)
    holds = "" if only_broken else f"{holding} hold, "
    click.echo(f"{holds}{len(checked.rows) - holding} broken")


def _mark(row: CheckRow) -> str:
    holds = row.status == "holds"
    return click.style("holds ", fg="green") if holds else click.style("BROKEN", fg="red", bold=True)
