"""Labels of counts: « 551 dossiers ont été traités » counts « dossiers traités »."""

from __future__ import annotations

from ...french.agreement import agree, is_feminine, participle_of
from ...french.fold import fold
from ...french.inflect import plural, singular
from ...grammar.compiled import regexp
from .. import in_brackets
from ..counted import Draft
from .clauses import IN_BRACKETS, agent_before, having, made_of, of_noun, subject_of
from .phrases import (
    CLASS_SIZE,
    GOVERNOR,
    ROUGHLY,
    SMALL_NUMBERS,
    clean,
    de,
    has_verb,
    next_phrase_end,
    phrase_end,
    shortened,
    without_article,
)
from .reading import PRONOUNS, WITHIN, SentenceReader, is_participle, masculine, plural_head

_PARTITIVE = regexp(r"(?:[\s*«\"\[]|de ces |de ses |de nos |de leurs |de |d['’])*")
_OF_A_KIND = regexp(r" (?:de |d')(?!plus|moins|ici)")
_SAME_LINK = regexp(r" (?:en|à|au|aux|chez|dans|sur|sous|avec|sans|hors|par) ")
_IN_A_PLACE = regexp(r" (?:en |à |au |aux |dans (?:la |les? |l['’]))(?=\p{Lu})")
_ALLOWED = regexp(r"\b(?:permis|permet|permettent|permettra|permettait) à (?:les |ces )?\Z")
_TO_DO = regexp(r",? ?(?:de |d')(?P<verb>[a-z]{3,}(?:er|ir|re))(?!\w)")
KNOWN = regexp(r"\b[Cc]es \Z")
"""« Ces six réunions »: known from before, what follows is news of them."""
_OF_IT_DONE = regexp(
    rf"\ben (?:a|ont|avons|avait|avaient)(?: \p{{L}}{{3,}}ment)? "
    rf"(?P<done>\p{{L}}{{2,}}(?:é|i|u|is|it|ert)) {ROUGHLY}\Z"
)
"""« a reçu 130 appels et en a traité 124 »"""
_SAW = regexp(
    r" (?:a|ont|avait|avaient) (?:vu|fait) (?P<verb>\p{L}{3,}(?:er|ir|re)) (?:ses |les |de )?"
    + ROUGHLY
    + r"\Z"
)
"""« L'échelon a vu partir 8 agents »"""
_FELL_FROM = regexp(
    r"(?:^|[ ,(])(?P<noun>(?:l[ae]s? |l['’]|nos |notre )[^.;:,()\d]{3,60}), pass(?:é|ant)e?s? (?:ainsi )?de "
    + ROUGHLY
    + r"\Z"
)
"""« résorber le stock, passé de 9 870 dossiers à 600 »"""
_OUT_OF = regexp(r"\W*(?:Parmi|Sur|Chez|Dans|Pour|Avec|Grâce à|Grâce aux)(?: les| ces| nos| ses)? ")
"""« Parmi les 120 assurés reçus, 40 % ont signé »: not all of them have."""
_MORE = regexp(r"\A(?:de |en )(?:plus|moins)\b.*")
_INVERTED = regexp(
    rf"\W*(?:Ont|Sont|Étaient|Seront)(?: été)?(?: \p{{L}}{{3,}}ment)? "
    rf"(?P<done>\p{{L}}{{2,}}(?:é|i|u|is|it)e?s) {ROUGHLY}"
)
"""« Ont été détectés 312 fraudeurs »"""
_LISTED = regexp(r"(?:,| et) (?:les )?\Z")
_LINKS = frozenset(
    {"à", "au", "aux", "de", "des", "en", "dans", "par", "pour", "sur", "un", "une", "les", "la", "le"}
)
_WITH = regexp(r"\W*(?:Avec|Forte? de|Riche de|Peuplée? de)(?: [^,;:]{3,30} et)?(?: ses| de)? ")
_APPOSED = regexp(
    r"(?:^|[.;:,] )(?P<noun>(?i:l[ae]|les|l['’]|notre|cette|cet|ce) ?[^,;:]{3,60}), "
    r"(?:forte?s?|riches?|composée?s?|constituée?s?|dotée?s?) (?:de |d['’])(?:quelque |plus de )?\Z"
)
"""« La plateforme, forte de 22 téléconseillers, a … »"""
_AND = regexp(r"(?: \p{Ll}[\p{L}'’-]*){0,3}(?:,| et)? ?(?:et )?(?:de |d['’]|les )?")
_PEOPLED = regexp(rf"\bpeuplée?s? de {ROUGHLY}\Z")
_NOMINAL = regexp(
    r"(?P<noun>\b(?!\p{L}+(?:[^v]ell|al|iqu|eus|iv|ièr|air|ul)ement)"
    r"(?:\p{L}{2,}(?:ion|ions|ement|ements|ages?|parts?|cours|erture|ature|eture|auche|ôles?)|"
    r"traitement|pose|"
    r"retour|suivi|maintien|arrivées?|défense|signatures?|télétravail|accueil|envoi|achat|vente)"
    rf"(?: exclusif| partiel| (?:en|à la) \p{{L}}+)?) (?:de |d['’]|des ){ROUGHLY}\Z"
)
THEIR_NUMBER = regexp(
    r"\b(?:leur|le|ce) nombre(?: total)?,?(?: (?:ainsi|désormais|donc))? (?:à|est de|s['’]élève à) "
    + ROUGHLY
    + r"\Z"
)
"""« a ouvert 14 maisons supplémentaires, portant leur nombre à 57 »: of all, not of those added."""
_ADDED = regexp(r" (?:supplémentaires|nouve(?:aux|lles))(?=\W|\Z).*\Z")
_IS_SO_MUCH = regexp(
    rf"(?:est|était|ressort|s['’]élève|s['’]établit|atteint)(?: (?:ainsi|désormais))? "
    rf"?(?:de|à|d['’])? ?{ROUGHLY}\Z"
)
_OF_THE = regexp(r"^(?:de la |de l['’]|du |des |de |d['’])")
MEASURES = frozenset({"duree", "taux", "moyenne", "densite", "ratio", "delai", "frequence"})
"""Nouns of what is told in a count of something and counts it not: « un taux de 23,4 élèves par classe »."""
_THEN_VERB = regexp(r"\p{L}+[sx] \p{Ll}{3,}(?<![sxé])")
_ASIDE = regexp(
    r"(?<=\p{L}), (?:qui |dont |ou |dite? |\p{L}{3,}(?:ée?s?|ie?s?|ue?s?|ant|te?s?|se?s?) "
    r"(?:à|au|aux|en|dans|par|sur|de|du|depuis) )"
    r"[^,;:.()]{2,80}, \Z"
)
_BASE = regexp(r" pour (?:100|1 ?000|10 ?000|100 ?000|cent mille|mille) (?:[a-z'-]+s|km)\b")
"""« 84 médecins pour 100 000 habitants »: what a density is reckoned by belongs to its label."""
_ARTICLE = regexp(r" ?(?:(?:une?|l[ae]s?|des|du) |l'|\d)")
_DONE_TIMES = regexp(
    r"(?P<by>(?:, [^,;:.()]{3,90},)?(?: (?:l['’]|les? |la )?"
    r"(?:s['’](?:est|était)|se (?:sont|fait|font)|a|ont|avait|avaient|est|sont|"
    r"était|étaient|(?:a|ont) été))"
    rf"(?: \p{{L}}{{3,}}ment)* (?P<done>\p{{L}}{{2,}}(?:é|i|u)e?s?) (?:à )?{ROUGHLY}\Z)"
)
"""« La commission s'est réunie à cinq reprises », « Le guide, gratuit, a été téléchargé 1 200 fois »."""
_TIMES = {
    "réuni": "réunions", "intervenu": "interventions", "rencontré": "rencontres", "consulté": "consultations",
    "sollicité": "sollicitations", "saisi": "saisines", "visité": "visites", "déplacé": "déplacements",
    "téléchargé": "téléchargements", "utilisé": "utilisations", "emprunté": "emprunts",
    "contacté": "contacts", "partagé": "partages", "convoqué": "convocations", "activé": "activations",
}  # fmt: skip
"""What is done, by its participle."""
_SOME_OF = regexp(
    rf"(?i:\b(?:aucune?|l['’]une?|une? seule?|chacune?|certaine?s|plusieurs|la plupart|"
    rf"la majorité|une partie|la moitié|"
    rf"(?:un|deux|trois) (?:tiers|quarts?)|\d+(?: %)?|{SMALL_NUMBERS})) "
    rf"(?:des|d['’]entre les|de (?:ces|nos|ses|leurs|vos))"
    rf"(?: quelque)? \Z"
)
"""« Aucun des 27 centres », « trois de nos neuf sites »: what is said is said of some of them, or of none."""
_OF_THEM = regexp(r"d'entre (?:eux|elles|nous) ?")
_OTHERS = regexp(r"autres\b ?")
_RANGE_GOES_ON = regexp(r"(?:à|et|ou|-|–) ?\d")
_NO_DETERMINER = regexp(rf"\d|\b(?:à|et|ou|{SMALL_NUMBERS}) ")
_PER_TIME = regexp(r" ?/ ?(?:jour|mois|an|semaine)\b")
_PER = regexp(r"(?<=\p{L})/(?=(?:jour|mois|an|semaine)\b)")
_OPENS = regexp(rf"L[ae]s? |Des |Notre |Chaque |Chacune? |L['’]|Nos |Cette |Ces |Une? |(?i:{SMALL_NUMBERS}) ")
_AGAINST = regexp(r"\bcontre \Z")
_HAD_BY = regexp(
    r"(?:que |qu['’])(?:compte|comptent|comporte|comportent|recense|recensent|emploie|gère|gèrent|abrite) "
    r"(?P<subject>(?:l[ae]s? |l['’]|notre )[^.;:,()\d]{3,60})"
)
"""« les 212 agents que compte la direction »"""
_WITH_ARTICLE = regexp(r"(?<!\b(?:de|à|sur|dans|par) )\b(?:l[ae]s? |l['’]|nos |notre )(?=\p{L})")
_NAMES = regexp(r"(?P<names>\p{Lu}[\p{L}-]+(?:, \p{Lu}[\p{L}-]+)* et \p{Lu}[\p{L}-]+) ?\Z")
"""« Rennes et Brest ont traité »"""
_SAYS = regexp(r"(?:a|ont|avait|avaient|aura|auront)(?: \p{L}{3,}ment)? \p{L}{2,}(?:é|i|u)(?= )")
_GAVE = regexp(
    r"(?<= )(?P<said>(?:a|ont|avait|avaient)(?: \p{L}{3,}ment)? \p{L}{2,}(?:é|i|u|is|it|ert) "
    r"(?:une?|des|l[ae]s?) "
    rf"(?:\p{{L}}[\p{{L}}'’-]* ){{1,4}}?)à {ROUGHLY}\Z"
)
"""« Le service a adressé un courrier à 740 médecins »"""
_OURS = regexp(r"^nos ")
_MANY_DONE = regexp(r"(?:é|i|u)e?s\Z")


class CountLabels(SentenceReader):
    """What is counted: the noun with its complements, and what the sentence says of it."""

    def _counted(self, draft: Draft) -> str:
        """« 551 dossiers ont été traités » → « dossiers traités »."""
        assert draft.noun is not None
        end = self._end(draft)
        partitive = _PARTITIVE.match(self._plain, draft.number.stop, draft.noun.start)
        start = partitive.end() if partitive else draft.noun.start
        if _NO_DETERMINER.search(self._plain[start : draft.noun.start]):
            start = draft.noun.start
        stop = phrase_end(self._plain, self._cues, start, end)
        if _PER_TIME.match(self._plain[draft.noun.end : draft.noun.end + 12]):
            stop = draft.noun.end + len(self._plain[draft.noun.end : stop].split(" ")[0])
        if _ALLOWED.search(self._left(draft, 60)) and (to_do := _TO_DO.search(self._cues, start, stop)):
            stop = to_do.start()
        if (base := _BASE.search(self._folded, start, min(end, stop + 40))) and base.start() <= stop:
            stop = base.end()
        phrase = plural_head(shortened(clean(self._plain[start:stop])), draft)
        phrase = _PER.sub(" par ", phrase)
        if draft.number.value >= 2 and _THEN_VERB.fullmatch(phrase) and _ARTICLE.match(self._cues, stop):
            phrase = phrase.split(" ", 1)[0]  # « quatre antennes accueille une »: an adjective would agree
        self._phrases[draft.number.start] = phrase
        left = self._left(draft, 300)
        if draft.unit in ("fois", "reprise") and (times := self._times(draft, left)):
            return times
        if _SOME_OF.search(left):
            return phrase
        several = draft.number.value >= 2
        if said := self._predicate(stop, end, several=several, relative=True):
            return f"{phrase} {said}"
        if governed := self._governed_count(left, phrase):
            return governed
        last = self._previous
        inside = last is not None and last.draft.candidate.sentence == draft.candidate.sentence
        known = (
            KNOWN.search(left) is not None
            or _OUT_OF.fullmatch(left) is not None
            or (inside and WITHIN.search(left) is not None)
        )
        if not known and (
            said := self._predicate(stop, end, described=is_participle(phrase), several=several)
        ):
            return f"{phrase} {said if several else _of_one(said)}"
        return self._as_object(draft, left, phrase, stop, end)

    def _times(self, draft: Draft, left: str) -> str:
        """« La commission s'est réunie 5 fois » → « réunions de la commission »."""
        match = _DONE_TIMES.search(left)
        times = _TIMES.get(masculine(match["done"]), "") if match else ""
        if match is None or not times:
            return ""
        return f"{times} {of_noun(subject_of(left[: match.start()]) or self._subject_said(draft))}".strip()

    def _governed_count(self, left: str, phrase: str) -> str:
        """« l'embauche de 20 agents » → « embauche d'agents »."""
        match = _NOMINAL.search(left)
        noun = match["noun"].lower() if match else ""
        return f"{noun} {de(phrase)}" if noun and self._governs(noun) else ""

    def _as_object(self, draft: Draft, left: str, phrase: str, stop: int, end: int) -> str:
        """« Cette équipe a traité 8 680 appels » → « appels traités »."""
        if allowed := self._allowed(left, stop, end):
            return f"{phrase} {allowed}"
        if gave := _GAVE.search(left):
            return self._to_whom(draft, phrase, left, gave.start(), gave["said"])
        if (saw := _SAW.search(left)) and (done := participle_of(saw["verb"])):
            gone = agree(done, draft.unit, many=draft.number.value >= 2)
            return f"{phrase} {gone} {of_noun(subject_of(left[: saw.start()]))}".strip()
        if (fell := _FELL_FROM.search(left)) and not has_verb(noun := _last_noun(fell["noun"])):
            self._phrases[draft.number.start] = f"{phrase} ({noun})"
            return f"{phrase} ({noun})"
        if inverted := _INVERTED.fullmatch(left):
            return f"{phrase} {inverted['done']}"
        if doing := self._doing(left):
            if doing.links.strip() == "à" and doing.participle == "bénéficié":
                return f"{phrase} bénéficiaires {of_noun(subject_of(left[: doing.start]))}".strip()
            if doing.links.strip() == "à":
                given = clean(self._plain[stop : phrase_end(self._plain, self._cues, stop, end)])
                if given and not given.startswith("et ") and not has_verb(given):
                    return f"{phrase} ({doing.participle} : {without_article(given)})"
                verb = _SAYS.match(left, doing.start)
                return self._to_whom(draft, phrase, left, doing.start, verb[0] if verb else "")
            head = phrase.split(" ")[0]
            many = fold(head) != fold(draft.unit) or head[-1] in "sx" or draft.number.value >= 2
            said = agree(doing.participle, draft.unit, many=many)
            subject = _clause_subject(left[: doing.start]) or _said_to_be(left[: doing.start])
            if subject and subject.startswith("nos "):
                subject = ""
            if fold(doing.participle).startswith("port") and doing.links.strip().startswith("sur"):
                return f"{phrase} {of_noun(subject)}".strip()  # « La campagne a porté sur 47 centres »
            if each := _EACH.match(subject):
                return f"{phrase} par {plural_to_one(each['noun'])}"
            by = f" par {subject}" if subject else ""
            if " par " in phrase and not by:
                return phrase.replace(" par ", f" {said}{doing.particle} par ", 1)
            return f"{phrase} {said}{doing.particle}{by}"
        last = self._previous
        counted = self._phrases.get(last.draft.number.start, "") if last is not None else ""
        if by := agent_before(left, counted):
            return f"{phrase} {by}"
        if draft.unit == "habitant" and _PEOPLED.search(left):
            return "population"
        if whose := _HAD_BY.match(self._plain, self._skip(stop, end), end):
            of = of_noun(subject_of(clean(whose["subject"])))
            return f"{phrase} {of}" if of and of not in phrase else phrase
        if of := self._possessor(draft, left):
            measure = _OF_THE.sub("", of)
            stated = _IS_SO_MUCH.search(left) is not None
            if stated and _BASE.search(f" {fold(phrase)}"):
                return phrase  # « La fréquence est de 29,7 accidents pour 1 000 salariés »
            if (
                stated and " " in measure and fold(measure).split(" ")[0] in MEASURES
            ):  # « La durée moyenne est de 4,6 nuits » is of no nights
                return measure if " " not in phrase else f"{measure} ({phrase})"
            head = "population" if draft.unit == "habitant" and len(phrase.split()) == 1 else phrase
            return f"{head} {of}" if of not in phrase else phrase
        if match := GOVERNOR.search(left):
            noun = without_article(clean(match["noun"])).lower()
            if noun and self._governs(noun) and not is_participle(noun) and not has_verb(noun):
                return f"{phrase} ({noun})"
        return phrase

    def _to_whom(self, draft: Draft, phrase: str, left: str, start: int, said: str) -> str:
        """« Le service a répondu à 12 lettres » → « lettres auxquelles le service a répondu ».

        `said` is the verb with its object, which starts at `start` of `left`.
        """
        subject = subject_of(left[:start])
        if not said or not subject:
            return phrase
        feminine = is_feminine(draft.unit)
        whom = "à laquelle" if feminine else "auquel"
        if draft.number.value >= 2:
            whom = "auxquelles" if feminine else "auxquels"
        subject = _OURS.sub("les ", subject[0].lower() + subject[1:] if _OPENS.match(subject) else subject)
        return f"{phrase} {whom} {subject} {said}"

    def _possessor(self, draft: Draft, left: str) -> str:
        """« de la caisse » for « La caisse compte 128 », « Elle compte 128 », « … et 12 »; or nothing."""
        if (clause := having(left)) is not None:
            of = of_noun(subject_of(clause)) or of_noun(self._subject_said(draft))
        elif _WITH.fullmatch(left):
            of = of_noun(self._subject_after(draft))
        elif (beside := _APPOSED.search(left)) is not None:
            of = of_noun(subject_of(beside["noun"]))
        else:
            of = made_of(left)
        last = self._previous
        if (
            not of
            and last is not None
            and _AND.fullmatch(self._plain[last.draft.unit_end : draft.number.start])
        ):
            of = self._possessors.get(last.draft.number.start, "")
        self._possessors[draft.number.start] = of
        return of

    def _allowed(self, left: str, stop: int, end: int) -> str:
        """« a permis à 9 agents de prendre un poste » → « ayant pris un poste »."""
        if not _ALLOWED.search(left):
            return ""
        match = _TO_DO.match(self._cues, stop, end)
        done = participle_of(self._plain[match.start("verb") : match.end("verb")]) if match else ""
        if match is None or not done:
            return ""
        rest = phrase_end(self._plain, self._cues, self._skip(match.end(), end), end)
        return f"ayant {done} {clean(self._plain[match.end() : rest])}"

    def _elided(self, draft: Draft) -> str:
        """The phrase that the number's noun stands for, with what the sentence adds to it."""
        base = self._antecedent(draft)
        if named := self._named_before_bracket(draft):
            return f"{base}, {without_article(named)}"
        end = self._end(draft)
        at = self._skip(draft.number.stop, end)
        if match := _OF_THEM.match(self._cues, at, end):
            at = match.end()
            base = self._governed_count(self._left(draft, 120), base) or base
        elif match := _OTHERS.match(self._cues, at, end):
            at = match.end()
            base = f"autres {base}"
        if THEIR_NUMBER.search(self._left(draft, 60)):
            base = _ADDED.sub("", base)
        self._phrases[draft.number.start] = base
        if _RANGE_GOES_ON.match(self._cues, at, end):
            return base
        if density := _BASE.match(self._folded, draft.number.stop, end):
            return f"{base}{self._plain[draft.number.stop : density.end()]}"
        if said := self._predicate(at, end):
            return base if WITHIN.search(self._left(draft, 20)) else f"{base} {said}"
        if size := CLASS_SIZE.match(self._cues, at, end):
            return f"{base} {clean(self._plain[at : size.end()])}"
        rest = clean(self._plain[at : next_phrase_end(self._plain, self._cues, at, end)])
        rest = _MORE.sub("", rest)
        if rest.startswith("par ") and draft.source is not None and draft.whole is None:
            base = self._bases.get(draft.source, base)
        if not rest and (of_it := _OF_IT_DONE.search(self._left(draft, 60))):
            return f"{base} {agree(masculine(of_it['done']), draft.unit, many=draft.number.value >= 2)}"
        label = f"{base}{self._verb_again(base, rest)} {rest}"
        return f"{label} {self._said_of_all(draft)}" if rest else label

    def _said_of_all(self, draft: Draft) -> str:
        """« renforcée par 4 agents de Nice, 7 de Lyon »: what was said of the first is said of the second."""
        source = draft.source
        if source is None or draft.whole is not None or source not in self._bases:
            return ""
        said, phrase = self._bases[source], self._phrases.get(source, "")
        listed = _LISTED.search(self._plain, max(source, draft.number.start - 8), draft.number.start)
        return said.removeprefix(phrase).strip() if listed and said.startswith(f"{phrase} ayant ") else ""

    def _verb_again(self, base: str, rest: str) -> str:
        """The verb of « 4 ont abouti à un accord, 3 à un refus » for the second; with a space before it."""
        link = rest.split(" ", 1)[0]
        if self._previous is None or link not in _LINKS:
            return ""
        last, label = self._previous
        if not last.elided or not label.startswith(base):
            return ""
        verb, found, _ = label[len(base) :].partition(f" {link} ")
        return verb if found else ""

    def _antecedent(self, draft: Draft) -> str:
        if draft.noun is None:
            return plural(draft.unit) if draft.unit.islower() else draft.unit
        if draft.whole is not None and draft.whole.number.start in self._labels:
            said, start = self._labels[draft.whole.number.start], draft.whole.number.start
            return self._phrases.get(start, said) if " auxquel" in said else said
        if draft.source is not None and draft.source in self._phrases:
            phrase = self._phrases[draft.source]
            if in_brackets.AFTER.match(self._folded, draft.number.stop) or _AGAINST.search(
                self._folded[max(0, draft.number.start - 20) : draft.number.start]
            ):
                return self._bases.get(draft.source, phrase)
            if _OF_A_KIND.match(self._folded, draft.number.stop):
                return phrase.split(" de ")[0].split(" d'")[0]  # « agents de catégorie C, 4 de catégorie B »
            again = _SAME_LINK.match(self._plain, draft.number.stop)
            if _IN_A_PLACE.match(self._plain, draft.number.stop):
                phrase = _IN_A_PLACE.split(phrase)[0]  # « centres dans le Jura et 6 en Corse »
            return phrase.split(again[0])[0] if again else phrase  # « agents en CDI et 4 en CDD »
        limit = min(draft.number.start, draft.noun.end + 120)
        stop = phrase_end(self._plain, self._cues, draft.noun.start, max(draft.noun.end, limit))
        return plural_head(shortened(clean(self._plain[draft.noun.start : stop])), draft)


def _last_noun(phrase: str) -> str:
    """The last noun phrase with an article in `phrase`: « pour résorber le stock » → « stock »."""
    found = list(_WITH_ARTICLE.finditer(phrase))
    return without_article(phrase[found[-1].start() :] if found else phrase)


def _of_one(said: str) -> str:
    """« mobilisés pour » → « mobilisé pour »: said of one thing among several that the verb has."""
    first, space, rest = said.partition(" ")
    return f"{singular(first)}{space}{rest}" if _MANY_DONE.search(first) else said


_EACH = regexp(
    rf"(?i:chacune? (?:des|de (?:nos|ces|ses|leurs)) (?:(?:\d+|{SMALL_NUMBERS}) )?|chaque )"
    rf"(?P<noun>\p{{L}}.*)"
)
"""« Chacune des 21 équipes suit 95 élèves »: 95 for each."""


def plural_to_one(phrase: str) -> str:
    """`phrase` in the singular up to the first word that links: « équipes de nuit » → « équipe de nuit »."""
    words = phrase.split(" ")
    stop = next(
        (at for at, word in enumerate(words) if fold(word).split("'")[0] in _LINKS | {"d", "et"}), len(words)
    )
    return " ".join([*map(singular, words[:stop]), *words[stop:]])


_SAID_TO_BE = regexp(
    r"(?i)(?:^|[.;:] )\W*(?P<noun>(?:l[ae]s? |l['’]|cette |ce |cet )[^.;:,()]{2,70}?)"
    r"(?: \([^()]*\))?(?:, [^.;:,()]{3,80},)? (?:est|sont|reste|restent) "
    r"(?:une?|des|l['’]une? des) [^.;:()\d]{3,120},? qui \Z"
)
"""« L'asthme est une maladie chronique, qui touche … »: what « qui » stands for."""


def _said_to_be(left: str) -> str:
    """The subject of a sentence that says what it is, before « qui »; or nothing."""
    match = _SAID_TO_BE.search(left)
    if match is None or has_verb(without_article(match["noun"])):
        return ""
    return match["noun"][0].lower() + match["noun"][1:]


_ADJECTIVES = regexp(
    r"(?:^|[.;:,] )\W*(?P<noun>(?:(?:L[ae]s?|l[ae]s?) |[Ll]['’])\p{L}[\p{L}'’-]+(?: de \p{L}+)? "
    r"\p{Ll}+ et \p{Ll}{4,}) ?\Z"
)


def _clause_subject(left: str) -> str:
    """The noun phrase at the end of `left`, where it is short and no pronoun."""
    left = IN_BRACKETS.sub("", left)
    if aside := _ASIDE.search(left):
        left = left[: aside.start()]  # « La plateforme, installée à Nevers et à Albi, a reçu »
    cut = max(left.rfind(mark) for mark in (", ", "; ", ": ", " et ", ") ", " qui ", " que "))
    tail = clean(left[cut + 1 :])
    words = without_article(tail).split()
    if left.startswith(" et ", max(cut, 0)) and (joined := _ADJECTIVES.search(left)):
        tail = joined["noun"]  # « La protection maternelle et infantile a examiné »
        words = without_article(tail).split()
    elif left.startswith(" et ", max(cut, 0)):
        beside = _NAMES.search(left)
        tail, words = (
            (beside["names"], beside["names"].split()) if beside else (tail.removeprefix("et "), words)
        )
    if len(words) == 1 and words[0].isupper():
        return ""  # the organisation itself
    if not 1 <= len(words) <= 9 or {fold(words[0]), fold(words[-1])} & PRONOUNS:
        return ""
    return tail[0].lower() + tail[1:] if _OPENS.match(tail) else tail
