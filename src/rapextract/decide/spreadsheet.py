"""A CSV filled in by hand, taken in as decisions.

As spreadsheets leave it: semicolons, commas or tabs, with or without a byte order mark, UTF-8, UTF-16 or
Windows-1252, line ends of any system, decimal commas, dates the French way. It needs a column ``figure_id``
and those to be changed; it may be the dataset's own `figures.csv` with some cells changed. Only cells that
say something else than the dataset become decisions. An empty cell leaves its column as it is, ``(vide)``
empties it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import zip_longest
from pathlib import Path

from rapextract import defaults
from rapextract.dataset.columns import columns
from rapextract.dataset.csvs import cell_text, plain_number
from rapextract.dataset.neutral import plain_cell
from rapextract.model import ATTRIBUTES, Decision, DecisionKind, FigureRow, RapextractError
from rapextract.model.problems import DECISION_WRONG

from .desk import Desk, checked, seen

EMPTY = "(vide)"
"""What empties a column."""

_REVIEWS = {
    "accepted": DecisionKind.ACCEPT, "accepté": DecisionKind.ACCEPT, "ok": DecisionKind.ACCEPT,
    "rejected": DecisionKind.REJECT, "rejeté": DecisionKind.REJECT, "corrected": None, "": None,
}  # fmt: skip
_OWN = ("why", "who")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def decide_import(
    path: str | Path,
    *,
    outputs: str | Path = defaults.OUTPUTS,
    decisions: str | Path | None = None,
    who: str | None = None,
    why: str = "",
) -> list[Decision]:
    """Take the CSV at `path` in as decisions about the figures of `outputs`.

    Columns: ``figure_id``; any of `rapextract.model.ATTRIBUTES`; ``review`` (`accepted` or `rejected`);
    ``why`` and ``who`` of a row, which go before the arguments. Either the whole file is taken in or nothing
    of it. Other arguments and errors as for `decide_accept`, and D03 for a cell that can't be taken.
    """
    desk = Desk(Path(outputs), Path(decisions) if decisions is not None else None, who, why)
    figures = {figure.figure_id: figure for figure in desk.dataset.rows(FigureRow)}
    made = [
        decision
        for number, cells in _rows(Path(path))
        for decision in _decisions(f"{path}, row {number}", cells, figures, desk)
    ]
    return desk.keep(made) if made else []


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of the file by their number in a spreadsheet (the header is row 1): header → cell."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RapextractError(DECISION_WRONG(where=path, reason=reason)) from error
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        _check_header(path, header)
        for number, row in enumerate(rows, start=2):
            if any(cell.strip() for cell in row):
                filled = zip_longest(header, row[: len(header)], fillvalue="")
                yield number, {name: plain_cell(cell.strip()) for name, cell in filled if name}
    except csv.Error as error:
        raise RapextractError(DECISION_WRONG(where=path, reason=f"it is no CSV ({error})")) from error


def _decoded(data: bytes) -> str:
    """The characters of a CSV: UTF-16 (Excel's « Unicode text ») by its mark, UTF-8, else Windows-1252."""
    encodings = ["utf-16"] if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else []
    for encoding in (*encodings, "utf-8-sig"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("cp1252", errors="replace")


def _check_header(path: Path, header: list[str]) -> None:
    if "figure_id" not in header:
        raise RapextractError(DECISION_WRONG(where=path, reason="it has no column `figure_id`"))
    known = [*(column.name for column in columns(FigureRow)), *_OWN]
    for name in header:
        if name and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            reason = f"there is no column `{name}`{hint}"
            raise RapextractError(DECISION_WRONG(where=path, reason=reason))


def _decisions(
    where: str, cells: Mapping[str, str], figures: Mapping[str, FigureRow], desk: Desk
) -> Iterator[Decision]:
    figure = figures.get(cells["figure_id"])
    if figure is None:
        reason = f"the dataset has no figure `{cells['figure_id']}`"
        raise RapextractError(DECISION_WRONG(where=where, reason=reason))
    changes = {}
    for name, cell in cells.items():
        if name in ("figure_id", "review", *_OWN) or not cell:
            continue
        text = _plain(name, cell)
        if text == _current(figure, name):
            continue
        if name not in ATTRIBUTES:
            raise RapextractError(DECISION_WRONG(where=where, reason=f"`{name}` can't be changed"))
        changes[name] = text
    desk = replace(desk, who=cells.get("who") or desk.who, why=cells.get("why") or desk.why)
    about = {"place": desk.place(figure), "seen": seen(figure)}
    if checked(changes, where):
        yield Decision(**desk.signed(), does=DecisionKind.CORRECT, **about, changes=changes)
    review = cells.get("review", "").lower()
    if review not in _REVIEWS:
        reason = f"`review` is `accepted` or `rejected`, not `{review}`"
        raise RapextractError(DECISION_WRONG(where=where, reason=reason))
    does = _REVIEWS[review]
    if does is not None and review != figure.review:
        yield Decision(**desk.signed(), does=does, **about)


def _current(figure: FigureRow, name: str) -> str:
    """A cell of the dataset as `_plain` writes it."""
    return (
        _plain(name, plain_cell(cell_text(getattr(figure, name))))
        if name != "value"
        else plain_number(figure.value)
    )


def _plain(name: str, cell: str) -> str:
    """A cell as the log writes it: `.` decimals, ISO dates."""
    if cell.lower() == EMPTY:
        return ""
    kind = next((column.type.value for column in columns(FigureRow) if column.name == name), "string")
    if kind in ("number", "integer"):
        number = "".join(cell.split()).replace("\u2212", "-").replace(",", ".")
        try:
            return plain_number(Decimal(number))
        except InvalidOperation:
            return cell
    if name == "period" and (date := _FRENCH_DATE.fullmatch(cell)):
        return f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}"
    return cell
