"""Numbers printed in words, found in a text.

The words of a text are looked up first, for most texts hold none of a number. From each number word a
pattern finds the run of them; `numerals.read_numeral` cuts a run into the longest numerals; then what follows
is taken in: « tiers », « douzaines », « virgule cinq », « et demi ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .fold import fold, word_set
from .number import Number, extended, last_scale, plain, rounded, with_half
from .numerals import ALONE, COLLECTIVES, ORDINALS, SCALES, VOCABULARY, Numeral, read_numeral
from .wrapped import JOINT

_WORD = "|".join(VOCABULARY)
_GAP = rf"(?:-?{JOINT}+|-| {{1,3}})"
_RUN = re.compile(rf"(?<!\w)(?:{_WORD})(?!\w)(?:{_GAP}(?:et{_GAP})?(?:{_WORD})(?!\w))*")
_TOKEN = re.compile(r"[a-z]+")
_NUMBER_WORDS = frozenset(VOCABULARY)
_TELLING = _NUMBER_WORDS | frozenset(COLLECTIVES) | {"aucun", "aucune"}
"""Words without one of which no number is in words."""
_NONE = re.compile(r"(?<!\w)aucune?(?!\w)")
_NOUNS = "|".join(COLLECTIVES)
_COLLECTIVE = re.compile(
    rf"(?<![\w-])(?:(?P<un>une?(?: bonne| petite| grosse)?)|la|le|cette|ce) (?P<noun>{_NOUNS})(?!\w)"
)
_COLLECTIVE_ALONE = re.compile(rf"(?:une?(?: bonne| petite| grosse)? )?(?P<noun>{_NOUNS})")
_COLLECTIVE_AFTER = re.compile(rf" (?P<noun>{_NOUNS})s(?!\w)")
_OTHERWISE = word_set("quarantaine quinzaine huitaine")
"""Collectives with another sense: isolation, a fortnight, a week."""
_OF_THINGS = re.compile(r" d(?:e |')[^\W\d]")
_HALF_OF = re.compile(r"(?<![\w-])une? demie?[ -](million|milliard|douzaine|dizaine|centaine)(?!\w)")
_FRACTION_AFTER = re.compile(r"[ -](demie?s?|tiers|quarts?)(?!\w|-[^\W\d_])")
_FRACTIONS = {"demi": 2, "demie": 2, "demis": 2, "demies": 2, "tiers": 3, "quart": 4, "quarts": 4}
_OF_A_WHOLE = re.compile(r" (?:des?|du)\b| d'|\s*\Z")
_AND_FRACTION = re.compile(r" et (un|deux|trois) (quarts?|tiers|demie?)(?!\w)")
_POINT = re.compile(r" virgule ((?:zero )*)")
_PER_CENT = re.compile(rf"(?:\d|%|(?<!\w)(?:{_WORD})) ?pour[ -]\Z")
_JOINED_AFTER = re.compile(r"-[^\W\d_]")
_JOINED_BEFORE = re.compile(r"[^\W\d_]-\Z")
_NUMBER_WORD_BEFORE = re.compile(rf"(?<!\w)(?:{_WORD})-\Z")


def scan_words(region: str, folded: str) -> Iterator[Number]:
    """The numbers in words of `region`, in no special order, a few of them overlapping.

    `folded` is ``fold(region)``. Of two that overlap the one that starts first and is longest is right.
    """
    held = _TELLING.intersection(_TOKEN.findall(folded))
    if not held:
        return
    if "aucun" in held or "aucune" in held:
        for match in _NONE.finditer(folded):
            yield _made(region, match.start(), match.end(), Decimal(0), "none")
    if not held.isdisjoint(COLLECTIVES):
        for match in _COLLECTIVE.finditer(folded):
            if match["noun"] not in _OTHERWISE or (match["un"] and _OF_THINGS.match(folded, match.end())):
                start = match.start() if match["un"] else match.start("noun")
                yield _made(region, start, match.end(), Decimal(COLLECTIVES[match["noun"]]), "collective")
    if " demi" in folded:
        for match in _HALF_OF.finditer(folded):
            whole = Decimal(SCALES.get(match[1]) or COLLECTIVES[match[1]])
            yield _made(region, match.start(), match.end(), whole / 2, "fraction")
    for start, end in _runs(folded) if not held.isdisjoint(_NUMBER_WORDS) else ():
        yield from _numerals(region, folded, start, end)


def collective(text: str) -> Decimal | None:
    """The value of a collective that stands alone, where what follows no longer tells what it is.

    « dizaine » of « cette dizaine », « une quinzaine » of « une quinzaine de jours ».
    """
    match = _COLLECTIVE_ALONE.fullmatch(fold(text))
    return match and Decimal(COLLECTIVES[match["noun"]])


def _runs(folded: str) -> Iterator[tuple[int, int]]:
    """The runs of number words: as `_RUN` finds them, tried at number words alone."""
    end = 0
    for word in _TOKEN.finditer(folded):
        if word[0] in _NUMBER_WORDS and word.start() >= end and (run := _RUN.match(folded, word.start())):
            end = run.end()
            yield run.span()


def _made(region: str, start: int, end: int, value: Decimal, *marks: str) -> Number:
    return Number(start, end, region[start:end], plain(value), "words", frozenset(marks))


def _numerals(region: str, folded: str, start: int, end: int) -> list[Number]:
    """The numerals of one run of number words; the last may end beyond it (« deux ans et demi »)."""
    tokens = list(_TOKEN.finditer(folded, start, end))
    words = [token[0] for token in tokens]
    numbers: list[Number] = []
    index = 0
    while index < len(words):
        numeral = read_numeral(words, index)
        if numeral is None:
            index += 1
            continue
        index, first = index + numeral.length, index
        number = _made(region, tokens[first].start(), tokens[index - 1].end(), Decimal(numeral.value))
        if not _stands_free(folded, number.start, number.end):
            continue
        if numeral.ordinal:
            numbers.append(_ordinal_or_fraction(folded, number, words[first:index]))
            continue
        divisor = read_numeral(words, index) if index < len(words) else None
        if divisor and _divides(folded, divisor, tokens[index : index + divisor.length], number.end):
            index += divisor.length
            value = rounded(number.value / divisor.value)
            number = extended(region, number, tokens[index - 1].end(), value, "fraction")
            whole = numbers[-1] if numbers else None
            if whole and not whole.marks - {"article"} and folded[whole.end : number.start] == " et ":
                number = extended(region, whole, number.end, whole.value + value, "fraction")
                number = number._replace(marks=number.marks - {"article"})
                numbers.pop()
            numbers.append(number)
        else:
            numbers.append(_cardinal(region, folded, number))
    return numbers


def _cardinal(region: str, folded: str, number: Number) -> Number:
    """A cardinal with what belongs to it; marked when it is only « un » or « une »."""
    tailed = _with_tail(region, folded, number)
    if tailed is number and folded[number.start : number.end] in ("un", "une"):
        return number._replace(marks=frozenset({"article"}))
    return tailed


def _divides(folded: str, divisor: Numeral, tokens: list[re.Match[str]], after: int) -> bool:
    """Whether the ordinal in `tokens` divides the cardinal that ends at `after`: « deux cinquièmes ».

    It does in the plural, or before « de » or at the end (« un centième des », not « un cinquième échelon »).
    """
    if not divisor.ordinal or divisor.value < 3 or folded[after : tokens[0].start()].strip(" -"):
        return False
    last = tokens[-1]
    return last[0] not in ALONE and bool(last[0].endswith("s") or _OF_A_WHOLE.match(folded, last.end()))


def _stands_free(folded: str, start: int, end: int) -> bool:
    """Whether the words are a number: not joined to another word (« deux-roues »), not of « pour cent »."""
    if _JOINED_AFTER.match(folded, end) and not _RUN.match(folded, end + 1):
        return False
    glued = _JOINED_BEFORE.match(folded, max(0, start - 2), start)
    if glued and not _NUMBER_WORD_BEFORE.search(folded, max(0, start - 20), start):
        return False
    return not (folded.startswith("cent", start) and _PER_CENT.search(folded, max(0, start - 30), start))


def _ordinal_or_fraction(folded: str, number: Number, words: list[str]) -> Number:
    """A rank, or a fraction when a space parts its words and it ends in s: « vingt cinquièmes »."""
    numerator = read_numeral(words[:-1]) if len(words) > 1 else None
    parted = folded[number.end - len(words[-1]) - 1] == " "
    if numerator and numerator.length == len(words) - 1 and parted and words[-1].endswith("s"):
        denominator = read_numeral([ORDINALS[words[-1]]])
        if denominator:
            value = rounded(Decimal(numerator.value) / denominator.value)
            return number._replace(value=value, marks=frozenset({"fraction"}))
    return number._replace(marks=frozenset({"ordinal"}))


def _with_tail(region: str, folded: str, number: Number) -> Number:
    """Take in what follows a cardinal: a fraction, decimals, a collective, « et demi »."""
    end = number.end
    if match := _FRACTION_AFTER.match(folded, end):
        value = rounded(number.value / _FRACTIONS[match[1]])
        return extended(region, number, match.end(), value, "fraction")
    if match := _COLLECTIVE_AFTER.match(folded, end):
        value = number.value * COLLECTIVES[match["noun"]]
        return extended(region, number, match.end(), value, "collective")
    if (match := _POINT.match(folded, end)) and (run := _RUN.match(folded, match.end())):
        tokens = list(_TOKEN.finditer(folded, run.start(), run.end()))
        decimals = read_numeral([token[0] for token in tokens])
        if decimals and not decimals.ordinal:
            places = match[1].count("zero") + len(str(decimals.value))
            value = number.value + Decimal(decimals.value).scaleb(-places)
            return extended(region, number, tokens[decimals.length - 1].end(), value)
    if match := _AND_FRACTION.match(folded, end):
        over = {"un": 1, "deux": 2, "trois": 3}[match[1]]
        value = number.value + last_scale(folded, number) * over / _FRACTIONS[match[2]]
        return extended(region, number, match.end(), rounded(value), "fraction")
    return with_half(region, folded, number)
