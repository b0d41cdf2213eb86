"""Tables that only the alignment of their text shows, and text that is aligned and no table."""

from __future__ import annotations

import pytest

from .drawing import SIZE, Page, tables_on, texts

ROWS = (
    ("Côte-d’Or", "1 204", "1 310"),
    ("Doubs", "987", "1 005"),
    ("Jura", "402", "398"),
    ("Total", "2 593", "2 713"),
)


def _table(page: Page, x: float, y: float, header: bool = True) -> float:
    if header:
        page.text(x, y, "Échelon")
        page.right(x + 130, y, "2020")
        page.right(x + 190, y, "2021")
        y += 13
    for name, a, b in ROWS:
        page.text(x, y, name)
        page.right(x + 130, y, a)
        page.right(x + 190, y, b)
        y += 13
    return y


def test_a_table_without_any_rule_between_paragraphs() -> None:
    def draw(page: Page) -> None:
        y = page.prose(60, 80, 6)
        y = _table(page, 120, y + 20)
        page.prose(60, y + 20, 6)

    (table,) = tables_on(draw)
    assert table.detector == "alignment"
    assert texts(table) == [["Échelon", "2020", "2021"], *(list(row) for row in ROWS)]
    assert (table.header_rows, table.header_columns) == (1, 1)
    assert 0 < table.confidence < 0.95


@pytest.mark.parametrize("at", [1.2, -7.0])
def test_signs_set_apart_from_their_figures(at: float) -> None:
    def draw(page: Page) -> None:
        y = page.prose(60, 80, 6) + 20
        page.right(200, y, "2020")
        page.right(300, y, "2021")
        for name, *values in ROWS:
            y += 13
            page.text(60, y, name)
            for right, value in zip((200, 300), values, strict=True):
                page.right(right, y, value)
                page.text(right + at * SIZE, y, "€")

    (table,) = tables_on(draw)
    signed = [f"{value} €" if at > 0 else f"€ {value}" for value in ROWS[0][1:]]
    assert texts(table)[1] == ["Côte-d’Or", *signed]


def test_tables_in_the_columns_of_a_landscape_page() -> None:
    def draw(page: Page) -> None:
        for k in range(3):
            x = 40 + 260 * k
            y = page.prose(x, 60, 5 + 6 * k, size=5)
            y = _table(page, x + 15, y + 15)
            page.prose(x, y + 15, 30 - 6 * k, size=5)

    found = tables_on(draw, size=(842, 595))
    assert len(found) == 3
    for table in found:
        assert texts(table) == [["Échelon", "2020", "2021"], *(list(row) for row in ROWS)]


def test_a_header_over_two_columns_spans_them() -> None:
    def draw(page: Page) -> None:
        page.text(60, 100, "Échelon")
        page.centred(235, 100, "Avis rendus")
        page.centred(395, 100, "Délai")
        page.line(190, 104, 280, 104)
        for x, text in ((210, "2020"), (270, "2021"), (370, "2020"), (430, "2021")):
            page.right(x, 114, text)
        for k, row in enumerate(
            (
                ("Doubs", "987", "1 005", "8,1", "7,9"),
                ("Jura", "402", "398", "6,0", "6,2"),
                ("Nièvre", "31", "29", "9,9", "9,1"),
            )
        ):
            page.text(60, 128 + 13 * k, row[0])
            for x, text in zip((210, 270, 370, 430), row[1:], strict=True):
                page.right(x, 128 + 13 * k, text)

    (table,) = tables_on(draw)
    spans = {cell.text: (cell.row, cell.column, cell.column_span) for cell in table.cells if cell.row == 0}
    assert spans["Avis rendus"] == (0, 1, 2)  # by the ruling below it
    assert spans["Délai"] == (0, 3, 2)  # by its middle
    assert table.header_rows == 2


def test_numbers_with_digit_groups_are_one_cell_and_neighbours_two() -> None:
    def draw(page: Page) -> None:
        for k, (a, b) in enumerate((("2 791 809", "1 204"), ("2 803 150", "998"), ("12 345", "1 150"))):
            page.text(60, 100 + 13 * k, f"Prestation {k + 1}")
            page.right(200, 100 + 13 * k, a)
            page.right(232, 100 + 13 * k, b)

    (table,) = tables_on(draw)
    assert [row[1:] for row in texts(table)] == [
        ["2 791 809", "1 204"],
        ["2 803 150", "998"],
        ["12 345", "1 150"],
    ]


@pytest.mark.parametrize("white", [0.28, 0.4, 0.5])
def test_thousands_set_apart_are_no_column_of_their_own(white: float) -> None:
    rows = (
        ("Tumeur", "16", "881", "27 %"),
        ("Diabète", "11", "487", "18 %"),
        ("Autres", "6", "801", "9,9 %"),
    )

    def draw(page: Page) -> None:
        page.text(60, 100, "Pathologie")
        page.right(240, 100, "Admissions")
        page.right(330, 100, "Part")
        for k, (name, thousands, ones, share) in enumerate(rows):
            y = 114 + 13 * k
            page.text(60, y, name)
            page.right(240 - 3 * 0.556 * SIZE - white * SIZE, y, thousands)
            page.right(240, y, ones)
            page.right(330, y, share)

    (table,) = tables_on(draw)
    assert texts(table)[1:] == [[name, f"{a} {b}", share] for name, a, b, share in rows]


def test_a_wrapped_key_is_one_cell() -> None:
    def draw(page: Page) -> None:
        page.text(60, 100, "Risque")
        page.right(300, 100, "2021")
        page.text(60, 116, "Maladie")
        page.right(300, 116, "1 310")
        page.text(60, 132, "Accidents du travail et")
        page.text(60, 143, "maladies professionnelles")
        page.right(300, 137.5, "2 204")
        page.text(60, 159, "Invalidité")
        page.right(300, 159, "402")
        page.text(60, 175, "Maternité")
        page.right(300, 175, "77")

    (table,) = tables_on(draw)
    assert texts(table)[2] == ["Accidents du travail et maladies professionnelles", "2 204"]
    assert table.row_count == 5


CENTRED_ROWS = (
    (("Insuffisance cardiaque", "et troubles du rythme"), "6 801", "10,9 %"),
    (("Diabète",), "11 487", "18,4 %"),
    (("Affections psychiatriques", "de longue durée"), "4 133", "6,6 %"),
)


def _centred_table(page: Page, x: float, y: float) -> float:
    """Figures set at the middle of keys that wrap, and a header whose cells wrap beside its key."""
    page.text(x, y + 5, "Pathologie")
    page.text(x + 120, y, "Nombre")
    page.text(x + 120, y + 10, "d'admissions")
    page.text(x + 190, y, "% ALD")
    page.text(x + 190, y + 10, "30")
    y += 26
    for key, count, share in CENTRED_ROWS:
        for k, line in enumerate(key):
            page.text(x, y + 10 * k, line)
        middle = y + 5 * (len(key) - 1)
        page.right(x + 150, middle, count)
        page.right(x + 220, middle, share)
        y += 10 * len(key) + 6
    return y


CENTRED = [
    ["Pathologie", "Nombre d'admissions", "% ALD 30"],
    *([" ".join(key), count, share] for key, count, share in CENTRED_ROWS),
]


def test_figures_centred_beside_wrapped_keys_make_rows_with_them() -> None:
    def draw(page: Page) -> None:
        y = page.prose(60, 60, 6)
        _centred_table(page, 60, y + 20)

    (table,) = tables_on(draw)
    assert texts(table) == CENTRED
    assert table.header_rows == 1


def test_a_bold_title_parts_two_tables_under_each_other() -> None:
    def draw(page: Page) -> None:
        page.text(60, 60, "LES ADMISSIONS PAR ÉCHELON", bold=True)
        y = _table(page, 60, 75)
        page.text(60, y + 5, "LES PATHOLOGIES RECONNUES", bold=True)
        _centred_table(page, 60, y + 22)

    first, second = tables_on(draw)
    assert texts(first) == [["Échelon", "2020", "2021"], *(list(row) for row in ROWS)]
    assert texts(second) == CENTRED


def test_a_header_at_the_other_edge_than_its_figures_is_one_column_with_them() -> None:
    def draw(page: Page) -> None:
        for x, text in ((60, "Taux"), (120, "En AT"), (180, "En MP")):
            page.text(x, 100, text)
        for y, row in ((113, ("< 10 %", "1 202", "693")), (126, (">= 10 %", "703", "523"))):
            for x, text in zip((100, 160, 300), row, strict=True):
                page.right(x, y, text)

    (table,) = tables_on(draw)
    assert texts(table) == [["Taux", "En AT", "En MP"], ["< 10 %", "1 202", "693"], [">= 10 %", "703", "523"]]


def _broken_header(page: Page, pitch: float) -> None:
    page.prose(50, 60)
    for x, y, text in ((250, 151, "Nombre d'admissio"), (350, 151, "Part du"), (350, 151 + pitch, "total")):
        page.text(x, y, text)
    page.text(50, 151 + pitch, "Affection")
    page.text(250, 151 + pitch, "ns")
    for k, (name, count, share) in enumerate(
        (("Tumeurs", "3 114", "31,4 %"), ("Diabète", "2 207", "21,0 %"), ("Asthme", "1 305", "12,1 %"))
    ):
        for x, text in ((50, name), (250, count), (350, share)):
            page.text(x, 151 + pitch + 22 * (k + 1), text)


def test_the_end_of_a_broken_header_word_is_no_value() -> None:
    """« ns » right under « admissio » ends the word; as far down as a row, it is a row's mark."""
    (table,) = tables_on(lambda page: _broken_header(page, 11))
    assert (table.header_rows, table.row_count) == (1, 4)
    assert texts(table)[0] == ["Affection", "Nombre d'admissio ns", "Part du total"]
    (apart,) = tables_on(lambda page: _broken_header(page, 22))
    assert apart.row_count == 5
    assert texts(apart)[1] == ["Affection", "ns", "total"]


def test_values_set_near_their_keys_are_cells_of_their_own() -> None:
    """In a narrow column the white before a value is hardly wider than a justified space."""
    rows = (("Admission", "645", "884"), ("Révision", "105", "393"), ("Admissibilité", "991", "644"))

    def draw(page: Page) -> None:
        page.right(117, 100, "Motif")
        page.text(124, 100, "2020")
        page.text(170, 100, "2021")
        for k, (name, a, b) in enumerate(rows):
            page.right(117, 116 + 14 * k, name)
            page.text(124, 116 + 14 * k, a)
            page.text(170, 116 + 14 * k, b)

    (table,) = tables_on(draw)
    assert texts(table) == [["Motif", "2020", "2021"], *(list(row) for row in rows)]


def test_captions_and_notes_stay_outside() -> None:
    def draw(page: Page) -> None:
        page.text(60, 88, "Tableau 3. Avis rendus par échelon, en 2020 et 2021")
        y = _table(page, 60, 102)
        page.text(60, y + 2, "Source : service médical, janvier 2022")

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Échelon", "2020", "2021"]
    assert texts(table)[-1] == list(ROWS[-1])


def test_leader_dots_are_not_text_of_a_cell() -> None:
    def draw(page: Page) -> None:
        page.right(330, 90, "2020")
        page.right(390, 90, "2021")
        for k, (name, a, b) in enumerate(ROWS):
            page.text(60, 104 + 13 * k, f"{name} " + "." * 60)
            page.right(330, 104 + 13 * k, a)
            page.right(390, 104 + 13 * k, b)

    (table,) = tables_on(draw)
    assert texts(table)[1:] == [list(row) for row in ROWS]


def _contents(page: Page) -> None:
    page.text(60, 80, "SOMMAIRE", 14)
    for k, title in enumerate(
        ("Introduction", "Nos missions", "Les prestations", "Le contrôle", "Nos équipes", "Annexes")
    ):
        page.text(60, 110 + 16 * k, f"{k + 1}. {title} " + "." * 70)
        page.right(500, 110 + 16 * k, str(3 + 4 * k))


def _two_columns(page: Page) -> None:
    page.prose(40, 80, 40, size=5.2)
    page.prose(310, 80, 40, size=5.2)


def _list(page: Page) -> None:
    for k, text in enumerate(
        ("12 réunions de coordination", "8 formations", "3 nouveaux services", "des visites")
    ):
        page.text(60, 100 + 14 * k, "•")
        page.text(80, 100 + 14 * k, text)


def _addresses(page: Page) -> None:
    for k, (a, b) in enumerate(
        (
            ("CPAM du Doubs", "CPAM du Jura"),
            ("2 rue Denis Papin", "8 rue des Lilas"),
            ("25000 Besançon", "39000 Lons"),
        )
    ):
        page.text(60, 100 + 13 * k, a)
        page.text(320, 100 + 13 * k, b)


def _footer(page: Page) -> None:
    page.prose(60, 80, 20)
    page.text(60, 800, "Rapport d’activité 2021")
    page.right(540, 800, "12")
    page.text(60, 812, "Service médical")
    page.right(540, 812, "www.exemple.fr")


def _numbered(page: Page) -> None:
    for k, text in enumerate(
        ("Accompagner les patients", "Contrôler à bon droit", "Simplifier l’offre", "Former les équipes")
    ):
        page.text(60, 100 + 18 * k, str(k + 1))
        page.text(90, 100 + 18 * k, text)


def _numbered_with_gaps(page: Page) -> None:
    """Lines of a text by their numbers; those with short lines hold less and are no rows."""
    texts = "si le dossier est reçu", "le service écrit à l’usager"
    for k, number in enumerate((52, 53, 54, 56, 57, 60, 61)):
        page.text(60, 100 + 14 * k, str(number))
        page.text(90 + 6 * (k % 2), 100 + 14 * k, texts[k % 2])


@pytest.mark.parametrize(
    "draw", [_contents, _two_columns, _list, _addresses, _footer, _numbered, _numbered_with_gaps]
)
def test_what_is_no_table(draw) -> None:  # type: ignore[no-untyped-def]
    assert tables_on(draw) == []


def test_marks_of_notes_are_no_pages() -> None:
    """« ² » is a digit to Python, and no number."""

    def draw(page: Page) -> None:
        rows = ("Nord", "12", "²"), ("Sud", "31", "³"), ("Est", "7", "³"), ("Ouest", "9", "³")
        for row, values in enumerate(rows):
            for column, text in enumerate(values):
                page.text([55, 205, 305][column], 114 + 20 * row, text)

    (table,) = tables_on(draw)
    assert texts(table)[1] == ["Sud", "31", "³"]


def test_values_broken_in_narrow_cells_are_one() -> None:
    """« 1 » over « 537 » with the broken key beside it, « 100,00 » over its per cent sign."""
    lines = (
        (("Avis", 50), ("Caisse", 130), ("Assuré", 180), ("Part", 230)),
        (("Admis-", 50), ("645", 130), ("1", 180), ("100,00", 230)),
        (("sion", 50), ("537", 180), ("%", 230)),
        (("Révision", 50), ("105", 130), ("550", 180), ("37,04", 230)),
        (("%", 230),),
        (("Total", 50), ("1", 130), ("2", 180), ("98,59", 230)),
        (("754", 130), ("087", 180), ("%", 230)),
    )  # fmt: skip
    levels = (100, 116, 127, 143, 154, 170, 181)

    def draw(page: Page) -> None:
        for y, line in zip(levels, lines, strict=True):
            for text, x in line:
                page.text(x, y, text)

    (table,) = tables_on(draw)
    assert [[cell.split() for cell in row] for row in texts(table)] == [
        [["Avis"], ["Caisse"], ["Assuré"], ["Part"]],
        [["Admis-", "sion"], ["645"], ["1", "537"], ["100,00", "%"]],
        [["Révision"], ["105"], ["550"], ["37,04", "%"]],
        [["Total"], ["1", "754"], ["2", "087"], ["98,59", "%"]],
    ]


def test_two_columns_a_letter_apart_hold_a_table_in_one() -> None:
    rows = [[f"{name}, secteur {k}", *values] for k in range(1, 4) for name, *values in ROWS]

    def draw(page: Page) -> None:
        for k in range(24):
            if k % 3:
                page.right(
                    288, 60 + 13 * k, f"Le secteur {k} du Littoral reçoit ses assurés tous les jours ouvrés"
                )
            else:  # set out to the column's width
                for j, word in enumerate(("Le", "secteur", "reçoit", "ses", "assurés")):
                    page.right(92 + 49 * j, 60 + 13 * k, word)
        for k, (name, a, b) in enumerate(rows):
            page.text(288 + SIZE, 63 + 19 * k, name)
            page.right(470, 63 + 19 * k, a)
            page.right(540, 63 + 19 * k, b)

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_a_head_and_a_foot_in_the_middle_leave_the_gutter_between_two_columns() -> None:
    """Short lines fill one column and a table the other: nothing but white tells them apart."""
    rows = [[f"{name}, secteur {k}", *values] for k in range(1, 6) for name, *values in ROWS]

    def draw(page: Page) -> None:
        page.centred(297, 30, "Bilan du service médical du Littoral")
        y = page.prose(40, 60, 30, size=5)
        for k in range(12):
            page.text(40, y + 10 + 21 * k, f"Le secteur {k} du Littoral")
        for k, (name, a, b) in enumerate(rows):
            page.text(330, 63 + 23 * k, name)
            page.right(470, 63 + 23 * k, a)
            page.right(540, 63 + 23 * k, b)
        page.centred(297, 570, "page 3 sur 18, bilan du service")

    (table,) = tables_on(draw, size=(595, 595))
    assert texts(table) == rows
