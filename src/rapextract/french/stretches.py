"""A long text in stretches of whole paragraphs, so that no copy of it has to be made in one piece."""

from __future__ import annotations

from collections.abc import Iterator

STRETCH = 50_000
"""Characters of a stretch, at the least."""


def stretches(text: str, least: int = STRETCH) -> Iterator[tuple[int, int]]:
    """Runs of whole paragraphs, one after the other, that make up `text`: starts and ends.

    Each has `least` characters or more, but for the last; one begins with a blank line. What is looked
    for and never goes over a blank line is found in the stretches as in the whole.
    """
    start = 0
    while start < len(text):
        blank = text.find("\n\n", start + least) if len(text) - start > least else -1
        end = blank if blank >= 0 else len(text)
        yield start, end
        start = end
