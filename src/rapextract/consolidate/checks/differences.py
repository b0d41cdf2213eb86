"""What is left over: « 3 167 recours formés, 2 810 passés en commission, 357 en attente »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapextract.model import FigureRow

from .finding import Finding, ids, plain, quote_of, said
from .printed import slip
from .statements import Passage, Statement, is_result
from .words import Words

KIND = "difference"
_THREE = 3
Said = tuple[FigureRow, Statement]


def differences(passage: Passage, words: Words) -> Iterator[Finding]:
    """Every remainder that stands right after the two counts it is the difference of.

    The three count the same thing, in one sentence or in list items that follow each other, and only the
    third is said to be left over (« en attente », « restants »).
    """
    for index, statement in enumerate(passage.statements):
        run = passage.from_on(index, _THREE)
        figures = [(figure, part) for part in run for figure in part.figures if is_result(figure)]
        own = len([figure for figure in statement.figures if is_result(figure)])
        for at in range(min(own, len(figures) - _THREE + 1)):
            yield from _decided(passage.report_id, figures[at : at + _THREE], words)


def _decided(report_id: str, three: Sequence[Said], words: Words) -> Iterator[Finding]:
    left = [words.says("remainder", statement.after(figure)) for figure, statement in three]
    whole, done, rest = (figure for figure, _ in three)
    same = whole.unit == done.unit == rest.unit and whole.unit not in words.measures
    if left != [False, False, True] or not same or whole.value <= done.value:
        return
    expected = whole.value - done.value
    holds = expected == rest.value
    if not holds and not slip(expected, rest.value):
        return
    message = (
        f"{said(whole)} in {quote_of(whole)} less {said(done)} in {quote_of(done)} makes {plain(expected)}, "
        f"{'as' if holds else 'but'} {quote_of(rest)} says {said(rest)}."
    )
    yield Finding(KIND, holds, report_id, message, ids(whole, done, rest), plain(expected), rest.value_text)
