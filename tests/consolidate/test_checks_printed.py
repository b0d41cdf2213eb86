"""Printed numbers as intervals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rapextract.consolidate.checks.printed import Interval, printed_number, slip


@pytest.mark.parametrize(
    ("text", "value", "step", "counts"),
    [
        ("1 537", "1537", "1", True),
        ("45,6", "45.6", "0.1", False),
        ("100,00", "100", "0.01", False),
        ("1,5 million", "1500000", "100000", False),
        ("12 292 330", "12292330", "1", True),
        ("Huit", "8", "1", True),
        ("- 1,52", "-1.52", "0.01", False),
        ("1.234", "1234", "1", True),
    ],
)
def test_the_last_digit_says_how_exact_a_number_is(text: str, value: str, step: str, counts: bool) -> None:
    number = printed_number(text, Decimal(value))
    assert (number.step, number.counts) == (Decimal(step), counts)


@pytest.mark.parametrize(
    ("text", "computed", "agrees"),
    [
        ("45,6", "45.55", True),
        ("45,6", "45.6499", True),
        ("45,6", "45.69", True),  # cut after the digit, not rounded
        ("45,6", "45.7", False),
        ("45,6", "45.54", False),
        ("75", "75.4", True),
        ("81,48", "81.4815", True),
        ("-5,0", "-5.04", True),
        ("-5,0", "-5.2", False),
    ],
)
def test_rounding_to_the_printed_digits_is_no_error(text: str, computed: str, agrees: bool) -> None:
    number = printed_number(text, Decimal(text.replace(",", ".")), measured=True)
    point = Decimal(computed)
    assert number.agrees(Interval(point, point)) is agrees


@pytest.mark.parametrize(
    ("expected", "found", "is_slip"),
    [("738", "736", True), ("1537", "1573", True), ("1537", "9537", True), ("1537", "153", True),
     ("120", "12000", False), ("40", "4", False), ("1537", "8642", False)],
)  # fmt: skip
def test_a_slip_is_near_or_one_digit_off(expected: str, found: str, is_slip: bool) -> None:
    assert slip(Decimal(expected), Decimal(found)) is is_slip
    assert slip(Decimal(found), Decimal(expected)) is is_slip


def test_intervals_reckon() -> None:
    one, two = Interval(Decimal(9), Decimal(11)), Interval(Decimal(4), Decimal(5))
    assert one + two == (13, 16)
    assert one.minus(two) == (4, 7)
    assert one.over(two) == (Decimal("1.8"), Decimal("2.75"))
    assert one.over(Interval(Decimal(0), Decimal(1))) is None
