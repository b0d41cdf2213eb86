"""What a reader is given: the bytes of one file, and what is known of it before it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path, PurePosixPath

from rapextract.model import Document, RapextractError
from rapextract.model.problems import EMPTY_SOURCE, UNREADABLE

_PDF_SIGNATURE = b"%PDF-"
_SIGNATURE_WITHIN = 1024  # bytes from the start (PDF 32000-1, annex H, note 13)


class Ocr(Enum):
    """What is done with pages that need OCR: read them, leave them out, or raise `ScannedPages`."""

    READ = "read"
    LEAVE = "leave"
    ASK = "ask"


class ScannedPages(Exception):
    """Some pages need OCR, which was to be asked for first; `count` is how many."""

    def __init__(self, count: int):
        super().__init__(f"{count} pages need OCR")
        self.count = count


@dataclass(frozen=True)
class Source:
    """A file as bytes.

    `name` is its path relative to the corpus, with ``/``; `password` opens it where it is encrypted;
    `ocr` says what is done with scanned pages.
    """

    name: str
    data: bytes
    password: str | None = None
    ocr: Ocr = Ocr.READ

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def has_pdf_signature(self) -> bool:
        """Whether the bytes begin as those of a PDF, whatever the name says."""
        return _PDF_SIGNATURE in self.data[:_SIGNATURE_WITHIN]


@dataclass(frozen=True)
class Reader:
    """A detector of one format.

    `read` answers with a `Document`, or None where the source is not of its format, or raises
    `RapextractError` where it is but can't be read. Readers are asked in the order of `priority`,
    the lowest first.
    """

    name: str
    priority: int
    read: Callable[[Source], Document | None]


def load_source(
    path: Path, corpus: Path | None = None, password: str | None = None, ocr: Ocr = Ocr.READ
) -> Source:
    """Read the bytes of `path`; its name is relative to `corpus`, or its bare file name.

    Raises `RapextractError` (R01, R06) where the file is empty or can't be opened.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RapextractError(UNREADABLE(reason=error.strerror or type(error).__name__)) from error
    if not data:
        raise RapextractError(EMPTY_SOURCE())
    name = path.name if corpus is None else path.relative_to(corpus).as_posix()
    return Source(name=name, data=data, password=password, ocr=ocr)
