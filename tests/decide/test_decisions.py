"""Decisions from the command to the dataset: applied, moved, orphaned, replayed, proven."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

import rapextract
from rapextract import (
    RapextractError,
    decide_accept,
    decide_add,
    decide_correct,
    decide_import,
    decide_merge,
    decide_reject,
    ingest,
    open_dataset,
    verify,
)
from rapextract.cli import main
from rapextract.consolidate.decisions import LOG_NAME, read_log
from rapextract.engine import Run
from rapextract.model import DecisionRow, FigureRow, IndicatorRow

TEXT = """Rapport d'activité 2022 de la CPAM de Rennes

La plateforme a traité 2 791 appels en 2022. Les équipes ont mené 12 réunions avec les 45 médecins du secteur.

L'accueil a reçu 3 408 visiteurs, soit 45,6 % du total.
"""


class Place:
    """A corpus of one report with its dataset."""

    def __init__(self, folder: Path):
        self.corpus, self.outputs = folder / "corpus", folder / "outputs"
        self.corpus.mkdir()
        self.write(TEXT)
        self.ingest()

    def write(self, text: str, name: str = "rennes.txt") -> None:
        (self.corpus / name).write_text(text, encoding="utf-8")

    def ingest(self, **options: object) -> Run:
        return ingest(self.corpus, outputs=self.outputs, jobs=1, **options)  # type: ignore[arg-type]

    @property
    def figures(self) -> dict[str, FigureRow]:
        """Figures by their printed number."""
        return {row.value_text: row for row in open_dataset(self.outputs).rows(FigureRow)}

    @property
    def decisions(self) -> list[DecisionRow]:
        return list(open_dataset(self.outputs).rows(DecisionRow))

    def id(self, value_text: str) -> str:
        return self.figures[value_text].figure_id

    def bytes(self) -> dict[str, bytes]:
        files = [*self.outputs.glob("*.csv"), *self.outputs.glob("*.json"), *self.outputs.glob("texts/*")]
        return {path.name: path.read_bytes() for path in files}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_accepted_corrected_rejected(place: Place) -> None:
    before = place.figures
    decide_accept(place.id("2 791"), outputs=place.outputs, who="Ada", why="vu")
    decide_correct(
        place.id("12"), outputs=place.outputs, who="Ada", value="13", unit="atelier", territory="FR-29",
        period="2021", why="erratum",
    )  # fmt: skip
    decide_reject(place.id("45,6"), outputs=place.outputs, who="Bob")
    assert place.figures == before  # nothing changes before the next run
    run = place.ingest()
    assert run.decisions == {"applied": 3} and run.read_now == 0
    after = place.figures
    assert after["2 791"].review == "accepted" and after["45,6"].review == "rejected"
    corrected = after["12"]
    assert (corrected.value, corrected.printed_value, corrected.value_text) == (
        Decimal(13),
        Decimal(12),
        "12",
    )
    assert (corrected.unit, corrected.territory, corrected.period) == ("atelier", "FR-29", "2021")
    assert (corrected.region_code, corrected.department_code) == ("53", "29")
    assert corrected.review == "corrected" and corrected.figure_id == before["12"].figure_id
    assert json.loads(corrected.corrections) == {
        name: str(getattr(before["12"], name)) for name in ("value", "unit", "territory", "period")
    }
    assert after["3 408"] == before["3 408"]
    assert [row.outcome for row in place.decisions] == ["applied"] * 3
    assert verify(place.outputs).complete


def test_the_log_is_no_report_and_is_only_appended_to(place: Place) -> None:
    log = place.corpus / LOG_NAME
    decide_accept(place.id("12"), outputs=place.outputs, who="Ada")
    first = log.read_bytes()
    decide_reject(place.id("45"), outputs=place.outputs, who="Ada")
    assert log.read_bytes().startswith(first) and len(log.read_bytes().splitlines()) == 2
    assert place.ingest().reports == {"read": 1}


def test_a_missed_figure_is_added(place: Place) -> None:
    place.write(TEXT + "\nPrès de quarante-deux visites, le 3 mai 2022.\n")
    place.ingest()
    assert "3" not in place.figures
    decide_add(
        "rennes.txt",
        "visites, le\n3 mai 2022",
        "3",
        unit="j",
        label="jour de mai",
        outputs=place.outputs,
        who="Ada",
    )
    assert place.ingest().decisions == {"applied": 1}
    added = place.figures["3"]
    assert (added.value, added.unit, added.label) == (Decimal(3), "j", "jour de mai")
    assert (added.rule, added.review, added.quote) == ("decision", "accepted", "visites, le 3 mai 2022")
    assert verify(place.outputs).complete
    decide_reject(added.figure_id, outputs=place.outputs, who="Ada")
    place.ingest()
    assert place.figures["3"].review == "rejected"


def test_added_where_the_quote_says_something_else(place: Place) -> None:
    def refused(quote: str, number: str, source: str = "rennes.txt") -> str:
        with pytest.raises(RapextractError) as error:
            decide_add(source, quote, number, outputs=place.outputs, who="Ada")
        return error.value.problem.message

    assert "nowhere" in refused("aucune réunion 12", "12")
    assert "stands nowhere in the quote" in refused("les 45 médecins", "46")
    assert "times in its" in refused("l", "l") or "no number" in refused("plateforme", "plateforme")
    assert "no such report" in refused("les 45 médecins", "45", "brest.txt")
    assert not (place.corpus / LOG_NAME).exists()


def test_found_again_by_its_quote_in_changed_bytes(place: Place) -> None:
    old = place.id("12")
    decide_correct(old, unit="atelier", outputs=place.outputs, who="Ada")
    place.write("Sommaire\n\n" + TEXT.replace("Les équipes ont mené 12", "Les équipes\nont mené 12"))
    run = place.ingest()
    assert run.decisions == {"moved": 1}
    assert place.figures["12"].unit == "atelier" and place.figures["12"].figure_id != old
    row = place.decisions[0]
    assert (row.outcome, row.decided_figure, row.figure_id) == ("moved", old, place.id("12"))


def test_found_again_in_the_same_organisations_report_of_another_name(place: Place) -> None:
    decide_reject(place.id("12"), outputs=place.outputs, who="Ada")
    (place.corpus / "rennes.txt").unlink()
    place.write("\n" + TEXT, "rapport-2022.txt")
    assert place.ingest().decisions == {"moved": 1}
    assert place.figures["12"].review == "rejected"


def test_an_orphan_is_shown_and_has_its_exit_code(place: Place) -> None:
    decide_accept(place.id("12"), outputs=place.outputs, who="Ada")
    place.write(TEXT.replace("mené 12 réunions", "tenu douze séances"))
    command = ["ingest", str(place.corpus), "-o", str(place.outputs), "-j", "1"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 4 and "1 orphan" in result.output
    row = place.decisions[0]
    assert row.outcome == "orphan" and "12 réunions" in row.quote and not row.figure_id
    place.write(TEXT)
    assert CliRunner().invoke(main, command).exit_code == 0


def test_a_decision_outlives_the_rule_that_found_its_figure(place: Place, tmp_path: Path) -> None:
    """Under grammars that refuse the numbers, what was accepted or corrected stays, the rejected is gone."""
    ids = [place.id("12"), place.id("3 408"), place.id("45")]
    decide_accept(ids[0], outputs=place.outputs, who="Ada")
    decide_correct(ids[1], unit="personne", outputs=place.outputs, who="Ada")
    decide_reject(ids[2], outputs=place.outputs, who="Ada")
    grammars = tmp_path / "grammars"
    grammars.mkdir()
    (grammars / "none.yaml").write_text(
        "kind: figure-rules\nrules:\n  - id: reject.test\n    does: reject\n    why: A test.\n"
        "    number: '12|3 408|45'\n    examples:\n      - text: les [[12]] agents\n"
        "    counter_examples:\n      - text: les [[13]] agents\n",
        encoding="utf-8",
    )
    assert "3 408" not in {
        row.value_text
        for row in open_dataset(
            ingest(
                place.corpus, outputs=tmp_path / "bare", grammars=grammars, decisions=_empty(tmp_path)
            ).outputs
        ).rows(FigureRow)
    }
    run = place.ingest(grammars=grammars)
    assert run.decisions == {"applied": 3}
    after = place.figures
    assert after["12"].figure_id == ids[0] and after["12"].review == "accepted"
    assert after["3 408"].unit == "personne" and after["3 408"].label
    assert "45" not in after
    assert verify(place.outputs, grammars=grammars).complete


def test_a_decision_outlives_grammar_version_and_order(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All three at once; and what was decided about a sentence that is gone is an orphan, and shown."""
    for text in ("12", "3 408"):
        decide_correct(place.id(text), unit="fois", outputs=place.outputs, who="Ada")
    decide_accept(place.id("2 791"), outputs=place.outputs, who="Ada")
    old = place.id("12")
    grammars = tmp_path / "grammars"
    grammars.mkdir()
    (grammars / "other.yaml").write_text("kind: figure-rules\nrules: []\n", encoding="utf-8")
    monkeypatch.setattr(rapextract, "__version__", "9.9.9")
    monkeypatch.setattr("rapextract.engine.store.program_fingerprint", lambda: "another program")
    (place.corpus / "rennes.txt").rename(place.corpus / "z.txt")
    place.write("Rapport d'activité 2021 de la CPAM de Brest\n\nSoit 12 réunions et 7 agents.\n", "a.txt")
    run = place.ingest(grammars=grammars)
    assert (run.read_now, run.decisions) == (2, {"applied": 3})
    decided = {row.value_text: row for row in open_dataset(place.outputs).rows(FigureRow) if row.decisions}
    assert decided["12"].figure_id == old and decided["12"].source == "z.txt"
    assert [decided[text].unit for text in ("12", "3 408")] == ["fois", "fois"]
    place.write(TEXT.replace("3 408 visiteurs", "bien des visiteurs"), "z.txt")
    command = ["ingest", str(place.corpus), "-o", str(place.outputs), "-j", "1", "--grammars", str(grammars)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 4 and "1 orphan" in result.output and "decisions.csv" in result.output
    (orphan,) = (row for row in place.decisions if row.outcome == "orphan")
    assert "3 408 visiteurs" in orphan.quote


def _empty(folder: Path) -> Path:
    path = folder / "empty.jsonl"
    path.write_text("")
    return path


def test_two_indicators_merged(place: Place) -> None:
    figure = place.figures["12"]
    decide_correct(figure.figure_id, indicator="reunions-a", outputs=place.outputs, who="Ada")
    decide_correct(place.id("45"), indicator="reunions-b", outputs=place.outputs, who="Ada")
    place.ingest()
    decide_merge("reunions-a", "reunions-b", outputs=place.outputs, who="Ada", why="une seule chose")
    assert place.ingest().decisions == {"applied": 3}
    assert place.figures["12"].indicator == place.figures["45"].indicator == "reunions-b"
    rows = [
        row for row in open_dataset(place.outputs).rows(IndicatorRow) if row.indicator.startswith("reunions")
    ]
    assert {row.indicator for row in rows} == {"reunions-b"} and sum(row.mentions for row in rows) == 2
    with pytest.raises(RapextractError, match="D03"):
        decide_merge("a", "a", outputs=place.outputs)


def test_of_two_mentions_the_one_that_a_person_saw_stands(place: Place) -> None:
    decide_correct(place.id("45"), indicator="reunions", outputs=place.outputs, who="Ada")
    place.ingest()
    decide_accept(place.id("12"), outputs=place.outputs, who="Ada")
    decide_correct(place.id("12"), indicator="reunions", outputs=place.outputs, who="Ada")
    decide_correct(place.id("2 791"), indicator="reunions", outputs=place.outputs, who="Ada")
    place.ingest()
    [row] = [r for r in open_dataset(place.outputs).rows(IndicatorRow) if r.indicator == "reunions"]
    assert row.mentions == 3 and row.figure_id == place.id("2 791")  # all seen: the most digits


def test_rejected_figures_stand_for_no_indicator(place: Place) -> None:
    decide_correct(place.id("12"), indicator="reunions", outputs=place.outputs, who="Ada")
    place.ingest()
    assert "reunions" in {row.indicator for row in open_dataset(place.outputs).rows(IndicatorRow)}
    decide_reject(place.id("12"), outputs=place.outputs, who="Ada")
    place.ingest()
    assert "reunions" not in {row.indicator for row in open_dataset(place.outputs).rows(IndicatorRow)}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "douze"}, "`value` is written like"),
        ({"role": "goal"}, "`role` is one of observed"),
        ({"territory": "Bretagne"}, "`territory` is written like"),
        ({"period": "31/12/2021"}, "`period` is written like"),
        ({"quote": "x"}, "`quote` can't be changed"),
        ({}, "nothing is to be changed"),
    ],
)
def test_changes_that_can_not_be_made(place: Place, changes: dict[str, str], said: str) -> None:
    with pytest.raises(RapextractError) as error:
        decide_correct(place.id("12"), outputs=place.outputs, who="Ada", **changes)
    assert error.value.problem.code == "D03" and said in error.value.problem.message


# A CSV filled in by hand --------------------------------------------------------------------------
def test_a_spreadsheet_as_excel_leaves_it(place: Place, tmp_path: Path) -> None:
    ids = {text: place.id(text) for text in ("2 791", "12", "45", "45,6")}
    rows = [
        "Figure_ID;Value;Unit;Period;review;why",
        f"{ids['2 791']};2 791;;;accepted;vérifié",
        f"{ids['12']};12,5;atelier;31/12/2021;;erratum",
        f"{ids['45']};;;;rejected;",
        f"{ids['45,6']};45,6;%;2022;;",
        ";;;;;",
    ]
    path = tmp_path / "corrections.csv"
    path.write_bytes("\r\n".join(rows).encode("utf-8-sig"))
    made = decide_import(path, outputs=place.outputs, who="Ada")
    assert [(d.does, d.changes, d.why) for d in made] == [
        ("accept", {}, "vérifié"),
        ("correct", {"value": "12.5", "unit": "atelier", "period": "2021-12-31"}, "erratum"),
        ("reject", {}, ""),
    ]
    place.ingest()
    assert place.figures["12"].value == Decimal("12.5") and place.figures["45"].review == "rejected"
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    assert decide_import(path, outputs=place.outputs, who="Ada") == []  # all of it is so already


def test_the_datasets_own_csv_edited(place: Place, tmp_path: Path) -> None:
    text = (place.outputs / "figures.csv").read_text(encoding="utf-8")
    path = tmp_path / "figures.csv"
    path.write_text(text, encoding="utf-8")
    assert decide_import(path, outputs=place.outputs) == []
    path.write_text(text.replace("visiteur", "personne", 1), encoding="utf-8")
    with pytest.raises(RapextractError, match="D03"):
        decide_import(_csv(tmp_path, "figure_id,quote", f"{place.id('12')},autre"), outputs=place.outputs)


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("id;unit", "f1;j", "no column `figure_id`"),
        ("figure_id;units", "f1;j", "did you mean `unit`"),
        ("figure_id;unit", "f1;j", "no figure `f1`"),
    ],
)
def test_a_spreadsheet_with_a_mistake_is_refused_whole(
    place: Place, tmp_path: Path, header: str, row: str, said: str
) -> None:
    with pytest.raises(RapextractError) as error:
        decide_import(_csv(tmp_path, header, row), outputs=place.outputs)
    assert said in error.value.problem.message and not (place.corpus / LOG_NAME).exists()


def _csv(folder: Path, *lines: str) -> Path:
    path = folder / "by-hand.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# The log ------------------------------------------------------------------------------------------
def test_a_log_that_was_edited_is_refused_with_its_line(place: Place) -> None:
    log = place.corpus / LOG_NAME
    decide_correct(place.id("12"), unit="atelier", outputs=place.outputs, who="Ada")
    good = log.read_text(encoding="utf-8")
    for text, code in (
        (good.replace("atelier", "réunion"), "D02"),
        (good + "{", "D01"),
        ("<<<<<<< HEAD\n" + good, "D01"),
        (good.replace('"who": "Ada", ', ""), "D01"),
    ):
        log.write_text(text, encoding="utf-8")
        with pytest.raises(RapextractError, match=code) as error:
            place.ingest()
        assert LOG_NAME in error.value.problem.message
    without_id = json.loads(good) | {"why": "à la main"}
    del without_id["id"]
    log.write_text(good + good + json.dumps(without_id) + "\n", encoding="utf-8")
    assert len(read_log(log)) == 2  # the same line twice is one decision
    assert place.ingest().decisions == {"applied": 2}


def test_no_log_is_known_for_a_dataset_that_was_moved(place: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    moved = place.outputs.rename(tmp_path / "elsewhere" / "deep")
    with pytest.raises(RapextractError, match="D05"):
        decide_accept(next(iter(open_dataset(moved).rows(FigureRow))).figure_id, outputs=moved, who="Ada")
