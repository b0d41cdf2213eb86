"""The words of a whole report: what they tell is asked while a stretch of it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import chain

import regex

from ..french.fold import fold
from ..french.paragraphs import paragraph_runs
from ..grammar import unwrapped
from ..grammar.compiled import regexp

_LONGEST_SHORT_FORM = 7
_CAPITAL_INSIDE = regexp(r"(?<=[\p{Ll},] )\p{Lu}\w*")
_PLAIN = regexp(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AROUND = 4
"""Characters that tell whether a line break beside a word is a single one."""


class ReportWords:
    """The words of a report. Its text is looked through for a word once, and not for each of its figures."""

    def __init__(self, text: str):
        """`text` is the reading text."""
        self._text = text
        self.has_in_small = cache(self._has_in_small)
        self.has_as_short_form = cache(self._has_as_short_form)
        self.is_name = cache(self._is_name)
        self.is_proper_name = cache(self._is_proper_name)

    def _has_in_small(self, word: str) -> bool:
        """Whether the text has `word` in small letters, spaces or single line breaks around it."""
        said = f" {word.lower()} "
        return said in self._text or any(said in around for around in self._around(word.lower()))

    def _has_as_short_form(self, word: str) -> bool:
        """Whether the text uses a capitalised word (« Csam ») as a short form.

        In brackets, in capitals, or as a noun that takes no plural: « un Ehpad », « les Ehpad ».
        """
        form = regex.escape(word)
        used = rf"\b(?:{form.upper()}|(?i:une?|les|des|aux|ces|nos) {form})\b"
        return 2 <= len(word) <= _LONGEST_SHORT_FORM and (
            f"({word})" in self._text or regex.search(used, self._text) is not None
        )

    def _is_name(self, word: str) -> bool:
        """Whether the text has `word` with its capital inside a sentence: after a small letter or a comma."""
        if word.isalpha():
            return word in self._names
        inside = regex.compile(rf"[\p{{Ll}},] {regex.escape(word)}\b")
        return any(inside.search(around) is not None for around in self._around(word))

    def _is_proper_name(self, word: str) -> bool:
        """Whether the text has `word` with its capital after a small letter, and never without one."""
        if fold(word) in self.lexicon:
            return False
        return regex.search(rf"\p{{Ll}} {regex.escape(word)}\b", self._text) is not None

    @cached_property
    def _names(self) -> frozenset[str]:
        """The words with a capital inside a sentence."""
        text = self._text
        found = (_CAPITAL_INSIDE.findall(unwrapped(text[start:end])) for start, end in paragraph_runs(text))
        return frozenset(chain.from_iterable(found))

    @cached_property
    def lexicon(self) -> dict[str, str]:
        """For each folded word, its most frequent form in lower case."""
        counts: Counter[str] = Counter()
        for start, end in paragraph_runs(self._text):
            counts.update(filter(str.islower, _PLAIN.findall(self._text, start, end)))
        forms: dict[str, str] = {}
        for form, _ in sorted(counts.items(), key=lambda item: (item[1], item[0])):
            forms[fold(form)] = form
        return forms

    def _around(self, word: str) -> Iterator[str]:
        """`word` wherever the text has it, with what stands around it, single line breaks as spaces."""
        at = self._text.find(word)
        while at >= 0:
            yield unwrapped(self._text[max(0, at - _AROUND) : at + len(word) + _AROUND])
            at = self._text.find(word, at + 1)
