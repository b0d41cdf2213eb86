"""Running heads, footers and page numbers: known by repetition at one place on the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapextract.model import BlockKind

from .blocks import Draft

ZONE = 0.13  # of the page's height, at the top and at the bottom
NEAR = 3.0  # points that a running line may move between pages
ISOLATED = 0.9  # times its size: white between a running line and the text
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"(?=[ivxlc])x{0,3}(?:ix|iv|v?i{0,3})", re.I)
_PAGE_WORDS = re.compile(r"[\W\d_]*(?:(?:page|p|pages|sur|de|n|no|of)[\W\d_]*)*", re.I)


@dataclass(slots=True)
class PageDrafts:
    """The blocks of one page, in reading order, with the page's number and height."""

    number: int
    height: float
    drafts: list[Draft]


@dataclass(slots=True)
class _Candidate:
    page: PageDrafts
    draft: Draft
    at_top: bool

    @property
    def place(self) -> float:
        """Distance of the baseline from the nearer end of the page."""
        baseline = self.draft.lines[0].baseline
        return baseline if self.at_top else self.page.height - baseline


def mark_furniture(pages: Sequence[PageDrafts], body_size: float) -> None:
    """Take running lines out of `pages`, except the first copy of each that says something.

    A copy stays, as `BlockKind.FURNITURE`, where its words stand nowhere else in the report: it may
    be the only place that names the report. Page numbers go.
    """
    candidates = [
        _Candidate(page, draft, draft.top < ZONE * page.height)
        for page in pages
        for draft in page.drafts
        if draft.lines
        and draft.kind not in (BlockKind.TABLE, BlockKind.PANEL)
        and len(draft.lines) <= 3
        and (draft.bottom < ZONE * page.height or draft.top > (1 - ZONE) * page.height)
    ]
    running = _repeated(candidates) | _slots(candidates, body_size, len(pages))
    running |= {k for k, c in enumerate(candidates) if _is_artifact(c.draft) or _is_lone_number(c)}
    gone = {id(candidates[k].draft) for k in running}
    if not gone:
        return
    said = {_folded(draft.text) for page in pages for draft in page.drafts if id(draft) not in gone}
    for page in pages:
        kept = []
        for draft in page.drafts:
            if id(draft) in gone:
                words = _folded(draft.text)
                if words in said or _PAGE_WORDS.fullmatch(draft.text):
                    continue
                said.add(words)
                draft.kind = BlockKind.FURNITURE
                draft.level = 0
            kept.append(draft)
        page.drafts[:] = kept


def _folded(text: str) -> str:
    return " ".join(_NUMBER.sub("#", text.lower()).split())


def _repeated(candidates: list[_Candidate]) -> set[int]:
    """Lines that say the same at the same place on two pages, but for a number that counts pages."""
    groups: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for k, candidate in enumerate(candidates):
        groups[candidate.at_top, _folded(candidate.draft.text)].append(k)
    found: set[int] = set()
    for members in groups.values():
        for cluster in _by_place(candidates, members):
            pages = {candidates[k].page.number for k in cluster}
            if len(pages) > 1 and _counts_pages([candidates[k] for k in cluster]):
                found.update(cluster)
    return found


def _by_place(candidates: list[_Candidate], members: list[int]) -> list[list[int]]:
    clusters: list[list[int]] = []
    for k in sorted(members, key=lambda k: candidates[k].place):
        if clusters and candidates[k].place - candidates[clusters[-1][-1]].place <= NEAR:
            clusters[-1].append(k)
        else:
            clusters.append([k])
    return clusters


def _counts_pages(cluster: list[_Candidate]) -> bool:
    """Whether each number of the line is the same everywhere or runs with the pages."""
    rows = [(c.page.number, [int(n) for n in _NUMBER.findall(c.draft.text)[:9]]) for c in cluster]
    for column in zip(*(numbers for _, numbers in rows), strict=False):
        same = len(set(column)) == 1
        runs = len({value - page for value, (page, _) in zip(column, rows, strict=True)}) == 1
        if not same and not runs:
            return False
    return True


def _slots(candidates: list[_Candidate], body_size: float, page_count: int) -> set[int]:
    """Lines that say different things at one place of many pages: the running title of a section.

    Told from a first line of text by standing apart from it and by being small, or by repeating.
    """
    groups: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for k, candidate in enumerate(candidates):
        if len(candidate.draft.lines) == 1 and _stands_apart(candidate):
            groups[candidate.at_top, round(10 * candidate.draft.size)].append(k)
    found: set[int] = set()
    for members in groups.values():
        for cluster in _by_place(candidates, members):
            pages = {candidates[k].page.number for k in cluster}
            if len(pages) < max(3, 0.3 * page_count):
                continue
            different = len({_folded(candidates[k].draft.text) for k in cluster})
            small = candidates[cluster[0]].draft.size < 0.93 * body_size
            if small or different <= 0.5 * len(cluster):
                found.update(cluster)
    return found


def _stands_apart(candidate: _Candidate) -> bool:
    draft = candidate.draft
    white = ISOLATED * draft.size
    return all(
        other is draft or other.top > draft.bottom + white or other.bottom < draft.top - white
        for other in candidate.page.drafts
        if other.lines or other.area
        if not (other.lines and abs(other.lines[0].baseline - draft.lines[0].baseline) < NEAR)
    )


def _is_artifact(draft: Draft) -> bool:
    return all(line.artifact for line in draft.lines)


def _is_lone_number(candidate: _Candidate) -> bool:
    """A number alone at the page's end that is the page's own."""
    text = candidate.draft.text.strip(" -–—|·")
    return text == str(candidate.page.number) or (
        bool(_ROMAN.fullmatch(text)) and not candidate.at_top and len(text) < 6 and text.islower()
    )
