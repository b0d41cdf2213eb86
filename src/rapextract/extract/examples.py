"""`grammar test`: every example of a grammar, in its rule's terms and through the whole extraction.

A `take` or `set` example says that its number is a figure: it goes through the same steps as the numbers of
a report, must come out taken, and must get the attributes that the example gives. Staff panels are read
whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..french.numbers import scan_numbers
from ..french.periods import scan_periods
from ..grammar import Grammar, load_grammar
from ..grammar.examples import Ran, example_candidate, example_fails, run_examples, unmark
from ..grammar.schema import FigureExample, FigureRule
from ..grammar.schema_panels import PanelCase
from ..model import Problem
from .counted import Counting, Draft
from .indicators.examples import catalogue_problems
from .panels import PanelReader
from .texts import Texts


def grammar_test(grammars: Path | str | None = None) -> Ran:
    """Run the examples of the shipped grammars and of the folder `grammars`.

    Gives how many examples and counter-examples ran and a `Problem` with file, line and reason for each
    that fails. Raises `GrammarError` where the files can't even be loaded.
    """
    grammar = load_grammar(grammars)
    ran = run_examples(grammar, unit_of=lambda example: _unit(grammar, example))
    panels = [(entry, place) for entry, place in grammar.located() if isinstance(entry, PanelCase)]
    empty = sum(not case.gives for case, _ in panels)
    reader = PanelReader(grammar)
    found = [
        example_fails(place, case, case.text.splitlines()[0], reason)
        for case, place in panels
        if isinstance(case, PanelCase)
        for reason in _panel_mistakes(reader, case)
    ]
    return Ran(
        ran.examples + len(panels) - empty,
        ran.counter_examples + empty,
        (*ran.problems, *_chain_problems(grammar), *found, *catalogue_problems(grammar)),
    )


# Figure rules -------------------------------------------------------------------------------------
def _chain_problems(grammar: Grammar) -> Iterator[Problem]:
    for rule, place in grammar.located():
        if isinstance(rule, FigureRule) and rule.does != "reject":
            for number, example in enumerate(rule.examples):
                for reason in _chain_mistakes(grammar, example):
                    yield example_fails(place / "examples" / number, rule, example.text, reason)


def _chain_mistakes(grammar: Grammar, example: FigureExample) -> Iterator[str]:
    draft = _draft(grammar, example)
    if draft is None:
        candidate = example_candidate(example)
        rejected = None if isinstance(candidate, str) else grammar.figure_rules.reject(candidate)
        yield f"the number is rejected by `{rejected.id}`" if rejected else "the number is not taken"
        return
    if example.unit is not None and draft.unit != example.unit:
        yield f"the unit found is `{draft.unit}`, not `{example.unit}`"
    gives = example.gives.model_dump(exclude_none=True) if example.gives is not None else {}
    for name, expected in gives.items():
        got: Any = draft.unit if name == "unit" else draft.given.values.get(name)
        if got != expected:
            by = f" (by `{draft.given.rules[name].id}`)" if name in draft.given.rules else ""
            yield f"{name} is `{got}`{by}, not `{expected}`"


def _draft(grammar: Grammar, example: FigureExample) -> Draft | None:
    """The figure that the marked number becomes, by the same steps as in a report."""
    text, spans = unmark(example.text)
    calendar = [(period.start, period.end) for period in scan_periods(text)]
    numbers = []
    for whole in scan_numbers(text):
        marked = [number for number in (whole, *whole.parts) if (number.start, number.end) in spans]
        number = marked[0] if marked else whole
        if not marked and any(start < number.end and number.start < end for start, end in calendar):
            continue
        at = f"{text[: number.start]}[[{text[number.start : number.end]}]]{text[number.end :]}"
        candidate = example_candidate(example.model_copy(update={"text": at}))
        if not isinstance(candidate, str):
            numbers.append((number, candidate))
    drafts = Counting(grammar, Texts(text)).drafts(numbers)
    return next((draft for draft in drafts if (draft.number.start, draft.number.end) in spans), None)


def _unit(grammar: Grammar, example: FigureExample) -> str:
    draft = _draft(grammar, example)
    return draft.unit if draft is not None else ""


# Staff panels -------------------------------------------------------------------------------------
def _panel_mistakes(reader: PanelReader, case: PanelCase) -> Iterator[str]:
    panels = list(reader.panels(case.text))
    lines = tuple(line for panel in panels for line in map(_panel_line, panel.counts))
    if lines != case.gives:
        yield f"the panel reads {list(lines)}, not {list(case.gives)}"
    for name in ("date", "contract"):
        expected = getattr(case, name)
        got = getattr(panels[0], name) if panels else ""
        if expected != got:
            yield f"its {name} is `{got}`, not `{expected}`"


def _panel_line(count: Any) -> str:
    part_of = f" < {count.part_of}" if count.part_of else ""
    unit = "ETP" if count.full_time else ""
    return " ".join(filter(None, (str(count.number.value), unit, count.role, count.group))) + part_of
