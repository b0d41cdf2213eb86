"""Nothing of a report acts in an output."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapextract.dataset.neutral import neutral_cell, neutral_text, one_line, plain_cell

HOSTILE = st.text(st.sampled_from("=+-@'\t\r 1a(!|\u202e\x1b\x00é"), max_size=8) | st.text(max_size=20)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "+A1", "-2+3+cmd|' /C calc'!A0", "- HYPERLINK(A1)",
     "\t=1", "\n=1", "-5/A1", "\uff1dA1", "- De 89 agents"],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_run_is_marked(text: str) -> None:
    assert neutral_cell(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["- 1,52", "-1,52", "+6,07 %", "- 2,5 millions", "-", "--", "89", "l'équipe", "'a"]
)
def test_numbers_and_plain_text_stay_verbatim(text: str) -> None:
    assert neutral_cell(text) == text


@given(HOSTILE)
def test_a_cell_leads_back_to_its_text(text: str) -> None:
    assert plain_cell(neutral_cell(text)) == neutral_text(text)


@given(HOSTILE)
def test_neutral_text_keeps_every_offset(text: str) -> None:
    neutral = neutral_text(text)
    assert len(neutral) == len(text)
    assert neutral_text(neutral) == neutral
    neutral.encode("utf-8")


def test_controls_and_directions_are_replaced() -> None:
    assert neutral_text("a\x1b[31mb\u202ec\x9b\x7f") == "a␛[31mb\ufffdc\ufffd␡"
    assert neutral_text("a\tb\nc\x0cd") == "a\tb\nc\x0cd"
    assert neutral_text("a\r\nb\rc") == "a \nb\nc"


def test_one_line_is_one_line() -> None:
    assert one_line("a\r\n b\x0c\x1bc") == "a b ␛c"
