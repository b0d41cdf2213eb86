"""Values of indicators in sheets, cards and lists, each with what stands beside them and is not theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.model import Records
from rapextract.read import read_document

REPORT = """# Rapport annuel sur le prix et la qualité du service public d'assainissement collectif

Exercice 2021, présenté pour l'année 2021

## Fiches

P201.1

Taux de desserte

| Valeur 2021 | Unité | Valeur 2020 | Fiabilité | Moyenne nationale 2019 |
|---|---|---|---|---|
| 93,4 | % | 93,1 | B | 95 |

P203.3 Conformité de la collecte des effluents, en application du décret 94-469 du 3 juin 1994

| Valeur 2021 | Valeur 2020 | Fiabilité |
|---|---|---|
| 100 | 0 | A |

D203.0 – Boues issues des ouvrages, au total 4,1 tMS 2020 : 4 · moyenne départementale : 6,2

D201.0 – Habitants desservis, permanents ou non, 1 560 habitants 2020 : 1 548 · moyenne départementale : 2 200

## Secteurs

| Indicateur | Secteur Amont 2021 | Secteur Aval 2021 | Agglomération 2021 |
|---|---|---|---|
| Taux d'impayés (P257.0) | 1,2 | 3,4 | 1,8 |

| Indicateur | Valeur 2021 |
|---|---|
| [P207.0] Nombre de demandes d'abandon de créance | 4 |
| [P254.3] Nombre de bilans réalisés | 12 |
| [P258.1] Nombre de réclamations (pour 1 000 abonnés) | 2,5 |

## Liste

Boues (P206.3) : sans objet Points noirs de 2019 (P252.2) : 0 Extinction de la dette (P256.2) : 7 ans
"""


def read(folder: Path, text: str) -> Records:
    path = folder / "Rapport_2021.md"
    path.write_text(text, encoding="utf-8")
    return extract_records(read_document(path), load_grammar())


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Records:
    return read(tmp_path_factory.mktemp("sheets"), REPORT)


def found(report: Records, indicator: str) -> list[tuple[str, str]]:
    return [(f.value_text, f.period[:4]) for f in report.figures if f.indicator == indicator]


def test_a_table_of_one_line_states_what_its_title_names(report: Records) -> None:
    assert found(report, "P201.1") == [("93,4", "2021"), ("93,1", "2020")]


def test_a_code_alone_is_a_title_and_a_decree_does_not_hide_one(report: Records) -> None:
    assert found(report, "P203.3") == [("100", "2021"), ("0", "2020")]


def test_what_a_dot_parts_from_a_value_does_not_judge_it(report: Records) -> None:
    assert ("4,1", "2021") in found(report, "D203.0")


def test_the_year_behind_a_noun_is_the_next_values(report: Records) -> None:
    assert found(report, "D201.0") == [("1 560", "2021"), ("1 548", "2020")]


def test_the_column_of_the_agglomeration_stands_for_the_service(report: Records) -> None:
    assert found(report, "P257.0") == [("1,8", "2021")]


def test_a_line_that_counts_states_no_amount_and_no_rate(report: Records) -> None:
    assert found(report, "P207.0") == []
    assert found(report, "P254.3") == []
    assert found(report, "P258.1") == [("2,5", "2021")]


def test_what_is_said_of_one_of_a_list_is_not_said_of_the_next(report: Records) -> None:
    assert found(report, "P256.2") == [("7", "2021")]


def test_a_report_may_name_its_service_without_collective(tmp_path: Path) -> None:
    titled = "# Prix et qualité du service {}\n\nExercice 2021\n\nLe taux de desserte est de 91 %.\n"
    assert found(read(tmp_path, titled.format("de l'assainissement")), "P201.1") == [("91", "2021")]
    assert found(read(tmp_path, titled.format("d'assainissement non collectif")), "P201.1") == []
    coded = "# Rapport du délégataire\n\nExercice 2021\n\nTaux de desserte (P201.1) : 92 %\n"
    assert found(read(tmp_path, coded), "P201.1") == [("92", "2021")]


def test_a_report_on_the_other_service_states_none_by_name(tmp_path: Path) -> None:
    water = """# Commune de Bellerive

## Prix et qualité du service public de l'eau potable, exercice 2021

La facture comprend l'assainissement collectif.

## Usagers

Le taux de réclamations est de 2,4 pour 1 000 abonnés.

| Indicateur | Valeur 2021 |
|---|---|
| Taux d'impayés | 1,4 % |
| Taux de desserte (P201.1) | 95 % |
"""
    both = water.replace("l'eau potable,", "l'eau potable et de l'assainissement collectif,")
    assert {f.indicator for f in read(tmp_path, water).figures if f.theme == "assainissement"} == {"P201.1"}
    assert found(read(tmp_path, both), "P258.1") == [("2,4", "2021")]


TRAPS = """# Prix et qualité du service public d'assainissement collectif

Exercice 2021

## Résultats

| Indicateur | Unité | 2020 | 2021 | Moyenne nationale 2019 | Objectif 2025 |
|---|---|---|---|---|---|
| P204.3 Conformité des équipements | % | 100 | en attente | 95 | 100 |
| P206.3 Boues évacuées | % | 100 | N.C. | 97 | 100 |
| P253.2 Renouvellement | % | 0,4 | (1) | 0,45 | 1 |
| D201.0 Population desservie | | 940 habitants | 955 habitants | | |

## Le secteur Amont

| Indicateur | Valeur 2021 |
|---|---|
| Taux de desserte | 94 % |
| Indice de connaissance et de gestion patrimoniale | 72 |

## Le secteur Aval

| Indicateur | Valeur 2021 |
|---|---|
| Taux de desserte | 81 % |
| Indice de connaissance et de gestion patrimoniale | 42 |

| Code | Indicateur | Amont | Aval | Commune |
|---|---|---|---|---|
| P202.2B | Indice de connaissance et de gestion patrimoniale | 72 | 42 | 66 |

## Rappel des résultats 2020

Le taux de réclamations s'élevait à 5,1 pour 1 000 abonnés.

| Durée d'extinction de la dette | 8,2 ans |
|---|---|

## Tarif

| Station | Boues évacuées 2021 (tMS) |
|---|---|
| Bourg | 41 |
| Lac | 8,5 |

9 Prix Au 1er janvier 2021, le prix TTC du service au m³ pour 120 m³ est de 1,76 €/m³.
"""


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Records:
    return read(tmp_path_factory.mktemp("traps"), TRAPS)


def test_a_column_of_units_moves_no_value_to_another_year(traps: Records) -> None:
    assert found(traps, "P204.3") == [("100", "2020")]
    assert found(traps, "P206.3") == [("100", "2020")]


def test_the_mark_of_a_note_is_no_value(traps: Records) -> None:
    assert found(traps, "P253.2") == [("0,4", "2020")]


def test_a_value_may_stand_with_its_noun(traps: Records) -> None:
    assert found(traps, "D201.0") == [("940", "2020"), ("955", "2021")]


def test_tables_of_two_systems_that_disagree_state_no_value_of_the_service(traps: Records) -> None:
    assert found(traps, "P201.1") == []
    assert found(traps, "P202.2B") == [("66", "2021")]


def test_under_a_heading_of_an_earlier_year_values_are_that_years(traps: Records) -> None:
    assert found(traps, "P258.1") == [("5,1", "2020")]
    assert found(traps, "P256.2") == [("8,2", "2020")]


def test_a_price_of_the_first_of_january_keeps_its_day(traps: Records) -> None:
    assert [f.period for f in traps.figures if f.indicator == "D204.0"] == ["2021-01-01"]


def test_the_sludge_of_all_works_is_a_sum(traps: Records) -> None:
    assert found(traps, "D203.0") == [("41", "2021"), ("8,5", "2021")]


def test_what_was_then_is_not_the_reports_years(tmp_path: Path) -> None:
    text = "# Prix et qualité du service d'assainissement collectif 2021\n\nLe taux d'impayés {}.\n"
    was = read(tmp_path, text.format("n'est pas connu ; il était de 3 % en 2020"))
    assert found(was, "P257.0") == [("3", "2020")]
