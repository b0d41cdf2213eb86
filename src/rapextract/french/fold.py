"""Folding text for matching, character by character, so that every offset stays valid.

Rules and scanners match folded text and report spans of the original. That only works when folding
maps one character to exactly one character; `str.lower` and Unicode decomposition do not promise it
(``"İ".lower()`` has two characters), so `fold` uses its own table, built once from the Unicode data:

- a letter with a canonical decomposition (NFD) becomes its base letter: ``É`` gives ``e``;
- letters become lower case; ``œ`` gives ``o`` and ``æ`` gives ``a`` (the second letter is lost, on purpose);
- every typographic apostrophe becomes ``'``, every curly double quotation mark ``"``;
- every space but the line ends becomes a plain space (no-break, narrow no-break, thin, tab …);
- hyphens and the minus sign become ``-``; dashes (``–``, ``—``) stay, they are punctuation;
- superscript letters (``ᵉʳ``) become plain ones. Superscript digits stay: ``km²`` holds no number 2.

A combining accent that stands as its own character stays too: folding expects composed (NFC) letters.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Every character that folds to a plain space."""

_SINGLE: dict[str, str] = {
    **dict.fromkeys("’‘ʼ′‛`´", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys(SPACES, " "),
    **dict(zip("œŒæÆøØłŁđĐ", "ooaaoolldd", strict=True)),
    **dict(zip("ᵃᵇᵈᵉᵍʰᵏˡᵐⁿᵒᵖʳˢᵗ", "abdeghklmnoprst", strict=True)),
}


def _folded(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    lower = base.lower()
    return lower if len(lower) == 1 else base


# Characters that stay are in it too: `translate` takes three times as long where it has to miss them.
_TABLE: dict[int, str] = {code: chr(code) for code in range(0x3100)}
_TABLE.update(
    (code, _folded(chr(code)))
    for block in (range(0x41, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))
    for code in block
)
_TABLE.update({ord(character): folded for character, folded in _SINGLE.items()})


_WORDS, _SENTENCES = 80, 2000
"""Characters of the longest word or title, and of the longest sentence or paragraph."""


def fold(text: str) -> str:
    """Fold case, accents, apostrophes and spaces of `text`; ``len(fold(text)) == len(text)``.

    The answers are remembered: of many words and titles, of the last sentences and the last documents.
    """
    if len(text) <= _WORDS:
        return _fold_words(text)
    return _fold_sentence(text) if len(text) <= _SENTENCES else _fold_document(text)


def _folded_text(text: str) -> str:
    return text.translate(_TABLE)


_fold_words = lru_cache(maxsize=16384)(_folded_text)
_fold_sentence = lru_cache(maxsize=1024)(_folded_text)
_fold_document = lru_cache(maxsize=8)(_folded_text)


def word_set(*lines: str) -> frozenset[str]:
    """The words of `lines`, each line a run of words parted by spaces; for the closed lists of this room."""
    return frozenset(word for line in lines for word in line.split())
