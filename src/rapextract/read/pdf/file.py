"""An open PDF: pages one at a time, each closed at once, so that memory does not grow with pages."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import pypdfium2  # initializes the library
import pypdfium2.raw as pdfium

from rapextract.model import RapextractError
from rapextract.model.problems import PDF_BROKEN, PDF_NO_PAGES, PDF_PAGE_LOST, PDF_PASSWORD

from . import native
from .geometry import PageFrame
from .glyphs import Font
from .page import PageContent

MOST_PAGES = 20_000
MOST_CHARS = 200_000  # on one page; a dense A4 page holds 10 000
LARGEST_SIDE = 15_000.0  # points, 5 m
SMALLEST_SIDE = 3.0

_REASONS = {
    pdfium.FPDF_ERR_FILE: "it can't be opened",
    pdfium.FPDF_ERR_FORMAT: "it is no PDF, or its structure is lost",
    pdfium.FPDF_ERR_SECURITY: "its encryption is unknown",
    pdfium.FPDF_ERR_PAGE: "a page of it is missing",
}

assert pypdfium2


class PdfFile:
    """A PDF opened from its bytes. Use as a context manager.

    Raises `RapextractError` with P01 (damaged), P02 (password) or P03 (no pages).
    """

    def __init__(self, data: bytes, password: str | None = None):
        self._data = data  # PDFium reads from it until the file is closed
        self._handle: Any = pdfium.FPDF_LoadMemDocument64(
            data, len(data), password.encode() if password else None
        )
        if not self._handle:
            code = pdfium.FPDF_GetLastError()
            if code == pdfium.FPDF_ERR_PASSWORD:
                raise RapextractError(PDF_PASSWORD())
            raise RapextractError(PDF_BROKEN(reason=_REASONS.get(code, "it can't be parsed")))
        self.page_count: int = min(pdfium.FPDF_GetPageCount(self._handle), MOST_PAGES)
        if self.page_count <= 0:
            self.close()
            raise RapextractError(PDF_NO_PAGES())
        self._fonts: dict[int, Font] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file's memory back. May be called twice."""
        if self._handle:
            pdfium.FPDF_CloseDocument(self._handle)
            self._handle = None
            self._data = b""

    @property
    def title(self) -> str | None:
        """The title in the document information dictionary, if it has one."""
        size = pdfium.FPDF_GetMetaText(self._handle, b"Title", None, 0)
        if size <= 2 or size > 4096:
            return None
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetMetaText(self._handle, b"Title", buffer, size)
        title = " ".join(buffer.raw[:size].decode("utf-16-le", "ignore").replace("\0", " ").split())
        return title or None

    @contextmanager
    def page(self, number: int) -> Iterator[PageContent]:
        """Open page `number` (from 1) for the time of a `with`.

        Raises `RapextractError` with P04 if it can't be read.
        """
        page = pdfium.FPDF_LoadPage(self._handle, number - 1)
        if not page:
            raise RapextractError(PDF_PAGE_LOST(page=number, reason="it is missing or damaged"))
        text_page = None
        content = None
        # A font's address may be given to another font once its page is closed.
        self._fonts.clear()
        try:
            frame = self._frame(page, number)
            text_page = pdfium.FPDFText_LoadPage(page)
            count = pdfium.FPDFText_CountChars(text_page) if text_page else -1
            if count < 0:
                raise RapextractError(PDF_PAGE_LOST(page=number, reason="its text can't be parsed"))
            if count > MOST_CHARS:
                raise RapextractError(PDF_PAGE_LOST(page=number, reason=f"it holds {count} characters"))
            content = PageContent(
                number, native.address(page), native.address(text_page), count, frame, self._fonts
            )
            yield content
        finally:
            if content is not None:
                content.close()
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(page)

    def _frame(self, page: Any, number: int) -> PageFrame:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        rotation = 90 * (pdfium.FPDFPage_GetRotation(page) % 4)
        frame = PageFrame(box.left, box.bottom, box.right, box.top, rotation)
        sides = (frame.width, frame.height)
        if not all(math.isfinite(side) and SMALLEST_SIDE <= side <= LARGEST_SIDE for side in sides):
            size = f"its size is {frame.width:.0f} × {frame.height:.0f} points"
            raise RapextractError(PDF_PAGE_LOST(page=number, reason=size))
        return frame
