"""Named pieces of patterns: ``{month}`` in a pattern stands for the piece `month`.

A piece may use other pieces. It is set in as a group, so that alternatives in it stay together.
Braces of the regular expression itself, as in ``\\d{2,3}`` or ``\\p{Lu}``, are left alone: a piece's
name starts with a lower-case letter and does not follow ``\\p``, ``\\P``, ``\\N`` or ``\\x``.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from .compiled import regexp

_REFERENCE = regexp(r"(?<!\\[pPNx])\{([a-z][a-z0-9_-]*)\}")


class PieceError(ValueError):
    """A pattern that names a piece which does not exist, or pieces that go in a circle."""

    def __init__(self, message: str, piece: str):
        super().__init__(message)
        self.piece = piece


def expand(pattern: str, pieces: Mapping[str, str], _open: tuple[str, ...] = ()) -> str:
    """Set the named pieces into `pattern`; raises `PieceError`."""

    def piece(match: regex.Match[str]) -> str:
        name = match[1]
        if name in _open:
            raise PieceError("pieces go in a circle: " + " → ".join((*_open, name)), name)
        if name not in pieces:
            raise PieceError(f"no piece is named `{name}`", name)
        return f"(?:{expand(pieces[name], pieces, (*_open, name))})"

    return _REFERENCE.sub(piece, pattern)
