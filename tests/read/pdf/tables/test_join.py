"""Tables that go on over pages."""

from __future__ import annotations

from .drawing import Page, join_pages, pdf, tables_of, texts


def _part(page: Page, top: float, names: range, header: bool) -> None:
    rows = ([("Indicateur", "Code", "Valeur 2021")] if header else []) + [
        (f"Indicateur numéro {k}", f"P{k}.1", f"{k} 204") for k in names
    ]
    page.grid([50, 250, 350, 450], [top + 20 * k for k in range(len(rows) + 1)])
    for k, row in enumerate(rows):
        for x, text in zip((55, 255, 355), row, strict=True):
            page.text(x, top + 14 + 20 * k, text)


def _joined(*draws):  # type: ignore[no-untyped-def]
    pages = tables_of(pdf(*draws))
    return join_pages(pages, [842.0] * len(pages))


def test_a_table_over_three_pages_is_one() -> None:
    (table,) = _joined(
        lambda page: (page.prose(50, 60), _part(page, 580, range(1, 10), True)),
        lambda page: _part(page, 60, range(10, 44), True),
        lambda page: (_part(page, 60, range(44, 50), False), page.prose(50, 300)),
    )
    assert [row[0] for row in texts(table)] == [
        "Indicateur",
        *(f"Indicateur numéro {k}" for k in range(1, 50)),
    ]
    assert {cell.page for cell in table.cells} == {1, 2, 3}
    assert [page for page, _ in table.areas] == [1, 2, 3]
    last = next(cell for cell in table.cells if cell.text == "49 204")
    assert (last.page, last.row, last.column) == (3, 49, 2)


def test_tables_with_text_between_them_stay_two() -> None:
    found = _joined(
        lambda page: (_part(page, 60, range(1, 6), True), page.prose(50, 300, 30)),
        lambda page: _part(page, 60, range(6, 12), True),
    )
    assert len(found) == 2


def test_other_columns_make_another_table() -> None:
    def other(page: Page) -> None:
        page.grid([50, 150, 450], [60, 80, 100, 120])
        for k in range(3):
            page.text(55, 74 + 20 * k, f"ligne {k}")
            page.text(155, 74 + 20 * k, f"{k} 500")

    assert len(_joined(lambda page: _part(page, 600, range(1, 10), True), other)) == 2


def test_a_table_over_the_columns_of_a_page_is_one() -> None:
    def part(page: Page, left: float, top: float, names: range) -> None:
        page.grid([left, left + 120, left + 200], [top + 20 * k for k in range(len(names) + 1)])
        for k, name in enumerate(names):
            page.text(left + 5, top + 14 + 20 * k, f"Indicateur {name}")
            page.text(left + 125, top + 14 + 20 * k, f"{name} 204")

    def draw(page: Page) -> None:
        page.prose(50, 60, 20, size=4)
        part(page, 50, 600, range(1, 9))
        part(page, 320, 60, range(9, 15))
        page.prose(320, 400, 20, size=4)

    (table,) = _joined(draw)
    assert table.row_count == 14
    assert [page for page, _ in table.areas] == [1, 1]


def test_plain_names_over_figures_begin_another_table_in_the_next_column_of_a_page() -> None:
    def part(page: Page, left: float, top: float, head: tuple[str, str], count: int) -> None:
        page.grid([left, left + 80, left + 140, left + 200], [top + 20 * k for k in range(count + 2)])
        for x, text in zip((5, 85, 145), ("Cours d'eau", *head), strict=True):
            page.text(left + x, top + 14, text)
        for k in range(count):
            for x, text in zip((5, 85, 145), (f"Ruisseau {k}", f"{k} 204", f"{k + 3} 118"), strict=True):
                page.text(left + x, top + 34 + 20 * k, text)

    def draw(page: Page) -> None:
        part(page, 50, 60, ("Barrages", "Écluses"), 32)
        part(page, 320, 60, ("Écluses", "Moulins"), 4)

    found = _joined(draw)
    assert [texts(table)[0] for table in found] == [
        ["Cours d'eau", "Barrages", "Écluses"],
        ["Cours d'eau", "Écluses", "Moulins"],
    ]


def test_a_header_that_ends_a_page_has_the_columns_of_the_rows_on_the_next() -> None:
    """The first part holds no text over the second column of keys."""

    def part(page: Page, top: float, rows: list[tuple[str, ...]]) -> None:
        page.grid([50, 250, 350, 400, 450, 500], [top + 20 * k for k in range(len(rows) + 1)])
        for k, row in enumerate(rows):
            for x, text in zip((55, 255, 355, 405, 455), row, strict=True):
                page.text(x, top + 14 + 20 * k, text)

    title = ("Admissions et révisions", "", "", "", "")
    head = ("", "", "Cat. 1", "Cat. 2", "Total")
    body = [
        ("À la demande de la caisse", "Admission", "512", "903", "1 415"),
        ("", "Révision", "74", "305", "379"),
    ]

    def first(page: Page) -> None:
        part(page, 760, [title, head])

    (table,) = _joined(first, lambda page: part(page, 60, [title, *body]))
    assert (table.row_count, table.column_count) == (4, 5)
    assert [(cell.row, cell.column) for cell in table.cells if cell.text == "Cat. 1"] == [(1, 2)]
    assert [(cell.row, cell.column) for cell in table.cells if cell.text == "74"] == [(3, 2)]
    assert (table.header_rows, table.header_columns) == (2, 2)

    def elsewhere(page: Page) -> None:
        page.grid([50, 230, 330, 380, 440, 500], [60 + 20 * k for k in range(4)])
        for k, row in enumerate([title, *body]):
            for x, text in zip((55, 235, 335, 385, 445), row, strict=True):
                page.text(x, 74 + 20 * k, text)

    assert len(_joined(first, elsewhere)) == 2  # its rulings stand at other places
