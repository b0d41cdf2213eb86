"""Tables of contents in PDFs are furniture; numbers that stand apart elsewhere are not."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from rapextract.model import BlockKind, Document
from rapextract.read import read_document

ENTRIES = [
    ("Présentation du territoire", 2), ("Volumes facturés", 3), ("Ouvrages", 4), ("Recettes", 11),
]  # fmt: skip


def written(path: Path, title: str, entries: list[tuple[str, int]], dots: bool, prose: int = 3) -> Document:
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = 780.0
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(60, y, title)
    canvas.setFont("Helvetica", 10)
    for words, page in entries:
        y -= 16
        text = f"{words} {'.' * 60} " if dots else words
        canvas.drawString(60, y, text)
        canvas.drawRightString(500, y, str(page))
    for _ in range(prose):
        y -= 40
        canvas.drawString(
            60, y, "La direction régionale a rencontré 120 professionnels de santé au cours de l'année."
        )
    canvas.save()
    return read_document(path)


def contents(document: Document) -> str:
    furniture = [b for b in document.blocks if b.kind is BlockKind.FURNITURE]
    return " ".join(document.text[b.start : b.end] for b in furniture)


def test_numbers_that_stand_apart_under_a_title_of_contents_are_pages(tmp_path: Path) -> None:
    document = written(tmp_path / "a.pdf", "Sommaire", ENTRIES, dots=False)
    assert all(words in contents(document) for words, _ in ENTRIES)
    assert "professionnels" not in contents(document)


def test_dots_lead_to_pages_without_a_title(tmp_path: Path) -> None:
    document = written(tmp_path / "a.pdf", "Rapport annuel", ENTRIES, dots=True)
    assert all(words in contents(document) for words, _ in ENTRIES)


def test_a_list_that_numbers_parts_under_a_title_of_contents_needs_no_pages(tmp_path: Path) -> None:
    parts = ("1 TERRITOIRE", "2 CRISE DE L'EAU", "ANTENNE DU NORD", "3 GLOSSAIRE")
    for title, found in (("Sommaire", True), ("Priorités", False)):
        canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 780, title)
        canvas.setFont("Helvetica", 10)
        for number, words in enumerate(parts):
            canvas.drawString(60, 750 - 16 * number, f"{number + 1}. {words}")
        canvas.drawString(
            60, 600, "La direction régionale a rencontré 120 professionnels de santé cette année."
        )
        canvas.save()
        furniture = contents(read_document(tmp_path / "a.pdf"))
        assert [words in furniture for words in parts] == [found] * len(parts)
        assert "professionnels" not in furniture


def test_numbers_that_fall_or_that_stand_among_prose_are_no_pages(tmp_path: Path) -> None:
    falling = [("Présentation", 12), ("Volumes facturés", 3), ("Ouvrages", 40), ("Recettes", 11)]
    assert contents(written(tmp_path / "a.pdf", "Sommaire", falling, dots=False)) == ""
    assert contents(written(tmp_path / "b.pdf", "Activité", ENTRIES, dots=False, prose=9)) == ""


def test_lists_of_tables_and_figures_are_contents(tmp_path: Path) -> None:
    named = written(tmp_path / "a.pdf", "Liste des cartes", ENTRIES[:2], dots=False)
    assert all(words in contents(named) for words, _ in ENTRIES[:2])


def test_two_numbered_entries_with_dots_are_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for row, (words, page) in enumerate(ENTRIES[:2]):
        canvas.drawString(60, 700 - 14 * row, str(row + 1))
        canvas.drawString(85, 700 - 14 * row, words)
        for x in range(230, 470, 6):
            canvas.drawString(x, 700 - 14 * row, ".")
        canvas.drawRightString(500, 700 - 14 * row, str(page))
    canvas.save()
    document = read_document(tmp_path / "a.pdf")
    assert not document.tables
    assert all(words in contents(document) for words, _ in ENTRIES[:2])


def test_lines_of_a_block_are_contents_where_most_lead_to_pages(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    listed = ["Volumes facturés", "Recettes perçues", "Travaux engagés", "Dette du service"]
    for row, words in enumerate(listed):
        dots = "." * (3 if words == listed[-1] else 40)
        canvas.drawString(60, 700 - 13 * row, f"{words} {dots} {row + 4}")
    canvas.drawString(60, 600, "La direction a rencontré 120 professionnels de santé au cours de l'année.")
    canvas.save()
    found = contents(read_document(tmp_path / "a.pdf"))
    assert all(words in found for words in listed) and "120" not in found


def test_entries_whose_page_the_word_processor_lost_are_contents(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 700, f"3. Taux de réclamations (P7.3) {'.' * 40}Erreur ! Signet non défini.")
    canvas.drawString(60, 600, "La direction a rencontré 120 professionnels de santé au cours de l'année.")
    canvas.save()
    assert "réclamations" in contents(read_document(tmp_path / "a.pdf"))
