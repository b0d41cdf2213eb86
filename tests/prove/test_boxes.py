"""What pdfplumber reads in a box."""

from __future__ import annotations

import pytest

from rapextract.model import Box
from rapextract.prove.boxes import UNNAMED, Character, agree, letters, spelled


def line(text: str, x: float = 100.0, top: float = 50.0, *, level: bool = True) -> list[Character]:
    """The characters of a line, 6 points each."""
    return [
        Character(c, x + 6 * i, top, x + 6 * i + 6, top + 10, True)
        if level
        else Character(c, x, top - 6 * i - 6, x + 10, top - 6 * i, False)
        for i, c in enumerate(text)
    ]


def box(x0: float, top: float, x1: float, bottom: float) -> Box:
    return Box(page=1, x0=x0, top=top, x1=x1, bottom=bottom)


def test_only_what_stands_inside_in_the_order_of_the_line() -> None:
    characters = line("de 45,6 %")
    inside = box(118.5, 52, 141.5, 58)  # tight around « 45,6 »
    assert spelled(characters, [inside]) == spelled(characters[::-1], [inside]) == "45,6"
    assert spelled(characters, [box(118.5, 72, 141.5, 78)]) == ""
    assert spelled(characters, [box(124.5, 52, 141.5, 58)]) == "5,6"


def test_a_comma_beside_the_box_is_outside() -> None:
    """In small type the middle of a narrow character stands less than a point from the next one's edge."""
    narrow = [Character("2", 100, 50, 103.7, 58, True), Character(",", 103.7, 50, 105.4, 58, True)]
    assert spelled(narrow, [box(100, 51, 103.7, 57)]) == "2"


@pytest.mark.parametrize(
    ("found", "expected", "same"),
    [("12", "12", True), ("12", "13", False), (f"{UNNAMED}12", "-12", True), (f"{UNNAMED}12", "-13", False),
     (f"{UNNAMED}12", "12", False), (UNNAMED, "1", False)],
)  # fmt: skip
def test_a_glyph_without_a_name_is_no_opinion(found: str, expected: str, same: bool) -> None:
    assert agree(found, expected) is same


def test_the_lines_above_and_below_are_others() -> None:
    characters = [*line("111", top=40), *line("222", top=50), *line("333", top=60)]
    assert spelled(characters, [box(100, 52, 118, 58)]) == "222"
    assert spelled(characters, [box(100, 42, 118, 48), box(100, 62, 118, 68)]) == "111333"


def test_a_letter_drawn_twice_for_boldness_counts_once_and_a_doubled_digit_twice() -> None:
    bold = [*line("112"), *line("112", x=100.4)]
    assert spelled(bold, [box(100, 52, 119, 58)]) == "112"


def test_turned_lines_are_read_along_the_page() -> None:
    turned = line("1,96", level=False)
    assert spelled(turned, [box(101, 26, 109, 50)]) == "1,96"
    assert spelled(turned, [box(101, 38, 109, 50)]) == "1,"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2\u202f791", "2 791"), ("\ufb01n 3", "fin3"), ("\u2212 1,5", "- 1,5"), ("…1…4", "14"),
        ("d’un", "d'un"),
    ],
)  # fmt: skip
def test_two_parsers_may_differ_in_these(one: str, other: str) -> None:
    assert letters(one) == letters(other)


@pytest.mark.parametrize(("one", "other"), [("2 791", "2 792"), ("1,5", "15"), ("- 3", "3"), ("12", "l2")])
def test_they_may_not_differ_in_what_is_stated(one: str, other: str) -> None:
    assert letters(one) != letters(other)
