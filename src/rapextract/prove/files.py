"""The files of a dataset as the run wrote them: the hashes that it left, and rows that are rows.

The hashes of `datapackage.json`, and of the run's own manifest where that is still there, find any edit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

import rapextract
from rapextract.dataset.columns import columns
from rapextract.dataset.csvs import read_csv
from rapextract.dataset.export import file_facts, manifest_files
from rapextract.dataset.package import PACKAGE_FILE, TEXT_FOLDER, FileFacts
from rapextract.engine.store import program_fingerprint
from rapextract.model import ROWS, Problem, Row
from rapextract.model.problems import FILE_EDITED, FILE_MISSING, OTHER_PROGRAM, ROW_BROKEN

from .tally import At, Tally

Rows = Mapping[type[Row], list[Any]]
"""The rows of each file, in the order of the file."""

_WRITTEN = "files as written"
_WHOLE = "rows whole"


def check_files(folder: Path, tally: Tally) -> None:
    """Every file against the hashes that the run left."""
    described, manifest = _described(folder, tally), manifest_files(folder)
    for name in sorted(described.keys() | manifest.keys()):
        wanted = [facts[name] for facts in (described, manifest) if name in facts]
        try:
            found = file_facts(folder / name)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            tally.check(_WRITTEN, False, FILE_MISSING, At(name), reason=reason)
            continue
        same = all(found == facts for facts in wanted)
        tally.check(_WRITTEN, same, FILE_EDITED, At(name), reason="its bytes are others")
    for path in sorted((folder / TEXT_FOLDER).glob("*")):
        name = path.relative_to(folder).as_posix()
        if described and name not in described:
            tally.check(_WRITTEN, False, FILE_MISSING, At(name), reason="nothing tells of it")


def other_program(folder: Path) -> Problem | None:
    """Says that another program than this one made the dataset in `folder`; None where it is this one.

    Two states of a version that is being worked on are told apart by the digest of what reads.
    """
    try:
        made = json.loads((folder / PACKAGE_FILE).read_bytes())["rapextract"]
        version, program = str(made["version"]), made.get("program")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if version != rapextract.__version__:
        return OTHER_PROGRAM(made=version, now=rapextract.__version__)
    if program != program_fingerprint():
        return OTHER_PROGRAM(made=f"{version} in another state", now="as it is now")
    return None


def _described(folder: Path, tally: Tally) -> dict[str, FileFacts]:
    """What `datapackage.json` says of each file."""
    try:
        package = json.loads((folder / PACKAGE_FILE).read_bytes())
        return {
            each["path"]: FileFacts(each["bytes"], each["hash"].removeprefix("sha256:"))
            for each in package["resources"]
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__} while reading it"
        tally.check(_WRITTEN, False, FILE_MISSING, At(PACKAGE_FILE), reason=reason)
        return {}


def read_rows(folder: Path, tally: Tally) -> Rows:
    """The rows of every file; a row that is none is told and left out."""
    return {row_type: list(_rows(folder / f"{row_type.FILE}.csv", row_type, tally)) for row_type in ROWS}


def _rows(path: Path, row_type: type[Row], tally: Tally) -> Iterator[Row]:
    required = {column.name for column in columns(row_type) if column.required}
    names = [column.name for column in columns(row_type)]
    number = 0
    try:
        for number, cells in enumerate(read_csv(path), start=1):
            reason = ""
            if list(cells) != names:
                reason = "its columns are others"
            else:
                try:
                    yield row_type.model_validate({n: c for n, c in cells.items() if c or n in required})
                except ValidationError as error:
                    first = error.errors()[0]
                    reason = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            tally.check(_WHOLE, not reason, ROW_BROKEN, At(path.name), row=number, reason=reason)
    except (OSError, ValueError) as error:  # no such file, no UTF-8
        reason = type(error).__name__
        tally.check(_WHOLE, False, ROW_BROKEN, At(path.name), row=number + 1, reason=reason)
