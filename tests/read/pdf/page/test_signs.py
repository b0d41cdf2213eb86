"""Signs made of several glyphs, and letters set apart: accents, euros, small capitals, letterspacing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from rapextract.read.pdf.overprint import overprinted
from rapextract.read.pdf.page.file import PdfFile

from ..blocks.test_reading_order import blocks, read
from ..typeset import pdf

FONT = "Times-Roman"


def accented(canvas: Canvas, text: str, x: float, y: float, after: bool) -> None:
    """Draw `text`, where an accent stands before its letter, each accent centred over that letter."""
    place = x
    for accent, letter in zip(" " + text, text + " ", strict=True):
        if letter in "´`ˆ¨¸":
            continue
        width = stringWidth(letter, FONT, 11)
        if accent in "´`ˆ¨¸":
            glyphs = [(letter, place, y), (accent, 0.0, y + (2 if letter.isupper() else 0))]
            glyphs[1] = (accent, place + (width - stringWidth(accent, FONT, 11)) / 2, glyphs[1][2])
            for glyph, across, up in glyphs if after else reversed(glyphs):
                canvas.drawString(across, up, glyph)
        else:
            canvas.drawString(place, y, letter)
        place += width


@pytest.mark.parametrize("after", [False, True])
def test_an_accent_painted_over_a_letter_is_one_character_with_it(after: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 11)
        accented(canvas, "Les ´El`eves fran¸cais de No¨el fˆetent 12 ann´ees.", 60, 700, after)

    assert blocks(read(pdf(draw))) == ["Les Élèves français de Noël fêtent 12 années."]


def test_a_c_that_two_strokes_cross_is_a_euro() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 11)
        canvas.drawString(60, 700, "Le verger a coûté 4 250 C et la serre 312 C, groupe C.")
        x = 60 + stringWidth("Le verger a coûté 4 250 ", FONT, 11)
        for up in (2.5, 4.5):
            canvas.line(x - 0.5, 700 + up, x + 5.5, 700 + up)

    assert blocks(read(pdf(draw))) == ["Le verger a coûté 4 250 € et la serre 312 C, groupe C."]


def test_fonts_of_symbols_have_the_euro_in_the_place_of_a_letter() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 11)
        canvas.drawString(60, 700, "Le verger a coûté 4 250 ")
        canvas.setFont("Courier", 11)
        canvas.drawString(60 + stringWidth("Le verger a coûté 4 250 ", FONT, 11), 700, "e")

    data = pdf(draw)
    assert blocks(read(data)) == ["Le verger a coûté 4 250 e"]
    assert blocks(read(data.replace(b"/BaseFont /Courier", b"/BaseFont /feymr10"))) == [
        "Le verger a coûté 4 250 €"
    ]


def test_capitals_and_the_small_capitals_after_them_are_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        x = 60.0
        for word in ("Verger", "de", "l’Aubraie"):
            for letter in word:
                canvas.setFont(FONT, 10 if letter.isupper() else 8)
                canvas.drawString(x, 700, letter.upper())
                x += stringWidth(letter.upper(), FONT, 10 if letter.isupper() else 8) + 0.6
            x += 2.5

    assert blocks(read(pdf(draw))) == ["VERGER DE L’AUBRAIE"]


@pytest.mark.parametrize("space", [True, False], ids=["spaces", "steps of the pen"])
def test_letters_set_apart_all_along_a_line_are_words(space: bool) -> None:
    apart = 4.0 if space else 1.9  # points at 11: nearly as much as a word's space, or more

    def draw(canvas: Canvas) -> None:
        x = 60.0
        for word in ["VERGERS", "DE", "L’AUBRAIE", "EN", "2021"]:
            line = canvas.beginText(x, 700)
            line.setFont(FONT, 11)
            line.setCharSpace(apart)
            line.textOut(word + " " * space)
            canvas.drawText(line)
            x += stringWidth(word + " ", FONT, 11) + apart * (len(word) + 1)

    assert blocks(read(pdf(draw))) == ["VERGERS DE L’AUBRAIE EN 2021"]


def test_single_letters_with_spaces_between_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 11)
        canvas.drawString(60, 700, "A B C D E F G H")
        for number, letter in enumerate("ABCDEFGH"):
            canvas.drawString(60 + 11 * number, 660, letter)

    assert blocks(read(pdf(draw))) == ["A B C D E F G H"] * 2


def test_a_number_with_an_unknown_sign_amid_it_is_unsure() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 11)
        canvas.drawString(60, 700, "La serre a produit 4x250 plants et 312 pots.")

    with PdfFile(pdf(draw)) as file, file.page(1) as page:
        words = [replace(word, text=word.text.replace("x", "\ufffd")) for word in page.words]
        assert overprinted(words, page.glyphs) == set(page.words[4].chars.tolist())


def test_raised_letters_close_to_a_number_are_not_printed_over_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(60, 700, "Le verger tient la 1")
        x = 60 + stringWidth("Le verger tient la 1", FONT, 9)
        canvas.setFont(FONT, 5)
        canvas.drawString(x - 0.2, 703, "re")
        canvas.setFont(FONT, 9)
        canvas.drawString(x + 5, 700, "place.")

    with PdfFile(pdf(draw)) as file, file.page(1) as page:
        assert not overprinted(page.words, page.glyphs)
