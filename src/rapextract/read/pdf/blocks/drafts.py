"""Lines of a column → blocks: paragraphs, list items, key figures, captions, panels."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np

from rapextract.model import BlockKind

from ..page.content import PageContent
from ..page.graphics import Ruling
from ..page.lines import TextLine, texts
from ..page.words import Inset, Line, Word
from .entries import entry_starts
from .layout import Wall, columns_of
from .sentences import LINK
from .sides import COUNT, KEY_FIGURE

PARAGRAPH_GAP = 1.25  # times the column's usual leading
LOOSE_LEADING = 1.75  # of the size, where a column is too short to tell its leading
RAISED_LEADING = 0.3  # of the size: what a superscript may add to the leading above its line
SAME_SIZE = 0.04
SAME_MARGIN = 0.1  # of the size: lines no more different share the right margin
INDENT = 0.8  # of the size
LOWEST_PANEL, NARROWEST_PANEL = 20, 40  # points
PANEL_SHARE = 0.6  # of the page: a box larger than this is the page's background
HEADING = 1.3  # times the page's usual size: no text of a panel is so large throughout
LARGEST_TEXT = 16.0  # points
OVERFULL = 0.1  # of a panel's words: more that stand out of it belong to what lies behind
CARD_WORDS = 4  # fewer a line, in the middle, make a card
COUNT_WORDS = 3  # a line of no more that counts something is whole, however full
PROSE_WORDS = 5  # or more in a full line are prose, even below a card
WHITE = 4.0  # times the size, between baselines: another part of the page
RIGHT_WINDOW = 6  # lines above and below that tell the right margin
SENTENCE_END = (".", "!", "?", ":", ";", "…", "»", "”")
# What an entry is about, and the sign after it.
RUN_IN = re.compile(r"([^\W\d_][\w'’/ -]{0,30}?) ?(?:: |[–—] |\()\S")
SUBSECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+[.)]?\s+[^\W\d]")
VALUE_APART = re.compile(r"\D\t\d[\d ]*$")  # « cadres ⇥ 12 »: a label and its number
# « 87,5 % », « 12 M€ », « 4 492 appels »: not « 3 Résultats », the number and title of a chapter.
LARGE_NUMBER = re.compile(r"\W{0,3}\d[\d\s.,/]*(?:[^\w\s]{0,3}\s?[^\W\d]{0,4}\W{0,3}|\s[a-zà-ÿ][^\d]*)")
# A number broken at its thousands: « 2 » at the end of a line, « 917 assurés » on the next.
FIRST_DIGITS = re.compile(r"\d{1,3}")
LAST_DIGITS = re.compile(r"\d{3}(?: \d{3})*\s+[a-zà-ÿ]")
CAPTION = re.compile(
    r"(?:tableau|table|figure|graphique|carte|illustration|schéma|photo|encadré)\s*(?:n°\s*)?"
    r"(?-i:[A-Z]{0,3}\.?(?>\d+(?:[.\-–]\d+)*)|[IVX]+\b)\s*(?:[:.\-–—|]|\t)|sources?\s*:",
    re.I,
)
"""« Tableau 3 – … », « Table 4:⇥… », « Tableau A2.1. … », « Source : … »; not « Le tableau 3.2 montre … »."""


@dataclass(slots=True)
class Draft:
    """A block before its text is written: its lines on one page, in reading order.

    `parts` groups the lines of a panel into its own paragraphs (line numbers where one begins).
    `table` is the number of its table among those found on the page. `area` is its box, where it
    has no lines of its own. `titles` says that it stands right above a table as its title does,
    `closes` right under one.
    """

    kind: BlockKind
    lines: list[TextLine]
    page: int
    level: int = 0
    table: int | None = None
    parts: tuple[int, ...] = (0,)
    area: tuple[float, float, float, float] | None = None
    titles: bool = False
    closes: bool = False

    @property
    def top(self) -> float:
        """Top of its first line."""
        return min(line.top for line in self.lines) if self.lines else self._area[1]

    @property
    def bottom(self) -> float:
        """Bottom of its last line."""
        return max(line.bottom for line in self.lines) if self.lines else self._area[3]

    @property
    def x1(self) -> float:
        """Right edge of its lines."""
        return max(line.x1 for line in self.lines) if self.lines else self._area[2]

    @property
    def _area(self) -> tuple[float, float, float, float]:
        return self.area or (0.0, 0.0, 0.0, 0.0)

    @property
    def text(self) -> str:
        """Its lines joined with spaces, nothing mended: for deciding, not for keeping."""
        return " ".join(line.text for line in self.lines)

    @property
    def texts(self) -> list[list[TextLine]]:
        """Its lines, those of each paragraph of a panel together."""
        if self.kind is not BlockKind.PANEL:
            return [self.lines]
        starts = [*self.parts, len(self.lines)]
        return [self.lines[a:b] for a, b in pairwise(starts) if a < b]

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        return max(self.lines, key=lambda line: len(line.text)).size


def drafts_of(
    words: Sequence[Word], page: int, boxed: bool = False, walls: Sequence[Wall] = ()
) -> list[Draft]:
    """Blocks of upright words and insets, in reading order; `walls` are the level lines drawn on the page."""
    regions = columns_of(words, boxed, walls=walls)
    return [draft for region in regions for draft in column_drafts(region, page)]


def inset(draft: Draft, box: Box, drop: float) -> Inset:
    """A draft as a word that layout puts where it belongs, `drop` points below its top."""
    x0, top, x1, bottom = box
    return Inset(
        "\ufffc\ufffc", x0, top, x1, bottom, top + drop, 4.0, False, False, 0, 0,
        np.empty(0, dtype=np.int64), what=draft, is_panel=draft.kind is BlockKind.PANEL,
    )  # fmt: skip


def _across(insets: list[tuple[int, Inset]]) -> list[tuple[int, Inset]]:
    """The insets with those that stand side by side, before one line, from left to right."""
    bands: list[list[tuple[int, Inset]]] = []
    for place, word in insets:
        beside = bands and bands[-1][0][0] == place and _beside(bands[-1][0][1], word)
        if beside:
            bands[-1].append((place, word))
        else:
            bands.append([(place, word)])
    return [item for band in bands for item in sorted(band, key=lambda item: item[1].x0)]


def _beside(first: Inset, second: Inset) -> bool:
    """Whether two insets share most of the lesser one's height and none of their width."""
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    least = min(first.bottom - first.top, second.bottom - second.top)
    return shared > 0.5 * least and (first.x1 <= second.x0 or second.x1 <= first.x0)


def column_drafts(region: list[Line], page: int) -> list[Draft]:
    """Blocks of the lines of one column, from the top down."""
    lines: list[TextLine] = []
    insets: list[tuple[int, Inset]] = []  # number of the line that it stands before
    written: list[list[Word]] = []
    for visual in region:
        insets += [(len(lines), word) for word in visual.words if isinstance(word, Inset)]
        visual.words = [word for word in visual.words if not isinstance(word, Inset)]
        lines += texts([visual], page)
        written += [visual.words] * (len(lines) - len(written))
    entries = entry_starts(written)
    insets = _across(insets)
    leading = _leading(lines)
    right = _right_edges(lines, [word for _, word in insets])
    card = bool(lines) and median(line.text.count(" ") + 1 for line in lines) < CARD_WORDS
    drafts: list[Draft] = []
    waiting: list[Inset] = []
    for number, line in enumerate(lines):
        current = drafts[-1] if drafts else None
        here = [word for place, word in insets if place == number]
        begins = current is None or current.kind in (BlockKind.TABLE, BlockKind.PANEL) or number in entries
        begins = begins or (current is not None and _begins(current, line, leading, right[number - 1], card))
        # What stands beside a paragraph comes after it; what stands between two lines parts them.
        begins = begins or any(word.x0 < line.x1 and line.x0 < word.x1 for word in here)
        if not begins and current is not None:
            drafts[-1:-1] = [panel for word in here if (panel := _leading_panel(word, current))]
            here = [word for word in here if _leading_panel(word, current) is None]
        waiting += here
        if begins:
            drafts += [word.what for word in waiting if isinstance(word.what, Draft)]
            waiting = []
            kind = BlockKind.LIST_ITEM if line.mark or number in entries else BlockKind.PARAGRAPH
            if not line.mark and CAPTION.match(line.text):
                kind = BlockKind.CAPTION
            drafts.append(Draft(kind, [line], page))
        elif current is not None:
            current.lines.append(line)
    waiting += [word for place, word in insets if place == len(lines)]
    drafts += [word.what for word in waiting if isinstance(word.what, Draft)]
    _nest(drafts)
    return drafts


def _leading_panel(word: Inset, draft: Draft) -> Draft | None:
    """The panel that an inset beside a paragraph is, if it begins no lower than that: it comes before it."""
    panel = word.what
    leads = isinstance(panel, Draft) and panel.kind is BlockKind.PANEL and draft.lines[0].baseline > word.top
    return panel if leads and isinstance(panel, Draft) else None


def _leading(lines: list[TextLine]) -> float:
    """The usual distance of baselines in a column, in times the size; 0 where too few lines tell."""
    steps = [
        (b.baseline - a.baseline) / b.size
        for a, b in pairwise(lines)
        if abs(a.size - b.size) < SAME_SIZE * b.size and b.baseline - a.baseline > 0.9 * b.size
    ]
    if len(steps) < 3:
        return 0.0
    # The lower half: in a column of short paragraphs the median is the gap between them.
    return median(sorted(steps)[: (len(steps) + 1) // 2])


def _right_edges(lines: list[TextLine], insets: Sequence[Inset]) -> list[float]:
    """For each line, how far the lines of prose around it reach to the right.

    Lines that run beside one of `insets`, a panel set into the text, have a right margin of their own.
    """
    stretches: list[int] = []  # numbers of the stretches that no wide white interrupts
    before: list[Inset] = []
    for number, line in enumerate(lines):
        apart = number > 0 and line.baseline - lines[number - 1].baseline > WHITE * line.size
        beside = [word for word in insets if line.x1 < word.x0 and _runs_beside(line, word)]
        apart, before = apart or beside != before, beside
        stretches.append(stretches[-1] + apart if stretches else 0)
    edges = []
    for number, line in enumerate(lines):
        near = range(max(0, number - RIGHT_WINDOW), min(len(lines), number + RIGHT_WINDOW + 1))
        reach = [
            lines[k].x1
            for k in near
            if stretches[k] == stretches[number]
            and "\t" not in lines[k].text
            and abs(lines[k].size - line.size) < SAME_MARGIN * line.size
        ]
        edges.append(max(reach, default=line.x1))
    return edges


def _runs_beside(line: TextLine, word: Inset) -> bool:
    """Whether a line stands as high on the page as an inset with the white around it."""
    return word.top - line.size < line.baseline < word.bottom + 1.5 * line.size


def _begins(draft: Draft, line: TextLine, leading: float, right: float, card: bool) -> bool:
    """Whether `line` begins a new block after `draft`; in a `card` short lines are each their own."""
    last = draft.lines[-1]
    size = max(line.size, last.size)
    step = line.baseline - last.baseline
    if _labels_key_figure(draft, line):
        return False
    if abs(line.size - last.size) > SAME_SIZE * size or (
        line.mark and not closes_bracket(draft.text, line.text)
    ):
        return True
    widest = PARAGRAPH_GAP * leading if leading else LOOSE_LEADING
    widest += RAISED_LEADING * line.raised
    if step > max(widest, 1.05) * size:
        return True
    if line.level != last.level:
        return True
    if line.x0 > last.x1 or line.x1 < last.x0:
        return True
    if FIRST_DIGITS.fullmatch(last.text) and LAST_DIGITS.match(line.text) and abs(line.x0 - last.x0) < size:
        return False
    if line.bold > 0.9 and SUBSECTION.match(line.text):
        return True
    if last.text.count(" ") < COUNT_WORDS and COUNT.match(last.text) and COUNT.match(line.text):
        return True
    if _runs_in(draft.lines[0]) and _runs_in(line):
        return True
    if VALUE_APART.search(line.text) and (VALUE_APART.search(last.text) or last.bold > 0.9 > 2 * line.bold):
        return True
    hyphenated = last.text.endswith("-") and last.text[-2:-1].isalnum() and line.text[0].isalnum()
    long = last.x1 - last.x0 > 0.6 * (right - last.x0)
    continues = line.text[0].islower() or hyphenated or (long and line.text[0].isdigit() and not card)
    if (last.bold > 0.9) != (line.bold > 0.9) and min(last.bold, line.bold) < 0.1:
        # Bold gives way to plain or back: a heading, unless the sentence runs over the line's end.
        if not (continues and _is_full(last, line, right)):
            return True
    elif last.colour != line.colour and last.bold > 0.9 and line.bold > 0.9:
        return True
    if hyphenated or LINK.search(last.text):
        return False
    if card and not (last.text.count(" ") + 1 >= PROSE_WORDS and _is_full(last, line, right)):
        return not (continues and not last.text.endswith(SENTENCE_END))
    if _is_centred(last, line):
        return last.text.endswith(SENTENCE_END)
    if not _is_full(last, line, right):
        return not (continues and not last.text.endswith(SENTENCE_END))
    indent = line.x0 - last.x0
    if draft.kind is BlockKind.LIST_ITEM:
        return False
    return indent > INDENT * size and last.text.endswith(SENTENCE_END)


def _runs_in(line: TextLine) -> bool:
    """Whether a line begins with what it is about, in bold or capitals: « PC : 3 médecins »."""
    about = RUN_IN.match(line.text)
    return about is not None and (0 < line.bold < 0.9 or about[1].isupper())


def closes_bracket(text: str, following: str) -> bool:
    """Whether what follows a text closes a bracket of it: « (21 et » before « 90) mené ».

    No block ends in a bracket, no item of a list begins in one: « (au moins 8 » before « – au mieux 10) ».
    """
    inner, closed, _ = following.partition(")")
    return bool(closed) and "(" not in inner and text.count("(") > text.count(")")


def _labels_key_figure(draft: Draft, line: TextLine) -> bool:
    """Whether `line` goes on with the label of a number set large above it."""
    first, last = draft.lines[0], draft.lines[-1]
    if len(first.text) > 24 or not LARGE_NUMBER.fullmatch(first.text):
        return False
    if first.size < KEY_FIGURE * line.size or line.bold > first.bold + 0.5:
        return False
    near = line.top - last.bottom < 1.2 * line.size
    alike = last is first or abs(last.size - line.size) < SAME_SIZE * line.size
    return near and alike and not line.mark


def _is_full(last: TextLine, line: TextLine, right: float) -> bool:
    """Whether the line above is full: the first word of the next would not have fitted into it."""
    return last.x1 + 0.25 * last.size + line.first_width > right - 0.3 * last.size


def _is_centred(last: TextLine, line: TextLine) -> bool:
    middle = abs((last.x0 + last.x1) - (line.x0 + line.x1)) / 2
    return middle < 0.5 * line.size and abs(last.x0 - line.x0) > line.size


def _nest(drafts: list[Draft]) -> None:
    """Levels of list items from how far their marks are set in."""
    edges: list[float] = []
    for draft in drafts:
        if draft.kind is not BlockKind.LIST_ITEM:
            edges = []
            continue
        x0 = draft.lines[0].x0
        edges = [edge for edge in edges if edge < x0 - 3.0] + [x0]
        draft.level = len(edges)


Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""


def drawn_boxes(page: PageContent) -> list[Box]:
    """The boxes that a page shows: filled, or with a line around them."""
    fills = (f for f in (*page.fills, *page.rounded) if f.colour < 0xFFFFFF or f.stroked)
    return list({*((f.x0, f.top, f.x1, f.bottom) for f in fills), *_frames(page.rulings)})


def panels_of(words: Sequence[Word], page: PageContent) -> list[tuple[Box, list[Word]]]:
    """Boxes drawn around several rows of text, with the words in them; the outermost that fit."""
    most = PANEL_SHARE * page.width * page.height
    boxes = [
        (x0, top, x1, bottom)
        for x0, top, x1, bottom in drawn_boxes(page)
        if bottom - top >= LOWEST_PANEL and x1 - x0 >= NARROWEST_PANEL and (x1 - x0) * (bottom - top) <= most
    ]
    if not boxes or not words:
        return []
    across = np.array([(word.x0 + word.x1) / 2 for word in words])
    down = np.array([(word.top + word.bottom) / 2 for word in words])
    free = np.ones(len(words), dtype=bool)
    panels: list[tuple[Box, list[Word]]] = []
    heading = HEADING * median([word.size for word in words])
    for box in sorted(boxes, key=lambda b: -(b[2] - b[0]) * (b[3] - b[1])):
        x0, top, x1, bottom = box
        held = free & (across >= x0 - 1) & (across <= x1 + 1) & (down >= top - 1) & (down <= bottom + 1)
        inside = [words[k] for k in np.flatnonzero(held).tolist()]
        if inside and _is_panel(inside, box, heading):
            panels.append((box, inside))
            free &= ~held
    return panels


def _is_panel(inside: list[Word], box: Box, heading: float) -> bool:
    """Whether the words make several rows that stand inside the box, not a heading on a bar.

    A heading is set in type of the size `heading` or larger.
    """
    if sum(word.x0 < box[0] - 3 or word.x1 > box[2] + 3 for word in inside) > OVERFULL * len(inside):
        return False
    if any(isinstance(word, Inset) for word in inside):
        return len(inside) > 1
    rows = {round(word.baseline / 3) for word in inside}
    if len(rows) < 3:
        return False
    sizes = [word.size for word in inside]
    return min(sizes) < heading and (min(sizes) < LARGEST_TEXT or len(rows) > 3)


def _frames(rulings: Sequence[Ruling]) -> list[Box]:
    """Rectangles whose four sides are drawn as rulings."""
    level = [r for r in rulings if r.horizontal and r.visible and r.end - r.start > 40]
    upright = [r for r in rulings if not r.horizontal and r.visible and r.end - r.start > 20]
    if not level or len(level) * len(upright) > 4000:
        return []
    frames = []
    near = 3.0
    beginning: dict[int, list[Ruling]] = defaultdict(list)  # sides by where they begin, in steps
    step = near + 2
    for side in upright:
        beginning[int(side.start // step)].append(side)
    for top in level:
        at = int(top.position // step)
        sides = [
            side
            for k in (at - 1, at, at + 1)
            for side in beginning.get(k, ())
            if abs(side.start - top.position) < step
            and (abs(side.position - top.start) < near or abs(side.position - top.end) < near)
        ]
        if len(sides) < 2:
            continue
        for bottom in level:
            if bottom.position - top.position < 20:
                continue
            if abs(top.start - bottom.start) > near or abs(top.end - bottom.end) > near:
                continue
            ends = [side.position for side in sides if abs(side.end - bottom.position) < step]
            if any(abs(x - top.start) < near for x in ends) and any(abs(x - top.end) < near for x in ends):
                frames.append((top.start, top.position, top.end, bottom.position))
    return frames
