"""The HTML reader: the main content of a web page as reading text, blocks and tables.

The reading text is made here: blocks parted by blank lines, a list item a line with « - », a table's row
a line with its cells joined by `` | ``.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from rapextract.model import BlockKind, Document, RapextractError
from rapextract.model.problems import NO_TEXT

from .encoding import decode, decode_as
from .html_cards import are_apart, card_text
from .html_inline import inline_text, without_invisible
from .html_main import is_dropped, main_content
from .html_table import is_table, read_grid
from .html_text import Writer
from .source import Reader, Source

_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w\-]+)", re.I)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_WORD_ITEM = re.compile(r"MsoList(?:Paragraph|Bullet|Number)")
"""Word saves the items of a list as paragraphs of these styles."""
_DEEPEST = 150
"""Nesting beyond which elements are read as plain text; no page made by a person goes that deep."""


def read_html(source: Source) -> Document | None:
    """Read a web page: its main content without menus, banners and scripts.

    Encoding from the byte order mark, the `meta` element, or as `decode` tells it. Malformed markup is
    read as a browser would. Raises `RapextractError`: R01–R03 as `decode`, R07 where no text is left.
    """
    if source.suffix not in _SUFFIXES:
        return None
    declared = _META.search(source.data[:4096])
    found = decode_as(source.data, declared[1].decode("ascii")) if declared else None
    markup, encoding, problems = found or decode(source.data, longest_line=None)
    root = _parse(markup)
    if root is None:
        raise RapextractError(NO_TEXT())
    without_invisible(root)
    walker = _Walker()
    for element in main_content(root):
        walker.walk(element, 0)
        walker.flush()
    text = walker.writer.text()
    if not text.strip():
        raise RapextractError(NO_TEXT())
    title = root.find(".//title")
    return Document(
        source=source.name,
        media_type="text/html",
        sha256=source.sha256,
        byte_count=source.byte_count,
        text=text,
        encoding=encoding,
        title=(inline_text(title).strip() or None) if title is not None else None,
        blocks=tuple(walker.writer.blocks),
        tables=tuple(walker.writer.tables),
        problems=tuple(problems),
    )


def _parse(markup: str) -> Any | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(_XML.sub("", markup).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None


class _Walker:
    """Walks the elements of a page and writes their blocks."""

    def __init__(self) -> None:
        self.writer = Writer()
        self._inline: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._depth = 0
        self._heading = 0
        self._opens = False  # whether a list item has still to write its first block
        self._captions: list[Any] = []  # `figcaption` elements that went with the table of their figure

    def flush(self) -> None:
        """Write what inline text has come together as a block of the kind in force."""
        words = inline_fold("".join(self._inline))
        self._inline.clear()
        if not words:
            return
        if self._kind is BlockKind.LIST_ITEM and not self._opens:
            self.writer.block(BlockKind.PARAGRAPH, words)
            return
        self.writer.block(self._kind, words, self._level)
        self._opens = False
        if self._kind is BlockKind.HEADING:
            self._heading = self._level

    def walk(self, element: Any, nesting: int) -> None:
        """Write an element and what is in it (not its tail)."""
        tag = element.tag
        if not isinstance(tag, str) or is_dropped(element) or element in self._captions:
            return
        if tag not in _BLOCKS or nesting > _DEEPEST:
            self._walk_inline(element, nesting)
            return
        self.flush()
        if words := card_text(element):
            kind = BlockKind.LIST_ITEM if tag == "li" else BlockKind.PARAGRAPH
            self.writer.block(kind, words, max(1, self._depth) if tag == "li" else 0)
            return
        if tag == "figure":
            self._take_caption(element)
        if is_table(element) and (grid := read_grid(element)) is not None:
            self.writer.table(grid)
            return
        outer = (self._kind, self._level, self._depth)
        self._enter(element, tag)
        if tag == "dl":
            self._definitions(element)
        else:
            self._children(element, nesting)
        self.flush()
        self._kind, self._level, self._depth = outer

    def _walk_inline(self, element: Any, nesting: int) -> None:
        tag = element.tag
        if tag == "br":
            self._inline.append("\n")
        elif tag in ("sup", "sub", "img", "input", "textarea") or nesting > _DEEPEST:
            self._inline.append(inline_text(element, raw=True))
        else:
            self._children(element, nesting)

    def _children(self, element: Any, nesting: int) -> None:
        self._inline.append(_folded(element.text, element.tag == "pre"))
        for child in element:
            if are_apart(child.getprevious(), child):
                self._inline.append(" ")
            self.walk(child, nesting + 1)
            self._inline.append(_folded(child.tail, element.tag == "pre"))

    def _enter(self, element: Any, tag: str) -> None:
        level = _HEADINGS.get(tag)
        if element.get("role") == "heading":
            declared = element.get("aria-level", "")
            level = min(6, int(declared)) if re.fullmatch("[1-9]", declared) else 2
        if tag == "summary":
            level = min(6, max(2, self._heading + 1)) if self._kind is not BlockKind.HEADING else self._level
        if level is not None:
            self._kind, self._level = BlockKind.HEADING, level
        elif tag in ("figcaption", "caption", "legend"):
            self._kind, self._level = BlockKind.CAPTION, 0
        elif tag in ("ul", "ol", "menu"):
            self._depth += 1
        elif tag == "li" or element.get("role") == "listitem" or _WORD_ITEM.match(element.get("class", "")):
            self._kind, self._level, self._opens = BlockKind.LIST_ITEM, max(1, self._depth), True

    def _definitions(self, element: Any) -> None:
        """A term and its definition are one list item: « ALD : affection de longue durée »."""
        terms: list[str] = []
        for child in element.iter("dt", "dd"):
            words = inline_fold(inline_text(child))
            if not words:
                continue
            if child.tag == "dt":
                terms.append(words)
            else:
                self.writer.block(BlockKind.LIST_ITEM, f"{', '.join(terms)} : {words}" if terms else words, 1)
                terms = []
        for term in terms:
            self.writer.block(BlockKind.LIST_ITEM, term, 1)

    def _take_caption(self, figure: Any) -> None:
        """Keep the caption of a figure that holds one table for that table, above or below it."""
        captions = list(figure.iterfind("figcaption"))
        tables = list(figure.iter("table"))
        if len(tables) == len(captions) == 1 and read_grid(tables[0]) is not None:
            self._captions += captions


def _folded(text: str | None, verbatim: bool) -> str:
    """White space as a browser shows it: runs are one space, no-break spaces stay."""
    if not text:
        return ""
    return text if verbatim else re.sub(r"[ \t\r\n\f]+", " ", text)


def inline_fold(text: str) -> str:
    """A block's text: no space at either end of a line, no blank lines."""
    lines = (re.sub(r"[ \t\r\f]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


READER = Reader(name="html", priority=20, read=read_html)
