"""Tables of contents in a PDF: their lines are furniture, for their numbers are pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from rapextract.model import BlockKind

from ...contents import is_contents_title
from .drafts import Draft

LED = re.compile(
    r"[^\W\d].*?(?:(?:[.·_] ?){4,}|…(?: ?…)+)\s*\d{1,3}$|(?:[.·_] ?){2,}\s*Erreur\s?! ?Signet non défini\.$"
)
"""Dots that lead to a page, or to what Word prints where that is lost."""
ENTRY = re.compile(r".*[^\W\d].*\t(?P<page>\d{1,3})")
"""A line whose last word, a number, stands apart: « Volumes facturés    3 »."""

NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,5}|[A-Z])[.)]\s+(?:\d+(?:\.\d+)*[.)]?\s+)?[^\W\d]")
"""The beginning of an item that numbers a part: « 2. Activité », « IV) 4.1 Effectifs »."""

FEWEST = 3  # entries without leader dots
FEWEST_TITLED = 2  # of them below a title of contents
SHARE = 0.6  # of the lines of a page without a title of contents
TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def mark_contents(drafts: Sequence[Draft]) -> None:
    """Make the blocks of a page that list contents furniture.

    Dots that lead to a number at the end of a block, or of most of its lines, are sure. Without them,
    several lines end with a number that stands apart, which never falls from one to the next, and either
    the page has a title of contents above them or they are most of its lines. A list of numbered items
    right below such a title lists contents whatever they end with.
    """
    _mark_list(drafts)
    lines = [(draft, line.text) for draft in drafts for line in draft.lines]
    titles = [k for k, (_, text) in enumerate(lines) if is_contents_title(text)]
    below = lines[titles[0] + 1 :] if titles else lines
    entries = [(draft, match) for draft, text in below if "\t" in text and (match := ENTRY.fullmatch(text))]
    pages = [int(match["page"]) for _, match in entries]
    if titles:
        many = len(entries) >= FEWEST_TITLED
    else:
        many = len(entries) >= FEWEST and len(entries) > SHARE * len(below)
    listed = {id(draft) for draft, _ in entries} if many and pages == sorted(pages) else set()
    for draft in drafts:
        if draft.kind not in TEXT:
            continue
        last = draft.lines[-1].text
        led = [_is_led(line.text) for line in draft.lines]
        if led[-1] or (id(draft) in listed and ENTRY.fullmatch(last)) or 2 * sum(led) > len(led):
            draft.kind = BlockKind.FURNITURE


def _mark_list(drafts: Sequence[Draft]) -> None:
    """Make the list right below a title of contents furniture, if its items number the parts of a report."""
    for number, draft in enumerate(drafts):
        if draft.kind not in TEXT or not is_contents_title(draft.text):
            continue
        items = list(takewhile(lambda item: item.kind is BlockKind.LIST_ITEM, drafts[number + 1 :]))
        if len(items) >= FEWEST and all(NUMBERED.match(item.text) for item in items):
            for item in items:
                item.kind = BlockKind.FURNITURE


def _is_led(text: str) -> bool:
    """Whether a line of contents ends with its page, to which dots lead."""
    if not (text[-1].isdecimal() or text.endswith("défini.")):  # the pattern looks long for its end
        return False
    return LED.search(text) is not None
