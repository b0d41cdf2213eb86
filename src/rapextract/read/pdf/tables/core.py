"""Finding the tables of a page: detectors in order of trust, each result vetted, overlaps settled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..page import PageContent
from .alignment import TEXT_ONLY, aligned
from .charts import chart_areas
from .found import Area, FoundTable
from .grid import finished
from .headers import with_headers
from .lattice import lattice
from .phrases import phrase_lines
from .rules import Rules, background_rules, joined, rules_of, touching_groups
from .vet import is_plausible
from .words import Floats, Words, words_of_page

RULED = 0.95  # confidence in a grid whose cells rulings part


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
    """The tables of a sheet, from the top down."""
    words = sheet.words
    if len(words) < 4:
        return []
    lines = phrase_lines(words.take(words.upright)) if not words.upright.all() else phrase_lines(words)
    charts = chart_areas(lines, sheet.width)
    found = _ruled(sheet, charts)
    found += _aligned(sheet, found, charts)
    return [with_headers(table) for table in sorted(found, key=lambda table: (table.area.top, table.area.x0))]


def _ruled(sheet: Sheet, charts: tuple[list[Area], list[Area]]) -> list[FoundTable]:
    words = sheet.words
    rules = joined(sheet.rules, background_rules(sheet.fills, words, sheet.width * sheet.height))
    out = []
    for across, upright in touching_groups(rules):
        grid = lattice(Rules(rules.across[across], rules.upright[upright]), words)
        if grid is None:
            continue
        table = finished(grid, words, sheet.number, "rulings", RULED)
        if table is not None and is_plausible(table, grid, charts):
            out.append(table)
    return out


def _aligned(
    sheet: Sheet, taken: list[FoundTable], charts: tuple[list[Area], list[Area]]
) -> list[FoundTable]:
    words = sheet.words
    free = words.upright.copy()
    for area in [*(table.area for table in taken), *charts[0], *charts[1]]:
        free &= ~words.inside(area.x0 - 2, area.top - 2, area.x1 + 2, area.bottom + 2)
    rest = words.take(free)
    out = []
    for grid, confidence in aligned(rest, sheet.rules):
        table = finished(grid, rest, sheet.number, "alignment", confidence)
        if table is not None and (confidence > TEXT_ONLY or table.row_count >= 3):
            out.append(table)
    return out


def find_tables(page: PageContent) -> list[FoundTable]:
    """The tables of an open page, from the top down; see `FoundTable` for what each holds."""
    return find(sheet_of(page))
