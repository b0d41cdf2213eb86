"""`rapextract grammar`: list, show, test, and the JSON Schema of grammar files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

_GRAMMARS = click.option(
    "--grammars",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of grammar files that add to the shipped ones and override them by id.",
)


@click.group()
def grammar() -> None:
    """Look at the grammars, and test them."""


@grammar.command("list")
@_GRAMMARS
@click.option("--kind", help="Only entries of this kind: figure-rules, units, …")
def list_(grammars: Path | None, kind: str | None) -> None:
    """List every entry and why it exists.

    A line has its id, kind, file and line, and how many examples and counter-examples it has.
    """
    from ..grammar import grammar_list

    with _told():
        entries = grammar_list(grammars)
    for entry in entries:
        if kind in (None, entry.kind):
            counts = f"{entry.examples}+{entry.counter_examples}"
            click.echo(f"{entry.id:<32} {entry.kind:<14} {entry.place:<32} {counts:>6}  {entry.why}".rstrip())


@grammar.command()
@click.argument("entry_id", metavar="ID")
@_GRAMMARS
def show(entry_id: str, grammars: Path | None) -> None:
    """Show an entry whole, and where it stands."""
    from ruamel.yaml import YAML

    from ..grammar import grammar_show

    with _told():
        entries = grammar_show(entry_id, grammars)
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 1_000_000  # a pattern stays on one line
    for index, entry in enumerate(entries):
        if index:
            click.echo("---")
        yaml.dump(_block_style(entry), sys.stdout)


@grammar.command()
@_GRAMMARS
def test(grammars: Path | None) -> None:
    """Run the examples that are written in the grammars."""
    from ..extract.examples import grammar_test

    with _told():
        ran = grammar_test(grammars)
    for problem in ran.problems:
        click.echo(str(problem), err=True)
    total = ran.examples + ran.counter_examples
    result = f"{len(ran.problems)} fail" if ran.problems else "all hold"
    click.echo(f"{total} examples, {ran.counter_examples} of them counter-examples: {result}")
    if ran.problems:
        sys.exit(1)


@grammar.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it to this file.")
def schema(output: Path | None) -> None:
    """Print the JSON Schema of grammar files."""
    from ..grammar.published import grammar_schema_text

    text = grammar_schema_text()
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@contextmanager
def _told() -> Iterator[None]:
    """Tell a grammar's mistakes in plain lines and leave with exit code 1."""
    from ..grammar import GrammarError

    try:
        yield
    except GrammarError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)


def _block_style(entry: dict[str, Any]) -> dict[str, Any]:
    """Plain containers, so that YAML is written one value a line."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in entry.items()}
