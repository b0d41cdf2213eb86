"""One page, read: its blocks in reading order and its tables, in a form that is cheap to keep."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain
from statistics import median

import numpy as np

from rapextract.model import BlockKind, ReadBy

from .blocks.captions import mark_titles
from .blocks.contents import mark_contents
from .blocks.counts import FEWEST_COUNTS, unframed_panels
from .blocks.counttables import count_texts, counts_in_columns, crosses_panel
from .blocks.drafts import Box, Draft, column_drafts, drafts_of, drawn_boxes, inset, panels_of
from .blocks.entries import are_entries, are_stacked
from .blocks.keyfigures import cards_of
from .blocks.sides import COUNT, KEY_FIGURE
from .page.content import PageContent
from .page.glyphs import run_starts
from .page.lines import TextLine, texts
from .page.tags import heading_levels
from .page.words import Inset, Line, Word, find_lines
from .tables import Area, FoundTable, find_tables, is_leader, runs_beside

PANEL_DROP = 24.0  # points below a panel's top where it stands in the text: after a heading beside it
TABLE_DROP = 6.0
LARGE_BESIDE = 1.3  # times the page's usual size: a heading
READABLE = 0.6  # of the characters: a text layer with fewer real letters is garbage
UNREADABLE = re.compile(r"""[^\w.,;:!?'’"()\-–%€/«»°+=&@•*…]|_""")
LEAST_LAYER = 20  # characters: fewer are a stamp on a scan
SCAN_SHARE = 0.4  # of the page: an image that may be a scan
COVERED = 0.7  # of the page: an image that is one, where text is hidden under it
HIDDEN = 0.9  # of the characters: what else is seen is a stamp or a page number put on a scan
MOST_TABLE_WORDS = 6000
MOSTLY_BOLD = 0.9  # of a line's characters
FEWEST_RUN_IN, RUN_IN = 4, 0.4  # lines of a glossary that begin bold and go on plain, of all it has

CellKey = tuple[int, Area]
"""A cell, whatever table it is joined into: its page and its box there."""


@dataclass(slots=True)
class PageRead:
    """What one page holds. `tables` keep no characters; `cells` has each cell's lines.

    `width` and `height` are those of the page as displayed, `layout_height` is that of the page as its
    blocks lie on it: another where it was turned to be read, or scanned without its density.
    """

    number: int
    width: float
    height: float
    layout_height: float
    drafts: list[Draft]
    tables: list[FoundTable]
    cells: dict[CellKey, list[TextLine]]
    read_by: ReadBy = ReadBy.TEXT
    confidence: float | None = None


def needs_ocr(page: PageContent) -> bool:
    """Whether a page is an image without a usable text layer."""
    letters = "".join([word.text for word in page.words if word.size > 0])
    if len(letters) >= LEAST_LAYER:
        if len(letters) - len(UNREADABLE.findall(letters)) >= READABLE * len(letters):
            return False
        return _has_scan(page, 0.0)
    return _has_scan(page, SCAN_SHARE)


def has_hidden_layer(page: PageContent) -> bool:
    """Whether a page is an image whose text layer nobody sees: what some OCR program took the image for."""
    hidden = np.array([*(run.hidden for run in page.glyphs.runs), False])[page.glyphs.run]
    share = HIDDEN * np.count_nonzero(page.glyphs.run >= 0)
    return bool(np.count_nonzero(hidden) > share) and _has_scan(page, COVERED)


def _has_scan(page: PageContent, share: float) -> bool:
    return sum(image.share for image in page.images) > share


def read_page(page: PageContent, before: FoundTable | None = None) -> PageRead:
    """Read an open page: tables first, then panels, then the text around them in reading order.

    `before` is the table at the foot of the page before, whose rows may go on here.
    """
    words = [word for word in page.words if word.angle == 0]
    tables = find_tables(page, before) if 0 < len(words) <= MOST_TABLE_WORDS else []
    cells, outside = _cell_lines(page, tables, words)
    cards = cards_of(words, drawn_boxes(page))
    carded = {char for _, texts in cards for text in texts for char in _characters(text)}
    aligned = any(table.detector == "alignment" for table in tables)
    boxed = [inside for _, inside in panels_of(words, page)] if aligned else []
    counted = [table for table in tables if table.detector == "alignment" and _may_count(table)]
    copies = [replace(word) for word in words] if counted else []  # lines mark their raised words
    framed = [_held(columns) for _, columns in unframed_panels(copies)]
    sound = [
        table
        for table in tables
        if not (table in counted and any(_characters_of(table) <= held for held in framed))
        and not (table.detector == "alignment" and (_shows_key_figures(table, cells) or runs_beside(table)))
        and not counts_in_columns(table, cells, drawn=table.detector != "alignment" and not page.recognized)
        and not (carded and _holds_cards(table, carded))
        and not crosses_panel(table, boxed)
        and not (table.detector == "alignment" and _is_glossary(table, cells))
    ]
    if len(sound) < len(tables):
        tables = sound
        cells, outside = _cell_lines(page, tables, words)
    words = outside
    number = page.number
    large = LARGE_BESIDE * median([word.size for word in page.words]) if tables else 0.0
    if cards:
        words = _with_cards(words, cards, number)
    insets: list[Word] = []
    counts = [count_texts(table, cells) for table in tables]
    for table, texts_of in zip(tables, counts, strict=True):
        if texts_of:
            area = (table.area.x0, table.area.top, table.area.x1, table.area.bottom)
            drafts = [Draft(BlockKind.PARAGRAPH, lines, number) for lines in texts_of]
            words.append(inset(_panel(drafts, number), area, TABLE_DROP))
    tables = [table for table, texts_of in zip(tables, counts, strict=True) if not texts_of]
    for k, table in enumerate(tables):
        area = (table.area.x0, table.area.top, table.area.x1, table.area.bottom)
        drop = TABLE_DROP + _heading_beside(words, area, large)
        insets.append(inset(Draft(BlockKind.TABLE, [], number, table=k, area=area), area, drop))
    for panel, box, inside in _panels(words, page):
        words = _outside(words, inside)
        insets.append(inset(panel, box, min(PANEL_DROP, (box[3] - box[1]) / 3)))
    walls = [
        (line.position, line.start, line.end) for line in page.rulings if line.horizontal and line.visible
    ]
    drafts = drafts_of([*words, *insets], number, walls=walls)
    drafts += _turned(page, tables)
    mark_titles(drafts)
    _use_tags(page, drafts)
    mark_contents(drafts)
    for table in tables:
        for cell in table.cells:
            cell.characters = ()
    return PageRead(number, page.width, page.height, page.height, drafts, tables, cells)


def _leads(word: Word, tables: Sequence[FoundTable]) -> bool:
    """Whether a word is the dots that lead the eye along a table's row: they are no text."""
    if word.text.strip(".…·") and not is_leader(word.text):
        return False
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return any(
        table.area.x0 <= across <= table.area.x1 and table.area.top <= down <= table.area.bottom
        for table in tables
    )


def _cell_lines(
    page: PageContent, tables: Sequence[FoundTable], words: list[Word]
) -> tuple[dict[CellKey, list[TextLine]], list[Word]]:
    """The lines of each cell, and the words that stand in none."""
    if not tables:
        return {}, words
    found = [cell for table in tables for cell in table.cells]
    owner = np.full(len(page.glyphs) + 1, -1, dtype=np.int64)
    lengths = [len(cell.characters) for cell in found]
    held = np.fromiter(chain.from_iterable(cell.characters for cell in found), np.int64, sum(lengths))
    owner[held] = np.repeat(np.arange(len(found)), lengths)
    inside: list[list[Word]] = [[] for _ in found]
    outside: list[Word] = []
    owners = owner[np.concatenate([word.chars for word in page.words])]
    counts = np.array([len(word.chars) for word in page.words])
    starts = np.cumsum(counts) - counts
    first_of = np.minimum.reduceat(owners, starts).tolist()
    last_of = np.maximum.reduceat(owners, starts).tolist()
    for word, first, last, start in zip(page.words, first_of, last_of, starts.tolist(), strict=True):
        if first < last:  # a run of characters over a cell's border
            for k, number in enumerate(owners[start : start + len(word.chars)].tolist()):
                if number >= 0:
                    inside[number].append(_part(word, k, page))
        elif first >= 0:
            inside[first].append(word)
        elif word.angle == 0 and not _leads(word, tables):
            outside.append(word)
    cells = {
        (page.number, cell.box): _lines_in(own, page.number) for cell, own in zip(found, inside, strict=True)
    }
    return cells, outside


def _lines_in(words: list[Word], number: int) -> list[TextLine]:
    """The lines of a cell: words set upright read along; turned ones, as in a header, by their own angle."""
    lines: list[TextLine] = []
    for angle in sorted({word.angle for word in words}):
        lines += texts(find_lines([word for word in words if word.angle == angle], gap=math.inf), number)
    return lines


def _shows_key_figures(table: FoundTable, cells: dict[CellKey, list[TextLine]]) -> bool:
    """Whether a table found by alignment alone is a row of numbers set large over their labels."""
    rows: dict[bool, list[TextLine]] = {True: [], False: []}
    for cell in table.cells:
        rows[cell.row == 0] += cells.get((cell.page, cell.box), [])
    if not rows[True] or not rows[False]:
        return False
    numbers = all(any(ch.isdigit() for ch in line.text) for line in rows[True])
    smallest = min(line.size for line in rows[True])
    return numbers and smallest >= KEY_FIGURE * max(line.size for line in rows[False])


def _heading_beside(words: Sequence[Word], area: Box, large: float) -> float:
    """How far below a table's top the heading ends that begins beside it, in a column on its left.

    Its type is larger than `large`.
    """
    end = reach = area[1]
    for word in sorted(words, key=lambda word: word.top):
        if word.size > large and word.x1 <= area[0] and abs(word.top - reach) < word.size:
            end, reach = max(end, word.baseline), max(reach, word.bottom)
    return end - area[1]


def _is_glossary(table: FoundTable, cells: dict[CellKey, list[TextLine]]) -> bool:
    """Whether a table is a glossary in columns of the page: of terms beside what they mean, or of both."""
    columns: list[list[tuple[str, bool]]] = [[] for _ in range(table.column_count)]
    run_in = [0] * table.column_count
    for cell in table.cells:
        lines = cells.get((cell.page, cell.box), [])
        columns[cell.column] += [(line.text, line.bold > MOSTLY_BOLD) for line in lines]
        run_in[cell.column] += sum(0 < line.bold < 1 and line.text[0].isupper() for line in lines)
    if all(run_in) and sum(run_in) >= max(FEWEST_RUN_IN, RUN_IN * sum(map(len, columns))):
        return True  # « **ARS** agence régionale de santé » in each
    heavy = [2 * sum(bold for _, bold in lines) > len(lines) for lines in columns]
    return are_entries([[text for text, _ in lines] for lines in columns], heavy) or are_stacked(columns)


def _may_count(table: FoundTable) -> bool:
    """Whether the rows of a table, each read along, hold several numbers before what they may count."""
    rows: dict[int, str] = {}
    for cell in sorted(table.cells, key=lambda cell: cell.column):
        rows[cell.row] = f"{rows.get(cell.row, '')}{cell.text} "
    return sum(COUNT.search(row) is not None for row in rows.values()) >= FEWEST_COUNTS


def _held(columns: Sequence[Sequence[Line]]) -> set[int]:
    return {char for lines in columns for char in _characters(lines)}


def _characters_of(table: FoundTable) -> set[int]:
    return {char for cell in table.cells for char in cell.characters}


def _characters(lines: Sequence[Line]) -> list[int]:
    return [char for line in lines for word in line.words for char in word.chars.tolist()]


def _holds_cards(table: FoundTable, carded: Set[int]) -> bool:
    """Whether most of what a table holds stands in cards: numbers set large with their labels.

    Of one that alignment alone tells any part does: the rest is text beside the cards.
    """
    held = [char for cell in table.cells for char in cell.characters]
    return sum(char in carded for char in held) > (0.5 * len(held) if table.detector != "alignment" else 0)


def _with_cards(
    words: Sequence[Word], cards: Sequence[tuple[Box, list[list[Line]]]], number: int
) -> list[Word]:
    """Words with each group of cards as one inset in their place, unless a table holds a part of it."""
    free = {id(word) for word in words}
    out = list(words)
    for box, texts_of in cards:
        own = [word for lines in texts_of for line in lines for word in line.words]
        if all(id(word) in free for word in own):
            drafts = [Draft(BlockKind.PARAGRAPH, texts(lines, number), number) for lines in texts_of]
            panel = _panel(drafts, number)
            out = [*_outside(out, own), inset(panel, box, min(PANEL_DROP, (box[3] - box[1]) / 3))]
    return out


def _part(word: Word, k: int, page: PageContent) -> Word:
    index = word.chars[k : k + 1]
    at = int(index[0])
    glyphs = page.glyphs
    return replace(word, text=word.text[k], chars=index, x0=float(glyphs.x0[at]), x1=float(glyphs.x1[at]))


def _panels(words: Sequence[Word], page: PageContent) -> list[tuple[Draft, Box, Sequence[Word]]]:
    """The panels of a page with their boxes and words: those in a drawn box, and counts side by side.

    Where both hold the same words, the one that holds more of them stands; boxes that hold all do.
    """
    found: list[tuple[list[Draft], Box, Sequence[Word]]] = []
    for box, inside in panels_of(words, page):
        drafts = [draft for draft in drafts_of(inside, page.number, boxed=True) if draft.lines]
        if len(drafts) > 1:  # not a heading on a bar
            found.append((drafts, box, inside))
    for box, columns in unframed_panels([word for word in words if not isinstance(word, Inset)]):
        own = [word for lines in columns for line in lines for word in line.words]
        held = {id(word) for word in own}
        shared = {k for k, other in enumerate(found) if any(id(word) in held for word in other[2])}
        framed = {id(word) for k in shared for word in found[k][2]}
        if all(len(found[k][2]) < len(own) for k in shared) and not held <= framed:
            drafts = [draft for lines in columns for draft in column_drafts(lines, page.number)]
            found = [other for k, other in enumerate(found) if k not in shared] + [(drafts, box, own)]
    return [(_panel(drafts, page.number), box, inside) for drafts, box, inside in found]


def _panel(drafts: Sequence[Draft], number: int) -> Draft:
    """Blocks as one panel, its paragraphs kept apart."""
    lines: list[TextLine] = []
    parts: list[int] = []
    for draft in drafts:
        parts += [len(lines) + start for start in (draft.parts if draft.kind is BlockKind.PANEL else (0,))]
        lines += draft.lines
    return Draft(BlockKind.PANEL, lines, number, parts=tuple(parts))


def _outside(words: Sequence[Word], inside: Sequence[Word]) -> list[Word]:
    within = {id(word) for word in inside}
    return [word for word in words if id(word) not in within]


def _turned(page: PageContent, tables: Sequence[FoundTable]) -> list[Draft]:
    """Text set at another angle, in no table, after the rest: along the margin or across as a watermark."""
    turned = [word for word in page.words if word.angle]
    if not turned:
        return []
    celled = {char for table in tables for cell in table.cells for char in cell.characters}
    turned = [word for word in turned if int(word.chars[0]) not in celled]
    drafts: list[Draft] = []
    for angle in sorted({word.angle for word in turned}):
        held = [word for word in turned if word.angle == angle]
        kind = BlockKind.PARAGRAPH if angle % 90 == 0 else BlockKind.FURNITURE
        if angle % 90:
            lines = texts(find_lines(held, gap=math.inf), page.number)
        else:
            lines = texts(find_lines([_upright(word) for word in held], gap=math.inf), page.number)
        drafts += [Draft(kind, [line], page.number) for line in lines]
    return drafts


def _upright(word: Word) -> Word:
    """A turned word's box as it would stand upright, for grouping only."""
    x0, top, x1, bottom = {
        90: (-word.bottom, word.x0, -word.top, word.x1),
        180: (-word.x1, -word.bottom, -word.x0, -word.top),
        270: (word.top, -word.x1, word.bottom, -word.x0),
    }[word.angle]
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom)


def _use_tags(page: PageContent, drafts: Sequence[Draft]) -> None:
    """Note the heading levels that the tags give to lines, and which lines they leave out."""
    if not page.tags.levels:
        return
    levels, artifacts = heading_levels(page.glyphs, page.run_marks, page.tags)
    lines = [line for draft in drafts for line in draft.lines]
    if not lines or not (levels.any() or artifacts.any()):
        return
    chars = np.concatenate([line.chars for line in lines])
    owner = np.repeat(np.arange(len(lines)), [len(line.chars) for line in lines])
    real = chars >= 0
    owner, run = owner[real], page.glyphs.run[chars[real]]
    starts = run_starts(owner)
    counts = np.diff(starts, append=len(owner))
    apart = np.add.reduceat(artifacts[run], starts, dtype=np.int64) > 0.9 * counts
    order = np.lexsort((levels[run], owner))
    median = levels[run[order]][starts + counts // 2]
    columns = (owner[starts], median, apart)
    for number, level, artifact in zip(*(column.tolist() for column in columns), strict=True):
        lines[number].level, lines[number].artifact = level, artifact
