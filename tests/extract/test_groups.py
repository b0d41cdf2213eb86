"""Which rows of a table stand under a title, and what totals are of no group."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rapextract.extract.tables.groups import LabelledRow, group_titles
from rapextract.extract.tables.header_words import HeaderWords
from rapextract.extract.tables.headers import HeaderTree
from rapextract.grammar import load_grammar
from rapextract.model.document import Cells

from .contexts import context_of
from .test_tables import figures

WORDS = HeaderWords(load_grammar())


def rows(*labels: str) -> list[LabelledRow]:
    """Rows of a table: « = » opens a label without data, « # » one merged over the columns."""
    return [
        LabelledRow(label.strip("=# "), alone=label[0] in "=#", wide=label[0] == "#", finer=label == "-")
        for label in labels
    ]


@pytest.mark.parametrize(
    ("labels", "titles"),
    [
        (["= Nord", "Lille", "Lens", "= Sud", "Foix"], ["", "Nord", "Nord", "", "Sud"]),
        (["= Lille", "= Lens", "Total", "Autres"], ["", "", "", ""]),
        (["= Nord", "Lille", "= Lens", "Total des sites"], ["", "Nord", "", "Nord"]),
        (["= Dons", "= Legs", "= Ventes", "Intérêts"], ["", "", "", ""]),
        (["= Région", "= Nord", "Lille"], ["", "", "Nord"]),
        (["= Dons reçus en €", "Legs reçus en €"], ["", ""]),
        (["= Dons (€)", "Particuliers"], ["", "Dons (€)"]),
        (["# Nord", "Lille", "= Lens", "Arras"], ["", "Nord", "", "Nord"]),
        (["# Nord", "Lille", "= Lens", "-"], ["", "Nord", "", "Lens"]),
        (["# Nord", "Lille", "# Sud", "Foix", "Total général", "Par site"], ["", "Nord", "", "Sud", "", ""]),
        (["# Nord", "Lille", "Total", "# Sud", "Foix", "Total"], ["", "Nord", "Nord", "", "Sud", "Sud"]),
        (["# Nord", "Lille", "Total"], ["", "Nord", "Nord"]),
        (["# Nord", "Lille", "# Sud", "Foix", "Total des sites"], ["", "Nord", "", "Sud", "Sud"]),
    ],
)
def test_titles_in_force(labels: list[str], titles: list[str]) -> None:
    assert group_titles(rows(*labels), WORDS) == titles


@pytest.mark.parametrize(
    ("words", "total", "whole"),
    [
        ("TOTAL", True, True),
        ("Total (indicateur B12)", True, True),
        ("TOTAL [€]", True, True),
        ("Total HT", False, True),
        ("Total général TTC", False, True),
        ("Total des subventions", False, False),
        ("Montant total", False, False),
    ],
)
def test_what_is_a_total_and_no_more(words: str, total: bool, whole: bool) -> None:
    assert (WORDS.is_total(words), WORDS.is_whole(words)) == (total, whole)


def test_a_total_says_of_what() -> None:
    text = (
        "| Produits | 2020 | 2021 |\n|---|---|---|\n| Cotisations | 120 € | 130 € |\n| Dons | | |\n"
        "| Total des cotisations | 120 € | 130 € |\n| Total TTC | 144 € | 156 € |\n| TOTAL | 9 € | 8 € |\n"
    )
    labels = [figure.label for figure in figures(text) if figure.period == "2021"]
    assert labels == ["cotisations", "total des cotisations", "total TTC", "total"]


@pytest.mark.parametrize(
    ("span", "last", "groups"),
    [
        (1, "Total", ("Nord", "Sud", "")),
        (1, "Autres", ("Nord", "Sud", "Sud")),
        (2, "Autres", ("Nord", "Sud", "")),
    ],
    ids=["a total of all", "a row of the last group", "a row below a name that spans its rows"],
)
def test_names_left_of_the_labels(span: int, last: str, groups: tuple[str, ...]) -> None:
    text = (
        "| Région | Site | Plants | Greffes |\n|---|---|---|---|\n"
        "| Nord | Lille | 12 | 3 |\n| | Lens | 14 | 5 |\n"
        f"| Sud | Foix | 91 | 7 |\n| | Auch | 84 | 2 |\n| | {last} | 431 | 17 |\n"
    )
    document = context_of(text).document
    (table,) = document.tables
    cells = [c._replace(row_span=span) if c.row and c.column == 0 else c for c in table.cells]
    tree = HeaderTree(document, replace(table, cells=Cells(cells), header_columns=2), WORDS)
    paths = {document.cell_text(cell): tree.paths(cell).row for cell in cells}
    assert tuple(paths[value][0] if paths[value][1:] else "" for value in ("14", "84", "431")) == groups
