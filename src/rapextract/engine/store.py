"""What is known of each report already: one entry a report, written whole or not at all.

The key of an entry is made of the report's bytes and its name, the program (version, its own code and
the libraries that read) and the grammars. Change any of them and the report is read again; change nothing
and it is not. Some outcomes also hang on how the program was called (a time limit, a password, an OCR
engine that is not installed); their key takes that in as well, see `Circumstances`.

An entry is the report's `Records` as gzipped lines of JSON: first the report without text and rows, then its
text, some thousand characters a line, and some hundreds of rows a line, so that a long report is nowhere in
memory as one JSON. A damaged entry counts as
none.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any, get_args

import rapextract
from rapextract.dataset.export import STATE_FOLDER, in_pieces, written_atomically
from rapextract.model import Packed, Records, Row
from rapextract.model.packed import json_of_rows, rows_of_json
from rapextract.model.problems import (
    NO_TEXT,
    PDF_PAGE_LAYER,
    PDF_PAGE_NO_OCR,
    PDF_PAGE_OCR,
    PDF_PAGE_SCANNED,
    PDF_PASSWORD,
    READER_KILLED,
    TOO_LARGE,
    TOO_SLOW,
)


def _row_type(annotation: Any) -> type[Row]:
    """The model of the rows that a field holds: `tuple[Kind, ...]`, `Packed[Kind]`, or either."""
    (first, *_) = get_args(annotation)
    return _row_type(first) if get_args(first) else first


_ROWS: dict[str, type[Row]] = {
    name: _row_type(field.annotation) for name, field in Records.model_fields.items() if field.default == ()
}
"""The fields of `Records` that hold rows, and the model of these."""
_PACKED = ("sections", "figures", "tables", "table_cells")
"""Those of them that stay packed."""
_TEXT = "text"
_LIBRARIES = ("charset-normalizer", "lxml", "markdown-it-py", "pypdfium2", "regex")
_CODE_ROOMS = ("model", "french", "read", "grammar", "extract", "engine")
_CIRCUMSTANTIAL = frozenset(
    kind.code
    for kind in (
        TOO_SLOW,
        TOO_LARGE,
        READER_KILLED,
        PDF_PASSWORD,
        NO_TEXT,
        PDF_PAGE_SCANNED,
        PDF_PAGE_NO_OCR,
        PDF_PAGE_OCR,
        PDF_PAGE_LAYER,
    )
)


@dataclass(frozen=True)
class Circumstances:
    """How the program was called, as far as an outcome can hang on it.

    `timeout` in seconds and `memory` in megabytes limit the reading of one report; `ocr` says whether
    scanned pages are read.
    """

    timeout: float
    memory: int
    password: str | None = None
    ocr: bool = True

    def digest(self) -> str:
        """A digest that tells two circumstances apart; the password can't be got back from it."""
        parts = [self.timeout, self.memory, self.password, self.ocr and ocr_engine()]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def ocr_engine() -> str:
    """What could read scanned pages here; empty where nothing could."""
    program = which("tesseract")
    return program if program is not None and find_spec("pytesseract") is not None else ""


@cache
def program_fingerprint() -> str:
    """Digest of what reads and extracts: version, source code of the rooms, versions of the libraries."""
    digest = hashlib.sha256(f"{rapextract.__version__}\0{code_digest(_CODE_ROOMS)}".encode())
    for library in _LIBRARIES:
        try:
            digest.update(f"\0{library}={version(library)}".encode())
        except PackageNotFoundError:
            digest.update(f"\0{library}=none".encode())
    return digest.hexdigest()


@cache
def code_digest(rooms: tuple[str, ...]) -> str:
    """Digest of the source code of some rooms: between releases the version alone would not tell."""
    digest = hashlib.sha256()
    package = Path(rapextract.__file__).parent
    for room in rooms:
        for path in sorted((package / room).rglob("*.py")):
            digest.update(f"\0{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class Store:
    """The entries in an output folder."""

    def __init__(self, outputs: Path, grammar: str, circumstances: Circumstances):
        """Open the store in `outputs` for grammars with the fingerprint `grammar`."""
        self.outputs = outputs
        self._folder = outputs / STATE_FOLDER / "store"
        self._circumstances = circumstances
        self._base = f"{program_fingerprint()}\0{grammar}"

    def make(self) -> None:
        """Make the folder of the entries where it is missing.

        Not left to `save`: that would bring an output folder back which was removed while a run, and its
        lock, were in it.
        """
        self._folder.mkdir(parents=True, exist_ok=True)

    def keys(self, sha256: str, source: str) -> tuple[str, str]:
        """The key of a report's entry, and that of an outcome under these circumstances only."""
        general = hashlib.sha256(f"{self._base}\0{sha256}\0{source}".encode()).hexdigest()[:40]
        special = hashlib.sha256(f"{general}\0{self._circumstances.digest()}".encode()).hexdigest()[:40]
        return general, special

    def find(self, sha256: str, source: str) -> str | None:
        """The key under which there is an entry for this report, if there is one."""
        keys = self.keys(sha256, source)
        return next((key for key in keys if self.path(key).is_file()), None)

    def path(self, key: str) -> Path:
        """Where the entry of `key` is."""
        return self._folder / f"{key}.json.gz"

    def load(self, key: str) -> Records | None:
        """The entry of `key`; None, and the entry removed, where it is damaged."""
        try:
            with gzip.open(self.path(key)) as lines:
                return _records(lines)
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
            self.path(key).unlink(missing_ok=True)
            return None

    def save(self, sha256: str, records: Records) -> str:
        """Keep `records` of the report with these bytes; returns the key."""
        general, special = self.keys(sha256, records.report.source)
        codes = {records.report.code, *(problem.code for problem in records.problems)}
        key = special if codes & _CIRCUMSTANTIAL else general
        with (
            written_atomically(self.path(key)) as stream,
            gzip.GzipFile("", fileobj=stream, mode="wb", compresslevel=3, mtime=0) as file,
        ):
            file.writelines(_lines(records))
        return key

    def prune(self, keys: Iterable[str]) -> None:
        """Remove every entry but those of `keys`, and what interrupted runs left half written."""
        kept = {self.path(key).name for key in keys}
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if path.name not in kept:
                path.unlink(missing_ok=True)


def _lines(records: Records) -> Iterator[bytes]:
    """The lines of an entry: the report, then its rows, each line begun by the name of their field."""
    yield Records(report=records.report).model_dump_json(exclude_defaults=True).encode() + b"\n"
    for piece in in_pieces(records.text):
        yield _TEXT.encode() + b" " + json.dumps(piece).encode() + b"\n"
    for name, kind in _ROWS.items():
        rows = getattr(records, name)
        arrays = rows.json() if isinstance(rows, Packed) else json_of_rows(kind, rows)
        for _, data in arrays:
            yield name.encode() + b" " + data + b"\n"


def _records(lines: Iterable[bytes]) -> Records:
    """The records in the lines of an entry. Raises ValueError, KeyError or TypeError for damaged ones."""
    rest = iter(lines)
    records = Records.model_validate_json(next(rest, b""))
    packed: dict[str, Packed[Row]] = {name: Packed(_ROWS[name]) for name in _PACKED}
    rows: dict[str, list[Row]] = {}
    text: list[str] = []
    for line in rest:
        field, _, data = line.partition(b" ")
        name = field.decode()
        if name == _TEXT:
            text.append(json.loads(data))
        elif name in packed:
            packed[name].add_json(data)
        else:
            rows.setdefault(name, []).extend(rows_of_json(_ROWS[name], data))
    held = {name: tuple(those) for name, those in rows.items()}
    return records.model_copy(update={_TEXT: "".join(text), **held, **packed})
