"""From a grid of cell spans to a `Table`: title row, headers, merged cells left blank.

For tables whose source does not say which cells are merged and which are headers (pipes, tabs).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapextract.model import Cell, Span, Table

_YEAR = re.compile(
    r"(?:(?:année|exercice|fin|au|en)\s+)?(?:\d{1,2}/\d{1,2}/)?(?:19|20)\d\d(?:\s*\([^()]*\))?", re.I
)
# A measure: a number in digits with a sign and a unit, or with a threshold's sign.
_MEASURE = re.compile(
    r"[-+−–±~≈<>≤≥=\s]*\d[\d\s.,'\u202f\u00a0]*(?:/\d+)?\s*(?:%|‰|€|k€|m€|euros?|etp|pts?|points?|j|jours?|h|ans?|mois)?\.?\**",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2}")
_DIGIT = re.compile(r"\d")
_NO_VALUE = re.compile(
    r"(?:[-–—/*.]|n\.? ?[acds]\.?|neutralis[ée]e?s?|non [\w ]{3,20}|sans objet|s\.? ?o\.?)", re.I
)
"""What stands for a value that is missing."""
_COMPARED = re.compile(r"^\W*?([<>≤≥])")


def is_measure(text: str) -> bool:
    """Whether a cell holds a number and no more than its unit; a year is no measure."""
    bare = text.strip().strip("*_ ")
    return bool(bare) and _MEASURE.fullmatch(bare) is not None and _YEAR.fullmatch(bare) is None


def is_label_and_values(cells: Sequence[str]) -> bool:
    """Whether cells are a row of data: one or two labels, then measures and what stands for a missing one.

    The first label may be a year or a threshold, a year is a value beside a measure, a cell may be empty.
    """
    if not cells or not (_is_words(cells[0]) or _YEAR.fullmatch(cells[0]) or _COMPARED.match(cells[0])):
        return False
    second = len(cells) > 2 and (not cells[1] or _is_words(cells[1]))
    if second and _DIGIT.search(cells[1]) and _WORD.search(cells[0]):
        return False  # « dont 12 cadres » states something; beside a code (« P103.2 ») it may be a label
    count = 2 if second else 1
    values = [cell for cell in cells[count:] if cell]
    if not any(map(is_measure, values)):
        return False
    return all(is_measure(cell) or _NO_VALUE.fullmatch(cell) or _YEAR.fullmatch(cell) for cell in values)


def _is_words(cell: str) -> bool:
    return _LETTER.search(cell) is not None and not is_measure(cell) and not _NO_VALUE.fullmatch(cell)


def is_layout(words: Sequence[Sequence[str]]) -> bool:
    """Whether a table only sets prose side by side: long cells, and no measure."""
    filled = [cell for row in words for cell in row if cell]
    if any(map(is_measure, filled)):
        return False
    return len(filled) < 2 or sum(map(len, filled)) > 150 * len(filled)


def make_table(
    text: str,
    rows: Sequence[Sequence[Span]],
    start: int,
    end: int,
    detector: str,
    header_rows: int | None = None,
) -> Table | None:
    """Lay a table over ``text[start:end]`` from its rows of cell spans.

    Blank rows at the top are dropped. A top row with its first cell alone, over other headers, is
    the caption. `header_rows` says how many rows name the columns where the source does. Returns None
    where fewer than two columns or no row is left.
    """
    width = max((len(row) for row in rows), default=0)
    spans = [_padded(row, width) for row in rows]
    while spans and not any(_filled(cell) for cell in spans[0]):
        spans.pop(0)
    while spans and not any(_filled(cell) for cell in spans[-1]):
        spans.pop()
    spans = _without_blank_columns(spans)
    if not spans or len(spans[0]) < 2:
        return None
    words = [[text[cell.start : cell.end] for cell in row] for row in spans]
    caption = None
    if _is_title_row(words):
        caption = next(cell for cell in spans[0] if _filled(cell))
        spans, words = spans[1:], words[1:]
        header_rows = header_rows and header_rows - 1
    if header_rows is None or not 0 < header_rows < len(words):
        header_rows = count_header_rows(words)
    header_columns = count_header_columns(words, header_rows)
    return Table(
        start=start,
        end=end,
        row_count=len(spans),
        column_count=len(spans[0]),
        cells=tuple(_cells(spans, header_rows, header_columns)),
        header_rows=header_rows,
        header_columns=header_columns,
        caption=caption,
        detector=detector,
    )


def count_header_rows(words: Sequence[Sequence[str]]) -> int:
    """How many rows at the top name the columns.

    The first does unless it already holds measures (classes, « < 50 » beside « ≥ 50 », are none). The next
    does too where the one above it left columns blank (it spans them), it has no measure itself, and
    measures follow.
    """
    if not words or _states_measures(words[0]):
        return 0
    count = 1
    while count < len(words) - 1:
        above, row = words[count - 1], words[count]
        spans = any(not cell for cell in above[1:])
        if not spans or _states_measures(row) or sum(map(bool, row)) < 2:
            break
        if not any(is_measure(cell) for below in words[count + 1 :] for cell in below):
            break
        count += 1
    return count


def count_header_columns(words: Sequence[Sequence[str]], header_rows: int) -> int:
    """How many columns at the left name the rows: those that hold words and no measures.

    The first does unless it holds measures that are neither a running number nor a threshold. The
    last column never does.
    """
    body = words[header_rows:]
    if not body:
        return min(1, len(words[0]) - 1)
    first = [row[0] for row in body if row[0]]
    if first and all(map(is_measure, first)) and not _names_rows(first):
        return 0
    count = 1
    while count < len(body[0]) - 1:
        column = [row[count] for row in body if row[count]]
        rest = any(is_measure(cell) for row in body for cell in row[count + 1 :])
        if not column or not rest or any(map(is_measure, column)):
            break
        if not _is_wordy(column):
            break
        count += 1
    return count


def _names_rows(cells: Sequence[str]) -> bool:
    """Whether numbers name rows: thresholds (« < 10 % ») or a running number (1, 2, 3…)."""
    if all(_COMPARED.search(cell) for cell in cells):
        return True
    return len(cells) > 1 and [cell.strip(" .") for cell in cells] == [str(n + 1) for n in range(len(cells))]


def _is_wordy(cells: Sequence[str]) -> bool:
    """Whether most cells are words, not fillers of a data column (« - », « nc », « neutralisé »)."""
    letters = [cell for cell in cells if sum(map(str.isalpha, cell)) > 2]
    return 2 * len(letters) > len(cells)


def _is_title_row(words: Sequence[Sequence[str]]) -> bool:
    if len(words) < 3 or sum(map(bool, words[0])) != 1 or len(words[0]) < 2:
        return False
    title = next(filter(None, words[0]))
    below = words[1]
    return not is_measure(title) and not _states_measures(below) and sum(map(bool, below)) >= 2


def _states_measures(row: Sequence[str]) -> bool:
    """Whether a row holds measures: not where all of them name classes (« < 50 », « ≥ 50 »)."""
    measures = [cell for cell in row if is_measure(cell)]
    signs = {match[1] for cell in measures if (match := _COMPARED.search(cell))}
    named = all(map(_COMPARED.search, measures)) and bool(signs & set("<≤")) and bool(signs & set(">≥"))
    return bool(measures) and not named


def _cells(spans: list[list[Span]], header_rows: int, header_columns: int) -> list[Cell]:
    """Cells of the grid; blanks that a header surely covers are merged into it."""
    height, width = len(spans), len(spans[0])
    taken = [[False] * width for _ in range(height)]
    cells: list[Cell] = []
    for r in range(height):
        for c in range(width):
            if taken[r][c]:
                continue
            down, across = 1, 1
            if _filled(spans[r][c]):
                if r < header_rows:
                    across, down = _header_reach(spans, r, c, header_rows, header_columns)
                elif c < header_columns:
                    across = _label_reach(spans[r], c, header_columns)
                    if across == 1:
                        down = _carried_down(spans, r, c, header_columns)
            for y in range(r, r + down):
                for x in range(c, c + across):
                    taken[y][x] = True
            span = spans[r][c]
            cells.append(
                Cell(
                    row=r, column=c, row_span=down, column_span=across,
                    start=span.start, end=span.end, header=r < header_rows or c < header_columns,
                )
            )  # fmt: skip
    return cells


def _header_reach(spans: list[list[Span]], r: int, c: int, rows: int, columns: int) -> tuple[int, int]:
    """Columns and rows that a header cell covers, where the header rows below prove it."""
    if c < columns:
        down = 1
        while r + down < rows and not _filled(spans[r + down][c]):
            down += 1
        return 1, down
    across = 1
    if r + 1 < rows and _filled(spans[r + 1][c]):
        while (
            c + across < len(spans[r])
            and not _filled(spans[r][c + across])
            and _filled(spans[r + 1][c + across])
        ):
            across += 1
    return across, 1


def _label_reach(row: list[Span], c: int, header_columns: int) -> int:
    """Columns that a row's label covers: blank label columns at its right, up to the data."""
    across = 1
    while c + across < header_columns and not _filled(row[c + across]):
        across += 1
    return across if c + across == header_columns else 1


def _carried_down(spans: list[list[Span]], r: int, c: int, header_columns: int) -> int:
    """Rows that a label covers: those below that leave it blank but have a finer label."""
    down = 1
    while (
        r + down < len(spans)
        and not any(_filled(cell) for cell in spans[r + down][: c + 1])
        and any(_filled(cell) for cell in spans[r + down][c + 1 : header_columns])
    ):
        down += 1
    return down


def _filled(span: Span) -> bool:
    return span.end > span.start


def _padded(row: Sequence[Span], width: int) -> list[Span]:
    last = row[-1].end if row else 0
    return [*row, *(Span(start=last, end=last) for _ in range(width - len(row)))]


def _without_blank_columns(rows: list[list[Span]]) -> list[list[Span]]:
    """Drop columns without any text at the right end, which a stray pipe leaves."""
    width = max((c + 1 for row in rows for c, cell in enumerate(row) if _filled(cell)), default=0)
    return [row[:width] for row in rows]
