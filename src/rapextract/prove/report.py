"""One report against its source: its bytes, its reading text, and each row that points into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from rapextract.consolidate.decisions import BY_DECISION
from rapextract.dataset.neutral import neutral_text
from rapextract.extract.stated import ONE, SCALED, WORD, stated
from rapextract.french.shared_scale import shared_scale
from rapextract.model import (
    AcronymRow,
    Box,
    Cell,
    Document,
    FigureKind,
    FigureRow,
    RapextractError,
    ReadBy,
    ReportRow,
    ReportStatus,
    TableCellRow,
)
from rapextract.model.problems import (
    BOX_WRONG,
    CHARACTERS_DIFFER,
    ID_WRONG,
    NO_SECOND_OPINION,
    QUOTE_WRONG,
    ROWS_DISAGREE,
    SOURCE_CHANGED,
    SOURCE_MISSING,
    SOURCE_UNREADABLE,
    SPAN_WRONG,
    TEXT_DIFFERS,
    VALUE_WRONG,
)
from rapextract.model.records import figure_id, report_id, table_id
from rapextract.read.source import Source

from .boxes import Character, agree, letters, page_characters, spelled
from .tally import At, Tally

_READ = (ReportStatus.READ, ReportStatus.PARTIAL)
_BOX_STEP = 0.01
"""Points by which a coordinate may differ: those of the dataset are rounded."""
_MOST_SHOWN = 60


@dataclass(frozen=True)
class ReportCase:
    """A report and what is to be proven of it.

    `path` is where its source should be, `text_path` where its reading text is; `password` opens the source,
    `ocr` says whether its scanned pages were read.
    """

    report: ReportRow
    path: Path
    text_path: Path
    figures: tuple[FigureRow, ...] = ()
    cells: tuple[TableCellRow, ...] = ()
    acronyms: tuple[AcronymRow, ...] = ()
    password: str | None = None
    ocr: bool = True
    words: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    """Indicator → words that stand for values in it."""
    multiples: Mapping[str, Decimal] = field(default_factory=dict)
    """Figure → what one is worth where its headers count in thousands or millions."""


def prove_report(case: ReportCase) -> Tally:
    """Prove what a report's rows say against its source, opened again."""
    tally = Tally()
    data = _source_bytes(case, tally)
    if case.report.status not in _READ:
        return tally
    text = _kept_text(case, tally)
    if text is not None:
        _check_figures(case, text, tally)
        _check_acronyms(case, text, tally)
    document = _read_again(case, data, tally)
    if document is None:
        tally.figures.update(figure.figure_id for figure in case.figures)
        return tally
    if text is not None:
        _check_text(case, document, text, tally)
    _check_cells(case, document, tally)
    if document.pages and data is not None:
        _check_boxes(case, document, data, tally)
    return tally


# The source ---------------------------------------------------------------------------------------
def _source_bytes(case: ReportCase, tally: Tally) -> bytes | None:
    """The bytes of the source, if it is there and they are those that were read."""
    report, proof = case.report, "sources"
    if not report.sha256:
        return None  # it could not be read then either
    try:
        data = case.path.read_bytes()
    except OSError:
        tally.check(proof, False, SOURCE_MISSING, At("reports.csv", report.source))
        return None
    same = hashlib.sha256(data).hexdigest() == report.sha256 and len(data) == report.bytes
    same = tally.check(proof, same, SOURCE_CHANGED, At("reports.csv", report.source))
    own = report.report_id == report_id(report.sha256)
    tally.check("identifiers", own, ID_WRONG, At("reports.csv", report.source), what=report.report_id)
    return data if same else None


def _read_again(case: ReportCase, data: bytes | None, tally: Tally) -> Document | None:
    from rapextract.read import read_source  # brings the parsers of all formats

    if data is None:
        return None
    try:
        return read_source(Source(case.report.source, data, case.password, case.ocr))
    except RapextractError as error:
        reason = error.problem.message.rstrip(".")
        tally.check(
            "reading texts", False, SOURCE_UNREADABLE,
            At("reports.csv", case.report.source), reason=reason,
        )  # fmt: skip
        return None


def _kept_text(case: ReportCase, tally: Tally) -> str | None:
    try:
        return case.text_path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        tally.check(
            "reading texts", False, TEXT_DIFFERS,
            _text_place(case), reason=f"it can't be read, {type(error).__name__}",
        )  # fmt: skip
        tally.figures.update(figure.figure_id for figure in case.figures)
        return None


def _check_text(case: ReportCase, document: Document, text: str, tally: Tally) -> None:
    """The reading text is what the reader makes of the source now; for text formats, the source itself."""
    made = neutral_text(document.text)
    proof = "reading texts"
    if not tally.check(proof, text == made, TEXT_DIFFERS, _text_place(case), reason=_first(text, made)):
        tally.figures.update(figure.figure_id for figure in case.figures)
    if document.encoding and document.media_type in ("text/plain", "text/markdown"):
        decoded = neutral_text(case.path.read_bytes().decode(document.encoding, errors="replace"))
        tally.check(proof, text == decoded, TEXT_DIFFERS, _text_place(case), reason=_first(text, decoded))


def _text_place(case: ReportCase) -> At:
    return At(f"texts/{case.text_path.name}", case.report.source)


def _first(text: str, other: str) -> str:
    """Where two texts begin to differ."""
    at = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), None)
    if at is None:
        return f"it has {len(text)} characters, not {len(other)}"
    return f"they differ from character {at} on"


# Rows that point into the text --------------------------------------------------------------------
def _check_figures(case: ReportCase, text: str, tally: Tally) -> None:
    for figure in case.figures:
        where = At("figures.csv", figure.source, figure.figure_id)
        found = text[figure.char_start : figure.char_end]
        tally.check(
            "places", found == figure.value_text, SPAN_WRONG, where,
            found=_quoted(found), expected=_quoted(figure.value_text),
        )  # fmt: skip
        said = _stated(figure, case, text)
        value = printed_value(figure)
        tally.check(
            "values", said is not None and said == value, VALUE_WRONG, where,
            text=_quoted(figure.value_text), stated="no number" if said is None else said, value=value,
        )  # fmt: skip
        tally.check("quotes", _quote_holds(figure, text), QUOTE_WRONG, where)
        own = figure_id(case.report.sha256, figure.char_start, figure.char_end, value)
        same_report = figure.report_id == case.report.report_id
        tally.check("identifiers", figure.figure_id == own and same_report, ID_WRONG, where)


def printed_value(figure: FigureRow) -> Decimal:
    """The value that the text states: what a decision put in its place is a person's word."""
    return figure.value if figure.printed_value is None else figure.printed_value


def _stated(figure: FigureRow, case: ReportCase, text: str) -> Decimal | None:
    """The value that a figure's characters state in `text`; None where they state none."""
    indicator = json.loads(figure.corrections).get("indicator", figure.indicator)
    known = case.words.get(indicator) if WORD in figure.flags.split(";") else None
    try:
        return stated(figure.value_text, known, _multiple(figure, case, text))
    except ValueError:
        return None


def _multiple(figure: FigureRow, case: ReportCase, text: str) -> Decimal:
    """What one of a scaled figure is worth: by its headers, or by the scale of the number after it."""
    if SCALED not in figure.flags.split(";"):
        return ONE
    if figure.kind is FigureKind.TABLE:
        return case.multiples.get(figure.figure_id, ONE)
    return shared_scale(text, figure.char_start, figure.char_end) or ONE


def _quote_holds(figure: FigureRow, text: str) -> bool:
    """The quote stands verbatim in the text, around the number."""
    earliest = max(0, figure.char_end - len(figure.quote))
    start = text.find(figure.quote, earliest, figure.char_start + len(figure.quote))
    return bool(figure.quote) and 0 <= start <= figure.char_start


def _check_cells(case: ReportCase, document: Document, tally: Tally) -> None:
    """The cells are those that the reader finds, and each figure of a table stands in its own."""
    known = {
        (table_id(document.sha256, table.start, table.end), cell.row, cell.column): cell
        for table in document.tables
        for cell in table.cells
    }
    rows = {(row.table_id, row.row, row.column): row for row in case.cells}
    for key in sorted(known.keys() | rows.keys()):
        cell, row = known.get(key), rows.get(key)
        made = _cell(document, cell) if cell else None
        found = (row.text, row.page, row.row_span, row.column_span) if row else None
        tally.check(
            "cells", made == found, SPAN_WRONG, _cell_place(case, row.figure_id if row else ""),
            what=f"table {key[0]}, row {key[1]}, column {key[2]}",
            found=_quoted(made[0]) if made else "no cell", expected=_quoted(found[0]) if found else "none",
        )  # fmt: skip
    for figure in case.figures:
        if figure.table_id:
            cell = known.get((figure.table_id, figure.row or 0, figure.column or 0))
            inside = cell is not None and cell.start <= figure.char_start <= figure.char_end <= cell.end
            tally.check(
                "cells", inside, ROWS_DISAGREE, _cell_place(case, figure.figure_id), column="text",
                found=_quoted(document.cell_text(cell) if cell else ""), expected=_quoted(figure.value_text),
            )  # fmt: skip


def _cell_place(case: ReportCase, figure: str) -> At:
    return At("table_cells.csv", case.report.source, figure)


def _cell(document: Document, cell: Cell) -> tuple[str, int | None, int, int]:
    return _folded(neutral_text(document.cell_text(cell))), cell.page, cell.row_span, cell.column_span


def _check_acronyms(case: ReportCase, text: str, tally: Tally) -> None:
    for row in case.acronyms:
        for words, start, end in (
            (row.acronym, row.acronym_start, row.acronym_end),
            (row.expansion, row.expansion_start, row.expansion_end),
        ):
            tally.check(
                "acronyms", text[start:end] == words, SPAN_WRONG, At("acronyms.csv", row.source),
                what=row.acronym, found=_quoted(text[start:end]), expected=_quoted(words),
            )  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    words = _folded(text)
    return f"« {words[:_MOST_SHOWN]}{'…' if len(words) > _MOST_SHOWN else ''} »"


# Boxes --------------------------------------------------------------------------------------------
def _check_boxes(case: ReportCase, document: Document, data: bytes, tally: Tally) -> None:
    """Each figure's box is where its characters stand, and pdfplumber spells the figure from them."""
    recognized = {page.number for page in document.pages if page.read_by is ReadBy.OCR}
    asked: dict[int, list[tuple[FigureRow, list[Box]]]] = {}
    for figure in case.figures:
        boxes = document.boxes(figure.char_start, figure.char_end)
        where = At("figures.csv", figure.source, figure.figure_id)
        if figure.rule != BY_DECISION or figure.page is not None:
            right = bool(boxes) and _is_box(figure, boxes[0])
            tally.check("boxes", right, BOX_WRONG, where, page=figure.page)
        for page in {box.page for box in boxes} - recognized:
            asked.setdefault(page, []).append((figure, boxes))
    numbers = sorted(asked)
    try:
        for number, characters in zip(numbers, page_characters(data, case.password, numbers), strict=True):
            _second_opinion(number, characters, asked[number], tally)
    except Exception as error:  # pdfminer raises anything at all on a file that it can't parse
        tally.check(
            "second opinion", False, NO_SECOND_OPINION, At("figures.csv", case.report.source),
            reason=type(error).__name__,
        )  # fmt: skip


def _second_opinion(
    number: int, characters: list[Character], figures: Sequence[tuple[FigureRow, list[Box]]], tally: Tally
) -> None:
    for figure, boxes in figures:
        own = [box for box in boxes if box.page == number]
        found = letters(spelled(characters, own))
        expected = letters(figure.value_text)
        holds = agree(found, expected) if len(own) == len(boxes) else bool(found) and found in expected
        tally.check(
            "second opinion", holds, CHARACTERS_DIFFER, At("figures.csv", figure.source, figure.figure_id),
            page=number, found=_quoted(found), expected=_quoted(expected),
        )  # fmt: skip


def _is_box(figure: FigureRow, box: Box) -> bool:
    exported = (figure.x0, figure.top, figure.x1, figure.bottom)
    if figure.page != box.page or None in exported:
        return False
    known = (box.x0, box.top, box.x1, box.bottom)
    return all(abs(a - b) <= _BOX_STEP for a, b in zip(exported, known, strict=True) if a is not None)
