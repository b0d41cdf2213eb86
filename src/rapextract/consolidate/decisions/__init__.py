"""Researchers' decisions: the log beside the corpus, and its entries applied last on every run."""

from .apply import Decisions
from .figure import BY_DECISION
from .locate import Found, find_quote
from .log import LOG_NAME, append_log, existing_log, read_log, wrong_change

__all__ = [
    "BY_DECISION",
    "LOG_NAME",
    "Decisions",
    "Found",
    "append_log",
    "existing_log",
    "find_quote",
    "read_log",
    "wrong_change",
]
