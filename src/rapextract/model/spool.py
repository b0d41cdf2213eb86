"""What is done with for now, put aside outside memory: a long report must not fill it."""

from __future__ import annotations

import tempfile
from typing import NamedTuple

MOST_IN_MEMORY = 1_000_000  # bytes; what is more goes to a temporary file


class Place(NamedTuple):
    """Where something lies in a spool."""

    offset: int
    size: int


class Spool:
    """Bytes put aside, to be asked for again in any order; gone with the object.

    A temporary file takes what is more than `MOST_IN_MEMORY`.
    """

    def __init__(self) -> None:
        # Closed with the object: what asks for it outlives any `with` block.
        self._file = tempfile.SpooledTemporaryFile(max_size=MOST_IN_MEMORY)  # noqa: SIM115
        self._end = 0

    def put(self, data: bytes) -> Place:
        """Put `data` aside. Raises OSError where the disk does not take it."""
        self._file.seek(self._end)
        self._file.write(data)
        place = Place(self._end, len(data))
        self._end += len(data)
        return place

    def get(self, place: Place) -> bytes:
        """What was put at `place`."""
        self._file.seek(place.offset)
        return self._file.read(place.size)
