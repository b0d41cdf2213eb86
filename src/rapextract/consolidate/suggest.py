"""What the catalogue does not know yet: figures without an indicator, grouped by what they measure.

Figures of one group have the same label (folded, word by word in the singular) and the same unit. Each
group becomes a rule of the grammar, ready to paste and edit, with some of its figures as examples: a rule
that `rapextract grammar test` runs and that `rapextract ingest` applies as it stands.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from rapextract import defaults
from rapextract.dataset.neutral import neutral_text
from rapextract.dataset.open import open_dataset
from rapextract.extract.indicators.naming import name_key
from rapextract.grammar.compiled import regexp
from rapextract.model import FigureRow
from rapextract.model.base import Frozen

EXAMPLES = 3
"""How many figures of a group stand in its rule."""
_QUOTE = 100
_LETTERS = regexp(r"[^\W\d_]{3}")


class Suggestion(Frozen):
    """Figures that measure the same thing and have no indicator.

    `label` and `unit` are what they share, `figures` are all of them, in the order of the dataset.
    """

    id: str
    label: str
    unit: str
    theme: str
    figures: tuple[FigureRow, ...]

    @property
    def reports(self) -> int:
        """In how many reports they stand."""
        return len({figure.report_id for figure in self.figures})

    def rule(self) -> str:
        """The group as an entry of a grammar file, with a comment that says where its examples are from."""
        lines = [
            f"  # {_count(len(self.figures), 'figure')} of {_count(self.reports, 'report')}",
            f"  - id: {_yaml(self.id)}",
            f"    name_fr: {_yaml(self.label[0].upper() + self.label[1:])}",
        ]
        lines += [f"    units: {_yaml(self.unit)}"] if self.unit else []
        lines += [f"    theme: {_yaml(self.theme)}"] if self.theme else []
        unit = f", unit: {_yaml(self.unit)}" if self.unit else ""
        lines.append(f"    named: {{phrases: {_yaml(self.label)}, within: label, whole: true{unit}}}")
        lines.append("    examples:")
        for figure in self._examples():
            lines.append(f"      # {_source(figure)}")
            lines.append(f"      - {{label: {_yaml(_words(figure.label))}{unit}, kind: {figure.kind.value}}}")
        return "\n".join(lines)

    def _examples(self) -> list[FigureRow]:
        """Figures of as many reports as possible, each label once a report."""
        seen: set[tuple[str, str]] = set()
        first: list[FigureRow] = []
        for figure in self.figures:
            if (key := (figure.report_id, figure.label)) not in seen:
                seen.add(key)
                first.append(figure)
        ordered = sorted(
            first, key=lambda f: [g.report_id for g in first[: first.index(f)]].count(f.report_id)
        )
        return ordered[:EXAMPLES]


def suggest(outputs: str | Path = defaults.OUTPUTS, at_least: int = 1) -> list[Suggestion]:
    """Indicators that the dataset in `outputs` could have and the catalogue does not know.

    Those of most reports come first, then those of most figures; only groups of `at_least` figures. Figures
    that are not results (targets, changes, other places' values) are left out. Raises `RapextractError`
    (U04) where there is no dataset.
    """
    return _suggestions(open_dataset(outputs).rows(FigureRow), at_least)


def suggested_file(suggestions: Iterable[Suggestion]) -> str:
    """Suggestions as a grammar file."""
    rules = [suggestion.rule() for suggestion in suggestions]
    head = "# Indicators suggested by rapextract. Rename, merge and complete them before you use them.\n"
    return (
        head + "kind: indicators\nindicators:" + (" []\n" if not rules else "\n" + "\n\n".join(rules) + "\n")
    )


def _suggestions(figures: Iterable[FigureRow], at_least: int) -> list[Suggestion]:
    groups: defaultdict[tuple[str, str], list[FigureRow]] = defaultdict(list)
    for figure in figures:
        if not figure.indicator and figure.is_result and _LETTERS.search(figure.label):
            groups[name_key(figure.label), figure.unit].append(figure)
    kept = {key: items for key, items in groups.items() if len(items) >= at_least}
    order = sorted(kept, key=lambda key: (-len({f.report_id for f in kept[key]}), -len(kept[key]), key))
    ids = _ids(kept[key][0].label for key in order)
    return [
        Suggestion(
            id=new_id,
            label=_words(_commonest(figure.label for figure in kept[key])),
            unit=key[1],
            theme=_commonest(figure.theme for figure in kept[key]),
            figures=tuple(kept[key]),
        )
        for key, new_id in zip(order, ids, strict=True)
    ]


def _ids(labels: Iterable[str]) -> Iterator[str]:
    """An id for each label, no two the same: its words in plain letters, joined by hyphens."""
    taken: Counter[str] = Counter()
    for label in labels:
        plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
        slug = "-".join(regex.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "indicator"
        taken[slug] += 1
        yield slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def _words(text: str) -> str:
    return " ".join(neutral_text(text).split())


def _yaml(text: str) -> str:
    """A string as YAML reads it: quoted as in JSON, which is YAML too."""
    return json.dumps(text, ensure_ascii=False)


def _source(figure: FigureRow) -> str:
    page = f" p. {figure.page}" if figure.page else ""
    quote = _words(figure.quote)
    quote = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
    unit = f" {figure.unit}" if figure.unit else ""
    return f"{_words(figure.source)}{page}: {format(figure.value, 'f')}{unit} in « {quote} »"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
