"""Which blocks are headings, and their levels: from tags where they are sound, else from type.

Type tells a heading by being larger, bolder, of another colour or in capitals compared with the
report's body. Styles are ranked by size and weight; numbering (« 2.1. ») refines the rank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from rapextract.model import BlockKind

from .drafts import Draft

WAVERING = 0.08  # of a size measured in a picture: what it may be off
CAPITALS = 0.85  # of the letters of a heading set in them: OCR reads « DouBs »
LARGER = 1.08  # times the body's size
SMALLEST = 0.95  # times that
LONGEST = 180  # characters
MOST_LINES = 6  # of a heading set large in a narrow column
LOWEST_LEVEL = 6
FEWEST_CHAPTERS = 3  # whose numbers are set larger over their titles
_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_ENDS = (".", ";", ",")
_ALONE = re.compile(r"\d{1,2}")
_DECIMAL = re.compile(
    r"(?:article\s+|partie\s+|chapitre\s+|annexe\s+)?(\d{1,2}(?:\.\d{1,2})*)[.)°]?(?:\s*[-–—:.)])?\s+\D", re.I
)
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)]|[A-Z][.)]|[a-z]\))(?:\s*[-–—:.)])?\s+[^\W\d_]"
)
_LETTERED = re.compile(r"[a-z]\)\s+[A-ZÀ-Ý][^.;:]{2,90}(?:\([^()]*\))?")
_DATA = re.compile(r"[\d\s.,%€/+\-–—:°()]*")
# « 86 abonnés » says a figure, it titles nothing; « 5.8.4.1 outils » is numbered.
_QUANTITY = re.compile(r"(?!\d{1,2}(?:\.\d{1,2}){2,}[.)]?\s)\d[\d\s.,]*[a-zà-ÿ%€]")
_NUMBER_APART = re.compile(r"((?:\d{1,2}|[A-Z])(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)])\t")
"""The number of a heading with white before the title, as word processors and LaTeX set it."""
_ADDRESS = re.compile(r"://|\bwww\.|\w@\w")  # of a web page, of a person: set large on covers
_DATE = re.compile(
    r"(?:[^\W\d][\w'’ -]*, )?(?:le )?\d{1,2}(?:er|\.)? [^\W\d]{3,9}\.? (?:19|20)\d\d"
    r"|[^\W\d]{3,9} \d{1,2}, (?:19|20)\d\d",
    re.I,
)
"""When a report was made: « Tulle, le 8 juin 2021 »."""
_IMPRINT = re.compile(
    r"(?:(?:n°|numéro) (?:de |du )?(?:dossier|document|version)"
    r"|(?:date|version|référence|réf\.|rédacteur|auteur|destinataire|visa)s?"
    r"|(?:[eé]dité|[eé]tabli|rédigé|vérifié|contrôlé|validé|approuvé|imprimé|remis)e?s? (?:le|par))"
    r"(?: d[ue] [^:]{3,20})?\s?: ?\S",
    re.I,
)
"""Who made a report when: « Édité le : 4 mai 2022 », « Approuvé par : A. Vial »."""
_ANSWER = re.compile(r"(?:sans objet|néant|non concernée?|non applicable|non communiquée?)[.\s]*", re.I)
"""What stands in the place of data, however large: it titles nothing."""
_HEADING_MARKS = "►➢▶>»›■•-–—«§→(\"'’"
_LEADER = re.compile(r"(?:[.…_] ?){4,}\s*\d*\s*$")


@dataclass(frozen=True, slots=True)
class Style:
    """What a block looks like: size in half points, weight, slant, capitals, colour (0xRRGGBB)."""

    size: float
    bold: bool
    italic: bool
    capitals: bool
    colour: int


def style_of(draft: Draft) -> Style:
    """The style of a block's first line."""
    line = max(draft.lines, key=lambda line: len(line.text))
    text = draft.text
    letters = sum(map(str.isalpha, text))
    capitals = letters > 3 and sum(map(str.isupper, text)) > CAPITALS * letters
    return Style(round(2 * line.size) / 2, line.bold > 0.5, line.italic, capitals, line.colour)


class BodyStyle:
    """The style that most characters of a report's text are set in, told from its pages' blocks."""

    def __init__(self) -> None:
        self._count: Counter[Style] = Counter()

    def add(self, drafts: Iterable[Draft]) -> None:
        """Count the characters of a page's blocks."""
        for draft in drafts:
            if draft.lines and draft.kind in _TEXT:
                line = max(draft.lines, key=lambda line: len(line.text))
                style = Style(round(2 * line.size) / 2, line.bold > 0.5, False, False, line.colour)
                self._count[style] += sum(len(line.text) + 1 for line in draft.lines) - 1

    @property
    def style(self) -> Style:
        """That style; of two with as many characters the first seen."""
        return self._count.most_common(1)[0][0] if self._count else Style(10.0, False, False, False, 0)


@dataclass(slots=True)
class _Candidate:
    """A block that may be a heading: by its type, or else by its tag alone.

    `level` is what its tag says, 0 where that is nothing, `depth` that of its numbering.
    """

    number: int
    page: int
    level: int
    by_type: bool
    style: Style
    depth: int
    chapter: int = 0
    """Its number, if it is numbered as a chapter (« 7 Prévenir ») or stands under a number alone."""
    under_number: bool = False
    stacked: bool = False
    """The number, `chapter`, is set larger over the title, in one block with it."""


class Headings:
    """Tells the headings of a report and their levels, from 1 (the highest).

    Call `add` for every block in reading order, then `settle`, then `mark` for the same blocks again.
    """

    def __init__(self, body: Style, scanned: Set[int] = frozenset()):
        """`body` is the style of the report's text, `scanned` the numbers of pages read by OCR."""
        self._body = body
        self._scanned = scanned
        self._candidates: list[_Candidate] = []
        self._tags = self._tagged = self._characters = 0  # blocks with tags, characters of these, of all
        self._levels: dict[int, int] = {}
        self._alone = (-2, 0)  # the last block that is nothing but a small number, and that number
        self._lettered: _Candidate | None = None  # the last block, a heading if no item follows it
        self._after_item = False
        self._chapters: set[int] = set()  # such blocks that number the heading below them

    def add(self, number: int, draft: Draft, is_last: bool) -> None:
        """Look at block `number`; `is_last` says that none follows it."""
        text = draft.text
        level = draft.lines[0].level if draft.lines else 0
        self._characters += len(text)
        if level:
            self._tags += 1
            self._tagged += len(text)
        text_block = draft.kind in _TEXT
        by_type = (
            text_block and not is_last and _looks_like_heading(draft, self._body, draft.page in self._scanned)
        )
        after_item, self._after_item = self._after_item, draft.kind is BlockKind.LIST_ITEM and not by_type
        if self._lettered is not None and not self._after_item:
            self._candidates.append(self._lettered)
        self._lettered = None
        if not text_block:
            return
        if _ALONE.fullmatch(text):
            self._alone = number, int(text)
        if by_type or (level and _may_be_tagged(text)):
            found = _Candidate(number, draft.page, level, by_type, style_of(draft), _depth(text))
            if self._alone[0] == number - 1:
                found.chapter, found.under_number = self._alone[1], True
            elif found.depth == 1 and (own := _DECIMAL.match(text)):
                found.chapter = int(own[1].rstrip("."))
            self._candidates.append(found)
        elif text_block and (title := _under_number(draft)) is not None:
            if _looks_like_heading(title, self._body, draft.page in self._scanned):
                chapter = int(draft.lines[0].text)
                self._candidates.append(
                    _Candidate(number, draft.page, 0, True, style_of(title), 0, chapter, stacked=True)
                )
        elif not after_item and _is_lettered(draft, self._body):
            self._lettered = _Candidate(number, draft.page, 0, True, style_of(draft), 0)

    def settle(self) -> None:
        """Decide, now that all blocks are known."""
        if not self._sound_tags:
            self._candidates = [found for found in self._candidates if found.by_type]
            for found in self._candidates:
                found.level = 0
        self._candidates = _without_counts(self._candidates)
        _even_out(self._candidates, self._scanned)
        levels = _levels_of_styles(self._candidates)
        by_tag = {found.style: found.level for found in self._candidates if found.level}
        shallowest = _shallowest_numbering(self._candidates)
        for found in self._candidates:
            level = found.level
            if not level and found.style in by_tag:
                level = by_tag[found.style]
            elif not level:
                level = _level_beside(found.style, by_tag) if by_tag else levels[found.style]
                if found.depth:
                    level += found.depth - shallowest[found.style]
            self._levels[found.number] = max(1, min(LOWEST_LEVEL, level))
        self._number_chapters()
        self._candidates = []

    def _number_chapters(self) -> None:
        """Give a heading under a number alone the level of chapters, where that number is theirs.

        It follows the number of the chapter before, or lies between that and the next one's.
        """
        numbered = [found for found in self._candidates if found.chapter]
        last: _Candidate | None = None
        for index, found in enumerate(numbered):
            if found.under_number:
                later = (other.chapter for other in numbered[index + 1 :] if not other.under_number)
                after = next(later, 0)
                if last is None or not (
                    found.chapter == last.chapter + 1 or last.chapter < found.chapter < after
                ):
                    continue
                self._levels[found.number] = self._levels[last.number]
                self._chapters.add(found.number - 1)
            last = found

    def mark(self, number: int, draft: Draft) -> None:
        """Make a heading of block `number` if it is one."""
        if number in self._levels:
            draft.kind = BlockKind.HEADING
            draft.level = self._levels[number]
        elif number in self._chapters:
            draft.kind = BlockKind.FURNITURE

    @property
    def _sound_tags(self) -> bool:
        """Whether heading tags are to be trusted: some, and not on most of the text."""
        return self._tags >= 2 and self._tagged < 0.3 * self._characters


def _under_number(draft: Draft) -> Draft | None:
    """The lines of a block under a small number that is set larger: a chapter's title, or a card's label."""
    first, *rest = draft.lines
    if not rest or not _ALONE.fullmatch(first.text) or first.size <= LARGER * max(line.size for line in rest):
        return None
    return replace(draft, lines=rest)


def _without_counts(found: list[_Candidate]) -> list[_Candidate]:
    """The candidates without titles under a number set larger, but where these are chapters.

    Then they count up from one, each on a page of its own.
    """
    stacked = [heading for heading in found if heading.stacked]
    numbers = [heading.chapter for heading in stacked]
    rising = all(a < b for a, b in pairwise(numbers))
    apart = len({heading.page for heading in stacked}) == len(stacked)
    if len(stacked) >= FEWEST_CHAPTERS and numbers[0] == 1 and rising and apart:
        return found
    return [heading for heading in found if not heading.stacked]


def _even_out(found: Sequence[_Candidate], scanned: Set[int]) -> None:
    """Give headings of scanned pages, whose sizes are measured, the style that they most likely have.

    That is the style of headings on pages with text that are about as large, where there are any, else the
    size that most of those about as large were measured to have.
    """
    known = [heading.style for heading in found if heading.page not in scanned]
    measured = [heading for heading in found if heading.page in scanned]
    sizes: list[float] = []
    for size, _ in Counter(heading.style.size for heading in measured).most_common():
        if _nearest(size, sizes) is None:
            sizes.append(size)
    for heading in measured:
        style = heading.style
        alike = {other.size: other for other in known if other.capitals == style.capitals}
        if (as_known := _nearest(style.size, alike)) is not None:
            heading.style = alike[as_known]
        elif (usual := _nearest(style.size, sizes)) is not None:
            heading.style = replace(style, size=usual)
    weights: dict[tuple[float, bool], list[bool]] = {}
    for heading in measured:
        weights.setdefault((heading.style.size, heading.style.capitals), []).append(heading.style.bold)
    for heading in measured:
        bold = weights[heading.style.size, heading.style.capitals]
        heading.style = replace(heading.style, bold=2 * sum(bold) > len(bold))


def _nearest(size: float, others: Iterable[float]) -> float | None:
    """The nearest of other sizes; None where all are off by more than a measured size wavers."""
    near = [other for other in others if abs(other - size) <= WAVERING * other]
    return min(near, key=lambda other: abs(other - size), default=None)


def _may_be_tagged(text: str) -> bool:
    """Whether a tag is believed: whole sentences are no headings, whatever their style is called."""
    if text.endswith(".") and _QUANTITY.match(text.lstrip("* ")):
        return False
    return len(text) <= (LONGEST / 2 if text.endswith(".") else 2 * LONGEST)


def _level_beside(style: Style, by_tag: dict[Style, int]) -> int:
    """The level of an untagged style among tagged ones: that of the largest not larger than it."""
    levels = [level for tagged, level in by_tag.items() if tagged.size <= style.size]
    return min(levels) if levels else max(by_tag.values()) + 1


def _looks_like_heading(draft: Draft, body: Style, measured: bool) -> bool:
    """Whether a block is set as a heading beside text in the style `body`; its size may be `measured`."""
    text = draft.text
    if numbered := _NUMBER_APART.match(text):
        text = f"{numbered[1]} {text[numbered.end() :]}"
    if len(draft.lines) > MOST_LINES or not 3 <= len(text) <= LONGEST or "\t" in text:
        return False
    if (
        text.endswith(_ENDS)
        or _DATA.fullmatch(text)
        or _ADDRESS.search(text)
        or _DATE.fullmatch(text)
        or _ANSWER.fullmatch(text)
        or _IMPRINT.match(text)
        or _LEADER.search(text)
        or not any(map(str.isalpha, text))
    ):
        return False
    if _QUANTITY.match(text) or not (text[0].isalnum() or text[0] in _HEADING_MARKS):
        return False
    if text[0] == "(" and text[-1] == ")":  # a note to the heading above it
        return False
    sizes = [line.size for line in draft.lines]
    if max(sizes) > LARGER * min(sizes):  # a number over its label
        return False
    style = style_of(draft)
    larger = style.size >= LARGER * body.size
    bold = style.bold and all(line.bold > 0.9 for line in draft.lines)
    if draft.kind is BlockKind.LIST_ITEM and not (larger or bold):
        return False
    # A measured size is that of most of its page, which may hold a table in smaller print.
    if style.size < (1 - 2 * WAVERING if measured and bold else SMALLEST) * body.size:
        return False
    if numbered and numbered[1].isalnum() and not larger:  # « 3    Médecins » may count them
        return False
    coloured = style.colour != body.colour
    if larger and (bold or coloured or style.capitals or style.size >= 1.2 * body.size):
        return True
    if text.endswith(":") and not larger:
        return False
    if bold and not body.bold:
        return not text[0].islower()
    if style.capitals and len(draft.lines) <= 2:
        return len(text) > 5 and (coloured or larger or " " in text)
    return bool(_NUMBERED.match(text)) and (coloured or larger or style.italic)


def _is_lettered(draft: Draft, body: Style) -> bool:
    """Whether a block is one line in italics behind a letter: « a) Rejets », a heading but in a list."""
    text = draft.text
    if draft.kind is not BlockKind.LIST_ITEM or len(draft.lines) > 1 or not _LETTERED.fullmatch(text):
        return False
    style = style_of(draft)
    return style.italic and not body.italic and style.size >= SMALLEST * body.size


def _levels_of_styles(found: Sequence[_Candidate]) -> dict[Style, int]:
    """Ranks of styles: larger first, then capitals, bold and upright, then as they come."""
    first: dict[Style, int] = {}
    pages: dict[Style, set[int]] = {}
    for number, heading in enumerate(found):
        first.setdefault(heading.style, number)
        pages.setdefault(heading.style, set()).add(heading.page)
    last_page = max((heading.page for heading in found), default=1)

    def rank(style: Style) -> tuple[float, bool, bool, bool]:
        return -style.size, not style.capitals, not style.bold, style.italic

    levels: dict[Style, int] = {}
    level = 0
    previous: tuple[float, bool, bool, bool] | None = None
    for style in sorted(first, key=lambda style: (*rank(style), first[style])):
        cover = pages[style] == {1} and last_page > 3
        if not cover and rank(style) != previous:
            level += 1
            previous = rank(style)
        levels[style] = max(1, level)
    return levels


def _depth(text: str) -> int:
    match = _DECIMAL.match(text)
    return match[1].count(".") + 1 if match else 0


def _shallowest_numbering(found: Iterable[_Candidate]) -> dict[Style, int]:
    """The least depth of numbering in each style; headings without a number count as that deep."""
    shallowest: dict[Style, int] = {}
    for heading in found:
        if heading.depth:
            shallowest[heading.style] = min(heading.depth, shallowest.get(heading.style, heading.depth))
    return shallowest
