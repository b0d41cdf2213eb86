"""The same decisions in any order of their lines give the same dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records import figure, records

from rapextract.consolidate import tidy
from rapextract.consolidate.decisions import Decisions
from rapextract.grammar import Grammar, load_grammar
from rapextract.model import DecidedPlace, Decision, DecisionKind, Records
from rapextract.model.records import figure_id

TEXT = "La plateforme a traité 2 791 appels, mené 12 réunions et reçu 45 médecins.\nSoit 12 réunions de plus."
NUMBERS = (("2 791", "2791"), ("12", "12"), ("45", "45"))
FIGURES = [figure(TEXT, text, value, unit="x", indicator=f"i{value}") for text, value in NUMBERS]
RECORDS = records(TEXT, *FIGURES)


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return load_grammar()


def place_of(text: str, start: int, line: str) -> DecidedPlace:
    return DecidedPlace(
        figure_id=figure_id(RECORDS.report.sha256, start, start + len(text), _value(text)),
        report_id=RECORDS.report.report_id,
        source="a.txt",
        quote=line,
        value_text=text,
        offset=start - TEXT.index(line),
        start=start,
    )


def _value(text: str):  # type: ignore[no-untyped-def]
    from rapextract.french.numbers import parse_number

    return parse_number(text)


LINES = TEXT.split("\n")
PLACES = [place_of(text, TEXT.index(text), LINES[0]) for text, _ in NUMBERS]
PLACES.append(place_of("12", TEXT.rindex("12"), LINES[1]))  # no rule took this one
ABSENT = PLACES[0].model_copy(update={"quote": "Nous avons 2 791 appels", "offset": 11, "figure_id": "f0"})

times = st.integers(0, 3).map(lambda n: f"2026-01-0{n + 1}T00:00:00.000000Z")  # few, so that they tie
changes = st.dictionaries(
    st.sampled_from(["unit", "label", "indicator", "value"]), st.sampled_from(["1", "2", "3"]), max_size=2
)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    does = draw(st.sampled_from(DecisionKind))
    common = {"when": draw(times), "who": draw(st.sampled_from(["Ada", "Bob"])), "does": does}
    if does is DecisionKind.MERGE:
        one, other = draw(st.permutations(["i12", "i45", "1"]))[:2]
        return Decision(**common, indicator=one, into=other).identified()
    place = draw(st.sampled_from([*PLACES, ABSENT]))
    said = draw(changes) if does in (DecisionKind.CORRECT, DecisionKind.ADD) else {}
    return Decision(**common, place=place, seen={"unit": "x"}, changes=said).identified()


def dataset(log: list[Decision], grammar: Grammar) -> tuple[Records, list[str]]:
    """What a run writes of these decisions; each report is gone through twice, as by the engine."""
    made = Decisions(log, grammar, [RECORDS.report.report_id])
    first = made.apply(RECORDS)
    assert made.apply(RECORDS) == first
    return tidy(first), [row.model_dump_json() for row in made.rows()]


@pytest.mark.fuzz
@given(log=st.lists(decisions(), max_size=8, unique_by=lambda decision: decision.id), data=st.data())
def test_any_order_gives_the_same(log: list[Decision], data: st.DataObject, grammar: Grammar) -> None:
    shuffled = data.draw(st.permutations(log))
    one, other = dataset(log, grammar), dataset(list(shuffled), grammar)
    assert one[0].model_dump_json() == other[0].model_dump_json() and one[1] == other[1]
    for row in one[0].figures:
        assert TEXT[row.char_start : row.char_end] == row.value_text
        assert (row.printed_value or row.value) == _value(row.value_text)
    assert len(one[1]) == len(log)


def test_the_latest_counts_column_by_column(grammar: Grammar) -> None:
    def correct(day: int, **said: str) -> Decision:
        when = f"2026-01-0{day}T00:00:00.000000Z"
        return Decision(when=when, who="Ada", does="correct", place=PLACES[0], changes=said).identified()

    log = [correct(3, unit="c"), correct(1, unit="a", label="l"), correct(2, unit="b")]
    row = dataset(log, grammar)[0].figures[0]
    assert (row.unit, row.label, row.review) == ("c", "l", "corrected")
    assert row.decisions.split() == [d.id for d in sorted(log, key=lambda d: d.when)]


def test_two_merges_that_go_round(grammar: Grammar) -> None:
    """« i12 into i45 », then « i45 into i12 »: the later one stands."""

    def merge(day: int, one: str, other: str) -> Decision:
        when = f"2026-01-0{day}T00:00:00.000000Z"
        return Decision(when=when, who="Ada", does="merge", indicator=one, into=other).identified()

    figures = dataset([merge(2, "i45", "i12"), merge(1, "i12", "i45")], grammar)[0].figures
    assert [row.indicator for row in figures] == ["i2791", "i12", "i12"]


def test_a_log_of_any_order_gives_the_same_bytes(tmp_path: Path, grammar: Grammar) -> None:
    from rapextract.consolidate.decisions import append_log, read_log

    log = [
        Decision(when=f"2026-01-0{n}T00:00:00.000000Z", who="Ada", does="correct", place=PLACES[0],
                 changes={"unit": str(n)})
        for n in (1, 2, 3)
    ]  # fmt: skip
    append_log(tmp_path / "a", log)
    append_log(tmp_path / "b", reversed(log))
    assert read_log(tmp_path / "a") == read_log(tmp_path / "b")
