"""What a figure of prose measures, as a short French noun phrase that stands alone.

Method: surface rules on the figure's sentence (`phrases`). A count takes its noun with its complements
and what the sentence says of it (« 551 dossiers ont été traités » → « dossiers traités »; « a traité
8 680 appels » → « appels traités »); an elided noun takes the phrase it stands for; a share, a sum or a
duration takes the subject of its verb, the noun it is the measure of, or the words before its colon.
A label with too few words takes the topic of the heading above.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..french.fold import fold
from ..french.inflect import plural
from ..model import Role
from .candidates import Texts
from .context import Context
from .counted import Draft
from .nouns import NounWords
from .phrases import (
    clean,
    phrase_end,
    phrase_end_free,
    predicate_at,
    shortened,
    subject_before,
    without_article,
)

_SHARE_OF = regex.compile(r" (?P<of>de |des |du |d'|de la |de l'|parmi )")
_DASH_LABEL = regex.compile(r" ?[-–—] (?P<label>[^,.;:\d]{3,80})")
_COLON_LABEL = regex.compile(r"(?P<label>[^:.;\n]{3,160}?)(?: ?[:=] ?(?:\*\*)?)(?:[a-z' ]{0,20})\Z")
_GOVERNOR = regex.compile(
    r"(?P<noun>[\p{L}'’-]+(?: (?:moyen|moyenne|total|totale|global|globale|annuel|annuelle|median|brut|nette?|d'effort|de (?!plus|moins|pres)[\p{L}-]+|d'[\p{L}-]+|[\p{L}-]+))?) "
    r"(?:de |d'|d’|à |: ?|= ?)(?:(?:plus|moins|près|environ|quelque|hauteur|l'ordre) ?(?:de |d'|d’)?){0,3}(?:l[ae]s? |les |[«\"*]+ ?)?\Z"
)
_VAGUE = frozenset(
    [
        "hauteur",
        "total",
        "nombre",
        "maximum",
        "minimum",
        "part",
        "effet",
        "cours",
        "suite",
        "lieu",
        "cause",
        "raison",
        "sein",
        "cadre",
        "titre",
        "fin",
        "reste",
        "est",
        "sont",
        "plus",
        "moins",
    ]
)
_ACTIVE = regex.compile(
    r"(?:\b(?:a|ont|avons|avait|avaient|aura|auront)|(?:nous avons|j'ai)) (?:(?:ete|deja|ainsi|egalement|donc|pu|d'ores et deja|[a-z]{3,}ment) )*(?P<participle>[a-z]{2,}(?:e|es|ee|ees|i|is|it|u|us|ert|ts))"
    r" (?:(?:au total|quelque|environ|plus d|moins d|pres d|a|au|aux|de|d|les|ces|par|dans|sur)(?:e |'| )?){0,3}(?:\*\*)?\Z"
)
_PRONOUNS = frozenset(
    [
        "elle",
        "elles",
        "il",
        "ils",
        "nous",
        "on",
        "je",
        "j'ai",
        "cette",
        "celle-ci",
        "celui-ci",
        "cela",
        "ce",
        "dernier",
        "derniere",
        "celles-ci",
        "ceux-ci",
    ]
)
_NOMINAL = regex.compile(
    r"(?P<noun>[\p{L}-]{4,}(?:ion|ions|ement|ements|age|ages|arts?|ées?|uche|auche|erture|ature|atures|eture|tien|mission|traitement|ôle|ôles|mise en place|pose|retour|suivi|avis)) (?:de |d'|d’|des |sur )(?:plus de |près de |environ |quelque )?(?:\*\*)?\Z"
)
_CELUI = regex.compile(r"\b(?:celui|celle|ceux|celles) (?P<rest>(?:de |du |des |d').*)")
_OF_NOUN = regex.compile(r"(?P<head>[\p{L}'’ -]+?) (?:de |des |du |d'|d’)")
_GENERIC = regex.compile(
    r"(?:edito|focus|temoignage|introduction|sommaire|accueil|indicateurs?(?: cpg)?|faits marquants|effectifs|autres|divers|generalites|zoom.*|chiffres cles|l'annee.*|.*\d{4}.*|accueil.*|explorer le sujet|a lire aussi|bilan|presentation|contexte|conclusion|annexes?|perspectives)\Z"
)


class Labeller:
    """Makes the labels of one document's figures, in reading order."""

    def __init__(self, context: Context, texts: Texts, words: NounWords):
        """Read sentences, lists and headings of `context`."""
        self._context = context
        self._texts = texts
        self._words = words
        self._phrases: dict[int, str] = {}
        self._previous: tuple[Draft, str] | None = None

    def label(self, draft: Draft) -> str:
        """The label of `draft`; empty where no rule finds one."""
        label = next(filter(None, map(_finished, self._ways(draft))), "")
        self._previous = (draft, label) if label else self._previous
        self._phrases[draft.number.start] = label
        return self._with_topic(draft, label)

    def _ways(self, draft: Draft) -> Iterator[str]:
        if draft.given.values.get("role") in (Role.OBJECTIVE, Role.FLOOR):
            yield self._parenthesised(draft)
        if draft.elided:
            yield self._elided(draft)
        if draft.noun is not None and not draft.elided:
            yield self._counted(draft)
            return
        yield self._dashed(draft)
        if draft.unit in ("%", "1"):
            yield self._share(draft)
        yield self._shared_with_previous(draft)
        yield self._measured(draft)
        yield self._colon(draft)
        yield self._subject(draft)
        yield self._governed(draft)
        yield self._after_unit(draft)

    # Counts ---------------------------------------------------------------------------------------
    def _counted(self, draft: Draft) -> str:
        """« 551 dossiers ont été traités » → « dossiers traités »."""
        assert draft.noun is not None
        printed, folded = self._texts.plain, self._texts.folded
        end = self._sentence_end(draft)
        start = self._noun_phrase_start(draft)
        if start > draft.noun.start:
            start = draft.noun.start
        stop = phrase_end(printed, folded, start, end)
        phrase = _plural_head(clean(printed[start:stop]), draft)
        predicate = self._predicate(draft, stop, end)
        if predicate:
            return f"{phrase} {predicate}"
        return self._as_object(draft, phrase)

    def _noun_phrase_start(self, draft: Draft) -> int:
        """Past « de ces » and the like, keeping adjectives such as « nouveaux »."""
        assert draft.noun is not None
        printed = self._texts.plain
        match = regex.compile(r"(?:[\s*«\"\[]|de ces |de ses |de nos |de leurs |de |d'|d’)*").match(
            printed, draft.number.stop, draft.noun.start
        )
        return match.end() if match else draft.noun.start

    def _predicate(self, draft: Draft, stop: int, end: int) -> str:
        """What is said of the counted noun after it, past a noun counted beside it."""
        printed, folded = self._texts.plain, self._texts.folded
        at = stop
        for _ in range(3):
            while at < end and folded[at] in " *":
                at += 1
            if folded[at : at + 1] == "(":
                close = printed.find(")", at, end)
                if close < 0:
                    return ""
                at = close + 1
                continue
            if said := predicate_at(printed, folded, at, end):
                return clean(said.text)
            beside = regex.compile(
                r"(?:,|et|dans|sur|pour)? ?(?:de |d'|et )?(?:plus de |\d[\d ,.]*|deux|trois|quatre|cinq|six|sept|huit)"
            ).match(folded, at, end)
            if beside is None or beside.end() == at:
                return ""
            body = beside.end()
            while body < end and folded[body] in " *":
                body += 1
            at = phrase_end(printed, folded, body, end)
            if at <= body:
                return ""
        return ""

    def _as_object(self, draft: Draft, phrase: str) -> str:
        """« Cette équipe a traité 8 680 appels » → « appels traités par cette équipe »."""
        folded, printed = self._texts.folded, self._texts.plain
        left = draft.candidate.sentence[0]
        start = draft.number.start
        if match := _ACTIVE.search(folded, max(left, start - 70), start):
            begin, stop = match.span("participle")
            label = f"{phrase} {_agree(printed[begin:stop])}"
            subject = self._clause_subject(left, match.start())
            return f"{label} par {subject}" if subject else label
        if match := _NOMINAL.search(printed, max(left, start - 60), start):
            noun = match["noun"].strip()
            if fold(noun) not in _VAGUE and not _has_verb_before(folded, match.start()):
                return f"{noun.lower()} de {phrase}"
        if match := _GOVERNOR.search(printed, max(left, start - 60), start):
            noun = clean(match["noun"]).lower()
            if fold(noun).split() and not set(fold(noun).split()) & _VAGUE and len(noun) > 4:
                return f"{phrase} ({noun})"
        return self._in_list(draft, phrase)

    def _in_list(self, draft: Draft, phrase: str) -> str:
        return phrase

    def _clause_subject(self, left: int, stop: int) -> str:
        """The noun phrase before a verb that begins at `stop`, where it is short and no pronoun."""
        printed = self._texts.plain
        clause = printed[left:stop]
        cut = max(clause.rfind(mark) for mark in (", ", "; ", ": ", " et ", ") "))
        tail = clean(clause[cut + 1 :])
        tail = without_article(tail)
        words = tail.split()
        if not 1 <= len(words) <= 9 or fold(words[0]) in _PRONOUNS or fold(words[-1]) in _PRONOUNS:
            return ""
        return tail

    # Elided nouns ---------------------------------------------------------------------------------
    def _elided(self, draft: Draft) -> str:
        """The phrase that the number's noun stands for, with what the sentence adds to it."""
        printed, folded = self._texts.plain, self._texts.folded
        base = ""
        if draft.noun is not None:
            stop = phrase_end(
                printed,
                folded,
                draft.noun.start,
                max(draft.noun.end, min(draft.number.start, draft.noun.end + 120)),
            )
            base = _plural_head(clean(printed[draft.noun.start : stop]), draft)
            if draft.whole is not None:
                base = self._phrases.get(draft.whole.number.start, base) or base
        end = self._sentence_end(draft)
        at = draft.number.stop
        while at < end and folded[at] in " *":
            at += 1
        if (said := predicate_at(printed, folded, at, end)) is not None:
            return f"{base} {clean(said.text)}"
        if folded.startswith(("d'entre eux", "d'entre elles"), at):
            return self._as_object(draft, base)
        if said_later := self._predicate(draft, at, end):
            return f"{base} {said_later}"
        stop = phrase_end_free(printed, folded, at, end)
        return f"{base} {clean(printed[at:stop])}"

    # Shares, sums, durations ------------------------------------------------------------------------
    def _share(self, draft: Draft) -> str:
        """« 84 % de ces demandes ont bénéficié » → « part des demandes ayant bénéficié »."""
        printed, folded = self._texts.plain, self._texts.folded
        end = self._sentence_end(draft)
        match = _SHARE_OF.match(folded, draft.unit_end, end)
        if match is None:
            return ""
        stop = phrase_end(printed, folded, match.end(), end)
        phrase = without_article(clean(printed[match.end() : stop]))
        predicate = self._predicate(draft, stop, end)
        return f"part des {phrase} {predicate}" if phrase else ""

    def _measured(self, draft: Draft) -> str:
        """« 662 jours ont été consacrés à la formation » → « jours consacrés à la formation »."""
        printed, folded = self._texts.plain, self._texts.folded
        if draft.unit not in ("j", "h", "ans", "mois", "semaine", "ETP", "km", "EUR", "m3"):
            return ""
        end = self._sentence_end(draft)
        at = draft.unit_end
        while at < end and folded[at] in " *":
            at += 1
        said = predicate_at(printed, folded, at, end)
        if said is None:
            return ""
        noun = "montants" if draft.unit == "EUR" else clean(printed[draft.number.stop : draft.unit_end])
        return f"{noun} {clean(said.text)}"

    def _dashed(self, draft: Draft) -> str:
        """« En maladie : 91,8 % - gestion des bénéficiaires »: the label follows its value."""
        printed = self._texts.plain
        end = self._sentence_end(draft)
        match = _DASH_LABEL.match(printed, draft.unit_end, end)
        if match is None:
            return ""
        head = printed[draft.candidate.sentence[0] : draft.number.start]
        head = head[: head.find(":")] if ":" in head else ""
        return " ".join(filter(None, (self._lead_in(draft), clean(head), clean(match["label"]))))

    def _colon(self, draft: Draft) -> str:
        """« Personnel administratif : 8 731 681 € » → the words before the colon, after those of the list."""
        printed = self._texts.plain
        left = max(draft.candidate.sentence[0], draft.candidate.block[0], draft.number.start - 170)
        match = _COLON_LABEL.search(printed, left, draft.number.start)
        if match is None:
            return ""
        label = clean(match["label"])
        label = label[label.rfind("(") + 1 :] if "(" in label and ")" not in label else label
        return " ".join(filter(None, (self._lead_in(draft), without_article(label))))

    def _lead_in(self, draft: Draft) -> str:
        span = self._context.lead_in(draft.number.start)
        if span is None:
            return ""
        words = clean(self._texts.plain[span.start : span.end])
        return words if len(words.split()) <= 8 else ""

    def _parenthesised(self, draft: Draft) -> str:
        """« … les montants des frais futurs (objectif : 23 917 €) » → the words before the bracket."""
        printed = self._texts.plain
        left = draft.candidate.sentence[0]
        opening = printed.rfind("(", left, draft.number.start)
        if opening < 0 or printed.rfind(")", opening, draft.number.start) >= 0:
            return ""
        return _nominal(clean(printed[left:opening]))

    def _shared_with_previous(self, draft: Draft) -> str:
        """« un taux de 3,84 % (2,24 % en 2020) », « 79,21 %, soit la 8e place »: what the figure before measures."""
        if self._previous is None:
            return ""
        last, label = self._previous
        between = self._texts.folded[last.unit_end : draft.number.start]
        if len(between) > 60:
            return ""
        if last.unit == draft.unit and regex.fullmatch(
            r" ?\(? ?(?:contre|et|a|puis|vs|apres|au lieu de)? ?", between
        ):
            return label
        if draft.unit == "rang" and regex.fullmatch(r",? (?:soit|a|au|en|et)(?: la| le)? ?", between):
            return "rang " + label
        if (
            draft.unit == "%"
            and regex.fullmatch(r"[^.;]{0,50}\bsoit ", between)
            and last.noun is not None
            and not self._texts.folded.startswith((" de", " d'"), draft.unit_end)
        ):
            return "part des " + label
        return ""

    def _subject(self, draft: Draft) -> str:
        """« L'âge moyen des agents est de 46 ans » → « âge moyen des agents »."""
        printed, folded = self._texts.plain, self._texts.folded
        left = max(draft.candidate.sentence[0], draft.number.start - 300)
        if match := _CELUI.search(printed, max(left, draft.number.start - 80), draft.number.start):
            if self._previous is not None:
                head = _OF_NOUN.match(self._previous[1])
                rest = regex.sub(r" (?:est |était )?(?:de|d'|d’|à) ?\Z", "", match["rest"])
                return f"{head['head'] if head else self._previous[1]} {clean(rest)}"
        subject = without_article(clean(subject_before(printed, folded, left, draft.number.start)))
        if not subject or fold(subject) in _PRONOUNS or len(subject.split()) > 20:
            return ""
        subject = regex.sub(r"^(?:nombre|chiffre|total) (?:de |d'|d’|des )", "", subject)
        if draft.given.values.get("role") is Role.CHANGE and not fold(subject).startswith("evolution"):
            return f"évolution {subject}"
        return subject

    def _governed(self, draft: Draft) -> str:
        """« une économie de 12 292 330 € sur le poste … » → « économie sur le poste … »."""
        printed, folded = self._texts.plain, self._texts.folded
        left = max(draft.candidate.sentence[0], draft.number.start - 90)
        match = _GOVERNOR.search(printed, left, draft.number.start)
        if match is None:
            return ""
        noun = without_article(clean(match["noun"]))
        if not noun or fold(noun) in _VAGUE:
            return ""
        end = self._sentence_end(draft)
        stop = (
            phrase_end_free(printed, folded, min(draft.unit_end + 1, end), end)
            if draft.unit_end < end
            else end
        )
        complement = clean(printed[draft.unit_end : stop])
        label = f"{noun} {complement}".strip()
        if (
            len(label.split()) <= 2
            and self._previous is not None
            and self._previous[0].candidate.sentence == draft.candidate.sentence
        ):
            label = f"{label} ({self._previous[1]})"
        return label

    def _after_unit(self, draft: Draft) -> str:
        """« 12 292 330 € économisés sur le poste … » → « montants économisés sur le poste … »."""
        printed, folded = self._texts.plain, self._texts.folded
        end = self._sentence_end(draft)
        stop = phrase_end_free(printed, folded, min(draft.unit_end + 1, end), end)
        complement = clean(printed[draft.unit_end : stop])
        noun = {
            "EUR": "montant",
            "%": "part",
            "j": "durée",
            "mois": "durée",
            "ans": "durée",
            "h": "durée",
            "km": "longueur",
            "km2": "superficie",
        }.get(draft.unit, "")
        return f"{noun} {complement}".strip()

    # Topic ------------------------------------------------------------------------------------------
    def _with_topic(self, draft: Draft, label: str) -> str:
        """`label`, and where it says little the heading above: « avis favorables (DAP hypo-cholestérolémiants) »."""
        said = {word for word in fold(label).split() if len(word) > 3}
        if len(said) >= 4:
            return label
        heading = self._context.section_at(draft.number.start)
        title = clean(heading.title) if heading is not None else ""
        if not title or len(title.split()) > 8 or _GENERIC.match(fold(title)):
            return label
        if {word for word in fold(title).split() if len(word) > 3} <= said:
            return label
        return f"{label} ({title})" if label else title

    def _sentence_end(self, draft: Draft) -> int:
        return max(draft.candidate.sentence[1], draft.unit_end)


def _finished(label: str) -> str:
    """`label` tidied, without leading articles, no longer than a label; empty where nothing is left."""
    return shortened(without_article(clean(label)))


def _plural_head(phrase: str, draft: Draft) -> str:
    """`phrase` with its head noun in lower case, in the plural where the number prints it in the singular."""
    assert draft.noun is not None
    words = phrase.split(" ")
    if not words or not words[0]:
        return plural(draft.unit)
    if words[0][:1].isupper() and words[0][1:].islower() and draft.unit.islower():
        words[0] = words[0].lower()
    if fold(words[0]) == fold(draft.unit):
        words[0] = plural(words[0])
    return " ".join(words)


def _agree(participle: str) -> str:
    return participle if participle.endswith(("s", "x")) else participle + "s"


_INFINITIVE = regex.compile(
    r"^(?:augmenter|reduire|diminuer|ameliorer|maintenir|developper|renforcer|limiter|atteindre|garantir|assurer|respecter|accroitre|baisser) (?:les |le |la |l'|des )"
)


def _nominal(phrase: str) -> str:
    """« Augmenter les montants moyens » → « montants moyens »."""
    match = _INFINITIVE.match(fold(phrase))
    return phrase[match.end() :] if match else phrase


def _has_verb_before(folded: str, start: int) -> bool:
    """Whether an auxiliary stands right before `start`, so that what follows is a participle and no noun."""
    return regex.search(r"\b(?:a|ont|est|sont|ete) \Z", folded[max(0, start - 8) : start]) is not None
