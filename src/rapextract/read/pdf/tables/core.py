"""Finding the tables of a page: detectors in order of trust, each result vetted, overlaps settled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..page import PageContent
from .alignment import aligned
from .found import FoundTable
from .grid import finished
from .lattice import lattice
from .rules import Rules, background_rules, joined, rules_of, touching_groups
from .words import Floats, Words, words_of_page


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the finder needs of a page: words, rulings, filled boxes (x0, top, x1, bottom)."""

    number: int
    width: float
    height: float
    words: Words
    rules: Rules
    fills: Floats


def sheet_of(page: PageContent) -> Sheet:
    """The words and shapes of an open page as arrays."""
    rules = rules_of(page.rulings)
    fills = np.array([(f.x0, f.top, f.x1, f.bottom) for f in page.fills], dtype=np.float64).reshape(-1, 4)
    return Sheet(page.number, page.width, page.height, words_of_page(page, rules.upright), rules, fills)


def find(sheet: Sheet) -> list[FoundTable]:
    words = sheet.words
    rules = joined(sheet.rules, background_rules(sheet.fills, words, sheet.width * sheet.height))
    out = []
    for across, upright in touching_groups(rules):
        grid = lattice(Rules(rules.across[across], rules.upright[upright]), words)
        if grid is None:
            continue
        table = finished(grid, words, sheet.number, "rulings", 1.0)
        if table:
            out.append(table)
    free = words.upright.copy()
    for table in out:
        a = table.area
        free &= ~words.inside(a.x0 - 2, a.top - 2, a.x1 + 2, a.bottom + 2)
    rest = words.take(free)
    for grid, confidence in aligned(rest, rules):
        table = finished(grid, rest, sheet.number, "alignment", confidence)
        if table:
            out.append(table)
    return out


def find_tables(page: PageContent) -> list[FoundTable]:
    """The tables of an open page, from the top down; see `FoundTable` for what each holds."""
    return find(sheet_of(page))
