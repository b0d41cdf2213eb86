"""`explain`: why a figure has its value, label, entity, period, role and indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapextract import defaults
from rapextract.dataset.neutral import one_line
from rapextract.dataset.open import open_dataset
from rapextract.engine.corpus import corpus_root, remembered_root
from rapextract.extract.explain import Reason, explain_figure, explain_names
from rapextract.grammar import load_grammar
from rapextract.model import FigureRow
from rapextract.model.problems import SOURCE_CHANGED, SOURCE_MISSING
from rapextract.model.records import report_id
from rapextract.read import read_document


@dataclass(frozen=True)
class Explanation:
    """A figure and the reasons for its attributes, in the order of figures.csv.

    `without_source` says why only the dataset could be asked (then period, entity, unit and role have no
    reasons); empty where the source was read again.
    """

    figure: FigureRow
    reasons: tuple[Reason, ...]
    without_source: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """For each attribute, its value and why, as lines for people."""
        lines = []
        for reason in self.reasons:
            told = f"{reason.value or '(none)'}  by {reason.by or '(nothing)'}"
            if reason.file:
                told += f" ({reason.file})"
            lines.append((reason.attribute, one_line(told)))
            if reason.why:
                lines.append(("", one_line(reason.why)))
            if reason.words:
                place = f"characters {reason.start}–{reason.end}: " if reason.start is not None else ""
                lines.append(("", one_line(f"{place}{reason.words}")))
        return lines


def explain(
    figure_id: str,
    outputs: str | Path = defaults.OUTPUTS,
    corpus: str | Path | Sequence[str | Path] | None = None,
    *,
    grammars: str | Path | None = None,
    password: str | None = None,
) -> Explanation:
    """Why the figure whose id is, or alone begins with, `figure_id` is what it is.

    The report's source is read again, with the grammars of now: `corpus` is what `ingest` was given
    (default: what the last run on `outputs` was given), `grammars` and `password` too. Where the source is
    not there or is another now, the rules of value, indicator and theme are told from the dataset alone, and
    the explanation says so.

    Raises `RapextractError`: U04 (no dataset), U05 (no such figure), U09 (several begin so).
    """
    dataset = open_dataset(outputs)
    figure = dataset.figure(figure_id)
    grammar = load_grammar(Path(grammars) if grammars is not None else None)
    root = _root(dataset.folder, corpus)
    if root is None:
        return Explanation(figure, tuple(explain_names(figure, grammar)), "where the corpus is, is not known")
    path = root / figure.source
    if not path.is_file():
        missing = SOURCE_MISSING(source=figure.source)
        return Explanation(figure, tuple(explain_names(figure, grammar)), missing.message)
    document = read_document(path, root, password, dataset.read_with_ocr(figure.source))
    if report_id(document.sha256) != figure.report_id:
        changed = SOURCE_CHANGED(source=figure.source)
        return Explanation(figure, tuple(explain_names(figure, grammar)), changed.message)
    return Explanation(figure, tuple(explain_figure(document, grammar, figure)))


def _root(outputs: Path, corpus: str | Path | Sequence[str | Path] | None) -> Path | None:
    if corpus is None:
        return remembered_root(outputs)
    paths = [corpus] if isinstance(corpus, str | Path) else corpus
    return corpus_root([Path(path) for path in paths])
