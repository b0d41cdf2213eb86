"""Staff panels and cards in layouts: beside text, in margins, broken at the end of a column."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from rapextract.model import BlockKind
from rapextract.read.pdf.blocks.counttables import crosses_panel
from rapextract.read.pdf.blocks.keyfigures import cards_of
from rapextract.read.pdf.page.file import PdfFile
from rapextract.read.pdf.page.words import Word
from rapextract.read.pdf.tables import Area, FoundTable
from rapextract.read.pdf.tables.found import FoundCell

from ..typeset import PROSE, break_lines, columns, pdf, set_lines
from .test_reading_order import blocks, heading, read

COUNTS = (
    "PC",
    "7 médecins-conseils",
    "2 pharmaciens-conseils",
    "PA",
    "3 cadres",
    "21 agents, dont",
    "4 Csam",
)
PANEL = "\n".join(COUNTS)


def lines(canvas: Canvas, texts: tuple[str, ...], x: float, y: float, size: float = 9) -> None:
    canvas.setFont("Helvetica", size)
    for row, text in enumerate(texts):
        canvas.drawString(x, y - 1.3 * size * row, text)


def flat(text: str) -> str:
    return re.sub(r"\n+", "\n", text.replace("\t", " "))


def test_a_box_begun_in_the_middle_of_a_side_is_a_panel_beside_narrow_text() -> None:
    def draw(canvas: Canvas) -> None:
        box = canvas.beginPath()
        box.moveTo(115, 640)
        for x, y in ((50, 640), (50, 760), (180, 760), (180, 640)):
            box.lineTo(x, y)
        box.close()
        canvas.setFillColorRGB(0.8, 0.9, 1)
        canvas.drawPath(box, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        lines(canvas, COUNTS, 56, 745)
        columns(canvas, PROSE[:1], [(192, 752, 93, 640), (50, 622, 235, 60)], 9.5)
        columns(canvas, PROSE[1:3], [(310, 752, 235, 60)], 9.5)

    assert blocks(read(pdf(draw)), BlockKind.PANEL) == [PANEL]


@pytest.mark.parametrize("mark", ["", "• "])
def test_counts_in_the_margin_are_read_before_the_text_beside_them(mark: str) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, tuple(mark + text if text[0].isdigit() else text for text in COUNTS), 40, 748)
        columns(canvas, PROSE[:2], [(165, 752, 380, 60)], 9.5)

    text = flat(read(pdf(draw)).text)
    assert PANEL in text.replace(mark, "") if mark else PANEL in text


def test_counts_in_the_margin_below_a_heading_are_read_together() -> None:
    """Most of the column that they stand beside has nothing in its margin."""

    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE, [(165, 790, 380, 200)], 9.5)
        columns(canvas, PROSE[:3], [(165, 450, 380, 200)], 9.5)
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(165, 190, "Le verger du Nord")
        columns(canvas, PROSE[:1], [(165, 150, 380, 60)], 9.5)
        lines(canvas, COUNTS, 40, 140)

    assert PANEL in flat(read(pdf(draw)).text)


def test_a_line_that_ends_in_a_preposition_goes_on() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "L'équipe au", 40, 772, 9)
        heading(canvas, "30/06/23 (CDI)", 40, 760, 9)
        lines(canvas, COUNTS, 40, 745)
        columns(canvas, PROSE[:2], [(165, 752, 380, 60)], 9.5)

    assert "L'équipe au 30/06/23 (CDI)" in blocks(read(pdf(draw)))


def test_a_gutter_hardly_wider_than_the_least_parts_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for x in (50, 295.8):
            y = 780.0
            for text in PROSE[:3]:
                y = set_lines(
                    canvas, break_lines(text, 236.3, "Helvetica", 10.5, True), x, y, 236.3, 10.5, True
                )

    assert blocks(read(pdf(draw))) == [*PROSE[:3], *PROSE[:3]]


def test_few_lines_below_columns_stand_in_them_too() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:3], [(50, 780, 235, 420)], 9.5)
        columns(canvas, PROSE[1:4], [(310, 780, 235, 420)], 9.5)
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        heading(canvas, "Échelon du Littoral", 50, 350, 18)
        canvas.setFillColorRGB(0, 0, 0)
        lines(canvas, ("Dr Camille Duval", "Médecin-conseil chef de service"), 50, 320)
        lines(canvas, ("L'équipe au 30/06/23 (CDI)",), 310, 314)

    said = [text for text in flat(read(pdf(draw)).text).split("\n") if text]
    assert said[-3:] == ["Dr Camille Duval", "Médecin-conseil chef de service", "L'équipe au 30/06/23 (CDI)"]


def test_a_heading_below_two_cards_is_no_part_of_the_first() -> None:
    def draw(canvas: Canvas) -> None:
        for x, number, label in ((60, "4", "CAM"), (190, "6", "Csam")):
            canvas.setFont("Helvetica-Bold", 22)
            canvas.drawString(x, 770, number)
            canvas.setFont("Helvetica", 9)
            canvas.drawString(x, 756, label)
        heading(canvas, "Regard", 50, 732, 10)
        columns(canvas, PROSE[:1], [(50, 715, 235, 60)], 9.5)

    assert blocks(read(pdf(draw)))[:3] == ["4 CAM", "6 Csam", "Regard"]


def test_what_ends_a_column_on_few_pages_is_no_running_line() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(9):
            if page:
                canvas.showPage()
            titled = page in (3, 6)
            columns(
                canvas,
                [f"{PROSE[page % 4]} Page {page} du texte."] * 3,
                [(50, 780, 235, 60 + 40 * titled)],
                9.5,
            )
            if titled:
                heading(canvas, "L'équipe au 31/12/21 (CDI)", 50, 64, 9.5)
            columns(canvas, PROSE * 2, [(310, 780, 235, 60), (900, 780, 235, 60), (900, 780, 235, -900)], 9.5)

    assert read(pdf(draw)).text.count("L'équipe au 31/12/21 (CDI)") == 2


def test_cards_beside_text_are_in_no_table_told_by_alignment() -> None:
    def draw(canvas: Canvas) -> None:
        for row, (number, label) in enumerate(
            (("7", "médecins"), ("12", "cadres"), ("3", "agents"), ("5", "ISM"))
        ):
            y = 740 - 48 * row
            canvas.setFont("Helvetica-Bold", 24)
            canvas.drawCentredString(110, y, number)
            canvas.setFont("Helvetica", 10)
            canvas.drawCentredString(110, y - 15, label)
        rows = [
            ("Entrées", "en hausse"),
            ("Sorties", "stables"),
            ("Mutations", "en baisse"),
            ("Retours", "rares"),
        ]
        lines(canvas, tuple(a for a, _ in rows for a in (a, "")), 260, 740, 18.5 / 1.3 * 1.3)
        lines(canvas, tuple(b for _, b in rows for b in (b, "")), 400, 740, 18.5 / 1.3 * 1.3)

    assert "7 médecins\n12 cadres\n3 agents\n5 ISM" in blocks(read(pdf(draw)))


def test_names_over_both_columns_of_numbers_and_what_they_count() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        y = 740
        canvas.line(50, y + 12, 250, y + 12)
        for text in COUNTS:
            number, _, noun = text.partition(" ")
            if noun:
                canvas.drawString(55, y, number)
                canvas.drawString(95, y, noun)
                canvas.line(85, y - 4, 85, y + 12)
            else:
                canvas.drawString(55, y, number)
            for x in (50, 250):
                canvas.line(x, y - 4, x, y + 12)
            y -= 16
            canvas.line(50, y + 12, 250, y + 12)
        columns(canvas, PROSE[:2], [(60, 560, 475, 60)], 10)

    document = read(pdf(draw))
    assert not document.tables
    assert PANEL in flat(document.text)


def test_counts_in_a_box_and_text_beside_it_are_no_table() -> None:
    rows = (("Accueil de deux", "7 médecins"), ("stagiaires et d'une", "3 cadres"), ("adjointe", "21 agents"))
    values = (("1 enfant", "12,5 %"), ("2 enfants", "31,0 %"), ("3 enfants", "8,2 %"))
    for texts, boxed, expected in ((rows, 1, True), (values, 0, False)):
        cells, inside = [], []
        for number, text in enumerate(text for row in texts for text in row):
            row, column = divmod(number, 2)
            box = Area(60 + 200 * column, 100 + 14 * row, 160 + 200 * column, 112 + 14 * row)
            chars = range(100 * number, 100 * number + len(text))
            cells.append(FoundCell(row, column, 1, 1, box, tuple(chars), text, 1))
            if column == boxed:
                inside.append(
                    Word(
                        text,
                        box.x0,
                        box.top,
                        box.x1,
                        box.bottom,
                        box.bottom,
                        9,
                        False,
                        False,
                        0,
                        0,
                        np.array(chars),
                    )
                )
        table = FoundTable(Area(60, 100, 360, 142), 3, 2, tuple(cells), (60, 210, 360), "alignment", 1.0, 1)
        assert crosses_panel(table, [inside]) is expected
        assert not crosses_panel(replace(table, detector="rulings"), [inside])


def test_narrow_white_parts_columns_of_counts_where_another_count_begins_below() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(206, 745, "4 ISM")
        width = canvas.stringWidth("4 ISM")
        lines(canvas, ("PC", "7 médecins-conseils", "2 pharmaciens-conseils"), 50, 745)
        lines(canvas, ("PA", "3 cadres", "21 agents, dont", "5 Csam"), 206 + width + 5, 745)
        columns(canvas, PROSE[:2], [(50, 660, 475, 60)], 10)

    text = flat(read(pdf(draw)).text)
    assert (
        "PC\n7 médecins-conseils\n2 pharmaciens-conseils\n4 ISM\nPA\n3 cadres\n21 agents, dont\n5 Csam"
        in text
    )


def test_numbers_set_large_come_with_the_labels_beside_their_middles() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ("Dr Claude Duval", "L'équipe des conseils au 30/06/23 (CDI)"), 50, 786, 10)
        y = 760.0
        for text in COUNTS:
            number, _, label = text.partition(" ")
            canvas.setFont("Helvetica-Bold", 24 if label else 10)
            canvas.drawString(50, y, number)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(50 + 1.2 * canvas.stringWidth("21", "Helvetica", 24), y + 5, label)
            y -= 24 if label else 28
        columns(canvas, PROSE[:2], [(50, 560, 475, 60)], 10)

    assert f"Dr Claude Duval\nL'équipe des conseils au 30/06/23 (CDI)\n{PANEL}" in flat(read(pdf(draw)).text)


def test_a_name_over_one_of_two_cards_side_by_side_names_both() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 560, 230, 190, stroke=1, fill=0)
        canvas.setFont("Helvetica-Bold", 9)
        for y, name in ((735, "Le verger au 31/12"), (715, "Haut"), (645, "Bas")):
            canvas.drawString(58, y, name)
        for y, left, right in ((690, "9 poiriers", "2 pruniers"), (668, "3 cognassiers", "4 figuiers")):
            for shift, texts in ((0, (left, right)), (-71, (right, left))):
                for x, text in zip((62, 172), texts, strict=True):
                    canvas.drawString(x, y + shift, text)
        columns(canvas, PROSE, [(310, 740, 235, 60)], 9.5)

    (panel,) = blocks(read(pdf(draw)), BlockKind.PANEL)
    assert panel.split("\n") == [
        "Le verger au 31/12", "Haut", "9 poiriers", "3 cognassiers", "2 pruniers", "4 figuiers",
        "Bas", "2 pruniers", "4 figuiers", "9 poiriers", "3 cognassiers",
    ]  # fmt: skip


GRID = (("7", "poiriers"), ("2", "cognassiers"), ("12", "néfliers"), ("3", "Kakis"))


@pytest.mark.parametrize("size", [9, 15], ids=["numbers as small as their labels", "large numbers"])
@pytest.mark.parametrize(
    "places",
    [((0, 0), (1, 0), (0, 1), (1, 1)), ((0, 0), (0, 1), (0, 2), (1, 0))],
    ids=["row by row", "column by column"],
)
def test_cards_in_boxes_of_their_own_come_as_their_grid_was_filled(
    size: int, places: tuple[tuple[int, int], ...]
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(45, 540, 240, 230, stroke=1, fill=0)
        heading(canvas, "Le verger au 31/12", 52, 752, 9)
        heading(canvas, "Haut", 52, 736, 9)
        for (column, row), (number, label) in zip(places, GRID, strict=True):
            x, y = 52 + 114 * column, 690 - 44 * row
            canvas.setFillColorRGB(0.85, 0.92, 0.98)
            canvas.rect(x, y, 106, 36, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawCentredString(x + 53, y + 20, number)
            canvas.setFont("Helvetica", 8)
            canvas.drawCentredString(x + 53, y + 8, label)
        columns(canvas, PROSE, [(310, 770, 235, 60)], 9.5)

    (panel,) = blocks(read(pdf(draw)), BlockKind.PANEL)
    assert panel.split("\n") == [
        "Le verger au 31/12",
        "Haut",
        *(f"{number} {label}" for number, label in GRID),
    ]


def test_an_entry_begins_with_what_it_is_about_though_the_line_above_is_full() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.9, 0.9, 0.9)
        canvas.rect(50, 640, 240, 100, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        heading(canvas, "L'équipe au 30/06/23", 56, 720, 9)
        for row, (name, text) in enumerate(
            (("PC :", "7 médecins-conseils, 2 pharmaciens, 3 ISM"), ("PA :", "2 cadres"))
        ):
            heading(canvas, name, 56, 706 - 13 * row, 9)
            canvas.setFont("Helvetica", 9)
            canvas.drawString(78, 706 - 13 * row, text)

    (panel,) = blocks(read(pdf(draw)), BlockKind.PANEL)
    assert panel.split("\n")[1:] == ["PC : 7 médecins-conseils, 2 pharmaciens, 3 ISM", "PA : 2 cadres"]


def test_a_panel_beside_a_short_text_stays_in_its_column() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:1], [(50, 780, 300, 690)], 9)
        lines(canvas, ("Merci à toutes et à tous !",), 50, 690)
        lines(canvas, ("Dr Claude Duval", "Médecin-conseil chef de service"), 50, 610)
        lines(canvas, ("Dr Claude Duval", "Chef de service", "L'équipe au 30/06/23"), 380, 776)
        for row, text in enumerate(COUNTS[1:3]):
            canvas.rect(380, 690 - 42 * row, 165, 36, stroke=1, fill=0)
            canvas.setFont("Helvetica-Bold", 15)
            canvas.drawCentredString(462, 710 - 42 * row, text.split(" ")[0])
            canvas.setFont("Helvetica", 8)
            canvas.drawCentredString(462, 697 - 42 * row, text.split(" ")[1])
        canvas.rect(380, 606, 165, 36, stroke=1, fill=0)
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawCentredString(462, 626, "3")
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(462, 613, "cadres")
        columns(canvas, PROSE[1:2] * 2, [(50, 570, 235, 60)], 9)
        columns(canvas, PROSE[2:3] * 2, [(310, 570, 235, 60)], 9)

    text = flat(read(pdf(draw)).text)
    assert "L'équipe au 30/06/23\n7 médecins-conseils\n2 pharmaciens-conseils\n3 cadres\n" in text


def test_labels_with_their_numbers_at_the_right_are_lines_of_their_own() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.9, 0.9, 0.9)
        canvas.rect(50, 640, 260, 120, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        heading(canvas, "Le verger au 31/12", 56, 744, 9)
        for row, (label, number) in enumerate(
            (("Haut", ""), ("poiriers et pommiers du plateau", "7"), ("cognassiers", "12"))
        ):
            canvas.setFont("Helvetica" if number else "Helvetica-Bold", 9)
            canvas.drawString(56, 730 - 13 * row, label)
            canvas.setFont("Helvetica-Bold", 9)
            canvas.drawRightString(300, 730 - 13 * row, number)
        columns(canvas, PROSE[:2], [(50, 600, 495, 60)], 10)

    said = flat(read(pdf(draw)).text)
    assert "Haut\npoiriers et pommiers du plateau 7\ncognassiers 12\n" in said


def test_numbers_and_labels_beside_justified_text_are_cards_and_no_table() -> None:
    """A label that wraps goes on below its first line, beside which its number stands."""

    def draw(canvas: Canvas) -> None:
        lines(canvas, ("Le verger au 31/12", "Haut"), 50, 770, 9.2)
        y = 742.0
        for number, label in (
            ("7", ("poiriers",)),
            ("2", ("pommiers et co-", "gnassiers")),
            ("12", ("néfliers",)),
            ("3", ("figuiers",)),
            ("5", ("pruniers",)),
        ):
            canvas.setFont("Helvetica-Bold", 12)
            canvas.drawString(50, y, number)
            canvas.setFont("Helvetica", 9.2)
            for row, words in enumerate(label):
                canvas.drawString(76, y + 0.6 - 13.1 * row, words)
            y -= 17 if len(label) == 1 else 26.2
        columns(canvas, PROSE, [(180, 770, 365, 480)], 9.2)

    document = read(pdf(draw))
    assert not document.tables
    assert blocks(document, BlockKind.PANEL) == [
        "Haut\n7 poiriers\n2 pommiers et cognassiers\n12 néfliers\n3 figuiers\n5 pruniers"
    ]


def test_counts_over_every_other_of_which_stands_a_background_are_no_small_tables() -> None:
    """The numbers' column has a background of its own, but no white parts them from what they count."""

    def draw(canvas: Canvas) -> None:
        for row, text in enumerate(COUNTS):
            y = 740 - 14 * row
            number, _, label = text.rpartition(" ") if text[:2].isalpha() else text.partition(" ")
            canvas.setFillGray(0.85)
            for x, width in ((50, 27), (77, 200)) if number else ((50, 227),):
                if row % 2 or not number:
                    canvas.rect(x, y - 4, width, 14, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.setFont("Helvetica", 9)
            canvas.drawRightString(74, y, number)
            canvas.drawString(77 if number else 54, y, label)
        columns(canvas, PROSE[:2], [(50, 600, 227, 60)], 9.5)

    document = read(pdf(draw))
    assert not document.tables
    assert PANEL in flat(document.text)


CARDS = (
    ("7", "poiriers", 50, 720, 20),
    ("2", "cognassiers", 120, 720, 20),
    ("3", "néfliers", 430, 720, 20),
    ("21", "pommiers, dont", 500, 720, 20),
)
PARTS = (("4", "Reinettes", 525, 690, 13), ("9", "Calvilles", 525, 672, 13))


@pytest.mark.parametrize("beside", [False, True], ids=["labels below", "labels beside"])
def test_cards_too_few_to_stand_alone_go_with_those_level_with_them_or_right_above(beside: bool) -> None:
    rows = [(*card[:2], 500, 760 - 24 * row, 20) for row, card in enumerate(CARDS)]
    parts = [(*part[:2], 510, 664 - 18 * row, 13) for row, part in enumerate(PARTS)]

    def draw(canvas: Canvas) -> None:
        for number, label, x, y, size in [*rows, *parts] if beside else CARDS:
            canvas.setFont("Helvetica-Bold", size)
            width = canvas.stringWidth(number, "Helvetica-Bold", size)
            canvas.drawString(x + (20 - width) * beside, y, number)
            canvas.setFont("Helvetica", 8)
            canvas.drawString(*((x + 24, y + 4) if beside else (x, y - 12)), label)
        columns(canvas, PROSE[:2], [(50, 640, 420, 60)], 9.5)

    with PdfFile(pdf(draw)) as file, file.page(1) as page:
        groups = cards_of(page.words)
    texts = [[" ".join(line.text for line in text) for text in group] for _, group in groups]
    assert texts == [[f"{number} {label}" for number, label, *_ in (*CARDS, *(PARTS if beside else ()))]]


def test_a_table_under_its_caption_is_a_column_beside_prose() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:1], [(50, 752, 220, 60)], 9.5)
        heading(canvas, "Les arbres du verger", 310, 752, 8)
        for row, texts in enumerate(
            (("Arbres", "Nord", "Sud"), ("Pruniers", "7", "3"), ("Néfliers", "12", "21"))
        ):
            canvas.setFont("Helvetica", 8)
            canvas.drawString(313, 738 - 13 * row, texts[0])
            for x, text in zip((420, 500), texts[1:], strict=True):
                canvas.drawRightString(x, 738 - 13 * row, text)
            canvas.line(310, 734 - 13 * row, 505, 734 - 13 * row)

    document = read(pdf(draw))
    assert document.tables
    assert PROSE[0] in document.text


def test_numbers_and_what_they_count_side_by_side_are_one_panel_with_the_parts_below() -> None:
    """The first of both by themselves would be a table of numbers and words, the second text of a column."""
    left = (("7", "poiriers"), ("12", "cognassiers"), ("3", "TGV"))
    right = (("3", "néfliers"), ("21", "pommiers, dont"), ("", "4 Reinettes"), ("", "9 Calvilles"))

    def draw(canvas: Canvas) -> None:
        heading(canvas, "Le verger au 31/12", 40, 560, 9)
        for x, name, rows in ((40, "Haut", left), (220, "Bas", right)):
            lines(canvas, (name,), x, 545)
            for row, (number, label) in enumerate(rows, start=1):
                canvas.setFont("Helvetica-Bold", 9)
                canvas.drawRightString(x + 10, 545 - 11 * row, number)
                canvas.setFont("Helvetica", 9)
                canvas.drawString(x + 21, 545 - 11 * row, label)
        columns(canvas, PROSE, [(40, 470, 235, 340), (303, 470, 235, 340), (566, 470, 235, 60)], 9)

    text = flat(read(pdf(draw, landscape(A4))).text)
    said = [f"{number} {label}".strip() for number, label in (("", "Haut"), *left, ("", "Bas"), *right)]
    assert "\n".join(said) in text


def test_what_text_runs_around_comes_before_it() -> None:
    """The paragraph beside it goes on below it, over the whole width."""
    beside = (
        "Cette année, les équipes du port ont",
        "accueilli trois apprentis et repris la",
        "visite des phares",
    )
    below = ("et des balises, que les vents d'hiver avaient retardée de plusieurs semaines dans la baie.",)

    def draw(canvas: Canvas) -> None:
        lines(canvas, beside, 60, 700, 10)
        lines(canvas, ("Le port en 2022", "7 pilotes", "3 gardiens", "2 cadres"), 330, 700, 10)
        lines(canvas, below, 60, 657, 10)
        columns(canvas, PROSE[:2], [(60, 620, 475, 60)], 10)

    said = read(pdf(draw)).text
    assert "visite des phares et des balises" in said
    assert said.index("7 pilotes") < said.index("Cette année")
