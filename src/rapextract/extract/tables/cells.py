"""What a table cell states: numbers alone, a quantity with the noun it counts, or sentences.

« 1 250 », « près de 80 », « 12,5 / 20 » are numbers alone: their headers say what they measure. « 157
abonnés » says itself what it counts. A cell of sentences is read as a paragraph is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from ...french.numbers import Number, scan_numbers
from ...french.periods import scan_periods
from ...grammar import Candidate
from ...grammar.compiled import regexp
from ...model import BlockKind, Cell, FigureKind
from ..candidates import score_part
from ..context import Context
from ..counted import Counting
from .headers import clean
from .measures import Measures

MOST_NUMBERS = 3
"""Numbers alone that a cell holds at most: more are a list that lost its layout."""
MOST_WORDS = 8
"""Words of a quantity with its noun, at most."""

_NO_COUNT = frozenset({"ordinal", "article"})
_FOOTNOTE = r"(?:\(\*?\d{0,2}\)|\[\d{1,2}\]|[*†‡]+|\^\{[^}]*\}|[¹²³⁴⁵])"
_NOTED = regexp(r"(?<=[\d%€\w]) ?\(\d{1,2}\)\s*$")
_BESIDE = regexp(r"(?<=[\d%€\w]) ?\((?=[^()]*\p{L}{2})[^()]*\)\s*$")
DATED = regexp(r"(?<=[\d%€\w]) ?\((?P<year>(?:19|20)\d\d)\)\s*$")
"""« 1 230 (2020) »: a number and the year that it is of."""
_BEFORE = regexp(
    r"[\s*_(]*(?:[<>≤≥≈~+=−–-]|env\.?|environ|soit|dont|n ?=|entre|de|pr[eè]s d(?:e |['’])|quelque|presque|"
    r"plus d(?:e |['’])|moins d(?:e |['’])|au (?:moins|plus|minimum|maximum)|jusqu['’][aà])*[\s*_(]*",
    regex.IGNORECASE,
)
_AFTER = regexp(rf"[\s*_).;,]*{_FOOTNOTE}*[\s*_).;]*")
_BETWEEN = regexp(r"[\s*_).]*(?:[(/;|–-]|soit|et|à|\n)[\s*_(]*")
_WORD = regexp(r"\p{L}{2,}")
_OF = regexp(r"^(?:de |du |des |d['’])")
_SPECIFIED = regexp(
    r"(?:\s+(?!(?:en|[aà]|aux?|sur|par|pour|sans|non|dont|avec|dans|hors|et|ou|soit)\b)[^\d:;|.!?]+)?[\s*_.]*"
)
"""What may follow the noun and still leave the cell a quantity of what its headers say."""


_YEARS = regexp(r"\s*(?:19|20)\d\d ?[/–-] ?(?:(?:19|20)\d\d|\d\d)\s*")
"""« 1988-92 »."""


class Counted(NamedTuple):
    """What a cell itself says that it counts: the unit, and the words of it that the headers may not have."""

    unit: str
    words: str


def _is_dated(words: str) -> bool:
    """Whether words hold a date or a run of years: a period of several numbers, its year among them."""
    return _YEARS.fullmatch(words) is not None or any(
        period.kind != "year" and not period.partial for period in scan_periods(words)
    )


class CellNumbers:
    """Tells the numbers of cells that are figures, with the noun that a cell itself counts."""

    def __init__(self, context: Context, measures: Measures):
        """`measures` tells units with the words of the context's report."""
        self._context = context
        self._measures = measures
        self._counting = Counting(context.grammar, context.texts)

    def of(self, cell: Cell, section: str) -> Iterator[tuple[Number, Counted | None]]:
        """The numbers of a cell that stands under `section`, with what the cell itself says they count.

        None where the cell holds other words as well.
        """
        text = self._context.document.text
        end = cell.end
        notes = (pattern.search(text, cell.start, end) for pattern in (_NOTED, _BESIDE, DATED))
        if note := next(filter(None, notes), None):
            end = note.start()  # « 1 250 (1) » refers to a note, « 45 (objectif 40) » compares
        numbers = scan_numbers(text, cell.start, end)
        if not 0 < len(numbers) <= MOST_NUMBERS or any(number.marks & _NO_COUNT for number in numbers):
            return
        if (len(numbers) > 1 or "slash" in numbers[0].marks) and _is_dated(text[cell.start : end]):
            return  # « 07/02/2012 », « 2019-2020 »
        at, found, numbers = cell.start, numbers, []
        for number in found:
            if number.start < at:
                continue  # « 8,2/10 »: the 10 is its unit
            gap = _BETWEEN if numbers else _BEFORE
            if gap.fullmatch(text, at, number.start) is None and number.start > at:
                return
            numbers.append(score_part(self._context.folded, number))
            at = self._measures.end_of_unit(self._context.folded, numbers[-1].stop)
        if _AFTER.fullmatch(text, at, end):
            yield from ((number, None) for number in numbers)
        elif len(numbers) == 1 and (counted := self._counted(numbers[0], cell.start, end, section)):
            yield numbers[0], counted

    def _counted(self, number: Number, start: int, end: int, section: str) -> Counted | None:
        """What a number counts where the cell is that quantity and no more."""
        text = self._context.document.text
        if len(_WORD.findall(text, start, end)) > MOST_WORDS:
            return None
        candidate = Candidate(
            plain=self._context.texts.plain, folded=self._context.texts.folded,
            start=number.start, end=number.end, sentence=(start, end), block=(start, end),
            section=section, kind=FigureKind.TABLE, block_kind=BlockKind.TABLE,
            form=number.form, marks=number.marks, value=number.value, stop=number.stop,
        )  # fmt: skip
        draft = next(self._counting.drafts([(number, candidate)]), None)
        if draft is None or draft.elided or draft.unit_end <= number.stop:
            return None
        if not _SPECIFIED.fullmatch(text, draft.unit_end, end):
            return None
        phrase = clean(text[number.stop if draft.noun else draft.unit_end : end]).strip(" .")
        return Counted(draft.unit, _OF.sub("", phrase))
