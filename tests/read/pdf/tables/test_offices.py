"""Tables in the manner of offices, and what looks like one: each test a way in which they were misread."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .drawing import Page, tables_on, texts

NAMES = ("Ardenne", "Beauce", "Camargue", "Drouais", "Émilie", "Forez")


def _row(page: Page, y: float, key: str, ends: list[float], values: list[str], x: float = 60) -> None:
    """A key, and values set flush right at `ends`."""
    page.text(x, y, key)
    for end, value in zip(ends, values, strict=True):
        page.right(end, y, value)


def _values(row: int, count: int) -> list[str]:
    return [f"{17.3 + 31 * row + 4 * k:.1f}" for k in range(count)]


def test_rows_that_only_a_shaded_key_column_parts() -> None:
    ends = [230.0, 290.0, 350.0]

    def draw(page: Page) -> None:
        for x0, x1 in ((55, 170), (170, 235), (235, 295), (295, 355)):
            page.fill(x0, 90, x1, 105)
        for k in range(5):
            page.fill(55, 105 + 15 * k, 170, 120 + 15 * k)
        _row(page, 101, "Pays", ends, ["T1", "T2", "T3"])
        for k in range(5):
            _row(page, 116 + 15 * k, NAMES[k], ends, _values(k, 3))

    (table,) = tables_on(draw)
    assert texts(table) == [["Pays", "T1", "T2", "T3"], *([NAMES[k], *_values(k, 3)] for k in range(5))]


def test_keys_beside_shaded_values_belong_to_them() -> None:
    def draw(page: Page) -> None:
        for k in range(5):
            page.text(60, 111 + 15 * k, NAMES[k])
            for j, value in enumerate(_values(k, 3)):
                page.fill(130 + 50 * j, 100 + 15 * k, 180 + 50 * j, 115 + 15 * k, grey=0.6 + 0.1 * j)
                page.centred(155 + 50 * j, 111 + 15 * k, value)

    (table,) = tables_on(draw)
    assert texts(table) == [[NAMES[k], *_values(k, 3)] for k in range(5)]


def test_a_last_row_below_the_last_ruling() -> None:
    ends = [230.0, 300.0, 370.0]

    def draw(page: Page) -> None:
        _row(page, 100, "Pays", ends, ["Cas", "Taux", "Part"])
        for k in range(5):
            page.line(55, 105 + 16 * k, 375, 105 + 16 * k)
            _row(page, 116 + 16 * k, NAMES[k], ends, _values(k, 3))
        page.text(60, 116 + 16 * 6, "Source : enquête annuelle, 2021")

    (table,) = tables_on(draw)
    assert texts(table)[1:] == [[NAMES[k], *_values(k, 3)] for k in range(5)]


def test_a_header_in_one_ruled_band_with_the_first_row() -> None:
    ends = [230.0, 290.0, 350.0, 410.0]

    def draw(page: Page) -> None:
        page.line(55, 90, 415, 90)
        for x, text in ((225, "Hommes"), (345, "Femmes")):
            page.centred(x, 100, text)
            page.line(x - 50, 104, x + 65, 104)
        _row(page, 115, "", ends, ["2019", "2020", "2019", "2020"])
        for k in range(5):
            _row(page, 129 + 14 * k, NAMES[k], ends, _values(k, 4))
            page.line(55, 133 + 14 * k, 415, 133 + 14 * k)

    (table,) = tables_on(draw)
    assert texts(table)[1:3] == [["", "2019", "2020", "2019", "2020"], ["Ardenne", *_values(0, 4)]]


@pytest.mark.parametrize("above", [False, True])
def test_a_first_row_that_no_ruling_parts_from_its_header(above: bool) -> None:
    """Rulings stand below rows; the first may have the text above it in one band, too."""
    ends = [290.0, 350.0]

    def draw(page: Page) -> None:
        if above:
            page.line(55, 60, 355, 60)
            page.text(60, 75, "Les pays en 2021", size=13)
        page.text(60, 100, "Pays")
        page.right(290, 100, "Nombre")
        page.right(290, 110, "de cas")
        page.right(350, 100, "Taux")
        _row(page, 126, "Un pays au nom très long,", ends, ["17,3", "21,3"])
        page.text(60, 138, "sur deux lignes")
        page.line(55, 142, 355, 142)
        for k in range(4):
            _row(page, 153 + 16 * k, NAMES[k], ends, _values(k, 2))
            page.line(55, 157 + 16 * k, 355, 157 + 16 * k)

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Pays", "Nombre de cas", "Taux"]
    assert texts(table)[1] == ["Un pays au nom très long, sur deux lignes", "17,3", "21,3"]
    assert texts(table)[2:] == [[NAMES[k], *_values(k, 2)] for k in range(4)]


def test_tables_side_by_side_with_rulings_of_their_own_are_as_many() -> None:
    starts = [60.0, 220.0, 380.0]

    def draw(page: Page) -> None:
        for number, x in enumerate(starts):
            for y in (90, 105, 180):
                page.line(x - 3, y, x + 123, y)
            _row(page, 101, ("Âge", "Statut", "Motif")[number], [x + 120], ["Part"], x)
            for k in range(5):
                _row(page, 117 + 13 * k, NAMES[k], [x + 120], _values(k + number, 1), x)

    tables = tables_on(draw)
    assert len(tables) == 3
    assert texts(tables[2])[:2] == [["Motif", "Part"], ["Ardenne", *_values(2, 1)]]


def test_tables_side_by_side_at_levels_of_their_own() -> None:
    def draw(page: Page) -> None:
        for number, x in enumerate((60, 320)):
            for k in range(6):
                y = 100 + 13 * k + 6.5 * number
                _row(page, y, NAMES[k], [x + 120.0, x + 180.0], _values(k + number, 2), x)

    tables = tables_on(draw)
    assert [texts(table)[0] for table in tables] == [
        ["Ardenne", *_values(0, 2)],
        ["Ardenne", *_values(1, 2)],
    ]


def test_rows_of_text_told_by_the_space_between_them_and_a_late_figure() -> None:
    rows = [
        [["Accès à l'école dans les", "cantons éloignés"], ["Taux net de", "scolarité"], ["92 % des filles"]],
        [["Eau potable"], ["Ménages desservis", "dans les bourgs"], ["Tous les foyers"]],
        [["Moins de décès"], ["Décès des enfants"], ["45"]],
        [["Routes plus sûres"], ["Part du réseau", "en bon état"], ["60 % du réseau"]],
    ]

    def draw(page: Page) -> None:
        for x, name in zip((60, 200, 320), ("Objectif", "Indicateur", "Cible"), strict=True):
            page.text(x, 100, name, bold=True)
        y = 120
        for row in rows:
            for x, lines in zip((60, 200, 320), row, strict=True):
                for j, line in enumerate(lines):
                    page.text(x, y + 11 * j, line)
            y += 20 + 11 * (max(map(len, row)) - 1)

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Objectif", "Indicateur", "Cible"]
    assert texts(table)[1:] == [[" ".join(lines) for lines in row] for row in rows]


def test_a_group_of_rows_named_below_a_gap_is_no_new_table() -> None:
    ends = [260.0, 340.0]

    def draw(page: Page) -> None:
        _row(page, 100, "Poste", ends, ["31.12.2020", "31.12.2021"])
        for k in range(4):
            _row(page, 114 + 14 * k, NAMES[k], ends, _values(k, 2))
        page.text(60, 186, "Passif")
        for k in range(4):
            _row(page, 200 + 14 * k, NAMES[k][::-1].capitalize(), ends, _values(k + 4, 2))

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == [
        "Poste",
        *NAMES[:4],
        "Passif",
        *(name[::-1].capitalize() for name in NAMES[:4]),
    ]


def test_what_a_group_consists_of_is_a_row_of_its_own() -> None:
    ends = [260.0, 340.0]

    def draw(page: Page) -> None:
        _row(page, 100, "Poste", ends, ["Prévu", "Réalisé"])
        _row(page, 113, "Dépenses de personnel", ends, _values(0, 2))
        page.text(66, 126, "dont :")
        for k in range(3):
            _row(page, 139 + 13 * k, NAMES[k], ends, _values(k + 1, 2), 72)

    (table,) = tables_on(draw)
    assert [row[0] for row in texts(table)] == ["Poste", "Dépenses de personnel", "dont :", *NAMES[:3]]


def test_a_unit_in_brackets_and_a_name_beside_its_values_are_header() -> None:
    ends = [300.0, 380.0, 460.0]

    def draw(page: Page) -> None:
        for line, names in enumerate((("Établis-", "Agents", "Salaires"), ("sements", "payés", "(1 000 €)"))):
            for end, name in zip(ends, names, strict=True):
                page.centred(end - 55, 100 + 10 * line, name)
        page.text(60, 110, "Branche")
        for k in range(6):
            _row(page, 126 + 12 * k, NAMES[k], ends, [f"{k + 4} 215", f"{k + 2} 310", f"{k + 7} 801"])

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Branche", "Établis- sements", "Agents payés", "Salaires (1 000 €)"]
    assert texts(table)[1] == ["Ardenne", "4 215", "2 310", "7 801"]


def test_a_row_begins_where_upright_rulings_begin() -> None:
    xs = [55.0, 170.0, 230.0, 290.0, 350.0, 410.0]

    def draw(page: Page) -> None:
        for y in (90, 122, 138, 154, 170):
            page.line(xs[0], y, xs[-1], y)
        for k, x in enumerate(xs):
            page.line(x, 90 if k % 2 else 106, x, 170)  # the header's first row has cells over two columns
        page.line(xs[0], 90, xs[0], 106)
        page.text(60, 111, "Pays")
        page.centred(230, 101, "Hommes")
        page.centred(350, 101, "Femmes")
        for k, name in enumerate(("N", "%", "N", "%")):
            page.centred(200 + 60 * k, 117, name)
        for row in range(3):
            page.text(60, 133 + 16 * row, NAMES[row])
            for k, value in enumerate(_values(row, 4)):
                page.centred(200 + 60 * k, 133 + 16 * row, value)

    (table,) = tables_on(draw)
    spans = {(c.text, c.row, c.column, c.column_span) for c in table.cells if c.row < 2}
    assert {("Hommes", 0, 1, 2), ("Femmes", 0, 3, 2), ("N", 1, 1, 1), ("%", 1, 4, 1)} <= spans
    assert texts(table)[2] == ["Ardenne", *_values(0, 4)]


def test_the_dots_of_a_leader_are_no_words_of_a_key() -> None:
    def draw(page: Page) -> None:
        _row(page, 100, "Motif", [400.0], ["2021"])
        for k in range(5):
            _row(page, 115 + 14 * k, NAMES[k] + " ." * 45, [400.0], [f"{5 - k} 17{k}"])

    (table,) = tables_on(draw)
    assert len(texts(table)) == 6
    assert texts(table)[1][1] == "5 170"


def test_a_shaded_header_tells_what_its_cells_span() -> None:
    ends = [260.0, 320.0, 380.0, 440.0]

    def draw(page: Page) -> None:
        for x0, x1 in ((55, 205), (205, 325), (325, 445)):
            page.fill(x0, 90, x1, 104, grey=0.8)
        for x0 in (55, 205, 265, 325, 385):
            page.fill(x0, 104, 205 if x0 == 55 else x0 + 60, 118, grey=0.8)
        page.right(320, 100, "Hommes")
        page.right(440, 100, "Femmes")
        _row(page, 114, "Pays", ends, ["N", "%", "N", "%"])
        page.text(60, 130, "Premier groupe")
        for k in range(4):
            _row(page, 145 + 14 * k, NAMES[k], ends, _values(k, 4), 70)

    (table,) = tables_on(draw)
    spans = {(c.text, c.column, c.column_span) for c in table.cells if c.row == 0}
    assert {("Hommes", 1, 2), ("Femmes", 3, 2)} <= spans
    assert [row[0] for row in texts(table)][-5:] == ["Premier groupe", *NAMES[:4]]


def test_a_cell_beside_whose_lines_the_key_is_centred_is_no_header() -> None:
    def draw(page: Page) -> None:
        for x, name in zip((60, 200, 350), ("Service", "Mesure", "Cas"), strict=True):
            page.text(x, 100, name, bold=True)
        page.line(55, 105, 380, 105)
        for k in range(4):
            y = 118 + 26 * k
            page.text(200, y, "Nouvelles règles depuis")
            page.text(200, y + 11, "deux ans, voir l'annexe")
            page.text(60, y + 5.5, NAMES[k])
            page.right(375, y + 5.5, f"{k + 3} 241")

    (table,) = tables_on(draw)
    wrapped = "Nouvelles règles depuis deux ans, voir l'annexe"
    assert texts(table) == [
        ["Service", "Mesure", "Cas"],
        *([NAMES[k], wrapped, f"{k + 3} 241"] for k in range(4)),
    ]


def _index(page: Page) -> None:
    for k in range(24):
        for column in range(3):
            name = NAMES[(k + column) % 6]
            page.text(60 + 160 * column, 80 + 12 * k, f"{name}, {3 + (7 * k) % 90}, {99 + k * column}")


def _bars(page: Page) -> None:
    for k, length in enumerate((210.0, 80.0, 215.0, 140.0, 212.0, 82.0)):
        page.right(120, 100 + 20 * k, NAMES[k])
        page.fill(125, 91 + 20 * k, 125 + length, 103 + 20 * k, grey=0.5)
        page.text(129 + length, 100 + 20 * k, f"{length / 4:.1f}")


def _panel(page: Page) -> None:
    for k, (figure, label) in enumerate((("1 240", "projets signés"), ("87", "agents"), ("32", "communes"))):
        page.centred(120 + 150 * k, 110, figure, size=22)
        page.centred(120 + 150 * k, 126, label)


def _form(page: Page) -> None:
    for k in range(6):
        page.text(60, 100 + 30 * k, f"{k + 1}. Question {NAMES[k]}")
        for x, answer in ((80, "Souvent"), (180, "Parfois"), (280, "Jamais"), (380, "Sans avis")):
            page.text(x, 115 + 30 * k, answer)


def _addresses(page: Page) -> None:
    for k in range(5):
        for column, name in enumerate(NAMES[:3]):
            for j, line in enumerate((f"Mairie de {name}", f"{k + 3} rue Haute", f"2{k}10{column} {name}")):
                page.text(60 + 160 * column, 100 + 50 * k + 12 * j, line)


@pytest.mark.parametrize("draw", [_index, _bars, _panel, _form, _addresses])
def test_indexes_bars_with_their_values_panels_forms_and_addresses_are_no_tables(
    draw: Callable[[Page], None],
) -> None:
    assert tables_on(draw) == []


def test_a_heading_between_lists_of_counts_parts_them() -> None:
    def draw(page: Page) -> None:
        for block, name in enumerate(NAMES[:3]):
            top = 90 + 92.0 * block
            page.text(60, top, name, 11, bold=True)
            page.text(60, top + 15, "Effectif", bold=True)
            for k, trade in enumerate(("Médecins", "Dentistes", "Pharmaciens", "Infirmiers")):
                _row(page, top + 30 + 14 * k, trade, [230.0, 290.0], _values(k + 4 * block, 2))

    tables = tables_on(draw)
    assert [texts(table)[0] for table in tables] == [
        ["Médecins", *_values(4 * block, 2)] for block in range(3)
    ]
    assert [len(texts(table)) for table in tables] == [4, 4, 4]
