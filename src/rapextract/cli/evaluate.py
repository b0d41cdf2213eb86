"""`rapextract evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapextract import defaults

if TYPE_CHECKING:
    from rapextract.dataset.evaluate import Agreement, Score

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("references", type=_PATH)
@click.option(
    "-o", "--outputs", default=defaults.OUTPUTS, show_default=True, type=_PATH, help="Folder of the dataset."
)
@click.option("--sources", type=_PATH, metavar="DIR", help="Folder of the texts that were annotated.")
@click.option(
    "--doc",
    "docs",
    multiple=True,
    metavar="ID",
    help="Only the annotations with this id (003 of figures.003.jsonl); may be repeated.",
)
@click.option(
    "--as",
    "source",
    metavar="NAME",
    help="Score against the report with this file name (the same report in another format).",
)
@click.option(
    "--misses",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="List up to N figures and acronyms of each kind that were missed or are extra.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(
    references: Path,
    outputs: Path,
    sources: Path | None,
    docs: tuple[str, ...],
    source: str | None,
    misses: int,
    as_json: bool,
) -> None:
    """Score a dataset against annotations.

    REFERENCES is a folder with figures.<id>.jsonl and acronyms.<id>.jsonl; docs/evaluate.md tells how to
    write them.
    """
    from rapextract.dataset.evaluate import evaluate as score

    scores = score(references, outputs, sources, docs, source)
    if as_json:
        click.echo(json.dumps({each.id: as_data(each) for each in scores}, ensure_ascii=False, indent=2))
        return
    for each in scores:
        for line in report(each, misses):
            click.echo(line)


def as_data(score: Score) -> dict[str, object]:
    """A score as plain data."""
    figures, acronyms = score.figures, score.acronyms
    return {
        "source": score.source,
        "figures": {
            **_agreement(figures.agreement),
            "full_record_f1": figures.full.f1,
            "accuracy": figures.accuracy,
            "label_overlap": figures.label_overlap,
            "kinds": figures.kinds,
            "headcounts": figures.headcounts,
        },
        "acronyms": None if acronyms is None else _agreement(acronyms.agreement),
    }


def report(score: Score, misses: int) -> list[str]:
    """The lines about one report."""
    from rapextract.dataset.neutral import one_line

    figures, acronyms = score.figures, score.acronyms
    lines = [
        one_line(f"{score.id} {score.source}"),
        f"  figures   {_said(figures.agreement)}",
        f"            full record F1 {figures.full.f1:.3f}, label overlap {figures.label_overlap:.2f}",
        "            right: "
        + ", ".join(f"{name} {value:.2f}" for name, value in figures.accuracy.items() if value is not None),
        "            found: " + ", ".join(f"{kind} {a}/{b}" for kind, (a, b) in figures.kinds.items())
        + f", headcounts of the right territory {figures.headcounts[0]}/{figures.headcounts[1]}",
    ]  # fmt: skip
    lines += [
        f"    missed  « {one_line(each.raw)} » {each.unit or ''}: {one_line(each.quote)[:90]}"
        for each in figures.missed[:misses]
    ]
    lines += [
        f"    extra   « {one_line(each.value_text)} » {each.unit}: {one_line(each.quote)[:90]} "
        f"[{each.figure_id}]"
        for each in figures.extra[:misses]
    ]
    if acronyms is not None:
        lines.append(f"  acronyms  {_said(acronyms.agreement)}")
        for kind, pairs in (("missed", acronyms.missed), ("extra", acronyms.extra)):
            lines += [f"    {kind:<7} {one_line(f'{short} = {long}')}" for short, long in pairs[:misses]]
    return lines


def _said(agreement: Agreement) -> str:
    return (
        f"precision {agreement.precision:.3f}, recall {agreement.recall:.3f}, F1 {agreement.f1:.3f} "
        f"({agreement.found} of {agreement.references} found, {agreement.predicted} given)"
    )


def _agreement(agreement: Agreement) -> dict[str, float]:
    return {
        "references": agreement.references,
        "predicted": agreement.predicted,
        "found": agreement.found,
        "precision": agreement.precision,
        "recall": agreement.recall,
        "f1": agreement.f1,
    }
