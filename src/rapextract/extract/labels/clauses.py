"""What a sentence says of a number's noun: its verb turned into words that a label can hold.

Method: surface cues, like `phrases`. A verb after the noun becomes a participle (« ont été traités » →
« traités », « travaillent » → « travaillant »), a verb before it whose object it is a past participle that
agrees (« a contacté » → « contactés »), a verb of having the « of » of its subject (« La caisse emploie » →
« de la caisse »).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import regex

from ...french.agreement import is_feminine, participle_of, present_participle
from ...french.fold import fold
from ...grammar.compiled import regexp
from .phrases import (
    ADVERB,
    AUXILIARY,
    BEING_FORMS,
    DOES_ALONE,
    MODAL,
    SMALL_NUMBERS,
    clean,
    de,
    ends_phrase,
    has_verb,
    is_verb,
    phrase_end,
    stop_in,
    token_at,
    without_article,
)

# After the noun -----------------------------------------------------------------------------------
_PASSIVE = regexp(rf"(?:{AUXILIARY}) {ADVERB}(?:pu )?ete {ADVERB}|(?:{AUXILIARY}) {ADVERB}pu etre {ADVERB}")
_REFLEXIVE = regexp(rf"(?:se |s')(?:sont|etaient|seront|est) {ADVERB}(?=[a-z]+(?:e|i|u|s)s?\b)")
_ITSELF = regexp(r"(?:présent|abst[eu]n|désist|rend|plain|retourn|impos)\p{L}+")
"""« se sont présentés »: nobody presented them, where « se sont réunis » are « réunis »."""
_COULD = regexp(rf"(?:{AUXILIARY}) {ADVERB}(?:pu|du|su|souhaite) {ADVERB}(?P<verb>[a-z-]+(?:er|ir|re))(?!\w)")
_PERFECT = regexp(rf"(?:{AUXILIARY}) {ADVERB}(?P<participle>[a-z-]{{2,}})")
_BEING = regexp(rf"(?:{BEING_FORMS}) {ADVERB}")
_MUST = regexp(rf"(?:{MODAL}) {ADVERB}(?P<participle>[a-z-]+)")
_DOES = regexp(r"(?P<oneself>se |s')?(?P<verb>[a-z-]{4,}ent)(?!\w)")
_DOES_ALONE = regexp(rf"(?:{DOES_ALONE})(?!\w)")
_SINGULAR = regexp(
    r"(?:qui )?(?:a|avait|aura|aurait|est|etait|sera|fut|reste|doit|devra|devrait|peut|pourra|va)(?!\w)"
)
_TELLS_NOTHING = regexp(
    r"(?:permi|permett|facilit|favoris|montr|demontr|entrain|confirm)[a-z]*(?!\w)|"
    r"vue?s? (?:[a-z]+(?:er|ir|re)\b)"
)
"""Verbs of what came of the things, not of what they are."""
_CLITIC = regexp(r"(?:y|nous|vous|leur|lui|les|l[ae]) |[nl]'")
_BY_WHOM = regexp(
    r"(?<!\b(?:ainsi|alors|tandis|bien|afin|plus|moins|autant) )(?:que |qu['’])"
    r"(?P<subject>(?:l[ae]s? |l['’]|nos |notre )[^.;:,()\d]{3,60}?) (?:a|ont|avait|avaient) "
    r"(?:\p{L}{3,}ment )?(?P<done>\p{L}{2,}(?:é|i|u|is|it|ert)e?s?)(?![\p{L}-])"
)
"""« 900 assurés que la caisse a protégés »"""
_NOT = regexp(
    rf"(?:n'|ne )(?:(?P<being>{BEING_FORMS})|{AUXILIARY}) "
    rf"(?P<not>pas(?: encore)?|jamais|plus) (?P<done>ete )?"
)
_OF_NUMBER = regexp(
    rf"[a-z-]+ (?:en moyenne )?(?:l[ae]s? |nos |ses )?(?:plus de |moins de |pres de |environ )?"
    rf"(?:\d|(?:{SMALL_NUMBERS})(?!\w))"
)
"""« ont rassemblé 840 personnes »: what follows has a label of its own."""
_ASIDE = regexp(r",[^,.;:()\d]{3,40}, (?=(?:à|au|aux|dans|de|d'|pour|par|sur|en)\b)")
_MANNER = regexp(r" avec (?!la caisse|le service|les? |l')")
_THRESHOLD = regexp(r"(?:les |le seuil de |plus de |moins de )?\d[\d  ,.]*(?:%|[\p{L}²]+)")
_LIKE = frozenset(
    {"lien", "partenariat", "collaboration", "contact", "rapport", "accord", "relation", "concert"}
)


def predicate_at(
    text: str, cues: str, start: int, end: int, *, several: bool = False, relative: bool = False
) -> str:
    """What the verb at `start` says, as words after a noun: « ont été traités » gives « traités ».

    Empty where no verb that can be turned stands there, where the noun stands for `several` things
    and the verb for one (then its subject is another), where the verb tells only what came of it, or
    where a `relative` clause is asked for and none stands there.
    """
    if several and _SINGULAR.match(cues, start, end):
        return ""
    if by_whom := _BY_WHOM.match(text, start, end):
        subject = by_whom["subject"]
        return "" if has_verb(subject) else f"{by_whom['done']} par {subject}"
    if cues.startswith("qui ", start):
        start += 4
    elif relative:
        return ""
    if (negated := _NOT.match(cues, start, end)) and (undone := _denied(text, cues, negated, end)):
        return undone
    if clitic := _CLITIC.match(cues, start, end):
        start = clitic.end()  # « aucun recours n'a été déposé »; « n'a pas été » fits none of those below
    for pattern in (_PASSIVE, _REFLEXIVE):
        if match := pattern.match(cues, start, end):
            if pattern is _REFLEXIVE and _TELLS_NOTHING.match(cues, match.end()):
                return ""  # « se sont vu proposer »
            said = _said(text, cues, match.end(), end)
            itself = pattern is _REFLEXIVE and _ITSELF.match(said)
            return f"s'étant {said}" if itself else said
    if match := _COULD.match(cues, start, end):
        done = participle_of(text[match.start("verb") : match.end("verb")])
        return f"ayant {done} {_rest(text, cues, match.end(), end)}".strip() if done else ""
    for pattern, before in ((_PERFECT, "ayant "), (_BEING, ""), (_MUST, "devant ")):
        if match := pattern.match(cues, start, end):
            body = match.start("participle") if before else match.end()
            if _TELLS_NOTHING.match(cues, body) or (before == "ayant " and _OF_NUMBER.match(cues, body)):
                return ""
            return before + _said(text, cues, body, end)
    match = _DOES.match(cues, start, end)
    if match is None and not several and (alone := _DOES_ALONE.match(cues, start, end)):
        doing = "vivant" if alone[0] == "vit" else f"{text[start : alone.end() - 1]}ant"
        return f"{doing} {_rest(text, cues, alone.end(), end)}".strip()
    if (
        match is None
        or not is_verb(cues, match.start("verb"))
        or _TELLS_NOTHING.match(cues, match.start("verb"))
    ):
        return ""
    doing = present_participle(text[match.start("verb") : match.end("verb")])
    if not doing:
        return ""
    oneself = match["oneself"] or ""
    return f"{oneself}{doing} {_rest(text, cues, match.end(), end)}".strip()


def _denied(text: str, cues: str, negated: regex.Match[str], end: int) -> str:
    """« n'ont pas été traités » → « non traités », « n'ont pas répondu » → « n'ayant pas répondu »."""
    said = _said(text, cues, negated.end(), end)
    if not said:
        return ""
    if negated["being"] or negated["done"]:
        return f"non {said}"
    return f"n'ayant {negated['not']} {said}"


def _said(text: str, cues: str, start: int, end: int) -> str:
    """The participle at `start` with what goes with it, past an aside between commas."""
    stop = _predicate_end(text, cues, start, end)
    said = clean(text[start:stop])
    if len(said.split()) == 1 and (aside := _ASIDE.match(cues, stop, end)):
        return f"{said} {clean(text[aside.end() : phrase_end(text, cues, aside.end(), end)])}"
    return said


def _rest(text: str, cues: str, start: int, end: int) -> str:
    """What goes with a verb that ends at `start`."""
    if aside := _ASIDE.match(cues, start, end):
        start = aside.end()
    if text[start : start + 1] in (",", ".", ";", ":"):
        return ""
    at = token_at(text, start, end)
    if threshold := _THRESHOLD.match(text, at, end):
        return threshold[0]
    return clean(text[at : _manner(text, phrase_end(text, cues, at, end), at)]) if at < end else ""


def _predicate_end(text: str, cues: str, start: int, end: int) -> int:
    """Like a noun phrase, with one object whose article follows the participle (« signé un accord »)."""
    first = _TOKEN.search(text, start, end)
    if first is None:
        return start
    if stop := stop_in(text, first.start(), first.end()):
        return stop
    second = _TOKEN.search(text, first.end(), end)
    if second is None:
        return first.end()
    if _DETERMINER.match(cues, second.start()) or _OR_IN.match(cues, second.start()):
        return _manner(text, phrase_end(text, cues, second.start(), end), start)
    if ends_phrase(cues, second.start(), "de"):
        return first.end()
    stop = _manner(text, phrase_end(text, cues, second.start(), end), start)
    joined = _AND_A_SUBJECT.search(cues, first.end(), stop)
    return joined.start() if joined and is_verb(cues, token_at(text, stop, end)) else stop


_AND_A_SUBJECT = regexp(r" et (?:l[ae] |les |l')")
"""« … ont été déposées et le préjudice est estimé à »: another clause begins."""
_TOKEN = regexp(r"\S+")
_DETERMINER = regexp(r"(?:un|une|le|la|les)(?!\w)")
_OR_IN = regexp(r"ou (?:en|a|à|de) ")


def _manner(text: str, stop: int, start: int) -> int:
    """`stop`, or where « avec de très bons retours » begins before it: how it was done is not what was."""
    for match in _MANNER.finditer(text, start, stop):
        before = text[start : match.start()].split()
        if before and fold(before[-1]) not in _LIKE:
            return match.start()
    return stop


# Before the number --------------------------------------------------------------------------------
_NOT_SUBJECTS = frozenset(
    {"elle", "elles", "il", "ils", "nous", "on", "je", "cela", "ceci", "celui-ci", "celle-ci", "y", "qui",
     "vous", "ceux-ci", "celles-ci", "c'est", "l'on", "tout", "dont", "ou"}
)  # fmt: skip
_FULL = (
    r"(?:composée?s?|constituée?s?|formée?s?|dotée?s?|organisée?s?|répartie?s?|découpée?s?|"
    r"divisée?s?|structurée?s?|"
    r"portée?s?|passée?s?|fixée?s?|estimée?s?|évaluée?s?)"
)
_HAS = regexp(
    r"(?<= |['’])(?:"
    r"compte|comptent|comptait|comptaient|comprend|comprennent|comprenait|comporte|comportent|comportait|"
    r"regroupe|regroupent|réunit|réunissent|rassemble|rassemblent|abrite|abritent|possède|possèdent|totalise|"
    r"totalisent|emploie|emploient|employait|dispose|disposent|disposait|déroule|déroulent|compose|composent|"
    r"composait|articule|appuie|étend|répartit|divise|décline|subdivise|élève|élevait|établit|"
    r"établissait|étire|couvre|couvrait|recouvre|représente|représentait|recense|affiche|"
    r"(?:est|sont|était|étaient|étant|a été|ont été)(?: (?:désormais|actuellement|aujourd['’]hui|ainsi|donc|"
    rf"toujours))*(?: {_FULL})?)"
    r"(?: (?:désormais|actuellement|aujourd['’]hui|ainsi|donc|aussi|également|autour|désormais))*"
    r"(?: ?(?:de|d['’]|en|à|par|sur|autour de))?(?: ?(?:plus de|moins de|près de|environ|quelque|un "
    r"total de))?"
    r"(?: (?:les|des))? ?\Z"
)
"""Verbs that say of what the number's things are a part or the measure."""
IN_BRACKETS = regexp(r" ?\(\p{Lu}[\p{L}\d-]{1,9}\)")
"""A short form in brackets behind what it stands for."""
_BEFORE_VERB = regexp(r"(?: (?:ne|qui|se|y|en|lui|leur|nous|vous|les?|la|[nsl]['’]))* ?\Z")
"""Little words between a subject and its verb."""
_NUMBERS = regexp(rf"\d|\b(?:{SMALL_NUMBERS}|un et|une et)\b")
_CLAUSE_ENDS = (", ", "; ", ": ", ") ", " que ", " et qu'", " car ", " mais ")
_ANOTHER = regexp(r"^(?:et|puis|mais) ")
_ARTICLES_OF = {"la": "de la ", "le": "du ", "les": "des ", "l'": "de l'"}
_THOSE = frozenset({"celui", "celle", "ceux", "celles"})
_OWN = frozenset({"notre", "votre", "sa", "son", "cette", "cet", "ce", "leur"})


def having(left: str) -> str | None:
    """What stands before a verb of having at the end of `left`: « La caisse » of « La caisse emploie »."""
    match = _HAS.search(left)
    return _BEFORE_VERB.sub("", left[: match.start()]).rstrip(", ") if match else None


_PLACED = (
    r"(?:(?:entre le \d+ et le \d+|en|depuis|au cours de|sur|dans|pour|à|au|aux|par|durant|pendant)"
    r"(?: |(?<=['’]))(?:l[ae]s? |l['’]|cette |cet |ce |son |sa |ses |nos |notre |leurs? )?"
    r"(?:\p{Lu}[\p{L}'’-]+|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|"
    r"décembre|année|mois|total|ensemble|moyenne|semaine|jour|territoire|région|département|échelon|caisse)"
    r"(?: \d{4}| (?:de |d['’]|du |des )?(?:la |l['’])?\p{Lu}[\p{L}'’-]+)*,? )"
)
_BEFORE = (
    r"(?: (?:ainsi|également|donc|déjà|encore|désormais|aussi|même|enfin|d['’]ores et déjà|"
    r"chaque (?:jour|semaine|mois|année)|\p{L}{3,}ment))*,? "
    rf"{_PLACED}{{0,2}}(?:jusqu['’]à |(?:au total|un total de|au moins|à|au|aux|auprès de|de|d['’]|"
    rf"les|ces|avec|sur|"
    r"environ|près de|plus de|moins de|quelques?|que|dans|jusqu['’]à) ?)*\Z"
)
_WITH = r"(?P<with>(?: en (?:charge|place|œuvre|compte|ligne)| au (?:jour|point)| à (?:jour|disposition))?)"
_HAVING = r"\b(?:a|ont|avons|avait|avaient|aura|auront|ai|ayant)(?: (?:pu|dû|su))?"
_OFTEN = r"(?: (?:ainsi|également|donc|déjà|en outre|aussi|enfin|d['’]ores et déjà|\p{L}{3,}ment))*"
_DONE = regexp(
    rf"{_HAVING}{_OFTEN} (?P<participle>\p{{L}}{{2,}}(?:é|i|u|is|it|ert|us|és|ée|ées)){_WITH}{_BEFORE}"
)
_DONE_TOO = regexp(
    rf"{_HAVING}{_OFTEN} \p{{L}}{{2,}}(?:é|i|u|is|it|ert)e?s?\b[^.;:]{{3,80}} et "
    rf"(?P<participle>\p{{L}}{{2,}}(?:é|i|u|is|(?<!o)it|ert|os))(?P<with>){_BEFORE}"
)
"""« a accompagné 1 486 personnes et clos 1 102 »: the auxiliary is said once."""
_LET = regexp(
    r"\b(?:(?:a|ont|avons|avait|avaient|aura)(?: (?:pu|dû|su|permis (?:de |d['’])))|permet(?:tent)? "
    r"(?:de |d['’])|"
    r"peut|peuvent|doit|doivent|devra|pourra)"
    rf"{_OFTEN} ?(?P<verb>\p{{L}}{{3,}}(?:er|ir|re)){_WITH}{_BEFORE}"
)
_LET_TOO = regexp(
    r"\b(?:permis|permet(?:tent)?) (?:de |d['’])\p{L}{3,}(?:er|ir|re)\b[^.;:]{3,140}? "
    rf"(?:et|puis) (?:de |d['’])(?P<verb>\p{{L}}{{3,}}(?:er|ir|re)){_WITH}{_BEFORE}"
)
"""« a permis d'appeler 120 assurés puis de recevoir 80 »."""
_DOING_IT = regexp(
    r"(?<!\b(?:une?|l[ae]|l['’]|cette|notre|nos|sa|son|ses|chaque|de|d['’]|en) ?)"
    rf"(?P<verb>\p{{L}}{{2,}}(?:e|ent|ons|ait|aient|it|d|t)){_WITH}{_BEFORE}"
)
"""After an article it is a noun: « une équipe de onze »."""


class Doing(NamedTuple):
    """A verb whose object the number is: its participle with its particle, where it starts, its links."""

    participle: str
    particle: str
    start: int
    links: str


def doing_before(left: str, transitive: Callable[[str], bool]) -> Doing | None:
    """The verb of « a reçu 12 », « a permis de contacter 12 », « accompagne 12 » at the end of `left`.

    `transitive` says whether a folded finite form is that of a verb with an object.
    """
    if match := _DONE.search(left) or _DONE_TOO.search(left):
        participle = match["participle"]
        if _TELLS_NOTHING.match(fold(participle)):
            return None
        return Doing(participle, match["with"], match.start(), left[match.end("with") :])
    if (match := _LET.search(left) or _LET_TOO.search(left)) and (done := participle_of(match["verb"])):
        return Doing(done, match["with"], match.start(), left[match.end("with") :])
    match = _DOING_IT.search(left)
    if match is not None and transitive(fold(match["verb"])) and (done := participle_of(match["verb"])):
        return Doing(done, match["with"], match.start(), left[match.end("with") :])
    return None


_MADE_OF = regexp(
    r"(?<![\p{L}-])(?P<noun>\p{L}{4,}),? (?:composée?s?|constituée?s?|formée?s?|dotée?s?|"
    r"fortes?|riches?) (?:de |d['’])(?:plus de )?\Z"
)
_GROUP_OF = regexp(
    r"(?<![\p{L}-])(?P<noun>équipe|brigade|collectif|réseau|vivier|pool|binôme) (?:de |d['’])"
    r"(?:plus de |quelque )?\Z"
)
_PARTED_INTO = regexp(
    r"(?<![\p{L}-])(?P<noun>découpage|répartition|division|organisation|partage|scission|sectorisation|maillage|"
    r"structuration|regroupement) en \Z",
    regex.IGNORECASE,
)


def made_of(left: str) -> str:
    """« une équipe composée de », « une équipe de », « un découpage en » → « de l'équipe »; or nothing."""
    match = _MADE_OF.search(left) or _GROUP_OF.search(left) or _PARTED_INTO.search(left)
    return definite_of(match["noun"].lower()) if match else ""


_DONE_BY = regexp(
    r"\b(?:a été|ont été|est|sont|était|étaient)(?: \p{L}{3,}ment)* (?P<participle>\p{L}{2,}(?:é|i|u|"
    r"is|it|ert)e?s?) "
    r"par (?:plus de |environ |près de |les |ces )?\Z"
)
_AGREEMENT = regexp(r"(?<=é|i|u|t)es?\Z|(?<=é|i|u|t)s\Z|(?<=s)es\Z")
"""How a participle ends that is no masculine singular."""
_OF_THE = regexp(r"^(?:des|du) ")


def agent_before(left: str, counted: str = "") -> str:
    """« L'équipe a été renforcée par 4 » → « ayant renforcé l'équipe »; or nothing.

    `counted` is what the figure before counts in the same sentence: « 30 visites ont été faites par 4 ».
    """
    match = _DONE_BY.search(left)
    if match is None:
        return ""
    participle = _AGREEMENT.sub("", match["participle"])
    subject = subject_of(left[: match.start()])
    if not subject and counted and left[: match.start()].rstrip().endswith(counted):
        return f"ayant {participle} les {counted}"
    if not subject:
        return ""
    return f"ayant {participle} {_OF_THE.sub('le ', of_noun(subject)).removeprefix('de ')}"


def subject_of(clause: str) -> str:
    """The noun phrase, with its article, that `clause` ends in; empty where it is none or a pronoun."""
    clause = _BEFORE_VERB.sub(" ", IN_BRACKETS.sub("", clause))
    cut = max(clause.rfind(mark) + len(mark) - 1 if mark in clause else -1 for mark in _CLAUSE_ENDS)
    subject = _ANOTHER.sub("", clean(clause[cut + 1 :]))
    if len(subject.split()) < 2 and not subject.lower().startswith(("l'", "l’")):
        return ""
    words = subject.replace("’", "'").split()
    if len(words) > 14 or fold(words[0]) in _NOT_SUBJECTS or fold(words[-1]) in _NOT_SUBJECTS:
        return ""
    if has_verb(without_article(subject)) or _NUMBERS.search(fold(subject)):
        return ""
    return subject


def of_noun(phrase: str) -> str:
    """« de » and `phrase` with its article: « La caisse » → « de la caisse », « Le pôle » → « du pôle »."""
    said = phrase.replace("’", "'")
    first, _, rest = said.partition(" ")
    lower = fold(first)
    if lower.startswith("l'"):
        return f"de l'{said[2:]}"
    if not rest:
        return ""
    if lower in ("la", "le", "les"):
        return _ARTICLES_OF[lower] + rest
    if lower in ("cette", "cet", "ce"):
        return elided_article(rest, feminine=lower == "cette")
    if lower in ("ces", "nos", "vos", "ses", "leurs", "des"):
        return f"des {rest}"
    if lower in _OWN:
        return definite_of(rest)
    if lower in ("un", "une"):
        return f"d'{lower} {rest}"
    return ""


def definite_of(noun: str) -> str:
    """« de » and the definite article before `noun`, a singular without article."""
    head = noun.split()[0]
    return de(noun) if head in _THOSE else elided_article(noun, feminine=is_feminine(head))


def elided_article(noun: str, *, feminine: bool) -> str:
    """« de l'équipe », « de la caisse », « du pôle »."""
    if de(noun).startswith("d'"):
        return f"de l'{noun}"
    return f"de la {noun}" if feminine else f"du {noun}"


_THIS = regexp(
    r"(?P<link>\bde |\bà |\b)(?P<this>(?i:cette|cet|ce|ces)) "
    r"(?!type|titre|jour|sujet|genre|effet|fait|cadre|année|fois|qui|que|dernier|dont)(?P<noun>\p{L}[^ ]*)"
)
_THEREON = regexp(r",? ?\b(?:à|sur|en) ce (?:sujet|titre|point|sens)\b")


def unpointed(phrase: str) -> str:
    """`phrase` with « cette unité » as « l'unité »: what a label points at, its reader does not see."""

    def the(match: regex.Match[str]) -> str:
        link, noun, this = match["link"], match["noun"], match["this"].lower()
        if this == "ces":
            return {"de ": "des ", "à ": "aux "}.get(link, f"{link}les ") + noun
        of = elided_article(noun, feminine=this == "cette")
        if link == "de ":
            return of
        return (link + _OF_THE.sub("le ", of).removeprefix("de ")).replace("à le ", "au ")

    return _THIS.sub(the, _THEREON.sub("", phrase))
