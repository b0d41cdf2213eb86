"""Tables that the structure tree declares."""

from __future__ import annotations

from rapextract.read.pdf.page.file import PdfFile
from rapextract.read.pdf.page.tags import TagCell
from rapextract.read.pdf.tables import find_tables
from rapextract.read.pdf.tables.grid import finished
from rapextract.read.pdf.tables.tagged import tagged_grid
from rapextract.read.pdf.tables.vet import is_sober

from .drawing import words

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
    grid = tagged_grid(rows, page, MARKED)
    assert grid is not None
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
    assert tagged_grid(rows, words(*PLACES), MARKED) is None


def test_a_layout_grid_is_not_sober() -> None:
    long = " ".join(["mot"] * 80)
    page = words((long, 20, 100), ("a", 800, 100), ("b", 20, 200), (long, 800, 200))
    grid = tagged_grid([[TagCell([0]), TagCell([1])], [TagCell([2]), TagCell([3])]], page, MARKED)
    if grid is not None:
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
