"""Tables as bureaus of statistics and regulators print them: each test a way in which they were misread."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rapextract.read.pdf.tables.titles import title_span
from rapextract.read.pdf.tables.words import Phrase

from .drawing import Page, tables_on, texts

NAMES = ("Avelin", "Brousse", "Cormeil", "Draguin", "Estrée", "Fougeol", "Grandval")


def _values(row: int, count: int) -> list[str]:
    return [f"{21.4 + 37 * row + 5 * k:.1f}" for k in range(count)]


def _row(page: Page, y: float, key: str, ends: list[float], values: list[str], x: float = 60) -> None:
    """A key, and values set flush right at `ends`."""
    page.text(x, y, key)
    for end, value in zip(ends, values, strict=True):
        page.right(end, y, value)


def test_a_total_below_a_line_left_blank() -> None:
    ends = [230.0, 290.0, 350.0]

    def draw(page: Page) -> None:
        for k in range(6):
            _row(page, 100 + 11.4 * k, NAMES[k], ends, _values(k, 3))
        _row(page, 100 + 11.4 * 7, "Ensemble", ends, _values(7, 3))

    (table,) = tables_on(draw)
    assert texts(table)[-1] == ["Ensemble", *_values(7, 3)]


def test_rows_in_lower_case_that_had_room_are_rows() -> None:
    rows = [("lot 1", "bois 1", "zone 2"), ("lot 2", "bois 4", "zone 5"), ("lot 3", "bois 7", "zone 8")]

    def draw(page: Page) -> None:
        for y in (90, 106, 150):
            page.line(55, y, 400, y)
        for k, row in enumerate([("Coupe", "Essence", "Secteur"), *rows]):
            for x, text in zip((60, 180, 300), row, strict=True):
                page.text(x, 101 + 12 * k + 4 * (k > 0), text)

    (table,) = tables_on(draw)
    assert texts(table)[1:] == [list(row) for row in rows]


def test_a_ruling_parts_names_from_rows_without_a_value() -> None:
    """Rows whose values are words come before the first figure."""
    ends = [230.0, 300.0, 370.0]
    rows = [("seuil", "libre", "5km", "2km"), ("accès", "fixe", "fixe", "libre")]
    rows += [(name, *_values(k, 3)) for k, name in enumerate(NAMES[:4])]

    def draw(page: Page) -> None:
        page.line(55, 90, 375, 90)
        _row(page, 100, "Option", ends, ["Ouest", "Centre", "Est"])
        page.line(55, 105, 375, 105)
        for k, (key, *values) in enumerate(rows):
            _row(page, 116 + 13 * k, key, ends, values)
        page.line(55, 192, 375, 192)

    (table,) = tables_on(draw)
    assert texts(table) == [["Option", "Ouest", "Centre", "Est"], *(list(row) for row in rows)]


def test_the_name_of_the_keys_amid_two_rows_of_names() -> None:
    lefts = [160.0, 250.0, 340.0, 430.0]

    def draw(page: Page) -> None:
        page.text(160, 100, "Exploitations")
        page.text(340, 100, "Surface (ha)")
        page.text(60, 114, "Canton")
        for x, year in zip(lefts, ("2003", "2007", "2003", "2007"), strict=True):
            page.text(x, 128, year)
        for k in range(6):
            page.text(60, 156 + 28 * k, NAMES[k])
            for x, value in zip(lefts, _values(k, 4), strict=True):
                page.text(x, 156 + 28 * k, value)

    (table,) = tables_on(draw)
    spans = {cell.text: (cell.row, cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["Canton"] == (0, 2, 1)
    assert spans["Exploitations"] == spans["Surface (ha)"] == (0, 1, 2)
    assert [cell.column for cell in table.cells if cell.row == 1] == [1, 2, 3, 4]


def test_classes_of_age_name_columns() -> None:
    middles = [180.0, 240.0, 300.0, 360.0, 420.0]

    def draw(page: Page) -> None:
        page.centred(210, 100, "Sexe")
        page.centred(360, 100, "Âge")
        for x, name in zip(middles, ("Femmes", "Hommes", "16–29", "30–59", "60+"), strict=True):
            page.centred(x, 114, name)
        for k in range(5):
            _row(page, 130 + 14 * k, NAMES[k], [x + 12 for x in middles], _values(k, 5))

    (table,) = tables_on(draw)
    assert table.header_rows == 2
    assert {c.text: c.column_span for c in table.cells if c.row == 0} == {"Sexe": 2, "Âge": 3}


def test_two_rows_of_names_on_one_background() -> None:
    ends = [240.0, 290.0, 350.0, 400.0]

    def draw(page: Page) -> None:
        page.fill(55, 90, 405, 118)
        page.text(60, 107, "Branche")
        page.centred(250, 100, "Émissions (kt)")
        page.centred(360, 100, "Part (%)")
        _row(page, 114, "", ends, ["1994", "2004", "1994", "2004"])
        for k in range(6):
            page.fill(55, 118 + 15 * k, 405, 133 + 15 * k, grey=0.95 if k % 2 else 0.9)
            _row(page, 129 + 15 * k, NAMES[k], ends, _values(k, 4))

    (table,) = tables_on(draw)
    spans = {cell.text: cell.column_span for cell in table.cells if cell.row == 0}
    assert (spans["Émissions (kt)"], spans["Part (%)"]) == (2, 2)
    assert texts(table)[1][1:] == ["1994", "2004", "1994", "2004"]
    assert texts(table)[2] == [NAMES[0], *_values(0, 4)]


def test_the_name_of_a_group_longer_than_its_column_is_over_all() -> None:
    ends = [170.0, 230.0, 290.0]

    def draw(page: Page) -> None:
        _row(page, 100, "Réponse", ends, ["Tous", "Nord", "Sud"])
        y = 114.0
        for name in ("À quelle fréquence prenez-vous le car ?", "En êtes-vous satisfait en général ?"):
            page.text(60, y, name)
            for k in range(3):
                _row(page, y + 14 * (k + 1), NAMES[k], ends, _values(k, 3))
            y += 56

    (table,) = tables_on(draw)
    named = [cell for cell in table.cells if cell.text.endswith("?")]
    assert [(cell.column, cell.column_span) for cell in named] == [(0, 4), (0, 4)]


def test_a_name_as_wide_as_no_cell_is_over_three() -> None:
    middles = [230.0, 290.0, 322.0, 354.0, 420.0]

    def draw(page: Page) -> None:
        for x, name in zip((230, 322, 420), ("Encours", "Flux mensuels", "Croissance"), strict=True):
            page.centred(x, 100, name)
        for x, name in zip(middles, ("total", "Août", "Sept.", "Oct.", "annuelle"), strict=True):
            page.centred(x, 111, name)
        for k in range(5):
            _row(page, 125 + 12 * k, NAMES[k], [x + 10 for x in middles], [f"{7.2 + k}"] * 5)

    (table,) = tables_on(draw)
    assert {c.text: c.column_span for c in table.cells if c.row == 0}["Flux mensuels"] == 3
    assert {"Août", "Sept.", "Oct."} <= {cell.text for cell in table.cells if cell.row == 1}


def test_titles_of_groups_between_rulings() -> None:
    """The first rulings part names and titles alone; a title over the middle between rulings goes on."""
    ends = [200.0, 270.0, 340.0]
    keys = [f"{name} {side}" for side in ("haut", "bas", "sec") for name in NAMES[:6]]

    def draw(page: Page) -> None:
        page.centred(200, 100, "Matériaux du bassin")
        _row(page, 116, "Nature", ends, ["Lent", "Moyen", "Vif"])
        _row(page, 127, "Unité", ends, ["GPa", "GPa", "GPa"])
        for y in (90, 106, 133):
            page.line(55, y, 345, y)
        y = 149.0
        for name, own in (("Roches", keys[:12]), ("Sables", keys[12:])):
            page.centred(200, y - 6, name)
            page.line(55, y, 345, y)
            for k, key in enumerate(own):
                _row(page, y + 12 + 11 * k, key, ends, _values(k, 3))
            y += 6 + 11 * len(own)
            page.line(55, y, 345, y)
            y += 16

    (table,) = tables_on(draw)
    said = [cell.text for cell in table.cells if cell.column == 0 and cell.column_span == 1]
    assert said == ["Nature Unité", *keys]
    assert {c.text for c in table.cells if c.column_span > 2} >= {"Roches", "Sables"}


def test_a_last_stripe_goes_on_the_rows_above() -> None:
    """The backgrounds of the last stripe's cells touch the rulings of the sum below."""
    edges = [55.0, 80.0, 240.0, 330.0]

    def draw(page: Page) -> None:
        _row(page, 100, "N°", [320.0], ["Montant"])
        page.text(90, 100, "Nature")
        page.line(55, 105, 330, 105)
        for k in range(5):
            y = 105 + 14.0 * k
            for x0, x1 in pairwise(edges):
                if k % 2 == 0:
                    page.fill(x0, y, x1, y + 14)
            _row(page, y + 10, "ABCDE"[k], [320.0], _values(k, 1))
            page.text(90, y + 10, f"Poste {NAMES[k]}")
        page.line(55, 175, 330, 175)
        for x0, x1 in pairwise(edges):
            page.fill(x0, 175, x1, 190)
        page.text(90, 185, "Total")
        page.right(320, 185, "1 204,0")
        page.line(55, 190, 330, 190)

    (table,) = tables_on(draw)
    assert texts(table)[-1][-1] == "1 204,0"
    assert [row[0] for row in texts(table)[1:-1]] == list("ABCDE")


def test_a_tall_row_between_level_rulings_parts_no_table() -> None:
    rows = [("appui", ["aide au départ"]), ("suivi", ["visite de site"]), ("essai", ["mesure au banc"])]
    rows += [("modes", [f"régime {name}" for name in (*NAMES, *NAMES)]), ("phase", ["mise en route"])]

    def draw(page: Page) -> None:
        y = 100.0
        page.line(55, y - 10, 460, y - 10)
        for key, lines in [("Clé", ["Valeurs"]), *rows]:
            page.text(60, y, key)
            page.text(300, y, "Note" if key == "Clé" else f"à lire avec {key}")
            for k, line in enumerate(lines):
                page.text(150, y + 11 * k, line)
            y += 11 * len(lines) + 6
            page.line(55, y - 10, 460, y - 10)

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == ["Clé", *(key for key, _ in rows)]


def test_names_above_a_short_ruling_over_rows_with_a_ruling_each() -> None:
    ends = [200.0, 260.0, 330.0, 390.0, 460.0]

    def draw(page: Page) -> None:
        page.centred(285, 100, "Tonnage (1 000 t)")
        page.centred(435, 100, "Boîtes")
        page.line(205, 106, 395, 106)
        _row(page, 116, "Port", ends, ["Escales", "chargé", "déchargé", "total", "(EVP)"])
        for k in range(6):
            page.line(55, 122 + 16 * k, 465, 122 + 16 * k)
            _row(page, 132 + 16 * k, NAMES[k], ends, _values(k, 5))
        page.line(55, 218, 465, 218)

    (table,) = tables_on(draw)
    spans = {cell.text: (cell.row, cell.column, cell.column_span) for cell in table.cells}
    assert spans["Tonnage (1 000 t)"] == (0, 2, 3)
    assert next(cell.text for cell in table.cells if cell.column == 5).startswith("Boîtes")


def test_a_header_over_shaded_rows_is_theirs() -> None:
    rows = [("Hygiène", "2 812", "943", "surtout les marchés"), ("Feu", "514", "32", "écoles d'abord")]
    rows += [("Voirie", "425", "93", "saisonnier"), ("Bruit", "688", "72", "moins qu'avant")]

    def draw(page: Page) -> None:
        _row(page, 101, "Contrôle", [210.0, 270.0], ["Lieux", "Avis"])
        page.text(330, 101, "Remarque")
        for k, (key, sites, notes, remark) in enumerate(rows):
            page.fill(55, 106 + 14 * k, 400, 120 + 14 * k, grey=0.95 if k % 2 else 0.85)
            _row(page, 116 + 14 * k, key, [210.0, 270.0], [sites, notes])
            page.text(290, 116 + 14 * k, remark)

    (table,) = tables_on(draw)
    assert texts(table) == [["Contrôle", "Lieux", "Avis", "Remarque"], *(list(row) for row in rows)]


def test_units_beside_shaded_keys_are_one_a_row() -> None:
    ends = [300.0, 360.0, 420.0]
    units = ["M€", "M€", "%", "M€", "ETP"]

    def draw(page: Page) -> None:
        page.fill(55, 90, 425, 106)
        page.text(180, 101, "Unité")
        _row(page, 101, "Repères", ends, ["2014", "2015", "2016"])
        for k, unit in enumerate(units):
            page.fill(55, 106 + 16 * k, 170, 122 + 16 * k, grey=0.92)
            page.text(180, 117 + 16 * k, unit)
            _row(page, 117 + 16 * k, NAMES[k], ends, _values(k, 3))

    (table,) = tables_on(draw)
    assert [cell.text for cell in table.cells if cell.column == 1] == ["Unité", *units]


def test_a_ruling_between_groups_of_rows_of_text_ends_no_frame() -> None:
    rows = [("AB 1", "barre simple"), ("AB 2", "barre fine"), ("AB 3", "grande")]
    rows += [("CD 1", "barre inverse"), ("CD 2", "petite"), ("CD 3", "ample")]

    def draw(page: Page) -> None:
        for y in (90, 106, 147, 190):
            page.line(55, y, 300, y)
        for k, row in enumerate([("Code", "Nom"), *rows]):
            for x, text in zip((60, 150), row, strict=True):
                page.text(x, 101 + 12 * k + 4 * (k > 0) + 6 * (k > 3), text)

    (table,) = tables_on(draw)
    assert texts(table) == [["Code", "Nom"], *(list(row) for row in rows)]


def test_keys_and_names_outside_the_fields_of_the_values() -> None:
    ends = [230.0, 290.0, 350.0]

    def draw(page: Page) -> None:
        _row(page, 100, "Calibre", ends, ["Dix", "Onze", "Douze"])
        page.grid([180, 240, 300, 360], [106 + 15 * k for k in range(7)])
        for k in range(6):
            _row(page, 116 + 15 * k, NAMES[k], ends, _values(k, 3))

    (table,) = tables_on(draw)
    assert texts(table) == [
        ["Calibre", "Dix", "Onze", "Douze"],
        *([NAMES[k], *_values(k, 3)] for k in range(6)),
    ]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Vergers ouverts au public de 15 à 64 ans", (0, 2)),
        ("Vergers ouverts au public en 2021", (0, 2)),
        ("Vergers ouverts au public 48,04 %", None),
        ("Vergers (ouverts) 1 204", None),
    ],
)
def test_a_key_that_almost_touches_its_value_is_no_title_of_rows(
    text: str, columns: tuple[int, int] | None
) -> None:
    phrase = Phrase((), 60.0, 230.0, 100.0, 10.0, text, number=False, bold=False)
    assert title_span([[phrase]], 60.0, 300.0, [190.0], {1}) == columns


def test_rows_of_words_under_names_in_bold_at_the_pitch_of_all_rows() -> None:
    names = ["Mesure", "Acteur", "Lieu", "Actes"]
    rows = [["Accueil", "équipe", "siège", "libre"], ["Visites", "équipe", "rue", "libre"]]
    rows += [["Appels", "pôle", "siège", "12"], ["Envois", "pôle", "siège", "31"]]

    def draw(page: Page) -> None:
        for k, row in enumerate([names, *rows]):
            for x, text in zip((60, 160, 250, 340), row, strict=True):
                page.text(x, 90 + 14 * k, text, bold=row is names)

    (table,) = tables_on(draw)
    assert (texts(table), table.header_rows) == ([names, *rows], 1)


@pytest.mark.parametrize("ends", [("2007", "2011", "2015"), ("07", "11", "15")])
def test_ranges_of_years_over_two_lines_name_columns(ends: tuple[str, ...]) -> None:
    edges = [230.0, 300.0, 370.0]

    def draw(page: Page) -> None:
        page.text(60, 90, "Bureau")
        for x, start, end in zip(edges, ("2004–", "2008–", "2012–"), ends, strict=True):
            page.right(x, 90, start)
            page.right(x, 101, end)
        for k, name in enumerate(NAMES):
            _row(page, 118 + 15 * k, name, edges, _values(k, 3))

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Bureau", f"2004– {ends[0]}", f"2008– {ends[1]}", f"2012– {ends[2]}"]
    assert table.header_rows == 1


def test_a_caption_parts_tables_with_the_same_columns() -> None:
    edges = [230.0, 300.0, 370.0]

    def draw(page: Page) -> None:
        for number, y in enumerate((80, 150), start=1):
            page.text(60, y, f"Tableau {number}")
            for k in range(4):
                _row(page, y + 16 + 12 * k, NAMES[k], edges, _values(k + number, 3))

    assert [texts(table)[0] for table in tables_on(draw)] == [["Avelin", *_values(k, 3)] for k in (1, 2)]


def test_values_beside_a_scale_near_2000_are_no_table() -> None:
    def draw(page: Page) -> None:
        for k, mark in enumerate((2050, 2000, 1950, 1900)):
            page.right(96, 100 + 14 * k, str(mark))
            for column, value in enumerate((1932, 1987, 2011, 1954, 2003)):
                page.text(120 + 60 * column, 100 + 14 * k, str(value - 7 * k))
        for k in range(5):
            page.text(120 + 60 * k, 160, NAMES[k])

    assert not tables_on(draw)
