"""A long report read in stretches gives what it gives as a whole."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from rapextract.extract import extract_records, mentions, pipeline
from rapextract.extract.sections import headings
from rapextract.extract.stretch import AROUND, stretches_of
from rapextract.grammar import load_grammar
from rapextract.model import Document, Records
from rapextract.read import Source, read_document, read_source

OWN = 4000  # characters of a stretch


@pytest.fixture(scope="module")
def long_report(repository: Path) -> Document:
    """A report of the corpus, eight times over."""
    text = (repository / "corpus" / "drsm-bretagne-2022.md").read_text(encoding="utf-8")
    return read_source(Source("long.md", "\n\n".join([text] * 8).encode()))


def _in_stretches(document: Document, monkeypatch: pytest.MonkeyPatch) -> Records:
    monkeypatch.setattr(pipeline, "stretches_of", partial(stretches_of, own=OWN))
    monkeypatch.setattr(mentions, "_RUN", OWN)
    return extract_records(document, load_grammar())


def test_every_block_is_one_stretchs_own(long_report: Document) -> None:
    found = list(stretches_of(long_report, headings(long_report), own=OWN))
    assert len(found) > 4
    own = [
        (block.start + stretch.base, block.table)
        for stretch in found
        for block in stretch.document.blocks
        if stretch.owns(block.start)
    ]
    assert [start for start, _ in own] == [block.start for block in long_report.blocks]
    for stretch in found:
        text = stretch.document.text
        assert text == long_report.text[stretch.base : stretch.base + len(text)]
        assert stretch.base == 0 or stretch.start >= AROUND
        for index, table in enumerate(stretch.document.tables):
            whole = long_report.tables[stretch.first_table + index]
            assert [stretch.document.cell_text(cell) for cell in table.cells] == [
                long_report.cell_text(cell) for cell in whole.cells
            ]


def test_a_long_report_gives_the_same(long_report: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = extract_records(long_report, load_grammar())
    assert len(whole.figures) > 500 and len(whole.tables) > 8
    assert _in_stretches(long_report, monkeypatch) == whole


@pytest.mark.parametrize(
    "pattern", ["corpus/003*.txt", "rpqs/*LaCorne*.pdf", "rpqs/*Grolejac*.pdf", "rpqs/*Junas*.pdf"]
)
def test_a_real_report_gives_the_same(pattern: str, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = read_document(next(shared.glob(pattern)), ocr=False)
    whole = extract_records(document, load_grammar())
    assert len(whole.figures) > 150
    assert _in_stretches(document, monkeypatch) == whole
