"""Values of indicators in sentences: told by name or title, unit and year, and by what contradicts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.model import Records
from rapextract.read import read_document

REPORT = """# Rapport sur le prix et la qualité du service public d'assainissement collectif

Exercice 2021, présenté pour l'année 2021

## Les usagers

498 des 512 abonnés sont raccordés et le taux de desserte ressort ainsi à 97,3 % (96,9 % en 2020).

Aucune autorisation de déversement n'a été accordée. La moyenne nationale du taux d'impayés est de 1,9 %.

Sur les factures de l'année 2020, le taux d'impayés est monté à 2,4 % (2,1 % l'année précédente).

Les 2 débordements dans les locaux d'usagers font 1,1 débordement pour 1 000 habitants desservis.

## Indice de connaissance et de gestion patrimoniale (P202.2B)

La valeur varie entre 0 et 120 points. Il faut au moins 40 points pour disposer du descriptif détaillé.

Note obtenue en 2021 : 68 / 120. Note obtenue en 2020 : 53 / 120.

L'indice de connaissance du réseau est donc de 68 points sur un maximum de 120.

## Points noirs du réseau (P252.2)

Le service en compte 3, soit 17,4 pour 100 km.

## Conformité des performances à l'acte individuel (P254.3)

L'indice global de conformité des équipements d'épuration est 95.

## Taux de boues évacuées selon les filières conformes (P206.3)

Le bourg : taux de boues évacuées de 100 %.

Le hameau : taux de boues évacuées de 60 %.

## Taux moyen de renouvellement des réseaux (P253.2)

L'objectif est un taux de 1 %. Un taux moyen de renouvellement de 2 % est recommandé.

## Taux de réclamations (P258.1)

Pour l'eau potable, le taux de réclamations est de 4,1 pour 1 000 abonnés.

Moyenne du groupe : 3,2 pour 1 000 abonnés.

Dans le département, le taux de réclamations atteint 6,1 pour 1 000 abonnés.

## Renouvellement (P253.2)

Aucun tronçon n'a été remplacé depuis cinq ans : 0 %.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Records:
    path = tmp_path_factory.mktemp("sentences") / "Rapport_Assainissement_2021.md"
    path.write_text(REPORT, encoding="utf-8")
    return extract_records(read_document(Path(path)), load_grammar())


def found(report: Records, indicator: str) -> list[tuple[str, str]]:
    return [(f.value_text, f.period[:4]) for f in report.figures if f.indicator == indicator]


def test_a_name_and_its_unit_tell_a_value_among_other_numbers(report: Records) -> None:
    assert found(report, "P201.1") == [("97,3", "2021"), ("96,9", "2020")]


def test_none_of_what_is_named_is_zero(report: Records) -> None:
    assert found(report, "D202.0") == [("Aucune", "2021")]


def test_the_bills_year_is_not_the_results_and_others_values_are_left_out(report: Records) -> None:
    assert found(report, "P257.0") == [("2,4", "2021")]


def test_of_two_names_the_one_that_has_the_unit(report: Records) -> None:
    assert found(report, "P251.1") == [("1,1", "2021")]


def test_a_title_and_a_word_for_values_tell_each_years_value_and_limits_are_none(report: Records) -> None:
    assert found(report, "P202.2B") == [("68", "2021"), ("53", "2020"), ("68", "2021")]


def test_a_rate_that_only_one_indicator_has_tells_itself_under_its_title(report: Records) -> None:
    assert found(report, "P252.2") == [("17,4", "2021")]


def test_a_title_with_a_code_goes_before_a_name_below_it(report: Records) -> None:
    assert found(report, "P254.3") == [("95", "2021")]
    assert found(report, "P204.3") == []


def test_what_is_said_of_the_other_service_and_of_others_is_left_out(report: Records) -> None:
    assert found(report, "P258.1") == []


def test_values_that_contradict_each_other_and_aims_give_none_and_none_is_nought(report: Records) -> None:
    assert found(report, "P206.3") == []
    assert found(report, "P253.2") == [("0", "2021")]
