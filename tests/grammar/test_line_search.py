"""Looking line by line finds what the alternatives find as one pattern."""

from __future__ import annotations

import pytest

from rapextract.grammar import load_grammar, matchable
from rapextract.grammar.line_search import LineSearch, line_search
from rapextract.grammar.patterns import alternatives, compile_pattern, fold_pattern
from rapextract.grammar.schema import patterns_in


@pytest.mark.parametrize(
    ("patterns", "text", "found"),
    [
        (["ab", "abc"], "abc abc", ["ab", "ab"]),
        (["bc", "abc"], "abc\nbc", ["abc", "bc"]),
        (["cd", "abc"], "abcd\ncd", ["abc", "cd"]),
        (["ab?c|d"], "ac d\n\nx\nabc", ["ac", "d", "abc"]),
        ([r"a\sb", "ab"], "a\nb ab", ["a\nb", "ab"]),
        (["a[^b]b"], "a\nb", ["a\nb"]),
        (["a$"], "a\na", ["a"]),
        (["^a"], "a\na", ["a"]),
        ([r"a(?!\n)"], "a\nab", ["a"]),
        ([r"a(?!b)"], "a\nb", ["a"]),
        ([r"\d*"], "1", ["1", ""]),
    ],
)
def test_what_is_found(patterns: list[str], text: str, found: list[str]) -> None:
    assert [match[0] for match in LineSearch(patterns).finditer(text)] == found


def test_whole_words_are_found() -> None:
    text = "en 2022\nexercice 2021, exercice 20212"
    found = line_search((r"exercice (?P<year>\d{4})",), whole_words=True).finditer(text)
    assert [(match["year"], match.start()) for match in found] == [("2021", 8)]


def test_patterns_of_the_grammars_find_what_they_find_as_one() -> None:
    grammar = load_grammar()
    texts = sorted(
        matchable(example.text)
        for entry, _ in grammar.located()
        for example in (*getattr(entry, "examples", ()), *getattr(entry, "counter_examples", ()))
    )
    whole = "\n\n".join(texts)
    patterns = sorted({fold_pattern(p) for entry, _ in grammar.located() for p in patterns_in(entry)})
    found = 0
    for at in range(0, len(patterns), 12):
        some = patterns[at : at + 3]
        expected = [match.span() for match in compile_pattern(alternatives(some)).finditer(whole)]
        assert [match.span() for match in LineSearch(some).finditer(whole)] == expected, some
        found += len(expected)
    assert found > 1000
