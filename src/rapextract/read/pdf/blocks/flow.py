"""All blocks of a report in reading order: a paragraph that goes on in the next column or page is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapextract.model import BlockKind

from .drafts import SENTENCE_END, Draft, closes_bracket
from .mend import HYPHENS

FOOTNOTE = 0.93  # of the body's size
SAME_EDGE = 2.0  # points
RUNS_WIDER = 3.0  # times the size


def joined_paragraphs(drafts: Iterable[Draft], body_size: float) -> Iterator[Draft]:
    """All blocks in order, each when it is complete; lines of a second part are added to the first's."""
    waiting: list[Draft] = []  # the paragraph that may go on, and what stands after it
    for draft in drafts:
        going_on = waiting[0] if waiting else None
        if going_on is not None and _goes_on(going_on, draft):
            going_on.lines += draft.lines
            continue
        if draft.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            # A footnote stands between the two parts of a paragraph without ending it.
            if going_on is None or draft.size > FOOTNOTE * body_size:
                yield from waiting
                waiting = [draft]
                continue
        elif draft.kind not in (BlockKind.PANEL, BlockKind.FURNITURE):
            yield from waiting
            yield draft
            waiting = []
            continue
        if going_on is None:
            yield draft
        else:
            waiting.append(draft)
    yield from waiting


def _goes_on(first: Draft, second: Draft) -> bool:
    texts = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    if first.kind not in texts or second.kind not in texts:
        return False
    last, line = first.lines[-1], second.lines[0]
    if second.kind is BlockKind.LIST_ITEM and not closes_bracket(first.text, line.text):
        return False
    if (
        abs(last.size - line.size) > 0.04 * line.size
        or last.colour != line.colour
        or line.level != last.level
        or (line.level and not last.text.endswith(HYPHENS))  # a heading goes on within a word alone
    ):
        return False
    broken = last.text.endswith(HYPHENS) and line.text[0].isalpha()
    if second.page == first.page and line.top > last.bottom - 0.5 * line.size:
        below = abs(line.x0 - last.x0) < SAME_EDGE and line.top - last.bottom < line.size
        # Below what it runs around text is wider than beside it.
        wider = line.x1 > last.x1 + RUNS_WIDER * line.size and line.text[0].islower()
        # The end of a heading over columns may be as short as a line of the first.
        ends = broken and last.text[-2:-1].isalpha() and (last.bold > 0.9) == (line.bold > 0.9)
        return below and (ends or (wider and _reads_on(first, second)))
    return _reads_on(first, second)


def _reads_on(first: Draft, second: Draft) -> bool:
    """Whether the words of a block go on in another one's."""
    last, line = first.lines[-1], second.lines[0]
    if closes_bracket(first.text, line.text) and not last.text.endswith("."):
        return True
    if last.text.endswith(SENTENCE_END) or "\t" in last.text or "\t" in line.text:
        return False
    weights_differ = (last.bold > 0.9) != (line.bold > 0.9) and max(len(last.text), len(line.text)) < 60
    if weights_differ and not (last.bold < 0.9 and line.text[0].islower()):
        return False
    if line.text[0].islower() or (last.text.endswith(HYPHENS) and line.text[0].isalpha()):
        return len(first.text) > 25
    full = last.x1 > first.x1 - 2 * last.size and len(last.text) > 25 and last.bold < 0.9
    return full and len(first.lines) > 1 and len(second.text) > 25
