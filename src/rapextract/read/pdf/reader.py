"""The PDF reader: bytes → `Document`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapextract.defaults import OCR_TIMEOUT, PAGE_TIMEOUT
from rapextract.model import Document, Problem, RapextractError, ReadBy
from rapextract.model.problems import (
    NO_TEXT,
    PDF_PAGE_FAILED,
    PDF_PAGE_LAYER,
    PDF_PAGE_LOST,
    PDF_PAGE_NO_OCR,
    PDF_PAGE_OCR,
    PDF_PAGE_OCR_FAILED,
    PDF_PAGE_SCANNED,
    ProblemKind,
    reason_of,
)

from ..source import OcrFailed, Reader, Source
from .assemble import Assembly
from .overprint import overprinted
from .page.file import PdfFile
from .pages import PageRead, has_hidden_layer, needs_ocr, read_page
from .places import PageBoxes, PdfPlaces
from .tables import FoundTable, at_foot

if TYPE_CHECKING:
    from .scans.ocr import OcrReader

MOST_PAGES_LISTED = 200  # problems of one kind
_PAGES_TOGETHER = 20  # for which time is asked at once


def read_pdf(source: Source) -> Document | None:
    """Read a PDF, told by its name or its signature.

    Raises `RapextractError`: P01 where it is damaged beyond reading, P02 where the password does
    not open it, P03 where it has no pages, R07 where no page holds text.
    """
    if source.suffix != ".pdf" and not source.has_pdf_signature:
        return None
    problems: list[Problem] = []
    assembly, boxes = Assembly(), PageBoxes()
    unsure_at: dict[int, frozenset[int]] = {}
    before: FoundTable | None = None
    in_hand = 0  # pages read for which no time was asked yet
    with PdfFile(source.content, source.password) as file:
        for number in range(1, file.page_count + 1):
            read = _read_page(file, number, source, problems, boxes, unsure_at, before)
            before = at_foot(read.tables, read.layout_height)
            assembly.add(read)
            in_hand += read.read_by is not ReadBy.NONE
            if in_hand == _PAGES_TOGETHER:
                source.ask_time(in_hand * PAGE_TIMEOUT)
                in_hand = 0
        title = file.title
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
    source: Source,
    problems: list[Problem],
    boxes: PageBoxes,
    unsure_at: dict[int, frozenset[int]],
    before: FoundTable | None,
) -> PageRead:
    """Read one page, or say why it is lost and go on.

    `before` is the table at the foot of the page before. The boxes and the overprinted characters of
    this one, if any, are put into `boxes` and `unsure_at`.
    """
    read = PageRead(number, 0.0, 0.0, 0.0, [], [], {}, ReadBy.NONE)
    try:
        with file.page(number, turned=True) as page:
            frame = file.frame(number) if page.turned else page.frame
            scanned, hidden = needs_ocr(page), has_hidden_layer(page)
            boxes[number] = page.boxes
            if not scanned:
                read = read_page(page, before)
                if covered := overprinted(page.words, page.glyphs):
                    unsure_at[number] = covered
            read.width, read.height = frame.width, frame.height
        if not scanned and not hidden:
            return read
        if not scanned:
            read.read_by = ReadBy.OCR
        engine = find_reader() if source.ocr else None
        if engine is None:
            problems.append(_unread(source.ocr, scanned)(page=number))
            return read
        source.ask_time(OCR_TIMEOUT)
        scan = engine.read_page(file, number, frame)
        if scan is None:
            return read
        problems.append(PDF_PAGE_OCR(page=number))
        if scan.failure:
            problems.append(PDF_PAGE_OCR_FAILED(page=number, reason=scan.failure))
        read = read_page(scan.content, before)
        read.width, read.height = frame.width, frame.height
        read.read_by, read.confidence = ReadBy.OCR, scan.confidence
        boxes[number] = scan.content.boxes
        unsure_at[number] = scan.doubtful
    except OcrFailed as error:
        problems.append(PDF_PAGE_OCR_FAILED(page=number, reason=str(error)))
    except RapextractError as error:
        problems.append(error.problem)
    except (RecursionError, MemoryError) as error:
        problems.append(PDF_PAGE_LOST(page=number, reason=type(error).__name__))
    except Exception as error:  # whatever a page does to its reader, the other pages are read
        problems.append(PDF_PAGE_FAILED(page=number, reason=reason_of(error)))
    return read


def find_reader() -> OcrReader | None:
    """The OCR engine, or None where it is missing; imported where a page needs it, for that takes a while."""
    from .scans import ocr

    return ocr.find_reader()


def _unread(ocr: bool, scanned: bool) -> ProblemKind:
    """What is said of an image that no engine reads; it has a text layer if it is not `scanned`."""
    if scanned and not ocr:
        return PDF_PAGE_NO_OCR
    return PDF_PAGE_SCANNED if scanned else PDF_PAGE_LAYER


READER = Reader(name="pdf", priority=20, read=read_pdf)
