"""Tables of PDF pages: `find_tables` on one page, `join_pages` over consecutive ones."""

from .core import find_tables
from .found import Area, FoundCell, FoundTable
from .join import join_pages

__all__ = ["Area", "FoundCell", "FoundTable", "find_tables", "join_pages"]
