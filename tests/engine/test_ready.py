"""The grammars kept ready in the user's cache: never a stale, damaged or foreign one."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapextract.engine import ready
from rapextract.engine.ready import cache_folder, ready_grammar
from rapextract.grammar import Grammar, load_grammar
from rapextract.grammar.load import grammar_folders
from rapextract.grammar.schema import Entry, FigureRule, without_examples

OWN = "kind: figure-rules\nrules:\n  - {id: own.rule, does: take, number: '%s', examples: ['[[7]] avis']}\n"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ready._ready.cache_clear()
    yield tmp_path / "cache" / "rapextract"
    ready._ready.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "rules.yaml").write_text(OWN % "7")
    return tmp_path / "own"


def again(folder: Path | None = None) -> Grammar:
    """What another process would get."""
    ready._ready.cache_clear()
    return ready_grammar(folder)


def own_rule(grammar: Grammar) -> FigureRule:
    return next(rule for rule in grammar.entries(FigureRule) if rule.id == "own.rule")


def compiled_anew(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """The folders whose grammars are loaded from their files from now on."""
    loaded: list[Path | None] = []

    def load(extra_folder: Path | None) -> Grammar:
        loaded.append(extra_folder)
        return load_grammar(extra_folder)

    monkeypatch.setattr(ready, "load_grammar", load)
    return loaded


def test_the_kept_grammar_is_the_same(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = compiled_anew(monkeypatch)
    first, second = ready_grammar(folder), again(folder)
    assert loaded == [folder], "the second is the kept one"
    assert second.fingerprint == first.fingerprint == load_grammar(folder).fingerprint
    assert second.folders == first.folders and second.pieces == first.pieces
    assert list(map(without_examples, first.all_entries())) == list(second.all_entries())
    assert not own_rule(second).examples
    examples: dict[str, Entry] = {entry.id: entry for entry, _ in second.located()}
    assert getattr(examples["own.rule"], "examples", ()), "its files hold them"


def test_a_changed_file_is_seen(cache: Path, folder: Path) -> None:
    assert own_rule(ready_grammar(folder)).number == ("7",)
    (folder / "rules.yaml").write_text(OWN % "8")
    assert own_rule(ready_grammar(folder)).number == ("8",)
    (folder / "rules.yaml").write_text(OWN % "7")
    assert own_rule(again(folder)).number == ("7",)
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("damage", ["cut", "turned", "empty", "nonsense"])
def test_a_damaged_one_counts_as_none(
    damage: str, cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_grammar(folder)
    (path,) = cache.iterdir()
    data = path.read_bytes()
    turned = bytes([*data[:5000], data[5000] ^ 1, *data[5001:]])
    path.write_bytes({"cut": data[:-1], "turned": turned, "empty": b"", "nonsense": b"x" * 900}[damage])
    loaded = compiled_anew(monkeypatch)
    assert own_rule(again(folder)).number == ("7",)
    assert loaded == [folder]
    assert path.read_bytes()[: ready._DIGEST] == data[: ready._DIGEST], "it is mended"


class Trap:
    """Sets off when it is unpickled."""

    def __init__(self, path: Path):
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are POSIX's")
@pytest.mark.parametrize("how", ["file of others", "folder of others", "link", "link to a folder"])
def test_what_others_could_have_written_is_not_read(
    how: str, cache: Path, folder: Path, tmp_path: Path
) -> None:
    ready_grammar(folder)
    (path,) = cache.iterdir()
    data = pickle.dumps(Trap(tmp_path / "sprung"))
    path.write_bytes(ready.hashlib.sha256(data).digest() + data)
    if how == "file of others":
        path.chmod(0o666)
    elif how == "folder of others":
        cache.chmod(0o777)
    elif how == "link":
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    else:
        cache.rename(tmp_path / "elsewhere")
        cache.symlink_to(tmp_path / "elsewhere")
    assert own_rule(again(folder)).number == ("7",)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("place", ["a file", "read-only", "relative", "missing"])
def test_without_a_cache_grammars_are_compiled(
    place: str, cache: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "a file":
        (tmp_path / "cache").write_text("")
    elif place == "read-only":
        if os.geteuid() == 0:
            monkeypatch.setenv("XDG_CACHE_HOME", "/proc")
        else:
            (tmp_path / "cache").mkdir(mode=0o500)
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", "cache" if place == "relative" else "")
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    assert own_rule(ready_grammar(folder)).number == ("7",)
    assert own_rule(again(folder)).number == ("7",)
    if place in ("relative", "missing"):
        kept = cache_folder()
        assert kept is not None and kept.is_relative_to(tmp_path / "home") and len(list(kept.iterdir())) == 1
    else:
        assert cache_folder() is None


def test_a_full_disk_harms_nothing(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ready, "write_atomically", full)
    assert own_rule(ready_grammar(folder)).number == ("7",)
    assert list(cache.iterdir()) == []


def test_only_the_newest_are_kept(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_MOST_KEPT", 2)
    for number in (1, 2, 3):
        (folder / "rules.yaml").write_text(OWN % number)
        ready_grammar(folder)
        for age, path in enumerate(sorted(cache.iterdir(), key=lambda p: p.stat().st_mtime)):
            os.utime(path, (age, age))
    assert len(list(cache.iterdir())) == 2
    path = cache / f"grammar-{ready._key(ready_grammar(folder).fingerprint, grammar_folders(folder))}.pickle"
    assert path.is_file()
