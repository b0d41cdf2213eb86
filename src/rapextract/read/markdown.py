"""The Markdown reader, on markdown-it-py's source maps. The reading text is the file's text.

A file is Markdown by its content: it has headings marked with ``#`` or underlined. A text with pipe
tables and emphasis but without marked headings is read as plain text, which finds its headings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rapextract.model import Block, BlockKind, Document, Table

from .encoding import decode
from .lines import Line, split_lines
from .pieces import Layout, Piece, layout_of, make_pieces
from .shapes import bare, can_be_title, key
from .source import Reader, Source
from .text import Found, blocks_of, find_tables, markdown_table, table_pieces

_SUFFIXES = {".md": 1, ".markdown": 1, ".txt": 2, ".text": 2}
"""Endings, with how many marked headings make a file of it Markdown."""
_MARKED = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.M)
_UNDERLINED = re.compile(r"^[^\s|#>*+-].*\r?\n(?:={3,}|-{3,})[ \t]*$", re.M)
_FRONT = re.compile(r"---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t]+.*\r?\n|\r?\n)*(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.M)
_NEWLINE = re.compile(r"\r\n?|\n")
_NOT_NEWLINE = re.compile(r"[^\r\n]")
_MARKUP_ONLY = re.compile(r"(?:<!--.*?-->|<[^>]*>|!\[[^\]]*\]\([^)]*\)|\s)+", re.S)


def read_markdown(source: Source) -> Document | None:
    """Read a Markdown file; None where it has no marked heading. Raises as `decode` does."""
    wanted = _SUFFIXES.get(source.suffix)
    if wanted is None:
        return None
    text, encoding, problems = decode(source.data)
    if len(_MARKED.findall(text)) + len(_UNDERLINED.findall(text)) < wanted:
        return None
    blocks, tables = lay_out(text)
    front = _FRONT.match(text)
    title = _TITLE.search(front[0]) if front else None
    return Document(
        source=source.name,
        media_type="text/markdown",
        sha256=source.sha256,
        byte_count=source.byte_count,
        text=text,
        encoding=encoding,
        title=title[1] if title and title[1] else None,
        blocks=blocks,
        tables=tables,
        problems=tuple(problems),
    )


def lay_out(text: str) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Blocks and tables of a Markdown text."""
    front = _FRONT.match(text)
    start = front.end() if front else 0
    lines = split_lines(text, start)
    tables = find_tables(text, lines)
    inside = {index for table in tables for index in range(table.first, table.last)}
    walker = _Walker(text, layout_of([line for index, line in enumerate(lines) if index not in inside]))
    if front:
        walker.add(BlockKind.FURNITURE, split_lines(text, 0, start))
    # Indented text is no code in a report; what Markdown must not read is blanked so that line numbers stay.
    parser = MarkdownIt("commonmark").enable("table").disable("code")
    source = _NOT_NEWLINE.sub(" ", text[:start]) + text[start:]
    for table in tables:
        if not table.in_markdown:
            first, last = lines[table.first], lines[table.last - 1]
            blank = _NOT_NEWLINE.sub(" ", text[first.start : last.end])
            source = source[: first.start] + blank + source[last.end :]
            walker.table(lines[table.first : table.last], table)
    walker.walk(parser.parse(source))
    return blocks_of(_without_repeats(sorted(walker.pieces, key=lambda piece: piece.start)))


class _Walker:
    """Turns markdown-it's tokens into pieces through the lines they come from."""

    def __init__(self, text: str, layout: Layout):
        self.pieces: list[Piece] = []
        self._text = text
        self._lines = split_lines(text)
        self._starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
        self._line_starts = [line.start for line in self._lines]
        self._layout = layout
        self._level = 0

    def walk(self, tokens: Sequence[Token]) -> None:
        """Take the block tokens in order."""
        depth, opens = 0, False
        for token in tokens:
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                depth += 1
            elif kind in ("bullet_list_close", "ordered_list_close"):
                depth -= 1
            elif kind == "list_item_open":
                opens = True
            elif token.map is None:
                continue
            elif kind == "heading_open":
                self._heading(token)
            elif kind == "paragraph_open":
                self._paragraph(token, depth, opens)
                opens = False
            elif kind == "table_open":
                if len(lines := self._of(token)) > 1:
                    self.table(lines, markdown_table(lines, 0, len(lines)))
            elif kind in ("fence", "html_block"):
                lines = self._of(token)
                whole = self._text[lines[0].start : lines[-1].end] if lines else ""
                hidden = _MARKUP_ONLY.fullmatch(whole) is not None
                self.add(BlockKind.FURNITURE if hidden else BlockKind.PARAGRAPH, lines)

    def add(self, kind: BlockKind, lines: Sequence[Line], level: int = 0) -> None:
        """Add lines as one piece."""
        if lines:
            start, end = lines[0].start, lines[-1].end
            words = self._text[start:end]
            self.pieces.append(Piece(kind, start, end, words, lines[0].gap, len(lines), level))

    def _of(self, token: Token) -> list[Line]:
        assert token.map is not None
        first, last = token.map
        start = self._starts[first]
        end = self._starts[last] if last < len(self._starts) else len(self._text)
        return self._lines[
            bisect_right(self._line_starts, start - 1) : bisect_right(self._line_starts, end - 1)
        ]

    def _heading(self, token: Token) -> None:
        lines = self._of(token)
        if token.markup in ("=", "-"):
            lines = lines[:-1]
        if not lines:
            return
        self._level = int(token.tag[1])
        first = lines[0]
        mark = re.match(r"[>\s*+-]*#{1,6}\s+", first.text) if token.markup.startswith("#") else None
        skip = mark.end() if mark else 0
        words = re.sub(r"\s+#+$", "", first.text[skip:])
        if words and len(lines) == 1:
            start = first.start + skip
            end = start + len(words)
            self.pieces.append(Piece(BlockKind.HEADING, start, end, words, first.gap, 1, self._level))
        else:
            self.add(BlockKind.HEADING, lines, self._level)

    def _paragraph(self, token: Token, depth: int, opens: bool) -> None:
        lines = self._of(token)
        words = self._text[lines[0].start : lines[-1].end] if lines else ""
        if _MARKUP_ONLY.fullmatch(words):
            self.add(BlockKind.FURNITURE, lines)
        elif depth:
            # What goes on in an item after a blank line is beside its mark, a paragraph of the list.
            self.add(BlockKind.LIST_ITEM if opens else BlockKind.PARAGRAPH, lines, depth if opens else 0)
        elif len(lines) == 1 and re.fullmatch(r"(\*\*|__).+\1", words) and can_be_title(bare(words)):
            level = self._level + 1 if self._level else 1
            self.add(BlockKind.HEADING, lines, min(level, 6))
        elif words.startswith(">"):
            self.add(BlockKind.PARAGRAPH, lines)
        else:
            made = make_pieces(self._text, lines, self._layout)
            self.pieces += [
                replace(piece, kind=BlockKind.PARAGRAPH, level=0)
                if piece.kind is BlockKind.LIST_ITEM
                else piece
                for piece in made
            ]

    def table(self, lines: Sequence[Line], table: Found) -> None:
        """Add lines that are a table."""
        made, _ = table_pieces(self._text, lines, table, under_contents=False)
        self.pieces += made


def _without_repeats(pieces: Sequence[Piece]) -> list[Piece]:
    """Make a heading furniture that comes again while its section lasts: a running head."""
    out: list[Piece] = []
    open_: dict[int, str] = {}
    for piece in pieces:
        if piece.kind is BlockKind.HEADING:
            title = key(piece.text)
            if open_.get(piece.level) == title:
                piece = replace(piece, kind=BlockKind.FURNITURE, level=0)
            else:
                open_ = {level: known for level, known in open_.items() if level < piece.level}
                open_[piece.level] = title
        out.append(piece)
    return out


READER = Reader(name="markdown", priority=30, read=read_markdown)
