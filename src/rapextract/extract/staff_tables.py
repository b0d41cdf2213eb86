"""Staff tables: tables under a panel's title, or so captioned, whose rows are roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..french.fold import fold
from ..french.numbers import Number, scan_numbers
from ..french.periods import scan_periods
from ..grammar.compiled import regexp
from ..grammar.schema_panels import StaffGroup
from ..model import Cell, Span, Table
from .context import Context
from .panels import DONT, Panel, PanelHead, PanelReader, StaffCount
from .tables.headers import HeaderTree

_BARE = " *_\n\t"
_OPENS = regexp(r"\bdont *:?[ |\t]*$")
"""What ends the label of a row whose parts stand in the rows below."""


class StaffCell(NamedTuple):
    """A cell of a staff table: a panel of one count, and the cell's span."""

    panel: Panel
    cell: Span


def staff_tables(context: Context, reader: PanelReader) -> Iterator[StaffCell]:
    """The counts of all staff tables, in the order of the text.

    A table is one of staff where its caption, the line above it or the heading over it is a panel's title,
    and at least two of its rows are roles that the grammar knows. The name of the first rows' group may
    stand between the title and the table.
    """
    for index, table in enumerate(context.document.tables):
        tree = context.header_tree(index)
        above = context.line_above(table.start)
        group = reader.words.group_named(above)
        if group is not None:
            above = context.line_above(context.document.text.rindex(above, 0, table.start))
        head = _head(context, reader, table, (tree.caption(), above))
        if head is None:
            continue
        found = list(_counts(context, reader, tree, head, group))
        if len({cell.panel.counts[0].role for cell in found}) >= 2:
            yield from found


def _head(context: Context, reader: PanelReader, table: Table, near: tuple[str, str]) -> PanelHead | None:
    heading = context.section_at(table.start)
    first = next(iter(table.cells), None)
    title = context.document.cell_text(first) if first and first.column_span == table.column_count else ""
    titles = (*near, title.strip(), heading.title if heading else "")
    said = (reader.title_of(words, context.default_year) for words in titles if words)
    return next((head for head in said if head is not None), None)


def _counts(
    context: Context, reader: PanelReader, tree: HeaderTree, head: PanelHead, begun: StaffGroup | None
) -> Iterator[StaffCell]:
    """The counts of one table; `begun` is the last group named before a row or its role."""
    wholes: dict[int, StaffCount] = {}  # by column, the last count that stands for itself
    opened: dict[int, StaffCount] = {}  # likewise, the count whose parts the rows below it are
    for cell in tree.cells:
        number = None if tree.is_header(cell) else _number(context, cell)
        paths = tree.paths(cell)
        label = paths.row[-1] if paths.row else ""
        part = DONT.match(fold(label))
        label = label[part.end() if part else 0 :].strip(" .…:")
        named, role = reader.words.group_and_role(label)
        if number is not None and role is None:
            begun = None  # its words may name another group
        if number is None or role is None:
            continue
        begun = named or begun
        whole = (wholes if part else opened).get(cell.column)
        if whole is not None and not part and whole.role not in role.within:
            del opened[cell.column]
            whole = None
        columns = " ".join(paths.column)
        groups = (reader.words.group_named(words) for words in (*paths.row[:-1], *paths.column))
        group = next((group.id for group in (*groups, begun) if group is not None), "")
        dates = [period.iso for period in scan_periods(columns, context.default_year) if period.iso]
        count = StaffCount(
            number=number,
            role=role.id,
            plural=role.plural or role.id,
            group=role.group or group,
            part_of=whole.words if whole else "",
            whole=whole.plural if whole else "",
            full_time=head.full_time or "etp" in columns.lower().split(),
            known=True,
            words=label if label.isupper() else label.lower(),
            end=number.end,
        )
        if whole is None:
            wholes[cell.column] = count
        if _OPENS.search(
            context.document.text, context.document.text.rfind("\n", 0, cell.start) + 1, cell.start
        ):
            opened[cell.column] = count
        date = dates[-1] if dates else head.date
        contract = reader.words.contracts_in(columns) or head.contract
        panel = Panel(cell.start, cell.end, date, contract, (count,))
        yield StaffCell(panel, Span(start=cell.start, end=cell.end))


def _number(context: Context, cell: Cell) -> Number | None:
    """The number that a cell is, and nothing else."""
    text = context.document.text
    numbers = scan_numbers(text, cell.start, cell.end)
    if len(numbers) != 1 or numbers[0].marks & {"ordinal", "signed"}:
        return None
    around = text[cell.start : numbers[0].start] + text[numbers[0].stop : cell.end]
    return numbers[0] if not around.strip(_BARE) else None
