"""Tables that the structure tree declares."""

from __future__ import annotations

from rapextract.read.pdf.page.file import PdfFile
from rapextract.read.pdf.page.tags import TagCell
from rapextract.read.pdf.tables import find_tables
from rapextract.read.pdf.tables.core import Sheet, _settled
from rapextract.read.pdf.tables.grid import Grid, finished
from rapextract.read.pdf.tables.rules import Rules
from rapextract.read.pdf.tables.tagged import tagged_grids
from rapextract.read.pdf.tables.vet import is_sober

from .drawing import texts, words

PLACES = [
    ("Avis", 110, 100), ("2020", 100, 115), ("2021", 150, 115),
    ("Doubs", 20, 130), ("987", 100, 130), ("1005", 150, 130),
    ("Jura", 20, 145), ("402", 100, 145), ("398", 150, 145),
]  # fmt: skip
MARKED = {mark: [mark] for mark in range(9)}


def test_spans_that_tags_declare_place_the_cells() -> None:
    rows = [
        [TagCell([], row_span=2), TagCell([0], column_span=2)],
        [TagCell([1]), TagCell([2])],
        [TagCell([3]), TagCell([4]), TagCell([5])],
        [TagCell([6]), TagCell([7]), TagCell([8])],
    ]
    page = words(*PLACES)
    (grid,) = tagged_grids(rows, page, MARKED)
    table = finished(grid, page, 1, "tags", 0.9)
    assert table is not None
    cells = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert cells["Avis"] == (0, 1, 1, 2)
    assert cells["2020"] == (1, 1, 1, 1)
    assert cells["398"] == (3, 2, 1, 1)


def test_tags_without_their_spans_are_not_believed() -> None:
    rows = [
        [TagCell([0]), TagCell([])],
        [TagCell([1]), TagCell([2])],
        [TagCell([3]), TagCell([4]), TagCell([5])],
        [TagCell([6]), TagCell([7]), TagCell([8])],
    ]
    assert not tagged_grids(rows, words(*PLACES), MARKED)


def test_empty_cells_that_tags_leave_out_are_seen_by_the_places_of_the_others() -> None:
    page = words(
        ("Amont", 100, 115), ("Aval", 150, 115), ("Écluses", 200, 115),
        ("Quais", 20, 130), ("78", 100, 130), ("90", 200, 130),
        ("Rives", 20, 145), ("12", 100, 145), ("34", 150, 145), ("56", 200, 145),
        ("Digues", 20, 160), ("11", 150, 160),
    )  # fmt: skip
    rows = [
        [TagCell([0]), TagCell([1]), TagCell([2])],
        [TagCell([3]), TagCell([4]), TagCell([5])],
        [TagCell([6]), TagCell([7]), TagCell([8]), TagCell([9])],
        [TagCell([10]), TagCell([11])],
    ]
    (grid,) = tagged_grids(rows, page, {mark: [mark] for mark in range(12)})
    table = finished(grid, page, 1, "tags", 0.9)
    assert table is not None
    assert texts(table) == [
        ["", "Amont", "Aval", "Écluses"],
        ["Quais", "78", "", "90"],
        ["Rives", "12", "34", "56"],
        ["Digues", "", "11", ""],
    ]


def test_a_tagged_table_that_goes_on_in_the_next_page_column_is_a_grid_in_each() -> None:
    places = [
        ("Crues", 60, 600), ("Étiage", 120, 600), ("Crues", 360, 80), ("Étiage", 420, 80),
        ("Berge", 20, 615), ("12", 60, 615), ("34", 120, 615),
        ("Digue", 20, 630), ("56", 60, 630), ("78", 120, 630),
        ("Gué", 320, 95), ("910", 360, 95), ("11", 420, 95),
    ]  # fmt: skip
    marked = {0: [0, 2], 1: [1, 3], **{mark: [mark] for mark in range(4, 13)}}
    rows = [[TagCell([0]), TagCell([1])], *([TagCell([k + j]) for j in range(3)] for k in (4, 7, 10))]
    page = words(*places)
    grids = tagged_grids(rows, page, marked)
    tables = [finished(grid, page, 1, "tags", 0.9) for grid in grids]
    assert [texts(table) for table in tables if table is not None] == [
        [["", "Crues", "Étiage"], ["Berge", "12", "34"], ["Digue", "56", "78"]],
        [["", "Crues", "Étiage"], ["Gué", "910", "11"]],
    ]


def test_tags_that_declare_spans_stand_where_rulings_differ() -> None:
    page = words(*PLACES)
    sheet = Sheet(1, 600.0, 800.0, page, Rules(), ())
    members = {(0, 1, 1, 2): [0], (1, 1, 1, 1): [1], (1, 2, 1, 1): [2]}
    members |= {(row, column, 1, 1): [3 * row - 3 + column] for row in (2, 3) for column in range(3)}
    tagged = Grid([0.0, 90, 140, 200], [95.0, 113, 128, 143, 160], members)
    ruled = Grid([0.0, 90, 200], [95.0, 128, 160], {
        (0, 1, 1, 1): [0, 1, 2], (1, 0, 1, 1): [3, 6], (1, 1, 1, 1): [4, 5, 7, 8],
    })  # fmt: skip
    drawn = finished(ruled, page, 1, "rulings", 0.9)
    assert drawn is not None
    (table,) = _settled([drawn], [tagged], sheet)
    assert (table.detector, table.row_count) == ("tags", 4)


def test_tags_that_hold_a_header_beyond_the_rulings_stand() -> None:
    page = words(*PLACES[1:])
    members = {(0, 1, 1, 1): [0], (0, 2, 1, 1): [1]}
    members |= {(row, column, 1, 1): [3 * row - 1 + column] for row in (1, 2) for column in range(3)}
    tagged = Grid([0.0, 90, 140, 200], [113.0, 128, 143, 160], members)
    rows = {(row - 1, *rest): held for (row, *rest), held in members.items() if row}
    drawn = finished(Grid(tagged.xs, tagged.ys[1:], rows), page, 1, "rulings", 0.9)
    assert drawn is not None
    (table,) = _settled([drawn], [tagged], Sheet(1, 600.0, 800.0, page, Rules(), ()))
    assert texts(table)[0] == ["", "2020", "2021"]


def test_a_layout_grid_is_not_sober() -> None:
    long = " ".join(["mot"] * 80)
    page = words((long, 20, 100), ("a", 800, 100), ("b", 20, 200), (long, 800, 200))
    for grid in tagged_grids([[TagCell([0]), TagCell([1])], [TagCell([2]), TagCell([3])]], page, MARKED):
        table = finished(grid, page, 1, "tags", 0.9)
        assert table is None or not is_sober(table)


def test_tags_and_rulings_agree_on_real_reports(shared) -> None:  # type: ignore[no-untyped-def]
    agreed = 0
    for path in sorted((shared / "rpqs").glob("*.pdf"))[:4]:
        with PdfFile(path.read_bytes()) as file:
            for number in range(1, file.page_count + 1):
                with file.page(number) as page:
                    agreed += sum(table.detector == "tags" for table in find_tables(page))
    assert agreed >= 20
