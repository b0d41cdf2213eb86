"""The examples of the catalogue: names, sentences and tables on which each indicator is tried.

An example must come out as the indicator it stands under, a counter-example must not; other entries of the
catalogue take part, as they do in a report.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..grammar import Grammar
from ..grammar.examples import example_fails, unmark
from ..grammar.schema_indicators import IndicatorEntry, IndicatorExample, ThemeEntry
from ..model import FigureKind, Problem
from .naming import Catalogue, Subject, catalogue_of


def catalogue_problems(grammar: Grammar) -> Iterator[Problem]:
    """What is wrong with the examples of indicators and themes."""
    catalogue = catalogue_of(grammar)
    for entry, place in grammar.located():
        if not isinstance(entry, IndicatorEntry | ThemeEntry):
            continue
        for kind, examples in (("examples", entry.examples), ("counter_examples", entry.counter_examples)):
            for number, example in enumerate(examples):
                if reason := _mistake(catalogue, entry, example, kind == "examples"):
                    yield example_fails(place / kind / number, entry, _shown(example), reason)


def _mistake(
    catalogue: Catalogue, entry: IndicatorEntry | ThemeEntry, example: IndicatorExample, holds: bool
) -> str:
    if isinstance(entry, ThemeEntry):
        what, got = "theme", catalogue.theme_of(_subject(example))
    else:
        choice = catalogue.of_figure(_subject(example), {"", entry.family})
        what, got = "indicator", choice.entry.id if choice else ""
    if holds and got != entry.id:
        return f"its {what} is `{got}`" if got else f"it has no {what}"
    return f"its {what} is this one" if not holds and got == entry.id else ""


def _subject(example: IndicatorExample) -> Subject:
    text, _ = unmark(example.text)
    return Subject(
        role=example.role,
        row=example.row,
        column=example.column,
        label=example.label or text,
        caption=example.caption,
        section=example.section,
        sentence=example.sentence,
        unit=example.unit,
        kind=example.kind or FigureKind.PROSE,
    )


def _shown(example: IndicatorExample) -> str:
    said = example.model_dump(mode="json", exclude_defaults=True)
    return example.text or ", ".join(f"{name}: {value}" for name, value in said.items())
