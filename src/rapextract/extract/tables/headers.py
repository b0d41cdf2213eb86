"""The header tree of a table: for each cell, the headers over it and the labels left of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import regex

from ...grammar.compiled import regexp
from ...model import Cell, Document, Span, Table
from .groups import LabelledRow, group_titles
from .header_words import HeaderWords

_EMPHASIS = regexp(r"\*\*|__|`|<br ?/?>")
_THRESHOLD = regexp(r"\W*[<>≤≥]")
_MARKED = regexp(r"\^\{([^}]*)\}")
_ANNOUNCES = regexp(r"(?<=\w),? dont\Z")
_LEAST_TOLD = 30  # characters
_LEAST_COUNTED = 3  # rows
_DONE = regexp(
    r"\b(?:a|ont|avons)(?: (?:été|\p{L}+ment|ainsi|aussi|donc|pu))* \p{L}{2,}(?:é|i|u|t|is)e?s?\b",
    regex.IGNORECASE,
)
_SENTENCE_END = regexp(r"[.!?]")


@lru_cache(maxsize=4096)
def tells(cell: str) -> bool:
    """Whether a cell tells what was done, in the perfect tense and whole sentences.

    Such a cell is read as a paragraph is; others name something, or state a rule (« un point est attribué
    lorsque … »).
    """
    done = _DONE.search(cell) if len(cell) >= _LEAST_TOLD else None
    return done is not None and _SENTENCE_END.search(cell, done.end()) is not None


def says_done(words: str) -> bool:
    """Whether words tell what was done, in the perfect tense."""
    return _DONE.search(words) is not None


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """A header as words: emphasis marks and a final « dont » away, superscripts plain, white space folded."""
    text = _EMPHASIS.sub(" ", text)
    if "^{" in text:
        text = _MARKED.sub(r"\1", text)
    return _ANNOUNCES.sub("", " ".join(text.split()).strip(" *_:"))


def _count_up(texts: list[str]) -> bool:
    """Whether texts are whole numbers that rise one by one."""
    if len(texts) < _LEAST_COUNTED or not all(map(str.isdecimal, texts)):
        return False
    numbers = list(map(int, texts))
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


class HeaderPaths(NamedTuple):
    """The headers of one cell, from the outermost to the innermost."""

    row: tuple[str, ...]
    column: tuple[str, ...]


class HeaderTree:
    """Headers of the cells of one table.

    A header cell counts for every row or column it covers. A row with nothing but its label may be a group
    title for the rows below it (`groups`).
    """

    def __init__(self, document: Document, table: Table, words: HeaderWords | None = None):
        """The headers of `table`; `words` tells totals and units from titles of groups."""
        self.document = document
        self.table = table
        self._header_words = words
        self.cells = tuple(table.cells)
        self._at: dict[tuple[int, int], Cell] = {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        self.header_columns = self._count_header_columns()
        self._row_paths: dict[tuple[int, int], tuple[str, ...]] = {}
        self._column_paths: dict[int, tuple[str, ...]] = {}
        self._whole = self._whole_row()
        self._title = self._title_cell()
        self._beside = self._label_columns()
        self._groups = self._group_titles()

    def caption(self) -> str:
        """The caption as words, empty where there is none."""
        span = self.table.caption
        if isinstance(span, Span):
            return clean(self.document.text[span.start : span.end])
        return clean(self.document.cell_text(self._title)) if self._title is not None else ""

    def _count_header_columns(self) -> int:
        """Header columns as the reader tells them; a first column of thresholds (« < 10 % ») is one too.

        So is one of whole numbers that rise one by one: the values that the others break down. The first
        column that is said to hold values (« Valeur » over « Oui ») is none, nor those after it.
        """
        first = [
            self.document.cell_text(cell).strip()
            for cell in self.cells
            if cell.column == 0 and cell.row >= self.table.header_rows and cell.end > cell.start
        ]
        thresholds = bool(first) and all(_THRESHOLD.match(words) for words in first)
        keys = (thresholds or _count_up(first)) and self.table.column_count > 1
        count = 1 if keys and not self.table.header_columns else self.table.header_columns
        return next((column for column in range(1, count) if self._holds_values(column)), count)

    def _holds_values(self, column: int) -> bool:
        """Does the innermost header of a column say that it holds values?"""
        over = [self.cell_at(row, column) for row in range(self.table.header_rows)]
        header = next((cell for cell in reversed(over) if self._filled(cell)), None)
        if header is None or header.column != column or self._header_words is None:
            return False
        return self._header_words.says("values", clean(self.document.cell_text(header))) is not None

    def _title_cell(self) -> Cell | None:
        """The one filled cell of the first header row, where other header rows stand below: a title."""
        if self.table.header_rows < 2:
            return None
        row = {id(c): c for column in range(self.table.column_count) if (c := self.cell_at(0, column))}
        filled = [cell for cell in row.values() if self.document.cell_text(cell).strip()]
        alone = len(filled) == 1 and filled[0].row_span == 1
        return filled[0] if alone else None

    def cell_at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place of the grid."""
        return self._at.get((row, column))

    def is_header(self, cell: Cell) -> bool:
        """Is the cell in the header rows or columns?"""
        return cell.row < self.table.header_rows or cell.column < self.header_columns

    def paths(self, cell: Cell) -> HeaderPaths:
        """The headers of a cell of the body; of a header cell, those above or left of it."""
        if self.is_header(cell):
            return HeaderPaths(self._row_path(cell), self._column_path(cell))
        if not self.header_columns and cell.column == 0:
            return HeaderPaths(self._row_path(cell), self._column_path(cell))
        # Cells of the body share the paths of their row (in tables side by side of its half) and column.
        place = cell.row, max((column for column in self._beside if column < cell.column), default=0)
        if place not in self._row_paths:
            self._row_paths[place] = self._row_path(cell)
        if cell.column not in self._column_paths:
            self._column_paths[cell.column] = self._column_path(cell)
        return HeaderPaths(self._row_paths[place], self._column_paths[cell.column])

    def _column_path(self, cell: Cell) -> tuple[str, ...]:
        above = (self.cell_at(row, cell.column) for row in range(min(self.table.header_rows, cell.row)))
        return self._words((header for header in above if header is not self._title), cell)

    def _row_path(self, cell: Cell) -> tuple[str, ...]:
        if cell.row < self.table.header_rows:
            return ()
        columns = range(min(self.header_columns, cell.column))
        if self._beside and not self.is_header(cell):
            return self._path_beside(cell)
        labels = [self._label_at(cell.row, column) for column in columns]
        path = self._words(labels or self._named_right(cell), cell)
        group = self._groups[cell.row - self.table.header_rows]
        return (group, *path) if group else path

    def _path_beside(self, cell: Cell) -> tuple[str, ...]:
        """The label left of a cell in a table beside another, under the header of that label."""
        column = max((c for c in self._beside if c < cell.column), default=0)
        above = (self.cell_at(row, column) for row in range(self.table.header_rows))
        return self._words((*above, self.cell_at(cell.row, column)), cell)

    def _label_columns(self) -> tuple[int, ...]:
        """Where two tables stand side by side in one, the columns of the labels of each; else none.

        « Dépenses | Montant | Recettes | Montant »: words again in a column right of numbers, with
        numbers to its right, the headers of these being alike.
        """
        if self.header_columns != 1 or not self.table.header_rows or self.table.column_count % 2:
            return ()
        half = self.table.column_count // 2
        heads = [self._path_of_column(column) for column in range(self.table.column_count)]
        if half < 2 or heads[1:half] != heads[half + 1 :] or not heads[half] or heads[half] == heads[0]:
            return ()
        numeric = [self._holds_digits(column) for column in range(self.table.column_count)]
        alike = numeric == ([False] + [True] * (half - 1)) * 2
        return (0, half) if alike else ()

    def _path_of_column(self, column: int) -> tuple[str, ...]:
        cells = (self.cell_at(row, column) for row in range(self.table.header_rows))
        return tuple(clean(self.document.cell_text(cell)) for cell in cells if cell is not None)

    def _holds_digits(self, column: int) -> bool:
        """Do most filled cells of the body of a column begin with a digit or a sign?"""
        words = [
            self.document.cell_text(cell).strip()
            for cell in self.cells
            if cell.column == column and cell.row >= self.table.header_rows and cell.end > cell.start
        ]
        return 2 * sum(text[:1].isdigit() or text[:1] in "-+−" for text in words if text) > len(words)

    def _named_right(self, cell: Cell) -> list[Cell | None]:
        """What stands right of a number in a table of two columns without labels: « 3 | ISM »."""
        right = self.cell_at(cell.row, 1) if cell.column == 0 and self.table.column_count == 2 else None
        if right is None or any(map(str.isdigit, self.document.cell_text(right))):
            return []
        return [right]

    def _label_at(self, row: int, column: int) -> Cell | None:
        """The label of a row in one header column; a blank left of a finer label is carried down.

        Not below one that spans its rows, nor to the total of the whole table.
        """
        own = cell = self.cell_at(row, column)
        if row >= self._whole:
            return own
        finer = any(
            self._filled(self.cell_at(row, right)) for right in range(column + 1, self.header_columns)
        )
        while not self._filled(cell) and finer and row > self.table.header_rows:
            row -= 1
            cell = self.cell_at(row, column)
        return own if cell is not None and cell is not own and cell.row_span > 1 else cell

    def _whole_row(self) -> int:
        """The row of the whole table's total: below the last of several groups, the only one of its kind."""
        words, column = self._header_words, self.header_columns - 1
        rows = range(self.table.header_rows, self.table.row_count)
        if words is None or column < 1:
            return self.table.row_count
        own = {row: cell for row in rows if self._filled(cell := self.cell_at(row, column))}
        named = [row for row in rows if self._filled(self.cell_at(row, 0))]
        totals = [
            row
            for row, cell in own.items()
            if cell is not None and words.is_whole(clean(self.document.cell_text(cell)))
        ]
        alone = len(totals) == 1 and len(named) > 1 and totals[0] > named[-1]
        return totals[0] if alone else self.table.row_count

    def _filled(self, cell: Cell | None) -> bool:
        return cell is not None and bool(self.document.cell_text(cell).strip())

    def _words(self, cells: Iterable[Cell | None], cell: Cell) -> tuple[str, ...]:
        words: list[str] = []
        for header in cells:
            if header is None or header == cell:
                continue
            said = clean(self.document.cell_text(header))
            if said and not tells(said) and (not words or words[-1] != said):
                words.append(said)
        return tuple(words)

    def _group_titles(self) -> list[str]:
        """For each row of the body, the group title in force."""
        return group_titles(
            [self._labelled(r) for r in range(self.table.header_rows, self.table.row_count)],
            self._header_words,
        )

    def _labelled(self, row: int) -> LabelledRow:
        """A row as its group is looked for."""
        cells = {id(c): c for col in range(self.table.column_count) if (c := self.cell_at(row, col))}
        filled = [cell for cell in cells.values() if self._filled(cell)]
        alone = len(filled) == 1 and filled[0].column == 0 and filled[0].row == row
        labelled = bool(filled) and filled[0].column == 0
        return LabelledRow(
            label=clean(self.document.cell_text(filled[0])) if labelled else "",
            alone=alone and self.table.column_count > 1,
            wide=alone and filled[0].column_span > 1,
            finer=bool(filled) and not labelled,
        )
