"""The records of one report made ready for the dataset: in a fixed order, counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from rapextract.model import FigureRow, Packed, Records, Row, SectionRow, TableCellRow, TableRow

R = TypeVar("R", bound=Row)


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
            "sections": _in_order(SectionRow, records.sections, lambda row: (row.section,)),
            "figures": _in_order(
                FigureRow, records.figures, lambda row: (row.char_start, row.char_end, row.figure_id)
            ),
            "headcounts": tuple(
                sorted(records.headcounts, key=lambda row: (row.char_start, row.char_end, row.figure_id))
            ),
            "tables": _in_order(TableRow, records.tables, lambda row: (row.number, row.table_id)),
            "table_cells": _in_order(
                TableCellRow,
                records.table_cells,
                lambda row: (table_order.get(row.table_id, 0), row.table_id, row.row, row.column),
            ),
            "acronyms": tuple(
                sorted(records.acronyms, key=lambda row: (row.acronym_start, row.expansion_start))
            ),
        }
    )


def _in_order(kind: type[R], rows: Sequence[R], key: Callable[[R], tuple[int | str, ...]]) -> Packed[R]:
    """`rows` of the model `kind` by `key`; those that are so already, and packed, stay as they are."""
    if isinstance(rows, Packed) and all(one <= other for one, other in pairwise(map(key, rows))):
        return rows
    return Packed(kind, sorted(rows, key=key))
