"""The matrix under a catalogue, and suggestions that load as they are."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.records import figure

import rapextract
from rapextract.consolidate.indicators import DISAGREES, IndicatorMatrix
from rapextract.consolidate.suggest import suggest, suggested_file
from rapextract.extract.examples import grammar_test
from rapextract.extract.stated import WORD
from rapextract.grammar import Grammar, load_grammar
from rapextract.model import FigureRow, IndicatorRow

CATALOGUE = """
kind: indicators
families:
  - {id: works, name_fr: Ouvrages, report: [ouvrage], found: [{id: recap, at: row}]}
indicators:
  - id: sludge
    name_fr: Boues
    units: t MS
    family: works
    counts_for: year
    named: [boues]
    found:
      - {id: lines, at: row, sum: true}
      - {id: sentence, at: sentence, patterns: 'boues : (?<value>\\d+)'}
  - id: price
    name_fr: Prix
    units: EUR/m3
    zero_units: EUR
    counts_for: year-before-new-year
    named: [prix]
"""
TEXT = "12,5 t et 1,4 t, soit 13,9 t de boues ; 14 ; 2,31 €, 0,00 € et 100 conforme.\n"


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.yaml").write_text(CATALOGUE, encoding="utf-8")
    return load_grammar(folder)


def sludge(value_text: str, rule: str, **attributes: Any) -> FigureRow:
    said = {"indicator": "sludge", "unit": "t MS", "period": "2021", "indicator_rule": rule}
    return figure(TEXT, value_text, value_text.replace(",", "."), **(said | attributes))


def row(grammar: Grammar, *mentions: FigureRow) -> IndicatorRow:
    matrix = IndicatorMatrix(grammar)
    matrix.add(mentions)
    (only,) = matrix.rows()
    return only


def test_the_more_trusted_place_stands_before_the_more_precise(grammar: Grammar) -> None:
    stands = row(grammar, sludge("13,9", "sludge/sentence"), sludge("14", "works/recap", kind="table"))
    assert (stands.value, stands.mentions, stands.agreeing, stands.rule) == (14, 2, 2, "works/recap")


def test_a_number_stands_before_a_word(grammar: Grammar) -> None:
    said = figure(TEXT, "conforme", "100", indicator="sludge", unit="t MS", period="2021", flags=WORD,
                  indicator_rule="works/recap")  # fmt: skip
    assert row(grammar, said, sludge("14", "sludge/sentence")).value == 14


def test_a_sum_names_its_parts(grammar: Grammar) -> None:
    lines = [
        sludge(text, "sludge/lines", kind="table", table_id="t1", row=index, column=2)
        for index, text in enumerate(("12,5", "1,4"))
    ]
    stands = row(grammar, *lines)
    assert stands.value == Decimal("13.9")
    assert stands.parts.split() == [line.figure_id for line in lines]
    assert (stands.figure_id, stands.agreeing) == (lines[0].figure_id, 2)


def test_a_single_line_is_no_sum(grammar: Grammar) -> None:
    stands = row(grammar, sludge("12,5", "sludge/lines", kind="table", table_id="t1", row=0, column=2))
    assert (stands.value, stands.parts) == (Decimal("12.5"), "")


@pytest.mark.parametrize(
    ("period", "counts"),
    [("2021", "2021"), ("2021-12-31", "2021"), ("2021-01/2021-12", "2021"), ("2021-S1", "2021-S1")],
)
def test_a_day_or_month_counts_for_its_year(grammar: Grammar, period: str, counts: str) -> None:
    assert row(grammar, sludge("14", "sludge/sentence", period=period)).period == counts


@pytest.mark.parametrize(
    ("period", "counts"), [("2022-01-01", "2021"), ("2021", "2021"), ("2021-06", "2021")]
)
def test_a_new_year_counts_for_the_year_it_ends(grammar: Grammar, period: str, counts: str) -> None:
    price = figure(TEXT, "2,31", "2.31", indicator="price", unit="EUR/m3", period=period)
    assert row(grammar, price).period == counts


def test_disagreement_is_flagged(grammar: Grammar) -> None:
    matrix = IndicatorMatrix(grammar)
    flagged = matrix.add([sludge("14", "works/recap"), sludge("12,5", "sludge/sentence")])
    assert [f.flags for f in flagged] == ["", DISAGREES]
    (stands,) = matrix.rows()
    assert (stands.mentions, stands.agreeing) == (2, 1)


def test_a_zero_has_the_unit_of_its_indicator_whatever_is_printed(grammar: Grammar) -> None:
    said = {"indicator": "price", "period": "2021", "unit": "EUR"}
    assert row(grammar, figure(TEXT, "0,00", "0", **said)).unit == "EUR/m3"
    assert row(grammar, figure(TEXT, "2,31", "2.31", **said)).unit == "EUR"


def test_out_of_range_never_stands(grammar: Grammar) -> None:
    matrix = IndicatorMatrix(grammar)
    matrix.add([sludge("14", "works/recap", flags="out-of-range")])
    assert matrix.rows() == []


# Suggestions --------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("libraries")
    for town, year, loans in (("Belmont", 2021, "12 400"), ("Clairval", 2022, "9 850")):
        (folder / f"{town}.md").write_text(
            f"# Médiathèque de {town} : rapport d'activité {year}\n\n"
            f"En {year}, la médiathèque compte {loans} prêts de documents et 310 usagers inscrits.\n",
            encoding="utf-8",
        )
    return folder


def test_suggestions_are_a_grammar_that_holds_and_works(corpus: Path, tmp_path: Path) -> None:
    rapextract.ingest(corpus, outputs=tmp_path / "before", jobs=1)
    suggestions = suggest(tmp_path / "before")
    assert suggestions[0].reports == 2
    assert [len(s.figures) for s in suggestions] == sorted(
        (len(s.figures) for s in suggestions), reverse=True
    )
    own = tmp_path / "own"
    own.mkdir()
    (own / "suggested.yaml").write_text(suggested_file(suggestions), encoding="utf-8")
    assert [p.message for p in grammar_test(own).problems if "suggested" in p.message] == []
    rapextract.ingest(corpus, outputs=tmp_path / "after", grammars=own, jobs=1)
    figures = rapextract.open_dataset(tmp_path / "after").figures
    named = {suggestion.id for suggestion in suggestions}
    assert set(figures["indicator"].dropna()) >= named
    assert suggest(tmp_path / "after") == []


def test_nothing_to_suggest_is_a_grammar_too(tmp_path: Path) -> None:
    (tmp_path / "none.yaml").write_text(suggested_file([]), encoding="utf-8")
    load_grammar(tmp_path)
