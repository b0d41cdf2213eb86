"""Pages for the table finder, drawn with ReportLab: text at places, lines, boxes; or its words alone."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import numpy as np
from reportlab.pdfgen.canvas import Canvas

from rapextract.read.pdf.page.file import PdfFile
from rapextract.read.pdf.tables import FoundTable, TableJoiner, find_tables
from rapextract.read.pdf.tables.words import Words

A4 = (595.0, 842.0)
SIZE = 9.0

PROSE = (
    "Le service médical accompagne les assurés et les professionnels de santé dans un contexte de forte",
    "évolution des organisations, en veillant à la qualité de la prise en charge et à la pertinence des",
    "soins sur tout le territoire de la région. Les équipes ont poursuivi leurs actions auprès des publics",
    "fragiles et des établissements, en lien étroit avec les caisses primaires et leurs partenaires.",
)


class Page:
    """A page under the pen; places are in points from the top left, as everywhere in the reader."""

    def __init__(self, canvas: Canvas, height: float):
        self.canvas = canvas
        self.height = height

    def text(self, x: float, y: float, text: str, size: float = SIZE, bold: bool = False) -> None:
        """Text with its left end at x and its baseline at y."""
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, self.height - y, text)

    def right(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Text with its right end at x."""
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawRightString(x, self.height - y, text)

    def centred(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Text with its middle at x."""
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawCentredString(x, self.height - y, text)

    def width(self, text: str, size: float = SIZE) -> float:
        """How wide text is, in points."""
        return float(self.canvas.stringWidth(text, "Helvetica", size))

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin line."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def fill(self, x0: float, top: float, x1: float, bottom: float, grey: float = 0.85) -> None:
        """A filled box."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def grid(self, xs: list[float], ys: list[float]) -> None:
        """All lines of a grid."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def prose(self, x: float, y: float, lines: int = 4, size: float = SIZE) -> float:
        """Lines of running text; where the next line would stand."""
        for k in range(lines):
            self.text(x, y, PROSE[k % len(PROSE)], size)
            y += 1.3 * size
        return y


def pdf(*draws: Callable[[Page], None], size: tuple[float, float] = A4) -> bytes:
    """A PDF with a page for each of `draws`."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    for draw in draws:
        draw(Page(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def tables_of(data: bytes) -> list[list[FoundTable]]:
    """The tables found on each page."""
    found = []
    with PdfFile(data) as file:
        for number in range(1, file.page_count + 1):
            with file.page(number) as page:
                found.append(find_tables(page))
    return found


def tables_on(draw: Callable[[Page], None], size: tuple[float, float] = A4) -> list[FoundTable]:
    """The tables found on one drawn page."""
    return tables_of(pdf(draw, size=size))[0]


def texts(table: FoundTable) -> list[list[str]]:
    """The texts of a table as rows; a merged cell at its top left, empty cells empty."""
    rows = [[""] * table.column_count for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def words(*places: tuple[str, float, float]) -> Words:
    """Words of ten points at their left edges and tops, five points a letter; each has one character."""
    return Words(
        text=[text for text, _, _ in places],
        x0=[x for _, x, _ in places],
        top=[y for _, _, y in places],
        x1=[x + 5.0 * len(text) for text, x, _ in places],
        bottom=[y + 10 for _, _, y in places],
        size=[10.0] * len(places),
        bold=[False] * len(places),
        upright=[True] * len(places),
        chars=list(np.arange(len(places)).reshape(-1, 1)),
    )


def join_pages(pages: Sequence[Sequence[FoundTable]], heights: Sequence[float]) -> list[FoundTable]:
    """The tables of consecutive pages with these heights in points, joined."""
    joiner = TableJoiner()
    done: list[FoundTable] = []
    for tables, height in zip(pages, heights, strict=True):
        _, ended = joiner.add(tables, height)
        done += ended
    return done + joiner.end()
