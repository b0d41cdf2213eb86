"""Labels of shares: « 84 % de ces demandes ont été acceptées » → « part des demandes acceptées »."""

from __future__ import annotations

from ...french.agreement import agree
from ...french.fold import fold
from ...french.inflect import singular
from ...grammar.compiled import regexp
from ..counted import Draft
from .clauses import agent_before, definite_of, having, of_noun, predicate_at, subject_of
from .phrases import (
    ROUGHLY,
    clean,
    de,
    has_verb,
    is_verb,
    next_phrase_end,
    phrase_end,
    shortened,
    without_article,
)
from .reading import SentenceReader

SHARE_OF = regexp(r" ?(?P<of>de la |de l'|des |du |d'|de (?!moins|plus)|parmi )")
"""What opens the whole that a share is of."""
_OTHER_END = regexp(r" ?%? ?(?:[aà]|et|ou|-|–) ?\d[\d.,]* ?%")
_FROM = regexp(r"\b(?:entre|de) \Z")
"""« Le réseau dessert entre 30 et 50 % des foyers »: both ends are shares of them."""
_PART_OF = regexp(r"(?i:part|proportion|poids) (?:de |du |des |d['’])")
"""« La part des cadres représente 12 % de l'effectif »."""
_OF_THEM = regexp(r"entre (?:eux|elles)\b|(?P<those>ceux|celles)\b")
_SO_MANY = regexp(r"\d[\d ]* (?=\p{L})")
_MAKES_UP = regexp(rf" (?:représent|constitu|form|pès|pes)(?:e|ent|ait|aient) {ROUGHLY}\Z")
"""« Les femmes représentent 78 % de l'effectif »."""
_ACTION = regexp(r"\p{L}+(?:tion|ssion|sion|ment|age|ance|ence|ite)\b")
"""« 93 % de participation » is a rate."""
_OUT_OF = regexp(r"[^.;\d]{0,60}\bsur (?:les |un total de )?")
_SOME_OF = regexp(r"(?:est|sont|etaient|etait) (?P<of>des |de la |de l'|du )")
"""« 12 % des visites sont des urgences »: what is a share of what."""
_DONE_TO = regexp(
    r"\b(?:a été|ont été|est|sont|était|étaient)(?: \p{L}{3,}ment)* "
    r"(?P<done>\p{L}+(?:é|i|u|is|it)e?s?(?: en charge)?)"
    rf"(?: (?!à |d)[\p{{L}}'’-]+){{0,3}} à {ROUGHLY}\Z"
)
_DONE_BESIDE = regexp(rf", (?P<done>\p{{L}}{{3,}}(?:é|i|u|is)e?s?) à {ROUGHLY}\Z")
"""« Le budget, financé à 48 % par la taxe »"""
_OF_WHICH = regexp(r",? dont " + ROUGHLY)
_DIGITS = regexp(r"\d")
_SUM_OF = regexp(r" (?:de |d['’])\d[\d ,.]*(?:(?:millions?|milliards?) d['’])?(?:euros|€|M€|k€)")
_OBTAINS = regexp(
    r"(?P<subject>\p{L}[^.;:()\d]{2,100}?) (?:obtient|obtiennent|obtenait|obtenaient|a obtenu|ont obtenu|"
    r"recueille|recueillent|affiche|affichent) " + ROUGHLY + r"\Z"
)
_LATELY = regexp(
    r" (?:désormais|ainsi|aujourd['’]hui|maintenant|déjà|encore|également|actuellement) (?=(?:[^ ]+ ){0,3}\Z)"
)
_BY = regexp(r"par (?:l[ae]s? |l['’])")
_CLASSED = regexp(
    r"(?:^|[.;:,] )\W*(?P<noun>(?i:les|nos|ces) \p{L}[^,;:.()\d]{2,60}? (?:âgée?s? )?de (?:plus|moins) de "
    r"(?:\d[\d ]*|\p{L}+) \p{L}+) ?\Z"
)
"""« Les patients de plus de 75 ans représentent 22 % des passages »: whose share it is, by a class."""
_CLITIC = regexp(r"(?:se |ne |en |y |les? |la |leur |lui |[lsn]['’])+")
_AND_THE = regexp(r" et (?:l[ae]s? |l')")
_HOLDS_IN = regexp(
    r"(?P<subject>\p{L}[^.;:()]{3,90}?) (?:est|sont|a été|ont été|était|étaient)(?: \p{L}{3,}ment)* "
    rf"(?P<done>\p{{L}}+(?:é|i|u|is|it)e?s?) (?:dans|pour) {ROUGHLY}\Z"
)
"""« Le délai est respecté dans 94 % des cas »"""
_SETS = regexp(
    r"(?:fix|estim|port|pass|etabli|evalu|limit|ramen|chiffr|arret|mainten|plafonn|relev|abaiss|stabilis|"
    r"arriv|redui|elev|situ|egal|parven|mont|tomb)\w*"
)
"""Verbs that set a value: « a été porté à 12 % » says nothing of a share."""
_RATE = regexp(r"\b(?:taux|part|score|note|indice|moyenne|proportion|pourcentage|ratio)s?\b")
_ASIDE = regexp(r", (?:[^,.;:()]|(?<=\d)[,.](?=\d)){3,60}, ?\Z")
_OF_IT = regexp(
    r"(?P<subject>\p{L}[^.;:()\d]{2,100}) "
    r"en (?:représent|constitu|compos|form|absorb|concentr|compt|pren)\w+ " + ROUGHLY + r"\Z"
)
_GAPPED = regexp(r",? (?:et )?(?P<noun>(?:l[ae]s? |l['’])[^,;:.()\d]{3,60}?) " + ROUGHLY + r"\Z")
"""« La ville en prend 45 %, l'hôpital 41 % »."""
_AMONG = regexp(
    r"[\s*•►–-]*(?:Parmi|Sur|Chez|Pour) (?:l'ensemble d)?(?:les|nos|ces|des) (?:[\d ]+ )?"
    r"(?P<group>\p{Ll}[^,;:.()\d]{2,80}?), "
)
"""« Parmi les médecins rencontrés, 62 % déclarent … et 18 % l'envisagent »."""
_OF_WHOLE = regexp(r" ?(?:des |du |de la |de l['’])\p{Ll}[\p{L} '’-]{2,60}(?P<comma>, )(?=[^,]*\Z)")
"""« 12 % des dépenses, les médicaments 21 % »"""
_LAST_COMMA = regexp(r"(?<= des \d[\d ]* \p{L}[\p{L} '’-]{2,60})(?P<comma>, )(?=[^,]*\Z)")
_COMPOUND = regexp(r"(?:se )?(?:ont|sont|etaient|avaient) ")


class ShareLabels(SentenceReader):
    """What a share is the share of."""

    def _share(self, draft: Draft) -> str:
        """« 84 % de ces demandes ont bénéficié » → « part des demandes ayant bénéficié »."""
        end = self._end(draft)
        other = _OTHER_END.match(self._cues, draft.unit_end, end)
        match = SHARE_OF.match(self._cues, other.end() if other else draft.unit_end, end)
        if match is None:
            return ""
        stop = phrase_end(self._plain, self._cues, match.end(), end)
        if other_clause := _AND_THE.search(self._cues, match.end(), stop):
            stop = other_clause.start()  # « 90 % des lots et le taux de refus est … »
        phrase = shortened(without_article(clean(self._plain[match.end() : stop])))
        if many := _SO_MANY.match(self._plain, match.end(), end):
            phrase = clean(self._plain[many.end() : phrase_end(self._plain, self._cues, many.end(), end)])
        if them := _OF_THEM.match(phrase):
            counted = self._counted_last()
            phrase = f"{counted.split(' ')[0]} {phrase[them.end() :].strip()}" if them["those"] else counted
        if not phrase:
            return ""
        of = match["of"] if match["of"].strip() in ("de la", "de l'", "du") else "des "
        if match["of"] in ("de ", "d'") and not phrase.split(" ")[0].endswith(("s", "x", "z")):
            return f"{'taux' if _ACTION.match(phrase) else 'part'} {de(phrase)}"
        named = without_article(subject_of(having(self._left(draft, 200)) or ""))
        if _PART_OF.match(named):
            return f"{named} {_in(of + phrase)}"
        self._phrases[draft.number.start] = f"part {of}{phrase}"
        whose = _MAKES_UP.search(self._left(draft, 200))
        owners = self._left(draft, 200)[: whose.start()] if whose else ""
        owner = of_noun(subject_of(owners) or _classed(owners))
        if owner:
            return f"part {owner} {_in(of + phrase)}"
        if some := _SOME_OF.match(self._cues, self._skip(stop, end), end):
            things = phrase_end(self._plain, self._cues, some.end(), end)
            return f"part {some['of']}{clean(self._plain[some.end() : things])} {_in(of + phrase)}"
        left = _FROM.sub("", self._left(draft, 200)) if other else self._left(draft, 200)
        if phrase in ("cas", "situations") and (held := _HOLDS_IN.search(left)):
            what = without_article(subject_of(held["subject"]))
            return f"part des {phrase} ({what} {held['done']})" if what else f"part des {phrase}"
        said = self._predicate(stop, end) or agent_before(left) or self._done_by(left, phrase)
        return f"part {of}{phrase} {said}"

    def _done_by(self, left: str, phrase: str) -> str:
        """« Le réseau couvre 92 % de la population » → « couverte »; or nothing."""
        doing = self._doing(_LATELY.sub(" ", left))
        if doing is None or doing.links.strip():
            return ""
        head = phrase.split(" ")[0]
        return agree(doing.participle, head, many=head.endswith(("s", "x"))) + doing.particle

    def _share_done(self, draft: Draft) -> str:
        """« Les crédits ont été consommés à 99 % » → « part des crédits consommés »."""
        left = self._left(draft, 200)
        match = _DONE_TO.search(left) or _DONE_BESIDE.search(left)
        if match is None or _SETS.match(fold(match["done"])):
            return ""
        beside = match.re is _DONE_BESIDE
        clause = "" if beside else _SUM_OF.sub("", _ASIDE.sub(" ", left[: match.start()]))
        of = of_noun(subject_of(clause) or self._subject_said(draft))
        stop = next_phrase_end(self._plain, self._cues, draft.unit_end, self._end(draft))
        by = clean(self._plain[draft.unit_end : stop])
        by = f" {by}" if _BY.match(by) else ""
        return f"part {of} {match['done']}{by}" if of and not _RATE.search(fold(of)) else ""

    def _share_of_sum(self, draft: Draft) -> str:
        """« Les dépenses sont de 3 M€, dont 71 % pour le club » → « part des dépenses pour le club »."""
        last = self._previous
        if last is None or last.draft.unit != "EUR" or not last.label or _DIGITS.search(last.label):
            return ""
        if not _OF_WHICH.fullmatch(self._plain[last.draft.unit_end : draft.number.start]):
            return ""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        said = clean(self._plain[at : next_phrase_end(self._plain, self._cues, at, end)])
        head = last.label.split(" ")[0]
        of = f"des {last.label}" if head.endswith("s") and singular(head) != head else definite_of(last.label)
        return f"part {of} {said}" if said.startswith(("pour ", "consacré", "destiné", "affecté")) else ""

    def _obtained(self, draft: Draft) -> str:
        """« La voie technologique obtient 84 % » → « taux obtenu par la voie technologique »."""
        match = _OBTAINS.search(self._left(draft, 160))
        subject = subject_of(match["subject"]) if match else ""
        return f"taux obtenu par {subject[0].lower()}{subject[1:]}" if of_noun(subject) else ""

    def _share_of_it(self, draft: Draft) -> str:
        """« Leur structure change peu : la paie en représente 71 % » → « part de la paie »."""
        left = self._left(draft, 160)
        match = _OF_IT.search(left) if " en " in left[-50:] else None
        of = of_noun(subject_of(match["subject"])) if match else ""
        return f"part {of}" if of else ""

    def _gapped(self, draft: Draft) -> str:
        """« La ville en prend 45 %, l'hôpital 41 % » → « part de l'hôpital » for the second."""
        last = self._previous
        measure = self._words.measure_of(draft.unit) if draft.unit != "%" else ""
        if last is not None and measure and last.draft.unit == draft.unit and last.label.startswith(measure):
            beside = _GAPPED.fullmatch(self._plain[last.draft.unit_end : draft.number.start])
            of = "" if beside is None or has_verb(beside["noun"]) else of_noun(beside["noun"])
            return f"{measure} {of}" if of else ""
        if last is not None and last.draft.unit != "%" and self._second is not None:
            last = self._second  # « représentent 78 % des 460 salariés, les cadres 22 % »
        if last is not None and last.draft.unit == "EUR" and draft.unit == "%" and last.label:
            beside = _GAPPED.fullmatch(self._plain[last.draft.unit_end : draft.number.start])
            of = "" if beside is None or has_verb(beside["noun"]) else of_noun(beside["noun"])
            return f"part {of} {_in(definite_of(last.label))}" if of and " (" not in last.label else ""
        if last is None or last.draft.unit != "%" or draft.unit != "%":
            return ""
        between = self._plain[last.draft.unit_end : draft.number.start]
        whole = _OF_WHOLE.match(between) or _LAST_COMMA.search(between)
        match = _GAPPED.fullmatch(between[whole.start("comma") :] if whole else between)
        said = last.label
        if match is None or has_verb(match["noun"]) or not (not said or said.startswith("part")):
            return ""
        within = said.rfind(" dans ")
        return f"part {of_noun(match['noun'])}{said[within:] if within > 0 else ''}"

    def _share_of_those(self, draft: Draft) -> str:
        """« 167 participants. 92 % recommanderaient l'atelier » → « part des participants qui … »."""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        if draft.unit != "%" or not is_verb(self._cues, at):
            return ""
        last = self._previous.draft if self._previous is not None else None
        counted = self._phrases.get(last.number.start, "") if last is not None and last.noun else ""
        if last is None or last.candidate.block != draft.candidate.block:
            counted = self._counted_above(draft)
        group = _AMONG.match(self._plain, self._start(draft), draft.number.start)
        if group is not None and not has_verb(group["group"]):
            counted = clean(group["group"])
        if has_verb(counted):
            return ""
        if counted:
            self._phrases[draft.number.start] = f"part des {counted}"
        compound = _COMPOUND.match(self._cues, at, end) is not None
        if counted and compound and (done := predicate_at(self._plain, self._cues, at, end, several=True)):
            return f"part des {counted} {done}"
        pronoun = _CLITIC.match(self._cues, at, end)
        verb = pronoun.end() if pronoun else at
        said = clean(self._plain[at : next_phrase_end(self._plain, self._cues, verb, end)])
        return f"part des {counted} qui {said}" if counted else f"part qui {said}"

    def _counted_last(self) -> str:
        """What the last count before counts, for « 48 % d'entre elles »; or nothing."""
        counts = (said for said in (self._previous, self._second) if said is not None and said.draft.noun)
        last = next(counts, None)
        return self._phrases.get(last.draft.number.start, "") if last is not None else ""

    def _counted_above(self, draft: Draft) -> str:
        """What the line above a list counts, for its items: « Sur ces 130 dossiers : »; or nothing."""
        lead = self._context.lead_in(draft.number.start)
        starts = [] if lead is None else [at for at in self._phrases if lead.start <= at < lead.end]
        return self._phrases[starts[-1]] if starts else ""

    def _share_in(self, draft: Draft) -> str:
        """« 96 femmes, soit 75 % de l'effectif » → « part des femmes dans l'effectif »."""
        assert self._previous is not None
        last, label = self._previous
        if self._second is not None and _OUT_OF.fullmatch(
            self._folded[self._second.draft.unit_end : last.number.start]
        ):
            last, label = self._second
        share = self._share(draft)
        if last.number.value < 2:
            return share
        if not share:
            return f"part des {label}"
        whole = share.removeprefix("part ")
        counted = self._phrases.get(last.number.start, label)
        if fold(counted).split(" ")[0] in fold(whole).replace("'", " ").split(" "):
            return f"{share}{label.removeprefix(counted)}" if label.startswith(counted) else share
        if last.unit == "habitant":
            of = self._possessors.get(last.number.start, "")
            return f"part {of} {_in(whole)}" if of else share
        return f"part des {label} {_in(whole)}"


def _classed(clause: str) -> str:
    """The subject at the end of `clause` that a class delimits: « Les patients de plus de 75 ans »."""
    match = _CLASSED.search(clause)
    return "" if match is None or has_verb(without_article(match["noun"])) else match["noun"]


def _in(whole: str) -> str:
    """« de l'effectif » → « dans l'effectif », « du personnel » → « dans le personnel »."""
    for of, within in (("de la ", "la "), ("de l'", "l'"), ("du ", "le "), ("des ", "les "), ("d'", "")):
        if whole.startswith(of):
            return f"dans {within}{whole.removeprefix(of)}"
    return f"dans {whole}"
