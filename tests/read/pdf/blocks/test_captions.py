"""Captions of tables: above them, or in some reports below them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rapextract.model import Block, BlockKind, Cells, Table
from rapextract.read import Source, read_source
from rapextract.read.pdf.blocks.captions import captions_of
from rapextract.read.pdf.blocks.drafts import CAPTION

from ..tables.drawing import PROSE, Page, pdf


def captions(*lines: str) -> list[str]:
    """The captions of the tables (« # ») of a report on one page, the other lines being caption blocks."""
    text, blocks, tables = "", [], []
    for line in lines:
        start, end = len(text), len(text) + len(line)
        kind = BlockKind.TABLE if line == "#" else BlockKind.PARAGRAPH if line == "…" else BlockKind.CAPTION
        number = len(tables) if kind is BlockKind.TABLE else None
        blocks.append(Block(kind=kind, start=start, end=end, page=1, table=number))
        if number is not None:
            tables.append(
                Table(start=start, end=end, row_count=1, column_count=1, cells=Cells([]), pages=(1,))
            )
        text += f"{line}\n\n"
    return [text[span.start : span.end] if span else "" for span in captions_of(blocks, tables, text)]


def test_captions_above_their_tables() -> None:
    assert captions("Tableau 1 : Dossiers", "#", "Tableau 2 : Avis", "#", "…") == [
        "Tableau 1 : Dossiers",
        "Tableau 2 : Avis",
    ]
    assert captions("Les dossiers", "#", "…", "#") == ["Les dossiers", ""]


def test_captions_below_their_tables() -> None:
    assert captions("#", "Tableau 1 : Dossiers", "#", "Tableau 2 : Avis", "…") == [
        "Tableau 1 : Dossiers",
        "Tableau 2 : Avis",
    ]
    assert captions("#", "Tableau 1 : Dossiers", "…", "Les avis", "#", "…") == [
        "Tableau 1 : Dossiers",
        "Les avis",
    ]


def test_where_the_data_come_from_names_no_table() -> None:
    assert captions("#", "Source : enquête", "#", "…") == ["", ""]


@pytest.mark.parametrize(
    "text",
    [
        "Tableau 3 – Avis", "Table 4:\tRenewals by district", "Tableau A2.1. Loyers", "Figure 2-1 : Débits",
        "TABLE IV. Postes", "Tableau CA3. | Visites", "Source : enquête",
    ],
)  # fmt: skip
def test_what_begins_as_captions_do(text: str) -> None:
    assert CAPTION.match(text)


@pytest.mark.parametrize(
    "text", ["Tableau 3.2 montre les avis", "Tableau de bord", "Tables : 12", "Carte verte"]
)
def test_what_speaks_of_a_table_is_no_caption(text: str) -> None:
    assert not CAPTION.match(text)


def _page(gap: float, *titles: str) -> Callable[[Page], None]:
    """Tables without rules, each with a title in italics close under it, and `gap` points below that."""

    def draw(page: Page) -> None:
        top = 80.0
        for number, title in enumerate(titles):
            rows = (("Motif", "2020", "2021"), ("Maladie", "204", "310"), ("Accident", "98", "87"))
            for k, row in enumerate(rows):
                for x, text in zip((60, 220, 320), row, strict=True):
                    page.text(x, top + 14 * k, f"{text}{number}" if k and x > 60 else text)
            page.canvas.setFont("Helvetica-Oblique", 8)
            page.canvas.drawString(60, page.height - top - 43, title)
            top += 48 + gap
        for k, line in enumerate(PROSE):
            page.text(60, top + 40 + 12 * k, line)

    return draw


@pytest.mark.parametrize(
    ("gap", "titles", "expected"),
    [
        (70, ("Les admissions", "Les révisions"), ["Les admissions", "Les révisions"]),
        (70, ("Valeurs provisoires", "Valeurs provisoires"), ["", ""]),  # a note
        (70, ("NC : non communiqué", "Les révisions"), ["", ""]),
    ],
)
def test_titles_close_under_their_tables(gap: float, titles: tuple[str, ...], expected: list[str]) -> None:
    document = read_source(Source("rapport.pdf", pdf(_page(gap, *titles))))
    said = [table.caption for table in document.tables]
    assert [document.text[span.start : span.end] if span else "" for span in said] == expected
