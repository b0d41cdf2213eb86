"""Proves a dataset: each figure against its source opened again, each file against the others."""

from .run import Proof, Verification, verify
from .tally import Failure

__all__ = ["Failure", "Proof", "Verification", "verify"]
