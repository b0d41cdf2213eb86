"""The plain text reader. The reading text is the file's text, decoded and not mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapextract.model import Block, BlockKind, Document, Table

from .columns import ColumnTable, column_tables
from .contents import entry_of, is_contents_line, is_contents_table, is_contents_title
from .encoding import decode
from .grid import is_layout, make_table
from .lines import Line, split_lines
from .outline import outline
from .pieces import Piece, layout_of, make_pieces, unglue
from .pipes import is_delimiter, row_cells, table_runs
from .source import Reader, Source

_MARKDOWN = frozenset({".md", ".markdown"})
_SUFFIXES = _MARKDOWN | {".txt", ".text"}


def read_text(source: Source) -> Document | None:
    """Read a text file by its content: paragraphs, lists, tables of pipes or aligned columns, headings.

    Offsets count the characters of the decoded file without its byte order mark. Raises
    `RapextractError` where the bytes are no text (see `decode`).
    """
    if source.suffix not in _SUFFIXES:
        return None
    text, encoding, problems = decode(source.data)
    blocks, tables = lay_out(text)
    return Document(
        source=source.name,
        media_type="text/markdown" if source.suffix in _MARKDOWN else "text/plain",
        sha256=source.sha256,
        byte_count=source.byte_count,
        text=text,
        encoding=encoding,
        blocks=blocks,
        tables=tables,
        problems=tuple(problems),
    )


def lay_out(text: str) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Blocks and tables of a plain text."""
    lines = split_lines(text)
    columns = {table.first: table for table in column_tables(text, lines)}
    piped = table_runs(lines)
    inside = {index for start, end in piped for index in range(start, end)}
    runs = sorted([*piped, *((t.first, t.last) for t in columns.values() if t.first not in inside)])
    prose = unglue([line for line, inside in _with_runs(lines, runs) if not inside])
    layout = layout_of(prose)
    pieces: list[Piece] = []
    contents: list[list[str]] = []
    first = 0
    for start, end in runs:
        pieces += make_pieces(text, unglue(lines[first:start]), layout)
        titled = bool(pieces) and is_contents_title(pieces[-1].text)
        if (aligned := columns.get(start)) is not None and (start, end) not in piped:
            pieces.append(_column_piece(text, lines[start:end], aligned))
            first = end
            continue
        made, listed = table_pieces(text, lines[start:end], titled)
        pieces += made
        contents += listed
        first = end
    pieces += make_pieces(text, unglue(lines[first:]), layout)
    return blocks_of(outline(_without_contents(pieces, contents), layout, contents))


def _with_runs(lines: Sequence[Line], runs: Sequence[tuple[int, int]]) -> list[tuple[Line, bool]]:
    inside = {index for start, end in runs for index in range(start, end)}
    return [(line, index in inside) for index, line in enumerate(lines)]


def _column_piece(text: str, lines: Sequence[Line], table: ColumnTable) -> Piece:
    """A table set with spaces or tabs as a piece."""
    start, end = lines[0].start, lines[-1].end
    made = make_table(text, table.rows, start, end, "columns")
    if made is not None and made.caption is None:
        made = replace(made, caption=table.caption)
    kind = BlockKind.TABLE if made is not None else BlockKind.PARAGRAPH
    return Piece(kind, start, end, text[start:end], lines[0].gap, len(lines), table=made)


def table_pieces(
    text: str, lines: Sequence[Line], under_contents: bool
) -> tuple[list[Piece], list[list[str]]]:
    """A pipe table as pieces, and its rows where it is a table of contents.

    A table of contents is furniture: its numbers are pages. A table used to set prose side by side
    gives a paragraph a cell.
    """
    start, end = lines[0].start, lines[-1].end
    rows = [row_cells(line) for line in lines if not is_delimiter(line)]
    words = [[text[cell.start : cell.end] for cell in row] for row in rows]
    whole = Piece(BlockKind.FURNITURE, start, end, text[start:end], lines[0].gap, len(lines))
    if is_contents_table(words, under_contents):
        return [whole], words
    if is_layout(words):
        filled = [cell for row in rows for cell in row if cell.end > cell.start]
        return [
            Piece(BlockKind.PARAGRAPH, cell.start, cell.end, text[cell.start : cell.end], 1)
            for cell in filled
        ], []
    table = make_table(text, rows, start, end, "markup")
    kind = BlockKind.TABLE if table is not None else BlockKind.PARAGRAPH
    return [replace(whole, kind=kind, table=table)], []


def _without_contents(pieces: Sequence[Piece], contents: list[list[str]]) -> list[Piece]:
    """Make lines that lead to page numbers furniture where three stand together; add what they list."""
    out = list(pieces)
    listed = [p.kind is not BlockKind.TABLE and is_contents_line(p.text) for p in pieces]
    for index, is_listed in enumerate(listed):
        if is_listed and sum(listed[max(0, index - 2) : index + 3]) >= 3:
            out[index] = replace(out[index], kind=BlockKind.FURNITURE)
            contents.append([entry_of(out[index].text)])
    return out


def blocks_of(pieces: Sequence[Piece]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Pieces as blocks and tables of a document."""
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
