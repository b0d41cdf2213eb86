"""The PDF reader: bytes → `Document`."""

from __future__ import annotations

from rapextract.model import Document, Problem, RapextractError, ReadBy
from rapextract.model.problems import (
    NO_TEXT,
    PDF_PAGE_LOST,
    PDF_PAGE_NO_OCR,
    PDF_PAGE_OCR,
    PDF_PAGE_OCR_FAILED,
    PDF_PAGE_SCANNED,
)

from ..source import Ocr, Reader, ScannedPages, Source
from .assemble import Assembly
from .file import PdfFile
from .geometry import PageFrame
from .ocr import MOST_PIXELS, RESOLUTION, OcrFailed, find_engine
from .overprint import overprinted
from .pages import PageRead, needs_ocr, read_page
from .places import PageBoxes, PdfPlaces
from .tables import FoundTable, at_foot

MOST_PAGES_LISTED = 200  # problems of one kind


def read_pdf(source: Source) -> Document | None:
    """Read a PDF, told by its name or its signature.

    Raises `RapextractError`: P01 where it is damaged beyond reading, P02 where the password does
    not open it, P03 where it has no pages, R07 where no page holds text; and `ScannedPages`.
    """
    if source.suffix != ".pdf" and not source.has_pdf_signature:
        return None
    problems: list[Problem] = []
    assembly, boxes = Assembly(), PageBoxes()
    unsure_at: dict[int, frozenset[int]] = {}
    before: FoundTable | None = None
    with PdfFile(source.content, source.password) as file:
        for number in range(1, file.page_count + 1):
            read = _read_page(file, number, source.ocr, problems, boxes, unsure_at, before)
            before = at_foot(read.tables, read.height)
            assembly.add(read)
        title = file.title
    left = sum(problem.code == PDF_PAGE_NO_OCR.code for problem in problems)
    if left and source.ocr is Ocr.ASK:
        raise ScannedPages(left)
    reading = assembly.reading()
    text = reading.text
    if not text or text.isspace():
        raise RapextractError(problems[0] if problems else NO_TEXT())
    document = Document(
        source=source.name,
        media_type="application/pdf",
        sha256=source.sha256,
        byte_count=source.byte_count,
        text=text,
        title=title,
        blocks=tuple(reading.blocks),
        tables=tuple(reading.tables),
        pages=tuple(reading.pages),
        problems=tuple(problems[:MOST_PAGES_LISTED]),
    )
    return document.with_places(PdfPlaces(reading.alignment, boxes, unsure_at))


def _read_page(
    file: PdfFile,
    number: int,
    ocr: Ocr,
    problems: list[Problem],
    boxes: PageBoxes,
    unsure_at: dict[int, frozenset[int]],
    before: FoundTable | None,
) -> PageRead:
    """Read one page, or say why it is lost and go on.

    `before` is the table at the foot of the page before. The boxes and the overprinted characters of
    this one, if any, are put into `boxes` and `unsure_at`.
    """
    lost = PageRead(number, 0.0, 0.0, [], [], {}, ReadBy.NONE)
    try:
        with file.page(number, turned=True) as page:
            frame = file.frame(number) if page.turned else page.frame
            scanned = needs_ocr(page)
            boxes[number] = page.boxes
            read = lost if scanned else read_page(page, before)
            read.width, read.height = frame.width, frame.height
            if not scanned and (covered := overprinted(page.words, page.glyphs)):
                unsure_at[number] = covered
        if not scanned:
            return read
        if ocr is not Ocr.READ:
            problems.append(PDF_PAGE_NO_OCR(page=number))
            return lost
        engine = find_engine()
        if engine is None:
            problems.append(PDF_PAGE_SCANNED(page=number))
            return lost
        upright = PageFrame(0.0, 0.0, frame.width, frame.height, 0)
        scan = engine.read(file.render(number, RESOLUTION, MOST_PIXELS), number, upright)
        if scan is None:
            return lost
        problems.append(PDF_PAGE_OCR(page=number))
        if scan.failure:
            problems.append(PDF_PAGE_OCR_FAILED(page=number, reason=scan.failure))
        read = read_page(scan.content, before)
        read.read_by, read.confidence = ReadBy.OCR, scan.confidence
        boxes[number] = scan.content.boxes
        if scan.doubtful:
            unsure_at[number] = scan.doubtful
        return read
    except OcrFailed as error:
        problems.append(PDF_PAGE_OCR_FAILED(page=number, reason=str(error)))
    except RapextractError as error:
        problems.append(error.problem)
    except (RecursionError, MemoryError) as error:
        problems.append(PDF_PAGE_LOST(page=number, reason=type(error).__name__))
    return lost


READER = Reader(name="pdf", priority=20, read=read_pdf)
