"""Values that the catalogue finds in tables: on lines and in columns that name an indicator.

Names are read on the line of a table, over its column, or in the heading above; the value's column is the
one of the report's year. A line that names two indicators, a column that could be two years, two lines that
disagree: none is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import dropwhile

from ...grammar.compiled import regexp
from ...grammar.patterns import matchable
from ...model import Cell, Span, Table
from ..stated import ONE
from ..tables.headers import clean
from ..tables.measures import Measures
from .catalogue import fits
from .found import FamilyReader, Found, Reading, Way, agree, is_only, says_any
from .naming import compiled, within

_COUNTS = regexp(
    r"[\W\d]*(?:[a-z][ .]?\d{3}[.,-]\d ?[a-z]?\b)?\W*"
    r"(?:nombre|nb)(?: total)? d(?:e |')(?!points?\b|annees?\b|jours?\b)"
)
"""« [P207.0] Nombre de demandes »: a line that counts, though the code is that of an amount or a rate."""

_BARE_UNITS = ("%", "€", "‰")


def found_in_tables(reader: FamilyReader) -> Iterator[Found]:
    """The values found in the tables of a report; of those that speak of something else, what codes name.

    Lines that are known by a label of many tables (« Prix au m³ ») state the service's value only where
    tables agree: two bills are those of two zones.
    """
    measures = Measures(reader.context.grammar)
    found: list[Found] = []
    for number, table in enumerate(reader.context.document.tables):
        found += _Lines(reader, measures, number, table).find()
    labelled: dict[tuple[str, str, str], list[Decimal]] = {}
    for item in found:
        if item.way.finding.at == "row" and not item.way.finding.sum:
            labelled.setdefault(_place_of(item), []).append(item.reading.value)
    apart = {at for at, values in labelled.items() if not agree(values)}
    yield from (item for item in found if _place_of(item) not in apart)


def _place_of(item: Found) -> tuple[str, str, str]:
    """What is found, by which rule, for when."""
    return item.way.entry.id, item.way.rule, item.period


class _Lines:
    """One table: its lines and columns that name indicators."""

    def __init__(self, reader: FamilyReader, measures: Measures, number: int, table: Table):
        self.reader = reader
        self.measures = measures
        self.number = number
        self.table = table
        self.tree = reader.context.header_tree(number)
        self.family = reader.family
        self.year = reader.year_at(table.start)
        self._cells = [
            [self.tree.cell_at(row, column) for column in range(table.column_count)]
            for row in range(table.row_count)
        ]
        self._read: dict[tuple[int, int], Reading] = {}
        words = [self.tree.caption(), *(self._said(c) for row in self._cells[:2] for c in _distinct(row))]
        folded = matchable(" ".join(words))
        titled = reader.named_in(self.tree.caption()) or reader.named_in(self._said(self._cells[0][0]))
        headed, elsewhere = titled or reader.headed(table.start), reader.elsewhere(table.start)
        ways = [
            way
            for way in reader.ways
            if way.finding.at in ("row", "column")
            and (way.finding.coded or not elsewhere)
            and not (way.finding.under and not is_only(headed, way.entry))
            and (not way.finding.table or compiled(way.finding.table).search(folded))
        ]
        self._row_ways = [way for way in ways if way.finding.at == "row"]
        self._column_ways = [way for way in ways if way.finding.at == "column"]

    def find(self) -> list[Found]:
        """The values that this table gives, those of one place and period only where they agree."""
        found: list[Found] = []
        for row in range(self.table.row_count):
            found += self._row(row)
        found += self._columns()
        return self._sure(found)

    def _said(self, cell: Cell | None) -> str:
        return clean(self.reader.context.document.cell_text(cell)) if cell is not None else ""

    # Rows -----------------------------------------------------------------------------------------
    def _row(self, row: int) -> Iterator[Found]:
        cells = _distinct(self._cells[row])
        names = [cell for cell in cells if self._bare(cell).what == "words"]
        label = " ".join(self._said(cell) for cell in names)
        if not label:
            return
        folded = matchable(label)
        named = self.reader.catalogue.names_in(label, self.reader.families)
        coded = self.reader.catalogue.coded_in(label, self.reader.families)
        done = ""
        for way in self._row_ways:
            if way.entry.id == done or (named and not is_only(named, way.entry)):
                continue
            if way.finding.coded and not is_only(coded, way.entry):
                continue
            if compiled(way.finding.row).search(folded) if way.finding.row else named:
                values = list(self._values(row, cells, way))
                yield from values
                done = way.entry.id if values else ""

    def _bare(self, cell: Cell) -> Reading:
        """A cell read with no words that stand for values."""
        span = (cell.start, cell.end)
        if span not in self._read:
            self._read[span] = self.reader.read(*span, {})
        return self._read[span]

    def _values(self, row: int, cells: Sequence[Cell], way: Way) -> Iterator[Found]:
        """The values of a line that names the indicator of `way`."""
        words = self.reader.catalogue.values_of(way.entry)
        read = [
            (cell, self.reader.read(cell.start, cell.end, words, way.most, way.entry.units)) for cell in cells
        ]
        read = [(cell, value) for cell, value in read if value.what != "words"]
        in_order = self._in_order(
            [cell for cell, value in read if value.what != "empty" and not self._is_unit(cell)]
        )
        if way.finding.scale:
            read = _beside_most(read, way.most)
        elif way.finding.column:
            read = [item for item in read if says_any(way.finding.column, self._header(row, item[0]))]
        else:
            read = [
                item for item in read if item[0].column in in_order or not self._is_no_value(row, item[0])
            ]
        read = [item for item in read if not self._dates(item[0])]
        needs_unit = way.finding.printed or self._counts_other(cells, way)
        for period, cell, value in self._chosen(row, read, in_order):
            printed = not needs_unit or value.unit or self._states_unit(cells, way)
            if way.fits(value) and printed and self._counts_so(self._header(row, cell), cell, way):
                yield self._found(way, value, period, row, cell)

    def _counts_other(self, cells: Sequence[Cell], way: Way) -> bool:
        """Does a line say that it counts something, of which the indicator is the amount or the rate?"""
        label = matchable(" ".join(map(self._said, cells)))
        return _COUNTS.match(label) is not None and "nombre" not in matchable(way.entry.name_fr)

    def _states_unit(self, cells: Sequence[Cell], way: Way) -> bool:
        """Do the words of a line state a unit of the indicator?"""
        stated = (self._unit_of(matchable(self._said(cell))) for cell in cells)
        return any(unit in way.entry.units for unit in stated)

    def _unit_of(self, folded: str) -> str:
        """The unit that words state or are (« Boues (tMS) », « t MS »); empty where there is none."""
        units = self.reader.context.grammar.units
        if stated := units.stated(folded):
            return stated.unit
        alone = units.after(folded, 0)
        return alone.unit if alone and not folded[alone.end :].strip() else ""

    def _found(self, way: Way, reading: Reading, period: str, row: int, cell: Cell) -> Found:
        quote = self._quote(_distinct(self._cells[row]))
        return Found(way, reading, period, table=self.number, cell=cell, quote=quote)

    def _chosen(
        self, row: int, read: Sequence[tuple[Cell, Reading]], in_order: Mapping[int, str]
    ) -> Iterator[tuple[str, Cell, Reading]]:
        """The cells that hold values, each with its period: the years' columns, else the only one."""
        dated: dict[str, list[tuple[Cell, Reading]]] = {}
        own: list[tuple[Cell, Reading]] = []
        for cell, value in read:
            header = self._header(row, cell)
            if period := in_order.get(cell.column) or self.reader.period_said(header):
                dated.setdefault(period, []).append((cell, value))
            elif self.family.years and says_any(self.family.years, header):
                own.append((cell, value))
        if dated:
            for period, items in dated.items():
                if len(whole := self._of_the_whole(row, items)) == 1:
                    yield period, *whole[0]
            return
        filled = self._of_the_whole(row, own or [item for item in read if item[1].what != "empty"])
        if len(filled) == 1:
            cell, value = filled[0]
            before = [c for c in self._cells[row] if c is not None and c.column <= cell.column]
            words = " ".join([self.tree.caption(), *map(self._said, before)])  # remarks come behind
            yield self.reader.period_said(words) or self.year, cell, value

    def _in_order(self, filled: Sequence[Cell]) -> dict[int, str]:
        """Column → period where a page sets titles and values apart, and there are as many of each.

        Empty where each value stands under a title of its own.
        """
        head = self._cells[self.table.header_rows - 1] if self.table.header_rows else ()
        said = [cell for cell in _distinct(head) if self._said(cell)]
        titles = list(dropwhile(lambda cell: not self.reader.period_said(self._said(cell)), said))
        periods = [self.reader.period_said(self._said(title)) for title in titles]
        covered = {
            column for title in titles for column in range(title.column, title.column + title.column_span)
        }
        apart = any(cell.column not in covered for cell in filled)
        if len(titles) < 2 or len(titles) != len(filled) or not all(periods) or not apart:
            return {}
        return {cell.column: period for cell, period in zip(filled, periods, strict=True)}

    def _is_unit(self, cell: Cell) -> bool:
        """Is the cell a bare unit (« % »)?"""
        return self._said(cell) in _BARE_UNITS

    def _of_the_whole(
        self, row: int, items: Sequence[tuple[Cell, Reading]]
    ) -> Sequence[tuple[Cell, Reading]]:
        """Of values of several columns that of the total (« Secteur Nord | Secteur Sud | Ensemble »)."""
        totals = [item for item in items if self._says_whole(self._header(row, item[0]))]
        return totals if len(items) > 1 and len(totals) == 1 else items

    def _says_whole(self, words: str) -> bool:
        """Is it the name of a total, or of what stands for the whole service?"""
        return self.measures.says("total", words) is not None or says_any(self.family.whole, words)

    def _dates(self, cell: Cell) -> bool:
        """Is the cell a title that dates its column (« 2021 »)?"""
        return cell.row < self.table.header_rows and bool(self.reader.period_said(self._said(cell)))

    def _header(self, row: int, cell: Cell) -> str:
        """The words over a cell: its header rows, else the nearest words above it in its column."""
        above = [self.tree.cell_at(r, cell.column) for r in range(min(self.table.header_rows, row))]
        said = " ".join(dict.fromkeys(self._said(c) for c in above if c is not None and c is not cell))
        if said.strip() or self.table.header_rows:
            return said
        first = self.tree.cell_at(0, cell.column)
        return self._said(first) if first is not None and row > 0 else ""

    def _counts_so(self, header: str, cell: Cell, way: Way) -> bool:
        """Do the headers of a cell count in ones, not in thousands, and in no unit but the indicator's?"""
        unit = self._unit_of(matchable(header))
        if unit and not fits(way.entry, unit) and unit not in (*way.finding.unit, *way.entry.zero_units):
            return False
        row, column = self.tree.paths(cell)
        headers = (*column, *row, self.tree.caption())
        return self.measures.multiple(next(iter(way.entry.units), ""), headers) == ONE

    def _is_no_value(self, row: int, cell: Cell) -> bool:
        header = self._header(row, cell)
        return any(
            patterns and says_any(patterns, header)
            for patterns in (self.family.no_column, self.family.not_under)
        )

    # Columns --------------------------------------------------------------------------------------
    def _columns(self) -> Iterator[Found]:
        top = max(1, self.table.header_rows)
        for column in range(self.table.column_count):
            cells = _distinct([self.tree.cell_at(row, column) for row in range(top)])
            header = " ".join(map(self._said, cells))
            named = self.reader.catalogue.names_in(header, self.reader.families, "column")
            done = ""
            for way in self._column_ways:
                if way.entry.id == done or (named and not is_only(named, way.entry)):
                    continue
                if says_any(way.finding.column, header) if way.finding.column else named:
                    yield from self._down(column, header, way)
                    done = way.entry.id

    def _down(self, column: int, header: str, way: Way) -> Iterator[Found]:
        """The values of a column whose `header` names the indicator of `way`."""
        words = self.reader.catalogue.values_of(way.entry)
        for row in range(max(1, self.table.header_rows), self.table.row_count):
            cell = self.tree.cell_at(row, column)
            if cell is None or cell.row != row:
                continue
            value = self.reader.read(cell.start, cell.end, words, way.most, way.entry.units)
            if not way.fits(value) or not self._counts_so(header, cell, way):
                continue
            label = " ".join(self._said(c) for c in _distinct(self._cells[row]) if c is not cell)
            if way.finding.row and not says_any(way.finding.row, label):
                continue
            period = self.reader.period_said(label) or self.reader.period_said(header) or self.year
            yield self._found(way, value, period, row, cell)

    # Judging --------------------------------------------------------------------------------------
    def _sure(self, found: Sequence[Found]) -> list[Found]:
        """One value an indicator, rule and period; where lines disagree a total, or the parts of a sum.

        Of lines that disagree those that print the unit count before those that print none.
        """
        groups: dict[tuple[str, str, str], list[Found]] = {}
        for item in found:
            groups.setdefault(_place_of(item), []).append(item)
        kept: list[Found] = []
        for items in groups.values():
            finding = items[0].way.finding
            if not all(within(item.reading.value, finding.value) for item in items):
                continue
            printed = [item for item in items if item.reading.unit]
            if printed and _disagree(items) and not finding.sum:
                items = printed  # « 6 » dossiers beside « 0,0016 €/m³ » under one code
            totals = [item for item in items if self._is_total(item)]
            if len(items) > 1 and len(totals) == 1:
                kept += totals
            elif finding.sum or not _disagree(items):
                kept += items
        return kept

    def _is_total(self, item: Found) -> bool:
        if item.cell is None:
            return False
        return any(self._says_whole(self._said(cell)) for cell in _distinct(self._cells[item.cell.row]))

    def _quote(self, cells: Iterable[Cell]) -> Span:
        """The run of the reading text that the line of a table takes."""
        filled = [cell for cell in cells if cell.end > cell.start]
        text = self.reader.context.document.text
        start, end = min(cell.start for cell in filled), max(cell.end for cell in filled)
        first = max(text.rfind("\n", 0, start) + 1, self.table.start)
        last = text.find("\n", end)
        return Span(start=first, end=max(end, min(last if last >= 0 else len(text), self.table.end)))


def _disagree(found: Sequence[Found]) -> bool:
    return len({item.reading.value for item in found}) > 1


def _distinct(cells: Iterable[Cell | None]) -> list[Cell]:
    """The cells of a line, a merged one once, in order."""
    return list({(cell.row, cell.column): cell for cell in cells if cell is not None}.values())


def _beside_most(read: Sequence[tuple[Cell, Reading]], most: Decimal | None) -> list[tuple[Cell, Reading]]:
    """Of the values of a line, the one beside the greatest value possible; none where that is not printed."""
    values = [item for item in read if item[1].what == "value"]
    others = [item for item in values if item[1].value != most]
    if len(values) < 2 or len(others) == len(values):
        return []
    return others or values[-1:]
