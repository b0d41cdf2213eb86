"""Proves a dataset: each figure against its source opened again, each file against the others."""

from .reasons import Explanation, explain
from .run import Proof, Verification, verify
from .tally import Failure

__all__ = ["Explanation", "Failure", "Proof", "Verification", "explain", "verify"]
