"""Tables whose cells rulings or backgrounds part."""

from __future__ import annotations

from itertools import pairwise

from reportlab.pdfbase.pdfmetrics import stringWidth

from .drawing import Page, tables_on, texts


def _staff(page: Page) -> None:
    page.prose(50, 60)
    page.grid([50, 200, 300, 400], [150, 170, 190, 210])
    for row, values in enumerate(
        (("Échelon", "2020", "2021"), ("Doubs", "1 204", "1 310"), ("Jura", "402", "398"))
    ):
        for column, text in enumerate(values):
            page.text([55, 205, 305][column], 164 + 20 * row, text)
    page.prose(50, 260)


def test_a_full_grid_is_read_cell_by_cell() -> None:
    (table,) = tables_on(_staff)
    assert texts(table) == [["Échelon", "2020", "2021"], ["Doubs", "1 204", "1 310"], ["Jura", "402", "398"]]
    assert (table.detector, table.header_rows, table.header_columns) == ("rulings", 1, 1)
    assert table.confidence > 0.9


def test_a_grid_drawn_within_a_cell_is_part_of_the_cell() -> None:
    def draw(page: Page) -> None:
        page.grid([50, 200, 320, 440], [100, 120, 180, 240])
        for row, values in enumerate((("Secteur", "Plan", "Visites"), ("Nord", "", "12"), ("Sud", "", "31"))):
            for column, text in enumerate(values):
                page.text([55, 205, 325][column], [114, 150, 210][row], text)
        for top in (130, 190):
            page.grid([225, 255, 285], [top, top + 20, top + 40])
            for k, letter in enumerate("ABCD"):
                page.text(235 + 30 * (k % 2), top + 14 + 20 * (k // 2), letter)

    (table,) = tables_on(draw)
    assert (table.row_count, table.column_count) == (3, 3)
    assert {cell.text for cell in table.cells} == {
        *("Secteur", "Plan", "Visites", "Nord", "Sud", "A B C D", "12", "31")
    }


def test_a_cell_without_an_inner_line_is_merged() -> None:
    def draw(page: Page) -> None:
        for y in (100, 140, 160, 180):
            page.line(50, y, 450, y)
        page.line(150, 120, 450, 120)
        for x in (50, 150, 450):
            page.line(x, 100, x, 180)
        for x in (250, 350):
            page.line(x, 120, x, 180)
        page.text(60, 122, "Échelon")
        page.centred(300, 114, "Avis rendus")
        for k, year in enumerate(("2019", "2020", "2021")):
            page.centred(200 + 100 * k, 134, year)
            page.right(240 + 100 * k, 154, f"1 20{k}")
            page.right(240 + 100 * k, 174, f"98{k}")
        page.text(60, 154, "Doubs")
        page.text(60, 174, "Jura")

    (table,) = tables_on(draw)
    spans = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["Avis rendus"] == (0, 1, 1, 3)
    assert spans["Échelon"] == (0, 0, 2, 1)
    assert spans["1 202"] == (2, 3, 1, 1)
    assert table.header_rows == 2


def test_a_box_with_columns_but_no_lines_between_rows_is_parted_by_its_text() -> None:
    def draw(page: Page) -> None:
        page.grid([50, 200, 300, 400], [100, 120, 190])
        page.text(55, 114, "Échelon")
        page.text(205, 114, "2020")
        page.text(305, 114, "2021")
        for k, (name, a, b) in enumerate(
            (("Doubs", "1 204", "1 310"), ("Jura", "402", "398"), ("Nièvre", "7", "9"))
        ):
            page.text(55, 135 + 20 * k, name)
            page.text(205, 135 + 20 * k, a)
            page.text(305, 135 + 20 * k, b)

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == ["Échelon", "Doubs", "Jura", "Nièvre"]
    assert texts(table)[2] == ["Jura", "402", "398"]


def test_a_cell_of_several_lines_stays_one_cell() -> None:
    def draw(page: Page) -> None:
        page.grid([50, 250, 350], [100, 120, 150, 170])
        page.text(55, 114, "Pathologie")
        page.text(255, 114, "Admissions")
        page.text(55, 132, "Tumeur maligne, affection maligne du")
        page.text(55, 143, "tissu lymphatique ou hématopoïétique")
        page.text(255, 138, "16 881")
        page.text(55, 164, "Diabète")
        page.text(255, 164, "11 487")

    (table,) = tables_on(draw)
    assert table.row_count == 3
    long = next(cell for cell in table.cells if cell.text.startswith("Tumeur"))
    assert long.text.endswith("hématopoïétique")
    assert long.box.height > 15  # of two lines


def test_cell_backgrounds_make_a_grid() -> None:
    def draw(page: Page) -> None:
        for row in range(3):
            for column in range(3):
                page.fill(
                    50 + 101 * column, 100 + 21 * row, 150 + 101 * column, 120 + 21 * row, 0.9 - 0.1 * row
                )
        for row, values in enumerate(
            (("", "Avis", "Délai"), ("ALD", "63 738", "3,1 j"), ("AT", "2 204", "30,5 j"))
        ):
            for column, text in enumerate(values):
                page.text(55 + 101 * column, 114 + 21 * row, text)

    (table,) = tables_on(draw)
    assert texts(table)[1:] == [["ALD", "63 738", "3,1 j"], ["AT", "2 204", "30,5 j"]]
    assert table.header_rows == 1


def test_a_ruling_parts_words_that_touch() -> None:
    def draw(page: Page) -> None:
        page.grid([50, 100, 150, 200], [100, 120, 140])
        for row, y in enumerate((114, 134)):
            page.canvas.setFont("Helvetica", 9)
            page.canvas.drawString(
                60, page.height - y, "11111111111111111111111" if row else "aaaaaaaaaaaaaaaaaaaaaaa"
            )

    (table,) = tables_on(draw)
    assert table.column_count == 3
    assert all(len(text) > 3 for row in texts(table) for text in row)
    assert sum(len(text) for text in texts(table)[0]) == 23


def test_boxes_underlines_and_frames_are_no_tables() -> None:
    def draw(page: Page) -> None:
        page.grid([40, 550], [40, 800])  # a frame around the page
        y = page.prose(60, 80)
        page.line(60, y - 9, 200, y - 9)  # an underline
        page.grid([60, 300], [200, 260])  # a box around a note
        page.text(70, 230, "À retenir : le délai moyen est de 5,1 jours")
        page.line(60, 300, 540, 300)
        page.line(60, 760, 540, 760)
        page.prose(60, 320)

    assert tables_on(draw) == []


def test_a_bar_chart_on_its_grid_is_no_table() -> None:
    def draw(page: Page) -> None:
        for k in range(6):
            y = 300 - 30 * k
            page.line(100, y, 400, y)
            page.right(95, y + 3, f"{k * 500}")
        for k in range(5):
            page.line(100 + 75 * k, 150, 100 + 75 * k, 300)
        for k, value in enumerate((1204, 1310, 980, 2100)):
            page.fill(115 + 75 * k, 300 - value * 0.06, 160 + 75 * k, 300, 0.5)
            page.centred(137 + 75 * k, 296 - value * 0.06, str(value))
            page.centred(137 + 75 * k, 312, str(2018 + k))

    assert tables_on(draw) == []


def test_level_rulings_alone_part_the_rows() -> None:
    def draw(page: Page) -> None:
        ys = [100, 130, 150, 180, 200]
        for y in ys:
            page.line(50, y, 400, y)
        page.text(55, 118, "Risque")
        page.text(230, 113, "Avis")
        page.text(230, 124, "rendus")
        page.text(330, 118, "2021")
        page.text(55, 144, "Maladie")
        page.right(260, 144, "1 310")
        page.right(360, 144, "91,4 %")
        page.text(55, 163, "Accidents du travail et")
        page.text(55, 174, "Maladies professionnelles")
        page.right(260, 169, "2 204")
        page.right(360, 169, "77,7 %")
        page.text(55, 194, "Invalidité")
        page.right(260, 194, "402")
        page.right(360, 194, "84,0 %")

    (table,) = tables_on(draw)
    assert table.detector == "rulings"
    assert texts(table) == [
        ["Risque", "Avis rendus", "2021"],
        ["Maladie", "1 310", "91,4 %"],
        ["Accidents du travail et Maladies professionnelles", "2 204", "77,7 %"],
        ["Invalidité", "402", "84,0 %"],
    ]


def test_a_shaded_header_is_not_the_whole_table() -> None:
    def draw(page: Page) -> None:
        for column in range(3):
            for row in range(2):
                page.fill(50 + 101 * column, 100 + 21 * row, 150 + 101 * column, 120 + 21 * row)
        rows = (
            ("", "Avis", "Délai"),
            ("", "2021", "2021"),
            ("ALD", "63 738", "3,1 j"),
            ("AT", "2 204", "30,5 j"),
        )
        for row, values in enumerate(rows):
            for column, text in enumerate(values):
                page.text(55 + 101 * column, 114 + 21 * row, text)

    (table,) = tables_on(draw)
    assert texts(table)[-1] == ["AT", "2 204", "30,5 j"]


def test_words_under_a_marker_pen_are_no_table() -> None:
    def draw(page: Page) -> None:
        page.prose(60, 80)
        for k, text in enumerate(("12 réunions", "8 formations", "3 visites")):
            width = page.canvas.stringWidth(text, "Helvetica", 9)
            page.fill(60, 200 + 12 * k, 60 + width, 212 + 12 * k)
            page.fill(200, 200 + 12 * k, 200 + width, 212 + 12 * k)
            page.text(60, 209 + 12 * k, text)
            page.text(200, 209 + 12 * k, text)

    assert [table for table in tables_on(draw) if table.detector == "rulings"] == []


def test_level_rulings_under_the_title_of_another_table_part_it_from_the_one_above() -> None:
    """Every row is underlined, both tables are as wide, and prose stands beside them in a second column."""
    first = (("Motif", "Avis", "Part"), ("Maladie", "1 204", "31 %"), ("Accident", "98", "3 %"),
             ("Maternité", "402", "10 %"))  # fmt: skip
    second = (("", "", "Cat. 1", "Cat. 2", "Total"), ("Caisse", "Admission", "645", "884", "1 537"),
              ("", "Révision", "105", "393", "550"), ("Assuré", "Admission", "991", "644", "1 664"),
              ("", "Révision", "13", "267", "285"))  # fmt: skip

    def draw(page: Page) -> None:
        page.text(50, 100, "Les motifs")
        for k, row in enumerate(first):
            for x, text in zip((50, 160, 220), row, strict=True):
                page.text(x, 114 + 16 * k, text)
            page.line(50, 119 + 16 * k, 290, 119 + 16 * k)
        page.text(50, 184, "L'invalidité")
        for k, line in enumerate(second):
            for x, text in zip((50, 100, 160, 200, 240), line, strict=True):
                page.text(x, 200 + 16 * k, text)
            page.line(50, 205 + 16 * k, 290, 205 + 16 * k)
        for k in range(12):
            page.text(320, 104 + 14 * k, "Des avis rendus par les échelons locaux de la région")

    tables = tables_on(draw)
    assert [texts(table) for table in tables] == [[list(row) for row in first], [list(row) for row in second]]


def test_a_raised_unit_stays_with_its_value_beside_a_wrapped_key() -> None:
    def draw(page: Page) -> None:
        page.prose(50, 60)
        page.grid([50, 250, 350, 450], [150, 172, 214, 236])
        for k, text in enumerate(("Tarifs", "2020", "2021")):
            page.text((55, 255, 355)[k], 164, text)
        page.text(55, 187, "Entretien des fossés et des", 10)
        page.text(55, 202, "canaux (syndicat)", 10)
        page.text(55, 228, "Autre", 10)
        for x, wrapped, other in ((270, "0,412 €/m", "1 €/m"), (370, "0,427 €/m", "2 €/m")):
            for y, text in ((194, wrapped), (228, other)):
                page.text(x, y, text, 10)
                page.text(x + stringWidth(text, "Helvetica", 10), y - 4, "3", 6)
        page.prose(50, 280)

    (table,) = tables_on(draw)
    assert texts(table)[1:] == [
        ["Entretien des fossés et des canaux (syndicat)", "0,412 €/m 3", "0,427 €/m 3"],
        ["Autre", "1 €/m 3", "2 €/m 3"],
    ]


def test_keys_beside_the_name_of_their_group_stay_apart_where_only_their_figures_are_ruled() -> None:
    rows = (("Forfait [€/an]", "19,83", "20,00"), ("Frais de port [€/kg]", "0,45", "0,47"))

    def draw(page: Page) -> None:
        page.grid([50, 150, 300, 380, 460], [100, 120, 165, 210])
        for x, text in ((155, "Poste"), (305, "2020"), (385, "2021")):
            page.text(x, 114, text)
        for y, group in ((134, "Siège"), (179, "Antennes")):
            page.text(55, y, group)
            page.line(300, y + 8, 460, y + 8)
            for k, row in enumerate(rows):
                for x, text in zip((155, 305, 385), row, strict=True):
                    page.text(x, y + 22 * k, text)

    (table,) = tables_on(draw)
    assert [row[:3] for row in texts(table)[1:]] == [
        ["Siège", "Forfait [€/an]", "19,83"],
        ["", "Frais de port [€/kg]", "0,45"],
        ["Antennes", "Forfait [€/an]", "19,83"],
        ["", "Frais de port [€/kg]", "0,45"],
    ]


def test_thousands_broken_in_a_ruled_cell_beside_broken_shares_are_one_figure() -> None:
    rows = [("Vannes", "37 615", "28,6 %"), ("Biefs", "15/894", "43,9/%"), ("Digues", "12", "7,5 %")]

    def draw(page: Page) -> None:
        page.grid([50, 150, 190, 230], [60, 80, 100, 130, 150])
        for x, name in zip((55, 155, 195), ("Ouvrage", "Visites", "Part"), strict=True):
            page.text(x, 74, name)
        for y, (name, *values) in zip((94, 117, 144), rows, strict=True):
            page.text(55, y, name)
            for x, value in zip((186, 226), values, strict=True):
                first, *rest = value.split("/")
                page.right(x, y - 5 if rest else y, first)
                for more in rest:
                    page.right(x, y + 6, more)

    (table,) = tables_on(draw)
    assert texts(table)[1:] == [[cell.replace("/", " ") for cell in row] for row in rows]


def test_a_band_behind_a_header_with_an_empty_corner_parts_it_from_the_first_row() -> None:
    """The cells of the band have a background each; below it rulings alone part the rows."""
    edges = [60, 160, 240, 320, 400, 480]
    rows = [
        ("À la demande", "Plants", "645", "8", "10 537"),
        ("", "Boutures", "105", "52", "550"),
        ("À l'initiative", "Plants", "991", "29", "2 664"),
        ("", "Boutures", "13", "5", "285"),
        ("Ensemble", "", "1 754", "94", "5 036"),
    ]

    def draw(page: Page) -> None:
        for x0, x1 in pairwise(edges):
            page.fill(x0, 100, x1, 114)
        for k, name in enumerate(("Cat. 1", "Cat. 2", "Total")):
            page.centred(280 + 80 * k, 111, name)
        for k, row in enumerate(rows):
            page.text(62, 125 + 15 * k, row[0])
            page.text(162, 125 + 15 * k, row[1])
            for j, value in enumerate(row[2:]):
                page.centred(280 + 80 * j, 125 + 15 * k, value)
            page.line(60, 129 + 15 * k, 480, 129 + 15 * k)

    (table,) = tables_on(draw)
    assert texts(table) == [["", "", "Cat. 1", "Cat. 2", "Total"], *map(list, rows)]


def test_names_in_a_band_stand_before_their_values() -> None:
    rows = [("< 10 %", "1 202", "693"), ("10 à 20 %", "703", "523"), ("> 20 %", "88", "41")]

    def draw(page: Page) -> None:
        for x0, x1 in pairwise([236, 290, 336, 430]):
            page.fill(x0, 100, x1, 114)
        for x, name in ((240, "Taux"), (297, "Verger"), (341, "Rivage du sud")):
            page.text(x, 110, name)
        for k, row in enumerate(rows):
            page.text(240, 125 + 15 * k, row[0])
            page.right(332, 125 + 15 * k, row[1])
            page.right(424, 125 + 15 * k, row[2])
            page.line(236, 129 + 15 * k, 430, 129 + 15 * k)

    (table,) = tables_on(draw)
    assert texts(table) == [["Taux", "Verger", "Rivage du sud"], *map(list, rows)]
