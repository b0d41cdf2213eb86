"""Characters of a report that must not act: on a terminal, on the order of reading, in a spreadsheet.

A report is written by others. Its text may hold terminal control sequences, marks that turn the order
of the letters around, or cells that a spreadsheet would run as a formula. Two functions make it harmless:

`neutral_text` replaces control characters one for one, so that offsets into the text stay valid.
`neutral_cell` marks a cell that a spreadsheet would run with a leading apostrophe, the sign by which
spreadsheets themselves say "this is text" (OWASP, *CSV Injection*). `plain_cell` takes the mark off.
"""

from __future__ import annotations

import re
from functools import lru_cache

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Tab, line feed and form feed lay out text and stay; `neutral_text` itself sees to the carriage return.
_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\f\r"},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),  # C1 controls
    **dict.fromkeys(range(0x202A, 0x202F), _REPLACEMENT),  # embeddings and overrides (UAX #9)
    **dict.fromkeys(range(0x2066, 0x206A), _REPLACEMENT),  # isolates
    **dict.fromkeys((0x200E, 0x200F, 0x061C), _REPLACEMENT),  # implicit marks
    **dict.fromkeys((0x2028, 0x2029), _REPLACEMENT),  # separators that some programs take for line ends
}
_CONTROL = re.compile(
    "[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)

# What makes a spreadsheet run a cell, with the full-width forms that some of them take as well.
_RUNS = "[=+\\-@\t\n\r\uff1d\uff0b\uff0d\uff20]"
_STARTS_RUN = re.compile(_RUNS)
APOSTROPHE = "'"
"""The mark."""
MARKED = f"{APOSTROPHE}({APOSTROPHE}*{_RUNS})"
"""Regular expression (also in DuckDB's RE2) of the start of a marked cell; group 1 is what the mark hides."""
_MARKED = re.compile(MARKED)
# A signed number, perhaps with words after it (`- 1,52`, `+6,07 %`, `- 2,5 millions`), runs nothing.
_SIGNED_NUMBER = re.compile(r"[+\-]\s*\d[\d\s.,/]*(?:\s[^\W\d_]+)*\s*[%€]?")
_WORDLESS = re.compile(r"[\W_]*")


def neutral_text(text: str) -> str:
    """`text` with control and direction characters replaced, one character for one.

    A carriage return becomes a space before a line feed and a line feed elsewhere: programs that translate
    line ends while they read would otherwise count characters differently.
    """
    if text.isprintable():  # as most cells are, and quickly told
        return text
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if _CONTROL.search(text) is None:
        return text
    return _CONTROL.sub(lambda match: _CONTROLS.get(ord(match[0]), _REPLACEMENT), text)


@lru_cache(maxsize=4096)  # columns repeat themselves
def neutral_cell(text: str) -> str:
    """`text` as a CSV cell that no spreadsheet runs; `plain_cell` gives `text` back."""
    text = neutral_text(text)
    if text[:1].isalnum():  # as most cells begin
        return text
    if _MARKED.match(text):
        return APOSTROPHE + text  # so that the report's own apostrophe is not taken for a mark
    runs = _STARTS_RUN.match(text) and not (_SIGNED_NUMBER.fullmatch(text) or _WORDLESS.fullmatch(text))
    return APOSTROPHE + text if runs else text


def plain_cell(cell: str) -> str:
    """The text of a cell that `neutral_cell` made."""
    return cell[1:] if _MARKED.match(cell) else cell


def one_line(text: str) -> str:
    """`text` on one line without any control character, for messages on a terminal."""
    return " ".join(neutral_text(text).replace("\f", " ").split())
