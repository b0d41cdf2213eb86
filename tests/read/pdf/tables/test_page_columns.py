"""Tables without rules in narrow page columns: side by side, one below the other, their names tight."""

from __future__ import annotations

import pytest

from rapextract.read.pdf.tables.groups import groups_of
from rapextract.read.pdf.tables.words import Phrase

from .drawing import Page, tables_on, texts

FRUIT = [
    "Poires",
    "Prunes d’ente et mirabelles|de plein vent",
    "Coings",
    "Nèfles|de la rivière",
    "Cerises",
    "Figues",
]
NUTS = ["Noix", "Noisettes", "Amandes des murs|du sud", "Pistaches", "Châtaignes", "Faînes"]


def test_two_tables_side_by_side_have_their_figures_on_levels_of_their_own() -> None:
    def draw(page: Page) -> None:
        page.centred(272, 80, "Récoltes de l’année", size=14)
        for x, names in ((60, FRUIT), (284, NUTS)):
            y = 105.0
            page.text(x, y, "Récolte")
            page.right(x + 200, y, "Part")
            for k, name in enumerate(names):
                y += 3
                for part in name.split("|"):
                    y += 11
                    page.text(x, y, part)
                page.right(x + 200, y - 5.5 * name.count("|"), f"{k + 3},4 %")

    found = tables_on(draw)
    rows = [
        [[name.replace("|", " "), f"{k + 3},4 %"] for k, name in enumerate(names)] for names in (FRUIT, NUTS)
    ]
    assert [texts(table)[1:] for table in found] == rows


def test_a_key_centred_beside_two_rows_makes_no_row_of_them() -> None:
    def draw(page: Page) -> None:
        for x, name in ((250, "2020"), (310, "2021")):
            page.right(x, 100, name)
        for k, key in enumerate(("Verger haut", "Verger bas")):
            y = 118 + 32 * k
            page.text(60, y + 6, key)
            for shift, kind in ((0, "Plants"), (12, "Greffes")):
                page.text(140, y + shift, kind)
                page.right(250, y + shift, str(245 + 7 * k + shift))
                page.right(310, y + shift, str(812 + 7 * k + shift))

    (table,) = tables_on(draw)
    assert texts(table)[1:] == [
        ["Verger haut", "Plants", "245", "812"],
        ["", "Greffes", "257", "824"],
        ["Verger bas", "Plants", "252", "819"],
        ["", "Greffes", "264", "831"],
    ]


def test_tight_names_below_a_title_begin_another_table() -> None:
    def draw(page: Page) -> None:
        page.text(60, 100, "Verger")
        page.right(250, 100, "Plants")
        page.right(300, 100, "Part")
        for k, name in enumerate(("Poires", "Coings", "Nèfles")):
            page.text(60, 114 + 14 * k, name)
            page.right(250, 114 + 14 * k, str(412 + k))
            page.right(300, 114 + 14 * k, f"{k + 3},4 %")
        page.text(60, 160, "Greffes")
        for k, name in enumerate(("Lot 1", "Lot 2", "Lot 3", "Total")):
            page.right(190 + 28 * k, 174, name, size=10.5)
        for row, name in enumerate(("Poires", "Coings", "Nèfles")):
            page.text(60, 188 + 14 * row, name)
            for k in range(4):
                page.right(190 + 28 * k, 188 + 14 * row, str(20 + 3 * k + row))

    first, second = tables_on(draw)
    assert texts(first)[0] == ["Verger", "Plants", "Part"] and first.row_count == 4
    assert texts(second)[0] == ["", "Lot 1", "Lot 2", "Lot 3", "Total"] and second.row_count == 4


@pytest.mark.parametrize("low", [True, False], ids=["name of the keys at the bottom", "at the top"])
def test_a_number_ends_a_wrapped_name_beside_others_that_wrap(low: bool) -> None:
    def draw(page: Page) -> None:
        page.text(60, 110 if low else 100, "Verger")
        for right, name in ((250, ("Nombre", "de plants")), (310, ("% du lot", "30"))):
            page.right(right, 100, name[0])
            page.right(right, 110, name[1])
        if not low:
            page.right(250, 120, "greffés")
        for k, name in enumerate(("Poires", "Coings", "Nèfles")):
            page.text(60, 136 + 15 * k, name)
            page.right(250, 136 + 15 * k, str(412 + k))
            page.right(310, 136 + 15 * k, f"{k + 3},4 %")

    (table,) = tables_on(draw)
    assert table.header_rows == 1
    assert texts(table)[0] == ["Verger", "Nombre de plants" + " greffés" * (not low), "% du lot 30"]


def test_two_keys_beside_one_row_are_over_the_middle_of_none() -> None:
    def phrase(text: str, x: float, level: float = 100) -> Phrase:
        return Phrase((0,), x, x + 30, level, 9, text, text.isdigit(), False)

    row = [phrase("Verger", 60), phrase("Poires", 200), phrase("412", 260)]
    assert groups_of([row, [phrase("haut", 60, 112)]], [150.0, 240.0], [False, False]) == []


@pytest.mark.parametrize(
    "wraps", [False, True], ids=["in columns of lines", "in columns whose gutter it crosses"]
)
def test_a_table_over_three_page_columns_is_whole(wraps: bool) -> None:
    names = (
        "Poires du verger haut",
        "Coings",
        "Nèfles",
        "Cerises" + " des vergers du plateau et des coteaux" * wraps,
    )

    def draw(page: Page) -> None:
        for x, first in ((40, 60.0), (300, 56.5), (560, 63.0)):
            for y in (first, first + 270):
                page.prose(x, y, 14, size=4.9)
        page.right(420, 190, "Plants")
        page.right(500, 190, "Greffes")
        page.right(640, 190, "Part")
        for row, name in enumerate(names):
            page.text(40, 204 + 14 * row, name)
            page.right(420, 204 + 14 * row, str(412 + row))
            page.right(500, 204 + 14 * row, str(38 + row))
            page.right(640, 204 + 14 * row, f"{row + 3},4 %")

    (table,) = tables_on(draw, size=(842, 595))
    assert texts(table) == [
        ["", "Plants", "Greffes", "Part"],
        *([name, str(412 + row), str(38 + row), f"{row + 3},4 %"] for row, name in enumerate(names)),
    ]


def test_numbers_tell_names_apart_beside_one_set_close_to_them() -> None:
    def draw(page: Page) -> None:
        for k, x in enumerate((180, 210, 240)):
            page.right(x, 100, "Lot")
            page.right(x, 111, str(k + 1))
        page.right(279, 100, "TOTAL")
        for row, name in enumerate(("Poires", "Coings", "Nèfles")):
            page.text(60, 128 + 15 * row, name)
            for k, x in enumerate((180, 210, 240, 279)):
                page.right(x, 128 + 15 * row, str(412 + 7 * k + row))

    (table,) = tables_on(draw)
    assert table.header_rows == 1
    assert texts(table)[0] == ["", "Lot 1", "Lot 2", "Lot 3", "TOTAL"]


@pytest.mark.parametrize("bold", [True, False])
def test_a_name_over_a_key_in_lower_case_is_no_part_of_it_where_all_are(bold: bool) -> None:
    def draw(page: Page) -> None:
        y = 100.0
        for group in ("Haut", "Bas"):
            page.text(60, y, group, bold=bold)
            for row, name in enumerate(("poiriers", "cognassiers", "néfliers")):
                y += 11
                page.text(60, y, name)
                page.right(200, y, str(12 + row))
            y += 11

    (table,) = tables_on(draw)
    names = ["poiriers", "cognassiers", "néfliers"]
    assert [row[0] for row in texts(table)] == ["Haut", *names, "Bas", *names]


def test_a_space_alone_parts_a_key_from_a_value_that_stands_where_the_others_do() -> None:
    rows = [(name.split("|")[0], f"{20 + 7 * k},5 %") for k, name in enumerate([*FRUIT, *NUTS])]
    rows[7] = ("Noisettes et amandes des murs", rows[7][1])  # as wide as its column

    def draw(page: Page) -> None:
        start = 60 + page.width("Noisettes et amandes des murs ")
        for k, (key, value) in enumerate(rows):
            page.text(60, 100 + 14 * k, key)
            page.text(start, 100 + 14 * k, value)

    (table,) = tables_on(draw)
    assert texts(table) == [list(row) for row in rows]


def test_a_table_goes_on_in_the_next_page_column_row_beside_row() -> None:
    keys = [name.split("|")[0] for name in [*FRUIT, *NUTS]]

    def draw(page: Page) -> None:
        page.text(60, 100, "Récolte", bold=True)
        page.text(210, 100, "Part", bold=True)
        for k, key in enumerate(keys):
            x, y = (60, 114 + 14 * k) if k < 8 else (310, 114 + 14 * (k - 8))
            page.text(x, y, key)
            page.text(x + 150, y, f"{20 + 7 * k},5 %")

    rows = [row for table in tables_on(draw) for row in texts(table)]
    assert rows == [["Récolte", "Part"], *([key, f"{20 + 7 * k},5 %"] for k, key in enumerate(keys))]
