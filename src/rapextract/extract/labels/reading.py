"""A figure's sentence as labels read it: what stands before the number, what is said after its noun."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...french.fold import fold
from ...french.inflect import plural
from ...grammar.compiled import regexp
from ...model import Role
from ..context import Context
from ..counted import Draft
from ..nouns import NounWords
from ..texts import Texts
from .clauses import Doing, doing_before, predicate_at, subject_of
from .phrases import (
    ROUGHLY,
    SMALL_NUMBERS,
    bare,
    content,
    cues_of,
    has_verb,
    is_verb,
    phrase_end,
    without_article,
)

_TOKENS = regexp(r"\S+")
_AFTER_ADJUNCT = regexp(r"[^.;:,()]{0,60}, (?=[Ll]['’ae]|[Cc]e|[Nn]o)")
_ADJUNCT = regexp(
    r"^(?:Bien que|Si|Lorsqu|Afin|Pour|En|Au|Aux|À|A|Après|Dans|Grâce|Selon|Avec|Depuis|Dès|Fin|"
    r"Début|Du|Entre|Sur|Par|"
    r"Outre|Malgré|Suite|Pendant|Durant|Enfin|Ainsi|Concernant|De|Parmi|Comme)\b[^,]{0,120}, "
)
_OTHER_SUBJECT = regexp(
    r"(?:\bet |, |\bmais |\bcar |\bqu'|\bque )(?:nous|il|elle|on|ils|elles|je|c'est|ce sont|"
    r"celui|celle|ceux|celles)\b"
)
_BESIDE = regexp(
    rf"(?P<link>(?:,|et|dans|sur|pour)? ?)(?:de |d'|et )?(?:plus de |\d[\d ,.]*|(?:une?|{SMALL_NUMBERS}) )"
)
_SHARE_OF_THEM = regexp(r" ?% d'entre (?:eux|elles)\b")
WITHIN = regexp(r"\b(?:dans|sur|chez|pour)(?: les)? \Z")
"""« 64 personnes dans 7 lieux ont été », « 12 avis sur 40 ont été »: the verb is not said of the second."""
PRONOUNS = frozenset(
    {
        "elle", "elles", "il", "ils", "nous", "on", "je", "j'ai", "cette", "celle-ci", "celui-ci", "cela",
        "ce", "c'",
        "dernier", "derniere", "celles-ci", "ceux-ci", "qui", "ces", "y", "se", "n'a",
    }
)  # fmt: skip
"""Words that stand for a subject said elsewhere, folded."""


REACH = 400
"""Characters around a number in which its label is looked for: a sentence may be a whole page."""


class Labelled(NamedTuple):
    """A figure and its label, before its change and its topic are added."""

    draft: Draft
    label: str


class SentenceReader:
    """Reads the surroundings of one document's figures; remembers what it said of those before.

    `_labels`, `_bases` (before change and topic are added) and `_phrases` (the noun phrase alone) are kept
    by the offset of the number. `_previous` is the figure labelled last, `_second` the one before it in the
    same sentence.
    """

    def __init__(self, context: Context, texts: Texts, words: NounWords):
        """Read sentences, lists and headings of `context`, with the word lists of its grammar."""
        self._context = context
        self._words = words
        self._texts = texts
        self._plain = texts.plain
        self._folded = texts.folded
        self._cues = cues_of(texts.plain, texts.folded)
        self._labels: dict[int, str] = {}
        self._bases: dict[int, str] = {}
        self._phrases: dict[int, str] = {}
        self._possessors: dict[int, str] = {}
        self._previous: Labelled | None = None
        self._second: Labelled | None = None

    def _left(self, draft: Draft, reach: int) -> str:
        """What stands before the number in its sentence, without marks, at most `reach` characters."""
        start = max(self._start(draft), draft.number.start - reach)
        return bare(self._plain[start : draft.number.start]).replace("« ", "").replace('"', "")

    def _start(self, draft: Draft) -> int:
        """Where the sentence starts, at most `REACH` characters before the number."""
        return max(draft.candidate.sentence[0], draft.number.start - REACH)

    def _end(self, draft: Draft) -> int:
        return max(min(draft.candidate.sentence[1], draft.unit_end + REACH), draft.unit_end)

    def _skip(self, at: int, end: int) -> int:
        while at < end and self._plain[at] in " *":
            at += 1
        return at

    def _predicate(
        self, stop: int, end: int, *, described: bool = False, several: bool = False, relative: bool = False
    ) -> str:
        """What is said of the counted noun after it, past a noun counted beside it.

        `described` nouns already say what they are: a verb behind another noun is not theirs. `several` need
        a verb in the plural, `relative` asks for a clause with « qui ».
        """
        at, joined, listed = stop, False, False
        for _ in range(4):
            at = self._skip(at, end)
            if self._cues[at : at + 1] == "(":
                close = self._plain.find(")", at, end)
                if close < 0:
                    return ""
                at, joined = close + 1, True
                continue
            if said := predicate_at(self._plain, self._cues, at, end, several=several, relative=relative):
                return "" if listed or (described and joined) or _says_nothing(said) else said
            beside = _BESIDE.match(self._cues, at, end)
            if beside is None:
                return ""
            if _SHARE_OF_THEM.match(self._cues, beside.end(), end):
                return ""  # « 13 repas, et 48 % d'entre eux proviennent de »
            listed = beside["link"].strip() == ","  # « Là où l'on relève 21 cas, 19 écoles ont fermé »
            within = WITHIN.search(self._cues, max(0, stop - 12), beside.end("link"))
            joined = joined or within is None
            at = self._skip(beside.end(), end)
            if not within or not is_verb(self._cues, at):  # « 54 salariés sur 128 télétravaillent »
                at = max(phrase_end(self._plain, self._cues, at, end), at)
        return ""

    def _uncapitalised(self, label: str) -> str:
        """`label` with its first letter small, unless its first word is a name or a short form."""
        first = label.split(" ", 1)[0]
        if first == "À":
            return label[0].lower() + label[1:]
        if not first[:1].isupper() or not first[1:].islower():
            return label
        rest = label[len(first) + 1 :]
        common = self._words.has("label-measure", fold(first)) or self._texts.words.has_in_small(first)
        common = common or (rest[:1].islower() and not self._texts.words.is_name(first))
        return label[0].lower() + label[1:] if common else label

    def _named_before_bracket(self, draft: Draft) -> str:
        """The noun phrase, with its article, before a bracket that holds the number and its unit alone."""
        if not _CLOSES.match(self._plain, draft.unit_end):
            return ""
        match = _BRACKET.search(self._left(draft, 140))
        if match is None:
            return ""
        phrase = match["noun"].strip()
        if draft.given.values.get("role") is Role.CHANGE and (things := _FOR.search(f"{phrase} ")):
            return "" if has_verb(things["noun"]) else things["noun"]
        if has_verb(without_article(phrase)):
            found = list(_WITH_ARTICLE.finditer(phrase))
            phrase = phrase[found[-1].start() :] if found else ""
        return "" if has_verb(without_article(phrase)) or len(phrase.split()) > 12 else phrase

    def _doing(self, left: str) -> Doing | None:
        """The verb at the end of `left` whose object the number is, as `doing_before`."""
        doing = doing_before(left, lambda verb: self._words.has("label-transitive", verb))
        return None if doing is None or _NO_OBJECT.match(fold(doing.participle)) else doing

    def _subject_said(self, draft: Draft) -> str:
        """The subject of the draft's clause with its article; of the sentence before, for a pronoun."""
        left = self._left(draft, 300)
        for said in (left, *self._sentences_before(self._start(draft), 2)):
            words = _ADJUNCT.sub("", without_mark(said))
            folded = fold(words)
            verb = next((m.start() for m in _TOKENS.finditer(words) if self._states(folded, m.start())), None)
            if verb is None or (said is left and _OTHER_SUBJECT.search(folded, verb)):
                return ""
            first = folded.split(" ", 1)[0].split("'")[0]
            if first not in ("il", "ils", "elle", "elles"):
                return subject_of(words[:verb])
        return ""

    def _states(self, folded: str, at: int) -> bool:
        """Whether a finite verb starts at `at`: by its form, or a known one after a noun (« aide les »)."""
        if is_verb(folded, at):
            return True
        word = folded[at:].split(" ", 1)[0]
        return self._words.has("label-transitive", word) and _NO_NOUN.search(folded, 0, at) is None

    def _subject_after(self, draft: Draft) -> str:
        """The subject of the main clause after an adjunct: « Avec 300 km², l'île compte … »."""
        end = self._end(draft)
        comma = _AFTER_ADJUNCT.match(self._plain, draft.unit_end, end)
        if comma is None:
            return ""
        tokens = _TOKENS.finditer(self._plain, comma.end(), end)
        verb = next((token.start() for token in tokens if is_verb(self._cues, token.start())), None)
        subject = subject_of(self._plain[comma.end() : verb]) if verb is not None else ""
        measured = self._words.has("label-measure", fold(without_article(subject)).split(" ")[0])
        # « Avec 11 départs, le solde est négatif », but « Avec 12 M€, les dépenses … »
        return "" if measured and draft.unit != "EUR" else subject

    def _sentences_before(self, start: int, most: int) -> Iterator[str]:
        """At most so many sentences before `start`, nearest first: of its block, or the paragraph above."""
        for _ in range(most):
            block = self._context.block_span(start)
            at = start - 1
            while at > 0 and self._plain[at].isspace():
                at -= 1
            if at < block.start:
                above = self._context.paragraph_above(block.start)
                if above is None:
                    return
                block = above
            span = self._context.sentence_at(at)
            yield bare(self._plain[max(span.start, block.start) : start])
            start = max(span.start, block.start)

    def _governs(self, noun: str) -> bool:
        """Whether a noun before « de 12 agents » says what they are counted for."""
        return not any(self._words.has("label-no-governor", word) for word in fold(noun).split())


_BRACKET = regexp(
    rf"(?:^|[,;:] ?|\b(?:et|puis|ou|enfin) )(?P<noun>\p{{L}}[^,;:.()\d]{{2,90}}) ?\({ROUGHLY}\Z"
)
"""« la voirie (12 M€), l'éclairage (3 M€) et … »"""
_CLOSES = regexp(r" ?(?:(?:après|contre|versus|vs\.?) [^()]{1,40})?\)")
"""The end of a bracket that holds one value, or it and what it was before: « (+3 % après -12 % en 2020) »."""
_FOR = regexp(r"\b(?:pour|par|chez|dans) (?P<noun>(?:l[ae]s? |l['’]|nos )[^,;:.()\d]{3,60}) \Z")
"""« la hausse est nette pour les taxis (+3 %) »."""
_WITH_ARTICLE = regexp(
    r"(?<!\b(?:de|à|en|sur|dans|par|pour|avec|chez|et) )\b(?:l[ae]s? |l['’]|nos |notre )(?=\p{L})"
)
_NO_OBJECT = regexp(r"(?:represent|attei|constitu|depass|avoisin|compt|totalis|gagn|perd|frol|cout)\w*")
"""Participles of verbs whose number is no object: « a représenté 12 % de la dépense »."""
_NO_NOUN = regexp(
    r"\b(?:une?|la|le|les|l'|d'|de|cette|cet|ce|notre|sa|son|ses|nos|a l'|en|sans|par|pour) ?\Z"
)
"""Before these a word that could be a verb is a noun: « une aide »."""
_POINTED = regexp(r"\b(?:cette|cet|ces|ce) (?!sujet|titre|sens|point)\p{L}+(?: \p{L}+)?")


def _says_nothing(said: str) -> bool:
    """Whether words only point elsewhere: « concourant à la réalisation de cette activité »."""
    left, pointed = _POINTED.subn("", said)
    return pointed > 0 and not {word for word in content(left) if not word.startswith(_LIGHT)}


_LIGHT = ("concour", "contribu", "particip", "assur", "realis", "mise", "mis", "œuvr",
          "ouvr", "bon", "impliqu",
          "engag", "fonctionn", "poursui", "poursuiv", "oeuvr", "men", "ayant")  # fmt: skip


def is_participle(word: str) -> bool:
    """Whether `word` ends like a past participle in -é."""
    return word.endswith(("é", "ée", "és", "ées"))


_AGREEMENT = regexp(r"(?<=é|i|u)(?:es?|s)\Z")
"""How a participle ends that is no masculine singular."""


def masculine(participle: str) -> str:
    """The masculine singular of a participle in -é, -i or -u."""
    return _AGREEMENT.sub("", participle)


def plural_head(phrase: str, draft: Draft) -> str:
    """`phrase` with its head noun in lower case, in the plural where the number prints it in the singular."""
    words = phrase.split(" ")
    if not words[0]:
        return plural(draft.unit)
    if not draft.unit.islower():
        return phrase
    if words[0][:1].isupper() and words[0][1:].islower():
        words[0] = words[0].lower()
    if fold(words[0]) == fold(draft.unit) and abs(draft.number.value) >= 2:
        words[0] = plural(words[0])
    return " ".join(words)


def without_mark(sentence: str) -> str:
    """`sentence` without a list mark or an opening quote."""
    return sentence.lstrip(" *-–•►«“\"'’")
