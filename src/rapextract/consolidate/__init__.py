"""Records of all reports → rows of the dataset: fixed order, counts, the matrix of indicators."""

from .indicators import IndicatorMatrix
from .tidy import tidy

__all__ = ["IndicatorMatrix", "tidy"]
