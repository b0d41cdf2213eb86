"""The memory that a long report takes: rows wait packed, and no copy of the whole text is made."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from rapextract.consolidate import Checks, IndicatorMatrix, tidy
from rapextract.extract import extract_records, identity, pipeline
from rapextract.extract.stretch import stretches_of
from rapextract.grammar import load_grammar
from rapextract.model import Document, Records
from rapextract.read import Source, read_source

FEW, MANY = 3, 8  # times that a report is repeated
OWN = 4_000  # characters of a stretch
EXTRACTING = 60  # bytes a character more, while figures are looked for: rows that wait, and the blocks
CHECKING = 1200  # bytes a figure more, while it is compared with others: as rows, several thousand

R = TypeVar("R")


def _report(repository: Path, times: int) -> Document:
    text = (repository / "corpus" / "drsm-bretagne-2022.md").read_text(encoding="utf-8")
    return read_source(Source("long.md", "\n\n".join([text] * times).encode()))


def _most(work: Callable[[], R]) -> tuple[R, int]:
    """What `work` gives, and the bytes that it took at most."""
    tracemalloc.start()
    try:
        result = work()
        return result, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _checked(records: Records) -> None:
    grammar = load_grammar()
    checks, matrix = Checks(grammar), IndicatorMatrix(grammar)
    checks.add(records)
    flagged = checks.flagged(records.model_copy(update={"figures": matrix.add(records.figures)}))
    assert sum(1 for _ in flagged.figures) == len(records.figures)


def test_a_page_more_takes_little_memory(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "stretches_of", partial(stretches_of, own=OWN))
    monkeypatch.setattr(identity, "_STRETCH", OWN)
    few, many = (_report(repository, times) for times in (FEW, MANY))
    grammar = load_grammar()
    _checked(tidy(extract_records(few, grammar)))  # what is made on first use
    (little, most_few), (much, most_many) = (
        _most(lambda document=document: tidy(extract_records(document, grammar)))  # type: ignore[misc]
        for document in (few, many)
    )
    print("extracting", (most_many - most_few) / (len(many.text) - len(few.text)))
    assert (most_many - most_few) / (len(many.text) - len(few.text)) < EXTRACTING
    (_, least), (_, most) = (_most(partial(_checked, records)) for records in (little, much))
    more = len(much.figures) - len(little.figures)
    print("checking", (most - least) / more, more)
    assert more > 400
    assert (most - least) / more < CHECKING
