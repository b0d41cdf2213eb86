"""The kinds of grammar files that hold vocabulary: units, nouns, furniture, organisations, territories."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from .schema import Entry, File, Patterns, PhraseExamples, Words

Examples = PhraseExamples


class Tried(Entry):
    """Base of the entries whose words or patterns are tried on examples."""

    examples: Examples = Field(
        (), description="Texts in which the entry is found; `[[ ]]` marks what it finds."
    )
    counter_examples: Examples = Field((), description="Texts in which it is not.")


# Units and nouns ----------------------------------------------------------------------------------
class UnitEntry(Tried):
    """A unit of measure; its id is what figures.csv says (`%`, `EUR`, `j`)."""

    symbols: Words = Field((), description="Signs right after the number, as printed: `€`, `%`.")
    words: Words = Field((), description="Words after the number, singular and plural: `euro`, `euros`.")
    patterns: Patterns = Field((), description="Patterns right after the number, for what words can't say.")
    measures: str = Field("", description="Noun of what it measures, for labels: `durée`.")
    multiples: dict[str, Decimal] = Field({}, description="Signs or words worth several units: `{k€: 1000}`.")


class UnitsFile(File):
    """`kind: units`: units of measure and how texts write them."""

    kind: Literal["units"]
    units: tuple[UnitEntry, ...]


class WordList(Tried):
    """A named list of words or patterns, for one purpose."""

    words: Words = Field((), description="Words or phrases, folded when compared.")
    patterns: Patterns = Field((), description="Patterns, for what words can't say.")


class NounsFile(File):
    """`kind: nouns`: word lists used to find the noun that is counted."""

    kind: Literal["nouns"]
    lists: tuple[WordList, ...]


# Furniture ----------------------------------------------------------------------------------------
class FurnitureEntry(Tried):
    """Text that belongs to the page and not to the report: menus, « Cliquez sur … »."""

    line: Patterns = Field((), description="A whole line that is furniture.")
    within: Patterns = Field((), description="Only between blocks that match this.")


class FurnitureFile(File):
    """`kind: furniture`: what of a page is no part of the report."""

    kind: Literal["furniture"]
    furniture: tuple[FurnitureEntry, ...]


# Organisations and territories --------------------------------------------------------------------
class OrganisationEntry(Tried):
    """A kind of organisation that reports, and how texts name one."""

    name: str = Field("", description="Its French name.")
    name_en: str = Field("", description="Its English name.")
    short: str = Field("", description="Short form: `DRSM`.")
    patterns: Patterns = Field((), description="Patterns that name one, its territory included.")
    level: Literal["country", "region", "department", "commune"] = Field(
        "region", description="Level of its territory. One of a commune gives its own name as group `name`."
    )
    label: str = Field("", description="How reports.csv names one: `DRSM {territory}`, `Commune de {name}`.")
    generic: bool = Field(False, description="`true`: gives way to a nearer kind that has the same name.")
    part_of: str = Field(
        "", description="Id of the kind it is a part of: naming several parts speaks for the whole."
    )
    weight: float = Field(1.0, description="How much a mention says, beside those of other kinds.")


class YearCue(Tried):
    """A wording that tells the year reported on, or speaks of a year."""

    patterns: Patterns = Field(description="Patterns with the year as group `year`.")
    weight: float = Field(1.0, description="How much it says, beside the others.")
    top: bool = Field(
        False, description="`true`: it only says so at the top of a report, where its title is."
    )


class OrganisationsFile(File):
    """`kind: organisations`: the kinds of organisations that report, and wordings of the year."""

    kind: Literal["organisations"]
    organisations: tuple[OrganisationEntry, ...]
    years: tuple[YearCue, ...] = ()


class TerritoryEntry(Tried):
    """A territory; its id is ISO 3166-2 (`FR-89`)."""

    name: str = Field(description="Its French name.")
    level: Literal["country", "region", "department", "area"] = Field(description="What it is.")
    insee: str = Field("", description="INSEE code.")
    parent: str = Field("", description="Id of the territory it lies in.")
    names: Words = Field((), description="Other ways to write it, folded when compared.")
    towns: Words = Field((), description="Towns that stand for it: « échelon de Nevers ».")
    region: str = Field("", description="INSEE code of the region, where it is not its parent's (overseas).")
    covers: Words = Field((), description="Ids of the departments that an area is made of.")


class TerritoryWords(Tried):
    """Words around a name that tell whether a territory is meant: « rue de Paris », « la CPAM de l'Ain »."""

    words: Words = Field(description="Single words, folded when compared.")


class TerritoriesFile(File):
    """`kind: territories`: regions and departments, their codes and names, and words around these."""

    kind: Literal["territories"]
    territories: tuple[TerritoryEntry, ...] = ()
    words: tuple[TerritoryWords, ...] = ()
