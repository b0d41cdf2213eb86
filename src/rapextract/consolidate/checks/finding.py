"""What a check finds, and how it says it: one plain sentence with the report's own words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal

from rapextract.model import CheckRow, FigureRow

from .mention import Mention

_QUOTE_LENGTH = 170
_BROKEN, _HOLDS = "broken", "holds"


@dataclass(frozen=True)
class Finding:
    """A check that was decided. `key` tells apart findings that tie no figures, or the same ones."""

    kind: str
    holds: bool
    report_id: str
    message: str
    figures: tuple[str, ...] = ()
    expected: str = ""
    found: str = ""
    key: str = ""

    def row(self) -> CheckRow:
        """The row of checks.csv; its id depends on kind, figures and key alone."""
        parts = (self.kind, *self.figures, *([self.report_id, self.key] if self.key else []))
        return CheckRow(
            check_id="c" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12],
            report_id=self.report_id,
            kind=self.kind,
            status=_HOLDS if self.holds else _BROKEN,
            figures=" ".join(self.figures),
            expected=self.expected,
            found=self.found,
            message=self.message,
        )


def ids(*figures: FigureRow | Mention) -> tuple[str, ...]:
    """The ids of `figures`, each once, in their order."""
    return tuple(dict.fromkeys(figure.figure_id for figure in figures))


def plain(value: Decimal, decimals: int | None = None) -> str:
    """A number without exponent and idle zeros, rounded to `decimals` where given."""
    if decimals is not None:
        value = round(value, decimals)
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text


def folded_space(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split())


def quoted(text: str, low: int = 0, high: int = 0) -> str:
    """`text` in French quotation marks, on one line; a long one is cut around its characters `low:high`."""
    if len(text) > _QUOTE_LENGTH:
        margin = max(20, (_QUOTE_LENGTH - (high - low)) // 2)
        low, high = max(0, low - margin), min(len(text), high + margin)
        low = text.find(" ", low) + 1 if low else 0
        high = text.rfind(" ", low, high) if high < len(text) else high
        text = ("… " if low else "") + text[low:high].strip() + (" …" if high < len(text) else "")
    return f"« {folded_space(text)} »"


def quote_of(*figures: FigureRow | Mention) -> str:
    """The quotes of `figures`, each once, cut to where their numbers stand."""
    spans: dict[str, tuple[int, int]] = {}
    for figure in figures:
        at = _in_quote(figure)
        low, high = spans.get(figure.quote, at)
        spans[figure.quote] = (min(low, at[0]), max(high, at[1]))
    quotes = [quoted(quote, *span) for quote, span in spans.items()]
    return quotes[0] if len(quotes) == 1 else f"{', '.join(quotes[:-1])} and {quotes[-1]}"


def _in_quote(figure: FigureRow | Mention) -> tuple[int, int]:
    """Where the number stands in the quote: its place by its own offsets can't be known from the row."""
    match = re.search(rf"(?<![\d,.]){re.escape(figure.value_text)}(?![\d])", figure.quote)
    start = match.start() if match else 0
    return start, start + len(figure.value_text)


def said(figure: FigureRow | Mention) -> str:
    """The number of a figure as printed, with the sign or noun of its unit."""
    unit = {"EUR": "€", "1": ""}.get(figure.unit, figure.unit)
    text = folded_space(figure.value_text)
    return f"« {text} {unit} »" if unit in ("%", "€") else f"« {text} »"
