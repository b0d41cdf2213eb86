"""Tables in the styles of statistical offices, drawn here: what is seen must be what was drawn."""

from __future__ import annotations

import pytest

from rapextract.read.pdf.tables import Area, FoundCell, FoundTable
from rapextract.read.pdf.tables.vet import cuts_words

from .drawing import Page, tables_on, texts

NAMES = ("Ardenne", "Beauce", "Camargue", "Drouais", "Émilie", "Forez")
VALUES = (204.5, 31.7, 9.4, 118.2, 77.0, 5.8)


def _figures(row: int, count: int) -> list[str]:
    return [f"{VALUES[row] + 13 * k:.1f}" for k in range(count)]


def _body(page: Page, x: float, y: float, ends: list[float], rows: int = 6, step: float = 13) -> float:
    """Rows of a name and figures set flush right at `ends`; where the next row would stand."""
    for row in range(rows):
        page.text(x, y, NAMES[row])
        for end, value in zip(ends, _figures(row, len(ends)), strict=True):
            page.right(end, y, value)
        y += step
    return y


def _spans(table: FoundTable, row: int) -> dict[str, tuple[int, int]]:
    return {cell.text: (cell.column, cell.column_span) for cell in table.cells if cell.row == row}


def test_headers_centred_over_figures_set_flush_right() -> None:
    ends = [260.0, 320.0, 380.0, 440.0]

    def draw(page: Page) -> None:
        for x, text in ((265, "Hommes"), (385, "Femmes")):
            page.centred(x, 100, text)
            page.line(x - 50, 104, x + 50, 104)
        page.text(60, 114, "Pays")
        for end, text in zip(ends, ("N", "%", "N", "%"), strict=True):
            page.centred(end - 25, 114, text)
        _body(page, 60, 130, ends)

    (table,) = tables_on(draw)
    assert _spans(table, 0) == {"Hommes": (1, 2), "Femmes": (3, 2)}
    assert texts(table)[1] == ["Pays", "N", "%", "N", "%"]
    assert texts(table)[2] == ["Ardenne", *_figures(0, 4)]
    assert table.header_rows == 2


def test_wrapped_headers_that_end_on_one_line() -> None:
    ends = [200.0, 290.0, 380.0]

    def draw(page: Page) -> None:
        for end, lines in zip(
            ends, (("", "Décès"), ("Cas pour", "100 000 habitants"), ("Âge", "médian")), strict=True
        ):
            for k, text in enumerate(lines):
                page.right(end, 100 + 11 * k, text)
        page.text(60, 111, "Pays")
        _body(page, 60, 128, ends)

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Pays", "Décès", "Cas pour 100 000 habitants", "Âge médian"]
    assert len(texts(table)) == 7


def test_a_line_centred_over_the_whole_table_names_a_group_of_rows() -> None:
    ends = [260.0, 330.0, 400.0]

    def draw(page: Page) -> None:
        page.text(60, 100, "Âge")
        for end, year in zip(ends, ("2019", "2020", "2021"), strict=True):
            page.right(end, 100, year)
        page.centred(230, 113, "HOMMES")
        y = _body(page, 60, 126, ends, rows=3)
        page.centred(230, y, "FEMMES")
        _body(page, 60, y + 13, ends, rows=3)

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == ["Âge", "HOMMES", *NAMES[:3], "FEMMES", *NAMES[:3]]
    assert _spans(table, 5) == {"FEMMES": (0, 4)}


def test_level_rulings_part_rows_of_wrapped_text() -> None:
    cells = (
        ("Mesure", "Description", "Partenaires"),
        ("Accueil", "Ouverture d'un guichet dans|chaque canton de la plaine", "Mairies"),
        ("Transport", "Navette du mercredi", "Département, lycées|et associations"),
        ("Santé", "Visites à domicile et dépistage|des maladies des yeux", "Caisse primaire"),
        ("Logement", "Travaux d'isolation", "Agence locale"),
    )

    def draw(page: Page) -> None:
        y = 100.0
        page.line(60, y, 460, y)
        for row in cells:
            for x, text in zip((64, 150, 330), row, strict=True):
                for k, line in enumerate(text.split("|")):
                    page.text(x, y + 11 + 11 * k, line)
            y += 16 + 11 * max(text.count("|") for text in row)
            page.line(60, y, 460, y)

    (table,) = tables_on(draw)
    assert table.detector == "rulings"
    assert texts(table) == [[text.replace("|", " ") for text in row] for row in cells]


def test_a_header_above_the_first_ruling_belongs_to_the_table() -> None:
    ends = [220.0, 290.0, 360.0]

    def draw(page: Page) -> None:
        for end, text in zip(ends, ("Lundi", "Mardi", "Jeudi"), strict=True):
            page.right(end, 100, text)
        page.text(60, 100, "Lieu")
        _body(page, 60, 116, ends, step=16)
        for k in range(7):
            page.line(56, 105 + 16 * k, 370, 105 + 16 * k)

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Lieu", "Lundi", "Mardi", "Jeudi"]
    assert texts(table)[1] == ["Ardenne", *_figures(0, 3)]


def test_tables_side_by_side_with_a_caption_each_are_two() -> None:
    def draw(page: Page) -> None:
        for x, caption in ((60, "Tableau 1. Arrivées"), (330, "Tableau 2. Départs")):
            page.text(x, 100, caption)
            page.text(x, 116, "Mois")
            for end, year in ((x + 120, "2020"), (x + 180, "2021")):
                page.right(end, 116, year)
            _body(page, x, 129, [x + 120, x + 180])

    found = tables_on(draw)
    assert [table.column_count for table in found] == [3, 3]
    assert texts(found[1])[1] == ["Ardenne", *_figures(0, 2)]


def test_tables_side_by_side_of_which_one_ends_earlier_are_two() -> None:
    def draw(page: Page) -> None:
        for x, key, rows in ((60, "Mois", 6), (330, "Issue", 3)):
            page.text(x, 116, key)
            for end, head in ((x + 120, "Nombre"), (x + 180, "Part")):
                page.right(end, 116, head)
            _body(page, x, 129, [x + 120, x + 180], rows=rows)

    found = tables_on(draw)
    assert [(table.row_count, table.column_count) for table in found] == [(7, 3), (4, 3)]


def test_a_list_in_two_pairs_of_columns_is_one_table() -> None:
    def draw(page: Page) -> None:
        for x in (60, 260):
            page.text(x, 116, "Pays")
            page.right(x + 120, 116, "Cas")
        for x, rows in ((60, 6), (260, 4)):
            _body(page, x, 129, [x + 120.0], rows=rows)

    (table,) = tables_on(draw)
    assert (table.row_count, table.column_count) == (7, 4)


def test_the_header_below_a_chart_is_no_part_of_the_chart() -> None:
    ends = [260.0, 330.0, 400.0]

    def draw(page: Page) -> None:
        for k, value in enumerate(("400", "300", "200", "100", "0")):
            page.right(80, 100 + 25 * k, value)
            page.fill(100 + 40 * k, 110 + 15 * k, 120 + 40 * k, 200)
        page.text(60, 222, "Tableau 3. Arrivées")
        page.text(60, 240, "Pays")
        for end, year in zip(ends, ("2019", "2020", "2021"), strict=True):
            page.right(end, 240, year)
        _body(page, 60, 253, ends)

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Pays", "2019", "2020", "2021"]


def test_figures_with_equal_steps_beside_their_names_are_no_scale() -> None:
    def draw(page: Page) -> None:
        page.text(60, 100, "Enseigne")
        page.right(230, 100, "Part")
        page.right(320, 100, "Articles")
        for k, (name, part) in enumerate(
            zip(NAMES, ("17.9", "15.7", "15.4", "15.1", "14.8", "9.2"), strict=True)
        ):
            page.text(60, 113 + 13 * k, name)
            page.right(230, 113 + 13 * k, part)
            page.right(320, 113 + 13 * k, str(1500 - 37 * k * k))

    (table,) = tables_on(draw)
    assert [row[1] for row in texts(table)] == ["Part", "17.9", "15.7", "15.4", "15.1", "14.8", "9.2"]


def test_a_wrapped_header_cell_over_three_rulings_stays_one_cell() -> None:
    def draw(page: Page) -> None:
        for y in (100, 170, 186, 202):
            page.line(60, y, 400, y)
        for y, x in ((122, 160), (146, 240)):
            page.line(x, y, 400, y)
        for x, top in ((60, 100), (160, 100), (240, 122), (320, 146), (400, 100)):
            page.line(x, top, x, 202)
        page.text(64, 132, "État")
        page.text(64, 143, "membre")
        page.centred(280, 114, "Quotas")
        page.centred(200, 149, "2008")
        page.centred(320, 137, "2009")
        page.centred(280, 161, "Initial")
        page.centred(360, 161, "Révisé")
        for k, name in enumerate(NAMES[:2]):
            page.text(64, 182 + 16 * k, name)
            for end, value in zip((235, 315, 395), _figures(k, 3), strict=True):
                page.right(end, 182 + 16 * k, value)

    (table,) = tables_on(draw)
    spans = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["État membre"] == (0, 0, 3, 1)
    assert spans["2008"] == (1, 1, 2, 1)
    assert spans["2009"] == (1, 2, 1, 2)
    assert table.row_count == 5


def test_double_rulings_that_break_the_upright_one_do_not_part_a_table() -> None:
    def draw(page: Page) -> None:
        for y in (100, 118, 122, 200, 204):
            page.line(60, y, 400, y)
        for top, bottom in ((100, 118), (122, 200), (204, 220)):
            page.line(150, top, 150, bottom)
        page.right(240, 112, "Nombre")
        page.right(330, 112, "Part")
        _body(page, 64, 133, [240, 330])
        page.text(64, 215, "Total")
        page.right(240, 215, "900.1")
        page.right(330, 215, "100.0")

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["", "Nombre", "Part"]
    assert texts(table)[-1] == ["Total", "900.1", "100.0"]


def test_keys_set_in_far_are_one_column_with_the_others() -> None:
    ends = [260.0, 330.0]

    def draw(page: Page) -> None:
        y = 100.0
        for end, year in zip(ends, ("2020", "2021"), strict=True):
            page.right(end, y, year)
        for row, name in enumerate(NAMES):
            y += 13
            page.text(60 if row % 3 == 0 else 140, y, name)
            for end, value in zip(ends, _figures(row, 2), strict=True):
                page.right(end, y, value)

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == ["", *NAMES]


@pytest.mark.parametrize(
    ("bold", "names"),
    [(True, ("Pôle", "Visites", "Part")), (False, ("", "Cat. A", "Cat. B", "Cat. C", "Tout"))],
)
def test_names_amid_rulings_of_one_length_begin_another_table(bold: bool, names: tuple[str, ...]) -> None:
    """Rulings stand below the rows alone, and a title or nothing stands between the two tables."""
    ends = (190, 270, 350, 430) if len(names) == 5 else (300, 430)
    first = [("Site", "Dossiers", "Délai"), ("Nord", "1 204", "12"), ("Sud", "987", "9"), ("Est", "402", "7")]
    second = [names, *((f"Pôle {k}", *(str(41 * k + j) for j in range(len(ends)))) for k in range(1, 5))]

    def draw(page: Page) -> None:
        y = 100.0
        for rows, edges in ((first, (280, 420)), (second, ends)):
            for k, (key, *values) in enumerate(rows):
                page.text(60, y, key, bold=bold and not k)
                for x, value in zip(edges, values, strict=True):
                    if k:
                        page.right(x, y, value)
                    else:
                        page.text(x - 40, y, value, bold=bold)
                page.line(55, y + 5, 440, y + 5)
                y += 18

    above, below = tables_on(draw)
    assert texts(above)[1:] == [list(row) for row in first[1:]]
    assert texts(below) == [list(row) for row in second]


def test_white_between_two_rulings_of_one_length_ends_a_table() -> None:
    first = [("Site", "Dossiers", "Délai"), ("Nord", "1 204", "12"), ("Sud", "987", "9"), ("Est", "402", "7")]
    second = [("Pôle", "Cat. A", "Cat. B", "Tout"), ("Un", "41", "43", "84"), ("Deux", "36", "3", "39")]

    def draw(page: Page) -> None:
        y = 100.0
        for rows, ends in ((first, (360, 430)), (second, (250, 340, 430))):
            page.line(55, y - 12, 440, y - 12)
            page.line(55, y + 5, 440, y + 5)
            for key, *values in rows:
                page.text(60, y, key)
                for x, value in zip(ends, values, strict=True):
                    page.right(x, y, value)
                y += 18
            page.line(55, y - 13, 440, y - 13)
            y += 4

    assert [texts(table) for table in tables_on(draw)] == [
        [list(row) for row in rows] for rows in (first, second)
    ]


def test_rulings_side_by_side_at_levels_of_their_own_frame_two_page_columns() -> None:
    """No prose tells the columns: one table goes on from the first to the second, its header repeated."""
    rows = [(f"Part des dossiers du site {k} traités", f"{10 + 3 * k},0 %") for k in range(1, 15)]

    def draw(page: Page) -> None:
        for left, y, own in ((50, 100.0, rows[:9]), (320, 91.0, rows[9:])):
            page.line(left, y - 11, left + 220, y - 11)
            page.text(left + 5, y, "Indicateur")
            page.right(left + 215, y, "Atteinte")
            page.line(left, y + 5, left + 220, y + 5)
            for key, value in own:
                y += 18
                page.text(left + 5, y, key)
                page.right(left + 215, y, value)
        page.line(320, y + 5, 540, y + 5)

    said = [row for table in tables_on(draw) for row in texts(table) if row[0] != "Indicateur"]
    assert said == [list(row) for row in rows]


def test_capitals_with_room_beside_them_name_a_group_and_begin_no_label() -> None:
    rows = (
        ("AV", ""),
        ("poiriers", "7"),
        ("cognassiers", "2"),
        ("PM", ""),
        ("néfliers", "3"),
        ("pommiers", "21"),
    )

    def draw(page: Page) -> None:
        for row, (name, value) in enumerate(rows):
            page.text(60, 100 + 12 * row, name)
            page.right(280, 100 + 12 * row, value)
            for x in range(130, 260, 6):
                page.text(x, 100 + 12 * row, "." if value else "")

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == [name for name, _ in rows]


def test_lines_of_text_that_break_words_are_no_rows() -> None:
    def table(*rows: tuple[str, str]) -> FoundTable:
        cells = tuple(
            FoundCell(row, column, 1, 1, Area(60, 12 * row, 90, 12 * row + 12), (), text, 1)
            for row, held in enumerate(rows)
            for column, text in enumerate(held)
        )
        return FoundTable(Area(60, 0, 90, 36), 3, 2, cells, (60, 75, 90), "alignment", 0.4, 1)

    assert cuts_words(
        table(("Le verger", "a repris"), ("Viaducs", "son ate-"), ("Moulins", "lier de printemps"))
    )
    assert not cuts_words(
        table(("Verger", "ouvert"), ("Atelier -", "fermé"), ("rivages", "Nord-"), ("Port", "Sud"))
    )
