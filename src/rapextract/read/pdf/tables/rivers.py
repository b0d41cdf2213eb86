"""Columns and rows from the text alone: white rivers between columns, and which lines make one row.

A river is a stretch of x that hardly any line of type crosses although lines have text on both its
sides. The idea is the white-space projection of Oro and Ruffolo (2009, PDF-TREX) and of Nurminen
(2013, ch. 4); the width asked of a river falls with the number of lines that keep it clear.
"""

from __future__ import annotations

import numpy as np

from .words import Words, is_figure

PHRASE_GAP = 0.85  # of the font size: words nearer than this on a line read as one phrase


def phrases(words: Words, line: list[int], gap: float = PHRASE_GAP) -> list[list[int]]:
    """The words of a line in groups that no visible gap parts."""
    groups: list[list[int]] = []
    for k in line:
        if groups:
            last = groups[-1][-1]
            em = min(float(words.size[last]), float(words.size[k]))
            if words.x0[k] - words.x1[last] < gap * em:
                groups[-1].append(k)
                continue
        groups.append([k])
    return groups


def rivers(words: Words, lines: list[list[int]], x0: float, x1: float) -> list[float]:
    """Where to cut `lines` into columns between x0 and x1: the left edge of each column but the first.

    Lines that are one phrase across (titles, notes) do not count against a river when they are few.
    """
    width = int(x1 - x0) + 2
    if width < 8:
        return []
    em = float(np.median(words.size[[k for line in lines for k in line]])) if lines else 10.0
    crossed = np.zeros(width)
    both = np.zeros(width)
    body = 0
    for line in lines:
        parts = phrases(words, line)
        if len(parts) < 2:
            continue
        body += 1
        left = max(int(words.x0[line[0]] - x0), 0)
        right = min(int(words.x1[line[-1]] - x0), width - 1)
        both[left : right + 1] += 1
        for part in parts:
            a, b = float(words.x0[part[0]]) - x0, float(words.x1[part[-1]]) - x0
            crossed[max(int(a + 0.5), 0) : max(int(b + 0.5), 0)] += 1
    if body < 2:
        return []
    allowed = int(0.08 * body) if body >= 8 else 0
    clear = (crossed <= allowed) & (both >= max(2, 0.12 * body))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], clear.astype(np.int8), [0]))))
    cuts = []
    need = em * float(np.clip(1.1 - 0.06 * body, 0.45, 0.9))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if end - start >= need and start > 0:
            cuts.append(x0 + end)
    return cuts


def line_box(words: Words, line: list[int]) -> tuple[float, float]:
    """Top and bottom of a line of type."""
    return float(words.top[line].min()), float(words.bottom[line].max())


def column_of(centre: float, xs: list[float]) -> int:
    """The column that holds an x, 0-based; the outer columns reach to infinity."""
    return int(np.clip(np.searchsorted(xs[1:-1], centre, side="right"), 0, len(xs) - 2))


def row_starts(words: Words, lines: list[list[int]], xs: list[float]) -> list[int]:
    """Which of `lines` (top to bottom) begin a row of a table with column boundaries `xs`.

    A line continues the row above when it adds text only (no number) to columns and leaves the key
    column or most columns empty, and lies no further from the line above than lines of one cell do.
    """
    count = len(lines)
    if count < 2:
        return list(range(count))
    columns: list[set[int]] = []
    numbers: list[int] = []
    tops, levels = [], []
    for line in lines:
        parts = phrases(words, line)
        columns.append({column_of((float(words.x0[p[0]]) + float(words.x1[p[-1]])) / 2, xs) for p in parts})
        numbers.append(sum(is_figure("".join(words.text[k] for k in p)) for p in parts))
        tops.append(line_box(words, line))
        levels.append(float(np.mean(words.level[line])))
    pitch = np.diff(levels)
    rows_full = [k for k in range(count) if len(columns[k]) >= 2 and numbers[k]]
    starts = [0]
    tight = float(np.min(pitch))
    for k in range(1, count):
        above, here = columns[k - 1], columns[k]
        near = pitch[k - 1] <= tight * 1.25
        if not near:
            starts.append(k)
            continue
        # Text under text, in columns that the row already fills, without the key column.
        if 0 not in here and here <= above | _since(columns, starts[-1], k) and not numbers[k]:
            continue
        # A key that wraps: text in the first column only, the next line or the row above has the rest.
        if here == {0} and not numbers[k] and rows_full and _wraps(words, lines, columns, pitch, k):
            continue
        starts.append(k)
    return starts


def _since(columns: list[set[int]], start: int, end: int) -> set[int]:
    out: set[int] = set()
    for k in range(start, end):
        out |= columns[k]
    return out


def _wraps(words: Words, lines: list[list[int]], columns: list[set[int]], pitch: np.ndarray, k: int) -> bool:
    """Whether line `k`, alone in the first column, is the end of the key above it.

    It is when rows are told apart by a wider pitch than lines, or when it begins in lower case.
    """
    text = words.text[lines[k][0]]
    below = pitch[k] if k < len(pitch) else None
    above = pitch[k - 1]
    if text[:1].islower() or text[:1] in "(&":
        return True
    return below is not None and below > above * 1.2 and len(columns[k - 1]) > 1
