"""The OCR engine asked for many pictures at once: each has the answer that it has alone."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from rapextract.read.pdf.scans.ocrwords import Found
from rapextract.read.pdf.scans.tesseract import ONE_LINE, Tesseract, by_picture, find_tesseract
from rapextract.read.source import OcrFailed


def printed(text: str) -> Any:
    """A line of text as a grey picture."""
    picture = Image.new("L", (60 + 24 * len(text), 90), 255)
    ImageDraw.Draw(picture).text((30, 20), text, font=ImageFont.load_default(40), fill=0)
    return picture


def test_pictures_that_are_read_together_have_the_answers_that_they_have_alone() -> None:
    engine = find_tesseract()
    if engine is None:
        pytest.skip("Tesseract or its French model is not installed")
    pictures = [printed(text) for text in ("1 248 lots", "317,5", "Bilan")]
    together = engine.read(pictures, ONE_LINE, 300)
    assert ["".join(map(str, found["text"])) for found in together] == ["1248lots", "317,5", "Bilan"]
    for picture, found in zip(pictures, together, strict=True):
        (alone,) = engine.read([picture], ONE_LINE, 300)
        assert {**found, "page_num": alone["page_num"]} == alone


def test_an_answer_is_parted_by_its_pages() -> None:
    found: Found = {"page_num": [1, 3, 3], "text": ["a", "b", "c"]}
    assert [answer["text"] for answer in by_picture(found, 3)] == [["a"], [], ["b", "c"]]
    assert by_picture({}, 1) == [{}]


def test_a_failure_is_told_in_one_line_and_nothing_asks_nothing() -> None:
    class Failing:
        class Output:
            DICT = "dict"

        def image_to_data(self, image: object, **options: object) -> Found:
            raise RuntimeError("Tesseract process\ntimeout")

    assert Tesseract(Failing()).read([], ONE_LINE, 300) == []
    with pytest.raises(OcrFailed, match="Tesseract process timeout"):
        Tesseract(Failing()).read([printed("1")], ONE_LINE, 300)
