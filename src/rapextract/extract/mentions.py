"""What a report names: organisations and their territory, years in wordings of a title, places on a cover.

Who of them the report is of is decided in `identity`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..french.fold import fold
from ..french.paragraphs import paragraph_runs
from ..french.places import Gazetteer, PlaceEntry, PlaceMention
from ..grammar import Grammar
from ..grammar.line_search import line_search
from ..grammar.patterns import matchable
from ..grammar.vocabulary import OrganisationEntry, YearCue
from ..model import BlockKind, Document

EDGE = 700
"""Characters at the start (cover, title) and at the end (imprint) where a report says whose it is."""
_RUN = 150_000
"""Characters that are looked through at once: of a long report no folded copy is made."""
_AHEAD = 500
"""Characters after them in which the name of an organisation may go on."""
_COVER_LINE = 100
"""Characters of the longest line of a cover that names whose report it is."""

_CALL = 60
"""Characters before the name of a department that may call it one."""
_TWICE = 2
"""Times that a department is named which is called none: once a river, or a word that OCR misread, may be."""

_CALLED = re.compile(
    r"\b(?:departement|prefecture|prefete?|conseil (?:departemental|general))[\s:]*(?:d[eu]s? )?(?:la |l')?$"
    r"|\ben $"
)
_SHORT_FORM = re.compile(r"(?<![\w'’-])[A-Z]{3,}[\w'’-]*(?= )")
_BRACKETS = re.compile(r" ?\((?P<said>[^()]{2,30})\)")
_BETWEEN = re.compile(
    r"[\s:,'\"()–—-]*(?:(?:de la|de l'|du|des|de|d'|en|la|le|les|region|regional|departement)[\s'\"]*)*"
    r"[(–—-]?\s*"
)
_NAME = re.compile(
    r"(?:(?:La|Le|Les|LA|LE|LES)\s|[LD]['’])?[A-ZÀ-ÖØ-Þ][\w'’\-]*"
    r"(?:[ \-](?:(?:de|du|des|la|le|les|lès|en|sur|sous|et|aux?|DE|DU|DES|LA|LE|LES|EN|SUR)[ \-]|[dlDL]['’])*"
    r"[A-ZÀ-ÖØ-Þ][\w'’\-]*)*"
)


class Named(NamedTuple):
    """An organisation named at ``start:end``, where its territory or name is given."""

    start: int
    end: int
    name: str
    place: PlaceEntry | None


class Dated(NamedTuple):
    """A year in a wording at ``start:end``; `at` is the place of the year."""

    start: int
    end: int
    year: str
    at: int


class Mentions:
    """The organisations and years that a text names, looked for in one run of it after the other."""

    def __init__(self, document: Document, grammar: Grammar):
        self.gazetteer = grammar.gazetteer
        self.kinds = tuple(grammar.entries(OrganisationEntry))
        self.cues = sorted(grammar.entries(YearCue), key=lambda cue: -cue.weight)
        self.named: list[list[Named]] = [[] for _ in self.kinds]
        """What each of `kinds` names."""
        self.dated: list[list[Dated]] = [[] for _ in self.cues]
        """The years in the wordings of each of `cues`, the best first; each place once."""
        self._taken: set[int] = set()
        self._departments: Counter[str] = Counter()
        """Departments by their ids: how often each is named…"""
        self._called: set[str] = set()
        """… and which are called so, « département de la Creuse », « en Creuse »: most are rivers as well."""
        for start, end in paragraph_runs(document.text, _RUN):
            self._look(document.text[start : end + _AHEAD], start, end)

    def _look(self, text: str, start: int, end: int) -> None:
        """Look through a `text` that begins at `start`; what begins at `end` or later comes again."""
        folded = matchable(text)
        mentions = self.gazetteer.scan(text)
        for mention in mentions:
            if mention.entry.level == "department" and mention.how == "name" and start + mention.start < end:
                self._departments[mention.entry.id] += 1
                if _CALLED.search(folded, max(0, mention.start - _CALL), mention.start):
                    self._called.add(mention.entry.id)
        for kind, named in zip(self.kinds, self.named, strict=True):
            for one in named_in(text, folded, kind, mentions, self.gazetteer):
                if start + one.start < end:
                    named.append(one._replace(start=start + one.start, end=start + one.end))
        for cue, dated in zip(self.cues, self.dated, strict=True):
            for match in line_search(cue.patterns, whole_words=True).finditer(folded):
                at = start + match.start("year")
                if start + match.start() < end and at not in self._taken:
                    self._taken.add(at)
                    dated.append(Dated(start + match.start(), start + match.end(), match["year"], at))

    def main_department(self) -> tuple[PlaceEntry | None, str]:
        """The department of a report of a commune, and the doubt that this leaves.

        It is the only one that the report calls a department. Where there is none, it is the only one named
        at all, twice at least.
        """
        named = {place for place, count in self._departments.items() if count >= _TWICE}
        likely = self._called or (named if len(self._departments) == 1 else set())
        place = self.gazetteer.by_id[next(iter(likely))] if len(likely) == 1 else None
        if place is None or self._called:
            return place, ""
        return place, f"Nothing in the report calls {place.name} its department: it is the only one named."


def named_in(
    text: str,
    folded: str,
    kind: OrganisationEntry,
    mentions: Sequence[PlaceMention],
    gazetteer: Gazetteer,
) -> Iterator[Named]:
    """Organisations of a kind that a text names."""
    for match in line_search(kind.patterns, whole_words=True).finditer(folded):
        if kind.level == "commune":
            # « Syndicat intercommunal des eaux de Clairval »: the name may come after other words.
            whole = "{words}" in kind.label
            find = _NAME.search if whole else _NAME.match
            name = find(text, match.start("name"), match.end("name"))
            if name is not None and len(name[0]) > 2:
                words = _cased(text[match.start() : name.end()] if whole else name[0])
                place = _in_brackets(folded, name.end(), gazetteer)
                yield Named(match.start(), name.end(), words[0].upper() + words[1:], place)
        elif kind.level == "country":
            yield Named(match.start(), match.end(), kind.short, gazetteer.by_id.get("FR"))
        else:
            mention = _following(folded, match.end(), mentions)
            place = _at_level(mention, kind.level, gazetteer) if mention else None
            if mention is not None and place is not None:
                printed = " ".join(text[mention.start : mention.end].split())
                said = printed if mention.how == "town" else place.name
                yield Named(match.start(), mention.end, said, place)


def _in_brackets(folded: str, end: int, gazetteer: Gazetteer) -> PlaceEntry | None:
    """The department in brackets behind a name: « Clairval (Eure) », « Clairval (27) »."""
    match = _BRACKETS.match(folded, end)
    departments = (entry for entry in gazetteer.entries if match and entry.level == "department")
    said = match["said"] if match else ""
    return next((e for e in departments if said in (fold(e.name), fold(e.department_code))), None)


def _following(folded: str, end: int, mentions: Sequence[PlaceMention]) -> PlaceMention | None:
    for mention in mentions:
        if end <= mention.start <= end + 30:
            return mention if _BETWEEN.fullmatch(folded, end, mention.start) else None
        if mention.start > end:
            break
    return None


def _at_level(mention: PlaceMention, level: str, gazetteer: Gazetteer) -> PlaceEntry | None:
    """The territory of the mention, if an organisation of this level can have it."""
    entry = mention.entry
    if entry.level == level:
        return entry
    if entry.level == "area" and level == "region":
        region = gazetteer.by_id.get(entry.code)
        return entry if region is not None and region.level == "region" else None
    return None


def _cased(name: str) -> str:
    """A name printed in capitals as it is written in a sentence: « LA CORNE EN VEXIN »."""
    if not name.isupper():
        return " ".join(name.split())
    little = {"de", "du", "des", "la", "le", "les", "en", "sur", "sous", "et", "au", "aux"}
    words = [word.capitalize() for word in re.split(r"([\s\-'’]+)", name)]
    out = [word.lower() if index and word.lower() in little else word for index, word in enumerate(words)]
    return "".join(out)


class OnCover(NamedTuple):
    """A region or department that a line of the cover names at ``start:end``, `short` the form before it."""

    start: int
    end: int
    short: str
    place: PlaceEntry


def on_cover(document: Document, gazetteer: Gazetteer) -> list[OnCover]:
    """The regions and departments that the lines at the top of a report name."""
    return [found for start, line in _cover_lines(document) for found in _on_line(start, line, gazetteer)]


def _cover_lines(document: Document) -> Iterator[tuple[int, str]]:
    """The short lines at the top of a report that are no table, list or furniture, with their offsets."""
    for block in document.blocks:
        if block.start >= EDGE:
            break
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            start = block.start
            for line in document.text[block.start : block.end].splitlines(keepends=True):
                if len(line) <= _COVER_LINE and not line.rstrip().endswith((".", ",", ";")):
                    yield start, line
                start += len(line)


def _on_line(start: int, line: str, gazetteer: Gazetteer) -> Iterator[OnCover]:
    """The regions and departments that a line names, with the short form in capitals right before."""
    folded = matchable(line)
    forms = [] if line.isupper() else list(_SHORT_FORM.finditer(line))
    for mention in gazetteer.scan(line):
        if mention.how != "name" or mention.entry.level not in ("region", "department"):
            continue
        before = (form for form in forms if form.end() <= mention.start)
        form = next((f for f in before if _BETWEEN.fullmatch(folded, f.end(), mention.start)), None)
        begin = form.start() if form else mention.start
        yield OnCover(start + begin, start + mention.end, form[0] if form else "", mention.entry)
