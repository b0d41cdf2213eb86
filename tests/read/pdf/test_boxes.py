"""Every number of a PDF's reading text has boxes on its page, and pdfplumber reads that number in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rapextract.model import ReadBy
from rapextract.prove.boxes import letters, page_characters, spelled
from rapextract.read import read_document

NUMBER = re.compile(r"(?<!\S)\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?(?!\S)")


def _unproven(path: Path) -> tuple[int, list[str]]:
    """How many numbers were looked at, and those that are not proven."""
    document = read_document(path, ocr=False)
    data = path.read_bytes()
    pages = [page for page in document.pages if page.read_by is ReadBy.TEXT]
    checked, failed = 0, []
    for page, characters in zip(pages, page_characters(data, None, [p.number for p in pages]), strict=True):
        for match in NUMBER.finditer(document.text, page.start, page.end):
            boxes = document.boxes(*match.span())
            checked += 1
            sizes = {p.number: (p.width, p.height) for p in document.pages}
            on_page = all(
                -1 <= b.x0 <= b.x1 <= sizes[b.page][0] + 1 and -1 <= b.top <= b.bottom <= sizes[b.page][1] + 1
                for b in boxes
            )
            here = [box for box in boxes if box.page == page.number]
            if len(here) == len(boxes) and letters(spelled(characters, boxes)) != letters(match[0]):
                failed.append(f"{path.name} page {page.number}: {match[0]}")
            elif not boxes or not on_page:
                failed.append(f"{path.name} page {page.number}: {match[0]} has no place")
    return checked, failed


def test_numbers_of_the_sample_stand_in_their_boxes(repository: Path) -> None:
    checked, failed = _unproven(repository / "corpus" / "drsm-normandie-2021.pdf")
    assert checked > 40
    assert failed == []


@pytest.mark.parametrize("name", ["RPQS_Junas_AC_2021.pdf", "RPQS_Allain_AC_2021.pdf"])
def test_numbers_of_real_reports_stand_in_their_boxes(shared: Path, name: str) -> None:
    checked, failed = _unproven(shared / "rpqs" / name)
    assert checked > 100
    assert len(failed) <= 0.01 * checked, failed  # two parsers may read a damaged font differently
