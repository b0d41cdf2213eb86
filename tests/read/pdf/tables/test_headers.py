"""Which rows and columns name the others."""

from __future__ import annotations

import pytest

from rapextract.read.pdf.tables import Area, FoundCell, FoundTable
from rapextract.read.pdf.tables.headers import is_date, with_headers

NOWHERE = Area(0, 0, 1, 1)


def _counts(rows: list[str], bold: int = 0) -> tuple[int, int]:
    """Header rows and columns of a table written as rows of cells parted by ``|``; ``text>3`` spans three."""
    cells = []
    width = 0
    for row, line in enumerate(rows):
        for column, text in enumerate(line.split("|")):
            width = max(width, column + 1)
            span = 1
            if ">" in text and text.rsplit(">", 1)[1].isdigit():
                text, count = text.rsplit(">", 1)
                span = int(count)
            if text.strip():
                cells.append(FoundCell(row, column, 1, span, NOWHERE, (), text.strip(), 1, row < bold))
    columns = tuple(float(k) for k in range(width + 1))
    table = with_headers(FoundTable(NOWHERE, len(rows), width, tuple(cells), columns, "rulings", 1.0, 1))
    return table.header_rows, table.header_columns


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Échelon|2020|2021", "Doubs|987|1 005", "Jura|402|398"], (1, 1)),
        (["|Avis>2|", "|2020|2021", "Doubs|987|1 005"], (2, 1)),
        (["L'INVALIDITE>6|||||", "||Cat. 1|Cat. 2|Cat. 3|TOTAL", "Caisse|Admission|645|884|8|1 537"], (2, 2)),
        (["|Code|2020|2021", "Population|D201.0|270|275", "Prix|D204.0|1,62|1,70"], (1, 2)),
        (["|1er Jan 2021|1er Jan 2022", "Part fixe|124,96|133,09", "Total|544,16|554,84"], (1, 1)),
        (["Taux|En AT|En MP", "< 10 %|1 202|693", ">= 10 %|703|523"], (1, 1)),
        (["1 204|987|402", "12|13|14"], (0, 0)),
        (["|Lot|Lot.|Total", "|1|2|", "Doubs|9|5|14", "Jura|4|3|7"], (2, 1)),
        (["|Lot|Lot|", "|1|2|Total", "Doubs|9|5|14", "Jura|4|3|7"], (2, 1)),
        (["|Lot|Lot|", "|1|2|14", "Doubs|9|5|14", "Jura|4|3|7"], (1, 1)),
        (["|Lots|Prix|Total", "|1|2|", "Doubs|9|5|14", "Jura|4|3|7"], (1, 1)),
        (["Nom de la station|STEP de La Corne", "Type|Boues activées", "Code|NC"], (0, 1)),
        (["Visites en 2020|191 visites", "Visites en 2021|185 visites", "Variation|-3,1 %"], (0, 1)),
        (["Visites en 2020|191 visites", "Appels en 2021|185 appels", "Variation|-3,1 %"], (1, 1)),
        (["Fiche|", "Lieu|Ornans", "Places|14 places", "Procédé|Lits plantés", "Gérant|SEM"], (1, 1)),
        (["N°|Action|2020|2021", "1|Visites|12|14", "2|Appels|45|40"], (1, 2)),
        (["|||Barème|Points", "1|Plan tenu|10|10", "|Plan complet|5|0", "2|Inventaire tenu|10|5"], (1, 2)),
        (["Rang|Total|2020|2021", "3|26|12|14", "1|85|45|40"], (1, 0)),
        (["Durée|3 mois|6 mois", "Loyer|310|320", "Charges|35|37"], (1, 1)),
        (["LA SALLE>4|||", "Type||Halle>2|", "Mise en service||Mars 2003>2|", "Places||180>2|"], (0, 1)),
        (["||Oui|Non", "|Collecte|☒|☐", "|Transport|☒|☐", "Autre|Travaux|☐|☒"], (1, 1)),
    ],
)
def test_headers_are_counted(rows: list[str], expected: tuple[int, int]) -> None:
    assert _counts(rows) == expected


@pytest.mark.parametrize(
    ("rows", "bold", "expected"),
    [
        (["|Nombre|% loi", "Nature|d'avis|30", "Vergers|41|5,2 %", "Rivages|12|3,1 %"], 2, 2),
        (["|Nombre|% loi", "Nature|d'avis|30", "Vergers|41|5,2 %", "Rivages|12|3,1 %"], 1, 1),
        (["|Nombre|Part", "Ensemble|53|30", "Vergers|41|5,2 %", "Rivages|12|3,1 %"], 2, 1),
    ],
)
def test_a_number_ends_a_header_in_bold(rows: list[str], bold: int, expected: int) -> None:
    assert _counts(rows, bold)[0] == expected


@pytest.mark.parametrize(
    "text", ["2021", "31/12/2021", "2020-2021", "Au 01/01/2022", "1er janvier 2021", "2006 (*)"]
)
def test_dates_name_columns(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", ["12 504", "1,62", "45 %", "2 791 809", "20 212"])
def test_figures_are_no_dates(text: str) -> None:
    assert not is_date(text)
