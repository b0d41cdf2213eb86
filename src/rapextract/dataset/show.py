"""A figure for people: value, place, and the quote with the number marked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rapextract import defaults
from rapextract.model import FigureRow

from .csvs import plain_number
from .neutral import one_line
from .open import open_dataset


@dataclass(frozen=True)
class Shown:
    """A figure with its quote cut in three: what is before the number, the number, what is after it."""

    figure: FigureRow
    before: str
    number: str
    after: str

    def lines(self) -> list[tuple[str, str]]:
        """What is known of the figure: name and text of each attribute that it has."""
        figure = self.figure
        place = f"characters {figure.char_start}–{figure.char_end}"
        if figure.page is not None:
            place = f"page {figure.page}, {place}"
        if figure.x0 is not None and figure.top is not None:
            place += f", box {figure.x0:.1f} {figure.top:.1f} {figure.x1:.1f} {figure.bottom:.1f} pt"
        if figure.table_id:
            place += f", table {figure.table_id}, row {figure.row}, column {figure.column}"
        value = f"{plain_number(figure.value)} {figure.unit}".strip()
        dimensions = json.loads(figure.dimensions)
        lines = [
            ("figure", figure.figure_id),
            ("value", f"{value}  « {figure.value_text} »"),
            ("label", figure.label),
            ("bound", "" if figure.bound == "exact" else figure.bound.value),
            ("role", figure.role.value),
            ("period", figure.period),
            ("entity", f"{figure.entity} ({figure.territory})" if figure.territory else figure.entity),
            ("indicator", figure.indicator),
            ("theme", figure.theme),
            *((name, _dimension(value)) for name, value in sorted(dimensions.items())),
            ("section", figure.section),
            ("source", figure.source),
            ("place", place),
            ("rule", f"{figure.rule} (confidence {figure.confidence:.2f})"),
            ("flags", figure.flags),
            ("review", figure.review),
        ]
        return [(name, one_line(text)) for name, text in lines if text]


def show(figure_id: str, outputs: str | Path = defaults.OUTPUTS) -> Shown:
    """The figure whose id is, or alone begins with, `figure_id`, from the dataset in `outputs`.

    Raises `RapextractError`: U04 (no dataset), U05 (no such figure), U09 (several begin so).
    """
    dataset = open_dataset(outputs)
    figure = dataset.figure(figure_id)
    text = dataset.text(figure.report_id)
    start = _quote_start(text, figure)
    end = max(start + len(figure.quote), figure.char_end)
    return Shown(
        figure=figure,
        before=text[start : figure.char_start],
        number=text[figure.char_start : figure.char_end],
        after=text[figure.char_end : end],
    )


def _quote_start(text: str, figure: FigureRow) -> int:
    """Where the quote stands around the number; the number itself where it can't be found."""
    earliest = max(0, figure.char_end - len(figure.quote))
    start = text.find(figure.quote, earliest, figure.char_start + len(figure.quote)) if figure.quote else -1
    return figure.char_start if start < 0 else start


def _dimension(value: object) -> str:
    return " › ".join(map(str, value)) if isinstance(value, list) else str(value)
