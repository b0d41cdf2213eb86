"""Rows in, files out: the writer of a dataset folder.

Everything is first written to a staging folder beside the output; only then is each file whose bytes
changed moved into place, in one step of the file system. A reader of the folder thus sees the old file
or the new one, and an unchanged file keeps its place and date.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from rapextract.model import ROWS, Records, Row

from .csvs import CsvFile
from .duck import build_database
from .neutral import neutral_text
from .package import DATABASE_FILE, PACKAGE_FILE, TEXT_FOLDER, FileFacts, Origin, data_package

STATE_FOLDER = ".rapextract"
_MANIFEST = "manifest.json"
_STAGING = "staging"
_PIECE = 100_000  # characters


class DatasetWriter:
    """Writes the files of a dataset; call `add` once a report, `add_rows` for the rest, then `finish`."""

    def __init__(self, folder: Path):
        """Start to write the dataset in `folder`, which exists."""
        self._folder = folder
        self._staging = folder / STATE_FOLDER / _STAGING
        shutil.rmtree(self._staging, ignore_errors=True)
        self._staging.parent.mkdir(exist_ok=True)
        self._staging.mkdir()  # fails where `folder` was removed: it does not come back by itself
        (self._staging / TEXT_FOLDER).mkdir()
        self._files = {
            row_type: CsvFile(self._staging / f"{row_type.FILE}.csv", row_type) for row_type in ROWS
        }
        self._text_ids: list[str] = []

    def add(self, records: Records) -> None:
        """Write the rows and the reading text of a report."""
        self.add_rows([records.report])
        for rows in (
            records.problems,
            records.sections,
            records.figures,
            records.headcounts,
            records.tables,
            records.table_cells,
            records.acronyms,
        ):
            self.add_rows(rows)
        if records.text:
            report_id = records.report.report_id
            self._text_ids.append(report_id)
            path = self._staging / TEXT_FOLDER / f"{report_id}.txt"
            with path.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(in_pieces(neutral_text(records.text)))

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Write rows of any kind, each to its file."""
        for row in rows:
            self._files[type(row)].write(row)

    def counts(self) -> dict[str, int]:
        """Rows written so far, by file."""
        return {row_type.FILE: file.row_count for row_type, file in self._files.items()}

    def finish(self, origin: Origin, state: str, summary: dict[str, dict[str, int]]) -> None:
        """Complete the dataset and put it in place.

        `state` stands for everything the dataset was made from; `is_current` compares it.
        `summary` is kept beside it for `manifest_summary`.
        """
        self._close_files()
        facts = {
            path.relative_to(self._staging).as_posix(): file_facts(path)
            for path in sorted(self._staging.rglob("*"))
            if path.is_file()
        }
        package = self._staging / PACKAGE_FILE
        package.write_text(data_package(origin, facts, sorted(self._text_ids)), encoding="utf-8", newline="")
        facts[PACKAGE_FILE] = file_facts(package)
        content = _content_digest({name: f for name, f in facts.items() if name.endswith(".csv")})
        old = _manifest(self._folder)
        database = self._folder / DATABASE_FILE
        kept = FileFacts(**old["files"][DATABASE_FILE]) if DATABASE_FILE in old.get("files", {}) else None
        if kept is None or old.get("content") != content or _facts_or_none(database) != kept:
            build_database(self._staging, self._staging / DATABASE_FILE)
            kept = file_facts(self._staging / DATABASE_FILE)
        facts[DATABASE_FILE] = kept
        manifest = {
            "state": state,
            "content": content,
            "summary": summary,
            "files": {name: {"bytes": f.bytes, "sha256": f.sha256} for name, f in sorted(facts.items())},
        }
        staged_manifest = self._staging / _MANIFEST
        staged_manifest.write_bytes(json.dumps(manifest, indent=1).encode())
        # From here on nothing takes room on the disk: all is put in place, or nothing.
        self._put_in_place(facts)
        staged_manifest.replace(_manifest_path(self._folder))
        self.close()

    def close(self) -> None:
        """Close the CSVs and remove what was not put in place; safe to call twice."""
        try:
            self._close_files()
        finally:
            shutil.rmtree(self._staging, ignore_errors=True)  # a full disk needs the room

    def _close_files(self) -> None:
        for file in self._files.values():
            file.close()

    def _put_in_place(self, facts: dict[str, FileFacts]) -> None:
        (self._folder / TEXT_FOLDER).mkdir(exist_ok=True)
        for name, wanted in facts.items():
            staged, place = self._staging / name, self._folder / name
            if staged.exists() and _facts_or_none(place) != wanted:
                staged.replace(place)
        for path in (self._folder / TEXT_FOLDER).glob("r*.txt"):
            if f"{TEXT_FOLDER}/{path.name}" not in facts:
                path.unlink()


def in_pieces(text: str) -> Iterator[str]:
    """`text` cut every some thousand characters: encoding a long one at once takes thrice its memory."""
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def is_current(folder: Path, state: str) -> bool:
    """Whether `folder` holds, untouched, the dataset made from `state`."""
    manifest = _manifest(folder)
    if manifest.get("state") != state:
        return False
    return all(
        _facts_or_none(folder / name) == FileFacts(**facts) for name, facts in manifest["files"].items()
    )


def manifest_summary(folder: Path) -> dict[str, dict[str, int]]:
    """The summary that the last complete run left in `folder`."""
    summary = _manifest(folder).get("summary", {})
    return {part: summary.get(part, {}) for part in ("reports", "rows", "decisions")}


def manifest_files(folder: Path) -> dict[str, FileFacts]:
    """The files that the last complete run left in `folder`, as it wrote them."""
    return {name: FileFacts(**facts) for name, facts in _manifest(folder).get("files", {}).items()}


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path` whole or not at all."""
    with written_atomically(path) as stream:
        stream.write(data)


@contextmanager
def written_atomically(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write; what was written is at `path` when all went well, and nowhere else."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")  # no other process writes this one
    try:
        with temporary.open("wb") as stream:
            yield stream
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)  # a full disk needs the room
        raise


def file_facts(path: Path) -> FileFacts:
    """Size and SHA-256 of a file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return FileFacts(bytes=path.stat().st_size, sha256=digest)


def _facts_or_none(path: Path) -> FileFacts | None:
    try:
        return file_facts(path)
    except OSError:
        return None


def _content_digest(facts: dict[str, FileFacts]) -> str:
    return hashlib.sha256(json.dumps({n: f.sha256 for n, f in sorted(facts.items())}).encode()).hexdigest()


def _manifest_path(folder: Path) -> Path:
    return folder / STATE_FOLDER / _MANIFEST


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(_manifest_path(folder).read_bytes())
        return manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else {}
    except (OSError, ValueError):
        return {}
