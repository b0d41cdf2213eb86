"""What a grammar file says of periods and places in a sentence (`kind: period-rules`, `kind: place-rules`).

A sentence often names more periods and places than the one its number is for: another year to compare
with, the date of a law, a partner. These rules tell them apart.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .schema import Entry, File, Patterns
from .vocabulary import Examples


class PeriodRule(Entry):
    """A rule about one period in its surroundings (`[[ ]]` in the examples).

    `standing` rules look at the number instead (`[[ ]]` marks it). All conditions that are given must hold.
    """

    does: Literal["ignore", "year-end", "standing"] = Field(
        description="`ignore`: no number is for this period; `year-end`: the year's last month is meant; "
        "`standing`: the number counts what is there anyway, it is not for a part of a year said before it."
    )
    before: Patterns = Field(
        (), description="What stands right before the period (`standing`: the number), spaces included."
    )
    after: Patterns = Field((), description="What stands right after it.")
    examples: Examples = Field((), description="Texts where the rule holds.")
    counter_examples: Examples = Field((), description="Texts where it does not.")


class PeriodRulesFile(File):
    """`kind: period-rules`: which periods of a sentence its numbers are not for."""

    kind: Literal["period-rules"]
    rules: tuple[PeriodRule, ...]


class PlaceRule(Entry):
    """A rule about whose figure a number is.

    `ignore` rules look at one place or organisation that the text names (`[[ ]]` in the examples) and say
    that it is a partner or an origin, not the owner. `set` rules look at the sentence, the number in
    `[[ ]]`, and give entity and territory. All conditions that are given must hold.
    """

    does: Literal["ignore", "set"] = Field(description="`ignore` a name, or `set` the place.")
    before: Patterns = Field((), description="What stands right before the name or the number.")
    after: Patterns = Field((), description="What stands right after it.")
    sentence: Patterns = Field((), description="Searched in the sentence, up to the number.")
    abroad: bool = Field(
        False,
        description="`true`: only where the sentence names places, none in the report's territory.",
    )
    carries: Literal["", "pronoun", "paragraph"] = Field(
        "", description="Holds on: in next sentences that start with a pronoun, or to the paragraph's end."
    )
    entity: str = Field("", description="The entity given: `France`, `Cnam`.")
    level: Literal["", "country", "region"] = Field(
        "", description="The territory given: the whole country, or the region of the report."
    )
    examples: Examples = Field((), description="Texts where the rule holds.")
    counter_examples: Examples = Field((), description="Texts where it does not.")


class PlaceUnit(Entry):
    """A kind of unit or organisation that is named with its territory; the id is its short form: `ELSM`."""

    patterns: Patterns = Field(description="How it is written before the name of its territory.")
    speaks: bool = Field(True, description="`false`: it never reports; its name places nothing by itself.")
    titles: Patterns = Field(
        (),
        description="How a title speaks of several of them: a report that opens so may speak of one after "
        "the other without headings, article by article.",
    )
    opens: Patterns = Field((), description="How a paragraph begins the article of another one.")


class PlaceRulesFile(File):
    """`kind: place-rules`: units named with their territory, names that own no number, cues."""

    kind: Literal["place-rules"]
    units: tuple[PlaceUnit, ...] = ()
    rules: tuple[PlaceRule, ...] = ()
