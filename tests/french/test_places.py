"""Territories: the shipped list and how texts name them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ruamel.yaml import YAML

from rapextract.french.places import Gazetteer, PlaceMention, place_entries

DEFAULTS: dict[str, Any] = {"insee": "", "parent": "", "region": "", "names": (), "towns": (), "covers": ()}


@pytest.fixture(scope="module")
def gazetteer(repository: Path) -> Gazetteer:
    shipped = YAML(typ="safe").load(repository / "grammars" / "territories.yaml")
    entries = place_entries([SimpleNamespace(**(DEFAULTS | entry)) for entry in shipped["territories"]])
    return Gazetteer(entries, {entry["id"]: entry["words"] for entry in shipped["words"]})


def named(gazetteer: Gazetteer, text: str) -> list[tuple[str, str]]:
    return [(text[mention.start : mention.end], mention.entry.code) for mention in gazetteer.scan(text)]


def test_all_of_france_is_there(gazetteer: Gazetteer) -> None:
    departments = [entry for entry in gazetteer.entries if entry.level == "department"]
    regions = {entry.region_code for entry in gazetteer.entries if entry.level == "region"}
    numbers = {entry.department_code for entry in departments}
    mainland = {f"{n:02}" for n in range(1, 96) if n != 20} | {"2A", "2B"}
    assert numbers == mainland | {"971", "972", "973", "974", "976"}
    assert len(departments) == 101
    assert len(regions) == 13
    assert {entry.region_code for entry in departments} == regions | {"01", "02", "03", "04", "06"}
    assert all(entry.towns or entry.name == "Paris" for entry in departments)
    assert len({entry.id for entry in gazetteer.entries}) == len(gazetteer.entries)


def test_an_area_is_made_of_departments(gazetteer: Gazetteer) -> None:
    areas = [entry for entry in gazetteer.entries if entry.level == "area"]
    assert areas
    for area in areas:
        regions = {gazetteer.by_id[code].region_code for code in area.covers}
        assert len(area.covers) > 1
        assert area.code in gazetteer.by_id
        assert regions == {area.region_code} or area.code == "FR"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ELSM DE CÔTE D'OR", [("CÔTE D'OR", "FR-21")]),
        ("la Côte-d’Or", [("Côte-d’Or", "FR-21")]),
        ("Bourgogne- \nFranche-Comté", [("Bourgogne- \nFranche-Comté", "FR-BFC")]),
        ("Service médical Nouvelle Aquitaine", [("Nouvelle Aquitaine", "FR-NAQ")]),
        ("la région Aquitaine", [("Aquitaine", "FR-NAQ")]),
        ("les échelons AURA", [("AURA", "FR-ARA")]),
        ("les DRSM Aura et IDF", [("Aura", "FR-ARA"), ("IDF", "FR-IDF")]),
        ("DRSM HdF", [("HdF", "FR-HDF")]),
        ("Ain", [("Ain", "FR-01")]),
        ("l'échelon de l'Ain", [("Ain", "FR-01")]),
        ("la Haute-Loire et la Loire", [("Haute-Loire", "FR-43"), ("Loire", "FR-42")]),
        ("en Loire-Atlantique", [("Loire-Atlantique", "FR-44")]),
        ("Seine St Denis", [("Seine St Denis", "FR-93")]),
        ("CPAM du Var", [("Var", "FR-83")]),
        ("département du Nord", [("Nord", "FR-59")]),
        ("à La Réunion", [("La Réunion", "FR-974")]),
        ("CGSS Réunion", [("Réunion", "FR-974")]),
        ("échelon de Nevers", [("Nevers", "FR-58")]),
        ("ELSM d’Auxerre", [("Auxerre", "FR-89")]),
        ("CPAM de Lille-Douai", [("Lille-Douai", "FR-59")]),
        ("Roubaix-Tourcoing et l’Aisne", [("Roubaix-Tourcoing", "FR-59"), ("Aisne", "FR-02")]),
        ("CPAM Artois et Côte d’Opale", [("Artois", "FR-62"), ("Côte d’Opale", "FR-62")]),
        ("CPAM du Havre", [("Havre", "FR-76")]),
        ("CPAM de Bayonne", [("Bayonne", "FR-64")]),
        ("à Paris", [("Paris", "FR-75C")]),
        ("en France", [("France", "FR")]),
        ("CPAM 70 et Cpam 2a", [("70", "FR-70"), ("2a", "FR-2A")]),
        ("échelon 971", [("971", "FR-971")]),
        ("ELSM DE LOIRE:-ATLANTIQUE", [("LOIRE:-ATLANTIQUE", "FR-44")]),
        ("CPAM JURA FRANCHE-COMTÉ", [("JURA", "FR-39"), ("FRANCHE-COMTÉ", "FR-BFC")]),
        ("ELSM NORD FRANCHE-COMTÉ – DOUBS", [("NORD FRANCHE-COMTÉ", "FR-90"), ("DOUBS", "FR-25")]),
    ],
)
def test_named(gazetteer: Gazetteer, text: str, expected: list[tuple[str, str]]) -> None:
    assert named(gazetteer, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Réunion de service", "la réunion du 3 mars", "au nord-est", "région Nord-Est", "la manche",
        "Centre de santé", "un lot de masques", "Somme totale", "un gain", "les landes", "Afrique du Nord",
        "MG France", "42 rue de Paris", "avenue de la Marne", "Dr Laval", "Virginie LAVAL", "70000 VESOUL",
        "l'aura du chef", "Paris-Saclay", "CPAM 120", "CPAM 70 %", "CPAM 20",
        "CPAM 12 agents", "2021 en tout", "les vosges", "CAISSE NORD FRANCHE-COMITÉ", "à Paris Deux-Rives",
    ],
)  # fmt: skip
def test_not_named(gazetteer: Gazetteer, text: str) -> None:
    assert named(gazetteer, text) == []


def test_codes(gazetteer: Gazetteer) -> None:
    def entry(text: str) -> PlaceMention:
        return gazetteer.scan(text)[0]

    yonne = entry("ELSM de l'Yonne")
    assert (yonne.entry.region_code, yonne.entry.department_code, yonne.how) == ("27", "89", "name")
    assert entry("CPAM de Nevers").how == "town"
    reunion = entry("à La Réunion").entry
    assert (reunion.region_code, reunion.department_code) == ("04", "974")
    region = entry("en Occitanie").entry
    assert (region.region_code, region.department_code) == ("76", "")
    north = entry("territoire Nord Franche-Comté").entry
    assert north.covers == ("FR-90", "FR-25", "FR-70")


def test_unknown_parent_is_an_error() -> None:
    orphan = {"id": "FR-99", "name": "X", "level": "department", "parent": "FR-XX"}
    with pytest.raises(ValueError, match="FR-XX"):
        place_entries([SimpleNamespace(**(DEFAULTS | orphan))])
