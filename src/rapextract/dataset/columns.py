"""Columns of the dataset's files, read off the row models.

Everything that names a column, its type, its unit or its meaning (CSV header, DuckDB table, Table
Schema, data dictionary) asks here, and this asks the models.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin

from rapextract.model import Row


class ColumnType(StrEnum):
    """The three types a cell can have. Values are the type names of Table Schema."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """A column: name, type, what it means, its unit, the values it allows, whether it may be empty."""

    name: str
    type: ColumnType
    description: str
    required: bool
    choices: tuple[str, ...] = ()
    unit: str = ""


@cache
def columns(row_type: type[Row]) -> tuple[Column, ...]:
    """The columns of a file, in order."""
    return tuple(_column(name, field) for name, field in row_type.model_fields.items())


def _column(name: str, field: Any) -> Column:
    annotation = _without_none(field.annotation)
    choices: tuple[str, ...] = ()
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        choices = tuple(member.value for member in annotation)
        kind = ColumnType.TEXT
    elif annotation is int:
        kind = ColumnType.INTEGER
    elif annotation in (float, Decimal):
        kind = ColumnType.NUMBER
    elif annotation is str:
        kind = ColumnType.TEXT
    else:  # a new type in the models needs a decision here
        raise TypeError(f"column {name} has the type {annotation}, which no file of the dataset knows")
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return Column(
        name=name,
        type=kind,
        description=field.description or "",
        required=field.is_required(),
        choices=choices,
        unit=str(extra.get("unit", "")),
    )


def _without_none(annotation: Any) -> Any:
    """``int`` of ``int | None``."""
    if get_origin(annotation) in (Union, types.UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        if len(members) == 1:
            return members[0]
    return annotation
