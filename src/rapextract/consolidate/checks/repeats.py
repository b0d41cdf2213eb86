"""The same thing stated twice in a report: with one value, or with two.

Two figures speak of the same thing when they are results in the same unit for the same territory and period,
and the catalogue gives them one name or, where it does not know both, all telling words of one label are in
the other's. Two values are only called a contradiction when they are so near that a slip explains them, or
long and one digit apart: figures of a kind that differ widely speak of different things more often than not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from rapextract.model import FigureKind, Records

from .finding import Finding, ids, quote_of, said
from .labels import Label
from .mention import Mention, mention
from .printed import one_digit_off, printed
from .statements import is_result
from .words import Words

KIND = "repeat"
_DIGITS = 3
_LONG = 6
_NEAR = Decimal("0.01")
_FAR = Decimal("0.2")
_WINDOW = 8
"""How many figures of neighbouring value a figure is compared with, so that the work stays linear."""


_label = lru_cache(maxsize=2048)(Label)
"""Most figures have no like, and their labels are never asked for."""


def repeats(records: Records, words: Words) -> Iterator[Finding]:
    """Figures of one report that state the same thing."""
    groups: defaultdict[tuple[str, str, str], list[Mention]] = defaultdict(list)
    for figure in records.figures:
        digits = sum(character.isdigit() for character in figure.value_text)
        if is_result(figure) and digits >= _DIGITS and figure.value > 0 and figure.review != "rejected":
            key = (figure.unit, figure.territory, figure.period[:4])
            groups[key].append(mention(figure))
    for mentions in groups.values():
        mentions.sort(key=lambda mention: (mention.value, mention.char_start))
        yield from _within(records, mentions, words)


def _within(records: Records, mentions: Sequence[Mention], words: Words) -> Iterator[Finding]:
    agreeing: set[str] = set()
    for at, first in enumerate(mentions):
        for second in mentions[at + 1 : at + 1 + _WINDOW]:
            if second.value > first.value * (1 + _FAR):
                break
            near = second.value <= first.value * (1 + _NEAR)
            if not (near or _mistyped(first, second)) or not _comparable(first, second):
                continue
            one, two = sorted((first, second), key=lambda mention: mention.char_start)
            holds = _agree(one, two, words)
            if not (one.indicator and one.indicator == two.indicator):
                label, other = _label_of(first), _label_of(second)
                if not (label.same_thing(other) if near and not holds else label.alike(other)):
                    continue
            if holds and {one.figure_id, two.figure_id} <= agreeing:
                continue
            if holds:
                agreeing |= {one.figure_id, two.figure_id}
            elif not _telling(first, second):
                continue
            name = words.names.get(one.indicator) or words.names.get(two.indicator) or one.label
            yield _finding(records, one, two, holds, name)


def _comparable(first: Mention, second: Mention) -> bool:
    """Whether the two may speak of the same thing, at two places of the report."""
    apart = first.quote != second.quote and not (first.table_id and first.table_id == second.table_id)
    panels = FigureKind.HEADCOUNT in (first.kind, second.kind)
    named_apart = bool(first.indicator and second.indicator and first.indicator != second.indicator)
    return apart and not panels and not named_apart


def _mistyped(first: Mention, second: Mention) -> bool:
    """Whether two long numbers differ by one digit alone, which is no accident."""
    one, two = first.value, second.value
    return min(len(str(one)), len(str(two))) >= _LONG and one_digit_off(one, two)


def _telling(first: Mention, second: Mention) -> bool:
    """Whether two near values can be no accident: the labels are the same, or the numbers long."""
    if _label_of(first).own == _label_of(second).own:
        return True
    digits = min(sum(c.isdigit() for c in m.value_text) for m in (first, second))
    prose = FigureKind.PROSE in (first.kind, second.kind)
    return prose and digits > _DIGITS


def _label_of(mention: Mention) -> Label:
    return _label(mention.label, mention.section)


def _agree(one: Mention, two: Mention, words: Words) -> bool:
    """Whether the values are the same, as far as the less exact of the two is printed."""
    if one.value == two.value:
        return True
    steps = [printed(figure, words.measures) for figure in (one, two)]
    if steps[0].step == steps[1].step:
        return False
    return steps[0].interval.meets(steps[1].interval)


def _finding(records: Records, one: Mention, two: Mention, holds: bool, name: str) -> Finding:
    message = (
        f"{quote_of(one)} says {said(one)}, and {quote_of(two)} says {said(two)}: "
        f"{'the same' if holds else 'two values'} for « {name} »."
    )
    return Finding(
        KIND, holds, records.report.report_id, message, ids(one, two), one.value_text, two.value_text
    )
