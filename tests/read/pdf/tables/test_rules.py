"""Rulings made whole, and what they make together."""

from __future__ import annotations

import pytest

from rapextract.read.pdf.page.graphics import Ruling
from rapextract.read.pdf.tables.phrases import phrase_lines
from rapextract.read.pdf.tables.profile import profile, runs
from rapextract.read.pdf.tables.rules import (
    Rules,
    background_rules,
    joined,
    rules_of,
    stacks,
    touching_groups,
)

from .drawing import words

PAGE = 600.0 * 800.0


def test_pieces_of_one_line_are_one_ruling_at_their_weighted_mean() -> None:
    pieces = [(100.0, 50.0, 80.0), (101.0, 82.0, 92.0), (100.0, 200.0, 210.0), (140.0, 50.0, 52.0)]
    rules = rules_of([Ruling(True, *piece, 1.0, 0) for piece in pieces])
    assert rules.upright == []
    assert [rule[1:] for rule in rules.across] == [(50.0, 92.0), (200.0, 210.0)]
    assert rules.across[0][0] == pytest.approx(100.25)


def test_a_climbing_chain_of_near_lines_is_not_one_ruling() -> None:
    rules = rules_of([Ruling(False, 10 + 1.5 * k, 0.0, 50.0, 1.0, 0) for k in range(8)])
    assert len(rules.upright) == 3


def test_rulings_that_touch_make_a_group() -> None:
    left = [(100.0, 50.0, 150.0), (120.0, 50.0, 150.0)], [(50.0, 100.0, 120.0), (150.0, 100.0, 120.0)]
    right = [(100.0, 300.0, 400.0)], [(300.0, 104.0, 140.0)]
    alone = [(500.0, 50.0, 90.0)], [(550.0, 100.0, 140.0)]
    rules = joined(Rules(*left), joined(Rules(*right), Rules(*alone)))
    near, far = touching_groups(rules, reach=5.0)
    assert (near.across, near.upright) == left
    assert (far.across, far.upright) == right
    assert len(touching_groups(rules, reach=3.0)) == 1


def test_groups_that_a_later_ruling_connects_are_one() -> None:
    across = [(100.0, 0.0, 10.0), (200.0, 0.0, 50.0), (300.0, 40.0, 50.0)]
    upright = [(5.0, 90.0, 110.0), (45.0, 200.0, 300.0), (8.0, 100.0, 200.0)]
    (group,) = touching_groups(Rules(across, upright), reach=3.0)
    assert group.across == across and group.upright == upright


def test_edges_of_a_background_part_cells_only_beside_words() -> None:
    text = words(("Pathologie", 60, 102), ("12", 160, 102))
    ground, cell, inner = (0.0, 0.0, 600.0, 800.0), (50.0, 100.0, 150.0, 115.0), (58.0, 101.0, 112.0, 113.0)
    pen, through = (159.5, 100.0, 170.5, 115.0), (155.0, 107.0, 200.0, 117.0)
    rules = background_rules([ground, cell, inner, pen], text, PAGE)
    assert rules.upright == [(50.0, 100.0, 115.0), (150.0, 100.0, 115.0)]
    assert rules.across == [(100.0, 50.0, 150.0), (115.0, 50.0, 150.0)]
    assert background_rules([through], text, PAGE).across == [(117.0, 155.0, 200.0)]
    assert background_rules([], text, PAGE) == Rules()


def test_level_rulings_of_one_length_stack_and_a_caption_parts_them() -> None:
    across = [(100.0 + 20 * k, 50.0, 300.0) for k in range(4)] + [
        (220.0 + 20 * k, 50.0, 300.0) for k in range(4)
    ]
    rows = [(f"{k}", x, 104.0 + 20 * k) for k in (0, 1, 2, 6, 7, 8) for x in (60, 200)]
    text = words(*rows, ("Tableau 2 : titre", 60, 185))
    first, second = stacks(across, phrase_lines(text, range(len(text))))
    assert first.upright == [(50.0, 100.0, 160.0), (300.0, 100.0, 160.0)]
    assert len(first.across) == len(second.across) == 4


def test_words_are_told_by_their_middle() -> None:
    text = words(("b", 100, 50), ("a", 20, 51), ("c", 100, 200))
    assert text.between(55, 56) == [0, 1]
    assert text.inside(0, 0, 300, 100) == [0, 1]
    assert text.inside(0, 0, 100, 300) == [1]
    assert text.phrase((1, 0)) is text.phrase((1, 0))
    assert text.phrase((1, 0)).text == "a b"


def test_the_profile_counts_what_stands_over_each_point() -> None:
    counts = profile([(0.0, 3.0), (2.2, 5.9), (-1.0, 1.0)], 7)
    assert counts.tolist() == [2, 1, 2, 1, 1, 0, 0]
    assert runs(counts < 2) == [(1, 2), (3, 7)]
