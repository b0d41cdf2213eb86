"""Tables of texts whose cells are parted by bars, boxes, tabs or spaces, without Markdown's dashes."""

import pytest

from rapextract.model import BlockKind, Document
from rapextract.read import Source, read_source

from .test_read import check_spans

BODY = "Les équipes ont poursuivi leur action tout au long de l'année auprès des assurés de la région."

ROWS = [["Poste", "2019", "2020"], ["Soins de ville", "1 842", "1 917"], ["Transports", "n.c.", "318"]]


def read(text: str, name: str = "a.txt") -> Document:
    document = read_source(Source(name, text.encode()))
    assert document.text == text
    check_spans(document)
    return document


def grid(document: Document) -> list[list[str]]:
    """The cells of the only table, a list a row; blank where a merged cell goes on."""
    (table,) = document.tables
    rows = [[""] * table.column_count for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row][cell.column] = document.cell_text(cell)
    return rows


def boxed(rows: list[list[str]], border: str, bar: str, every: bool) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = border[1].join(border[0] * (width + 2) for width in widths)
    out = [border[2] + rule + border[2]]
    for number, row in enumerate(rows):
        padded = (f" {cell:<{width}} " for cell, width in zip(row, widths, strict=True))
        out.append(bar + bar.join(padded) + bar)
        if every or number == 0:
            out.append(out[0])
    return "\n".join(out if every else [*out, out[0]]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"| {' | '.join(row)} |\n" for row in ROWS),
        "".join(f"{' | '.join(row)}\n" for row in ROWS),
        "Poste | 2019 | 2020\n------+------+-----\nSoins de ville | 1 842 | 1 917\nTransports | n.c. | 318\n",
        boxed(ROWS, "-++", "|", every=True),
        boxed(ROWS, "=++", "|", every=False),
        boxed(ROWS, "─┼├", "│", every=False),
        "".join("\t".join(row) + "\r\n" for row in ROWS),
    ],
)
@pytest.mark.parametrize("heading", ["", "Bilan\n=====\n\nLes dépenses\n------------\n\n"])
def test_bars_boxes_and_tabs_are_tables_without_dashes(text: str, heading: str) -> None:
    document = read(f"{heading}{BODY}\n\n{text}\n{BODY}\n")
    assert grid(document) == ROWS
    assert document.tables[0].header_rows == 1
    paragraphs = [b for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    assert [document.text[b.start : b.end] for b in paragraphs] == [BODY, BODY]


def test_empty_cells_and_headers_of_two_rows_between_tabs() -> None:
    text = (
        "Site\tVisites\t\tTotal\n\tPlanifiées\tUrgentes\t\nNord\t12\t5\t17\nSud\t9\t\t9\n"
        "Ensemble\t21\t5\t26\n"
    )
    document = read(text)
    assert grid(document)[3] == ["Sud", "9", "", "9"]
    (table,) = document.tables
    assert (table.header_rows, table.cells[1].column_span) == (2, 2)


def test_a_cell_drawn_over_several_lines_is_its_first_and_headers_keep_theirs() -> None:
    text = (
        "+------------------+---------+\n| Mesure           | Délai   |\n|                  | moyen   |\n"
        "+==================+=========+\n| Réponse aux      | 12      |\n| courriels        |         |\n"
        "+------------------+---------+\n| Décroché         | 3       |\n+------------------+---------+\n"
    )
    document = read(text)
    assert grid(document) == [["Mesure", "Délai"], ["", "moyen"], ["Réponse aux", "12"], ["Décroché", "3"]]
    assert document.tables[0].header_rows == 2


def test_empty_cells_at_the_ends_of_lines_without_borders() -> None:
    document = read(
        "Site | Visites | | Total\n | Planifiées | Urgentes |\nNord | 12 | 5 | 17\nSud | 9 | 4 | 13\n"
    )
    assert grid(document)[1:3] == [["", "Planifiées", "Urgentes", ""], ["Nord", "12", "5", "17"]]


@pytest.mark.parametrize("marked", ["{table}\n  : Avis par site\n", ".. table:: Avis par site\n\n{table}"])
def test_captions_that_pandoc_and_restructuredtext_mark(marked: str) -> None:
    table = "   ====== ====== ======\n   Site   2019   2020\n   ====== ====== ======\n   Nord   12     15\n"
    table += "   Sud    9      11\n   ====== ====== ======\n"
    document = read(f"{BODY}\n\n{marked.format(table=table)}\n{BODY}\n")
    (found,) = document.tables
    assert found.caption is not None
    assert document.text[found.caption.start : found.caption.end] == "Avis par site"


def test_columns_under_headers_of_two_lines_and_between_rules() -> None:
    text = (
        "Les visites en 2020\n\n"
        "  ----------------------------------------\n"
        "  Site        Visites               Total\n"
        "              planifiées  urgentes\n"
        "  ----------- ----------- --------- ------\n"
        "  Nord        12          5         17\n"
        "  Sud         9           4         13\n"
        "  ----------- ----------- --------- ------\n\n"
        f"{BODY}\n"
    )
    document = read(text)
    assert grid(document)[:3] == [
        ["Site", "Visites", "", "Total"],
        ["", "planifiées", "urgentes", ""],
        ["Nord", "12", "5", "17"],
    ]
    assert all("---" not in document.text[b.start : b.end] for b in document.blocks if b.table is None)


def test_a_code_beside_its_label_and_a_year_beside_a_measure() -> None:
    document = read(
        "Code      Indicateur                     Valeur    Année\n"
        "X10.2     Part des sites à 30 minutes    84,5 %    2020\n"
        "X11.4     Délai moyen                    12        2019\n"
    )
    assert grid(document)[1] == ["X10.2", "Part des sites à 30 minutes", "84,5 %", "2020"]
    assert document.tables[0].header_columns == 2


@pytest.mark.parametrize(
    "text",
    [
        "Accueil | Missions | Contact\nPlan du site | Agenda | Presse\nAide | Presse | Liens\n",  # a menu
        "| Tél. 01 02 03 04 05 | le matin |\n",  # a line
        "Le taux |x| vaut 3 | le taux |y| vaut 4\nLe taux |z| vaut 5 | le taux |t| vaut 6\n",  # prose
        "•\tune visite\n•\tdeux visites\n•\ttrois visites\n",  # a list
        "Nord\t12\nSud\t9\nEst\t7\n",  # nothing names the columns
        "Les agents du siège    et ceux des sites\nse sont vus 12 fois    dans l'année, dont 3\n",  # columns
    ],
)
def test_bars_tabs_and_wide_gaps_that_are_no_table(text: str) -> None:
    assert read(f"{BODY}\n\n{text}\n{BODY}\n").tables == ()
