"""Words and their glyphs: mended hyphens, superscripts, doubled glyphs, turned and cropped pages."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pdfplumber
import pytest
import reportlab
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from rapextract.model import Document, RapextractError
from rapextract.read.pdf.page.file import PdfFile
from rapextract.read.pdf.page.glyphs import BOLD_NAMES, Font, Glyphs, TextRun
from rapextract.read.pdf.page.words import find_words
from rapextract.read.pdf.reader import read_pdf
from rapextract.read.source import Source

from ..blocks.test_reading_order import blocks, read
from ..typeset import PROSE, columns, pdf

NUMBER = re.compile(r"\d[\d ]*(?:,\d+)?")


def spelled(
    data: bytes, document: Document, start: int, end: int, corner: tuple[float, float] = (0.0, 0.0)
) -> str:
    """What pdfplumber, another parser altogether, finds inside the boxes of a span.

    `corner` is the top left of the visible page on the whole one: pdfplumber's own crop box is wrong
    for turned pages.
    """
    found = ""
    with pdfplumber.open(io.BytesIO(data)) as file:
        for box in document.boxes(start, end):
            page = file.pages[box.page - 1]
            left, top = corner
            inside = [
                char
                for char in page.chars
                if box.x0 <= (char["x0"] + char["x1"]) / 2 - left <= box.x1
                and box.top <= (char["top"] + char["bottom"]) / 2 - top <= box.bottom
            ]
            found += "".join(char["text"] for char in sorted(inside, key=lambda char: char["x0"]))
    return found


def assert_boxes_spell(data: bytes, document: Document, corner: tuple[float, float] = (0.0, 0.0)) -> int:
    count = 0
    for match in NUMBER.finditer(document.text):
        end = match.start() + len(match.group().rstrip())
        text = document.text[match.start() : end]
        assert re.sub(r"\s", "", spelled(data, document, match.start(), end, corner)) == text.replace(" ", "")
        count += 1
    return count


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_hold_the_characters_on_turned_and_cropped_pages(rotation: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((30, 40, 560, 800))
        canvas.setPageRotation(rotation)
        if rotation == 90:  # upright as displayed: written up the unrotated page
            canvas.translate(595, 0)
            canvas.rotate(90)
        elif rotation == 180:
            canvas.translate(595, 842)
            canvas.rotate(180)
        elif rotation == 270:
            canvas.translate(0, 842)
            canvas.rotate(-90)
        columns(canvas, PROSE, [(70, 480, 470, 60)], 10)

    # reportlab swaps the sides of a page that it turns.
    data = pdf(draw, A4 if rotation in (0, 180) else landscape(A4))
    document = read(data)
    assert blocks(document) == list(PROSE)
    page = document.pages[0]
    size = (530, 760) if rotation in (0, 180) else (760, 530)
    assert (page.width, page.height) == pytest.approx(size)
    right, above = A4[0] - 560, A4[1] - 800
    corner = {0: (30, above), 90: (40, 30), 180: (right, 40), 270: (above, right)}[rotation]
    assert assert_boxes_spell(data, document, corner) >= 15
    for box in document.boxes(0, len(document.text)):
        assert 0 <= box.x0 < box.x1 <= page.width and 0 <= box.top < box.bottom <= page.height


def test_a_figure_over_a_line_end_has_a_box_on_each_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, "Le service a instruit au cours de cette période un total de 2 791")
        canvas.drawString(60, 687, "809 dossiers déposés par les assurés de la région.")

    data = pdf(draw)
    document = read(data)
    start = document.text.index("2 791 809")
    boxes = document.boxes(start, start + 9)
    assert len(boxes) == 2 and boxes[0].bottom < boxes[1].top and boxes[1].x0 == pytest.approx(60, abs=1)
    assert spelled(data, document, start, start + 9).replace(" ", "") == "2791809"


def test_words_are_mended_by_the_reports_own_spelling() -> None:
    lines = [
        "Le personnel administratif et le chirurgien-dentiste travaillent avec la région Bourgogne-",
        "Franche-Comté pour mener à bien les tâches de gestion du personnel administra-",
        "tif, sans oublier les échanges qui ont eu lieu avec le chirurgien-",
        "dentiste de la commune, les médecins généralistes et les sages-",
        "femmes de la maternité et celles qui sont venues de la région d'Île-",
        "de-France pour assister aux au-",
        "diences de la commission régionale de recours amiable, entre 2019-",
        "2021 comme prévu par la convention que chacun a signée pour la santé-",
        "environnement et les masseurs-",
        "kinésithérapeutes, avec l'administra-",
        "tion des conscien-",
        "cieuses équipes du département.",
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number, line in enumerate(lines):
            canvas.drawString(60, 700 - 13 * number, line)

    text = read(pdf(draw)).text
    for whole in (
        "Bourgogne-Franche-Comté",
        "personnel administratif,",
        "d'Île-de-France",
        " audiences",
        "le chirurgien-dentiste de",
        "2019-2021",
        "la santé-environnement",
        "les masseurs-kinésithérapeutes",
        "l'administration des consciencieuses équipes",
    ):
        assert whole in text
    assert "administra-" not in text and "chirurgiendentiste" not in text


def test_superscripts_never_join_a_number() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)

        def put(words: str, rise: float = 0, size: float = 11) -> None:
            text.setFont("Helvetica", size)
            text.setRise(rise)
            text.textOut(words)

        for words in [
            "Au 1|er| semestre, 58|1| dossiers sur 47 784 km|2| ; la 2|e| vague a touché la commission|3|."
        ]:
            for number, part in enumerate(words.split("|")):
                put(part, 4 if number % 2 else 0, 7 if number % 2 else 11)
        canvas.drawText(text)

    data = pdf(draw)
    document = read(data)
    assert (
        document.text
        == "Au 1er semestre, 58 ¹ dossiers sur 47 784 km² ; la 2e vague a touché la commission ³."
    )
    start = document.text.index("58")
    assert spelled(data, document, start, start + 2) == "58"


def test_spaces_are_read_from_the_page_not_from_the_stream() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        at = 60.0
        for word in ("Un", "total", "de", "12\u00a0345", "dossiers", "traités"):
            canvas.drawString(at, 700, word)  # no space character between the words
            at += canvas.stringWidth(word, "Helvetica", 10) + 2.8
        canvas.drawString(60, 650, "Nombre")
        canvas.drawString(200, 650, "1 250")
        canvas.drawString(236, 650, "300")  # the next column's number, not its thousands
        canvas.drawString(60, 600, "gras")
        canvas.drawString(60.3, 600, "gras")  # painted twice to look bold

    text = read(pdf(draw)).text
    assert "Un total de 12 345 dossiers traités" in text
    assert "1 250 300" not in text and re.search(r"1 250\s*[\t|]\s*300", text)
    assert text.count("gras") == 1 and "ggrraass" not in text


def test_a_font_whose_height_is_not_believed_keeps_its_widths() -> None:
    """The white beside a narrow digit is its own: « 10 200 » is no « 1 0 200 »."""
    low = TTFont("Low", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    low.face.ascent, low.face.descent = 400, -100
    pdfmetrics.registerFont(low)
    said = "plus de 10 200 entretiens en 2021 avec 111 avis"

    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(60, 700)
        line.setFont("Low", 10)
        line.setCharSpace(0.7)
        line.textOut(said)
        canvas.drawText(line)

    assert read(pdf(draw)).text.strip() == said


def test_a_font_of_symbols_is_no_line_high() -> None:
    """TeX's minus sign comes from a font whose depth is that of its tallest sign, a whole line."""
    deep = TTFont("Deep", str(Path(reportlab.__file__).parent / "fonts" / "VeraIt.ttf"))
    deep.face.ascent, deep.face.descent = 775, -960
    pdfmetrics.registerFont(deep)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Deep", 10)
        canvas.rotate(90)
        canvas.drawString(300, -60, "moins 12,5")

    (box,) = read(pdf(draw)).boxes(6, 10)
    assert box.x1 - box.x0 < 13


@pytest.mark.parametrize("tightened", [0.0, 0.45])
def test_narrow_letters_that_stand_twice_in_a_word_are_two(tightened: float) -> None:
    def draw(canvas: Canvas) -> None:
        at = 60.0
        for letter in "313 millions":  # each a text object of its own, as some makers write
            text = canvas.beginText(at, 700)
            text.setFont("Helvetica", 10)
            text.setHorizScale(75)
            text.textOut(letter)
            canvas.drawText(text)
            at += 0.75 * canvas.stringWidth(letter, "Helvetica", 10) - tightened

    assert "313 millions" in read(pdf(draw)).text


def test_a_page_whose_text_stands_on_its_side_is_read_and_its_boxes_stay_on_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(595, 0)
        canvas.rotate(90)
        columns(canvas, PROSE[:2], [(70, 500, 600, 60)], 10)

    data = pdf(draw)
    document = read(data)
    assert blocks(document) == list(PROSE[:2])
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx((595.28, 841.89), abs=0.1)
    start = document.text.index("1 248")
    (box,) = document.boxes(start, start + 5)
    assert box.bottom - box.top > box.x1 - box.x0  # the number runs up the page
    with pdfplumber.open(io.BytesIO(data)) as file:
        inside = [
            char
            for char in file.pages[0].chars
            if box.x0 < (char["x0"] + char["x1"]) / 2 < box.x1
            and box.top < (char["top"] + char["bottom"]) / 2 < box.bottom
        ]
    assert "".join(c["text"] for c in sorted(inside, key=lambda c: -c["top"])).replace(" ", "") == "1248"


def test_pages_are_closed_and_say_so() -> None:
    data = pdf(lambda canvas: canvas.drawString(60, 700, "Rien que du texte."))
    with PdfFile(data) as file:
        with file.page(1) as page:
            assert [word.text for word in page.words] == ["Rien", "que", "du", "texte."]
        with pytest.raises(ValueError, match="page 1 is closed"):
            _ = page.rulings
        with pytest.raises(RapextractError, match="P04"), file.page(2):
            pass


def test_a_text_is_no_pdf() -> None:
    assert read_pdf(Source("rapport.txt", b"Du texte.")) is None


def test_the_white_beside_an_italic_f_that_reaches_over_it_parts_words() -> None:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(60, 700)
        line.setFont("Times-Italic", 12)
        line.setWordSpace(-0.9)  # as in a justified line that is too full
        line.textLine("un fonds de relief et des effets, le chef prend l'office, neuf fois")
        canvas.drawText(line)

    text = "un fonds de relief et des effets, le chef prend l'office, neuf fois"
    assert blocks(read(pdf(draw))) == [text]


def test_a_glyph_that_says_several_letters_breaks_no_word() -> None:
    """They begin where it does. PDFium says that each ends further on in fonts drawn by their own strokes."""
    font = Font("Drawn", False, False, 0.8, -0.2)
    run = TextRun(1, 10.0, 0.0, 100.0, 0, font, False, 0, False)
    x0 = [50.0, 55.0, 55.0, 55.0, 63.5, 68.5]
    x1 = [55.0, 58.0, 61.0, 63.5, 68.5, 73.5]
    codes = np.array([ord(letter) for letter in "effica"], dtype=np.uint32)
    level = np.full(6, 92.0), np.array(x1), np.full(6, 102.0)
    glyphs = Glyphs(codes, np.array(x0), *level, np.zeros(6, dtype=np.int32), [run])
    assert [word.text for word in find_words(glyphs, 600, 800)] == ["effica"]


@pytest.mark.parametrize(("name", "bold"), [("Vera-Regular", False), ("Vera-Fort", True)])
def test_a_font_that_calls_itself_regular_is_not_bold_whatever_its_stems(name: str, bold: bool) -> None:
    stout = TTFont(name, str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"))
    stout.face.name, stout.face.stemV = name.encode(), 180
    pdfmetrics.registerFont(stout)

    def draw(canvas: Canvas) -> None:
        canvas.setFont(name, 10)
        canvas.drawString(60, 700, "Un mot")

    with PdfFile(pdf(draw)) as file, file.page(1) as page:
        assert {word.bold for word in page.words} == {bold}


def test_names_of_bold_fonts() -> None:
    bold = ["Arial-BoldMT", "ABCDEF+CMBX12", "CMSSBX10", "CMBXTI10", "SFBX1095", "ECBI1000", "SFSX1200",
            "NimbusRomNo9L-Medi", "NimbusRomNo9L-MediItal", "LinLibertineTB", "LinBiolinumOBI"]  # fmt: skip
    regular = ["ArialMT", "ABCDEF+CMR10", "CMSY10", "CMBSY10", "SFRM1095", "SFTI1000", "LinLibertineT",
               "NimbusRomNo9L-Regu", "Kp-Medium", "LinLibertineOI"]  # fmt: skip
    found = [name for name in (*bold, *regular) if BOLD_NAMES.search(name.lower())]
    assert found == bold
