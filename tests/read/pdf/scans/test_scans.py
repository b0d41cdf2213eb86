"""Scanned pages: the lean taken out, boxes put back, pale rulings, letters told by their ink, failures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import cos, radians, sin
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from rapextract.model import Document, RapextractError, ReadBy
from rapextract.read.pdf import reader
from rapextract.read.pdf.page.glyphs import Font, Glyphs, TextRun
from rapextract.read.pdf.page.graphics import Ruling
from rapextract.read.pdf.scans.drawn import find_rulings
from rapextract.read.pdf.scans.ink import (
    has_more_digits,
    is_blank,
    is_corner,
    lacks_digits,
    lacks_ending,
    lacks_mark,
    mended,
    with_comma,
)
from rapextract.read.pdf.scans.marks import mark_before
from rapextract.read.pdf.scans.ocr import OcrReader, find_reader
from rapextract.read.pdf.scans.ocrwords import OcrWord, lines_of, lost_units
from rapextract.read.pdf.scans.scan import Scan, scan_of
from rapextract.read.pdf.scans.unread import boxes_left, erased, goes_on, is_amid
from rapextract.read.pdf.scans.weight import mark_bold
from rapextract.read.source import OcrFailed

from ..blocks.test_reading_order import read
from ..typeset import PROSE, columns, pdf

DPI = 200
POINT = 72 / DPI
WIDTH = 595.0
MARKS = (
    (80, 500),
    (500, 480),
    (300, 150),
)  # where black squares of 14 points are drawn, from the bottom left


@cache
def page(marked: bool = False) -> Any:
    """A page of prose as a grey picture, with squares below it where `marked`."""

    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:2], [(60, 740, 475, 60)], 10)
        for x, y in MARKS if marked else ():
            canvas.rect(x, y, 14, 14, stroke=0, fill=1)

    with pypdfium2.PdfDocument(pdf(draw)) as document:
        return document[0].render(scale=DPI / 72).to_pil().convert("L")


def soiled(picture: Any, angle: float, noise: float = 0.0, paper: int = 255) -> Any:
    """A picture as a scanner leaves it: leaning, on greyish paper, with noise."""
    turned = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    levels = np.asarray(turned).astype(float) * paper / 255
    levels += np.random.default_rng(7).normal(0, noise, levels.shape)
    return Image.fromarray(levels.clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("angle", [-3.0, -0.8, 0.25, 0.5, 2.1])
@pytest.mark.parametrize(("noise", "paper"), [(0, 255), (12, 225)])
def test_the_lean_of_a_page_is_found(angle: float, noise: float, paper: int) -> None:
    scan = scan_of(soiled(page(), angle, noise, paper), WIDTH)
    assert scan.skew == pytest.approx(angle, abs=0.1)
    assert np.median(scan.grey) > 250  # the paper is white


def test_a_straight_page_is_not_turned_and_an_empty_one_has_no_lean() -> None:
    scan = scan_of(page(), WIDTH)
    assert scan.skew == 0 and np.array_equal(scan.grey, np.asarray(page()))
    assert scan_of(Image.new("L", page().size, 240), WIDTH).skew == 0


def test_dirt_goes_and_dots_stay() -> None:
    clean = page().resize((page().width * 3 // 2, page().height * 3 // 2), Image.Resampling.LANCZOS)
    levels = np.asarray(clean).copy()
    chance = np.random.default_rng(3)
    down, across = (chance.integers(0, side - 1, 20_000) for side in levels.shape)
    for k in (0, 1):
        levels[down + k, across] = levels[down, across + k] = 60
    dirty = scan_of(Image.fromarray(levels), WIDTH).grey
    sought = np.asarray(clean) < 140
    beside = np.asarray(clean.filter(ImageFilter.MinFilter(7))) < 200  # where ink is near
    dirt = np.count_nonzero((levels < 140) & ~beside)
    assert dirt > 20_000 and np.count_nonzero((dirty < 140) & ~beside) < 0.05 * dirt
    assert np.count_nonzero((dirty < 140) & sought) > 0.95 * np.count_nonzero(sought)
    assert np.array_equal(scan_of(clean, WIDTH).grey, np.asarray(clean))  # no dirt: nothing is touched


def middle(grey: npt.NDArray[np.uint8], x: float, y: float) -> tuple[float, float]:
    """The middle of the ink within 30 points of (x, y), in points."""
    left, above, reach = round(x / POINT), round(y / POINT), round(30 / POINT)
    down, across = np.nonzero(grey[above - reach : above + reach, left - reach : left + reach] < 128)
    return (left - reach + across.mean() + 0.5) * POINT, (above - reach + down.mean() + 0.5) * POINT


@pytest.mark.parametrize("angle", [-1.5, 0.6, 2.0])
def test_boxes_lie_on_the_page_as_it_was_scanned(angle: float) -> None:
    picture = soiled(page(marked=True), angle)
    scan = scan_of(picture, WIDTH)
    straight = [middle(scan.grey, x + 7, 842 - y - 7) for x, y in MARKS]
    x, y = np.array(straight).T
    run = TextRun(0, 14, 0, 0, 0, Font("", False, False, 0.8, -0.2), False, 0, False)
    count = len(MARKS)
    glyphs = Glyphs(
        np.full(count, 65, dtype=np.uint32), x - 7, y - 7, x + 7, y + 7,
        np.zeros(count, dtype=np.int32), [run],
    )  # fmt: skip
    boxes = scan.boxes(glyphs)
    for number, place in enumerate(straight):
        ((x0, top, x1, bottom),) = boxes.lines([number])
        sought = middle(np.asarray(picture), *place)
        assert ((x0 + x1) / 2, (top + bottom) / 2) == pytest.approx(sought, abs=1.0)
        assert (x1 - x0, bottom - top) == pytest.approx((14, 14), abs=0.1)


# Rulings ------------------------------------------------------------------------------------------
def test_pale_rulings_show_through_noise_and_small_print_is_none() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(60, 600, "minimum immunitaire communément numérique " * 4)
        canvas.setLineWidth(0.5)
        canvas.setStrokeGray(0.45)
        canvas.grid([60, 200, 400, 530], [300, 330, 360])

    with pypdfium2.PdfDocument(pdf(draw)) as document:
        picture = document[0].render(scale=300 / 72).to_pil().convert("L")
    scan = scan_of(soiled(picture, 0.0, noise=10, paper=235), WIDTH)
    found = find_rulings(scan.grey, scan.scale)
    level = sorted(r.position for r in found if r.horizontal)
    upright = sorted(r.position for r in found if not r.horizontal)
    assert level == pytest.approx([842 - 360, 842 - 330, 842 - 300], abs=0.6)
    assert upright == pytest.approx([60, 200, 400, 530], abs=0.6)
    assert all(r.end - r.start == pytest.approx(470 if r.horizontal else 60, abs=2) for r in found)


def test_a_line_that_shows_in_parts_is_followed_and_white_between_lines_is_kept() -> None:
    picture = np.full((600, 1600), 245, dtype=np.uint8)
    picture[200:202, 100:1500] = 224  # hardly darker than the paper…
    picture[200:202, 100:700] = 150  # …but for its first part
    picture[400:402, 100:600] = picture[400:402, 900:1500] = 150
    grey = np.random.default_rng(3).normal(0, 5, picture.shape) + picture
    found = find_rulings(grey.clip(0, 255).astype(np.uint8), POINT)
    runs = sorted((round(r.position / POINT), r.start / POINT, r.end / POINT) for r in found)
    assert [row for row, _, _ in runs] == [201, 401, 401]
    edges = [edge for _, *ends in runs for edge in ends]
    assert edges == pytest.approx([100, 1500, 100, 600, 900, 1500], abs=25)


def word(x0: float, x1: float) -> OcrWord:
    return OcrWord("mot", x0, 20, x1, 30, 95)


def left(
    grey: npt.NDArray[np.uint8], lines: list[list[OcrWord]], rulings: list[Ruling]
) -> list[tuple[float, float, float, float]]:
    return boxes_left(erased(Scan(grey, 0.25, 0.0), lines, rulings), 0.25)


def test_the_lower_edge_of_a_dark_bar_parts_titles_from_the_first_row() -> None:
    picture = Image.new("L", (1200, 900), 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 100, 1099, 144), fill=20)
    for x in (130, 500, 800):
        draw.rectangle((x, 115, x + 120, 130), fill=255)  # where words stand in white
    draw.rectangle((100, 300, 700, 800), fill=40)  # a dark photograph is no bar
    found = find_rulings(np.asarray(picture), POINT)
    assert [(line.horizontal, int(line.position / POINT)) for line in found] == [(True, 144)]
    assert found[0].start / POINT == pytest.approx(100, abs=2)
    assert found[0].end / POINT == pytest.approx(1100, abs=2)


def test_ink_that_no_word_and_no_ruling_accounts_for() -> None:
    grey = np.full((400, 400), 255, dtype=np.uint8)  # a picture of 100 × 100 points
    grey[80:120, 40:160] = 0  # a word
    grey[200:204, 20:380] = 0  # a ruling
    lines, rulings = [[word(10, 40)]], [Ruling(True, 50.5, 5, 95, 1, 0)]
    assert not left(grey, lines, rulings)
    assert left(grey, [[word(10, 30)]], rulings)  # a part of the word was not read
    grey[300:304, 300:304] = 0  # dirt, and enough of it
    grey[340:344, 20:360:20] = grey[340:344, 21:361:20] = 0
    grey[360:400, 396:400] = 0  # the shadow of the paper's edge
    assert not left(grey, lines, rulings)
    grey[300:330, 300:315] = 0  # a digit
    assert left(grey, lines, rulings) == [(75, 75, 78.75, 82.5)]
    assert grey[100, 100] == 0  # the picture itself is as it was


def test_a_number_beside_ink_that_was_not_read_is_not_the_whole_number() -> None:
    grey = np.full((400, 400), 255, dtype=np.uint8)
    assert not goes_on(word(20, 40), grey, 0.25)
    grey[84:88, 170:174] = 0  # dirt
    grey[80:120, 200:220] = 0  # the next word
    assert not goes_on(word(20, 40), grey, 0.25)
    foot = grey.copy()
    foot[80:120, 46:54] = foot[116:120, 40:61] = 0  # a one, of which only the foot comes near
    assert goes_on(word(20, 40), foot, 0.25) == (10, 20, 40, 30)
    grey[84:104, 166:176] = 0  # a raised letter
    assert goes_on(word(20, 40), grey, 0.25)


def test_a_number_amid_numbers_that_were_not_read_is_of_no_certain_column() -> None:
    cells = [(60.0 + 30 * column, 21.0, 66.0 + 30 * column, 29.0) for column in range(3)]
    assert is_amid(word(20, 40), cells)
    assert not is_amid(word(20, 40), cells[:2])
    assert not is_amid(word(20, 40), [(x0, top + 9, x1, bottom + 9) for x0, top, x1, bottom in cells])
    drawings = [(x0, 5.0, x1, 45.0) for x0, _, x1, _ in cells]
    lines = [(x0, top, x0 + 60, bottom) for x0, top, _, bottom in cells]
    assert not is_amid(word(20, 40), [*cells[:2], *drawings, *lines])


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Sur 78 habitants, 30 # vivent seuls", ["30"]),
        ("Le budget est de 112,6 ME en 2019", ["112,6"]),
        ("La carte E coûte 30 E.", ["30"]),
        ("Environ 30 &.", ["30"]),
        ("(12# des avis)", ["(12#"]),
        ("Lots 2 & 3", ["2"]),  # which may be right: it costs a figure
        ("En 2021, 30 % à 40 €", []),
        ("R & D : 12 agents", []),
        ("12", []),
    ],
)
def test_a_sign_that_counts_nothing_is_a_unit_misread(line: str, numbers: list[str]) -> None:
    words = [OcrWord(text, 0, 0, 1, 1, 90.0) for text in line.split()]
    assert [word.text for word in lost_units(words)] == numbers


# Ink ----------------------------------------------------------------------------------------------
def ink_of(text: str, font: str, raised: str = "") -> npt.NDArray[np.bool_]:
    """The ink of a word, cut out of a page at 300 dots per inch."""

    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(60, 600)
        line.setFont(font, 10)
        line.textOut(text)
        if raised:
            line.setFont(font, 7)
            line.setRise(4)
            line.textOut(raised)
        canvas.drawText(line)

    with pypdfium2.PdfDocument(pdf(draw)) as document:
        dark = np.asarray(document[0].render(scale=300 / 72).to_pil().convert("L")) < 140
    down, across = np.nonzero(dark)
    return dark[down.min() : down.max() + 1, across.min() : across.max() + 1]


@pytest.mark.parametrize(
    ("printed", "taken", "words"),
    [("3 ISM", "31SM", ["3", "ISM"]), ("21 IDE", "211DE", ["21", "IDE"]), ("31SM", "31SM", ["31SM"])],
)
def test_white_after_a_number_ends_it_in_type_with_serifs_too(
    printed: str, taken: str, words: list[str]
) -> None:
    assert [word for word, _, _ in mended(taken, ink_of(printed, "Times-Roman"))] == words


@pytest.mark.parametrize("font", ["Helvetica", "Times-Bold"])
@pytest.mark.parametrize(
    ("printed", "taken", "word"),
    [
        ("(ABDI)", "(ABDD", "(ABDI)"),
        ("(ABDI)", "(ABDD)", "(ABDI)"),
        ("(ABDD)", "(ABDD)", "(ABDD)"),
        ("(ABEE", "(ABEE", "(ABEE"),
    ],
)
def test_a_letter_has_one_width_in_a_word(font: str, printed: str, taken: str, word: str) -> None:
    assert [text for text, _, _ in mended(taken, ink_of(printed, font))] == [word]


@pytest.mark.parametrize("font", ["Helvetica", "Helvetica-Bold"])
@pytest.mark.parametrize(
    ("printed", "taken", "words"),
    [
        ("4 ISM", "41SM", ["4", "ISM"]),
        ("1 ISM", "11SM", ["1", "ISM"]),
        ("12 IDE", "121DE", ["12", "IDE"]),
        ("ISM", "1SM", ["ISM"]),
        ("ISM", "I1SM", ["ISM"]),
        ("41SM", "41SM", ["41SM"]),  # as printed
        ("1SM", "1SM", ["1SM"]),
        ("IJ", "1J", ["IJ"]),
        ("1J", "1J", ["1J"]),
        ("IJ", "1j", ["IJ"]),
        ("1j", "1j", ["1j"]),
        ("Ij", "1j", ["1j"]),
        ("1%", "1%", ["1%"]),
        ("12%", "12%", ["12%"]),
    ],
)
def test_a_bar_before_capitals_is_an_i(font: str, printed: str, taken: str, words: list[str]) -> None:
    found = mended(taken, ink_of(printed, font))
    assert [text for text, _, _ in found] == words
    starts = [start for _, start, _ in found]
    assert starts == sorted(starts) and starts[0] == 0


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Times-Bold"])
@pytest.mark.parametrize(
    ("digits", "ending", "taken", "mends_to"),
    [
        ("1", "er", "1%", "1er"),
        ("1", "er", '1°"', "1er"),
        ("2", "e", "2%", "2e"),
        ("12", "e", "12%", "12e"),
        ("1", "er", "1", "1er"),
        ("12", "e", "12", "12"),
        ("8", "e", "8°", "8e"),
        ("8", "o", "8°", "8°"),  # a ring, of degrees
    ],
)
def test_what_is_raised_is_no_per_cent_sign(
    font: str, digits: str, ending: str, taken: str, mends_to: str
) -> None:
    assert [text for text, _, _ in mended(taken, ink_of(digits, font, ending))] == [mends_to]


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Times-Bold"])
@pytest.mark.parametrize(
    ("digits", "ending", "lacks"), [("12", "e", True), ("7", "2", True), ("12", "", False), ("7", "", False)]
)
def test_a_raised_ending_that_was_not_read_shows_in_the_ink(
    font: str, digits: str, ending: str, lacks: bool
) -> None:
    assert lacks_ending(digits, ink_of(digits, font, ending)) == lacks


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
@pytest.mark.parametrize(
    ("printed", "taken", "lacks"),
    [
        ("13", "413", True), ("413", "413", False), ("8", "18", True), ("1 537", "14537", True),
        ("1 537", "1537", False), ("31,4", "31,4", False), ("26%", "26%", False), ("11", "11", False),
    ],
)  # fmt: skip
def test_more_digits_than_the_ink_has_room_for_are_misread(
    font: str, printed: str, taken: str, lacks: bool
) -> None:
    assert lacks_digits(taken, ink_of(printed, font)) == lacks


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Helvetica-Bold"])
@pytest.mark.parametrize(
    ("printed", "taken", "more"),
    [("64,55", "64,5", True), ("64,55", "64,55", False), ("64,55 %", "64,5%", False), ("11", "11", False)],
)
def test_more_digits_in_the_ink_than_were_read(font: str, printed: str, taken: str, more: bool) -> None:
    assert has_more_digits(taken, ink_of(printed, font)) == more


def test_digits_that_touch_are_two() -> None:
    ink = ink_of("64,55", "Helvetica")
    ink[-3, -40:] = True
    assert has_more_digits("64,5", ink) and not has_more_digits("64,55", ink)


def test_digits_that_touch_have_room() -> None:
    assert not lacks_digits("88", np.ones((20, 26), dtype=np.bool_))


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Helvetica-Bold"])
@pytest.mark.parametrize(
    ("printed", "taken", "lacks"),
    [
        ("31,4", "314", True), ("2.6%", "26%", True), ("31,4", "31,4", False), ("314", "314", False),
        ("1 537", "1537", False), ("12-14", "12-14", False), ("77,33", "7733", True), ("2", "2", False),
    ],
)  # fmt: skip
def test_a_comma_that_was_not_read_shows_in_the_ink(font: str, printed: str, taken: str, lacks: bool) -> None:
    assert lacks_mark(taken, ink_of(printed, font)) == lacks


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Helvetica-Bold"])
@pytest.mark.parametrize(
    ("printed", "taken", "whole"),
    [
        ("31,4%", "314%", "31,4%"), ("31,4", "314", "31,4"), ("77,33", "7733", "77,33"),
        ("31.4%", "314%", "314%"),  # a point ends on the line, as dirt may
        ("314%", "314%", "314%"), ("31,4%", "31,4%", "31,4%"), ("2,6,8", "268", "268"),
        ("31,4%", "34%", "34%"),  # a digit was not read
        ("1,537", "1537", "1537"),  # more digits after it than decimals are
    ],
)  # fmt: skip
def test_a_comma_that_the_ink_shows_is_put_back(font: str, printed: str, taken: str, whole: str) -> None:
    assert with_comma(taken, ink_of(printed, font)) == whole


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize(
    ("printed", "raised", "taken", "word"),
    [
        ("lots/km", "2", "lots/km?", "lots/km²"), ("km", "2", "km?", "km²"),
        ("km?", "", "km?", "km?"), ("m", "3", "m?", "m?"),
    ],
)  # fmt: skip
def test_what_is_raised_after_a_kilometre_is_no_question_mark(
    font: str, printed: str, raised: str, taken: str, word: str
) -> None:
    assert [text for text, _, _ in mended(taken, ink_of(printed, font, raised))] == [word]


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Helvetica-Bold"])
@pytest.mark.parametrize(
    ("sign", "taken", "words"), [("€", "£", ["€"]), ("£", "£", ["£"]), ("12€", "12£", ["12€"])]
)
def test_a_pound_stands_on_a_foot(font: str, sign: str, taken: str, words: list[str]) -> None:
    assert [text for text, _, _ in mended(taken, ink_of(sign, font))] == words


def test_the_bend_of_a_frame_is_no_letter() -> None:
    picture = Image.new("L", (400, 300), 255)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((20, 20, 380, 280), 16, outline=0, width=4)
    draw.rectangle((150, 100, 250, 140), fill=0)
    draw.text((195, 112), "L", fill=255)
    draw.text((60, 60), "L", fill=0)
    dark = np.asarray(picture) < 140
    assert is_corner(dark, (20, 262, 40, 282)) and is_corner(dark, (20, 20, 40, 40))
    assert not is_corner(dark, (193, 112, 205, 126)) and not is_corner(dark, (58, 60, 70, 74))


def test_a_word_read_in_the_grain_of_the_paper_is_none() -> None:
    grain = np.random.default_rng(5).normal(225, 6, (30, 40)).clip(0, 255).astype(np.uint8)
    pale = grain.copy()
    pale[8:22, 10:14] = pale[8:22, 24:28] = 165  # grey print
    assert is_blank(grain, grain < 140)
    assert not is_blank(pale, pale < 140)
    assert not is_blank(255 - pale, 255 - pale < 140)


@pytest.mark.parametrize("fonts", [("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold")])
@pytest.mark.parametrize(("resolution", "blur", "noise"), [(300, 0.0, 0), (200, 0.6, 8), (170, 0.5, 3)])
def test_bold_shows_in_the_strokes(
    fonts: tuple[str, str], resolution: int, blur: float, noise: float
) -> None:
    """Capitals, small print and figures of the plain type are none of it."""
    texts = [(0, text, 10.0) for text in " ".join(PROSE).split(". ")] + [
        (1, "Échelon local du Littoral", 10.0), (1, "L'ÉQUIPE AU 31/12/21 (CDI)", 10.0), (1, "Édito", 14.0),
        (0, "ÉCHELON DES MONTS ET DES ILES", 10.0), (0, "1 248 317 6,4 % 100,00 %", 10.0),
        (0, "Source : données internes", 7.5), (0, "Échelon local du Ponant", 14.0),
    ]  # fmt: skip
    lines: list[list[OcrWord]] = []

    def draw(canvas: Canvas) -> None:
        for k, (bold, text, size) in enumerate(texts):
            x, y = 40.0, 800 - 18 * k
            canvas.setFont(fonts[bold], size)
            lines.append([])
            for part in text[:90].split(" "):
                canvas.drawString(x, y, part)
                end = x + canvas.stringWidth(part, fonts[bold], size)
                lines[-1].append(OcrWord(part, x, 842 - y - 0.75 * size, end, 842 - y + 0.2 * size, 95))
                x = end + 0.28 * size

    with pypdfium2.PdfDocument(pdf(draw)) as document:
        picture = document[0].render(scale=resolution / 72).to_pil().convert("L")
    grey = np.asarray(soiled(picture.filter(ImageFilter.GaussianBlur(blur)), 0.0, noise))
    mark_bold(Scan(grey, 72 / resolution, 0.0), lines)
    told = [[word.bold for word in line if len(word.text) > 2] for line in lines]
    assert [all(own) if bold else any(own) for own, (bold, *_) in zip(told, texts, strict=True)] == [
        bool(bold) for bold, *_ in texts
    ]


# The engine ---------------------------------------------------------------------------------------
class Failing:
    """Tesseract that answers with `answers`, then fails as it does where it takes too long."""

    def __init__(self, *answers: dict[str, list[Any]]):
        self.answers = list(answers)

    def turn(self, picture: object) -> int:
        return 0

    def read(self, pictures: Sequence[object], mode: int, resolution: int) -> list[dict[str, list[Any]]]:
        if pictures and not self.answers:
            raise OcrFailed("Tesseract process timeout")
        return [self.answers.pop(0) for _ in pictures]


ANSWER: dict[str, list[Any]] = {
    "text": ["Effectifs", ":", "42"], "conf": [95, 95, 40], "left": [250, 420, 450], "top": [300] * 3,
    "width": [160, 5, 40], "height": [30] * 3, "block_num": [1] * 3, "par_num": [1] * 3, "line_num": [1] * 3,
}  # fmt: skip


def answered() -> Any:
    """A picture with ink where `ANSWER` has words."""
    picture = Image.new("L", (2481, 3508), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, width, height in zip(
        *(ANSWER[side] for side in ("left", "top", "width", "height")), strict=True
    ):
        draw.rectangle((x, y, x + width - 1, y + height - 1), fill=0)
    return picture


def scanned(picture: Any) -> bytes:
    return pdf(lambda canvas: canvas.drawImage(ImageReader(picture), 0, 0, 595, 842))


def test_an_engine_that_gives_up_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_reader", lambda: OcrReader(Failing()))
    with pytest.raises(RapextractError) as caught:
        read(scanned(page()))
    assert caught.value.problem.code == "P08"
    assert (
        "Page 1" in caught.value.problem.message
        and "Tesseract process timeout" in caught.value.problem.message
    )


def test_what_was_read_before_the_engine_gave_up_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_reader", lambda: OcrReader(Failing(ANSWER)))
    document = read(scanned(answered()))
    assert document.text.strip() == "Effectifs : 42"
    assert [(p.code, p.page) for p in document.problems] == [("P06", 1), ("P08", 1)]


def test_a_number_that_the_engine_is_not_sure_of_states_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    def clear(confidence: int) -> bool:
        answer = {**ANSWER, "conf": [95, 95, confidence]}
        monkeypatch.setattr(reader, "find_reader", lambda: OcrReader(Failing(*[answer] * 4)))
        document = read(scanned(answered()))
        at = document.text.index("42")
        return document.is_clear(at, at + 2, document.boxes(at, at + 2))

    assert clear(80) and not clear(40)


# Pages as scanners leave them ---------------------------------------------------------------------
NUMBERS = ("1 248", "317", "91,7", "2 304 861", "39 151")


def needs_engine() -> None:
    if find_reader() is None:
        pytest.skip("Tesseract or its French model is not installed")


def middles(document: Document) -> list[tuple[float, float]]:
    """The middles of the boxes of `NUMBERS`."""
    found = []
    for number in NUMBERS:
        at = document.text.index(number)
        (box,) = document.boxes(at, at + len(number))
        found.append(((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2))
    return found


@cache
def printed() -> list[tuple[float, float]]:
    """Where `NUMBERS` stand on the page before it was scanned."""
    return middles(read(pdf(lambda canvas: columns(canvas, PROSE[:2], [(60, 740, 475, 60)], 10))))


def test_a_leaning_scan_is_read_and_its_boxes_lie_on_the_ink() -> None:
    needs_engine()
    angle = 1.2
    document = read(scanned(soiled(page(), angle, noise=6, paper=235)))
    assert document.pages[0].read_by is ReadBy.OCR
    lean = radians(angle)
    for found, (x, y) in zip(middles(document), printed(), strict=True):
        across, down = x - 297.5, y - 421
        turned = (297.5 + across * cos(lean) + down * sin(lean), 421 + down * cos(lean) - across * sin(lean))
        assert found == pytest.approx(turned, abs=2.0)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned_and_its_boxes_lie_on_the_ink(turn: int) -> None:
    needs_engine()
    picture = page().rotate(turn, expand=True)
    size = (595, 842) if turn == 180 else (842, 595)
    data = pdf(lambda canvas: canvas.drawImage(ImageReader(picture), 0, 0, *size), size)
    document = read(data)
    assert (document.pages[0].width, document.pages[0].height) == size
    places = {
        90: [(y, 595 - x) for x, y in printed()],
        180: [(595 - x, 842 - y) for x, y in printed()],
        270: [(842 - y, x) for x, y in printed()],
    }[turn]
    for found, sought in zip(middles(document), places, strict=True):
        assert found == pytest.approx(sought, abs=2.0)


def test_a_page_as_large_as_its_pixels_is_read_as_the_sheet_that_it_was() -> None:
    needs_engine()
    size = page().size  # a pixel a point
    document = read(pdf(lambda canvas: canvas.drawImage(ImageReader(page()), 0, 0), size))
    assert (document.pages[0].width, document.pages[0].height) == size
    for (x, y), (across, down) in zip(middles(document), printed(), strict=True):
        assert (x * POINT, y * POINT) == pytest.approx((across, down), abs=2.0)


def layered(text: str) -> bytes:
    """A scan with a text layer that says `text`, as a scanner's own OCR leaves it."""

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(page()), 0, 0, 595, 842)
        layer = canvas.beginText(60, 740)
        layer.setTextRenderMode(3)
        layer.textLines(text)
        canvas.drawText(layer)

    return pdf(draw)


LAYER = "Le service a examiné 1 249 dossiers au cours de l'année.\nLes équipes ont répondu à 318 appels."


def test_what_another_program_took_a_scan_for_is_not_believed_where_it_can_be_read() -> None:
    needs_engine()
    document = read(layered(LAYER))
    assert document.pages[0].read_by is ReadBy.OCR
    assert document.pages[0].ocr_confidence is not None
    assert "1 248" in document.text and "1 249" not in document.text
    assert [problem.code for problem in document.problems] == ["P06"]


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
def test_the_mark_of_a_list_item_is_told_by_its_ink(font: str) -> None:
    assert mark_before("*A", ink_of("•4", font)) is not None
    for sign in ("+", "*", "°", "-", "«", "("):
        assert mark_before(f"{sign}4", ink_of(f"{sign}4", font)) is None
    assert mark_before("49", ink_of("•9", font)) is None  # nothing says that a sign was read there


def test_what_was_read_together_with_the_mark_of_a_list_item_is_looked_at_without_it() -> None:
    ink = ink_of("•4", "Helvetica")
    grey = np.full((200, 400), 255, dtype=np.uint8)
    grey[50 : 50 + ink.shape[0], 60 : 60 + ink.shape[1]][ink] = 0
    found = {
        "text": ["*A", "cadres"], "conf": [12, 95], "left": [60, 200], "top": [50, 50],
        "width": [ink.shape[1], 120], "height": [ink.shape[0], 30],
        "block_num": [1, 1], "par_num": [1, 1], "line_num": [1, 1],
    }  # fmt: skip
    grey[50:80, 200:320:3] = 0
    scan = Scan(grey, 0.25, 0.0)
    (line,) = lines_of(found, scan.whole, scan)
    assert [(word.text, word.after_mark) for word in line] == [("•", False), ("A", True), ("cadres", False)]
    assert line[0].x1 < line[1].x0


def test_without_an_engine_the_layer_of_a_scan_is_read_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_reader", lambda: None)
    document = read(layered(LAYER))
    assert document.pages[0].read_by is ReadBy.OCR
    assert "1 249 dossiers" in document.text
    assert [problem.code for problem in document.problems] == ["P10"]


def test_text_on_a_picture_is_no_layer_of_a_scan() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 84), 240)), 0, 0, 595, 842)
        columns(canvas, PROSE[:2], [(60, 740, 475, 60)], 10)

    document = read(pdf(draw))
    assert document.pages[0].read_by is ReadBy.TEXT and not document.problems
