"""Cutting French phrases out of a sentence: noun phrases, predicates, subjects.

Method: surface cues only (function words, the endings of finite verbs, punctuation). What is asked for
is a readable noun phrase for a label, not a parse; where the cues run out the phrase is cut short.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from ..french.fold import fold

MAX_WORDS = 16
"""Longest phrase that is still a label."""

_AUXILIARY = r"(?:a|ont|avait|avaient|aura|auront|est|sont|etait|etaient|sera|seront|fut|furent)"
_MODAL = r"(?:doit|doivent|devra|devront|devrait|devraient|peut|peuvent|pourra|pourront|pourraient|va|vont)"
_ADVERB = (
    r"(?:(?:d'ores et deja|deja|ainsi|egalement|donc|toujours|encore|desormais|notamment|enfin|aussi|alors|ensuite|"
    r"finalement|tous|toutes|bien|pu|[a-z]{3,}ment) )*"
)
_NO_VERB = regex.compile(
    r"(?:[a-z]+ment|agent|patient|client|accident|urgent|president|permanent|different|recent|adherent|incident|referent|"
    r"argent|content|present|absent|talent|parent|torrent|couvent|vent|cent|souvent|equivalent|excellent|precedent|frequent|"
    r"pertinent|contingent|antecedent|resident|occident|orient|evident|competent|violent|consequent|independent|dependent|"
    r"emergent|imminent|coefficient|deficient|efficient|inconvenient|ingredient|quotient|recipient)\Z"
)
_VERB = regex.compile(
    rf"(?:{_AUXILIARY}|{_MODAL}|[a-z]{{3,}}(?:aient|eront|eraient|issent)|reste|restent|concerne|permet|represente|porte|touche|"
    r"compte|constitue|atteint|passe|fait|font|vient|couvre|depasse|beneficie|figure|regroupe|concourt|releve|ouvre|"
    r"se|s'(?=[a-z])|[a-z]{2,}ent)(?![\w'-])"
)
_STOP = regex.compile(r"[.;:!?](?=\s|\Z)|\s[–—-]\s|[()\[\]»\"•►|=]|,|\n\n")
_RELATIVE = regex.compile(
    r"(?:qui|que|qu'|dont|ou|lorsque|afin|mais|car|contre|soit|ainsi que|tandis|alors que|avec pour)(?![\w-])"
)
_NUMBER = regex.compile(
    r"(?:plus de |moins de |environ |pres de )?(?:\d|(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|seize|vingt)(?!\w))"
)
_TOKEN = regex.compile(r"\S+")
_ARTICLES = regex.compile(
    r"(?:(?:les?|la|l'|l’|des|du|de la|de|d'|d’|un|une|ces?|cette|cet|nos|notre|leurs?|ses|son|sa|aux?|à|et|en|pour|soit|ainsi|dont)(?:\s+|(?<=['’])))+",
    regex.I,
)
_WHEN = regex.compile(
    r"(?:,? ?(?:\b(?:en|sur|pour|depuis|fin|début|courant|au|du|à|dans|durant|pendant|au cours d[eu]|à compter d[eu]|à fin|dès|jusqu'en|jusqu’en|d[eu]|le|lors d[eu]|au titre d[eu]|tout au long d[eu])\s+)*"
    r"(?:l['’](?:année|exercice)\s+|le\s+|la\s+|mois\s+d[e'’]\s*)*"
    r"(?:\d{1,2}(?:\^?\{?er\}?)?\s+)?(?:(?:premier|second|deuxième|troisième|quatrième|dernier|\d(?:\^?\{?(?:er|e|ème)\}?))\s+(?:trimestre|semestre)\s*)?"
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)?\s*(?:19|20)\d\d\b"
    r"|\b(?:au|le)\s+\d{1,2}/\d{1,2}/\d{2,4}|,?\s*(?:à ce jour|en fin d['’]année|cette année|l['’]année (?:dernière|précédente)|par rapport à l['’]année précédente))"
)


class Predicate(NamedTuple):
    """What a sentence says of its subject, turned into words that follow a noun, and where it starts."""

    text: str
    start: int


def clean(text: str) -> str:
    """`text` without marks of emphasis, links, list bullets, dates and doubled spaces."""
    bare = regex.sub(r"\*\*|__|\]\([^)]*\)|[\[\]]|\^\{?|\}", "", text)
    bare = _WHEN.sub(" ", bare)
    bare = regex.sub(r"\s+", " ", bare)
    return bare.strip(' ,;:.*–—-►•\n«»"=|(')


def without_article(phrase: str) -> str:
    """`phrase` without articles and little words in front."""
    match = _ARTICLES.match(phrase)
    return phrase[match.end() :] if match and match.end() < len(phrase) else phrase


def shortened(phrase: str, limit: int = MAX_WORDS) -> str:
    """At most `limit` words of `phrase`, not ending in a function word."""
    words = phrase.split()
    words = words[:limit]
    while words and fold(words[-1]).strip("'’,") in _DANGLING:
        words.pop()
    return " ".join(words)


_DANGLING = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "et",
        "ou",
        "a",
        "au",
        "aux",
        "en",
        "par",
        "pour",
        "dans",
        "sur",
        "avec",
        "que",
        "qui",
        "dont",
        "ce",
        "cette",
        "ces",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "ainsi",
        "afin",
        "sans",
        "sous",
        "est",
        "sont",
    ]
)


def phrase_end(text: str, folded: str, start: int, end: int, *, through_prepositions: bool = True) -> int:
    """Where the noun phrase that starts at `start` ends: before a verb, a number, a pause, at most at `end`."""
    at = start
    words = 0
    depth = 0
    while at < end and words < MAX_WORDS:
        token = _TOKEN.search(text, at, end)
        if token is None:
            break
        first = token.start()
        if folded[first] == "(" and words:
            close = text.find(")", first, end)
            if close < 0 or close - first > 60 or any(c.isdigit() for c in text[first:close]):
                return first
            at = close + 1
            if stop := _STOP.match(text, at, end):
                return stop.start()
            continue
        if words and (
            _VERB.match(folded, first) and not _NO_VERB.match(folded, first, _word_end(folded, first))
        ):
            return first
        if words and (_RELATIVE.match(folded, first) or _NUMBER.match(folded, first)):
            return first
        if stop := _STOP.search(text, first, token.end()):
            if stop.start() > first or depth:
                return stop.start()
            return first
        words += 1
        at = token.end()
    return min(at, end)


def _word_end(folded: str, start: int) -> int:
    match = regex.match(r"[a-z'-]+", folded[start : start + 40])
    return start + (match.end() if match else 0)


_PASSIVE = regex.compile(rf"(?:a|ont|avait|avaient|aura|auront|aurait|auraient) {_ADVERB}ete {_ADVERB}")
_PERFECT = regex.compile(rf"(?:a|ont|avait|avaient|auront|aura) {_ADVERB}(?P<participle>[a-z-]{{2,}})")
_BEING = regex.compile(
    rf"(?:est|sont|etait|etaient|sera|seront|furent|fut|reste|restent|demeurent) {_ADVERB}"
)
_MUST = regex.compile(rf"{_MODAL} {_ADVERB}(?:(?P<verb>[a-z-]+))")


def predicate_at(text: str, folded: str, start: int, end: int) -> Predicate | None:
    """The predicate whose verb stands at `start`, as words after a noun: « ont été traités » → « traités »."""
    if match := _PASSIVE.match(folded, start, end):
        body = match.end()
        return Predicate(text[body : phrase_end_free(text, folded, body, end)], start)
    if match := _PERFECT.match(folded, start, end):
        body = match.start("participle")
        return Predicate("ayant " + text[body : phrase_end_free(text, folded, body, end)], start)
    if match := _BEING.match(folded, start, end):
        body = match.end()
        return Predicate(text[body : phrase_end_free(text, folded, body, end)], start)
    if match := _MUST.match(folded, start, end):
        body = match.start("verb")
        return Predicate("devant " + text[body : phrase_end_free(text, folded, body, end)], start)
    return None


def phrase_end_free(text: str, folded: str, start: int, end: int) -> int:
    """Where the words of a predicate that starts at `start` end; its first word is taken as it is."""
    first = _TOKEN.match(text, start, end)
    if first is None:
        return start
    if stop := _STOP.search(text, start, first.end()):
        return stop.start()
    return phrase_end(text, folded, start, end)


_STATES = regex.compile(
    r"(?:,? ?(?P<verb>(?:est|etait|sont|etaient|sera|a ete|s'eleve|s'elevait|s'elevent|s'etablit|s'etablissait|s'est eleve|atteint|a atteint|atteignait|represente|representait|"
    r"represente|se monte|totalise|compte|ressort|passe|est passe|se situe|avoisine|depasse|s'affiche|culmine|progresse|augmente|a augmente|a baisse|diminue|a diminue|ont augmente|ont baisse|ont diminue)\b))"
    r"[^.;:()]{0,40}\Z"
)


def subject_before(text: str, folded: str, start: int, number_start: int) -> str:
    """The subject of the verb that states the number: « Le délai moyen … était de 5,1 jours »; or nothing."""
    last = None
    for match in regex.finditer(_STATES, folded, pos=start, endpos=number_start, overlapped=True):
        last = match
        break
    if last is None or regex.search(r"\d", folded[last.end("verb") : number_start]):
        return ""
    stop = last.start("verb")
    clause = text[start:stop]
    cut = max(clause.rfind(mark) for mark in (", ", "; ", " : ", "( ", " et que ", ") "))
    tail = clause[cut + 1 :] if cut >= 0 and len(clause[cut + 1 :].split()) >= 2 else clause
    return tail
