"""The dataset and its problems described for people: the pages that ``make docs`` writes.

Generated from the models, so that a column or a problem is described in one place only.
"""

from __future__ import annotations

import json
from itertools import groupby

from rapextract.model import PROBLEM_KINDS, ROWS, ProblemKind, Row, Severity

from .columns import Column, columns
from .package import summary

_GENERATED = "<!-- Written by `make docs` from src/rapextract/model. Do not edit. -->\n"

_DATASET_HEAD = """
# The dataset

`rapextract ingest CORPUS -o OUTPUTS` leaves in OUTPUTS:

- one CSV for each kind of row below: UTF-8, comma, `.` decimals, ISO 8601 dates, one header row, rows in a
  fixed order; an empty cell is a missing value;
- `texts/<report_id>.txt`: the reading text of a report, which `char_start` and `char_end` count the characters
  of (`text[char_start:char_end] == value_text`, with Python's strings);
- `rapextract.duckdb`: the same tables, typed, for SQL; an empty cell is NULL;
- `datapackage.json`: a [Data Package](https://specs.frictionlessdata.io/data-package/) that describes the CSVs
  and texts: types, units, keys, foreign keys, hashes; and the sources with their hashes;
- `.rapextract/`: what is known of each report already. It may be deleted; then everything is read again.

Spreadsheets that expect another character set, separator or decimal sign (a French Excel does) show a CSV that is
opened by a double click in one column and with broken accents. Import it: in Excel « Données › À partir d'un fichier
texte/CSV », origin 65001 (UTF-8), comma; in LibreOffice choose UTF-8, comma and « Anglais (USA) » when it asks.

The same corpus, grammars and version give the same bytes, whatever the number of workers, with one exception:
DuckDB writes a random identifier into each new database. A run that changes nothing leaves the database, like
every other file, untouched.

## What is neutral in every file

A report is written by others, so nothing of it acts in these files. Control and direction characters are
replaced one for one (␛ for an escape, � for an override), in the reading text as well, so offsets stay right. In
the CSVs a text cell that a spreadsheet would run (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return,
and is no plain number) stands behind an apostrophe, as does a cell that begins with apostrophes and one of
these; `open_dataset` and the database take it off again.

## The store

What was extracted from a report is kept in `.rapextract/store`, one file a report, under a key made of its
bytes, its name, the program (version, code, reading libraries) and the grammars. A change of any of them makes
the report be read again. Outcomes that hang on the call (over a limit, wrong password, scanned pages without
an OCR engine) are kept for that call only. Entries that the last complete run did not use are removed.
""".strip()

_PROBLEMS_HEAD = """
# Problems

Each way that something can go wrong has a code. Problems of a report are rows of `problems.csv`, the gravest
also stands in `reports.csv`; problems of a command are printed. A `notice` loses nothing, a `warning` loses a
part and says which, an `error` refuses the report or the command; the other reports go on.

Exit codes: 0 complete; 1 nothing could be done; 2 wrong use; 3 partial, some report was refused or lost a part;
130 interrupted.
""".strip()

_ROOMS = {
    "R": "Reading a source",
    "P": "Reading a PDF",
    "G": "Grammars",
    "V": "Verify",
    "D": "Decisions",
    "U": "Use",
    "X": "Inside the program",
}


def dataset_page() -> str:
    """``docs/dataset.md``: the data dictionary."""
    return "\n\n".join([_GENERATED + _DATASET_HEAD, *map(_file_section, ROWS)]) + "\n"


def problems_page() -> str:
    """``docs/problems.md``: every code."""
    parts = [_GENERATED + _PROBLEMS_HEAD]
    for letter, kinds in groupby(sorted(PROBLEM_KINDS.values(), key=_order), key=lambda kind: kind.code[0]):
        parts.append(f"## {_ROOMS[letter]}")
        parts.extend(_problem_section(kind) for kind in kinds)
    return "\n\n".join(parts) + "\n"


def json_schemas() -> dict[str, str]:
    """File name → JSON Schema of a row, for ``docs/schema/``."""
    return {
        f"{row_type.FILE}.json": json.dumps(_json_schema(row_type), ensure_ascii=False, indent=2) + "\n"
        for row_type in ROWS
    }


def _json_schema(row_type: type[Row]) -> dict[str, object]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **row_type.model_json_schema(mode="serialization"),
    }


def _file_section(row_type: type[Row]) -> str:
    key = ", ".join(f"`{name}`" for name in row_type.KEY)
    links = "".join(f" `{name}` is one of `{target}`." for name, target in row_type.LINKS.items())
    head = f"## {row_type.FILE}.csv\n\n{summary(row_type)} Key: {key}.{links}"
    rows = ["| column | type | meaning |", "|---|---|---|", *map(_column_line, columns(row_type))]
    return head + "\n\n" + "\n".join(rows)


def _column_line(column: Column) -> str:
    kind = f"{column.type.value}, {column.unit}" if column.unit else column.type.value
    return f"| `{column.name}` | {kind} | {column.description} |"


def _order(kind: ProblemKind) -> tuple[int, str]:
    return list(_ROOMS).index(kind.code[0]), kind.code


def _problem_section(kind: ProblemKind) -> str:
    what = {
        Severity.NOTICE: "notice: nothing is lost",
        Severity.WARNING: "warning: a part is lost",
        Severity.ERROR: "error",
    }[kind.severity]
    return f"### {kind.code} {kind.title}\n\n*{what}.* {kind.template}\n\n{kind.cure}"
