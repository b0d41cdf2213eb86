"""`datapackage.json`: the dataset described for machines (Frictionless Data Package, version 1).

Types, units, keys and foreign keys come from the row models; sources with their hashes from the run.
There is no time in it, so that the same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapextract.model import ROWS, Row

from .columns import Column, columns
from .neutral import neutral_text

PACKAGE_FILE = "datapackage.json"
DATABASE_FILE = "rapextract.duckdb"
TEXT_FOLDER = "texts"


@dataclass(frozen=True)
class Origin:
    """What a dataset was made from: the version of the program, the fingerprint of the grammars, the sources.

    `program` tells two states of the program apart that have the same version: a digest of what reads and
    extracts, libraries included. `sources` maps the path of each file relative to the corpus to its SHA-256
    (empty where unreadable).
    """

    version: str
    grammar: str
    sources: Mapping[str, str]
    program: str = ""


@dataclass(frozen=True)
class FileFacts:
    """Size in bytes and SHA-256 of a file as written."""

    bytes: int
    sha256: str


def data_package(origin: Origin, files: Mapping[str, FileFacts], text_ids: Iterable[str]) -> str:
    """The JSON text of `datapackage.json` for the CSVs `files` (name → facts) and the reading texts."""
    package = {
        "profile": "data-package",
        "name": "rapextract",
        "title": "Figures of French regional activity reports",
        "description": "Every figure, headcount, table and acronym of a corpus of activity reports, "
        "each leading back to its place in its source.",
        "version": origin.version,
        "rapextract": {
            "version": origin.version,
            "program": origin.program,
            "grammars": origin.grammar,
        },
        "sources": [
            {"title": neutral_text(source)} | ({"hash": f"sha256:{sha256}"} if sha256 else {})
            for source, sha256 in origin.sources.items()
        ],
        "resources": [
            *(_table_resource(row_type, files[f"{row_type.FILE}.csv"]) for row_type in ROWS),
            *(_text_resource(report_id, files) for report_id in text_ids),
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def table_schema(row_type: type[Row]) -> dict[str, Any]:
    """The Table Schema of a file of the dataset."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns(row_type)],
        "primaryKey": list(row_type.KEY),
        "missingValues": [""],
    }
    if row_type.LINKS:
        schema["foreignKeys"] = [_foreign_key(name, target) for name, target in row_type.LINKS.items()]
    return schema


def _table_resource(row_type: type[Row], facts: FileFacts) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": row_type.FILE,
        "path": f"{row_type.FILE}.csv",
        "title": summary(row_type),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": facts.bytes,
        "hash": f"sha256:{facts.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": table_schema(row_type),
    }


def _text_resource(report_id: str, files: Mapping[str, FileFacts]) -> dict[str, Any]:
    path = f"{TEXT_FOLDER}/{report_id}.txt"
    return {
        "profile": "data-resource",
        "name": f"text-{report_id}",
        "path": path,
        "title": f"Reading text of report {report_id}, which character offsets point into.",
        "format": "txt",
        "mediatype": "text/plain",
        "encoding": "utf-8",
        "bytes": files[path].bytes,
        "hash": f"sha256:{files[path].sha256}",
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type.value,
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_key(name: str, target: str) -> dict[str, Any]:
    resource, field = target.split(".")
    return {"fields": name, "reference": {"resource": resource, "fields": field}}


def summary(row_type: type[Row]) -> str:
    """The first line of a row model's docstring."""
    return (row_type.__doc__ or "").strip().splitlines()[0]
