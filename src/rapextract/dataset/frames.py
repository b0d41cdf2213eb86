"""Files of the dataset as typed pandas DataFrames."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from rapextract.model import Row

from .columns import ColumnType, columns
from .neutral import MARKED

_DTYPES = {ColumnType.TEXT: "string", ColumnType.INTEGER: "Int64", ColumnType.NUMBER: "Float64"}


def read_frame(path: Path, row_type: type[Row]) -> pd.DataFrame:
    """The CSV at `path` as a DataFrame: `string`, `Int64` and `Float64` columns, `<NA>` for an empty cell."""
    frame = pd.read_csv(
        path,
        dtype={column.name: _DTYPES[column.type] for column in columns(row_type)},
        keep_default_na=False,
        na_values=[""],
        encoding="utf-8",
    )
    for column in columns(row_type):
        if column.type is ColumnType.TEXT and not column.choices:
            frame[column.name] = frame[column.name].str.replace("^" + MARKED, r"\1", regex=True)
    return frame
