"""Whose figure it is: the entity and the territory that govern a number.

Names that own no number (partners, agents, neighbours) are told by the grammar (`kind: place-rules`), and
so are words that place a number without a name (« cellule nationale »). Of the other names, the nearest
that can govern stands: right after the number with a preposition of place, before it in its sentence,
before it in its paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from ..french.fold import fold
from ..french.places import PlaceEntry
from ..grammar import Grammar
from ..grammar.compiled import regexp
from ..grammar.hints import hints_of, may_match
from ..grammar.patterns import alternatives, compile_pattern, fold_pattern, matchable
from ..grammar.schema_context import PlaceRule, PlaceUnit
from .identity import Identity
from .labels.phrases import is_verb

_LINK = r"(?: (?:de|du|des|en|sur|pour))?(?: (?:la|le|les))? ?(?:d'|l'|de l')?"
_OF_NAME = r"(?: (?:de|du|des))(?: (?:la|le|les))? ?(?:d'|l')?"
_PLACED = regexp(
    r"(?<![\w'])(?:en|dans|sur|au sein (?:de|du|des|d')|a|de|du|des|d'|pour)"
    r"(?: (?:la|le|les|l'|tout le|toute la))? ?(?:region |departement )?(?:de |du |d'|des )?(?:la |l')?$"
)
_AND = r" ?(?:,|et|ou|puis|/|-|–)? ?(?:de |du |d'|des |a )?(?:la |le |les |l'|au )?"
_TITLE = 60
_AROUND = 12
"""Characters of articles and « échelon » around the name in a title that is one."""
_LEADS_IN = regexp(
    r"\W*(?:(?:depuis|en|fin) (?:19|20)\d\d,? )?(?:en|dans|au sein de|sur|pour)(?: (?:la|le|les|l'))? ?"
    r"(?:region )?"
)
_OPENS_CLAUSE = regexp(r"(?:^\W*|[,.;:] )(?:l[ae]s? |l')?\Z")
_APPOSED = regexp(
    r"\W*(?:avec|forte? de|riche de|peuplee? de|etendue? sur) [^.;:()]*, (?:l[ae]s? |l')?(?:region )?"
)
"""« Avec 27 208 km² et 13 cantons, la Creuse … »: what opens the sentence is said of its subject."""
_PER_INHABITANTS = regexp(r" (?:pour|par) 10{1,2}(?: ?000){0,2} [a-z]+(?=[ ,])")
"""« 78 médecins pour 100 000 habitants dans le Doubs »: what a rate is told by places nothing."""
_OPENS_BRACKET = regexp(r"[(;] ?(?:(?:moyenne|en|la|le|les|l') ?)*$")
_OF_A_BRACKET = regexp(r"(?: entiere| metropolitaine)? ?: ?")
"""« (France : 34 %) »: the bracket says whose its number is."""
_BEFORE_BRACKET = regexp(r" \((?:pres de |environ |plus de |moins de )?")
"""« inférieur à celui de la Bretagne (4,1 %) »"""
_THAT_OF = regexp(r"\b(?:celui|celle|ceux|celles) (?:de |du |des |d')(?:la |l')?\Z")
_ITS_VALUE = regexp(r"(?: (?:est|etait|atteint|s'etablit))?(?: de| a)? (?:(?:pres|plus|moins) de |environ )?")
"""« celui de l'Ain est de 58 »"""
_THERE = regexp(r"(?:\b(?:a|en|dans (?:le|la|les)) |\bdans l')\Z")
_WITH = regexp(r",? avec (?:(?:pres|plus|moins) de |environ )?")
"""« 7 mois à Brest, ainsi qu'en Mayenne avec 6 mois »"""
_STOP = regexp(
    r"[;:]|\. |\b(?:principalement|notamment|surtout|en particulier|dont|(?:alors|tandis) qu|quand |contre |"
    r"cel(?:ui|les?) d|ceux d)"
)
_NUMBER_OR_BRACKET = regexp(r"\d|[(]")
_RANK = regexp(r"(?:premiere?|seconde?|[a-z-]+ieme|\d+ ?\^?\{?(?:ere?|e|eme)\}?)")
"""« le 3e de la région » is not the region's."""
_RANKED = regexp(r"\^?\{?(?:ere?|e|eme)\b")
_PRONOUN = regexp(
    r"\W*(?:il s'agit|elles?|ils?|celle-ci|celui-ci|"
    r"cet?t?e? (?:cellule|dispositif|systeme|outil|projet|echantillon|service|plateforme)|\d[\d ]* autres)\b"
)


class Place(NamedTuple):
    """An entity as the text names it and its territory in codes."""

    entity: str
    territory: str
    """ISO 3166-2: `FR-89`, `FR-BFC`, `FR`."""
    region_code: str
    """INSEE code of the region, empty for the whole country."""
    department_code: str
    """INSEE code of the department, empty for a region or the country."""


@dataclass(frozen=True, slots=True)
class Named:
    """A territory, or a unit with its territory, that a text names at ``start:end``."""

    start: int
    end: int
    entry: PlaceEntry
    unit: str
    """Short form of the unit (`ELSM`), empty for a bare territory."""
    ignored: bool
    """A rule says that it owns no number."""


class PlaceRules:
    """Finds whose figures are, with the rules of a grammar, for the report of `identity`."""

    def __init__(self, grammar: Grammar, identity: Identity):
        self.own = Place(
            identity.organisation, identity.territory, identity.region_code, identity.department_code
        )
        self._gazetteer = grammar.gazetteer
        units = grammar.entries(PlaceUnit)
        named = {unit.id: fold_pattern(alternatives(unit.patterns)) for unit in units}
        self._units = [(unit, compile_pattern(rf"(?<![\w-])(?:{named[unit.id]}){_LINK}$")) for unit in units]
        titles = alternatives(fold_pattern(title) for unit in units for title in unit.titles)
        self._titled = compile_pattern(rf"(?:l[ae] |les |l')?(?:{titles}){_OF_NAME}(?=[\w' -]+$)")
        short_forms = "|".join(regex.escape(fold(name)) for name in named)
        self._and = compile_pattern(rf"{_AND}(?:(?:{short_forms}) )?$")
        self._and_the_unit = compile_pattern(rf", (?:l[ae] |l')(?:\w+ )?(?:{alternatives(named.values())})")
        self._ignore = [_Rule(rule) for rule in grammar.entries(PlaceRule) if rule.does == "ignore"]
        self._set = [_Rule(rule) for rule in grammar.entries(PlaceRule) if rule.does == "set"]
        self._seen: dict[str, tuple[Named, ...]] = {}

    # Names ----------------------------------------------------------------------------------------
    def names(self, text: str) -> tuple[Named, ...]:
        """The territories and units that a text names, in order."""
        if text not in self._seen:
            if len(self._seen) > 2048:
                self._seen.clear()
            self._seen[text] = tuple(self._scan(text))
        return self._seen[text]

    def _scan(self, text: str) -> Iterable[Named]:
        folded = matchable(text)
        last: Named | None = None
        for mention in self._gazetteer.scan(text):
            start, unit, speaks = self._unit_before(folded, mention.start)
            joined = last is not None and self._joined(folded, last.end, mention.start)
            ignored = (
                not speaks
                or any(rule.around(folded, start, mention.end) for rule in self._ignore)
                or (joined and last is not None and last.ignored)
            )
            if joined and last is not None and not unit:
                unit = last.unit
            last = Named(start, mention.end, mention.entry, unit, ignored)
            yield last

    def _unit_before(self, folded: str, at: int) -> tuple[int, str, bool]:
        low = max(0, at - 90)
        best: tuple[int, str, bool] = (at, "", True)
        for unit, pattern in self._units:
            match = pattern.search(folded, low, at)
            if match and match.start() < best[0]:
                best = (match.start(), unit.id, unit.speaks)
        return best

    # What governs ---------------------------------------------------------------------------------
    def of_number(self, sentence: str, start: int, end: int) -> Place | None:
        """The place that a sentence gives the number at ``start:end``, `None` where it gives none."""
        folded = matchable(sentence)
        names = self.names(sentence)
        abroad = self._abroad(names)
        ranked = _RANK.fullmatch(folded, start, end) is not None or _RANKED.match(folded, end) is not None
        for rule in self._set:
            if rule.rule.after and not ranked and rule.places(folded, start, end, abroad):
                return self._given(rule.rule)
        behind = next((n for n in names if _is_before(folded, n, start)), None)
        if behind is not None and not behind.ignored:
            return self._place(self._with_joined(folded, names, behind))
        beside = next((n for n in names if _OF_A_BRACKET.fullmatch(folded, n.end, start)), None)
        if beside is not None and _OPENS_BRACKET.search(folded, 0, beside.start):
            return self._place(self._with_joined(folded, names, beside))
        after = next((n for n in names if n.start >= end), None)
        if after is not None and not ranked and not after.ignored and self._attached(folded, end, after):
            return self._place(self._with_joined(folded, names, after))
        before = [
            n for n in names if n.end <= start and not n.ignored and not _in_parentheses(folded, n, start)
        ]
        for name in reversed(before):
            if self._owns(name) or self._placed_at_start(folded, name) or self._is_subject(folded, name):
                return self._place(self._with_joined(folded, names, name))
        said = next((r for r in self._set if not r.rule.after and r.places(folded, start, end, False)), None)
        return self._given(said.rule) if said else None

    def of_sentences_before(self, sentences: Sequence[str], own: str) -> Place | None:
        """The place that earlier sentences of the paragraph (nearest last) hand on to sentence `own`."""
        pronoun = self.points_back(own)
        for sentence in reversed(sentences):
            folded = matchable(sentence)
            for rule in self._set:
                holds = rule.rule.carries == "paragraph" or (rule.rule.carries == "pronoun" and pronoun)
                if holds and rule.rule.sentence and rule.places(folded, len(folded), len(folded), False):
                    return self._given(rule.rule)
            names = self.names(sentence)
            said = [name for name in names if not name.ignored]
            several = len({name.entry.code for name in said}) > 1
            for name in reversed(said):
                at_start = self._placed_at_start(folded, name)
                passing = (several or not name.unit) and name.entry.code != self.own.territory
                if passing and not at_start and not self._is_subject(folded, name):
                    continue  # « des travaux à Brest », « deux antennes, à Quimper et à Rennes »
                if self._owns(name) or at_start:
                    joined = self._with_joined(folded, names, name)
                    if (
                        len({n.entry.code for n in joined}) == 1
                    ):  # a list of places is what the sentence is about
                        return self._place(joined)
            pronoun = pronoun and self.points_back(sentence)
        return None

    @staticmethod
    def points_back(sentence: str) -> bool:
        """Does a sentence speak on of what was said before (« Il s'agit … », « 45 autres … »)?"""
        return _PRONOUN.match(matchable(sentence)) is not None

    def of_title(self, title: str) -> Place | None:
        """The place that a heading, a caption or a header names: the smallest of the report's own."""
        names = [n for n in self.names(title) if not n.ignored and self._is_ours(n)]
        if not names:
            return None
        departments = [n for n in names if n.entry.level == "department"]
        return self._place(departments or names[:1])

    def of_unknown(self, title: str) -> Place | None:
        """The place of a title that gives one of our units a name that is no territory's: « ELSM DE CÔTE ».

        So OCR leaves a name of which it misread a part: it is not known whose the figures below are.
        """
        match = self._titled.match(matchable(title))
        if match is None or not title[match.end()].isupper() or self.names(title):
            return None
        return self.own._replace(entity=title, territory="", department_code="")

    def inside(self, text: str) -> list[Named]:
        """The names of a text that are smaller than the report's own territory and may govern."""
        larger = {self.own.territory, "FR"}
        return [
            name
            for name in self.names(text)
            if not name.ignored and self._is_ours(name) and name.entry.code not in larger
        ]

    def is_name(self, title: str) -> bool:
        """Is a title one name with at most an article around it (« Moselle », « L'échelon de l'Ain »)?"""
        names = self.names(title) if len(title) < _TITLE else ()
        return len(names) == 1 and len(title) - (names[0].end - names[0].start) <= _AROUND

    def place(self, name: Named) -> Place:
        """The place of one name."""
        return self._place([name])

    def _owns(self, name: Named) -> bool:
        """Can a name before the number own it? « en France » does so only at the sentence's start."""
        return self._is_ours(name) and (name.entry.level != "country" or self.own.territory == "FR")

    def _is_ours(self, name: Named) -> bool:
        """Does a name lie in the report's own territory, or is it the whole country's?"""
        entry, own = name.entry, self.own
        if entry.level == "country" or not own.territory or own.territory == "FR":
            return True
        if own.department_code:
            return entry.department_code == own.department_code or entry.code == own.territory
        return entry.region_code == own.region_code

    def is_elsewhere(self, place: Place) -> bool:
        """Does a place lie outside the report's own territory? The country as a whole does not."""
        own = self.own
        if not own.region_code or not place.region_code or place.territory == own.territory:
            return False
        other = own.department_code and place.department_code not in ("", own.department_code)
        return bool(other) or place.region_code != own.region_code

    def _abroad(self, names: Sequence[Named]) -> bool:
        return bool(names) and not any(self._is_ours(name) for name in names)

    def _attached(self, folded: str, end: int, name: Named) -> bool:
        """Does a name after the number place it (« 8 projets dans le Doubs »)?"""
        between = _PER_INHABITANTS.sub("", folded[end : name.start])
        if _APPOSED.fullmatch(folded, 0, name.start):
            return True
        if _STOP.search(between) or _NUMBER_OR_BRACKET.search(between):
            return False
        if not between.strip() and name.unit:
            return True  # « les 3 échelons de Besançon … »
        if not _PLACED.search(between):
            return False
        if name.entry.level == "country" and not between.endswith(" en "):
            return False  # « 5,1 % de la population de la France » is not France's
        return self._is_ours(name) or len(between) <= 40

    @staticmethod
    def _placed_at_start(folded: str, name: Named) -> bool:
        """Does a sentence start with a place (« En Occitanie, l'Assurance Maladie … »)?"""
        return _LEADS_IN.fullmatch(folded[: name.start]) is not None

    @staticmethod
    def _is_subject(folded: str, name: Named) -> bool:
        """Is a place the subject of a clause (« …, la CPAM de la Vienne a détecté »)?

        A platform works for others than those where it stands.
        """
        if folded.startswith("plateforme", name.start):
            return False
        return _OPENS_CLAUSE.search(folded, 0, name.start) is not None and is_verb(folded, name.end + 1)

    def _with_joined(self, folded: str, names: Sequence[Named], name: Named) -> list[Named]:
        """The name with those coordinated with it (« les ELSM de Besançon, Vesoul et Belfort »)."""
        index = names.index(name)
        low = high = index
        while low > 0 and self._joined(folded, names[low - 1].end, names[low].start):
            low -= 1
        while high + 1 < len(names) and self._joined(folded, names[high].end, names[high + 1].start):
            high += 1
        return list(names[low : high + 1])

    def _joined(self, folded: str, end: int, start: int) -> bool:
        """Are the names that end and start there coordinated (« Besançon, Vesoul et Belfort »)?

        « Situé à 110 km de Toulouse, l'échelon du Lot » is no list of places.
        """
        return bool(self._and.fullmatch(folded, end, start) and not self._and_the_unit.match(folded, end))

    # Places ---------------------------------------------------------------------------------------
    def _place(self, names: Sequence[Named]) -> Place:
        """One place for coordinated names: theirs if they share it, else the smallest that covers them."""
        entries = {name.entry.code: name.entry for name in names}
        unit = names[0].unit
        entity = " et ".join(dict.fromkeys(name.entry.name for name in names))
        if len(entries) > 1:
            entry = self._covering(list(entries.values()))
            return self.own if entry is None else _place(entry, unit, entity)
        entry = names[0].entry
        if entry.code == self.own.territory:
            return self.own if unit else self.own._replace(entity=_titled(entry, "", entry.name))
        return _place(entry, unit, entity)

    def _covering(self, entries: list[PlaceEntry]) -> PlaceEntry | None:
        codes = {entry.code for entry in entries}
        areas = [e for e in self._gazetteer.entries if e.level == "area" and codes <= set(e.covers)]
        if areas:
            return min(areas, key=lambda area: len(area.covers))
        regions = {entry.region_code for entry in entries}
        if len(regions) == 1:
            return next(
                (e for e in self._gazetteer.entries if e.level == "region" and e.region_code in regions), None
            )
        return None

    def _given(self, rule: PlaceRule) -> Place:
        if rule.level == "country":
            return Place(rule.entity or "France", "FR", "", "")
        if rule.level == "region" and self.own.region_code:
            entry = next(
                (
                    e
                    for e in self._gazetteer.entries
                    if e.level == "region" and e.region_code == self.own.region_code
                ),
                None,
            )
            if entry is not None and entry.code != self.own.territory:
                return _place(entry, "", entry.name)
        return self.own._replace(entity=rule.entity or self.own.entity)


class _Rule:
    """A compiled place rule."""

    def __init__(self, rule: PlaceRule):
        self.rule = rule
        self._before = _compiled(rule.before, backwards=True)
        self._after = _compiled(rule.after)
        self._sentence = _compiled(rule.sentence)
        self._needs = hints_of(self._sentence.pattern).needs if self._sentence else ()

    def around(self, folded: str, start: int, end: int) -> bool:
        """Does the rule hold for the name at ``start:end``?"""
        if self._before and not self._before.match(folded, max(0, start - 120), start):
            return False
        return not self._after or self._after.match(folded, end) is not None

    def places(self, folded: str, start: int, end: int, abroad: bool) -> bool:
        """Does the rule place the number at ``start:end``?"""
        if self.rule.abroad and not abroad:
            return False
        if self._sentence and not (
            may_match(self._needs, folded) and self._sentence.search(folded, 0, start)
        ):
            return False
        return self.around(folded, start, end)


def _compiled(patterns: Sequence[str], backwards: bool = False) -> regex.Pattern[str] | None:
    return (
        compile_pattern(alternatives(map(fold_pattern, patterns)), backwards=backwards) if patterns else None
    )


def _is_before(folded: str, name: Named, at: int) -> bool:
    """Does the name own the number at `at` for standing right before it?"""
    if _BEFORE_BRACKET.fullmatch(folded, name.end, at):
        return True
    ways = ((_THAT_OF, _ITS_VALUE), (_THERE, _WITH))
    return any(
        value.fullmatch(folded, name.end, at) and of.search(folded, max(0, name.start - 20), name.start)
        for of, value in ways
    )


def _in_parentheses(folded: str, name: Named, at: int) -> bool:
    """Is a name in parentheses that close before `at`?"""
    opened = folded.rfind("(", 0, name.start)
    return opened >= 0 and ")" not in folded[opened : name.start] and ")" in folded[name.end : at]


def _place(entry: PlaceEntry, unit: str, names: str) -> Place:
    return Place(_titled(entry, unit, names), entry.code, entry.region_code, entry.department_code)


def _titled(entry: PlaceEntry, unit: str, names: str) -> str:
    """The entity: « ELSM Côte-d'Or », « région Bretagne », « Doubs », « France »."""
    if unit and entry.level != "country":
        return f"{unit} {names}"
    return f"région {names}" if entry.level == "region" else names
