"""How much of real and sample reports the shipped catalogue names, by kind of figure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from rapextract.extract import extract_records
from rapextract.grammar import load_grammar
from rapextract.grammar.schema_indicators import IndicatorEntry, ThemeEntry
from rapextract.model import FigureKind, FigureRow
from rapextract.read import read_document


@cache
def figures_of(path: Path) -> tuple[FigureRow, ...]:
    return extract_records(read_document(path), load_grammar()).figures


def named(figures: Iterable[FigureRow]) -> float:
    told = [bool(figure.indicator) for figure in figures]
    assert told
    return sum(told) / len(told)


def samples(repository: Path) -> list[Path]:
    kinds = {".txt", ".md", ".html"}
    return sorted(path for path in (repository / "corpus").iterdir() if path.suffix in kinds)


def test_every_entry_says_what_it_measures() -> None:
    grammar = load_grammar()
    themes = {theme.id for theme in grammar.entries(ThemeEntry)}
    for entry in grammar.entries(IndicatorEntry):
        assert entry.name_fr and entry.name_en and entry.definition, entry.id
        assert entry.theme in themes, entry.id
        assert entry.family == "assainissement" or entry.examples, entry.id
        assert entry.family == "assainissement" or entry.counter_examples, entry.id


def test_sample_reports(repository: Path) -> None:
    figures = [figure for path in samples(repository) for figure in figures_of(path)]
    assert all(figure.theme for figure in figures)
    assert named(f for f in figures if f.kind is FigureKind.HEADCOUNT) == 1
    assert named(f for f in figures if f.kind is FigureKind.TABLE) >= 0.75
    assert named(f for f in figures if f.kind is FigureKind.PROSE) >= 0.6


def test_real_reports_tables_and_staff(shared: Path) -> None:
    figures = [figure for path in sorted((shared / "corpus").glob("*.txt")) for figure in figures_of(path)]
    assert all(figure.theme for figure in figures)
    assert named(f for f in figures if f.kind is FigureKind.HEADCOUNT) == 1
    assert named(f for f in figures if f.kind is FigureKind.TABLE) == 1


@pytest.mark.parametrize("number", ["001", "003"])
def test_real_reports_core_prose(shared: Path, number: str) -> None:
    path = next((shared / "corpus").glob(f"{number}_*.txt"))
    text = read_document(path).text
    spans = {}
    for line in (shared / "gold" / "records" / f"figures.{number}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["kind"] in {"prose", "list"} and record.get("core", True):
            quote = _nth(text, record["quote"], record.get("occurrence", 1), 0)
            start = _nth(text, record["raw"], record.get("raw_occurrence", 1), quote)
            spans[start, start + len(record["raw"])] = record["label"]
    found = {(figure.char_start, figure.char_end): figure for figure in figures_of(path)}
    told = [span in found and bool(found[span].indicator) for span in spans]
    assert sum(told) / len(told) >= 0.65


def _nth(text: str, part: str, occurrence: int, start: int) -> int:
    at = start - 1
    for _ in range(occurrence):
        at = text.index(part, at + 1)
    return at
