"""The examples in grammar files: the shipped ones hold, and wrong ones are found."""

from pathlib import Path

from rapextract.extract.examples import grammar_test
from rapextract.grammar.examples import unmark
from rapextract.model import Problem


def test_shipped_examples_hold():
    ran = grammar_test()
    assert [str(problem) for problem in ran.problems] == []
    assert ran.examples + ran.counter_examples >= 300
    assert ran.counter_examples * 3 >= ran.examples + ran.counter_examples, "a third are counter-examples"


def mine(folder: Path) -> list[Problem]:
    """What is wrong with the examples of this folder."""
    return [problem for problem in grammar_test(folder).problems if problem.message.startswith(folder.name)]


def test_unmark():
    assert unmark("le [[15]] et [[16]] juin") == ("le 15 et 16 juin", ((3, 5), (9, 11)))
    assert unmark("rien") == ("rien", ())


REJECT = "does: reject, before: 'zzz '"
FLOOR = "does: set, before: 'zzz ', set: {role: floor}"
LITS = "text: 'zzz [[15]] lits'"
WRONG = (
    (f"{REJECT}, examples: ['les [[15]] lits']", "the rule does not hold in « les [[15]] lits »"),
    (f"{REJECT}, counter_examples: ['zzz [[15]]']", "the rule holds in « zzz [[15]] »"),
    (f"{REJECT}, examples: ['zzz 15']", "0 numbers are marked"),
    (f"{REJECT}, examples: ['zzz [[1]]5']", "[[1]] is marked, but [[15]] is read there"),
    (f"{REJECT}, examples: ['zzz [[chose]]']", "but no number is read there"),
    (f"{FLOOR}, examples: [{{{LITS}, gives: {{bound: max}}}}]", "bound is `None`, not `max`"),
    (f"{FLOOR}, examples: [{{{LITS}, gives: {{role: change}}}}]", "role is `floor` (by `x6`), not `change`"),
    (
        "does: take, priority: 9, before: 'zzz ', examples: ['zzz [[2021]]']",
        "the number is rejected by `reject.date.year`",
    ),
)


def test_wrong_examples_are_found(tmp_path: Path):
    """Each rule has a word of its own, so that none holds in another's example."""
    words = [f"zz{letter}" for letter in "abcdefgh"]
    rules = [
        f"  - {{id: x{k}, {rule.replace('zzz', word)}}}"
        for k, (word, (rule, _)) in enumerate(zip(words, WRONG, strict=True))
    ]
    (tmp_path / "own.yaml").write_text("\n".join(["kind: figure-rules", "rules:", *rules]), encoding="utf-8")
    found = {problem.message.partition(": ")[0]: problem for problem in mine(tmp_path)}
    assert list(found) == [f"{tmp_path.name}/own.yaml:{line}" for line in range(3, 3 + len(WRONG))]
    for k, (word, problem, (_, says)) in enumerate(zip(words, found.values(), WRONG, strict=True)):
        assert problem.code == "G04"
        assert f"`x{k}`" in problem.message
        assert says.replace("zzz", word) in problem.message


def test_other_kinds_are_run_too(tmp_path: Path):
    (tmp_path / "units.yaml").write_text(
        "kind: units\nunits:\n  - id: lieue\n    words: [lieue, lieues]\n"
        "    examples: ['[[7]] lieues', '[[7]] milles']\n    counter_examples: ['[[2]] lieues']\n",
        encoding="utf-8",
    )
    (tmp_path / "acronyms.yaml").write_text(
        "kind: acronym-forms\ncases:\n"
        "  - {id: c, text: 'un plan local simple (PLS)', gives: {PLS: plan local}}\n"
        "  - {id: d, text: 'un plan (cf. annexe)'}\n",
        encoding="utf-8",
    )
    messages = [problem.message for problem in mine(tmp_path)]
    assert len(messages) == 3
    assert any("no unit is found in « [[7]] milles »" in message for message in messages)
    assert any("the unit found is `lieue` in « [[2]] lieues »" in message for message in messages)
    assert any("`PLS` is tied to `plan local simple`, not to `plan local`" in message for message in messages)


def test_panel_cases_are_run(tmp_path: Path):
    (tmp_path / "panels.yaml").write_text(
        "kind: panels\ncases:\n  - id: c\n    text: |\n      Les effectifs au 31/12/2022\n"
        "      9 agents\n      2 cadres\n    date: '2021-12-31'\n    gives: [9 agent, 2 cadre]\n",
        encoding="utf-8",
    )
    (problem,) = mine(tmp_path)
    assert "its date is `2022-12-31`, not `2021-12-31`" in problem.message
