"""Short forms in a report: where the text ties them to a long form, and where it uses them."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import NamedTuple, overload

from rapextract.french.fold import fold, word_set
from rapextract.french.paragraphs import paragraph_runs
from rapextract.french.sentences import sentence_spans
from rapextract.grammar.compiled import regexp
from rapextract.model import AcronymRow, Records

from .labels import telling_words

GLOSSARY = "glossary"
_LINE = re.compile(
    r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|.+\Z", re.S
)
_SHORT = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9]{1,7}s?\Z")
_CAPITALIZED = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]{3,}\Z")
_FROM_CAPITAL = regexp(r"\p{Uppercase}[^\W_]*")
"""A word from its first capital on, but for what only Python takes for a letter or digit."""
_MARKS = "’' \u00a0\n«(*"
"""What may stand between a word and the one before it."""
_CAPITALIZED_BEFORE = re.compile(r"([A-ZÀ-Þ][a-zà-ÿ]+)[-\s]\Z")
_STARTS = word_set(
    "le la les un une des du de ce cet cette ces son sa ses leur leurs notre nos votre vos chaque au aux en",
    "par pour dans sur avec sans selon depuis et ou mais chez entre vers tout toute tous toutes deux trois",
)
"""Words that stand before a noun at the start of a sentence; any other capitalized word makes a name."""
_EXPLAINED = re.compile(r"\s*[:=(]\s*[^\W\d]")
_ROW = " | "
_ALL_SHORT = 3
_SHOUTED = 12
_ALIKE = 0.82
_LONGEST_FORM = 1000
"""Characters that a long form may take."""


@dataclass(frozen=True, slots=True)
class Use:
    """A word of the running text that may be a short form."""

    word: str
    start: int
    end: int
    inside: bool
    """Whether a lower-case word stands before it: it is in a sentence, and no name."""
    shouted: bool
    """Whether its line is set in capitals, where no word tells a short form."""


class Uses(Sequence[Use]):
    """Uses of one short form as numbers: a long report has ten thousands. Each is made when asked for."""

    def __init__(self, text: str):
        """`text` is what they stand in."""
        self._text = text
        self._numbers = array("i")

    def add(self, use: Use) -> None:
        """Add a use."""
        self._numbers.extend((use.start, use.end, 2 * use.inside + use.shouted))

    def __len__(self) -> int:
        return len(self._numbers) // 3

    @overload
    def __getitem__(self, index: int) -> Use: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Use, ...]: ...
    def __getitem__(self, index: int | slice) -> Use | tuple[Use, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        at = range(len(self))[index] * 3
        start, end, said = self._numbers[at : at + 3]
        return Use(self._text[start:end], start, end, inside=said > 1, shouted=said % 2 == 1)


class _Uses(NamedTuple):
    """What `ShortForms` tells of uses."""

    counts: Counter[str]
    candidates: dict[str, Uses]
    capitalized: dict[str, Uses]


@lru_cache(maxsize=4096)
def key(short: str) -> str:
    """A short form as it is compared: folded, without spaces, hyphens and the s of a plural."""
    bare = re.sub(r"[\s.\-’']", "", short)
    is_plural = len(bare) >= _ALL_SHORT and bare.endswith("s") and bare[:-1].isupper()
    return fold(bare[:-1] if is_plural else bare)


def parts(short: str) -> frozenset[str]:
    """The keys of a short form and of the short forms that it joins (« AT/MP », « ELSM / ERSM »)."""
    pieces = re.split(r"[/\s-]+", short.strip())
    return frozenset({key(short), *(key(piece) for piece in pieces if len(piece) > 1)})


class ShortForms:
    """The short forms of one report."""

    def __init__(self, records: Records):
        """Look at the text of `records`. A definition in passing is a use too, one of a glossary is none."""
        self.text = records.text
        self.rows = records.acronyms
        self.glossary = [row for row in self.rows if row.kind == GLOSSARY]
        self._defining = sorted(
            (start, end)
            for row in self.glossary
            for start, end in (
                (row.acronym_start, row.acronym_end),
                (row.expansion_start, row.expansion_end),
            )
        )
        self.defined = frozenset(k for row in self.rows for k in parts(row.acronym))
        """Keys of everything that the text defines."""

    def _words(self) -> Iterator[Use]:
        """The words of the running text that hold a capital, but for the glossary's."""
        spans = iter([*self._defining, (len(self.text) + 1, len(self.text) + 1)])
        taken = next(spans)
        lines = _lines(self.text)
        end = end_of_line = 0
        for match in _FROM_CAPITAL.finditer(self.text):
            if match.start() < end:
                continue
            at, end = match.span()
            while self.text[at - 1 : at].isalnum():  # « iDOC »
                at -= 1
            while self.text[end : end + 1].isalnum():  # « DBO⁵ »
                end += 1
            while taken[1] <= at:
                taken = next(spans)
            if taken[0] <= at:
                continue
            if end > end_of_line:
                start, line = next(found for found in lines if found[0] + len(found[1]) >= end)
                end_of_line = start + len(line)
                shouted = _is_shouted(line)
                in_sentence = not (shouted or _ROW in line)
            inside = in_sentence and _is_small(self.text[max(0, at - 24) : at].rstrip(_MARKS)[-1:])
            yield Use(self.text[at:end], at, end, inside, shouted)

    @cached_property
    def _uses(self) -> _Uses:
        found = _Uses(Counter(), {}, {})
        for use in self._words():
            k = key(use.word)
            if len(use.word) > _ALL_SHORT or use.word.isupper():
                found.counts[k] += 1
            if k in self.defined:
                continue
            if use.inside and _CAPITALIZED.match(use.word):
                found.capitalized.setdefault(k, Uses(self.text)).add(use)
            if not use.shouted and _SHORT.match(use.word):
                before = _CAPITALIZED_BEFORE.search(self.text[max(0, use.start - 24) : use.start])
                if before is None or fold(before[1]) in _STARTS:
                    found.candidates.setdefault(k, Uses(self.text)).add(use)
        return found

    @property
    def used(self) -> Counter[str]:
        """How often each key is used. A short form of up to three letters counts in capitals only."""
        return self._uses.counts

    @property
    def candidates(self) -> dict[str, Uses]:
        """Uses by key of words in capitals that no definition covers."""
        return self._uses.candidates

    @property
    def capitalized(self) -> dict[str, Uses]:
        """Uses by key of words with one capital inside a sentence that no definition covers."""
        return self._uses.capitalized

    def unused(self) -> Iterator[AcronymRow]:
        """Entries of the glossary whose short form is used nowhere else, nor a part of it."""
        seen: set[str] = set()
        for row in self.glossary:
            if key(row.acronym) not in seen and not any(self.used[k] for k in parts(row.acronym)):
                seen.add(key(row.acronym))
                yield row

    def is_explained(self, use: Use) -> bool:
        """Whether the text seems to say there what it stands for, in a form that gave no tie."""
        before, after = self.text[max(0, use.start - 2) : use.start], self.text[use.end : use.end + 8]
        bracketed = before.endswith("(") and after.startswith(")")
        first = not before or before.endswith("\n")
        return bracketed or bool(_EXPLAINED.match(after) and (first or "(" in after))

    def written_out(self, shorts: Iterable[str]) -> frozenset[str]:
        """Those of `shorts` that the text says in other ways too.

        In small letters: a word, set in capitals elsewhere. Or some words begin with their letters, in order.
        """
        left = {short: _words_that_begin(short) for short in shorts}
        found: set[str] = set()
        for start, end in paragraph_runs(self.text) if left else ():
            first = max(0, start - 1)
            folded = fold(self.text[first : end + _LONGEST_FORM])
            on_one_line = folded.replace("\n", " ")
            for short, words in list(left.items()):
                if self._has_small(short, folded, first) or words.search(on_one_line):
                    found.add(short)
                    del left[short]
        return frozenset(found)

    def _has_small(self, short: str, folded: str, first: int) -> bool:
        """Whether `folded`, the text from `first` on, has `short` in small letters."""
        at = folded.find(short)
        while at >= 0:
            start, end = first + at, first + at + len(short)
            around = self.text[max(0, start - 1) : start] + self.text[end : end + 1]
            if self.text[start:end].islower() and not any(map(str.isalnum, around)):
                return True
            at = folded.find(short, at + 1)
        return False

    def sentence(self, use: Use) -> tuple[str, int, int]:
        """The sentence around a use, with the place of the use in it."""
        low = self.text.rfind("\n", 0, use.start) + 1
        high = self.text.find("\n", use.end)
        line = (low, high if high >= 0 else len(self.text))
        spans = sentence_spans(self.text, *line)
        start, end = next((s for s in spans if s[0] <= use.start < s[1]), line)
        return self.text[start:end], use.start - start, use.end - start


def _words_that_begin(short: str) -> re.Pattern[str]:
    """The pattern of words that begin with the letters of `short`, little words between."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    little = r"(?:(?:a|au|aux|d|de|des|du|en|et|l|la|le|les|pour|par|sur)\b[' -]*)*"
    pattern = rf"[' /-]+{little}".join(rf"{letter}[^\W\d_]+" for letter in letters)
    return re.compile(rf"(?<!\w){pattern}")


def same_long_form(first: str, second: str) -> bool:
    """Whether two long forms have the same words, but for number, gender, little words and slips."""
    one, two = _stems(first), _stems(second)
    return _all_paired(one, two) or _all_paired(two, one)


def _all_paired(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether each word has its like among the others; words run together count too."""
    rest = "".join(sorted(others))
    return all(
        word in rest or any(SequenceMatcher(None, word, other).ratio() >= _ALIKE for other in others)
        for word in words
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"(?:(l)le|(n)ne|e)\Z", r"\1\2", word) for word in telling_words(text))


def one_slip_apart(first: str, second: str) -> bool:
    """Whether two words of four letters or more differ by neighbours exchanged, or by one letter."""
    if min(len(first), len(second)) <= _ALL_SHORT or first == second or first[0] != second[0]:
        return False
    if len(first) == len(second):
        unlike = [i for i in range(len(first)) if first[i] != second[i]]
        return len(unlike) == 1 or (len(unlike) == len("ab") and sorted(first) == sorted(second))
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their starts, as `str.splitlines` parts them, one after the other."""
    for match in _LINE.finditer(text):
        yield match.start(), match[0]


def _is_shouted(line: str) -> bool:
    """Whether a line is set in capitals: a heading, where no word tells a short form."""
    capitals = sum(map(str.isupper, line))
    if capitals * 10 <= _SHOUTED * 7:
        return False  # as nearly every line
    letters = sum(map(str.isalpha, line))
    return letters > _SHOUTED and capitals * 10 >= letters * 7


def _is_small(character: str) -> bool:
    return "a" <= character <= "z" or "à" <= character <= "ÿ"
