"""Labels of counts: « 551 dossiers ont été traités » counts « dossiers traités »."""

from __future__ import annotations

import regex

from ..french.fold import fold
from ..french.inflect import plural
from .counted import Draft
from .label_reading import PRONOUNS, SentenceReader, is_participle, plural_head
from .phrases import ROUGHLY, clean, has_verb, next_phrase_end, phrase_end, shortened, without_article

_PARTITIVE = regex.compile(r"(?:[\s*«\"\[]|de ces |de ses |de nos |de leurs |de |d['’])*")
_PARTICIPLE = r"(?P<participle>\p{L}{2,}(?:é|i|u|is|it|ert|us|ts|és|ée|ées))"
_ACTIVE = regex.compile(
    r"\b(?:a|ont|avons|avait|avaient|aura|auront|ai) "
    r"(?:(?:déjà|ainsi|également|donc|d['’]ores et déjà|\p{L}{3,}ment) )*"
    rf"{_PARTICIPLE} (?P<link>(?:(?:au total|un total|au moins|à|au|aux|de|d['’]|les|ces|dans|avec|sur) ?)*)"
    rf"{ROUGHLY}\Z"
)
_MADE_OF = regex.compile(
    r"(?<![\p{L}-])(?P<noun>\p{L}{4,}) (?:est |était )?(?:composée?s?|constituée?s?|formée?s?|dotée?s?) "
    r"(?:de |d['’])\Z"
)
_NOMINAL = regex.compile(
    r"(?P<noun>\b(?!\p{L}+(?:[^v]ell|al|iqu|eus|iv|ièr|air|ul)ement)"
    r"(?:\p{L}{2,}(?:ion|ions|ement|ements|ages?|parts?|cours|erture|ature|eture|auche|ôles?)|traitement|pose|"
    r"retour|suivi|maintien|arrivées?|défense|signatures?|télétravail|accueil|envoi|achat|vente)"
    rf"(?: exclusif| partiel)?) (?:de |d['’]|des ){ROUGHLY}\Z"
)
_GOVERNOR = regex.compile(
    r"(?<![\p{L}-])(?P<noun>\p{L}[\p{L}'’-]{3,}(?: \p{L}{3,})?) (?:de |d['’]|à |[≤<] ?)" + ROUGHLY + r"\Z"
)
_OF_THEM = regex.compile(r"d'entre (?:eux|elles|nous) ?")
_OTHERS = regex.compile(r"autres ")
_RANGE_GOES_ON = regex.compile(r"(?:à|et|ou|-|–) ?\d")


class CountLabels(SentenceReader):
    """What is counted: the noun with its complements, and what the sentence says of it."""

    def _counted(self, draft: Draft) -> str:
        """« 551 dossiers ont été traités » → « dossiers traités »."""
        assert draft.noun is not None
        end = self._end(draft)
        partitive = _PARTITIVE.match(self._plain, draft.number.stop, draft.noun.start)
        start = partitive.end() if partitive else draft.noun.start
        if regex.search(r"\d|\b(?:à|et|ou) ", self._plain[start : draft.noun.start]):
            start = draft.noun.start
        stop = phrase_end(self._plain, self._cues, start, end)
        phrase = plural_head(shortened(clean(self._plain[start:stop])), draft)
        self._phrases[draft.number.start] = phrase
        left = self._left(draft, 300)
        if governed := self._governed_count(left, phrase):
            return governed
        if predicate := self._predicate(
            stop, end, described=is_participle(phrase), several=draft.number.value >= 2
        ):
            return f"{phrase} {predicate}"
        return self._as_object(left, phrase, stop, end)

    def _governed_count(self, left: str, phrase: str) -> str:
        """« l'embauche de 20 agents » → « embauche d'agents »."""
        match = _NOMINAL.search(left)
        if match is None or regex.search(r"\b(?:a|ont|est|sont|été) \Z", left[: match.start()]):
            return ""
        noun = match["noun"].lower()
        if not self._governs(noun):
            return ""
        return f"{noun} d'{phrase}" if fold(phrase)[:1] in "aeiouh" else f"{noun} de {phrase}"

    def _as_object(self, left: str, phrase: str, stop: int, end: int) -> str:
        """« Cette équipe a traité 8 680 appels » → « appels traités »."""
        if match := _ACTIVE.search(left):
            participle = match["participle"]
            if match["link"].strip() == "à":
                given = clean(self._plain[stop : phrase_end(self._plain, self._cues, stop, end)])
                return f"{phrase} ({participle} : {without_article(given)})" if given else phrase
            subject = _clause_subject(left[: match.start()])
            label = f"{phrase} {participle if participle.endswith(('s', 'x')) else participle + 's'}"
            return f"{label} par {subject}" if subject else label
        if match := _GOVERNOR.search(left):
            noun = without_article(clean(match["noun"])).lower()
            if noun and self._governs(noun) and not is_participle(noun) and not has_verb(noun):
                return f"{phrase} ({noun})"
        if (match := _MADE_OF.search(left)) and fold(match["noun"]) not in PRONOUNS:
            return f"{phrase} ({match['noun'].lower()})"
        return phrase

    def _elided(self, draft: Draft) -> str:
        """The phrase that the number's noun stands for, with what the sentence adds to it."""
        base = self._antecedent(draft)
        end = self._end(draft)
        at = self._skip(draft.number.stop, end)
        if match := _OF_THEM.match(self._cues, at, end):
            at = match.end()
            base = self._governed_count(self._left(draft, 120), base) or base
        elif match := _OTHERS.match(self._cues, at, end):
            at = match.end()
            base = f"autres {base}"
        self._phrases[draft.number.start] = base
        if _RANGE_GOES_ON.match(self._cues, at, end):
            return base
        if said := self._predicate(at, end):
            return f"{base} {said}"
        return f"{base} {clean(self._plain[at : next_phrase_end(self._plain, self._cues, at, end)])}"

    def _antecedent(self, draft: Draft) -> str:
        if draft.noun is None:
            return plural(draft.unit) if draft.unit.islower() else draft.unit
        if draft.whole is not None and draft.whole.number.start in self._labels:
            return self._labels[draft.whole.number.start]
        if draft.source is not None and draft.source in self._phrases:
            phrase = self._phrases[draft.source]
            if self._folded.startswith((" de ", " d'"), draft.number.stop):
                return phrase.split(" de ")[0].split(" d'")[0]  # « agents de catégorie C, 4 de catégorie B »
            return phrase
        limit = min(draft.number.start, draft.noun.end + 120)
        stop = phrase_end(self._plain, self._cues, draft.noun.start, max(draft.noun.end, limit))
        return plural_head(shortened(clean(self._plain[draft.noun.start : stop])), draft)


def _clause_subject(left: str) -> str:
    """The noun phrase at the end of `left`, where it is short and no pronoun."""
    cut = max(left.rfind(mark) for mark in (", ", "; ", ": ", " et ", ") ", " qui ", " que "))
    tail = clean(left[cut + 1 :])
    words = without_article(tail).split()
    if len(words) == 1 and words[0].isupper():
        return ""  # the organisation itself
    if not 1 <= len(words) <= 9 or {fold(words[0]), fold(words[-1])} & PRONOUNS:
        return ""
    opens = tail.startswith(("Les ", "Le ", "La ", "L'", "L’", "Nos ", "Cette ", "Ces "))
    return tail[0].lower() + tail[1:] if opens else tail
