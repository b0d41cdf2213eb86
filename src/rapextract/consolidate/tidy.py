"""The records of one report made ready for the dataset: in a fixed order, counted."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from rapextract.model import Packed, Records, TableCellRow


def tidy(records: Records) -> Records:
    """`records` with every kind of row in its fixed order and the counts of the report's own row filled in.

    Figures, headcounts, acronyms and sections go by their place in the reading text, cells by table,
    row and column.
    """
    table_order = {table.table_id: table.number for table in records.tables}
    report = records.report.model_copy(
        update={
            "figures": len(records.figures),
            "headcounts": len(records.headcounts),
            "tables": len(records.tables),
            "acronyms": len(records.acronyms),
        }
    )
    return records.model_copy(
        update={
            "report": report,
            "problems": tuple(sorted(records.problems, key=lambda row: row.number)),
            "sections": tuple(sorted(records.sections, key=lambda row: row.section)),
            "figures": tuple(
                sorted(records.figures, key=lambda row: (row.char_start, row.char_end, row.figure_id))
            ),
            "headcounts": tuple(
                sorted(records.headcounts, key=lambda row: (row.char_start, row.char_end, row.figure_id))
            ),
            "tables": tuple(sorted(records.tables, key=lambda row: (row.number, row.table_id))),
            "table_cells": _in_order(
                records.table_cells,
                lambda row: (table_order.get(row.table_id, 0), row.table_id, row.row, row.column),
            ),
            "acronyms": tuple(
                sorted(records.acronyms, key=lambda row: (row.acronym_start, row.expansion_start))
            ),
        }
    )


def _in_order(
    cells: Packed[TableCellRow], key: Callable[[TableCellRow], tuple[int, str, int, int]]
) -> Packed[TableCellRow]:
    """`cells` by `key`; those that are so already stay packed."""
    if all(one <= other for one, other in pairwise(map(key, cells))):
        return cells
    return Packed(TableCellRow, sorted(cells, key=key))
