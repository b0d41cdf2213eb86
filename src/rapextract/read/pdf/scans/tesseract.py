"""The OCR engine as the reader of scans asks it: many pictures at once, for its start costs the most.

Needs the extra `rapextract[ocr]` (pytesseract, Pillow) and Tesseract with its French model
(Debian: tesseract-ocr, tesseract-ocr-fra). Reference: R. Smith, An overview of the Tesseract OCR
engine, ICDAR 2007; TSV output as documented with the engine.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from ...source import OcrFailed
from .ocrwords import Found

LANGUAGE = "fra"
TIME_LIMIT = 300  # seconds a call, on a machine that has other work too
SPARSE, BLOCK, ONE_LINE = 11, 6, 7  # Tesseract's page segmentation modes


class Engine(Protocol):
    """What reads words off pictures."""

    def read(self, pictures: Sequence[Any], mode: int, resolution: int) -> list[Found]:
        """The answer to each of several pictures (PIL), read in a page segmentation mode.

        `resolution` is in dots per inch. Raises `OcrFailed`.
        """

    def turn(self, picture: Any) -> int:
        """By how many degrees clockwise a picture must be turned to stand upright; 0 where none can tell."""


class Tesseract:
    """Tesseract with its French model."""

    def __init__(self, pytesseract: Any):
        self._tesseract = pytesseract

    def read(self, pictures: Sequence[Any], mode: int, resolution: int) -> list[Found]:
        """See `Engine`. One process reads all pictures: to start it takes ten times as long as a number."""
        if not pictures:
            return []
        with TemporaryDirectory() as folder:
            paths = [Path(folder, f"{k}.pgm") for k in range(len(pictures))]
            for path, picture in zip(paths, pictures, strict=True):
                picture.save(path)
            listed = Path(folder, "pictures.txt")
            listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
            try:
                found: Found = self._tesseract.image_to_data(
                    str(listed),
                    lang=LANGUAGE,
                    config=f"--psm {mode} --dpi {resolution}",
                    output_type=self._tesseract.Output.DICT,
                    timeout=TIME_LIMIT,
                )
            except (RuntimeError, OSError) as error:  # TesseractError and the time limit are RuntimeErrors
                raise OcrFailed(" ".join(str(error).split())[:120]) from error
        return by_picture(found, len(pictures))

    def turn(self, picture: Any) -> int:
        """See `Engine`."""
        picture.format = "PPM"  # of all formats that it is handed over in, the one that costs the least
        try:
            told = self._tesseract.image_to_osd(
                picture, output_type=self._tesseract.Output.DICT, timeout=TIME_LIMIT
            )
        except (RuntimeError, OSError):  # too few letters, or the model `osd` is missing
            return 0
        return int(told["rotate"])


def by_picture(found: Found, count: int) -> list[Found]:
    """An answer to a list of `count` pictures, which are its pages, parted into one for each."""
    rows: list[list[int]] = [[] for _ in range(count)]
    for row, number in enumerate(found.get("page_num", ())):
        rows[number - 1].append(row)
    return [{name: [found[name][row] for row in own] for name in found} for own in rows]


@cache
def find_tesseract() -> Tesseract | None:
    """The engine, or None where it, its French model or the Python extra is missing."""
    try:
        import pytesseract

        # Its threads cost more than they give, and reports are read side by side already.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        languages = pytesseract.get_languages(config="")
    except (ImportError, OSError, RuntimeError):
        return None
    return Tesseract(pytesseract) if LANGUAGE in languages else None
