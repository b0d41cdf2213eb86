"""Whole records of figures in prose and lists, on sentences written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.read import read_document

HEAD = "# Rapport d'activité 2022 de la CPAM du Gers\n\n"


def _records(tmp_path: Path, text: str) -> list[str]:
    """The figures of `text`: number, unit, label, and what is not as usual in this report."""
    path = tmp_path / "report.md"
    path.write_text(f"{HEAD}{text}\n", encoding="utf-8")
    usual = {"2022", "FR-32", "observed"}
    return [
        " | ".join(
            [f"{figure.value_text} {figure.unit}", figure.label]
            + [said for said in (figure.period, figure.territory, figure.role) if said not in usual]
        )
        for figure in extract_records(read_document(path, corpus=tmp_path), load_grammar()).figures
    ]


@pytest.mark.parametrize(
    ("text", "records"),
    [
        (  # each of listed changes is one
            "Il y a eu une hausse de 4,7 % des tuteurs, de 3,8 % des jurés et de 2 % des greffiers.",
            ["4,7 % | hausse des tuteurs | change", "3,8 % | hausse des jurés | change",
             "2 % | hausse des greffiers | change"],
        ),
        (
            "Il y a eu une baisse de 3 % des lettres et de 9 % des colis.",
            ["3 % | baisse des lettres | change",
             "9 % | baisse des colis | change"],
        ),
        (
            "Soit une augmentation de 60 jeunes accueillis (+ 4 %) et de 27 internes.",
            ["60 jeune | augmentation de jeunes accueillis | change",
             "+ 4 % | augmentation de jeunes accueillis | change",
             "27 interne | hausse du nombre d'internes | change"],
        ),
        (  # from so many to so many
            "Les saisines ont augmenté de 12 %, passant de 1 200 en 2021 à 1 344 en 2022.",
            ["12 % | hausse des saisines | change", "1 200 saisine | saisines | 2021 | reference",
             "1 344 saisine | saisines"],
        ),
        (
            "Les saisines sont passées de 1 200 en 2021 à 1 344.",
            ["1 200 saisine | saisines | 2021 | reference", "1 344 saisine | saisines"],
        ),
        ("Les salaires sont passés de 1 200 en 2021 à 1 344.", []),
        ("Les équipes sont passées de 12 en 2021 à 14 agents.", ["14 agent | agents"]),
        (  # a second verb counts anew
            "Le jury a siégé à 9 séances et a tranché sur 385 recours, contre 529 en 2021.",
            ["9 séance | séances auxquelles le jury a siégé", "385 recours | recours tranchés",
             "529 recours | recours tranchés | 2021 | reference"],
        ),
        (
            "Le jury a tenu 9 séances.\nLes avis y sont bons (38 sur 51).",
            ["9 séance | séances tenues par le jury"],
        ),
        (  # what a number in brackets is of
            "La hausse est nette pour les scieries (+ 12 % après -3 % en 2021) et la cantine (+ 3 %).",
            ["+ 12 % | évolution des scieries | change", "-3 % | évolution des scieries | 2021 | change",
             "+ 3 % | évolution de la cantine | change"],
        ),
        (
            "Le taux de panne est plus faible qu'en 2021 (3,4 % contre 4,2 %).",
            ["3,4 % | taux de panne", "4,2 % | taux de panne | 2021 | reference"],
        ),
        (
            "La hausse des dépenses de cire contribue fortement à ce résultat (+ 4,1 %).",
            ["+ 4,1 % | hausse des dépenses de cire | change"],
        ),
        (
            "Avec près de 15,5 millions d'euros, les dépenses du parc augmentent de 2,8 %.",
            ["15,5 millions EUR | montant des dépenses du parc",
             "2,8 % | hausse des dépenses du parc | change"],
        ),
        ("Le parc emploie 80 gardes, pour atteindre près de 90 salariés.",
         ["80 garde | gardes du parc", "90 salarié | salariés"]),
        (  # aims in brackets
            "- Guides formés : 64 (objectif 60)\n- Sorties menées : 12 (objectif 3)",
            ["64 guide | guides formés", "60 guide | guides formés | objective",
             "12 sortie | sorties menées"],
        ),
        (
            "Près de 90 foyers ont adhéré (contre un objectif fixé en 2021 à 98).",
            ["90 foyer | foyers ayant adhéré", "98 foyer | foyers ayant adhéré | objective"],
        ),
        (  # so many of so many
            "- Serres chauffées (38 sur 51)\n\nAuch (14 sur 19)",
            ["38 serre | serres chauffées", "51 serre | serres chauffées"],
        ),
        (
            "Les trois quarts des fermes (38 sur 51) ont adhéré.",
            ["trois quarts 1 | part des fermes ayant adhéré", "38 ferme | fermes", "51 ferme | fermes"],
        ),
        (
            "Le nombre de serres du Gers est de 61, celui du Calvados 58.",
            ["61 serre | serres du Gers", "58 serre | serres du Calvados | FR-14 | reference"],
        ),
        (  # the country
            "On compte en France 230 moulins, dont 14 à Auch.",
            ["230 moulin | moulins | FR | reference", "14 moulin | moulins à Auch"],
        ),
        ("La maison est la première en Occitanie, la 7ème en France.",
         ["première rang | maison", "7 rang | maison"]),
        (  # what was and what is
            "La durée moyenne de pose a diminué de 15 %, en passant de 4,6 mois en 2021 à 3,9 mois.",
            ["15 % | baisse de la durée moyenne de pose | change",
             "4,6 mois | durée moyenne de pose | 2021 | reference", "3,9 mois | durée moyenne de pose"],
        ),
        (
            "Le délai de pose est de 4,3 mois (après 4,2 en 2021).",
            ["4,3 mois | délai de pose", "4,2 mois | délai de pose | 2021 | reference"],
        ),
        ("Le club varie de 22 à 94 lettres, la moyenne se situant à 64 lettres.",
         ["22 lettre | lettres, minimum", "94 lettre | lettres, maximum", "64 lettre | lettres"]),
        ("Sur les ruches, 12 des 19 millions d'euros sont versés.", ["19 millions EUR | montant"]),
        (  # where a phrase ends
            "Les cygnes représentent 42,4 % des envols – suivis des oies – et 3 % des retours.",
            ["42,4 % | part des cygnes dans les envols", "3 % | part des retours"],
        ),
        (
            "Les cygnes représentent 4,9 % des envols et celles des oies 3,4 %.",
            ["4,9 % | part des cygnes dans les envols", "3,4 % | part des oies"],
        ),
        ("Le club a reçu 914 hôtes à l'occasion des 12 fêtes.",
         ["914 hôte | hôtes reçus par le club", "12 fête | occasion de fêtes"]),
        (  # places
            "Le délai est de 7,1 mois à Auch, ainsi qu'en Mayenne avec 6,3 mois.",
            ["7,1 mois | délai", "6,3 mois | délai | FR-53 | reference"],
        ),
        ("Depuis 2018 en France, les recettes s'élèvent à 2,7 millions d'euros.",
         ["2,7 millions EUR | recettes | FR"]),
        (
            "Le taux de panne a baissé passant de 3,9 % en 2021 à 3,2 %.",
            ["3,9 % | taux de panne | 2021 | reference", "3,2 % | taux de panne"],
        ),
        (  # more of what was done, not of where
            "Le club a vendu 80 ruches dans ses 6 boutiques, soit 3 % de plus qu'en 2021.",
            ["80 ruche | ruches vendues par le club", "6 boutique | boutiques",
             "3 % | hausse des ruches vendues par le club | change"],
        ),
        (
            "La relance est tirée par la laine brute (+ 8,6 %) et les feutres (+ 3 %).",
            ["+ 8,6 % | évolution de la laine brute | change", "+ 3 % | évolution des feutres | change"],
        ),
        (  # years to compare with
            "La vente croît (+ 7 % par rapport à 2021 (mais aussi + 26 % par rapport à 2019)).",
            ["+ 7 % | évolution | change", "+ 26 % | évolution | change"],
        ),
        ("Le club a vendu 80 ruches, près du record détenu par l'année 2019.",
         ["80 ruche | ruches vendues par le club"]),
        (
            "On a compté 950 000 nuitées, en hausse de 2 % par rapport à l'été 2019.",
            ["950 000 nuitée | nuitées", "2 % | hausse des nuitées | change"],
        ),
        (
            "Le taux croît moins ici qu'au niveau national (+ 2,3 %).",
            ["+ 2,3 % | évolution | FR | change"],
        ),
        ("L'opération « Village 100 % fleuri » a repris.", []),
        ("Ceux qui cousent ont augmenté de 3 %.", ["3 % | hausse de ceux qui cousent | change"]),
        ("Le club a reçu 40 jeunes, dont 12 élèves.",
         ["40 jeune | jeunes reçus par le club", "12 élève | élèves parmi les jeunes reçus par le club"]),
    ],
)  # fmt: skip
def test_whole_records(tmp_path: Path, text: str, records: list[str]) -> None:
    assert _records(tmp_path, text) == records
