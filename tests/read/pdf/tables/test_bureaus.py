"""Tables as bureaus of statistics set them, drawn here: what is seen must be what was drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapextract.read.pdf.tables import FoundTable
from rapextract.read.pdf.tables.phrases import phrase_lines
from rapextract.read.pdf.tables.regions import Region, at_its_best
from rapextract.read.pdf.tables.tight import with_values_parted

from .drawing import Page, tables_on, texts, words

KEYS = ("Orge", "Blé tendre", "Colza", "Tournesol", "Pommes de terre", "Vigne")
ENDS = (260.0, 340.0, 420.0)


def _row(page: Page, y: float, key: str, seed: int, ends: tuple[float, ...] = ENDS) -> list[str]:
    """A row of a key and figures set flush right; its texts."""
    values = [f"{seed * 7 + 13 * k}.{k}" for k in range(1, len(ends) + 1)]
    page.text(60, y, key)
    for end, value in zip(ends, values, strict=True):
        page.right(end, y, value)
    return [key, *values]


def _cells(table: FoundTable) -> dict[str, tuple[int, int, int]]:
    """Row, column and column span of each text that stands in one cell only."""
    return {cell.text: (cell.row, cell.column, cell.column_span) for cell in table.cells}


def test_dots_with_spaces_between_them_lead_the_eye() -> None:
    rows = []

    def draw(page: Page) -> None:
        for k, key in enumerate(KEYS):
            y = 100 + 12 * k
            rows.append(_row(page, y, key, k))
            x = 64 + page.canvas.stringWidth(key, "Helvetica", 9)
            page.text(x, y, ". " * int((235 - x) / 5))

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_the_words_of_a_loose_line_are_no_cells() -> None:
    rows = []

    def draw(page: Page) -> None:
        x = 60.0
        for word in ("Ces", "productions", "ont", "reculé", "presque", "partout", "cette", "année"):
            page.text(x, 70, word)
            x += page.canvas.stringWidth(word, "Helvetica", 9) + 14
        page.text(60, 82, "dans la région, sauf en montagne.")
        for k, key in enumerate(KEYS):
            rows.append(_row(page, 104 + 12 * k, key, k))

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_a_figure_and_one_in_brackets_are_two_columns() -> None:
    def draw(page: Page) -> None:
        for k, key in enumerate(KEYS):
            page.text(60, 100 + 12 * k, key)
            for x in (220, 320):
                page.right(x, 100 + 12 * k, f"{10 + 3 * k}.5")
                page.text(x + 4.5, 100 + 12 * k, f"(±{k + 1}.2)")

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Orge", "10.5", "(±1.2)", "10.5", "(±1.2)"]


def test_figures_nearer_than_words_are_two_columns() -> None:
    ends = (200.0, 228.0, 256.0, 284.0)
    rows = []

    def draw(page: Page) -> None:
        for k, key in enumerate(KEYS):
            values = [f"1,{(k * 37 + j * 11) % 90 + 10}{k}" for j in range(4)]
            page.text(60, 100 + 12 * k, key)
            for end, value in zip(ends, values, strict=True):
                page.right(end, 100 + 12 * k, value)
            rows.append([key, *values])

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_names_flush_right_over_groups_of_like_columns_span_them() -> None:
    ends = (200.0, 260.0, 320.0, 380.0)

    def draw(page: Page) -> None:
        for x, name in ((260, "Filles"), (380, "Garçons")):
            page.right(x, 100, name)
        page.text(60, 112, "Classe")
        for end, name in zip(ends, ("6 ans", "7 ans", "6 ans", "7 ans"), strict=True):
            page.right(end, 112, name)
        for k, key in enumerate(KEYS):
            _row(page, 128 + 12 * k, key, k, ends)

    (table,) = tables_on(draw)
    assert _cells(table)["Filles"] == (0, 1, 2)
    assert _cells(table)["Garçons"] == (0, 3, 2)


def test_a_number_that_ends_a_header_cell_is_no_value() -> None:
    def draw(page: Page) -> None:
        page.right(340, 100, "Décès pour")
        page.text(60, 111, "Culture")
        for end, name in zip(ENDS, ("Surface", "100,000", "Rang"), strict=True):
            page.right(end, 111, name)
        for k, key in enumerate(KEYS):
            _row(page, 128 + 12 * k, key, k)

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Culture", "Surface", "Décès pour 100,000", "Rang"]


def test_a_unit_over_the_values_and_names_of_groups_span_columns() -> None:
    def draw(page: Page) -> None:
        page.text(60, 100, "Taille")
        for end, name in zip(ENDS, ("1987", "1992", "1997"), strict=True):
            page.right(end, 100, name)
        page.centred(310, 112, "Pour cent")
        for k, key in enumerate(KEYS[:4]):
            _row(page, 124 + 12 * k, key, k)
        page.centred(238, 172, "Zones de montagne")
        for k, key in enumerate(KEYS[:4]):
            _row(page, 184 + 12 * k, key, k + 5)

    (table,) = tables_on(draw)
    assert _cells(table)["Pour cent"] == (1, 1, 3)
    assert _cells(table)["Zones de montagne"] == (6, 0, 4)


TEXT_ROWS = (
    (("Meuse",), ("Contrôle annuel des puits", "et des forages privés"), ("Mairie",)),
    (("Moselle",), ("Sans objet",), ("Agence de bassin,", "avec les communes", "riveraines")),
    (("Vosges",), ("Relevé mensuel",), ("Exploitant",)),
    (("Ardennes",), ("Deux analyses par an,", "dont une sans préavis"), ("Agence",)),
)
TEXT_COLUMNS = (60.0, 160.0, 320.0)


def _text_table(page: Page, y: float, step: float = 11) -> list[float]:
    """Rows of cells of several lines, centred in height; the edges of the rows from the top down."""
    edges = [y]
    for row in TEXT_ROWS:
        height = max(map(len, row)) * step + 8
        for x, lines in zip(TEXT_COLUMNS, row, strict=True):
            top = y + (height - len(lines) * step) / 2 + 8
            for k, line in enumerate(lines):
                page.text(x, top + k * step, line)
        y += height
        edges.append(y)
    return edges


def _names(page: Page, y: float) -> None:
    for x, name in zip(TEXT_COLUMNS, ("Département", "Mesure", "Qui la prend"), strict=True):
        page.text(x, y, name, bold=True)


TEXTS = [
    ["Département", "Mesure", "Qui la prend"],
    *([" ".join(lines) for lines in row] for row in TEXT_ROWS),
]


def _striped(page: Page) -> None:
    edges: list[float] = []

    def paint(count: int) -> None:
        y = 112.0
        for k in range(count):
            height = max(map(len, TEXT_ROWS[k])) * 11 + 8
            if k % 2:
                page.fill(56, y, 470, y + height)
            y += height

    paint(len(TEXT_ROWS))
    _names(page, 105)
    edges += _text_table(page, 112)


def _ruled(page: Page) -> None:
    _names(page, 105)
    edges = _text_table(page, 112)
    for y in (94.0, *edges[:-1]):  # the last row has no ruling below it
        page.line(56, y, 470, y)


def _named_above(page: Page) -> None:
    _names(page, 105)
    for y in _text_table(page, 112):
        page.line(56, y, 470, y)


@pytest.mark.parametrize("draw", [_striped, _ruled, _named_above])
def test_rows_of_text_centred_in_height(draw: Callable[[Page], None]) -> None:
    (table,) = tables_on(draw)
    assert texts(table) == TEXTS


def test_rows_of_text_without_any_space_between_them() -> None:
    rows = (
        ("Calvados", "Eaux de baignade contrôlées chaque", "Service départemental de"),
        ("", "semaine en été, deux fois par an", "la santé publique"),
        ("Charente", "Aucune mesure prise cette année", "Conseil départemental"),
        ("Corrèze", "Puits fermés après trois analyses", "Maires des communes de"),
        ("", "contraires, par arrêté du préfet", "la vallée et préfecture"),
        ("Creuse", "Réseau refait dans deux communes", "Syndicat intercommunal"),
    )

    def draw(page: Page) -> None:
        _names(page, 90)
        for k, row in enumerate(rows):
            for x, text in zip(TEXT_COLUMNS, row, strict=True):
                if text:
                    page.text(x, 101 + 11 * k, text)

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == ["Département", "Calvados", "Charente", "Corrèze", "Creuse"]
    assert texts(table)[1][1] == "Eaux de baignade contrôlées chaque semaine en été, deux fois par an"


def test_numbers_of_columns_are_a_row_of_the_header() -> None:
    xs = [60.0, 180.0, 260.0, 340.0, 420.0]

    def draw(page: Page) -> None:
        page.line(60, 90, 420, 90)
        page.line(60, 126, 420, 126)
        page.line(60, 200, 420, 200)
        for x in xs:
            page.line(x, 90, x, 200)
        page.text(64, 104, "Revenu")
        for k, name in enumerate(("Foyers", "Salaires", "Intérêts")):
            page.centred(220 + 80 * k, 104, name)
            page.centred(220 + 80 * k, 118, f"({k + 1})")
        for k, key in enumerate(KEYS):
            _row(page, 137 + 11 * k, key, k, (256.0, 336.0, 416.0))

    (table,) = tables_on(draw)
    assert texts(table)[1] == ["", "(1)", "(2)", "(3)"]


def test_a_title_over_no_column_is_no_header() -> None:
    def draw(page: Page) -> None:
        page.centred(330, 88, "Résumé")
        _names(page, 104)
        for k, row in enumerate(TEXT_ROWS):
            for x, lines in zip(TEXT_COLUMNS, row, strict=True):
                page.text(x, 120 + 16 * k, lines[0])

    (table,) = tables_on(draw)
    assert texts(table)[0] == TEXTS[0]


def _form(page: Page) -> None:
    labels = ("Nom du demandeur", "Date de naissance", "Code postal", "Téléphone", "Commune", "Signature")
    page.grid([60, 220, 380], [80, 108, 136, 164])
    for k, label in enumerate(labels):
        page.text(64 + 160 * (k % 2), 90 + 28 * (k // 2), label, 7)


def _answers(page: Page) -> None:
    for k, name in enumerate(("Commission consultative", "Zonage", "Règlement de service")):
        page.text(60, 100 + 16 * k, name)
        page.text(240, 100 + 16 * k, "Oui" if k == 0 else "Oui, date d’approbation :")
        page.text(400, 100 + 16 * k, "Non")


def _amounts(page: Page) -> None:
    for row, y in enumerate((100, 150)):
        for k, x in enumerate((60, 220, 380)):
            page.text(x, y, f"{4 + 3 * k + row},50 €")
            page.text(x, y + 14, ("aux communes", "aux exploitants", "aux usagers")[k])
            page.text(x, y + 25, ("pour leurs réseaux", "en zone de montagne", "de tout le bassin")[k])


def _years(page: Page) -> None:
    for k, year in enumerate(range(1998, 2004)):
        page.text(60, 100 + 20 * k, str(year))
        page.text(120, 100 + 20 * k, "L’enquête est menée chaque année auprès de toutes les unités du pays")


@pytest.mark.parametrize("draw", [_form, _answers, _amounts, _years])
def test_fields_answers_amounts_and_milestones_are_no_tables(draw: Callable[[Page], None]) -> None:
    assert tables_on(draw) == []


def test_thousands_with_decimals_among_shorter_figures_stay_one_phrase() -> None:
    places = [("Orge", 20.0, 0.0), ("2", 100.0, 0.0), ("369,5", 107.5, 0.0)]
    places += [(text, 107.5, 14.0 * k) for k, text in enumerate(("424,8", "109,1", "887,3"), 1)]
    places += [(key, 20.0, 14.0 * k) for k, key in enumerate(KEYS[1:4], 1)]
    sheet = words(*places)
    lines = with_values_parted(sheet, phrase_lines(sheet, range(len(sheet))))
    assert [phrase.text for phrase in lines[0]] == ["Orge", "2 369,5"]


def test_a_number_that_a_space_parts_from_its_name_is_no_value_of_the_column_below() -> None:
    places = [("Lot", 100.0, 0.0), ("1", 117.0, 0.0)]
    for k, (key, value) in enumerate(zip(KEYS, ("424", "109", "887", "310", "265"), strict=False), 1):
        places += [(key, 20.0, 14.0 * k), (value, 117.0, 14.0 * k)]
    sheet = words(*places)
    lines = with_values_parted(sheet, phrase_lines(sheet, range(len(sheet))))
    assert [phrase.text for phrase in lines[0]] == ["Lot 1"]
    assert [len(line) for line in lines[1:]] == [2] * (len(lines) - 1)


def _figures(page: Page, x: float, y: float, ends: tuple[float, ...], keys: tuple[str, ...]) -> None:
    """Rows twelve points apart, each a key at x and figures set flush right at `ends`."""
    for k, key in enumerate(keys):
        page.text(x, y + 12 * k, key)
        for j, end in enumerate(ends):
            page.right(end, y + 12 * k, str((37 * k + 23 * j) % 89 + 10))


def test_a_title_each_over_the_middle_parts_two_tables() -> None:
    def draw(page: Page) -> None:
        page.prose(60, 60, 4)
        for x, title in ((128, "Le rang des bourgs"), (368, "Les aides par an")):
            page.centred(x, 130, title)
        for x, names in ((60, ("Bourg", "Rang", "Taux")), (300, ("Année", "Reçues", "Versées"))):
            for place, name in zip((x, x + 58, x + 110), names, strict=True):
                page.text(place, 144, name)
        _figures(page, 60, 158, (140.0, 195.0), ("Aval", "Bief", "Cour", "Don", "Est"))
        _figures(page, 300, 158, (380.0, 440.0), ("1986", "1987", "1988", "1989", "1990"))

    assert [texts(table)[0] for table in tables_on(draw)] == [
        ["Bourg", "Rang", "Taux"],
        ["Année", "Reçues", "Versées"],
    ]


def test_rulings_of_their_own_part_tables_though_both_begin_with_figures() -> None:
    def draw(page: Page) -> None:
        page.prose(60, 60, 4)
        for x, names in ((60, ("Fosse", "Zinc", "Fer")), (300, ("Mètres", "Sable", "Glaise"))):
            for place, name in zip((x, x + 50, x + 100), names, strict=True):
                page.text(place, 144, name)
            for y in (134, 148, 210):
                page.line(x - 4, y, x + 144, y)
        _figures(page, 60, 160, (135.0, 185.0), ("0–1", "1–2", "2–5", "5–9"))
        _figures(page, 300, 160, (375.0, 425.0), ("0–1", "1–2", "2–5", "5–9"))

    assert [texts(table)[0] for table in tables_on(draw)] == [
        ["Fosse", "Zinc", "Fer"],
        ["Mètres", "Sable", "Glaise"],
    ]


def test_two_columns_of_text_between_three_rulings() -> None:
    rows = [
        ["Consigne", "Entrée en vigueur"],
        ["Prélever l'eau au robinet des fermes", "Premier lundi de mars"],
        ["Filtrer les sources du plateau", "Deuxième lundi de mai"],
        ["Retirer les vieux tuyaux de fonte", "Dernier lundi de juin"],
        ["Afficher les relevés en mairie", "Premier lundi de juillet"],
    ]

    def draw(page: Page) -> None:
        y = page.prose(60, 60, 4) + 20
        for level in (y - 10, y + 5, y + 56):
            page.line(56, level, 330, level)
        for k, row in enumerate(rows):
            page.text(60, y + 12 * k + (4 if k else 0), row[0])
            page.text(235, y + 12 * k + (4 if k else 0), row[1])
        page.prose(60, y + 90, 4)

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_a_row_that_begins_with_a_figure_as_those_below_it_is_no_header() -> None:
    rows = [
        ["Code", "Produit", "Droit"],
        ["0101", "Chevaux et ânes", "libre"],
        ["0203", "Viandes de porc", "12,5 %"],
        ["0402", "Lait et crème", "19,2 %"],
        ["0701", "Pommes de terre", "7,8 %"],
        ["1001", "Froment", "10,3 %"],
    ]

    def draw(page: Page) -> None:
        for k, (code, product, duty) in enumerate(rows):
            page.text(60, 100 + 14 * k, code)
            page.text(95, 100 + 14 * k, product)
            page.text(200, 100 + 14 * k, duty)

    (table,) = tables_on(draw)
    assert texts(table) == rows


def test_a_name_that_ends_in_a_colon_does_not_go_on_in_a_code() -> None:
    keys = (
        "Les dépenses engagées par nature :",
        "00.01 Semences",
        "09.01 Engrais azotés du commerce",
        "21.40 Gazole",
    )

    def draw(page: Page) -> None:
        for x, year in ((250, "1997"), (300, "1998"), (350, "1999")):
            page.right(x, 100, year)
        page.text(60, 112, keys[0])
        _figures(page, 60, 124, (250.0, 300.0, 350.0), keys[1:])

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)[1:]] == list(keys)


def test_a_name_over_a_short_ruling_and_a_row_of_column_numbers() -> None:
    def draw(page: Page) -> None:
        page.line(56, 88, 424, 88)
        page.centred(305, 98, "Prêts")
        page.line(220, 101, 390, 101)
        for x, upper, lower in (
            (180, "", "Total"),
            (245, "", "Total"),
            (305, "Jusqu'à", "un an"),
            (365, "Plus d'", "un an"),
        ):
            page.centred(x, 110, upper)
            page.centred(x, 120, lower)
        for k, x in enumerate((180, 245, 305, 365)):
            page.centred(x, 131, str(k + 1))
        page.line(56, 135, 424, 135)
        _figures(page, 60, 146, (195.0, 260.0, 320.0, 380.0), ("2008", "2009", "2010", "2011", "2012"))

    (table,) = tables_on(draw)
    cells = _cells(table)
    assert cells["Prêts"] == (0, 2, 3)
    assert [cells[text] for text in ("Jusqu'à un an", "1", "4")] == [(1, 3, 1), (2, 1, 1), (2, 4, 1)]


def test_a_name_beside_spans_at_another_height_is_not_below_them() -> None:
    ends = (160.0, 215.0, 270.0, 325.0, 380.0, 435.0)

    def draw(page: Page) -> None:
        page.line(56, 82, 440, 82)
        for x, text, y in ((200, "Stocks", 92), (365, "Flux", 92), (233, "1995", 106), (398, "1995", 106)):
            page.centred(x, y, text)
        for x in (148, 313):
            page.centred(x, 112, "1990")
        page.text(60, 106, "Bourg")
        for x0, x1, y in ((130, 275, 96), (295, 440, 96), (190, 275, 109), (355, 440, 109)):
            page.line(x0, y, x1, y)
        for end, name in zip(ends, ("", "Total", "Moyen", "", "Total", "Moyen"), strict=True):
            page.right(end, 119, name)
        page.line(56, 123, 440, 123)
        _figures(page, 60, 134, ends, ("Aval", "Bief", "Cour", "Don", "Est"))

    (table,) = tables_on(draw)
    spans = [(cell.text, cell.column, cell.column_span) for cell in table.cells if cell.column_span > 1]
    assert spans == [("Stocks", 1, 3), ("Flux", 4, 3), ("1995", 2, 2), ("1995", 5, 2)]


def test_a_shaded_box_with_a_line_below_the_names_is_one_frame() -> None:
    def draw(page: Page) -> None:
        page.fill(57, 70, 294, 161, 0.93)
        page.grid([57, 294], [70, 161])
        page.text(62, 84, "En bref", 10.5, bold=True)
        for x, name in ((62, "Mois"), (97, "Permis"), (141, "Chantiers")):
            page.text(x, 98, name, 12)
        page.line(62, 102, 195, 102)
        for k, key in enumerate(("Mars", "Avril", "Mai")):
            page.text(62, 114 + 15 * k, key, 12)
            page.right(131, 114 + 15 * k, str(77 * (k + 5) % 100 + 300), 12)
            page.right(191, 114 + 15 * k, str(770 * (k + 5) % 1000 + 3000), 12)
        page.text(62, 155, "En milliers de logements.", 8)

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Mois", "Permis", "Chantiers"]
    assert [row[0] for row in texts(table)[1:]] == ["Mars", "Avril", "Mai"]


def test_a_row_of_figures_is_no_header_that_hides_columns() -> None:
    places = [("Ensemble", 0, 0), ("123456789", 90, 0), ("4567", 180, 0)]
    for k, key in enumerate(("Aval", "Bief", "Cour", "Don"), 1):
        places += [(key, 0, 12 * k), ("12", 90, 12 * k), (":", 120, 12 * k), ("4567", 180, 12 * k)]
    given = words(*places)
    lines = phrase_lines(given, range(len(places)))
    assert at_its_best(Region(lines, [], 0, len(lines))).start == 0


def test_a_name_over_the_middle_of_two_rows_of_a_header_is_in_both() -> None:
    def draw(page: Page) -> None:
        page.text(60, 106, "Bourg")
        page.centred(215, 99, "Reçues")
        page.centred(345, 99, "Versées")
        for x0 in (165, 295):
            page.line(x0, 103, x0 + 100, 103)
        for x, name in ((185, "Nombre"), (245, "Part"), (315, "Nombre"), (375, "Part")):
            page.centred(x, 113, name)
        _figures(page, 60, 128, (200.0, 255.0, 330.0, 385.0), ("Aval", "Bief", "Cour", "Don", "Est"))

    (table,) = tables_on(draw)
    assert [(cell.row, cell.row_span) for cell in table.cells if cell.text == "Bourg"] == [(0, 2)]


def test_keys_over_the_middle_of_rows_are_keys_of_all_of_them() -> None:
    groups = {"Aval": ("Nord", "Sud", "Est"), "Bief": ("Haut", "Bas"), "Cour": ("Seul",)}

    def draw(page: Page) -> None:
        for x, name in ((60, "Canton"), (120, "Bourg"), (225, "Hommes"), (295, "Femmes")):
            page.text(x, 100, name)
        y = 114
        for key, names in groups.items():
            page.text(60, y + 8 * (len(names) - 1), key)
            for k, name in enumerate(names):
                page.text(120, y + 16 * k, name)
                page.right(255, y + 16 * k, str(y % 53 + 17 * k + 100))
                page.right(325, y + 16 * k, str(y % 47 + 23 * k + 100))
            y += 16 * len(names)

    (table,) = tables_on(draw)
    spans = [(cell.text, cell.row, cell.row_span) for cell in table.cells if cell.column == 0]
    assert spans == [("Canton", 0, 1), ("Aval", 1, 3), ("Bief", 4, 2), ("Cour", 6, 1)]


def test_names_on_their_side_above_columns_without_rulings() -> None:
    names = ("Ponts", "Tunnels", "Bacs")

    def draw(page: Page) -> None:
        for k, name in enumerate(names):
            page.canvas.saveState()
            page.canvas.translate(198 + 40 * k, page.height - 112)
            page.canvas.rotate(90)
            page.canvas.setFont("Helvetica", 9)
            page.canvas.drawString(0, 0, name)
            page.canvas.restoreState()
        page.text(60, 112, "Canton")
        _figures(page, 60, 126, (200.0, 240.0, 280.0), ("Aval", "Bief", "Cour", "Don"))

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Canton", *names]
    assert texts(table)[1][0] == "Aval"


def test_a_unit_under_the_middle_of_two_names_is_of_both() -> None:
    def draw(page: Page) -> None:
        for x, name in ((180, "2001"), (260, "2011"), (330, "Ménages")):
            page.centred(x, 100, name)
        page.centred(220, 111, "(milliers)")
        page.centred(330, 111, "(nombre)")
        _figures(page, 60, 126, (200.0, 280.0, 350.0), ("Aval", "Bief", "Cour", "Don"))

    (table,) = tables_on(draw)
    assert _cells(table)["(milliers)"] == (1, 1, 2)


def test_years_over_the_middle_of_thousands_part_no_figures() -> None:
    rows = (("Aval", "4 438,1", "6 550,7"), ("Bief", "6 937,8", "2 929,9"), ("Cour", "9 938,0", "5 120,2"))

    def draw(page: Page) -> None:
        width = page.canvas.stringWidth
        for y, few in ((100, False), (154, True)):
            for end, year in ((234.0, "2002"), (330.0, "2003")):
                page.right(end - width(" 438,1", "Helvetica", 12), y, year, 12)
            for k, (key, *values) in enumerate(rows, 1):
                page.text(60, y + 13 * k, key, 12)
                for end, value in zip((234.0, 330.0), values, strict=True):
                    page.right(end, y + 13 * k, value[-3:] if few else value, 12)

    assert texts(tables_on(draw)[0])[1:4] == [list(row) for row in rows]


def test_equations_one_below_the_other_are_no_table() -> None:
    def draw(page: Page) -> None:
        for k, name in enumerate(("a", "b", "c", "d")):
            y = 100 + 22 * k
            for x, text in ((140, name), (160, "="), (190, f"{k + 3} x"), (440, f"({k + 1})")):
                page.text(x, y, text)

    assert not tables_on(draw)


def test_figures_broken_in_narrow_cells_beside_a_whole_one_are_of_one_row() -> None:
    def draw(page: Page) -> None:
        for x, name in ((60, "Mesure"), (110, "Ce qui est fait"), (250, "Coût"), (285, "An"), (320, "Qui")):
            page.text(x, 100, name)
        for k in range(4):
            y = 118 + 30 * k
            for x, upper, lower in (
                (110, "Curage du bief", "et des rives"),
                (285, "200", str(k)),
                (320, "Le syndicat", "du val"),
            ):
                page.text(x, y, upper)
                page.text(x, y + 13, lower)
            page.text(60, y + 6.5, f"M{k + 1}")
            page.text(250, y + 6.5, str(226 + 17 * k))

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == ["Mesure", "M1", "M2", "M3", "M4"]
