"""The plain text reader. The reading text is the file's text, decoded and not mended."""

from __future__ import annotations

from collections.abc import Sequence

from rapextract.model import Block, BlockKind, Document, Table

from .encoding import decode
from .grid import make_table
from .lines import Line, split_lines
from .outline import outline
from .pieces import Piece, layout_of, make_pieces, unglue
from .pipes import is_delimiter, row_cells, table_runs
from .source import Reader, Source

_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})


def read_text(source: Source) -> Document | None:
    """Read a text file by its content: paragraphs, lists, pipe tables, headings.

    Offsets count the characters of the decoded file without its byte order mark. Raises
    `RapextractError` where the bytes are no text (see `decode`).
    """
    if source.suffix not in _SUFFIXES:
        return None
    text, encoding, problems = decode(source.data)
    blocks, tables = lay_out(text)
    return Document(
        source=source.name,
        media_type="text/plain",
        sha256=source.sha256,
        byte_count=len(source.data),
        text=text,
        encoding=encoding,
        blocks=blocks,
        tables=tables,
        problems=tuple(problems),
    )


def lay_out(text: str) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Blocks and tables of a plain text."""
    lines = split_lines(text)
    runs = table_runs(lines)
    prose = unglue([line for line, inside in _with_runs(lines, runs) if not inside])
    layout = layout_of(prose)
    pieces: list[Piece] = []
    first = 0
    for start, end in runs:
        pieces += make_pieces(text, unglue(lines[first:start]), layout)
        pieces += _table_pieces(text, lines[start:end])
        first = end
    pieces += make_pieces(text, unglue(lines[first:]), layout)
    return _blocks(outline(pieces, layout))


def _with_runs(lines: Sequence[Line], runs: Sequence[tuple[int, int]]) -> list[tuple[Line, bool]]:
    inside = {index for start, end in runs for index in range(start, end)}
    return [(line, index in inside) for index, line in enumerate(lines)]


def _table_pieces(text: str, lines: Sequence[Line]) -> list[Piece]:
    start, end = lines[0].start, lines[-1].end
    rows = [row_cells(line) for line in lines if not is_delimiter(line)]
    table = make_table(text, rows, start, end, "markup")
    kind = BlockKind.TABLE if table is not None else BlockKind.PARAGRAPH
    return [Piece(kind, start, end, text[start:end], lines[0].gap, len(lines), table=table)]


def _blocks(pieces: Sequence[Piece]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    blocks: list[Block] = []
    tables: list[Table] = []
    for piece in pieces:
        index = None
        if piece.table is not None and piece.kind is BlockKind.TABLE:
            index = len(tables)
            tables.append(piece.table)
        blocks.append(
            Block(kind=piece.kind, start=piece.start, end=piece.end, level=piece.level, table=index)
        )
    return tuple(blocks), tuple(tables)


READER = Reader(name="text", priority=90, read=read_text)
