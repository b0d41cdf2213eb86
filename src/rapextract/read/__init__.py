"""From bytes to a `Document`, one reader a format.

A reader is a detector with a priority that answers None where it does not apply; see `Reader`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from rapextract.model import Document, RapextractError
from rapextract.model.problems import UNKNOWN_FORMAT

from .source import Reader, Source, load_source

__all__ = [
    "SUFFIXES",
    "Reader",
    "Source",
    "load_source",
    "read_document",
    "read_source",
    "reader_modules",
]

_PDF = "rapextract.read.pdf.reader"
_HTML = "rapextract.read.html"
_MARKDOWN = "rapextract.read.markdown"
_TEXT = "rapextract.read.text"
_READERS: dict[str, tuple[str, ...]] = {
    ".pdf": (_PDF,),
    ".html": (_HTML,),
    ".htm": (_HTML,),
    ".xhtml": (_HTML,),
    ".md": (_MARKDOWN, _TEXT),
    ".markdown": (_MARKDOWN, _TEXT),
    ".txt": (_MARKDOWN, _TEXT),
    ".text": (_MARKDOWN, _TEXT),
}
SUFFIXES: frozenset[str] = frozenset(_READERS)
"""Endings of the files that a reader may take."""


def reader_modules(suffix: str) -> tuple[str, ...]:
    """The modules that can read files of this ending (with its dot, in lower case).

    Each brings its own parser, so one is imported when a source asks for it.
    """
    return _READERS.get(suffix, ())


def read_source(source: Source) -> Document:
    """Read a source with the first reader that takes it.

    Raises `RapextractError`: R04 where no reader does, else what that reader found wrong.
    """
    for reader in _readers_of(source):
        document = reader.read(source)
        if document is not None:
            return document
    raise RapextractError(UNKNOWN_FORMAT(suffix=source.suffix or "missing"))


def _readers_of(source: Source) -> list[Reader]:
    """The readers that may take `source`, in the order they are asked."""
    modules = {*reader_modules(source.suffix), *((_PDF,) if source.has_pdf_signature else ())}
    readers: list[Reader] = [import_module(module).READER for module in modules]
    return sorted(readers, key=lambda reader: (reader.priority, reader.name))


def read_document(
    path: str | Path, corpus: str | Path | None = None, password: str | None = None, ocr: bool = True
) -> Document:
    """Read the report at `path`.

    `corpus` is the folder that `Document.source` is relative to (default: the file's own folder);
    `password` opens an encrypted PDF; without `ocr`, scanned pages are left out. Raises
    `RapextractError` with a problem of kind R… or P…
    """
    folder = Path(corpus) if corpus is not None else None
    return read_source(load_source(Path(path), folder, password, ocr))
