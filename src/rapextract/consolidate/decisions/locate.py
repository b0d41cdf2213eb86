"""Where the words of a decision stand in a report: by the quote, white space aside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapextract.model import DecidedPlace


@dataclass(frozen=True)
class Found:
    """A quote found in a reading text: its span, and that of the number inside it."""

    quote_start: int
    quote_end: int
    start: int
    end: int


def locate(place: DecidedPlace, text: str, same_bytes: bool) -> Found | None:
    """Where the quote of `place` stands in `text`; None where it stands nowhere, or at several places.

    In the report it was taken from (`same_bytes`), of several the one that holds the old place counts.
    """
    found = find_quote(text, place.quote, place.offset, len(place.value_text))
    if len(found) > 1 and same_bytes:
        found = [each for each in found if each.start == place.start]
    return found[0] if len(found) == 1 else None


def find_quote(text: str, quote: str, offset: int, length: int) -> list[Found]:
    """Every place of `text` where `quote` stands; the number is ``quote[offset:offset + length]``."""
    before, number, after = quote[:offset], quote[offset : offset + length], quote[offset + length :]
    pattern = re.compile(f"{_loose(before)}({_loose(number)}){_loose(after)}")
    return [Found(m.start(), m.end(), m.start(1), m.end(1)) for m in pattern.finditer(text)]


def _loose(words: str) -> str:
    """A pattern of `words` in which any white space stands for any other."""
    return r"\s+".join(re.escape(part) for part in re.split(r"\s+", words))
