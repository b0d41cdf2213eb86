"""Records of all reports → rows of the dataset: fixed order, counts, the matrix of indicators, checks."""

from .checks import Checks
from .indicators import IndicatorMatrix
from .tidy import tidy

__all__ = ["Checks", "IndicatorMatrix", "tidy"]
