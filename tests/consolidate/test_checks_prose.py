"""Checks within sentences and lists: parts, shares, remainders, changes, repeats, ranges, periods."""

from __future__ import annotations

import pytest
from tests.consolidate.checked import findings, records_of, rejected, rows_of, verdicts

from rapextract.consolidate.checks.finding import Finding

Verdict = tuple[str, str, str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("412 contrôles ont été menés : 260 sur place et 152 sur pièces.", [("holds", "412", "412")]),
        ("412 contrôles ont été menés : 260 sur place et 162 sur pièces.", [("broken", "422", "412")]),
        (
            "Huit nouveaux contrôles ont été initiés : 1 contrôle infirmier, 6 contrôles pharmaciens et "
            "1 contrôle dentaire.",
            [("holds", "8", "Huit")],
        ),
        (
            "En 2022, 14 suites ont été engagées :\n\n- 2 saisines de la section ;\n- 11 procédures.\n",
            [("broken", "13", "14")],
        ),
        (
            "En 2022, 13 suites ont été engagées :\n\n- 2 saisines de la section ;\n- 11 procédures.\n",
            [("holds", "13", "13")],
        ),
        ("54 IDEL sont suivies\n- Volet 1 : 37 IDEL\n- Volet 2 : 14 IDEL\n", [("broken", "51", "54")]),
        # some of a whole, and lists that are no parts of it
        ("412 contrôles ont été menés, dont 260 sur place et 62 sur pièces.", []),
        ("412 contrôles ont été menés, notamment : 260 sur place et 162 sur pièces.", []),
        ("Trois objectifs ont été fixés : 12 réunions, 45 visites et 310 appels.", []),
        ("736 demandes ont été reçues, 568 avis favorables et 170 avis défavorables ont été notifiés.",
         [("broken", "at least 738", "736")]),
        ("736 demandes ont été reçues, 568 avis favorables et 168 avis défavorables ont été notifiés.",
         [("holds", "736", "736")]),
        # some may still be waiting
        ("736 demandes ont été reçues, 500 avis favorables et 170 avis défavorables ont été notifiés.", []),
    ],
)  # fmt: skip
def test_parts_of_a_whole(text: str, expected: list[Verdict]) -> None:
    assert verdicts(text, "sum") == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("La caisse emploie 128 salariés, dont 96 femmes.", "holds"),
        ("La caisse emploie 128 salariés, dont 196 femmes.", "broken"),
    ],
)
def test_a_part_is_no_more_than_its_whole(text: str, status: str) -> None:
    assert [found[0] for found in verdicts(text, "part")] == [status]


def test_parts_of_a_staff_panel() -> None:
    team = "## ELSM du Finistère\n\n**L'équipe au 31/12/22 (CDI)**\n\nPA\n\n3 cadres\n"
    panel = team + "{} agents, dont\n2 CAM\n4 Csam\n"
    assert [found[0] for found in verdicts(panel.format(37), "part")] == ["holds"]
    assert verdicts(panel.format(5), "part") == [("broken", "at most 5", "6")]
    rows, _ = rows_of(rejected(records_of(panel.format(37)), "37"))  # its parts are none of the line before
    assert [row for row in rows if row.kind == "part"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23 031 assurés ont été vus, dont 10 502 à distance, soit 45,6 %.", [("holds", "45.6 %", "45,6")]),
        ("23 031 assurés ont été vus, dont 10 502 à distance, soit 46,5 %.", [("broken", "45.6 %", "46,5")]),
        ("88 télétravailleurs sur 108 contrats, soit 81,48 % du personnel.", [("holds", "81.48 %", "81,48")]),
        ("88 télétravailleurs sur 108 contrats, soit 84,18 % du personnel.",
         [("broken", "81.481 %", "84,18")]),
        ("Environ 88 agents sur 108 salariés, soit 84,18 % du personnel.", []),
        # the whole is not in the text
        ("1 272 médecins ont été rencontrés, soit 30 % des médecins de la région.", []),
        ("L'île réunit 2 791 809 oiseaux, soit 4,3 % des nids.", []),
    ],
)  # fmt: skip
def test_shares(text: str, expected: list[Verdict]) -> None:
    found = verdicts(text, "share")
    assert [(status, number) for status, _, number in found] == [(s, n) for s, _, n in expected]
    for (_, computed, _), (_, rounded, _) in zip(found, expected, strict=True):
        assert computed.startswith(rounded.removesuffix(" %"))


LEFT_OVER = (
    "- 3 167 recours ont été formés\n- 2 810 recours sont passés en commission\n- {} recours en attente\n"
)


def test_what_is_left_over() -> None:
    assert verdicts(LEFT_OVER.format(357), "difference") == [("holds", "357", "357")]
    assert verdicts(LEFT_OVER.format(375), "difference") == [("broken", "357", "375")]
    assert verdicts(LEFT_OVER.replace(" en attente", " jugés").format(375), "difference") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("41 260 appels en 2022, contre 38 975 en 2021, soit une hausse de 5,9 %.", ["holds"]),
        ("41 260 appels en 2022, contre 38 975 en 2021, soit une hausse de 9,5 %.", ["broken"]),
        ("41 260 appels en 2022, contre 38 975 en 2021, soit une baisse de 5,9 %.", ["broken"]),
        ("Les appels ont connu une hausse de 5,9 %.", []),
    ],
)  # fmt: skip
def test_changes(text: str, expected: list[str]) -> None:
    assert [status for status, _, _ in verdicts(text, "change")] == expected


TWICE = """
## Pilotage

La direction a obtenu un score CPG de {} %.

## Résultats du contrat

Pour l'année 2022, le score CPG est de 79,22 %. Le taux de satisfaction est de 84,31 %.
"""


def test_the_same_thing_twice() -> None:
    assert [found[0] for found in verdicts(TWICE.format("79,22"), "repeat")] == ["holds"]
    broken = findings(TWICE.format("79,21"), "repeat")
    assert [(found.holds, len(found.figures)) for found in broken] == [(False, 2)]
    assert "« 79,21 % »" in broken[0].message and "« 79,22 % »" in broken[0].message
    assert verdicts(TWICE.format("62,85"), "repeat") == [], "too far apart to be one thing"


def test_a_share_of_a_whole_is_within_it() -> None:
    assert [f[0] for f in verdicts("La part des agents formés est de 112 %.", "range")] == ["broken"]
    assert verdicts("La part des agents formés est de 12 %.", "range") == []
    assert verdicts("Le taux de réalisation des objectifs est de 112 %.", "range") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Le guichet a ouvert le 31 février 2022.", "31 février 2022"),
        ("Le guichet a ouvert le 31/11/2022.", "31/11/2022"),
        ("Entre juin 2022 et janvier 2022, 12 réunions ont eu lieu.", "Entre juin 2022 et janvier 2022"),
        ("Du 12 mai 2022 au 3 mai 2022, 12 réunions ont eu lieu.", "Du 12 mai 2022 au 3 mai 2022"),
        ("Le guichet a ouvert le 29 février 2020.", ""),
        ("Entre juin 2021 et janvier 2022, 12 réunions ont eu lieu.", ""),
        ("D'octobre à mars 2022, 12 réunions ont eu lieu.", ""),
    ],
)
def test_impossible_dates(text: str, wrong: str) -> None:
    assert [found.found for found in findings(text, "period")] == ([wrong] if wrong else [])


def test_a_result_of_the_far_future() -> None:
    assert [f[0] for f in verdicts("En 2032, 12 agents ont été formés.", "period")] == ["broken"]
    assert verdicts("En 2032, 12 agents seront formés.", "period") == []


def test_a_message_is_one_sentence_with_the_quotes() -> None:
    finding: Finding = findings("412 contrôles ont été menés : 260 sur place et 162 sur pièces.", "sum")[0]
    assert finding.message == (
        "« 260 » + « 162 » makes 422, but the whole is « 412 » in "
        "« 412 contrôles ont été menés : 260 sur place et 162 sur pièces. »."
    )
