"""Which files of a corpus are read, and what is said of the others.

A corpus is one or more folders or files. Names in the dataset are relative to it: to the folder given,
to the folder of a single file, or, where several are given, to the deepest folder that holds them all.
Hidden files, the program's own outputs, logs of decisions and links are not walked into.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapextract.consolidate.decisions import LOG_NAME
from rapextract.dataset.export import STATE_FOLDER, write_atomically
from rapextract.dataset.neutral import neutral_text
from rapextract.model import Problem, RapextractError
from rapextract.model.problems import (
    ARCHIVE,
    DUPLICATE,
    EMPTY_SOURCE,
    NO_CORPUS,
    NO_REPORTS,
    NOT_A_CORPUS,
    ODD_NAME,
    OFFICE_DOCUMENT,
    OUTSIDE_CORPUS,
    UNKNOWN_FORMAT,
    UNREADABLE,
)
from rapextract.read import SUFFIXES

_ROOT = "corpus"  # file of the state folder
_ARCHIVES = frozenset(
    (".7z", ".arj", ".br", ".bz2", ".cab", ".gz", ".lz", ".lz4", ".lzma", ".rar", ".tar", ".tbz2", ".tgz",
     ".txz", ".xz", ".z", ".zip", ".zst")
)  # fmt: skip
_OFFICE_DOCUMENTS = frozenset(
    (".doc", ".docm", ".docx", ".epub", ".numbers", ".odp", ".ods", ".odt", ".pages", ".ppt", ".pptx",
     ".rtf", ".xls", ".xlsm", ".xlsx")
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A file of the corpus.

    `path` is where it is, `source` its name in the dataset, `problem` why it is not read (None: it is).
    `sha256` and `byte_count` are of its bytes where they could be read.
    """

    path: Path
    source: str
    sha256: str = ""
    byte_count: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class Corpus:
    """The files of a corpus, ordered by source; `root` is the folder that sources are relative to."""

    root: Path
    candidates: tuple[Candidate, ...]

    @property
    def reports(self) -> tuple[Candidate, ...]:
        """The files that are to be read."""
        return tuple(c for c in self.candidates if c.problem is None)

    def with_changed(self, changed: Iterable[Candidate]) -> Corpus:
        """This corpus where some files have come to hold other bytes."""
        now = {candidate.source: candidate for candidate in changed}
        candidates = (now.get(candidate.source, candidate) for candidate in self.candidates)
        return Corpus(self.root, tuple(_without_duplicates([_without_verdict(c) for c in candidates])))


def find_corpus(paths: Sequence[Path], outputs: Path) -> Corpus:
    """Walk the corpus at `paths`; hash every file that a reader may take.

    Raises `RapextractError`: U01 (a path is missing), U02 (no file for a reader), U08 (a path is a dataset).
    """
    places = [_existing(path) for path in paths]
    output = Path(os.path.realpath(outputs))
    for path, place in zip(paths, places, strict=True):
        if place == output:
            raise RapextractError(NOT_A_CORPUS(path=path, reason="it is the output folder as well"))
        if _is_output(place, output):
            raise RapextractError(NOT_A_CORPUS(path=path, reason="it holds a dataset of rapextract"))
    folders = _folders(places)
    root = Path(os.path.commonpath(folders))
    found = {path: problem for place in places for path, problem in _walk(place, folders, output)}
    candidates = [_candidate(path, root, problem) for path, problem in found.items()]
    candidates = _without_duplicates(sorted(candidates, key=lambda candidate: candidate.source))
    if not any(candidate.path.suffix.lower() in SUFFIXES for candidate in candidates):
        raise RapextractError(NO_REPORTS(path=", ".join(map(str, paths))))
    return Corpus(root, tuple(candidates))


def corpus_root(paths: Sequence[Path]) -> Path:
    """The folder that sources of the corpus at `paths` are relative to; raises U01 (a path is missing)."""
    return Path(os.path.commonpath(_folders([_existing(path) for path in paths])))


def remember_root(outputs: Path, root: Path) -> None:
    """Leave word in `outputs` of the corpus that its dataset is made from, seen from there."""
    try:
        way = os.path.relpath(root, os.path.realpath(outputs))
    except ValueError:  # another drive
        way = str(root)
    path = outputs / STATE_FOLDER / _ROOT
    if not path.is_file() or path.read_text(encoding="utf-8") != way:
        write_atomically(path, way.encode())


def remembered_root(outputs: Path) -> Path | None:
    """The corpus that the last run on `outputs` was given, if it still is there."""
    try:
        way = (outputs / STATE_FOLDER / _ROOT).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    root = Path(os.path.realpath(Path(os.path.realpath(outputs)) / way))
    return root if root.is_dir() else None


def _folders(places: Sequence[Path]) -> list[Path]:
    return [place if place.is_dir() else place.parent for place in places]


def _existing(path: Path) -> Path:
    if not path.exists():
        raise RapextractError(NO_CORPUS(path=path))
    return Path(os.path.realpath(path))


def _walk(place: Path, folders: Sequence[Path], output: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Files at and under `place`, each with the reason that it is not read, if there is one already."""
    if not place.is_dir():
        yield place, None
        return
    failures: list[OSError] = []
    for folder_name, subfolders, names in os.walk(place, onerror=failures.append):
        folder = Path(folder_name)
        links = [name for name in subfolders if (folder / name).is_symlink()]
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not name.startswith(".") and name not in links and not _is_output(folder / name, output)
        )
        for name in sorted([*names, *links]):
            path = folder / name
            if name.startswith(".") or name == LOG_NAME:
                continue
            if not path.is_symlink():
                yield path, None
            elif not _inside(path, folders):
                yield path, OUTSIDE_CORPUS()
            elif name not in links:  # a folder inside the corpus is walked at its real place
                yield path, None
    for failure in failures:
        reason = failure.strerror or type(failure).__name__
        yield Path(os.fsdecode(failure.filename)), UNREADABLE(reason=reason)


def _is_output(folder: Path, output: Path) -> bool:
    return folder == output or (folder / STATE_FOLDER).is_dir()


def _inside(path: Path, folders: Sequence[Path]) -> bool:
    target = Path(os.path.realpath(path))
    return any(target.is_relative_to(folder) for folder in folders)


def _candidate(path: Path, root: Path, problem: Problem | None) -> Candidate:
    name = path.relative_to(root).as_posix()
    if _is_odd(name):
        shown = neutral_text(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))
        return Candidate(path, " ".join(shown.split("\n")), problem=ODD_NAME())
    if problem is not None:
        return Candidate(path, name, problem=problem)
    if path.suffix.lower() not in SUFFIXES:
        return Candidate(path, name, problem=_of_no_reader(path.suffix.lower()))
    return hashed(path, name)


def hashed(path: Path, name: str) -> Candidate:
    """The file at `path` as it is now, called `name` in the dataset."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            return Candidate(path, name, problem=UNREADABLE(reason="it is no ordinary file"))
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Candidate(path, name, problem=UNREADABLE(reason=reason))
    return Candidate(path, name, digest, size, None if size else EMPTY_SOURCE())


def _of_no_reader(suffix: str) -> Problem:
    if suffix in _ARCHIVES:
        return ARCHIVE(suffix=suffix)
    if suffix in _OFFICE_DOCUMENTS:
        return OFFICE_DOCUMENT(suffix=suffix)
    return UNKNOWN_FORMAT(suffix=suffix or "missing")


def _is_odd(name: str) -> bool:
    return neutral_text(name) != name or any(character in name for character in "\t\n\f\r")


def _without_verdict(candidate: Candidate) -> Candidate:
    """`candidate` before it was compared with the others."""
    if candidate.problem is not None and candidate.problem.code == DUPLICATE.code:
        return replace(candidate, problem=None)
    return candidate


def _without_duplicates(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Mark each file whose bytes an earlier one has."""
    first: dict[str, str] = {}
    kept: list[Candidate] = []
    for candidate in candidates:
        if candidate.problem is None:
            other = first.setdefault(candidate.sha256, candidate.source)
            if other != candidate.source:
                candidate = replace(candidate, problem=DUPLICATE(other=other))
        kept.append(candidate)
    return kept
