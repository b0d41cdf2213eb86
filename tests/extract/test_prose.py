"""Figures in prose and lists: which numbers are figures, their unit, bound, role and dimensions."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from rapextract.extract.pipeline import extract_records
from rapextract.extract.prose import extract_prose
from rapextract.french.numbers import parse_number
from rapextract.grammar import load_grammar
from rapextract.model import BlockKind, FigureRow, Span
from rapextract.read import read_document

from .contexts import context_of, document_of


def figures(text: str, **about: object) -> list[FigureRow]:
    return list(extract_prose(context_of(text, **about), []))  # type: ignore[arg-type]


def units(text: str) -> list[tuple[str, str]]:
    """Each figure's characters and its unit, in reading order."""
    return [(row.value_text, row.unit) for row in figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Le projet, lancé le 12 mars 2019, se poursuit depuis le 1er juin.",
        "Entre le 9 et le 25 mars, les équipes ont été renforcées.",
        "Les 4, 5 et 6 octobre, le programme 2021/22 reprend ; joindre le service au 03 80 12 45 78.",
        "L'article 12 de la loi n° 2019-828 et l'avenant n° 7 s'appliquent.",
        "Les diabètes de type 1 et de type 2, la catégorie 3 et le niveau 4 sont suivis.",
        "La CPAM 70 et les départements 21, 25 et 39 y participent (39 et 70).",
        "CPAM de la Plaine, 9, boulevard des Tilleuls, TSA 99 998, 70000 VESOUL",
        "La caisse est au 9 rue du Port, 70000 Vesoul (tél. 03 84 00 00 00).",
        "Trois assurés sur quatre et près de 9 appelants sur 10 sont satisfaits.",
        "Les téléconseillers du 3646 ont transféré les appels.",
        "L'accueil ouvre de 9h30 à 17h, les serveurs tournent 24h/24 et 7j/7.",
        "Le volet 1 du programme, présenté page 12 et au tableau 4, est en ligne.",
        "L'atelier reçoit les enfants de 3, 6, 9 et 12 ans.",
        "En deux ans, le club a grandi ; il grandira d'ici trois ans, soit un membre sur six.",
        "L'attente est tombée à 4 minutes 30 secondes.",
        "La deuxième vague a touché le second semestre et la 3e équipe.",
        "L'un des premiers organismes à le faire, c'est une réussite pour un service.",
        "Remis à neuf, le bâtiment accueille un public plus large, mille mercis.",
        "Chacun rend ses données avant le 10 du mois M+1.",
        "La lutte contre la Covid 19 et les ALD 30 continue, comme le 100 % santé.",
        "Le recours contre tiers et l'aide d'une tierce personne sont gérés ici.",
        "Il y a 10 ans, je découvrais le service, ancré depuis une dizaine d'années.",
        "Des dizaines de courriers et plusieurs centaines d'appels sont arrivés.",
        "1. Direction générale",
        "Voir https://exemple.fr/rapport-12 ou la note LR-DDO-187/2021.",
        "Nous étions submergés, tous les deux, aux quatre coins du département.",
        "Ces dix dernières années, tout a changé.",
        "Cette aide n'a aucune valeur contractuelle.",
    ],
)
def test_numbers_that_measure_nothing_are_left_out(text: str) -> None:
    assert units(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La caisse a traité 8 100 appels, 3 nouveaux dossiers.", [("8 100", "appel"), ("3", "dossier")]),
        ("Seize agents traceurs (dont 2 référentes) restent.", [("Seize", "agent"), ("2", "référente")]),
        ("Le budget est de 12,5 M€, soit 4,2 % du total.", [("12,5 M", "EUR"), ("4,2", "%")]),
        ("Le délai moyen est de 5,1 jours, puis de 2 mois.", [("5,1", "j"), ("2", "mois")]),
        ("La région couvre 40 100 km², avec 61 hab/km².", [("40 100", "km2"), ("61", "hab/km2")]),
        ("La densité est de 27,4 abonnés/km.", [("27,4", "abonné/km")]),
        ("Le service compte 2,3 habitants par abonné.", [("2,3", "habitant/abonné")]),
        ("Les dons : 16 800 € en 2021 (10 500 au 31/12/2020).", [("16 800", "EUR"), ("10 500", "EUR")]),
        ("Le réseau fait 4,2* km (3,1* km en 2020).", [("4,2", "km"), ("3,1", "km")]),
        ("Les dons : 16 800 € (12 par jour).", [("16 800", "EUR")]),
        ("L'audit donne une note de 17,5/20.", [("17,5", "/20")]),
        ("L'ensemble couvre 2/3 de la population.", [("2/3", "1")]),
        ("Elle obtient la 8^e place du classement.", [("8", "rang")]),
        ("Le nombre d'ETP a varié de 38 à 57 dans l'année.", [("38", "ETP"), ("57", "ETP")]),
        ("Les ateliers ont réuni 45, 38 et 52 élèves.", [("45", "élève"), ("38", "élève"), ("52", "élève")]),
        ("Un nombre de « guichets » entre 17 et 31 par jour.", [("17", "guichet"), ("31", "guichet")]),
        ("Le nombre de séances réalisées s'élève à **63**.", [("63", "séance")]),
        ("De 89 renforts en juin, 44 étaient là en mars.", [("89", "renfort"), ("44", "renfort")]),
        ("1 200 avis ont été donnés, dont 74 après appel.", [("1 200", "avis"), ("74", "avis")]),
        ("Concernant les MSP, 21 ont signé le contrat.", [("21", "MSP")]),
        ("Le départ des conseillers : trois d'entre eux sont partis.", [("trois", "conseiller")]),
        ("À 1 272 de ces professionnels, une aide a été offerte.", [("1 272", "professionnel")]),
        ("Une dizaine de réunions.", [("Une dizaine", "réunion")]),
        ("3 millions de personnes et 2 écoles.", [("3 millions", "personne"), ("2", "école")]),
        ("Trois cadres et un juriste.", [("Trois", "cadre"), ("un", "juriste")]),
        ("Deux élus, une juriste et 4 agents.", [("Deux", "élu"), ("une", "juriste"), ("4", "agent")]),
        ("Les 20 premiers km sont offerts.", [("20", "km")]),
        ("Deux médecins-conseils et 6 CPTS.", [("Deux", "médecin-conseil"), ("6", "CPTS")]),
        ("Un accompagnement qui dure un an.", [("un", "ans")]),
        ("En 2022 :\n\n- 3 recours.\n\n- Aucun refus reçu.\n", [("3", "recours"), ("Aucun", "refus")]),
        ("Bilan.\n\n- Nombre d'abonnés raccordés : 312\n", [("312", "abonné")]),
        ("Cela fait 46,25 clients/km et 1,9 place/agent.", [("46,25", "client/km"), ("1,9", "place/agent")]),
        (
            "Le site compte 12 conseillers/conseillères et assure 3 visites/jour.",
            [("12", "conseiller"), ("3", "visite")],
        ),
    ],
)  # fmt: skip
def test_units(text: str, expected: list[tuple[str, str]]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    ("text", "bounds", "roles"),
    [
        ("Plus de 300 visites et environ 20 réunions.", ["min", "about"], ["observed", "observed"]),
        ("Jusqu'à 20 agents dans un délai ≤ 4 jours.", ["max", "max"], ["observed", "reference"]),
        ("Le nombre de postes va de 12 à 15 agents.", ["min", "max"], ["observed", "observed"]),
        ("Il y a eu du retard. 2 à 4 visites par an (3 à 6 heures).", ["min", "max"] * 2, ["observed"] * 4),
        ("- deux à trois réunions", ["min", "max"], ["observed"] * 2),
        ("Entre 75–80 % des envois sont suivis.", ["min", "max"], ["observed"] * 2),
        ("Délai (objectif : 8 jours - socle : 10 jours).", ["exact", "exact"], ["objective", "floor"]),
        ("Le montant a augmenté de + 6,5 %.", ["exact"], ["change"]),
        ("Cela fait 330 dossiers de moins qu'en 2019.", ["exact"], ["change"]),
        ("La maladie touche 2 millions de personnes en France.", ["exact"], ["reference"]),
        ("Un forfait de 150 € par trajet.", ["exact"], ["reference"]),
        ("Il y a 8 projets, dont 3 devraient signer cet été.", ["exact", "exact"], ["observed", "objective"]),
        (
            "Les 25 points du volet B ne sont attribués que si 15 points sont acquis.",
            ["exact"] * 2,
            ["reference"] * 2,
        ),
        ("Le taux est de 3,8 % (2,2 % en 2020).", ["exact", "exact"], ["observed", "reference"]),
        ("Le taux de réussite sur objectif à 99 %.", ["exact"], ["observed"]),
        (
            "Payé en 21 jours, l'engagement de service étant de 25 jours.",
            ["exact"] * 2,
            ["observed", "objective"],
        ),
        ("Le délai devrait atteindre 20 jours.", ["exact"], ["objective"]),
        ("Les 7 guides sont là ; ils seront 10 demain.", ["exact"] * 2, ["observed", "objective"]),
        ("Fixé à 90 %, l'objectif de lecture est tenu.", ["exact"], ["objective"]),
        ("Le nouveau club offrira 31 lits.", ["exact"], ["objective"]),
        ("Le don a doublé par rapport à 2021 (35 €).", ["exact"], ["reference"]),
        ("Le seuil réglementaire de 50 mg/l est tenu.", ["exact"], ["reference"]),
        ("612 € par an (moyenne de la strate : 874 €).", ["exact"] * 2, ["reference"] * 2),
    ],
)
def test_bounds_and_roles(text: str, bounds: list[str], roles: list[str]) -> None:
    rows = figures(text)
    assert [row.bound.value for row in rows] == bounds
    assert [row.role.value for row in rows] == roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le bilan.\n\nDossiers reçus : 130", [("130", "dossier")]),
        ("- les dossiers rendus : 130, contre 90 hier ;", [("130", "dossier"), ("90", "dossier")]),
        (
            "Le bilan.\n\nDossiers reçus : 130\nCourriers envoyés : 45",
            [("130", "dossier"), ("45", "courrier")],
        ),
        (
            "Le bilan.\n\nEmbauches en CDI : 7. Départs : 13, dont 9 en retraite.",
            [("7", "embauche"), ("13", "départ"), ("9", "départ")],
        ),
        ("Le bilan.\n\nPermanence sociale : 18 réalisées.", [("18", "permanence")]),
        ("Le bilan.\n\nPopulation : 18", []),
        ("La plateforme a reçu 130 appels et en a traité 124.", [("130", "appel"), ("124", "appel")]),
        ("La caisse obtient 412,5 points sur 500.", [("412,5", "point"), ("500", "point")]),
        (
            "Parmi les 90 agents, répartis en 3 équipes, 46 d'entre eux ont été formés.",
            [("90", "agent"), ("3", "équipe"), ("46", "agent")],
        ),
        (
            "Le service a vu 90 dossiers. Parmi eux :\n- 46 ont été clos ;\n- 12 sont en attente.",
            [("90", "dossier"), ("46", "dossier"), ("12", "dossier")],
        ),
        ("Le service a vu 90 dossiers. Parmi eux :\n- 146 ont été clos.", [("90", "dossier")]),
        ("Le taux baisse (- 1,3 pt).", [("- 1,3", "point")]),
        (
            "On y compte 12 communes. La densité est de 66 hab/km², contre 106.",
            [("12", "commune"), ("66", "hab/km2"), ("106", "hab/km2")],
        ),
        ("Le délai est de 8 jours, contre 3 dossiers.", [("8", "j"), ("3", "dossier")]),
        (
            "Le préjudice est de 6,8 millions d'euros, dont 2,1 millions auprès des infirmiers.",
            [("6,8 millions", "EUR"), ("2,1 millions", "EUR")],
        ),
        (
            "Le site compte 2 forfaits, une heure à 0,35 et au-delà à 0,48 €.",
            [("2", "forfait"), ("0,48", "EUR")],
        ),
        ("Le site compte 43,5 ETP, dont 12,5 au nord.", [("43,5", "ETP"), ("12,5", "ETP")]),
        ("Le site a suivi 12 FORMATIONS, voir 10 CONSOMMATION.", [("12", "formation")]),
        ("Elle a mené 220 visites : 148 auprès de médecins.", [("220", "visite"), ("148", "visite")]),
        ("Elle a vu 90 dossiers. Parmi eux, 46 ont été clos.", [("90", "dossier"), ("46", "dossier")]),
        ("Les réclamations ont reculé : 318 ont été reçues.", [("318", "réclamation")]),
        ("Les réclamations ont reculé : 318 par an.", []),
        ("La caisse est au 17e rang, à la 3e place en 2021.", [("17", "rang"), ("3", "rang")]),
        ("La caisse se classe 2e au niveau national.", [("2", "rang")]),
        (
            "En tout, 640 doses ont été servies dans les 8 centres, soit 71 par jour.",
            [("640", "dose"), ("8", "centre"), ("71", "dose")],
        ),
        (
            "En mai, 120 élèves étaient inscrits dans les sept écoles, 34 de moins qu'en avril.",
            [("120", "élève"), ("sept", "école"), ("34", "élève")],
        ),
        ("Sept demandes d'aide sur dix ont été acceptées. Sur 10 lettres, 8 sont lues.", []),
        ("La moitié des 240 jeunes interrogés le savent.", [("240", "jeune")]),
        ("Ce sont 38 clubs, alors qu'ils n'étaient que 21 hier.", [("38", "club"), ("21", "club")]),
        ("Le nombre d'abonnés a franchi la barre des 400 en mai.", [("400", "abonné")]),
        ("La ville compte 59 crèches et vise les 80 d'ici 2023.", [("59", "crèche"), ("80", "crèche")]),
        ("Les places ouvertes s'élèvent à 52, dont 19 au nord.", [("52", "place"), ("19", "place")]),
        ("Les frais engagés s'élèvent à 52.", []),
        (
            "Sur 34 prélèvements, 99 % sont bons ; seuls 20 ont été refaits.",
            [("34", "prélèvement"), ("99", "%"), ("20", "prélèvement")],
        ),
        ("Le guide a été téléchargé 1 200 fois, deux fois plus qu'hier.", [("1 200", "fois")]),
    ],
)
def test_the_noun_of_a_number_without_one(text: str, expected: list[tuple[str, str]]) -> None:
    assert units(text) == expected


def test_a_period_that_ends_after_the_report_is_no_period_of_results() -> None:
    text = "# Feuille de route 2020-2027\n\nLa caisse a formé 45 agents."
    assert [row.period for row in figures(text)] == ["2021"]
    assert [row.period for row in figures(text.replace("2027", "2021"))] == ["2020/2021"]


def test_dimensions_tell_parts_directions_and_rates() -> None:
    rows = figures("Nous avons 34 agents, dont 3 juristes, et 12 visites par jour, soit 4 visites de moins.")
    said = [json.loads(row.dimensions) for row in rows]
    assert said == [{}, {"part_of": "agents"}, {"per": "jour"}, {"direction": "baisse"}]


def test_a_printed_sign_belongs_to_the_value() -> None:
    (row,) = figures("La hausse attendue fut de - 2,41 % sur un an.")
    assert (row.value_text, row.value, row.role.value) == ("- 2,41", Decimal("-2.41"), "change")


def test_spans_that_are_taken_are_left_to_their_extractor() -> None:
    text = "Nous comptons 34 agents et 12 juristes."
    start = text.index("34")
    rows = list(extract_prose(context_of(text), [Span(start=start, end=start + 2)]))
    assert [row.value_text for row in rows] == ["12"]


def test_ticks_of_an_axis_are_no_figures() -> None:
    assert units("Recettes\n\n0 €\n\n10 000 €\n\n20 000 €\n\n30 000 €") == []


def test_cells_of_a_torn_table_are_no_figures() -> None:
    assert units("Abonnement annuel 85,00 € 92,00 € 8,2 %") == []


def test_every_figure_of_the_reports_is_found_again_in_its_text(shared: Path) -> None:
    grammar = load_grammar()
    for path in sorted((shared / "corpus").glob("*.txt")):
        document = read_document(path)
        rows = extract_records(document, grammar).figures
        assert rows, path.name
        for row in rows:
            assert document.text[row.char_start : row.char_end] == row.value_text
            assert parse_number(row.value_text) == row.value


def test_what_a_panel_says_is_read_text_by_text() -> None:
    """A box beside the text: its title and sentences are blocks of their own, whatever stands in them."""
    text = "Le service a reçu 12 demandes.\n\nFocus\n3 réunions ont eu lieu\n96,2 % des dossiers traités"
    document = document_of(text)
    blocks = [
        replace(block, kind=BlockKind.PANEL) if block.start == text.index("Focus") else block
        for block in document.blocks
    ]
    assert [block.kind for block in blocks].count(BlockKind.PANEL) == 1
    rows = extract_records(document.with_blocks(tuple(blocks)), load_grammar()).figures
    assert [(row.value_text, row.quote) for row in rows] == [
        ("12", "Le service a reçu 12 demandes."),
        ("3", "3 réunions ont eu lieu"),
        ("96,2", "96,2 % des dossiers traités"),
    ]


def test_numbers_that_rise_by_one_from_line_to_line_number_the_lines() -> None:
    words = ["agents du service", "dossiers clos", "% des avis", "communes", "heures"]
    lines = "\n\n".join(f"{41 + k} {word}" for k, word in enumerate(words))
    assert units(f"{lines}\n\n12 communes ont signé.\n") == [("12", "commune")]
    assert len(units("1 poste de relevage\n\n2 stations\n\n12 km de réseau\n")) == 3


def test_numbers_of_sections_are_none_whatever_their_titles_begin_with() -> None:
    words = "\n\n".join(f"5.{k} eaux.brutes\n\nLe port en tient {k} registres." for k in (12, 13, 14))
    assert units(words) == [("12", "registre"), ("13", "registre"), ("14", "registre")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 8 ateliers\n- 1 journée à la mer\n- 1 unité mobile", ["atelier", "journée", "unité"]),
        ("Avec un score de 87 sur 100, le club progresse.", ["/100"]),
        ("Le taux est de 54 %, un point de plus qu'en 2020.", ["%", "point"]),
        ("Le taux recule d'un point.", ["point"]),
        ("12 jeunes ont signé ; 8 jeunes sur les dix reçus, soit 20 jeunes.", ["jeune"] * 4),
        ("Pour 1 000 élèves, on compte 2,7 prix dans le nord, 2,2 dans le sud.", ["prix", "prix"]),
    ],
)
def test_units_in_sentences_and_lists(text: str, expected: list[str]) -> None:
    assert [unit for _, unit in units(text)] == expected
