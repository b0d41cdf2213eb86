"""Reports whose scanned pages were left out are proven as they were read."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from rapextract import explain, ingest, open_dataset, show, verify
from rapextract.model import FigureRow

RED = (0xD1, 0x34, 0x2F)
LINE = "En 2021, les agents ont traité {} dossiers et rendu {} avis."


def test_pages_that_were_left_out_are_left_out_again(tmp_path: Path) -> None:
    printed = io.BytesIO()
    page = Canvas(printed, pagesize=(595, 842))
    page.setFont("Helvetica", 14)
    page.drawString(60, 780, LINE.format(88, 12))
    page.save()
    with pypdfium2.PdfDocument(printed.getvalue()) as document:
        picture = document[0].render(scale=300 / 72).to_pil()
    (tmp_path / "corpus").mkdir()
    canvas = Canvas(str(tmp_path / "corpus" / "report.pdf"), pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.showPage()
    canvas.drawString(60, 780, LINE.format("1 204", 37))
    canvas.save()
    ingest(tmp_path / "corpus", outputs=tmp_path / "outputs", ocr=False, jobs=1)
    assert "P07" in (tmp_path / "outputs" / "problems.csv").read_text(encoding="utf-8")
    verification = verify(tmp_path / "outputs", jobs=1)
    assert verification.figures == 2
    assert verification.complete, verification.failures[:3]
    for figure in open_dataset(tmp_path / "outputs").rows(FigureRow):
        why = {reason.attribute: reason for reason in explain(figure.figure_id, tmp_path / "outputs").reasons}
        assert why["value"].words == figure.value_text
        assert (why["period"].start, why["period"].words) == (0, LINE.format("1 204", 37))
        show(figure.figure_id, tmp_path / "outputs", image=tmp_path / "page.png")
        assert _framed(tmp_path / "page.png") == pytest.approx(
            (figure.x0, figure.top, figure.x1, figure.bottom), abs=3
        )


def _framed(image: Path) -> tuple[float, ...]:
    """What is framed in red in the picture of a page 595 points wide, in points."""
    with Image.open(image) as opened:
        picture = opened.convert("RGB")
    points = 595 / picture.width
    red = [
        (x * points, y * points)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == RED
    ]
    return min(x for x, _ in red), min(y for _, y in red), max(x for x, _ in red), max(y for _, y in red)
