"""Territories named in a French text: by name, by a town that stands for one, by department number.

Method: a gazetteer indexes every name by its first word, folded; the scan looks each capitalised word
of the text up and takes the longest name that follows. « Côte d'Or », « CÔTE-D'OR » and a name broken over
a line end are one name. What must not be taken for a territory is refused by its surroundings: a name
that goes on (« Nord-Est »), a name that is also a common word without a cue before it (« Réunion »), streets,
persons (« Dr Laval »). A name in capitals of four letters or fewer is an acronym (« AURA »).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from .fold import fold, word_set
from .paragraphs import paragraph_runs

Level = Literal["country", "region", "department", "area"]


class Territory(Protocol):
    """What `place_entries` asks of an entry of `grammars/territories.yaml`."""

    @property
    def id(self) -> str:
        """ISO 3166-2 code, or a name of its own for an area."""
        ...

    @property
    def name(self) -> str:
        """French name."""
        ...

    @property
    def level(self) -> Level:
        """What it is."""
        ...

    @property
    def insee(self) -> str:
        """INSEE code of the region or department."""
        ...

    @property
    def parent(self) -> str:
        """Id of the territory it lies in, or that stands for an area."""
        ...

    @property
    def region(self) -> str:
        """INSEE code of the region, where it is not its parent's."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """Other names."""
        ...

    @property
    def towns(self) -> Sequence[str]:
        """Towns that stand for it."""
        ...

    @property
    def covers(self) -> Sequence[str]:
        """Ids of the departments of an area."""
        ...


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A territory with its codes.

    `code` is the ISO 3166-2 code that stands for it (of an area: of its region, or of the department of its
    seat); `covers` the codes of the departments of an area; `region_code` and `department_code` are INSEE
    codes, empty where they do not apply.
    """

    id: str
    code: str
    level: Level
    name: str
    region_code: str = ""
    department_code: str = ""
    names: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


def place_entries(territories: Iterable[Territory]) -> list[PlaceEntry]:
    """Entries of a gazetteer from those of the grammars, with the codes of their parents filled in.

    Raises `ValueError` for a parent that is not among them.
    """
    listed = list(territories)
    by_id = {territory.id: territory for territory in listed}
    entries = []
    for territory in listed:
        code, region, department = territory.id, territory.region, ""
        holder: Territory | None = territory
        if territory.level == "area":
            code = territory.parent
        while holder is not None:
            if holder.level == "region" and not region:
                region = holder.insee
            if holder.level == "department" and not department:
                department = holder.insee
                region = region or holder.region
            if holder.parent and holder.parent not in by_id:
                raise ValueError(f"Territory {holder.id!r} lies in {holder.parent!r}, which no entry has.")
            holder = by_id[holder.parent] if holder.parent else None
        entries.append(
            PlaceEntry(
                id=territory.id,
                code=code,
                level=territory.level,
                name=territory.name,
                region_code=region,
                department_code=department,
                names=tuple(territory.names),
                towns=tuple(territory.towns),
                covers=tuple(territory.covers),
            )
        )
    return entries


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A territory named at ``start:end``; `how`: by its ``name``, a ``town`` in it, or its ``number``."""

    start: int
    end: int
    entry: PlaceEntry
    how: Literal["name", "town", "number"] = "name"


_WORD = re.compile(r"[a-z0-9]+")
_GOES_ON = re.compile(r"-[^\W\d_]")
_NAME_GOES_ON = re.compile(r" [A-ZÀ-ÖØ-Þ][\w'’]*-[A-ZÀ-ÖØ-Þ]")
_WENT_ON = re.compile(r"[^\W_]-\Z")
_GAP = re.compile(r"[ '-]{0,2}\n?[ '-]{0,2}|[.:]-|-[.:]")
"""Between the words of a name; OCR sees dots beside hyphens."""
_LITTLE = word_set("de la du des d l le les en sur et sous au aux")
_ARTICLES = ("le", "la", "les", "l")
_SAINTS = {"st": "saint", "ste": "sainte"}
_CUES = _LITTLE | word_set("dans a ou pour par")
_NUMBER = (
    r"(?P<number>0[1-9]|1\d|2[1-9ab]|[3-8]\d|9[0-5]|97[12346])(?!\w|[.,]\d| ?%| \d{3})"
    r"(?! (?!mais|sans|dans|sous|vers|puis|apres|depuis|toujours|ainsi|alors|tous)[^\W\d_]{3,}s\b)"
)
"""An INSEE number of a department, no count of something."""


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    entry: PlaceEntry
    how: Literal["name", "town"]
    article: str
    acronym: bool


class _Text:
    """A run of a text cut into folded words; `folded` is the whole text folded."""

    def __init__(self, text: str, folded: str, start: int, end: int):
        self.text = text
        self.folded = folded
        self._run = (start, end)
        self._printed: list[str] = _WORD.findall(folded, start, end)

    def has_one_of(self, words: frozenset[str]) -> bool:
        """Whether one of `words` is among those that are printed."""
        return not words.isdisjoint(self._printed)

    @cached_property
    def words(self) -> list[str]:
        """The words, « St » and « Ste » written out."""
        return [_SAINTS.get(word, word) for word in self._printed]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the words stand."""
        return [match.span() for match in _WORD.finditer(self.folded, *self._run)]

    def is_capital(self, index: int) -> bool:
        return self.text[self.spans[index][0]].isupper()

    def is_upper(self, index: int) -> bool:
        start, end = self.spans[index]
        return self.text[start:end].isupper()

    def is_title(self, index: int) -> bool:
        return self.is_capital(index) and not self.is_upper(index)

    def previous(self, index: int) -> str:
        """The word before, on the same line, empty if there is none or a sentence ends between."""
        if not index or re.search(r"[\n.;!?]", self.folded[self.spans[index - 1][1] : self.spans[index][0]]):
            return ""
        return self.words[index - 1]


class Gazetteer:
    """Territories to be found in texts."""

    def __init__(self, entries: Iterable[PlaceEntry], lists: Mapping[str, Iterable[str]]):
        """Index `entries`; where two have the same name, the first stands (a name before a town).

        `lists` are the words around names that tell whether a territory is meant, by the ids that
        ``grammars/territories.yaml`` explains; a list that is missing is empty.
        """
        self._lists = {name: frozenset(map(fold, words)) for name, words in lists.items()}
        self._cues = _CUES | self._list("organisations")
        numbered = "|".join(map(re.escape, sorted(self._list("numbered")))) or r"(?!)"
        self._numbered = re.compile(rf"(?<!\w)(?:{numbered})\.?(?: du| de la| des?)? {_NUMBER}")
        self.entries: tuple[PlaceEntry, ...] = tuple(entries)
        self.by_id = {entry.id: entry for entry in self.entries}
        departments = [entry for entry in self.entries if entry.level == "department"]
        self._by_number = {entry.department_code: entry for entry in departments}
        index: dict[str, list[_Name]] = {}
        taken: set[tuple[str, ...]] = set()
        how: Literal["name", "town"]
        for how in ("name", "town"):
            for entry in self.entries:
                for printed in (entry.name, *entry.names) if how == "name" else entry.towns:
                    name = _name(printed, entry, how)
                    if name.words not in taken:
                        taken.add(name.words)
                        index.setdefault(name.words[0], []).append(name)
        for names in index.values():
            names.sort(key=lambda name: -len(name.words))
        self._index = index
        self._openers = frozenset(index.keys() | _SAINTS.keys())

    def scan(self, text: str) -> list[PlaceMention]:
        """Territories that `text` names, in order, not overlapping, the longest name at each place."""
        folded = fold(text)
        mentions: list[PlaceMention] = []
        for start, end in paragraph_runs(text):
            mentions += self._named(_Text(text, folded, start, end))
        mentions += [
            PlaceMention(match.start("number"), match.end("number"), self._by_number[number], "number")
            for match in self._numbered.finditer(folded)
            if (number := match["number"].upper()) in self._by_number
        ]
        return sorted(mentions, key=lambda mention: mention.start)

    def _named(self, cut: _Text) -> Iterator[PlaceMention]:
        free = 0
        if not cut.has_one_of(self._openers):
            return
        for index, word in enumerate(cut.words):
            if index >= free and word in self._index:
                mention, free = self._at(cut, index)
                if mention is not None:
                    yield mention

    def _at(self, cut: _Text, index: int) -> tuple[PlaceMention | None, int]:
        for name in self._index[cut.words[index]]:
            last = index + len(name.words)
            if tuple(cut.words[index:last]) != name.words:
                continue
            if not self._printed_as_name(cut, index, last, name):
                continue
            if self._refused(cut, index, last, name):
                return None, last
            first = index
            if name.article and index and cut.words[index - 1] == name.article and cut.is_capital(index - 1):
                first = index - 1
            return PlaceMention(cut.spans[first][0], cut.spans[last - 1][1], name.entry, name.how), last
        return None, index + 1

    def _list(self, name: str) -> frozenset[str]:
        return self._lists.get(name, frozenset())

    def _printed_as_name(self, cut: _Text, first: int, last: int, name: _Name) -> bool:
        """Whether capitals stand where the name has them and nothing but ``-``, ``'`` and blanks between."""
        for index in range(first, last):
            if not cut.is_capital(index) and (index == first or cut.words[index] not in _LITTLE):
                return False
            if index > first and not _GAP.fullmatch(cut.folded, cut.spans[index - 1][1], cut.spans[index][0]):
                return False
        if name.acronym:
            start, end = cut.spans[first]
            capitals = sum(letter.isupper() for letter in cut.text[start:end])
            return capitals >= 2 or cut.previous(first) in self._list("organisations")
        return True

    def _refused(self, cut: _Text, first: int, last: int, name: _Name) -> bool:
        """Whether the surroundings say that the words at ``first:last`` name no territory."""
        start, end = cut.spans[first][0], cut.spans[last - 1][1]
        if _GOES_ON.match(cut.folded, end) or _WENT_ON.search(cut.folded, max(0, start - 2), start):
            return True
        before = cut.previous(first)
        if before in self._list("persons") or (name.how == "town" and re.fullmatch(r"\d{5}", before)):
            return True
        if self._in_street(cut, first):
            return True
        if last - first > 1 or name.acronym:
            return False
        if before and before not in self._cues and cut.is_upper(first) and cut.is_title(first - 1):
            return True  # « Virginie LAVAL »
        if name.words[0] not in self._list("common"):
            return False
        if _NAME_GOES_ON.match(cut.text, end) and not self._is_named(cut, last):
            return True  # « Nord Deux-Rives », and « NORD FRANCHE-COMTÉ » where OCR misread it
        adjacent = last < len(cut.words) and cut.folded[end : cut.spans[last][0]] == " "
        following = cut.words[last] if adjacent else ""
        if following in self._list("not-before") or following.isdigit():
            return True
        behind = cut.words[first - 2] if before in _LITTLE and first > 1 else before
        if not self._list("not-after").isdisjoint((before, behind)):
            return True
        return before not in self._cues and not _alone_on_line(cut.folded, start, end)

    def _is_named(self, cut: _Text, index: int) -> bool:
        """Whether the words from `index` on are a territory's name."""
        names = self._index.get(cut.words[index], ())
        return any(tuple(cut.words[index : index + len(name.words)]) == name.words for name in names)

    def _in_street(self, cut: _Text, index: int) -> bool:
        """Whether a street word stands before, with nothing but articles between."""
        while (word := cut.previous(index)) in _LITTLE:
            index -= 1
        return word in self._list("streets")


def _name(printed: str, entry: PlaceEntry, how: Literal["name", "town"]) -> _Name:
    words = tuple(_SAINTS.get(word, word) for word in _WORD.findall(fold(printed)))
    article = words[0] if words[0] in _ARTICLES and len(words) > 1 else ""
    acronym = len(words) == 1 and printed.isupper() and len(printed) <= 4
    return _Name(words[1:] if article else words, entry, how, article, acronym)


def _alone_on_line(folded: str, start: int, end: int) -> bool:
    line_start = folded.rfind("\n", 0, start) + 1
    line_end = folded.find("\n", end)
    line = folded[line_start : line_end if line_end >= 0 else len(folded)]
    return line.strip(" #*-:.|>") == folded[start:end]
