"""Researchers' decisions: the log beside the corpus, and its entries applied last on every run."""

from .apply import Decisions
from .log import LOG_NAME, append_log, existing_log, read_log

__all__ = ["LOG_NAME", "Decisions", "append_log", "existing_log", "read_log"]
