"""What the structure tree says of a page's marked content: heading levels, artifacts, table cells.

Word and Acrobat tag what they write (PDF 32000-1, 14.7 and 14.8). Each character's marked-content id
leads to the element that holds it. The tree of a page is walked once.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import numpy.typing as npt

from . import native
from .glyphs import Glyphs

MOST_ELEMENTS = 20_000
DEEPEST = 40
MOST_SPAN = 60
MOST_ATTRIBUTES = 8
LONGEST_NAME = 64  # bytes
MOST_MARKS = 1_000_000
TAGGED_SHARE = 0.6  # of a page's characters: below it, untagged text is no artifact
CELLS = ("TD", "TH")
_GROUPS = frozenset(("Document", "Part", "Art", "Sect", "Div"))  # PDF 32000-1, 14.8.4.2
_NO_HEADING = frozenset(("Table", "L", "TOC", "Artifact"))
_HEADINGS = {"Title": 1, "H": 1, **{f"H{n}": n for n in range(1, 7)}}


@dataclass(slots=True)
class TagCell:
    """A tagged cell: its marked-content ids and the spans it declares."""

    marks: list[int] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1


TagTable = list[list[TagCell]]
"""Rows of tagged cells."""


@dataclass(slots=True)
class PageTags:
    """What the tags of one page say.

    `levels` has the heading level of each marked-content id, 0 for what is no heading; `tables` are
    the tables that the tags declare, inner ones apart from outer ones.
    """

    levels: dict[int, int] = field(default_factory=dict)
    tables: list[TagTable] = field(default_factory=list)


def load_tags(page: native.Pointer, run_marks: Sequence[int]) -> PageTags:
    """Walk the structure tree of the open `page`; empty where it has none, or nothing to say of its text.

    `run_marks` are the marked-content ids of its text. Grouping elements hold no content of their own,
    but hundreds of elements that stand on other pages; their marks are asked for only where the text
    has some that no other element holds.
    """
    marks = {mark for mark in run_marks if mark >= 0}
    address = native.get_structure_tree(page) if marks else 0
    if not address:
        return PageTags()
    tree = native.pointer(address)
    try:
        elements = [native.get_tree_child(tree, k) for k in range(native.count_tree_children(tree))]
        found = _Walk(_GROUPS).over(elements)
        return found if marks <= found.levels.keys() else _Walk(frozenset()).over(elements)
    finally:
        native.close_structure_tree(tree)


class _Walk:
    """One pass over a page's elements, with the buffers that PDFium writes into."""

    def __init__(self, bare: Set[str]):
        """`bare` are the types of elements that are not asked for marks."""
        self.bare = bare
        self.found = PageTags()
        self.left = MOST_ELEMENTS
        self.name = ctypes.create_string_buffer(LONGEST_NAME)
        self.name_at = native.pointer(ctypes.addressof(self.name)), native.size(LONGEST_NAME)

    def over(self, elements: Iterable[int]) -> PageTags:
        """What the elements say that stand at the root of the tree."""
        for address in elements:
            if address:
                self.element(address, 0, 0, None, None)
        return self.found

    def element(
        self, address: int, depth: int, level: int, table: TagTable | None, cell: TagCell | None
    ) -> None:
        """Note an element and what it holds; it stands in a heading of `level`, a table, a cell."""
        self.left -= 1
        if depth > DEEPEST or self.left < 0:
            return
        element = native.pointer(address)
        size = native.get_element_type(element, *self.name_at)
        name = self.name.raw[: max(0, min(size, LONGEST_NAME) - 2) : 2].decode("latin-1")
        level = _HEADINGS.get(name, 0 if name in _NO_HEADING else level)
        if name == "Table":
            table, cell = [], None
            self.found.tables.append(table)
        elif name == "TR" and table is not None:
            table.append([])
            cell = None
        elif name in CELLS and table:
            cell = TagCell([], *_spans(element))
            table[-1].append(cell)
        count = native.count_element_children(element)
        if name in self.bare:
            for child in map(native.get_element_child, repeat(element, count), range(count)):
                if child:
                    self.element(child, depth + 1, level, table, cell)
            return
        marks = map(native.get_child_marked_content_id, repeat(element, count), range(count))
        for index, mark in enumerate(marks):
            if mark < 0:
                child = native.get_element_child(element, index)
                if child:
                    self.element(child, depth + 1, level, table, cell)
            elif mark < MOST_MARKS:
                self.found.levels[mark] = level
                if cell is not None:
                    cell.marks.append(mark)


def _spans(element: native.Pointer) -> tuple[int, int]:
    """The rows and the columns that the element's attributes say it spans, 1 where they don't."""
    count = min(native.get_attribute_count(element), MOST_ATTRIBUTES)
    addresses = map(native.get_attribute, repeat(element, count), range(count))
    attributes = [native.pointer(address) for address in addresses if address]
    return _span(attributes, b"RowSpan"), _span(attributes, b"ColSpan")


def _span(attributes: Sequence[native.Pointer], name: bytes) -> int:
    number = ctypes.c_float()
    for attribute in attributes:
        value = native.get_attribute_value(attribute, name)
        if value and native.get_attribute_number(native.pointer(value), ctypes.byref(number)):
            return int(min(max(number.value, 1), MOST_SPAN))
    return 1


def heading_levels(
    glyphs: Glyphs, run_marks: Sequence[int], tags: PageTags
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """For each text run, and one more for no run, its heading level (0: none); is it an artifact?

    `run_marks` are the runs' marked-content ids.
    """
    found = np.array([*(tags.levels.get(mark, -1) for mark in run_marks), -1], dtype=np.int32)
    artifact = found < 0
    artifact[-1] = False
    lengths = np.bincount(glyphs.run + 1, minlength=len(found))[1:]
    if lengths[found[:-1] >= 0].sum() < TAGGED_SHARE * lengths.sum():
        artifact[:] = False
    return np.maximum(found, 0), artifact
