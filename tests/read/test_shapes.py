"""What a line of a text without marks is, told by its own form."""

from __future__ import annotations

import pytest

from rapextract.read.shapes import Mark, numbering


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Partie 2 : Les moyens", (Mark.CHAPTER, 1)),
        ("Chapitre IV – Les moyens", (Mark.CHAPTER, 1)),
        ("IV. Les moyens", (Mark.ROMAN, 1)),
        ("B) Les moyens", (Mark.LETTER, 1)),
        ("2. Les moyens", (Mark.NUMBER, 1)),
        ("2.1 Les moyens", (Mark.NUMBER, 2)),
        ("2 LES MOYENS", (Mark.NUMBER, 1)),
        ("2 Les moyens", None),
        ("IV Les moyens", None),
        ("a) Les moyens", None),
        ("20 agents", None),
        ("A Nevers", None),
    ],
)
def test_the_number_of_a_title(line: str, expected: tuple[Mark, int] | None) -> None:
    assert numbering(line) == expected
