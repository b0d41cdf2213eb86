"""A long text in runs of whole paragraphs, so that no copy of it has to be made in one piece."""

from __future__ import annotations

from collections.abc import Iterator

LEAST = 50_000
"""Characters of a run, at the least."""


def paragraph_runs(text: str, least: int = LEAST) -> Iterator[tuple[int, int]]:
    """Runs of whole paragraphs, one after the other, that make up `text`: starts and ends.

    Each has `least` characters or more, but for the last; one begins with a blank line. What is looked
    for and never goes over a blank line is found in the runs as in the whole.
    """
    start = 0
    while start < len(text):
        blank = text.find("\n\n", start + least) if len(text) - start > least else -1
        end = blank if blank >= 0 else len(text)
        yield start, end
        start = end
