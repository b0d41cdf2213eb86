"""An open PDF: pages one at a time, each closed at once, so that memory does not grow with pages."""

from __future__ import annotations

import ctypes
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pypdfium2  # initializes the library
import pypdfium2.raw as pdfium

from rapextract.model import RapextractError
from rapextract.model.problems import PDF_BROKEN, PDF_NO_PAGES, PDF_PAGE_LOST, PDF_PASSWORD

from . import native
from .boxes import GlyphBoxes
from .content import PageContent
from .geometry import PageFrame
from .glyphs import Glyphs, load_glyphs

MOST_PAGES = 20_000
PAGES_AT_ONCE = 50  # between two openings of the file
MOST_CHARS = 200_000  # on one page; a dense A4 page holds 10 000
LARGEST_SIDE = 15_000.0  # points, 5 m
SMALLEST_SIDE = 3.0
MOSTLY = 0.6  # of a page's characters: turned text that makes the page a turned one

_REASONS = {
    pdfium.FPDF_ERR_FILE: "it can't be opened",
    pdfium.FPDF_ERR_FORMAT: "it is no PDF, or its structure is lost",
    pdfium.FPDF_ERR_SECURITY: "its encryption is unknown",
    pdfium.FPDF_ERR_PAGE: "a page of it is missing",
}


class PdfFile:
    """A PDF opened from its bytes, or from the file that holds them. Use as a context manager.

    From a file PDFium reads what it needs when it needs it: nothing of it stays in memory.

    Raises `RapextractError` with P01 (damaged), P02 (password) or P03 (no pages).
    """

    def __init__(self, content: bytes | Path, password: str | None = None):
        self._password = password
        self._content = content  # PDFium reads from it until the file is closed
        self._handle: Any = self._load()
        self._opened = 0  # pages since
        self._open_pages = 0
        self.page_count: int = min(pdfium.FPDF_GetPageCount(self._handle), MOST_PAGES)
        if self.page_count <= 0:
            self.close()
            raise RapextractError(PDF_NO_PAGES())

    def _load(self) -> Any:
        password = self._password.encode() if self._password else None
        if isinstance(self._content, bytes):
            handle = pdfium.FPDF_LoadMemDocument64(self._content, len(self._content), password)
        else:
            handle = pdfium.FPDF_LoadDocument(os.fsencode(self._content), password)
        if not handle:
            code = pdfium.FPDF_GetLastError()
            if code == pdfium.FPDF_ERR_PASSWORD:
                raise RapextractError(PDF_PASSWORD())
            raise RapextractError(PDF_BROKEN(reason=_REASONS.get(code, "it can't be parsed")))
        return handle

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
            self._content = b""

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
    def page(self, number: int, turned: bool = False) -> Iterator[PageContent]:
        """Open page `number` (from 1) for the time of a `with`.

        With `turned`, a page whose text stands on its side is given as if it were turned upright.
        Raises `RapextractError` with P04 if it can't be read.
        """
        with self._open(number) as (page, text_page, count, frame):
            glyphs = load_glyphs(text_page, count, frame, {})
            boxes = GlyphBoxes.of(glyphs)
            angle = _main_angle(glyphs) if turned else 0
            if angle:
                frame = replace(frame, rotation=(frame.rotation + angle) % 360)
                glyphs = load_glyphs(text_page, count, frame, {})
            content = PageContent(number, frame, glyphs, boxes, handle=page, turned=bool(angle))
            try:
                yield content
            finally:
                content.close()

    def frame(self, number: int) -> PageFrame:
        """The visible rectangle of page `number` and its rotation; raises as `page` does."""
        with self._open(number) as (_, _, _, frame):
            return frame

    def render(self, number: int, resolution: float, most_pixels: float) -> Any:
        """A picture (PIL) of page `number` at `resolution` dots per inch, or fewer if too large."""
        frame = self.frame(number)
        scale = min(resolution / 72, math.sqrt(most_pixels / (frame.width * frame.height)))
        with pypdfium2.PdfDocument(self._content, password=self._password) as document:
            page = document[number - 1]
            try:
                return page.render(scale=scale).to_pil().convert("RGB")
            finally:
                page.close()

    @contextmanager
    def _open(self, number: int) -> Iterator[tuple[native.Pointer, native.Pointer, int, PageFrame]]:
        """Pointers to a page and to its text, the count of its characters, and its frame."""
        if self._opened >= PAGES_AT_ONCE and not self._open_pages:
            # PDFium keeps every object that it parsed until the file is closed.
            pdfium.FPDF_CloseDocument(self._handle)
            self._handle = None
            self._handle, self._opened = self._load(), 0
        self._opened += 1
        page = pdfium.FPDF_LoadPage(self._handle, number - 1)
        if not page:
            raise RapextractError(PDF_PAGE_LOST(page=number, reason="it is missing or damaged"))
        text_page = None
        self._open_pages += 1
        try:
            frame = self._frame(page, number)
            text_page = pdfium.FPDFText_LoadPage(page)
            count = pdfium.FPDFText_CountChars(text_page) if text_page else -1
            if count < 0:
                raise RapextractError(PDF_PAGE_LOST(page=number, reason="its text can't be parsed"))
            if count > MOST_CHARS:
                raise RapextractError(PDF_PAGE_LOST(page=number, reason=f"it holds {count} characters"))
            yield native.of_handle(page), native.of_handle(text_page), count, frame
        finally:
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(page)
            self._open_pages -= 1

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


def _main_angle(glyphs: Glyphs) -> int:
    """The quarter turn that most characters of a page stand at."""
    if not any(run.angle for run in glyphs.runs):
        return 0
    angles = glyphs.of_runs("angle")[glyphs.run >= 0]
    for angle in (90, 180, 270):
        if (angles == angle).sum() > MOSTLY * len(angles):
            return angle
    return 0
