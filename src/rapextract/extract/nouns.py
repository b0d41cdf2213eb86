"""The noun that a number counts: « 44 étaient engagés » counts collaborateurs, « 12 nouveaux agents » agents.

Method: rules on words, no parser. After the number, adjectives that stand before nouns are skipped
(list ``pre-nominal`` of grammars/nouns.yaml); the next word is the noun unless it can't be one (a
function word, a verb, a participle, a singular after a number that asks for a plural). Where it is
none, the noun is elided and found before the number: in « le nombre de … », after « concernant les … »,
in the figure before, or in what « d'entre eux » points at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from ..french.fold import fold
from ..french.inflect import plural, singular
from ..french.numerals import TENS, UNITS
from ..grammar import Grammar, matchable
from ..grammar.compiled import regexp
from ..grammar.patterns import alternatives, compile_pattern, fold_pattern
from ..grammar.vocabulary import WordList
from .texts import Texts


class Noun(NamedTuple):
    """A counted noun: its singular, and where it is printed."""

    unit: str
    start: int
    end: int


_GAP = regexp(r"(?:\*\*|\s|[«\"_\[]){0,4}")
_OF_THESE = regexp(r"(?:de (?:ces|ses|nos|vos|leurs|mes) |d'|des? )")
_MANY = "|".join(word for word, count in (UNITS | TENS).items() if count > 1)
_OF_SO_MANY = regexp(rf"(?:de (?:ces|ses|nos|vos|leurs)|des) (?:\d[\d ]*|{_MANY}) ")
"""« Trois de nos neuf sites », « deux des 14 sites »: the noun follows the other number."""
_WORD = regexp(r"\p{L}[\p{L}\p{M}]*(?:\((?:s|e|es)\)|[-.][\p{L}\p{M}]+)*")
_PARTICIPLE = regexp(r"[\p{L}-]{2,}(?:é|és|ée|ées)")
_ENTRE_EUX = regexp(r"(?:\W{0,3})d'entre (?:eux|elles|nous)")
_EITHER = regexp(r"\((?:s|e|es)\)$")
"""« dossier(s) »."""
_PLURAL_ENDS = ("s", "x", "z")
_LONGEST_ACRONYM = 7


class NounWords:
    """The word lists of grammars/nouns.yaml, compiled, and what units measure."""

    def __init__(self, lists: Iterable[WordList], measures: Mapping[str, str]):
        """Compile `lists` by their ids; a list that is missing matches nothing.

        `measures` are nouns by the id of their unit.
        """
        self._measures = measures
        self._patterns = {entry.id: _compiled(entry) for entry in lists}
        self.has = lru_cache(maxsize=8192)(self._has)

    def _has(self, name: str, word: str) -> bool:
        """Whether the folded `word` is in the list called `name`."""
        pattern = self._patterns.get(name)
        return pattern is not None and pattern.fullmatch(word) is not None

    def measure_of(self, unit: str) -> str:
        """The noun of what `unit` measures (« durée » of days); empty where none is known."""
        return self._measures.get(unit, "")


def _compiled(entry: WordList) -> regex.Pattern[str]:
    words = [regex.escape(matchable(word)) for word in entry.words]
    return compile_pattern(alternatives([*words, *map(fold_pattern, entry.patterns)]))


@lru_cache(maxsize=8)
def noun_words(grammar: Grammar) -> NounWords:
    """The word lists of `grammar`, compiled once."""
    return NounWords(grammar.entries(WordList), grammar.units.measures)


def noun_after(
    words: NounWords, texts: Texts, start: int, end: int, value: Decimal, collective: bool
) -> Noun | None:
    """The noun printed after a number of `value` that ends at `start`; nothing beyond `end` is looked at.

    `collective` says that « de » may stand between (« une dizaine de », « 3 millions de »).
    """
    at = _skip(texts, start, end)
    folded = texts.folded
    if many := _OF_SO_MANY.match(folded, at, end):
        at = many.end()
    elif partitive := _OF_THESE.match(folded, at, end):
        these = partitive[0].startswith("de ") and len(partitive[0]) > 3
        if not these and not collective:
            return None
        at = partitive.end()
    several = abs(value) >= 2
    for _ in range(4):
        at = _skip(texts, at, end)
        match = _WORD.match(texts.printed, at, end)
        if match is None:
            return _named_by_age(texts, at)
        word = match[0]
        if texts.folded.startswith("'", match.end()):
            return None  # « jusqu'à », « lorsqu'il »
        if words.has("pre-nominal", fold(word)):
            at = match.end()
            continue
        if not _can_be_noun(words, word, several, texts):
            stands_alone = is_participle(words, word) or words.has("not-a-noun", fold(word))
            return _named_by_age(texts, match.start()) if stands_alone else None
        return Noun(unit_of(word, texts), match.start(), match.end())
    return None


def _named_by_age(texts: Texts, end: int) -> Noun | None:
    """« 240 jeunes interrogés », « 12 jeunes ont »: an adjective that is the noun where none follows."""
    match = _YOUNG.search(texts.folded, max(0, end - 8), end)
    return Noun("jeune", match.start("noun"), match.end("noun")) if match else None


_YOUNG = regexp(r"\b(?P<noun>jeunes) ?\Z")


def past_adjectives(words: NounWords, texts: Texts, start: int, end: int) -> int:
    """Where the words that may stand before a noun end: after « premiers » in « les 20 premiers km »."""
    at = _skip(texts, start, end)
    match = _WORD.match(texts.printed, at, end)
    return match.end() if match is not None and words.has("pre-nominal", fold(match[0])) else start


def _skip(texts: Texts, at: int, end: int) -> int:
    gap = _GAP.match(texts.plain, at, end)
    return gap.end() if gap else at


def _can_be_noun(words: NounWords, word: str, several: bool, texts: Texts) -> bool:
    folded = fold(word)
    if words.has("not-a-noun", folded) and (len(word) > 2 or not _is_acronym(word)):
        return False
    if _is_acronym(word) and not _is_shouted(word):
        return True
    if is_participle(words, word):
        return False
    head = word.split("-")[0]
    plural = folded.endswith(_PLURAL_ENDS) or fold(head).endswith(_PLURAL_ENDS) or word.endswith(")")
    if word[0].isupper() and not plural:
        return texts.words.has_as_short_form(word)
    return plural or not several


def is_participle(words: NounWords, word: str) -> bool:
    """Whether a word is a past participle, and no noun that looks like one."""
    folded = fold(word)
    like = _PARTICIPLE.fullmatch(word.lower()) is not None or words.has("participle", folded)
    return like and not words.has("participle-nouns", fold(plural(word.lower())))


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) >= 2


def _is_shouted(word: str) -> bool:
    """Is a word in capitals longer than acronyms are, a word of a heading?"""
    return word.isupper() and len(word) > _LONGEST_ACRONYM


def unit_of(word: str, texts: Texts) -> str:
    """The unit that a printed noun gives: singular, lower case; short forms keep their case."""
    bare = _EITHER.sub("", word)
    if _is_acronym(bare):
        if _is_shouted(bare):
            return singular(bare.lower())
        return singular(bare[:-1]) if bare.endswith("s") and bare[:-1].isupper() else bare
    if bare[:1].isupper() and not bare.endswith(_PLURAL_ENDS) and texts.words.has_as_short_form(bare):
        return bare
    return singular(bare.lower())


# Elided nouns -------------------------------------------------------------------------------------
_NOUN = r"(?P<noun>\p{L}[\p{L}-]+)"
_NUMBER_OF = regexp(
    r"\b(?:nombres?|effectifs?|totale?|totaux|volumes?|stocks?|nb\.?)(?: [a-z]+){0,2}? (?:de |d'|des )\W{0,3}"
    + _NOUN
)
_STATES = regexp(
    r"(?:\b(?:est|etait|etaient|sont|a ete|atteint|atteignait|atteindre|represent\w+|s'eleve|s'elevait|"
    r"s'elevent|s'etablit|compte|totalise|varie|varier|oscill\w+|depasse|avoisine|approche|frole)"
    r"(?: (?:donc|ainsi|desormais|alors|aujourd'hui|egalement))?(?: (?:de|a|entre|d'environ|d'))*"
    r"|[:=]|\b(?:entre|a|et|de|passe de|soit|sous les|(?:la barre|le cap|le seuil) des|"
    r"en dessous des|au-dela des))[\s*«\"]*\Z"
)
_SAYS_WHEN = regexp(r" ?(?:\)|(?:en|fin|au total|au) ?(?:\d|[a-z]+ \d{4}|,|\)))")
"""« Le nombre de guides poursuit sa baisse (89 fin 2023) »"""
_SOME_OF_ALL = regexp(
    r"(?:\G|[,;:] |\bet )[\s*•►–-]*(?:la |les |des |nos )?"
    rf"(?:(?:deux tiers|trois quarts|moitie|majorite|plupart) des )?(?!deux|trois){_NOUN}"
    r"(?P<more> (?:de |d'|du |des |[a-z-]+s\b)"
    r"(?:(?! (?:[ao]nt|sont|est|etai(?:en)?t) )[^.,:;()\d]){0,60})? \(\Z"
)
_OUT_OF = regexp(r" sur (?:un total de )?\d[\d ]*\)")
"""« Maisons équipées (38 sur 51) »"""
_TOPIC = regexp(
    r"\b(?:concernant|s'agissant d|pour|parmi|sur|quant a|cote|du cote d|au sein d)(?:es|e|ux)? ?"
    r"(?:les |des |nos |ces |leurs |l')?" + _NOUN
)
_PLURAL_NOUN = regexp(r"\b(?:des|les|aux|ces|nos|leurs|ses|plusieurs|d'autres)[ «\"*]+" + _NOUN)
_OPENING = r"(?:nombre|nb|total)[^:]{0,12}? (?:de |d'|des )"
_ARTICLE = r"(?:(?:les|nos) (?![^:]*\b(?:[ao]nt|sont|est|etai(?:en)?t|ser(?:a|ont)|avai(?:en)?t)\b))?"
"""« les départs anticipés : 412 », and no clause: « les réclamations ont reculé : »."""
_LABELLED = regexp(rf"[\s*•►–-]*{_ARTICLE}(?:{_OPENING})?{_NOUN}[^:.;\d]{{0,90}}[:=][\s*]*\Z")
_TOLD = regexp(rf"(?:les|nos|ces|ses) {_NOUN}[^:.;\d]{{0,90}}:[\s*]*\Z")
"""« Les réclamations ont reculé : 318 ont été reçues »: of those that the sentence begins with."""
_AMOUNTING = regexp(
    rf"(?:les|nos|ces) {_NOUN}[^.:;,\d]{{0,90}} (?:s'elevent|s'elevaient|se chiffrent|"
    rf"se chiffraient|s'etablissent)"
    r"(?: (?:ainsi|desormais|donc))? a (?:plus de |pres de |environ )?\Z"
)
"""« Les places autorisées s'élèvent à 480 »"""
_MOVES = regexp(
    rf"(?:les|nos|ces|leurs|ses) {_NOUN}[^.;:\d]{{0,90}}? (?:sont (?:ainsi |donc )?pass|"
    r"(?:ont|sont) (?:[a-z]+ment )?(?:augmente|progresse|diminue|baisse|recule|chute|grimpe|bondi|double)"
    r"[^.;:]{0,60},? pass)(?:es|ees|ant) (?:ainsi )?de (?:pres de |plus de |environ )?"
    r"(?P<from>\d[\d ]*(?: (?:en|fin) (?:[a-z]+ )?(?:19|20)\d\d)? a (?:pres de |plus de |environ )?)?\Z"
)
"""« Les demandes ont augmenté de 12 %, passant de 1 200 en 2021 à 1 344 en 2022 »."""
_TO_AS_MANY = regexp(
    r"(?: (?:en|fin) (?:[a-z]+ )?(?:19|20)\d\d)? a (?:pres de |plus de |environ )?\d[\d ]*"
    r"(?:[.,;)]|\Z| (?:en|fin|au|sur|soit) )"
)
_NUMBERING = regexp(
    rf"(?<![\w-])(?:les|des|ces|nos|ses|leurs|d') ?{_NOUN}[^,.;:\d]{{0,60}}, (?:au|en) nombre de \Z"
)
"""« Les courriels reçus, au nombre de 96 540, »."""
_WHOSE_NUMBER = regexp(
    rf"(?<![\w-])(?:les|des|ces|nos|ses|leurs|d') ?{_NOUN}[^,.;:\d]{{0,60}}, "
    r"dont le nombre [^,.;:\d]{3,50} (?:a|de) \Z"
)
"""« les réclamations, dont le nombre a bondi à 4 870 »."""
_ARE = regexp(r" (?:ont|sont|etaient|avaient|seront) ")
_THEY_ARE = regexp(r" (?P<word>[\p{Ll}-]+s)\b")
_NUMBER_LABELLED = regexp(rf"\b{_OPENING}{_NOUN}[^:.;]{{0,100}}(?::|=|\.{{3,}}|…)[\s*]*\Z")


def noun_before(words: NounWords, texts: Texts, start: int, number_start: int, stop: int) -> Noun | None:
    """The noun of « le nombre de séances s'élève à 63 », « Dossiers traités : 124 ».

    The number stands at ``number_start:stop``; nothing before `start` is looked at.
    """
    folded = texts.folded
    if match := _NUMBER_LABELLED.search(folded, start, number_start):
        return _noun(words, texts, match, plural_only=False)
    near = max(start, number_start - 140)
    for cue, pattern in ((" nombre de ", _NUMBERING), ("dont le nombre", _WHOSE_NUMBER)):
        match = pattern.search(folded, near, number_start) if cue in folded[near:number_start] else None
        if match:
            return _noun(words, texts, match, plural_only=True)
    opened = folded.endswith("(", start, number_start)
    if opened and _OUT_OF.match(folded, stop) and (match := _SOME_OF_ALL.search(folded, start, number_start)):
        word = texts.printed[match.start("noun") : match.end("noun")]
        if match["more"] or word.islower() or texts.words.has_in_small(word):  # no town
            return _noun(words, texts, match, plural_only=True)
    bracketed = opened and _SAYS_WHEN.match(folded, stop)
    if bracketed or _STATES.search(folded, max(start, number_start - 60), number_start):
        found = None
        for match in _NUMBER_OF.finditer(folded, start, number_start):
            found = _noun(words, texts, match, plural_only=False) or found
        if found is not None:
            return found
    cut = texts.printed[start - 1 : start].isalnum()
    moved = " pass" in folded[near:number_start] and _MOVES.search(folded, near, number_start)
    if moved and (moved["from"] or _TO_AS_MANY.match(folded, stop)):
        return None if _is_measure(words, moved["noun"]) else _noun(words, texts, moved, plural_only=True)
    if not cut and (match := _AMOUNTING.match(folded, start, number_start)):
        return None if _is_measure(words, match["noun"]) else _noun(words, texts, match, plural_only=True)
    if not cut and _ARE.match(folded, stop) and (match := _TOLD.match(folded, start, number_start)):
        return _noun(words, texts, match, plural_only=True)
    apart = max(folded.rfind(mark, start, number_start) for mark in ";,(")
    own = _LABELLED.match(folded, apart + 1, number_start) if apart >= 0 else None
    if own and (noun := _noun(words, texts, own, plural_only=True)):
        return noun  # « Entrées : 42 ; sorties : 37 »
    if not cut and (match := _LABELLED.match(folded, start, number_start)):
        done = _THEY_ARE.match(texts.printed, stop)  # « Examen de santé : 124 réalisés »
        several = done is not None and is_participle(words, done["word"])
        if not several:
            return _noun(words, texts, match, plural_only=True)
        word = texts.printed[match.start("noun") : match.end("noun")]
        word = word if _is_acronym(word) else word.lower()
        return (
            Noun(unit_of(word, texts), *match.span("noun"))
            if _can_be_noun(words, word, False, texts)
            else None
        )
    return None


def _is_measure(words: NounWords, noun: str) -> bool:
    """Whether the folded `noun` names what is measured or paid, and is not counted itself."""
    forms = (noun, noun.removesuffix("s"))
    return any(words.has(name, form) for name in ("label-measure", "money", "uncounted") for form in forms)


def noun_of_topic(words: NounWords, texts: Texts, start: int, number_start: int) -> Noun | None:
    """The noun of « Concernant les MSP, 21 ont signé »."""
    for match in _TOPIC.finditer(texts.folded, start, number_start):
        if noun := _noun(words, texts, match, plural_only=True):
            return noun
    return None


def points_back(texts: Texts, stop: int) -> bool:
    """Whether « d'entre eux » follows."""
    return _ENTRE_EUX.match(texts.folded, stop) is not None


def noun_of_pronoun(words: NounWords, texts: Texts, start: int, number_start: int) -> Noun | None:
    """The last plural noun with its determiner before the number: what « trois d'entre eux » are."""
    found = None
    for match in _PLURAL_NOUN.finditer(texts.folded, start, number_start):
        found = _noun(words, texts, match, plural_only=True) or found
    return found


def _noun(words: NounWords, texts: Texts, match: regex.Match[str], *, plural_only: bool) -> Noun | None:
    start, end = match.span("noun")
    word = texts.printed[start:end]
    if (
        plural_only
        and not _is_acronym(word)
        and not fold(word).endswith(_PLURAL_ENDS)
        and not texts.words.has_as_short_form(word)
    ):
        return None
    if not _can_be_noun(words, word, False, texts):
        return None
    return Noun(unit_of(word, texts), start, end)
