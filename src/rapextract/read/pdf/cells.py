"""The lines in the cells of tables, put aside page by page until all pages are known.

Half of the lines of a report full of tables stand in cells. What the text says of words and what the tables
become needs them twice, in the order of the pages; until then they wait outside memory where they are many.
"""

from __future__ import annotations

from collections.abc import Iterator

from .packing import packed_cells, unpacked_cells
from .page.lines import TextLine
from .pages import CellKey
from .shelf import Shelf


class CellLines:
    """The lines of each cell of a report."""

    def __init__(self) -> None:
        self._shelf = Shelf(packed_cells, unpacked_cells)
        self._number: dict[int, int] = {}  # page → what it has on the shelf
        self._last: tuple[int, dict[CellKey, list[TextLine]]] = 0, {}

    def add(self, page: int, cells: dict[CellKey, list[TextLine]]) -> None:
        """Put the cells of a page aside."""
        if cells:
            self._number[page] = self._shelf.put(cells, sum(map(len, cells.values())))

    def of(self, key: CellKey) -> list[TextLine]:
        """The lines of a cell."""
        page = key[0]
        if self._last[0] != page:
            self._last = page, self._shelf.get(self._number[page]) if page in self._number else {}
        return self._last[1].get(key, [])

    def __iter__(self) -> Iterator[list[TextLine]]:
        """The lines of each cell, in the order of the pages."""
        for number in self._number.values():
            yield from self._shelf.get(number).values()
