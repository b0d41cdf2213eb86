"""Two datasets compared."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner
from tests.records import figure, records

from rapextract import diff
from rapextract.cli import main
from rapextract.dataset.export import DatasetWriter
from rapextract.dataset.package import Origin
from rapextract.model import Records

TEXT = "La plateforme a traité 2 791 809 appels.\nElle a mené 12 réunions.\nElle a reçu 45 médecins."
CALLS = figure(TEXT, "2 791 809", "2791809", unit="appel", label="appels", rule="take.count")
MEETINGS = figure(TEXT, "12", "12", unit="réunion", label="réunions", rule="take.count")
DOCTORS = figure(TEXT, "45", "45", unit="médecin", label="médecins", rule="take.other")


def write(folder: Path, *reports: Records) -> Path:
    """A dataset of these reports."""
    folder.mkdir(parents=True)
    writer = DatasetWriter(folder)
    for report in reports:
        writer.add(report)
    writer.finish(Origin("0", "g", {}), "state", {"reports": {}, "rows": {}, "decisions": {}})
    return folder


def test_nothing_is_different(tmp_path: Path) -> None:
    report = records(TEXT, CALLS, MEETINGS)
    found = diff(write(tmp_path / "a", report), write(tmp_path / "b", report))
    assert (found.same, found.appeared, found.vanished, found.changed) == (2, (), (), ())
    assert found.by_rule() == [] and list(found.rows()) == []


def test_appeared_vanished_changed_by_rule(tmp_path: Path) -> None:
    relabelled = CALLS.model_copy(update={"label": "appels traités", "unit": "contact"})
    before = write(tmp_path / "a", records(TEXT, CALLS, MEETINGS))
    after = write(tmp_path / "b", records(TEXT, relabelled, DOCTORS))
    found = diff(before, after)
    assert found.appeared == (DOCTORS,) and found.vanished == (MEETINGS,) and found.same == 0
    [change] = found.changed
    assert change.columns == {"unit": ("appel", "contact"), "label": ("appels", "appels traités")}
    assert [(r.rule, r.appeared, r.vanished, r.changed, r.columns) for r in found.by_rule()] == [
        ("take.count", 0, 1, 1, {"unit": 1, "label": 1}),
        ("take.other", 1, 0, 0, {}),
    ]


def test_another_value_at_the_same_place_is_a_change(tmp_path: Path) -> None:
    """Under other rules « 2 791 809 » is cut short: one figure that changed, not one lost and one gained."""
    short = figure(TEXT, "791 809", "791809", unit="appel", label="appels", rule="take.count")
    found = diff(write(tmp_path / "a", records(TEXT, CALLS)), write(tmp_path / "b", records(TEXT, short)))
    [change] = found.changed
    assert change.columns == {"value": ("2791809", "791809"), "value_text": ("2 791 809", "791 809")}
    assert not found.appeared and not found.vanished


def test_the_same_words_in_other_bytes_are_the_same_figure(tmp_path: Path) -> None:
    moved = "Sommaire\n\n" + TEXT
    again = figure(moved, "12", "12", unit="réunion", label="réunions", rule="take.count")
    assert again.figure_id != MEETINGS.figure_id
    found = diff(write(tmp_path / "a", records(TEXT, MEETINGS)), write(tmp_path / "b", records(moved, again)))
    assert found.same == 1 and not (found.appeared or found.vanished or found.changed)


def test_a_number_stated_twice_in_a_quote_is_tied_in_order(tmp_path: Path) -> None:
    text, later = "Soit 5 agents et 5 cadres.", "Note.\nSoit 5 agents et 5 cadres."

    def two(of: str) -> list:  # type: ignore[type-arg]
        first = figure(of, "5", "5", unit="agent")
        start = of.rindex("5")
        second = first.model_copy(
            update={"unit": "cadre", "char_start": start, "char_end": start + 1, "figure_id": f"f{start}"}
        )
        return [first, second]

    found = diff(
        write(tmp_path / "a", records(text, *two(text))), write(tmp_path / "b", records(later, *two(later)))
    )
    assert found.same == 2


def test_reports_that_only_one_has(tmp_path: Path) -> None:
    other = records("Un autre rapport.", source="b.txt")
    found = diff(write(tmp_path / "a", records(TEXT)), write(tmp_path / "b", records(TEXT), other))
    assert found.reports_appeared == ("b.txt",) and found.reports_vanished == ()


def test_the_command_and_its_csv(tmp_path: Path) -> None:
    corrected = MEETINGS.model_copy(update={"value": Decimal(13)})
    before = write(tmp_path / "a", records(TEXT, CALLS, MEETINGS))
    after = write(tmp_path / "b", records(TEXT, corrected, DOCTORS))
    path = tmp_path / "d.csv"
    result = CliRunner().invoke(main, ["diff", str(before), str(after), "--list", "5", "--csv", str(path)])
    assert result.exit_code == 0
    assert "1 appeared, 1 vanished, 1 changed, 0 the same" in result.output
    assert "value: « 12 » → « 13 »" in result.output and "take.other" in result.output
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["what"], row["column"], row["before"], row["after"]) for row in rows] == [
        ("appeared", "", "", ""), ("vanished", "", "", ""), ("changed", "value", "12", "13"),
    ]  # fmt: skip
    assert rows[0]["figure_after"] == DOCTORS.figure_id and rows[1]["figure_before"] == CALLS.figure_id
