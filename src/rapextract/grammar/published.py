"""What the outside sees of grammars: list them, show an entry with its place, the JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from ..model import problems
from ..model.base import Frozen
from .kinds import FILES
from .load import load_grammar
from .mistakes import GrammarError, nearest
from .schema import Entry


class Listed(Frozen):
    """An entry of a grammar in a list: what it is, where it stands, why it exists."""

    id: str
    kind: str
    place: str
    why: str
    examples: int
    counter_examples: int


def grammar_list(grammars: Path | str | None = None) -> list[Listed]:
    """Every entry of the shipped grammars with those of the folder `grammars` added."""
    return [_listed(entry, str(place), place.kind) for entry, place in load_grammar(grammars).located()]


def grammar_show(entry_id: str, grammars: Path | str | None = None) -> list[dict[str, Any]]:
    """The entries of this id (one a kind): `kind`, `place` and all that they say, pieces set in.

    Raises `GrammarError` with the nearest id where there is none.
    """
    grammar = load_grammar(grammars)
    found = [(entry, place) for entry, place in grammar.located() if entry.id == entry_id]
    if not found:
        known = {entry.id for entry, _ in grammar.located()}
        raise GrammarError([problems.GRAMMAR_NO_ENTRY(entry_id=entry_id, near=nearest(entry_id, known))])
    return [
        {"kind": place.kind, "place": str(place), **entry.model_dump(mode="json", exclude_defaults=True)}
        for entry, place in found
    ]


def grammar_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a grammar file, whatever its kind."""
    models = list(FILES.values())
    references, schema = models_json_schema([(model, "validation") for model in models], by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A grammar file of rapextract",
        "oneOf": [references[model, "validation"] for model in models],
        **schema,
    }


def grammar_schema_text() -> str:
    """The published form of `grammar_schema`: docs/grammar.schema.json, byte for byte."""
    return json.dumps(grammar_schema(), ensure_ascii=False, indent=2) + "\n"


def _listed(entry: Entry, place: str, kind: str) -> Listed:
    return Listed(
        id=entry.id,
        kind=kind,
        place=place,
        why=entry.why,
        examples=len(getattr(entry, "examples", ())),
        counter_examples=len(getattr(entry, "counter_examples", ())),
    )
