"""Cutting a text into sentences, as spans.

Method: candidates are ``.``, ``!``, ``?`` and ``…`` (with a closing quotation mark or bracket) before white
space, and line ends. A stop ends no sentence after an abbreviation (« art. », « Dr. ») or an initial, inside
brackets, or before a lower-case letter; « ; » never ends one. A line end closes a sentence when the next
line starts a list item or a capital, or the line itself is closed by punctuation; a line that merely
wraps, or ends in an article or a preposition, goes on.
"""

from __future__ import annotations

import re

from .fold import fold, word_set
from .wrapped import goes_on

_ABBREVIATIONS = word_set(
    "m mm mme mmes mlle dr drs pr prs me st ste art al cf ex p pp n no nos vol fig tab tel env resp dept dpt",
    "av bd chap cat sect hab adm nb ref max min moy",
)
_STOP = re.compile(r"(?P<stop>[.!?…]++)(?P<close>[ \u00a0\u202f]?[»”\")\]]+)?(?=\s|\Z)|\n")
_MARK = re.compile(r"[.!?…]+|\n")
"""What `_STOP` starts with: much faster to look for, and dots that lead to a page number count once."""
_LAST_WORD = re.compile(r"([^\W\d_]+)\Z")
_BLANK = r"[ \t\u00a0\u202f]"
_ITEM = re.compile(rf"{_BLANK}*(?:\||[-–—•●▪■◦‣*>➢→✓]+{_BLANK}|\d{{1,2}}[.)]{_BLANK}|[a-z]\){_BLANK}|\Z|\n)")
_STARTS = re.compile(r"\s*[«“\"(\[]?\s*(?:[A-ZÀ-ÖØ-Þ\dŒ«“\"(\[#@•–-]|\Z)")
_HANGS = re.compile(
    r"(?:[,(]|(?<![\w-])(?:de|du|des|le|la|les|un|une|au|aux|en|par|pour|sur|dans|avec|et|ou|dont|soit|que"
    r"|[dl]')) ?\Z"
)
"""What ends no sentence: the next line goes on, also with a number or a name."""
_INITIAL = re.compile(r"(?:\A|[\s.(-])[A-Z]\Z")
_AFTER_A_NOUN = re.compile(r"(?<!\w)[a-zà-ÿ][\w'’-]+ [A-Z]\Z")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, in order, without white space at their ends.

    Together they hold every character of the region that is not white space.
    """
    region = text[start:end]
    spans: list[tuple[int, int]] = []
    sentence, counted, depth = 0, 0, 0
    for mark in _MARK.finditer(region):
        at = mark.start()
        match = _STOP.match(region, at)
        if match is None:
            continue
        depth = max(0, depth + region.count("(", counted, at) - region.count(")", counted, at))
        counted = at
        if match["stop"] is None:
            ends = _line_ends(region, sentence, at)
        else:
            ends = _stop_ends(region, match, sentence, depth)
        if ends:
            spans += _trimmed(region, sentence, match.end(), start)
            sentence = counted = match.end()
            depth = 0
    return spans + _trimmed(region, sentence, len(region), start)


def _trimmed(region: str, low: int, high: int, shift: int) -> list[tuple[int, int]]:
    """The span without white space at its ends, as a list that is empty when nothing is left."""
    piece = region[low:high]
    first = low + len(piece) - len(piece.lstrip())
    last = low + len(piece.rstrip())
    return [(shift + first, shift + last)] if first < last else []


def _line_ends(region: str, sentence: int, newline: int) -> bool:
    """Whether the line that ends at `newline` closes its sentence."""
    after = region[newline + 1 : newline + 80]
    line = region[sentence:newline].rstrip()
    closed = not line or line[-1] in ".!?…:;»"
    whole = region[region.rfind("\n", 0, newline) + 1 : newline].rstrip()
    if (
        not closed
        and not _ITEM.match(after)
        and (_HANGS.search(fold(line)) or goes_on(whole, after.lstrip()))
    ):
        return False
    return closed or bool(_ITEM.match(after)) or bool(_STARTS.match(after))


def _stop_ends(region: str, match: re.Match[str], sentence: int, depth: int) -> bool:
    """Whether `match` closes the sentence that starts at `sentence`; `depth`: open brackets before it."""
    stop, after = match.start(), region[match.end() : match.end() + 40]
    if not _STARTS.match(after) or region[sentence:stop].strip().isdigit():
        return False  # goes on, or the number of a list item
    closed = bool(match["close"])
    if match["stop"] == "." and not closed:
        before = region[max(0, stop - 24) : stop]
        word = _LAST_WORD.search(fold(before))
        if word and word[1] in _ABBREVIATIONS:
            return False
        if _INITIAL.search(before) and not _AFTER_A_NOUN.search(before):
            return False  # « J. Martin », but « vitamine C. »
    return depth == 0 or closed or after.startswith("\n")
