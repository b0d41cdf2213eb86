"""Reading a staff panel: from its title to where prose begins again, over wrapped and broken lines.

A panel is a title (« L'équipe au 31/12/21 (CDI) ») and counts of roles, under lines that name groups.
Texts leave it in many forms: a count a line, groups and counts on one line, the count before its role or
after it, large numbers on lines of their own, lines broken inside words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...french.fold import fold
from ...french.numbers import scan_numbers
from ...french.periods import scan_periods
from ...grammar import Grammar
from ...grammar.compiled import regexp
from ...grammar.hints import hints_of, may_match
from ...grammar.patterns import end_of
from ...grammar.schema_panels import PanelTitle
from .body import PanelBody, StaffCount
from .lines import BULLETS, FULL_TIME, GAP, SKIP, line_end
from .words import StaffWords, start_of

_LINE_MARKS = rf"[ \t*#_>|{BULLETS}-]*"
_TITLE_TAIL = (
    r"(?= *(?:$|\n|[(:,–]|\*|au \d|au 1er|en \w|fin \w|le \d|a fin|\d|(?:au|en|le|a|fin|a la date du)$))"
)
_TITLE_TOKENS = regexp(
    r"(?:[ \t*(),:/+&–—-]|\b(?:au|a la date du|en|le|a|fin|et|hors|nombre de|situation|etp)\b)+"
)
_LINE = regexp(r"[^\n]+")
_LEAD = regexp(_LINE_MARKS)
_SAID_BELOW = regexp(r"\n{1,2}[ *]*[(\d]")
"""The title goes on in the next line, or in a block of its own: « (CDI) », « 31/12/2021 »."""
_LINE_OPENS = regexp(r"\n{1,2}[ *(]*")
_TITLE_ENDS = regexp(r"[ *)]*:?[ *]*")
_MAX_TITLE = 160


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


class PanelReader:
    """Reads staff panels with the words of a grammar, which are its `words`."""

    def __init__(self, grammar: Grammar):
        titles = [(title, start_of(title.patterns, _TITLE_TAIL)) for title in grammar.entries(PanelTitle)]
        self._titles = [(title, pattern, hints_of(pattern.pattern).needs) for title, pattern in titles]
        self.words = StaffWords(grammar)

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
            counts = tuple(PanelBody(self.words, text, folded, title.end, title.full_time, walls).read())
            known = sum(count.known for count in counts)
            said = bool(title.date or title.contract)
            if known >= (1 if said else 2) and (said or not (title.needs_date and title.inline)):
                at = counts[-1].end
                yield Panel(title.start, at, title.date, title.contract, counts)

    def title_of(self, line: str, default_year: int | None = None) -> PanelHead | None:
        """Date and contracts of a line that is a panel's title; `None` where it is none."""
        title = self._title(line, fold(line), 0, len(line), default_year)
        return (
            None if title is None or title.inline else PanelHead(title.date, title.contract, title.full_time)
        )

    def _title(self, text: str, folded: str, start: int, end: int, year: int | None) -> _Title | None:
        line = folded[start:end]
        first = end_of(_LEAD, folded, start)
        for title, pattern, needs in self._titles:
            match = pattern.match(folded, first, end) if may_match(needs, line) else None
            if match is None:
                continue
            stop, date, contract = self._title_rest(text, folded, match.end(), year)
            rest = folded[stop : line_end(folded, stop)].strip(" *:.()")
            # The name of the first group, or all beside each other, may stand on the title's line.
            names = text[stop : line_end(folded, stop)].split("\t")
            groups = [self.words.group_named(name.strip(" *:.()")) for name in names]
            inline = bool(rest) and None in groups
            if (
                inline
                and ":" not in folded[match.end() : stop + 1]
                and not self._counts_at(text, folded, stop)
            ):
                continue
            full_time = FULL_TIME.search(folded, first, stop) is not None
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
                stop = at if FULL_TIME.search(token[0]) else stop
            elif at in periods and not date:
                date, at = periods[at].iso, at - periods[at].start + periods[at].end
                stop = at
            elif found := self.words.contract_at(folded, at):
                contracts.append(found[0])
                at = stop = found[1]
            elif folded[at] == "\n" and not (date and contracts) and _SAID_BELOW.match(folded, at):
                ahead = end_of(_LINE_OPENS, folded, at)
                if ahead not in periods and not self.words.contract_at(folded, ahead):
                    break
                at = ahead
            else:
                break
        return end_of(_TITLE_ENDS, folded, stop), date, " et ".join(contracts)

    def _counts_at(self, text: str, folded: str, at: int) -> bool:
        """Whether a count of a role stands at `at`, behind a group's name or none: no sentence goes on so."""
        if group := self.words.group_at(folded, at):
            at = end_of(SKIP, folded, group[1])
        numbers = scan_numbers(text, at, line_end(folded, at))
        if not numbers or numbers[0].start != at:
            return False
        return self.words.role_at(folded, end_of(GAP, folded, numbers[0].stop)) is not None
