"""Bad, locked and scanned files: coded problems, never a crash."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from rapextract.defaults import OCR_TIMEOUT, PAGE_TIMEOUT
from rapextract.model import RapextractError, ReadBy
from rapextract.read import read_document
from rapextract.read.pdf import reader
from rapextract.read.pdf.page.content import PageContent
from rapextract.read.pdf.pages import PageRead
from rapextract.read.pdf.reader import read_pdf
from rapextract.read.pdf.scans.ocr import find_reader
from rapextract.read.pdf.tables import FoundTable
from rapextract.read.source import Source

from .blocks.test_reading_order import blocks, read
from .typeset import PROSE, columns, pdf

PLAIN = pdf(lambda canvas: columns(canvas, PROSE[:2], [(60, 740, 475, 60)], 10))


def scan_of(data: bytes) -> bytes:
    """The same pages as pictures."""
    with pypdfium2.PdfDocument(data) as document:
        pictures = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]

    def draw(canvas: Canvas) -> None:
        for number, picture in enumerate(pictures):
            if number:
                canvas.showPage()
            canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)

    return pdf(draw)


@pytest.mark.parametrize(("user", "given_password", "code"), [
    ("", None, None), ("secret", "secret", None), ("secret", None, "P02"), ("secret", "faux", "P02"),
])  # fmt: skip
def test_passwords(user: str, given_password: str | None, code: str | None) -> None:
    lock = StandardEncryption(user, ownerPassword="maître", strength=128)
    data = pdf(lambda canvas: columns(canvas, PROSE[:1], [(60, 740, 475, 60)], 10), encrypt=lock)
    if code is None:
        document = read(data, given_password)
        assert blocks(document) == [PROSE[0]]
        assert document.boxes(0, 10)
    else:
        with pytest.raises(RapextractError) as caught:
            read(data, given_password)
        assert caught.value.problem.code == code and "--password" in caught.value.problem.cure


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4 rien de plus", PLAIN[:300]])
def test_a_wreck_is_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(RapextractError) as caught:
        read_pdf(Source("rapport.pdf", data))
    assert caught.value.problem.code in {"P01", "P03", "P04", "R07"}


@pytest.mark.fuzz
@given(st.data())
def test_damage_never_crashes_and_spans_lead_back(choice: st.DataObject) -> None:
    data = bytearray(PLAIN)
    for _ in range(choice.draw(st.integers(1, 30))):
        data[choice.draw(st.integers(0, len(data) - 1))] = choice.draw(st.integers(0, 255))
    try:
        document = read_pdf(Source("rapport.pdf", bytes(data)))
    except RapextractError as error:
        assert error.problem.code[0] in "PR" and error.problem.code != "P11"
        return
    assert document is not None and "P11" not in {problem.code for problem in document.problems}
    for block in document.blocks:
        for box in document.boxes(block.start, block.end):
            assert box.x0 <= box.x1 and box.top <= box.bottom


def test_a_fault_of_the_reader_costs_one_page(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What never should happen on a page is said of the page, and the rest of the report is read."""
    whole = reader.read_page

    def faulty(page: PageContent, before: FoundTable | None = None) -> PageRead:
        return whole(page, before) if page.number != 2 else [][0]

    monkeypatch.setattr(reader, "read_page", faulty)
    with pypdfium2.PdfDocument(PLAIN) as once, pypdfium2.PdfDocument.new() as three:
        for _ in range(3):
            three.import_pages(once)
        buffer = io.BytesIO()
        three.save(buffer)
    document = read(buffer.getvalue())
    assert [(p.code, p.page) for p in document.problems] == [("P11", 2)]
    assert "IndexError" in document.problems[0].message
    assert [page.read_by for page in document.pages] == [ReadBy.TEXT, ReadBy.NONE, ReadBy.TEXT]
    assert "faulty" not in capfd.readouterr().err
    monkeypatch.setenv("RAPEXTRACT_DEBUG", "1")
    read(buffer.getvalue())
    assert "faulty" in capfd.readouterr().err


def test_a_scan_without_an_engine_is_said_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_reader", lambda: None)
    with pypdfium2.PdfDocument.new() as both:
        for part in (PLAIN, scan_of(PLAIN)):
            with pypdfium2.PdfDocument(part) as document:
                both.import_pages(document)
        buffer = io.BytesIO()
        both.save(buffer)
    document = read(buffer.getvalue())
    assert blocks(document) == list(PROSE[:2])
    assert [(p.code, p.page) for p in document.problems] == [("P05", 2)]
    assert "tesseract-ocr-fra" in document.problems[0].cure and "Page 2" in document.problems[0].message
    assert [page.read_by for page in document.pages] == [ReadBy.TEXT, ReadBy.NONE]


def test_a_scan_is_left_out() -> None:
    with pytest.raises(RapextractError) as left:
        read_pdf(Source("rapport.pdf", scan_of(PLAIN), ocr=False))
    assert left.value.problem.code == "P07" and "--no-ocr" in left.value.problem.cure


def test_time_is_asked_for_pages() -> None:
    asked: list[float] = []
    with pypdfium2.PdfDocument(PLAIN) as once, pypdfium2.PdfDocument.new() as long:
        for _ in range(45):
            long.import_pages(once)
        buffer = io.BytesIO()
        long.save(buffer)
    read_pdf(Source("rapport.pdf", buffer.getvalue(), ask_time=asked.append))
    assert asked == [20 * PAGE_TIMEOUT] * 2, "for many at once, and for none that usual limits leave room for"


def test_a_scan_is_read_by_the_engine() -> None:
    if find_reader() is None:
        pytest.skip("Tesseract or its French model is not installed")
    asked: list[float] = []
    document = read_pdf(Source("rapport.pdf", scan_of(PLAIN), ask_time=asked.append))
    assert document is not None and asked == [OCR_TIMEOUT]
    (page,) = document.pages
    assert page.read_by is ReadBy.OCR and page.ocr_confidence is not None and page.ocr_confidence > 0.8
    assert [(p.code, p.page) for p in document.problems] == [("P06", 1)]
    for number in ("1 248", "91,7", "2 304 861", "39 151"):
        start = document.text.index(number)
        (box,) = document.boxes(start, start + len(number))
        sought = read(PLAIN)
        at = sought.text.index(number)
        (printed,) = sought.boxes(at, at + len(number))
        assert abs(box.x0 - printed.x0) < 6 and abs(box.top - printed.top) < 6


def test_real_faults(shared: object) -> None:
    """Each of the collected broken files ends read, or refused with a code."""
    folder = shared / "faults"  # type: ignore[operator]
    files = sorted(folder.glob("*.pdf"))
    assert len(files) > 100
    for file in files:
        try:
            document = read_document(file)
        except RapextractError as error:
            assert error.problem.code not in ("P11", "R09")
            continue
        assert document.text.strip() and "P11" not in {problem.code for problem in document.problems}
        assert len(document.pages) >= 1
