"""Sentences, panels and tables put together by chance: no wording of numbers costs the report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapextract.read import Source, read_source

from .test_readers import sound

NUMBERS = [
    "une dizaine", "une quinzaine", "cette quinzaine", "la centaine", "un millier", "des milliers",
    "deux douzaines", "une demi-heure", "12", "0", "007", "1 250", "3,5", "45,6 %", "65.8 %", "100%",
    "1,5 million", "12 292 330 €", "1,2 M€", "480 k€", "19,65/20", "+ 6,07 %", "- 1,52 %", "– 5", "- 12",
    "± 3", "(6)", "(4,5 %)", "2/3", "1 ½", "2²", "Huit", "trois", "vingt et un", "deux mille",
    "trente-six", "quatre-vingts", "dix-sept virgule cinq", "aucun", "zéro", "une", "un", "de 43 à 66",
    "entre 10 et 20", "5 à 10 %", "12, 14 et 16", "deux ans et demi", "un an 1/2", "10 h 30", "8e",
    "première", "deux tiers", "un quart", "la moitié", "trois sur quatre", "neuf personnes sur dix",
    "plus de 300", "moins de 5", "environ 40", "près de 2 000", "au moins 3", "≤ 4 jours", "> 10",
    "x 1 000", "1 250 (2020)", "n° 12", "3646", "2A", "XIIe", "2021", "31/12/2021", "1er mars 2022",
    "premier trimestre",
]  # fmt: skip
UNITS = [
    "agents", "médecins-conseils", "Csam", "ISM", "PC", "dossiers", "appels", "%", "€", "euros", "points",
    "fois", "jours", "mois", "ans", "heures", "min", "ETP", "km", "km²", "hab/km²", "m3", "€/m3", "€ TTC",
    "habitants", "réunions", "millions d'euros", "milliers de dossiers", "avis par jour",
    "dossiers par agent", "agents, dont",
]  # fmt: skip
NAMES = [
    "le taux de réponse", "l'activité", "la plateforme", "l'échelon de la Marne", "la DRSM Bretagne",
    "le département du Nord", "l'équipe", "le nombre de dossiers", "le délai moyen", "les indus",
    "le socle", "l'objectif", "la note", "le montant des préjudices", "elle", "ils", "ceux",
    "celui de l'Ain", "CPAM de l'Oise", "l'ELSM 71", "la France", "les autres", "nos services",
    "Population", "Effectifs", "Indicateur", "Total",
]  # fmt: skip
TIES = [
    "est de", "compte", "a traité", "ont été", "s'élève à", "passe de", "a progressé de", "atteint",
    "représente", "contre", "soit", ", soit", "dont", ", dont", "avec", "pour", "sur", "en", "au", "par",
    "et", "ou", "à", "ainsi que", "parmi", "entre", "depuis", "qui", "où", "hors", "y compris",
    "en moyenne", "respectivement", "au total", "en 2021", "au 31/12/2021", "en mars", "l'an dernier",
    "par rapport à 2020", "; ", ": ", ". ", ", ", "(", ")", "« ", " »", " - ", " – ", "= ", "*", "**",
    "• ", "► ", "\t", "\n", "\n- ", "\n## ",
]  # fmt: skip
PANEL = "L'équipe au 31/12/21 (CDI)"

words = st.sampled_from(NUMBERS) | st.sampled_from(UNITS) | st.sampled_from(NAMES) | st.sampled_from(TIES)
sentences = st.lists(words, min_size=2, max_size=14).map(" ".join)
counts = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(UNITS)).map(" ".join)
panels = st.lists(counts, min_size=2, max_size=6).map(lambda lines: "\n".join([PANEL, *lines]))
cells = words.map(lambda word: " ".join(word.split()))
rows = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.lists(cells, min_size=columns, max_size=columns), min_size=2, max_size=5)
)


def as_table(grid: list[list[str]]) -> str:
    """The cells as a table of Markdown."""
    lines = [f"| {' | '.join(row)} |" for row in grid]
    return "\n".join([lines[0], "|---" * len(grid[0]) + "|", *lines[1:]])


@pytest.mark.fuzz
@given(
    st.lists(sentences | panels | rows.map(as_table), min_size=1, max_size=8),
    st.sampled_from(["a.txt", "a.md"]),
)
def test_sentences(parts: list[str], name: str) -> None:
    report = "\n\n".join(["# Rapport d'activité 2021", "DRSM Bretagne", *parts])
    sound(read_source(Source(name, report.encode(), ocr=False)))
