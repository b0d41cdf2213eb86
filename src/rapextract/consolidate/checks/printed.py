"""Printed numbers as intervals: « 45,6 % » stands for anything from 45.55 to 45.65.

A check compares what the report prints, so a number is as exact as its last printed digit says. Counts are
exact. A number that was cut after its last digit instead of rounded is no error either, so a computed value
agrees with a printed one when it lies within one half of the last digit around it or less than one whole
digit beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from rapextract.french.numbers import parse_number
from rapextract.model import FigureRow

from .mention import Mention

_DIGITS = re.compile(r"\d[\d\s.’']*(?:,\d+)?|\d+[.,]\d+")
_DECIMALS = re.compile(r"[.,](\d+)\D*\Z")
_ZERO = Decimal(0)


class Interval(NamedTuple):
    """All values that a printed number may stand for, ends included."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: object) -> Interval:
        """The sums of a value of each."""
        assert isinstance(other, Interval)
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: Interval) -> Interval:
        """The differences of a value of each."""
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: Interval) -> Interval | None:
        """The quotients of a value of each, where the divisor can't be zero."""
        if other.low <= 0 <= other.high:
            return None
        ends = [a / b for a in self for b in other]
        return Interval(min(ends), max(ends))

    def times(self, factor: int) -> Interval:
        """`factor` times each value; `factor` is positive."""
        return Interval(self.low * factor, self.high * factor)


class Printed(NamedTuple):
    """A printed number: its value, the worth of its last digit, and whether it counts things."""

    value: Decimal
    step: Decimal
    counts: bool

    @property
    def interval(self) -> Interval:
        """What it may stand for."""
        half = _ZERO if self.counts else self.step / 2
        return Interval(self.value - half, self.value + half)

    @property
    def decimals(self) -> int:
        """Decimals as printed."""
        exponent = self.step.normalize().as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    def agrees(self, computed: Interval) -> bool:
        """Whether the text may print `computed` like this: rounded, or cut after the last digit."""
        half = self.step / 2
        rounded = Interval(self.value - half, self.value + half)
        if rounded.meets(computed):
            return True
        ahead = self.value + (self.step if self.value >= 0 else -self.step)
        cut = Interval(min(self.value, ahead), max(self.value, ahead))
        return cut.low < computed.high and computed.low < cut.high


def printed(figure: FigureRow | Mention, measures: Collection[str]) -> Printed:
    """A figure as printed; `measures` are the units of measure, every other unit is a noun counted."""
    return printed_number(figure.value_text, figure.value, figure.unit in measures)


@lru_cache(maxsize=8192)
def printed_number(text: str, value: Decimal, measured: bool = False) -> Printed:
    """The number `value` printed as `text`; `measured` where its unit is a unit of measure."""
    digits = _DIGITS.search(text)
    if digits is None:
        return Printed(value, Decimal(1), counts=True)
    try:
        mantissa = parse_number(digits[0].strip())
    except ValueError:
        mantissa = value
    scale = abs(value / mantissa) if mantissa else Decimal(1)
    decimals = _DECIMALS.search(digits[0].rstrip())
    places = len(decimals[1]) if decimals and mantissa != mantissa.to_integral_value() else 0
    if decimals and not places and len(decimals[1]) < 3:
        places = len(decimals[1])  # « 100,00 »
    step = scale.scaleb(-places)
    return Printed(value, step, counts=not measured and places == 0 and scale == 1)


def slip(expected: Decimal, found: Decimal) -> bool:
    """Whether `found` may be `expected` with a slip: within a fifth of it, or one digit off.

    Two numbers that should agree and don't are near each other, or differ by a digit that was mistyped,
    dropped, doubled or exchanged with its neighbour. Numbers that differ wildly more often do not speak of
    the same thing.
    """
    larger = max(abs(expected), abs(found))
    if abs(expected - found) * 5 <= larger:
        return True
    return one_digit_off(expected, found)


def one_digit_off(first: Decimal, second: Decimal) -> bool:
    """Whether two numbers of three digits or more differ by one digit, or by neighbours exchanged."""
    return _one_digit_off(_digits(first), _digits(second))


def _digits(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", "").lstrip("-")


def _one_digit_off(a: str, b: str) -> bool:
    if min(len(a), len(b)) < 3:
        return False
    if len(a) == len(b):
        unlike = [i for i in range(len(a)) if a[i] != b[i]]
        if len(unlike) == 1:
            return True
        return len(unlike) == 2 and unlike[1] == unlike[0] + 1 and sorted(a) == sorted(b)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )
