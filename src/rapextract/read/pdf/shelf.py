"""What pages hold, put aside until all are known: of a usual report as it is, of a long one as bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from rapextract.model.spool import Place, Spool

MOST_HELD = 2000  # lines, or cells, that stay as they are: a few megabytes

T = TypeVar("T")


class Shelf(Generic[T]):
    """Things put aside, to be asked for again in any order.

    The first ones stay as they are, which saves packing and unpacking them; what is more waits outside
    memory.
    """

    def __init__(
        self,
        packed: Callable[[T], bytes],
        unpacked: Callable[[bytes], T],
        copied: Callable[[T], T] | None = None,
    ) -> None:
        """`packed` makes bytes of a thing, `unpacked` the thing of them.

        `copied` copies what would be changed by those who ask for it.
        """
        self._packed, self._unpacked, self._copied = packed, unpacked, copied
        self._spool = Spool()
        self._things: list[T | Place] = []
        self._left = MOST_HELD

    def __len__(self) -> int:
        """How many things were put aside."""
        return len(self._things)

    def put(self, thing: T, size: int) -> int:
        """Put a thing of `size` lines or cells aside, and tell its number: 0, 1, 2, …

        Raises OSError where the disk does not take it.
        """
        self._left -= size
        self._things.append(thing if self._left >= 0 else self._spool.put(self._packed(thing)))
        return len(self._things) - 1

    def get(self, number: int) -> T:
        """The thing with this number."""
        thing = self._things[number]
        if isinstance(thing, Place):
            return self._unpacked(self._spool.get(thing))
        return thing if self._copied is None else self._copied(thing)
