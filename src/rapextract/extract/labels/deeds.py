"""Labels told by what was done: « a coûté 2 M€ », « traités en 12 jours », « a réduit de 14 % »."""

from __future__ import annotations

from ...french.agreement import agree
from ...french.fold import fold
from ...french.inflect import singular
from ...grammar.compiled import regexp
from ...model import Role
from ..counted import Draft
from .beside import BesideLabels
from .clauses import of_noun, subject_of
from .phrases import ROUGHLY, clean, has_verb, phrase_end, without_article

_AT_HEIGHT = regexp(r"\W*(?P<noun>\p{L}[^.;:,\d]{5,90}?) à hauteur de " + ROUGHLY + r"\Z")
_SHARED_AT = regexp(
    r"(?P<subject>\p{L}[^.;:()]{3,120}?) (?:a |ont )?(?:particip|contribu)(?:e|é|ent|ait|aient|era)? "
    r"à hauteur de " + ROUGHLY + r"\Z"
)
"""« Les dons ont contribué à hauteur de 12 000 € »"""
_TAKEN = regexp(
    r"\b(?:est|sont|a été|ont été|était|étaient)(?: \p{L}{3,}ment)* "
    r"(?P<done>\p{L}{2,}(?:é|i|u|is|it|os|ert)e?s?) "
    rf"(?:en|sous|dans un délai(?: moyen)? d['’e]) ?{ROUGHLY}\Z"
)
_TOOK = regexp(
    r"\b(?:a|ont|avons)(?: \p{L}{3,}ment)* (?P<done>\p{L}{2,}(?:é|i|u|is)) "
    r"(?P<noun>(?:l[ae]s? |l['’]|ces |nos |ses )[^.;:,()\d]{3,80}?) "
    r"(?:en|sous|dans un délai(?: moyen)? d['’e]) ?" + ROUGHLY + r"\Z"
)
"""« a traité les demandes en 7 jours »"""
_TO_CHANGE = regexp(
    r"\b(?:réduire|diminuer|baisser|abaisser|alléger|(?P<more>augmenter|accroître|relever)) "
    rf"(?:de |d['’]){ROUGHLY}\Z"
)
_REDUCED = regexp(
    r"\b(?:rédui\p{L}*|diminu(?:é|er|ant)|abaiss(?:é|er|ant)) "
    r"(?P<noun>(?:sa|son|ses|leurs?|nos|notre|la|le|les|l['’]) ?\p{L}[\p{L}\d'’ -]{2,70}?) (?:de |d['’])"
    + ROUGHLY
    + r"\Z"
)
"""« a réduit sa consommation de gaz de 14 % »"""
_OBJECT = regexp(r"(?:l[ae]s? |l'|nos |ses |leurs? |notre |son |sa )")
_DOES = regexp(
    r"(?P<subject>\p{L}[^.;:()]{2,120}?) (?:a|ont|aura|auront|avait|avaient)? ?"
    r"(?P<verb>rapport(?=\p{L}* )|coût|consomm|produ(?=i)|ém(?=et|is)|rej(?=et)|parcour)\p{L}* "
    + ROUGHLY
    + r"\Z"
)
_DEEDS = {
    "rapport": "produit",
    "coût": "coût",
    "consomm": "consommation",
    "produ": "production",
    "ém": "émissions",
    "rej": "rejets",
}
"""What a thing does, by the stem of its verb: « L'atelier consomme 12 MWh » is its « consommation »."""
_IN_RISE = regexp(
    r"(?:^|[,;:(] |\b)(?i:(?:une?|l[ae]s?|son|sa|leur|d['’]une?) |l['’])(?P<noun>\p{L}[\p{L}'’ -]{3,70}?),? "
    r"(?:(?:est |était |sera |serait |ressort )?en (?:\p{L}+ )?"
    r"(?:hausse|baisse|progression|augmentation|recul|diminution|croissance|repli|retrait)|"
    r"(?:s['’]|se )(?:est |sont )?(?:\p{L}{4,}ment )?\p{L}{4,}) (?:de |d['’])" + ROUGHLY + r"\Z"
)
"""« pour un loyer annuel en baisse de 17 % », « Le déficit se réduit de 5 % »: what has changed."""


_OF_SUCH = regexp(
    r"(?:^|[.;:] )\W*(?P<noun>(?:(?:L[ae]s?|Une?|Notre|Cette|Ce) |L['’])\p{L}[^;:.()\d]{2,60}), "
    r"(?:(?:d['’]une? (?P<measure>\p{L}[\p{L}'’ -]{3,40}?)|"
    r"(?P<how>long(?:ue)?s?|larges?|hautes?|profonde?s?)) (?:de |d['’])|"
    r"(?P<term>(?:sign|adopt|lanc|attribu|reconduit|conclu|consenti|prolong)\p{L}{0,3} pour "
    r"(?:une durée (?:de |d['’]))?))" + ROUGHLY + r"\Z"
)
_HOW = {"long": "longueur", "larg": "largeur", "haut": "hauteur", "prof": "profondeur"}


class DeedLabels(BesideLabels):
    """Reads what a measure is of from the verb before it."""

    def _is_time(self, draft: Draft) -> bool:
        return self._words.measure_of(draft.unit) == "durée"

    def _deed(self, draft: Draft) -> str:
        """« Le recours à l'intérim a coûté 2 millions d'euros » → « coût du recours à l'intérim »."""
        match = _DOES.search(self._left(draft, 200))
        subject = subject_of(match["subject"]) if match else ""
        if match and subject and match["verb"] == "parcour":
            what = (
                "surface" if self._words.measure_of(draft.unit) in ("surface", "superficie") else "distance"
            )
            return f"{what} parcourue par {subject[0].lower()}{subject[1:]}"
        return f"{_DEEDS[match['verb']]} {of_noun(subject)}" if match and of_noun(subject) else ""

    def _of_such(self, draft: Draft) -> str:
        """« La station, d'une capacité de 900 m³/j » → « capacité de la station »; « long de » too."""
        match = _OF_SUCH.search(self._left(draft, 160))
        of = "" if match is None or has_verb(without_article(match["noun"])) else of_noun(match["noun"])
        if match is None or not of:
            return ""
        if match["term"]:
            return f"durée {of}" if self._is_time(draft) else ""
        if match["how"]:
            return f"{_HOW[match['how'][:4]]} {of}"
        first = fold(match["measure"]).split(" ")[0]
        known = self._words.has("label-measure", first) or self._words.has("uncounted", first)
        return f"{match['measure']} {of}" if known else ""

    def _in_rise(self, draft: Draft) -> str:
        """« un loyer annuel en baisse de 17 % » → « loyer annuel »; `_of_change` adds the change."""
        if draft.given.values.get("role") is not Role.CHANGE:
            return ""
        match = _IN_RISE.search(self._left(draft, 140))
        return "" if match is None or has_verb(match["noun"]) else match["noun"]

    def _taken(self, draft: Draft) -> str:
        """« Les recours sont traités en 12 jours » → « délai (recours traités) »."""
        left = self._left(draft, 200)
        match = _TAKEN.search(left) if self._is_time(draft) else None
        if match is None and self._is_time(draft) and (active := _TOOK.search(left)):
            thing = without_article(clean(active["noun"]))
            head = thing.split(" ")[0] if thing else ""
            done = agree(active["done"], singular(head), many=head.endswith(("s", "x")))
            return f"délai ({thing} {done})" if thing and not has_verb(thing) else ""
        if match is None:
            return ""
        subject = subject_of(left[: match.start()]) or self._subject_said(draft)
        thing = without_article(subject)
        return f"délai ({thing} {match['done']})" if thing else ""

    def _changed(self, draft: Draft) -> str:
        """« réduire de 20 % la consommation » → « baisse de la consommation »."""
        left = self._left(draft, 120) if draft.unit in ("%", "point") else ""
        if reduced := _REDUCED.search(left):
            of = of_noun(reduced["noun"])
            return f"baisse {of}" if of and not has_verb(reduced["noun"]) else ""
        match = _TO_CHANGE.search(left)
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        if match is None or not _OBJECT.match(self._cues, at, end):
            return ""
        of = of_noun(clean(self._plain[at : phrase_end(self._plain, self._cues, at, end)]))
        return f"{'hausse' if match['more'] else 'baisse'} {of}" if of else ""

    def _at_height(self, draft: Draft) -> str:
        """« prise en charge des trajets à hauteur de 80 € » → « prise en charge des trajets »."""
        left = self._left(draft, 200)
        if draft.unit == "%" and left.endswith(" à hauteur de "):
            end = self._end(draft)
            at = self._skip(draft.unit_end, end)
            of = of_noun(clean(self._plain[at : phrase_end(self._plain, self._cues, at, end)]))
            return f"part {of}" if of else ""  # « paie à hauteur de 45 % la réfection du toit »
        if shared := _SHARED_AT.search(left):
            of = of_noun(subject_of(shared["subject"]))
            return f"participation {of}" if of else ""
        match = _AT_HEIGHT.fullmatch(left[-140:])
        noun = without_article(clean(match["noun"])) if match else ""
        return "" if has_verb(noun) else noun
