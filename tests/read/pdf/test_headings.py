"""Levels of headings in PDFs: a chapter's number on a line of its own."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from rapextract.model import BlockKind
from rapextract.read import read_document

PROSE = "La direction régionale a rencontré des professionnels de santé au cours de l'année."


def levels(path: Path, lines: list[tuple[str, int]]) -> dict[str, int]:
    """Heading → level, of lines set in these sizes with two lines of prose under each but numbers alone."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = 800.0
    for text, size in lines:
        y -= 34
        canvas.setFont("Helvetica-Bold" if size > 10 else "Helvetica", size)
        canvas.drawString(60, y, text)
        for _ in range(0 if text.isdigit() else 2):
            y -= 13
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, y, PROSE)
    canvas.save()
    document = read_document(path)
    return {
        document.text[block.start : block.end]: block.level
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    }


CHAPTERS = [("1 INTRODUCTION", 18), ("2 LES ÉQUIPES", 18), ("ELSM du Jura", 14), ("ELSM du Doubs", 14)]


def test_a_number_alone_makes_the_heading_below_it_a_chapter(tmp_path: Path) -> None:
    found = levels(tmp_path / "a.pdf", [*CHAPTERS, ("3", 10), ("RÉSULTATS", 12), ("4 GLOSSAIRE", 18)])
    assert found["ELSM du Doubs"] == 2
    assert found["RÉSULTATS"] == found["4 GLOSSAIRE"] == found["1 INTRODUCTION"] == 1


def test_a_number_that_does_not_follow_the_chapters_is_none_of_theirs(tmp_path: Path) -> None:
    found = levels(tmp_path / "a.pdf", [*CHAPTERS, ("12", 10), ("Jours perdus", 12), ("3 GLOSSAIRE", 18)])
    assert found.get("Jours perdus", 3) == 3
