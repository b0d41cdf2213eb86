"""The sample reports, typeset in columns, give the figures that their Markdown gives."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.model import Records
from rapextract.read import read_document

BRETAGNE, NORMANDIE = "corpus/drsm-bretagne-2022.md", "samples/drsm-normandie-2021.md"


@pytest.fixture(scope="module")
def typesetter(repository: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("typeset_report", repository / "scripts" / "typeset.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def figures(records: Records) -> Counter[tuple[str, str | None, str | None]]:
    """Value as printed, unit and territory of each figure."""
    return Counter((row.value_text, row.unit, row.territory) for row in records.figures)


@pytest.mark.parametrize(
    ("report", "layout", "missing", "extra"),
    [
        (NORMANDIE, "columns", 0.0, 0.0),
        (NORMANDIE, "landscape", 0.0, 0.0),
        (BRETAGNE, "columns", 0.0, 0.0),
        # The title of a table, broken inside its words, does not tell what its last row counts.
        (BRETAGNE, "landscape", 0.04, 0.04),
        # A sentence that goes on over a page end, after the card beside it.
        (BRETAGNE, "report", 0.03, 0.01),
    ],
)
def test_columns_give_the_figures_of_the_markdown(
    repository: Path,
    tmp_path: Path,
    typesetter: ModuleType,
    report: str,
    layout: str,
    missing: float,
    extra: float,
) -> None:
    """At most these shares of the Markdown's figures are missing, and of the PDF's are not in it."""
    source = repository / report
    path = tmp_path / f"{source.stem}.pdf"
    path.write_bytes(typesetter.typeset(source.read_text(encoding="utf-8"), layout))
    grammar = load_grammar()
    expected = figures(extract_records(read_document(source), grammar))
    found = figures(extract_records(read_document(path, ocr=False), grammar))
    assert (expected - found).total() <= missing * expected.total(), expected - found
    assert (found - expected).total() <= extra * found.total(), found - expected
