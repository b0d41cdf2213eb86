"""Charts: a scale of evenly spaced numbers beside or under a drawing. What stands there is no table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .found import Area
from .phrases import level_of
from .regions import CAPTION
from .words import Phrase

PLAIN_NUMBER = re.compile(r"[-−–]?[$€£]?\s?\d[\d\s.,'’]*(?:[^\d\s]{1,5}[²³23]?)?")
LEAST_MARKS = 4


@dataclass(slots=True)
class _Mark:
    x0: float
    x1: float
    level: float
    value: float
    size: float


def chart_areas(lines: list[list[Phrase]], width: float) -> tuple[list[Area], list[Area]]:
    """Areas of a page's charts, as told by their upright scales and by their level scales."""
    marks = [mark for line in lines for phrase in line if (mark := _mark(phrase)) is not None]
    if len(marks) < LEAST_MARKS:
        return [], []
    captions = [level_of(line) for line in lines if CAPTION.match(line[0].text)]
    beside: list[Area] = []
    above: list[Area] = []
    scales = _scales(marks, upright=True)
    for scale in scales:
        pitch = scale[1].level - scale[0].level
        left = min(mark.x0 for mark in scale)
        top, bottom = scale[0].level - 1.5 * pitch, scale[-1].level + 2.0 * pitch
        bottom = min([bottom, *(level for level in captions if level > scale[-1].level)])
        right = width
        for other in scales:
            start = min(mark.x0 for mark in other)
            if start > left + 60 and other[0].level < bottom and other[-1].level > top:
                right = min(right, start - 3)
        beside.append(Area(left - 2, top, right, bottom))
    for scale in _scales(marks, upright=False):
        pitch = scale[1].x0 - scale[0].x0
        level = scale[0].level
        bottom = level + 4 * scale[0].size
        above.append(Area(scale[0].x0 - 2 * pitch, level - 8 * pitch, scale[-1].x1 + pitch, bottom))
    return beside, above


def _mark(phrase: Phrase) -> _Mark | None:
    text = phrase.text
    if not phrase.number or not PLAIN_NUMBER.fullmatch(text):
        return None
    digits = re.sub(r"[^\d.,]", "", text)
    if digits.count(",") + digits.count(".") > 1:
        digits = re.sub(r"[.,]", "", digits)
    try:
        value = float(digits.replace(",", ".").strip("."))
    except ValueError:
        return None
    if text[:1] in "-−–":
        value = -value
    return _Mark(phrase.x0, phrase.x1, phrase.level, value, phrase.size)


def _scales(marks: list[_Mark], upright: bool) -> list[list[_Mark]]:
    """Runs of marks in line with each other, equally far apart, whose values fall (rise) by equal steps."""
    found: list[list[_Mark]] = []
    for edge in ("x0", "x1") if upright else ("level",):
        ordered = sorted(marks, key=lambda mark: getattr(mark, edge))
        group: list[_Mark] = []
        for mark in [*ordered, None]:
            if mark is not None and group and getattr(mark, edge) - getattr(group[0], edge) <= 2.0:
                group.append(mark)
                continue
            if len(group) >= LEAST_MARKS:
                found.extend(_runs(group, upright))
            group = [mark] if mark is not None else []
    unique: list[list[_Mark]] = []
    for run in sorted(found, key=len, reverse=True):
        if not any(mark in other for other in unique for mark in run):
            unique.append(run)
    return unique


def _runs(group: list[_Mark], upright: bool) -> list[list[_Mark]]:
    if upright:
        group = sorted(group, key=lambda mark: mark.level)
        places = [mark.level for mark in group]
    else:
        group = sorted(group, key=lambda mark: mark.x0)
        places = [(mark.x0 + mark.x1) / 2 for mark in group]
    runs = []
    start = 0
    for k in range(2, len(group) + 1):
        if k < len(group):
            step, last = group[k].value - group[k - 1].value, group[k - 1].value - group[k - 2].value
            gap, previous = places[k] - places[k - 1], places[k - 1] - places[k - 2]
            even = (
                abs(step - last) <= 1e-6 * max(1.0, abs(last))
                and abs(gap - previous) <= 0.15 * previous + 0.5
            )
            if even:
                continue
        run = group[start:k]
        if len(run) >= LEAST_MARKS and _is_scale(run, upright):
            runs.append(run)
        start = k - 1
    return runs


def _is_scale(run: list[_Mark], upright: bool) -> bool:
    step = run[1].value - run[0].value
    if upright:
        if step and abs(run[0].value / step - round(run[0].value / step)) > 1e-6:
            return False  # a scale counts in multiples of its step
        years = all(1900 <= mark.value <= 2100 for mark in run) and abs(step) <= 10
        return step < 0 and not years
    return len(run) >= LEAST_MARKS + 1 and step > 0 and step != 1 and run[0].value <= 0
