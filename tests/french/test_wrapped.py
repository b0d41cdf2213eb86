"""Numbers that a line end of wrapped prose cuts."""

from decimal import Decimal

import pytest

from rapextract.french.numbers import parse_number, scan_numbers
from rapextract.french.sentences import sentence_spans
from rapextract.french.wrapped import joined

LINE = "Les équipes ont vu tous les sites de la région, et"


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        (f"{LINE} 4\n905 dossiers y ont été lus.", "4\n905", "4905"),
        (f"{LINE} parmi eux (6\r\n   874 au total) les plus grands.", "6\r\n   874", "6874"),
        (f"{LINE} 1 204\n380 appels.", "1 204\n380", "1204380"),
        (f"{LINE} ailleurs. On a lu 4\n905 dossiers.", "4\n905", "4905"),
        ("Un budget de 6,2\nmillions d'euros", "6,2\nmillions", "6200000"),
        (f"{LINE} trente et\nun départs", "trente et\nun", "31"),
        (f"{LINE} vingt-\ndeux départs", "vingt-\ndeux", "22"),
    ],
)
def test_a_number_over_a_line_end_is_one(text: str, printed: str, value: str) -> None:
    whole = joined(text)
    assert len(whole) == len(text)
    (number,) = (n for n in scan_numbers(whole) if n.value > 5)
    assert (text[number.start : number.end], number.value) == (printed, Decimal(value))
    assert parse_number(printed) == number.value
    start = text.index(printed)
    assert any(low <= start and start + len(printed) <= high for low, high in sentence_spans(text))


@pytest.mark.parametrize(
    "text",
    [
        "Sites : 12\n345 agents",  # items
        f"{LINE} en 2021\n905 dossiers lus",  # a year
        f"{LINE} 12\n905\n17 dossiers",  # a column of numbers
        f"{LINE} 4\n905 dossiers lus et\n{LINE * 2}",  # the line had room
        f"{LINE} 4\n\n905 dossiers lus",  # another paragraph
        f"{LINE} trois\nDossiers lus",
    ],
)
def test_line_ends_that_cut_no_number(text: str) -> None:
    assert joined(text) == text


def test_a_line_that_ends_in_an_article_or_a_preposition_goes_on() -> None:
    for end in ("en hausse de\n12 points", "selon la\nDirection", "soit\n45 % des sites"):
        text = f"Le taux est {end}."
        assert sentence_spans(text) == [(0, len(text))]
