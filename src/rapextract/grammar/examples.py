"""Running the examples that are written in grammar files, each in its own rule's terms.

An example marks in ``[[ ]]`` what its rule is about. A figure rule must hold for each of its examples
and for none of its counter-examples. Entries of words and patterns must match the marked words as a whole
(or be found anywhere, where nothing is marked). A case of the acronym forms must give its ties, all of
them and no other.

What only an extractor can run (whether the number is taken in the end, staff panels) is run by
`rapextract.extract.examples`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import regex

from ..french.numbers import Number, scan_numbers
from ..french.sentences import sentence_spans
from ..model import Problem, problems
from .acronym_forms import TieExample
from .compiled import regexp
from .figure_rules import Candidate
from .load import Grammar
from .mistakes import GrammarError
from .patterns import alternatives, compile_pattern, fold_pattern, matchable, unwrapped, whole_words
from .schema import Entry, FigureExample, FigureRule, pattern_fields
from .schema_checks import OppositeWords
from .sources import Place
from .units import Units
from .vocabulary import UnitEntry

_MARK = regexp(r"\[\[(.*?)\]\]", regex.DOTALL)


class Marked(NamedTuple):
    """An example's text without its marks, and the spans that were marked."""

    text: str
    spans: tuple[tuple[int, int], ...]


class Ran(NamedTuple):
    """What running the examples gave."""

    examples: int
    counter_examples: int
    problems: tuple[Problem, ...]


def unmark(text: str) -> Marked:
    """Take the ``[[ ]]`` out of an example's text."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    last = length = 0
    for match in _MARK.finditer(text):
        before = text[last : match.start()]
        start = length + len(before)
        parts += [before, match[1]]
        length = start + len(match[1])
        spans.append((start, length))
        last = match.end()
    return Marked("".join([*parts, text[last:]]), tuple(spans))


UnitOf = Callable[[FigureExample], str]
"""Gives the unit of the number that an example marks."""


def run_examples(grammar: Grammar, unit_of: UnitOf) -> Ran:
    """Run every example in its own rule's terms.

    `unit_of` finds the unit of an example that does not state it, for rules that look at the unit.
    """
    runner = _Runner(grammar, unit_of)
    found: list[Problem] = []
    counts = [0, 0]
    for entry, place in grammar.located():
        if isinstance(entry, TieExample):
            counts[not entry.gives] += 1
            found += [example_fails(place, entry, entry.text, reason) for reason in runner.ties(entry)]
        for index, name in enumerate(("examples", "counter_examples")):
            for number, example in enumerate(getattr(entry, name, ())):
                counts[index] += 1
                where = place / name / number
                try:
                    reasons = list(runner.mistakes(entry, example, name == "examples"))
                except GrammarError as error:
                    found += error.problems
                    continue
                found += [example_fails(where, entry, example.text, reason) for reason in reasons]
    return Ran(counts[0], counts[1], tuple(found))


def example_fails(where: Place, entry: Entry, text: str, reason: str) -> Problem:
    """The problem of an example of `entry` that fails for `reason`."""
    said = f"{reason} in « {text.strip()} »"
    return problems.GRAMMAR_EXAMPLE(where=where, rule=f"`{entry.id}`", reason=said)


class _Runner:
    """Runs the examples of one grammar."""

    def __init__(self, grammar: Grammar, unit_of: UnitOf):
        self._grammar = grammar
        self._unit_of = unit_of

    def mistakes(self, entry: Entry, example: Any, should_hold: bool) -> Iterator[str]:
        """What is wrong with an example of `entry`."""
        if isinstance(entry, FigureRule):
            yield from self._figure(entry, example, should_hold)
        elif isinstance(entry, UnitEntry):
            yield from _unit_mistakes(self._grammar.units, entry, example.text, should_hold)
        elif isinstance(entry, OppositeWords):
            folded = matchable(example.text)
            named = [compile_pattern(alternatives(map(fold_pattern, p))) for p in (entry.first, entry.second)]
            if all(pattern.search(folded) for pattern in named) != should_hold:
                yield "not both outcomes are found" if should_hold else "both outcomes are found"
        elif fields := pattern_fields(type(entry)) & {"before", "after", "sentence"}:
            yield from _anchored_mistakes(entry, fields, example.text, should_hold)
        elif _WORD_FIELDS & type(entry).model_fields.keys():
            yield from _word_mistakes(entry, example.text, should_hold)

    def _figure(self, rule: FigureRule, example: FigureExample, should_hold: bool) -> Iterator[str]:
        candidate = example_candidate(example)
        if isinstance(candidate, str):
            yield candidate
            return
        if rule.unit or any(conditions.unit for conditions in rule.unless):
            candidate.unit = example.unit if example.unit is not None else self._unit_of(example)
        if self._grammar.figure_rules.matches(rule, candidate) != should_hold:
            yield "the rule does not hold" if should_hold else "the rule holds"

    def ties(self, case: TieExample) -> Iterator[str]:
        """What is wrong with a case of the acronym forms."""
        forms = self._grammar.acronym_forms
        found = {case.text[slice(*tie.short)]: case.text[slice(*tie.long)] for tie in forms.inline(case.text)}
        if case.glossary:
            entries = [(line, forms.entry(line)) for line in case.text.splitlines()]
            found = {
                line[slice(*tie.short)]: line[slice(*tie.long)] for line, tie in entries if tie is not None
            }
        for short in [*case.gives, *(short for short in found if short not in case.gives)]:
            expected, got = case.gives.get(short), found.get(short)
            if expected != got:
                yield f"`{short}` is tied to {_said(got)}, not to {_said(expected)}"


# Figure rules -------------------------------------------------------------------------------------
def example_candidate(example: FigureExample) -> Candidate | str:
    """The candidate that an example marks, or what is wrong with the example."""
    text, spans = unmark(example.text)
    if len(spans) != 1:
        return f"{len(spans)} numbers are marked with [[ ]], it must be one"
    start, end = spans[0]
    number = _number_at(text, start, end)
    if isinstance(number, str):
        return number
    sentence = next((span for span in sentence_spans(text) if span[0] <= start < span[1]), (0, len(text)))
    return Candidate(
        plain=unwrapped(text),
        folded=matchable(text),
        start=start,
        end=end,
        sentence=sentence,
        block=(0, len(text)),
        section=example.section,
        unit=example.unit or "",
        kind=example.kind,
        block_kind=example.block,
        form=number.form,
        marks=number.marks,
        value=number.value,
        stop=number.stop,
    )


def _number_at(text: str, start: int, end: int) -> Number | str:
    near = [number for number in scan_numbers(text) if number.start < end and start < number.end]
    for number in [*near, *(part for whole in near for part in whole.parts)]:
        if (number.start, number.end) == (start, end):
            return number
    seen = ", ".join(f"[[{number.text}]]" for number in near) or "no number"
    return f"[[{text[start:end]}]] is marked, but {seen} is read there"


def _said(value: Any) -> str:
    return "nothing" if value is None else f"`{value}`"


# Other kinds --------------------------------------------------------------------------------------
def _anchored_mistakes(entry: Entry, fields: frozenset[str], marked: str, should_hold: bool) -> Iterator[str]:
    text, spans = unmark(marked)
    if len(spans) != 1:
        yield f"{len(spans)} places are marked with [[ ]], it must be one"
        return
    start, end = spans[0]
    folded = matchable(text)
    holds = True
    for name in fields:
        patterns: tuple[str, ...] = getattr(entry, name)
        if not patterns:
            continue
        pattern = compile_pattern(alternatives(map(fold_pattern, patterns)), backwards=name == "before")
        if name == "before":
            match = pattern.match(folded, 0, start)
        else:
            match = pattern.match(folded, end) if name == "after" else pattern.search(folded)
        holds = holds and match is not None
    if holds != should_hold:
        yield "the rule does not hold" if should_hold else "the rule holds"


def _unit_mistakes(units: Units, entry: UnitEntry, marked: str, should_hold: bool) -> Iterator[str]:
    text, spans = unmark(marked)
    if len(spans) != 1:
        yield f"{len(spans)} numbers are marked with [[ ]], it must be one"
        return
    folded = matchable(text)
    found = units.after(folded, spans[0][1])
    if (found is not None and found.unit == entry.id) != should_hold:
        yield f"the unit found is `{found.unit}`" if found else "no unit is found"


def _word_mistakes(entry: Entry, marked: str, should_hold: bool) -> Iterator[str]:
    """What is marked must be a word or pattern of the entry as a whole; with no mark, one must be there."""
    text, spans = unmark(marked)
    folded = matchable(text)
    patterns = list(_patterns(entry))
    if spans:
        for start, end in spans:
            if any(pattern.fullmatch(folded, start, end) for pattern in patterns) != should_hold:
                yield f"[[{text[start:end]}]] is {'not ' if should_hold else ''}one of its words"
    else:
        found = next((match for pattern in patterns for match in pattern.finditer(folded)), None)
        if should_hold and found is None:
            yield "nothing is found"
        elif found is not None and not should_hold:
            yield f"[[{text[found.start() : found.end()]}]] is found"


_WORD_FIELDS = {"words", "names", "towns", "patterns", "line"}


def _patterns(entry: Entry) -> Iterator[regex.Pattern[str]]:
    """The words and patterns of an entry, each as a pattern that matches it as whole words."""
    for name in ("words", "names", "towns"):
        for word in getattr(entry, name, ()):
            yield whole_words(regex.escape(matchable(word), literal_spaces=True))
    for pattern in getattr(entry, "patterns", ()):
        yield whole_words(fold_pattern(pattern))
    for pattern in getattr(entry, "line", ()):
        yield compile_pattern(rf"(?m:^(?:{fold_pattern(pattern)})$)")
