# ruff: noqa: E501
"""Reading order: columns, headings over them, cards, key figures, what goes on over a page."""

from __future__ import annotations

import re

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from rapextract.model import BlockKind, Document
from rapextract.read.pdf.reader import read_pdf
from rapextract.read.source import Source

from ..typeset import PROSE, break_lines, columns, pdf, set_lines


def read(data: bytes, password: str | None = None) -> Document:
    document = read_pdf(Source("rapport.pdf", data, password))
    assert document is not None
    return document


def blocks(document: Document, kind: BlockKind | None = None) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if kind in (None, b.kind)]


def heading(canvas: Canvas, text: str, x: float, y: float, size: float = 16) -> None:
    canvas.setFont("Helvetica-Bold", size)
    canvas.drawString(x, y, text)


LAYOUTS = {
    "one column": (A4, [(60, 740, 475, 60)], 10.5),
    "two columns": (A4, [(50, 740, 235, 480), (310, 740, 235, 60)], 9.5),
    "three columns, landscape": (
        landscape(A4),
        [(40, 500, 235, 380), (303, 500, 235, 380), (566, 500, 235, 60)],
        9,
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("justify", [True, False])
def test_prose_comes_out_as_it_was_written(name: str, justify: bool) -> None:
    size, boxes, points = LAYOUTS[name]

    def draw(canvas: Canvas) -> None:
        heading(canvas, "Un titre qui court sur toute la largeur de la page", boxes[0][0], boxes[0][1] + 35)
        columns(canvas, PROSE, boxes, points, justify)

    document = read(pdf(draw, size))
    assert blocks(document, BlockKind.HEADING) == ["Un titre qui court sur toute la largeur de la page"]
    assert blocks(document, BlockKind.PARAGRAPH) == list(PROSE)


def test_a_heading_between_two_pairs_of_columns_parts_them() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "Première partie", 50, 780)
        columns(canvas, PROSE[:2], [(50, 750, 235, 650), (310, 750, 235, 560)])
        heading(canvas, "Seconde partie", 50, 520)
        columns(canvas, PROSE[2:], [(50, 490, 235, 400), (310, 490, 235, 200)])

    document = read(pdf(draw))
    assert blocks(document) == ["Première partie", *PROSE[:2], "Seconde partie", *PROSE[2:]]


def test_sections_with_columns_of_their_own_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:1], [(50, 780, 235, 731), (310, 780, 235, 700)], hyphenate=False)
        heading(canvas, "Échelon des Monts", 50, 680)
        columns(canvas, PROSE[1:2], [(50, 655, 235, 620), (310, 680, 235, 600)], hyphenate=False)

    assert blocks(read(pdf(draw))) == [PROSE[0], "Échelon des Monts", PROSE[1]]


def test_a_column_goes_on_below_its_heading_as_far_as_its_sentences_do() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:1], [(50, 780, 235, 680)], hyphenate=False)
        heading(canvas, "Échelon des Monts", 50, 655)
        columns(canvas, PROSE[1:3], [(50, 630, 235, 585), (310, 780, 235, 585)], hyphenate=False)

    assert blocks(read(pdf(draw))) == [PROSE[0], "Échelon des Monts", *PROSE[1:3]]


@pytest.mark.parametrize("boxes", [3, 1])
def test_what_begins_columns_at_the_foot_of_a_page_stands_in_them(boxes: int) -> None:
    """They are those of the text above, or the text above is all in the first of them."""
    places = [(40, 440 if boxes > 1 else 500, 235, 380), (303, 495, 235, 380), (566, 500, 235, 380)]

    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:boxes], places, 9)
        heading(canvas, "Un échelon dont le nom va plus loin que sa colonne", 40, 350)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(40, 325, "Claire Aubépine")
        canvas.drawString(40, 313, "cheffe de service")
        canvas.drawString(310, 325, "L'équipe au 31/12/23 (CDI)")
        for number, line in enumerate(("PC", "7 médecins-conseils", "1 pharmacien-conseil")):
            canvas.drawString(310, 308 - 12 * number, line)
        x, y = (430, 308) if boxes == 1 else (573, 320)
        for number, line in enumerate(("PA", "2 cadres", "21 agents")):
            canvas.drawString(x, y - 12 * number, line)

    text = read(pdf(draw, landscape(A4))).text
    order = ["plus loin", "Aubépine", "cheffe", "équipe au", "7 médecins", "1 pharmacien", "2 cadres"]
    places_in_text = [text.index(words) for words in order]
    assert places_in_text == sorted(places_in_text)


def test_a_heading_below_the_end_of_other_columns_stays_in_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(40, 500, 235, 330)], 9)
        columns(canvas, PROSE[1:2], [(303, 500, 235, 330)], 9)
        heading(canvas, "Les suites", 303, 330)
        columns(canvas, PROSE[2:3], [(303, 310, 235, 100)], 9)
        columns(canvas, PROSE[3:], [(566, 500, 235, 340)], 9)

    document = read(pdf(draw, landscape(A4)))
    assert blocks(document) == [*PROSE[:2], "Les suites", *PROSE[2:]]


def test_a_paragraph_goes_on_over_the_page_and_running_lines_are_taken_out() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 5):
            if page > 1:
                canvas.showPage()
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 810, "Échelon régional du Ponant – Rapport annuel")
            canvas.drawCentredString(297, 30, f"Page {page} sur 4")
            if page == 1:
                columns(canvas, PROSE, [(60, 740, 475, 700)] * 1 + [(60, 700, 475, 60)], 10)
            else:
                columns(canvas, [f"{PROSE[page - 1]} Page {page} du texte."], [(60, 740, 475, 60)], 10)

    text = read(pdf(draw)).text
    assert text.count("Échelon régional du Ponant") == 1
    assert "sur 4" not in text

    first, second = PROSE[0][:190].rsplit(" ", 1)[0], PROSE[0][len(PROSE[0][:190].rsplit(" ", 1)[0]) + 1 :]

    def over(canvas: Canvas) -> None:
        columns(canvas, [first], [(60, 100, 475, 40)], 10, hyphenate=False)
        canvas.showPage()
        columns(canvas, [second], [(60, 780, 475, 60)], 10)

    document = read(pdf(over))
    assert blocks(document) == [PROSE[0]]
    split = document.text.index(second)
    assert [page.start for page in document.pages] == [0, split]
    assert document.page_at(split - 3) == document.pages[0]
    assert document.boxes(split, split + 5)[0].page == 2


def test_a_title_at_the_heads_of_two_pages_far_apart_is_no_running_line() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 9):
            if page > 1:
                canvas.showPage()
            if page in (3, 7):
                heading(canvas, "Effectifs par métier", 60, 790, 14)
            columns(canvas, [f"{PROSE[page % 4]} Partie {page}."], [(60, 740 - 9 * page, 475, 60)], 10)

    assert blocks(read(pdf(draw)), BlockKind.HEADING) == ["Effectifs par métier"] * 2


def test_a_heading_over_columns_that_breaks_at_its_own_hyphen_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "Échelon local du Ponant – Haute-", 60, 760, 24)
        heading(canvas, "Rive", 60, 732, 24)
        canvas.setFont("Helvetica", 10)
        for k, line in enumerate(("Mme Odile Perrin", "Cheffe de service", "Contact : accueil")):
            canvas.drawString(108, 708 - 13 * k, line)
        columns(canvas, PROSE[:3], [(220, 715, 320, 60)], 10)

    assert blocks(read(pdf(draw)), BlockKind.HEADING) == ["Échelon local du Ponant – Haute-Rive"]


@pytest.mark.parametrize(
    "below", ["– au mieux : 10 jours) pour répondre.", "14) ont été saisis par courrier."]
)
def test_no_item_of_a_list_begins_in_a_bracket(below: str) -> None:
    above = "Le délai est suivi chaque mois dans les deux sites (au moins 8 et"

    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:2], [(60, 780, 475, 500)], 10)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 480, above)
        canvas.drawString(60, 467, below)

    assert f"{above} {below}" in blocks(read(pdf(draw)))


def test_a_bracket_that_closes_in_the_next_column_is_in_one_paragraph() -> None:
    below = "12 340 €). Le montant a été revu."

    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:2], [(60, 780, 225, 200)], 10)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 100, "Le montant moyen par dossier (cible :")
        canvas.drawString(310, 771, below)
        columns(canvas, PROSE[2:], [(310, 740, 225, 60)], 10)

    assert f"Le montant moyen par dossier (cible : {below}" in blocks(read(pdf(draw)))


@pytest.mark.parametrize("between", [1, 6])
def test_labels_of_several_lines_beside_large_numbers(between: float) -> None:
    """Each is centred beside its number; hardly more white than between lines parts them."""
    labels = [
        ("usagers de 13 communes ont", "demandé une visite à domicile"),
        ("appels de 22 associations ont", "reçu une réponse le jour même,", "dans le cadre du guichet"),
        ("foyers de 32 communes ont été", "conseillés par téléphone"),
        ("visites de sites ont eu lieu", "au cours de l'été"),
    ]

    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:1], [(60, 780, 475, 600)], 10)
        y = 640.0
        for number, lines in zip(("4 318", "2 764", "391", "85"), labels, strict=True):
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawRightString(120, y - 6 * len(lines) - 8, number)
            for line in lines:
                y -= 12
                canvas.setFont("Helvetica", 9)
                canvas.drawString(129, y, line)
            y -= between

    text = "\n".join(blocks(read(pdf(draw))))
    for number, lines in zip(("4 318", "2 764", "391", "85"), labels, strict=True):
        assert f"{number} {' '.join(lines)}" in text


def test_the_last_line_of_a_label_under_a_large_number_may_be_bold() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:1], [(60, 780, 475, 600)], 10)
        for k, number in enumerate(("4 318", "2 764", "391")):
            x = 140 + 160 * k
            canvas.setFont("Helvetica-Bold", 20)
            canvas.drawCentredString(x, 560, number)
            canvas.setFont("Helvetica", 9)
            canvas.drawCentredString(x, 545, f"foyers de {k + 12} communes ont")
            canvas.drawCentredString(x, 534, "demandé une visite du")
            canvas.setFont("Helvetica-Bold", 9)
            canvas.drawCentredString(x, 523, "Service Habitat")

    text = "\n".join(blocks(read(pdf(draw))))
    for k, number in enumerate(("4 318", "2 764", "391")):
        assert f"{number} foyers de {k + 12} communes ont demandé une visite du Service Habitat" in text


def test_a_last_column_of_two_lines_under_a_running_head_comes_last() -> None:
    end = (
        "45 autres dossiers attendent encore des pièces médicales ou administratives pour être "
        "étudiés au printemps par les équipes."
    )

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(548, 570, "Rapport d'activité du service médical du Ponant")
        columns(canvas, PROSE, [(42, 545, 240, 40)], 9)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(302, 538, "Merci à tous !")
        canvas.drawString(302, 512, "Cheffe de service")
        heading(canvas, "Odile Perrin", 302, 523, 9)
        heading(canvas, "Focus", 302, 480, 15)
        columns(canvas, PROSE[1:], [(302, 460, 240, 40)], 9)
        columns(canvas, [end], [(562, 545, 240, 500)], 9)

    said = blocks(read(pdf(draw, (842, 595))))
    assert said[-1] == end
    assert said.index("Cheffe de service") + 1 == said.index("Focus")


def test_a_card_beside_the_text_is_one_panel_in_its_section() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "Échelon du Littoral", 60, 780)
        columns(canvas, PROSE[:2], [(60, 750, 280, 300)])
        canvas.roundRect(370, 640, 180, 100, 6, stroke=1, fill=0)
        canvas.setFont("Helvetica-Bold", 10)
        canvas.drawString(380, 722, "L'équipe au 30/06/23 (CDI)")
        canvas.setFont("Helvetica", 9)
        for number, line in enumerate(("PC", "7 médecins-conseils", "1 pharmacien-conseil")):
            canvas.drawString(380, 700 - 12 * number, line)
        for number, line in enumerate(("PA", "2 cadres", "21 agents, dont", "3 Csam")):
            canvas.drawString(478, 700 - 12 * number, line)
        heading(canvas, "Échelon des Monts", 60, 260)
        columns(canvas, PROSE[2:3], [(60, 230, 475, 60)])

    document = read(pdf(draw))
    assert blocks(document, BlockKind.PANEL) == [
        "L'équipe au 30/06/23 (CDI)\nPC\n7 médecins-conseils\n1 pharmacien-conseil\nPA\n2 cadres\n21 agents, dont\n3 Csam"
    ]
    order = blocks(document)
    assert order.index("Échelon du Littoral") == 0
    panel = next(k for k, text in enumerate(order) if text.startswith("L'équipe"))
    assert panel < order.index("Échelon des Monts")
    assert PROSE[0] in order and PROSE[1] in order


def test_numbers_set_large_come_with_their_labels() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(60, 780, 475, 600)], 10)
        for x, value, label in (
            (60, "1 284", ("visites en établissement", "de santé")),
            (230, "96,2 %", ("de dossiers traités", "dans les délais")),
            (400, "412", ("agents formés", "au cours de l'année")),
        ):
            canvas.setFont("Helvetica-Bold", 26)
            canvas.drawString(x, 560, value)
            canvas.setFont("Helvetica", 9)
            for number, line in enumerate(label):
                canvas.drawString(x, 545 - 11 * number, line)

    assert blocks(read(pdf(draw)), BlockKind.PANEL) == [
        "1 284 visites en établissement de santé\n"
        "96,2 % de dossiers traités dans les délais\n"
        "412 agents formés au cours de l'année"
    ]


def test_numbers_with_any_unit_set_large_in_frames_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(60, 780, 475, 600)], 10)
        cards = (
            ("84 630", "appels reçus"),
            ("92,3 %", "taux de décroché"),
            ("2 987", "courriels"),
            ("48 h", "délai"),
        )
        for k, (value, label) in enumerate(cards):
            x, y = 60 + 240 * (k % 2), 560 - 60 * (k // 2)
            canvas.roundRect(x, y - 24, 220, 50, 5)
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawCentredString(x + 110, y, value)
            canvas.setFont("Helvetica", 9)
            canvas.drawCentredString(x + 110, y - 14, label)
        columns(canvas, PROSE[1:2], [(60, 440, 475, 300)], 10)

    document = read(pdf(draw))
    assert not document.tables
    for card in ("84 630 appels reçus", "92,3 % taux de décroché", "2 987 courriels", "48 h délai"):
        assert card in document.text


CARDS = (
    ("PC", (("7", ("médecins-", "conseils")), ("12", ("pharmaciens",)), ("3", ("ISM",)))),
    ("PA", (("2", ("cadres",)), ("21", ("agents, dont",)), ("4", ("Csam",)))),
)


@pytest.mark.parametrize("rise", [-1, 1], ids=["number over its label", "number under its label"])
@pytest.mark.parametrize("names", ["above", "left", "side by side"])
def test_cards_in_rows_come_with_their_labels_under_the_name_of_their_group(rise: int, names: str) -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(60, 780, 475, 600)], 10)
        for group, (name, cards) in enumerate(CARDS):
            beside = names == "side by side"
            left, y = (60 + 250 * group, 540) if beside else (100, 540 - 80 * group)
            canvas.setFont("Helvetica-Bold", 9)
            canvas.drawString(left if names != "left" else 60, y if names == "left" else y + 32, name)
            for k, (number, label) in enumerate(cards):
                x = left + 30 + 70 * k
                canvas.setFont("Helvetica-Bold", 20)
                canvas.drawCentredString(x, y if rise < 0 else y - 14 * len(label), number)
                canvas.setFont("Helvetica", 8)
                for line, words in enumerate(label):
                    canvas.drawCentredString(x, (y - 12 if rise < 0 else y + 8) - 10 * line, words)

    expected = [
        f"{name}\n" + "\n".join(f"{number} {''.join(label)}" for number, label in cards)
        for name, cards in CARDS
    ]
    assert blocks(read(pdf(draw)), BlockKind.PANEL) == ["\n".join(expected)]


def test_a_bold_name_close_above_the_labels_of_cards_is_no_part_of_one() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:1], [(60, 780, 475, 600)], 10)
        for group, (name, cards) in enumerate(CARDS):
            y = 540 - 70 * group
            canvas.setFont("Helvetica-Bold", 8)
            canvas.drawCentredString(170, y + 18, name)
            for k, (number, label) in enumerate(cards):
                canvas.setFont("Helvetica-Bold", 16)
                canvas.drawCentredString(100 + 70 * k, y - 10 - 10 * len(label), number)
                canvas.setFont("Helvetica", 8)
                for line, words in enumerate(label):
                    canvas.drawCentredString(100 + 70 * k, y + 8 - 10 * line, words)

    text = "".join(block + "\n" for block in blocks(read(pdf(draw)))[1:])
    assert text.splitlines() == [
        line
        for name, cards in CARDS
        for line in (name, *(f"{number} {''.join(label)}" for number, label in cards))
    ]


def test_lines_of_a_label_whose_sizes_a_scan_tells_roughly() -> None:
    labels = (("médecins",), ("pharmaciens", "conseils"), ("infirmiers",))

    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:1], [(60, 780, 475, 600)], 10)
        for k, label in enumerate(labels):
            canvas.setFont("Helvetica", 16)
            canvas.drawCentredString(100 + 90 * k, 540, str(4 + k))
            for line, words in enumerate(label):
                canvas.setFont("Helvetica", 7 + line)
                canvas.drawCentredString(100 + 90 * k, 530 - 9 * line, words)

    assert blocks(read(pdf(draw)), BlockKind.PANEL) == ["4 médecins\n5 pharmaciens conseils\n6 infirmiers"]


def test_cards_of_a_row_whose_labels_have_more_lines_or_fewer_go_from_left_to_right() -> None:
    """The colon beside them ends a line of the other column: it is no mark before a number."""

    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:2], [(50, 780, 235, 560)], 9.5)
        canvas.setFont("Helvetica", 9.5)
        canvas.drawString(60, 544, "à ce titre le service a contribué à la veille et au suivi :")
        columns(canvas, PROSE[2:], [(50, 530, 235, 60)], 9.5)
        columns(canvas, list(PROSE[:1]), [(310, 780, 235, 630)], 9.5)
        columns(canvas, PROSE[1:], [(310, 500, 235, 60)], 9.5)
        for row, cards in enumerate((CARDS[0][1], CARDS[1][1])):
            y = 590 - 50 * row
            for k, (number, label) in enumerate(cards):
                canvas.setFont("Helvetica-Bold", 17)
                canvas.drawString(310 + 80 * k, y, number)
                canvas.setFont("Helvetica", 8)
                for line, words in enumerate(reversed(label)):
                    canvas.drawString(310 + 80 * k, y + 17 + 10 * line, words)

    assert blocks(read(pdf(draw)), BlockKind.PANEL) == [
        "7 médecins-conseils\n12 pharmaciens\n3 ISM\n2 cadres\n21 agents, dont\n4 Csam"
    ]


def test_figures_of_a_table_over_small_print_are_no_cards() -> None:
    """Values as large as their column's names, or names between the values of one row."""

    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(60, 780, 475, 600)], 10)
        for k, (name, values) in enumerate(
            (
                ("Exercice", ("2020", "2021", "2022")),
                ("Dossiers", ("214", "198", "305")),
                ("Avis", ("12", "9", "31")),
            )
        ):
            canvas.setFont("Helvetica", 14)
            canvas.drawString(60, 560 - 20 * k, name)
            for x, value in zip((200, 300, 400), values, strict=True):
                canvas.drawRightString(x, 560 - 20 * k, value)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 505, "Source : service médical")

    document = read(pdf(draw))
    assert not blocks(document, BlockKind.PANEL)
    assert len(document.tables) == 1


@pytest.mark.parametrize("names", ["in rows of their own", "in a column before"])
def test_numbers_in_a_column_beside_what_they_count_are_a_panel(names: str) -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(60, 780, 475, 600)], 10)
        y = 540.0
        for name, cards in CARDS:
            canvas.setFont("Helvetica-Bold", 9)
            canvas.drawString(60 if names == "in a column before" else 118, y, name)
            y -= 0 if names == "in a column before" else 13
            canvas.setFont("Helvetica", 9)
            for number, label in cards:
                canvas.drawRightString(110, y, number)
                canvas.drawString(118, y, "".join(label))
                y -= 13

    expected = [
        line
        for name, cards in CARDS
        for line in (name, *(f"{number} {''.join(label)}" for number, label in cards))
    ]
    document = read(pdf(draw))
    assert not document.tables
    assert "\n".join(expected) in re.sub(r"\n+", "\n", document.text.replace("\t", " "))


def test_a_long_number_as_near_to_what_it_counts_as_words_are_begins_a_row() -> None:
    lines = [("4", "cadres"), ("34", "agents, dont"), ("2", "Copistes"), ("3", "Relieurs")]

    def draw(canvas: Canvas) -> None:
        heading(canvas, "Atelier du Livre", 60, 780)
        for row, (number, label) in enumerate(lines):
            canvas.setFont("Helvetica-Bold", 9)
            canvas.drawString(60, 750 - 12 * row, number)
            canvas.setFont("Helvetica", 9)
            canvas.drawString(73, 750 - 12 * row, label)

    text = re.sub(r"\W*[\t|]\W*", " ", read(pdf(draw)).text)
    assert all(f"{number} {label}" in text for number, label in lines)


def test_values_before_the_names_of_places_stay_a_table() -> None:
    """What begins with a capital is a name, not what a number counts."""

    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(60, 780, 475, 600)], 10)
        canvas.setFont("Helvetica", 9)
        for k, (number, name) in enumerate(
            (("214", "Doubs"), ("198", "Jura"), ("305", "Yonne"), ("77", "Nièvre"))
        ):
            canvas.drawRightString(110, 540 - 13 * k, number)
            canvas.drawString(150, 540 - 13 * k, name)

    assert len(read(pdf(draw)).tables) == 1


def test_a_label_and_its_value_are_read_along_the_row() -> None:
    rows = [
        ("Population desservie :", "2 345"),
        ("Abonnés :", "1 127"),
        ("Réseau (km) :", "18,4"),
        ("Stations :", "2"),
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for number, (label, value) in enumerate(rows):
            canvas.drawString(60, 700 - 22 * number, label)
            canvas.drawString(300, 700 - 22 * number, value)

    text = read(pdf(draw)).text
    flat = re.sub(r"[\s|]+", " ", text)
    assert flat == " ".join(f"{label} {value}" for label, value in rows)


def test_lists_and_headings_by_number() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "1. Organisation", 60, 780, 15)
        heading(canvas, "1.1. Les équipes", 60, 750, 12)
        columns(canvas, list(PROSE[:1]), [(60, 725, 475, 600)], 10)
        canvas.setFont("Helvetica", 10)
        items = ("• un premier point ;", "• un deuxième point,", "– un sous-point,", "• un troisième point.")
        for number, item in enumerate(items):
            canvas.drawString(90 if item[0] == "–" else 72, 640 - 13 * number, item)
        heading(canvas, "1.2. Les moyens", 60, 560, 12)
        columns(canvas, PROSE[1:2], [(60, 535, 475, 400)], 10)

    document = read(pdf(draw))
    items = [
        (document.text[b.start : b.end], b.level) for b in document.blocks if b.kind is BlockKind.LIST_ITEM
    ]
    assert items == [
        ("• un premier point ;", 1), ("• un deuxième point,", 1), ("– un sous-point,", 2), ("• un troisième point.", 1),
    ]  # fmt: skip
    levels = [
        (document.text[b.start : b.end], b.level) for b in document.blocks if b.kind is BlockKind.HEADING
    ]
    assert levels == [("1. Organisation", 1), ("1.1. Les équipes", 2), ("1.2. Les moyens", 2)]


def test_headings_of_two_styles_that_follow_each_other_are_two() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "3 Résultats", 60, 780, 18)
        heading(canvas, "Admissions en affection de longue durée", 60, 758, 13)
        columns(canvas, PROSE[:2], [(60, 735, 475, 60)], 10)

    assert blocks(read(pdf(draw)), BlockKind.HEADING) == [
        "3 Résultats",
        "Admissions en affection de longue durée",
    ]


def test_a_heading_wrapped_in_one_style_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        heading(canvas, "4 L'accompagnement des assurés et des professionnels", 60, 780)
        heading(canvas, "de santé dans leurs démarches", 60, 761)
        columns(canvas, PROSE[:2], [(60, 735, 475, 60)], 10)

    assert blocks(read(pdf(draw)), BlockKind.HEADING) == [
        "4 L'accompagnement des assurés et des professionnels de santé dans leurs démarches"
    ]


def test_a_number_broken_at_its_thousands_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(60, 780, 475, 60)], 10)
        canvas.drawString(60, 600, "2")
        canvas.drawString(60, 587, "917 riverains dans 22 communes ont reçu la visite d'un garde")

    assert "2 917 riverains dans 22 communes" in read(pdf(draw)).text


def test_staff_panels_side_by_side_are_read_one_after_the_other() -> None:
    panels = (
        [
            "L'équipe au 31/12/22 (CDI)",
            "PC",
            "7 médecins-conseils",
            "2 ISM",
            "PA",
            "26 agents, dont",
            "2 CAM",
        ],
        [
            "L'équipe au 31/12/22 (CDI)",
            "PC",
            "12 médecins-conseils",
            "4 ISM",
            "PA",
            "41 agents, dont",
            "5 CAM",
        ],
    )

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for x, lines in zip((60, 310), panels, strict=True):
            for number, line in enumerate(lines):
                canvas.drawString(x, 700 - 12 * number, line)

    text = read(pdf(draw)).text
    assert text.split() == " ".join(" ".join(lines) for lines in panels).split()


def test_a_number_that_closes_a_bracket_is_no_list_mark() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for k, line in enumerate(
            (
                "Le relevé a porté en 2021 sur deux relais de chasse du massif (21 et",
                "90) ouverts avec l'agence régionale de santé pendant toute une année.",
                "1) Une liste commence ici.",
                "2) Elle va encore plus loin.",
            )
        ):
            canvas.drawString(60, 700 - 13 * k, line)

    document = read(pdf(draw))
    assert blocks(document, BlockKind.PARAGRAPH) == [
        "Le relevé a porté en 2021 sur deux relais de chasse du massif (21 et 90) ouverts avec l'agence régionale de santé pendant toute une année."
    ]
    assert len(blocks(document, BlockKind.LIST_ITEM)) == 2


def test_text_that_runs_around_a_panel_is_one_paragraph_after_it() -> None:
    beside = "Le service médical a poursuivi ses missions auprès des assurés avec deux responsables (58 et"
    below = "71) très investies. " + PROSE[1]

    def draw(canvas: Canvas) -> None:
        heading(canvas, "Échelon du Littoral", 60, 780)
        canvas.setFillGray(0.9)
        canvas.rect(300, 699, 235, 71, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont("Helvetica", 10)
        for k, line in enumerate(
            ("L'équipe au 31/12/21 (CDI)", "9 médecins-conseils", "2 cadres", "12 agents")
        ):
            canvas.drawString(310, 755 - 14 * k, line)
        narrow = break_lines(beside, 230, "Helvetica", 10, False)
        y = set_lines(canvas, narrow, 60, 690 + 12.5 * len(narrow), 230, 10, True)
        set_lines(canvas, break_lines(below, 475, "Helvetica", 10, False), 60, y, 475, 10, True)

    order = blocks(read(pdf(draw)))
    assert [text.split("\n")[0] for text in order] == [
        "Échelon du Littoral",
        "L'équipe au 31/12/21 (CDI)",
        f"{beside} {below}",
    ], order


def test_a_raised_ending_that_widens_the_leading_begins_no_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        lines = (
            "J'ai pris mes fonctions dans la région le",
            "1er octobre avec la responsabilité de deux",
            "échelons.",
        )
        y = 700.0
        for _ in range(4):
            for line in lines:
                raised = line.startswith("1er")
                y -= 13.8 if raised else 10.8
                canvas.drawString(60, y, "1" if raised else line)
                if raised:
                    canvas.drawString(70, y, line[4:])
                    canvas.setFont("Helvetica", 6)
                    canvas.drawString(64.5, y + 3, "er")
                    canvas.setFont("Helvetica", 8)
            y -= 6

    sentence = (
        "J'ai pris mes fonctions dans la région le 1er octobre avec la responsabilité de deux échelons."
    )
    assert blocks(read(pdf(draw))) == [sentence] * 4


def test_staff_panels_side_by_side_in_a_box_are_read_down() -> None:
    """Even where a narrow column parts a count from what it counts, and a word runs over the border."""

    def draw(canvas: Canvas) -> None:
        canvas.roundRect(60, 620, 200, 90, 4)
        heading(canvas, "L'équipe au 31/12/2021", 66, 695, 9)
        canvas.setFont("Helvetica", 9)
        for x, lines in (
            (66, ("PC", "9 médecins-conseils", "2 chirurgiens-dentistes", "3 pharmaciens")),
            (176, ("3", "ISM")),
            (212, ("PA", "4 cadres", "34 assistantes")),
        ):
            for k, line in enumerate(lines):
                canvas.drawString(x, 680 - 12 * k, line)

    document = read(pdf(draw))
    assert document.tables == ()
    assert blocks(document, BlockKind.PANEL) == [
        "L'équipe au 31/12/2021\nPC\n9 médecins-conseils\n2 chirurgiens-dentistes\n3 pharmaciens\n3\nISM\nPA\n4 cadres\n34 assistantes"
    ]


PANEL_COLUMNS = (
    ("PC", "9 médecins-conseils", "2 chirurgiens-dentistes-", "conseils", "3 pharmaciens-conseils"),
    ("3 ISM",),
    ("PA", "4 cadres", "34 agents, dont", "2 CAM"),
)


@pytest.mark.parametrize("places", [(60, 170, 230), (60, 150, 184)], ids=["wide", "tight"])
def test_a_staff_panel_without_a_frame_is_read_down(places: tuple[int, ...]) -> None:
    """Though one column is a single line, and the longest line of another reaches over its edge."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 700, "L'équipe au 31/12/22 (CDI)")
        for x, lines in zip(places, PANEL_COLUMNS, strict=True):
            for number, line in enumerate(lines):
                canvas.drawString(x, 680 - 12 * number, line)
        columns(canvas, PROSE[:2], [(60, 590, 235, 400)], 9)
        columns(canvas, PROSE[2:], [(310, 745, 235, 300)], 9)

    document = read(pdf(draw))
    first = "PC\n9 médecins-conseils\n2 chirurgiens-dentistes-conseils\n3 pharmaciens-conseils"
    assert blocks(document, BlockKind.PANEL) == [f"{first}\n3 ISM\nPA\n4 cadres\n34 agents, dont\n2 CAM"]
    assert set(PROSE) <= set(blocks(document))


@pytest.mark.parametrize(("cap", "rest", "text"), [("L", "'année", "L'année"), ("À", " la fin", "À la fin")])
def test_a_drop_cap_goes_on_in_the_first_of_its_lines(cap: str, rest: str, text: str) -> None:
    lines = ("2021 a compté 1 204 avis", "et 47 784 dossiers dans la", "région, dont 98 refus.")

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 26)
        canvas.drawString(60, 688, cap)
        width = canvas.stringWidth(cap, "Helvetica", 26) + 1
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60 + width, 700, f"{rest} {lines[0]}")
        canvas.drawString(60 + width, 688, lines[1])
        canvas.drawString(60, 676, lines[2])

    assert read(pdf(draw)).text.split() == f"{text} {' '.join(lines)}".split()


@pytest.mark.parametrize(
    ("cap", "rest", "text"), [("L'", "année", "L'année"), ("2", "021", "2021"), ("C", "ette", "Cette")]
)
def test_a_drop_cap_that_is_painted_before_all_else(cap: str, rest: str, text: str) -> None:
    lines = ("année a compté 1 204 avis", "et 47 784 dossiers dans la", "région, dont 98 refus.")

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 26)
        canvas.drawString(60, 690, cap)
        width = canvas.stringWidth(cap, "Helvetica", 26) + 1
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 740, "Bilan de la maison")
        canvas.drawString(60 + width, 700, f"{rest} {lines[0]}")
        canvas.drawString(60 + width, 687, lines[1])
        canvas.drawString(60, 674, lines[2])

    assert read(pdf(draw)).text.split() == f"Bilan de la maison {text} {' '.join(lines)}".split()


@pytest.mark.parametrize("grade", ["A", "9"])
def test_a_grade_or_a_count_set_large_beside_lines_is_no_drop_cap(grade: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 26)
        canvas.drawString(60, 690, grade)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 740, "Bilan de la maison")
        canvas.drawString(82, 700, "Excellent état des réseaux")
        canvas.drawString(82, 687, "et des ouvrages de la commune")

    assert grade in read(pdf(draw)).text.split()


def test_a_bold_line_right_above_a_table_is_its_caption() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:2], [(60, 780, 470, 500)], size=11)
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(60, 520, "Les admissions de l'année")
        canvas.setFont("Helvetica", 9)
        for k, row in enumerate(
            (("Motif", "2020", "2021"), ("Maladie", "1 204", "1 310"), ("AT", "98", "87"))
        ):
            for x, text in zip((60, 200, 300), row, strict=True):
                canvas.drawString(x, 504 - 14 * k, text)
        canvas.drawString(60, 440, "Une phrase suit le tableau et ne le nomme pas.")

    document = read(pdf(draw))
    (table,) = document.tables
    assert table.caption is not None
    assert document.text[table.caption.start : table.caption.end] == "Les admissions de l'année"


def test_a_running_line_is_one_without_its_accents_too() -> None:
    """OCR loses the accents of capitals on some pages."""

    def draw(canvas: Canvas) -> None:
        for page, title in enumerate(("6 SANTÉ ET SÉCURITÉ", "6 SANTÉ ET SECURITE", "6 SANTÉ ET SÉCURITÉ")):
            if page:
                canvas.showPage()
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 810, title)
            columns(canvas, [PROSE[page]], [(60, 740, 475, 60)], 10)

    text = read(pdf(draw)).text
    assert text.count("6 SANT") == 1 and text.startswith("6 SANTÉ")


def test_what_stands_below_a_title_at_the_top_of_few_pages_is_no_running_line() -> None:
    """Pages that begin alike: a title of their own, then the same words at one place."""

    def draw(canvas: Canvas) -> None:
        for page in range(6):
            if page:
                canvas.showPage()
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, 815, "Échelon régional du Ponant – Rapport annuel")
            y = 740
            if page in (2, 4):
                heading(canvas, ("Échelon du Littoral", "Échelon des Monts")[page // 2 - 1], 60, 790)
                canvas.setFont("Helvetica-Bold", 10)
                canvas.drawString(60, 770, "L'équipe au 31/12/21 (CDI)")
            columns(canvas, [f"{PROSE[page % 4]} Page {page} du texte."], [(60, y, 475, 60)], 10)

    text = read(pdf(draw)).text
    assert text.count("L'équipe au 31/12/21 (CDI)") == 2
    assert text.count("Échelon régional du Ponant") == 1


def test_what_begins_a_column_on_few_pages_is_no_running_line() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(9):
            if page:
                canvas.showPage()
            canvas.setFont("Helvetica", 8)
            canvas.drawString(50, 815, "Échelon régional du Ponant – Rapport annuel")
            columns(canvas, [f"{PROSE[page % 4]} Page {page} du texte."], [(50, 780, 235, 60)], 9.5)
            if page in (3, 6):
                heading(canvas, "L'équipe au 31/12/21 (CDI)", 310, 780, 9.5)
            columns(canvas, [PROSE[(page + 1) % 4]], [(310, 765 if page in (3, 6) else 780, 235, 60)], 9.5)

    text = read(pdf(draw)).text
    assert text.count("L'équipe au 31/12/21 (CDI)") == 2
    assert text.count("Échelon régional du Ponant") == 1


NAMES = "Camille Duval", "Ada Roussel", "Jean Marchais", "Inès Lebrun"


def test_what_stands_lower_than_a_name_at_the_other_margin_is_no_running_line() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(8):
            if page:
                canvas.showPage()
            y = 790
            if page % 2:
                canvas.setFont("Helvetica", 9)
                canvas.drawRightString(535, 790, f"Dr {NAMES[page // 2]}")
                heading(canvas, "L'équipe au 31/12/21 (CDI)", 60, 770, 9.5)
                y = 745
            columns(canvas, [f"{PROSE[page % 4]} Page {page} du texte."], [(60, y, 475, 60)], 9.5)

    assert read(pdf(draw)).text.count("L'équipe au 31/12/21 (CDI)") == 4


def test_a_heading_at_the_foot_of_a_column_belongs_to_it() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:3], [(40, 540, 235, 120)], 9)
        heading(canvas, "Échelon du Littoral", 40, 80, 12)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(40, 62, "Dr Camille Duval")
        columns(canvas, PROSE[1:2], [(303, 540, 235, 160)], 9)
        columns(canvas, PROSE[:3], [(566, 540, 235, 60)], 9)

    said = read(pdf(draw, landscape(A4))).text
    assert said.index("Échelon du Littoral") < said.index("Dr Camille Duval")
    assert said.index("Dr Camille Duval") < said.index(PROSE[1], said.index(PROSE[1]) + 1)


def test_counts_in_narrow_justified_columns_of_a_box_are_read_down() -> None:
    """A number stands as far from its noun as one column from the next."""
    box = (
        (60, ("PC", ("7", "médecins-"), "conseils", ("2", "chirurgiens-"))),
        (130, ("dentistes-", "conseils", "3 ISM", "PA")),
        (200, ("4 cadres", ("34", "agents,"), "dont", "2 CAM", "3 Csam")),
    )

    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(55, 780, 215, 600)], 9)
        canvas.rect(55, 465, 215, 82)
        heading(canvas, "L'équipe au 30/06/23 (CDI)", 60, 535, 9)
        canvas.setFont("Helvetica", 9)
        for x, lines in box:
            for row, line in enumerate(lines):
                y = 520 - 12 * row
                if isinstance(line, str):
                    canvas.drawString(x, y, line)
                else:
                    canvas.drawString(x, y, line[0])
                    canvas.drawRightString(x + 62, y, line[1])
        columns(canvas, PROSE[1:2], [(55, 440, 215, 60)], 9)

    document = read(pdf(draw))
    (panel,) = blocks(document, BlockKind.PANEL)
    assert re.sub(r"\s+", " ", panel) == (
        "L'équipe au 30/06/23 (CDI) PC 7 médecins-conseils 2 chirurgiens- dentistes-conseils 3 ISM PA 4 cadres "
        "34 agents, dont 2 CAM 3 Csam"
    )


def test_counts_in_a_justified_line_are_no_columns() -> None:
    words = ["9", "médecins-conseils", "2", "chirurgiens-dentistes-conseils", "3", "pharmaciens-"]

    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(50, 780, 235, 600)], 8)
        canvas.setFont("Helvetica", 8)
        white = (300 - sum(canvas.stringWidth(word) for word in words)) / (len(words) - 1)
        x = 50.0
        for word in words:
            canvas.drawString(x, 560, word)
            x += canvas.stringWidth(word) + white
        for y, line in ((550, "conseils"), (536, "3 ISM"), (522, "4 cadres")):
            canvas.drawString(50, y, line)

    assert (
        "9 médecins-conseils 2 chirurgiens-dentistes-conseils 3 pharmaciens-conseils\n"
        in read(pdf(draw)).text
    )


def test_a_title_said_again_where_pages_begin_is_no_running_line() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(12):
            if page:
                canvas.showPage()
            titled = page in (4, 8)
            if titled:
                heading(canvas, "L'équipe au 31/12/21 (CDI)", 60, 780, 10)
                heading(canvas, "PC", 60, 764, 10)
            columns(
                canvas,
                [f"{PROSE[page % 4]} Page {page} du texte."],
                [(60, 748 if titled else 780, 475, 60)],
                10,
            )
            canvas.setFont("Helvetica", 8)
            canvas.drawString(280, 30, f"Page {page + 1}")

    text = read(pdf(draw)).text
    assert text.count("L'équipe au 31/12/21 (CDI)") == 2
    assert text.count("PC") == 2


def test_a_heading_below_all_columns_comes_after_them_whatever_the_foot_of_the_page_says() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE, [(50, 740, 235, 420), (310, 740, 235, 420)], 9.5)
        heading(canvas, "Les vergers du sud", 50, 380)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 40, "12")

    assert [text for text in blocks(read(pdf(draw))) if len(text) > 2] == [*PROSE, "Les vergers du sud"]


def test_a_word_in_a_larger_font_breaks_no_paragraph() -> None:
    lines = [
        ("Les équipes ont tenu à jour le registre ; elles l'ont remis chaque mois au responsable", ""),
        ("de leur site, qui en a relu les pages une à une. Ce registre se trouve à l'adresse", "visites.fr"),
        ("et reste ouvert à tous les agents, qui y portent leurs visites le jour où ils les ont faites.", ""),
    ]

    def draw(canvas: Canvas) -> None:
        for row, (text, apart) in enumerate(lines):
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 700 - 12 * row, text)
            canvas.setFont("Courier", 11)
            canvas.drawString(63 + canvas.stringWidth(text, "Helvetica", 10), 700 - 12 * row, apart)

    assert blocks(read(pdf(draw))) == [" ".join(part for line in lines for part in line if part)]


def test_lines_that_number_the_pages_run_in_wide_margins_too() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 5):
            if page > 1:
                canvas.showPage()
            canvas.setFont("Helvetica", 10)
            if page > 1:
                canvas.drawString(60, 690, f"{page + 10}   RAPPORT DE L'AGENCE DU LITTORAL")
            canvas.drawCentredString(297, 150, str(page))
            columns(canvas, [f"{PROSE[page - 1]} Bilan {page}."], [(60, 650, 475, 200)], 10)

    document = read(pdf(draw))
    text = [document.text[b.start : b.end] for b in document.blocks if b.kind is not BlockKind.FURNITURE]
    assert text == [f"{PROSE[page - 1]} Bilan {page}." for page in range(1, 5)]


def test_a_first_line_with_a_number_that_counts_no_pages_stays() -> None:
    def draw(canvas: Canvas) -> None:
        for page, count in enumerate((14, 3, 9), start=1):
            if page > 1:
                canvas.showPage()
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 690, f"Visites reçues : {count}")
            columns(canvas, [PROSE[page]], [(60, 640, 475, 200)], 10)

    assert sum("Visites reçues" in text for text in blocks(read(pdf(draw)))) == 3


def test_a_running_head_and_the_line_typed_under_it_run_whatever_its_length() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 5):
            if page > 1:
                canvas.showPage()
            canvas.setFont("Helvetica", 12)
            canvas.drawString(60, 800, "Vivre au littoral")
            canvas.drawString(60, 786, "_" * (60 + page))
            columns(canvas, [PROSE[page - 1]], [(60, 740, 475, 60)], 10)

    document = read(pdf(draw))
    kept = [document.text[b.start : b.end] for b in document.blocks if b.kind is not BlockKind.FURNITURE]
    assert kept == list(PROSE[:4])


def test_a_number_between_dashes_at_the_foot_of_a_page_is_its_number() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        columns(canvas, list(PROSE[:1]), [(60, 740, 475, 60)], 10)
        canvas.drawString(290, 40, "- 8 -")

    assert blocks(read(pdf(draw))) == list(PROSE[:1])


def test_a_stamp_on_every_page_is_no_panel_of_any() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 5):
            if page > 1:
                canvas.showPage()
            columns(canvas, [PROSE[page - 1]], [(60, 740, 475, 60)], 10)
            canvas.setFont("Helvetica", 9)
            canvas.rect(390, 20, 140, 70)
            for row, words in enumerate(("PRÉFECTURE DU LITTORAL", "Contrôle", "Reçu le 05/10/2022", "A-7")):
                canvas.drawCentredString(460, 76 - 15 * row, words)

    document = read(pdf(draw))
    assert not [block for block in document.blocks if block.kind is BlockKind.PANEL]
    assert document.text.count("PRÉFECTURE") == 1


def test_names_of_rows_set_on_their_side_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, list(PROSE[:1]), [(60, 740, 475, 600)], 10)
        canvas.setFont("Helvetica-Bold", 10)
        for x in (60, 90, 220, 300, 380):
            canvas.line(x, 500, x, 400)
        for y in (500, 470, 400, 435):
            canvas.line(90 if y == 435 else 60, y, 380, y)
        for row, cells in enumerate(
            (("", "2020", "2021"), ("Curage", "320", "240"), ("Visites", "12", "19"))
        ):
            for x, text in zip((95, 240, 320), cells, strict=True):
                canvas.drawString(x, 480 - 35 * row, text)
        canvas.saveState()
        canvas.translate(78, 405)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Réseau nord")
        canvas.restoreState()

    document = read(pdf(draw))
    assert document.text.count("Réseau nord") == 1
    assert not [block for block in document.blocks if block.kind is BlockKind.HEADING]


def test_answers_to_tick_are_read_behind_their_questions() -> None:
    asked = ["Existence d'une commission", "Existence d'un zonage", "Existence d'un règlement du port"]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(
            60, 722, "Les deux agents du service relèvent aussi les compteurs des usagers du port, du"
        )
        canvas.drawString(60, 709, "bourg et du lac.")
        for k, question in enumerate(asked):
            canvas.drawString(60, 680 - 20 * k, f"• {question}")
            canvas.drawString(280, 680 - 20 * k, f"Oui, le {k + 3} mai 2011 au soir")
            canvas.drawString(450, 680 - 20 * k, "Non")

    found = blocks(read(pdf(draw)))
    assert found[0].endswith("du port, du bourg et du lac.")
    assert found[1:] == [
        f"• {question}\tOui, le {k + 3} mai 2011 au soir\tNon" for k, question in enumerate(asked)
    ]


def test_a_line_across_all_columns_parts_what_stands_above_it_from_what_stands_below() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(40, 360, 801, 360)
        columns(canvas, PROSE[:2], [(40, 500, 235, 400), (303, 500, 235, 400), (566, 500, 235, 375)], 9)
        columns(canvas, PROSE[2:], [(40, 340, 235, 240), (303, 340, 235, 240), (566, 340, 235, 200)], 9)

    assert blocks(read(pdf(draw, landscape(A4)))) == list(PROSE)


def test_a_running_head_with_the_number_of_its_page_goes_where_a_heading_says_its_words() -> None:
    names = ("Le verger du Nord", "Le moulin du Sud", "Le viaduc des Combes")

    def draw(canvas: Canvas) -> None:
        for number, name in enumerate(name for name in names for _ in range(2)):
            canvas.setFont("Helvetica", 7)
            canvas.drawString(50, 815, name)
            canvas.drawRightString(545, 815, str(number + 3))
            if number % 2 == 0:
                heading(canvas, name, 50, 760)
            columns(canvas, PROSE, [(50, 720, 475, 60)], 9.5)
            if number < 5:
                canvas.showPage()

    text = read(pdf(draw)).text
    assert [text.count(name) for name in names] == [1, 1, 1]


def test_a_hyphen_behind_a_syllable_that_ends_words_stays() -> None:
    lines = ["Elle réunit au verger des sociétés-", "vergers et des comi-", "tés de pommiers."] * 6

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for row, line in enumerate(lines):
            canvas.drawString(60, 760 - 12 * row - 20 * (row // 3), line)

    assert (
        blocks(read(pdf(draw)))[0] == "Elle réunit au verger des sociétés-vergers et des comités de pommiers."
    )


def test_two_lines_at_the_end_of_each_of_two_columns_are_read_down() -> None:
    left = ("Au bout du verger du Nord, le moulin a coûté en tout 220", "681,59 € de pierre et de bois.")
    right = (
        "Les autres viaducs de la vallée voisine sont encore en",
        "attente de planches et de poutres neuves.",
    )

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for x, lines in ((50, left), (310, right)):
            for row, line in enumerate(lines):
                canvas.drawString(x, 760 - 11 * row, line)

    assert blocks(read(pdf(draw))) == [" ".join(left), " ".join(right)]


def test_the_name_of_a_group_of_cards_may_end_in_a_second_line() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, PROSE[:2], [(60, 790, 475, 60)], 9.5)
        y = 600
        for name, cards in ((["Vergers :"], ("2", "1")), (["Berges du", "(nord) :"], ("14", "7"))):
            for line in name:
                canvas.setFont("Helvetica", 8)
                canvas.drawString(60, y, line)
                y -= 10
            for card in cards:
                canvas.setFont("Helvetica", 16)
                canvas.drawString(60, y - 10, card)
                canvas.setFont("Helvetica", 8)
                canvas.drawString(84, y - 7, "gardes forestiers")
                y -= 19
            y -= 10

    assert "2 gardes forestiers\n1 gardes forestiers\nBerges du\n(nord) :\n14 gardes" in read(pdf(draw)).text


def test_a_heading_of_five_lines_in_a_narrow_column_is_one() -> None:
    parts = (
        "Échelon du grand",
        "littoral, de ses",
        "îles, de ses ports,",
        "de ses phares et",
        "de ses marais",
    )

    def draw(canvas: Canvas) -> None:
        for k, part in enumerate(parts):
            heading(canvas, part, 60, 780 - 25 * k, 20)
        columns(canvas, PROSE[:2], [(60, 640, 235, 60), (310, 780, 235, 60)], 9.5)

    document = read(pdf(draw))
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == [" ".join(parts)]
