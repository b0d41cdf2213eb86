"""What the pages of a report hold, as bytes that can be put aside until all pages are known.

Lines, blocks and tables are written as tuples of plain values: a fraction of the bytes and of the time that
the objects would take.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

import numpy as np

from rapextract.model import BlockKind

from .blocks.drafts import Draft
from .page.lines import TextLine
from .pages import CellKey
from .tables import Area, FoundCell, FoundTable

Values = tuple[Any, ...]
Cells = dict[CellKey, list[TextLine]]

_NAMES = [field.name for field in fields(TextLine)]
_CHARS = _NAMES.index("chars")
_line = attrgetter(*_NAMES)
_draft = attrgetter("page", "level", "table", "parts", "area", "titles", "closes")
_table = attrgetter(
    "row_count", "column_count", "columns", "detector", "confidence", "page", "header_rows", "header_columns"
)
_box = attrgetter("x0", "top", "x1", "bottom")
_cell = attrgetter(
    "row", "column", "row_span", "column_span", "page", "box.x0", "box.top", "box.x1", "box.bottom"
)


def packed_lines(lines: Iterable[TextLine]) -> list[Values]:
    """Lines as tuples of plain values."""
    packed = []
    for line in lines:
        values = list(_line(line))
        values[_CHARS] = line.chars.tobytes()
        packed.append(tuple(values))
    return packed


def unpacked_lines(packed: Iterable[Values]) -> list[TextLine]:
    """The lines that `packed_lines` made tuples of."""
    lines = []
    for plain in packed:
        values = list(plain)
        values[_CHARS] = np.frombuffer(values[_CHARS], np.int32)
        lines.append(TextLine(*values))
    return lines


def packed_drafts(drafts: Iterable[Draft]) -> bytes:
    """Blocks as bytes."""
    return pickle.dumps([(draft.kind.value, packed_lines(draft.lines), _draft(draft)) for draft in drafts])


def unpacked_drafts(data: bytes) -> list[Draft]:
    """The blocks that `packed_drafts` made bytes of."""
    packed = pickle.loads(data)  # our own bytes
    return [Draft(BlockKind(kind), unpacked_lines(lines), *values) for kind, lines, values in packed]


def copied_drafts(drafts: Iterable[Draft]) -> list[Draft]:
    """Blocks that may be changed; their lines are the same ones."""
    return [Draft(draft.kind, list(draft.lines), *_draft(draft)) for draft in drafts]


def packed_cells(cells: Cells) -> bytes:
    """The lines of cells as bytes."""
    return pickle.dumps([(page, _box(area), packed_lines(lines)) for (page, area), lines in cells.items()])


def unpacked_cells(data: bytes) -> Cells:
    """The lines of the cells that `packed_cells` made bytes of."""
    packed = pickle.loads(data)  # our own bytes
    return {(page, Area(*box)): unpacked_lines(lines) for page, box, lines in packed}


def packed_table(table: FoundTable) -> bytes:
    """The grid of a table as bytes: what its cells say is left out, `CellLines` has it."""
    areas = [(page, _box(area)) for page, area in table.areas]
    return pickle.dumps((_box(table.area), areas, _table(table), [_cell(cell) for cell in table.cells]))


def unpacked_table(data: bytes) -> FoundTable:
    """The grid of the table that `packed_table` made bytes of."""
    area, areas, (rows, columns, *rest), cells = pickle.loads(data)  # our own bytes
    found = tuple(
        FoundCell(row, column, row_span, column_span, Area(*box), (), "", page)
        for row, column, row_span, column_span, page, *box in cells
    )
    values = [*rest, tuple((page, Area(*box)) for page, box in areas)]
    return FoundTable(Area(*area), rows, columns, found, *values)
