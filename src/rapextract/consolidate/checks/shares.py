"""Shares stated with their part and whole: « 88 … sur 108 …, soit 81,48 % »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rapextract.model import FigureRow

from .finding import Finding, ids, plain, quote_of, said
from .printed import printed
from .statements import Passage, Statement, is_result
from .words import Words

KIND = "share"


def shares(passage: Passage, words: Words) -> Iterator[Finding]:
    """Every share that restates a part of a whole.

    The part is the count just before the share. The whole is said by words (« 128 salariés, dont 96 », « 88
    sur 108 », « 96 des 128 agents ») and then decides; where no word says it, a count of this sentence or
    the one before can confirm the share, but not break it.
    """
    before = passage.before
    for statement in passage.statements:
        previous, before = before, statement
        for share in statement.figures:
            if share.unit != "%" or not is_result(share) or share.value < 0:
                continue
            counts = [f for f in statement.figures if f.char_end <= share.char_start and _is_count(f, words)]
            if not counts or not _restates(statement, counts[-1], share, words):
                continue
            pair = _said_pair(statement, counts, words)
            if pair is not None:
                yield from _decided(passage.report_id, *pair, share, words)
                continue
            earlier = [f for f in previous.figures if _is_count(f, words)] if previous is not None else []
            yield from _confirmed(passage.report_id, counts[-1], [*earlier, *counts[:-1]], share, words)


def _is_count(figure: FigureRow, words: Words) -> bool:
    return is_result(figure) and (figure.unit not in words.measures or figure.unit == "EUR")


def _restates(statement: Statement, part: FigureRow, share: FigureRow, words: Words) -> bool:
    """Whether the share says the part again: « soit 45,6 % », « (45,6 %) »."""
    between = statement.between(part, share)
    lead = statement.before(share).rstrip()
    if lead.endswith("(") and ")" not in between:
        return True
    match = words.search("share", lead)
    return match is not None and len(lead) - match.end() <= len(" près de ") and ";" not in lead


def _said_pair(
    statement: Statement, counts: Sequence[FigureRow], words: Words
) -> tuple[FigureRow, FigureRow] | None:
    """Part and whole, where words tie the last two counts."""
    if not counts[:-1]:
        return None
    first, second = counts[-2:]
    between = statement.between(first, second)
    if ";" in between:
        return None
    if words.says("of-whole", between):
        return first, second
    if words.says("part", between) and first.value >= second.value:
        return second, first
    return None


def _decided(
    report_id: str, part: FigureRow, whole: FigureRow, share: FigureRow, words: Words
) -> Iterator[Finding]:
    if part.unit == "EUR" and whole.unit != "EUR":
        return
    ratio = printed(part, words.measures).interval.over(printed(whole, words.measures).interval)
    if ratio is None:
        return
    shown = printed(share, words.measures)
    holds = shown.agrees(ratio.times(100))
    yield _finding(report_id, part, whole, share, holds, shown.decimals + (not holds))


def _confirmed(
    report_id: str, part: FigureRow, wholes: Sequence[FigureRow], share: FigureRow, words: Words
) -> Iterator[Finding]:
    shown = printed(share, words.measures)
    for whole in reversed(wholes):
        ratio = printed(part, words.measures).interval.over(printed(whole, words.measures).interval)
        if whole.value > part.value and ratio is not None and shown.agrees(ratio.times(100)):
            yield _finding(report_id, part, whole, share, True, shown.decimals)
            return


def _finding(
    report_id: str, part: FigureRow, whole: FigureRow, share: FigureRow, holds: bool, decimals: int
) -> Finding:
    expected = plain(part.value / whole.value * Decimal(100), decimals) + " %"
    message = (
        f"{said(part)} of {said(whole)} in {quote_of(whole, part)} makes {expected}, "
        f"{'as' if holds else 'but'} the text says {said(share)}."
    )
    return Finding(KIND, holds, report_id, message, ids(part, whole, share), expected, share.value_text)
