"""Tables without rulings: names of groups left of their rows, narrow columns, names over several columns,
text beside them, and parts on two pages."""

from __future__ import annotations

import pytest

from .drawing import Page, join_pages, pdf, tables_of, tables_on, texts

FRUIT = ("Poires", "Coings", "Nèfles", "Figues", "Cormes", "Alises")


def _rows(page: Page, y: float, step: float = 15, count: int = 6, at: float = 160) -> None:
    for k, name in enumerate(FRUIT[:count]):
        page.text(at, y + step * k, name)
        page.right(320, y + step * k, str(412 + 7 * k))
        page.right(390, y + step * k, f"{k + 3},4 %")


@pytest.mark.parametrize("tops", [(130, 182.5), (122.5, 175)], ids=["three and three", "two and four"])
def test_names_over_the_middle_of_their_rows_name_them_all(tops: tuple[float, float]) -> None:
    count = (3, 3) if tops[0] == 130 else (2, 4)

    def draw(page: Page) -> None:
        page.right(320, 83, "Plants")
        page.right(390, 83, "Part")
        page.text(60, 98, "Ensemble")
        page.right(320, 98, "5 999")
        page.text(60, tops[0], "Verger du haut")
        page.text(60, tops[1] - 12.5, "Verger")
        page.text(60, tops[1] - 2.5, "du bas")
        _rows(page, 115)
        page.text(160, 205, "Total")
        page.right(320, 205, "999")

    (table,) = tables_on(draw)
    named = {cell.text: (cell.row, cell.row_span) for cell in table.cells if cell.column == 0 and cell.row}
    assert named == {
        "Ensemble": (1, 1),
        "Verger du haut": (2, count[0]),
        "Verger du bas": (2 + count[0], count[1]),
    }


def test_titles_of_groups_with_lines_of_their_own_are_no_column() -> None:
    def draw(page: Page) -> None:
        page.right(320, 85, "Plants")
        page.right(390, 85, "Part")
        page.text(60, 100, "Haut")
        _rows(page, 115, count=3, at=90)
        page.text(60, 160, "Bas")
        _rows(page, 175, count=3, at=90)

    (table,) = tables_on(draw)
    assert table.column_count == 3


def test_a_value_almost_at_its_key_is_in_the_column_of_the_others() -> None:
    def draw(page: Page) -> None:
        long = "Cormes et alises des haies vives"
        x = 60 + page.width(long) + 5
        page.text(60, 85, "Récolte")
        page.text(x, 85, "Plants")
        page.text(x + 80, 85, "Part")
        for k, name in enumerate(("Poires", long, "Coings", "Figues")):
            page.text(60, 100 + 15 * k, name)
            page.text(x, 100 + 15 * k, f"{41 + k},25")
            page.text(x + 80, 100 + 15 * k, f"{k + 3},4 %")

    (table,) = tables_on(draw)
    assert texts(table)[:3:2] == [
        ["Récolte", "Plants", "Part"],
        ["Cormes et alises des haies vives", "42,25", "4,4 %"],
    ]


def test_changes_with_a_sign_are_no_part_of_the_figure_before_them() -> None:
    def draw(page: Page) -> None:
        for x, name in ((60, "Récolte"), (200, "2019"), (236, "Écart")):
            page.text(x, 85, name)
        for k, (name, value) in enumerate(
            zip(FRUIT, ("62 147", "38", "9", "98 075", "491", "7"), strict=True)
        ):
            page.text(60, 100 + 15 * k, name)
            page.text(200, 100 + 15 * k, value)
            page.text(200 + page.width("98 075") + 4, 100 + 15 * k, f"{'+-'[k % 2]} {k + 3},2 %")

    (table,) = tables_on(draw)
    assert texts(table)[1] == ["Poires", "62 147", "+ 3,2 %"]


def test_years_flush_left_over_values_flush_right_are_given_in_order() -> None:
    def draw(page: Page) -> None:
        page.text(60, 85, "Récolte")
        page.centred(215, 85, "Plants")
        page.centred(395, 85, "Part")
        for x, year in ((130, "2018"), (220, "2019"), (310, "2018"), (400, "2019")):
            page.text(x, 100, year)
        for k, name in enumerate(FRUIT):
            page.text(60, 115 + 15 * k, name)
            for n, right in enumerate((210, 300, 390, 480)):
                page.right(right, 115 + 15 * k, str(412 + k + n))

    (table,) = tables_on(draw)
    assert texts(table)[1] == ["", "2018", "2019", "2018", "2019"]


def test_names_over_some_of_the_columns_leave_the_others_alone() -> None:
    def draw(page: Page) -> None:
        for x, name in ((230, "Verger"), (350, "Jardin")):
            page.centred(x, 85, name)
        names = ("Arbres", "Nombre", "Part", "Nombre", "Part", "Total")
        for right, name in zip((160, 220, 270, 340, 390, 450), names, strict=True):
            page.right(right, 100, name)
        for k, name in enumerate(FRUIT):
            page.text(60, 115 + 15 * k, name)
            for n, right in enumerate((160, 220, 270, 340, 390, 450)):
                page.right(right, 115 + 15 * k, str(412 + k + n))

    (table,) = tables_on(draw)
    spans = {cell.text: (cell.column, cell.column_span) for cell in table.cells if cell.row == 0}
    assert spans == {"Verger": (2, 2), "Jardin": (4, 2)}


def test_a_unit_at_the_right_edge_over_the_names_is_none_of_them() -> None:
    def draw(page: Page) -> None:
        page.right(390, 85, "(en milliers)")
        page.text(60, 99, "Récolte")
        page.right(320, 99, "Plants")
        page.right(390, 99, "Greffes")
        for k, name in enumerate(FRUIT):
            page.text(60, 114 + 15 * k, name)
            page.right(320, 114 + 15 * k, str(412 + k))
            page.right(390, 114 + 15 * k, str(51 + k))

    (table,) = tables_on(draw)
    assert texts(table)[0] == ["Récolte", "Plants", "Greffes"]


def test_text_beside_a_table_is_none_of_its_columns() -> None:
    prose = (
        "les greffes du verger haut ont pris malgré",
        "le gel et la pluie de ce printemps tardif, et",
        "nous avons taillé les vieux arbres du talus",
        "avec soin pour que les jeunes plants voient",
        "le jour avant que la saison des récoltes ne",
        "soit finie, sans quoi les fruits tombent au",
        "pied des troncs et nourrissent les grives du bois",
    )

    def draw(page: Page) -> None:
        page.right(200, 85, "Plants")
        page.right(270, 85, "Part")
        for k, name in enumerate(FRUIT):
            page.text(60, 100 + 12 * k, name)
            page.right(200, 100 + 12 * k, str(412 + k))
            page.right(270, 100 + 12 * k, f"{k + 3},4 %")
        for k, line in enumerate(prose):
            page.text(310, 88 + 12 * k, line)

    (table,) = tables_on(draw)
    assert (table.column_count, table.row_count) == (3, 7)


def test_two_tables_side_by_side_whose_keys_have_no_name() -> None:
    def draw(page: Page) -> None:
        for x, names in (
            (60, FRUIT),
            (310, ("Noix", "Faînes", "Glands", "Amandes", "Noisettes", "Pistaches")),
        ):
            page.right(x + 140, 85, "Plants")
            page.right(x + 200, 85, "Part" if x == 60 else "Prix")
            for k, name in enumerate(names):
                page.text(x, 100 + 15 * k, name)
                page.right(x + 140, 100 + 15 * k, str(412 + k))
                page.right(x + 200, 100 + 15 * k, f"{k + 3},4")

    assert [texts(table)[0] for table in tables_on(draw)] == [["", "Plants", "Part"], ["", "Plants", "Prix"]]


def test_a_table_goes_on_though_all_keys_of_its_second_part_are_set_in() -> None:
    def first(page: Page) -> None:
        page.text(60, 640, "Récolte")
        page.centred(300, 640, "Plants de l’année")
        page.centred(400, 640, "Part")
        for k, name in enumerate(FRUIT):
            page.text(60 if k % 3 == 0 else 74, 655 + 15 * k, name)
            page.right(310, 655 + 15 * k, str(412 + k))
            page.right(420, 655 + 15 * k, f"{k + 3},4 %")

    def second(page: Page) -> None:
        for k, name in enumerate(FRUIT):
            page.text(74, 60 + 15 * k, name)
            page.right(310, 60 + 15 * k, str(512 + k))
            page.right(420, 60 + 15 * k, f"{k + 13},4 %")

    (table,) = join_pages(tables_of(pdf(first, second)), [842, 842])
    assert table.row_count == 13


def test_a_header_of_two_rows_between_rulings_whose_key_has_no_name() -> None:
    def draw(page: Page) -> None:
        page.grid([60, 200, 280, 360], [80 + 16.0 * k for k in range(7)])
        for k, (name, *values) in enumerate(
            (("", "Part", "Délai"), ("", "(%)", "(jours)"), *((name, "12,5", "31,2") for name in FRUIT[:4]))
        ):
            page.text(64, 91 + 16 * k, name)
            for x, value in zip((276, 356), values, strict=True):
                page.right(x, 91 + 16 * k, value)

    (table,) = tables_on(draw)
    assert table.header_rows == 2


def test_a_table_over_both_columns_of_a_page_keeps_its_header() -> None:
    def draw(page: Page) -> None:
        for x in (50, 310):
            for k in range(7):
                page.text(
                    x, 80 + 12 * k + (x > 300) * 5, "les arbres du talus et des haies vives ont été taillés"
                )
        page.centred(345, 185, "2018")
        page.centred(465, 185, "2019")
        page.text(50, 200, "Récolte")
        for right, name in zip((330, 390, 450, 510), ("Plants", "Part") * 2, strict=True):
            page.right(right, 200, name)
        for k, name in enumerate(FRUIT):
            page.text(50, 216 + 15 * k, name)
            for n, right in enumerate((330, 390, 450, 510)):
                page.right(right, 216 + 15 * k, str(412 + k + n))

    table = tables_on(draw)[-1]
    assert texts(table)[:2] == [["", "2018", "", "2019", ""], ["Récolte", "Plants", "Part", "Plants", "Part"]]
