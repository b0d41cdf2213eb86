"""Reading the body of a staff panel: from the end of its title to where prose begins again.

It is read as one run of tokens (group, count, role, « dont ») in which line ends only matter for group
lines and for the end: texts leave it in many forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ...french.inflect import plural, singular
from ...french.numbers import Number, scan_numbers
from ...grammar.compiled import regexp
from ...grammar.patterns import end_of
from ...grammar.schema_panels import StaffGroup, StaffRole
from .lines import BULLETS, FULL_TIME, GAP, SKIP, line_end
from .words import ROLE_ENDS, StaffWords

_COLON = regexp(r"[ *]*[:=|][ *]*| [–—-] (?=[a-z\d])")
_OPENED = regexp(r"[ *]*:[ *]*(?=\n)")
DONT = regexp(r"(?:dont|parmi (?:lesquels|lesquelles|eux|elles)|soit)\b *:?")
"""What opens the parts of a count, in folded text."""
_UNKNOWN = regexp(
    r"[ \t]*(?!dont\b|soit\b)(?P<role>[a-z][a-z'-]*(?: [a-z'(][a-z'()-]*){0,4}) *[.;,]?(?: dont)?(?=\n|$)"
)
_GLUED = regexp(r"\d+[a-z]+ *(?=\n)")
"""A number and a word that OCR reads as one (« 41SM »): a line to pass over, not the panel's end."""
_LONE = regexp(r"[a-z]{2} *\n+(?=[ \t*\n]*\d)")
"""Two capitals alone above a count: a group's name that OCR misread (« PE » for « PC »), or none we know."""
_ONE = regexp(r"[il]\s+")
"""What OCR may read for a one before what it counts: a line to pass over, too."""
_LINK = regexp(
    r"(?: \([^)\n\d]{1,40}\))?[ *]*"
    r"(?:[:=|–-][ *]*|\n[ \t*\n]*(?:[.…]{3,} *)?|[ .…]{3,}|\((?=\d{1,3}(?: \d{3})*\)))"
)
"""Between a role and its number."""
_APART = regexp(r"(?P<dont>,? ?dont(?: ?:)?)? *(?:[\t|]|[.…]{3,}|(?(dont)\n[ \t*\n]*|(?!)))[ *]*")
"""The same over the end of a cell, leading dots, or wide white: a tab, which only the text itself has."""
_ROW = regexp(r"(?P<dont>,? ?dont(?: ?:)?)? +(?=\d{1,3}(?: \d{3})* *(?:\n|$))")
"""The same on a line that holds nothing else."""
_HUNG = regexp(r" *[,;.]?(?: *dont)?[ :]*(?:\n|$)")
"""What ends a line behind the role of its only count."""
_BETWEEN = regexp(rf" *[,;.{BULLETS}]?(?: *(?:dont|et)\b)?[ :]*")
"""What stands between two counts of a line."""
_FULL_TIME_AFTER = regexp(r" *etp\b")
_ENTRY_ENDS = regexp(r"[ *]*(?:[,;/()|.]|$|\n|dont\b|[•·–-])")
_ASIDE = regexp(r" *\([^)]*\)|\s+")
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
    under: int = -1
    """Where the role begins that the number stands on a line below; -1 where both are on one line."""


class _Role(NamedTuple):
    """What a number counts: the role, where its words end, in full-time equivalents or not, known or not."""

    id: str
    end: int
    full_time: bool
    known: bool


class PanelBody:
    """One reading of a panel's body, from the end of its title to the first words that are no panel's.

    `at` is the end of the title, in the characters of `text` and of `folded`, which is `text` folded;
    `full_time` says that the title counts full-time equivalents. The panel goes on over none of `walls`,
    sorted offsets of headings, unless a group or a count stands there.
    """

    def __init__(
        self, words: StaffWords, text: str, folded: str, at: int, full_time: bool, walls: Sequence[int]
    ):
        self._staff = words
        self._walls = walls
        self._text = text
        # A role broken over a line end is still one role; group lines are told by the line ends in `folded`.
        self._folded = folded
        self._joined = folded.replace("\n", " ")
        self._at = self._title_end = at
        self._full_time = full_time
        self._groups: tuple[StaffGroup, ...] = ()
        self._whole: StaffCount | None = None
        self._last: StaffCount | None = None
        self._nested = False
        self._role_first: bool | None = None

    def read(self) -> Iterator[StaffCount]:
        """The counts, in order."""
        while True:
            self._at = end_of(SKIP, self._folded, self._at)
            if self._dont() or self._groups_beside() or self._group_line() or self._unknown_group():
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
        found = self._staff.role_at(self._joined, one.end()) if one else None
        tail = ROLE_ENDS.match(self._folded, found[1]) if found else None
        return tail.end() if tail else None

    def _measures_again(self, count: StaffCount) -> bool:
        """Does a count in full-time equivalents say again what the last one counts (« 45 (41,8 ETP) »)?"""
        last = self._last
        return last is not None and count.full_time and not last.full_time and count.role == last.role

    def _dont(self) -> bool:
        match = DONT.match(self._folded, self._at)
        if match is None or self._last is None:
            return False
        self._open_parts(self._last, one_more=not self._before())
        self._at = match.end()
        return True

    def _open_parts(self, last: StaffCount, one_more: bool) -> None:
        """Opens the parts of the `last` count, or `one_more` part of what that is a part of itself.

        So « dont 3 CAM » below « dont 2 Csam » is no part of the Csam.
        """
        self._whole = self._whole if one_more and self._nested and last.part_of else last
        self._nested = True

    def _before(self) -> str:
        """What stands on the line before this place, but for marks."""
        return self._folded[self._folded.rfind("\n", 0, self._at) + 1 : self._at].strip(" *-")

    def _groups_beside(self) -> bool:
        """Passes a line of groups over columns (« PC ⇥ PA »), whose counts follow column by column."""
        end = line_end(self._folded, self._at)
        names = self._text[self._at : end].split("\t")
        groups = [self._staff.group_named(name.strip(" *")) for name in names]
        if len(groups) < 2 or None in groups:
            return False
        self._groups = tuple(filter(None, groups))
        self._nested, self._whole, self._at = False, None, end
        return True

    def _group_line(self) -> bool:
        begin = max(self._title_end, self._folded.rfind("\n", 0, self._at) + 1)
        line_start = not self._folded[begin : self._at].strip(f" *#_>|{BULLETS}-([")
        found = self._staff.group_at(self._folded, self._at)
        colon = _COLON.match(self._folded, found[1]) if found else None
        if found is None or not (line_start or colon):
            return False
        group, end = found
        number = self._number(colon.end() if colon else end_of(GAP, self._folded, end))
        if number is not None and not self._counts(number):
            return False  # « PC : 9 » counts the group itself
        rest = "" if colon else self._folded[end : line_end(self._folded, end)].strip(" *")
        if rest and not self._hangs(end):
            return False
        self._groups, self._nested, self._whole = (group,), False, None
        self._at = colon.end() if colon else end
        return True

    def _unknown_group(self) -> bool:
        """Passes two capitals above a count of a role, which then is of no group that is said."""
        lone = _LONE.match(self._folded, self._at)
        if lone is None or not self._text[self._at : self._at + 2].isupper():
            return False
        if self._staff.role_at(self._folded, self._at):
            return False  # « MC » over its number
        number = self._number(end_of(SKIP, self._folded, lone.end()))
        found = self._role_after(number) if number else None
        if found is None or not found.known:
            return False
        self._groups, self._nested, self._whole, self._at = (), False, None, lone.end()
        return True

    def _hangs(self, at: int) -> bool:
        """Do counts fill the line of a group that ends at `at`: « PC 9 médecins-conseils 2 pharmaciens »?"""
        while (number := self._number(end_of(GAP, self._folded, at))) is not None:
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
            found = self._counts(number)
            if found is not None and (found.known or number.start not in self._walls):
                self._role_first = bool(self._role_first)
                # « 5 | dont techniciens »: what is counted is a part of the line before.
                if self._last and DONT.match(self._folded, end_of(GAP, self._folded, number.stop)):
                    self._open_parts(self._last, one_more=True)
                return self._made(number, found)
        return self._role_then_number()

    def _number(self, at: int) -> Number | None:
        numbers = scan_numbers(self._text, at, line_end(self._folded, at))
        if (
            numbers
            and numbers[0].start == at
            and not numbers[0].marks & {"ordinal", "fraction", "slash", "signed"}
        ):
            return numbers[0]
        return None

    def _counts(self, number: Number) -> _Role | None:
        """The role printed after `number`; where roles stand over their counts, none in the next line."""
        found = self._role_after(number)
        if found is not None and self._role_first and "\n" in self._folded[number.stop : found.end]:
            return None
        return found

    def _role_after(self, number: Number) -> _Role | None:
        """The role printed after `number`."""
        at = end_of(GAP, self._folded, number.stop)
        at = end_of(DONT, self._folded, at)
        end_of_unit = end_of(FULL_TIME, self._folded, at)
        if full_time := end_of_unit > at:
            at = end_of(GAP, self._folded, end_of_unit)
        found = self._staff.role_at(self._joined, at)
        if found is not None:
            role, end = found
            tail = ROLE_ENDS.match(self._folded, end)
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
        found = self._staff.role_at(self._joined, self._at)
        if found is not None:
            role, end = found[0].id, found[1]
        elif group := self._staff.group_at(self._folded, self._at):
            if not group[0].role:
                return None
            role, end = group[0].role, group[1]
            self._groups = (group[0],)
        else:
            return None
        apart = _APART.match(self._text, end)
        before = self._before()
        alone = _ROW.match(self._folded, end) if not before or DONT.fullmatch(before) else None
        link = apart or _LINK.match(self._folded, end) or alone
        number = self._number(link.end()) if link else None
        if link is None or number is None or (self._role_first is False and "\n" in link[0]):
            return None
        end = end_of(_FULL_TIME_AFTER, self._folded, number.stop)
        if not _ENTRY_ENDS.match(self._folded, end):
            return None
        self._role_first = self._role_first is not False
        count = self._made(number, _Role(role, end, end > number.stop, True))
        if "\n" in link[0]:
            count = replace(count, under=self._at)
        if link.groupdict().get("dont"):
            self._nested, self._whole = True, count
        return count

    def _made(self, number: Number, role: _Role) -> StaffCount:
        said = self._staff.role(role.id)
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
        """The group that a role stands under: of several over columns the one whose members it is among.

        Under one name alone it is that group's, unless it is among another's: no physician is a clerk.
        """
        own = self._staff.group_of(role) if role is not None else ""
        named = [group.id for group in self._groups]
        if len(named) == 1:
            return own or named[0]
        return own if own in named else ""

    def _is_part(self, role: StaffRole | None, first: bool) -> bool:
        """Is a role a part of the line before « dont »? The first after it is, if it is of no other group."""
        if role is None or self._whole is None:
            return role is None or first
        whole = self._staff.role(self._whole.role)
        within = self._whole.role in role.within
        own, other = (self._staff.group_of(one) for one in (role, whole or role))
        return within or (first and not (own and other and own != other))

    def _words(self, number: Number, role: _Role) -> str:
        """The words of the role as printed, for the lines that are a part of it."""
        words = self._text[number.stop : role.end].strip(" *\n\t:=,.|")
        words = _ASIDE.sub(lambda m: "" if "(" in m[0] else " ", words)
        acronym = words.isupper() and len(words) <= _ACRONYM
        return (words if acronym else words.lower()) or plural(role.id)
