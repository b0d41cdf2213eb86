"""Tables of PDF pages: `find_tables` on one page, `TableJoiner` over consecutive ones."""

from .core import find_tables
from .found import Area, FoundCell, FoundTable
from .join import Belongs, TableJoiner, at_foot
from .vet import runs_beside
from .words import is_leader

__all__ = [
    "Area",
    "Belongs",
    "FoundCell",
    "FoundTable",
    "TableJoiner",
    "at_foot",
    "find_tables",
    "is_leader",
    "runs_beside",
]
