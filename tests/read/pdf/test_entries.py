"""Glossaries as reports set them: terms apart from what they mean, in columns of the page."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from rapextract.extract.acronyms import extract_acronyms
from rapextract.grammar import load_grammar

from .test_reading_order import heading, read
from .typeset import pdf

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
    for short, long in ENTRIES.items():
        indent = {"run in": 0.0, "beside": 60.0, "below": 14.0, "colon": 0.0}[form]
        lines.append((short, "" if form == "below" else long[0], 0.0))
        lines += [("", part, indent) for part in (long if form == "below" else long[1:])]
    for number, (short, long, indent) in enumerate(lines):
        x, row = (50, number) if number < left else (310, number - left)
        y = 730 - 13 * row
        canvas.setFont("Helvetica" if form == "colon" else "Helvetica-Bold", 9)
        canvas.drawString(x, y, short + (" : " if form == "colon" and short else ""))
        at = x + indent + (canvas.stringWidth(short + "  ", "Helvetica-Bold", 9) if short else 0)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(x + 60 if form == "beside" and short else at, y, long)
    assert right >= len(lines) - left


@pytest.mark.parametrize("form", ["run in", "beside", "below", "colon"])
@pytest.mark.parametrize("left", [8, 9])
def test_a_glossary_in_two_columns_is_read_entry_by_entry(form: str, left: int) -> None:
    left += 6 if form == "below" else 0
    found = extract_acronyms(read(pdf(lambda canvas: glossary(canvas, form, left, 40))), load_grammar())
    assert {row.acronym: row.expansion for row in found} == {
        short: " ".join(long) for short, long in ENTRIES.items()
    }
