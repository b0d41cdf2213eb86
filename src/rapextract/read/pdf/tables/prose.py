"""Running text: what stands in paragraphs is no table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from operator import or_

from .columns import OVERLAP
from .phrases import Line, level_of, middle, steps
from .words import Phrase, Words

WORDY = 4  # words of a phrase that may be a line of a paragraph
FIGURES = 0.3  # of its words may hold a digit
STEP = 1.8  # times the font size: from line to line of a paragraph
WIDE_STEP = 2.6  # … where they stand alone
EVEN = 0.2  # of the font size: how far a step down may differ from the one before it
KEYS = 0.15  # of its lines with a figure at their right: they are the keys of a table
CELLS = 0.24  # of its lines right of a short key, among others: they are cells of a table
SAME_EDGE = 0.4  # of the font size: where the lines of a key begin
SAME_SPACE = 0.1  # of the font size: how far the spaces of a loose line differ
COLUMNS = 3  # phrases of a line that may be a row of text
NARROWEST = 12  # times the font size
ENDS = ".!?:;"


@dataclass(slots=True)
class Paragraph:
    """Lines of running text on one left or right edge."""

    phrases: list[Phrase]

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(phrase.x0 for phrase in self.phrases)

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(phrase.x1 for phrase in self.phrases)

    @property
    def top(self) -> float:
        """Middle of the first line."""
        return self.phrases[0].level

    @property
    def bottom(self) -> float:
        """Middle of the last line."""
        return self.phrases[-1].level


def paragraphs_of(words: Words, lines: list[Line]) -> list[Paragraph]:
    """Paragraphs: three or more lines of five words with few figures (or fewer, longer ones).

    Lines whose right neighbour is a figure are the keys of a table, not running text.
    """
    chains: list[list[_Text]] = []
    for text in _wordy(words, lines):
        chain = next((chain for chain in chains if _goes_on(chain[-2:], text)), None)
        if chain is None:
            chains.append([text])
        else:
            chain.append(text)
    found = []
    for chain in chains:
        count = len(chain)
        phrases = [text.phrase for text in chain]
        mean = sum(len(phrase.words) for phrase in phrases) / count
        keys = sum(text.key for text in chain)
        width = middle([phrase.x1 - phrase.x0 for phrase in phrases])
        cells = sum(text.cell for text in chain) - _run_on(chain)
        if keys >= KEYS * count or cells >= CELLS * count or width < NARROWEST * phrases[0].size:
            continue
        pair = count == 2 and mean >= 9 and all(text.alone for text in chain)
        if (count >= 3 and mean >= 5) or pair or (count != 2 and mean >= 14):
            found.append(Paragraph(phrases))
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    """A phrase that may be a line of running text.

    `alone` on its line or beside running text, a `key` with a figure right of it, or a `cell` right of a
    key, beside others? `figured` tells that figures stand left of it.
    """

    phrase: Phrase
    alone: bool
    key: bool
    cell: bool
    figured: bool


def _run_on(texts: list[_Text]) -> int:
    """How many of a paragraph's lines begin or go on a sentence over rows of figures, as no cell does."""
    on = [
        a.cell
        and b.cell
        and a.figured
        and b.figured
        and a.phrase.text[-1] not in ENDS
        and b.phrase.text[0].islower()
        for a, b in pairwise(texts)
    ]
    return sum(map(or_, [*on, False], [False, *on]))


def _wordy(words: Words, lines: list[Line]) -> list[_Text]:
    """Phrases that may be lines of running text."""
    out = []
    for number, line in enumerate(lines):
        for position, phrase in enumerate(line):
            count = len(phrase.words)
            if count < WORDY:
                continue
            figures = sum(any(map(str.isdigit, words.text[k])) for k in phrase.words)
            if figures <= FIGURES * count:
                right = line[position + 1 :] or _values_beside(lines, number)
                key = bool(right) and right[0].number and right[0].x0 > phrase.x1
                cell = position > 0 and len(line) >= COLUMNS and len(line[0].words) < WORDY
                cell = cell and not _is_loose(line[:position])
                alone = all(len(other.words) >= WORDY for other in chain(*_overlapping(lines, number)))
                figured = any(other.number for other in line[:position])
                out.append(_Text(phrase, alone, key, cell, figured))
    return out


def _overlapping(lines: list[Line], k: int) -> list[Line]:
    """Line `k` and those next to it that overlap it in height."""
    size, level = lines[k][0].size, level_of(lines[k])
    return [line for line in lines[max(0, k - 1) : k + 2] if abs(level_of(line) - level) < OVERLAP * size]


def _values_beside(lines: list[Line], k: int) -> Line:
    """The figures that belong to the text which ends line `k`, though they stand on another line.

    They overlap it in height, centred beside a wrapped key; or its next line goes on below it in lower
    case, with the figures beside that.
    """
    key = lines[k][-1]
    for near in (k - 1, k + 1):
        if 0 <= near < len(lines):
            step, first = abs(level_of(lines[near]) - key.level), lines[near][0]
            if step < OVERLAP * key.size and all(phrase.number for phrase in lines[near]):
                return lines[near]
            below = near > k and step < STEP * key.size and abs(first.x0 - key.x0) < SAME_EDGE * key.size
            if below and first.text[:1].islower() and len(first.words) < WORDY:
                return lines[near][1:]
    return []


def _is_loose(pieces: Line) -> bool:
    """Whether three phrases or more, as far from each other, are the words of a loose line of text."""
    if len(pieces) < COLUMNS:
        return False
    spaces = [after.x0 - before.x1 for before, after in pairwise(pieces)]
    return max(spaces) - min(spaces) < SAME_SPACE * pieces[0].size


def _goes_on(last: list[_Text], text: _Text) -> bool:
    """Whether a line of running text may follow the one or two last lines of a paragraph.

    A line far below goes on only where both are alone on their lines: cells of a row are not.
    """
    above, below = last[-1].phrase, text.phrase
    step = below.level - above.level
    farthest = WIDE_STEP if text.alone and last[-1].alone else STEP
    if not 1 < step <= farthest * above.size or abs(above.size - below.size) > 0.15 * above.size:
        return False
    if len(last) > 1 and abs(step - (above.level - last[0].phrase.level)) > EVEN * above.size:
        return False
    shared = min(above.x1, below.x1) - max(above.x0, below.x0)
    if shared < 0.6 * min(above.x1 - above.x0, below.x1 - below.x0):
        return False
    return abs(above.x0 - below.x0) <= 2.2 * below.size or abs(above.x1 - below.x1) < 2


def prose_words(lines: list[Line], paragraphs: list[Paragraph]) -> set[int]:
    """The positions of the words that stand in paragraphs, with the loose or short lines at their ends.

    A justified line may be so loose that it reads as several phrases, a last line so short that it
    says nothing by itself: they lie at the paragraph's own pitch, one after the other, and on its left edge.
    """
    held: set[int] = set()
    for paragraph in paragraphs:
        for phrase in paragraph.phrases:
            held.update(phrase.words)
        if len(paragraph.phrases) < 3:
            continue
        pitch = middle(steps([phrase.level for phrase in paragraph.phrases]))
        within = [
            own
            for line in lines
            if (own := [p for p in line if paragraph.x0 - 2 <= p.x0 and p.x1 <= paragraph.x1 + 2])
        ]
        for end, step in ((paragraph.top, -pitch), (paragraph.bottom, pitch)):
            first = True
            for own in within if step > 0 else reversed(within):
                near = abs(level_of(own) - (end + step)) < 0.12 * pitch
                if near and (first or len(own) == 1 or _is_loose(own)) and _ends(paragraph, own, step > 0):
                    held.update(word for phrase in own for word in phrase.words)
                    end, first = level_of(own), False
                    if step > 0 and abs(own[-1].x1 - paragraph.x1) >= 2:
                        break  # its last line
    return held


def _ends(paragraph: Paragraph, own: Line, below: bool) -> bool:
    """Whether phrases of a line one pitch away are the paragraph's first (`below` false) or last one."""
    if any(phrase.number for phrase in own):
        return False
    size = paragraph.phrases[0].size
    if abs(own[0].size - size) > 0.1 * size or own[0].x0 - paragraph.x0 > (0.6 if below else 3) * size:
        return False
    full = abs(own[-1].x1 - paragraph.x1) < 2
    return full or (below and len(own) == 1)
