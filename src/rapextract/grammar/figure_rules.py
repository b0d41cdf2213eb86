"""Figure rules at work: is this number a figure, and what do the rules say of it?

A candidate becomes a figure when no `reject` rule matches and some `take` rule does. `before` and
`after` patterns are anchored exactly at the number (they spell the spaces) and see at most `WINDOW`
characters of the number's block; `sentence` and `section` patterns are searched.

Speed: rules are sorted by priority once; a number asks only those that its form, its unit and the
characters beside it leave open (`_Chain`); the cheap tests of each come first, and what a sentence or a
section decides is remembered until the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..model import BlockKind, FigureKind
from .hints import BLANKS, Ends, hints_of, may_match
from .patterns import (
    alternatives,
    compile_pattern,
    fold_pattern,
    matchable,
    too_slow,
    unwrapped,
)
from .schema import Attributes, Conditions, FigureRule, ValueRange

WINDOW = 160
"""Characters that `before` and `after` patterns may look at."""


@dataclass(slots=True)
class Candidate:
    """A number in its surroundings, as the rules see it.

    `plain` and `folded` are the whole reading text, once with line breaks as spaces and once folded as
    well (`rapextract.grammar.patterns.unwrapped` and `matchable`), so that all offsets are the
    document's. `start:end` is the number, `sentence` and `block` are the spans around it. `section`
    is the headings above, joined with `` › ``. `form`, `marks`, `value` and `stop` are those of the
    `rapextract.french.numbers.Number`; a rule's `form` is looked for in `form` and `marks`, its `after`
    starts at `stop`, past the « e » of « 8e ».
    """

    plain: str
    folded: str
    start: int
    end: int
    sentence: tuple[int, int]
    block: tuple[int, int]
    section: str = ""
    unit: str = ""
    kind: FigureKind = FigureKind.PROSE
    block_kind: BlockKind = BlockKind.PARAGRAPH
    form: str = ""
    marks: frozenset[str] = frozenset()
    value: Decimal | None = None
    stop: int = -1
    _block_texts: tuple[str, str] = field(init=False, repr=False)
    left: str = field(init=False, repr=False)
    """The `WINDOW` before the number in its block, folded."""
    right: str = field(init=False, repr=False)
    """The `WINDOW` behind it."""

    def __post_init__(self) -> None:
        self.stop = max(self.stop, self.end)
        left, right = self.block
        self._block_texts = (self.folded[left:right], self.plain[left:right])
        self.left = self.folded[max(left, self.start - WINDOW) : self.start]
        self.right = self.folded[self.stop : min(right, self.stop + WINDOW)]

    def around(self, verbatim: bool) -> tuple[str, int, int]:
        """The block's text, and where the number starts and ends in it."""
        return self._block_texts[verbatim], self.start - self.block[0], self.end - self.block[0]

    def beside(self) -> tuple[str, str]:
        """The last character before the number and the first behind it that are not blank, folded.

        Empty where the windows have none.
        """
        return self.left.rstrip(BLANKS)[-1:], self.right.lstrip(BLANKS)[:1]

    @classmethod
    def of(cls, text: str, start: int, end: int, **more: Any) -> Candidate:
        """Make a candidate of a short text that is one sentence and one block."""
        whole = (0, len(text))
        return cls(unwrapped(text), matchable(text), start, end, sentence=whole, block=whole, **more)


@dataclass(frozen=True, slots=True)
class Given:
    """The attributes that `set` rules give a figure, each with the rule that gave it."""

    values: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, FigureRule] = field(default_factory=dict)


Test = Callable[[Candidate], bool]


class FigureRules:
    """The compiled figure rules of a grammar."""

    def __init__(self, rules: Iterable[FigureRule]):
        """Compile `rules`, whose patterns have their pieces set in already; priority, then order."""
        ordered = sorted(rules, key=lambda rule: -rule.priority)
        self.rules: tuple[FigureRule, ...] = tuple(ordered)
        self._memory = _Memory()
        self._reject = _Chain((r for r in ordered if r.does == "reject"), self._memory)
        self._take = _Chain((r for r in ordered if r.does == "take"), self._memory)
        self._set = _Chain((r for r in ordered if r.does == "set"), self._memory)

    def reject(self, candidate: Candidate) -> FigureRule | None:
        """The first rule that says this number is no figure."""
        return next(self._reject.matching(candidate), None)

    def take(self, candidate: Candidate) -> FigureRule | None:
        """The first rule that says this number is a figure (`reject` not asked)."""
        return next(self._take.matching(candidate), None)

    def set(self, candidate: Candidate, taken_by: FigureRule | None = None) -> Given:
        """What the rules say of a figure: for each attribute, the first rule that gives it.

        The `set:` of the `take` rule comes last. Of `dimensions` each key counts for itself.
        """
        given = Given()
        rules = list(self._set.matching(candidate))
        if taken_by is not None and taken_by.set is not None:
            rules.append(taken_by)
        for rule in rules:
            if rule.set is not None:
                _add(given, rule, rule.set)
        return given

    def matches(self, rule: FigureRule, candidate: Candidate) -> bool:
        """Does this one rule hold for the candidate?"""
        return _Rule(rule, self._memory).holds(candidate)


def _add(given: Given, rule: FigureRule, attributes: Attributes) -> None:
    for name in type(attributes).model_fields:
        value = getattr(attributes, name)
        if value is None:
            continue
        if name == "dimensions":
            known = given.values.setdefault("dimensions", {})
            for key, said in value.items():
                if key not in known:
                    known[key] = said
                    given.rules[f"dimensions.{key}"] = rule
        elif name not in given.values:
            given.values[name] = value
            given.rules[name] = rule


class _Memory:
    """What the last sentence and section decided, by pattern."""

    def __init__(self) -> None:
        self._key: dict[str, str] = {}
        self._found: dict[str, dict[str, bool]] = {}

    def search(self, what: str, pattern: str, text: str) -> bool:
        """Is `pattern` found in `text`? Remembered while `text` stays the same for this `what`."""
        if self._key.get(what) != text:
            self._key[what] = text
            self._found[what] = {}
        found = self._found[what]
        if pattern not in found:
            found[pattern] = compile_pattern(pattern).search(text) is not None
        return found[pattern]


class _Rule:
    """One rule as a list of tests, the cheap ones first."""

    def __init__(self, rule: FigureRule, memory: _Memory):
        self.rule = rule
        self._tests = _tests(rule, rule.verbatim, memory)
        self._unless = [_tests(conditions, rule.verbatim, memory) for conditions in rule.unless]
        self._before = _ends(rule, "before")
        self._after = _ends(rule, "after")

    def holds(self, candidate: Candidate) -> bool:
        try:
            if not _all(self._tests, candidate):
                return False
            return not any(_all(tests, candidate) for tests in self._unless)
        except TimeoutError as error:
            raise too_slow(self.rule.id) from error

    # What leaves the rule open, one thing looked at -------------------------------------------------
    def open_to_kind(self, kind: FigureKind) -> bool:
        return not self.rule.kind or kind in self.rule.kind

    def open_to_block(self, kind: BlockKind) -> bool:
        return not self.rule.block or kind in self.rule.block

    def open_to_form(self, forms: frozenset[str]) -> bool:
        return not self.rule.form or not forms.isdisjoint(self.rule.form)

    def open_to_unit(self, unit: str) -> bool:
        return not self.rule.unit or unit in self.rule.unit

    def open_behind(self, character: str) -> bool:
        return self._before is None or self._before.hold(character)

    def open_ahead_of(self, character: str) -> bool:
        return self._after is None or self._after.hold(character)


def _ends(rule: FigureRule, name: str) -> Ends | None:
    """The character beside the number that the rule's patterns on that side ask for."""
    patterns = getattr(rule, name)
    if rule.verbatim or not patterns:
        return None
    source = alternatives(map(fold_pattern, patterns))
    hints = hints_of(source)
    return hints.last if name == "before" else hints.first


def _all(tests: list[Test], candidate: Candidate) -> bool:
    # a loop, not all(): this runs a hundred times a number, and a generator would double its cost
    for test in tests:  # noqa: SIM110
        if not test(candidate):
            return False
    return True


class _Chain:
    """Rules in order, asked one by one; those that what is known beforehand rules out are not asked.

    What is known: the number's form, its unit, the characters beside it. For each answer that was met, a
    set of rules (a bit a rule) is remembered; the rules left open are those in all the sets.
    """

    def __init__(self, rules: Iterable[FigureRule], memory: _Memory):
        self._rules = [_Rule(rule, memory) for rule in rules]
        self._sets: dict[tuple[Callable[..., bool], Hashable], int] = {}
        self._open: dict[int, tuple[_Rule, ...]] = {}

    def matching(self, candidate: Candidate) -> Iterator[FigureRule]:
        """The rules that hold, in order, found one at a time."""
        return (item.rule for item in self._left_open(candidate) if item.holds(candidate))

    def _left_open(self, candidate: Candidate) -> tuple[_Rule, ...]:
        before, after = candidate.beside()
        bits = (
            self._set(_Rule.open_to_kind, candidate.kind)
            & self._set(_Rule.open_to_block, candidate.block_kind)
            & self._set(_Rule.open_to_form, candidate.marks | {candidate.form})
            & self._set(_Rule.open_to_unit, candidate.unit)
            & self._set(_Rule.open_behind, before)
            & self._set(_Rule.open_ahead_of, after)
        )
        if bits not in self._open:
            self._open[bits] = tuple(item for at, item in enumerate(self._rules) if bits >> at & 1)
        return self._open[bits]

    def _set(self, is_open: Callable[..., bool], answer: Hashable) -> int:
        """The rules that are open to an answer, as bits."""
        bits = self._sets.get((is_open, answer))
        if bits is None:
            bits = sum(1 << at for at, item in enumerate(self._rules) if is_open(item, answer))
            self._sets[is_open, answer] = bits
        return bits


def _tests(conditions: Conditions, verbatim: bool, memory: _Memory) -> list[Test]:
    tests: list[Test] = []
    if conditions.kind:
        tests.append(lambda c, kinds=frozenset(conditions.kind): c.kind in kinds)  # type: ignore[misc]
    if conditions.block:
        tests.append(lambda c, kinds=frozenset(conditions.block): c.block_kind in kinds)  # type: ignore[misc]
    if conditions.form:
        tests.append(_form_test(frozenset(conditions.form)))
    if conditions.unit:
        tests.append(lambda c, units=frozenset(conditions.unit): c.unit in units)  # type: ignore[misc]
    if conditions.value is not None:
        tests.append(lambda c, limits=conditions.value: _within(c.value, limits))  # type: ignore[misc]
    for name in ("before", "after", "number"):
        if patterns := getattr(conditions, name):
            tests.append(_pattern_test(name, patterns, verbatim))
    if conditions.section:
        tests.append(_search_test("section", conditions.section, verbatim, memory))
    if conditions.sentence:
        tests.append(_search_test("sentence", conditions.sentence, verbatim, memory))
    return tests


def _form_test(forms: frozenset[str]) -> Test:
    return lambda c: c.form in forms or not forms.isdisjoint(c.marks)


def _pattern_test(name: str, patterns: Sequence[str], verbatim: bool) -> Test:
    source = alternatives(p if verbatim else fold_pattern(p) for p in patterns)
    pattern = compile_pattern(source, backwards=name == "before")
    match, fullmatch = pattern.match, pattern.fullmatch
    needs = () if verbatim else hints_of(source).needs

    def before(c: Candidate) -> bool:
        if not may_match(needs, c.left):
            return False
        text, start, _ = c.around(verbatim)
        return match(text, max(0, start - WINDOW), start) is not None

    def after(c: Candidate) -> bool:
        if not may_match(needs, c.right):
            return False
        text, _, end = c.around(verbatim)
        stop = end + c.stop - c.end
        return match(text, stop, stop + WINDOW) is not None

    def number(c: Candidate) -> bool:
        text, start, end = c.around(verbatim)
        return fullmatch(text, start, end) is not None

    return {"before": before, "after": after, "number": number}[name]


def _search_test(name: str, patterns: Sequence[str], verbatim: bool, memory: _Memory) -> Test:
    source = alternatives(p if verbatim else fold_pattern(p) for p in patterns)
    what = name + (" verbatim" if verbatim else "")

    def section(c: Candidate) -> bool:
        return memory.search(what, source, c.section if verbatim else _section(c.section))

    def sentence(c: Candidate) -> bool:
        text = c.plain if verbatim else c.folded
        return memory.search(what, source, text[c.sentence[0] : c.sentence[1]])

    return {"section": section, "sentence": sentence}[name]


@lru_cache(maxsize=256)
def _section(path: str) -> str:
    return matchable(path)


def _within(value: Decimal | None, limits: ValueRange) -> bool:
    if value is None:
        return False
    if limits.min is not None and value < limits.min:
        return False
    if limits.max is not None and value > limits.max:
        return False
    return limits.integer is None or (value == value.to_integral_value()) == limits.integer
