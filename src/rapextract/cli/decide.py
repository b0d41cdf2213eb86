"""`rapextract decide`: a researcher's word about figures, kept in the log beside the corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rapextract import defaults

if TYPE_CHECKING:
    from rapextract.model import Decision

_PATH = click.Path(path_type=Path)
_ATTRIBUTES = {
    "value": "The number, with a decimal point.",
    "unit": "The unit, or the noun counted in the singular.",
    "label": "What is measured.",
    "indicator": "Id in the catalogue of indicators.",
    "theme": "Id of a theme.",
    "entity": "Whose figure it is.",
    "territory": "ISO 3166-2: FR-BFC, FR-89.",
    "period": "ISO 8601: 2021, 2021-12-31, 2021-S1.",
    "role": "observed, objective, floor, change or reference.",
    "bound": "exact, about, min or max.",
}
Function = Callable[..., Any]


def _common(function: Function) -> Function:
    """The options of every command of the group."""
    for option in (
        click.option("--why", default="", help="Why."),
        click.option(
            "--who", metavar="NAME", help="Who decides.  [default: git's user.name, else the login]"
        ),
        click.option(
            "--decisions",
            type=_PATH,
            metavar="FILE",
            help="The log.  [default: decisions.jsonl in the corpus of the last run]",
        ),
        click.option(
            "-o",
            "--outputs",
            default=defaults.OUTPUTS,
            show_default=True,
            type=_PATH,
            help="Folder of the dataset.",
        ),
    ):
        function = option(function)
    return function


def _attributes(function: Function) -> Function:
    """An option for each column that a decision can give."""
    for name, text in reversed(_ATTRIBUTES.items()):
        function = click.option(f"--{name}", help=text)(function)
    return function


@click.group()
def decide() -> None:
    """Accept, correct, reject or add figures; merge indicators.

    Decisions are lines of a log beside the corpus. The next ingest applies them, and every one after it.
    """


@decide.command()
@click.argument("figure_ids", nargs=-1, required=True, metavar="FIGURE_ID...")
@_common
def accept(figure_ids: tuple[str, ...], **options: Any) -> None:
    """Accept figures as they stand."""
    from rapextract.decide import decide_accept

    _say(decide_accept(*figure_ids, **options))


@decide.command()
@click.argument("figure_ids", nargs=-1, required=True, metavar="FIGURE_ID...")
@_common
def reject(figure_ids: tuple[str, ...], **options: Any) -> None:
    """Reject figures.

    They stay in figures.csv, marked so, and count nowhere else.
    """
    from rapextract.decide import decide_reject

    _say(decide_reject(*figure_ids, **options))


@decide.command()
@click.argument("figure_id")
@_attributes
@_common
def correct(figure_id: str, **options: Any) -> None:
    """Correct a figure; what is printed stays beside. An empty text empties a column."""
    from rapextract.decide import decide_correct

    _say(decide_correct(figure_id, **options))


@decide.command()
@click.option("--source", required=True, help="The report: its path in the corpus, or its id.")
@click.option("--quote", required=True, help="Words of its reading text, that stand there once.")
@click.option("--number", required=True, help="The number in the quote, as printed.")
@_attributes
@_common
def add(source: str, quote: str, number: str, **options: Any) -> None:
    """Add a figure that was missed, by quoting it."""
    from rapextract.decide import decide_add

    _say(decide_add(source, quote, number, **options))


@decide.command()
@click.argument("indicator")
@click.argument("into")
@_common
def merge(indicator: str, into: str, **options: Any) -> None:
    """Merge INDICATOR into another: its figures are taken for INTO's."""
    from rapextract.decide import decide_merge

    _say(decide_merge(indicator, into, **options))


@decide.command("import")
@click.argument("file", type=_PATH)
@_common
def import_(file: Path, **options: Any) -> None:
    """Take in decisions from a CSV.

    FILE has the columns figure_id, those to change, and why; what is filled in by hand is a decision.
    """
    from rapextract.decide import decide_import

    _say(decide_import(file, **options))


def _say(decisions: list[Decision]) -> None:
    from rapextract.dataset.neutral import one_line

    for decision in decisions:
        about = (
            f"{decision.place.figure_id} « {decision.place.value_text} »"
            if decision.place
            else f"{decision.indicator} → {decision.into}"
        )
        changes = ", ".join(f"{name} = {text}" for name, text in decision.changes.items())
        line = f"{decision.id} {decision.does} {about}" + (f": {changes}" if changes else "")
        click.echo(one_line(line))
    one = "1 decision" if len(decisions) == 1 else f"{len(decisions)} decisions"
    click.echo(f"{one} taken down" + ("; the next ingest applies them" if decisions else ""))
