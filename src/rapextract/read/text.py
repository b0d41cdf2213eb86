"""The plain text reader. The reading text is the file's text, decoded and not mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapextract.model import Block, BlockKind, Document, Span, Table

from .columns import column_tables
from .contents import entry_of, is_contents_line, is_contents_table, is_contents_title
from .delimited import delimited_runs
from .encoding import decode
from .grid import is_layout, make_table
from .lines import Line, split_lines
from .outline import outline
from .pieces import Piece, layout_of, make_pieces, unglue
from .pipes import is_delimiter, row_cells, table_runs
from .running import running_lines
from .source import Reader, Source

_MARKDOWN = frozenset({".md", ".markdown"})
_SUFFIXES = _MARKDOWN | {".txt", ".text"}
_CAPTION_BELOW = re.compile(r"(?:Table ?)?: (?=\S)")
_CAPTION_ABOVE = re.compile(r"\.\. table:: (?=\S)")


@dataclass(frozen=True)
class Found:
    """Lines ``first:last`` that are a table, as rows of cells; `header_rows` and `caption` where known.

    `in_markdown` says that the table is one by Markdown's rules.
    """

    first: int
    last: int
    rows: tuple[tuple[Span, ...], ...]
    header_rows: int | None = None
    caption: Span | None = None
    detector: str = "markup"
    in_markdown: bool = False


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
    found = find_tables(text, lines)
    inside = {index for table in found for index in range(table.first, table.last)}
    running = running_lines(text, lines) - inside
    prose = [line for index, line in enumerate(lines) if index not in inside | running]
    layout = layout_of(unglue(prose))
    pieces: list[Piece] = []
    contents: list[list[str]] = []
    first = 0
    apart: list[tuple[int, Found | None]] = [(table.first, table) for table in found]
    apart += [(index, None) for index in running]
    for start, table in sorted(apart, key=lambda one: one[0]):
        pieces += make_pieces(text, unglue(lines[first:start]), layout)
        if table is None:
            line = lines[start]
            pieces.append(Piece(BlockKind.FURNITURE, line.start, line.end, line.text, line.gap))
            first = start + 1
            continue
        titled = bool(pieces) and is_contents_title(pieces[-1].text)
        made, listed = table_pieces(text, lines[start : table.last], table, titled)
        pieces += made
        contents += listed
        first = table.last
    pieces += make_pieces(text, unglue(lines[first:]), layout)
    return blocks_of(outline(_without_contents(pieces, contents), layout, contents))


def find_tables(text: str, lines: Sequence[Line]) -> list[Found]:
    """The tables among the lines of a text, in order: of Markdown, of other bars or tabs, of columns.

    Where two ways find a table in a line, the first of these has it.
    """
    taken: set[int] = set()
    tables: list[Found] = []
    ways: tuple[list[Found], ...] = (
        [markdown_table(lines, first, last) for first, last in table_runs(lines)],
        [Found(run.first, run.last, run.rows, run.header_rows) for run in delimited_runs(text, lines)],
        [
            Found(table.first, table.last, table.rows, table.header_rows, table.caption, "columns")
            for table in column_tables(text, lines)
        ],
    )
    for way in ways:
        for table in way:
            if taken.isdisjoint(range(table.first, table.last)):
                taken.update(range(table.first, table.last))
                tables.append(replace(table, caption=table.caption or _marked_caption(lines, table)))
    return sorted(tables, key=lambda table: table.first)


def _marked_caption(lines: Sequence[Line], table: Found) -> Span | None:
    """The caption that Pandoc's texts (« : Avis ») and reStructuredText (« .. table:: Avis ») mark as one."""
    after = lines[table.last : table.last + 1]
    before = lines[table.first - 1 : table.first] if table.first else []
    if after and after[0].gap < 2 and (below := _CAPTION_BELOW.match(after[0].text)):
        return Span(start=after[0].start + below.end(), end=after[0].end)
    if before and (above := _CAPTION_ABOVE.match(before[0].text)):
        return Span(start=before[0].start + above.end(), end=before[0].end)
    return None


def markdown_table(lines: Sequence[Line], first: int, last: int) -> Found:
    """The lines ``first:last`` as the table of Markdown that they are."""
    rows = (row_cells(line) for line in lines[first:last] if not is_delimiter(line))
    return Found(first, last, tuple(map(tuple, rows)), in_markdown=True)


def table_pieces(
    text: str, lines: Sequence[Line], found: Found, under_contents: bool
) -> tuple[list[Piece], list[list[str]]]:
    """A table as pieces, and its rows where it is a table of contents.

    A table of contents is furniture: its numbers are pages. A table used to set prose side by side
    gives a paragraph a cell.
    """
    start, end = lines[0].start, lines[-1].end
    words = [[text[cell.start : cell.end] for cell in row] for row in found.rows]
    whole = Piece(BlockKind.FURNITURE, start, end, text[start:end], lines[0].gap, len(lines))
    if is_contents_table(words, under_contents):
        return [whole], words
    if is_layout(words):
        filled = [cell for row in found.rows for cell in row if cell.end > cell.start]
        return [
            Piece(BlockKind.PARAGRAPH, cell.start, cell.end, text[cell.start : cell.end], 1)
            for cell in filled
        ], []
    table = make_table(text, found.rows, start, end, found.detector, found.header_rows)
    if table is not None and table.caption is None:
        table = replace(table, caption=found.caption)
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
