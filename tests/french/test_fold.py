"""Folding keeps the length and folds what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapextract.french.fold import fold


@given(st.text())
def test_length_is_kept(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="aéÈçÿŒæßİ’“ \u00a0\u202f-–−²ᵉ\n\t«»"))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÉCHELON de Mâcon", "echelon de macon"),
        ("l’Œuvre", "l'ouvre"),
        ("1\u202f234\u00a0€\u2009!", "1 234 € !"),
        ("“oui”", '"oui"'),
        ("−3 – 4", "-3 – 4"),
        ("chef\u2011lieu", "chef-lieu"),
        ("km²", "km²"),
        ("1ᵉʳ", "1er"),
        ("a\tb\nc", "a b\nc"),
        ("« ÇA »", "« ca »"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
