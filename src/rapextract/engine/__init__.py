"""Runs read and extract over many reports, in worker processes, and keeps what was read."""

from .run import Progress, Run, ingest
from .worker import Outcome

__all__ = ["Outcome", "Progress", "Run", "ingest"]
