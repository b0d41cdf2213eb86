"""Tables as annexes of budgets, accounts and surveys set them: what is seen must be what was drawn here."""

from __future__ import annotations

import pytest

from rapextract.read.pdf.tables import FoundTable
from rapextract.read.pdf.tables.regions import CAPTION

from .drawing import Page, tables_on, texts

KEYS = ("Orge", "Blé tendre", "Colza", "Tournesol", "Pommes de terre", "Vigne")
ENDS = (260.0, 340.0, 420.0)
TEXTS = (
    "On y compte les semis de printemps et ceux de l'automne",
    "Le relevé se fait au bord du champ avant la moisson",
    "Ce que les moulins ont reçu, pailles et issues comprises",
    "Les surfaces se lisent sur le plan que tient la commune",
)


def _rows(
    page: Page, y: float, ends: tuple[float, ...] = ENDS, keys: tuple[str, ...] = KEYS
) -> list[list[str]]:
    """Rows of a key and figures set flush right, twelve points apart; their texts."""
    rows = []
    for k, key in enumerate(keys):
        values = [f"{k * 7 + 13 * j}.{j}" for j in range(1, len(ends) + 1)]
        page.text(60, y + 12 * k, key)
        for end, value in zip(ends, values, strict=True):
            page.right(end, y + 12 * k, value)
        rows.append([key, *values])
    return rows


def _cells(table: FoundTable) -> dict[str, tuple[int, int, int]]:
    """Row, column and column span of each text that stands in one cell only."""
    return {cell.text: (cell.row, cell.column, cell.column_span) for cell in table.cells}


@pytest.mark.parametrize("key", ["Cartel", "Graphite", "Maple", "Boxer", "table de chêne"])
def test_a_key_that_begins_as_a_caption_does_ends_no_table(key: str) -> None:
    assert CAPTION.match(key) is None
    rows = []

    def draw(page: Page) -> None:
        rows.extend(_rows(page, 100, keys=(*KEYS[:3], key, *KEYS[3:])))

    (table,) = tables_on(draw)
    assert texts(table) == rows


@pytest.mark.parametrize(
    "caption", ["Table 4. Récoltes", "TABLEAU B-2", "Figure IV", "Carte n° 12", "Source : mairie"]
)
def test_captions_are_known(caption: str) -> None:
    assert CAPTION.match(caption) is not None


def test_sums_of_money_nearer_than_words_are_two_columns() -> None:
    rows = []

    def draw(page: Page) -> None:
        for k, key in enumerate(KEYS):
            values = [f"${200 + 37 * k + 100 * j}" for j in range(3)]
            page.text(60, 100 + 12 * k, key)
            for j, value in enumerate(values):
                page.right(220 + 26 * j, 100 + 12 * k, value)
            rows.append([key, *values])

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_a_line_right_of_a_caption_is_no_second_line_of_it() -> None:
    def draw(page: Page) -> None:
        page.text(60, 86, "Table 3. Récoltes")
        page.right(420, 98, "Part")
        for end, name in zip(ENDS, ("Semé", "Récolté", "vendue"), strict=True):
            page.right(end, 109, name)
        _rows(page, 124)

    (table,) = tables_on(draw)
    assert _cells(table)["Part vendue"] == (0, 3, 1)


def test_tables_of_years_side_by_side_are_two() -> None:
    def draw(page: Page) -> None:
        for x, name in ((60, "Table 1. Semis"), (330, "Table 2. Moissons")):
            page.text(x, 80, name)
            for k in range(8 if x == 60 else 12):
                page.text(x, 100 + 12 * k, str(1990 + k))
                page.right(x + 100, 100 + 12 * k, f"{31 + 7 * k}.4")
                page.right(x + 160, 100 + 12 * k, f"{12 + 3 * k}.9")

    found = tables_on(draw)
    assert [(table.row_count, table.column_count) for table in found] == [(8, 3), (12, 3)]


def test_one_upright_ruling_below_a_name_over_two_columns_begins_a_row() -> None:
    xs = [60.0, 180.0, 260.0, 340.0]

    def draw(page: Page) -> None:
        for x in (xs[0], xs[1], xs[3]):
            page.line(x, 100, x, 190)
        page.line(xs[2], 116, xs[2], 190)
        for y in (100, 132, *range(144, 191, 12)):
            page.line(xs[0], y, xs[-1], y)
        page.centred(260, 111, "Valeur limite")
        page.centred(220, 127, "Jour")
        page.centred(300, 127, "Nuit")
        for k in range(4):
            page.text(64, 141 + 12 * k, KEYS[k])
            page.right(250, 141 + 12 * k, f"{k + 3}.2")
            page.right(330, 141 + 12 * k, f"{k + 5}.1")

    (table,) = tables_on(draw)
    assert _cells(table)["Valeur limite"] == (0, 1, 2)
    assert _cells(table)["Jour"] == (1, 1, 1)


def test_titles_among_the_rows_break_upright_rulings() -> None:
    xs = [60.0, 160.0, 230.0, 300.0]
    titles = {1: "Nombre de fermes", 5: "Part des fermes"}

    def draw(page: Page) -> None:
        for y in (90, 104, 104 + 10 * 12 + 2):
            page.line(xs[0], y, xs[-1], y)
        for x in (xs[0], xs[-1]):
            page.line(x, 90, x, 104 + 10 * 12 + 2)
        for j, name in enumerate(("Culture", "1990", "2000")):
            page.centred((xs[j] + xs[j + 1]) / 2, 100, name)
        for row in range(10):
            y = 102 + 12 * row
            if row in titles:
                page.centred(180, y + 10, titles[row])
                continue
            for x in xs[1:-1]:
                page.line(x, 90 if row == 0 else y, x, 104 if row == 0 else y + 12)
            if row:
                page.text(64, y + 10, KEYS[row % 6])
                page.right(220, y + 10, f"{row * 31 + 4}")
                page.right(290, y + 10, f"{row * 17 + 9}")

    (table,) = tables_on(draw)
    assert table.row_count == 10
    assert _cells(table)["Nombre de fermes"] == (1, 0, 3)
    assert _cells(table)["Part des fermes"] == (5, 0, 3)


def test_names_span_groups_of_two_and_of_three() -> None:
    ends = (180.0, 240.0, 300.0, 360.0, 420.0)

    def draw(page: Page) -> None:
        page.centred(200, 100, "Admis")
        page.centred(350, 100, "Refusés")
        for end, year in zip(ends, ("1998", "1999", "1998", "1999", "2000"), strict=True):
            page.right(end, 113, year)
        _rows(page, 130, ends)

    (table,) = tables_on(draw)
    assert _cells(table)["Admis"] == (0, 1, 2)
    assert _cells(table)["Refusés"] == (0, 3, 3)


def test_a_name_in_two_lines_over_two_columns_is_one_cell() -> None:
    def draw(page: Page) -> None:
        page.centred(370, 100, "Surfaces")
        page.centred(370, 111, "semées")
        page.centred(250, 111, "Fermes")
        page.centred(250, 122, "visitées")
        for end, name in zip(ENDS[1:], ("Avril", "Mai"), strict=True):
            page.right(end, 122, name)
        _rows(page, 138)

    (table,) = tables_on(draw)
    assert _cells(table)["Surfaces semées"] == (0, 2, 2)


def test_a_name_over_the_key_column_and_the_next_spans_both() -> None:
    def draw(page: Page) -> None:
        page.centred(120, 100, "Si la récolte est")
        for x, name in ((80, "de plus de"), (160, "mais pas de"), (290, "la dîme est de")):
            page.centred(x, 113, name)
        for k in range(5):
            page.right(100, 128 + 12 * k, f"{4 + 3 * k},000")
            page.right(180, 128 + 12 * k, f"{7 + 3 * k},000")
            page.text(230, 128 + 12 * k, f"{k + 1},200 plus {k + 4} pour chaque cent")

    (table,) = tables_on(draw)
    assert _cells(table)["Si la récolte est"] == (0, 0, 2)


def test_the_spaces_of_typewriting_part_no_name() -> None:
    lines = (
        "                     Part de chaque vin ",
        "Culture             mai 1990    mai 1991",
        *(f"{key:<20}{k * 7 + 31:>8}{k * 5 + 12:>12}" for k, key in enumerate(KEYS)),
    )

    def draw(page: Page) -> None:
        page.canvas.setFont("Courier", 9)
        for k, line in enumerate(lines):
            page.canvas.drawString(60, page.height - 100 - 12 * k, line)

    (table,) = tables_on(draw)
    assert _cells(table)["Part de chaque vin"] == (0, 1, 2)


def test_entries_side_by_side_are_no_table() -> None:
    def draw(page: Page) -> None:
        for j, name in enumerate(("Office des grains", "Bureau du port", "Halle aux vins")):
            lines = (name, f"{3 + j} quai du Nord", f"Porte {4 * j + 2}", "Villeneuve", f"Tél. 0{j} 44 12")
            for k, line in enumerate(lines):
                page.text(60 + 160 * j, 100 + 12 * k, line)

    assert not tables_on(draw)


def test_a_title_between_rulings_below_the_names_is_a_row() -> None:
    def draw(page: Page) -> None:
        names = ("Culture", "1990", "1995", "2000")
        for k in range(10):
            page.line(60, 90 + 14 * k, 420, 90 + 14 * k)
        for x, name in zip((60, 240, 320, 400), names, strict=True):
            page.text(x, 100, name)
        for k, row in enumerate((None, 0, 1, 2, None, 3, 4, 5)):
            y = 114 + 14 * k
            if row is None:
                page.centred(240, y, "Surface en hectares" if k == 0 else "Part en pour cent")
            else:
                page.text(60, y, KEYS[row])
                for j, end in enumerate(ENDS):
                    page.right(end, y, f"{row * 9 + j * 4}.{j}")

    (table,) = tables_on(draw)
    assert _cells(table)["Surface en hectares"] == (1, 0, 4)


def test_a_caption_between_rulings_parts_two_tables() -> None:
    def draw(page: Page) -> None:
        for y in (100, 114, 214, 248, 262, 308):
            page.line(60, y, 420, y)
        for top, count in ((100, 6), (248, 3)):
            for x, name in ((60, "Culture"), (240, "Surface"), (390, "Part")):
                page.text(x, top + 10, name)
            for k in range(count):
                page.text(60, top + 26 + 12 * k, KEYS[k])
                page.text(240, top + 26 + 12 * k, f"{k * 12 + 31}.4" if top > 200 else "Selon les années")
                page.text(390, top + 26 + 12 * k, f"{k * 5 + 3}.1" if top > 200 else "Moindre")
        page.text(60, 238, "Table 8. Cultures du val")

    found = tables_on(draw)
    assert [table.row_count for table in found] == [7, 4]


def test_long_keys_beside_centred_values_are_no_running_text() -> None:
    def draw(page: Page) -> None:
        y = 100.0
        for k in range(4):
            for line in (TEXTS[k], "et dans les granges où le bourg garde ses sacs d'avoine"):
                page.text(60, y, line)
                y += 11
            for j, end in enumerate((380.0, 440.0)):
                page.right(end, y - 16.5, str((37 * k * k + 41 + 7 * j) % 90))
            y += 9
        page.text(
            60, y + 8, "Le bureau a lu ces réponses en mai, puis il a rendu son avis au maire de la ville."
        )

    (table,) = tables_on(draw)
    assert texts(table)[3] == [
        f"{TEXTS[3]} et dans les granges où le bourg garde ses sacs d'avoine",
        "14",
        "21",
    ]


def test_a_long_first_line_of_a_key_is_no_running_text() -> None:
    long = "On y tient le compte de tous les semis du val et de ce que la rive a"

    def draw(page: Page) -> None:
        for k in range(4):
            page.text(60, 100 + 24 * k, f"{long}")
            page.text(60, 112 + 24 * k, "rendu")
            for j, end in enumerate((420.0, 480.0)):
                page.right(end, 112 + 24 * k, str((37 * k * k + 41 + 7 * j) % 90))

    (table,) = tables_on(draw)
    assert texts(table)[0] == [f"{long} rendu", "41", "48"]


def test_a_shaded_row_of_text_below_a_shaded_header_is_no_table_to_itself() -> None:
    rows = [["Règle", "Port", "Rail", "Route"]]

    def draw(page: Page) -> None:
        page.fill(60, 90, 360, 104, 0.7)
        page.fill(60, 104, 360, 118)
        page.fill(60, 132, 360, 146)
        for k, key in enumerate(("Semer", "Récolter", "Vendre", "Moudre", "Livrer")):
            rows.append([key, *("X" if k != 1 and (k + j) % 3 else "Non" for j in range(3))])
        for k, row in enumerate(rows):
            page.text(64, 100 + 14 * k, row[0])
            for j, text in enumerate(row[1:]):
                page.centred(200 + 60 * j, 100 + 14 * k, text)

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_a_wrapped_cell_begins_above_the_key_of_its_row() -> None:
    def draw(page: Page) -> None:
        y = 100.0
        for k in range(8):
            page.right(66, y, str(k + 1))
            page.right(280, y, f"{k * 4 + 21}.3")
            page.text(300, y, "Commune")
            if k == 4:
                page.text(80, y - 6, "Rive basse du")
                page.text(80, y + 6, "canal")
            else:
                page.text(80, y, "Rive haute")
            y += 18 if k in (3, 4) else 12

    (table,) = tables_on(draw)
    assert texts(table)[3:5] == [
        ["4", "Rive haute", "33.3", "Commune"],
        ["5", "Rive basse du canal", "37.3", "Commune"],
    ]


def test_names_over_two_columns_hide_no_column_of_figures() -> None:
    ends = (240.0, 300.0, 360.0, 420.0)

    def draw(page: Page) -> None:
        for x, lines in ((265, ("Indices", "bruts")), (385, ("Variation de", "l'année à fin"))):
            for k, line in enumerate(lines):
                page.centred(x, 100 + 10 * k, line)
        for end, name in zip(ends, ("Avr.", "Mai", "Mai", "Avr."), strict=True):
            page.right(end, 122, name)
        for y in (90, 126, *range(138, 203, 12)):
            page.line(60, y, 424, y)
        _rows(page, 135, ends)

    (table,) = tables_on(draw)
    assert table.column_count == 5
    assert _cells(table)["Indices bruts"] == (0, 1, 2)


def test_a_figure_and_the_text_beside_it_are_two_cells_of_a_ruled_row() -> None:
    def draw(page: Page) -> None:
        for k in range(7):
            page.line(60, 90 + 14 * k, 360, 90 + 14 * k)
        for k, key in enumerate(KEYS[:5]):
            page.text(62, 114 + 14 * k, key)
            page.right(200, 114 + 14 * k, f"{k * 3 + 10}.4")
            page.right(280, 114 + 14 * k, f"{k * 6 + 31}.2" if k > 2 else "")
            page.text(287, 114 + 14 * k, ("Peau", "Groupe", "Peau", "", "Provisoire")[k])
        for x, name in ((62, "Grain"), (182, "Jour"), (262, "Nuit"), (287, "Remarque")):
            page.text(x, 100, name)

    (table,) = tables_on(draw)
    assert texts(table)[5] == ["Pommes de terre", "22.4", "55.2", "Provisoire"]


def test_rows_of_text_in_one_ruled_band_are_told_by_white() -> None:
    def draw(page: Page) -> None:
        page.grid([60, 160, 420], [90, 106, 250])
        page.text(64, 101, "Culture")
        page.text(164, 101, "Relevé")
        y = 120.0
        for k in range(4):
            page.text(64, y, KEYS[k])
            page.text(164, y, TEXTS[k])
            if k % 2:
                y += 11
                page.text(164, y, "et par quartier")
            y += 20

    (table,) = tables_on(draw)
    assert table.row_count == 5
    assert texts(table)[2] == [KEYS[1], f"{TEXTS[1]} et par quartier"]


def test_text_between_three_rulings_below_names_is_a_table() -> None:
    def draw(page: Page) -> None:
        y = 126.0
        page.text(60, 102, "Culture")
        page.text(170, 102, "Ce que l'on y compte")
        for k in range(4):
            page.text(60, y, KEYS[k])
            page.text(170, y, TEXTS[k])
            if k % 2:
                y += 11
                page.text(170, y, "et par quartier du bourg")
            y += 16
        for level in (90, 108, y - 4):
            page.line(60, level, 440, level)

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Culture", "Ce que l'on y compte"]
    assert texts(table)[4] == [KEYS[3], f"{TEXTS[3]} et par quartier du bourg"]


def test_two_columns_of_running_text_between_three_rulings_are_no_table() -> None:
    def draw(page: Page) -> None:
        for level in (60, 76, 400):
            page.line(60, level, 540, level)
        page.text(60, 71, "Bulletin du val")
        page.text(310, 71, "Numéro de mai")
        for x in (60, 310):
            for k in range(20):
                page.text(x, 96 + 12 * k, TEXTS[k % 4][:48])

    assert not tables_on(draw)


def test_page_columns_end_at_a_background_over_both() -> None:
    def draw(page: Page) -> None:
        page.fill(60, 60, 540, 76, 0.75)
        page.fill(60, 88, 540, 100)
        for k, (key, value) in enumerate(
            (("Poste", "Montant"), *zip(KEYS, ("61", "94", "41", "45", "7", "12"), strict=True))
        ):
            page.text(64, 71 + 12 * k, key)
            page.right(460, 71 + 12 * k, value)
        for x, start in ((60, 180.0), (310, 186.0)):
            for k in range(16):
                page.text(x, start + 12 * k, TEXTS[k % 4][:46])

    (table,) = tables_on(draw)
    assert texts(table)[:2] == [["Poste", "Montant"], ["Orge", "61"]]


def test_lines_of_words_in_one_ruled_band_are_rows() -> None:
    names = ("Bourg", "Registre", "Accès", "Rythme")
    rows = [list(names), *([key, "Décret", "Libre", "Par mois"] for key in KEYS)]

    def draw(page: Page) -> None:
        page.grid([60, 160, 240, 320, 400], [90, 106, 190])
        for k, row in enumerate(rows):
            for j, text in enumerate(row):
                page.text(64 + (0, 100, 180, 260)[j], 101 + (18 + 12 * (k - 1) if k else 0), text)

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_figures_and_the_texts_beside_them_are_two_columns() -> None:
    marks = ("", "Groupe", "Peau", "", "Peau", "Groupe")

    def draw(page: Page) -> None:
        for k, key in enumerate(KEYS):
            page.text(60, 100 + 12 * k, key)
            page.right(220, 100 + 12 * k, f"{k * 3 + 10}.4")
            page.right(300, 100 + 12 * k, "" if k == 2 else f"{k * 6 + 31}.2")
            page.text(306, 100 + 12 * k, marks[k])

    (table,) = tables_on(draw)
    assert texts(table)[4] == [KEYS[4], "22.4", "55.2", "Peau"]
    assert texts(table)[3] == [KEYS[3], "19.4", "49.2", ""]


def test_a_unit_that_follows_every_figure_is_no_column() -> None:
    def draw(page: Page) -> None:
        for k, key in enumerate(KEYS):
            page.text(60, 100 + 12 * k, key)
            page.right(220, 100 + 12 * k, f"{k * 3 + 10}.4")
            page.right(300, 100 + 12 * k, f"{k * 6 + 31}.2")
            page.text(306, 100 + 12 * k, "MWh")

    (table,) = tables_on(draw)
    assert texts(table)[4] == [KEYS[4], "22.4", "55.2 MWh"]


@pytest.mark.parametrize("level", [111, 105.5])
def test_names_beside_wrapped_ones_keep_their_order(level: float) -> None:
    """They stand on the last line of the others, which then tells all columns, or at their middle."""

    def draw(page: Page) -> None:
        for x, upper, lower in (
            (250, "Part des", "ports"),
            (330, "Part des", "gares"),
            (410, "Part des", "routes"),
        ):
            page.centred(x - 40, 100, upper)
            page.centred(x - 40, 111, lower)
        page.text(60, level, "Bourg")
        page.text(130, level, "Grain")
        for k, key in enumerate(KEYS):
            page.text(60, 128 + 12 * k, "Rive")
            page.text(130, 128 + 12 * k, key[:7])
            for j in range(3):
                page.right(262 + 80 * j, 128 + 12 * k, f"{k * 5 + j * 9 + 3}.1")

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Bourg", "Grain", "Part des ports", "Part des gares", "Part des routes"]


def test_names_left_of_their_values_make_no_column_of_their_own() -> None:
    lefts, rights = (170, 240, 310, 380), (224, 294, 364, 434)

    def draw(page: Page) -> None:
        for x, name in ((lefts[0], "Fermiers"), (lefts[2], "Meuniers")):
            page.text(x, 100, name)
        page.text(60, 113, "Bourg")
        for x, name in zip(lefts, ("Bas", "Haut", "Bas", "Haut"), strict=True):
            page.text(x, 113, name)
        for k, key in enumerate(KEYS):
            page.text(60, 130 + 12 * k, key)
            for j, right in enumerate(rights):
                page.right(right, 130 + 12 * k, f"{k * 5 + j * 9 + 3}")

    (table,) = tables_on(draw)
    assert table.column_count == 5
    assert texts(table)[1] == ["Bourg", "Bas", "Haut", "Bas", "Haut"]


def test_names_of_letters_as_wide_are_no_typewriting() -> None:
    def draw(page: Page) -> None:
        page.text(60, 100, "Bourg")
        page.text(196, 100, "Avoine")
        page.text(196 + page.canvas.stringWidth("Avoine", "Helvetica", 9) + 5, 100, "Verger")
        _rows(page, 116, (224.0, 260.0))

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Bourg", "Avoine", "Verger"]


def test_names_that_begin_with_their_groups_span_them() -> None:
    lefts = (170.0, 230.0, 290.0, 350.0, 410.0)

    def draw(page: Page) -> None:
        page.text(lefts[0], 100, "Postes")
        page.text(lefts[2], 100, "Pourvus en fin d'année")
        for x, name in zip(lefts, ("Fixes", "Brefs", "Hommes", "Femmes", "Total"), strict=True):
            page.text(x, 113, name)
        page.text(60, 113, "Bureau")
        for k, key in enumerate(KEYS):
            page.text(60, 130 + 12 * k, key)
            for j, x in enumerate(lefts):
                page.right(x + 22, 130 + 12 * k, f"{k * 5 + j * 9 + 13}")

    (table,) = tables_on(draw)
    assert _cells(table)["Postes"] == (0, 1, 2)
    assert _cells(table)["Pourvus en fin d'année"] == (0, 3, 3)


def test_a_title_at_the_left_edge_spans_no_names() -> None:
    def draw(page: Page) -> None:
        page.text(60, 100, "Le compte des récoltes du val et de la rive, année par année")
        for x, name in ((60, "Grain"), (195, "Bas"), (277, "Haut"), (352, "Ensemble")):
            page.text(x, 113, name)
        _rows(page, 128, (210.0, 300.0, 390.0))

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Grain", "Bas", "Haut", "Ensemble"]


def test_names_as_far_from_each_other_as_the_words_of_a_loose_line() -> None:
    names = ("Bourg", "Permanents", "Saisonniers", "Hommes", "Femmes")

    def draw(page: Page) -> None:
        ends, x = [], 60.0
        for name in names:
            page.text(x, 100, name)
            x += page.canvas.stringWidth(name, "Helvetica", 9)
            ends.append(x)
            x += 12
        for k in range(6):
            page.text(60, 114 + 12 * k, ("Aval", "Bief", "Cour", "Don", "Est", "Four")[k])
            for j, end in enumerate(ends[1:]):
                page.right(end, 114 + 12 * k, str((k * 37 + j * 11) % 90 + 10))

    (table,) = tables_on(draw)
    assert texts(table)[0] == list(names)


def test_rulings_above_and_below_sums_make_no_table() -> None:
    rows = []

    def draw(page: Page) -> None:
        for group in range(3):
            for k in range(4):
                y = 100 + 60 * group + 12 * k
                key = KEYS[k] if k < 3 else "Ensemble"
                rows.append([key])
                page.text(60, y, key)
                for end, seed in ((300, 31), (430, 57)):
                    value = f"{(seed * (k + 2) + 13 * group) % 900 + 100}"
                    rows[-1].append(value)
                    if k in (0, 3):
                        page.text(end - 110, y, "$")
                    page.right(end, y, value)
                    for level in (y - 9, y + 3, y + 5) if k == 3 else ():
                        page.line(end - 112, level, end, level)

    (table,) = tables_on(draw)
    assert [[text.strip("$ ") for text in row if text.strip("$ ")] for row in texts(table)] == rows
