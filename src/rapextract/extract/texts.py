"""The reading text as rules see it."""

from __future__ import annotations

from ..grammar import matchable, unwrapped
from .report_words import ReportWords


class Texts:
    """The reading text as rules see it: `plain` with line breaks as spaces, `folded` as well folded."""

    def __init__(self, text: str, words: ReportWords | None = None):
        """Make both forms of `text`; all offsets stay those of the document.

        `words` are those of the whole report, where `text` is a stretch of it.
        """
        self.printed = text
        self.plain = unwrapped(text)
        self.folded = matchable(text)
        self.words = words or ReportWords(text)
