"""Memory that is no longer needed, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache


@cache
def _trim() -> Callable[[int], int] | None:
    """`malloc_trim` of the GNU C library (malloc.h); None elsewhere."""
    if sys.platform != "linux":
        return None
    with suppress(OSError, AttributeError):
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
        return trim
    return None


def release_memory() -> None:
    """Let the C library give its free pages back, as it does by itself at the end of its heap only.

    After a long report that is most of what was taken. Without effect where the library has no such call.
    """
    if (trim := _trim()) is not None:
        trim(0)
