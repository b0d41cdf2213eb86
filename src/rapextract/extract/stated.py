"""What characters of a report state: the one place where a printed value is read as a number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..french.fold import fold
from ..french.numbers import parse_number

WORD = "word"
"""Flag of figures whose value is what the grammar says a word stands for (« conforme » 100)."""

SCALED = "scaled"
"""Flag of figures whose headers count in thousands or millions (« Montant (k€) »)."""

ONE = Decimal(1)


def stated(value_text: str, words: Mapping[str, Decimal] | None = None, multiple: Decimal = ONE) -> Decimal:
    """The value that exactly these characters state.

    `words` are words that stand for values, folded; every other text must be a number, counted in
    `multiple` (1000 under « Montant (k€) »). Raises `ValueError` where it is none.
    """
    if words and (said := fold(value_text)) in words:
        return words[said]
    return parse_number(value_text) * multiple
