"""Singular and plural of nouns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rapextract.french.inflect import plural, singular

PAIRS = [
    ("agents", "agent"), ("médecins-conseils", "médecin-conseil"), ("journaux", "journal"),
    ("chirurgiens-dentistes-conseils", "chirurgien-dentiste-conseil"), ("hôpitaux", "hôpital"),
    ("masseurs-kinésithérapeutes", "masseur-kinésithérapeute"), ("travaux", "travail"), ("bureaux", "bureau"),
    ("jeux", "jeu"), ("lieux", "lieu"), ("noyaux", "noyau"), ("bijoux", "bijou"), ("trous", "trou"),
    ("pneus", "pneu"), ("messieurs", "monsieur"), ("yeux", "œil"), ("demi-journées", "demi-journée"),
    ("sous-préfets", "sous-préfet"), ("arcs-en-ciel", "arc-en-ciel"), ("bilans", "bilan"), ("bals", "bal"),
    ("menus", "menu"), ("colis-tests", "colis-test"), ("appels", "appel"), ("Agents", "Agent"),
]  # fmt: skip
INVARIANT = [
    "avis", "refus", "recours", "faux", "parcours", "mois", "temps", "process", "rendez-vous",
    "mi-temps", "taux", "CPTS", "ELSM", "DAP", "MSP", "PC", "T2A", "fois", "bras", "cours", "heureux",
    "voix", "gaz", "puits", "pays", "accès", "décès", "km2", "hab/km2", "%",
]  # fmt: skip


@pytest.mark.parametrize(("many", "one"), PAIRS)
def test_pairs(many: str, one: str) -> None:
    assert singular(many) == one
    assert plural(one) == many
    assert singular(one) == one
    assert plural(many) == many


@pytest.mark.parametrize("noun", INVARIANT)
def test_invariant(noun: str) -> None:
    assert singular(noun) == noun
    assert plural(noun) == noun


def test_acronym_with_a_plural_s() -> None:
    assert singular("ETPs") == "ETP"


def test_units_of_the_reference_are_singular(shared: Path) -> None:
    units: set[str] = set()
    for path in sorted((shared / "gold" / "records").glob("figures.*.jsonl")):
        units |= {json.loads(line)["unit"] for line in path.read_text(encoding="utf-8").splitlines()}
    units -= {"ans"}
    assert units
    assert {unit: singular(unit) for unit in units if singular(unit) != unit} == {}
    assert {unit: plural(unit) for unit in units if singular(plural(unit)) != unit} == {}
