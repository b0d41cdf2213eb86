"""Figure rules: each condition, the chain of reject, take and set, and slow patterns."""

from decimal import Decimal
from typing import Any

import pytest

from rapextract.french.numbers import scan_numbers
from rapextract.grammar import Candidate, FigureRules, GrammarError
from rapextract.grammar.examples import unmark
from rapextract.grammar.schema import FigureRule
from rapextract.model import BlockKind, FigureKind


def rule(**said: Any) -> FigureRule:
    return FigureRule.model_validate({"id": "r", "does": "reject", **said})


def candidate(marked: str, **more: Any) -> Candidate:
    text, [(start, end)] = unmark(marked)
    number = next(n for n in scan_numbers(text) if n.start == start)
    return Candidate.of(
        text, start, end, form=number.form, marks=number.marks, value=number.value, stop=number.stop, **more
    )


def holds(said: dict[str, Any], marked: str, **more: Any) -> bool:
    one = rule(**said)
    return FigureRules([one]).matches(one, candidate(marked, **more))


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ({"number": r"\d{2}"}, "les [[15]] maisons", True),
        ({"number": r"\d{2}"}, "les [[150]] maisons", False),
        ({"before": "objectifs? *: *"}, "Objectif : [[15]] jours", True),
        ({"before": "objectifs? *: *"}, "Objectif : 12, socle : [[15]]", False),
        ({"before": r"\bde "}, "une grande [[15]]", False),
        ({"before": ["vers ", "près de "]}, "PRÈS DE [[15]]", True),
        ({"before": "^"}, "[[15]] jours", True),
        ({"before": "^"}, "en [[15]] jours", False),
        ({"after": " jours$"}, "en [[15]] jours", True),
        ({"after": " jours$"}, "en [[15]] jours ouvrés", False),
        ({"after": " trimestre"}, "le [[2]]e trimestre", True),
        ({"after": " février"}, "le [[2]]\nFÉVRIER", True),
        ({"sentence": "audit"}, "Un audit a vu [[15]] dossiers.", True),
        ({"section": "^ressources"}, "[[15]] agents", False),
        ({"form": "words"}, "[[quinze]] agents", True),
        ({"form": "ordinal"}, "la [[8]]e place", True),
        ({"form": ["words", "ordinal"]}, "les [[15]] agents", False),
        ({"value": {"min": 15}}, "[[15]] agents", True),
        ({"value": {"min": 16}}, "[[15]] agents", False),
        ({"value": {"integer": True}}, "[[1,5]] agent", False),
        ({"before": "les ", "after": " agents"}, "les [[15]] agents", True),
        ({"before": "les ", "after": " cadres"}, "les [[15]] agents", False),
        ({"before": "les ", "unless": {"after": " agents"}}, "les [[15]] agents", False),
        (
            {"before": "les ", "unless": [{"after": " cadres"}, {"after": " dossiers"}]},
            "les [[15]] agents",
            True,
        ),
        ({"before": "PDF ", "verbatim": True}, "le pdf [[15]]", False),
        ({"before": "PDF ", "verbatim": True}, "le PDF [[15]]", True),
    ],
)
def test_conditions(said: dict[str, Any], text: str, expected: bool):
    assert holds(said, text) is expected


def test_conditions_from_outside_the_text():
    assert holds({"section": "effectifs"}, "[[15]] agents", section="Ressources › Les Effectifs")
    assert holds({"kind": "table"}, "[[15]]", kind=FigureKind.TABLE)
    assert not holds({"kind": ["table", "headcount"]}, "[[15]]")
    assert holds({"block": "heading"}, "[[15]] ans", block_kind=BlockKind.HEADING)
    assert holds({"unit": ["%", "EUR"]}, "[[15]] €", unit="EUR")
    assert not holds({"unit": "%"}, "[[15]] €", unit="EUR")


def test_neither_before_nor_after_leaves_the_block():
    text = "objectif :\n\n15 jours"
    inside = Candidate.of(text, 12, 14)
    walled = Candidate(inside.plain, inside.folded, 12, 14, sentence=(12, 20), block=(12, 20))
    one = rule(before=r"objectif :\s*")
    assert FigureRules([one]).matches(one, inside)
    assert not FigureRules([one]).matches(one, walled)


def test_chain_takes_the_first_and_gathers_attributes():
    rules = FigureRules(
        [
            rule(id="no", number="13"),
            rule(id="late", does="take", number=r"\d+"),
            rule(id="early", does="take", number="1.", priority=1, set={"confidence": 0.5}),
            rule(
                id="objective",
                does="set",
                before="objectif ",
                set={"role": "objective", "dimensions": {"a": "1"}},
            ),
            rule(
                id="about", does="set", number=".+", set={"role": "floor", "dimensions": {"a": "2", "b": "3"}}
            ),
        ]
    )
    taken = candidate("objectif [[15]] jours")
    first = rules.take(taken)
    assert rules.reject(taken) is None
    assert first is not None and first.id == "early"
    given = rules.set(taken, first)
    assert given.values == {"role": "objective", "confidence": 0.5, "dimensions": {"a": "1", "b": "3"}}
    assert {name: by.id for name, by in given.rules.items()} == {
        "role": "objective", "confidence": "early", "dimensions.a": "objective", "dimensions.b": "about",
    }  # fmt: skip
    refused = rules.reject(candidate("objectif [[13]] jours"))
    assert refused is not None and refused.id == "no"


def test_sentences_are_not_mixed_up_by_the_memory():
    rules = FigureRules([rule(sentence="audit")])
    text = "Un audit de 15 jours. Puis 16 jours."
    whole = Candidate.of(text, 12, 14)
    first = Candidate(whole.plain, whole.folded, 12, 14, sentence=(0, 21), block=(0, len(text)))
    second = Candidate(whole.plain, whole.folded, 27, 29, sentence=(22, 36), block=(0, len(text)))
    assert [rules.reject(c) is not None for c in (first, second, first)] == [True, False, True]


def test_a_slow_pattern_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("rapextract.grammar.limited.TIME_LIMIT", 0.05)
    rules = FigureRules([rule(id="reject.endless", before="b(?:a|aa)+ ")])
    with pytest.raises(GrammarError, match=r"G06.*reject\.endless"):
        rules.reject(candidate("bc" + "a" * 140 + " [[15]] jours"))


def test_value_is_exact():
    assert candidate("[[1,5 million]] de personnes").value == Decimal(1500000)
