"""What is kept of each report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.records import SENTENCE, figure, records

from rapextract.engine import store as store_module
from rapextract.engine.outcome import not_read
from rapextract.engine.store import Circumstances, Store
from rapextract.model import Problem, Records, ReportStatus
from rapextract.model.problems import PDF_PASSWORD, READER_FAILED, TOO_SLOW

CALL = Circumstances(timeout=10, memory=500)
RECORDS = records(
    SENTENCE, figure(SENTENCE, "2 791 809", "2791809", x0=1.25, page=3, dimensions='{"a": "é"}')
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path, "grammar", CALL)
    store.make()
    return store


def test_an_entry_comes_back_whole(store: Store) -> None:
    key = store.save("ab", RECORDS)
    assert store.find("ab", "a.txt") == key
    assert store.load(key) == RECORDS


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    store = Store(tmp_path_factory.mktemp("store"), "g", CALL)
    store.make()
    kept = RECORDS.model_copy(update={"text": text})
    loaded = store.load(store.save("ab", kept))
    assert isinstance(loaded, Records) and loaded.text == text


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    paths = []
    for name in ("one", "two"):
        store = Store(tmp_path / name, "grammar", CALL)
        store.make()
        paths.append(store.path(store.save("ab", RECORDS)))
    assert paths[0].name == paths[1].name
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_bytes_name_grammar_and_program_make_the_key(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save("ab", RECORDS)
    assert store.find("cd", "a.txt") is None
    assert store.find("ab", "b.txt") is None
    assert Store(tmp_path, "other grammar", CALL).find("ab", "a.txt") is None
    monkeypatch.setattr(store_module, "program_fingerprint", lambda: "another version")
    assert Store(tmp_path, "grammar", CALL).find("ab", "a.txt") is None


@pytest.mark.parametrize("problem", [TOO_SLOW(seconds=10), PDF_PASSWORD()])
def test_an_outcome_of_this_call_holds_for_this_call_only(
    tmp_path: Path, store: Store, problem: Problem
) -> None:
    store.save("ab", not_read("a.txt", problem, "ab", 1))
    assert store.find("ab", "a.txt") is not None
    others = (
        Circumstances(20, 500),
        Circumstances(10, 900),
        Circumstances(10, 500, "secret"),
        Circumstances(10, 500, ocr=False),
    )
    for other in others:
        assert Store(tmp_path, "grammar", other).find("ab", "a.txt") is None


def test_other_outcomes_hold_for_every_call(tmp_path: Path, store: Store) -> None:
    store.save("ab", not_read("a.txt", READER_FAILED(reason="KeyError"), "ab", 1))
    key = Store(tmp_path, "grammar", Circumstances(20, 900, "secret")).find("ab", "a.txt")
    assert key is not None
    loaded = store.load(key)
    assert loaded is not None and loaded.report.status is ReportStatus.REFUSED


@pytest.mark.parametrize("damage", [b"", b"no gzip", None])
def test_a_damaged_entry_counts_as_none(store: Store, damage: bytes | None) -> None:
    key = store.save("ab", RECORDS)
    path = store.path(key)
    path.write_bytes(path.read_bytes()[:-20] if damage is None else damage)
    assert store.load(key) is None
    assert store.find("ab", "a.txt") is None


def test_prune_keeps_what_was_used(store: Store) -> None:
    kept, gone = store.save("ab", RECORDS), store.save("cd", RECORDS)
    half = store.path(kept).with_name("x.json.gz.part")
    half.write_bytes(b"half")
    store.prune([kept])
    assert store.path(kept).exists() and not store.path(gone).exists() and not half.exists()


def test_a_password_is_not_in_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path, "grammar", Circumstances(10, 500, "s3cret-word"))
    store.make()
    key = store.save("ab", not_read("a.txt", PDF_PASSWORD(), "ab", 1))
    assert b"s3cret-word" not in store.path(key).read_bytes() and "s3cret" not in key
