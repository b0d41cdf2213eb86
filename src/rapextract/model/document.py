"""A `Document`: one reading text and the structure laid over it as spans.

Everything after `rapextract.read` works on text and spans. Offsets count Unicode characters of
`Document.text`, half open: ``text[start:end]``. Boxes are in PDF points, origin at the top left of
the page as a reader sees it (crop box and page rotation applied), pages numbered from 1.

What a long report has by the ten thousand (blocks, pages) are slotted dataclasses: such a one takes a tenth
of the memory that a pydantic model does. Spans and cells, of which most are made to be looked at once, are
named tuples: those are made in a fifth of the time.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import starmap
from typing import NamedTuple, Protocol, Self, overload

from pydantic import Field, PrivateAttr

from .base import Frozen
from .problems import Problem


class Span(NamedTuple):
    """A run of characters of the reading text, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A bounding box on a page, in PDF points from the top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class BlockKind(StrEnum):
    """What a block of the reading text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    PANEL = "panel"
    CAPTION = "caption"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of the reading text with one role on the page.

    Blocks are in reading order and do not overlap; white space between them belongs to none.
    `level` is the heading level (1 the highest) or the depth of a list item (1 the outermost),
    0 elsewhere. `table` is the index in `Document.tables` for a block of kind `table`.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None
    table: int | None = None


class Cell(NamedTuple):
    """A table cell: its place in the grid (0-based) and its span of the reading text.

    A merged cell stands once, at its top left, with its spans. An empty cell has `start == end`.
    """

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    header: bool = False


class Cells(Sequence[Cell]):
    """The cells of a table as numbers, a sixth of the memory: each is made when it is asked for."""

    __slots__ = ("_numbers",)
    _WIDTH = 7

    def __init__(self, cells: Iterable[Cell]):
        """Keep `cells` in their order."""
        self._numbers = array("i")
        for cell in cells:
            page = -1 if cell.page is None else cell.page
            self._numbers.extend(
                (
                    2 * cell.row + cell.header,
                    cell.column,
                    cell.start,
                    cell.end,
                    cell.row_span,
                    cell.column_span,
                    page,
                )
            )

    def __len__(self) -> int:
        return len(self._numbers) // self._WIDTH

    def __iter__(self) -> Iterator[Cell]:
        numbers = iter(self._numbers)
        return starmap(_cell, zip(*[numbers] * self._WIDTH, strict=True))

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, index: int | slice) -> Cell | tuple[Cell, ...]:
        if isinstance(index, slice):
            return tuple(self)[index]
        at = range(len(self))[index] * self._WIDTH
        return _cell(*self._numbers[at : at + self._WIDTH])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(tuple(self))


def _cell(row: int, column: int, start: int, end: int, row_span: int, column_span: int, page: int) -> Cell:
    return Cell(row // 2, column, start, end, row_span, column_span, None if page < 0 else page, row % 2 == 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid of cells laid over `start:end` of the reading text.

    `header_rows` and `header_columns` count the rows and columns that name the others.
    `detector` is the name of the reader that found the table, `confidence` its trust from 0 to 1.
    """

    start: int
    end: int
    row_count: int
    column_count: int
    cells: Sequence[Cell]
    header_rows: int = 1
    header_columns: int = 1
    caption: Span | None = None
    pages: tuple[int, ...] = ()
    detector: str = "markup"
    confidence: float = 1.0


class ReadBy(StrEnum):
    """How the characters of a page came to be known."""

    TEXT = "text"
    OCR = "ocr"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: the run of the reading text it holds and its size in points after rotation."""

    number: int
    start: int
    end: int
    width: float
    height: float
    read_by: ReadBy = ReadBy.TEXT
    ocr_confidence: float | None = None


OFF_PAGE = 1.0
"""Points by which a box may stand out of its page."""


class Places(Protocol):
    """What finds the boxes of a run of the reading text. A reader with pages gives one."""

    def boxes(self, start: int, end: int) -> list[Box]:
        """Boxes of ``text[start:end]``, one per line, in reading order."""
        ...

    def clear(self, start: int, end: int) -> bool:
        """Whether the characters in those boxes are these and no others."""
        ...


class Document(Frozen):
    """A report as read: reading text, blocks, tables, pages, and what went wrong.

    `source` is the path relative to the corpus, with ``/``; `sha256` is of the source's bytes.
    `title` is what the file format itself declares (HTML title, PDF metadata), if anything.
    """

    source: str
    media_type: str
    sha256: str
    byte_count: int
    text: str
    encoding: str | None = None
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()

    _places: Places | None = PrivateAttr(default=None)

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.start for block in self.blocks)

    @cached_property
    def _page_starts(self) -> tuple[int, ...]:
        return tuple(page.start for page in self.pages)

    @cached_property
    def _page_sizes(self) -> dict[int, tuple[float, float]]:
        return {page.number: (page.width, page.height) for page in self.pages}

    def with_places(self, places: Places) -> Self:
        """Return this document, able to answer `boxes` through `places`."""
        copy = self.model_copy()
        copy._places = places
        return copy

    def with_blocks(self, blocks: tuple[Block, ...]) -> Self:
        """Return this document with other `blocks`."""
        return self.model_copy(update={"blocks": blocks}).fresh()

    def fresh(self) -> Self:
        """This copy of a document, with nothing that was worked out for the other."""
        for name in ("_block_starts", "_page_starts", "_page_sizes"):
            self.__dict__.pop(name, None)
        return self

    def boxes(self, start: int, end: int) -> list[Box]:
        """Boxes of ``text[start:end]``, one per line; empty where the source has no pages."""
        return self._places.boxes(start, end) if self._places is not None else []

    def is_clear(self, start: int, end: int, boxes: Sequence[Box]) -> bool:
        """Whether ``text[start:end]``, in its `boxes`, stands on its page, and they hold no other characters.

        True where the source has no pages.
        """
        if self._places is None:
            return True
        return self._places.clear(start, end) and all(
            box.x0 >= -OFF_PAGE
            and box.top >= -OFF_PAGE
            and box.x1 <= self._page_sizes[box.page][0] + OFF_PAGE
            and box.bottom <= self._page_sizes[box.page][1] + OFF_PAGE
            for box in boxes
        )

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`, if one does."""
        index = bisect_right(self._block_starts, offset) - 1
        if index >= 0 and offset < self.blocks[index].end:
            return self.blocks[index]
        return None

    def page_at(self, offset: int) -> Page | None:
        """The page that holds the character at `offset`, if the source has pages."""
        index = bisect_right(self._page_starts, offset) - 1
        return self.pages[index] if index >= 0 else None

    def cell_text(self, cell: Cell) -> str:
        """The text of a cell as it stands in the reading text."""
        return self.text[cell.start : cell.end]


class Heading(Frozen):
    """A heading with its place in the tree; `parent` is its parent's index in reading order.

    `until` is where the text under it ends, if it ends before the next heading.
    """

    index: int
    start: int
    end: int
    level: int
    title: str
    parent: int | None = None
    path: tuple[str, ...] = Field(default=(), description="titles from the top down to this one")
    until: int | None = None
