"""Levels of headings in PDFs: a chapter's number on a line of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from reportlab.pdfgen.canvas import Canvas

from rapextract.model import BlockKind
from rapextract.read import read_document
from rapextract.read.pdf.blocks.drafts import Draft
from rapextract.read.pdf.blocks.headings import Headings, Style
from rapextract.read.pdf.page.lines import TextLine

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


def tree(lines: list[tuple[str, float, bool]], scanned: set[int]) -> dict[str, int]:
    """Heading → level: of texts with their sizes and weight, one a page from the second on."""
    headings = Headings(Style(10.0, False, False, False, 0), scanned)
    drafts = []
    for page, (text, size, bold) in enumerate(lines, start=2):
        line = TextLine(
            text, np.zeros(len(text), dtype=np.int32), 0, 0, 1, 1, 1, size, float(bold), False, 0, 1, page
        )
        drafts.append(Draft(BlockKind.PARAGRAPH, [line], page))
    for number, draft in enumerate(drafts):
        headings.add(number, draft, is_last=False)
    headings.settle()
    for number, draft in enumerate(drafts):
        headings.mark(number, draft)
    return {draft.text: draft.level for draft in drafts}


def test_sizes_measured_on_scans_waver() -> None:
    lines = [("CRISE SANITAIRE", 17), ("Plateforme", 15), ("Achats", 14), ("ELSM DU JURA", 14), ("Édito", 15)]
    found = tree([(text, size, False) for text, size in lines], set(range(2, 7)))
    assert found == {"CRISE SANITAIRE": 1, "ELSM DU JURA": 2, "Plateforme": 3, "Achats": 3, "Édito": 3}


def test_headings_of_scans_among_pages_with_text_are_as_those_are() -> None:
    found = tree([("Prestations", 14, True), ("Bilan", 12, True), ("Budget", 13, False)], {4})
    assert found == {"Prestations": 1, "Bilan": 2, "Budget": 1}


def set_out(path: Path, lines: list[tuple[str, str, int]]) -> list[str]:
    """Headings of lines, each a number, white and a title, bold in these sizes with prose under each."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    y = 800.0
    for number, title, size in lines:
        y -= 34
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(60, y, number)
        canvas.drawString(60 + canvas.stringWidth(number, "Helvetica-Bold", size) + 1.6 * size, y, title)
        for _ in range(2):
            y -= 13
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, y, PROSE)
    canvas.save()
    document = read_document(path)
    found = (document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING)
    return [" ".join(text.split()) for text in found]


def test_white_between_a_number_and_its_title_parts_no_heading(tmp_path: Path) -> None:
    titles = [
        ("1", "Ressources", 14), ("1.1", "Équipes", 12), ("1.2.4.1", "données traitées", 12),
        ("B.2", "Méthode", 12), ("II.", "Bilan", 14),
    ]  # fmt: skip
    assert set_out(tmp_path / "a.pdf", titles) == [f"{number} {title}" for number, title, _ in titles]


def test_a_count_in_bold_before_what_it_counts_is_no_heading(tmp_path: Path) -> None:
    assert set_out(tmp_path / "a.pdf", [("12", "Médecins-conseils", 10), ("7", "agents", 10)]) == []


def test_addresses_set_large_are_no_headings(tmp_path: Path) -> None:
    lines = [("Rapport annuel", 18), ("https://exemple.fr/rapport", 14), ("accueil@exemple.fr", 14)]
    assert set(levels(tmp_path / "a.pdf", lines)) == {"Rapport annuel"}


def test_web_addresses_and_dates_set_large_are_no_headings(tmp_path: Path) -> None:
    dates = ["Tulle, le 8 juin 2021", "15. Oktober 2020", "September 8, 2014"]
    lines = [("Rapport annuel", 18), ("à lire sur www.exemple.fr, rubrique eau", 14)]
    assert set(levels(tmp_path / "a.pdf", [*lines, *((date, 14) for date in dates)])) == {"Rapport annuel"}


def test_a_note_in_brackets_under_a_heading_is_none(tmp_path: Path) -> None:
    lines = [("Conformité des stations", 14), ("(pour les stations de plus de 200 places)", 11)]
    assert set(levels(tmp_path / "a.pdf", lines)) == {"Conformité des stations"}


def test_a_sentence_that_begins_with_an_amount_is_no_heading_whatever_its_tag_says() -> None:
    headings = Headings(Style(10.0, False, False, False, 0))
    said = ["Recettes", "*2 450,00 € pour le premier semestre et 2 310,00 € pour le second.", "Dépenses"]
    prose = "La commune a fait relever tous les compteurs avant la fin du mois de septembre " * 6
    drafts = []
    for text in (*said, prose):
        line = TextLine(
            text, np.zeros(len(text), dtype=np.int32), 0, 0, 1, 1, 1, 10.0, 0.0, False, 0, 1, 1,
            level=0 if text is prose else 2,
        )  # fmt: skip
        drafts.append(Draft(BlockKind.PARAGRAPH, [line], 1))
    for number, draft in enumerate(drafts):
        headings.add(number, draft, is_last=False)
    headings.settle()
    for number, draft in enumerate(drafts):
        headings.mark(number, draft)
    assert [draft.text for draft in drafts if draft.kind is BlockKind.HEADING] == ["Recettes", "Dépenses"]


def test_capitals_before_small_capitals_tell_the_size_of_a_heading(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    y = 800.0
    titles = ((("AGENCE", 16),), (("Achats", 14),), (("SITE", 16), ("DES COMMUNES VOISINES", 13)))
    for title in titles:
        y -= 34
        x = 60.0
        for words, size in title:
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawString(x, y, words)
            x += canvas.stringWidth(words, "Helvetica-Bold", size) + 4
        for _ in range(2):
            y -= 13
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, y, PROSE)
    canvas.save()
    document = read_document(tmp_path / "a.pdf")
    found = [block.level for block in document.blocks if block.kind is BlockKind.HEADING]
    assert found == [1, 2, 1]


def test_a_word_in_capitals_is_a_heading_where_its_colour_says_so(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    y = 800.0
    for title, blue in (("INTRODUCTION", 0.6), ("GLOSSAIRE", 0.6), ("ANNEXES", 0.0)):
        canvas.setFont("Helvetica", 10)
        canvas.setFillColorRGB(0, 0, blue)
        canvas.drawString(60, y, title)
        canvas.setFillColorRGB(0, 0, 0)
        for _ in range(3):
            y -= 13
            canvas.drawString(60, y, PROSE)
        y -= 30
    canvas.save()
    document = read_document(tmp_path / "a.pdf")
    found = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
    assert found == ["INTRODUCTION", "GLOSSAIRE"]


def test_a_letter_before_italics_opens_a_heading_where_no_list_goes_on(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    lines = [
        ("Helvetica-Bold", "Le port"), ("Helvetica-Oblique", "a) Rejets au lac"), ("", PROSE), ("", PROSE),
        ("Helvetica-Oblique", "b) Volumes traités (D7)"), ("", PROSE), ("", PROSE),
        ("Helvetica-Oblique", "a) Des boues"), ("Helvetica-Oblique", "b) Des sables"), ("", PROSE),
    ]  # fmt: skip
    y = 800.0
    for font, text in lines:
        y -= 40 if font else 13
        canvas.setFont(font or "Helvetica", 14 if "Bold" in font else 10.5 if font else 10)
        canvas.drawString(60, y, text)
    canvas.save()
    document = read_document(tmp_path / "a.pdf")
    found = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
    assert found == ["Le port", "a) Rejets au lac", "b) Volumes traités (D7)"]


def test_what_stands_in_the_place_of_data_is_no_heading_however_large(tmp_path: Path) -> None:
    lines = [
        ("Traitement des boues", 18),
        ("Sans objet", 14),
        ("Réseau de collecte", 18),
        ("Non concerné", 14),
    ]
    assert set(levels(tmp_path / "a.pdf", lines)) == {"Traitement des boues", "Réseau de collecte"}


def test_who_made_a_report_and_when_is_no_heading_however_bold(tmp_path: Path) -> None:
    made = ["Édité le : mardi 8 juin 2021", "Approuvé par : Lise Arnal", "N° de dossier : 4187"]
    lines = [("Rapport annuel", 18), *((line, 12) for line in made), ("Version du contrat et avenants", 14)]
    assert set(levels(tmp_path / "a.pdf", lines)) == {"Rapport annuel", "Version du contrat et avenants"}


def test_a_heading_in_capitals_of_which_ocr_misread_some(tmp_path: Path) -> None:
    lines = [("BUREAU DES HAUTES VALLÉES", 10), ("BUREAU DES HAUTES VALLÉES - DouVe", 10)]
    assert levels(tmp_path / "a.pdf", [*lines, ("Bureau des hautes vallées", 10)]) == dict.fromkeys(
        (text for text, _ in lines), 1
    )


def stacked(path: Path, pages: list[list[tuple[str, str]]]) -> list[str]:
    """Headings of pages that begin with numbers set larger over titles or labels."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    for cards in pages:
        y = 780.0
        for number, title in cards:
            for text, size in ((number, 36), (title, 22)):
                canvas.setFont("Helvetica-Bold", size)
                canvas.drawString(60, y, text)
                y -= 30
        for _ in range(12):
            y -= 13
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, y, PROSE)
        canvas.showPage()
    canvas.save()
    document = read_document(path)
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]


def test_numbers_set_larger_over_titles_are_chapters_where_they_count_up(tmp_path: Path) -> None:
    chapters = [("1", "LES VERGERS"), ("2", "LES RIVAGES"), ("3", "LES VIADUCS"), ("5", "LES MOULINS")]
    found = stacked(tmp_path / "a.pdf", [[chapter] for chapter in chapters])
    assert found == [" ".join(chapter) for chapter in chapters]


def test_numbers_set_larger_over_labels_are_no_headings(tmp_path: Path) -> None:
    cards = [("4", "VERGERS"), ("12", "RIVAGES"), ("31", "VIADUCS"), ("7", "MOULINS")]
    assert stacked(tmp_path / "a.pdf", [[card] for card in cards]) == []
