"""The dataset as a DuckDB database: one typed table a file, with the descriptions as comments.

DuckDB writes a random identifier into the header of every new database, so two fresh databases of the
same content differ in some dozens of bytes. What is the same is the content; the writer of the dataset
therefore leaves a database alone whose content has not changed.

It is built in a process of its own (`duckrun`), for DuckDB takes as much memory as all the rest of a run and
does not give it back.
"""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from rapextract.model import ROWS, Row

from .columns import Column, ColumnType, columns
from .neutral import APOSTROPHE, MARKED

_SQL_TYPES = {ColumnType.TEXT: "VARCHAR", ColumnType.INTEGER: "BIGINT", ColumnType.NUMBER: "DOUBLE"}


class _Room(NamedTuple):
    """How much DuckDB may take: of memory in all (None: as it likes), and for a line of a CSV, in bytes."""

    memory: str | None
    line: int


_LITTLE, _AMPLE = _Room("64MB", 2_000_000), _Room(None, 16_000_000)
_TOO_LITTLE = frozenset({"OutOfMemoryException", "InvalidInputException"})
"""What DuckDB raises where a table or a line is larger than is usual."""

_ROW_GROUP = 8192
"""Rows that are compressed and written together: fewer than DuckDB's own 122 880 fill memory less."""


def build_database(csv_folder: Path, path: Path) -> None:
    """Write the database at `path` (which must not exist) from the CSVs in `csv_folder`.

    Empty cells become NULL. The apostrophe that keeps a spreadsheet from running a cell is taken off.
    Raises OSError where the disk does not take it.
    """
    refused = _build(csv_folder, path, _LITTLE)
    if refused and refused["error"] in _TOO_LITTLE:
        path.unlink(missing_ok=True)
        refused = _build(csv_folder, path, _AMPLE)
    if refused:
        raise OSError(errno.EIO, refused["reason"])


def _build(csv_folder: Path, path: Path, room: _Room) -> dict[str, str]:
    """Build it in so much room; what DuckDB refused and why, empty when it is done."""
    config: dict[str, Any] = {"threads": 1, "temp_directory": f"{path}.tmp"}
    if room.memory is not None:
        config["memory_limit"] = room.memory
    statements = [
        f"ATTACH {_literal(str(path))} AS dataset (ROW_GROUP_SIZE {_ROW_GROUP})",
        "USE dataset",
        "BEGIN TRANSACTION",  # one for all: each has its price
    ]
    for row_type in ROWS:
        statements.append(_create_statement(row_type, csv_folder / f"{row_type.FILE}.csv", room.line))
        statements.append(f"COMMENT ON TABLE {row_type.FILE} IS {_literal(row_type.__doc__ or '')}")
        statements += [
            f'COMMENT ON COLUMN {row_type.FILE}."{column.name}" IS {_literal(column.description)}'
            for column in columns(row_type)
        ]
    job = {"config": config, "statements": ";\n".join([*statements, "COMMIT"])}
    # -P: a script's folder is no place to import from.
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).with_name("duckrun.py"))],
        input=json.dumps(job).encode(), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode == 0:
        return {}
    if done.returncode == 1 and done.stdout:
        refused: dict[str, str] = json.loads(done.stdout)
        return refused
    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
    return {"error": "", "reason": f"DuckDB ended with {done.returncode}: {' '.join(last)}"}


def _create_statement(row_type: type[Row], csv_path: Path, line: int) -> str:
    types = ", ".join(f"{_literal(c.name)}: '{_SQL_TYPES[c.type]}'" for c in columns(row_type))
    selected = ", ".join(_selected(column) for column in columns(row_type))
    return (
        f"CREATE TABLE {row_type.FILE} AS SELECT {selected} FROM read_csv({_literal(str(csv_path))}, "
        f"columns={{{types}}}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
        f"nullstr='', new_line='\\n', parallel=false, max_line_size={line}, buffer_size={line})"
    )


def _selected(column: Column) -> str:
    name = f'"{column.name}"'
    if column.type is not ColumnType.TEXT or column.choices:
        return name
    plain = f"regexp_replace({name}, {_literal('^' + MARKED)}, '\\1')"
    # The expression takes long, and few cells begin as it does.
    return f"CASE WHEN starts_with({name}, {_literal(APOSTROPHE)}) THEN {plain} ELSE {name} END AS {name}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
