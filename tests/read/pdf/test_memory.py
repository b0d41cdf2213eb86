"""The memory that the reading of a long PDF takes: what a page needs is given back."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pypdfium2
import pytest

from rapextract.model import Document, spool
from rapextract.model.spool import Spool
from rapextract.read.pdf import shelf
from rapextract.read.pdf.reader import read_pdf
from rapextract.read.pdf.shelf import Shelf
from rapextract.read.source import Source

FEW, MANY = 10, 40  # pages
HELD = 8_000  # bytes a page of a document: its text, blocks and cells
AT_MOST = 35_000  # bytes a page while the pages are put together


def _repeated(path: Path, pages: int) -> Source:
    """The PDF at `path`, its pages repeated until there are `pages`."""
    with pypdfium2.PdfDocument(path) as once, pypdfium2.PdfDocument.new() as long:
        while (missing := pages - len(long)) > 0:
            long.import_pages(once, list(range(min(missing, len(once)))))
        data = io.BytesIO()
        long.save(data)
    return Source(name=path.name, content=data.getvalue())


def _read(source: Source) -> tuple[Document, int, int]:
    """The document, the bytes it takes, and the most that were taken while it was read."""
    tracemalloc.start()
    try:
        document = read_pdf(source)
        assert document is not None
        return document, *tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()


def test_a_page_more_takes_little_memory(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MOST_IN_MEMORY", 1000)  # as in a report of thousands of pages
    monkeypatch.setattr(shelf, "MOST_HELD", 0)
    sources = [_repeated(repository / "corpus" / "drsm-normandie-2021.pdf", n) for n in (FEW, MANY)]
    _read(sources[0])  # what is imported and compiled on first use
    (few, held_few, most_few), (many, held_many, most_many) = map(_read, sources)
    more = len(many.pages) - len(few.pages)
    assert more == MANY - FEW and len(many.tables) > len(few.tables)
    assert (held_many - held_few) / more < HELD
    assert (most_many - most_few) / more < AT_MOST


def test_boxes_outside_memory_are_those_in_memory(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = _repeated(repository / "corpus" / "drsm-normandie-2021.pdf", 4)
    inside = read_pdf(source)
    monkeypatch.setattr(spool, "MOST_IN_MEMORY", 1000)
    outside = read_pdf(source)
    assert inside is not None and outside is not None
    spans = [(block.start, block.end) for block in inside.blocks]
    found = [inside.boxes(*span) for span in spans]
    assert any(found)
    assert [outside.boxes(*span) for span in reversed(spans)] == found[::-1]


def test_a_long_report_reads_like_a_short_one(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = _repeated(repository / "corpus" / "drsm-normandie-2021.pdf", 6)
    held = read_pdf(source)
    monkeypatch.setattr(shelf, "MOST_HELD", 60)  # lines: the first pages stay, the others wait as bytes
    packed = read_pdf(source)
    assert held is not None and packed is not None and held.tables
    assert (packed.text, packed.blocks, packed.pages) == (held.text, held.blocks, held.pages)
    assert packed.tables == held.tables


def test_a_shelf_gives_back_what_was_put_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_HELD", 10)
    packed: list[str] = []

    def pack(text: str) -> bytes:
        packed.append(text)
        return text.encode()

    kept = Shelf(pack, bytes.decode, str.upper)
    texts = ["un", "deux", "trois", "quatre", "six"]
    assert [kept.put(text, len(text)) for text in texts] == [0, 1, 2, 3, 4] and len(kept) == 5
    assert packed == ["trois", "quatre", "six"]  # all that follows the first that is too much
    assert [kept.get(number) for number in (4, 1, 0, 2)] == ["six", "DEUX", "UN", "trois"]


def test_a_spool_gives_back_what_was_put_into_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "MOST_IN_MEMORY", 100)
    kept = Spool()
    data = [bytes([n]) * (7 * n) for n in range(20)]
    places = [kept.put(one) for one in data]
    assert [kept.get(place) for place in reversed(places)] == data[::-1]
    late = kept.put(b"late")  # after it was read elsewhere
    assert kept.get(late) == b"late" and kept.get(places[3]) == data[3]
