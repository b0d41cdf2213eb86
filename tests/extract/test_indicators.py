"""Indicators and themes: names, conditions, ties; values found on lines of tables and in sentences."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from rapextract.extract import extract_records
from rapextract.extract.examples import grammar_test
from rapextract.extract.indicators.catalogue import catalogue_of
from rapextract.extract.indicators.figures import OUT_OF_RANGE
from rapextract.extract.indicators.naming import Subject, name_key
from rapextract.extract.stated import WORD, stated
from rapextract.french.numbers import parse_number
from rapextract.grammar import Grammar, load_grammar
from rapextract.model import FigureKind, Records, Role
from rapextract.read import read_document

CATALOGUE = """
kind: indicators
indicators:
  - {id: calls, name_fr: Appels traités, units: appel, theme: telephone, named: [appels traités, appels]}
  - {id: calls.out, name_fr: Appels sortants, units: appel, named: [appels sortants]}
  - {id: calls.rate, name_fr: Taux, units: '%', range: {max: 100}, named: [{phrases: taux de décroché}]}
  - {id: twin.a, name_fr: A, named: [courriers reçus]}
  - {id: twin.b, name_fr: B, named: [courriers reçus]}
  - {id: visits, name_fr: Visites, named: [{phrases: visites, section: contrôle, kind: prose}],
     unless: [{phrases: visites annulées}]}
  - {id: leaders, name_fr: Cadres, named: [{phrases: cadres, within: [role], whole: true}]}
  - {id: fund, name_fr: Fonds, family: libraries, named: [fonds]}
families:
  - {id: libraries, name_fr: Bibliothèques, report: [bibliothèque, rapport annuel]}
"""


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Grammar:
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.yaml").write_text(CATALOGUE, encoding="utf-8")
    return load_grammar(folder)


def chosen(grammar: Grammar, families: tuple[str, ...] = ("",), **said: object) -> str:
    choice = catalogue_of(grammar).of_figure(Subject(**said), families)  # type: ignore[arg-type]
    return choice.entry.id if choice else ""


def test_names_are_compared_in_the_singular_without_accents() -> None:
    assert name_key("Les Appels  TRAITÉS") == name_key("les appel traite")


def test_the_longest_name_wins(grammar: Grammar) -> None:
    assert chosen(grammar, label="appel traité par la plateforme", unit="appel") == "calls"
    assert chosen(grammar, label="appels sortants", unit="appel") == "calls.out"


def test_the_most_telling_place_wins(grammar: Grammar) -> None:
    assert chosen(grammar, row="Appels sortants", label="appels traités de la plateforme") == "calls.out"


def test_a_tie_gives_none(grammar: Grammar) -> None:
    assert chosen(grammar, label="courriers reçus") == ""


def test_another_unit_is_another_thing(grammar: Grammar) -> None:
    assert chosen(grammar, label="appels traités", unit="%") == ""


def test_conditions_and_counter_conditions(grammar: Grammar) -> None:
    where = {"section": "Bilan › Contrôle sur place", "kind": FigureKind.PROSE}
    assert chosen(grammar, label="visites", **where) == "visits"
    assert chosen(grammar, label="visites annulées", **where) == ""
    assert chosen(grammar, label="visites", kind=FigureKind.PROSE) == ""
    assert chosen(grammar, label="visites", **(where | {"kind": FigureKind.TABLE})) == ""


def test_a_whole_name_in_its_place(grammar: Grammar) -> None:
    assert chosen(grammar, role="cadre") == "leaders"
    assert chosen(grammar, role="cadre administratif") == ""
    assert chosen(grammar, label="cadres") == ""


def test_a_family_keeps_to_its_reports(grammar: Grammar) -> None:
    catalogue = catalogue_of(grammar)
    assert "libraries" in catalogue.families_of(["le rapport annuel de la bibliotheque"])
    assert "libraries" not in catalogue.families_of(["le rapport annuel du service medical"])
    assert chosen(grammar, label="fonds") == ""
    assert chosen(grammar, ("", "libraries"), label="fonds") == "fund"


def test_words_state_values_only_where_the_grammar_says_so() -> None:
    assert stated("Conforme", {"conforme": Decimal(100)}) == 100
    assert stated("1 250", {"conforme": Decimal(100)}) == 1250
    with pytest.raises(ValueError, match="conforme"):
        stated("conforme")


# Whole reports ------------------------------------------------------------------------------------
REPORT = """# Rapport sur le prix et la qualité du service public d'assainissement collectif

Commune de Clairval

Exercice 2021

## 1. Population desservie (D201.0)

Le service public d'assainissement collectif dessert 1 340 habitants au 31/12/2021 (1 310 au 31/12/2020).

## 2. Conformités

| Station | Conformité collecte (P203.3) | Conformité équipement (P204.3) |
|---|---|---|
| Station du bourg | Oui | Oui |
| Station du hameau | Oui | Non |

## 3. Quantité de boues issues des ouvrages d'épuration (D203.0)

| Boues produites (tonnes de matières sèches) | Exercice 2020 | Exercice 2021 |
|---|---|---|
| Station du bourg | 10,5 | 12,5 |
| Station du hameau | 1,2 | 1,4 |

## Taux de boues évacuées (P206.3)

| Code | Taux | 2021 |
|---|---|---|
| P206.3 | Taux de boues évacuées selon des filières conformes | 98,5 % |

Pour l'exercice 2021, le nombre d'arrêtés autorisant le déversement d'eaux usées est de 3 (5 en 2020).

## 4. Facture type (D204.0)

| Facture type | Au 01/01/2021 | Au 01/01/2022 | Variation |
|---|---|---|---|
| Total TTC | 268,80 | 277,20 | 3,1 % |
| Prix TTC au m³ | 2,24 | 2,31 | 3,1 % |

## 5. Tableau récapitulatif

| Code | Indicateur | Unité | Valeur 2020 | Valeur 2021 |
|---|---|---|---|---|
| P201.1 | Taux de desserte par des réseaux de collecte | % | 90,4 % | 91,3 % |
| P202.2B | Indice de connaissance et de gestion patrimoniale | points | 80 / 120 | 95 / 120 |
| P205.3 | Conformité de la performance des ouvrages d'épuration | % | 100 % | 180 % |
| D207.0 | Montant des abandons de créance ou versements à un fonds | €/m³ | 0,00 € | 0,00 € |
| P256.2 | Durée d'extinction de la dette de la collectivité | an | sans objet | ____ |
| D102.0 | Prix TTC du service au m³ pour 120 m³ | €/m³ | 2,10 | 2,15 |
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Records:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "clairval.md").write_text(REPORT, encoding="utf-8")
    return extract_records(read_document(folder / "clairval.md", corpus=folder), load_grammar())


def found(report: Records, indicator: str) -> list[tuple[str, str, str]]:
    return [(f.value_text, f.period, f.unit) for f in report.figures if f.indicator == indicator]


def test_a_line_of_a_table_gives_each_year_its_value(report: Records) -> None:
    assert found(report, "P201.1") == [("90,4", "2020", "%"), ("91,3", "2021", "%")]


def test_a_value_out_of_its_maximum(report: Records) -> None:
    assert found(report, "P202.2B") == [("80", "2020", "point"), ("95", "2021", "point")]


def test_a_sentence_gives_its_value(report: Records) -> None:
    assert ("1 340", "2021-12-31", "habitant") in found(report, "D201.0")


def test_another_years_value_in_brackets_is_there_to_compare_with(report: Records) -> None:
    roles = {(f.value_text, f.period): f.role for f in report.figures if f.indicator in ("D201.0", "D202.0")}
    assert roles[("1 310", "2020-12-31")] == roles[("5", "2020")] == Role.REFERENCE
    assert roles[("1 340", "2021-12-31")] == roles[("3", "2021")] == Role.OBSERVED


def test_a_column_of_another_year_is_there_to_compare_with(report: Records) -> None:
    roles = {(f.value_text, f.period[:4]): f.role for f in report.figures if f.indicator == "D203.0"}
    assert roles == {
        ("10,5", "2020"): Role.REFERENCE,
        ("1,2", "2020"): Role.REFERENCE,
        ("12,5", "2021"): Role.OBSERVED,
        ("1,4", "2021"): Role.OBSERVED,
    }


def test_a_misprinted_code_gives_way_to_the_name_and_zero_is_zero(report: Records) -> None:
    assert found(report, "P207.0") == [("0,00", "2020", "EUR"), ("0,00", "2021", "EUR")]


def test_another_familys_code_is_respected(report: Records) -> None:
    assert {value for value, _, _ in found(report, "D204.0")} == {"2,24", "2,31"}


def test_a_title_that_dates_its_column_is_no_value(report: Records) -> None:
    assert found(report, "P206.3") == [("98,5", "2021", "%")]


def test_words_for_no_value_give_none(report: Records) -> None:
    assert found(report, "P256.2") == []


def test_lines_that_agree_state_a_value_and_lines_that_disagree_none(report: Records) -> None:
    assert [value for value, _, _ in found(report, "P203.3")] == ["Oui", "Oui"]
    assert found(report, "P204.3") == []


def test_a_word_is_flagged_and_linked_to_its_cell(report: Records) -> None:
    figure = next(figure for figure in report.figures if figure.indicator == "P203.3")
    assert (figure.value, figure.value_text, figure.flags) == (100, "Oui", WORD)
    assert report.text[figure.char_start : figure.char_end] == "Oui"
    cell = next(cell for cell in report.table_cells if cell.figure_id == figure.figure_id)
    assert (cell.text, cell.value) == ("Oui", 100)


def test_a_value_out_of_range_is_flagged(report: Records) -> None:
    flags = {f.value_text: f.flags for f in report.figures if f.indicator == "P205.3"}
    assert flags == {"100": "", "180": OUT_OF_RANGE}


def test_the_parts_of_a_sum_are_found_not_added(report: Records) -> None:
    assert [value for value, period, _ in found(report, "D203.0") if period == "2021"] == ["12,5", "1,4"]


def test_all_figures_state_their_value(report: Records) -> None:
    for figure in report.figures:
        if WORD not in figure.flags.split(";"):
            assert parse_number(figure.value_text) == figure.value


OTHER = """# Rapport annuel du délégataire : prix et qualité des services d'assainissement collectif

Exercice 2021

## Eau potable

| Code | Indicateur | 2020 | 2021 |
|---|---|---|---|
| P107.2 | Taux moyen de renouvellement des réseaux | 0,6 % | 0,7 % |
| P253-2 | Taux moyen de renouvellement des réseaux | 0,3 % | 0,4 % |
| | Taux de réclamations | 4,1 | 4,4 |

## Prix du service

| Secteur Est, 120 m³ | 01/01/2021 | 01/01/2022 |
|---|---|---|
| Prix au m³ | 2,10 | 2,20 |

| Secteur Ouest, 120 m³ | 01/01/2021 | 01/01/2022 |
|---|---|---|
| Prix au m³ | 2,45 | 2,46 |

## Exploitation

| Indicateur | Exercice N-1 | Exercice N | Remarque |
|---|---|---|---|
| Durée d'extinction de la dette (p256.2) | 4,8 | 4,1 | emprunt de 2018 |
| D203 Boues | 31,5 | 33 | |
| Habitants desservis, secteur Est | 700 | 710 | |
| Habitants desservis, ensemble (D201.0) | 1 200 | 1 212 | |

| Station | Boues produites (tMS) | Boues évacuées (tMS) |
|---|---|---|
| Bourg | 34,1 | 33 |

Le taux de desserte (P201.1) est de 96,5 %.

Par lettre du 4 mai 2022, l'État a jugé la collecte des effluents non conforme.

## Débordements chez les usagers (P251.1)

| Valeur 2021 | 0,4 |
|---|---|
| Rappel 2020 | 0,2 |

C) Points de curage fréquent (P252.2)

| | 2020 | 2021 |
|---|---|---|
| Nombre pour 100 km | 10,4 | 20,8 |

## Comparaison

| | Rive droite | Rive gauche | Ensemble |
|---|---|---|---|
| Habitants desservis | 12 | 17 | 29 |
| Autorisations de déversement (D202.0) | 2 | 1 | 3 |

| | Eau potable 2021 | Assainissement collectif 2021 |
|---|---|---|
| Taux d'impayés | 1,4 % | 1,9 % |

| Station (conformité, %) | Équipements | Performance |
|---|---|---|
| Bourg | 100 | 100 |
| Lac | 100 | 50 |
| Moyenne pondérée | 100 | 90 |

- Boues évacuées (P206.3) = sans objet
- Abandons de créances (P207.0) = 0,2 €/m³

P258.1 Réclamations 1,6 ‰ 2020 : 0,8 ‰.
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Records:
    folder = tmp_path_factory.mktemp("other")
    (folder / "delegataire.md").write_text(OTHER, encoding="utf-8")
    return extract_records(read_document(folder / "delegataire.md", corpus=folder), load_grammar())


def test_a_code_counts_under_the_other_services_heading_and_words_do_not(other: Records) -> None:
    assert found(other, "P253.2") == [("0,3", "2020", "%"), ("0,4", "2021", "%")]
    assert [value for value, _, _ in found(other, "P258.1")] == ["1,6", "0,8"]


def test_two_bills_that_disagree_give_no_price(other: Records) -> None:
    assert found(other, "D204.0") == []


def test_a_remark_behind_a_value_does_not_date_it(other: Records) -> None:
    assert ("4,1", "2021", "ans") in found(other, "P256.2")


def test_a_line_with_a_code_goes_before_lines_with_words(other: Records) -> None:
    rules = {f.value_text: f.indicator_rule for f in other.figures if f.indicator == "D201.0"}
    assert rules["1 212"] == "sanitation/coded"


def test_a_code_without_its_version_and_a_code_within_a_sentence(other: Records) -> None:
    assert ("33", "2021", "t MS") in found(other, "D203.0")
    assert found(other, "P201.1") == [("96,5", "2021", "%")]


def test_the_day_of_a_letter_is_not_the_results(other: Records) -> None:
    assert found(other, "P203.3") == [("non conforme", "2021", "%")]


def test_a_line_called_value_under_the_indicators_heading(other: Records) -> None:
    assert ("0,4", "2021", "/1000 habitants") in found(other, "P251.1")


def test_the_other_services_column_is_left_out(other: Records) -> None:
    assert found(other, "P257.0") == [("1,9", "2021", "%")]


def test_a_weighted_mean_stands_for_the_service(other: Records) -> None:
    assert found(other, "P205.3") == [("90", "2021", "%")]


def test_a_paragraph_that_is_a_name_and_its_code_heads_what_follows(other: Records) -> None:
    assert found(other, "P252.2") == [("10,4", "2020", "/100 km"), ("20,8", "2021", "/100 km")]


def test_the_column_of_the_total_stands_and_no_match_runs_over_lines(other: Records) -> None:
    assert found(other, "D202.0") == [("3", "2021", "autorisation")]


def test_a_list_of_codes_one_without_a_value(other: Records) -> None:
    assert found(other, "P207.0") == [("0,2", "2021", "EUR/m3")]
    assert found(other, "P206.3") == []


def test_a_card_gives_its_own_value_to_the_report_and_the_other_to_its_year(other: Records) -> None:
    assert found(other, "P258.1") == [("1,6", "2021", "/1000 abonnés"), ("0,8", "2020", "/1000 abonnés")]


def test_every_figure_of_an_indicator_says_by_which_rule(report: Records) -> None:
    assert all(bool(figure.indicator) == bool(figure.indicator_rule) for figure in report.figures)


# Examples in the grammar --------------------------------------------------------------------------
def test_wrong_examples_are_found(tmp_path: Path) -> None:
    """Each indicator has a name of its own, so that none is another's."""
    wrong = (
        ("examples: [courriers]", "it has no indicator"),
        ("counter_examples: [NAME]", "its indicator is this one"),
        ("examples: [{table: [['', '2021'], [NAME, '12']], gives: 13}]", "the value found is 12, not 13"),
        ("examples: ['[[12]] courriers en 2021']", "no value is found"),
        ("counter_examples: [{table: [['', '2021'], [NAME, '12']]}]", "12 is found"),
    )
    names = ("lettres", "colis", "télégrammes", "paquets", "mandats")
    entries = [
        f"  - {{id: x.{name}, name_fr: X, named: [{name}], {example.replace('NAME', name)}}}"
        for name, (example, _) in zip(names, wrong, strict=True)
    ]
    (tmp_path / "own.yaml").write_text(
        "\n".join(["kind: indicators", "indicators:", *entries]), encoding="utf-8"
    )
    found = [p.message for p in grammar_test(tmp_path).problems if p.message.startswith(tmp_path.name)]
    assert len(found) == len(wrong)
    for name, (_, says) in zip(names, wrong, strict=True):
        assert any(f"`x.{name}`" in message and says in message for message in found), says
