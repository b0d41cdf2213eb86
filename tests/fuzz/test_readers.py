"""Whatever is done to a report, it is refused by code, or read and extracted; and every span leads back."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from rapextract.extract import extract_records
from rapextract.extract.stated import SCALED
from rapextract.french.numbers import parse_number
from rapextract.grammar import load_grammar
from rapextract.model import Document, RapextractError, Records
from rapextract.read import Source, read_source
from tests.read.test_read import check_spans

from .mutate import damaged

REPOSITORY = Path(__file__).resolve().parents[2]
CORPUS = sorted((REPOSITORY / "corpus").iterdir())
STREAM = re.compile(rb"<<[^<>]*?/FlateDecode[^<>]*?>>\s*stream\r?\n(.*?)\r?\nendstream", re.S)


def samples(*suffixes: str) -> list[bytes]:
    return [path.read_bytes() for path in CORPUS if path.suffix in suffixes]


def small_pdf() -> bytes:
    """A page with prose and a ruled table, its streams open, so that damage reaches what is drawn."""
    canvas = Canvas("", pageCompression=0, invariant=True)
    canvas.drawString(60, 780, "Rapport d'activité 2022")
    canvas.drawString(60, 750, "La plateforme a traité 2 791 appels, soit 45,6 %.")
    for row in range(4):
        canvas.line(60, 700 - 20 * row, 360, 700 - 20 * row)
        for column in range(3):
            canvas.line(60 + 100 * column, 700, 60 + 100 * column, 640)
            canvas.drawString(70 + 100 * column, 685 - 20 * row, f"{row * 37 + column}")
    canvas.showPage()
    return canvas.getpdfdata()


def unpacked(data: bytes) -> bytes:
    """A PDF whose compressed streams are opened (their lengths are then wrong, which readers repair)."""

    def opened(match: re.Match[bytes]) -> bytes:
        try:
            plain = zlib.decompress(match[1])
        except zlib.error:
            return match[0]
        return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(plain), plain)

    return STREAM.sub(opened, data)


TEXTS, PAGES = samples(".txt", ".md"), samples(".html")
PDFS = [small_pdf(), *samples(".pdf"), *map(unpacked, samples(".pdf"))]


def read(name: str, data: bytes) -> Document | None:
    """The document, or None where it is refused by code; nothing else may happen."""
    try:
        return read_source(Source(name, data, ocr=False))
    except RapextractError as error:
        assert error.problem.code[0] in "RP"
        return None


def sound(document: Document | None) -> None:
    """What holds of every document and of all that is taken from it."""
    if document is None:
        return
    check_spans(document)
    records = extract_records(document, load_grammar())
    text = records.text
    assert text == document.text
    assert "R20" not in {problem.code for problem in records.problems}
    for row in (*records.figures, *records.headcounts):
        assert text[row.char_start : row.char_end] == row.value_text
    for figure in records.figures:
        assert parse_number(figure.value_text) == figure.value or SCALED in figure.flags
        assert figure.quote in text
        for box in document.boxes(figure.char_start, figure.char_end):
            assert 1 <= box.page <= len(document.pages) and box.x0 <= box.x1 and box.top <= box.bottom
    for acronym in records.acronyms:
        assert text[acronym.acronym_start : acronym.acronym_end] == acronym.acronym
        assert text[acronym.expansion_start : acronym.expansion_end] == acronym.expansion
    assert len({figure.figure_id for figure in records.figures}) == len(records.figures)
    assert Records.model_validate_json(records.model_dump_json()) == records


@pytest.mark.fuzz
@given(damaged(TEXTS), st.sampled_from(["a.txt", "a.md"]))
def test_texts(data: bytes, name: str) -> None:
    sound(read(name, data))


@pytest.mark.fuzz
@given(damaged(PAGES))
def test_pages(data: bytes) -> None:
    sound(read("a.html", data))


@pytest.mark.fuzz
@given(damaged(PDFS[:1], None) | damaged(PDFS, None))
def test_pdfs(data: bytes) -> None:
    sound(read("a.pdf", data))
