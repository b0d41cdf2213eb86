"""Running heads and feet of a plain text whose pages end with form feeds, as `pdftotext` leaves them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .lines import Line

LEAST_PAGES = 3
"""Pages below which nothing says that a line runs on."""

_EDGE = 2
"""Lines at the top and at the bottom of a page that may run on."""

_DIGITS = re.compile(r"\d+")


def running_lines(text: str, lines: Sequence[Line]) -> set[int]:
    """The places of the lines that stand at the same edge of most pages, but for their numbers.

    A page's number alone is one too, where most pages have it.
    """
    pages = _pages(text, lines)
    if len(pages) < LEAST_PAGES:
        return set()
    edges = [(number, page[:_EDGE]) for number, page in enumerate(pages)]
    edges += [(number, page[-_EDGE:]) for number, page in enumerate(pages)]
    found: set[int] = set()
    for half in (edges[: len(pages)], edges[len(pages) :]):
        said = Counter(key for _, places in half for key in {_key(lines[place]) for place in places})
        found |= {p for _, places in half for p in places if 2 * said[_key(lines[p])] > len(pages)}
    return found


def _pages(text: str, lines: Sequence[Line]) -> list[list[int]]:
    """The places of the lines of each page that has some."""
    pages: list[list[int]] = [[]]
    end = 0
    for place, line in enumerate(lines):
        if "\f" in text[end : line.start]:
            pages.append([])
        pages[-1].append(place)
        end = line.end
    return [page for page in pages if page]


def _key(line: Line) -> str:
    return " ".join(_DIGITS.sub("#", line.text).split())
