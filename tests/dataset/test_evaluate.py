"""Scores against references."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.records import figure, records

from rapextract.dataset.evaluate import (
    Agreement,
    evaluate,
    label_overlap,
    same_value,
    score_figures,
    unit_key,
)
from rapextract.dataset.export import DatasetWriter
from rapextract.dataset.package import Origin
from rapextract.dataset.references import FigureReference, load_references
from rapextract.model import AcronymRow, RapextractError

TEXT = """Le service médical compte 12 agents au siège de la région en fin d'année.
La plateforme téléphonique régionale a traité 23 031 appels pendant la même période, soit 45,6 % du total.
Il faut au moins huit réunions chaque année, deux échelons le disent.
"""
LABEL = "appels traités par la plateforme téléphonique régionale"


def _reference(raw: str, value: float, **fields: Any) -> FigureReference:
    quote = next(line for line in TEXT.splitlines() if raw in line)
    return FigureReference(**({"doc": "a.txt", "quote": quote, "raw": raw, "value": value} | fields))


REFERENCES = [
    _reference("12", 12, unit="agent", territory="FR-BFC", kind="headcount"),
    _reference("23 031", 23031, unit="appel", label=LABEL, period="2021", territory=["FR-BFC", "FR"]),
    _reference("45,6", 45.6, unit="%"),
    _reference("huit", 8, unit="réunion", bound="min", core=True),
    _reference("deux", 2, unit="échelon", core=False),
]
FOUND = [
    figure(TEXT, "12", "12", unit="agents", territory="FR-BFC", kind="headcount"),
    figure(TEXT, "23 031", "23031", unit="appel", label=f"les {LABEL}", period="2021", territory="FR"),
    figure(TEXT, "45,6", "45.6", unit="EUR", role="change"),
    figure(TEXT, "deux", "2", unit="échelon"),
    figure(TEXT, "31", "31"),
]


def test_counts_and_attributes() -> None:
    score = score_figures(REFERENCES, FOUND, TEXT, TEXT)
    assert score.agreement == Agreement(
        references=4, predicted=4, found=3
    )  # « deux » neither rewards nor punishes
    assert score.agreement.precision == pytest.approx(3 / 4) and score.agreement.recall == pytest.approx(
        3 / 4
    )
    assert score.accuracy["unit"] == pytest.approx(2 / 3)
    assert score.accuracy["role"] == pytest.approx(2 / 3)
    assert score.accuracy["territory"] == 1.0  # where the reference names one
    assert score.accuracy["label"] == pytest.approx(1 / 3)
    assert score.full.found == 1
    assert score.kinds == {"headcount": (1, 1), "prose": (2, 3)}
    assert score.headcounts == (1, 1)
    assert [each.raw for each in score.missed] == ["huit"]
    assert [each.value_text for each in score.extra] == ["31"]


def test_a_value_elsewhere_is_not_the_same_figure() -> None:
    far = TEXT + "mot " * 40 + "\nLe nombre 45,6 revient ici.\n"
    last = far.rindex("45,6")
    moved = FOUND[2].model_copy(update={"char_start": last, "char_end": last + 4})
    assert score_figures([REFERENCES[2]], [moved], far, far).agreement.found == 0
    assert score_figures([REFERENCES[2]], [FOUND[2]], far, far).agreement.found == 1


def test_places_are_found_in_another_layout() -> None:
    other = "Page 3\n" + TEXT.replace(" ", "\n").replace("téléphonique", "télépho\u00adnique")
    start = other.index("23\n031")
    moved = FOUND[1].model_copy(update={"char_start": start, "char_end": start + 6})
    assert score_figures([REFERENCES[1]], [moved], TEXT, other).agreement.found == 1


def test_keys() -> None:
    assert unit_key("euros") == unit_key("€") == "eur"
    assert unit_key("jours") == "j" and unit_key(None) == ""
    assert same_value(0.666667, 2 / 3) and not same_value(45.6, 45.7)
    assert label_overlap("appels traités", "les appels traités") == 1.0
    assert label_overlap("", "appels") == 0.0


def _folder(
    tmp_path: Path, lines: list[dict[str, Any]], acronyms: list[dict[str, Any]] | None = None
) -> Path:
    folder = tmp_path / "references"
    folder.mkdir()
    (folder / "figures.x.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    if acronyms is not None:
        (folder / "acronyms.x.jsonl").write_text("\n".join(map(json.dumps, acronyms)), encoding="utf-8")
    return folder


def _dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "outputs"
    folder.mkdir()
    writer = DatasetWriter(folder)
    acronyms = tuple(
        AcronymRow(source="a.txt", report_id=FOUND[0].report_id, acronym=short, expansion=long, kind="inline",
                   acronym_start=0, acronym_end=1, expansion_start=start, expansion_end=start + 1)
        for start, (short, long) in enumerate([("MSP", "maisons de santé"), ("XX", "autre chose")])
    )  # fmt: skip
    writer.add(records(TEXT, *FOUND, acronyms=acronyms))
    writer.finish(Origin("1", "g", {"a.txt": "0"}), "s", {})
    return folder


def test_evaluate_a_folder(tmp_path: Path) -> None:
    lines = [reference.model_dump(exclude_none=True) for reference in REFERENCES]
    pairs = [{"doc": "a.txt", "quote": "q", "short": "M.S.P", "long": "Maisons de Santé"}]
    (score,) = evaluate(_folder(tmp_path, lines, pairs), _dataset(tmp_path))
    assert score.figures.agreement.found == 3
    assert score.acronyms is not None
    assert score.acronyms.agreement == Agreement(references=1, predicted=2, found=1)
    assert score.acronyms.extra == (("XX", "autre chose"),)


def test_a_report_that_gave_nothing(tmp_path: Path) -> None:
    lines = [{"doc": "other.txt", "quote": "12 agents", "raw": "12", "value": 12}]
    (score,) = evaluate(_folder(tmp_path, lines), _dataset(tmp_path))
    assert score.figures.agreement == Agreement(references=1, predicted=0, found=0)
    assert score.acronyms is None


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "empty"), ("{", "no JSON"), ('{"doc": "a", "quote": "q"}', "raw"), ('"text"', "dictionary")],
)
def test_broken_references(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "figures.x.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(RapextractError, match=said) as error:
        load_references(tmp_path)
    assert error.value.problem.code == "U06"


def test_no_references(tmp_path: Path) -> None:
    with pytest.raises(RapextractError) as error:
        load_references(tmp_path / "nowhere")
    assert error.value.problem.code == "U06"


def test_the_place_of_an_annotation() -> None:
    text = "a 5 b\na 5 5 b\n"
    reference = FigureReference(doc="d", quote="a 5 5", raw="5", raw_occurrence=2, value=5)
    assert reference.place(text) == text.index("5 b", 6)
    assert FigureReference(doc="d", quote="gone", raw="g", value=1).place(text) is None
    assert FigureReference(doc="d", quote="a 5", occurrence=2, raw="5", value=5).place(text) == 8
