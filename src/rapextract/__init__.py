"""rapextract: French regional activity reports in, one dataset out.

Every command of the command line has a twin here, of the same name. Names are imported when first
used, so that ``import rapextract`` and ``rapextract --help`` stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rapextract.consolidate.suggest import suggest
    from rapextract.dataset.check import check
    from rapextract.dataset.diff import diff
    from rapextract.dataset.evaluate import evaluate
    from rapextract.dataset.open import open_dataset
    from rapextract.decide import (
        decide_accept,
        decide_add,
        decide_correct,
        decide_import,
        decide_merge,
        decide_reject,
    )
    from rapextract.engine import ingest
    from rapextract.extract import extract_records
    from rapextract.extract.examples import grammar_test
    from rapextract.grammar import grammar_list, grammar_schema, grammar_show, load_grammar
    from rapextract.model import RapextractError
    from rapextract.prove import explain, verify
    from rapextract.prove.show import show
    from rapextract.read import read_document

__version__ = "0.1.0"

_TWINS: dict[str, str] = {
    "ingest": "rapextract.engine",
    "show": "rapextract.prove.show",
    "verify": "rapextract.prove",
    "explain": "rapextract.prove",
    "check": "rapextract.dataset.check",
    "decide_accept": "rapextract.decide",
    "decide_add": "rapextract.decide",
    "decide_correct": "rapextract.decide",
    "decide_import": "rapextract.decide",
    "decide_merge": "rapextract.decide",
    "decide_reject": "rapextract.decide",
    "diff": "rapextract.dataset.diff",
    "evaluate": "rapextract.dataset.evaluate",
    "suggest": "rapextract.consolidate.suggest",
    "grammar_list": "rapextract.grammar",
    "grammar_show": "rapextract.grammar",
    "grammar_test": "rapextract.extract.examples",
    "grammar_schema": "rapextract.grammar",
    "open_dataset": "rapextract.dataset.open",
    "read_document": "rapextract.read",
    "extract_records": "rapextract.extract",
    "load_grammar": "rapextract.grammar",
    "RapextractError": "rapextract.model",
}
"""Public name → module that holds it."""

__all__ = [
    "RapextractError",
    "__version__",
    "check",
    "decide_accept",
    "decide_add",
    "decide_correct",
    "decide_import",
    "decide_merge",
    "decide_reject",
    "diff",
    "evaluate",
    "explain",
    "extract_records",
    "grammar_list",
    "grammar_schema",
    "grammar_show",
    "grammar_test",
    "ingest",
    "load_grammar",
    "open_dataset",
    "read_document",
    "show",
    "suggest",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562)."""
    if name in _TWINS:
        return getattr(import_module(_TWINS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted(__all__)
