"""Many rows in little memory: compressed, put aside, and made again each time they are gone through."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from heapq import merge
from itertools import chain, islice
from typing import Any, TypeVar, get_args, overload

from pydantic import BaseModel, GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from .spool import Place, Spool

R = TypeVar("R", bound=BaseModel)

TOGETHER = 500
"""Rows that are written as one JSON array, and compressed as one."""
_LEVEL = 1  # of compression: the quickest


def json_of_rows(kind: type[R], rows: Iterable[R]) -> Iterator[tuple[int, bytes]]:
    """Rows of the model `kind` as JSON arrays of some hundreds, each with their number; one line each."""
    left = iter(rows)
    while some := tuple(islice(left, TOGETHER)):
        yield len(some), _adapter(kind).dump_json(some, exclude_defaults=True)


def rows_of_json(kind: type[R], data: bytes) -> tuple[R, ...]:
    """The rows in a JSON array. Raises `ValidationError` where it holds anything else."""
    return _adapter(kind).validate_json(data)


@cache
def _adapter(kind: type[R]) -> TypeAdapter[tuple[R, ...]]:
    return TypeAdapter(tuple[kind, ...])  # type: ignore[valid-type]


class Packed(Sequence[R]):
    """Rows of one kind, kept as compressed JSON: some thirtieth of the memory that they take as objects.

    What is more than a megabyte of that goes to a temporary file (`Spool`), so that adding and going through
    may raise OSError.
    Only the last of them, fewer than `TOGETHER`, stay as they are: packing those of a usual report would take
    longer than it helps. Made for going through from the first to the last. Equal to any sequence of equal
    rows. As a field of a pydantic model (`Packed[Kind]`) it takes a sequence of rows, and is written as one.
    """

    def __init__(self, kind: type[R], rows: Iterable[R] = ()):
        """Take the `rows` of the model `kind`."""
        self._kind = kind
        self._spool: Spool | None = None  # most reports never fill a chunk
        self._chunks: list[tuple[int, Place]] = []
        """How many rows each chunk has, and where it lies in the spool."""
        self._loose: list[R] = []
        """Those that came after the chunks."""
        self._change: Callable[[R], R] | None = None
        for row in rows:
            self.add(row)

    def changed(self, change: Callable[[R], R]) -> Packed[R]:
        """These rows as `change` makes them: each time that they are gone through, one by one."""
        before, copy = self._change, Packed(self._kind)
        copy._spool, copy._chunks, copy._loose = self._spool, self._chunks.copy(), self._loose.copy()
        copy._change = change if before is None else lambda row: change(before(row))
        return copy

    def add(self, row: R) -> None:
        """Add a row."""
        self._loose.append(row)
        if len(self._loose) >= TOGETHER:
            self._settle()

    def _settle(self) -> None:
        """Pack the rows that were added one by one."""
        for count, data in json_of_rows(self._kind, self._loose):
            self._put_aside(count, data)
        self._loose = []

    def _put_aside(self, count: int, data: bytes) -> None:
        """Put a JSON array of `count` rows into the spool."""
        if self._spool is None:
            self._spool = Spool()
        self._chunks.append((count, self._spool.put(zlib.compress(data, _LEVEL))))

    def _arrays(self) -> Iterator[tuple[int, bytes]]:
        """The JSON arrays that were put aside, each with its number of rows."""
        for count, place in self._chunks:
            assert self._spool is not None  # it has the chunks
            yield count, zlib.decompress(self._spool.get(place))

    def add_json(self, data: bytes) -> None:
        """Add the rows of a JSON array. Raises `ValidationError` where it holds anything else."""
        rows = rows_of_json(self._kind, data)
        if len(rows) + len(self._loose) < TOGETHER:
            self._loose += rows
            return
        self._settle()
        self._put_aside(len(rows), data)

    def json(self) -> Iterator[tuple[int, bytes]]:
        """The rows as `json_of_rows` gives them."""
        if self._change is not None:
            yield from json_of_rows(self._kind, self)
            return
        yield from self._arrays()
        yield from json_of_rows(self._kind, self._loose)

    def __len__(self) -> int:
        return sum(count for count, _ in self._chunks) + len(self._loose)

    def __iter__(self) -> Iterator[R]:
        packed = (rows_of_json(self._kind, data) for _, data in self._arrays())
        rows = chain(chain.from_iterable(packed), self._loose)
        return rows if self._change is None else map(self._change, rows)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} packed {self._kind.__name__}>"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        (kind,) = get_args(source)
        rows = handler.generate_schema(tuple[kind, ...])  # type: ignore[valid-type]
        packing = core_schema.no_info_after_validator_function(lambda given: cls(kind, given), rows)
        return core_schema.json_or_python_schema(
            json_schema=packing,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), packing]),
            serialization=core_schema.wrap_serializer_function_ser_schema(
                lambda packed, write: write(tuple(packed)), schema=rows
            ),
        )


def changed(rows: Sequence[R], change: Callable[[R], R]) -> Packed[R] | tuple[R, ...]:
    """`rows` as `change` makes them; packed ones stay packed."""
    return rows.changed(change) if isinstance(rows, Packed) else tuple(map(change, rows))


def in_order(kind: type[R], rows: Iterable[R], key: Callable[[R], tuple[int, ...]]) -> Iterator[R]:
    """`rows` of the model `kind` by `key`, packed while they wait; those with the same key keep their order.

    Made for a few runs of rows that are in order each: a run more takes the memory of some hundred rows.
    """
    runs: list[Packed[R]] = []
    last: tuple[int, ...] | None = None
    for row in rows:
        at = key(row)
        if last is None or at < last:
            runs.append(Packed(kind))
        runs[-1].add(row)
        last = at
    return merge(*runs, key=key)
