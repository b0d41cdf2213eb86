"""Short forms: defined, used, taken for each other."""

from __future__ import annotations

import pytest
from tests.consolidate.checked import findings

from rapextract.consolidate.checks.short_forms import key, one_slip_apart, parts, same_long_form

TEXT = """
## Pilotage

Le {used} a équipé les agents. La direction a confié au {used} le suivi des postes, avec l'UTAA et le CPTS.

La prévention de la désinsertion professionnelle (PDP) progresse ; l'UTAA et la CPTS y contribuent.

## Glossaire

- **CPTS** (communauté professionnelle territoriale de santé)
- **{defined}** (département des produits et services informatiques)
- **PDP** ({pdp})
- **UTAA** (unité territoriale d'accompagnement et d'avis)
"""


def report(
    used: str = "DPSI", defined: str = "DPSI", pdp: str = "prévention de la désinsertion professionnelle"
) -> str:
    return TEXT.format(used=used, defined=defined, pdp=pdp)


def messages(text: str) -> list[str]:
    return [found.message for found in findings(text, "glossary")]


def test_a_glossary_in_order_gives_nothing() -> None:
    assert messages(report()) == []


@pytest.mark.parametrize("defined", ["DPIS", "DPSSI", "DPFI"])
def test_look_alikes(defined: str) -> None:
    found = messages(report(defined=defined))
    assert len(found) == 1, (
        "one finding: neither a second one that it is unused nor that the other is undefined"
    )
    assert f"« {defined} » is defined" in found[0]
    assert "« DPSI » is used 2 times but never defined" in found[0]


def test_defined_but_never_used_and_used_but_never_defined() -> None:
    text = report(defined="MCA").replace("département des produits et", "module de comptabilité des")
    found = messages(text)
    assert len(found) == 2
    assert found[0].startswith("The glossary defines « MCA »") and "never uses it" in found[0]
    assert found[1].startswith("« DPSI » is used 2 times") and "never says what it stands for" in found[1]


def test_two_long_forms() -> None:
    assert messages(report(pdp="préventions des désinsertions professionnelles")) == []
    found = messages(report(pdp="plan de développement partagé"))
    assert len(found) == 1 and found[0].startswith("« PDP » has two long forms")


def test_two_short_forms() -> None:
    text = report().replace("(PDP)", "(PADP)")
    found = messages(text)
    assert found[0].startswith("The same words have two short forms: « PADP »")
    assert len(found) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Les CDD ont été renouvelés. Deux CDD sont devenus des CDI.",  # every reader knows
        "La DRSM a réuni les équipes. La DRSM les remercie.",  # an organisation of the grammar
        "L'application CLOE est déployée. Les équipes ont adopté CLOE.",  # a name
        "Mme Annie LEROUX a rejoint le site. Mme Annie LEROUX le quitte.",
        "PRIX ET TARIFS DES SERVICES\n\nLe PRIX a baissé, le PRIX baissera : c'est un bon prix.",
        "La XXIV a eu lieu, puis la XXIV a pris fin.",
        "La caisse nationale de solidarité autonome existe. La CNSA et les équipes de la CNSA le savent.",
    ],
)
def test_words_in_capitals_that_need_no_definition(text: str) -> None:
    assert messages(text + "\n" + report()) == []


def test_without_a_habit_of_defining_nothing_is_missed() -> None:
    assert messages("Le DPSI a équipé les agents. Le suivi est confié au DPSI.") == []


def test_keys_and_parts() -> None:
    assert key("CSAM") == key("Csam") == key("CSAMs") == "csam"
    assert parts("AT/MP") == {"at/mp", "at", "mp"}
    assert one_slip_apart("dpsi", "dpis") and one_slip_apart("mssi", "msssi")
    assert not one_slip_apart("mcs", "msc") and not one_slip_apart("cpam", "epam")
    assert same_long_form("contrats à durée indéterminés", "contrat à durée indéterminée")
    assert not same_long_form("maison de santé pluridisciplinaire", "maison de santé pluriprofessionnelle")
