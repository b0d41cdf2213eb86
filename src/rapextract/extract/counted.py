"""From candidate numbers to figures: rejected or taken, with a unit.

The unit is, in this order: a symbol or word of grammars/units.yaml beside the number, the noun after it,
the unit of the next number in a range (« de 43 à 66 ETP »), or a noun said before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from ..french.inflect import plural
from ..french.numbers import Number
from ..french.shared_scale import shared_scale
from ..grammar import Candidate, Given, Grammar
from ..grammar.compiled import regexp
from ..grammar.schema import FigureRule
from ..model import BlockKind
from . import in_brackets
from .nouns import (
    Noun,
    noun_after,
    noun_before,
    noun_of_pronoun,
    noun_of_topic,
    noun_words,
    past_adjectives,
    points_back,
)
from .stated import ONE
from .texts import Texts

MEASURES_OF_MONEY = frozenset({"%", "EUR"})


@dataclass(slots=True)
class Draft:
    """A figure being made: its number, surroundings, unit, and the rules that spoke.

    `noun` is where the counted noun is printed: after the number, or before it where it is elided there
    (`elided`). `whole` is the figure that this one is a part of (« dont 74 »); `source` is where the number
    starts that lends its noun. `multiple` is what one of it is worth (« 2 » of « entre 2 et 3 millions »).
    """

    number: Number
    candidate: Candidate
    unit: str
    rule: FigureRule
    given: Given
    noun: Noun | None = None
    elided: bool = False
    whole: Draft | None = None
    unit_end: int = 0
    source: int | None = None
    multiple: Decimal = ONE

    @property
    def part_of(self) -> str:
        """What the figure is a part of: the noun of `whole`, in the plural."""
        unit = self.whole.unit if self.whole is not None else ""
        return plural(unit) if unit.islower() else unit


@dataclass(slots=True)
class _Unit:
    unit: str
    end: int
    noun: Noun | None = None
    elided: bool = False
    whole: Draft | None = None
    source: int | None = None


_LISTED = 12  # numbers of a list before one noun, at the most
_RANGE = regexp(r" ?(?:a|et|ou|-|–) ?(?:près de |plus de |environ )?")
_ROUGHLY = (
    r"(?:en moyenne |deja |au moins |plus de |moins de |environ |seulement |seule?s? |pres de |encore )?"
)
_PER = regexp(
    r"/(?!(?:an|annee|mois|jour|semaine|heure|trimestre|semestre|ou)\b)"
    r"((?:km|ha|m ?[23²³]|kg|eh)(?!\w)|[a-z-]{3,}[^sx\W\d](?![\w/]))"
)
_PART = regexp(rf"\b(?:dont|parmi lesquel(?:le)?s)[\s*]*{_ROUGHLY}\Z")
_ADDED = regexp(
    r"(?:[,(;:]|\b(?:et|dont|puis|ou|soit|contre|apres|pour|par|plus|a|de|d'|autres|sur)|"
    rf"\b(?:et|,|sur) (?:de|d'|a|les|aux))[\s*]*{_ROUGHLY}\Z"
)
"""What stands before a number that goes on counting what the number before it counts."""
_GOES_ON = regexp(
    r"(?:\*\*)?(?: (?:autres?|d'entre|d'ici|apres|aupres|avant|par|de|des|du|dans|"
    r"en|au|aux|a|avec|sans|pour|sur|"
    r"sous|chez|hors|qui|"
    r"que (?:compte|recense|comporte)(?:nt)?|ont|a|est|sont|etaient|avaient|seront|devraient|"
    r"doivent|restent|concernent|relevent|beneficient|proviennent|portent|s'|issus|issues|supplementaires|"
    r"nouveaux|nouvelles|[a-z]+ee?s?\b|graves?\b|mortel|secondaires?\b|prioritaires?\b|provisoires?\b|temporaires?\b|partiel|(?:de)?favorables?\b|(?:ir)?recevables?\b|conformes?\b|"
    r"(?:posit|negat|definit)i(?:f|ve)s?\b)|"
    r"[ ,;.)(]|\Z)"
)
"""What stands after a number whose noun is elided: a verb, a preposition, a participle, a pause."""
_THEY_WERE = regexp(
    r"\b(?:ils|elles) (?:n'|ne )?(?:etaient|sont|seront|ont ete) "
    r"(?:ainsi |encore |desormais |plus )?(?:que )?"
    rf"{_ROUGHLY}\Z"
)
"""« Ils étaient 62 en octobre »: of those counted last."""
_OF_THEM = regexp(
    r"\ben (?:(?:a|ont|avons|avait|avaient|aura|auront) "
    r"(?:ainsi |egalement |deja |donc )?[a-z]+(?:e|i|u|is|it|ert|os)|"
    rf"(?:rest|compt|denombr|recens)(?:e|ent|ait|aient|ons)(?: plus| encore)?(?: que)?) {_ROUGHLY}\Z"
)
"""« a reçu 130 appels et en a traité 124 », « il n'en restait que 6 »: of those counted last."""
_AIMS = regexp(
    r"\b(?:vise(?:nt)?|visons|visait|(?:devrai(?:en)?t|devra|doit|veut|prevoit d'|espere|compte) ?atteindre|"
    rf"atteindra) (?:les )?{_ROUGHLY}\Z"
)
"""« compte 59 maisons et vise les 80 d'ici 2023 »: of those counted last."""
_WITHIN = regexp(
    rf"\b(?:dans|sur|chez|au sein de|aupres de|a travers)s? ?(?:les |nos |ces |ses |leurs )?{_ROUGHLY}\Z"
)
"""« 120 élèves dans sept écoles, 34 de moins »: what stands within others is not what is counted on."""
_ANOTHER_VERB = regexp(r"(?:,|;|\bet|\bpuis|\bmais) (?:n'|en |y |s'|se )?(?:a|ont|est|sont|avait|avaient) ")
"""« a tenu 9 séances et a statué sur 385 dossiers, contre 529 en 2021 »: the second counts anew."""
_IS_ELSEWHERE = regexp(
    r"\b(?:moyenne|mediane|france|national|nationale)\b[^.;:\d]{0,40} (?:est |etait |s'etabli\w+ |s'elev\w+ |"
    rf"ressort |se situe )(?:de |a )?{_ROUGHLY}\Z"
)
"""« 38,2 accidents pour 1 000 salariés, quand la moyenne nationale s'établit à 33,4 »"""
_THAT_OF = regexp(
    r"\b(?:celui|ceux|celles) (?:de |du |des |d')[^.;:,()\d]{2,40}?(?: (?:est|etait))?(?: de| a)? "
    rf"{_ROUGHLY}\Z"
)
"""« Le nombre de visites est de 61 à Brest, celui de Quimper 58 »: of the same."""
_TELLS = regexp(r"\b(?:[ao]nt|a|est|sont|etai(?:en)?t|avai(?:en)?t|ser(?:a|ont)) ")
"""« Les avis y sont bons (38 sur 51) » goes on counting nothing of the sentence before."""
_NAMES_ITS_OWN = regexp(
    r"\W*(?:l[ae]s? |l'|une? |des |ces? |cette |cet |nos |notre |ses |son |sa |leurs? )(?!plupart\b)"
)
"""« La grille va de 0 à 5 » goes on counting nothing of the sentence before: it has a subject of its own."""
_AIM = regexp(r"\((?:objectifs?|cible|prevu(?:e?s)?|attendu(?:e?s)?) \Z")
"""« 64 agents formés (objectif 60) »; « 12 actions (objectif 3) » names the third aim."""
_AGAINST = regexp(rf"\bcontre {_ROUGHLY}\Z")
"""« 66 habitants au km², contre 106 en moyenne »: both are in one unit."""
_SOIT = regexp(rf"[^.;:\d]{{0,50}}\bsoit {_ROUGHLY}")
_SCORED = regexp(r" points? (?:obtenus? )?sur (?:un total de |un maximum de )?")
"""« 412 points sur 500 »: both are points."""
_IN_BRACKET = regexp(r"\((?:dont )?\Z")
_SOME = regexp(r" (?:de (?!plus|moins)|du |des |d'|en (?!\d|moyenne)|au niveau |dans |chez |à |a )")
"""What tells which of them the number in brackets counts: « (deux de niveau 4 »."""
_DONE_TO_THEM = regexp(
    r"(?:\*\*)? (?:ont|sont|etaient|avaient|seront|restent|relevent|concernent|portent|s'|se sont|n'ont|"
    r"au titre|dans le cadre)\b"
)
"""What may follow a number that opens an item and counts what the line above the list counts."""
_OF = (" de ", " des ", " du ", " d'")


_TWO, _TEN = Decimal(2), Decimal(10)

REACH = 400
"""Characters before a number in which its elided noun is looked for."""


class Counting:
    """Decides which numbers of one document are figures and what they count."""

    def __init__(self, grammar: Grammar, texts: Texts):
        """Use the rules, units and nouns of `grammar` on `texts`."""
        self._rules = grammar.figure_rules
        self._units = grammar.units
        self._texts = texts
        self.words = noun_words(grammar)
        self._item: Draft | None = None
        self._led: Draft | None = None

    def drafts(self, numbers: Sequence[tuple[Number, Candidate]]) -> Iterator[Draft]:
        """The figures among the numbers of one block, in reading order."""
        # Articles are many and rarely taken, so they are asked about `take` first.
        kept = [pair for pair in numbers if pair[0].article or self._rules.reject(pair[1]) is None]
        before: list[Draft] = []
        for index, (number, candidate) in enumerate(kept):
            found = self._unit(number, candidate, kept[index + 1 : index + 1 + _LISTED], before)
            if found is None or not _heading_allows(candidate, found.unit):
                continue
            candidate.unit = found.unit
            rule = self._rules.take(candidate)
            if rule is None or (number.article and self._rules.reject(candidate) is not None):
                continue
            multiple = shared_scale(self._texts.printed, number.start, number.end)
            if multiple is None:
                continue
            draft = Draft(
                number=number,
                candidate=candidate,
                unit=found.unit,
                rule=rule,
                given=self._rules.set(candidate, rule),
                noun=found.noun,
                elided=found.elided,
                whole=found.whole,
                unit_end=found.end,
                source=found.source,
                multiple=multiple,
            )
            draft.unit = str(draft.given.values.get("unit", draft.unit))
            before.append(draft)
            yield draft
        self._item = self._listed(numbers, before)
        self._led = self._leading(numbers, before)

    def _leading(self, numbers: Sequence[tuple[Number, Candidate]], before: Sequence[Draft]) -> Draft | None:
        """What the items of the list that a block opens may be parts of: « 130 dossiers … Parmi eux : »."""
        if not numbers or numbers[0][1].block_kind is BlockKind.LIST_ITEM:
            led = self._led
            return led if led is not None and numbers and self._follows(led, numbers[0][1]) else None
        end = numbers[0][1].block[1]
        if not self._texts.folded[numbers[0][1].block[0] : end].rstrip(" *_").endswith(":"):
            return None
        whole = (draft for draft in reversed(before) if draft.noun is not None and draft.whole is None)
        return next(whole, None)

    def _leads(self, number: Number, candidate: Candidate) -> Draft | None:
        """The figure of the line above its list that the number opening an item is a part of."""
        led = self._led
        if led is None or candidate.block_kind is not BlockKind.LIST_ITEM or number.value > led.number.value:
            return None
        done = _DONE_TO_THEM.match(self._texts.folded, number.stop, candidate.block[1])
        return led if done is not None and self._follows(led, candidate) else None

    def _listed(self, numbers: Sequence[tuple[Number, Candidate]], before: Sequence[Draft]) -> Draft | None:
        """What the next items of a list go on counting: what its first item counts."""
        if not numbers or numbers[0][1].block_kind is not BlockKind.LIST_ITEM:
            return None
        first = self._item
        if first is not None and self._follows(first, numbers[0][1]):
            return first
        return next((draft for draft in before if draft.noun is not None), None)

    @staticmethod
    def _follows(first: Draft, candidate: Candidate) -> bool:
        """Whether the list item of `candidate` may belong to the list of `first`."""
        near = 0 <= candidate.block[0] - first.candidate.block[1] < REACH
        return near and candidate.block_kind is BlockKind.LIST_ITEM

    # Units ----------------------------------------------------------------------------------------
    def _unit(
        self,
        number: Number,
        candidate: Candidate,
        following: Sequence[tuple[Number, Candidate]],
        before: list[Draft],
    ) -> _Unit | None:
        if number.ordinal:
            return _Unit("rang", number.stop)
        if own := self._own(number, candidate):
            whole = self._whole(number, candidate, before)
            a_part = whole is not None and whole.unit not in MEASURES_OF_MONEY and own.unit != "EUR"
            own.whole = whole if a_part else None
            return own
        if "none" in number.marks or "collective" in number.marks:
            return None
        if shared := self._shared(number, following):
            return shared
        return self._elided(number, candidate, before)

    def _own(self, number: Number, candidate: Candidate) -> _Unit | None:
        """The unit or noun printed beside the number itself."""
        folded = self._texts.folded
        if "half" in number.marks and (inside := self._inside(number)):
            return inside
        if found := self._units.after(folded, number.stop):
            return _Unit(found.unit, max(found.end, number.stop))
        later = past_adjectives(self.words, self._texts, number.stop, candidate.block[1])
        if later > number.stop and (found := self._units.after(folded, later)):
            return _Unit(found.unit, found.end)
        if number.marks & {"fraction", "slash"} and folded.startswith(_OF, number.end):
            return _Unit("1", number.end)
        if number.marks & {"fraction", "slash"}:
            return None
        collective = "collective" in number.marks or "million" in number.text or "milliard" in number.text
        end = min(candidate.block[1], number.stop + 80)
        if noun := noun_after(self.words, self._texts, number.stop, end, number.value, collective):
            return self._per(noun) or _Unit(noun.unit, noun.end, noun)
        return None

    def _per(self, noun: Noun) -> _Unit | None:
        """« 46,25 abonnés/km », « 1,95 habitants/abonné »: a ratio, which counts no nouns.

        « 12 conseillers/conseillères » counts both, « 12 visites/jour » visits.
        """
        match = _PER.match(self._texts.folded, noun.end)
        if match is None:
            return None
        return _Unit(f"{noun.unit}/{self._texts.plain[match.start(1) : match.end()].lower()}", match.end())

    def _inside(self, number: Number) -> _Unit | None:
        """The unit inside « deux ans et demi »."""
        space = number.text.find(" ")
        found = self._units.after(self._texts.folded, number.start + space) if space > 0 else None
        return _Unit(found.unit, number.stop) if found is not None and found.end <= number.end else None

    def _shared(self, number: Number, following: Sequence[tuple[Number, Candidate]]) -> _Unit | None:
        """The unit of the next number, where the two are the ends of a range or a choice.

        Of a list (« 45, 38 et 52 élèves ») that of the last.
        """
        folded, last = self._texts.folded, number
        for other, candidate in following:
            if other.article or other.start - last.stop > 16:
                return None
            if _RANGE.fullmatch(folded, last.stop, other.start):
                own = self._own(other, candidate)
                return _Unit(own.unit, number.stop, own.noun) if own else None
            if folded[last.stop : other.start] != ", ":
                return None
            last = other
        return None

    def _elided(self, number: Number, candidate: Candidate, before: list[Draft]) -> _Unit | None:
        """The noun said before the number."""
        sentence = max(candidate.sentence[0], number.start - REACH)
        broken = number.value % 1 != 0  # people and things are counted whole, full-time equivalents are not
        broken = broken and not self._stands_before(number, _AGAINST, 40, sentence)
        counted = [draft for draft in before if _may_go_on(draft, broken)]
        if points_back(self._texts, number.stop):
            return self._some_of_those(number, candidate, counted, sentence)
        if _GOES_ON.match(self._texts.folded, number.stop, candidate.block[1]) is None:
            return None
        if before and (again := self._in_one_unit(number, before[-1], sentence)):
            return again
        here = [draft for draft in counted if draft.number.start >= sentence]
        if counted and self._stands_before(number, _THEY_WERE, 40, sentence):
            return _of_draft(counted[-1].whole or counted[-1], number)
        if (whole := self._whole(number, candidate, before, number.value)) is not None:
            return _of_draft(whole, number, whole)
        if here and here[-1].elided and self._stands_before(number, _THAT_OF, 80, sentence):
            return _of_draft(here[-1], number)
        if here and self._stands_before(number, _AIM, 20, sentence) and _alike(number, here[-1]):
            return _of_draft(here[-1], number)
        if here and self._stands_before(number, _OF_THEM, 60, sentence):
            return _of_draft(here[-1].whole or here[-1], number)
        if here and not broken and self._stands_before(number, _AIMS, 40, sentence):
            return _of_draft(here[-1], number)
        if broken and self._stands_before(number, _IS_ELSEWHERE, 100, sentence):
            rates = (d for d in reversed(before) if d.noun is not None and d.number.value % 1 != 0)
            if (rate := next(rates, None)) is not None and rate.number.start >= sentence:
                return _of_draft(rate, number)
        low = max(sentence, number.start - 200)
        if not broken and (noun := noun_before(self.words, self._texts, low, number.start, number.stop)):
            return _Unit(noun.unit, number.stop, noun, elided=True)
        if here and self._stands_before(number, _ADDED, 30, sentence):
            last = self._main(here)
            return _of_draft(last, number, self._bracketed(number, last))
        if broken:
            return None
        opens = not self._texts.folded[sentence : number.start].strip(" *-•►\n")
        if opens or self._stands_before(number, _ADDED, REACH, sentence):
            folded = self._texts.folded
            told = _TELLS.search(folded, sentence, number.start) or _NAMES_ITS_OWN.match(folded, sentence)
            return self._of_opening(number, candidate, before, () if told else counted, sentence)
        return None

    def _stands_before(self, number: Number, pattern: regex.Pattern[str], reach: int, sentence: int) -> bool:
        """Does `pattern` end right before the number, in its sentence?"""
        low = max(sentence, number.start - reach)
        return pattern.search(self._texts.folded, low, number.start) is not None

    def _some_of_those(
        self, number: Number, candidate: Candidate, counted: Sequence[Draft], sentence: int
    ) -> _Unit | None:
        """What « 12 d'entre eux » are: a noun of the sentence, the last enough counted, a noun before."""
        texts = self._texts
        wholes = [draft.whole or draft for draft in reversed(counted)]
        enough = next((draft for draft in wholes if draft.number.value >= number.value), None)
        noun = noun_of_pronoun(self.words, texts, sentence, number.start)
        # « Les agents ont reçu 138 lettres, 57 d'entre elles … »: of what was counted last
        if noun is not None and not (enough and enough.noun and enough.noun.start > noun.start):
            return _Unit(noun.unit, number.stop, noun, elided=True)
        if enough is not None:
            return _of_draft(enough, number)  # « 146 d'entre eux » are none of « 15 échelons »
        noun = noun_of_pronoun(self.words, texts, max(candidate.block[0], sentence - 300), sentence)
        return _Unit(noun.unit, number.stop, noun, elided=True) if noun else None

    def _in_one_unit(self, number: Number, last: Draft, sentence: int) -> _Unit | None:
        """The unit of the figure before, where the two are set side by side and it is said once."""
        folded, here = self._texts.folded, last.number.start >= sentence
        large = "million" in number.text or "milliard" in number.text
        beside = (
            (here and large and last.unit == "EUR")  # « 6 millions d'euros, dont 2 millions auprès de … »
            or (here and last.noun is None and _AGAINST.search(folded, last.unit_end, number.start))
            or (last.noun is None and self._is_again(number, last))
            or (here and last.noun is None and self._is_each(number, last))
            or _SCORED.fullmatch(folded, last.number.stop, number.start)
        )
        return _Unit(last.unit, number.stop) if beside else None

    def _of_opening(
        self,
        number: Number,
        candidate: Candidate,
        before: Sequence[Draft],
        counted: Sequence[Draft],
        sentence: int,
    ) -> _Unit | None:
        """What a number that opens a sentence or an item counts: its topic's, its list's, the last one's."""
        if noun := noun_of_topic(self.words, self._texts, sentence, number.start):
            return _Unit(noun.unit, number.stop, noun, elided=True)
        if not before and self._item is not None and self._follows(self._item, candidate):
            return _of_draft(self._item, number)
        if not before and (led := self._leads(number, candidate)) is not None:
            return _of_draft(led, number)
        if counted and counted[-1].candidate.sentence[1] >= sentence - 3:
            return _of_draft(counted[-1], number)
        return None

    def _main(self, here: Sequence[Draft]) -> Draft:
        """The last of the counts of a sentence, or the one before it that it says the places of."""
        last = here[-1]
        if len(here) < 2 or last.noun is None or last.elided:
            return last
        within = self._stands_before(last.number, _WITHIN, 40, here[-2].unit_end)
        apart = _ANOTHER_VERB.search(self._texts.folded, here[-2].unit_end, last.number.start)
        return here[-2] if within and not apart else last

    def _bracketed(self, number: Number, last: Draft) -> Draft | None:
        """The whole of each part in « quatre réseaux (deux de niveau 1 et deux de niveau 2) »."""
        folded = self._texts.folded
        if last.whole is not None:
            opened = folded.rfind("(", last.whole.unit_end, last.number.start)
            return last.whole if opened >= 0 and ")" not in folded[opened : number.start] else None
        opens = _IN_BRACKET.search(folded, last.unit_end, number.start) is not None
        part = opens and number.value < last.number.value and _SOME.match(folded, number.stop) is not None
        return last if part else None

    def _is_again(self, number: Number, last: Draft) -> bool:
        """« 16 € en 2021 (12 en 2020) »: is the number another year's value of the last figure?"""
        folded = self._texts.folded
        return (
            in_brackets.AFTER.match(folded, number.stop) is not None
            and in_brackets.BEFORE.fullmatch(folded, last.unit_end, number.start) is not None
        )

    def _is_each(self, number: Number, last: Draft) -> bool:
        """« 3 204 jours, soit 5,6 par agent »: is the number the last figure's for each of something?"""
        folded = self._texts.folded
        return (
            folded.startswith(" par ", number.stop)
            and _SOIT.fullmatch(folded, last.unit_end, number.start) is not None
        )

    def _whole(
        self, number: Number, candidate: Candidate, before: list[Draft], least: Decimal = Decimal(0)
    ) -> Draft | None:
        """The figure that « dont N » is a part of: the last one before « dont » that is not a part itself.

        A count is a part of no fewer than `least`: « 120 élèves dans sept écoles, dont 34 … ».
        """
        match = _PART.search(self._texts.folded, max(candidate.block[0], number.start - 40), number.start)
        if match is None:
            return None
        here = False
        for draft in reversed(before):
            own = draft.number.start >= candidate.sentence[0]
            if draft.unit == "EUR" or (here and not own):
                return None  # « 2 M€ versés, dont 45 % aux familles » are parts of no count
            here = here or own  # « 372 ha, dont 61 % de prés » are parts of none of the sentence before
            counts = draft.noun is not None or draft.unit == "ETP"
            if counts and draft.number.value >= least and draft.number.start >= number.start - 300:
                return draft.whole or draft
        return None


def _may_go_on(draft: Draft, broken: bool) -> bool:
    """May a number after `draft` count the same? A broken one only goes on after another."""
    return draft.unit == "ETP" or (draft.noun is not None and not (broken and draft.number.value % 1 == 0))


def _alike(number: Number, draft: Draft) -> bool:
    """May the number be the aim of what `draft` counts? It is no single digit and near the count."""
    return number.value >= _TEN and draft.number.value / _TWO <= number.value <= draft.number.value * _TWO


def _of_draft(draft: Draft, number: Number, whole: Draft | None = None) -> _Unit:
    return _Unit(draft.unit, number.stop, draft.noun, elided=True, whole=whole, source=draft.number.start)


def _heading_allows(candidate: Candidate, unit: str) -> bool:
    """A heading states a figure only where a symbol says so; its other numbers name or number it."""
    return candidate.block_kind is not BlockKind.HEADING or unit in MEASURES_OF_MONEY
