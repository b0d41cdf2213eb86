"""From a `Document` and a `Grammar` to `Records`, one file a kind."""

from .context import Context
from .pipeline import extract_records
from .place_of import Place

__all__ = ["Context", "Place", "extract_records"]
