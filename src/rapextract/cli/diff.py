"""`rapextract diff`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rapextract.dataset.diff import Difference
    from rapextract.model import FigureRow

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("before", type=_PATH)
@click.argument("after", type=_PATH)
@click.option(
    "--list",
    "most",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="List up to N figures of each kind of difference.",
)
@click.option("--csv", "csv_file", type=_PATH, metavar="FILE", help="Write every difference to this CSV.")
def diff(before: Path, after: Path, most: int, csv_file: Path | None) -> None:
    """Compare the figures of two datasets.

    BEFORE and AFTER are folders that ingest wrote: of two corpora, or of one before and after a change of
    grammars. Differences are counted by the rule that took the figures.
    """
    from rapextract.dataset.diff import diff as compare

    found = compare(before, after)
    if csv_file is not None:
        found.write_csv(csv_file)
    for line in report(found, most):
        click.echo(line)


def report(found: Difference, most: int) -> Iterator[str]:
    """The lines about a difference: a table by rule, the figures if asked for, the sum of it."""
    from rapextract.dataset.neutral import one_line

    rules = found.by_rule()
    if rules:
        width = max(len("rule"), *(len(rule.rule) for rule in rules))
        yield f"{'rule':<{width}} {'appeared':>9} {'vanished':>9} {'changed':>9}  in"
        for rule in rules:
            columns = ", ".join(f"{name} {count}" for name, count in rule.columns.items())
            numbers = f"{rule.appeared:>9,} {rule.vanished:>9,} {rule.changed:>9,}"
            yield f"{one_line(rule.rule):<{width}} {numbers}  {columns}".rstrip()
        yield ""
    for sign, figures in (("+", found.appeared), ("-", found.vanished)):
        for figure in figures[:most]:
            yield one_line(f"{sign} {said(figure)}")
    for change in found.changed[:most]:
        yield one_line(f"~ {said(change.after)}")
        for name, (before, after) in change.columns.items():
            yield one_line(f"{name}: « {before} » → « {after} »")
    for sign, sources in (("+", found.reports_appeared), ("-", found.reports_vanished)):
        for source in sources:
            yield one_line(f"{sign} report {source}")
    yield (
        f"{len(found.appeared):,} appeared, {len(found.vanished):,} vanished, "
        f"{len(found.changed):,} changed, {found.same:,} the same"
    )


def said(figure: FigureRow) -> str:
    """A figure in a line."""
    return f"{figure.figure_id} « {figure.value_text} » {figure.unit} {figure.label} [{figure.source}]"
