"""Gender, past and present participles."""

from __future__ import annotations

import pytest

from rapextract.french.agreement import agree, is_feminine, participle_of, present_participle


@pytest.mark.parametrize(
    "noun", ["personnes", "actions", "activité", "factures", "séances", "maisons", "infirmières"]
)
def test_feminine(noun: str) -> None:
    assert is_feminine(noun)


@pytest.mark.parametrize(
    "noun", ["agents", "comités", "services", "contrôles", "groupes", "dossiers", "CPAM"]
)
def test_masculine(noun: str) -> None:
    assert not is_feminine(noun)


@pytest.mark.parametrize(
    ("verb", "participle"),
    [("contacter", "contacté"), ("emploie", "employé"), ("mobilise", "mobilisé"), ("couvre", "couvert"),
     ("recevoir", "reçu"), ("accueillir", "accueilli"), ("établir", "établi"), ("concernent", "concerné"),
     ("emploient", "employé"), ("paient", "payé"), ("essuie", "essuyé"),
     ("gère", "géré"), ("complètent", "complété"), ("mène", "mené"), ("relèvent", "relevé")],
)  # fmt: skip
def test_past_participle(verb: str, participle: str) -> None:
    assert participle_of(verb) == participle


@pytest.mark.parametrize(
    ("verb", "participle"),
    [("travaillent", "travaillant"), ("exercent", "exerçant"), ("prennent", "prenant"),
     ("changent", "changeant"), ("agents", ""), ("exerçaient", "exerçant"), ("relaient", "relayant"),
     ("nettoient", "nettoyant"), ("gèrent", "gérant"), ("mènent", "menant")],
)  # fmt: skip
def test_present_participle(verb: str, participle: str) -> None:
    assert present_participle(verb) == participle


def test_agreement() -> None:
    assert agree("reçu", "personnes", many=True) == "reçues"
    assert agree("admis", "dossiers", many=True) == "admis"
    assert agree("reçu", "agent", many=False) == "reçu"
