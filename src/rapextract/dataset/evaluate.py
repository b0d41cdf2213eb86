"""How well a dataset agrees with what people annotated.

A reference figure and one of the dataset are the same when they state the same value at the same place,
which is at most twelve words from where the reference is expected (see `rapextract.dataset.align`).
Nearest pairs are matched first. References that are not `core` neither reward nor punish.

*Precision* is the share of the dataset's figures that are in the references, *recall* the share of the
references that are in the dataset, *F1* their harmonic mean. The accuracies are shares of the matched
figures whose attribute is right; a label is right when at least half of its words agree (F1 of its content
words); a record is full when unit, role, period, territory and label are all right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from rapextract import defaults
from rapextract.model import AcronymRow, FigureRow, RapextractError
from rapextract.model.problems import NO_REFERENCES

from .align import Alignment, Words, fold, words
from .open import Dataset, open_dataset
from .references import AcronymReference, FigureReference, References, load_references

ATTRIBUTES = ("unit", "role", "bound", "period", "territory", "label")
_FULL = ("unit", "role", "period", "territory", "label")
_FAR = 12
_STOP_LIST = (
    "a à au aux avec ce ces cette dans de des du d en et l la le les leur leurs n ne ou par pour qu que qui "
    "s sa se ses son sur un une y dont ont été est sont"
)
_STOP_WORDS = frozenset(_STOP_LIST.split())
_UNIT_NAMES = {
    "euro": "eur", "euros": "eur", "€": "eur", "jour": "j", "jours": "j", "an": "ans", "annee": "ans",
    "annees": "ans", "heure": "h", "heures": "h",
}  # fmt: skip


@dataclass(frozen=True)
class Agreement:
    """Counts of references, of what the dataset has, and of what is in both."""

    references: int
    predicted: int
    found: int

    @property
    def precision(self) -> float:
        """Share of the dataset's that is right; 0 where it has none."""
        return self.found / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the references that was found; 1 where there are none."""
        return self.found / self.references if self.references else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class FigureScore:
    """Scores of the figures of one report.

    `accuracy` maps an attribute to the share that is right among the figures found (None where no
    reference states it), `label_overlap` is the mean F1 of the labels' words, `full` agrees on whole
    records, `kinds` and `headcounts` count found and all core references.
    """

    agreement: Agreement
    full: Agreement
    accuracy: dict[str, float | None]
    label_overlap: float
    kinds: dict[str, tuple[int, int]]
    headcounts: tuple[int, int]
    missed: tuple[FigureReference, ...] = field(repr=False)
    extra: tuple[FigureRow, ...] = field(repr=False)


@dataclass(frozen=True)
class AcronymScore:
    """Scores of the acronym pairs of one report; pairs are (short, long)."""

    agreement: Agreement
    missed: tuple[tuple[str, str], ...] = field(repr=False)
    extra: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True)
class Score:
    """Scores of one report; `acronyms` is None where nobody annotated them."""

    id: str
    source: str
    figures: FigureScore
    acronyms: AcronymScore | None


def evaluate(
    references: str | Path,
    outputs: str | Path = defaults.OUTPUTS,
    sources: str | Path | None = None,
    docs: Sequence[str] = (),
    source: str | None = None,
) -> list[Score]:
    """Score the dataset in `outputs` against the annotations in the folder `references`.

    `sources` is the folder of the annotated texts; without it, the reading text of the report is taken
    for the annotated one, which is right for .txt and .md. `docs` limits to some annotations by their
    id (``003`` of figures.003.jsonl); `source` scores against the report of this file name instead of the
    annotated one (the same report in another format). Raises `RapextractError` (U04, U06, U10).
    """
    dataset = open_dataset(outputs)
    folder = Path(references)
    wanted = [each for each in load_references(folder) if not docs or each.id in docs]
    if not wanted:
        raise RapextractError(NO_REFERENCES(path=folder, reason=f"none is called {', '.join(docs)}"))
    figures = list(dataset.rows(FigureRow))
    acronyms = list(dataset.rows(AcronymRow))
    return [
        _score(each, dataset, source or each.doc, figures, acronyms, Path(sources) if sources else None)
        for each in wanted
    ]


def _score(
    references: References,
    dataset: Dataset,
    source: str,
    figures: Sequence[FigureRow],
    acronyms: Sequence[AcronymRow],
    sources: Path | None,
) -> Score:
    mine = [figure for figure in figures if PurePosixPath(figure.source).name == source]
    ids = {figure.report_id for figure in mine}
    text = dataset.text(ids.pop()) if len(ids) == 1 else None
    annotated = _annotated_text(references.doc, sources) if sources is not None else text
    if annotated is None and mine:
        raise RapextractError(
            NO_REFERENCES(path=references.doc, reason=f"several reports are called {source}")
        )
    figure_score = score_figures(references.figures, mine, annotated or "", text or annotated or "")
    if references.acronyms is None:
        return Score(references.id, source, figure_score, None)
    pairs = [row for row in acronyms if PurePosixPath(row.source).name == source]
    return Score(references.id, source, figure_score, score_acronyms(references.acronyms, pairs))


def _annotated_text(doc: str, sources: Path) -> str:
    path = next(iter(sorted(sources.rglob(doc))), None)
    if path is None:
        raise RapextractError(NO_REFERENCES(path=sources, reason=f"the annotated text {doc} is not here"))
    return path.read_text(encoding="utf-8")


def score_figures(
    references: Sequence[FigureReference], figures: Sequence[FigureRow], annotated: str, text: str
) -> FigureScore:
    """Score `figures`, whose offsets point into `text`, against `references` to the text `annotated`."""
    matched = _match(references, figures, annotated, text)
    core = [index for index, reference in enumerate(references) if reference.core]
    found = [(references[index], figures[matched[index]]) for index in core if index in matched]
    optional = sum(not reference.core and index in matched for index, reference in enumerate(references))
    predicted = len(figures) - optional
    used = set(matched.values())
    right = {attribute: [_is_right(attribute, *pair) for pair in found] for attribute in ATTRIBUTES}
    full = sum(all(right[name][pair] is not False for name in _FULL) for pair in range(len(found)))
    overlaps = [label_overlap(reference.label, figure.label) for reference, figure in found]
    kinds = Counter(_kind(references[index]) for index in core)
    found_kinds = Counter(_kind(reference) for reference, _ in found)
    headcounts = sum(
        reference.kind == "headcount"
        and figure.kind == "headcount"
        and _is_right("territory", reference, figure) is not False
        for reference, figure in found
    )
    return FigureScore(
        agreement=Agreement(len(core), predicted, len(found)),
        full=Agreement(len(core), predicted, full),
        accuracy={name: _share(values) for name, values in right.items()},
        label_overlap=sum(overlaps) / len(overlaps) if overlaps else 0.0,
        kinds={kind: (found_kinds[kind], count) for kind, count in sorted(kinds.items())},
        headcounts=(headcounts, kinds["headcount"]),
        missed=tuple(references[index] for index in core if index not in matched),
        extra=tuple(figure for index, figure in enumerate(figures) if index not in used),
    )


def _match(
    references: Sequence[FigureReference], figures: Sequence[FigureRow], annotated: str, text: str
) -> dict[int, int]:
    """Index of a reference → index of its figure; nearest pairs first, each once."""
    left, right = Words(annotated), Words(text)
    alignment = Alignment(left, right)
    places = [right.index(figure.char_start) for figure in figures]
    candidates: list[tuple[int, int, int]] = []
    for index, reference in enumerate(references):
        start = reference.place(annotated)
        expected = alignment.expected(start) if start is not None else None
        if expected is None:
            continue
        candidates.extend(
            (abs(place - expected), index, other)
            for other, place in enumerate(places)
            if abs(place - expected) <= _FAR and same_value(reference.value, float(figures[other].value))
        )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, other in sorted(candidates):
        if index not in matched and other not in taken:
            matched[index] = other
            taken.add(other)
    return matched


def same_value(one: float, other: float) -> bool:
    """Equal but for rounding: within 0.0001, or that share of the larger."""
    return abs(one - other) <= 1e-4 * max(1.0, abs(one), abs(other))


def _is_right(attribute: str, reference: FigureReference, figure: FigureRow) -> bool | None:
    """Whether an attribute agrees; None where the reference does not state it."""
    match attribute:
        case "unit":
            return unit_key(reference.unit) == unit_key(figure.unit)
        case "role":
            return reference.role == figure.role.value
        case "bound":
            return reference.bound == figure.bound.value
        case "period":
            return (reference.period or "") == figure.period
        case "territory":
            return None if reference.territories is None else figure.territory in reference.territories
        case "label":
            return label_overlap(reference.label, figure.label) >= 0.5
        case _:
            raise ValueError(attribute)


def unit_key(unit: str | None) -> str:
    """What two spellings of a unit have in common: its first word, folded, without plural."""
    folded = fold(unit or "").strip()
    folded = _UNIT_NAMES.get(folded, folded)
    first = folded.split()[0] if folded else ""
    return re.sub(r"(s|x)$", "", first) if len(first) > 3 else first


def label_overlap(reference: str | None, label: str) -> float:
    """F1 of the content words of two labels."""
    wanted, given = _content_words(reference or ""), _content_words(label)
    if not wanted or not given:
        return 0.0
    return 2 * len(wanted & given) / (len(wanted) + len(given))


def _content_words(text: str) -> set[str]:
    return {re.sub(r"(s|x|e|es)$", "", word) for word in words(text) if word not in _STOP_WORDS}


def _kind(reference: FigureReference) -> str:
    """Lists count as prose."""
    return "prose" if reference.kind == "list" else reference.kind


def _share(values: Sequence[bool | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def score_acronyms(references: Sequence[AcronymReference], rows: Sequence[AcronymRow]) -> AcronymScore:
    """Score acronym pairs; a pair counts once a report, its content words decide."""
    wanted = {_pair_key(each.short, each.long): (each.short, each.long) for each in references}
    given = {_pair_key(row.acronym, row.expansion): (row.acronym, row.expansion) for row in rows}
    return AcronymScore(
        agreement=Agreement(len(wanted), len(given), len(wanted.keys() & given.keys())),
        missed=tuple(wanted[key] for key in sorted(wanted.keys() - given.keys())),
        extra=tuple(given[key] for key in sorted(given.keys() - wanted.keys())),
    )


def _pair_key(short: str, long: str) -> tuple[str, str]:
    letters = re.sub(r"[^a-z0-9]", "", fold(short))
    return letters, " ".join(word for word in words(long) if word not in _STOP_WORDS)
