"""What the structure tree says of a page's marked content: heading levels and artifacts.

Word and Acrobat tag what they write (PDF 32000-1, 14.7). Each character's marked-content id leads
to the element that holds it.
"""

from __future__ import annotations

import ctypes

import numpy as np
import numpy.typing as npt

from . import native
from .page import PageContent

MOST_ELEMENTS = 20_000
DEEPEST = 40
TAGGED_SHARE = 0.6  # of a page's characters: below it, untagged text is no artifact
_HEADINGS = {"Title": 1, "H": 1, **{f"H{n}": n for n in range(1, 7)}}


def heading_levels(page: PageContent) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]] | None:
    """For each character of an open page its heading level (0: none), and whether it is an artifact.

    None where the page has no tags.
    """
    if page.recognized:
        return None
    tree = native.get_structure_tree(page.handle)
    if not tree:
        return None
    try:
        levels: dict[int, int] = {}
        budget = [MOST_ELEMENTS]
        for index in range(native.count_tree_children(tree)):
            _walk(native.get_tree_child(tree, index), 0, 0, levels, budget)
    finally:
        native.close_structure_tree(tree)
    if not levels:
        return None
    tags = page.tags
    table = np.zeros(max(levels) + 1, dtype=np.int32)
    for mark, level in levels.items():
        table[mark] = level
    known = (tags >= 0) & (tags < len(table))
    found = np.where(known, table[np.where(known, tags, 0)], 0).astype(np.int32)
    glyph = page.glyphs.run >= 0
    tagged = np.isin(tags, list(levels))
    artifact = glyph & ~tagged
    if tagged.sum() < TAGGED_SHARE * glyph.sum():
        artifact[:] = False
    return found, artifact


def _walk(element: int | None, depth: int, level: int, levels: dict[int, int], budget: list[int]) -> None:
    budget[0] -= 1
    if not element or depth > DEEPEST or budget[0] < 0:
        return
    buffer = ctypes.create_string_buffer(64)
    size = native.get_element_type(element, ctypes.addressof(buffer), len(buffer))
    name = buffer.raw[: max(0, min(size, 64) - 2)].decode("utf-16-le", "ignore")
    level = _HEADINGS.get(name, 0 if name in ("Table", "L", "TOC", "Artifact") else level)
    for index in range(native.count_element_children(element)):
        child = native.get_element_child(element, index)
        if child:
            _walk(child, depth + 1, level, levels, budget)
        else:
            mark = native.get_child_marked_content_id(element, index)
            if 0 <= mark < 1_000_000:
                levels[mark] = level
