"""From bytes to a `Document`, one reader a format.

A reader is a detector with a priority that answers None where it does not apply; see `Reader`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rapextract.model import Document, RapextractError
from rapextract.model.problems import UNKNOWN_FORMAT

from .source import Ocr, Reader, ScannedPages, Source, load_source

__all__ = [
    "SUFFIXES",
    "Ocr",
    "Reader",
    "ScannedPages",
    "Source",
    "load_source",
    "read_document",
    "read_source",
    "readers",
]

SUFFIXES: frozenset[str] = frozenset({".pdf", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text"})
"""Endings of the files that a reader may take."""


@cache
def readers() -> tuple[Reader, ...]:
    """All readers, in the order they are asked."""
    # Imported here: each reader brings its own parser, and importing this package stays cheap.
    from .html import READER as html
    from .markdown import READER as markdown
    from .pdf.reader import READER as pdf
    from .text import READER as text

    return tuple(sorted((html, markdown, pdf, text), key=lambda reader: reader.priority))


def read_source(source: Source) -> Document:
    """Read a source with the first reader that takes it.

    Raises `RapextractError`: R04 where no reader does, else what that reader found wrong; and
    `ScannedPages` where the source says so.
    """
    for reader in readers():
        document = reader.read(source)
        if document is not None:
            return document
    raise RapextractError(UNKNOWN_FORMAT(suffix=source.suffix or "no suffix"))


def read_document(
    path: str | Path, corpus: str | Path | None = None, password: str | None = None, ocr: bool = True
) -> Document:
    """Read the report at `path`.

    `corpus` is the folder that `Document.source` is relative to (default: the file's own folder);
    `password` opens an encrypted PDF; without `ocr`, scanned pages are left out. Raises
    `RapextractError` with a problem of kind R… or P…
    """
    folder = Path(corpus) if corpus is not None else None
    return read_source(load_source(Path(path), folder, password, Ocr.READ if ocr else Ocr.LEAVE))
