"""Staff tables: tables under a panel's title, or so captioned, whose rows are roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..french.fold import fold
from ..french.numbers import Number, scan_numbers
from ..french.periods import scan_periods
from ..grammar.compiled import regexp
from ..grammar.schema_panels import StaffGroup, StaffRole
from ..model import Cell, Span, Table
from .context import Context
from .panels import DONT, Panel, PanelHead, PanelReader, StaffCount
from .tables.headers import HeaderTree

_BARE = " *_\n\t"
_OPENS = regexp(r"[ ,;:]*\bdont *:?$")
"""What ends the label of a row whose parts stand in the rows below."""


class StaffCell(NamedTuple):
    """A cell of a staff table: a panel of one count, and the cell's span."""

    panel: Panel
    cell: Span


def staff_tables(context: Context, reader: PanelReader) -> Iterator[StaffCell]:
    """The counts of all staff tables, in the order of the text.

    A table is one of staff where its caption, the line above it or the heading over it is a panel's title,
    and at least two of its rows are roles that the grammar knows. The name of the first rows' group may
    stand between the title and the table. A table right below one of staff goes on with it.
    """
    before: tuple[int, PanelHead] | None = None  # where the last table of staff ends, and its title
    for index, table in enumerate(context.document.tables):
        tree = context.header_tree(index)
        above = context.line_above(table.start)
        group = reader.words.group_named(above)
        if group is not None:
            above = context.line_above(context.document.text.rindex(above, 0, table.start))
        head = _head(context, reader, table, (tree.caption(), above))
        if head is None and before and not context.document.text[before[0] : table.start].strip():
            head = before[1]
        if head is None:
            continue
        found = list(_counts(context, reader, tree, head, group))
        if len({cell.panel.counts[0].role for cell in found}) >= 2:
            before = table.end, head
            yield from found


def _head(context: Context, reader: PanelReader, table: Table, near: tuple[str, str]) -> PanelHead | None:
    heading = context.section_at(table.start)
    first = [context.document.cell_text(cell).strip() for cell in table.cells if cell.row == 0]
    title = "".join(first) if sum(map(bool, first)) == 1 else ""
    titles = (*near, title, heading.title if heading else "")
    said = (reader.title_of(words, context.default_year) for words in titles if words)
    return next((head for head in said if head is not None), None)


def _counts(
    context: Context, reader: PanelReader, tree: HeaderTree, head: PanelHead, begun: StaffGroup | None
) -> Iterator[StaffCell]:
    """The counts of one table; `begun` is the last group named before its first row."""
    wholes: dict[int, StaffCount] = {}  # by column, the last count that stands for itself
    opened: dict[int, StaffCount] = {}  # likewise, the count whose parts the rows below it are
    last: dict[int, StaffGroup | None] = {0: begun}  # by the column of labels, the last group named there
    for cell in tree.cells:
        words = context.document.cell_text(cell).strip(_BARE)
        group = reader.words.group_named(words)
        beside = tree.cell_at(cell.row, cell.column + cell.column_span)
        if group and not (beside and _number(context, beside) and reader.words.has_one_role(group)):
            last.update(dict.fromkeys(range(cell.column, cell.column + cell.column_span), group))
        number = None if tree.is_header(cell) else _number(context, cell)
        if number is None:
            continue
        row = _row_of(context, reader, tree, cell)
        if row is None:
            last[0] = None  # its words may name another group
            continue
        before = last.get(row.column)
        if before and row.role.group not in ("", before.id):
            before = None  # a role that is of another group, whatever stands above it
        last[row.column] = row.group or before
        whole = (wholes if row.is_part else opened).get(cell.column)
        if whole is not None and not row.is_part and whole.role not in row.role.within:
            del opened[cell.column]
            whole = None
        paths = tree.paths(cell)
        columns = " ".join(paths.column)
        left = tree.cell_at(cell.row, row.column - 1) if row.column else None
        alone = left is None or _number(context, left) is None  # no table of staff beside it
        over = (*paths.row[:-1], *paths.column) if alone else ()
        groups = (*map(reader.words.group_named, over), last[row.column])
        group_id = next((group.id for group in groups if group is not None), "")
        dates = [period.iso for period in scan_periods(columns, context.default_year) if period.iso]
        count = StaffCount(
            number=number,
            role=row.role.id,
            plural=row.role.plural or row.role.id,
            group=(group_id and reader.words.group_of(row.role)) or row.role.group or group_id,
            part_of=whole.words if whole else "",
            whole=whole.plural if whole else "",
            full_time=head.full_time or "etp" in columns.lower().split(),
            known=True,
            words=row.label if row.label.isupper() else row.label.lower(),
            end=number.end,
        )
        if whole is None:
            wholes[cell.column] = count
        if row.opens:
            opened[cell.column] = count
        date = dates[-1] if dates else head.date
        contract = reader.words.contracts_in(columns) or head.contract
        panel = Panel(cell.start, cell.end, date, contract, (count,))
        yield StaffCell(panel, Span(start=cell.start, end=cell.end))


class _Row(NamedTuple):
    """What stands before a number in its row: a role and the group that may be named before it."""

    column: int
    """Of the label."""
    label: str
    group: StaffGroup | None
    role: StaffRole
    is_part: bool
    """Of the row above it: « dont 3 Csam »."""
    opens: bool
    """The rows below it are its parts: « agents, dont »."""


def _row_of(context: Context, reader: PanelReader, tree: HeaderTree, cell: Cell) -> _Row | None:
    """What a number counts: the words next before it, which may go on below them, or the row's header.

    So tables of staff side by side are read as well; `None` where the words are no role.
    """
    document = context.document
    beside = (tree.cell_at(cell.row, column) for column in range(cell.column - 1, -1, -1))
    label = next((left for left in beside if left and _has_letters(context, left)), None)
    said = list(tree.paths(cell).row[-1:])
    opens = False
    if label is not None:
        words = document.cell_text(label).rstrip(_BARE)
        opens = _OPENS.search(words) is not None
        below, under = (tree.cell_at(cell.row + 1, at) for at in (label.column, cell.column))
        if below and below != label and not (under and document.cell_text(under).strip()):
            joint = "" if words.endswith("-") else " "
            said.insert(0, f"{words}{joint}{document.cell_text(below)}")
        said.insert(0, _OPENS.sub("", words))
    for words in said:
        words = " ".join(words.split())
        part = DONT.match(fold(words))
        words = words[part.end() if part else 0 :].strip(" .…:")
        group, role = reader.words.group_and_role(words)
        if role is not None:
            return _Row(label.column if label else 0, words, group, role, bool(part), opens)
    return None


def _has_letters(context: Context, cell: Cell) -> bool:
    return any(map(str.isalpha, context.document.cell_text(cell)))


def _number(context: Context, cell: Cell) -> Number | None:
    """The number that a cell is, and nothing else."""
    text = context.document.text
    numbers = scan_numbers(text, cell.start, cell.end)
    if len(numbers) != 1 or numbers[0].marks & {"ordinal", "signed"}:
        return None
    around = text[cell.start : numbers[0].start] + text[numbers[0].stop : cell.end]
    return numbers[0] if not around.strip(_BARE) else None
