"""Labels of sums, scores and durations: what is measured, not its unit."""

from __future__ import annotations

import regex

from ...french.agreement import agree
from ...french.fold import fold
from ...french.inflect import plural, singular
from ...grammar.compiled import regexp
from ...grammar.hints import hints_of, may_match
from ...model import Role
from ..counted import Draft
from .beside import PARTICIPLE
from .clauses import definite_of, having, of_noun, predicate_at, subject_of
from .deeds import DeedLabels
from .phrases import (
    GOVERNOR,
    ROUGHLY,
    SMALL_NUMBERS,
    clean,
    cues_of,
    frame_of,
    has_verb,
    is_verb,
    next_phrase_end,
    phrase_end,
    shortened,
    subject_before,
    without_article,
)
from .reading import PRONOUNS, is_participle, masculine

_LASTING = regexp(
    r"(?P<noun>\p{L}[^.;,:()]{2,80}?) (?:qui )?(?:dure|durent|a duré|ont duré) " + ROUGHLY + r"\Z"
)
_STATED = regexp(
    r"(?:, avec |à hauteur de |\bà |\bde |\bd['’]|[≤<=:] ?|est de |était de |étant de |s['’]élève à ){1,2}"
    rf"{ROUGHLY}\Z",
    regex.IGNORECASE,
)
_WORD = regexp(r"\p{L}+")
_OPENS = regexp(
    rf"(?:^|[.,;:(]|\b(?:et|soit|[Cc]e sont|[Cc]['’]est)) ?(?:(?:ainsi|donc|au total) )?{ROUGHLY}\Z"
)
_RATE = regexp(r"(?i)(?:taux|pourcentage|proportion|ratio)\b.*\b(?:de|d['’]|des|du|par|pour|sur|entre)\b")
"""What names a share in full: « taux de réponse des praticiens », where « taux » alone does not."""
_DASH = regexp(r" ?[-–—] (?P<label>[^,.;:\d]{3,80})")
_AFTER_COLON = r" ?[:=] ?[\p{L}' ]{0,20}\Z"
_COLON_ENDS = regexp(_AFTER_COLON)
_COLON = regexp(rf"(?P<label>[^:.;\n]{{3,160}}?){_AFTER_COLON}")
_CELUI_AFTER = regexp(r"(?:à |a |pour )?(?:celui|celle|ceux|celles) ")
_INFINITIVE = regexp(
    r"(?:augmenter|reduire|diminuer|ameliorer|maintenir|developper|renforcer|limiter|atteindre|"
    r"garantir|assurer|"
    r"respecter|accroitre|baisser) (?:les |le |la |l'|des )"
)
_OUTSIDE_LABEL = regexp(
    r"\b\d(?!\d* ?(?:ans|er|re|e|ème|eme|étoiles?|épis|fleurs)\b)| (?:qui|dont|par une?) "
)
_COMPLEMENT = regexp(
    r"(?:de|d['’]|à|sur|pour|par|en|dans|au|aux|chez) ?\p{L}|\p{L}{3,}(?:able|ible|é|ée|és|ées)s?\b"
)
_COMPLEMENT_ALONE = regexp(r"(?:du |de la |de l['’]|le (?:million|milliard|cap|seuil)\b)")
"""« supérieur à celui de la ville (39 %) et du pays (36 %) »: no share of the country."""
_IN_ORDER_TO = regexp(r"pour (?:s['’] ?|se |ne )?\p{L}+(?:er|ir|re)\b")
_NEAR = regexp(r"\bà (?:moins|plus|près) de \Z")
_FROM_IT = regexp(r"(?:d['’]une?|de chez|du) ")
_AWAY = regexp(r"\bà " + ROUGHLY + r"\Z")
_LONGER = regexp(r" (?:de |d['’]|âgée?s? de |durant |pendant )" + ROUGHLY + r"\Z")
_DETERMINED = regexp(
    r"(?<!\b(?:de|à|en|sur|dans|par|pour|avec|d['’]) )(?P<noun>\b(?:les?|la|l['’]|une?|des|cette|cet|"
    r"ces?|nos|notre|son|sa|"
    r"ses) ?\p{L}.*)",
    regex.IGNORECASE,
)
_DURING = regexp(
    r"\b(?:pendant|durant|après|depuis|au bout de|au cours de) (?:les |ses |leurs |nos )?" + ROUGHLY + r"\Z"
)
_BEFORE_IT = regexp(
    r"(?P<noun>\p{L}[^.;:,()]{3,70}?)(?: (?:a|ont|aura|auront) lieu| (?:est|sont) \p{L}+| intervient)? après "
    + ROUGHLY
    + r"\Z"
)
"""« Le premier contrôle a lieu après 6 mois d'activité »: how long before it."""
_COVERED = regexp(
    r"(?:^|[.;:,] |\bet )(?:(?P<subject>[^.;:,]{3,90}?) (?:et )?)?couvr\w+ (?:les |ses )?\Z", regex.IGNORECASE
)
_OWN = regexp(r"(?:de |d['’])(?:son|sa|ses|leur|notre) ")
_TERM = regexp(
    r"(?i)(?<![\p{L}-])(?P<noun>(?:bilan|suivi|point|phase|contrôle|visite|évaluation|entretien|rendez-vous|étape)s?"
    rf"(?: (?:d[eu]s? |d['’])?(?!à )\p{{L}}[\p{{L}}'’-]*){{0,3}}) à {ROUGHLY}\Z"
)
_CLITICS = regexp(r"(?: (?:y|en|lui|leur|se|n['’]|s['’]))+\Z")
_RANKING = regexp(r"\W*(?:e|eme|er|re|ere)?\W* ?(?:place|rang|position)\b")
_RANKINGS = frozenset({"place", "rang", "position"})
_FALLEN = regexp(r", (?:\p{L}{2,}(?:é|i|u)e?s?|stables?|constante?s?)\Z")
"""« La part des refus, tombée à 11 %, … »"""
_MOVES_TO = regexp(
    r"(?<=\p{L} \p{L}[\p{L}'’-]*)(?<! (?:de|en|la|une|à|et|forte|légère|nette|cette|sa))(?<! [ld]['’]) "
    r"(?:baisse|recule|progresse|augmente|diminue|grimpe|monte|chute|remonte|tombe|bondit|descend)\Z"
)
"""« La consommation moyenne baisse de 118 à 112 m³ »: a verb, that is none in « en baisse de »."""
_LAST_CLAUSE = regexp(r"\A.*, (?=l[ae]s? |l['’])")
_PLACES = _RANKINGS | frozenset({"au", "a", "en", "sur", "des", "du", "de", "parmi"})
_AMONG_WHOM = regexp(r"(?:chez|parmi|pour|du côté d[eu]) ?(?:l[ae]s? |l['’]|s )")
_EACH_DOES = regexp(r"\W*Chaque (?P<noun>\p{L}+(?: (?:de |d['’])\p{L}+)?) (?=\p{L}+(?:e|t) )[^.;:,\d]*\Z")
"""« Chaque dossier mobilise 2,5 heures de travail »"""
_SOME_OF_THEM = regexp(
    r"(?i:(?:(?:plus|près|moins) (?:de |d['’]))?(?:(?:trop |très )?peu|beaucoup|la plupart|"
    r"(?:la|une) (?:grande |large |courte )?majorité|une minorité|bon nombre|(?:la|une) moitié|"
    r"(?:un|le|deux|trois|les deux|les trois) (?:tiers|quarts?)) (?:de (?!la |l['’])|d['’]|des )"
    rf"(?P<noun>\p{{L}}.*)|(?:{SMALL_NUMBERS}|une?) (?P<one>\p{{L}}+) sur \p{{L}}+)"
)
"""« Trop peu d'habitants (17 %) », « Un agent sur cinq (21 %) »"""
_PER_TIME = regexp(r" par (?:jour|semaine|mois|an)\b")
_FIRST = regexp(r" ?premiere?s? ")
_LAST_COMPLEMENT = regexp(r" (?:des|du|de la|de|d['’])\s?[^ ]+(?: \p{L}+)?\Z")
_LAST_THING = regexp(r" (?:une?|avec|l[ea]) (\p{L}[^,]{3,40})\Z")
_DIGIT = regexp(r"\d")
_NO_AGE = regexp(r"(?<![\p{L}\d])(?<!\bau )\d(?!\d* (?:ans|étoiles?|épis|fleurs)\b)")
_TO_NUMBER = regexp(r" (?:pour|de|à|chez|sur|d['’])(?: ?\p{L}+){0,4} \d.*\Z")
"""« le prix pour un foyer consommant 120 m³ »: what a measure is taken at."""
_NUMBER_OF = regexp(r"^(?:nombre|chiffre|total) (?:de |d['’](?!affaires)|des )")
_WERE_DONE = regexp(
    r" ?(?:a été|ont été|sont|seront)(?: \p{L}{3,}ment)* (?P<done>\p{L}{2,}(?:é|i|u)e?s?)(?= |[.,;:]|\Z)"
)
_WITH_A = regexp(
    r"\bavec (?:un|une) (?:score|note|indice|taux|moyenne)(?: \p{L}{4,})? (?:de |d['’])" + ROUGHLY + r"\Z"
)
_JOINED = regexp(r"-\p{L}{3,}")
_EACH_ONE = regexp(r"(?:l['’]une?|chacune?|pièce|l['’]unité)\b")
_IN_BRACKETS = regexp(r" ?\([^)]*\)")
_PAUSE = regexp(r"[.;:,()]")
_NO_COMPLEMENT = regexp(
    r"(?:sur |pour )?\d|(?:l['’]une?|chacune?|pièce|l['’]unité|l['’]heure)\b|(?:et|ou|y) |"
    r"(?:après|contre|versus|vs)\b|pour [a-z]+(?:er|ir|re)\b"
)
_OF = regexp(r"(?:de |d['’])(?=\p{L})")
_APPOSED = regexp(
    r"(?:^|[.;:] )(?:L[ea]s? |L['’]|Son |Sa |Leur |Ce |Cette )(?P<noun>\p{L}[^,;:.()\d]{3,80})"
    r"(?:, (?:(?:fixé|porté|évalué|estimé|plafonné|chiffré|arrêté|maintenu|ramené)e?s? à |de |d['’])?| \()"
    + ROUGHLY
    + r"\Z"
)
"""« Son taux d'usage, 81 %, dépasse »: the measure with its value set beside it."""
_SAID_LATER = frozenset({"ETP", "km", "EUR", "m3", "m2", "ha", "t", "kg", "kWh", "MWh"})
"""Units beside those of time whose verb may follow: « 12 km ont été posés »."""


class MeasureLabels(DeedLabels):
    """What a sum, a score or a duration is the measure of."""

    def _says_all(self, draft: Draft) -> bool:
        """Does the unit say more than a noun of measure alone (« ratio »): « habitants par abonné »?"""
        return " par " in self._words.measure_of(draft.unit)

    def _said_later(self, draft: Draft) -> str:
        """« 662 jours ont été consacrés à la formation » → « jours consacrés à la formation »."""
        said_later = self._is_time(draft) or draft.unit in _SAID_LATER
        if not said_later or not _OPENS.search(self._left(draft, 60)):
            return ""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        noun = "montants" if draft.unit == "EUR" else clean(self._plain[draft.number.stop : draft.unit_end])
        if said := predicate_at(self._plain, self._cues, at, end):
            return f"{noun} {said}"
        if self._previous is not None and (that := _CELUI_AFTER.match(self._cues, at, end)):
            rest = clean(self._plain[that.end() : phrase_end(self._plain, self._cues, that.end(), end)])
            return _LAST_COMPLEMENT.sub("", self._previous.label) + " " + rest
        return ""

    def _dashed(self, draft: Draft) -> str:
        """« En maladie : 91,8 % - gestion des bénéficiaires »: the label follows its value."""
        match = _DASH.match(self._plain, draft.unit_end, self._end(draft))
        if match is None:
            return ""
        head, colon, _ = self._plain[self._start(draft) : draft.number.start].partition(":")
        before = self._uncapitalised(clean(head)) if colon else ""
        return ", ".join(filter(None, (self._lead_in(draft), before, clean(match["label"]))))

    def _colon(self, draft: Draft) -> str:
        """« Personnel administratif : 8 731 681 € » → the words before the colon, after those of the list."""
        left = self._left(draft, 170)
        # Asked first: the label may start anywhere, and to try every place takes long.
        match = _COLON.search(left) if _COLON_ENDS.search(left) else None
        if match is None:
            return ""
        label = clean(match["label"].rpartition("(")[2] if ")" not in match["label"] else match["label"])
        if has_verb(label):  # « Le délai s'est dégradé : 15,8 jours »
            label = _LAST_CLAUSE.sub("", label)
            said = subject_of(label[: phrase_end(label, cues_of(label, fold(label)), 0, len(label))])
            label = said or label
        label = without_article(label)
        measured = self._words.has("label-measure", fold(label.split(" ")[0]))
        if len(label.split()) > 7 and not measured and (short := _LAST_THING.search(label)):
            label = without_article(short[1])
        return " ".join(filter(None, (self._lead_in(draft), label)))

    def _lead_in(self, draft: Draft) -> str:
        span = self._context.lead_in(draft.number.start)
        words = clean(self._plain[span.start : span.end]) if span is not None else ""
        return words if len(words.split()) <= 8 else ""

    def _parenthesised(self, draft: Draft) -> str:
        """« … les montants des frais futurs (objectif : 23 917 €) » → the words before the bracket."""
        left = self._start(draft)
        opening = self._plain.rfind("(", left, draft.number.start)
        if opening >= 0 and self._plain.find(")", opening, draft.number.start) < 0:
            words = clean(self._plain[left:opening])
            if self._previous is not None and _DIGIT.search(words):
                return self._previous.label
            match = _INFINITIVE.match(fold(words))
            return words[match.end() :] if match else words
        return frame_of(self._plain, self._cues, left, draft.number.start) if draft.noun is None else ""

    def _before_bracket(self, draft: Draft) -> str:
        """« la voirie (12 M€) et l'éclairage (3 M€) » → « montant de la voirie »; a measure says itself."""
        named = self._named_before_bracket(draft)
        if named and draft.unit == "%" and (some := _SOME_OF_THEM.fullmatch(named)):
            end = self._end(draft)
            done = self._predicate(self._plain.find(")", draft.unit_end, end) + 1, end)
            return f"part des {some['noun'] or plural(some['one'])} {done}".rstrip()
        noun = without_article(named)
        if (
            not noun
            or _COMPLEMENT_ALONE.match(named)
            or draft.given.values.get("role") in (Role.OBJECTIVE, Role.FLOOR)
        ):
            return ""
        if self._words.has("label-measure", fold(noun).split(" ")[0]):
            return noun
        if draft.given.values.get("role") is Role.CHANGE:
            return noun
        measure = "part" if draft.unit == "%" else self._words.measure_of(draft.unit)
        return f"{measure} {of_noun(named)}" if measure and of_noun(named) else ""

    def _set_beside(self, draft: Draft) -> str:
        """« Son taux d'usage, 81 %, dépasse » → « taux d'usage »."""
        match = _APPOSED.search(self._left(draft, 120))
        first = fold(match["noun"]).split(" ")[0] if match else ""
        lists = ("label-measure", "money") if draft.unit == "EUR" else ("label-measure",)
        if match is None or not any(self._words.has(name, first) for name in lists):
            return ""
        return "" if has_verb(match["noun"]) else match["noun"]

    def _measured(self, draft: Draft) -> str:
        """« un taux de réussite sur objectif à 99 % » → « taux de réussite sur objectif »."""
        label = self._measure_noun(self._left(draft, 170)).removesuffix(" étant")
        if label and _WITH_A.search(self._left(draft, 60)):
            return label  # « obtenue avec un score de 91 % » is a score, whatever else is told
        if not label or (len(label.split()) == 1 and (self._says_all(draft) or self._subject(draft))):
            return ""
        end = self._end(draft)
        complement = clean(
            self._plain[draft.unit_end : next_phrase_end(self._plain, self._cues, draft.unit_end, end)]
        )
        if (
            _COMPLEMENT.match(complement)
            and not _IN_ORDER_TO.match(complement)
            and not (draft.unit == "%" and _DIGIT.search(complement))
        ):
            label = f"{label} {complement}"
        return label

    def _names_rate(self, draft: Draft) -> bool:
        """Is the share named in full before it: « le taux d'accès au guichet est de 62 % des communes »?"""
        return _RATE.match(self._measure_noun(self._left(draft, 170))) is not None

    def _measure_noun(self, left: str) -> str:
        """The phrase at the end of `left` that a noun of measure opens, without « de » and words of bound."""
        stated = _STATED.search(left)
        if stated is None:
            return ""
        clause = max(left.rfind(mark, 0, stated.start()) for mark in ".;:()") + 1
        for match in _WORD.finditer(left, clause, stated.start()):
            if not self._words.has("label-measure", fold(match[0])) or left.endswith("en ", 0, match.start()):
                continue
            label = left[match.start() : stated.start()].strip().rpartition(", pour un ")[2]
            label = _CLITICS.sub("", _FALLEN.sub("", label))  # « L'âge moyen y était de »
            label = _MOVES_TO.sub("", label)
            if not has_verb(label) and not _OUTSIDE_LABEL.search(f"{label} "):
                return label[0].lower() + label[1:]
        return ""

    def _subject(self, draft: Draft) -> str:
        """« L'âge moyen des agents est de 46 ans » → « âge moyen des agents »."""
        left = max(self._start(draft), draft.number.start - 300)
        if self._is_time(draft) and _DURING.search(self._left(draft, 60)):
            return ""  # « est suivi pendant ses 12 premiers mois » is no measure of who is followed
        left_words = self._left(draft, 120)
        if (
            self._is_time(draft)
            and _PER_TIME.match(self._folded, draft.unit_end)
            and not _STATED.search(left_words)
        ):
            return ""  # « Le club est ouvert six jours par semaine »
        lasting = may_match(hints_of(_LASTING.pattern).needs, left_words)
        if lasting and (match := _LASTING.search(left_words)):
            found = list(_DETERMINED.finditer(clean(match["noun"]), overlapped=True))
            noun = clean(found[-1]["noun"]) if found and not _DIGIT.search(found[-1]["noun"]) else ""
            return (
                f"durée {of_noun(noun)}"
                if of_noun(noun)
                else f"durée : {without_article(clean(match['noun']))}"
            )
        subject = without_article(subject_before(self._plain, self._cues, left, draft.number.start))
        if _NO_AGE.search(subject):
            cut = _TO_NUMBER.sub("", subject)
            subject = cut if len(cut.split()) > 1 else subject
        first = fold(subject).split(" ")[0]
        if (
            not subject
            or first in PRONOUNS
            or first.startswith("c'")
            or len(subject.split()) > 20
            or _NO_AGE.search(subject)
        ):
            return ""
        if (
            self._previous is not None
            and len(subject.split()) == 1
            and self._previous.draft.unit == draft.unit
        ):
            return self._previous.label
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        if _AMONG_WHOM.match(self._plain, at, end):  # « est de 16 ans chez les ouvriers »
            subject += f" {clean(self._plain[at : phrase_end(self._plain, self._cues, at, end)])}"
        return _NUMBER_OF.sub("", subject)

    def _rank_among(self, draft: Draft) -> str:
        """« le troisième centre de la région à ouvrir » → « rang parmi les centres de la région … »."""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        things = _IN_BRACKETS.sub("", clean(self._plain[at : phrase_end(self._plain, self._cues, at, end)]))
        head, _, rest = things.partition(" ")
        if fold(head) in _PLACES:  # « pointe à la onzième place », « se classe deuxième au niveau national »
            where = rest if fold(head) in _RANKINGS else things
            return f"rang {of_noun(self._subject_said(draft))} {where}".strip()
        return f"rang parmi les {plural(head)} {rest}".strip() if head else ""

    def _apart(self, draft: Draft) -> str:
        """« à plus de 150 km de la préfecture » → « distance de la préfecture »."""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        left = self._left(draft, 60)
        place = clean(self._plain[at : next_phrase_end(self._plain, self._cues, at, end)])
        near = draft.unit in ("min", "h") and _NEAR.search(left) and _FROM_IT.match(place)
        if not near and (draft.unit != "km" or not _AWAY.search(left)):
            return ""
        own = _OWN.match(place)
        return f"distance {definite_of(place[own.end() :]) if own else place}"

    def _at_term(self, draft: Draft) -> str:
        """« un bilan à 6 mois » → « échéance du bilan »."""
        match = _TERM.search(self._left(draft, 100)) if self._is_time(draft) else None
        if match is None:
            return ""
        noun = clean(match["noun"]).lower()
        return f"échéance {'des ' + noun if noun.split(' ')[0].endswith('s') else definite_of(noun)}"

    def _full_time(self, draft: Draft) -> str:
        """« L'agence compte 527,4 ETP » → « équivalents temps plein de l'agence »."""
        clause = having(self._left(draft, 160)) if draft.unit == "ETP" else None
        subject = subject_of(clause) if clause else ""
        if not subject or self._words.has("label-measure", fold(without_article(subject)).split(" ")[0]):
            return ""
        return f"{self._words.measure_of(draft.unit)} {of_noun(subject)}" if of_noun(subject) else ""

    def _of_length(self, draft: Draft) -> str:
        """« les arrêts de plus de huit mois » → « durée des arrêts »."""
        if not self._is_time(draft):
            return ""
        match = _LONGER.search(self._left(draft, 140))
        clause = _PAUSE.split(self._left(draft, 140)[: match.start()])[-1] if match else ""
        found = list(_DETERMINED.finditer(clause, overlapped=True))
        noun = clean(found[-1]["noun"]) if found else ""
        words = without_article(noun)
        if not noun or has_verb(words) or len(words.split()) > 6:
            return ""
        if any(self._words.has("label-measure", fold(word)) for word in words.split()[:1]):
            return ""
        if match and match[0].lstrip().startswith(("pendant", "durant")) and has_verb(clause):
            return ""  # « a parcouru le pays pendant 9 semaines » lasts no country
        return f"durée {of_noun(noun)}" if of_noun(noun) else ""

    def _governed(self, draft: Draft) -> str:
        """« une économie de 12 292 330 € sur le poste … » → « économie sur le poste … »."""
        if draft.unit == "rang" and (
            not draft.number.text.isdigit() or not _RANKING.match(self._folded, draft.unit_end)
        ):
            return self._rank_among(draft)
        match = GOVERNOR.search(self._left(draft, 90))
        noun = without_article(clean(match["noun"])) if match else ""
        if not noun or not self._governs(noun) or is_participle(noun) or has_verb(noun):
            return ""
        if fold(noun).split(" ")[0] in PRONOUNS:
            return ""  # « Nous sommes à 99 % »
        if self._says_all(draft) and " " not in noun:
            return ""
        head = self._words.measure_of(draft.unit) if draft.unit in ("km2", "km") else ""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        if is_verb(self._cues, at):
            return f"{head} {noun}".strip()
        stop = next_phrase_end(self._plain, self._cues, at, end)
        return f"{head} {noun} {clean(self._plain[at:stop])}".strip()

    def _done_to(self, stop: int, end: int) -> str:
        """The participle of « ont été renouvelés » at `stop`, in the masculine singular; or nothing."""
        match = _WERE_DONE.match(self._plain, stop, end)
        return masculine(match["done"]) if match else ""

    def _after_unit(self, draft: Draft) -> str:
        """« a évité 48 650 € de dépenses » → « dépenses évitées », « 12 € par an » → « montant par an »."""
        noun = self._words.measure_of(draft.unit)
        first = _FIRST.match(self._folded, draft.number.stop) is not None
        noun = "distance" if first and draft.unit == "km" else noun
        end = self._end(draft)
        stop = next_phrase_end(self._plain, self._cues, draft.unit_end, end)
        said = is_verb(self._cues, self._skip(draft.unit_end, end))  # « 13 € a été dépassé »
        complement = "" if said else shortened(clean(self._plain[draft.unit_end : stop]))
        if not complement and self._is_time(draft) and (given := self._doing(self._left(draft, 200))):
            time = clean(self._plain[draft.number.stop : draft.unit_end])  # « a dispensé 800 heures »
            return f"{time} {agree(given.participle, singular(time), many=time.endswith('s'))}"
        if joined := _JOINED.match(self._plain, draft.unit_end):
            hours = clean(self._plain[draft.number.stop : draft.unit_end])  # « heures-stagiaires »
            return f"{hours}{joined[0]}"
        if (
            _EACH_ONE.match(complement)
            and self._previous is not None
            and self._previous.draft.noun is not None
        ):
            return f"{noun} par {self._previous.draft.unit}"  # « 8 séances, facturées 30 € l'une »
        if _NO_COMPLEMENT.match(complement):
            return noun
        if draft.given.values.get("role") is Role.CHANGE and complement.startswith("par "):
            return ""  # « (-0,9 % par an) » is no share
        if self._is_time(draft) and complement.startswith("par "):
            noun = clean(self._plain[draft.number.stop : draft.unit_end])  # « six jours par semaine »
        of = _OF.match(complement)
        doing = self._doing(self._left(draft, 200)) if draft.unit == "EUR" else None
        if doing is not None and of is None and not doing.links.strip():
            return f"{noun} {doing.participle}{doing.particle} {complement}".strip()
        if draft.unit == "EUR" and of is not None:
            thing = complement[of.end() :]
            if doing is None or doing.links.startswith(" sur "):
                return thing  # « a porté sur 48 650 € d'indus »: no object
            head = thing.split(" ")[0]
            return f"{thing} {agree(doing.participle, head, many=head.endswith(('s', 'x')))}{doing.particle}"
        if not noun and draft.unit in _SAID_LATER and PARTICIPLE.match(complement):  # « 310 m3 économisés »
            noun = clean(self._plain[draft.number.stop : draft.unit_end])
        elif of is not None and draft.unit in _SAID_LATER and (done_to := self._done_to(stop, end)):
            head = complement[of.end() :].split(" ")[0]  # « 4,2 km de réseau ont été renouvelés »
            complement = f"{complement} {agree(done_to, head, many=head.endswith(('s', 'x')))}"
        elif noun and (done := PARTICIPLE.match(complement)):
            complement = agree(masculine(done[0]), noun, many=False) + complement[done.end() :]
        label = f"{noun} {complement}".strip()
        if each := _EACH_DOES.match(self._left(draft, 120)):
            return f"{label} par {each['noun'].strip()}"
        if first and _COVERED.search(self._left(draft, 120)):
            return f"{label} couverte"
        if self._is_time(draft) and (before := _BEFORE_IT.search(self._left(draft, 100))):
            event = without_article(clean(before["noun"]))
            if event and not has_verb(event):
                the = definite_of(event).removeprefix("de ")
                the = f"le {the[3:]}" if the.startswith("du ") else the
                return f"{label} avant {the}"
        return label
