"""Numbers printed in digits: groups, decimals, signs, fractions, multipliers, ordinal suffixes.

One pattern finds the runs of digits on folded text; what stands left and right of a run then decides
whether it is a number or part of a code, and what else belongs to it. A sign belongs to its number
unless it is a list mark, a range or a dash between words (see `_is_sign`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .fold import word_set
from .number import Form, Number, extended, plain, rounded, with_half
from .numerals import COLLECTIVES, SCALES
from .wrapped import JOINT

_GLYPHS = {
    "½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_GLYPH = f"[{''.join(_GLYPHS)}]"
_DIGITS = re.compile(
    rf"""(?<![\w^])
    (?: (?<!\d[.,])
        (?P<int> \d{{1,3}}(?:(?:[ ]|\x1f+)\d{{3}})+(?!\d)
           | [1-9]\d{{0,2}}(?:\.\d{{3}})+(?!\d|\.\d)
           | \d{{1,3}}(?:'\d{{3}})+(?!\d)
           | \d{{1,3}}(?:,\d{{3}}){{2,}}(?!\d|,\d)
           | \d+ )
        (?P<frac> [.,]\d+(?![.,]?\d) )?
        (?P<glyph> [ ]?{_GLYPH} )?
    | (?<=[.,]) (?P<link> \d+ )
    | (?P<lone> {_GLYPH} )
    | (?<![^\s(|:;]) (?P<bare> [.,]\d+(?![.,]?\d) ) )""",
    re.VERBOSE,
)
_ANY_DIGIT = re.compile(rf"\d|{_GLYPH}")
_SIGN_OF_WEB = re.compile(r"@|www\.|://")
_GROUPING = str.maketrans("", "", f" .,'{JOINT}")
_WEB = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_CODE_BEFORE = re.compile(
    r"(?<!\w)(?:[^\W\d_]\w*[-/_]|[^\W\d_]+\d\w*\.|[A-Z]{1,2}\.|[LRD]\. ?)(?:\w+[-/.])*\Z"
)
_CHAIN = re.compile(r"\d+(?:\.\d+){2,}|(?=\d+(?:,\d+)+\.\d|\d+(?:\.\d+)+,\d)\d+(?:[.,]\d+)+")
"""« 3.1.2 », « 12.50,13.75 »: parts joined by points, or by points and commas."""
_ORDINAL_SUFFIX = re.compile(
    r"(?:\^\{?|\{| (?=er?\b|ere\b|eme\b))?(?:ers?|res?|eres?|emes?|iemes?|es?|nde?s?|de?s?)\}?(?!-?\w)"
)
_SLASH = re.compile(r"/(\d{1,4})(?![\d/\w]|[.,]\d)")
_MONEY_SCALE = re.compile(r" {0,2}(Mds?|M|k|K)(?= ?(?:€|euros?\b|d['’]euros\b)|\Z)")
_MONEY_SCALES = {"M": 10**6, "k": 10**3, "K": 10**3, "Md": 10**9, "Mds": 10**9}
_SCALE_WORD = re.compile(rf"(?: |{JOINT}+)?(millions?|milliards?|billions?|mille)(?!\w)")
_COLLECTIVE = re.compile(rf" ({'|'.join(COLLECTIVES)})s?(?!\w)")
_NOTE_MARK = re.compile(r"(?<!10)[¹²³⁴-⁹⁰]{1,3}(?![^\W_])")
"""A raised number behind a number refers to a note (« 2 318¹ »); behind a ten it is an exponent."""
_GLUED = re.compile(r"[^\W\d_]+")
_GLUED_UNITS = word_set("h j m g l s km kg mg cm mm ml cl dl ha mn an k x H J Kg KM Km Ko Mo Go ETP EUR ANS")
_LONGEST = 18
"""Digits of the longest number; a longer run is an identifier."""
_GLUED_CODE = re.compile(r"-[^\W\d_]|_")


def scan_digits(region: str, folded: str) -> Iterator[Number]:
    """The numbers in digits of `region`, in order; `folded` is ``fold(region)``."""
    if not _ANY_DIGIT.search(folded):
        return
    web = [match.span() for match in _WEB.finditer(region)] if _SIGN_OF_WEB.search(region) else []
    skip_to = 0
    for match in _DIGITS.finditer(folded):
        start = match.start()
        if start < skip_to or any(low <= start < high for low, high in web):
            continue
        if match["int"] and "\t" in region[start : match.end("int")]:
            skip_to = match.end()  # « 645⇥884 »: one number set wide, or two columns
            continue
        chain = _CHAIN.match(folded, start)
        if chain and (match["int"] or match["link"] or ".").isdecimal():
            skip_to = chain.end()
        elif not _is_in_code(region, start):
            number = _number(region, folded, match)
            if number is not None:
                skip_to = number.end
                yield number


def _is_in_code(region: str, start: int) -> bool:
    """Whether what ends right before the digits at `start` makes them part of a code (« L. 114-17 »)."""
    last = region[start - 1 : start]
    if not last or (last not in "-/_." and region[start - 2 : start] != ". "):
        return False  # all that _CODE_BEFORE finds ends so
    return _CODE_BEFORE.search(region, max(0, start - 40), start) is not None


def _number(region: str, folded: str, match: re.Match[str]) -> Number | None:
    """The number whose digits `match` found, with all that belongs to it; None for a code."""
    start, end = match.span()
    text = region[start:end]
    if match["lone"]:
        return Number(start, end, text, rounded(_glyph(match["lone"])), "digits", frozenset({"fraction"}))
    whole = match["int"] or match["link"] or "0"
    fraction, glyph = match["frac"] or match["bare"], match["glyph"]
    if len(whole) > _LONGEST:
        return None
    value = plain(Decimal(whole.translate(_GROUPING) + (fraction or "").replace(",", ".")))
    if not fraction and not glyph:
        if suffix := _ORDINAL_SUFFIX.match(folded, end):
            marks = frozenset({"ordinal"})
            return Number(start, end, text, value, "digits", marks, suffix=suffix.end() - end)
        if whole.isdigit() and (slash := _slash(region, folded, start, end, value)):
            return _with_sign(region, folded, slash)
    number = Number(start, end, text, value, "digits")
    if glyph:
        number = extended(region, number, end, rounded(value + _glyph(glyph)), "fraction")
    elif whole.count(".") == 1 and not fraction:
        number = number._replace(marks=frozenset({"dot-group"}))
    if note := _NOTE_MARK.match(region, end):
        return _with_sign(region, folded, number._replace(suffix=note.end() - end))
    scaled = _scaled(region, folded, number)
    if scaled is number and not _free_on_the_right(region, end):
        return None
    return _with_sign(region, folded, with_half(region, folded, scaled))


def _glyph(text: str) -> Decimal:
    over, under = _GLYPHS[text.strip()]
    return Decimal(over) / under


def _scaled(region: str, folded: str, number: Number) -> Number:
    """Take in a multiplier: « millions », « mille », « douzaines », the M of ``M€``."""
    mixed: Form = "mixed"
    if money := _MONEY_SCALE.match(region, number.end):
        number = extended(region, number, money.end(), number.value * _MONEY_SCALES[money[1]])
    elif scale := _SCALE_WORD.match(folded, number.end):
        word = scale[1].removesuffix("s")
        number = extended(region, number, scale.end(), number.value * SCALES.get(word, 1000))
    elif noun := _COLLECTIVE.match(folded, number.end):
        number = extended(region, number, noun.end(), number.value * COLLECTIVES[noun[1]], "collective")
    else:
        return number
    return number._replace(form=mixed)


def _free_on_the_right(region: str, end: int) -> bool:
    """Whether the digits that end here are a number: letters glued to them make a code, unless a unit."""
    glued = _GLUED.match(region, end)
    if not glued:
        return not _GLUED_CODE.match(region, end)
    letters = glued[0]
    known = letters in _GLUED_UNITS or (len(letters) >= 3 and letters.islower())
    return known and (letters in "hH" or not region[glued.end() : glued.end() + 1].isalnum())


def _slash(region: str, folded: str, start: int, end: int, value: Decimal) -> Number | None:
    """``a/b`` of two whole numbers as one number, unless it is a link of a longer chain (a date)."""
    match = _SLASH.match(folded, end)
    if not match or folded[max(0, start - 1) : start] == "/" or end - start > 4 or not int(match[1]):
        return None
    below = Number(match.start(1), match.end(1), match[1], plain(Decimal(match[1])), "digits")
    above = Number(start, end, region[start:end], value, "digits")
    text = region[start : match.end()]
    marks = frozenset({"slash", "fraction"})
    return Number(start, match.end(), text, rounded(value / below.value), "digits", marks, (above, below))


# Signs --------------------------------------------------------------------------------------------

_SIGN = re.compile(r"([+-]|–|—)( ?)\Z")
_RATE_AFTER = re.compile(r" ?(?:%|€|points?\b|pts?\b|pour ?cent)")
_SPEAKS_OF_CHANGE = re.compile(
    r"(?:\b(?:de|a|par|est|etait|sont|soit|ou|et|entre|contre|evolution|variation)|[(\[:=;|]|d') *\Z"
)
_EMPHASIS = re.compile(r"(?:(?<=[\s(\[:|])|^)(?:\*\*?|__?)\Z")
"""Marks of Markdown that open bold or slanted text: « **-0,5 %** »."""
_GIVES_A_CHANGE = re.compile(r"(?:\b(?:de|soit)|[(=]) *\Z")


def _with_sign(region: str, folded: str, number: Number) -> Number:
    """Take in the sign before `number`, when it is one."""
    match = _SIGN.search(folded, max(0, number.start - 2), number.start)
    if not match or not _is_sign(folded, match, number):
        return number
    start = match.start()
    value = number.value if match[1] == "+" else -number.value
    text = region[start : number.end]
    return number._replace(start=start, text=text, value=value, marks=number.marks | {"signed"})


def _is_sign(folded: str, sign: re.Match[str], number: Number) -> bool:
    """Whether a ``+`` or ``-`` before a number is its sign.

    Yes where sign and number are all there is (a table cell); no in a range or after a rate
    (« 65,8 % - 3 »); at the start of a line only when glued to a rate, or a plus before one (« + 9 % »;
    else it is a list mark);
    within a line when glued to the number, or after a word that
    gives a change (« de - 1,52 % », « soit - 3 ETP »). A long dash, which scans give for a minus, is one
    in a cell and behind a bracket or such a word, and never for being glued.
    """
    before = _EMPHASIS.sub("", folded[: sign.start()].rpartition("\n")[2])
    rest = _RATE_AFTER.sub("", folded[number.end :], count=1) if len(folded) < 40 else folded
    if not _EMPHASIS.sub("", folded[: sign.start()]).strip() and not rest.strip(" \n*_"):
        return True
    if before and not before[-1].isspace() and before[-1] not in '([:=|/;,"«':
        return False
    last = before.rstrip()[-1:]
    if last.isdigit() or last in ("%", "€", ")"):
        return False
    rate = bool(_RATE_AFTER.match(folded, number.end))
    glued = not sign[2] and sign[1] != "—"
    if not last:
        return (glued and rate) or (sign[1] == "+" and (glued or rate))
    if glued:
        return True
    if rate:
        return sign[1] == "+" or bool(_SPEAKS_OF_CHANGE.search(before))
    return bool(_GIVES_A_CHANGE.search(before))
