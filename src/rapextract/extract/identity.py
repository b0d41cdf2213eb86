"""Whose report it is, of which territory and year, from its own words.

Every mention of an organisation or year is a piece of evidence, worth more in a title, in a heading, at
the top or in the imprint at the end, less inside a quotation. The most evidence wins; where another
comes near, the doubt is said. The file's name is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..french.fold import fold
from ..french.places import Gazetteer, PlaceEntry
from ..grammar import Grammar
from ..grammar.line_search import line_search
from ..grammar.patterns import matchable
from ..grammar.vocabulary import OrganisationEntry
from ..model import Block, BlockKind, Document, Heading
from ..model.base import Frozen
from .mentions import EDGE, Mentions, OnCover, named_in, on_cover

_MENTIONS = 12.0
"""What mentions in running text can add up to, so that length does not outweigh a title."""
_TITLE_WORTH = 5.0
"""What standing in the title that the file declares adds to a mention."""
_NEAR = 0.6
"""A second with this share of the best evidence leaves the answer in doubt."""
_PARTS = 3
"""Headings of so many parts make a report the whole's."""
_WEAK = 2.0
"""Evidence below this leaves it in doubt too: two mentions in running text."""


class Identity(Frozen):
    """What a report says of itself. Empty strings where it says nothing.

    `organisation_kind` is an id of ``grammars/organisations.yaml``, `territory` an ISO 3166-2 code,
    `region_code` and `department_code` are INSEE codes. `evidence` quotes the words that decided,
    `doubt` says in plain words what is unsure.
    """

    title: str = ""
    organisation: str = ""
    organisation_kind: str = ""
    territory: str = ""
    region_code: str = ""
    department_code: str = ""
    year: str = ""
    evidence: str = ""
    doubt: str = ""


@dataclass
class _Claim:
    """All evidence for one organisation or one year."""

    name: str
    kind: str = ""
    place: PlaceEntry | None = None
    strong: float = 0.0
    running: float = 0.0
    headed: bool = False
    """A heading names it."""
    quotes: list[tuple[float, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        """What the evidence adds up to."""
        return self.strong + min(self.running, _MENTIONS)

    def add(self, weight: float, place_weight: float, quote: str) -> None:
        """Take one mention into account; `place_weight` is what its place adds."""
        self.running += weight
        self.strong += weight * place_weight
        self.quotes.append((weight * (1 + place_weight), " ".join(quote.split())))

    def evidence(self) -> str:
        """The words that count most, each once."""
        best = sorted(self.quotes, key=lambda quote: -quote[0])
        words = list(dict.fromkeys(quote for _, quote in best))[:2]
        return " ".join(f"« {quote} »" for quote in words)


def identify(document: Document, grammar: Grammar, headings: Sequence[Heading]) -> Identity:
    """Tell organisation, territory and year of a report, and its title."""
    evidence = _Places(document, headings)
    said = Mentions(document, grammar)
    claims = _organisations(document, said, evidence)
    covers = on_cover(document, said.gazetteer)
    _add_short_forms(document, claims, covers, evidence)
    years = _years(document, said, evidence)
    who, who_doubt = _of_the_whole(claims, said) or _decide(claims, "whose report it is")
    when, when_doubt = _decide(years, "the year")
    place, place_doubt = (who.place if who is not None else None), ""
    if who is not None and place is None:
        place, place_doubt = said.main_department()
    elif who is None and len({mention.place.id for mention in covers}) == 1:
        place = covers[0].place
    return Identity(
        title=_title(document, headings),
        organisation=who.name if who else "",
        organisation_kind=who.kind if who else "",
        territory=place.code if place else "",
        region_code=place.region_code if place else "",
        department_code=place.department_code if place else "",
        year=when.name if when else "",
        evidence=" ".join(claim.evidence() for claim in (who, when) if claim),
        doubt=" ".join(filter(None, (who_doubt, place_doubt, when_doubt))),
    )


# Where a mention stands ---------------------------------------------------------------------------
class _Places:
    """What the place of a mention is worth, and whether it is inside a quotation."""

    def __init__(self, document: Document, headings: Sequence[Heading]):
        self._document = document
        self._levels = {heading.start: heading.level for heading in headings}
        self._length = len(document.text)

    def worth(self, start: int) -> tuple[float, float]:
        """Weight of a mention itself, and what its place adds, as multiples of a plain mention."""
        block = self._document.block_at(start)
        weight = 0.3 if block is not None and self._is_quote(block) else 1.0
        place = 0.0
        if start < EDGE:
            place += 4.0
        elif start > self._length - EDGE:
            place += 2.0
        if block is not None and block.kind is BlockKind.HEADING:
            level = self._levels.get(block.start, 6)
            place += 5.0 if level == 1 else 1.5 if level == 2 else 0.5
        return weight, place

    def in_heading(self, start: int) -> bool:
        """Does a mention stand in a heading?"""
        block = self._document.block_at(start)
        return block is not None and block.kind is BlockKind.HEADING

    def _is_quote(self, block: Block) -> bool:
        text = self._document.text[block.start : block.end]
        return text[:1] in ("«", "“", '"') and len(text) > 60


# Organisations ------------------------------------------------------------------------------------
def _organisations(document: Document, said: Mentions, evidence: _Places) -> list[_Claim]:
    claims: dict[tuple[str, str], _Claim] = {}
    for kind, named in zip(said.kinds, said.named, strict=True):
        for start, end, name, place in named:
            claim = claims.setdefault((kind.id, fold(name)), _Claim(_labelled(kind, name), kind.id, place))
            claim.place = claim.place or place
            weight, worth = evidence.worth(start)
            if kind.level == "country" and not worth:
                continue  # every report speaks of the national fund
            claim.headed |= evidence.in_heading(start)
            claim.add(weight * kind.weight, worth, document.text[start:end])
    title = document.title or ""
    if title:
        _add_title(claims, said.kinds, title, said.gazetteer)
    _add_parts(claims, {kind.id: kind.part_of for kind in said.kinds if kind.part_of})
    return _merged(claims, {kind.id for kind in said.kinds if kind.generic})


def _add_parts(claims: dict[tuple[str, str], _Claim], wholes: dict[str, str]) -> None:
    """Let the parts of an organisation speak for it, half as much as for themselves."""
    for (kind, _), claim in claims.items():
        if kind not in wholes or claim.place is None:
            continue
        for (other, _), whole in claims.items():
            region = whole.place.region_code if whole.place else ""
            if other == wholes[kind] and region and region == claim.place.region_code:
                whole.running += claim.running / 2
                whole.parts.append(claim.name)


def _add_short_forms(
    document: Document, claims: list[_Claim], covers: Sequence[OnCover], evidence: _Places
) -> None:
    """Let the cover name an organisation of a kind that no grammar knows: « ORS Bretagne »."""
    known = {fold(claim.name) for claim in claims}
    made: dict[str, _Claim] = {}
    for start, end, short, place in covers:
        name = f"{short} {place.name}"
        if not short or fold(name) in known:
            continue
        quote = document.text[start:end]
        claim = made.setdefault(name, _Claim(name, place=place, running=document.text.count(quote) - 1.0))
        claim.add(*evidence.worth(start), quote)
    claims += made.values()


def _add_title(
    claims: dict[tuple[str, str], _Claim],
    kinds: Iterable[OrganisationEntry],
    title: str,
    gazetteer: Gazetteer,
) -> None:
    mentions = gazetteer.scan(title)
    for kind in kinds:
        for start, end, name, place in named_in(title, matchable(title), kind, mentions, gazetteer):
            claim = claims.setdefault((kind.id, fold(name)), _Claim(_labelled(kind, name), kind.id, place))
            claim.add(kind.weight, _TITLE_WORTH, title[start:end])


def _merged(claims: dict[tuple[str, str], _Claim], generic: set[str]) -> list[_Claim]:
    """Claims without those of a generic kind whose name another kind has: they count for it."""
    out = {key: claim for key, claim in claims.items() if key[0] not in generic}
    for (kind, name), claim in claims.items():
        if kind not in generic:
            continue
        twin = next((other for (_, named), other in out.items() if named == name), None)
        if twin is None:
            out[kind, name] = claim
        else:
            twin.strong += claim.strong
            twin.running += claim.running
    for key, claim in list(out.items()):
        # « Service médical Bourgogne- » on a line of its own is a part of the region's name.
        if claim.place is None or claim.place.level != "area":
            continue
        for (kind, _), other in list(out.items()):
            if kind == claim.kind and other.place is not None and other.place.id == claim.place.code:
                other.strong += claim.strong
                other.running += claim.running
                del out[key]
                break
    return list(out.values())


def _labelled(kind: OrganisationEntry, name: str) -> str:
    label = (kind.label or "{territory}").format(territory=name, name=name, words=name)
    return re.sub(r"\bde (?=[AEIOUYÀÂÉÈÊËÎÏÔÛH](?!auts?\b))", "d'", label)


# Years --------------------------------------------------------------------------------------------
def _years(document: Document, said: Mentions, evidence: _Places) -> list[_Claim]:
    claims: dict[str, _Claim] = {}
    for cue, dated in zip(said.cues, said.dated, strict=True):
        for start, end, year, at in dated:
            if cue.top and at >= EDGE:
                continue
            weight, worth = evidence.worth(at)
            claim = claims.setdefault(year, _Claim(year))
            # Only the wordings of a title gain by standing where titles stand.
            claim.add(weight * cue.weight, worth if cue.weight > 2 else 0.0, document.text[start:end])
    title = document.title or ""
    folded, taken = matchable(title), set[int]()
    for cue in said.cues:
        for match in line_search(cue.patterns, whole_words=True).finditer(folded):
            if not cue.top and match.start("year") not in taken:
                taken.add(match.start("year"))
                claim = claims.setdefault(match["year"], _Claim(match["year"]))
                claim.add(cue.weight, _TITLE_WORTH, title[match.start() : match.end()])
    return list(claims.values())


# Deciding -----------------------------------------------------------------------------------------
def _decide(claims: Sequence[_Claim], what: str) -> tuple[_Claim | None, str]:
    """The claim with the most evidence, and what leaves it in doubt.

    Of two years with as much evidence the later stands: a report looks back more than ahead.
    """
    ranked = sorted(claims, key=lambda claim: claim.name, reverse=what == "the year")
    ranked.sort(key=lambda claim: -claim.score)
    if not ranked or not ranked[0].score:
        return None, f"Nothing in the report tells {what}."
    best = ranked[0]
    if best.score < _WEAK:
        return best, f"Little in the report tells {what}: only {best.evidence()}."
    others = [claim for claim in ranked[1:] if claim.name not in best.parts]
    if others and others[0].score >= _NEAR * best.score:
        return best, f"For {what}, {others[0].name} is nearly as likely: {others[0].evidence()}."
    return best, ""


def _of_the_whole(claims: Sequence[_Claim], said: Mentions) -> tuple[_Claim, str] | None:
    """The whole of a report that tells of its parts one by one, and the doubt that this leaves.

    Headings of three offices or more, one of which has the most evidence, are a directorate's report:
    an office's own tells of no others at such length. A directorate that the report doesn't name is told by
    the region that its offices share.
    """
    best = max(claims, key=lambda claim: claim.score, default=None)
    wholes = {kind.id: whole for kind in said.kinds for whole in said.kinds if whole.id == kind.part_of}
    whole = wholes.get(best.kind) if best is not None else None
    if best is None or whole is None:
        return None
    parts = [claim for claim in claims if claim.kind == best.kind and claim.headed]
    places = {claim.place.id: claim.place.region_code for claim in parts if claim.place is not None}
    regions = set(places.values())
    if len(places) < _PARTS or len(regions) > 1:
        return None
    named = (c for c in claims if c.kind == whole.id and c.place and c.place.region_code in regions)
    if found := max(named, key=lambda claim: claim.score, default=None):
        return found, ""
    entries = (entry for entry in said.gazetteer.entries if entry.level == "region")
    place = next((entry for entry in entries if entry.region_code in regions), None)
    if place is None:
        return None
    quotes = [quote for claim in parts for quote in claim.quotes]
    claim = _Claim(_labelled(whole, place.name), whole.id, place, quotes=quotes)
    return claim, f"Nothing in the report names {claim.name}: its headings name {len(places)} parts of it."


def _title(document: Document, headings: Sequence[Heading]) -> str:
    """The highest heading near the top, else what the file declares, else its first line."""
    top = [heading for heading in headings if heading.start < 3 * EDGE]
    if top:
        return min(top, key=lambda heading: (heading.level, heading.start)).title
    if document.title:
        return " ".join(document.title.split())
    first = next((block for block in document.blocks if block.kind is not BlockKind.FURNITURE), None)
    if first is None:
        return ""
    words = " ".join(document.text[first.start : first.end].split())
    return words if len(words) <= 120 else words[:119] + "…"
