"""What the titles and the bodies of panels are both read with: marks, white, the ends of lines."""

from __future__ import annotations

from ...grammar.compiled import regexp

BULLETS = "•●○◦▪■□◾▸►▶➢➤➔→✓✔◆❖⚫⬤‣⁃∙·–—"
_MARKS = rf"[ \t\n\r*#_>|{BULLETS},;/&+.«<()\[\]\\-]"
SKIP = regexp(rf"(?:{_MARKS}|\b(?:et|ainsi que|plus)\b(?=\s))*")
"""Marks and linking words before a count."""
GAP = regexp(r"[ \t*|]*(?:[\n\r][ \t*\n\r]*)?")
"""White within a count, over the end of a cell or a line at most."""
FULL_TIME = regexp(r"etp\b(?: (?:de |d'))?")


def line_end(text: str, at: int) -> int:
    """Where the line that `at` stands on ends."""
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
