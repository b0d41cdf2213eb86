"""Staff panels: every case written in the grammar, and what rows come of one."""

from __future__ import annotations

import json

import pytest

from rapextract.extract.context import Context
from rapextract.extract.headcounts import extract_headcounts
from rapextract.extract.identity import Identity
from rapextract.extract.panels import Panel, PanelReader
from rapextract.grammar import load_grammar
from rapextract.grammar.schema_panels import PanelCase
from rapextract.read import Source, read_source

from .contexts import context_of

CASES = load_grammar().entries(PanelCase)


def read(text: str) -> list[Panel]:
    return list(PanelReader(load_grammar()).panels(text))


def said(panel: Panel) -> list[str]:
    """The counts of a panel as the grammar's cases write them."""
    return [
        f"{count.number.value} {'ETP ' if count.full_time else ''}{count.role}"
        + (f" {count.group}" if count.group else "")
        + (f" < {count.part_of}" if count.part_of else "")
        for count in panel.counts
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_of_the_grammar(case: PanelCase) -> None:
    panels = read(case.text)
    assert [line for panel in panels for line in said(panel)] == list(case.gives)
    assert bool(panels) == bool(case.gives)
    for panel in panels:
        assert panel.date == case.date
        assert panel.contract == case.contract


def test_the_grammar_has_prose_cases() -> None:
    assert sum(not case.gives for case in CASES) >= 2


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_do_not_matter(ending: str) -> None:
    text = "Notre équipe au 31/12/2022\n\n5 médecins-conseils\n2 ISM\n".replace("\n", ending)
    (panel,) = read(text)
    assert said(panel) == ["5 médecin-conseil", "2 ISM ISM"]


@pytest.mark.parametrize("mark", ["→", "▸", "✓", "●", "«", "«<"])
def test_counts_may_be_items_of_a_list_whatever_its_marks(mark: str) -> None:
    (panel,) = read(f"Notre équipe au 31/12/2022\n\nPC\n\n{mark} 5 médecins-conseils\n{mark} 2 ISM\n")
    assert said(panel) == ["5 médecin-conseil PC", "2 ISM ISM"]


def test_a_title_may_be_broken_before_its_date() -> None:
    (panel,) = read("L'ÉQUIPE AU\n31/12/2022 (CDI)\n5 médecins-conseils\n2 ISM\n")
    assert (panel.date, panel.contract) == ("2022-12-31", "CDI")
    (panel,) = read("L'équipe au 31/12/2022\n\n(CDI)\n\nPC\n\n5 médecins-conseils\n\n2 ISM\n")
    assert (panel.date, panel.contract) == ("2022-12-31", "CDI")


@pytest.mark.parametrize(
    "text",
    [
        "9 médecins-conseils\n41SM\n12 ISM\n",  # what OCR has glued together is passed over
        "9 médecins-conseils l\tpharmacien-conseil\n12 ISM\n",  # and a one that it did not read as a number
        "Médecins-conseils\n9\nISM\n12\n",
        "Médecins-conseils : 9\nISM\n12\n",
    ],
)
def test_counts_before_and_after_their_roles(text: str) -> None:
    (panel,) = read(f"L'équipe au 31/12/2021\n{text}")
    assert said(panel) == ["9 médecin-conseil", "12 ISM ISM"]


def test_a_panel_ends_where_prose_begins() -> None:
    text = "L'équipe au 31/12/22 (CDI)\n3 cadres\n20 agents\n2022 est une année marquée par 3 départs."
    (panel,) = read(text)
    assert said(panel) == ["3 cadre", "20 agent"]
    assert text[panel.end :].startswith("\n2022 est")


def test_a_role_in_a_sentence_is_no_line() -> None:
    text = "L'équipe au 31/12/22 (CDI)\n3 cadres\n4 médecins-conseils ont rejoint l'équipe cette année.\n"
    (panel,) = read(text)
    assert said(panel) == ["3 cadre"]


def test_full_time_equivalents_are_told() -> None:
    (panel,) = read("Effectifs au 31/12/2022\nMédecins-conseils : 12,8 ETP\nCadres : 2\n")
    first, second = panel.counts
    assert (str(first.number.value), first.full_time) == ("12.8", True)
    assert not second.full_time


def test_full_time_equivalents_alone_on_a_line_are_those_of_the_line_above() -> None:
    (panel,) = read("Les effectifs au 31/12/2022\n603 agents\n571,8 ETP\n318 agents de catégorie A\n")
    assert said(panel) == ["603 agent", "571.8 ETP agent", "318 agent"]


def test_the_name_of_a_group_may_hang_beside_its_first_count() -> None:
    (panel,) = read("L'équipe au 31/12/22 (CDI)\nPC 9 médecins-conseils\n3 ISM\nPA 4 cadres\n34 agents\n")
    assert said(panel) == ["9 médecin-conseil PC", "3 ISM ISM", "4 cadre PA", "34 agent PA"]
    assert read("Effectifs au 31/12/2022\nPraticiens-conseils 9 Cadres 4\n") == []


def test_a_group_with_a_colon_may_stand_within_a_line() -> None:
    (panel,) = read(
        "L'équipe au 31/12/2022 (CDI)\nPC : 5 médecins-conseils, 2 ISM PA : 1 cadre, 9 agents dont 2 CAM\n"
    )
    assert said(panel) == [
        "5 médecin-conseil PC", "2 ISM ISM", "1 cadre PA", "9 agent PA", "2 CAM PA < agents",
    ]  # fmt: skip


def test_groups_side_by_side_may_stand_on_the_titles_line() -> None:
    (panel,) = read("L'équipe au 31/12/2022 (CDI) PC\tPA\n5 médecins-conseils\n2 ISM\n1 cadre\n9 agents\n")
    assert said(panel) == ["5 médecin-conseil PC", "2 ISM ISM", "1 cadre PA", "9 agent PA"]


def test_two_capitals_above_a_count_are_a_group_that_nobody_knows() -> None:
    (panel,) = read("L'équipe au 31/12/22 (CDI)\nPE\n5 médecins-conseils\nPA\n3 cadres\n")
    assert said(panel) == ["5 médecin-conseil", "3 cadre PA"]
    assert not read("L'équipe au 31/12/22 (CDI)\nOn\n5 médecins-conseils\n")


def test_counts_may_follow_on_the_titles_line_but_no_sentence() -> None:
    (panel,) = read("L'équipe au 31/12/22 (CDI) PC\t5 médecins-conseils 2 ISM\n\nPA\t3 cadres\n")
    assert said(panel) == ["5 médecin-conseil PC", "2 ISM ISM", "3 cadre PA"]
    assert not read("L'équipe au 31/12/22 compte 5 médecins-conseils et 2 ISM.\n")


def test_wide_white_may_part_a_role_from_its_number() -> None:
    (panel,) = read("L'équipe au 31/12/2022\nPC\nmédecins-conseils\t5\nPA\nagents, dont\t9\nCAM\t2\n")
    assert said(panel) == ["5 médecin-conseil PC", "9 agent PA", "2 CAM PA < agents"]


def test_counts_may_fill_the_line_of_their_group_or_the_group_stand_on_the_titles_line() -> None:
    (panel,) = read(
        "L'équipe au 31/12/22 (CDI) PC\n\n9 médecins-conseils\nPA 1 cadre 14 agents, dont 2 CAM\nÉdito\n"
    )
    assert said(panel) == ["9 médecin-conseil PC", "1 cadre PA", "14 agent PA", "2 CAM PA < agents"]
    assert read("L'équipe au 31/12/22 (CDI) se réunit\n\nPA 1 cadre 14 agents recrutés au printemps\n") == []


@pytest.mark.parametrize(
    "rows", ["2 médecins-conseils\n1 ISM\n\n1 cadre", "2 médecins-conseils\t1 cadre\n\n1 ISM"]
)
def test_under_groups_side_by_side_a_role_is_of_the_one_it_belongs_to_if_any(rows: str) -> None:
    (panel,) = read(f"L'équipe au 31/12/2020 (CDI)\n\nPC\tPA\n\n{rows}\n\n12 agents, dont\n3 CAM\n\nÉdito\n")
    assert sorted(said(panel)) == sorted(
        ["2 médecin-conseil PC", "1 ISM ISM", "1 cadre PA", "12 agent PA", "3 CAM PA < agents"]
    )


def test_rows_of_a_panel() -> None:
    text = (
        "ELSM DE LA NIÈVRE\n\nL'équipe au 31/12/21 (CDI)\n\nPC\n\n2 médecins-conseils\n\n"
        "PA\n\n14 agents, dont\n2 CAM\n\nEdito\n"
    )
    context = context_of(text, headings=["ELSM DE LA NIÈVRE"], organisation="DRSM Bourgogne-Franche-Comté")
    rows = extract_headcounts(context)
    figures = [figure for figure, _, _ in rows]
    assert [(f.unit, str(f.value), f.period, f.territory) for f in figures] == [
        ("médecin-conseil", "2", "2021-12-31", "FR-58"),
        ("agent", "14", "2021-12-31", "FR-58"),
        ("CAM", "2", "2021-12-31", "FR-58"),
    ]
    assert figures[0].label == "médecins-conseils en CDI"
    assert figures[2].label == "CAM en CDI parmi les agents du personnel administratif"
    assert json.loads(figures[2].dimensions) == {
        "group": "PA",
        "role": "CAM",
        "part_of": "agents",
        "contract": "CDI",
    }
    headcount = rows[2][1]
    assert (headcount.figure_id, headcount.group, headcount.role, headcount.part_of) == (
        figures[2].figure_id,
        "PA",
        "CAM",
        "agents",
    )
    assert headcount.quote == "2 CAM"
    assert figures[0].entity == "ELSM Nièvre"


def test_staff_table_with_groups_contracts_and_a_total() -> None:
    text = (
        "Les effectifs au 31 décembre 2022\n\n"
        "| Métier | CDI | CDD |\n|---|---|---|\n"
        "| Médecins-conseils | 9 | 1 |\n| ISM | 3 | |\n| Cadres | 4 | - |\n| TOTAL | 16 | 1 |\n"
    )
    rows = [headcount for _, headcount, _ in extract_headcounts(context_of(text))]
    assert [(row.role, row.contract, str(row.count), row.date) for row in rows] == [
        ("médecin-conseil", "CDI", "9", "2022-12-31"),
        ("médecin-conseil", "CDD", "1", "2022-12-31"),
        ("ISM", "CDI", "3", "2022-12-31"),
        ("cadre", "CDI", "4", "2022-12-31"),
    ]


def test_the_group_of_the_first_rows_may_stand_between_a_title_and_its_staff_table() -> None:
    rows = "| Médecins-conseils | 9 |\n| ISM | 3 |\n| PA vergers | 7 |\n| Cadres | 4 |\n"
    text = f"L'équipe au 31/12/2022 (CDI)\n\nPC\n\n| Métier | Nombre |\n|---|---|\n{rows}"
    found = [headcount for _, headcount, _ in extract_headcounts(context_of(text))]
    assert [(row.role, row.group, row.contract) for row in found] == [
        ("médecin-conseil", "PC", "CDI"),
        ("ISM", "ISM", "CDI"),
        ("cadre", "", "CDI"),  # a row between may name another group
    ]


def test_a_staff_table_whose_title_says_so_counts_full_time_equivalents() -> None:
    rows = "| ISM | 3,5 |\n| Cadres | 4 |\n"
    text = f"Les effectifs au 31 décembre 2022 (en ETP)\n\n| Métier | CDI |\n|---|---|\n{rows}"
    assert [figure.unit for figure, _, _ in extract_headcounts(context_of(text))] == ["ETP", "ETP"]


def test_a_table_of_other_things_is_no_staff_table() -> None:
    text = "Les effectifs au 31 décembre 2022\n\n| Mois | Appels |\n|---|---|\n| Mars | 12 |\n| Avril | 9 |\n"
    assert extract_headcounts(context_of(text)) == []


def test_a_panel_right_under_the_name_of_a_place_is_that_places() -> None:
    text = "Bilan.\n\nJura\nEffectif au 31 décembre 2021\n- médecins-conseils : 5\n- cadres : 2\n"
    rows = [figure for figure, _, _ in extract_headcounts(context_of(text))]
    assert [(row.value, row.territory) for row in rows] == [(5, "FR-39"), (2, "FR-39")]


def test_a_row_of_a_staff_table_may_name_its_group_before_its_role_or_be_a_part_of_the_row_above() -> None:
    """Dots that lead to the counts may stay with the words before them."""
    rows = "| PC médecins-conseils. | 7 |\n| ISM | 2 |\n| PA cadres | 3 |\n| agents | 21 |\n"
    rows += "| dont Csam.. | 4 |\n"
    text = f"Les effectifs au 31 décembre 2022\n\n| Métier | Nombre |\n|---|---|\n{rows}"
    found = [headcount for _, headcount, _ in extract_headcounts(context_of(text))]
    assert [(row.group, row.role, str(row.count), row.part_of) for row in found] == [
        ("PC", "médecin-conseil", "7", ""),
        ("ISM", "ISM", "2", ""),
        ("PA", "cadre", "3", ""),
        ("PA", "agent", "21", ""),
        ("PA", "Csam", "4", "agents"),
    ]


def test_rows_below_one_that_ends_with_dont_are_its_parts_and_a_row_across_all_columns_is_a_title() -> None:
    rows = "".join(
        f"<tr><td>{label}</td><td>{count}</td></tr>"
        for label, count in (
            ("cadres", 3),
            ("agents, dont", 21),
            ("Csam", 4),
            ("CAM", 5),
            ("médecins-conseils", 7),
        )
    )
    title = "<tr><td colspan=2>L'équipe au 31 décembre 2022</td></tr>"
    html = f"<html><body><h1>Bilan</h1><p>Le bilan.</p><table>{title}{rows}</table></body></html>"
    document = read_source(Source("a.html", html.encode()))
    context = Context(document, load_grammar(), Identity(year="2022"), ())
    assert [
        (row.role, str(row.count), row.part_of, row.date) for _, row, _ in extract_headcounts(context)
    ] == [
        ("cadre", "3", "", "2022-12-31"),
        ("agent", "21", "", "2022-12-31"),
        ("Csam", "4", "agents", "2022-12-31"),
        ("CAM", "5", "agents", "2022-12-31"),
        ("médecin-conseil", "7", "", "2022-12-31"),
    ]


def test_white_between_a_count_and_its_role_is_no_word_of_what_its_parts_belong_to() -> None:
    text = "L'équipe au 31/12/22 (CDI)\n3\tcadres\n21\tagents, dont\n4 Csam\n"
    assert [row.part_of for _, row, _ in extract_headcounts(context_of(text))] == ["", "", "agents"]


def test_tables_of_staff_side_by_side_are_read_each_with_its_labels_and_groups() -> None:
    """A label may go on below its row, where no count stands; a group's name may reach over the counts."""
    rows = (
        ("PC", "", "PA", ""),
        ("médecins-conseils", "9", "cadres", "4"),
        ("chirurgiens-dentistes-", "2", "agents, dont", "34"),
        ("conseils", "", "CAM", "5"),
        ("ISM", "3", "Csam", "6"),
    )
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    for table in (body, body.replace("<td></td><td>PA</td><td></td>", "<td colspan=3>PA</td>")):
        html = (
            f"<html><body><h1>Bilan</h1><p>L'équipe au 31/12/22 (CDI)</p><table>{table}</table></body></html>"
        )
        document = read_source(Source("a.html", html.encode()))
        context = Context(document, load_grammar(), Identity(year="2022"), ())
        assert [
            (row.group, row.role, str(row.count), row.part_of) for _, row, _ in extract_headcounts(context)
        ] == [
            ("PC", "médecin-conseil", "9", ""),
            ("PA", "cadre", "4", ""),
            ("PC", "chirurgien-dentiste-conseil", "2", ""),
            ("PA", "agent", "34", ""),
            ("PA", "CAM", "5", "agents"),
            ("ISM", "ISM", "3", ""),
            ("PA", "Csam", "6", "agents"),
        ]


def test_a_table_right_below_one_of_staff_goes_on_with_it() -> None:
    """The title is what alone is filled of the first row."""
    first = "<tr><td>L'équipe au 31/12/22 (CDI)</td><td></td></tr>"
    first += "<tr><td>médecins-conseils</td><td>9</td></tr><tr><td>ISM</td><td>3</td></tr>"
    second = "<tr><td>PA cadres</td><td>4</td></tr><tr><td>agents</td><td>34</td></tr>"
    html = (
        f"<html><body><h1>Bilan</h1><p>Vu.</p><table>{first}</table>%s<table>{second}</table></body></html>"
    )
    for between, count in (("", 4), ("<p>Autre chose.</p>", 2)):
        document = read_source(Source("a.html", (html % between).encode()))
        context = Context(document, load_grammar(), Identity(year="2022"), ())
        assert len(extract_headcounts(context)) == count


def test_a_row_that_names_a_group_counts_all_of_it() -> None:
    text = (
        "# L'équipe au 31/12/2022\n\n| Métier | 2021 | 2022 |\n|---|---|---|\n| PC | 8 | 9 |\n"
        "| Infirmiers | 3 | 4 |\n| Csam | 5 | 6 |\n| Personnel administratif | 21 | 22 |\n"
    )
    rows = [headcount for _, headcount, _ in extract_headcounts(context_of(text))]
    assert [(row.group, row.role, row.value_text) for row in rows] == [
        (*counted, count)
        for counted, counts in (
            (("PC", "praticien-conseil"), ("8", "9")),
            (("ISM", "ISM"), ("3", "4")),
            (("", "Csam"), ("5", "6")),  # a role of another group stands between it and the practitioners
            (("PA", "agent"), ("21", "22")),
        )
        for count in counts
    ]


def test_what_follows_dont_is_no_member_of_another_group() -> None:
    (panel,) = read("L'équipe au 31/12/2022 (CDI)\n1 cadre\n16 agents, dont\n2 médecins-conseils\n3 ISM\n")
    assert said(panel) == ["1 cadre", "16 agent", "2 médecin-conseil", "3 ISM ISM"]
    (panel,) = read("L'équipe au 31/12/2022 (CDI)\n1 cadre\n16 agents, dont\n3 ISM\n2 CAM\n")
    assert said(panel) == ["1 cadre", "16 agent", "3 ISM ISM < agents", "2 CAM < agents"]


@pytest.mark.parametrize(
    "text",
    [
        "PC : médecins-conseils (9), phc (2)\nISM (3)\nPA : cadres (4), agents (34) dont CAM (5)",
        "PC – médecins-conseils : 9 / phc : 2\nISM : 3\nPA – cadres : 4 / agents : 34 / dont CAM : 5",
    ],
)
def test_counts_behind_their_roles_in_a_line(text: str) -> None:
    (panel,) = read(f"L'équipe au 31/12/2022 (CDI)\n\n{text}\n\nÉdito\n")
    assert said(panel) == [
        "9 médecin-conseil PC",
        "2 pharmacien-conseil PC",
        "3 ISM ISM",
        "4 cadre PA",
        "34 agent PA",
        "5 CAM PA < agents",
    ]
