"""`rapextract grammar list|show|test|schema`, their Python twins, and the published schema."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from ruamel.yaml import YAML

from rapextract.cli.grammar import grammar
from rapextract.extract.examples import grammar_test
from rapextract.grammar import GrammarError, grammar_list, grammar_schema, grammar_show, shipped_folder
from rapextract.grammar.kinds import FILES
from rapextract.grammar.published import grammar_schema_text


def run(*arguments: str) -> Result:
    return CliRunner().invoke(grammar, arguments)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(
        "kind: figure-rules\nrules:\n  - {id: own.rule, does: reject, why: Because., before: 'zzz '}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_list_names_every_entry_with_its_place(own: Path):
    entries = grammar_list(own)
    mine = next(entry for entry in entries if entry.id == "own.rule")
    assert (mine.kind, mine.place, mine.why) == ("figure-rules", f"{own.name}/own.yaml:3", "Because.")
    printed = run("list", "--grammars", str(own), "--kind", "figure-rules").output.splitlines()
    assert len(printed) == sum(entry.kind == "figure-rules" for entry in entries)
    assert any(line.startswith("own.rule ") and line.endswith("Because.") for line in printed)


def test_show_prints_yaml_with_pieces_set_in():
    shown = grammar_show("acronym.long-parenthesis-short")
    assert "{short-form}" not in shown[0]["pattern"]
    printed = YAML(typ="safe").load(run("show", "acronym.long-parenthesis-short").output)
    assert printed == shown[0]


def test_show_answers_with_the_nearest_id():
    with pytest.raises(GrammarError, match=r"G07.*did you mean `reject\.date\.year`"):
        grammar_show("reject.date.yaer")
    result = run("show", "reject.date.yaer")
    assert result.exit_code == 1
    assert "did you mean `reject.date.year`" in result.output


def test_test_prints_mistakes_and_exits_1(own: Path):
    assert run("test").output.strip().endswith("all hold")
    (own / "bad.yaml").write_text(
        "kind: figure-rules\nrules:\n  - {id: own.bad, does: reject, before: x, examples: ['y [[15]]']}\n",
        encoding="utf-8",
    )
    result = run("test", "--grammars", str(own))
    assert result.exit_code == 1
    assert "bad.yaml:3: `own.bad`: the rule does not hold in « y [[15]] »" in result.output
    assert len(grammar_test(own).problems) == 1


def test_broken_yaml_is_told_plainly(own: Path):
    (own / "broken.yaml").write_text("kind: figure-rules\nrules: [", encoding="utf-8")
    result = run("test", "--grammars", str(own))
    assert result.exit_code == 1
    assert "G01" in result.output
    assert "Traceback" not in result.output


def test_schema_knows_every_kind_and_is_published(repository: Path, tmp_path: Path):
    kinds = {
        definition["properties"]["kind"]["const"]
        for definition in grammar_schema()["$defs"].values()
        if "kind" in definition.get("properties", {}) and "const" in definition["properties"]["kind"]
    }
    assert kinds == set(FILES)
    assert json.loads(run("schema").output) == grammar_schema()
    run("schema", "-o", str(tmp_path / "schema.json"))
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == grammar_schema_text()
    published = repository / "docs/grammar.schema.json"
    assert published.read_text(encoding="utf-8") == grammar_schema_text(), (
        "run: rapextract grammar schema -o docs/grammar.schema.json"
    )


def test_shipped_files_say_what_the_schema_allows():
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(grammar_schema())
    for path in sorted(shipped_folder().glob("*.yaml")):
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        assert [error.message for error in validator.iter_errors(content)] == [], path.name
