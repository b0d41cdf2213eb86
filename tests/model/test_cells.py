"""The cells of a table, kept as numbers."""

from __future__ import annotations

from rapextract.model import Cell, Cells

CELLS = (
    Cell(row=0, column=0, row_span=2, column_span=3, start=5, end=9, page=4, header=True),
    Cell(row=7, column=1, start=9, end=9),
    Cell(row=7, column=2, start=12, end=70_000, page=2_000, header=True),
)


def test_cells_are_those_that_were_given() -> None:
    cells = Cells(CELLS)
    assert len(cells) == 3
    assert tuple(cells) == CELLS
    assert tuple(cells) == CELLS  # and again
    assert (cells[1], cells[-1], cells[1:]) == (CELLS[1], CELLS[2], CELLS[1:])
    assert cells == CELLS
    assert cells != CELLS[:2]
    assert not Cells(())
