"""Small documents and their contexts, for the tests of what is extracted."""

from __future__ import annotations

from collections.abc import Sequence

from rapextract.extract.context import Context
from rapextract.extract.identity import Identity
from rapextract.extract.sections import headings as heading_tree
from rapextract.grammar import load_grammar
from rapextract.model import Block, BlockKind, Document
from rapextract.read.source import Source
from rapextract.read.text import read_text

REGIONS = {
    "DRSM Bourgogne-Franche-Comté": ("FR-BFC", "27", ""),
    "DRSM Auvergne-Rhône-Alpes": ("FR-ARA", "84", ""),
    "CPAM Haute-Saône": ("FR-70", "27", "70"),
}


def document_of(text: str, headings: Sequence[str] = ()) -> Document:
    """Read `text` as a text file; the lines in `headings` are headings, each a level below the one before."""
    document = read_text(Source(name="sample.txt", content=text.encode()))
    assert document is not None
    blocks = [
        Block(kind=BlockKind.HEADING, start=block.start, end=block.end, level=headings.index(words) + 1)
        if (words := document.text[block.start : block.end]) in headings
        else block
        for block in document.blocks
    ]
    return document.model_copy(update={"blocks": tuple(blocks)})


def context_of(
    text: str,
    headings: Sequence[str] = (),
    organisation: str = "DRSM Bourgogne-Franche-Comté",
    year: str = "2021",
) -> Context:
    """The context of a small report of `organisation` (one of `REGIONS`) for `year`."""
    territory, region, department = REGIONS[organisation]
    document = document_of(text, headings)
    identity = Identity(
        organisation=organisation,
        territory=territory,
        region_code=region,
        department_code=department,
        year=year,
    )
    return Context(document, load_grammar(), identity, heading_tree(document))
