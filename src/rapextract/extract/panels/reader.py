"""Reading a staff panel: from its title to where prose begins again, over wrapped and broken lines.

A panel is a title (« L'équipe au 31/12/21 (CDI) ») and counts of roles, under lines that name groups.
Texts leave it in many forms: a count a line, groups and counts on one line, the count before its role or
after it, large numbers on lines of their own, lines broken inside words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from .phrases import PlacedWord
from .placed import read_placed, stand_together
from .words import StaffWords, start_of

_LINE_MARKS = rf"[ \t*#_>|{BULLETS}-]*"
_TITLE_TAIL = (
    r"(?= *(?:$|\n|[(:,–]|\*|au \d|au 1er|en \w|fin \w|le \d|a fin|\d|(?:au|en|le|a|fin|a la date du)$))"
)
_TITLE_TOKENS = regexp(
    r"(?:[ \t*(),:/+&–—-]|\b(?:au|a la date du|en|le|a|fin|et|hors|nombre de|situation|etp)\b)+"
)
_LINE = regexp(r"[^\n]+")
_PARTED = regexp(r"\t| \| ")
"""Between the cells of a row, or texts far apart on one line."""
_LEAD = regexp(_LINE_MARKS)
_SAID_BELOW = regexp(r"\n{1,2}[ *]*(?:(?:au|en|fin) )?[(\d]")
"""The title goes on in the next line, or in a block of its own: « (CDI) », « 31/12/2021 »."""
_LINE_OPENS = regexp(r"\n{1,2}[ *(]*(?:(?:au|en|fin) )?")
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
    placed: bool = False
    """Its counts were read where they stand on the page: its span is that of its title."""


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
    opens_line: bool = True
    """A title within a line, in a cell of its own, is one only if its page shows counts below it."""

    @property
    def said(self) -> bool:
        """It gives a date or contracts: few other words do so."""
        return bool(self.date or self.contract)


class PanelReader:
    """Reads staff panels with the words of a grammar, which are its `words`."""

    def __init__(self, grammar: Grammar):
        titles = [(title, start_of(title.patterns, _TITLE_TAIL)) for title in grammar.entries(PanelTitle)]
        self._titles = [(title, pattern, hints_of(pattern.pattern).needs) for title, pattern in titles]
        self.words = StaffWords(grammar)

    def panels(
        self,
        text: str,
        default_year: int | None = None,
        walls: Sequence[int] = (),
        placed: Callable[[int, int], Sequence[PlacedWord]] | None = None,
    ) -> Iterator[Panel]:
        """All staff panels of `text`, in order.

        `default_year` completes dates without a year; no panel goes on over an offset of `walls`, sorted
        (headings), unless a group or a count stands there. `placed` gives the words of the page that a title
        stands on: a panel is read from their places where these tell all that the text's order does.
        """
        folded = fold(text).replace("\r", " ")
        titles = list(self._all_titles(text, folded, default_year))
        at = 0
        found: list[Panel] = []
        for title in titles:
            if title.start < at:
                continue
            counts: tuple[StaffCount, ...] = ()
            if title.opens_line:
                counts = tuple(PanelBody(self.words, text, folded, title.end, title.full_time, walls).read())
            known = sum(count.known for count in counts)
            if title.inline and not (title.said or not title.needs_date):
                continue
            words = placed(title.start, title.end) if placed and not title.inline else ()
            moved = self._placed(text, title, titles, words, counts)
            if not all(stand_together(words, count) for count in counts):
                counts, known = (), 0  # the text's order mixes them up
            if moved:
                at = title.end
                found.append(Panel(title.start, at, title.date, title.contract, moved, placed=True))
            elif known >= (1 if title.said else 2):
                at = counts[-1].end
                found.append(Panel(title.start, at, title.date, title.contract, counts))
        yield from _once(found)

    def _all_titles(self, text: str, folded: str, default_year: int | None) -> Iterator[_Title]:
        """What may be the titles of panels: at the beginning of lines, and of cells within them."""
        for line in _LINE.finditer(folded):
            title = self._title(text, folded, line.start(), line.end(), default_year)
            if title is not None:
                yield title
                continue
            parted = [*_PARTED.finditer(text, line.start(), line.end())]
            starts = [line.start(), *(match.end() for match in parted)]
            ends = [*(match.start() for match in parted), line.end()]
            for start, end in zip(starts, ends, strict=True) if parted else ():
                title = self._title(text, folded, start, end, default_year)
                if title is not None and title.date:
                    yield replace(title, opens_line=False)

    def _placed(
        self,
        text: str,
        title: _Title,
        titles: Sequence[_Title],
        words: Sequence[PlacedWord],
        read: Sequence[StaffCount],
    ) -> tuple[StaffCount, ...]:
        """The counts of a panel as its page has them, where these are all that its text gives."""
        if not words:
            return ()
        others = [(other.start, other.end) for other in titles if other is not title and other.said]
        span = title.start, title.end
        return read_placed(self.words, text, words, span, others, title.full_time, read)

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
            until = line_end(folded, stop) if "\n" in folded[end:stop] else max(end, stop)
            rest = folded[stop:until].strip(" *:.()|")
            # The name of the first group, or all beside each other, may stand on the title's line.
            names = text[stop:until].split("\t")
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
        # A date may go on in the next line.
        region = text[at:region_end].replace("\n", " ")
        periods = {at + period.start: period for period in scan_periods(region, default_year=year)}
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


def _once(panels: Sequence[Panel]) -> Iterator[Panel]:
    """The panels, no number in two: it is whose place on the page tells, else whose title says most."""
    placed = {count.number.start for panel in panels if panel.placed for count in panel.counts}
    said = {count.number.start for panel in panels if panel.date or panel.contract for count in panel.counts}
    for panel in panels:
        if not panel.placed:
            own = tuple(count for count in panel.counts if count.number.start not in placed)
            panel = replace(panel, counts=own)
        foreign = not (panel.date or panel.contract) and any(c.number.start in said for c in panel.counts)
        if panel.counts and not foreign:
            yield panel
