"""Tables without rulings of which a page column's end leaves too little to be a table to itself."""

from __future__ import annotations

import pytest

from rapextract.read.pdf.page.file import PdfFile
from rapextract.read.pdf.tables import FoundTable, at_foot, find_tables

from .drawing import Page, join_pages, pdf, tables_of, texts

HEADER = ("Échelon", "2020", "2021")
ROWS = (
    ("Côte-d’Or", "1 204", "1 310"),
    ("Doubs", "987", "1 005"),
    ("Jura", "402", "398"),
    ("Total", "2 593", "2 713"),
)
FOOT, HEAD = 554.0, 60.0  # of the page columns


def _rows(page: Page, x: float, y: float, rows: tuple[tuple[str, str, str], ...]) -> float:
    for name, a, b in rows:
        page.text(x, y, name)
        page.right(x + 130, y, a)
        page.right(x + 190, y, b)
        y += 13
    return y


def _cut(page: Page, after: int, between: str = "") -> None:
    """Two page columns of prose; the table at the foot of the first is cut after so many rows."""
    above = FOOT - 13 * after
    page.prose(40, HEAD, int((above - HEAD) / 13) - 2, size=5)
    _rows(page, 40, above, (HEADER, *ROWS[:after]))
    y = HEAD
    if between:
        page.text(330, y, between)
        y += 13
    y = _rows(page, 330, y, ROWS[after:])
    page.prose(330, y + 15, 24, size=5)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_table_that_a_column_end_cuts_is_whole(after: int) -> None:
    pages = tables_of(pdf(lambda page: _cut(page, after), size=(595, 595)))
    (table,) = join_pages(pages, [595.0])
    assert texts(table) == [list(row) for row in (HEADER, *ROWS)]
    assert (table.header_rows, table.detector) == (1, "alignment")
    assert len(table.areas) == 2


def test_a_header_printed_again_in_the_next_column_is_none_of_its_rows() -> None:
    def draw(page: Page) -> None:
        page.prose(40, HEAD, 30, size=5)
        _rows(page, 40, FOOT - 39, (HEADER, *ROWS[:3]))
        y = _rows(page, 330, HEAD, (HEADER, ROWS[3]))
        page.prose(330, y + 15, 24, size=5)

    pages = tables_of(pdf(draw, size=(595, 595)))
    (table,) = join_pages(pages, [595.0])
    assert texts(table) == [list(row) for row in (HEADER, *ROWS)]


def test_a_page_number_below_a_column_ends_no_table_in_it() -> None:
    def draw(page: Page) -> None:
        page.prose(40, HEAD, 32, size=5)
        page.right(230, FOOT - 13, "Avis rendus Refus notifiés")
        _rows(page, 40, FOOT, ROWS[:1])
        page.text(40, FOOT + 70, "6")
        y = _rows(page, 330, HEAD, ROWS[1:])
        page.prose(330, y + 15, 24, size=5)

    (table,) = join_pages(tables_of(pdf(draw, size=(595, 650))), [650.0])
    assert texts(table)[-4:] == [list(row) for row in ROWS]


def test_the_rows_of_the_table_above_are_no_header() -> None:
    def draw(page: Page) -> None:
        page.prose(40, HEAD, 30, size=5)
        _rows(page, 40, FOOT - 13 * 8, (HEADER, *ROWS))
        page.text(40, FOOT - 39, "Lots", bold=True)
        for row, y in enumerate((FOOT - 26, FOOT - 13, FOOT)):
            page.text(40, y, ("", "Vergers", "Prés")[row])
            for k in range(4):
                page.right(120 + 36 * k, y, f"Lot {k}" if row == 0 else str(20 + 7 * k + row))
        for row, y in enumerate((HEAD, HEAD + 13)):
            page.text(330, y, ("Bois", "Total")[row])
            for k in range(4):
                page.right(410 + 36 * k, y, str(60 + 7 * k + row))
        page.prose(330, HEAD + 40, 24, size=5)

    first, second = join_pages(tables_of(pdf(draw, size=(595, 595))), [595.0])
    assert texts(first) == [list(row) for row in (HEADER, *ROWS)]
    assert [row[0] for row in texts(second)] == ["", "Vergers", "Prés", "Bois", "Total"]


def test_a_table_below_the_rows_that_go_on_is_not_lost() -> None:
    """Its title looks like a row above it, of which one word alone seems bold, as in scans: a number."""

    def draw(page: Page) -> None:
        page.prose(40, HEAD, 30, size=5)
        _rows(page, 40, FOOT - 26, (HEADER, *ROWS[:2]))
        y = _rows(page, 330, HEAD, (ROWS[2],))
        page.text(330, y + 8, "Les arbres plantés au bord des chemins du plan")
        page.text(330, y + 19, "30", bold=True)
        y = _rows(page, 330, y + 33, (("Espèce", "Nombre", "Part"),))
        _rows(
            page,
            330,
            y + 3,
            (("Tilleul", "610", "31,0 %"), ("Charme", "540", "27,4 %"), ("Orme", "12", "0,6 %")),
        )
        page.prose(330, y + 80, 20, size=5)

    pages = tables_of(pdf(draw, size=(595, 595)))
    first, second = join_pages(pages, [595.0])
    assert texts(first) == [list(row) for row in (HEADER, *ROWS[:3])]
    assert [row[0] for row in texts(second)][-3:] == ["Tilleul", "Charme", "Orme"]


def test_a_line_of_text_between_ends_the_table() -> None:
    pages = tables_of(
        pdf(lambda page: _cut(page, 3, "Les effectifs par échelon évoluent peu"), size=(595, 595))
    )
    (table,) = join_pages(pages, [595.0])
    assert texts(table) == [list(row) for row in (HEADER, *ROWS[:3])]


def test_rows_under_a_heading_over_both_columns_go_on() -> None:
    """Two columns of equal height under the heading; the first row of the second has a wrapped key."""

    def draw(page: Page) -> None:
        page.prose(40, HEAD, 12, size=5)
        page.prose(330, HEAD, 10, size=5)
        page.text(40, 300, "2 LES RÉSULTATS", size=15, bold=True)
        y = 340.0
        for name, value in (
            ("Indicateurs", "Taux"),
            ("Accueil", "81,2 %"),
            ("Contrôle", "64,0 %"),
            ("Soins", "7,5 %"),
        ):
            page.text(40, y, name)
            page.right(230, y, value)
            y += 18
        page.text(330, 335, "Délai moyen de transmission")
        page.text(330, 345, "du rapport au comité")
        page.right(520, 340, "100,0 %")
        page.text(330, 364, "Formation")
        page.right(520, 364, "92,4 %")

    pages = tables_of(pdf(draw, size=(595, 595)))
    (table,) = join_pages(pages, [595.0])
    assert texts(table)[0] == ["Indicateurs", "Taux"]
    assert texts(table)[-2:] == [
        ["Délai moyen de transmission du rapport au comité", "100,0 %"],
        ["Formation", "92,4 %"],
    ]


def test_other_columns_do_not_go_on_a_table() -> None:
    def draw(page: Page) -> None:
        page.prose(40, HEAD, 30, size=5)
        _rows(page, 40, FOOT - 39, (HEADER, *ROWS[:3]))
        page.text(330, HEAD, "En 2021, 12 agents")
        page.text(430, HEAD, "sont 43 dans l’échelon")
        page.prose(330, HEAD + 26, 30, size=5)

    pages = tables_of(pdf(draw, size=(595, 595)))
    (table,) = join_pages(pages, [595.0])
    assert table.row_count == 4


def _pages(*draws) -> list[FoundTable]:  # type: ignore[no-untyped-def]
    found: list[list[FoundTable]] = []
    with PdfFile(pdf(*draws)) as file:
        for number in range(1, file.page_count + 1):
            with file.page(number) as page:
                found.append(find_tables(page, at_foot(found[-1], 842.0) if found else None))
    return join_pages(found, [842.0] * len(found))


def _foot(page: Page, x: float = 60) -> None:
    page.prose(60, 60, 45)
    _rows(page, x, 700, (HEADER, *ROWS[:3]))


def _head(page: Page, x: float = 60, title: str = "", row: tuple[str, str, str] = ROWS[3]) -> None:
    page.text(60, 40, "Rapport d’activité 2021")
    if title:
        page.text(60, 100, title)
    y = _rows(page, x, 120, (row,))
    page.prose(60, y + 30, 30)


def test_one_row_at_the_head_of_the_next_page_goes_on_the_table() -> None:
    (table,) = _pages(_foot, _head)
    assert texts(table) == [list(row) for row in (HEADER, *ROWS)]
    assert [page for page, _ in table.areas] == [1, 2]


def test_one_ruled_row_at_the_head_of_the_next_page_goes_on_the_table() -> None:
    def foot(page: Page) -> None:
        _foot(page)
        page.grid([55, 130, 195, 255], [688, 703, 716, 729, 744])

    def head(page: Page) -> None:
        _head(page)
        page.grid([55, 130, 195, 255], [108, 125])

    (table,) = _pages(foot, head)
    assert texts(table) == [list(row) for row in (HEADER, *ROWS)]
    assert table.detector == "rulings"


def _other_columns(page: Page) -> None:
    page.text(60, 120, "Total")
    page.right(172, 120, "2 593")
    page.right(290, 120, "2 713")
    page.prose(60, 150, 30)


@pytest.mark.parametrize(
    "head",
    [
        lambda page: _other_columns(page),
        lambda page: _head(page, title="Les effectifs par échelon évoluent peu"),
        lambda page: _head(page, row=("Total", "en hausse", "partout")),
        lambda page: _head(page, row=("Les équipes", "12 agents sur", "43 à Dijon")),
    ],
)
def test_what_does_not_go_on_a_table(head) -> None:  # type: ignore[no-untyped-def]
    (table,) = _pages(_foot, head)
    assert texts(table) == [list(row) for row in (HEADER, *ROWS[:3])]
