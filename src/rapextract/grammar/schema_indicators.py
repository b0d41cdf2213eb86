"""What a grammar file says of themes and indicators (`kind: themes`, `kind: indicators`).

An indicator is something that reports measure, under names of their own. Its entry says what it is
(definition, units, range, theme), by which names reports know it (`codes`, `named`), and where its value
stands (`found`). A family is a kind of report with indicators of its own; what its entry says of `found`,
`values` and `no_value` holds for all of them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from ..model import Bound, FigureKind, Role
from .schema import Entry, FigureKinds, File, Pattern, Patterns, Spoken, ValueRange, Words

Place = Literal["role", "row", "column", "label", "caption", "section", "sentence"]
"""Where a figure's name may stand, the most telling first."""

Places = Annotated[
    tuple[Place, ...], BeforeValidator(lambda v: [v] if isinstance(v, str) else v,
                                       json_schema_input_type=Place | list[Place])
]  # fmt: skip
Roles = Annotated[
    tuple[Role, ...], BeforeValidator(lambda v: [v] if isinstance(v, str) else v,
                                      json_schema_input_type=Role | list[Role])
]  # fmt: skip


Bounds = Annotated[
    tuple[Bound, ...], BeforeValidator(lambda v: [v] if isinstance(v, str) else v,
                                       json_schema_input_type=Bound | list[Bound])
]  # fmt: skip


# Names --------------------------------------------------------------------------------------------
def _phrase_alone(value: Any) -> Any:
    """A bare string is a phrase; a bare mapping is a list of one."""
    items = [value] if isinstance(value, str | dict) else value
    if isinstance(items, list):
        return [{"phrases": item} if isinstance(item, str) else item for item in items]
    return items


class Naming(Spoken):
    """A way that reports name an indicator. All that is given must hold.

    `phrases` and `patterns` are alternatives; they are looked for in the places of `within`.
    """

    phrases: Words = Field((), description="Words of the name, in any number (singular or plural).")
    patterns: Patterns = Field((), description="Patterns, for what phrases can't say.")
    within: Places = Field(
        ("role", "row", "column", "label"),
        description="Where the name stands: `role` (of a headcount), `row` or `column` header, `label`, "
        "`caption`, `section` (the headings above), `sentence`.",
    )
    whole: bool = Field(False, description="`true`: the name is all that stands there.")
    unit: Words = Field((), description="The figure's unit is one of these.")
    kind: FigureKinds = Field((), description="The figure stands in `prose`, a `table`, a `headcount`.")
    role: Roles = Field((), description="The figure's role is one of these.")
    bound: Bounds = Field((), description="The figure's bound is one of these.")
    part: bool | None = Field(
        None, description="`true`: only a part of another figure (« dont 3 »); `false`: never a part."
    )
    value: ValueRange | None = Field(None, description="Limits of the figure's value.")
    row: Patterns = Field((), description="Searched in the row headers.")
    column: Patterns = Field((), description="Searched in the column headers.")
    caption: Patterns = Field((), description="Searched in the table's caption.")
    section: Patterns = Field((), description="Searched in the headings above, joined with ` › `.")
    label: Patterns = Field((), description="Searched in the label.")
    sentence: Patterns = Field((), description="Searched in the sentence or table row around it.")

    @model_validator(mode="after")
    def _says_something(self) -> Naming:
        if not any(
            getattr(self, name) not in ((), None)
            for name in type(self).model_fields
            if name not in ("within", "whole")
        ):
            raise ValueError("needs phrases, patterns or a condition")
        return self


Namings = Annotated[
    tuple[Naming, ...],
    BeforeValidator(_phrase_alone, json_schema_input_type=str | Naming | list[str | Naming]),
]


# Where values stand -------------------------------------------------------------------------------
class Finding(Spoken):
    """A place where the value of an indicator stands. Earlier ones in a list are trusted more."""

    id: str = Field(description="Its name: what figures.csv says in `indicator_rule`.", pattern=r"^[\w.-]+$")
    at: Literal["figure", "row", "column", "sentence"] = Field(
        description="`figure`: a figure that is named so; `row`: on the line of a table that names the "
        "indicator; `column`: under a header that names it; `sentence`: where a pattern finds it."
    )
    under: bool = Field(
        False, description="`true`: only under a heading that names this indicator and no other."
    )
    coded: bool = Field(
        False, description="`true`: only where the name is one of the indicator's `codes`, not words alone."
    )
    row: Patterns = Field(
        (), description="`at: row`: the line has one of these labels (instead of the indicator's name)."
    )
    column: Patterns = Field(
        (), description="`at: row`: the value's column has one of these headers; `at: column`: so has the "
        "column (instead of the indicator's name).",
    )  # fmt: skip
    unit: Words = Field((), description="Units printed there, besides those of the indicator.")
    value: ValueRange | None = Field(
        None, description="Only if all values there lie in this range: `{max: 0}` where nought alone tells."
    )
    table: Patterns = Field((), description="The table has one of these in its headers or caption.")
    patterns: Patterns = Field(
        (), description="`at: sentence`: patterns with the value as group `value`, the year (if said) as "
        "group `year`, and as group `name` words that must name the indicator.",
    )  # fmt: skip
    named: bool = Field(
        False,
        description="`at: sentence`, `true`: only where its sentence, or the clause, names this indicator "
        "and no other.",
    )
    printed: bool = Field(
        False, description="`at: row` or `sentence`, `true`: only with a unit of the indicator printed there."
    )
    scale: bool = Field(
        False, description="`true`: the line prints the greatest possible value too; the other one is meant."
    )
    sum: bool = Field(
        False, description="`true`: the definition adds the values of several lines (works, sites)."
    )


Findings = tuple[Finding, ...]
WordValues = dict[str, Decimal]


class FamilyEntry(Entry):
    """A family of reports with indicators of its own."""

    name_fr: str = Field(description="French name.")
    name_en: str = Field("", description="English name.")
    report: Patterns = Field((), description="A report is of the family if each of these is found in it.")
    other_codes: Pattern | None = Field(
        None, description="A line with such a code is about something else, whatever its words."
    )
    not_under: Patterns = Field(
        (), description="Headings under which a report speaks of something else: the other service."
    )
    found: Findings = Field((), description="Where values stand, for all its indicators; the best first.")
    found_else: Findings = Field(
        (),
        description="Where values stand besides, trusted less than all others: whatever names or titles say.",
    )
    years: Patterns = Field((), description="Column headers of values for the report's own year.")
    no_column: Patterns = Field((), description="Column headers of what is no value: unit, change, page.")
    whole: Patterns = Field(
        (), description="Labels of lines that state the whole service, besides totals: « Moyenne pondérée »."
    )
    no_result: Patterns = Field(
        (), description="What in its clause says that a number is no result: a limit, an aim."
    )
    no_value: Words = Field((), description="Words in place of a value that say there is none.")
    no_value_patterns: Patterns = Field((), description="Patterns of the same, whole.")
    values: WordValues = Field({}, description="Words that stand for values, in all its indicators.")


# The catalogue ------------------------------------------------------------------------------------
class IndicatorExample(Spoken):
    """Something on which an indicator is tried.

    Either the `text` of a name as a figure's label has it; or a `text` with its value in `[[ ]]`; or a
    `table`; or the parts of a figure (`label`, `row`, `column`, …).
    """

    text: str = Field("", description="A name, or running text with the value in `[[ ]]`.")
    table: tuple[tuple[str, ...], ...] = Field((), description="Rows of a table, the header row first.")
    gives: Decimal | None = Field(None, description="The value found for the year 2021.")
    label: str = Field("", description="The figure's label.")
    row: str = Field("", description="Its row headers, joined with ` › `.")
    column: str = Field("", description="Its column headers, joined with ` › `.")
    caption: str = Field("", description="The caption of its table.")
    section: str = Field("", description="The headings above, joined with ` › `.")
    sentence: str = Field("", description="The sentence around it.")
    role: str = Field("", description="The role counted, for a headcount.")
    unit: str = Field("", description="Its unit.")
    value: Decimal | None = Field(None, description="Its value.")
    figure_role: Role = Field(Role.OBSERVED, description="Its role: a result, a target, a change, …")
    bound: Bound = Field(Bound.EXACT, description="Its bound.")
    part: bool = Field(False, description="Is it a part of another figure?")
    kind: FigureKind | None = Field(None, description="Where it stands.")


IndicatorExamples = tuple[
    Annotated[
        IndicatorExample,
        BeforeValidator(
            lambda v: {"text": v} if isinstance(v, str) else v, json_schema_input_type=str | IndicatorExample
        ),
    ],
    ...,
]


# Themes -------------------------------------------------------------------------------------------
class ThemeEntry(Entry):
    """A theme of the catalogue. A figure without an indicator has the theme its surroundings speak of.

    Names of a theme are looked for in all places but the sentence, unless they say `within`: first in what
    says what the figure is, then in the headings above, the innermost first.
    """

    name_fr: str = Field(description="French name.")
    name_en: str = Field("", description="English name.")
    named: Namings = Field((), description="Words that speak of it.")
    kind: FigureKinds = Field((), description="All figures of these kinds are of this theme.")
    default: bool = Field(False, description="`true`: the theme of figures of which nothing says another.")
    examples: IndicatorExamples = Field((), description="Figures of this theme.")
    counter_examples: IndicatorExamples = Field((), description="Figures of another, or of none.")


class ThemesFile(File):
    """`kind: themes`: the controlled list of themes."""

    kind: Literal["themes"]
    themes: tuple[ThemeEntry, ...]


class IndicatorEntry(Entry):
    """An indicator of the catalogue."""

    name_fr: str = Field(description="French name.")
    name_en: str = Field("", description="English name.")
    definition: str = Field("", description="What is measured, in a sentence.")
    units: Words = Field(
        (), description="Its units as figures.csv has them; the first is the catalogue's own, and a figure "
        "of another unit of measure is not this indicator.",
    )  # fmt: skip
    zero_units: Words = Field(
        (), description="Other units in which a report may print its zero: no euros are none by cubic metre."
    )
    range: ValueRange | None = Field(
        None, description="Values that are possible; others are flagged `out-of-range` and never stand."
    )
    theme: str = Field("", description="Id of its theme.")
    family: str = Field("", description="Id of the family whose reports state it; empty: any report.")
    counts_for: Literal["period", "year", "year-before-new-year"] = Field(
        "period",
        description="What a value's period becomes in indicators.csv. `period`: it stays; `year`: a date or "
        "month counts for its year; `year-before-new-year`: a 1 January counts for the year it ends.",
    )
    report_year: bool = Field(
        False,
        description="`true`: a value in a sentence is the report year's, whatever other year it names "
        "(« les factures de 2020 »), unless brackets around it say another.",
    )
    codes: Words = Field((), description="Codes that name it; dots and spaces in them may be left out.")
    named: Namings = Field((), description="Ways that reports name it.")
    unless: Namings = Field((), description="It is none where one of these holds.")
    found: Findings = Field((), description="Where its values stand, before those of the family.")
    values: WordValues = Field({}, description="Words that stand for values: `{conforme: 100}`.")
    examples: IndicatorExamples = Field((), description="Where it is found.")
    counter_examples: IndicatorExamples = Field((), description="Where it is not.")

    @model_validator(mode="after")
    def _can_be_found(self) -> IndicatorEntry:
        if not (self.disabled or self.named or self.codes or self.found):
            raise ValueError("needs `named`, `codes` or `found`: how else would it be recognized?")
        return self


class IndicatorsFile(File):
    """`kind: indicators`: the catalogue of indicators, and families of reports."""

    kind: Literal["indicators"]
    families: tuple[FamilyEntry, ...] = ()
    indicators: tuple[IndicatorEntry, ...] = ()
