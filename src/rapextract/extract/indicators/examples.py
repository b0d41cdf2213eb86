"""The examples of the catalogue: names, sentences and tables on which each indicator and theme is tried.

An example must come out as the entry it stands under, a counter-example must not; all other entries of the
catalogue take part, as they do in a report. Texts with a value in ``[[ ]]`` and tables go through the whole
extraction, as if they stood in a report of the entry's family for the year 2021.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...grammar import Grammar
from ...grammar.examples import example_fails, unmark
from ...grammar.schema_indicators import IndicatorEntry, IndicatorExample, ThemeEntry
from ...model import Block, BlockKind, Cell, Document, FigureKind, FigureRow, Problem, Table
from ..context import Context
from ..identity import Identity
from ..prose import extract_prose
from ..sections import headings
from ..tables.rows import extract_tables
from .catalogue import Catalogue, catalogue_of
from .figures import name_figures
from .naming import Subject

_YEAR = "2021"


def catalogue_problems(grammar: Grammar) -> Iterator[Problem]:
    """What is wrong with the examples of indicators and themes."""
    catalogue = catalogue_of(grammar)
    for entry, place in grammar.located():
        if not isinstance(entry, IndicatorEntry | ThemeEntry):
            continue
        for kind, examples in (("examples", entry.examples), ("counter_examples", entry.counter_examples)):
            for number, example in enumerate(examples):
                holds = kind == "examples"
                if isinstance(entry, ThemeEntry):
                    reason = _theme_mistake(catalogue, entry, example, holds)
                elif example.table or "[[" in example.text:
                    reason = _value_mistake(grammar, entry, example, holds)
                else:
                    reason = _name_mistake(catalogue, entry, example, holds)
                if reason:
                    yield example_fails(place / kind / number, entry, _shown(example), reason)


# Names --------------------------------------------------------------------------------------------
def _theme_mistake(catalogue: Catalogue, entry: ThemeEntry, example: IndicatorExample, holds: bool) -> str:
    return _verdict("theme", catalogue.theme_of(_subject(example)), entry.id, holds)


def _name_mistake(catalogue: Catalogue, entry: IndicatorEntry, example: IndicatorExample, holds: bool) -> str:
    choice = catalogue.of_figure(_subject(example), {"", entry.family})
    return _verdict("indicator", choice.entry.id if choice else "", entry.id, holds)


def _verdict(what: str, got: str, wanted: str, holds: bool) -> str:
    if holds and got != wanted:
        return f"its {what} is `{got}`" if got else f"it has no {what}"
    return f"its {what} is this one" if not holds and got == wanted else ""


def _subject(example: IndicatorExample) -> Subject:
    return Subject(
        role=example.role,
        row=example.row,
        column=example.column,
        label=example.label or example.text,
        caption=example.caption,
        section=example.section,
        sentence=example.sentence,
        unit=example.unit,
        kind=example.kind or FigureKind.PROSE,
        figure_role=example.figure_role,
        value=example.value,
        bound=example.bound,
        part=example.part,
    )


# Values -------------------------------------------------------------------------------------------
def _value_mistake(grammar: Grammar, entry: IndicatorEntry, example: IndicatorExample, holds: bool) -> str:
    document = _document(example)
    context = Context(document, grammar, Identity(year=_YEAR), headings(document))
    figures = [figure for table in extract_tables(context, []) for figure in table.figures]
    figures = figures or list(extract_prose(context, []))
    mine = [
        figure
        for figure in name_figures(context, figures, frozenset(["", entry.family]))
        if figure.indicator == entry.id and _YEAR in figure.period
    ]
    if not holds:
        return _found_anyway(document, example, mine)
    wanted = example.gives if example.table else None
    spans = _spans(document, example)
    if not mine:
        return "no value is found"
    if wanted is not None and {figure.value for figure in mine} != {wanted}:
        return f"the value found is {_values(mine)}, not {wanted}"
    if not example.table and not spans & {(figure.char_start, figure.char_end) for figure in mine}:
        return f"the value found is {_values(mine)}, not the one marked"
    return ""


def _found_anyway(document: Document, example: IndicatorExample, mine: list[FigureRow]) -> str:
    spans = _spans(document, example)
    wrong = [f for f in mine if example.table or (f.char_start, f.char_end) in spans]
    return f"{_values(wrong)} is found" if wrong else ""


def _values(figures: list[FigureRow]) -> str:
    return ", ".join(sorted({str(figure.value) for figure in figures}))


def _spans(document: Document, example: IndicatorExample) -> set[tuple[int, int]]:
    text, spans = unmark(example.text)
    shift = len(document.text) - len(text)
    return {(start + shift, end + shift) for start, end in spans}


def _document(example: IndicatorExample) -> Document:
    """A report that holds the example and nothing else."""
    text, _ = unmark(example.text)
    head = f"{example.section}\n\n" if example.section else ""
    blocks = []
    if head:
        blocks.append(Block(kind=BlockKind.HEADING, start=0, end=len(example.section), level=1))
    tables: tuple[Table, ...] = ()
    if example.table:
        text = "\n".join(" | ".join(row) for row in example.table)
        tables = (_table(example.table, len(head)),)
        blocks.append(Block(kind=BlockKind.TABLE, start=len(head), end=len(head) + len(text), table=0))
    elif text:
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=len(head), end=len(head) + len(text)))
    whole = head + text
    return Document(
        source="example", media_type="text/plain", sha256="0" * 64, byte_count=len(whole),
        text=whole, blocks=tuple(blocks), tables=tables,
    )  # fmt: skip


def _table(rows: tuple[tuple[str, ...], ...], start: int) -> Table:
    cells = []
    at = start
    for row, line in enumerate(rows):
        for column, words in enumerate(line):
            cells.append(Cell(row=row, column=column, start=at, end=at + len(words)))
            at += len(words) + len(" | ")
        at += 1 - len(" | ")
    return Table(
        start=start, end=at - 1, row_count=len(rows), column_count=max(map(len, rows)), cells=tuple(cells)
    )


def _shown(example: IndicatorExample) -> str:
    said = example.model_dump(mode="json", exclude_defaults=True)
    return example.text or ", ".join(f"{name}: {value}" for name, value in said.items())
