"""Typeset a Markdown report as a PDF, in the layouts that activity reports come in.

usage: python scripts/typeset.py REPORT.md OUT.pdf [--layout LAYOUT]

Layouts:
  report     one column, cards beside the text, ruled tables, running heads (the sample corpus)
  columns    two justified columns with hyphenation, ruled tables
  landscape  three columns on a landscape page, tables without a single rule
  scan       `report`, but every page is an image without a text layer

It knows just the Markdown that the sample reports use. The same input gives the same bytes, as long
as reportlab stays the same.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import pyphen
import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

LAYOUTS = ("report", "columns", "landscape", "scan")
PANEL = re.compile(r"^(?:L'équipe|Les effectifs) au ")
RULED = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
    ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#dde6f0")),
]
UNRULED = [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 10)]


@dataclass
class Piece:
    """A part of the report: heading, paragraph, list item, table or card."""

    kind: str
    text: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def pieces(markdown: str) -> Iterator[Piece]:
    """Cut the Markdown of a sample report into pieces; a staff panel becomes one card."""
    chunks = [chunk for chunk in re.split(r"\n\s*\n", markdown.strip()) if chunk.strip()]
    i = 0
    while i < len(chunks):
        chunk = chunks[i].strip()
        i += 1
        if chunk.startswith("#"):
            mark, title = chunk.split(" ", 1)
            yield Piece("heading", title, level=len(mark))
        elif chunk.startswith("|"):
            yield Piece("table", rows=_table_rows(chunk))
        elif PANEL.match(chunk.strip("*")):
            card = Piece("card", chunk.strip("*"))
            while i < len(chunks) and _is_panel_line(chunks[i]):
                card.lines += chunks[i].strip().split("\n")
                i += 1
            yield card
        elif chunk.startswith("- "):
            for item in re.split(r"\n(?=- )", chunk):
                yield Piece("item", item[2:])
        else:
            yield Piece("paragraph", chunk.replace("\n", " "))


def _table_rows(chunk: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in chunk.split("\n")]
    return [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]


def _is_panel_line(chunk: str) -> bool:
    return all(
        re.match(r"^(?:PC|PA|\d+ [\w' -]+(?:, dont)?)$", line.strip()) for line in chunk.strip().split("\n")
    )


def markup(text: str, hyphenate: pyphen.Pyphen | None = None) -> str:
    """Inline Markdown to reportlab's markup, with soft hyphens where words may be cut."""
    text = escape(text)
    if hyphenate is not None:
        text = re.sub(r"[^\W\d_]{7,}", lambda m: hyphenate.inserted(m.group(), "\u00ad"), text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\^\{?([a-z]+)\}?", r"<super>\1</super>", text)


def typeset(markdown: str, layout: str = "report", title: str = "") -> bytes:
    """The report as the bytes of a PDF; `layout` is one of `LAYOUTS`."""
    if layout == "scan":
        return _scan(typeset(markdown, "report", title))
    fonts = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", str(fonts / "Vera.ttf")))
    pdfmetrics.registerFont(TTFont("Vera-Bold", str(fonts / "VeraBd.ttf")))
    pdfmetrics.registerFontFamily(
        "Vera", normal="Vera", bold="Vera-Bold", italic="Vera", boldItalic="Vera-Bold"
    )
    return _Typesetter(layout, title or _title(markdown)).run(list(pieces(markdown)))


def _title(markdown: str) -> str:
    heads = [re.sub(r"^#+ ", "", line).strip("*") for line in markdown.split("\n") if line.strip()]
    return " – ".join(reversed(heads[:2]))


class _Typesetter:
    def __init__(self, layout: str, title: str):
        self.layout, self.title = layout, title
        narrow = layout != "report"
        self.size = A4 if layout != "landscape" else landscape(A4)
        self.columns = {"report": 1, "columns": 2, "landscape": 3}[layout]
        self.hyphenate = pyphen.Pyphen(lang="fr_FR") if layout == "columns" else None
        body = 8.5 if narrow else 10
        base = {"fontName": "Vera", "fontSize": body, "leading": body * 1.35, "spaceAfter": 5}
        self.body = ParagraphStyle("body", **base)
        if layout == "columns":
            self.body = ParagraphStyle(
                "justified", parent=self.body, alignment=TA_JUSTIFY, embeddedHyphenation=1
            )
        self.item = ParagraphStyle("item", parent=self.body, leftIndent=12, bulletIndent=2)
        self.cell = ParagraphStyle(
            "cell", parent=self.body, fontSize=body - 1, leading=body * 1.2, spaceAfter=0, alignment=0
        )
        self.heads = [
            ParagraphStyle(
                f"h{n}",
                fontName="Vera-Bold",
                fontSize=size,
                leading=size * 1.25,
                spaceBefore=10,
                spaceAfter=5,
            )
            for n, size in enumerate((18, 13.5, 11) if not narrow else (15, 11.5, 9.5))
        ]

    def run(self, parts: list[Piece]) -> bytes:
        out = io.BytesIO()
        width, height = self.size
        doc = BaseDocTemplate(
            out, pagesize=self.size, title=self.title, author="rapextract samples", invariant=1
        )
        gutter, margin = 18, 48
        column = (width - 2 * margin - gutter * (self.columns - 1)) / self.columns
        self.column = column
        frames = [
            Frame(margin + k * (column + gutter), 52, column, height - 52 - 60, leftPadding=0, rightPadding=0)
            for k in range(self.columns)
        ]
        doc.addPageTemplates([PageTemplate("page", frames, onPage=self._furniture)])
        doc.build(list(self._flow(parts)))
        return out.getvalue()

    def _furniture(self, canvas: Canvas, doc: BaseDocTemplate) -> None:
        width, height = self.size
        canvas.setFont("Vera", 7.5)
        if doc.page > 1:
            canvas.drawString(48, height - 36, self.title)
        canvas.drawRightString(width - 48, 30, f"Page {doc.page}")

    def _flow(self, parts: list[Piece]) -> Iterator[Flowable]:
        i = 0
        while i < len(parts):
            part = parts[i]
            i += 1
            if part.kind == "card":
                beside: list[Piece] = []
                while self.layout == "report" and i < len(parts) and parts[i].kind == "paragraph":
                    beside.append(parts[i])
                    i += 1
                yield self._card(part, beside)
            elif part.kind == "heading" and i < len(parts) and parts[i].kind != "card":
                if (
                    part.level == 1
                    and self.layout == "report"
                    and re.match(r"\d", part.text)
                    and part.text[0] != "1"
                ):
                    yield PageBreak()
                yield self._one(part)
            else:
                yield self._one(part)

    def _one(self, part: Piece) -> Flowable:
        if part.kind == "heading":
            return Paragraph(markup(part.text), self.heads[min(part.level, 3) - 1])
        if part.kind == "table":
            return self._table(part)
        if part.kind == "item":
            return Paragraph(markup(part.text, self.hyphenate), self.item, bulletText="•")
        return Paragraph(markup(part.text, self.hyphenate), self.body)

    def _table(self, part: Piece) -> Flowable:
        numbers = [
            all(re.match(r"[-+]? ?[\d ]+|neutralisé", row[k]) for row in part.rows[1:] if row[k]) and k > 0
            for k in range(len(part.rows[0]))
        ]
        share = [1.0 if number else 1.8 for number in numbers]
        widths = [self.column * s / sum(share) for s in share]
        rows = [[Paragraph(markup(cell), self.cell) for cell in row] for row in part.rows]
        style = UNRULED if self.layout == "landscape" else RULED
        table = Table(rows, colWidths=widths, repeatRows=1, spaceBefore=4, spaceAfter=8)
        table.setStyle(TableStyle(style))
        return table

    def _card(self, part: Piece, beside: list[Piece]) -> Flowable:
        lines = [Paragraph(f"<b>{markup(part.text)}</b>", self.body)]
        lines += [Paragraph(markup(line), self.cell) for line in part.lines]
        if self.layout != "report":
            return KeepTogether([*lines, Spacer(1, 6)])
        text = [Paragraph(markup(piece.text), self.body) for piece in beside]
        width = 170
        box = Table([[lines]], colWidths=[width - 12])
        box.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 1, colors.HexColor("#336699")),
                                 ("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#f2f6fa"))]))  # fmt: skip
        side = Table([[box, text]], colWidths=[width, self.column - width])
        side.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)]))
        return side


def _scan(pdf: bytes, dpi: int = 200) -> bytes:
    """The PDF with every page turned into a grey image, as a scanner would leave it."""
    import pypdfium2 as pdfium

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    document = pdfium.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        image = page.render(scale=dpi / 72, grayscale=True).to_pil()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(image), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("report", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--layout", choices=LAYOUTS, default="report")
    options = parser.parse_args()
    options.out.write_bytes(typeset(options.report.read_text(encoding="utf-8"), options.layout))


if __name__ == "__main__":
    main()
