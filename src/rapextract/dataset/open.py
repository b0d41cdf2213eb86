"""A dataset folder opened again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from rapextract import defaults
from rapextract.model import (
    ROWS,
    AcronymRow,
    CheckRow,
    FigureRow,
    HeadcountRow,
    IndicatorRow,
    ProblemRow,
    RapextractError,
    ReportRow,
    Row,
    SectionRow,
    TableCellRow,
    TableRow,
)
from rapextract.model.problems import (
    AMBIGUOUS_FIGURE,
    DAMAGED_DATASET,
    NO_SUCH_FIGURE,
    NOT_A_DATASET,
    PDF_PAGE_LAYER,
    PDF_PAGE_NO_OCR,
    PDF_PAGE_SCANNED,
)

from .columns import columns
from .csvs import read_csv
from .package import DATABASE_FILE, TEXT_FOLDER

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Row)

_NEAR = 3

_WITHOUT_OCR = frozenset({PDF_PAGE_NO_OCR.code, PDF_PAGE_SCANNED.code, PDF_PAGE_LAYER.code})
"""What a report is said to lack whose scanned pages no engine read."""


class Dataset:
    """A folder that `ingest` wrote. Its files are read when they are first asked for."""

    def __init__(self, folder: str | Path):
        """Open `folder`; raises `RapextractError` (U04) where it holds no dataset."""
        self.folder = Path(folder)
        missing = [row_type.FILE for row_type in ROWS if not self._csv(row_type).is_file()]
        if missing:
            raise RapextractError(NOT_A_DATASET(path=folder))

    @cached_property
    def reports(self) -> pd.DataFrame:
        """Every file of the corpus: read, refused, duplicate or ignored."""
        return self._frame(ReportRow)

    @cached_property
    def problems(self) -> pd.DataFrame:
        """What went wrong while reading."""
        return self._frame(ProblemRow)

    @cached_property
    def sections(self) -> pd.DataFrame:
        """The headings of the reports."""
        return self._frame(SectionRow)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures."""
        return self._frame(FigureRow)

    @cached_property
    def headcounts(self) -> pd.DataFrame:
        """The lines of staff panels."""
        return self._frame(HeadcountRow)

    @cached_property
    def tables(self) -> pd.DataFrame:
        """The tables."""
        return self._frame(TableRow)

    @cached_property
    def table_cells(self) -> pd.DataFrame:
        """The cells of the tables."""
        return self._frame(TableCellRow)

    @cached_property
    def acronyms(self) -> pd.DataFrame:
        """The short forms that the reports tie to long forms."""
        return self._frame(AcronymRow)

    @cached_property
    def checks(self) -> pd.DataFrame:
        """The checks, holding or broken."""
        return self._frame(CheckRow)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The cross-region matrix."""
        return self._frame(IndicatorRow)

    def text(self, report_id: str) -> str:
        """The reading text of a report, which character offsets point into."""
        path = self.folder / TEXT_FOLDER / f"{report_id}.txt"
        try:
            return path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RapextractError(DAMAGED_DATASET(path=path, reason=type(error).__name__)) from error

    def rows(self, row_type: type[R]) -> Iterator[R]:
        """The rows of a file as the models that wrote them, in the order of the file."""
        path = self._csv(row_type)
        required = {column.name for column in columns(row_type) if column.required}
        try:
            for cells in read_csv(path):
                yield row_type.model_validate(
                    {name: cell for name, cell in cells.items() if cell or name in required}
                )
        except (ValidationError, OSError, UnicodeDecodeError) as error:
            raise RapextractError(DAMAGED_DATASET(path=path, reason=type(error).__name__)) from error

    def figure(self, figure_id: str) -> FigureRow:
        """The figure whose id is, or alone begins with, `figure_id`.

        Raises `RapextractError`: U05 (none; names near ones), U09 (several begin with it).
        """
        ids: list[str] = []
        found: list[FigureRow] = []
        for figure in self.rows(FigureRow):
            ids.append(figure.figure_id)
            if figure_id and figure.figure_id.startswith(figure_id):
                found.append(figure)
        if len(found) == 1:
            return found[0]
        if found:
            near = ", ".join(figure.figure_id for figure in found[:_NEAR])
            more = ", …" if len(found) > _NEAR else ""
            raise RapextractError(AMBIGUOUS_FIGURE(figure_id=figure_id, count=len(found), near=near + more))
        close = get_close_matches(figure_id, ids, n=_NEAR, cutoff=0.5)
        near = f" Near it: {', '.join(close)}." if close else ""
        raise RapextractError(NO_SUCH_FIGURE(figure_id=figure_id, near=near))

    def sql(self, query: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """The answer of DuckDB to `query` over the tables of the dataset; ``$name`` takes a parameter."""
        import duckdb

        path = self.folder / DATABASE_FILE
        try:
            connection = duckdb.connect(str(path), read_only=True)
        except duckdb.IOException as error:
            raise RapextractError(DAMAGED_DATASET(path=path, reason="DuckDB can't open it")) from error
        with connection:
            return connection.execute(query, dict(parameters or {})).df()

    def read_with_ocr(self, source: str) -> bool:
        """Whether an engine read the scanned pages of `source`: so it is to be read again."""
        return source not in sources_without_ocr(self.rows(ProblemRow))

    def __repr__(self) -> str:
        return f"Dataset({str(self.folder)!r})"

    def _csv(self, row_type: type[Row]) -> Path:
        return self.folder / f"{row_type.FILE}.csv"

    def _frame(self, row_type: type[Row]) -> pd.DataFrame:
        from .frames import read_frame

        path = self._csv(row_type)
        try:
            return read_frame(path, row_type)
        except (ValueError, OSError) as error:
            raise RapextractError(DAMAGED_DATASET(path=path, reason=str(error))) from error


def open_dataset(path: str | Path = defaults.OUTPUTS) -> Dataset:
    """Open the dataset that `ingest` wrote to `path`.

    Raises `RapextractError` (U04) where there is none.
    """
    return Dataset(path)


def sources_without_ocr(problems: Iterable[ProblemRow]) -> frozenset[str]:
    """The sources with scanned pages that no engine read, told from what problems.csv says of them."""
    return frozenset(row.source for row in problems if row.code in _WITHOUT_OCR)
