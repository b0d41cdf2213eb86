"""Loading grammar files: what they may say, and how mistakes are answered."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from rapextract.grammar import Grammar, GrammarError, load_grammar
from rapextract.grammar.schema import FigureRule

RULE = "kind: figure-rules\nrules:\n  - "
RULES = """\
kind: figure-rules
pieces:
  month: janvier|février|mars
  day-month: '\\d{1,2} {month}'
rules:
  - id: reject.day
    does: reject
    number: '[0-3]?\\d'
    after: ' {month}'
  - id: take.all
    does: take
    number: .+
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(GrammarError) as raised:
        Grammar((folder,))
    return [str(problem) for problem in raised.value.problems]


def test_shipped_grammar_loads_and_knows_its_kinds():
    grammar = load_grammar()
    assert len(grammar.entries(FigureRule)) > 50
    assert len(grammar.fingerprint) == 64
    assert load_grammar() is grammar, "compiled once for the same files"


def test_pieces_are_set_in_and_repeats_survive(tmp_path: Path):
    grammar = Grammar((write(tmp_path, rules=RULES),))
    (reject, _) = grammar.entries(FigureRule)
    assert reject.after == (" (?:janvier|février|mars)",)
    assert grammar.pieces["day-month"] == r"\d{1,2} (?:janvier|février|mars)"


def test_pieces_of_one_file_serve_another(tmp_path: Path):
    more = RULE + "{id: r, does: reject, before: '{day-month} '}\n"
    grammar = Grammar((write(tmp_path, rules=RULES, zmore=more),))
    assert grammar.entries(FigureRule)[-1].before[0].startswith(r"(?:\d{1,2} (?:janvier")


def test_extra_folder_overrides_adds_and_disables(tmp_path: Path):
    base = write(tmp_path / "base", rules=RULES)
    own = write(
        tmp_path / "own",
        rules="kind: figure-rules\nrules:\n"
        "  - {id: reject.day, does: reject, number: '7'}\n"
        "  - {id: take.all, does: take, disabled: true}\n"
        "  - {id: take.own, does: take, number: '8'}\n",
    )
    rules = {rule.id: rule for rule in Grammar((base, own)).entries(FigureRule)}
    assert set(rules) == {"reject.day", "take.own"}
    assert rules["reject.day"].number == ("7",)


def test_fingerprint_follows_the_bytes(tmp_path: Path):
    first = Grammar((write(tmp_path, rules=RULES),)).fingerprint
    assert Grammar((tmp_path,)).fingerprint == first
    write(tmp_path, rules=RULES + "# a word more\n")
    assert Grammar((tmp_path,)).fingerprint != first


def test_pickled_with_its_patterns(tmp_path: Path):
    grammar = Grammar((write(tmp_path, rules=RULES),))
    code = (
        "import pickle, sys; grammar = pickle.load(sys.stdin.buffer);"
        "import regex; compile, regex.compile = regex.compile, None;"  # nothing is left to compile
        "grammar.figure_rules; print(grammar.fingerprint);"
        "regex.compile = compile; print(*(str(place) for _, place in grammar.located()))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(grammar), capture_output=True)
    said = [grammar.fingerprint, *(str(place) for _, place in grammar.located())]
    assert done.stdout.decode().split() == " ".join(said).split(), done.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (RULE + "id: a\n    does: reject\n    befor: x\n",
         ["mistakes/f.yaml:5: `a`: unknown key `befor` (did you mean `before`?)"]),
        ("kind: figure-rule\nrules: []\n",
         ["mistakes/f.yaml:1: no kind is named `figure-rule` (did you mean `figure-rules`?)"]),
        (RULE + "id: a\n    does: rejct\n    before: x\n",
         ["mistakes/f.yaml:4: `a`: `does` is `rejct` (did you mean `reject`?)"]),
        (RULE + "id: a\n    does: set\n    before: x\n    set:\n      role: objectiv\n",
         ["mistakes/f.yaml:7: `a`: `role` is `objectiv` (did you mean `objective`?)"]),
        ("kind: figure-rules\npieces: {month: x}\nrules:\n  - id: a\n    does: reject\n    after: '{mnth}'\n",
         ["mistakes/f.yaml:6: `a`: no piece is named `mnth` (did you mean `month`?)"]),
        ("kind: figure-rules\npieces:\n  a: 'x{b}'\n  b: 'y{a}'\nrules: []\n",
         ["mistakes/f.yaml:3: the piece `a`: pieces go in a circle: a → b → a",
          "mistakes/f.yaml:4: the piece `b`: pieces go in a circle: b → a → b"]),
        (RULE + "id: a\n    does: reject\n    after: '(x'\n",
         ["G03: mistakes/f.yaml:5: the pattern of `a` does not compile: missing )"]),
        (RULE + "{id: a, does: reject, after: x}\n  - {id: a, does: reject, after: y}\n",
         ["mistakes/f.yaml:4: `a` is there twice, first at mistakes/f.yaml:3"]),
        (RULE + "id: a\n    does: reject\n", ["f.yaml:3: `a`: rules.0: needs a condition"]),
        (RULE + "id: [\n", ["G01: mistakes/f.yaml:"]),
        (RULE + "does: reject\n    after: x\n", ["mistakes/f.yaml:3: `id` is missing"]),
        ("- a\n", ["mistakes/f.yaml:1: the file must be a mapping that declares its `kind`"]),
    ],
)  # fmt: skip
def test_mistakes_are_answered_with_place_and_nearest_spelling(tmp_path: Path, text: str, says: list[str]):
    found = mistakes(write(tmp_path / "mistakes", f=text))
    assert len(found) == len(says)
    for expected, message in zip(says, found, strict=True):
        assert expected in message


def test_all_mistakes_of_a_folder_come_at_once(tmp_path: Path):
    bad = RULE + "{id: a, does: reject, aftre: x}\n  - {id: b, doe: take, number: x}\n"
    found = mistakes(write(tmp_path, one=bad, two="kind: unit\n", three="kind: figure-rules\nrules: ["))
    assert [message[:3] for message in found] == ["G02", "G02", "G02", "G01", "G02"]


def test_no_text_is_a_mistake(tmp_path: Path):
    (tmp_path / "f.yaml").write_bytes(b"kind: figure-rules\nwhy: \xff\xfe\x00")
    assert "G01" in mistakes(tmp_path)[0]


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_no_such_folder(tmp_path: Path, name: str):
    (tmp_path / "empty").mkdir()
    with pytest.raises(GrammarError, match="G05"):
        load_grammar(tmp_path / name)


def test_error_survives_pickling(tmp_path: Path):
    with pytest.raises(GrammarError) as raised:
        load_grammar(tmp_path / "missing")
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)
