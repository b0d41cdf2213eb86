"""Header rows and header columns: which cells of a grid name the others."""

from __future__ import annotations

import re
from itertools import pairwise

from .found import FoundCell, FoundTable
from .words import Phrase, is_figure

MOST_ROWS = 5
DATE = re.compile(
    r"(?:\D{0,20}\s)?(?:\d{1,2}[/.]\d{1,2}[/.])?(?:19|20)\d\d(?:\s*[-–/]\s*(?:\d{1,2}[/.]\d{1,2}[/.])?(?:19|20)?\d\d)?"
    r"(?:\s*[(*)a-z¹²³]{1,4})?"
    r"|(?:\D{0,20}\s)?(?:1\s?er|\d{1,2})\s+[^\W\d]{3,9}\.?\s+(?:19|20)\d\d",
    re.IGNORECASE,
)


COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2}|[A-Za-z])[)\]]?")
LEAST_NUMBERED = 3  # columns
DIGITS = re.compile(r"\d+(?:[ .,]\d+)*")
CLASS = re.compile(r"\s*[<>≤≥]|\D{0,12}\d[\d\s]*(?:à|-|–|et)\s*\d|\d{1,3}\s?\+$")


def with_headers(table: FoundTable) -> FoundTable:
    """`table` with its header rows and header columns counted."""
    rows = _header_rows(table)
    if table.column_count == 2 and rows == 1 + _titled(table) and not _has_named_values(table, rows - 1):
        rows -= 1
    return table.with_headers(rows, _header_columns(table, rows))


def _titled(table: FoundTable) -> bool:
    """Whether the first row is nothing but a title over the keys."""
    return all(cell.column == 0 for cell in table.cells if cell.row == 0)


def _has_named_values(table: FoundTable, head: int) -> bool:
    """Whether row `head` of a two-column table looks like a header: bold, offset, or over figures.

    One that reads like those below it (« 191 dossiers » over « 185 dossiers ») is none.
    """
    first = [cell for cell in table.cells if cell.row == head]
    rest = [cell for cell in table.cells if cell.row > head]
    counted = {_without_digits(c.text) for c in rest if c.column > 0} - {""}
    if any(c.column > 0 and not is_date(c.text) and _without_digits(c.text) in counted for c in first):
        return False
    values = [_is_value(cell) and any(map(str.isdigit, cell.text)) for cell in rest if cell.column > 0]
    if first[0].column > 0 or sum(values) >= 0.5 * max(1, len(values)):
        return True
    return all(cell.bold for cell in first) and not all(cell.bold for cell in rest if cell.column > 0)


def _without_digits(text: str) -> str:
    """What a quantity is of: « 1 250 km » and « 12,5 km » are alike; a text without digits is alike none."""
    said = DIGITS.sub("#", text)
    return said if said != text else ""


def is_class(text: str) -> bool:
    """Whether a text is a class of values (« < 10 % », « 20 à 29 ans »): a figure that names a row."""
    return CLASS.match(text) is not None


def numbers_columns(line: list[Phrase]) -> bool:
    """Whether a line only numbers the columns, three or more: « (1) », « (2) », « (3) »."""
    numbers = [match[1] for phrase in line if (match := COLUMN_NUMBER.fullmatch(phrase.text))]
    if len(numbers) < LEAST_NUMBERED or len(numbers) < len(line):
        return False
    places = [int(number) if number.isdecimal() else ord(number.upper()) for number in numbers]
    return all(after - before == 1 for before, after in pairwise(places)) and places[0] in (1, 2, ord("A"))


def is_date(text: str) -> bool:
    """Whether a text is a year, a range of years or a date: a figure that names a column."""
    return DATE.fullmatch(text) is not None


def _is_value(cell: FoundCell) -> bool:
    """Whether a cell holds a figure that is not a year or a date."""
    return is_figure(cell.text) and not is_date(cell.text)


def _header_rows(table: FoundTable) -> int:
    by_row: list[list[FoundCell]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        by_row[cell.row].append(cell)
    count = 0
    most = min(MOST_ROWS, table.row_count - 1)
    named = False  # a row with several cells was counted
    while count < most:
        row = by_row[count]
        across = len(row) == 1 and row[0].column == 0
        if across and (named or (row[0].column_span < table.column_count and count > 0)):
            break
        values = [cell for cell in row if cell.column > 0 and _is_value(cell)]
        names = count > 0 and _divides(by_row[count - 1], row)
        names = names and (row[0].column > 0 or all(cell.bold for cell in row))
        ends = named and (_ends_names(by_row[count - 1], row) or _ends_header(by_row, count))
        if values and (names or ends):
            count += 1
            break
        if not named and _is_form(row, by_row[count + 1], table.column_count):
            break
        if values or (row and row[0].column == 0 and _is_value(row[0]) and not row[0].bold):
            break
        if named and not _goes_on(row, by_row, count):
            break
        named = named or len(row) > 1 or bool(row and row[0].column > 0)
        count += 1
    if not named:
        return 0
    reach = max((cell.row + cell.row_span for row in by_row[:count] for cell in row), default=0)
    return max(count, min(reach, most) if reach <= count + 1 else count)


def _is_form(row: list[FoundCell], below: list[FoundCell], columns: int) -> bool:
    """Whether two rows of many columns hold a key each, and a cell of its own over the other columns."""
    if columns < 3 or len(row) != 2 or [cell.column for cell in row] != [cell.column for cell in below]:
        return False
    return row[0].column == 0 and all(
        cells[1].column > 1 or cells[1].column_span > 1 for cells in (row, below)
    )


def _goes_on(row: list[FoundCell], by_row: list[list[FoundCell]], count: int) -> bool:
    """Whether `row`, right below header cells, is header too.

    It is under a cell that spans columns, or beside one that spans rows, or where the key column is
    empty, or where it is set in bold like the header and the row after it is not.
    """
    above = by_row[count - 1]
    below = by_row[count + 1] if count + 1 < len(by_row) else []
    if _divides(above, row):
        return True
    if any(cell.row_span > 1 and cell.row + cell.row_span > count for r in by_row[:count] for cell in r):
        return True
    if row and row[0].column > 0:
        under = bool(below) and below[0].column == 0 and any(_is_value(cell) for cell in below[1:])
        return len(row) > 1 and under
    return all(cell.bold for cell in [*above, *row]) and not all(cell.bold for cell in below) and bool(below)


def _divides(above: list[FoundCell], row: list[FoundCell]) -> bool:
    """Whether `row` has several cells under one cell of the row above."""
    return any(
        sum(head.column <= cell.column < head.column + head.column_span for cell in row) > 1 for head in above
    )


def _ends_names(above: list[FoundCell], row: list[FoundCell]) -> bool:
    """Whether a row without a key ends names alike with their numbers: « Lot » over 1, « Lot » over 2.

    Other names may begin in it.
    """
    names = {cell.column: cell.text.rstrip(" .").casefold() for cell in above}
    numbers = [cell for cell in row if cell.column in names]
    counted = len(numbers) > 1 and [cell.text for cell in numbers] == [
        str(k + 1) for k in range(len(numbers))
    ]
    others = any(_is_value(cell) for cell in row if cell not in numbers)
    return counted and not others and row[0].column > 0 and len({names[cell.column] for cell in numbers}) == 1


def _ends_header(by_row: list[list[FoundCell]], count: int) -> bool:
    """Whether row `count` ends a header in bold with a number: « % ALD » over « 30 », beside other names.

    The key's name stands in its last line, as in headers set from the bottom up.
    """
    above, row, below = by_row[count - 1 : count + 2]
    values = [cell for cell in row[1:] if _is_value(cell)]
    under = {cell.column for cell in above}
    return (
        above[0].column > 0 == row[0].column
        and 2 * len(values) < len(row)
        and all(cell.column in under for cell in row[1:])
        and all(cell.bold for cell in [*above, *row])
        and not any(cell.bold for cell in below)
    )


def _numbers_rows(first: list[FoundCell], second: list[FoundCell]) -> bool:
    """Whether the first column numbers the rows, or groups of them, from 1 on beside words that name them."""
    numbers = [text for cell in first if (text := cell.text.strip(" .)°")).isdecimal()]
    named = sum(any(map(str.isalpha, cell.text)) and not is_figure(cell.text) for cell in second)
    running = len(numbers) > 1 and numbers == [str(k + 1) for k in range(len(numbers))]
    return running and named > 0.5 * len(second)


def _header_columns(table: FoundTable, header_rows: int) -> int:
    columns: list[list[FoundCell]] = [[] for _ in range(table.column_count)]
    for cell in table.cells:
        if cell.row >= header_rows and cell.column_span < table.column_count:
            columns[cell.column].append(cell)
    if not columns[0]:
        return 1
    count = 0
    for number, column in enumerate(columns[:-1]):
        values = sum(_is_value(cell) and (number > 0 or not is_class(cell.text)) for cell in column)
        if column and values >= 0.5 * len(column) and not (number == 0 and _numbers_rows(*columns[:2])):
            break
        count += 1
    numeric = any(
        column and sum(is_figure(cell.text) for cell in column) >= 0.5 * len(column) for column in columns[1:]
    )
    return count if numeric else min(count, 1)
