"""What a grammar file says of the headers of tables (`kind: table-headers`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .schema import File, Patterns
from .vocabulary import Tried


class TableHeader(Tried):
    """Words of a header, a row's label or a caption, and what they say of the numbers under them."""

    says: Literal[
        "unit",
        "unit-column",
        "class",
        "code",
        "date",
        "contents",
        "period",
        "total",
        "values",
        "general",
        "whose",
    ] = Field(
        description="`unit`: the numbers' unit; "
        "`unit-column`: each row's unit stands under it; "
        "`class`: a class of what is counted, not the thing itself; "
        "`code`: names in digits, no figures; `date`: a year beside it is one, no figure; "
        "`contents`: a table of contents, no figures; "
        "`period`: when the numbers are of, no part of their label; "
        "`total`: a sum over the others; "
        "`values`: its column holds values, even where most of them are words (« Oui »); "
        "`general`: that indicators follow, no part of their label; "
        "`whose`: over labels of rows that name who the numbers are of, not what is counted."
    )
    patterns: Patterns = Field(description="Searched in the header.")
    unit: str = Field("", description="The unit, for `says: unit`.")
    label: str = Field("", description="How labels say the header: `toutes catégories` for a total.")


class TableHeadersFile(File):
    """`kind: table-headers`: what headers of tables say of the numbers under them."""

    kind: Literal["table-headers"]
    headers: tuple[TableHeader, ...]
