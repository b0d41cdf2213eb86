"""rapextract: French regional activity reports in, one dataset out.

Every command of the command line has a twin here, of the same name. Names are imported when first
used, so that ``import rapextract`` and ``rapextract --help`` stay quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_TWINS: dict[str, str] = {}
"""Public name → module that holds it."""

__all__ = ["__version__", *_TWINS]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562)."""
    if name in _TWINS:
        return getattr(import_module(_TWINS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
