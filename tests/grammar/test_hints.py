"""Hints never say no where the pattern matches: tried on every pattern and text of the grammars."""

from __future__ import annotations

import pytest

from rapextract.grammar import Grammar, load_grammar, matchable
from rapextract.grammar.hints import BLANKS, Ends, hints_of, may_match
from rapextract.grammar.patterns import alternatives, compile_pattern, fold_pattern
from rapextract.grammar.schema import patterns_in


@pytest.mark.parametrize(
    ("pattern", "first", "last", "needs"),
    [
        ("objectifs? *(?:[:=]|de) *", "o", ":=e", ("objectif",)),
        (r"\b(?:janvier|mai)\b", "jm", "ri", ("janvier", "mai")),
        (r"(?:le |la )?jour", "lj", "r", ("jour",)),
        (" ?[%€]{1,2}", "%€", "%€", ("%", "€")),
        (r"(?<![\p{L}])CPAM(?! du)", "C", "M", ("CPAM",)),
        (r"a{0,2}b++", "ab", "b", ("b",)),
        (r"\(\)", "(", ")", ("()",)),
        (r"[-–]\d|[+\-]\d", "-–+", "", ("+", "-", "–")),
    ],
)
def test_hints_of_what_is_listed(pattern: str, first: str, last: str, needs: tuple[str, ...]) -> None:
    hints = hints_of(pattern)
    assert _listed(hints.first) == set(first)
    assert _listed(hints.last) == set(last)
    assert hints.needs[:1] == ((needs,) if needs else ())


def test_what_the_other_parts_need() -> None:
    hints = hints_of(r"(?:est|sont) de (?:\d+ )?(?:tonnes?|kilos?)(?: par jour)?")
    assert hints.needs == ((" de ",), ("kilo", "tonne"), ("est", "sont"))
    assert hints_of("lait|(?:beurre|sucre) roux").needs == ((" roux", "lait"),)


def _listed(ends: Ends | None) -> set[str]:
    assert ends is not None
    return set(ends.listed) - set(BLANKS)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a)\1",
        "(?i)a",
        "(?x) a",
        "(?:a){e<=1}",
        r"\L<names>",
        "(?R)?a",
        "[[:alpha:]]b",
        "a|",
        "a*",
        r"\b",
        "a**(",
    ],
)
def test_what_is_not_understood_or_may_be_empty_has_no_hints(pattern: str) -> None:
    assert hints_of(pattern)[:3] == (None, None, ())


@pytest.mark.parametrize("pattern", [r"a[^\n]b", r"a\w+", r"(?<=\n)a", r"^a", r"a(?!\w)"])
def test_a_match_that_holds_no_line_end(pattern: str) -> None:
    assert hints_of(pattern).on_a_line


@pytest.mark.parametrize("pattern", [r"a[^b]b", r"a\s", "a\n", r"a(?=\n)", "a$", r"a\Z", r"a\W"])
def test_a_match_that_may_look_past_its_line(pattern: str) -> None:
    assert not hints_of(pattern).on_a_line


def test_classes_are_kept_as_patterns() -> None:
    ends = hints_of(r"[^\W\d_]+\d").first
    assert ends is not None
    assert ends.hold("é")
    assert not ends.hold("4")
    assert not ends.hold("")


def test_a_text_without_any_need_can_not_match() -> None:
    assert may_match((), "anything")
    assert may_match((("mai", "juin"),), "en juin")
    assert not may_match((("mai", "juin"),), "en mars")
    assert not may_match((("mai", "juin"), ("en",)), "mai")


def _texts(grammar: Grammar) -> list[str]:
    texts = {
        matchable(example.text)
        for entry, _ in grammar.located()
        for example in (*getattr(entry, "examples", ()), *getattr(entry, "counter_examples", ()))
    }
    return sorted(texts)


def test_no_match_of_any_pattern_of_the_grammars_escapes_its_hints() -> None:
    grammar = load_grammar()
    texts = _texts(grammar)
    patterns = {fold_pattern(p) for entry, _ in grammar.located() for p in patterns_in(entry)}
    assert len(texts) > 300
    assert len(patterns) > 300
    matches = 0
    whole = "\n\n".join(texts)
    for pattern in sorted(patterns):
        first, last, needs, on_a_line = hints_of(pattern)
        for match in compile_pattern(alternatives([pattern])).finditer(whole):
            said = match[0].strip(BLANKS)
            matches += 1
            assert first is None or first.hold(said[:1]), (pattern, match[0])
            assert last is None or last.hold(said[-1:]), (pattern, match[0])
            assert may_match(needs, match[0]), (pattern, match[0])
            assert not on_a_line or "\n" not in match[0], (pattern, match[0])
    assert matches > 5000
