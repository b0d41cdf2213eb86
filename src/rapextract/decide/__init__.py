"""Takes a researcher's decisions down in the log beside the corpus; `ingest` applies them."""

from .commands import decide_accept, decide_add, decide_correct, decide_merge, decide_reject
from .spreadsheet import decide_import

__all__ = [
    "decide_accept",
    "decide_add",
    "decide_correct",
    "decide_import",
    "decide_merge",
    "decide_reject",
]
