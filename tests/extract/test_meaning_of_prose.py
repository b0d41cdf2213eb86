"""What figures of prose mean, on sentences written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapextract.consolidate.indicators import IndicatorMatrix
from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.model import FigureRow
from rapextract.read import read_document

HEAD = "Rapport d'activité 2022 de la CPAM du Gers\n\n"


def _figure(tmp_path: Path, text: str, value_text: str) -> FigureRow:
    path = tmp_path / "report.txt"
    path.write_text(HEAD + text + "\n", encoding="utf-8")
    figures = extract_records(read_document(path, corpus=tmp_path), load_grammar()).figures
    return next(figure for figure in figures if figure.value_text == value_text)


@pytest.mark.parametrize(
    ("text", "value_text", "period"),
    [
        ("Fin 2022, la caisse comptait 14 agences.", "14", "2022-12"),
        ("Au dernier trimestre, des ateliers ont été menés au sein des 5 antennes.", "5", "2022"),
        ("Au dernier trimestre, 5 ateliers ont été menés.", "5", "2022-10/2022-12"),
        ("Le service répond à 93 % des appels (objectif à 90 %) sans compter le mois d'août.", "90", "2022"),
        ("Le taux s'établit à 12 %, contre 15 % un an plus tôt.", "15", "2021"),
        ("Au premier semestre, 40 visites ont eu lieu ; au second, 35.", "35", "2022-S2"),
        ("Arrivé au second, le club a réuni 35 élus.", "35", "2022"),
        ("Le gain a doublé par rapport à 2021 (35 €).", "35", "2021"),
        ("Sur les trois dernières années, 35 clubs ont ouvert.", "35", "2020/2022"),
        ("Entre 2019 et 2022, le nombre de clubs a crû, passant de 22 à 35.", "22", "2019"),
        ("Entre 2019 et 2022, le nombre de clubs a crû, passant de 22 à 35.", "35", "2022"),
        ("Entre 2019 et 2022, le délai a varié de 22 à 35 jours.", "22", "2019/2022"),
        ("Le taux, stable sur les trois dernières années, atteint 35 %.", "35", "2022"),
        ("Le nombre de clubs a doublé : 70 en 2022 après 35 en 2021.", "35", "2021"),
        ("Le club a réuni 12 élus, contre 35 lors de la saison précédente.", "35", "2021"),
        ("Au premier semestre, 40 visites ont eu lieu et 35 au second.", "35", "2022-S2"),
    ],
)
def test_the_period_of_a_figure(tmp_path: Path, text: str, value_text: str, period: str) -> None:
    assert _figure(tmp_path, text, value_text).period == period


@pytest.mark.parametrize(
    ("text", "value_text", "role"),
    [
        ("Le Gers a tenu 12 ateliers.", "12", "observed"),
        ("Dans le Var, 12 ateliers ont été tenus.", "12", "reference"),
        ("Pour comparer, la CPAM du Var a notifié 70 indus.", "70", "reference"),
        ("En Occitanie, 12 ateliers ont été tenus.", "12", "observed"),
        ("En Bretagne, 12 ateliers ont été tenus.", "12", "reference"),
        ("La charte fixe un cap : 90 % de trajets doux en 2029.", "90", "objective"),
        ("La charte vaut 6 ans, soit jusqu'au 31/12/2029.", "6", "observed"),
        ("Le reste à payer se monte en moyenne à 31 € par dossier.", "31", "observed"),
        ("Le taux est de 48 % dans le Gers, quand il dépasse 52 % en Occitanie.", "52", "reference"),
        ("Le Gers a ouvert 26 sites, contre 9 en Occitanie.", "9", "reference"),
        ("La fibre dessert 98 % des écoles, contre 64 % il y a deux ans.", "64", "reference"),
    ],
)
def test_what_role_a_figure_plays(tmp_path: Path, text: str, value_text: str, role: str) -> None:
    assert _figure(tmp_path, text, value_text).role == role


@pytest.mark.parametrize(
    ("text", "value_text", "territory"),
    [
        ("Le taux de 3 % est inférieur à celui observé en Bretagne (4,1 %).", "4,1", "FR-BRE"),
        ("Il reste 9 postes à pourvoir, principalement à Brest (6).", "9", "FR-32"),
        ("La région compte 21 centres, dont 8 dans le Gers et 6 dans le Gard.", "8", "FR-32"),
        ("Le Gers a vu partir 8 agents, alors que celui de Nîmes en a accueilli 5.", "8", "FR-32"),
    ],
)
def test_where_a_figure_is(tmp_path: Path, text: str, value_text: str, territory: str) -> None:
    assert _figure(tmp_path, text, value_text).territory == territory


def test_short_forms_with_one_capital_are_counted(tmp_path: Path) -> None:
    text = "Un Esat a fermé. Le service a visité 14 Esat, dont 5 en mai."
    whole, part = _figure(tmp_path, text, "14"), _figure(tmp_path, text, "5")
    assert (whole.unit, whole.label) == ("Esat", "Esat visités par le service")
    assert (part.unit, part.dimensions) == ("Esat", '{"part_of": "Esat"}')


@pytest.mark.parametrize(
    ("text", "value_text", "label"),
    [
        ("Un découpage en 3 unités a été réalisé.", "3", "unités du découpage"),
        ("La plateforme, forte de 22 téléconseillers, aide.", "22", "téléconseillers de la plateforme"),
        ("Le service a reçu 120 personnes et clos 45 dossiers.", "45", "dossiers clos"),
        ("Les ateliers ont réuni 60 assurés. 92 % recommanderaient l'atelier.", "92",
         "part des assurés qui recommanderaient l'atelier"),
        ("Le taux de refus est de 36,1 % (France : 34,3 %).", "34,3", "taux de refus"),
        ("Le taux de refus global ressort à 36,1 %.", "36,1", "taux de refus global"),
        ("Les aides de l'exercice se sont élevées à 48 600 €.", "48 600", "aides de l'exercice"),
        (
            "Le taux de satisfaction est de 90 % et 92 % conseilleraient le jardin.",
            "92",
            "part qui conseilleraient le jardin",
        ),
        ("Le comité des serres s'est réuni 3 fois. Il s'est réuni 4 fois en 2021.", "4",
         "réunions du comité des serres"),
    ],
)  # fmt: skip
def test_the_label_of_a_figure(tmp_path: Path, text: str, value_text: str, label: str) -> None:
    assert _figure(tmp_path, text, value_text).label.startswith(label)


def test_the_year_is_not_one_that_the_report_compares_with(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        "CPAM du Gers\n\nEn 2021, 40 visites ont été faites, 6 de moins qu'en 2020.\n"
        "La plateforme a ouvert en mai 2020.\n",
        encoding="utf-8",
    )
    records = extract_records(read_document(path, corpus=tmp_path), load_grammar())
    assert records.report.year == "2021"


def test_one_count_under_two_nouns_is_no_disagreement(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        HEAD + "Nous avons proposé à 412 de ces professionnels de santé un accompagnement.\n\n"
        "412 médecins généralistes ont bénéficié d'un échange confraternel.\n",
        encoding="utf-8",
    )
    figures = extract_records(read_document(path, corpus=tmp_path), load_grammar()).figures
    matrix = IndicatorMatrix(load_grammar())
    named = [figure.model_copy(update={"indicator": "medecins-cogestion-ij"}) for figure in figures]
    flagged = matrix.add(named)
    assert {figure.unit for figure in flagged} == {"professionnel", "médecin"}
    assert not any("disagrees" in figure.flags for figure in flagged)
    assert [(row.mentions, row.agreeing) for row in matrix.rows()] == [(2, 2)]
