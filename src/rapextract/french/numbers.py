"""Every numeral of a French text, in digits and in words, with its exact value.

Method: digits and words are scanned apart on folded text (`digits`, `wordings`) and merged, the leftmost
and longest first. The scanner gives the longest numeral at each place and does not judge whether it is a
figure: dates, articles and section numbers are numbers too. What is no number at all is left out:
digits glued to letters (``T2A``, ``COVID-19``, ``L.114-17-1``), dotted chains (``192.168.1.2``,
``31.12.2021``), addresses of the web, Roman numerals, number words joined to others (« deux-roues »).

Values are exact decimals, except fractions, rounded to six places. A dot before exactly three
digits groups thousands (``1.234`` is 1234, as French typography has it); any other dot is decimal.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from .digits import scan_digits
from .fold import fold
from .number import Form, Number, extended, last_scale
from .wordings import collective, scan_words

__all__ = ["Form", "Number", "parse_number", "scan_numbers"]


def scan_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """All numerals of ``text[start:end]`` in order, not overlapping.

    The bounds are walls: nothing beyond them is looked at, so that a table cell is read by itself.
    Offsets of the answers count from the start of `text`.
    """
    region = text[start:end]
    found = _scanned_short(region) if len(region) <= _SHORT else _scanned(region)
    return [number.shifted(start) for number in found]


_BREAK = re.compile(r"\s*\n\s*")
_BROKEN_WORD = re.compile(r"(?<=-)\s*\n\s*")
_SPACE = re.compile(r"[ \u00a0\u202f]+")
_SHORT = 80
"""Characters of a text that is likely to come again: a cell, a header, a number."""


def _scanned(region: str) -> tuple[Number, ...]:
    folded = fold(region)
    found = [*scan_digits(region, folded), *scan_words(region, folded)]
    found.sort(key=lambda number: (number.start, -number.end))
    numbers: list[Number] = []
    for number in found:
        if numbers and number.start < numbers[-1].end:
            continue
        if numbers and (whole := _together(region, folded, numbers[-1], number)):
            numbers[-1] = whole
        else:
            numbers.append(number)
    return tuple(numbers)


def _together(region: str, folded: str, first: Number, second: Number) -> Number | None:
    """« 3 milliards 245 millions », « 1 million 200 000 »: a number that goes on in a smaller scale."""
    scale = last_scale(folded, first)
    broken = "," in first.text or "." in first.text
    if scale < 10**6 or broken or _SPACE.fullmatch(folded, first.end, second.start) is None:
        return None
    smaller = last_scale(folded, second) if second.form == "mixed" else Decimal(1)
    rounds = smaller > 1 or (second.form == "digits" and second.value >= 1000 and second.value % 1000 == 0)
    if not rounds or second.value >= scale or second.marks:
        return None
    return extended(region, first, second.end, first.value + second.value)


_scanned_short = lru_cache(maxsize=8192)(_scanned)


def parse_number(text: str) -> Decimal:
    """The value of `text`, which must be exactly one numeral.

    Takes whatever `scan_numbers` gives as `Number.text`, and a number that a line end cuts; raises
    `ValueError` for anything else.
    """
    stripped = _BREAK.sub(" ", _BROKEN_WORD.sub("", text.strip()))
    if (alone := collective(stripped)) is not None:
        return alone
    numbers = scan_numbers(stripped)
    if len(numbers) != 1 or (numbers[0].start, numbers[0].end) != (0, len(stripped)):
        raise ValueError(f"Not exactly one French numeral: {text!r}.")
    return numbers[0].value
