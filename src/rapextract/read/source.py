"""What a reader is given: one file, and what is known of it before it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import SEEK_END, BufferedReader
from pathlib import Path, PurePosixPath

from rapextract.model import Document, RapextractError
from rapextract.model.problems import EMPTY_SOURCE, UNREADABLE

_PDF_SIGNATURE = b"%PDF-"
_SIGNATURE_WITHIN = 1024  # bytes from the start (PDF 32000-1, annex H, note 13)


class OcrFailed(Exception):
    """The OCR engine did not read a picture; its text says why."""


def _unlimited(seconds: float) -> None:
    """What `Source.ask_time` is where nobody limits the time."""


@dataclass(frozen=True)
class Source:
    """A file to be read.

    `name` is its path relative to the corpus, with ``/``; `content` its bytes, or the path of the file that
    holds them: a PDF is read from the disk page by page; `password` opens it where it is encrypted; without
    `ocr`, scanned pages are left out. A reader calls `ask_time` with the seconds that what it has found to do
    may take, for whoever limits its time.
    """

    name: str
    content: bytes | Path
    password: str | None = None
    ocr: bool = True
    ask_time: Callable[[float], None] = field(default=_unlimited, repr=False, compare=False)

    @cached_property
    def data(self) -> bytes:
        """The bytes. Raises `RapextractError` (R06) where the file can't be read."""
        if isinstance(self.content, bytes):
            return self.content
        with _readable(self.content) as stream:
            return stream.read()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal. Raises as `data` does."""
        if isinstance(self.content, bytes):
            return hashlib.sha256(self.content).hexdigest()
        with _readable(self.content) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @cached_property
    def byte_count(self) -> int:
        """How many bytes. Raises as `data` does."""
        if isinstance(self.content, bytes):
            return len(self.content)
        with _readable(self.content) as stream:
            return stream.seek(0, SEEK_END)

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot."""
        return PurePosixPath(self.name).suffix.lower()

    @cached_property
    def has_pdf_signature(self) -> bool:
        """Whether the bytes begin as those of a PDF, whatever the name says. Raises as `data` does."""
        if isinstance(self.content, bytes):
            return _is_pdf(self.content)
        with _readable(self.content) as stream:
            return _is_pdf(stream.read(_SIGNATURE_WITHIN))


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
    path: Path,
    corpus: Path | None = None,
    password: str | None = None,
    ocr: bool = True,
    ask_time: Callable[[float], None] = _unlimited,
) -> Source:
    """The file at `path`; its name is relative to `corpus`, or its bare file name. Else as in `Source`.

    Raises `RapextractError` (R01, R06) where the file is empty or can't be opened.
    """
    name = path.name if corpus is None else path.relative_to(corpus).as_posix()
    with _readable(path) as stream:
        begin = stream.read(_SIGNATURE_WITHIN)
        if not begin:
            raise RapextractError(EMPTY_SOURCE())
        if path.suffix.lower() == ".pdf" or _is_pdf(begin):
            return Source(name, path, password, ocr, ask_time)
        return Source(name, begin + stream.read(), password, ocr, ask_time)


def _is_pdf(data: bytes) -> bool:
    return _PDF_SIGNATURE in data[:_SIGNATURE_WITHIN]


@contextmanager
def _readable(path: Path) -> Iterator[BufferedReader]:
    """The file at `path` for reading; what the system has against that becomes R06."""
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise RapextractError(UNREADABLE(reason=error.strerror or type(error).__name__)) from error
