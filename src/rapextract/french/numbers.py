"""Every numeral of a French text, in digits and in words, with its exact value.

Method: one compiled pattern finds runs of digits, another runs of number words, both on folded text;
small pure functions then decide what belongs to the numeral (sign, multiplier, ordinal suffix,
« et demi »). The scanner gives the longest numeral at each place and does not judge whether it is a
figure: dates, articles and section numbers are numbers too. What is not a number at all is left out:
digits glued to letters (``T2A``, ``COVID-19``, ``L.114-17-1``), dotted chains (``192.168.1.2``,
``31.12.2021``), addresses of the web, Roman numerals.

Values are exact decimals, except fractions, rounded to six places. A dot before exactly three
digits groups thousands (``1.234`` is 1234, as French typography has it); any other dot is decimal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from .fold import fold
from .numerals import ALONE, COLLECTIVES, ORDINALS, SCALES, VOCABULARY, number_words, read_numeral

__all__ = ["Form", "Number", "number_words", "parse_number", "scan_numbers"]

Form = Literal["digits", "words", "mixed"]


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral of a text.

    `start:end` is the run of characters whose value is `value`, `text` those characters;
    ``parse_number(number.text) == number.value``. `stop` is `end`, or the end of an ordinal suffix that
    follows (``8`` of ``8e``). `marks` says what else is known of it:

    - ``ordinal``: a rank (``8e``, « troisième »); ``article``: a lone « un » or « une »;
    - ``none``: « aucun »; ``collective``: « une dizaine »; ``half``: ends in « et demi »;
    - ``fraction``: « deux tiers », ``½``; ``slash``: ``2/3``, whose two sides are `parts`;
    - ``signed``: starts with a printed sign; ``dot-group``: one dot read as thousands (``1.234``).
    """

    start: int
    end: int
    text: str
    value: Decimal
    form: Form
    marks: frozenset[str] = frozenset()
    parts: tuple[Number, ...] = ()
    stop: int = -1

    def __post_init__(self) -> None:
        if self.stop < self.end:
            object.__setattr__(self, "stop", self.end)

    @property
    def ordinal(self) -> bool:
        """Whether it is a rank."""
        return "ordinal" in self.marks

    @property
    def article(self) -> bool:
        """Whether it is a lone « un » or « une », more often an article than a number."""
        return "article" in self.marks


def scan_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """All numerals of ``text[start:end]`` in order, not overlapping.

    The bounds are walls: nothing beyond them is looked at, so that a table cell is read by itself.
    Offsets of the answers count from the start of `text`.
    """
    region = text[start:end]
    folded = fold(region)
    return [_shifted(number, start) for number in _scan(region, folded)]


def parse_number(text: str) -> Decimal:
    """The value of `text`, which must be exactly one numeral.

    Takes whatever `scan_numbers` gives as `Number.text`; raises `ValueError` for anything else.
    """
    stripped = text.strip()
    numbers = scan_numbers(stripped)
    if len(numbers) != 1 or (numbers[0].start, numbers[0].end) != (0, len(stripped)):
        raise ValueError(f"Not exactly one French numeral: {text!r}.")
    return numbers[0].value


def _shifted(number: Number, by: int) -> Number:
    if not by:
        return number
    return replace(
        number,
        start=number.start + by,
        end=number.end + by,
        stop=number.stop + by,
        parts=tuple(_shifted(part, by) for part in number.parts),
    )


def _scan(region: str, folded: str) -> list[Number]:
    found = [*_scan_digits(region, folded), *_scan_words(region, folded)]
    found.sort(key=lambda number: (number.start, -number.end))
    numbers: list[Number] = []
    for number in found:
        if not numbers or number.start >= numbers[-1].end:
            numbers.append(number)
    return numbers


# Digits -------------------------------------------------------------------------------------------

_DIGITS = re.compile(
    r"""(?<![\w^])
    (?P<int> \d{1,3}(?:[ ]\d{3})+(?!\d)
           | [1-9]\d{0,2}(?:\.\d{3})+(?!\d|\.\d)
           | \d{1,3}(?:'\d{3})+(?!\d)
           | \d{1,3}(?:,\d{3}){2,}(?!\d|,\d)
           | \d+ )
    (?P<frac> [.,]\d+(?![.,]?\d) )?
    (?P<glyph> [ ]?[½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞] )?
    | (?<![\w^]) (?P<lone> [½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞] )""",
    re.VERBOSE,
)
_GLYPHS = {
    glyph: Decimal(over) / Decimal(under)
    for glyph, over, under in (
        ("½", 1, 2), ("¼", 1, 4), ("¾", 3, 4), ("⅓", 1, 3), ("⅔", 2, 3), ("⅕", 1, 5), ("⅖", 2, 5), ("⅗", 3, 5),
        ("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅛", 1, 8), ("⅜", 3, 8), ("⅝", 5, 8), ("⅞", 7, 8),
    )
}  # fmt: skip
_WEB = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_CODE_BEFORE = re.compile(r"(?<!\w)(?:[^\W\d_]\w*[-/_]|[A-Z]{1,2}\.|[LRD]\. ?)(?:\w+[-/.])*\Z")
_DOTTED = re.compile(r"\d+(?:\.\d+){2,}")
_ORDINAL_SUFFIX = re.compile(r"(?:\^\{?|\{| (?=er?\b|ere\b|eme\b))?(?:ers?|res?|eres?|emes?|iemes?|es?|nde?s?|de?s?)\}?(?!\w)")
_SLASH = re.compile(r"/(\d{1,4})(?![\d/\w]|[.,]\d)")
_MONEY_SCALE = re.compile(r" ?(Mds?|M|k|K)(?= ?(?:€|euros?\b|d['’]euros\b)|\Z)")
_MONEY_SCALES = {"M": 10**6, "k": 10**3, "K": 10**3, "Md": 10**9, "Mds": 10**9}
_SCALE_WORD = re.compile(r" ?(millions?|milliards?|billions?|mille)(?![\w])")
_SCALE_COLLECTIVE = re.compile(rf" ({'|'.join(COLLECTIVES)})s?(?!\w)")
_GLUED = re.compile(r"[^\W\d_]+")
_GLUED_UNITS = frozenset(
    "h j m g l s km kg mg cm mm ml cl dl ha min mn an ans k x kwh mwh gwh ko mo go nd fois etp eur".split()
)


def _scan_digits(region: str, folded: str) -> Iterator[Number]:
    web = [match.span() for match in _WEB.finditer(region)] if "@" in region or "www." in region or "://" in region else []
    skip_to = 0
    for match in _DIGITS.finditer(folded):
        start, end = match.span()
        if start < skip_to or any(low <= start < high for low, high in web):
            continue
        if dotted := _DOTTED.match(folded, start):
            if match["int"] is None or "." not in match["int"]:
                skip_to = dotted.end()
                continue
        if _CODE_BEFORE.search(region, max(0, start - 40), start):
            continue
        number = _digit_number(region, folded, match)
        if number is not None:
            skip_to = number.end
            yield number


def _digit_number(region: str, folded: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    marks: set[str] = set()
    if match["lone"]:
        return Number(start, end, region[start:end], _rounded(_GLYPHS[match["lone"]]), "digits", frozenset({"fraction"}))
    whole, fraction, glyph = match["int"], match["frac"], match["glyph"]
    value = Decimal(re.sub(r"[ .,']", "", whole) + (fraction or "").replace(",", "."))
    if glyph:
        value = _rounded(value + _GLYPHS[glyph.strip()])
        marks.add("fraction")
    if whole.count(".") == 1 and not fraction:
        marks.add("dot-group")
    if not fraction and not glyph:
        if suffix := _ORDINAL_SUFFIX.match(folded, end):
            return Number(start, end, region[start:end], value, "digits", frozenset({"ordinal"}), stop=suffix.end())
        if whole.isdigit() and (slash := _slash(region, folded, start, end, value)):
            return slash
    form: Form = "digits"
    if money := _MONEY_SCALE.match(region, end):
        value, end, form = value * _MONEY_SCALES[money[1]], money.end(), "mixed"
    elif scale := _SCALE_WORD.match(folded, end):
        value, end, form = value * _scale(scale[1]), scale.end(), "mixed"
    elif collective := _SCALE_COLLECTIVE.match(folded, end):
        value, end, form = value * COLLECTIVES[collective[1]], collective.end(), "mixed"
        marks.add("collective")
    elif not _free_on_the_right(folded, end):
        return None
    number = Number(start, end, region[start:end], value, form, frozenset(marks))
    number = _with_half(region, folded, number)
    return _with_sign(region, folded, number)


def _scale(word: str) -> int:
    return 1000 if word == "mille" else SCALES[word.removesuffix("s")]


def _rounded(value: Decimal) -> Decimal:
    """A fraction to six places, without trailing zeros."""
    rounded = value.quantize(Decimal("0.000001")).normalize()
    return rounded if rounded.as_tuple().exponent <= 0 else rounded.quantize(Decimal(1))  # type: ignore[operator]


def _free_on_the_right(folded: str, end: int) -> bool:
    """Whether the digits that end here are a number of their own: glued letters make a code unless a unit."""
    if glued := _GLUED.match(folded, end):
        letters = glued[0]
        after = folded[glued.end() : glued.end() + 1]
        known = letters in _GLUED_UNITS or len(letters) >= 3
        return known and (letters == "h" or not after.isalnum())
    return not re.match(r"-[^\W\d_]|_", folded[end : end + 2])


def _slash(region: str, folded: str, start: int, end: int, value: Decimal) -> Number | None:
    """``a/b`` of two whole numbers as one number, unless it is a link of a longer chain (a date)."""
    match = _SLASH.match(folded, end)
    if not match or folded[max(0, start - 1) : start] == "/" or end - start > 4 or not int(match[1]):
        return None
    below = Number(match.start(1), match.end(1), match[1], Decimal(match[1]), "digits")
    above = Number(start, end, region[start:end], value, "digits")
    return Number(
        start, match.end(), region[start : match.end()], _rounded(value / below.value), "digits",
        frozenset({"slash", "fraction"}), (above, below),
    )  # fmt: skip


# Signs --------------------------------------------------------------------------------------------

_SIGN = re.compile(r"([+-]|–)( ?)\Z")
_RATE_AFTER = re.compile(r" ?(?:%|€|points?\b|pts?\b|pour ?cent)")
_SPEAKS_OF_CHANGE = re.compile(r"(?:\b(?:de|a|par|est|etait|sont|soit|ou|et|entre|contre|evolution|variation)|[(\[:=;|]|d') *\Z")


def _with_sign(region: str, folded: str, number: Number) -> Number:
    """Take in the sign before a number when it is one, not a list mark, a range or a dash between words."""
    match = _SIGN.search(folded, max(0, number.start - 2), number.start)
    if not match or not _is_sign(folded, match, number):
        return number
    value = number.value if match[1] == "+" else -number.value
    start = match.start()
    return replace(
        number, start=start, text=region[start : number.end], value=value, marks=number.marks | {"signed"}
    )


def _is_sign(folded: str, sign: re.Match[str], number: Number) -> bool:
    start = sign.start()
    before = folded[:start].rpartition("\n")[2] if start else ""
    alone = not folded[:start].strip() and not _RATE_AFTER.sub("", folded[number.end :], count=1).strip()
    if alone:
        return True
    if before and not before[-1].isspace() and before[-1] not in "([:=|/;,\"«":
        return False
    last = before.rstrip()[-1:]
    if last.isdigit() or last in ("%", "€", ")"):
        return False
    rate = bool(_RATE_AFTER.match(folded, number.end))
    if not last:  # the mark starts its line: a sign is glued to its rate, a list mark is not
        return not sign[2] and (rate or sign[1] == "+")
    if not sign[2]:
        return True
    return rate and (sign[1] == "+" or bool(_SPEAKS_OF_CHANGE.search(before)))


# Words --------------------------------------------------------------------------------------------

_WORD = "|".join(VOCABULARY)
_RUN = re.compile(rf"(?<![\w])(?:{_WORD})(?!\w)(?:(?:-| {{1,3}})(?:et(?:-| {{1,3}}))?(?:{_WORD})(?!\w))*")
_TOKEN = re.compile(r"[a-z]+")
_NONE = re.compile(r"(?<!\w)aucune?(?!\w)")
_COLLECTIVE = re.compile(
    rf"(?<![\w-])(?:(?P<un>une?|(?:la|le|cette|ce|derniere|premiere|bonne|petite) )(?: bonne| petite)? ?)"
    rf"(?P<noun>{'|'.join(COLLECTIVES)})(?!\w)"
)
_DEMI_SCALE = re.compile(r"une? demie?[ -](million|milliard|douzaine|dizaine|centaine)(?!\w)")
_FRACTION_AFTER = re.compile(r"[ -](demie?s?|tiers|quarts?)(?!\w)")
_FRACTIONS = {"demi": 2, "demie": 2, "demis": 2, "demies": 2, "tiers": 3, "quart": 4, "quarts": 4}
_OF = re.compile(r" (?:des?|du)\b| d'|\s*\Z|[.,;)]")
_AND_HALF = re.compile(r" et demie?(?!\w)| [^\W\d]+ et demie?(?!\w)")
_AND_FRACTION = re.compile(r" et (un|deux|trois) (quarts?|tiers|demie?)(?!\w)")
_POINT = re.compile(r" virgule ((?:zero )*)")
_PER_CENT = re.compile(rf"(?:\d|%|(?<!\w)(?:{_WORD})) ?pour[ -]\Z")


def _scan_words(region: str, folded: str) -> Iterator[Number]:
    for match in _NONE.finditer(folded):
        start, end = match.span()
        yield Number(start, end, region[start:end], Decimal(0), "words", frozenset({"none"}))
    for match in _COLLECTIVE.finditer(folded):
        if number := _collective(region, folded, match):
            yield number
    for match in _DEMI_SCALE.finditer(folded):
        start, end = match.span()
        unit = SCALES.get(match[1]) or COLLECTIVES[match[1]]
        yield Number(start, end, region[start:end], Decimal(unit) / 2, "words", frozenset({"fraction"}))
    for match in _RUN.finditer(folded):
        yield from _run_numbers(region, folded, match.start(), match.end())


def _collective(region: str, folded: str, match: re.Match[str]) -> Number | None:
    noun = match["noun"]
    counted = match["un"].startswith("un")
    if noun in ("quarantaine", "quinzaine", "huitaine") and not (counted and re.match(r" d(?:e |')[^\W\d]", folded[match.end() : match.end() + 5])):
        return None  # isolation, a fortnight, a week
    start = match.start() if counted else match.start("noun")
    end = match.end()
    return Number(start, end, region[start:end], Decimal(COLLECTIVES[noun]), "words", frozenset({"collective"}))


def _run_numbers(region: str, folded: str, start: int, end: int) -> Iterator[Number]:
    """The numerals of one run of number words; some end beyond it (« trois quarts », « deux ans et demi »)."""
    tokens = list(_TOKEN.finditer(folded, start, end))
    words = [token[0] for token in tokens]
    index = 0
    while index < len(words):
        numeral = read_numeral(words, index)
        if numeral is None:
            index += 1
            continue
        first, last = tokens[index], tokens[index + numeral.length - 1]
        index += numeral.length
        if not _free_word(folded, first.start(), last.end()):
            continue
        text = region[first.start() : last.end()]
        number = Number(first.start(), last.end(), text, Decimal(numeral.value), "words")
        if numeral.ordinal:
            yield _ordinal(region, folded, number, tokens, index, numeral.length)
            continue
        number = _with_fraction(region, folded, number, words[index:])
        if number.text == text and text.lower() in ("un", "une"):
            number = replace(number, marks=frozenset({"article"}))
        while index < len(tokens) and tokens[index].start() < number.end:
            index += 1
        yield number


def _free_word(folded: str, start: int, end: int) -> bool:
    """Whether the words stand free: no letters joined by a hyphen, and no « cent » of « pour cent »."""
    if re.match(r"-[^\W\d_]", folded[end : end + 2]) and not _RUN.match(folded, end + 1):
        return False
    if re.search(r"[^\W\d_]-\Z", folded[max(0, start - 2) : start]) and not re.search(rf"(?<!\w)(?:{_WORD})-\Z", folded[max(0, start - 20) : start]):
        return False
    return not (folded.startswith("cent", start) and _PER_CENT.search(folded, max(0, start - 30), start))


def _ordinal(region: str, folded: str, number: Number, tokens: list[re.Match[str]], index: int, count: int) -> Number:
    """An ordinal, or the fraction it is part of (« deux cinquièmes », « un centième de »)."""
    last = tokens[index - 1][0]
    if count >= 2 and last not in ALONE:
        words = [token[0] for token in tokens[index - count : index]]
        numerator = read_numeral(words[:-1])
        whole = numerator is not None and numerator.length == count - 1
        below = read_numeral([ORDINALS[last]])
        plural = last.endswith("s")
        if whole and numerator and below and (plural or numerator.value < 10) and _is_fraction(folded, number.end, numerator.value, plural, words):
            value = _rounded(Decimal(numerator.value) / below.value)
            return replace(number, value=value, marks=frozenset({"fraction"}))
    return replace(number, marks=frozenset({"ordinal"}))


def _is_fraction(folded: str, end: int, numerator: int, plural: bool, words: list[str]) -> bool:
    return plural or bool(_OF.match(folded, end))


def _with_fraction(region: str, folded: str, number: Number, rest: list[str]) -> Number:
    """Take in « tiers », « quarts », « virgule cinq », « et demi », « et un quart »."""
    end = number.end
    if match := _FRACTION_AFTER.match(folded, end):
        value = _rounded(number.value / _FRACTIONS[match[1]])
        return _extended(region, number, match.end(), value, "fraction")
    if match := _POINT.match(folded, end):
        run = _RUN.match(folded, match.end())
        numeral = read_numeral([token[0] for token in _TOKEN.finditer(run[0])]) if run else None
        if run and numeral and not numeral.ordinal:
            tokens = list(_TOKEN.finditer(folded, run.start(), run.end()))
            zeros = match[1].count("zero")
            places = zeros + len(str(numeral.value))
            value = number.value + Decimal(numeral.value).scaleb(-places)
            return _extended(region, number, tokens[numeral.length - 1].end(), value)
    if match := _AND_FRACTION.match(folded, end):
        over = {"un": 1, "deux": 2, "trois": 3}[match[1]]
        part = Decimal(over) / _FRACTIONS[match[2]]
        return _extended(region, number, match.end(), _rounded(number.value + part * _last_scale(folded, number)), "fraction")
    return _with_half(region, folded, number)


def _with_half(region: str, folded: str, number: Number) -> Number:
    match = _AND_HALF.match(folded, number.end)
    if not match:
        return number
    return _extended(region, number, match.end(), number.value + _last_scale(folded, number) / 2, "half")


def _last_scale(folded: str, number: Number) -> Decimal:
    """What « et demi » is half of: a million in « 3 millions et demi », else one."""
    word = folded[number.start : number.end].split()[-1].removesuffix("s")
    return Decimal(SCALES.get(word, 1))


def _extended(region: str, number: Number, end: int, value: Decimal, mark: str = "") -> Number:
    marks = number.marks | {mark} if mark else number.marks
    return replace(number, end=end, stop=end, text=region[number.start : end], value=value, marks=marks)
