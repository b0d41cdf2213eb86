"""Runs read and extract over many reports, in worker processes, and keeps what was read."""

from .run import DEFAULT_MEMORY, DEFAULT_OUTPUTS, DEFAULT_TIMEOUT, Progress, Run, ingest
from .worker import Outcome

__all__ = [
    "DEFAULT_MEMORY",
    "DEFAULT_OUTPUTS",
    "DEFAULT_TIMEOUT",
    "Outcome",
    "Progress",
    "Run",
    "ingest",
]
