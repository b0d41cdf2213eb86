"""Running heads, footers and page numbers: known by repetition at one place on the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from rapextract.model import BlockKind

from ...shapes import unaccented
from .drafts import Draft

ZONE = 0.13  # of the page's height, at the top and at the bottom
WIDE_ZONE = 0.25  # of it: where the outermost line may still number the page, in wide margins
NEAR = 3.0  # points that a running line may move between pages
ISOLATED = 0.9  # times its size: white between a running line and the text
MOST_PAGES = 0.5  # of a report's: a line on more runs even amid text, one on fewer not where others' text is
MOST_STAMPED = 8  # lines of a box that runs through a report, such as a stamp of the prefecture
_NUMBER = re.compile(r"\d+")
_PAGE_BESIDE = re.compile(r"^\d{1,3}\t|\t\d{1,3}$")
_RULE = re.compile(r"_{3,}")
"""A line under a running head that is typed."""
_DASHED = re.compile(r"([-–—]) ?\d{1,3} ?\1")
_ROMAN = re.compile(r"(?=[ivxlc])x{0,3}(?:ix|iv|v?i{0,3})", re.I)
_PAGE_WORDS = re.compile(r"[\W\d_]*(?:(?:page|p|pages|sur|de|n|no|of)[\W\d_]*)*", re.I)


@dataclass(slots=True)
class _Candidate:
    """A block near the top or the bottom of its page; `index` is its number among the page's.

    `place` is the distance of its baseline from the nearer end of the page, `apart` whether it is a single
    line that white parts from the rest, `alone` whether it is furniture whatever other pages have, `outer`
    the numbers of the blocks between it and the end of the page. `edge` is how far it begins, or ends, from
    that end, `inward` whether that is farther than running lines stand unless the margin is wide.
    """

    page: int
    index: int
    at_top: bool
    text: str
    place: float
    size: float
    apart: bool
    alone: bool
    outer: list[int]
    edge: float
    inward: bool = False


class Furniture:
    """Tells the running lines of a report, and takes them out of its pages.

    Call `add` for every page, then `settle`, then `left_on` for the same pages again.
    """

    def __init__(self) -> None:
        self._candidates: list[_Candidate] = []
        self._page_count = 0
        self._edges: dict[tuple[int, bool], list[tuple[float, int]]] = {}
        """Page, at its top or not → how far the blocks near that end are from it, and their numbers."""
        self._running: dict[int, dict[int, bool]] = {}
        """Page → numbers of its blocks that are running lines, and whether one stays."""

    def add(self, page: int, height: float, drafts: Sequence[Draft]) -> None:
        """Look at the blocks of a page; pages come in their order."""
        self._page_count += 1
        for at_top in (True, False):
            self._edges[page, at_top] = [
                (edge, index)
                for index, draft in enumerate(drafts)
                if (edge := draft.top if at_top else height - draft.bottom) < ZONE * height
            ]
        self._candidates += (
            _candidate(page, height, index, drafts)
            for index, draft in enumerate(drafts)
            if draft.lines
            and draft.kind is not BlockKind.TABLE
            and len(draft.lines) <= (MOST_STAMPED if draft.kind is BlockKind.PANEL else 3)
            and (
                draft.bottom < ZONE * height
                or draft.top > (1 - ZONE) * height
                or _may_number(draft, height, drafts)
            )
        )

    def settle(self, body_size: float, pages: Iterable[tuple[int, Sequence[Draft]]]) -> None:
        """Decide, now that all pages are known; `pages` are their numbers and blocks once more.

        The first copy of a running line stays where its words stand nowhere else in the report: it may be
        the only place that names the report. Page numbers go.
        """
        candidates = self._candidates
        running = {k for k, candidate in enumerate(candidates) if candidate.alone}
        slots = _slots(candidates, body_size, self._page_count)
        repeated = _repeated(candidates)
        ends = self._ends(running.union(*slots, *repeated))
        few = MOST_PAGES * self._page_count
        clusters = slots + [
            cluster
            for cluster in repeated
            if len(cluster) > few
            or (
                _runs([candidates[k].page for k in cluster])
                and not _ends_text([candidates[k] for k in cluster], ends)
            )
        ]
        places = {(candidates[k].page, candidates[k].index) for k in running.union(*clusters)}
        for cluster in clusters:
            within = sum(_is_within(candidates[k], places) for k in cluster)
            if within <= 0.5 * len(cluster) or len(cluster) > MOST_PAGES * self._page_count:
                running.update(cluster)
        self._candidates = [candidates[k] for k in sorted(running)]
        if not self._candidates:
            return
        for candidate in self._candidates:
            self._running.setdefault(candidate.page, {})[candidate.index] = False
        said = {unaccented(words) for words in self._said_elsewhere(pages)}
        for candidate in self._candidates:
            words = unaccented(_said(candidate.text))  # OCR loses the accents of capitals on some pages
            if words not in said and not _PAGE_WORDS.fullmatch(candidate.text):
                said.add(words)
                self._running[candidate.page][candidate.index] = True
        self._candidates = []

    def _ends(self, running: Set[int]) -> dict[tuple[int, bool], float]:
        """How far the text of each page, without `running` candidates, is from its top and from its foot.

        Pages where it is not near are left out.
        """
        places = {(self._candidates[k].page, self._candidates[k].index) for k in running}
        return {
            (page, at_top): min(near)
            for (page, at_top), blocks in self._edges.items()
            if (near := [edge for edge, index in blocks if (page, index) not in places])
        }

    def _said_elsewhere(self, pages: Iterable[tuple[int, Sequence[Draft]]]) -> set[str]:
        """Which words of running lines other blocks say."""
        wanted = {_said(candidate.text) for candidate in self._candidates}
        firsts = {words.partition(" ")[0] for words in wanted}  # most blocks begin otherwise
        said: set[str] = set()
        for page, drafts in pages:
            running = self._running.get(page, {})
            for index, draft in enumerate(drafts):
                if index in running or not draft.lines:
                    continue
                first = _folded(draft.lines[0].text.split(None, 1)[0])
                if first in firsts and (words := _folded(draft.text)) in wanted:
                    said.add(words)
        return said

    def left_on(self, page: int, drafts: Sequence[Draft]) -> list[Draft]:
        """The blocks of a page without its running lines; what stays of these is marked as furniture."""
        running = self._running.get(page)
        if running is None:
            return list(drafts)
        kept = [draft for index, draft in enumerate(drafts) if running.get(index, True)]
        for index, stays in running.items():
            if stays:
                drafts[index].kind = BlockKind.FURNITURE
                drafts[index].level = 0
        return kept


def _candidate(page: int, height: float, index: int, drafts: Sequence[Draft]) -> _Candidate:
    draft = drafts[index]
    at_top = draft.top < height / 2
    inward = draft.bottom >= ZONE * height if at_top else draft.top <= (1 - ZONE) * height
    baseline = draft.lines[0].baseline
    text = draft.text
    artifact = all(line.artifact for line in draft.lines)
    return _Candidate(
        page=page,
        index=index,
        at_top=at_top,
        text=text,
        place=baseline if at_top else height - baseline,
        size=draft.size,
        apart=len(draft.lines) == 1 and not inward and _stands_apart(draft, drafts),
        alone=artifact or (_is_lone_number(text, page, at_top) and not (at_top and inward)),
        outer=[
            k
            for k, other in enumerate(drafts)
            if other.lines and (other.bottom < draft.top if at_top else other.top > draft.bottom)
        ],
        edge=draft.top if at_top else height - draft.bottom,
        inward=inward,
    )


def _may_number(draft: Draft, height: float, drafts: Sequence[Draft]) -> bool:
    """Whether a block is a line apart with a number, the first or the last of a page with a wide margin."""
    at_top = draft.bottom < WIDE_ZONE * height
    return (
        (at_top or draft.top > (1 - WIDE_ZONE) * height)
        and len(draft.lines) == 1
        and _NUMBER.search(draft.text) is not None
        and all(
            draft.bottom <= other.top if at_top else other.bottom <= draft.top
            for other in drafts
            if other is not draft
        )
        and _stands_apart(draft, drafts)
    )


def _is_within(candidate: _Candidate, running: set[tuple[int, int]]) -> bool:
    """Whether text stands between a line and the end of its page: what lies below a title is no head.

    `running` are the running lines by their page and the number of their block there.
    """
    return any((candidate.page, index) not in running for index in candidate.outer)


def _ends_text(lines: Sequence[_Candidate], ends: Mapping[tuple[int, bool], float]) -> bool:
    """Whether lines stand where the text of most other pages begins or ends: a title that is said again.

    `ends` is how far the text of each page is from its top and its foot, where that is near. Columns need
    not end where the page's text does.
    """
    first, own = lines[0], {line.page for line in lines}
    others = [edge for (page, at_top), edge in ends.items() if page not in own and at_top == first.at_top]
    low, high = (first.edge - first.size if first.at_top else 0.0), first.edge + first.size
    level = sum(low <= edge <= high for edge in others)
    return 2 * level > max(len(others), len(lines))


def _runs(pages: Sequence[int]) -> bool:
    """Whether most of the pages of a line follow each other, or every other one as in a book of two sides.

    A title that two parts of a report share stands on pages far apart.
    """
    steps = [after - before for before, after in pairwise(sorted(pages))]
    return 2 * sum(step <= 2 for step in steps) >= len(steps)


def _folded(text: str) -> str:
    return " ".join(_NUMBER.sub("#", _RULE.sub("", text.lower())).split())


def _said(text: str) -> str:
    """What a running line says besides the number of its page, which white parts from it."""
    return _folded(_PAGE_BESIDE.sub("", text))


def _repeated(candidates: list[_Candidate]) -> list[list[int]]:
    """Groups of lines that say the same at one place of several pages, but for a number that counts pages."""
    groups: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for k, candidate in enumerate(candidates):
        groups[candidate.at_top, unaccented(_folded(candidate.text))].append(k)
    found: list[list[int]] = []
    for members in groups.values():
        for cluster in _by_place(candidates, members):
            pages = {candidates[k].page for k in cluster}
            inward = any(candidates[k].inward for k in cluster)
            if len(pages) > 1 and _counts_pages([candidates[k] for k in cluster], inward):
                found.append(cluster)
    return found


def _by_place(candidates: list[_Candidate], members: list[int]) -> list[list[int]]:
    clusters: list[list[int]] = []
    for k in sorted(members, key=lambda k: candidates[k].place):
        if clusters and candidates[k].place - candidates[clusters[-1][-1]].place <= NEAR:
            clusters[-1].append(k)
        else:
            clusters.append([k])
    return clusters


def _counts_pages(cluster: list[_Candidate], inward: bool) -> bool:
    """Whether each number of the line is the same everywhere or runs with the pages; one does so `inward`."""
    rows = [(c.page, [int(n) for n in _NUMBER.findall(c.text)[:9]]) for c in cluster]
    counted = not inward
    for column in zip(*(numbers for _, numbers in rows), strict=False):
        same = len(set(column)) == 1
        runs = len({value - page for value, (page, _) in zip(column, rows, strict=True)}) == 1
        if not same and not runs:
            return False
        counted = counted or runs
    return counted


def _slots(candidates: list[_Candidate], body_size: float, page_count: int) -> list[list[int]]:
    """Groups of lines that say different things at one place of many pages: the running title of a section.

    Told from a first line of text by standing apart from it and by being small, or by repeating.
    """
    groups: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for k, candidate in enumerate(candidates):
        if candidate.apart:
            groups[candidate.at_top, round(10 * candidate.size)].append(k)
    found: list[list[int]] = []
    for members in groups.values():
        for cluster in _by_place(candidates, members):
            pages = {candidates[k].page for k in cluster}
            if len(pages) < max(3, 0.3 * page_count):
                continue
            different = len({_folded(candidates[k].text) for k in cluster})
            small = candidates[cluster[0]].size < 0.93 * body_size
            if small or different <= 0.5 * len(cluster):
                found.append(cluster)
    return found


def _stands_apart(draft: Draft, drafts: Sequence[Draft]) -> bool:
    white = ISOLATED * draft.size
    return all(
        other.top > draft.bottom + white or other.bottom < draft.top - white
        for other in drafts
        if not (other.lines and abs(other.lines[0].baseline - draft.lines[0].baseline) < NEAR)
    )


def _is_lone_number(text: str, page: int, at_top: bool) -> bool:
    """A number alone at the page's end that is the page's own, or stands between dashes."""
    if _DASHED.fullmatch(text):
        return True
    text = text.strip(" -–—|·")
    return text == str(page) or (
        not at_top and len(text) < 6 and text.islower() and _ROMAN.fullmatch(text) is not None
    )
