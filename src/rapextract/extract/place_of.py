"""Whose figure it is: the entity and the territory that govern a span of the text.

Nearest first: a unit that governs the number in its sentence, then its paragraph and article, then the
headings above, then the report's own identity.
"""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """An entity as the text names it and its territory in codes."""

    entity: str
    territory: str
    """ISO 3166-2: `FR-89`, `FR-BFC`, `FR`."""
    region_code: str
    """INSEE code of the region, empty for the whole country."""
    department_code: str
    """INSEE code of the department, empty for a region or the country."""
