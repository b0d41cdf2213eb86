import hashlib
import os
from pathlib import Path

import pytest

from rapextract.model import Document, RapextractError
from rapextract.read import Source, read_document, read_source


def test_names_are_relative_to_the_corpus(tmp_path: Path) -> None:
    path = tmp_path / "région" / "rapport été.txt"
    path.parent.mkdir()
    path.write_text("Bilan\n", encoding="utf-8")
    document = read_document(path, corpus=tmp_path)
    assert document.source == "région/rapport été.txt"
    assert document.sha256 == hashlib.sha256(b"Bilan\n").hexdigest()
    assert document.byte_count == 6
    assert read_document(path).source == "rapport été.txt"


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(RapextractError) as caught:
        read_document(tmp_path / name)
    assert caught.value.problem.code == "R06"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(RapextractError) as caught:
        read_document(path)
    assert caught.value.problem.code == "R06"


def test_an_empty_file_and_an_unknown_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "a.xyz").write_bytes(b"abc")
    codes = []
    for name in ("a.txt", "a.xyz"):
        with pytest.raises(RapextractError) as caught:
            read_document(tmp_path / name)
        codes.append(caught.value.problem.code)
    assert codes == ["R01", "R04"]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", "Bilan\n\nUn texte.\n", "text/plain"),
        ("a.md", "Bilan\n\nUn texte.\n", "text/markdown"),
        ("a.md", "# Bilan\n\nUn texte.\n", "text/markdown"),
        ("a.txt", "# Bilan\n\nUn texte.\n\n## Suite\n\nFin.\n", "text/markdown"),
        ("a.HTML", "<h1>Bilan</h1><p>Un texte.</p>", "text/html"),
    ],
)
def test_the_content_decides_between_text_and_markdown(name: str, content: str, media_type: str) -> None:
    document = read_source(Source(name, content.encode()))
    assert document.media_type == media_type
    if not name.endswith("HTML"):
        assert document.text == content


def check_spans(document: Document) -> None:
    """What holds for every document: blocks in order and apart, cells inside their table, one per place."""
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        last = block.end
        words = document.text[block.start : block.end]
        assert words == words.strip() or block.kind == "table"  # a table may begin with empty cells
        assert (block.table is not None) == (block.kind == "table")
    for table in document.tables:
        covered: set[tuple[int, int]] = set()
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            places = {
                (row, column)
                for row in range(cell.row, cell.row + cell.row_span)
                for column in range(cell.column, cell.column + cell.column_span)
            }
            assert not places & covered
            covered |= places
        assert all(row < table.row_count and column < table.column_count for row, column in covered)


def test_every_text_of_the_measuring_corpus_is_laid_out_soundly(shared: Path) -> None:
    paths = sorted((shared / "corpus").glob("*.txt"))
    assert paths
    for path in paths:
        document = read_document(path)
        assert document.text == path.read_text(encoding="utf-8")
        check_spans(document)
        covered = sum(block.end - block.start for block in document.blocks)
        assert covered > 0.97 * len("".join(document.text.split())), path
