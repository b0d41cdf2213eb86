"""Reference annotations: what a person says a report states. JSON Lines, one file a kind and report.

``figures.<doc>.jsonl`` and ``acronyms.<doc>.jsonl``; docs/evaluate.md tells what each field means.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from rapextract.model import RapextractError
from rapextract.model.problems import NO_REFERENCES


class Reference(BaseModel):
    """What every annotation has. Fields that the scores do not use are allowed and left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    doc: str
    quote: str
    occurrence: int = 1


class FigureReference(Reference):
    """A figure that a person found in a text."""

    raw: str
    raw_occurrence: int = 1
    value: float
    unit: str | None = None
    label: str | None = None
    period: str | None = None
    role: str = "observed"
    bound: str = "exact"
    kind: str = "prose"
    core: bool = True
    territory: str | list[str] | None = None
    start: int | None = None

    @property
    def territories(self) -> list[str] | None:
        """The territories that count as right; None where the annotation does not say."""
        return [self.territory] if isinstance(self.territory, str) else self.territory

    def place(self, text: str) -> int | None:
        """Where the number starts in the annotated text: as said, or through quote and number."""
        if self.start is not None:
            return self.start
        quote = _nth(text, self.quote, self.occurrence)
        raw = _nth(self.quote, self.raw, self.raw_occurrence)
        return None if quote is None or raw is None else quote + raw


class AcronymReference(Reference):
    """A tie of a short and a long form that a person found in a text."""

    short: str
    long: str


class References(BaseModel):
    """The annotations of one report; `doc` is the name of the annotated text."""

    model_config = ConfigDict(frozen=True)

    id: str
    doc: str
    figures: tuple[FigureReference, ...]
    acronyms: tuple[AcronymReference, ...] | None


def load_references(folder: Path) -> list[References]:
    """Every report's annotations in `folder`, ordered by name.

    Raises `RapextractError` (U06) where there are none or a line is no annotation.
    """
    paths = sorted(folder.glob("figures.*.jsonl")) if folder.is_dir() else []
    if not paths:
        raise RapextractError(NO_REFERENCES(path=folder, reason="there is no figures.<doc>.jsonl here"))
    return [_references(path) for path in paths]


def _references(path: Path) -> References:
    identifier = path.name.removeprefix("figures.").removesuffix(".jsonl")
    figures = _lines(path, FigureReference)
    if not figures:
        raise RapextractError(NO_REFERENCES(path=path, reason="the file is empty"))
    acronyms = path.with_name(f"acronyms.{identifier}.jsonl")
    return References(
        id=identifier,
        doc=figures[0].doc,
        figures=figures,
        acronyms=_lines(acronyms, AcronymReference) if acronyms.is_file() else None,
    )


R = TypeVar("R", bound=Reference)


def _lines(path: Path, model: type[R]) -> tuple[R, ...]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RapextractError(NO_REFERENCES(path=path, reason="it can't be read as UTF-8")) from error
    return tuple(_parsed(path, number, line, model) for number, line in enumerate(lines, 1) if line.strip())


def _parsed(path: Path, number: int, line: str, model: type[R]) -> R:
    try:
        content: Any = json.loads(line)
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        reason = f"`{'.'.join(map(str, first['loc']))}`: {first['msg']}"
    except ValueError as error:
        reason = f"no JSON ({error})"
    raise RapextractError(NO_REFERENCES(path=f"{path}:{number}", reason=reason))


def _nth(text: str, part: str, occurrence: int) -> int | None:
    """Where the `occurrence`-th `part` starts in `text`, counted from 1."""
    position = -1
    for _ in range(occurrence):
        position = text.find(part, position + 1)
        if position < 0:
            return None
    return position
