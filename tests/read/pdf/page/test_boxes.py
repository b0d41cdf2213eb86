"""Every exported figure of a PDF has boxes on its page, and pdfplumber reads that figure in them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.model import Document, ReadBy, Records
from rapextract.model.problems import PDF_NUMBERS_UNPROVEN
from rapextract.prove.boxes import letters, page_characters, spelled
from rapextract.read import read_document
from rapextract.read.pdf.alignment import Alignment
from rapextract.read.pdf.reader import read_pdf
from rapextract.read.source import Source

from ..typeset import pdf

NUMBER = re.compile(r"(?<!\S)\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?(?!\S)")
Place = tuple[int, int]


def _unproven(document: Document, data: bytes, places: list[Place]) -> list[str]:
    """The places of the text whose boxes lie off their page, or do not spell them."""
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    failed: list[str] = []
    found = dict.fromkeys(places, "")
    boxes = {place: document.boxes(*place) for place in places}
    numbers = sorted({box.page for own in boxes.values() for box in own})
    for number, characters in zip(numbers, page_characters(data, None, numbers), strict=True):
        for place, own in boxes.items():
            found[place] += spelled(characters, [box for box in own if box.page == number])
    for place, own in boxes.items():
        on_page = all(
            -1 <= b.x0 <= b.x1 <= sizes[b.page][0] + 1 and -1 <= b.top <= b.bottom <= sizes[b.page][1] + 1
            for b in own
        )
        text = document.text[slice(*place)]
        if not own or not on_page or letters(found[place]) != letters(text):
            failed.append(f"{document.source}: {text} at {place} spelled {found[place]}")
    return failed


def _figures(path: Path) -> tuple[Document, list[Place]]:
    document = read_document(path, ocr=False)
    assert all(page.read_by is not ReadBy.OCR for page in document.pages)
    records = extract_records(document, load_grammar())
    return document, [(figure.char_start, figure.char_end) for figure in records.figures]


def test_figures_of_the_sample_stand_in_their_boxes(repository: Path) -> None:
    path = repository / "corpus" / "drsm-normandie-2021.pdf"
    document, places = _figures(path)
    assert len(places) > 60
    assert _unproven(document, path.read_bytes(), places) == []


def test_numbers_of_the_sample_stand_in_their_boxes(repository: Path) -> None:
    """Not only those that are figures: page numbers, dates, codes."""
    path = repository / "corpus" / "drsm-normandie-2021.pdf"
    document = read_document(path, ocr=False)
    places = [match.span() for match in NUMBER.finditer(document.text)]
    assert len(places) > 40
    assert _unproven(document, path.read_bytes(), places) == []


@pytest.mark.parametrize("folder", ["rpqs", "corpus-pdf"])
def test_figures_of_real_reports_stand_in_their_boxes(shared: Path, folder: str) -> None:
    count = 0
    for path in sorted((shared / folder).glob("*.pdf")):
        document, places = _figures(path)
        assert _unproven(document, path.read_bytes(), places) == []
        count += len(places)
    assert count > 300


def _records(stamp: bool) -> Records:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 700, "La plateforme a traité 8 680 appels en 2021.")
        canvas.drawString(50, 660, "Le service a rendu 4 120 avis en 2021.")
        if stamp:
            canvas.drawString(135, 661, "PROJET PROJET")

    document = read_pdf(Source(name="stamped.pdf", content=pdf(draw)))
    assert document is not None
    return extract_records(document, load_grammar())


def test_a_figure_printed_over_is_left_out_and_said() -> None:
    """A stamp across a number: what its box holds is not the number alone."""
    clean, stamped = _records(stamp=False), _records(stamp=True)
    assert [figure.value_text for figure in clean.figures] == ["8 680", "4 120"]
    assert clean.problems == ()
    assert [figure.value_text for figure in stamped.figures] == ["8 680"]
    assert [(row.code, row.page) for row in stamped.problems] == [(PDF_NUMBERS_UNPROVEN.code, 1)]


@pytest.mark.parametrize(("x", "y", "told"), [(100, 560, 2), (126, 642, 1)], ids=["around", "on"])
def test_a_watermark_is_printed_over_a_figure_only_where_a_letter_stands_on_it(
    x: int, y: int, told: int
) -> None:
    """The box around a large leaning letter reaches over many lines that its ink leaves free."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 700, "La plateforme a traité 8 680 appels en 2021.")
        canvas.drawString(50, 660, "Le service a rendu 4 120 avis en 2021.")
        canvas.translate(x, y)
        canvas.rotate(38)
        canvas.setFont("Helvetica", 70 if told == 2 else 24)
        canvas.setFillGray(0.9)
        canvas.drawString(0, 0, "PROVISOIRE" if told == 2 else "OOO")

    content = pdf(draw)
    document = read_pdf(Source(name="marked.pdf", content=content))
    assert document is not None
    figures = extract_records(document, load_grammar()).figures
    assert len(figures) == told
    places = [(f.value_text, document.boxes(f.char_start, f.char_end)) for f in figures]
    (characters,) = page_characters(content, None, [1])
    assert [letters(spelled(characters, boxes)) for _, boxes in places] == [letters(t) for t, _ in places]


def test_the_first_glyph_of_a_page_after_none_keeps_its_place() -> None:
    """A list mark and a space made up stand before what was drawn first on the page."""
    alignment = Alignment()
    alignment.add(0, np.array([7, -1, 0, 1], dtype=np.int32), page=2)
    alignment.settle()
    assert alignment.glyphs(0, 4) == {2: [7, 0, 1]}
