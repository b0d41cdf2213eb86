"""A numeral of a text, and what may follow it whether it is printed in digits or in words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from .numerals import SCALES

Form = Literal["digits", "words", "mixed"]
"""How a number is printed: ``12``, « douze », « 12 millions »."""


class Number(NamedTuple):
    """A numeral of a text.

    `start:end` is the run of characters whose value is `value`, `text` those characters;
    ``parse_number(number.text) == number.value``. `suffix` is the length of an ordinal suffix or
    a note's raised mark that follows (1 in ``8e`` and in ``250¹``). `marks` says what else is known of it:

    - ``ordinal``: a rank (``8e``, « troisième »); ``article``: a lone « un » or « une »;
    - ``none``: « aucun »; ``collective``: « une dizaine »; ``half``: ends in « et demi »;
    - ``fraction``: « deux tiers », ``½``; ``slash``: ``2/3``, whose two sides are `parts`;
    - ``signed``: starts with a printed sign; ``dot-group``: one dot read as thousands (``1.234``).
    """

    start: int
    end: int
    text: str
    value: Decimal
    form: Form
    marks: frozenset[str] = frozenset()
    parts: tuple[Number, ...] = ()
    suffix: int = 0

    @property
    def stop(self) -> int:
        """The end, past an ordinal suffix or a note's mark."""
        return self.end + self.suffix

    @property
    def ordinal(self) -> bool:
        """Whether it is a rank."""
        return "ordinal" in self.marks

    @property
    def article(self) -> bool:
        """Whether it is a lone « un » or « une », more often an article than a number."""
        return "article" in self.marks

    def shifted(self, by: int) -> Number:
        """The same numeral, `by` characters further on."""
        if not by:
            return self
        parts = tuple(part.shifted(by) for part in self.parts)
        start, end = self.start + by, self.end + by
        return Number(start, end, self.text, self.value, self.form, self.marks, parts, self.suffix)


def plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros or exponent: ``12.50`` gives ``12.5``, ``1E+3`` ``1000``."""
    whole = int(value)
    return Decimal(whole) if value == whole else value.normalize()


def rounded(value: Decimal) -> Decimal:
    """A fraction to six places."""
    return plain(value.quantize(Decimal("0.000001")))


def extended(region: str, number: Number, end: int, value: Decimal, *marks: str) -> Number:
    """`number` carried on to `end`, with its new value and more marks."""
    text = region[number.start : end]
    marked = number.marks | set(marks)
    return number._replace(end=end, suffix=0, text=text, value=plain(value), marks=marked)


_AND_HALF = re.compile(
    r" et demie?(?!\w)| [^\W\d]+ et demie?(?!\w)|"
    r" (?:ans?|mois|semaines?|jour(?:nee)?s?|heures?|h)(?: et)? (?:1/2|½)(?![\w/])"
)


def with_half(region: str, folded: str, number: Number) -> Number:
    """Take in « et demi », after the number or after the one word it counts (« deux ans et demi »).

    After a unit of time « 1/2 » says the same: « 1 an 1/2 ».
    """
    match = _AND_HALF.match(folded, number.end)
    if not match:
        return number
    return extended(region, number, match.end(), number.value + last_scale(folded, number) / 2, "half")


def last_scale(folded: str, number: Number) -> Decimal:
    """What a fraction added to `number` is a fraction of: a million in « 3 millions et demi », else one."""
    word = folded[number.start : number.end].split()[-1].removesuffix("s")
    return Decimal(SCALES.get(word, 1))
