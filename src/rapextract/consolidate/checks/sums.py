"""Totals of tables against the rows or columns they add up.

What a total adds up is not always said: a table may have sub-totals under any name, rows « dont … », or
rates among amounts. So each usual reading is tried: the lines beside it under the same header, all lines
before it (or after it, for a total that comes first), the lines since the last total, the totals below
it, and the lines left when every line that is the sum of those just before it takes their place. One reading
that fits confirms the total. A total is only called broken when no reading fits and the structure is
beyond doubt: the same reading fits other columns of the table, or the total is plainly named (« TOTAL »,
« Ensemble »), alone, and every cell is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from .finding import Finding, plain
from .grids import Grid, Line, Number
from .printed import Interval, slip
from .words import Words

KIND = "sum"
_ZERO = Interval(Decimal(0), Decimal(0))
_HUNDRED = Decimal(100)
_ENOUGH = 2
Reading = tuple[Line, ...]


def table_sums(grid: Grid, words: Words) -> Iterator[Finding]:
    """Every total of a table that can be decided."""
    yield from _totals(grid, grid.rows, grid.columns, "row", "column", words)
    yield from _totals(grid, grid.columns, grid.rows, "column", "row", words)


def _totals(
    grid: Grid, lines: Sequence[Line], across: Sequence[Line], axis: str, other: str, words: Words
) -> Iterator[Finding]:
    """The totals among `lines` (rows, or columns), each checked at every line `across`."""
    totals = [line for line in lines if any(words.says("total", part) for part in line.path)]
    if not totals or len(totals) == len(lines):
        return
    for total in totals:
        readings = list(_readings(total, lines, totals, words))
        verdicts = {
            line.at: _fitting(total.numbers[line.at], line.at, readings)
            for line in across
            if line.at in total.numbers
        }
        proven = [r for at, r in verdicts.items() if r is not None and _tells(total.numbers[at])]
        for line in across:
            if line.at not in verdicts:
                continue
            reading = verdicts[line.at]
            if reading is None:
                reading = _broken(total, line, lines, totals, readings, proven, words)
                if reading is None:
                    continue
                yield _finding(grid, total, line, reading, axis, other, holds=False)
            else:
                yield _finding(grid, total, line, reading, axis, other, holds=True)


def _readings(total: Line, lines: Sequence[Line], totals: Sequence[Line], words: Words) -> Iterator[Reading]:
    """The sets of lines that a total may add up, the likeliest first."""
    plain_lines = [line for line in lines if line not in totals and not _is_part(line, words)]
    parent = total.path[:-1]
    if parent:
        yield tuple(line for line in plain_lines if line.path[:-1] == parent)
        yield tuple(line for line in plain_lines if line.path[: len(parent)] == parent)
    before = [line for line in plain_lines if line.at < total.at]
    yield tuple(before)
    earlier = [other.at for other in totals if other.at < total.at]
    if earlier:
        yield tuple(line for line in before if line.at > max(earlier))
    yield tuple(line for line in plain_lines if line.at > total.at)
    others = [line for line in totals if line is not total]
    yield tuple(line for line in others if line.at < total.at)
    yield tuple(line for line in others if line.at > total.at)
    yield (*(t for t in others if t.at < total.at), *(x for x in before if x.at > max(earlier, default=-1)))


def _fitting(total: Number, at: int, readings: Sequence[Reading]) -> Reading | None:
    """The reading whose numbers at `at` add up to the total."""
    for reading in readings:
        parts = [line.numbers[at] for line in reading if at in line.numbers]
        if len(parts) >= _ENOUGH and total.printed.interval.meets(_sum(parts)):
            return tuple(line for line in reading if at in line.numbers)
    for reading in readings:
        kept = _collapsed([line for line in reading if at in line.numbers], at)
        if len(kept) >= _ENOUGH and total.printed.interval.meets(_sum([line.numbers[at] for line in kept])):
            return tuple(kept)
    return None


def _collapsed(lines: Sequence[Line], at: int) -> list[Line]:
    """`lines`, where each that is the sum of those just before it has taken their place."""
    kept: list[Line] = []
    for line in lines:
        number = line.numbers[at]
        span = _ZERO
        for back in range(len(kept) - 1, -1, -1):
            span += kept[back].numbers[at].printed.interval
            if len(kept) - back >= _ENOUGH and number.value and number.printed.interval.meets(span):
                del kept[back:]
                break
        kept.append(line)
    return kept


def _broken(
    total: Line,
    line: Line,
    lines: Sequence[Line],
    totals: Sequence[Line],
    readings: Sequence[Reading],
    proven: Sequence[Reading],
    words: Words,
) -> Reading | None:
    """The reading that the total contradicts, where the structure is beyond doubt."""
    at = line.at
    number = total.numbers[at]
    names = (*total.path, *line.path, number.cell.column_header, number.cell.row_header)
    if any(words.says("not-additive", name) for name in names):
        return None
    if number.percent and number.value != _HUNDRED:
        return None
    for reading in proven:
        if not _complete(reading, total, at):
            continue
        if len(proven) >= _ENOUGH:
            return reading
        if slip(_sum_value(reading, at), number.value) and not _excess_is_a_run(reading, at, number.value):
            return reading
    if proven or len(totals) > 1 or not words.whole("bare-total", total.name):
        return None
    reading = readings[0] if readings else ()
    alone = next((r for r in readings if len(r) >= _ENOUGH), reading)
    if len(alone) < _ENOUGH or not _complete(alone, total, at) or len(alone) != len(lines) - 1:
        return None
    if len(_collapsed(alone, at)) != len(alone) or _excess_is_a_run(alone, at, number.value):
        return None
    return alone if slip(_sum_value(alone, at), number.value) else None


def _tells(total: Number) -> bool:
    """Whether a total that fits proves what its line adds up: zeros and percentages fit too easily."""
    return bool(total.value) and not total.percent


def _complete(reading: Reading, total: Line, at: int) -> bool:
    """Whether every cell is there, a number like the total."""
    number = total.numbers[at]
    cells = [line.numbers.get(at) for line in reading]
    return len(cells) >= _ENOUGH and all(
        cell is not None and cell.percent == number.percent and _units_agree(cell, number) for cell in cells
    )


def _units_agree(cell: Number, total: Number) -> bool:
    measures = ("%", "EUR")
    return cell.cell.unit == total.cell.unit or not ({cell.cell.unit, total.cell.unit} & set(measures))


def _excess_is_a_run(reading: Reading, at: int, total: Decimal) -> bool:
    """Whether leaving out some neighbouring lines makes the sum fit: they may be parts of another line."""
    values = [line.numbers[at].value for line in reading]
    excess = sum(values, Decimal(0)) - total
    ahead = {Decimal(0)}
    running = Decimal(0)
    for value in values:
        running += value
        if running - excess in ahead:
            return True
        ahead.add(running)
    return False


def _is_part(line: Line, words: Words) -> bool:
    return any(words.says("part", part) for part in line.path)


def _sum(numbers: Sequence[Number]) -> Interval:
    total = _ZERO
    for number in numbers:
        total += number.printed.interval
    return total


def _sum_value(reading: Reading, at: int) -> Decimal:
    return sum((line.numbers[at].value for line in reading if at in line.numbers), Decimal(0))


def _finding(
    grid: Grid, total: Line, line: Line, reading: Reading, axis: str, other: str, holds: bool
) -> Finding:
    at = line.at
    number = total.numbers[at]
    parts = [part.numbers[at] for part in reading]
    expected = plain(_sum_value(reading, at))
    made = " + ".join(part.said for part in parts)
    where = f"In the {other} « {line.label} » of the table « {grid.title} »"
    verdict = "as" if holds else "but"
    message = (
        f"{where}, « {made} » makes {expected}, {verdict} the {axis} « {total.name} » says « {number.said} »."
    )
    figures = tuple(n.cell.figure_id for n in (*parts, number) if n.cell.figure_id)
    key = f"{grid.table.table_id} {axis} {total.at} {at}"
    return Finding(KIND, holds, grid.table.report_id, message, figures, expected, number.said, key)
