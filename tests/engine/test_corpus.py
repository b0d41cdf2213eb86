"""Which files are read, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rapextract.engine.corpus import find_corpus
from rapextract.model import RapextractError


def _write(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}", encoding="utf-8")
    return folder


def _codes(corpus: Path, outputs: Path | None = None) -> dict[str, str]:
    found = find_corpus([corpus], outputs or corpus.parent / "outputs")
    return {each.source: each.problem.code if each.problem else "" for each in found.candidates}


def test_known_endings_are_reports_whatever_their_case(tmp_path: Path) -> None:
    names = ["a.pdf", "b.HTML", "c.htm", "d.md", "sub/e.TXT"]
    assert _codes(_write(tmp_path / "c", *names)) == dict.fromkeys(sorted(names), "")


def test_other_files_are_ignored_and_hidden_ones_skipped(tmp_path: Path) -> None:
    corpus = _write(tmp_path / "c", "a.txt", "b.docx", "archive.zip", ".hidden.txt", ".git/c.txt", "noending")
    assert _codes(corpus) == {"a.txt": "", "archive.zip": "R18", "b.docx": "R19", "noending": "R04"}


def test_the_same_bytes_are_read_once(tmp_path: Path) -> None:
    corpus = _write(tmp_path / "c", "b.txt")
    (corpus / "a.txt").write_bytes((corpus / "b.txt").read_bytes())
    assert _codes(corpus) == {"a.txt": "", "b.txt": "R08"}
    (duplicate,) = [c for c in find_corpus([corpus], tmp_path / "o").candidates if c.problem]
    assert duplicate.problem is not None and "a.txt" in duplicate.problem.message


def test_links_out_of_the_corpus_are_said_and_not_followed(tmp_path: Path) -> None:
    corpus = _write(tmp_path / "c", "a.txt", "sub/b.txt")
    outside = _write(tmp_path / "elsewhere", "secret.txt")
    (corpus / "link.txt").symlink_to(outside / "secret.txt")
    (corpus / "folder").symlink_to(outside)
    (corpus / "inside.txt").symlink_to(corpus / "a.txt")
    (corpus / "loop").symlink_to(corpus)
    (corpus / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    assert _codes(corpus) == {
        "a.txt": "", "broken.txt": "R12", "folder": "R12", "inside.txt": "R08", "link.txt": "R12",
        "sub/b.txt": "",
    }  # fmt: skip


def test_odd_names_and_pipes_are_refused(tmp_path: Path) -> None:
    corpus = _write(tmp_path / "c", "a.txt", "\x1b[31m.txt", "e\u202etxt.md", "two\nlines.txt")
    os.mkfifo(corpus / "pipe.txt")
    codes = _codes(corpus)
    assert codes.pop("a.txt") == "" and codes.pop("pipe.txt") == "R06"
    assert set(codes.values()) == {"R14"} and len(codes) == 3
    assert not any("\x1b" in source or "\u202e" in source or "\n" in source for source in codes)


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    corpus = _write(tmp_path / "c", "a.txt")
    try:
        Path(os.fsdecode(os.fsencode(corpus) + b"/\xe9.txt")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert _codes(corpus) == {"\\xe9.txt": "R14", "a.txt": ""}


def test_empty_files_are_refused(tmp_path: Path) -> None:
    corpus = _write(tmp_path / "c", "a.txt")
    (corpus / "empty.txt").touch()
    assert _codes(corpus) == {"a.txt": "", "empty.txt": "R01"}


def test_outputs_are_never_read(tmp_path: Path) -> None:
    corpus = _write(
        tmp_path / "c", "a.txt", "outputs/texts/r.txt", "older/texts/r.txt", "older/.rapextract/x"
    )
    assert _codes(corpus, corpus / "outputs") == {"a.txt": ""}


def test_a_dataset_is_no_corpus(tmp_path: Path) -> None:
    corpus = _write(tmp_path / "c", "a.txt", ".rapextract/lock")
    for outputs in (corpus, tmp_path / "o"):
        with pytest.raises(RapextractError) as error:
            find_corpus([corpus], outputs)
        assert error.value.problem.code == "U08"


def test_several_corpora_are_named_from_their_common_folder(tmp_path: Path) -> None:
    _write(tmp_path, "x/a.txt", "y/a.txt", "y/sub/b.txt")
    found = find_corpus([tmp_path / "x", tmp_path / "y" / "sub", tmp_path / "y" / "a.txt"], tmp_path / "o")
    assert [each.source for each in found.candidates] == ["x/a.txt", "y/a.txt", "y/sub/b.txt"]
    again = find_corpus([tmp_path / "x", tmp_path / "x" / "a.txt"], tmp_path / "o")
    assert [each.source for each in again.candidates] == ["a.txt"]


def test_one_file_is_a_corpus(tmp_path: Path) -> None:
    _write(tmp_path, "x/a.txt", "x/b.txt")
    assert [c.source for c in find_corpus([tmp_path / "x" / "a.txt"], tmp_path / "o").candidates] == ["a.txt"]


@pytest.mark.parametrize(("names", "code"), [([], "U02"), (["a.docx"], "U02")])
def test_no_reports(tmp_path: Path, names: list[str], code: str) -> None:
    corpus = _write(tmp_path / "c", *names)
    corpus.mkdir(exist_ok=True)
    with pytest.raises(RapextractError) as error:
        find_corpus([corpus], tmp_path / "o")
    assert error.value.problem.code == code


def test_a_missing_path(tmp_path: Path) -> None:
    with pytest.raises(RapextractError) as error:
        find_corpus([tmp_path / "nowhere"], tmp_path / "o")
    assert error.value.problem.code == "U01"
