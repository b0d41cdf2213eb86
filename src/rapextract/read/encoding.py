"""Bytes to characters: which encoding a text is in, and whether it is a text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from rapextract.model import Problem, RapextractError
from rapextract.model.problems import (
    DAMAGED_TEXT,
    EMPTY_SOURCE,
    LINE_TOO_LONG,
    NOT_TEXT,
    UNDECODABLE,
)

LONGEST_LINE = 1_000_000
"""Characters of a line beyond which a text is no report."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_STARTS = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x1f\x8b", b"BZh",
    b"Rar!", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"II*\x00", b"MM\x00*", b"SQLite format 3\x00",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Encodings that French reports were written in; others would only be guesses.
_NO_CURRENCY = "¤"
"""The sign for any currency, where Latin-9 has the euro and older encodings what no report writes."""
_C1 = re.compile(r"[\x80-\x9f]")
"""Control characters that Latin-9 has where Windows-1252 has quotation marks."""
_FRENCH_ENCODINGS = ["cp1252", "latin_1", "iso8859_15", "mac_roman", "cp850"]


def decode(data: bytes, longest_line: int | None = LONGEST_LINE) -> tuple[str, str, list[Problem]]:
    """Decode a text file: its characters, the name of its encoding, and what was lost.

    A byte order mark decides and is no part of the text (the encoding is then ``utf-8-sig``,
    ``utf-16`` or ``utf-32``). Without one: UTF-8 where the bytes are valid, UTF-8 with ``\\ufffd``
    for damaged bytes where nearly all are, UTF-16 where every other byte is zero, else what
    charset-normalizer finds among the encodings that French texts were written in.

    Raises `RapextractError`: R01 for nothing but white space, R02 for binary data, R03 where no
    encoding fits, R05 for a line beyond `longest_line` characters (None: any length will do).
    """
    if not data.strip():
        raise RapextractError(EMPTY_SOURCE())
    if data.startswith(_BINARY_STARTS):
        raise RapextractError(NOT_TEXT())
    text, encoding, problems = _decode(data)
    if _is_binary(text):
        raise RapextractError(NOT_TEXT())
    longest = max(map(len, text.splitlines()), default=0)
    if longest_line is not None and longest > longest_line:
        raise RapextractError(LINE_TOO_LONG(length=longest))
    if not text.strip():
        raise RapextractError(EMPTY_SOURCE())
    return text, encoding, problems


def decode_as(data: bytes, encoding: str) -> tuple[str, str, list[Problem]] | None:
    """Decode with the encoding that a file itself declares; None where it is unknown or does not fit.

    A byte order mark goes before it, and so does UTF-8 where the bytes are: no text in another encoding is
    by chance. As in browsers, ``iso-8859-1`` means Windows-1252.
    """
    if _by_mark(data) is not None or (not data.isascii() and _is_utf8(data)):
        return None
    try:
        name = codecs.lookup(encoding).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None
    return None if _is_binary(text) or not text.strip() else (text, name, [])


def _decode(data: bytes) -> tuple[str, str, list[Problem]]:
    encoding = _by_mark(data) or _by_zeros(data)
    if encoding is not None:
        try:
            return data.decode(encoding), encoding, []
        except UnicodeDecodeError as error:
            raise RapextractError(UNDECODABLE()) from error
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise RapextractError(NOT_TEXT())
    mended = data.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd") - data.count("\ufffd".encode())
    foreign = sum(1 for character in mended if character > "\x7f") - lost
    if foreign >= 10 * lost:
        # An accented letter in another encoding is never valid UTF-8, so this is UTF-8 with a few
        # bytes damaged, which a single-byte encoding would turn into nonsense everywhere.
        return mended, "utf-8", [DAMAGED_TEXT(count=lost, encoding="UTF-8")]
    best = from_bytes(data, cp_isolation=_FRENCH_ENCODINGS).best()
    if best is None:
        raise RapextractError(UNDECODABLE())
    text = str(best)
    if _NO_CURRENCY in text and not _C1.search(euros := data.decode("iso8859_15")):
        return euros, "iso8859_15", []
    return text, best.encoding, []


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    return None


def _by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: most characters of a French text have a zero upper byte."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _is_binary(text: str) -> bool:
    """Whether control characters stand where a text has none (a stray one is forgiven)."""
    if "\x00" in text:
        return True
    return len(_CONTROL.findall(text)) > max(2, len(text) // 500)
