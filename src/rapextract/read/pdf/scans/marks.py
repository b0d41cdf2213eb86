"""Marks by their ink: bullets and dashes before the items of a list, raised dots between words.

The engine takes them for letters or other signs, or passes over them.
"""

from __future__ import annotations

from .ink import BAR_INK, RAISED, SPACE, SPECK, Ink, Part, euler, parts_of

ROUND = 1.4  # times its height: what is no wider, nor narrower, is as wide as high
FULL = 0.65  # of its box: a disc fills 0.79, of which some is lost to blur and noise
LEAST_SPOT, SPOT = 0.2, 0.7  # of the height of the letter after it: how high the mark of a list is
DOT_LEVEL = 0.25, 0.65  # of the height of capitals: how far above the line the middle of a raised dot stands
DOT_WHITE = 0.2  # of that height: white on both its sides, at least
LEVEL = 1.6  # times its height: a stroke as wide is level
DASH_LEVEL = 0.2, 0.65  # of the height of the letter after it: how far above the line a dash lies
CLEAR_OF_LINE = 0.06  # of that height: a mark ends higher above the line, a full stop does not


def mark_before(text: str, ink: Ink) -> tuple[str, Part, int] | None:
    """The mark of a list item that was read as the first sign of a word: « *AISM » for « • 4 ISM ».

    What it is, its ink, and the first column of what follows.
    """
    if text[0].isalnum() or not any(map(str.isalnum, text)):
        return None
    return mark_at_head(ink)


def mark_at_head(ink: Ink) -> tuple[str, Part, int] | None:
    """The mark of a list item that a line's ink begins with, and the first column of what follows.

    A bullet, or a dash: white as wide as a space parts that from what follows.
    """
    parts = parts_of(ink)
    if len(parts) < 2:
        return None
    mark, after = parts[:2]
    if is_spot(mark, after.height, after.bottom, ink):
        return "•", mark, after.x0
    if is_dash(mark, after.height, after.bottom) and after.x0 - mark.x1 >= SPACE * after.height:
        return "-", mark, after.x0
    return None


def is_dash(part: Part, height: float, line: float) -> bool:
    """Whether ink is a level stroke amid the height of letters of a `height` on a `line`."""
    broad, level = part.x1 - part.x0, line - (part.top + part.bottom) / 2
    return (
        part.share >= BAR_INK
        and broad >= LEVEL * part.height
        and DASH_LEVEL[0] * height <= level <= DASH_LEVEL[1] * height
    )


def is_spot(part: Part, height: float, line: float, ink: Ink | None = None) -> bool:
    """Whether ink is a disc, square or ring beside letters of a `height` on a `line`, as a list's mark is.

    A ring, of which `ink` shows the hole, stands lower than the sign of degrees or a raised letter.
    """
    broad = part.x1 - part.x0
    full = part.share >= FULL
    if not full and ink is not None and part.top >= line - (1 - RAISED) * height:
        full = euler(ink[part.top : part.bottom, part.x0 : part.x1]) == 0  # one piece, one hole
    return (
        full
        and max(broad, part.height) <= ROUND * min(broad, part.height)
        and LEAST_SPOT * height <= part.height <= SPOT * height
        and part.bottom < line - CLEAR_OF_LINE * height
    )


def dot_between(ink: Ink) -> tuple[str, Part] | None:
    """The bullet or the raised dot between two words that `ink`, all there is between them, is.

    It reaches from the top of capitals down to the line they stand on. A dot is apart from both words, of
    which the edges may show.
    """
    height, width = ink.shape
    columns = [(part.x0, part.x1) for part in parts_of(ink) if part.x0 > 0 and part.x1 < width]
    parts = [
        Part(x0, x1, part.x0, part.x1, float(ink[part.x0 : part.x1, x0:x1].mean()))
        for x0, x1 in columns
        for part in parts_of(ink[:, x0:x1].T)  # above each other
        if part.x1 - part.x0 > SPECK * height
    ]
    if len(parts) != 1:
        return None
    (dot,) = parts
    broad, level = dot.x1 - dot.x0, 1 - (dot.top + dot.bottom) / 2 / height
    if (
        dot.share < FULL
        or max(broad, dot.height) > min(ROUND * min(broad, dot.height), SPOT * height)
        or not DOT_LEVEL[0] <= level <= DOT_LEVEL[1]
        or min(dot.x0, width - dot.x1) < DOT_WHITE * height
    ):
        return None
    return "•" if dot.height >= LEAST_SPOT * height else "·", dot
