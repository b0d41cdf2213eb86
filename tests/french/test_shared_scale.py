"""Two numbers, one scale: « entre 2 et 3 millions »."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rapextract.french.numbers import scan_numbers
from rapextract.french.shared_scale import shared_scale


def first(text: str) -> Decimal | None:
    number = scan_numbers(text)[0]
    return shared_scale(text, number.start, number.end)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("de 1,2 à 1,5 million d'euros", 1_000_000),
        ("entre 2 et près de 3 milliards", 10**9),
        ("12 ou 15 k€", 1000),
        ("de 3 à 2 M€", 1_000_000),
        ("vingt à trente mille appels", 1000),
        ("deux à trois cents dossiers", 100),
        ("une ou deux dizaines", 10),
        ("15 et\n20 milliers", 1000),
    ],
)
def test_the_first_number_takes_the_scale_of_the_second(text: str, scale: int) -> None:
    assert first(text) == scale


@pytest.mark.parametrize(
    "text",
    [
        "12 et 13 agents", "2 millions à 3 millions", "12 mois et 3 millions", "de 800 000 à 1,2 million",
        "de cinquante à deux cents", "2, puis enfin 3 millions", "3 millions", "12", "0 à 3 millions",
        "de 800 à 1 000 dossiers", "de 1 500 à 2 000", "de 12 à 1 000", "de 3 à 1 250",
    ],
)  # fmt: skip
def test_a_number_of_its_own_takes_none(text: str) -> None:
    assert first(text) == 1


@pytest.mark.parametrize("text", ["de 900 à 1,2 million", "5 à 6 000 dossiers", "entre 12 et 15 000"])
def test_some_are_unsure(text: str) -> None:
    assert first(text) is None
