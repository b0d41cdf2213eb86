"""Tables as bureaus of statistics set them, drawn here: what is seen must be what was drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapextract.read.pdf.tables import FoundTable
from rapextract.read.pdf.tables.phrases import phrase_lines
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
