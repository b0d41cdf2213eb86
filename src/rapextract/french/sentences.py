"""Cutting a text into sentences, as spans.

Method: candidates are ``.``, ``!``, ``?`` and ``…`` followed by white space (or a closing quotation mark)
and by something that can start a sentence, and line ends. A candidate is no end after an abbreviation
(« art. », « Dr. », « M. »), inside a number, or before a lower-case letter; « ; » never ends a sentence.
A line end closes a sentence when the next line starts a list item or a capital, or the line itself is
closed by punctuation; a line that merely wraps goes on.
"""

from __future__ import annotations

import re

from .fold import fold

_ABBREVIATIONS = frozenset(
    "m mm mme mmes mlle dr drs pr prs me st ste art al cf ex p pp n no nos vol fig tab tel env etc resp "
    "dept dpt av bd chap hab adm nb ref max min moy".split()
)
_CLOSES_TOO = frozenset({"etc"})  # an abbreviation that often ends a sentence as well
_CLOSERS = "»”\")]’'"
_END = re.compile(r"(?P<stop>[.!?…]+)(?P<close>[ \u00a0\u202f]?[»”\")\]]+)?(?=\s|\Z)|\n")
_LAST_WORD = re.compile(r"([^\W\d_]+)\Z")
_ITEM = re.compile(r"[ \t\u00a0]*(?:[-–—•●▪■◦‣*>➢→✓]+[ \t\u00a0]|\d{1,2}[.)][ \t\u00a0]|[a-z]\)[ \t\u00a0]|\Z|\n)")
_STARTS = re.compile(r"\s*[«“\"(\[]?\s*(?:[A-ZÀ-ÖØ-Þ\dŒ«“\"(\[#@•–-]|\Z)")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, in order, without white space at their ends.

    Together they hold every character of the region that is not white space.
    """
    stop = len(text) if end is None else end
    region = text[start:stop]
    folded = fold(region)
    spans: list[tuple[int, int]] = []
    at = 0
    depth_from = 0
    depth = 0
    for match in _END.finditer(region):
        depth += _depth(region, depth_from, match.start())
        depth_from = match.start()
        if match["stop"] is None:
            if _line_ends(region, at, match.start()):
                at = _keep(region, at, match.start(), start, spans)
                depth = 0
        elif _stop_ends(region, folded, match, max(0, depth)):
            at = _keep(region, at, match.end(), start, spans)
            depth, depth_from = 0, match.end()
    _keep(region, at, len(region), start, spans)
    return spans


def _depth(region: str, low: int, high: int) -> int:
    return region.count("(", low, high) - region.count(")", low, high)


def _keep(region: str, low: int, high: int, shift: int, spans: list[tuple[int, int]]) -> int:
    piece = region[low:high]
    if piece.strip():
        first = low + len(piece) - len(piece.lstrip())
        spans.append((shift + first, shift + low + len(piece.rstrip())))
    return high


def _line_ends(region: str, at: int, newline: int) -> bool:
    """Whether the line that ends at `newline` closes its sentence."""
    after = region[newline + 1 : newline + 80]
    if _ITEM.match(after):
        return True
    line = region[at:newline].rstrip()
    return not line or line[-1] in ".!?…:;»" or bool(_STARTS.match(after))


def _stop_ends(region: str, folded: str, match: re.Match[str], depth: int) -> bool:
    stop = match.start()
    after = region[match.end() : match.end() + 40]
    if not _STARTS.match(after):
        return False
    if region[stop] != "." or match.end("stop") - stop > 1:
        return depth == 0 or bool(match["close"])
    word = _LAST_WORD.search(folded, max(0, stop - 24), stop)
    if word:
        letters = word[1]
        single = len(letters) == 1 and region[stop - 1].isupper()
        if letters in _ABBREVIATIONS and letters not in _CLOSES_TOO:
            return False
        if single and not match["close"] and _initial(region, stop):
            return False
    return depth == 0 or bool(match["close"] and ")" in match["close"]) or "\n" in after[:1]


def _initial(region: str, stop: int) -> bool:
    """Whether the capital before ``.`` is an initial (« J. Martin »), not a sentence's last letter (« vitamine C. »)."""
    return region[stop - 2 : stop - 1] in (" ", ".", "-", "(", "\u00a0", "\n", "") and not re.search(
        r"[a-zà-ÿ] [A-Z]\Z", region[max(0, stop - 4) : stop]
    )
