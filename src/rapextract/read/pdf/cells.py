"""The lines in the cells of tables, put aside page by page until all pages are known.

Half of the lines of a report full of tables stand in cells. What the text says of words and what the tables
become needs them twice, in the order of the pages; until then they wait outside memory.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator

from .lines import TextLine
from .packing import packed_lines, unpacked_lines
from .pages import CellKey
from .spool import Place, Spool
from .tables import Area


class CellLines:
    """The lines of each cell of a report."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._places: dict[int, Place] = {}
        self._last: tuple[int, dict[CellKey, list[TextLine]]] = 0, {}

    def add(self, page: int, cells: dict[CellKey, list[TextLine]]) -> None:
        """Put the cells of a page aside."""
        if cells:
            packed = [
                (area.x0, area.top, area.x1, area.bottom, packed_lines(lines))
                for (_, area), lines in cells.items()
            ]
            self._places[page] = self._spool.put(pickle.dumps(packed))

    def of(self, key: CellKey) -> list[TextLine]:
        """The lines of a cell."""
        page = key[0]
        if self._last[0] != page:
            self._last = page, self._of_page(page)
        return self._last[1].get(key, [])

    def __iter__(self) -> Iterator[list[TextLine]]:
        """The lines of each cell, in the order of the pages."""
        for page in self._places:
            yield from self._of_page(page).values()

    def _of_page(self, page: int) -> dict[CellKey, list[TextLine]]:
        place = self._places.get(page)
        packed = pickle.loads(self._spool.get(place)) if place is not None else []  # our own bytes
        return {
            (page, Area(x0, top, x1, bottom)): unpacked_lines(lines) for x0, top, x1, bottom, lines in packed
        }
