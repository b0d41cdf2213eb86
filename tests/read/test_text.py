import pytest

from rapextract.model import Block, BlockKind, Document
from rapextract.read import Source, read_source

from .test_read import check_spans


def read(text: str, name: str = "a.txt") -> Document:
    document = read_source(Source(name, text.encode()))
    assert document.text == text
    check_spans(document)
    return document


def outline(document: Document) -> list[tuple[str, int, str]]:
    return [
        (block.kind.value, block.level, document.text[block.start : block.end]) for block in document.blocks
    ]


def titles(document: Document) -> list[tuple[int, str]]:
    return [(level, words) for kind, level, words in outline(document) if kind == "heading"]


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is kind]


BODY = "Les équipes ont poursuivi leur action tout au long de l'année auprès des assurés de la région."

CHAPTERS = f"""RAPPORT D'ACTIVITÉ 2019

SOMMAIRE

| | | | |
|---|---|---|---|
| 1 | PRÉSENTATION | P. 3 | Mot d'accueil |
| 2 | NOS MISSIONS | P. 5 P. 7 | Prestations Lutte contre la fraude |
| 3 | ANNEXES | P. 9 | |

1 PRÉSENTATION

Mot d'accueil

{BODY}

La Direction

1 PRÉSENTATION

Ce paragraphe commence une nouvelle page et il est assez long pour n'être pas un titre du tout.

2 NOS MISSIONS

Prestations

► Risque maladie

{BODY}

Demandes d'accord préalable

{BODY}

► Recours

{BODY}

2 NOS MISSIONS

Lutte contre la fraude

{BODY}

3

ANNEXES

Effectif total : 412

Marie Dupont
Médecin-conseil
"""


def test_levels_come_from_marks_and_the_table_of_contents() -> None:
    document = read(CHAPTERS)
    assert titles(document) == [
        (1, "RAPPORT D'ACTIVITÉ 2019"),
        (1, "SOMMAIRE"),
        (1, "1 PRÉSENTATION"),
        (2, "Mot d'accueil"),
        (1, "2 NOS MISSIONS"),
        (2, "Prestations"),
        (3, "► Risque maladie"),
        (4, "Demandes d'accord préalable"),
        (3, "► Recours"),
        (2, "Lutte contre la fraude"),
        (1, "ANNEXES"),
    ]


def test_a_title_over_a_line_that_opens_a_list() -> None:
    text = f"Rapport\n\n{BODY}\n\nAccueil\n\nEn bref :\n- 12 sites\n- 30 agents\n\n{BODY}"
    assert [words for _, words in titles(read(text))] == ["Rapport", "Accueil"]


def test_a_line_that_the_next_paragraph_goes_on_with_is_no_title() -> None:
    document = read(f"RAPPORT D'ACTIVITÉ\n\nNos équipes\n\n{BODY}\n\nAu titre de l'année\n\n{BODY.lower()}\n")
    assert titles(document) == [(1, "RAPPORT D'ACTIVITÉ"), (2, "Nos équipes")]


def test_a_title_that_comes_again_and_again_stands_under_those_beside_it() -> None:
    part = f"L'effectif\nEncadrement\n- 2 chefs\n\nFaits notables\n\n{BODY}\n\nVoix d'ici\n\n{BODY}\n\n"
    text = f"NOS SITES\n\n{BODY}\n\nSite de la Brenne\n\n{part}Site du Lomont\n\n{part}"
    assert titles(read(text)) == [
        (1, "NOS SITES"),
        (2, "Site de la Brenne"),
        (3, "Faits notables"),
        (3, "Voix d'ici"),
        (2, "Site du Lomont"),
        (3, "Faits notables"),
        (3, "Voix d'ici"),
    ]


def test_running_heads_lone_numbers_and_contents_are_furniture() -> None:
    document = read(CHAPTERS)
    furniture = of_kind(document, BlockKind.FURNITURE)
    assert document.tables == ()
    assert furniture[0].startswith("| | |")
    assert furniture[1:] == ["1 PRÉSENTATION", "2 NOS MISSIONS", "3"]


def test_contents_with_dots_are_no_headings() -> None:
    document = read(
        "Sommaire\n\n1. Le service ........ 3\n2. Les tarifs ........ 7\n3. Les comptes ...... 12\n\n"
        f"1. Le service\n\n{BODY}\n"
    )
    assert len(of_kind(document, BlockKind.FURNITURE)) == 3


def test_a_numbered_list_is_no_outline() -> None:
    document = read(
        "Les actions :\n\n1. Former les équipes\n\n2. Recruter\n\n3. Équiper les sites\n\nFin du texte.\n"
    )
    assert titles(document) == []


def test_numbered_titles_nest_by_their_numbers() -> None:
    document = read(
        f"1. CONTEXTE\n\n{BODY}\n\n1.1 Le territoire\n\n{BODY}\n\n1.2 Les acteurs\n\n{BODY}\n\n"
        f"2. BILAN\n\n{BODY}\n"
    )
    assert titles(document) == [
        (1, "1. CONTEXTE"),
        (2, "1.1 Le territoire"),
        (2, "1.2 Les acteurs"),
        (1, "2. BILAN"),
    ]


def test_what_is_short_and_alone_but_no_title() -> None:
    text = "\n\n".join(
        [
            "Bilan de l'année",
            BODY,
            "Masse salariale : 8 731 681 €",
            "12 rue des Lilas",
            "21000 DIJON",
            "Dr Paul Martin",
            "PC",
            "20 agents, dont",
            "Merci à tous !",
            "Source : enquête 2019",
            "Auxerre",
            "Nevers",
            "Mâcon",
        ]
    )
    assert titles(read(text)) == [(1, "Bilan de l'année")]


WEB_PAGE = f"""Adapter nos services
- Accueil
- Agir
{BODY * 2}
Explorer le sujet
Cliquez pour déplier
-
{BODY * 2}
Dr Anne MARTIN
Médecin-conseil
Échelon de la Creuse
« {BODY} {BODY} »
Un nouvel outil : HERMES
{BODY * 2} -
{BODY * 2}
Paul, technicien“{BODY} {BODY}”Une autre rubrique du rapport
{BODY * 2}
Le suivi se fait en deux temps :- une première visite ;
- une seconde visite.
Une équipe soudée !
{BODY * 2}
"""


def test_a_web_page_saved_as_text() -> None:
    document = read(WEB_PAGE)
    assert titles(document) == [
        (1, "Adapter nos services"),
        (2, "Explorer le sujet"),
        (3, "Cliquez pour déplier"),
        (3, "Un nouvel outil : HERMES"),
        (3, "Une autre rubrique du rapport"),
        (3, "Une équipe soudée !"),
    ]


def test_lost_line_ends_of_a_web_page_are_found() -> None:
    document = read(WEB_PAGE)
    assert of_kind(document, BlockKind.LIST_ITEM)[-2:] == ["- une première visite ;", "- une seconde visite."]
    assert "Paul, technicien" in of_kind(document, BlockKind.PARAGRAPH)
    assert of_kind(document, BlockKind.FURNITURE) == ["-", "-"]


def test_lines_are_paragraphs_unless_they_are_wrapped_or_go_on() -> None:
    document = read(
        "Titre\n\nL'activité de plusieurs centres s'est développée en faveur de l'ambula-\ntoire.\n\n"
        "Les achats sont liés à la mise en place du télé-\n\ntravail dans les échelons.\n\n"
        "9 médecins-conseils\n2 pharmaciens-conseils\n"
    )
    assert of_kind(document, BlockKind.PARAGRAPH)[-4:] == [
        "L'activité de plusieurs centres s'est développée en faveur de l'ambula-\ntoire.",
        "Les achats sont liés à la mise en place du télé-\n\ntravail dans les échelons.",
        "9 médecins-conseils",
        "2 pharmaciens-conseils",
    ]


def test_text_wrapped_at_a_width_is_joined() -> None:
    words = BODY.split() * 12
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    text = "\n".join(lines) + "\n\n" + "\n".join(lines)
    assert of_kind(read(text), BlockKind.PARAGRAPH) == ["\n".join(lines)] * 2


def test_lists_nest_by_indent() -> None:
    document = read("Actions :\n\n- former\n  - les cadres\n  - les agents\n- recruter\n")
    assert outline(document)[1:] == [
        ("list_item", 1, "- former"),
        ("list_item", 2, "- les cadres"),
        ("list_item", 2, "- les agents"),
        ("list_item", 1, "- recruter"),
    ]


def cells(document: Document, index: int = 0) -> list[tuple[int, int, int, int, bool, str]]:
    table = document.tables[index]
    return [
        (c.row, c.column, c.row_span, c.column_span, c.header, document.cell_text(c)) for c in table.cells
    ]


def test_a_pipe_table_with_a_title_row_and_merged_cells_left_blank() -> None:
    document = read(
        "| LES PENSIONS | | | | |\n|---|---|---|---|---|\n| | | Niv. 1 | Niv. 2 | TOTAL |\n"
        "| À l'initiative de la caisse | Admission | 645 | 884 | 1 529 |\n| | Révision | 105 | 393 | 498 |\n"
        "| TOTAL | | 750 | 1 277 | 2 027 |\n"
    )
    table = document.tables[0]
    assert table.caption is not None
    assert document.text[table.caption.start : table.caption.end] == "LES PENSIONS"
    assert (table.row_count, table.column_count, table.header_rows, table.header_columns) == (4, 5, 1, 2)
    found = cells(document)
    assert (1, 0, 2, 1, True, "À l'initiative de la caisse") in found
    assert (2, 1, 1, 1, True, "Révision") in found
    assert (3, 0, 1, 2, True, "TOTAL") in found
    assert (3, 4, 1, 1, False, "2 027") in found
    assert (0, 2, 1, 1, True, "Niv. 1") in found


def test_an_empty_header_row_and_headers_of_two_rows() -> None:
    document = read(
        "| | | | | |\n|---|---|---|---|---|\n| | 2020 | | 2021 | |\n| Rôle | H | F | H | F |\n"
        "| Cadres | 4 | 5 | 6 | 7 |\n"
    )
    table = document.tables[0]
    assert (table.row_count, table.header_rows, table.header_columns) == (3, 2, 1)
    found = cells(document)
    assert (0, 1, 1, 2, True, "2020") in found
    assert (0, 3, 1, 2, True, "2021") in found
    assert (2, 4, 1, 1, False, "7") in found


def test_thresholds_and_running_numbers_name_rows_but_measures_do_not() -> None:
    document = read(
        "| Taux | AT |\n|---|---|\n| < 10 % | 120 |\n| >= 10 % | 70 |\n\nPuis :\n\n"
        "| Appels | Courriers |\n|---|---|\n| 120 | 45 |\n\nPuis :\n\n"
        "| Année | Appels |\n|---|---|\n| 2020 | 45 |\n| 2021 | 46 |\n"
    )
    assert [table.header_columns for table in document.tables] == [1, 0, 1]


def test_prose_set_side_by_side_is_no_table() -> None:
    document = read(f"| {BODY * 3} | {BODY * 3} |\n|---|---|\n| {BODY} | |\n")
    assert document.tables == ()
    assert of_kind(document, BlockKind.PARAGRAPH) == [BODY * 3, BODY * 3, BODY]


def test_a_pipe_after_a_backslash_is_a_character() -> None:
    document = read("| Code | Nombre |\n|---|---|\n| a \\| b | 12 |\n")
    assert (1, 0, 1, 1, True, "a \\| b") in cells(document)


def test_block_offsets_count_characters_of_the_file_with_its_line_ends() -> None:
    text = f"TITRE DU RAPPORT\r\n\r\n{BODY}\r\n\r\n| A | B |\r\n|---|---|\r\n| un | 2 |\r\n"
    document = read(text)
    assert [type(block) for block in document.blocks] == [Block] * 3
    assert document.cell_text(document.tables[0].cells[-1]) == "2"


ALIGNED = """Montants versés (en milliers d'euros)

                        2020       2021    Évolution
Soins de ville         1 842      1 917      + 4,1 %
Transports                          318      - 2,0 %
Indemnités               311        n.c.
"""


def test_columns_set_with_spaces_under_headers_are_a_table() -> None:
    document = read(f"{BODY}\n\n{ALIGNED}\n{BODY}\n")
    (table,) = document.tables
    assert (table.detector, table.row_count, table.column_count, table.header_rows) == ("columns", 4, 4, 1)
    assert table.caption is not None
    assert document.text[table.caption.start : table.caption.end].startswith("Montants versés")
    found = {(row, column): words for row, column, *_, words in cells(document)}
    assert (found[0, 1], found[1, 3], found[2, 1], found[2, 2]) == ("2020", "+ 4,1 %", "", "318")


def test_columns_set_with_tabs_are_a_table() -> None:
    document = read("Mesure\tSocle\tCible\nDélai moyen\t12\t10\nTaux de réponse global\t85 %\t90 %\n")
    assert [cell[-1] for cell in cells(document)][-3:] == ["Taux de réponse global", "85 %", "90 %"]


@pytest.mark.parametrize(
    "text",
    [
        "Appels    120\nCourriers    45\n",  # a list of two columns
        "Un texte sans en-têtes.\nAppels    120    130\nCourriers    45    50\n",  # nothing names the columns
        "Genre    2020    2021\nAppels    120    130\n",  # one row
        "Genre    Femmes    Hommes\nSiège  dont 12 cadres   4\nAgence  de 3 à 5   6\n",  # words in its cells
    ],
)
def test_lines_with_wide_gaps_that_are_no_table(text: str) -> None:
    assert read(text).tables == ()
