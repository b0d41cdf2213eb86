"""What a grammar file may say: one pydantic model a kind of file.

The published JSON Schema (docs/grammar.schema.json) is generated from these models, so each field is
described here and only here. A file is a mapping with a `kind`, optional `pieces` (named patterns,
usable as ``{name}`` in any pattern of any file) and one list of entries, each with an `id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ..model import BlockKind, Bound, FigureKind, Role

E = TypeVar("E", bound="Entry")


class _IsPattern:
    """Marks the fields that hold regular expressions."""


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str | int | float | dict) else value


def _text_alone(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Pattern = Annotated[str, Field(min_length=1), _IsPattern()]
"""A regular expression of the `regex` module; ``{name}`` stands for a named piece."""

Patterns = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...],
    BeforeValidator(_one_or_many, json_schema_input_type=str | list[str]),
    _IsPattern(),
]
"""One pattern, or a list of alternatives."""

Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_many, json_schema_input_type=str | list[str])]
"""One word, or a list."""

Form = Literal[
    "digits", "words", "mixed",
    "ordinal", "article", "none", "collective", "half", "fraction", "slash", "signed", "dot-group",
]  # fmt: skip
"""Forms and marks of a number, as `rapextract.french.numbers.Number` has them."""

Forms = Annotated[tuple[Form, ...], BeforeValidator(_one_or_many, json_schema_input_type=Form | list[Form])]
FigureKinds = Annotated[
    tuple[FigureKind, ...],
    BeforeValidator(_one_or_many, json_schema_input_type=FigureKind | list[FigureKind]),
]
BlockKinds = Annotated[
    tuple[BlockKind, ...], BeforeValidator(_one_or_many, json_schema_input_type=BlockKind | list[BlockKind])
]

Id = Annotated[
    str, Field(pattern=r"^\S([^{}\n]*\S)?$", description="Name of the entry, unique in its kind and folder.")
]


class Spoken(BaseModel):
    """Base of everything a grammar file says: closed and frozen."""

    # A grammar that comes from the cache is not checked again: most runs need no validators.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Entry(Spoken):
    """Base of the entries. An entry of a later folder with the same id replaces this one."""

    id: Id
    disabled: bool = Field(False, description="`true` removes the entry of this id from the shipped grammar.")
    why: str = Field("", description="Why the entry exists, in a sentence for people.")


def without_examples(entry: E) -> E:
    """`entry` as reading needs it."""
    names = {"examples", "counter_examples"} & type(entry).model_fields.keys()
    return entry.model_copy(update=dict.fromkeys(names, ()))


class ValueRange(Spoken):
    """Limits of a number's value, both included."""

    min: Decimal | None = Field(None, description="Smallest value.")
    max: Decimal | None = Field(None, description="Largest value.")
    integer: bool | None = Field(None, description="`true`: only whole numbers; `false`: only others.")


class Conditions(Spoken):
    """What must hold around a number. All that are given must hold; none given never holds."""

    number: Patterns = Field((), description="The number's own text, whole.")
    form: Forms = Field((), description="How the number is written, one of these.")
    value: ValueRange | None = Field(None, description="Limits of its value.")
    before: Patterns = Field((), description="What stands right before the number, spaces included.")
    after: Patterns = Field(
        (), description="What stands right after the number (past the « e » of « 8e »), spaces included."
    )
    sentence: Patterns = Field(
        (),
        description="Searched in the number's sentence; in a table the line of its headers and its cell, "
        "then ` ‖ ` and the headers of the columns beside.",
    )
    section: Patterns = Field((), description="Searched in the headings above, joined with ` › `.")
    unit: Words = Field((), description="The unit is one of these.")
    kind: FigureKinds = Field((), description="Where the number stands: `prose`, `table`, `headcount`.")
    block: BlockKinds = Field((), description="The kind of block: `heading`, `list_item`, …")


class Attributes(Spoken):
    """What a `set` rule says of a figure."""

    role: Role | None = Field(None, description="`observed`, `objective`, `floor`, `change`, `reference`.")
    bound: Bound | None = Field(None, description="`exact`, `about`, `min`, `max`.")
    unit: str | None = Field(None, description="The unit, as figures.csv has it.")
    period: str | None = Field(None, description="The period, ISO 8601.")
    entity: str | None = Field(None, description="Whose figure it is.")
    theme: str | None = Field(None, description="Id of a theme.")
    indicator: str | None = Field(None, description="Id in the catalogue of indicators.")
    confidence: float | None = Field(None, ge=0, le=1, description="Trust in the figure, 0 to 1.")
    dimensions: dict[str, str] | None = Field(
        None, description="What else tells it apart: `{direction: baisse}`."
    )


class FigureExample(Spoken):
    """A text with its number in `[[ ]]`, and what the rules give for it."""

    text: str = Field(description="The text, its number marked: `le [[15]] juillet`.")
    gives: Attributes | None = Field(
        None, description="The attributes that all `set` rules together give it."
    )
    section: str = Field("", description="Headings above it, for rules that look at them.")
    kind: FigureKind = Field(FigureKind.PROSE, description="Where it stands.")
    block: BlockKind = Field(BlockKind.PARAGRAPH, description="The kind of block it stands in.")
    unit: str | None = Field(None, description="Its unit, for rules that look at it.")


FigureExamples = tuple[
    Annotated[FigureExample, BeforeValidator(_text_alone, json_schema_input_type=str | FigureExample)], ...
]
OtherCases = Annotated[
    tuple[Conditions, ...],
    BeforeValidator(_one_or_many, json_schema_input_type=Conditions | list[Conditions]),
]


class FigureRule(Entry, Conditions):
    """A rule about one number in its surroundings."""

    does: Literal["reject", "take", "set"] = Field(
        description="`reject`: no figure; `take`: a figure; `set`: gives attributes to one that was taken."
    )
    priority: int = Field(0, description="Higher goes first; equal ones in the order of the files.")
    set: Attributes | None = Field(None, description="The attributes given, for `does: set` (and `take`).")
    unless: OtherCases = Field((), description="The rule does not hold where one of these holds.")
    verbatim: bool = Field(False, description="Match the text as printed, not folded.")
    examples: FigureExamples = Field((), description="Texts where the rule holds.")
    counter_examples: FigureExamples = Field((), description="Texts where it does not.")

    @model_validator(mode="after")
    def _complete(self) -> FigureRule:
        if self.disabled:
            return self
        if not any(getattr(self, name) for name in Conditions.model_fields):
            raise ValueError(f"needs a condition: {', '.join(Conditions.model_fields)}")
        if self.does == "set" and self.set is None:
            raise ValueError("`does: set` needs `set:` with the attributes it gives")
        if self.does == "reject" and self.set is not None:
            raise ValueError("`does: reject` gives no attributes; remove `set:`")
        return self


class PhraseExample(Spoken):
    """A text on which an entry's words or patterns are tried, with what they find in `[[ ]]`."""

    text: str = Field(description="The text; what is found may be marked with `[[ ]]`.")


PhraseExamples = tuple[
    Annotated[PhraseExample, BeforeValidator(_text_alone, json_schema_input_type=str | PhraseExample)], ...
]


class File(Spoken):
    """Base of the files: a kind, pieces, and lists of entries."""

    kind: str
    pieces: dict[str, Pattern] = Field({}, description="Named patterns, usable as `{name}` in any pattern.")


class FigureRulesFile(File):
    """`kind: figure-rules`: which numbers are figures, and what is known of them."""

    kind: Literal["figure-rules"]
    rules: tuple[FigureRule, ...]


@cache
def pattern_fields(model: type[BaseModel]) -> frozenset[str]:
    """Names of the fields of `model` that hold patterns."""
    return frozenset(
        name
        for name, info in model.model_fields.items()
        if any(isinstance(mark, _IsPattern) for mark in info.metadata)
    )


def patterns_in(spoken: Spoken) -> Iterator[str]:
    """Every pattern that `spoken` holds, at any depth."""
    for name in type(spoken).model_fields:
        value = getattr(spoken, name)
        if name in pattern_fields(type(spoken)):
            yield from (value,) if isinstance(value, str) else value or ()
            continue
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Spoken):
                yield from patterns_in(inner)


@cache
def collections(model: type[File]) -> tuple[str, ...]:
    """Names of the fields of a file's `model` that are lists of entries."""
    return tuple(name for name in model.model_fields if name not in File.model_fields)
