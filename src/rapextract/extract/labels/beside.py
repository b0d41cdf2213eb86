"""Labels that a value has from the figure before it: the same again, a part, a target, « celui de … »."""

from __future__ import annotations

from ...grammar.compiled import regexp
from ...model import Role
from .. import in_brackets
from ..counted import Draft
from .clauses import definite_of
from .phrases import ROUGHLY, clean, has_verb, is_verb, next_phrase_end, without_article
from .shares import ShareLabels

_CELUI = regexp(
    r"\b(?i:celui|celle|ceux|celles) (?P<rest>(?:de |du |des |d['’]|pour )"
    r"(?:(?! (?:celui|celle|ceux|celles) ).)*?)"
    r"(?: (?:en |s['’]|se )?(?:est|était|représent\p{L}+|atteint|atteignait|élèv\p{L}+|établi\p{L}+|"
    r"progresse|recule|augmente|baisse|diminue|monte|descend|tombe|passe|bondit|stagne|plafonne|culmine))?"
    rf"(?: (?:de|d['’]|à))? ?{ROUGHLY}\Z"
)
_THAN = regexp(r"(?:à|de|que|devant|derrière) \Z")
GAP = 3
"""Characters between two sentences."""
_HEAD = regexp(r"(?P<head>[\p{L}'’ -]+?) (?=de |des |du |d['’])")
_OF_WHICH = regexp(r"\bdont (?:plus de |pres de |environ )?\Z")
_PARTICIPLE_END = regexp(r" \p{L}{2,}(?:é|i|u)(?:e?s?)\Z")
_RANK_FOLLOWS = regexp(r",? (?:soit|a|au|en|et)(?: la| le)? ?")
_THAT_IS = regexp(r"[^.;]{0,50}\bsoit ")
_SAME_AGAIN = regexp(
    r" ?\(? ?(?:contre|et|a|puis|vs|versus|apres|au lieu de|ou)? ?|[^.;]*\bcontre |[^.;()\d]{0,50}\( ?"
)
"""What stands between a value and another value of the same thing."""
AGAINST = 140
"""Characters before « contre 12 % » in which the value it is set against stands."""
_AGAINST = regexp(r"\bcontre (?:pres de |plus de |seulement )?\Z")
_SETTLES = regexp(
    r"[^.;()\d]{0,30}\b(?:pour|et) (?:s'etablir|s'etablit|s'etablissent|atteindre|se situer|se situe|"
    r"se stabiliser|s'elever|s'eleve|passer|revenir|se hisser?|culminer?) "
    r"(?:ainsi |desormais )?(?:a |de )?(?:pres de |plus de )?"
)
"""« recule de 0,8 point pour s'établir à 5,9 % »: the value of what has changed."""
_FROM_SO_MUCH = regexp(
    r"[^.;()\d]{0,30}\bpass(?:ant|e|ee|es|ees) (?:ainsi )?de (?:pres de |plus de |environ )?"
)
"""« a diminué de 15 %, en passant de 4,6 mois à 3,9 mois »: the value of what has changed."""
_IT_WAS = regexp(
    r"[^.\d]{0,80}(?:[.;,] ?(?:quand |mais )?|[.;,]? ?(?:quand |(?:alors|tandis) qu'))"
    r"(?:ils?|elles?|celui-ci|celle-ci|ce (?:taux|chiffre|montant|delai|score|niveau)|"
    r"cette part) (?:n')?(?:est|sont|etai(?:en)?t|a ete|"
    r"(?:atteint|atteign|s'etabli|s'eleve?|depasse?|plafonne?|culmine?|descend|monte?|tombe?|grimpe?|approche?|avoisine?)"
    r"(?:t|ss?ait|ait|ent|aient)?)"
    r"(?: encore| deja| que)? (?:de |a |d')?(?:pres de |plus de |environ )?"
)
"""« un taux de 93 % ; il était de 88 % »: the same again, told by a pronoun."""
_ELSEWHERE = regexp(
    r" ?\((?:en |au niveau |moyenne |taux |valeur )?(?:france|nationale?|region(?:ale?)?|"
    r"departement(?:ale?)?|metropole)(?: [a-z-]+)? ?: ?"
)
"""« un taux de 36 % (France : 34 %) »: the same elsewhere."""
_PARALLEL = regexp(
    r" (?P<link>chez|en|pour|dans|à|au|aux|sur) (?P<what>[^,;.:()\d]{2,60}?)"
    r"(?:,? (?:et|contre|puis|ou|à) |, )"
    r"(?:de |d['’]|à )?" + ROUGHLY
)
_LISTED = regexp(r"\A[^.;:()\d]*(?:,|,? et|,? puis) (?:pres de |plus de |environ )?\Z")
_AT = regexp(r"(?:en|dans|chez|à|au|aux|pour) [^,;.:()\d]{3,60}?(?=[,;.:()]| et |\Z)")
_WHERE = regexp(
    r" (?P<link>pour|chez|parmi) (?P<what>(?:l[ae]s? |l['’])[^,;.:()\d]{3,60}?)(?=[,;.:()]| et |\Z)"
)
_BROKEN_DOWN = regexp(r" ?: ?(?:dont )?")
_FOR_PART = regexp(r" (?:pour|chez|au titre d|en|dans|aupres d)[^,;.:()\d]{2,60}?(?=[,;.]| et |\Z)")
"""« La dépense atteint 87 M€ : 52 M€ pour les taxis, 35 M€ pour les ambulances »."""
_HOW_FAR = regexp(
    r"\b(?:dépass\w+|excède\w*|supérieure?s?|inférieure?s?|au-dessus|au-dessous|en dessous) "
    r"\p{L}*? ?(?:de |d['’])" + ROUGHLY + r"\Z"
)
_THE_AIM = regexp(
    rf"\W*(?:L['’]objectif|La cible|Le socle|L['’]engagement)(?: \p{{L}}+(?:al|el|é))? de {ROUGHLY}"
)
"""« 6,2 millions d'euros ont été évités. L'objectif de 5,5 millions … »: of the same."""
_FROM_WHAT = regexp(r" (?:au-dessus|au-dessous|en dessous|en deca|au-dela) d")
_EACH_TIME = regexp(r"[^.;\d]{0,40}\bsoit (?:en moyenne )?(?:pres de |plus de |environ )?")
_PER = regexp(r" (?P<per>par (?!rapport|la |le |les )\p{L}+)")
_FOR_EACH = regexp(r"[^.;\d]{0,90}\bsoit (?:en moyenne )?(?:pres de |plus de |environ )?")
PARTICIPLE = regexp(r"\p{L}{2,}(?:é|i|u)(?:e?s?)\b")


class BesideLabels(ShareLabels):
    """What a value measures that is set beside another."""

    def _beside_previous(self, draft: Draft) -> str:
        """« un taux de 3,84 % (2,24 % en 2020) »: what the figure before it measures."""
        if self._previous is None:
            return ""
        last, label = self._previous
        if gapped := self._gapped(draft):
            return gapped
        between = self._folded[last.unit_end : draft.number.start]
        alike = last.unit == draft.unit or {last.unit, draft.unit} == {"%", "point"}
        again = (pattern.fullmatch(between) for pattern in (_SETTLES, _IT_WAS, _ELSEWHERE))
        if label and alike and any(again):
            return label
        if last.given.values.get("role") is Role.CHANGE and _FROM_SO_MUCH.fullmatch(between):
            return label
        if in_brackets.AFTER.match(self._folded, draft.unit_end) and in_brackets.BEFORE.fullmatch(between):
            for earlier, said in filter(None, (self._previous, self._second)):
                if said and earlier.unit == draft.unit:
                    return said
        if not label:
            return ""
        if draft.unit.startswith(f"{last.unit}/") and _FOR_EACH.fullmatch(between):
            return f"{label} par {draft.unit.partition('/')[2]}"  # « 12 € …, soit 0,4 €/m³ »
        if len(between) > (AGAINST if _AGAINST.search(between) else 60):
            return ""
        return self._right_after(draft, last, label, between)

    def _right_after(self, draft: Draft, last: Draft, label: str, between: str) -> str:
        """What a value measures that stands near the one before it: the same again, or a share of it."""
        if last.unit == draft.unit and last.noun is None and (beside := self._parallel(draft, last, label)):
            return beside
        if last.unit == draft.unit and last.noun is None and _BROKEN_DOWN.fullmatch(between):
            part = _FOR_PART.match(self._plain, draft.unit_end, self._end(draft))
            return f"{label} {clean(part[0])}" if part else ""
        if last.unit == draft.unit != "%" and _EACH_TIME.fullmatch(between):
            per = _PER.match(self._plain, draft.unit_end)
            return f"{label} {per['per']}" if per else self._average(draft, between)
        if last.unit == draft.unit and _SAME_AGAIN.fullmatch(between) and not self._says_more(draft):
            return self._elsewhere(draft, last, label)
        if draft.unit == last.unit == "%" and (shared := self._phrases.get(last.number.start)):
            end = self._end(draft)
            at = self._skip(draft.unit_end, end)
            if _LISTED.fullmatch(between) and (where := _AT.match(self._plain, at, end)):
                self._phrases[draft.number.start] = shared  # « 61 % … en licence, 32 % en master »
                mine = shared if label.startswith(shared) else label.split(" dans ")[0]
                return f"{mine} {clean(where[0])}"
            if is_verb(self._cues, at):
                words = clean(self._plain[at : next_phrase_end(self._plain, self._cues, at, end)])
                return f"{shared} qui {words}"
        if draft.unit == "rang" and _RANK_FOLLOWS.fullmatch(between):
            return f"rang {_at(label)}"
        if draft.unit == "%" and last.noun is not None and _THAT_IS.fullmatch(between):
            changes = draft.given.values.get("role") is Role.CHANGE
            return "" if changes else self._share_in(draft)  # of a change the labeller tells what it is of
        return ""

    def _elsewhere(self, draft: Draft, last: Draft, label: str) -> str:
        """« La participation atteint 49 %, contre 32 % pour les hommes »: with the complement of its own."""
        own = _WHERE.match(self._plain, draft.unit_end, self._end(draft))
        if own is None or last.noun is not None or not _AGAINST.search(self._left(draft, 40)):
            return label
        said = clean(own["what"])
        base = label.split(f" {own['link']} ")[0]
        return label if has_verb(said) or not said else f"{base} {own['link']} {said}"

    def _average(self, draft: Draft, between: str) -> str:
        """« 1 356 aides pour un total de 684 000 €, soit 504 € en moyenne » → « montant moyen des aides »."""
        said = self._folded.startswith(" en moyenne", draft.unit_end) or "en moyenne" in between
        if not said or self._second is None or self._second.draft.noun is None:
            return ""
        return f"montant moyen des {self._second.label}"

    def _parallel(self, draft: Draft, last: Draft, label: str) -> str:
        """« est de 16 ans chez les employés et de 11 ans chez les cadres » → the second's own complement."""
        match = _PARALLEL.fullmatch(self._plain, last.unit_end, draft.number.start)
        if match is None or not self._plain.startswith(f" {match['link']} ", draft.unit_end):
            return ""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        own = clean(self._plain[at : next_phrase_end(self._plain, self._cues, at, end)])
        base = label.removesuffix(clean(f"{match['link']} {match['what']}")).strip()
        return "" if f" {match['link']} " in base else f"{base} {own}"

    def _part_of_sum(self, draft: Draft) -> str:
        """« 214 300 € d'indus notifiés, dont 198 450 € recouvrés » → « indus recouvrés »."""
        sums = (said for said in (self._previous, self._second) if said and said.draft.unit == draft.unit)
        last, label = next(sums, (None, ""))
        if last is None:
            return ""
        between = self._folded[last.unit_end : draft.number.start]
        if len(between) > 80 or not _OF_WHICH.search(between):
            return ""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        said = clean(self._plain[at : next_phrase_end(self._plain, self._cues, at, end)])
        base = _PARTICIPLE_END.sub("", label) if PARTICIPLE.match(said) else label
        return f"{base} {said}".strip()

    def _aimed(self, draft: Draft) -> str:
        """« son taux, 81 %, dépasse le socle (75 %) »: a target of what stands before it."""
        last = self._previous
        if last is None or not last.label:
            return ""
        role = draft.given.values.get("role")
        same = last.draft.candidate.sentence == draft.candidate.sentence
        if not same:
            if last.draft.unit != draft.unit and self._second is not None:
                last = self._second
            near = last.draft.candidate.sentence[1] >= self._start(draft) - GAP
            aims = near and last.draft.unit == draft.unit and _THE_AIM.fullmatch(self._left(draft, 60))
            return last.label if aims else ""
        apart = role is Role.CHANGE and (
            _HOW_FAR.search(self._left(draft, 60)) is not None
            or _FROM_WHAT.match(self._folded, draft.unit_end) is not None
        )
        if not apart and role not in (Role.OBJECTIVE, Role.FLOOR):
            return ""
        units = {last.draft.unit, draft.unit}
        scored = draft.unit == "point" and last.draft.unit.startswith("/")
        return last.label if scored or units in ({"%"}, {"%", "point"}, {draft.unit}) else ""

    def _says_more(self, draft: Draft) -> bool:
        """Does a verb of its own follow the value (« 90 % sont satisfaits et 92 % conseilleraient »)?"""
        return draft.unit == "%" and is_verb(self._cues, self._skip(draft.unit_end, self._end(draft)))

    def _that_of(self, draft: Draft) -> str:
        """« l'âge moyen des agents est de 46 ans, celui des cadres de 47 ans » → « âge moyen des cadres »."""
        match = _CELUI.search(self._left(draft, 90))
        if match is None:
            return ""
        last = self._previous
        near = last is not None and last.draft.candidate.sentence[1] >= self._start(draft) - GAP
        said = last.label if near and last else next(self._sentences_before(self._start(draft), 1), "")
        said = without_article(clean(said))
        rest = clean(match["rest"].rpartition(") et ")[2])
        here = last is not None and last.draft.candidate.sentence == draft.candidate.sentence
        if not rest:
            return last.label if here and last else ""  # « proche de celui de 2021 (2,8 %) »
        compared = not here and _THAN.search(self._left(draft, 90), 0, match.start()) is not None
        if compared and (subject := without_article(self._subject_said(draft))):
            return f"{subject} {rest}"  # « Le taux de prêt est supérieur à celui du canton (39 %) »
        first, *more = rest.split()
        again = said.find(f" {first} {more[0]} ") if more else -1  # « … des cancers du sein », « … du côlon »
        again = again if again > 0 else said.rfind(f" {first} ")
        if near and again > 0:
            return f"{said[:again]} {rest}"
        head = _HEAD.match(said)
        return f"{head['head'] if head else said} {rest}" if near or head else ""


def _at(label: str) -> str:
    """« score » → « au score », « note » → « à la note »."""
    of = definite_of(label)
    return f"au {of[3:]}" if of.startswith("du ") else f"à {of[3:]}"
