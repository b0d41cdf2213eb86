"""What a grammar file says of the checks between figures (`kind: checks`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .schema import Entry, File, Patterns
from .vocabulary import Examples, Tried

Says = Literal[
    "total", "bare-total", "not-additive", "change-header", "part", "share", "of-whole", "remainder",
    "against", "rise", "fall", "share-label", "may-exceed", "common-short-form", "named", "planned",
]  # fmt: skip


class CheckWords(Tried):
    """Words by which a check recognizes what two figures are to each other."""

    says: Says = Field(
        description="`total`: a row or column that adds up others; `bare-total`: one that is nothing else; "
        "`not-additive`: values that don't add up; `change-header`: a column that compares two others; "
        "`part`: what follows is a part, others may be missing; `share`: what follows restates the number "
        "before; `of-whole`: what follows is the whole; `remainder`: what is left over; `against`: what "
        "follows is the earlier value; `rise`, `fall`: directions; `share-label`: a share of a whole, never "
        "over 100 %; `may-exceed`: a rate that may be over 100 %; `common-short-form`: needs no definition; "
        "`named`: what follows is a name and no short form; "
        "`planned`: speaks of what is to come."
    )
    patterns: Patterns = Field(description="Searched in folded text.")


class OppositeWords(Entry):
    """Two outcomes that exclude each other, so that their counts add up to no more than the whole."""

    first: Patterns = Field(description="The one outcome.")
    second: Patterns = Field(description="The other.")
    exhaustive: bool = Field(False, description="`true`: there is no third, the two make the whole.")
    examples: Examples = Field((), description="Texts that name both.")
    counter_examples: Examples = Field((), description="Texts that don't.")


class ChecksFile(File):
    """`kind: checks`: the words that the checks between figures go by."""

    kind: Literal["checks"]
    words: tuple[CheckWords, ...] = ()
    opposites: tuple[OppositeWords, ...] = ()
