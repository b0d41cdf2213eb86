"""Wholes and their parts in prose and staff panels.

Parts that the text says to be some of a whole (« dont ») can't be more than it. Parts that the text lists
as all of it (« 412 contrôles : 260 sur place et 152 sur pièces ») add up to it. Outcomes that exclude each
other (« favorables », « défavorables ») add up to no more than what was decided on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rapextract.grammar.patterns import matchable
from rapextract.model import Bound, FigureKind, FigureRow, HeadcountRow, Records

from .finding import Finding, ids, plain, quote_of, quoted, said
from .printed import slip
from .statements import Passage, Statement, is_result
from .words import Opposites, Words

PART, SUM = "part", "sum"
_OPENS = re.compile(r"[:(]")
_ITEM_STARTS = re.compile(r"(?:[:;,(/]|\bet\b|\bainsi que\b|\bpuis\b)[\s*\-–—•]*(?:pour\s+|aux?\s+|à\s+)?\Z")
_NEW_SENTENCE = re.compile(r"[.!?]\s+[A-ZÀ-Þ]")
_FOR = re.compile(r"\bpour\s+\Z")
_UNREAD = re.compile(
    r"(?:[:;,(]|\bet\b)\s*(?:pour\s+|aux?\s+)?"
    r"(?:\d|(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b)"
)
"""A number in the place of a part that is no figure: the parts are not all known."""
_NEXT_ITEM = re.compile(r"\s*(?:[-–—•●▪■◦‣*►➢→✓·]+[ \t]+)+[^\s\-–—•]")
_TWO, _THREE = 2, 3


# Staff panels -------------------------------------------------------------------------------------
def panel_parts(records: Records, _words: Words) -> Iterator[Finding]:
    """Lines of a staff panel under « dont »: together no more than the line they are a part of."""
    if not records.headcounts:
        return
    whole: HeadcountRow | None = None
    parts: list[HeadcountRow] = []
    rejected = [
        figure.char_start
        for figure in records.figures
        if figure.review == "rejected" and figure.kind is FigureKind.HEADCOUNT
    ]
    for row in [*records.headcounts, None]:
        if row is not None and row.part_of:
            if whole is None or (row.entity, row.date) != (whole.entity, whole.date):
                continue
            if not any(whole.char_start < at < row.char_start for at in rejected):  # it may be a part of that
                parts.append(row)
            continue
        if whole is not None and parts:
            yield _panel(records, whole, parts)
        whole, parts = row, []


def _panel(records: Records, whole: HeadcountRow, parts: Sequence[HeadcountRow]) -> Finding:
    total = sum((part.count for part in parts), Decimal(0))
    holds = total <= whole.count
    made = " + ".join(f"« {part.value_text} »" for part in parts)
    quotes = ", ".join(dict.fromkeys(quoted(row.quote) for row in (whole, *parts)))
    message = (
        f"In the team of {whole.entity or 'the report'}, {made} ({quotes}){_makes(total, parts)} "
        f"{'no more' if holds else 'more'} than the « {whole.value_text} » they are a part of."
    )
    figures = (whole.figure_id, *(part.figure_id for part in parts))
    expected = f"at most {plain(whole.count)}"
    return Finding(PART, holds, records.report.report_id, message, figures, expected, plain(total))


def _makes(total: Decimal, parts: Sequence[HeadcountRow]) -> str:
    return f" makes {plain(total)}," if len(parts) > 1 else " is"


# « dont » -----------------------------------------------------------------------------------------
def stated_parts(passage: Passage, words: Words) -> Iterator[Finding]:
    """A part given by « dont »: no more than the whole before it."""
    for statement in passage.statements:
        for index, part in enumerate(statement.figures):
            if "part_of" not in json.loads(part.dimensions) or not index:
                continue
            whole = _whole_before(statement, index, words)
            if whole is None:
                continue
            holds = part.value <= whole.value
            message = (
                f"{said(part)} is given as a part of {said(whole)} in {quote_of(part)}"
                f"{'' if holds else ', but it is more'}."
            )
            expected = f"at most {plain(whole.value)}"
            yield Finding(
                PART, holds, passage.report_id, message, ids(whole, part), expected, part.value_text
            )


def _whole_before(statement: Statement, index: int, words: Words) -> FigureRow | None:
    """The count that the part number `index` is a part of: the nearest before its « dont »."""
    part = statement.figures[index]
    if not is_result(part) or part.unit in words.measures - {"EUR"}:
        return None
    for back in range(index - 1, -1, -1):
        whole = statement.figures[back]
        if "part_of" in json.loads(whole.dimensions):
            continue
        fits = is_result(whole) and (whole.unit == "EUR") == (part.unit == "EUR")
        tied = words.says("part", statement.between(whole, statement.figures[back + 1]))
        return whole if fits and tied and whole.unit not in words.measures - {"EUR"} else None
    return None


# Parts listed as the whole --------------------------------------------------------------------------
def listed_parts(passage: Passage, words: Words) -> Iterator[Finding]:
    """Parts that are listed as all of a whole, in its sentence or in the list below it."""
    for index, statement in enumerate(passage.statements, start=1):
        for at, whole in enumerate(statement.figures):
            if _countable(whole, words):
                parts = _in_sentence(statement, at, words)
                if parts:
                    yield from _added_up(passage.report_id, whole, parts)
        whole_above = _heads_a_list(statement, words)
        if whole_above is not None:
            parts = _in_list(statement, whole_above, passage.statements[index:], words)
            if parts:
                yield from _added_up(passage.report_id, whole_above, parts)


def _countable(figure: FigureRow, words: Words) -> bool:
    return is_result(figure) and figure.unit not in words.measures and figure.unit != "rang"


def _in_sentence(statement: Statement, at: int, words: Words) -> list[FigureRow]:
    """The parts that follow the whole number `at` after a colon, a bracket or « pour »."""
    whole = statement.figures[at]
    parts: list[FigureRow] = []
    opener = ""
    for part in statement.figures[at + 1 :]:
        lead = statement.before(part)
        if not _countable(part, words) or words.says("part", lead) or _NEW_SENTENCE.search(lead):
            break
        if not parts:
            if not _OPENS.search(lead) and not _FOR.search(lead):
                break
            opener = "(" if "(" in lead and ")" not in lead else ":" if ":" in lead else "pour"
            if opener != "pour" and not _ITEM_STARTS.search(lead):
                break
        elif not _ITEM_STARTS.search(lead) or (opener == "(" and ")" in lead):
            break
        parts.append(part)
    if parts and words.says("part", statement.after(parts[-1])):
        return []
    if any(_UNREAD.search(statement.after(part)) for part in parts):
        return []
    same_thing = {whole.unit} == {part.unit for part in parts}
    return parts if len(parts) >= (_TWO if opener != "pour" or same_thing else _THREE) else []


def _heads_a_list(statement: Statement, words: Words) -> FigureRow | None:
    """The only count of a sentence that a list follows."""
    counts = [figure for figure in statement.figures if _countable(figure, words)]
    if len(counts) != 1 or statement.marked or words.says("part", statement.words):
        return None
    return counts[0]


def _in_list(
    statement: Statement, whole: FigureRow, items: Sequence[Statement], words: Words
) -> list[FigureRow]:
    """The first number of each item of the list below a sentence, where every item begins with one."""
    parts: list[FigureRow] = []
    for item in items:
        if not item.marked:
            break
        first = item.figures[0]
        if not item.leads(first) or not _countable(first, words):
            return []
        parts.append(first)
    if parts and _NEXT_ITEM.match(statement.text, items[len(parts) - 1].end):
        return []  # an item whose number is not known
    closed = statement.words.rstrip(" *").endswith(":")
    same_thing = all(part.unit == whole.unit for part in parts)
    return parts if len(parts) >= _TWO and (closed or same_thing) else []


def _added_up(report_id: str, whole: FigureRow, parts: Sequence[FigureRow]) -> Iterator[Finding]:
    total = sum((part.value for part in parts), Decimal(0))
    holds = total == whole.value
    same_thing = all(part.unit == whole.unit for part in parts)
    if not holds and not (slip(total, whole.value) or (same_thing and total > whole.value)):
        return
    yield _sum_finding(report_id, whole, parts, total, holds, plain(total))


def _sum_finding(
    report_id: str, whole: FigureRow, parts: Sequence[FigureRow], total: Decimal, holds: bool, expected: str
) -> Finding:
    made = " + ".join(said(part) for part in parts)
    message = (
        f"{made} makes {plain(total)}, {'as' if holds else 'but'} the whole is {said(whole)} "
        f"in {quote_of(whole, *parts)}."
    )
    return Finding(SUM, holds, report_id, message, ids(whole, *parts), expected, whole.value_text)


# Outcomes that exclude each other -------------------------------------------------------------------
def opposite_parts(passage: Passage, words: Words) -> Iterator[Finding]:
    """Two outcomes that exclude each other, with the count of what was decided on before them."""
    for index, statement in enumerate(passage.statements):
        run = passage.from_on(index, _THREE)
        figures = [(figure, part) for part in run for figure in part.figures if _countable(figure, words)]
        own = sum(_countable(figure, words) for figure in statement.figures)
        for opposites in words.opposites:
            if own:
                yield from _opposed(passage.report_id, figures, own, opposites)


def _opposed(
    report_id: str, figures: Sequence[tuple[FigureRow, Statement]], own: int, opposites: Opposites
) -> Iterator[Finding]:
    """The first figures of a sentence or list: a whole, one outcome, the other."""
    firsts = [f for f, s in figures if _outcome(s, f, opposites) == 1]
    seconds = [f for f, s in figures if _outcome(s, f, opposites) == _TWO]
    if len(firsts) != 1 or len(seconds) != 1:
        return
    parts = sorted((firsts[0], seconds[0]), key=lambda figure: figure.char_start)
    before = [f for f, _ in figures[:own] if f.char_start < parts[0].char_start and not _outcome_of(f)]
    if not before:
        return
    whole, total = before[-1], parts[0].value + parts[1].value
    if whole.value < max(part.value for part in parts):
        return
    holds = total == whole.value
    if holds or (slip(total, whole.value) and (total > whole.value or opposites.exhaustive)):
        expected = plain(total) if holds or opposites.exhaustive else f"at least {plain(total)}"
        yield _sum_finding(report_id, whole, parts, total, holds, expected)


def _outcome(statement: Statement, figure: FigureRow, opposites: Opposites) -> int:
    """1 or 2 for the outcome that the words after the number name, 0 for none."""
    folded = matchable(statement.after(figure))
    if opposites.second.search(folded):
        return _TWO
    return 1 if opposites.first.search(folded) else 0


def _outcome_of(figure: FigureRow) -> bool:
    return "part_of" in json.loads(figure.dimensions) or figure.bound is not Bound.EXACT
