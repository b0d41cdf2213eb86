"""Tables from the structure tree that Word and Acrobat leave (PDF 32000-1, 14.8.4.3.4).

A tagged table says which characters make a cell and which cells make a row; spans are often missing,
and many tagged tables only lay out a page. So tags are believed where the geometry agrees.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field

import numpy as np

from .. import native
from ..page import PageContent
from .grid import Grid, Span
from .words import Floats, Ints, Words

MOST_ELEMENTS = 20_000
DEEPEST = 40
MOST_SPAN = 60
CELLS = ("TD", "TH")
LEAVES = frozenset(("P", "Span", "Link", "Figure", "Caption", "Reference", "Note", "TOC", "TOCI", "Lbl", "H"))
"""Elements that hold no table (PDF 32000-1, 14.8.4): not looked into outside a cell."""


@dataclass(slots=True)
class TagCell:
    """A tagged cell: its marked-content ids and the spans it declares."""

    marks: list[int] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1


TagTable = list[list[TagCell]]
"""Rows of tagged cells."""


def tag_tables(page: PageContent) -> list[TagTable]:
    """The tables that the structure tree of an open page declares; inner ones apart from outer ones."""
    tree = None if page.recognized else native.get_structure_tree(page.handle)
    if not tree:
        return []
    tables: list[TagTable] = []
    budget = [MOST_ELEMENTS]
    try:
        for index in range(native.count_tree_children(tree)):
            _walk(native.get_tree_child(tree, index), 0, None, None, tables, budget)
    finally:
        native.close_structure_tree(tree)
    return [table for table in tables if sum(len(row) > 1 for row in table) >= 2]


def _name(element: int) -> str:
    buffer = ctypes.create_string_buffer(32)
    size = native.get_element_type(element, ctypes.addressof(buffer), len(buffer))
    return buffer.raw[: max(0, min(size, 32) - 2)].decode("utf-16-le", "ignore")


def _span(element: int, name: bytes) -> int:
    """A span that the element's attributes declare, 1 where they don't."""
    number = ctypes.c_float()
    for index in range(min(native.get_attribute_count(element), 8)):
        attribute = native.get_attribute(element, index)
        value = native.get_attribute_value(attribute, name) if attribute else None
        if value and native.get_attribute_number(value, ctypes.addressof(number)):
            return int(min(max(number.value, 1), MOST_SPAN))
    return 1


def _walk(
    element: int | None,
    depth: int,
    table: TagTable | None,
    cell: TagCell | None,
    tables: list[TagTable],
    budget: list[int],
) -> None:
    budget[0] -= 1
    if not element or depth > DEEPEST or budget[0] < 0:
        return
    name = _name(element)
    if name == "Table":
        table, cell = [], None
        tables.append(table)
    elif name == "TR" and table is not None:
        table.append([])
        cell = None
    elif name in CELLS and table:
        cell = TagCell([], _span(element, b"RowSpan"), _span(element, b"ColSpan"))
        table[-1].append(cell)
    elif cell is None and (name in LEAVES or (name[:1] == "H" and name[1:].isdigit())):
        return
    for index in range(native.count_element_children(element)):
        child = native.get_element_child(element, index)
        if child:
            _walk(child, depth + 1, table, cell, tables, budget)
        elif cell is not None:
            mark = native.get_child_marked_content_id(element, index)
            if mark >= 0:
                cell.marks.append(mark)


def tagged_grid(table: TagTable, words: Words, marks: list[int]) -> Grid | None:
    """The grid of a tagged table, or None where the words' places contradict it.

    `marks` gives the marked-content id of each word. Cells are placed as in HTML: each takes the
    first free column of its row.
    """
    of_mark: dict[int, list[int]] = {}
    for position, mark in enumerate(marks):
        if mark >= 0:
            of_mark.setdefault(mark, []).append(position)
    taken: set[tuple[int, int]] = set()
    members: dict[Span, list[int]] = {}
    columns = 0
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            row_span = min(cell.row_span, len(table) - row)
            for i in range(row_span):
                taken.update((row + i, column + j) for j in range(cell.column_span))
            members[row, column, row_span, cell.column_span] = [
                position for mark in cell.marks for position in of_mark.get(mark, ())
            ]
            column += cell.column_span
            columns = max(columns, column)
    if columns < 2 or sum(bool(held) for held in members.values()) < 4:
        return None
    return _placed(members, len(table), columns, words)


def _placed(members: dict[Span, list[int]], rows: int, columns: int, words: Words) -> Grid | None:
    """The grid with its boundaries, where cells stand in order down and across; None where they don't."""
    left = np.full(columns, np.inf)
    right = np.full(columns, -np.inf)
    top = np.full(rows, np.inf)
    bottom = np.full(rows, -np.inf)
    for (row, column, row_span, column_span), held in members.items():
        if not held:
            continue
        if column_span == 1:
            left[column] = min(left[column], words.x0[held].min())
            right[column] = max(right[column], words.x1[held].max())
        if row_span == 1:
            top[row] = min(top[row], words.top[held].min())
            bottom[row] = max(bottom[row], words.bottom[held].max())
    filled = np.flatnonzero(np.isfinite(left))
    lines = np.flatnonzero(np.isfinite(top))
    if len(filled) < 2 or len(lines) < 2:
        return None
    if (right[filled[:-1]] > left[filled[1:]] + 2).any():
        return None
    if (bottom[lines[:-1]] > top[lines[1:]] + 3).any():
        return None
    xs = _boundaries(left, right, filled)
    ys = _boundaries(top, bottom, lines)
    return Grid(xs, ys, members)


def _boundaries(start: Floats, end: Floats, known: Ints) -> list[float]:
    """Boundaries between strips of which some are empty: those take no width."""
    out = [float(start[known[0]]) - 1]
    place = out[0]
    for strip in range(len(start) - 1):
        after = known[known > strip]
        if strip in known and len(after):
            place = float(end[strip] + start[after[0]]) / 2
        elif strip in known:
            place = float(end[strip]) + 1
        out.append(place)
    out.append(max(float(end[known[-1]]) + 1, place))
    return out
