"""Reading a staff panel: from its title to where prose begins again, over wrapped and broken lines.

A panel is a title (« L'équipe au 31/12/21 (CDI) ») and counts of roles, under lines that name groups.
Texts leave it in many forms: a count a line, groups and counts on one line, the count before its role or
after it, large numbers on lines of their own, lines broken inside words. So the body is read as one run
of tokens (group, count, role, « dont ») in which line ends only matter for group lines and for the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import regex

from ..french.fold import fold
from ..french.inflect import plural, singular
from ..french.numbers import Number, scan_numbers
from ..french.periods import scan_periods
from ..grammar import Grammar
from ..grammar.compiled import regexp
from ..grammar.hints import hints_of, may_match
from ..grammar.patterns import alternatives, compile_pattern, end_of, fold_pattern
from ..grammar.schema_panels import Contract, PanelTitle, StaffGroup, StaffRole

T = TypeVar("T")

_BULLETS = "•●○◦▪■□◾▸►▶➢➤➔→✓✔◆❖⚫⬤‣⁃∙·–—"
_MARKS = rf"[ \t\n\r*#_>|{_BULLETS},;/&+.«<()\[\]-]"
_LINE_MARKS = rf"[ \t*#_>|{_BULLETS}-]*"
_SKIP = regexp(rf"(?:{_MARKS}|\b(?:et|ainsi que|plus)\b(?= ))*")
_COLON = regexp(r"[ *]*[:=][ *]*")
_OPENED = regexp(r"[ *]*:[ *]*(?=\n)")
_DONT = regexp(r"(?:dont|parmi (?:lesquels|lesquelles|eux|elles)|soit)\b *:?")
_GAP = regexp(r"[ \t*]*(?:[\n\r][ \t*\n\r]*)?")
_FULL_TIME = regexp(r"etp\b(?: (?:de |d'))?")
_TAIL = regexp(
    r"(?: \([^)\n\d]{1,40}\))?(?: (?:de|du|des|d'|en|a|au|aux)\b[^\n\d,;/()|]{1,40})?"
    r"(?= *(?:[,;:/()|.*]|$|\n| dont\b| et \d| \d| [il]\s)| [a-z]{2,} *:)"
)
_UNKNOWN = regexp(r"[ \t]*(?P<role>[a-z][a-z'-]*(?: [a-z'(][a-z'()-]*){0,4}) *[.;,]?(?: dont)?(?=\n|$)")
_TITLE_TAIL = (
    r"(?= *(?:$|\n|[(:,–]|\*|au \d|au 1er|en \w|fin \w|le \d|a fin|\d|(?:au|en|le|a|fin|a la date du)$))"
)
_TITLE_TOKENS = regexp(
    r"(?:[ \t*(),:/+&–—-]|\b(?:au|a la date du|en|le|a|fin|et|hors|nombre de|situation|etp)\b)+"
)
_GLUED = regexp(r"\d+[a-z]+ *(?=\n)")
"""A number and a word that OCR reads as one (« 41SM »): a line to pass over, not the panel's end."""
_ONE = regexp(r"[il]\s+")
"""What OCR may read for a one before what it counts: a line to pass over, too."""
_LINK = regexp(r"(?: \([^)\n\d]{1,40}\))?[ *]*(?:[:=|–-][ *]*|\n[ \t*\n]*|[ .…]{3,})")
"""Between a role and its number."""
_APART = regexp(r"(?P<dont>,? ?dont)? *\t *")
"""The same where wide white stands between: a tab, which only the text itself has."""
_HUNG = regexp(r" *[,;.]?(?: *dont)?[ :]*(?:\n|$)")
"""What ends a line behind the role of its only count."""
_BETWEEN = regexp(r" *[,;.]?(?: *(?:dont|et)\b)?[ :]*")
"""What stands between two counts of a line."""
_FULL_TIME_AFTER = regexp(r" *etp\b")
_ENTRY_ENDS = regexp(r"[ *]*(?:[,;/()|.]|$|\n|dont\b|[•·–-])")
_LINE = regexp(r"[^\n]+")
_LEAD = regexp(_LINE_MARKS)
_SAID_BELOW = regexp(r"\n{1,2}[ *]*[(\d]")
"""The title goes on in the next line, or in a block of its own: « (CDI) », « 31/12/2021 »."""
_LINE_OPENS = regexp(r"\n{1,2}[ *(]*")
_TITLE_ENDS = regexp(r"[ *)]*:?[ *]*")
_ASIDE = regexp(r" *\([^)]*\)|\s+")
_MAX_TITLE = 160
_ACRONYM = 5
"""Letters of the longest acronym of a role."""


@dataclass(frozen=True, slots=True)
class StaffCount:
    """A count of a panel: its number, role and group, and what it is a part of."""

    number: Number
    role: str
    """Singular, as the unit of the figure: `médecin-conseil`."""
    plural: str
    """As labels say it: `médecins-conseils`."""
    group: str
    part_of: str
    """The words of the line it is a part of (« agents »), empty where it stands for itself."""
    whole: str
    """That line's role as labels say it, empty likewise."""
    full_time: bool
    """Full-time equivalents, not people."""
    known: bool
    """The grammar knows the role."""
    words: str
    """Its words as printed: `agents`."""
    end: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A staff panel: its span, date, contracts and counts."""

    start: int
    end: int
    date: str
    contract: str
    counts: tuple[StaffCount, ...]


class PanelHead(NamedTuple):
    """What a panel's title says: its date, ISO 8601, and its contracts; empty where it says neither.

    `full_time` is whether it counts full-time equivalents.
    """

    date: str
    contract: str
    full_time: bool


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    end: int
    date: str
    contract: str
    inline: bool
    needs_date: bool
    full_time: bool


class _Role(NamedTuple):
    """What a number counts: the role, where its words end, in full-time equivalents or not, known or not."""

    id: str
    end: int
    full_time: bool
    known: bool


class PanelReader:
    """Reads staff panels with the words of a grammar."""

    def __init__(self, grammar: Grammar):
        titles = [(title, _start(title.patterns, _TITLE_TAIL)) for title in grammar.entries(PanelTitle)]
        self._titles = [(title, pattern, hints_of(pattern.pattern).needs) for title, pattern in titles]
        self._groups = [
            (group, _start(group.patterns, r"(?= *\*{0,2} *(?:[:=]|\n|$)| +\d)"))
            for group in grammar.entries(StaffGroup)
        ]
        self._roles = [(role, _start(role.patterns, r"(?![\w'-])")) for role in grammar.entries(StaffRole)]
        self._by_id = {role.id: role for role in grammar.entries(StaffRole)}
        self._complements = {group.id: group.of for group in grammar.entries(StaffGroup)}
        self._contracts = [
            (contract, compile_pattern(fold_pattern(alternatives(contract.patterns))))
            for contract in grammar.entries(Contract)
        ]

    def panels(
        self, text: str, default_year: int | None = None, walls: Sequence[int] = ()
    ) -> Iterator[Panel]:
        """All staff panels of `text`, in order.

        `default_year` completes dates without a year; no panel goes on over an offset of `walls`, sorted
        (headings), unless a group or a count stands there.
        """
        folded = fold(text).replace("\r", " ")
        at = 0
        for line in _LINE.finditer(folded):
            if line.start() < at:
                continue
            title = self._title(text, folded, line.start(), line.end(), default_year)
            if title is None:
                continue
            counts = tuple(_Body(self, text, folded, title, walls).read())
            known = sum(count.known for count in counts)
            said = bool(title.date or title.contract)
            if known >= (1 if said else 2) and (said or not (title.needs_date and title.inline)):
                at = counts[-1].end
                yield Panel(title.start, at, title.date, title.contract, counts)

    # The title ------------------------------------------------------------------------------------
    def title_of(self, line: str, default_year: int | None = None) -> PanelHead | None:
        """Date and contracts of a line that is a panel's title; `None` where it is none."""
        title = self._title(line, fold(line), 0, len(line), default_year)
        return (
            None if title is None or title.inline else PanelHead(title.date, title.contract, title.full_time)
        )

    def role_named(self, label: str) -> StaffRole | None:
        """The role that `label`, a row's label, names whole; `None` where it names none."""
        folded = fold(label)
        found = self.role_at(folded, 0)
        return found[0] if found and _TAIL.fullmatch(folded, found[1]) else None

    def group_named(self, label: str) -> StaffGroup | None:
        """The group that `label` names whole."""
        folded = fold(label)
        found = self.group_at(folded, 0)
        return found[0] if found and found[1] == len(folded) else None

    def contracts_in(self, words: str) -> str:
        """The contracts that `words` name, joined with « et »."""
        folded = fold(words)
        return " et ".join(contract.id for contract, pattern in self._contracts if pattern.search(folded))

    def _title(self, text: str, folded: str, start: int, end: int, year: int | None) -> _Title | None:
        line = folded[start:end]
        first = end_of(_LEAD, folded, start)
        for title, pattern, needs in self._titles:
            match = pattern.match(folded, first, end) if may_match(needs, line) else None
            if match is None:
                continue
            stop, date, contract = self._title_rest(text, folded, match.end(), year)
            rest = folded[stop : _line_end(folded, stop)].strip(" *:.()")
            # The name of the first group, or all beside each other, may stand on the title's line.
            names = text[stop : _line_end(folded, stop)].split("\t")
            groups = [self.group_named(name.strip(" *:.()")) for name in names]
            inline = bool(rest) and None in groups
            if (
                inline
                and ":" not in folded[match.end() : stop + 1]
                and not self._counts_at(text, folded, stop)
            ):
                continue
            full_time = _FULL_TIME.search(folded, first, stop) is not None
            return _Title(first, stop, date, contract, inline, title.dated, full_time)
        return None

    def _title_rest(self, text: str, folded: str, at: int, year: int | None) -> tuple[int, str, str]:
        """End of the title, its date and contracts: what follows its noun, on this line and the next."""
        region_end = min(len(text), at + _MAX_TITLE)
        periods = {
            at + period.start: period for period in scan_periods(text[at:region_end], default_year=year)
        }
        date, contracts = "", []
        stop = at
        while at < region_end:
            token = _TITLE_TOKENS.match(folded, at, region_end)
            if token:
                at = token.end()
                stop = at if _FULL_TIME.search(token[0]) else stop
            elif at in periods and not date:
                date, at = periods[at].iso, at - periods[at].start + periods[at].end
                stop = at
            elif found := self._contract_at(folded, at):
                contracts.append(found[0])
                at = stop = found[1]
            elif folded[at] == "\n" and not (date and contracts) and _SAID_BELOW.match(folded, at):
                ahead = end_of(_LINE_OPENS, folded, at)
                if ahead not in periods and not self._contract_at(folded, ahead):
                    break
                at = ahead
            else:
                break
        return end_of(_TITLE_ENDS, folded, stop), date, " et ".join(contracts)

    def _counts_at(self, text: str, folded: str, at: int) -> bool:
        """Whether a count of a role stands at `at`, behind a group's name or none: no sentence goes on so."""
        if group := self.group_at(folded, at):
            at = end_of(_SKIP, folded, group[1])
        numbers = scan_numbers(text, at, _line_end(folded, at))
        if not numbers or numbers[0].start != at:
            return False
        return self.role_at(folded, end_of(_GAP, folded, numbers[0].stop)) is not None

    def _contract_at(self, folded: str, at: int) -> tuple[str, int] | None:
        for contract, pattern in self._contracts:
            if match := pattern.match(folded, at):
                return contract.id, match.end()
        return None

    # Words of the body ----------------------------------------------------------------------------
    def group_at(self, folded: str, at: int) -> tuple[StaffGroup, int] | None:
        """The group whose line starts at `at`, and where its words end."""
        return _longest(self._groups, folded, at)

    def role_at(self, folded: str, at: int) -> tuple[StaffRole, int] | None:
        """The role named at `at`, the longest wording first, and where its words end."""
        return _longest(self._roles, folded, at)

    def complement(self, group: str) -> str:
        """How labels say a group after a role, with a leading space; empty where they don't."""
        of = self._complements.get(group, "")
        return f" {of}" if of else ""

    def role(self, name: str) -> StaffRole | None:
        """The role with this id."""
        return self._by_id.get(name)


class _Body:
    """One reading of a panel's body, from the end of its title to the first words that are no panel's."""

    def __init__(self, reader: PanelReader, text: str, folded: str, title: _Title, walls: Sequence[int]):
        self._reader = reader
        self._walls = walls
        self._text = text
        # A role broken over a line end is still one role; group lines are told by the line ends in `folded`.
        self._folded = folded
        self._joined = folded.replace("\n", " ")
        self._at = self._title_end = title.end
        self._full_time = title.full_time
        self._groups: tuple[StaffGroup, ...] = ()
        self._whole: StaffCount | None = None
        self._last: StaffCount | None = None
        self._nested = False
        self._role_first: bool | None = None

    def read(self) -> Iterator[StaffCount]:
        while True:
            self._at = end_of(_SKIP, self._folded, self._at)
            if self._dont() or self._groups_beside() or self._group_line():
                continue
            count = self._count()
            if count is None:
                misread = self._misread() if self._last is not None else None
                if misread is None:
                    return
                self._at = misread
                continue
            if self._last is None or not self._measures_again(count):
                self._last = count
            self._at = count.end
            if opened := _OPENED.match(self._folded, count.end):
                self._at, self._nested, self._whole = opened.end(), True, count
            yield count

    def _misread(self) -> int | None:
        """The end of a count whose number OCR did not read as one; `None` where none stands here."""
        if glued := _GLUED.match(self._folded, self._at):
            return glued.end()
        one = _ONE.match(self._folded, self._at)
        found = self._reader.role_at(self._joined, one.end()) if one else None
        tail = _TAIL.match(self._folded, found[1]) if found else None
        return tail.end() if tail else None

    def _measures_again(self, count: StaffCount) -> bool:
        """Does a count in full-time equivalents say again what the last one counts (« 45 (41,8 ETP) »)?"""
        last = self._last
        return last is not None and count.full_time and not last.full_time and count.role == last.role

    def _dont(self) -> bool:
        match = _DONT.match(self._folded, self._at)
        if match is None or self._last is None:
            return False
        self._at = match.end()
        self._nested, self._whole = True, self._last
        return True

    def _groups_beside(self) -> bool:
        """Passes a line of groups over columns (« PC ⇥ PA »), whose counts follow column by column."""
        line_end = _line_end(self._folded, self._at)
        names = self._text[self._at : line_end].split("\t")
        groups = [self._reader.group_named(name.strip(" *")) for name in names]
        if len(groups) < 2 or None in groups:
            return False
        self._groups = tuple(filter(None, groups))
        self._nested, self._whole, self._at = False, None, line_end
        return True

    def _group_line(self) -> bool:
        begin = max(self._title_end, self._folded.rfind("\n", 0, self._at) + 1)
        line_start = not self._folded[begin : self._at].strip(f" *#_>|{_BULLETS}-([")
        found = self._reader.group_at(self._folded, self._at)
        colon = _COLON.match(self._folded, found[1]) if found else None
        if found is None or not (line_start or colon):
            return False
        group, end = found
        number = self._number(colon.end() if colon else end_of(_GAP, self._folded, end))
        if number is not None and self._role_after(number) is None:
            return False  # « PC : 9 » counts the group itself
        rest = "" if colon else self._folded[end : _line_end(self._folded, end)].strip(" *")
        if rest and not self._hangs(end):
            return False
        self._groups, self._nested, self._whole = (group,), False, None
        self._at = colon.end() if colon else end
        return True

    def _hangs(self, at: int) -> bool:
        """Do counts fill the line of a group that ends at `at`: « PC 9 médecins-conseils 2 pharmaciens »?"""
        while (number := self._number(end_of(_GAP, self._folded, at))) is not None:
            found = self._role_after(number)
            if found is None or not found.known:
                return False
            if _HUNG.match(self._folded, found.end):
                return True
            at = end_of(_BETWEEN, self._folded, found.end)
        return False

    def _count(self) -> StaffCount | None:
        number = self._number(self._at)
        if number is not None:
            found = self._role_after(number)
            if found is not None and self._role_first and "\n" in self._folded[number.stop : found.end]:
                found = None  # where roles stand over their counts, a count has none under it
            if found is not None and (found.known or number.start not in self._walls):
                self._role_first = bool(self._role_first)
                return self._made(number, found)
        return self._role_then_number()

    def _number(self, at: int) -> Number | None:
        numbers = scan_numbers(self._text, at, _line_end(self._folded, at))
        if (
            numbers
            and numbers[0].start == at
            and not numbers[0].marks & {"ordinal", "fraction", "slash", "signed"}
        ):
            return numbers[0]
        return None

    def _role_after(self, number: Number) -> _Role | None:
        """The role printed after `number`."""
        at = end_of(_GAP, self._folded, number.stop)
        end_of_unit = end_of(_FULL_TIME, self._folded, at)
        if full_time := end_of_unit > at:
            at = end_of(_GAP, self._folded, end_of_unit)
        found = self._reader.role_at(self._joined, at)
        if found is not None:
            role, end = found
            tail = _TAIL.match(self._folded, end)
            return _Role(role.id, tail.end(), full_time, True) if tail else None
        if full_time and self._last is not None:
            if self._folded[number.start - 1] == "(":
                return _Role(self._last.role, at, True, True)  # « 45 agents (41,8 ETP) »
            if "\n" in self._folded[number.stop : at] or at == len(self._folded):
                return _Role(self._last.role, end_of_unit, True, True)  # « 41,8 ETP » on a line
        match = _UNKNOWN.match(self._folded, at)
        if match is None or "\n" in self._folded[number.stop : at]:
            return None
        first = self._text[match.start("role") :].split(None, 1)[0]
        if first[:1].isupper() and not first.isupper():
            return None  # a heading
        words = self._text[match.start("role") : match.end("role")].removesuffix(" dont")
        return _Role(singular(words), match.start("role") + len(words), full_time, False)

    def _role_then_number(self) -> StaffCount | None:
        """« Médecins-conseils : 9 », « PC : 9 », « 9 » on the line after its role."""
        found = self._reader.role_at(self._joined, self._at)
        if found is not None:
            role, end = found[0].id, found[1]
        elif group := self._reader.group_at(self._folded, self._at):
            if not group[0].role:
                return None
            role, end = group[0].role, group[1]
            self._groups = (group[0],)
        else:
            return None
        apart = _APART.match(self._text, end)
        link = apart or _LINK.match(self._folded, end)
        number = self._number(link.end()) if link else None
        if link is None or number is None or (self._role_first is False and "\n" in link[0]):
            return None
        end = end_of(_FULL_TIME_AFTER, self._folded, number.stop)
        if not _ENTRY_ENDS.match(self._folded, end):
            return None
        self._role_first = self._role_first is not False
        count = self._made(number, _Role(role, end, end > number.stop, True))
        if apart and apart["dont"]:
            self._nested, self._whole = True, count
        return count

    def _made(self, number: Number, role: _Role) -> StaffCount:
        said = self._reader.role(role.id)
        whole = self._whole if self._nested and self._is_part(said, first=self._last is self._whole) else None
        if whole is None:
            self._nested, self._whole = False, None
        group = said.group if said and said.group else self._group_of(said)
        return StaffCount(
            number=number,
            role=role.id,
            plural=(said.plural if said and said.plural else role.id),
            group=group,
            part_of=whole.words if whole else "",
            whole=whole.plural if whole else "",
            full_time=role.full_time or self._full_time,
            known=role.known,
            words=self._words(number, role),
            end=role.end,
        )

    def _group_of(self, role: StaffRole | None) -> str:
        """The group that a role stands under: of several over columns the one whose members it is among."""
        if len(self._groups) > 1 and role is not None:
            own = (group for group in self._groups if group.role in (role.id, *role.within))
            return next((group.id for group in own), "")
        return self._groups[0].id if len(self._groups) == 1 else ""

    def _is_part(self, role: StaffRole | None, first: bool) -> bool:
        """Is a role a part of the line before « dont »? The first after it always is."""
        return first or role is None or (self._whole is not None and self._whole.role in role.within)

    def _words(self, number: Number, role: _Role) -> str:
        """The words of the role as printed, for the lines that are a part of it."""
        words = self._text[number.stop : role.end].strip(" *\n:=,.")
        words = _ASIDE.sub(lambda m: "" if "(" in m[0] else " ", words)
        acronym = words.isupper() and len(words) <= _ACRONYM
        return (words if acronym else words.lower()) or plural(role.id)


def _start(patterns: Iterable[str], ending: str) -> regex.Pattern[str]:
    return compile_pattern(f"(?:{fold_pattern(alternatives(patterns))}){ending}")


def _longest(entries: list[tuple[T, regex.Pattern[str]]], folded: str, at: int) -> tuple[T, int] | None:
    best: tuple[T, int] | None = None
    for entry, pattern in entries:
        match = pattern.match(folded, at)
        if match and (best is None or match.end() > best[1]):
            best = (entry, match.end())
    return best


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
