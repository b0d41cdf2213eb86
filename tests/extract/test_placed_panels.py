"""Staff panels read from where their words stand: pages drawn for each way of setting one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from rapextract.extract import extract_records
from rapextract.extract.panels import PanelReader, PlacedWord
from rapextract.grammar import load_grammar
from rapextract.read import Source, read_source

from ..read.pdf.typeset import pdf

TITLE = "L'équipe au 31/12/2022 (CDI)"
PROSE = (
    "Les réunions de secteur ont repris au printemps et",
    "chacune a donné lieu à un compte rendu partagé avec",
    "les partenaires du territoire. Le pôle a accompagné",
    "la mise en place de nouveaux outils et a revu son",
    "organisation afin de répondre plus vite aux demandes",
    "reçues. Les départs annoncés ont conduit à revoir la",
    "répartition des portefeuilles entre les membres, sans",
    "allonger les délais de traitement des situations les",
    "plus urgentes.",
)
OFFICE = [
    "2 chirurgien-dentiste-conseil PC",
    "27 agent PA",
    "3 ISM ISM",
    "4 cadre PA",
    "5 CAM PA < agents",
    "6 médecin-conseil PC",
]
"""What several of the panels say, each in its own way."""
Text = tuple[float, float, str, float]
"""x0, baseline from the page's top, words, size."""


def drawn(*texts: Text, bold: bool = True) -> Callable[[Canvas], None]:
    """Draws a report's heading and `texts`."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 842 - 60, "Rapport d'activité 2022 de la DRSM Bretagne")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(60, 842 - 100, "Échelon local du Morbihan")
        for x, y, words, size in texts:
            canvas.setFont("Helvetica-Bold" if bold and words == TITLE else "Helvetica", size)
            canvas.drawString(x, 842 - y, words)

    return draw


def counts(*texts: Text) -> list[str]:
    """The headcounts of a page: « 9 médecin-conseil PC », « 2 CAM PA < agents »."""
    document = read_source(Source("rapport.pdf", pdf(drawn(*texts))))
    rows = extract_records(document, load_grammar()).headcounts
    assert {(row.territory, row.date, row.contract) for row in rows} <= {("FR-56", "2022-12-31", "CDI")}
    return sorted(
        f"{row.value_text} {row.role} {row.group}" + (f" < {row.part_of}" if row.part_of else "")
        for row in rows
    )


def prose(x: float, top: float, lines: int = len(PROSE)) -> list[Text]:
    return [(x, top + 13 * k, line, 10) for k, line in enumerate(PROSE[:lines])]


def test_large_numbers_left_of_their_roles_beside_prose() -> None:
    """The last role has its parts below it, beside the number still."""
    rows = ["médecins-conseils", "pharmaciens-conseils", "ISM", "cadres", "agents"]
    texts: list[Text] = [(360, 140, TITLE, 11), (360, 165, "PC", 10), (360, 255, "PA", 10)]
    for k, (count, role) in enumerate(zip(("7", "2", "4", "3", "26"), rows, strict=True)):
        base = 190 + 26 * k + (14 if k > 2 else 0)
        texts += [(360, base, count, 22), (390, base - (9 if role == "agents" else 5), role, 10)]
    texts.append((390, 309, "dont 2 CAM et 5 Csam", 8))
    assert counts(*texts, *prose(60, 140), *prose(60, 270)) == [
        "2 CAM PA < agents",
        "2 pharmacien-conseil PC",
        "26 agent PA",
        "3 cadre PA",
        "4 ISM ISM",
        "5 Csam PA < agents",
        "7 médecin-conseil PC",
    ]


def test_groups_over_columns_with_a_count_between_them() -> None:
    """Names of groups and roles are broken in columns so narrow; the first column's numbers stand alone."""
    texts: list[Text] = [(60, 140, TITLE, 12), (60, 165, "Praticiens-", 10), (60, 177, "conseils", 10)]
    texts += [(170, 165, "3 ISM", 10), (240, 165, "Personnel", 10), (240, 177, "administratif", 10)]
    texts += [(60, 192, "6", 10), (75, 192, "médecins-", 10), (75, 204, "conseils", 10)]
    texts += [(60, 216, "1", 10), (75, 216, "chirurgien-", 10), (75, 228, "dentiste-conseil", 10)]
    texts += [(240, 192, "2 cadres", 10), (240, 204, "18 agents, dont", 10), (240, 216, "4 Csam", 10)]
    assert counts(*texts, *prose(60, 270)) == [
        "1 chirurgien-dentiste-conseil PC",
        "18 agent PA",
        "2 cadre PA",
        "3 ISM ISM",
        "4 Csam PA < agents",
        "6 médecin-conseil PC",
    ]


def test_names_of_groups_beside_their_rows_and_roles_broken_in_a_narrow_column() -> None:
    """Two rows open with « dont »: both count parts of the agents."""
    texts: list[Text] = [(330, 130, TITLE, 11), (330, 155, "PC", 9), (330, 207, "PA", 9)]
    rows = [(155, "médecins-conseils", "8"), (167, "chirurgiens-dentistes-", "2"), (189, "ISM", "3")]
    rows += [(207, "cadres", "2"), (219, "agents", "31"), (231, "dont Csam", "4"), (243, "dont CAM", "1")]
    texts += [(370, y, role, 9) for y, role, _ in rows] + [(480, y, count, 9) for y, _, count in rows]
    texts.append((370, 178, "conseils", 9))
    assert counts(*texts, *prose(60, 135)) == [
        "1 CAM PA < agents",
        "2 cadre PA",
        "2 chirurgien-dentiste-conseil PC",
        "3 ISM ISM",
        "31 agent PA",
        "4 Csam PA < agents",
        "8 médecin-conseil PC",
    ]


def test_names_of_groups_beside_the_middle_of_their_rows() -> None:
    """« PC » stands beside its second row of three, « PA » between its rows, of which there are five."""
    rows = [("médecins-conseils", "11"), ("pharmaciens-conseils", "2"), ("ISM", "5"), ("cadres", "3")]
    rows += [("techniciens", "9"), ("agents, dont", "37"), ("CAM", "2"), ("Csam", "4")]
    texts: list[Text] = [(330, 130, TITLE, 11), (330, 166, "PC", 9), (330, 219, "PA", 9)]
    for k, (role, count) in enumerate(rows):
        texts += [(370, 152 + 14 * k, role, 9), (480, 152 + 14 * k, count, 9)]
    assert counts(*texts, *prose(60, 133), *prose(60, 260)) == [
        "11 médecin-conseil PC",
        "2 CAM PA < agents",
        "2 pharmacien-conseil PC",
        "3 cadre PA",
        "37 agent PA",
        "4 Csam PA < agents",
        "5 ISM ISM",
        "9 technicien PA",
    ]


def test_the_title_beside_a_heading_of_the_text() -> None:
    """Text and panel share their rows, and the panel's title stands on the heading's."""
    texts: list[Text] = [(60, 140, "Éditorial", 12), (360, 140, TITLE, 10)]
    for k, (count, role) in enumerate(
        (("5", "médecins-conseils"), ("2", "ISM"), ("1", "cadre"), ("17", "agents"))
    ):
        texts += [(360, 159 + 13 * k, role, 10), (500, 159 + 13 * k, count, 10)]
    assert counts(*texts, *prose(60, 159)) == [
        "1 cadre ",
        "17 agent ",
        "2 ISM ISM",
        "5 médecin-conseil ",
    ]


def test_two_panels_side_by_side_keep_their_counts() -> None:
    """They differ by their contracts, and their rows are level."""
    right = "L'équipe au 31/12/2022 (CDD)"
    texts: list[Text] = [(60, 140, TITLE, 10), (320, 140, right, 10)]
    for k, (own, other) in enumerate((("9", "1"), ("24", "3"))):
        role = ("médecins-conseils", "agents")[k]
        texts += [(60, 160 + 14 * k, own, 10), (80, 160 + 14 * k, role, 10)]
        texts += [(320, 160 + 14 * k, other, 10), (340, 160 + 14 * k, role, 10)]
    document = read_source(Source("rapport.pdf", pdf(drawn(*texts, *prose(60, 230)))))
    rows = extract_records(document, load_grammar()).headcounts
    assert sorted((row.contract, row.value_text, row.role) for row in rows) == [
        ("CDD", "1", "médecin-conseil"),
        ("CDD", "3", "agent"),
        ("CDI", "24", "agent"),
        ("CDI", "9", "médecin-conseil"),
    ]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("médecins-conseils", ["2 ISM ISM", "21 agent ", "6 médecin-conseil "]),
        ("fauteuils", ["2 ISM ISM", "21 agent ", "6 fauteuil "]),  # read in the text's order: it is no role
    ],
)
def test_numbers_over_their_roles(role: str, expected: list[str]) -> None:
    texts: list[Text] = [(60, 140, TITLE, 12)]
    for k, (count, label) in enumerate((("6", role), ("2", "ISM"), ("21", "agents"))):
        texts += [(70 + 150 * k, 180, count, 20), (60 + 150 * k, 200, label, 10)]
    assert counts(*texts, *prose(60, 250)) == expected


def test_words_broken_with_a_hyphen_in_columns_side_by_side() -> None:
    rows = [
        ((72, "Praticiens-"), (248, "ISM"), (377, "Personnel ad-")),
        ((80, "conseils"), (270, "3 ISM"), (380, "ministratif")),
        ((60, "9 médecins-conseils, 2 chirur-"), (365, "4 cadres, 31 techni-")),
        ((68, "giens-dentistes-conseils, 1"), (370, "ciens du service")),
        ((82, "pharmacien-conseil"), (380, "médical")),
    ]
    texts: list[Text] = [(200, 140, TITLE, 11)]
    for k, row in enumerate(rows):
        texts += [(x, 165 + 11.5 * k, words, 9) for x, words in row]
    assert counts(*texts, *prose(60, 280)) == [
        "1 pharmacien-conseil PC",
        "2 chirurgien-dentiste-conseil PC",
        "3 ISM ISM",
        "31 technicien PA",
        "4 cadre PA",
        "9 médecin-conseil PC",
    ]


def test_roles_that_sign_a_text_beside_a_panel_have_no_count() -> None:
    """The text has each number before the next role, the page beside its own."""
    shown = [(TITLE, 66, 110), ("PC :", 66, 126), ("médecins-conseils", 90, 142), ("9", 66, 138)]
    shown += [("pharmaciens-conseils", 90, 161), ("2", 66, 157), ("PA :", 66, 176), ("agents", 90, 192)]
    shown += [("31", 66, 188), ("Le mot du service", 250, 130), ("Pharmacien-conseil", 270, 146)]
    text, words = "", []
    for said, x, top in shown:
        height = 18.0 if said.isdigit() else 9.0
        at = float(x)
        for word in said.split():
            width = 0.5 * height * len(word)
            words.append(PlacedWord(len(text), len(text) + len(word), at, top, at + width, top + height))
            at, text = at + width + 0.3 * height, f"{text}{word} "
        text = text[:-1] + (" " if said.isdigit() else "\n")
    (panel,) = PanelReader(load_grammar()).panels(text, 2022, (), lambda start, end: words)
    assert [(count.number.text, count.role, count.group) for count in panel.counts] == [
        ("9", "médecin-conseil", "PC"),
        ("2", "pharmacien-conseil", "PC"),
        ("31", "agent", "PA"),
    ]


def test_a_number_that_ends_a_line_of_prose_beside_a_panel_is_no_count() -> None:
    texts: list[Text] = [(360, 140, TITLE, 11), (372, 160, "PC", 10), (372, 174, "7 médecins-conseils", 10)]
    texts += [
        (372, 188, "ISM", 10),
        (372, 202, "2 ISM", 10),
        (372, 216, "PA", 10),
        (372, 230, "3 cadres", 10),
    ]
    lines = prose(60, 148)
    texts += [(x, y, words[:38] if y == 187 else words, size) for x, y, words, size in lines]
    texts.append((262, 187, "3", 10))
    assert counts(*texts) == ["2 ISM ISM", "3 cadre PA", "7 médecin-conseil PC"]


def test_what_dont_opens_close_to_a_count_of_the_next_column_is_no_part_of_it() -> None:
    texts: list[Text] = [(60, 140, TITLE, 11), (90, 160, "PC", 10), (205, 160, "PA", 10)]
    texts += [(60, 173, "9 médecins-conseils / 4", 10), (182, 173, "2 cadres / 25 agents", 10)]
    texts += [(66, 186, "pharmaciens-conseils /", 10), (178, 186, "dont 1 CAM et 2 Csam", 10)]
    assert counts(*texts, (90, 199, "2 ISM", 10), *prose(60, 280)) == [
        "1 CAM PA < agents",
        "2 Csam PA < agents",
        "2 ISM ISM",
        "2 cadre PA",
        "25 agent PA",
        "4 pharmacien-conseil PC",
        "9 médecin-conseil PC",
    ]


def test_a_large_number_beside_the_lines_of_a_role_and_its_parts() -> None:
    texts: list[Text] = [(60, 140, TITLE, 11), (88, 165, "PC", 8), (250, 165, "PA", 8)]
    texts += [(66, 186, "9", 16), (84, 176, "médecins-", 8), (86, 185, "conseils", 8), (66, 212, "2", 16)]
    texts += [(84, 198, "chirurgiens-", 8), (84, 207, "dentistes-", 8), (86, 216, "conseils", 8)]
    texts += [(226, 186, "4", 16), (244, 182, "cadres", 8), (226, 213, "20", 16), (262, 196, "agents", 8)]
    texts += [(264, 205, "dont 1", 6.5), (260, 213, "CAM et 2", 6.5), (266, 221, "Csam", 6.5)]
    assert counts(*texts, *prose(60, 280)) == [
        "1 CAM PA < agents",
        "2 Csam PA < agents",
        "2 chirurgien-dentiste-conseil PC",
        "20 agent PA",
        "4 cadre PA",
        "9 médecin-conseil PC",
    ]


def test_numbers_behind_colons_open_no_parts() -> None:
    """« Cadres : 4 » is « 4 cadres », whatever follows, in columns of which one breaks a role."""
    texts: list[Text] = [(60, 140, TITLE, 11), (60, 160, "PC", 10), (190, 160, "PA", 10)]
    left = ["Médecins-conseils : 6", "Chirurgiens-dentistes-", "conseils : 2", "ISM : 3"]
    right = ["Cadres : 4", "Agents : 27", "dont CAM : 5"]
    texts += [(60, 174 + 13 * k, line, 10) for k, line in enumerate(left)]
    texts += [(190, 174 + 13 * k, line, 10) for k, line in enumerate(right)]
    assert counts(*texts, *prose(60, 260)) == OFFICE


def test_numbers_in_brackets_below_a_broken_role() -> None:
    texts: list[Text] = [(60, 140, TITLE, 11), (60, 160, "PC", 10), (220, 160, "PA", 10)]
    left = ["Médecins-conseils (6)", "Chirurgiens-dentistes-conseils", "(2)", "ISM (3)"]
    right = ["Cadres (4)", "Agents (27), dont", "CAM (5)"]
    texts += [(60, 174 + 13 * k, line, 9) for k, line in enumerate(left)]
    texts += [(220, 174 + 13 * k, line, 9) for k, line in enumerate(right)]
    assert counts(*texts, *prose(60, 260)) == OFFICE


def test_dotted_leaders_without_spaces_behind_names_of_groups() -> None:
    """Of the longest role one dot is left."""
    rows = [
        ("Médecins-conseils..................6", 0),
        ("Chirurgiens-dentistes-conseils .2", 0),
        ("ISM.........................................3", 0),
        ("Cadres....................................4", 6),
        ("Agents..................................27", 6),
        ("dont CAM..............................5", 6),
    ]
    texts: list[Text] = [(60, 140, TITLE, 11), (60, 176, "PC", 9.5), (60, 222, "PA", 9.5)]
    texts += [(150, 163 + 13 * k + gap, row, 9.5) for k, (row, gap) in enumerate(rows)]
    assert counts(*texts, *prose(330, 140)) == OFFICE


@pytest.mark.parametrize(
    "pieces",
    [
        [(300, 187, "En", 10), (322, 187, "2021", 10), (353, 187, "tout a été revu avec eux", 10)],
        [(300, 187, "et 56).", 10)],
        [*prose(300, 148, 3), (300, 187, "quatre ISM.", 10)],
        [(300, 187, "venus au cours de", 10), (390, 187, "9", 10), (403, 187, "mois, dont deux", 10)],
    ],
)
def test_pieces_of_prose_beside_a_panel_are_no_counts_of_it(pieces: list[Text]) -> None:
    rows = [("Médecins-conseils", "6"), ("ISM", "3"), ("Cadres", "4"), ("Agents", "27")]
    texts: list[Text] = [(60, 140, TITLE, 11)]
    for k, (role, count) in enumerate(rows):
        texts += [(60, 161 + 13 * k, role, 10), (200 - 5 * len(count), 161 + 13 * k, count, 10)]
    assert counts(*texts, *pieces, *prose(60, 260)) == [
        "27 agent ",
        "3 ISM ISM",
        "4 cadre ",
        "6 médecin-conseil ",
    ]


def test_names_beside_the_middle_of_even_rows() -> None:
    """Nothing but all names together tells that the first stands beside four rows, not three."""
    rows = [
        ("Médecins-conseils", "6"),
        ("Pharmaciens-conseils", "1"),
        ("Chirurgiens-dentistes-conseils", "2"),
    ]
    rows += [("ISM", "3"), ("Cadres", "4"), ("Agents", "27")]
    texts: list[Text] = [(60, 140, TITLE, 11), (60, 184, "PC", 9.5), (60, 237, "PA", 9.5)]
    for k, (role, count) in enumerate(rows):
        base = 163 + 15 * k + (6 if k > 3 else 0)
        texts += [(120, base, role, 9.5), (290 - 5 * len(count), base, count, 9.5)]
    assert counts(*texts, *prose(330, 140)) == [
        "1 pharmacien-conseil PC",
        "2 chirurgien-dentiste-conseil PC",
        "27 agent PA",
        "3 ISM ISM",
        "4 cadre PA",
        "6 médecin-conseil PC",
    ]


@pytest.mark.parametrize("top", [True, False])
def test_members_of_a_group_stand_in_no_other_wherever_its_name_is(top: bool) -> None:
    """Beside the first of its rows a name stands by chance amid others; nurses have no name of their own."""
    rows = ["6 médecins-conseils", "3 ISM", "4 cadres", "27 agents, dont", "5 CAM"]
    texts: list[Text] = [(330, 130, TITLE, 11)]
    texts += [(400, 160 + 14 * k, row, 9) for k, row in enumerate(rows)]
    texts += [(330, 160, "PC", 9), (330, 188 if top else 202, "PA", 9)]
    assert counts(*texts, *prose(60, 140), *prose(60, 270)) == [
        "27 agent PA",
        "3 ISM ISM",
        "4 cadre PA",
        "5 CAM PA < agents",
        "6 médecin-conseil PC",
    ]


def test_a_count_between_columns_is_under_the_name_of_its_group() -> None:
    texts: list[Text] = [(60, 140, TITLE, 12), (60, 165, "PC", 10), (240, 165, "PA", 10)]
    texts += [(60, 190, "6 médecins-conseils", 10), (175, 190, "1 pharmacien-conseil", 10)]
    texts += [(300, 190, "2 cadres", 10), (300, 204, "18 agents", 10)]
    assert counts(*texts, *prose(60, 270)) == [
        "1 pharmacien-conseil PC",
        "18 agent PA",
        "2 cadre PA",
        "6 médecin-conseil PC",
    ]


def test_parts_right_of_the_middle_of_a_column_that_its_name_is_centred_over() -> None:
    """As the text has it, the name stands between « agents, dont » and the parts."""
    labels = [("médecins-conseils", "9"), ("ISM", "3"), ("cadres", "4"), ("agents, dont", "34"), ("CAM", "2")]
    texts: list[Text] = [(230, 300, TITLE, 11), (110, 318, "PC", 10), (425, 318, "PA", 10)]
    for x, (role, count) in zip((80, 250, 360, 400, 460), labels, strict=True):
        texts += [(x, 334, role, 7), (x + 8, 354, count, 16)]
    texts += [(500, 334, "Csam", 7), (508, 354, "3", 16)]
    assert counts(*texts, *prose(60, 140), *prose(320, 140)) == [
        "2 CAM PA < agents",
        "3 Csam PA < agents",
        "3 ISM ISM",
        "34 agent PA",
        "4 cadre PA",
        "9 médecin-conseil PC",
    ]
