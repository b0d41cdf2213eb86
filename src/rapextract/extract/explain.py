"""Why a figure is what it is: for each attribute, who said it and with which words.

Nothing is recorded while reports are read. A figure is explained by asking the same functions again, for
its number alone, in the same document and with the same grammar; so the answer is the one that made the
figure, and a run without questions pays nothing for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from ..grammar import Grammar
from ..grammar.figure_rules import Candidate
from ..grammar.patterns import alternatives, compile_pattern, fold_pattern, matchable
from ..grammar.schema import Entry, FigureRule
from ..grammar.schema_indicators import IndicatorEntry, Naming
from ..grammar.sources import Place as GrammarPlace
from ..model import Document, FigureKind, FigureRow
from .candidates import candidates
from .context import Context, Source
from .counted import Counting, Draft
from .furniture import mark_furniture
from .headcounts import extract_headcounts
from .identity import identify
from .indicators.catalogue import catalogue_of
from .indicators.figures import subject_of
from .indicators.naming import Recognizer, Subject
from .panels import with_panel_texts
from .sections import headings as heading_tree
from .tables.rows import extract_tables

T = TypeVar("T")


@dataclass(frozen=True)
class Reason:
    """Why one attribute of a figure is what it is.

    `attribute` is a column of figures.csv, `value` what it says, `by` the rule or the source that said it,
    `why` the rule's own words for it, `file` the grammar file and line it stands in; `words` are the words
    used, at ``start:end`` of the reading text where they stand in it.
    """

    attribute: str
    value: str
    by: str
    why: str = ""
    file: str = ""
    words: str = ""
    start: int | None = None
    end: int | None = None


def explain_names(figure: FigureRow, grammar: Grammar) -> list[Reason]:
    """Why a figure has its rule, indicator and theme: what its row and the grammar alone can tell."""
    files = _Files(grammar)
    reasons = [files.reason("value", figure.value_text, figure.rule, figure.value_text, figure.char_start)]
    subject = subject_of(figure)
    if figure.indicator:
        words = _naming_words(grammar, figure.indicator_rule, subject)
        reasons.append(files.reason("indicator", figure.indicator, figure.indicator_rule, words))
    if figure.theme:
        reasons.append(_theme(grammar, files, figure, subject))
    return reasons


def explain_figure(document: Document, grammar: Grammar, figure: FigureRow) -> list[Reason]:
    """Why each attribute of a figure of `document` is what it is, in the order of figures.csv."""
    document = mark_furniture(with_panel_texts(document), grammar)
    tree = heading_tree(document)
    context = Context(document, grammar, identify(document, grammar, tree), tree)
    files = _Files(grammar)
    value, *names = explain_names(figure, grammar)
    reasons = [value]
    draft = _draft(context, figure) if figure.kind is FigureKind.PROSE else None
    if draft is not None:
        reasons += _of_draft(context, files, figure, draft)
        periods = context.period_sources(figure.char_start, figure.char_end)
        places = context.place_sources(figure.char_start, figure.char_end)
    else:
        reasons += _of_headers(figure)
        periods = context.section_period_sources(figure.char_start)
        places = context.section_place_sources(figure.char_start)
    reasons.append(_sourced(context, "period", figure.period, _saying(periods, figure.period, str)))
    whose = _saying(places, figure.entity, lambda place: place.entity if place else "")
    reasons.append(_sourced(context, "entity", figure.entity, whose))
    reasons.append(_sourced(context, "territory", figure.territory, whose))
    return reasons + names


# Numbers of prose ---------------------------------------------------------------------------------
def _draft(context: Context, figure: FigureRow) -> Draft | None:
    """The figure as it was made: its rules, its unit, its noun."""
    taken = [span for _, _, span in extract_headcounts(context)]
    taken += chain.from_iterable(table.taken for table in list(extract_tables(context, taken)))
    counting = Counting(context.grammar, context.texts)
    for numbers in candidates(context, taken):
        for draft in counting.drafts(numbers):
            if (draft.number.start, draft.number.end) == (figure.char_start, figure.char_end):
                return draft
    return None


def _of_draft(context: Context, files: _Files, figure: FigureRow, draft: Draft) -> Iterator[Reason]:
    text = context.document.text
    noun = draft.noun
    if "unit" in draft.given.rules:
        yield files.given("unit", figure.unit, draft)
    elif noun is not None:
        by = "noun of an earlier number" if draft.source is not None else "noun counted"
        yield Reason(
            "unit", figure.unit, by, words=text[noun.start : noun.end], start=noun.start, end=noun.end
        )
    elif draft.unit_end > draft.number.end:
        words = text[draft.number.end : draft.unit_end]
        yield Reason(
            "unit", figure.unit, "unit of measure", words=words, start=draft.number.end, end=draft.unit_end
        )
    quote = context.sentence_at(figure.char_start)
    yield Reason(
        "label", figure.label, "words around the number",
        words=text[quote.start : quote.end], start=quote.start, end=quote.end,
    )  # fmt: skip
    for attribute, value in (("role", figure.role.value), ("bound", figure.bound.value)):
        if attribute in draft.given.rules:
            yield files.given(attribute, value, draft)
        elif attribute == "role" and value == "reference":
            yield Reason(attribute, value, "period before the report's year", words=figure.period)
        else:
            yield Reason(attribute, value, "no rule says other")


def _words_used(rule: FigureRule, candidate: Candidate) -> tuple[str, int | None]:
    """The words before or after the number that a rule matched, and where they start."""
    text = candidate.plain if rule.verbatim else candidate.folded
    fold = str if rule.verbatim else fold_pattern
    if rule.before:
        pattern = compile_pattern(alternatives(map(fold, rule.before)), backwards=True)
        low = candidate.block[0]
        if match := pattern.match(text, low, candidate.start):
            return candidate.plain[match.start() : match.end()], match.start()
    if rule.after:
        pattern = compile_pattern(alternatives(map(fold, rule.after)))
        if match := pattern.match(text, candidate.stop, candidate.block[1]):
            return candidate.plain[match.start() : match.end()], match.start()
    if rule.sentence:
        pattern = compile_pattern(alternatives(map(fold, rule.sentence)))
        if match := pattern.search(text, *candidate.sentence):
            return candidate.plain[match.start() : match.end()], match.start()
    return "", None


# Tables and panels --------------------------------------------------------------------------------
def _of_headers(figure: FigureRow) -> Iterator[Reason]:
    dimensions = json.loads(figure.dimensions)
    by = "staff panel" if figure.kind is FigureKind.HEADCOUNT else "headers of the table"
    said = [
        f"{name}: {' › '.join(value) if isinstance(value, list) else value}"
        for name, value in sorted(dimensions.items())
    ]
    for attribute, value in (
        ("unit", figure.unit), ("label", figure.label),
        ("role", figure.role.value), ("bound", figure.bound.value),
    ):  # fmt: skip
        yield Reason(attribute, value, by, words="; ".join(said))


# Sources ------------------------------------------------------------------------------------------
def _saying(sources: Iterable[Source[T]], value: str, read: Callable[[T], str]) -> Source[T] | None:
    """The source that is believed, if it says the figure's value; `None` where something else said it."""
    first = next((source for source in sources if source.says), None)
    return first if first is not None and read(first.says) == value else None


def _sourced(context: Context, attribute: str, value: str, source: Source[T] | None) -> Reason:
    if source is None:
        return Reason(attribute, value, "headers, date of the panel, or the indicator")
    if source.span is None:
        by = {"report": "the report's own", "article": "article around it"}.get(source.by, source.by)
        return Reason(attribute, value, by, words=context.identity.evidence if source.by == "report" else "")
    words = context.document.text[source.span.start : source.span.end]
    return Reason(attribute, value, source.by, words=words, start=source.span.start, end=source.span.end)


# Names --------------------------------------------------------------------------------------------
def _naming_words(grammar: Grammar, rule: str, subject: Subject) -> str:
    """The words by which a naming recognized a figure, with the place they stood in."""
    entry_id, _, number = rule.partition("/named/")
    entry = catalogue_of(grammar).indicators.get(entry_id)
    if entry is None or not number.isdigit():
        return ""
    return _matched(entry.named[int(number) - 1], subject)


def _matched(naming: Naming, subject: Subject) -> str:
    found = []
    recognizer = Recognizer({"": naming})
    for place in naming.within:
        if subject.place(place) and recognizer.named(subject, [place]):
            found.append(f"{place} « {subject.place(place)} »")
            break
    for place in ("row", "column", "caption", "label", "section", "sentence"):
        for pattern in getattr(naming, place):
            match = compile_pattern(fold_pattern(pattern)).search(matchable(subject.place(place)))
            if match and match[0]:
                found.append(f"{place} « {subject.place(place)[match.start() : match.end()]} »")
                break
    return "; ".join(dict.fromkeys(found))


def _theme(grammar: Grammar, files: _Files, figure: FigureRow, subject: Subject) -> Reason:
    entry = catalogue_of(grammar).indicators.get(figure.indicator)
    if entry is not None and entry.theme == figure.theme:
        return files.reason("theme", figure.theme, entry.id, "the theme of the indicator")
    for theme in catalogue_of(grammar).themes:
        if theme.id == figure.theme:
            said = (_matched(naming, subject) for naming in theme.named)
            return files.reason("theme", figure.theme, theme.id, next(filter(None, said), ""))
    return Reason("theme", figure.theme, "")


class _Files:
    """Where the rules of a grammar stand, and why they are there."""

    def __init__(self, grammar: Grammar):
        self._entries: dict[str, tuple[Entry, GrammarPlace]] = {
            entry.id: (entry, place) for entry, place in grammar.located()
        }

    def reason(
        self, attribute: str, value: str, rule: str, words: str = "", start: int | None = None
    ) -> Reason:
        """The reason that a rule of the grammar is; `rule` may name a part of an entry (``id/named/2``)."""
        found = self._entries.get(rule) or self._entries.get(rule.partition("/")[0])
        why, file = "", ""
        if found is not None:
            entry, place = found
            why, file = entry.why, str(place)
            if isinstance(entry, IndicatorEntry):
                why = entry.definition
        return Reason(
            attribute, value, rule, why, file, words, start, None if start is None else start + len(words)
        )

    def given(self, attribute: str, value: str, draft: Draft) -> Reason:
        """The reason that a `set` rule is."""
        rule = draft.given.rules[attribute]
        return self.reason(attribute, value, rule.id, *_words_used(rule, draft.candidate))
