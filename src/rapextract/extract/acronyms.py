"""Acronyms: every short form that the text itself ties to its long form, in passing or in a glossary.

A glossary is a run of lines, or the rows of a table, that each are an entry: under a heading that says so,
or long enough and with letters that mostly fit. Its long forms are taken as they stand, for a glossary
decides. In running text the letters decide (`rapextract.grammar.letters`). A short form that the report
has tied already may be tied again to a shortened form of the same words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..french.sentences import sentence_spans
from ..grammar import Grammar
from ..grammar.acronym_forms import AcronymForms, Tie, trimmed
from ..grammar.compiled import regexp
from ..grammar.patterns import matchable
from ..model import AcronymRow, BlockKind, Document, Table
from ..model.records import report_id

LINES_TO_TELL = 4
"""Lines that must follow each other to be a glossary without a title."""

FITTING_SHARE = 0.6
"""Share of them whose letters must fit."""


class _Line(NamedTuple):
    start: int
    end: int


class _Found(NamedTuple):
    """A tie with its quote, in offsets of the document."""

    tie: Tie
    quote: tuple[int, int]


def extract_acronyms(document: Document, grammar: Grammar) -> tuple[AcronymRow, ...]:
    """The short forms that `document` ties to long forms, in reading order, a place once."""
    forms = grammar.acronym_forms
    found: dict[tuple[int, int], _Found] = {}
    taken: list[tuple[int, int]] = []
    for item in _glossaries(document, forms):
        found.setdefault(item.tie.short, item)
        taken.append(item.quote)
    taken.sort()
    for item in _in_passing(document, forms, _segments(document), taken):
        found.setdefault(item.tie.short, item)
    known = _known(document, found.values())
    for item in _again(document, forms, known, _segments(document), taken):
        found.setdefault(item.tie.short, item)
    return tuple(_row(document, item) for _, item in sorted(found.items()))


def _row(document: Document, found: _Found) -> AcronymRow:
    text, tie = document.text, found.tie
    page = document.page_at(tie.short[0])
    return AcronymRow(
        source=document.source,
        report_id=report_id(document.sha256),
        acronym=text[slice(*tie.short)],
        expansion=text[slice(*tie.long)],
        kind=tie.kind,
        page=page.number if page else None,
        acronym_start=tie.short[0],
        acronym_end=tie.short[1],
        expansion_start=tie.long[0],
        expansion_end=tie.long[1],
        quote=text[slice(*found.quote)],
        rule=tie.form,
    )


def _shifted(tie: Tie, by: int) -> Tie:
    return Tie(
        (tie.short[0] + by, tie.short[1] + by), (tie.long[0] + by, tie.long[1] + by), tie.form, tie.kind
    )


# Running text -------------------------------------------------------------------------------------
def _segments(document: Document) -> Iterator[_Line]:
    """Runs of text that a tie may lie in: blocks, the cells of tables; lines where there are no blocks."""
    if not document.blocks:
        yield from _lines(document.text, 0, len(document.text))
        return
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.table is not None:
            for cell in document.tables[block.table].cells:
                if cell.end > cell.start:
                    yield _Line(cell.start, cell.end)
        else:
            yield _Line(block.start, block.end)


def _in_passing(
    document: Document, forms: AcronymForms, segments: Iterable[_Line], taken: Sequence[tuple[int, int]]
) -> Iterator[_Found]:
    previous: _Line | None = None
    for segment in segments:
        if not _inside(segment.start, taken):
            text = document.text[segment.start : segment.end]
            for tie in forms.inline(text):
                yield _Found(_shifted(tie, segment.start), _quote(tie, text, segment))
            if previous is not None:
                yield from _named_above(document, forms, previous, segment)
        previous = segment


def _named_above(document: Document, forms: AcronymForms, above: _Line, segment: _Line) -> Iterator[_Found]:
    """A line that spells out, letter by letter, the short form of the line above it."""
    if above.end - above.start > 120:
        return
    head = document.text[above.start : above.end]
    shorts = [] if "\n" in head.strip() else list(_CAPITALS.finditer(head))
    if not shorts:
        return
    end = document.text.find("\n", segment.start, segment.end)
    line = _Line(segment.start, end if end >= 0 else segment.end)
    start, stop = trimmed(document.text, line.start, line.end)
    for match in shorts:
        if forms.spells(match[0], document.text[start:stop]):
            short = (above.start + match.start(), above.start + match.end())
            yield _Found(
                Tie(short, (start, stop), "acronym.short-above-long", "inline"), (above.start, line.end)
            )


_CAPITALS = regexp(r"(?<![\p{L}\d])\p{Lu}[\p{Lu}\d]{2,9}(?![\p{L}\d])")


def _quote(tie: Tie, text: str, segment: _Line) -> tuple[int, int]:
    """The sentences of the segment's `text` that hold both forms."""
    sentences = sentence_spans(text)
    left, right = min(tie.short[0], tie.long[0]), max(tie.short[1], tie.long[1])
    start = max((s for s, _ in sentences if s <= left), default=0)
    end = min((e for _, e in sentences if e >= right), default=segment.end - segment.start)
    return segment.start + start, segment.start + end


def _inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Is `offset` in one of the spans, which are in order and do not overlap?"""
    index = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return index >= 0 and offset < spans[index][1]


# Said again ---------------------------------------------------------------------------------------
_WORD = regexp(r"[^\W\d_]+")


def _known(document: Document, found: Iterable[_Found]) -> dict[str, set[str]]:
    """Short form → the words of its long forms, as far as the report has tied them."""
    known: dict[str, set[str]] = {}
    for item in found:
        short = matchable(document.text[slice(*item.tie.short)])
        known.setdefault(short, set()).update(_WORD.findall(matchable(document.text[slice(*item.tie.long)])))
    return known


def _again(
    document: Document,
    forms: AcronymForms,
    known: dict[str, set[str]],
    segments: Iterable[_Line],
    taken: Sequence[tuple[int, int]],
) -> Iterator[_Found]:
    """« retour à domicile après hospitalisation (Prado) », where Prado was tied to more words before."""
    for segment in segments:
        if _inside(segment.start, taken):
            continue
        text = document.text[segment.start : segment.end]
        for tie in forms.again(text, known):
            yield _Found(_shifted(tie, segment.start), _quote(tie, text, segment))


# Glossaries ---------------------------------------------------------------------------------------
_FULL_LINE = regexp(r"[^\r\n]*\S[^\r\n]*")
_NO_WORD = regexp(r"[\W\d_]+")


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    for match in _FULL_LINE.finditer(text, start, end):
        yield _Line(match.start(), match.end())


def _glossaries(document: Document, forms: AcronymForms) -> Iterator[_Found]:
    for table in document.tables:
        yield from _glossary_table(document, forms, table)
    run: list[_Found] = []
    titled = under_title = False
    term: _Line | None = None  # a short form on a line of its own
    for line in _lines(document.text, 0, len(document.text)):
        block = document.block_at(line.start)
        if block is not None and block.kind is BlockKind.FURNITURE:
            continue
        found = None
        if block is None or block.kind is not BlockKind.TABLE:
            above = "" if under_title else None
            if run:
                above = document.text[slice(*run[-1].tie.short)] if titled else None
            found = _entry(document.text, forms, line, term, above)
        is_title = found is None and forms.is_title(matchable(document.text[line.start : line.end]))
        if found is None and term is None and not is_title:
            start, end = trimmed(document.text, line.start, line.end)
            if forms.is_short(document.text[start:end]):
                term = _Line(start, end)
                continue
        term = None
        if found is not None:
            titled = titled or under_title
            if _are_headers(
                forms, *(document.text[slice(*span)] for span in (found.tie.short, found.tie.long))
            ):
                continue
            run.append(found)
            continue
        yield from _told(document, forms, run, titled)
        run, titled, under_title = [], False, is_title
    yield from _told(document, forms, run, titled)


def _entry(
    text: str, forms: AcronymForms, line: _Line, term: _Line | None, above: str | None
) -> _Found | None:
    """The entry that a line is, or ends: what the short form `term` on the line before it means.

    `above` is the short form of the entry before it in a glossary with a title, "" right below that.
    """
    tie = forms.entry(text[line.start : line.end], above if term is None else None)
    if tie is not None:
        return _Found(_shifted(tie, line.start), (line.start, line.end))
    if term is None:
        return None
    short = text[term.start : term.end]
    start, end = forms.meaning(short, text, line.start, line.end)
    if start >= end or forms.is_short(text[start:end]):
        return None
    return _Found(
        Tie((term.start, term.end), (start, end), "glossary.short-above-long", "glossary"),
        (term.start, line.end),
    )


def _told(document: Document, forms: AcronymForms, run: list[_Found], titled: bool) -> list[_Found]:
    """The run of entries if it is a glossary, without those whose meaning was given to the one before."""
    text = document.text

    def fits(item: _Found, other: _Found) -> bool:
        return forms.fits(text[slice(*item.tie.short)], text[slice(*other.tie.long)])

    run = run[:1] + [b for a, b in pairwise(run) if fits(b, b) or not fits(b, a)]
    if titled:
        return run
    if len(run) < LINES_TO_TELL:
        return []
    fitting = sum(fits(item, item) for item in run)
    return run if fitting >= FITTING_SHARE * len(run) else []


def _glossary_table(document: Document, forms: AcronymForms, table: Table) -> Iterator[_Found]:
    """Pairs of columns, short form and long form: by their headers, or by the letters of their rows."""
    grid = {(cell.row, cell.column): cell for cell in table.cells}
    for column in range(table.column_count - 1):
        heads = [
            document.cell_text(grid[key]) if (key := (0, at)) in grid else "" for at in (column, column + 1)
        ]
        headed = _are_headers(forms, heads[0], heads[1])
        run: list[_Found] = []
        for row in range(table.row_count):
            short, long = grid.get((row, column)), grid.get((row, column + 1))
            if short is None or long is None or (headed and row == 0):
                continue
            start, end = trimmed(document.text, short.start, short.end)
            long_start, long_end = forms.meaning(
                document.text[start:end], document.text, long.start, long.end
            )
            if start < end and long_start < long_end and forms.is_short(document.text[start:end]):
                tie = Tie((start, end), (long_start, long_end), "glossary.cells", "glossary")
                run.append(_Found(tie, (short.start, long.end)))
        yield from _told(document, forms, run, headed)


def _are_headers(forms: AcronymForms, short: str, long: str) -> bool:
    """Do two texts name the columns of a glossary: « Sigle », « Signification »?"""
    names = (_NO_WORD.sub(" ", matchable(words)).strip() for words in (short, long))
    return all(
        name in headers
        for name, headers in zip(names, (forms.short_headers, forms.long_headers), strict=True)
    )
