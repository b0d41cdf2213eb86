"""Glossaries as reports set them: terms apart from what they mean, in columns of the page."""

from __future__ import annotations

from itertools import islice

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from rapextract.extract.acronyms import extract_acronyms
from rapextract.grammar import load_grammar

from ..typeset import pdf
from .test_reading_order import heading, read

ENTRIES = {
    "AFL": ["atelier des forêts lointaines"],
    "BVN": ["bureau des vergers du nord"],
    "Cafri": ["comité d'animation des friches", "rurales et industrielles"],
    "CHT": ["Chambre des toitures"],
    "DBM": ["délégation aux berges", "et aux moulins"],
    "EPV": ["entretien des petits viaducs"],
    "Ferova": ["outil de suivi des wagons"],
    "GLR": ["groupe de lecture des rivages"],
    "HTP": ["halte des trains de pierre"],
    "IVO": ["Inventaire des vieux outils"],
    "JRC": ["jardin régional des collines", "et des combes"],
    "LMN": ["Lisières et marais nouveaux"],
}


def glossary(canvas: Canvas, form: str, left: int, right: int) -> None:
    """The entries in two columns, one that holds `left` lines, then `right`."""
    heading(canvas, "9 Glossaire", 50, 760)
    lines = []
    indents = {"run in": 0.0, "beside": 60.0, "below": 14.0, "colon": 0.0, "plain": 60.0, "hung": 24.0}
    indent = indents[form]
    for short, long in ENTRIES.items():
        stacked = form in ("below", "hung")
        lines.append((short, "" if stacked else long[0], 0.0))
        lines += [("", part, indent) for part in (long if stacked else long[1:])]
    for number, (short, long, indent) in enumerate(lines):
        x, row = (50, number) if number < left else (310, number - left)
        y = 730 - 13 * row
        canvas.setFont("Helvetica" if form in ("colon", "plain", "hung") else "Helvetica-Bold", 9)
        canvas.drawString(x, y, short + (" : " if form == "colon" and short else ""))
        at = x + indent + (canvas.stringWidth(short + "  ", "Helvetica-Bold", 9) if short else 0)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(x + 60 if form in ("beside", "plain") else at, y, long)
    assert right >= len(lines) - left


@pytest.mark.parametrize("form", ["run in", "beside", "below", "colon", "plain", "hung"])
@pytest.mark.parametrize("left", [8, 9])
def test_a_glossary_in_two_columns_is_read_entry_by_entry(form: str, left: int) -> None:
    left += 6 if form in ("below", "hung") else 0
    found = extract_acronyms(read(pdf(lambda canvas: glossary(canvas, form, left, 40))), load_grammar())
    assert {row.acronym: row.expansion for row in found} == {
        short: " ".join(long) for short, long in ENTRIES.items()
    }


@pytest.mark.parametrize("font", ["Helvetica-Bold", "Helvetica-Oblique", "Helvetica"])
def test_a_gutter_between_terms_and_what_they_mean_parts_no_columns(font: str) -> None:
    """What ends further left, in another column of the page, tells nothing."""

    def draw(canvas: Canvas) -> None:
        heading(canvas, "Sigles", 40, 500)
        shorts = sorted(ENTRIES)
        for column, x in enumerate((40, 300, 560)):
            y = 470.0
            for short in shorts[4 * column : 4 * column + 4]:
                canvas.setFont(font, 9)
                canvas.drawString(x, y, short)
                canvas.setFont("Helvetica", 9)
                for part in (*ENTRIES[short], *["et des vallées voisines"] * (2 * (column == 1))):
                    canvas.drawString(x + 60, y, part)
                    y -= 12

    found = extract_acronyms(read(pdf(draw, landscape(A4))), load_grammar())
    assert sorted(row.acronym for row in found) == sorted(ENTRIES)


def test_a_heading_beside_a_table_that_fills_the_next_column_comes_before_it() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "Huitième partie", 50, 758, 20)
        canvas.setFont("Helvetica", 9)
        for row, name in enumerate(("Vergers", "Moulins", "Viaducs", "Rivages", "Toitures", "Wagons")):
            canvas.drawString(310, 770 - 15 * row, name)
            canvas.drawRightString(540, 770 - 15 * row, f"{row + 3},5 %")
            canvas.line(310, 766 - 15 * row, 540, 766 - 15 * row)

    text = read(pdf(draw)).text
    assert text.index("Huitième") < text.index("Vergers")


def test_items_that_count_behind_their_marks_are_no_table() -> None:
    items = ("7 apiculteurs ont repris en", "2020,", "12 garde-barrières ont repris.", "3 voisins en vivent.")

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(50, 760, "Les vergers et leurs voisins ont repris leurs ateliers de printemps :")
        for row, item in enumerate(items):
            canvas.drawString(50, 740 - 13 * row, "" if row == 1 else "-")
            canvas.drawString(64, 740 - 13 * row, item)

    assert not read(pdf(draw)).tables


def test_entries_in_three_short_columns_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "9 Glossaire", 40, 540)
        entries = iter(ENTRIES.items())
        for column, count in enumerate((5, 5, 2)):
            x, y = 40 + 150 * column, 520
            for short, parts in islice(entries, count):
                canvas.setFont("Helvetica-Bold", 9)
                canvas.drawString(x, y, short)
                indent = canvas.stringWidth(short + " ", "Helvetica-Bold", 9)
                canvas.setFont("Helvetica", 9)
                for part in parts:
                    canvas.drawString(x + indent, y, part)
                    y, indent = y - 15, 0

    assert not read(pdf(draw, landscape(A4))).tables


@pytest.mark.parametrize("shift", [0, 1])
def test_terms_over_what_they_mean_in_three_columns_are_no_table(shift: int) -> None:
    """Where a column begins with what the last term of the one before means, terms stand beside meanings."""
    shorts = sorted(ENTRIES)

    def draw(canvas: Canvas) -> None:
        heading(canvas, "Sigles", 40, 500)
        for column, x in enumerate((40, 300, 560)):
            texts = [text for short in shorts for text in (short, ENTRIES[short][0])]
            for row, text in enumerate(texts[8 * column - shift * (column > 0) : 8 * column + 8 - shift]):
                canvas.setFont("Helvetica-Bold" if text in ENTRIES else "Helvetica", 9)
                canvas.drawString(x, 470 - 12 * row, text)

    document = read(pdf(draw, landscape(A4)))
    assert not document.tables
    known = {text for short in shorts for text in (short, ENTRIES[short][0])}
    lines = [line for line in document.text.split("\n") if line in known]
    assert lines[:10] == [text for short in shorts for text in (short, ENTRIES[short][0])][:10]
