"""Staff panels whose words stand anywhere on a page: every count is one that the page shows."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapextract.extract.panels import PanelReader, PlacedWord
from rapextract.grammar import load_grammar

TITLE = "L'équipe au 31/12/2022 (CDI)"
WORDS = [
    "PC", "PA", "ISM", "Praticiens-", "conseils", "Personnel", "administratif", "médecins-conseils",
    "médecins-", "chirurgiens-dentistes-", "pharmacien-conseil", "agents,", "agents", "cadres", "CAM",
    "Csam", "techniciens", "dont", "(dont", "et", "soit", ":", "•", "-", ".....", "(CDI)", "(ISM)", "ETP",
    "1", "2", "9", "12", "34", "1 204", "41,8", "une", "deux", "2021", "50 %", "la", "réunion", "des",
    "équipes", TITLE,
]  # fmt: skip
places = st.tuples(
    st.sampled_from(WORDS), st.integers(0, 12), st.integers(0, 25), st.sampled_from((8.0, 10.0, 22.0))
)


@cache
def reader() -> PanelReader:
    return PanelReader(load_grammar())


@pytest.mark.fuzz
@given(st.lists(places, min_size=3, max_size=24))
def test_counts_of_a_page_stand_on_it(drawn: list[tuple[str, int, int, float]]) -> None:
    """Each count has the offsets of a number of the text, no two the same, and a role."""
    text, words = TITLE + "\n", [PlacedWord(0, len(TITLE), 40.0, 20.0, 180.0, 30.0)]
    for said, column, row, size in drawn:
        x, y = 40.0 + 35.0 * column, 36.0 + 12.0 * row
        for word in said.split():
            start, end = len(text), len(text) + len(word)
            words.append(PlacedWord(start, end, x, y, x + 0.5 * size * len(word), y + size))
            x += 0.5 * size * (len(word) + 0.6)
            text += f"{word} "
        text = text[:-1] + "\n"
    found = [
        count for panel in reader().panels(text, 2022, (), lambda start, end: words) for count in panel.counts
    ]
    for count in found:
        number = count.number
        assert number.text == text[number.start : number.end]
        assert count.role
    assert len({count.number.start for count in found}) == len(found)
