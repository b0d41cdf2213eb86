"""Tables to rows: `tables.csv`, `table_cells.csv`, and a figure for each cell that holds a number.

A cell is a figure when it is a number with no more than its sign, its bound, its unit or noun and footnote
marks (`cells`), and a header says what it is. A cell of sentences is prose. What the headers say of unit,
class and total is vocabulary (`kind: table-headers`); role and bound come from the figure rules, asked with
the headers and the cell as one line (« Délai › Objectif : 8 jours »), whose sentence goes on with the
headers of the columns beside (« Délai › Objectif : 8 jours ‖ Résultat | Écart »).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

import regex

from ...french.fold import fold
from ...french.numbers import Number
from ...french.shared_scale import shared_scale
from ...grammar import Candidate
from ...grammar.compiled import regexp
from ...grammar.patterns import matchable, unwrapped
from ...grammar.schema import FigureRule
from ...model import BlockKind, Cell, FigureKind, FigureRow, Span, Table, TableCellRow, TableRow
from ..context import Context
from ..stated import ONE, SCALED
from .cells import DATED, CellNumbers, Counted
from .headers import HeaderPaths, clean
from .measures import Around, Measure, Measures
from .titles import TableFigures, name_above, told_apart

_PAGE = regexp(r"^p(?:\.|ages?)? ?\d{1,4}(?!\.?\d)", regex.IGNORECASE)
"""« P. 12 » is a page, « P101.1 » the code of an indicator."""
_PAGE_MARK = regexp(r"\b[Pp]\.(?!\w)")
_LEAST_MARKS = 3  # cells with such a mark, in a table that a cell of its own titles « SOMMAIRE »
_YEAR = regexp(r"(?:19|20)\d\d")
_LETTER = regexp(r"[^\W\d_]")
_POINTED = regexp(r"\d{1,3}\.\d{3}")
"""« 1.834 » is 1834 where points part thousands, and 1,834 where they are decimal points."""
_GROUPED = regexp(r"[1-9]\d{0,2},\d{3}")
"""« 5,821 » is 5821 where decimals are written with a point."""
_DECIMAL_POINT = regexp(r"[+-]? ?\d[\d ]*\.(?!\d{3}(?!\d))\d+ ?[^\w\s]{0,2}")
_DECIMAL_COMMA = regexp(r"[+-]? ?\d[\d ]*,(?!\d{3}(?!\d))\d+ ?[^\w\s]{0,2}")
_CODE = regexp(r"\p{Lu}{1,2}(?:\d{3}\.\d\p{Lu}?|\.\d{3})")
"""« P202.2B », « D204.0 », « VP.056 »: the code of an indicator."""
_SCORED = regexp(r"\b(?:indices?|scores?|notes?)\b")
_MOST_PERCENT = 100
_LEAST_ASKED, _LEAST_ANSWERS = 2, 3  # rows, columns
_LEAST_LINES = 5  # numbered lines that do not begin with 1


def extract_tables(context: Context, taken: Sequence[Span]) -> Iterator[TableFigures]:
    """The tables of a document in reading order; cells inside `taken` spans give no figures."""
    measures = Measures(context.grammar, context.whole.words, context.names_only_a_place)
    numbers = CellNumbers(context, measures)
    read = (
        _TableReader(context, measures, numbers, table, index, taken).read()
        for index, table in enumerate(context.document.tables)
        if context.stretch.owns(table.start)
    )
    return told_apart(list(read))


class _TableReader:
    def __init__(
        self,
        context: Context,
        measures: Measures,
        numbers: CellNumbers,
        table: Table,
        index: int,
        taken: Sequence[Span],
    ):
        self.context = context
        self.measures = measures
        self.numbers = numbers
        self.table = table
        self.number = context.stretch.first_table + index + 1
        self.taken = taken
        self.tree = context.header_tree(index)
        self.caption = self.tree.caption()
        self.section = context.section_path(table.start)
        self.above = name_above(context, table.start)
        self.id = context.table_id(table)
        self._corner = self._corner_words()
        self._is_code = {column: self._code_column(column) for column in range(table.column_count)}
        self._beside: dict[int, tuple[str, str]] = {}

    def read(self) -> TableFigures:
        """Read the table."""
        contents = self._is_contents()
        taken = [Span(start=self.table.start, end=self.table.end)] if contents else []
        cells: list[TableCellRow] = []
        figures: list[FigureRow] = []
        read: list[tuple[Cell, HeaderPaths, list[FigureRow]]] = []
        for cell in self.tree.cells:
            paths = self.tree.paths(cell)
            try:
                own = [] if contents or self.tree.is_header(cell) else list(self._figures(cell, paths))
            except Exception as error:  # whatever a cell does to the rules, the others are read
                self.context.lost(cell.start, error)
                own = []
            read.append((cell, paths, own))
        summed = {cell.column for cell, paths, own in read if self._totals_euros(cell, paths, own)}
        for cell, paths, own in read:
            if cell.column in summed:
                own = [figure if figure.unit else figure.model_copy(update={"unit": "EUR"}) for figure in own]
            figures += own
            if own:
                taken.append(Span(start=cell.start, end=cell.end))
            cells.append(self._cell_row(cell, paths, own[0] if own else None))
        title = self.measures.title(self._around())
        return TableFigures(self._table_row(), tuple(cells), tuple(figures), tuple(taken), title)

    def _totals_euros(self, cell: Cell, paths: HeaderPaths, own: Sequence[FigureRow]) -> bool:
        """Is a cell the last of its column and a total in euros? Then what it sums up is in euros too."""
        if not (own and own[0].unit == "EUR" and paths.row and self.measures.says("total", paths.row[-1])):
            return False
        return cell is self._filled_below[cell.column][-1]

    # Figures --------------------------------------------------------------------------------------
    def _figures(self, cell: Cell, paths: HeaderPaths) -> Iterator[FigureRow]:
        if not any(_LETTER.search(word) for word in (*paths.row, *paths.column, self.caption)):
            return
        if self._is_code[cell.column] or any(s.start <= cell.start < s.end for s in self.taken):
            return
        said = self.context.document.cell_text(cell).strip()
        if _YEAR.fullmatch(said) and any(self.measures.says("date", words) for words in sum(paths, ())):
            return
        numbers = list(self.numbers.of(cell, self.section))
        if len(numbers) == 2 and "/" in said and any(_SCORED.search(fold(words)) for words in sum(paths, ())):
            numbers.pop()  # « 64 / 120 »: the most that an index can be
        for number, counted in numbers:
            grouped = _POINTED.fullmatch(number.text) or (
                _GROUPED.fullmatch(number.text) and not self._decimal_commas
            )
            start, end = number.start - cell.start, number.end - cell.start
            scaled = shared_scale(self.context.document.text[cell.start : cell.end], start, end) != ONE
            if not (grouped and self._decimal_points) and not scaled:
                yield self._figure(cell, paths, number, counted)

    def _measured(self, cell: Cell, paths: HeaderPaths) -> tuple[HeaderPaths, Around]:
        """The headers that say what a cell measures, and what else does.

        The row's unit is no label, nor is its code where the row has words besides.
        """
        unit = self._unit_beside(cell)
        named = tuple(words for words in paths.row if words != unit and not _CODE.fullmatch(words))
        if named or unit:
            paths = HeaderPaths(named, paths.column)
        return paths, self._around(unit)._replace(changed=self._changed(cell.column, paths))

    def _changed(self, column: int, paths: HeaderPaths) -> str:
        """The header left of « Évolution », where it names what has changed; else nothing."""
        if not (paths.column and self.measures.is_change(paths.column[-1])):
            return ""
        left = (words for at, words in reversed(self._heads) if 0 < at < column)
        thing = next((words for words in left if not self.measures.says_share(words)), "")
        silent = any(self.measures.says(what, thing) for what in ("class", "period", "total"))
        return "" if silent or self.measures.is_change(thing) else thing

    def _around(self, unit: str = "") -> Around:
        return Around(self.caption, self.section, self.above, self._corner, unit, self._amounts)

    def _unit_beside(self, cell: Cell) -> str:
        """What the row of a cell says in a column of units, if the table has one."""
        beside = None if self._unit_column is None else self.tree.cell_at(cell.row, self._unit_column)
        return clean(self.context.document.cell_text(beside)) if beside and beside is not cell else ""

    @cached_property
    def _unit_column(self) -> int | None:
        for column, cells in self._filled_below.items():
            header = self.tree.paths(cells[0]).column
            if header and self.measures.says("unit-column", header[-1]):
                return column
        return None

    @cached_property
    def _amounts(self) -> frozenset[str]:
        """The headers of shares (« Part de la caisse ») that are amounts, for a number is too great."""
        amounts: set[str] = set()
        if "part" not in self.context.folded[self.table.start : self.table.end]:
            return frozenset()  # most tables: the paths of all cells take long
        for cell in self.tree.cells:
            if self.tree.is_header(cell):
                continue
            words = [w for w in sum(self.tree.paths(cell), ()) if self.measures.says_share(w)]
            said = self.context.document.cell_text(cell) if words else ""
            if (
                said
                and "%" not in said
                and any(n.value > _MOST_PERCENT for n, _ in self.numbers.of(cell, self.section))
            ):
                amounts.update(words)
        return frozenset(amounts)

    @cached_property
    def _decimal_points(self) -> bool:
        """Does a cell of the table write its decimals with a point (« 220.08 »)?"""
        return any(map(_DECIMAL_POINT.fullmatch, self._said))

    @cached_property
    def _decimal_commas(self) -> bool:
        """Does a cell write its decimals with a comma (« 220,08 »)?"""
        return any(map(_DECIMAL_COMMA.fullmatch, self._said))

    @cached_property
    def _said(self) -> list[str]:
        """The words of the cells below and beside the headers."""
        below = (cell for cell in self.tree.cells if not self.tree.is_header(cell))
        return [self.context.document.cell_text(cell).strip() for cell in below]

    def _figure(self, cell: Cell, paths: HeaderPaths, number: Number, counted: Counted | None) -> FigureRow:
        measure = self.measures.of(self.context.folded, number, *self._measured(cell, paths))
        if counted is not None:
            known = fold(counted.words) in fold(measure.label)
            measure = Measure(
                counted.unit, measure.label if known else f"{counted.words}, {measure.label}".rstrip(", ")
            )
        given = self._given(cell, paths, number, measure)
        table = self.caption if measure.multiple == ONE else self._telling(cell, paths, measure)
        dimensions: dict[str, Any] = {"row": list(paths.row), "column": list(paths.column), "table": table}
        dimensions |= given.pop("dimensions", {})
        dated = DATED.search(self.context.document.cell_text(cell))
        own = (dated["year"],) if dated else ()
        words = (*own, *reversed(paths.column), *reversed(paths.row), self.caption)
        if measure.multiple != ONE:
            given["flags"] = SCALED
        return self.context.figure(
            number.start,
            number.end,
            number.value * measure.multiple,
            FigureKind.TABLE,
            multiple=measure.multiple,
            label=measure.label,
            unit=given.pop("unit", "") or measure.unit,
            period=given.pop("period", "") or self.context.period_of_words(words, cell.start),
            place=self.context.place_of_words(words, cell.start),
            dimensions={name: value for name, value in dimensions.items() if value},
            quote=self._row_span(cell),
            table_id=self.id,
            row=cell.row,
            column=cell.column,
            confidence=given.pop("confidence", round(min(1.0, self.table.confidence), 3)),
            **given,
        )

    def _telling(self, cell: Cell, paths: HeaderPaths, measure: Measure) -> str:
        """The words around the table that tell, beside the headers, what a scaled value is worth.

        Its row keeps them, to be proven by.
        """

        def prove(words: str) -> bool:
            headers = (*reversed(paths.column), *reversed(paths.row), words)
            return self.measures.multiple(measure.unit, headers) == measure.multiple

        around = (
            self._corner,
            f"en {self._unit_beside(cell)}",
            self.above,
            self.section.rsplit(" › ", 1)[-1],
        )
        return next(filter(prove, (self.caption, *around)), self.caption)

    def _given(self, cell: Cell, paths: HeaderPaths, number: Number, measure: Measure) -> dict[str, Any]:
        """What the figure rules say of the number in the line of its headers."""
        headers = " › ".join(filter(None, (self.caption, *paths.row, *paths.column)))
        said = self.context.document.text[cell.start : cell.end]
        line = f"{headers} : {said}"
        beside, beside_folded = self._heads_beside(cell.column)
        shift = len(headers) + 3 - cell.start
        candidate = Candidate(
            unwrapped(line) + beside, matchable(line) + beside_folded,
            number.start + shift, number.end + shift,
            sentence=(0, len(line) + len(beside)), block=(0, len(line)), section=self.section,
            unit=measure.unit, kind=FigureKind.TABLE, block_kind=BlockKind.TABLE, form=number.form,
            value=number.value,
        )  # fmt: skip
        rules = self.context.grammar.figure_rules
        taken: FigureRule | None = rules.take(candidate)
        given = dict(rules.set(candidate, taken).values)
        given.pop("entity", None)
        return given | {"rule": "table-headers"}

    def _heads_beside(self, column: int) -> tuple[str, str]:
        """The lowest headers of the columns beside one, as they go behind a line; the same folded."""
        if column not in self._beside:
            beside = " ‖ " + " | ".join(words for at, words in self._heads if at != column)
            self._beside[column] = beside, matchable(beside)
        return self._beside[column]

    @cached_property
    def _heads(self) -> list[tuple[int, str]]:
        """The column and the words of each filled cell of the last header row."""
        last = self.table.header_rows - 1
        cells = (cell for cell in self.tree.cells if cell.row == last and cell.end > cell.start)
        return [(cell.column, clean(self.context.document.cell_text(cell))) for cell in cells]

    # Rows -----------------------------------------------------------------------------------------
    def _cell_row(self, cell: Cell, paths: HeaderPaths, figure: FigureRow | None) -> TableCellRow:
        text = self.context.document.cell_text(cell)
        return TableCellRow(
            source=self.context.document.source,
            table_id=self.id,
            page=cell.page,
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            text=" ".join(text.split()),
            row_header=" › ".join(paths.row),
            column_header=" › ".join(paths.column),
            value=figure.value if figure else None,
            unit=figure.unit if figure else "",
            figure_id=figure.figure_id if figure else "",
        )

    def _table_row(self) -> TableRow:
        table, document = self.table, self.context.document
        page = document.page_at(table.start)
        return TableRow(
            table_id=self.id,
            report_id=self.context.report_id,
            source=document.source,
            number=self.number,
            caption=document.text[table.caption.start : table.caption.end] if table.caption else "",
            section=self.section,
            page=table.pages[0] if table.pages else (page.number if page else None),
            pages=" ".join(map(str, table.pages)),
            rows=table.row_count,
            columns=table.column_count,
            header_rows=table.header_rows,
            header_columns=table.header_columns,
            detector=table.detector,
            confidence=table.confidence,
            char_start=self.context.stretch.base + table.start,
            char_end=self.context.stretch.base + table.end,
        )

    def _row_span(self, cell: Cell) -> Span:
        """The run of the reading text that holds the row of a cell: what its figure is quoted with."""
        text = self.context.document.text
        start, end = self._extents.get(cell.row, (cell.start, cell.end))
        first = max(text.rfind("\n", 0, start) + 1, self.table.start)
        last = text.find("\n", end)
        last = min(last if last >= 0 else len(text), self.table.end)
        last -= text.endswith("\r", first, last)
        return Span(start=first, end=max(last, end))

    @cached_property
    def _extents(self) -> dict[int, tuple[int, int]]:
        """From where to where the filled cells of each row stand."""
        extents: dict[int, tuple[int, int]] = {}
        for cell in self.tree.cells:
            if cell.end > cell.start:
                start, end = extents.get(cell.row, (cell.start, cell.end))
                extents[cell.row] = (min(start, cell.start), max(end, cell.end))
        return extents

    def _corner_words(self) -> str:
        """The header over the row labels, where they have one."""
        cell = self.tree.cell_at(self.table.header_rows - 1, 0) if self.table.header_rows else None
        return clean(self.context.document.cell_text(cell)) if cell and self.tree.header_columns else ""

    # Tables that are none -------------------------------------------------------------------------
    def _is_contents(self) -> bool:
        """A table of contents: titled so, above it or in a cell, or with page numbers for cells."""
        title = self.section.rsplit(" › ", 1)[-1]
        above = self.context.line_above(self.table.start)
        if any(self.measures.says("contents", words) for words in (self.caption, title, above)):
            return True
        cells = [self.context.document.cell_text(cell).strip() for cell in self.tree.cells]
        marks = sum(_PAGE_MARK.search(words) is not None for words in cells)
        if marks >= _LEAST_MARKS and any(self.measures.says("contents", words) for words in cells):
            return True
        pages = sum(bool(_PAGE.match(words)) for words in cells)
        return pages >= 2 and 3 * pages >= self.table.row_count

    @cached_property
    def _filled_below(self) -> dict[int, list[Cell]]:
        """The filled cells of each column below its header."""
        columns: dict[int, list[Cell]] = {}
        for cell in self.tree.cells:
            if cell.row >= self.table.header_rows and cell.end > cell.start:
                columns.setdefault(cell.column, []).append(cell)
        return columns

    @cached_property
    def _answers(self) -> frozenset[int]:
        """Columns of answers to tick: each says one number in all rows, one more than the column before."""
        said: dict[int, int] = {}
        for column, cells in self._filled_below.items():
            words = {self.context.document.cell_text(cell).strip() for cell in cells}
            if len(cells) >= _LEAST_ASKED and len(words) == 1 and (word := words.pop()).isdecimal():
                said[column] = int(word)
        columns = sorted(said)
        runs = groupby(enumerate(columns), lambda item: said[item[1]] - item[0])
        found = [[column for _, column in run] for _, run in runs]
        return frozenset(column for run in found if len(run) >= _LEAST_ANSWERS for column in run)

    def _code_column(self, column: int) -> bool:
        """A column of names in digits: codes, running numbers, years, answers to choose from."""
        cells = self._filled_below.get(column, [])
        if not cells:
            return False
        if column in self._answers:
            return True
        header = self.tree.paths(cells[0]).column
        if header and self.measures.says("code", header[-1]):
            return True
        words = [clean(self.context.document.cell_text(c)) for c in cells]
        if all(map(_YEAR.fullmatch, words)) or all(map(_CODE.fullmatch, words)):
            return True
        return not (header and _LETTER.search(header[-1])) and count_up(words, leftmost=column == 0)


def count_up(words: Sequence[str], leftmost: bool) -> bool:
    """Do the cells of a column number the rows: 1, 2, 3 …, or at the left edge 41, 42, 43 … in most rows?"""
    said = [int(word) for word in (word.strip(" .°)") for word in words) if word.isdecimal()]
    if len(said) < 3 or 5 * len(said) < 4 * len(words):
        return False
    if said[0] == 1:
        return said == list(range(1, len(words) + 1))
    rises = sum(after == before + 1 for before, after in pairwise(said))
    return leftmost and len(said) >= _LEAST_LINES and 5 * rises >= 4 * (len(said) - 1)
