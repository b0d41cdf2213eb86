"""The rows of the dataset. One model a file of the output, one field a column, in column order.

The CSV headers, the DuckDB types, the Table Schema in ``datapackage.json``, the JSON Schema and the
data dictionary of the docs are all generated from these classes, so a column is described here only.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from .base import Frozen
from .decisions import DecisionKind, Outcome
from .packed import Packed


class ReportStatus(StrEnum):
    """How far the reading of a report came."""

    READ = "read"
    PARTIAL = "partial"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"


class FigureKind(StrEnum):
    """Where a figure stands."""

    PROSE = "prose"
    TABLE = "table"
    HEADCOUNT = "headcount"


class Bound(StrEnum):
    """How a value is to be read."""

    EXACT = "exact"
    ABOUT = "about"
    MIN = "min"
    MAX = "max"


class Role(StrEnum):
    """What a value states: a result, a target, a floor, a change, or something to compare with."""

    OBSERVED = "observed"
    OBJECTIVE = "objective"
    FLOOR = "floor"
    CHANGE = "change"
    REFERENCE = "reference"


class _Untold(set[str]):
    """What stands for the names of the fields that a row was made with, which nobody asks for.

    pydantic keeps them in a set for each object: two thirds of the memory that a row takes.
    """

    def update(self, *others: object) -> None:
        """Take nothing in."""

    def __copy__(self) -> Self:
        return self


_UNTOLD = _Untold()


class Row(Frozen):
    """A row of a file of the dataset.

    `FILE` is the CSV's name without ending, `KEY` its primary key, `LINKS` its foreign keys
    (column → file.column).
    """

    FILE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]
    LINKS: ClassVar[dict[str, str]] = {}

    def model_post_init(self, _context: Any, /) -> None:
        """Forget which fields were given: a report has ten thousands of rows."""
        object.__setattr__(self, "__pydantic_fields_set__", _UNTOLD)


class ReportRow(Row):
    """A report that was read, or refused with the reason."""

    FILE: ClassVar[str] = "reports"
    KEY: ClassVar[tuple[str, ...]] = ("source",)

    report_id: str = Field(
        "", description="Identifier of the report, made from its bytes; empty where they can't be read."
    )
    source: str = Field(description="Path of the file relative to the corpus.")
    status: ReportStatus = Field(
        description="`read`; `partial` (a part was lost, see problems.csv); `refused`; `duplicate` of another file; `ignored` (no report's format)."
    )
    code: str = Field("", description="Code of the gravest problem, empty where there was none.")
    message: str = Field("", description="That problem in a plain sentence, with its cure.")
    media_type: str = Field(
        "",
        description="Format the file was read as: `text/plain`, `text/markdown`, `text/html`, `application/pdf`.",
    )
    encoding: str = Field("", description="Character encoding a text or a web page was decoded from.")
    sha256: str = Field("", description="SHA-256 of the file's bytes.")
    bytes: int | None = Field(None, description="Size of the file.", json_schema_extra={"unit": "B"})
    pages: int | None = Field(None, description="Number of pages; empty where the format has none.")
    pages_ocr: int | None = Field(None, description="Number of pages read by an OCR engine.")
    characters: int | None = Field(None, description="Length of the reading text in characters.")
    title: str = Field("", description="Title of the report, in its own words.")
    organisation: str = Field("", description="Who reports: `DRSM Bourgogne-Franche-Comté`.")
    organisation_kind: str = Field(
        "", description="Kind of organisation, an id of grammars/organisations.yaml: `drsm`, `cpam`, …"
    )
    territory: str = Field("", description="Territory of the organisation, ISO 3166-2: `FR-BFC`.")
    region_code: str = Field("", description="INSEE code of the region: `27`.")
    department_code: str = Field(
        "", description="INSEE code of the department, for an organisation of one department."
    )
    year: str = Field("", description="Year reported on.")
    identity_evidence: str = Field("", description="Words of the report that tell whose it is and for when.")
    identity_doubt: str = Field(
        "", description="What of organisation, territory and year is unsure, and why; empty where nothing is."
    )
    figures: int = Field(0, description="Number of rows in figures.csv.")
    headcounts: int = Field(0, description="Number of rows in headcounts.csv.")
    tables: int = Field(0, description="Number of rows in tables.csv.")
    acronyms: int = Field(0, description="Number of rows in acronyms.csv.")


class ProblemRow(Row):
    """A problem met while reading a report."""

    FILE: ClassVar[str] = "problems"
    KEY: ClassVar[tuple[str, ...]] = ("source", "number")
    LINKS: ClassVar[dict[str, str]] = {"source": "reports.source"}

    source: str = Field(description="Path of the file relative to the corpus.")
    number: int = Field(description="Number of the problem within the file, from 1.")
    code: str = Field(description="Code of the kind of problem; docs/problems.md explains each.")
    severity: str = Field(
        description="`notice` (nothing lost), `warning` (a part lost), `error` (the file refused)."
    )
    page: int | None = Field(None, description="Page, where the problem has one.")
    message: str = Field(description="What happened.")
    cure: str = Field("", description="What to do about it.")


class SectionRow(Row):
    """A heading of a report."""

    FILE: ClassVar[str] = "sections"
    KEY: ClassVar[tuple[str, ...]] = ("report_id", "section")
    LINKS: ClassVar[dict[str, str]] = {"source": "reports.source"}

    report_id: str = Field(description="The report.")
    source: str = Field(description="Path of the report relative to the corpus.")
    section: int = Field(description="Number of the heading in reading order, from 1.")
    parent: int | None = Field(None, description="Number of the heading above it; empty at the top.")
    level: int = Field(description="Level in the tree, 1 the highest.")
    title: str = Field(description="The heading, without numbering marks and emphasis.")
    path: str = Field(description="Titles from the top down to this one, joined with ` › `.")
    page: int | None = Field(None, description="1-based page.")
    char_start: int = Field(description="Where the heading starts in the reading text.")
    char_end: int = Field(description="Where it ends, exclusive.")


class FigureRow(Row):
    """A figure: a number that states a measured quantity."""

    FILE: ClassVar[str] = "figures"
    KEY: ClassVar[tuple[str, ...]] = ("figure_id",)
    LINKS: ClassVar[dict[str, str]] = {"source": "reports.source", "table_id": "tables.table_id"}

    figure_id: str = Field(
        description="Stable identifier: same source bytes, same place, same value give the same id."
    )
    report_id: str = Field(description="The report.")
    source: str = Field(description="Path of the report relative to the corpus.")
    kind: FigureKind = Field(description="`prose` (lists too), `table`, `headcount`.")
    indicator: str = Field("", description="Id in the catalogue of indicators; empty where none fits.")
    theme: str = Field("", description="Id of a theme of the catalogue.")
    label: str = Field("", description="What is measured: a short French noun phrase made from the text.")
    value: Decimal = Field(
        description="The number: `1,5 million` is 1500000, `45,6 %` is 45.6, `12` under « Montant (k€) » is 12000."
    )
    value_text: str = Field(description="Its characters as printed.")
    unit: str = Field(
        "",
        description="`%`, `EUR`, `j`, `mois`, `ans`, `h`, `km`, `km2`, `hab/km2`, `/20`, `ETP`, `rang`, `1` (a bare ratio); for a count the singular noun counted; empty where the report states none.",
    )
    bound: Bound = Field(Bound.EXACT, description="`exact`, `about`, `min` (more than), `max` (less than).")
    role: Role = Field(
        Role.OBSERVED,
        description="`observed`, `objective`, `floor` (socle), `change`, `reference` (another year's or place's value, a table's column of an earlier year too; a rule, a tariff, a threshold).",
    )
    period: str = Field("", description="ISO 8601: `2021`, `2021-12-31`, `2021-10/2021-12`, `2021-S1`.")
    entity: str = Field("", description="Whose figure it is, as the text names it.")
    territory: str = Field("", description="ISO 3166-2: `FR-89`, `FR-BFC`, `FR`.")
    region_code: str = Field("", description="INSEE code of the region.")
    department_code: str = Field("", description="INSEE code of the department.")
    dimensions: str = Field(
        "{}",
        description="JSON object: what else tells the figure apart (row, column, group, role, part_of, direction, per, …).",
    )
    section: str = Field("", description="The headings above it, joined with ` › `.")
    page: int | None = Field(
        None, description="1-based page of the number; empty where the source has no pages."
    )
    x0: float | None = Field(
        None,
        description="Left edge of the number's box, PDF points from the left of the page.",
        json_schema_extra={"unit": "pt"},
    )
    top: float | None = Field(
        None, description="Upper edge, PDF points from the top of the page.", json_schema_extra={"unit": "pt"}
    )
    x1: float | None = Field(None, description="Right edge.", json_schema_extra={"unit": "pt"})
    bottom: float | None = Field(None, description="Lower edge.", json_schema_extra={"unit": "pt"})
    char_start: int = Field(description="Where `value_text` starts in the reading text.")
    char_end: int = Field(description="Where it ends, exclusive: text[char_start:char_end] == value_text.")
    quote: str = Field(
        "", description="The sentence, list item or table row around it, verbatim from the reading text."
    )
    table_id: str = Field("", description="Its table, for `kind = table`.")
    row: int | None = Field(None, description="0-based row of its cell.")
    column: int | None = Field(None, description="0-based column of its cell.")
    rule: str = Field("", description="The grammar rule that took it.")
    indicator_rule: str = Field("", description="The rule of the catalogue that gave it its indicator.")
    confidence: float = Field(1.0, description="Trust in the figure, 0 to 1.")
    flags: str = Field(
        "",
        description="Marks that ask for a second look, joined with `;`: `ocr`, `out-of-range` (of its indicator), `disagrees` (with another mention), `word` (its value is what the grammar says a word stands for), `scaled` (its table counts in thousands or millions: « Montant (k€) »; or the next number does for both: « entre 2 et 3 millions »).",
    )
    review: str = Field(
        "", description="What a decision says of it: empty, `accepted`, `corrected`, `rejected`."
    )
    printed_value: Decimal | None = Field(
        None, description="The value that the report states, where a decision put another in its place."
    )
    corrections: str = Field(
        "{}",
        description="JSON object: for each column that a decision changed, what the program had read there.",
    )
    decisions: str = Field("", description="Ids of the decisions about it, joined with a space.")

    @property
    def is_result(self) -> bool:
        """Does it state what was in its period: observed, or in a table's column of an earlier year?"""
        in_table = self.kind is not FigureKind.PROSE and self.role is Role.REFERENCE
        return self.role is Role.OBSERVED or in_table


class HeadcountRow(Row):
    """A line of a staff panel, flat for analysis."""

    FILE: ClassVar[str] = "headcounts"
    KEY: ClassVar[tuple[str, ...]] = ("figure_id",)
    LINKS: ClassVar[dict[str, str]] = {"figure_id": "figures.figure_id", "source": "reports.source"}

    figure_id: str = Field(description="The figure of figures.csv that this line is.")
    report_id: str = Field(description="The report.")
    source: str = Field(description="Path of the report relative to the corpus.")
    entity: str = Field("", description="Whose team it is: `ELSM de l'Yonne`.")
    territory: str = Field("", description="ISO 3166-2 of its territory.")
    date: str = Field("", description="Date of the count, ISO 8601, from the panel's heading.")
    contract: str = Field("", description="Contracts counted, as the panel says: `CDI`.")
    group: str = Field("", description="Group of staff: `PC`, `PA`, `ISM`.")
    role: str = Field("", description="Role counted, singular: `médecin-conseil`, `Csam`, `cadre`.")
    part_of: str = Field(
        "", description="The line this one is a part of (« dont »), plural as printed: `agents`."
    )
    count: Decimal = Field(description="Number of people (or full-time equivalents where the text says so).")
    value_text: str = Field(description="The number as printed.")
    page: int | None = Field(None, description="1-based page.")
    char_start: int = Field(description="Where `value_text` starts in the reading text.")
    char_end: int = Field(description="Where it ends, exclusive.")
    quote: str = Field("", description="The panel's line, verbatim.")


class TableRow(Row):
    """A table of a report."""

    FILE: ClassVar[str] = "tables"
    KEY: ClassVar[tuple[str, ...]] = ("table_id",)
    LINKS: ClassVar[dict[str, str]] = {"source": "reports.source"}

    table_id: str = Field(description="Stable identifier of the table.")
    report_id: str = Field(description="The report.")
    source: str = Field(description="Path of the report relative to the corpus.")
    number: int = Field(description="Number of the table in reading order, from 1.")
    caption: str = Field("", description="The caption or title row, verbatim.")
    section: str = Field("", description="The headings above it, joined with ` › `.")
    page: int | None = Field(None, description="1-based page it starts on.")
    pages: str = Field("", description="All its pages, joined with a space.")
    rows: int = Field(description="Number of rows.")
    columns: int = Field(description="Number of columns.")
    header_rows: int = Field(description="Rows at the top that name the columns.")
    header_columns: int = Field(description="Columns at the left that name the rows.")
    detector: str = Field(description="What found it: `markup`, `columns`, `tags`, `rulings`, `alignment`, …")
    confidence: float = Field(description="Trust in its shape, 0 to 1.")
    char_start: int = Field(description="Where it starts in the reading text.")
    char_end: int = Field(description="Where it ends, exclusive.")


class TableCellRow(Row):
    """A cell of a table; a merged cell stands once, at its top left."""

    FILE: ClassVar[str] = "table_cells"
    KEY: ClassVar[tuple[str, ...]] = ("table_id", "row", "column")
    LINKS: ClassVar[dict[str, str]] = {
        "table_id": "tables.table_id",
        "source": "reports.source",
        "figure_id": "figures.figure_id",
    }

    source: str = Field(description="Path of the report relative to the corpus.")
    table_id: str = Field(description="The table.")
    page: int | None = Field(None, description="1-based page of the cell.")
    row: int = Field(description="0-based row.")
    column: int = Field(description="0-based column.")
    row_span: int = Field(1, description="Rows the cell covers.")
    column_span: int = Field(1, description="Columns the cell covers.")
    text: str = Field("", description="The cell's text, white space folded.")
    row_header: str = Field("", description="Headers of its row as a path: `Initiative caisse › Révision`.")
    column_header: str = Field("", description="Headers of its column as a path.")
    value: Decimal | None = Field(None, description="Its value, where the cell holds a figure.")
    unit: str = Field("", description="The unit of that value.")
    figure_id: str = Field("", description="The figure of figures.csv.")


class AcronymRow(Row):
    """A short form that the text itself ties to its long form."""

    FILE: ClassVar[str] = "acronyms"
    KEY: ClassVar[tuple[str, ...]] = ("report_id", "acronym_start", "expansion_start")
    LINKS: ClassVar[dict[str, str]] = {"source": "reports.source"}

    source: str = Field(description="Path of the report relative to the corpus.")
    report_id: str = Field(description="The report.")
    acronym: str = Field(description="The short form, verbatim.")
    expansion: str = Field(description="The long form, verbatim, without a leading article.")
    kind: str = Field(description="`glossary` (a list of short forms) or `inline` (in passing).")
    page: int | None = Field(None, description="1-based page.")
    acronym_start: int = Field(description="Where the short form starts in the reading text.")
    acronym_end: int = Field(description="Where it ends, exclusive.")
    expansion_start: int = Field(description="Where the long form starts.")
    expansion_end: int = Field(description="Where it ends, exclusive.")
    quote: str = Field("", description="The sentence or list line around both, verbatim.")
    rule: str = Field("", description="The grammar rule that took it.")


class CheckRow(Row):
    """An arithmetic or editorial check, holding or broken."""

    FILE: ClassVar[str] = "checks"
    KEY: ClassVar[tuple[str, ...]] = ("check_id",)
    LINKS: ClassVar[dict[str, str]] = {}

    check_id: str = Field(description="Stable identifier.")
    report_id: str = Field("", description="The report; empty for a check across reports.")
    kind: str = Field(description="`sum`, `share`, `difference`, `repeat`, `glossary`, …")
    status: str = Field(description="`holds` or `broken`.")
    figures: str = Field("", description="Ids of the figures it ties, joined with a space.")
    expected: str = Field("", description="What the other figures make it.")
    found: str = Field("", description="What the text says.")
    message: str = Field("", description="The check in plain words, with both quotes.")


class IndicatorRow(Row):
    """The value that stands for one indicator in one report, territory and period."""

    FILE: ClassVar[str] = "indicators"
    KEY: ClassVar[tuple[str, ...]] = ("indicator", "report_id", "territory", "period")
    LINKS: ClassVar[dict[str, str]] = {"source": "reports.source", "figure_id": "figures.figure_id"}

    indicator: str = Field(description="Id in the catalogue of indicators.")
    name: str = Field("", description="Its French name.")
    source: str = Field(description="Path of the report relative to the corpus.")
    report_id: str = Field(description="The report.")
    territory: str = Field("", description="ISO 3166-2.")
    period: str = Field("", description="ISO 8601.")
    value: Decimal = Field(description="The value that stands, chosen among the mentions by stated rules.")
    unit: str = Field("", description="Its unit.")
    figure_id: str = Field(description="The figure it is taken from.")
    mentions: int = Field(1, description="How many figures of the report mention it.")
    agreeing: int = Field(1, description="How many of them give this value, or its rounding.")
    rule: str = Field("", description="The rule of the catalogue that gave the figure its indicator.")
    parts: str = Field(
        "",
        description="Ids of the figures that were added, joined with a space, where the indicator is defined as a sum; `figure_id` is the first of them. Empty everywhere else: nothing is computed.",
    )


class DecisionRow(Row):
    """A researcher's decision, and what came of it in this run."""

    FILE: ClassVar[str] = "decisions"
    KEY: ClassVar[tuple[str, ...]] = ("decision_id",)
    LINKS: ClassVar[dict[str, str]] = {"figure_id": "figures.figure_id"}

    decision_id: str = Field(description="Identifier, made of the decision's content.")
    does: DecisionKind = Field(
        description="`accept`, `correct`, `reject`, `add` a figure; `merge` two indicators."
    )
    outcome: Outcome = Field(
        description="`applied`; `moved` (its figure was found by its quote only); `orphan` (not found: not applied)."
    )
    detail: str = Field("", description="What there is to say about the outcome.")
    figure_id: str = Field("", description="The figure it holds for now; empty for an orphan and a merge.")
    decided_figure: str = Field("", description="The figure it was made about.")
    source: str = Field("", description="Path of the report it was made about, relative to the corpus.")
    value_text: str = Field("", description="The number it was made about, as printed.")
    quote: str = Field("", description="The words it was made about, verbatim.")
    changes: str = Field(
        "{}", description="JSON object: what is to stand, by column; for a merge, the indicators."
    )
    who: str = Field(description="Who decided.")
    when: str = Field(description="When, ISO 8601, UTC.")
    why: str = Field("", description="Why.")


ROWS: tuple[type[Row], ...] = (
    ReportRow, ProblemRow, SectionRow, FigureRow, HeadcountRow, TableRow, TableCellRow,
    AcronymRow, CheckRow, IndicatorRow, DecisionRow,
)  # fmt: skip
"""Every file of the dataset, in the order it is written and documented."""


class Records(Frozen):
    """Everything extracted from one report; kept as one unit in the store.

    What a long report has thousands of, and what is only ever gone through, is packed. So are figures as they
    are extracted.
    """

    report: ReportRow
    text: str = ""
    problems: tuple[ProblemRow, ...] = ()
    sections: Packed[SectionRow] = Packed(SectionRow)
    # From the left, or the rows of a packed field would all be made to see whether they fit the other one.
    figures: Annotated[Packed[FigureRow] | tuple[FigureRow, ...], Field(union_mode="left_to_right")] = ()
    headcounts: tuple[HeadcountRow, ...] = ()
    tables: Packed[TableRow] = Packed(TableRow)
    table_cells: Packed[TableCellRow] = Packed(TableCellRow)
    acronyms: tuple[AcronymRow, ...] = ()


def report_id(sha256: str) -> str:
    """Identifier of a report: ``r`` and the first 12 hex digits of its bytes' SHA-256."""
    return "r" + sha256[:12]


def figure_id(sha256: str, start: int, end: int, value: Decimal) -> str:
    """Identifier of a figure from the source's bytes, its place in the reading text and its value."""
    return "f" + _digest(sha256, start, end, format(value.normalize(), "f"))


def table_id(sha256: str, start: int, end: int) -> str:
    """Identifier of a table from the source's bytes and its place in the reading text."""
    return "t" + _digest(sha256, start, end)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]
