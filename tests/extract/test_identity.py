from pathlib import Path

import pytest

from rapextract.extract.identity import Identity, identify
from rapextract.extract.sections import headings
from rapextract.grammar import load_grammar
from rapextract.read import Source, read_document, read_source

FILLER = (
    "Les équipes ont poursuivi leur action auprès des assurés et des professionnels de santé du territoire. "
)


def of(text: str, name: str = "rapport.md") -> Identity:
    document = read_source(Source(name, text.encode()))
    return identify(document, load_grammar(), headings(document))


def told(identity: Identity) -> tuple[str, str, str, str]:
    return identity.organisation, identity.organisation_kind, identity.territory, identity.year


def test_a_title_that_says_all() -> None:
    identity = of(f"# Rapport d'activité 2019 de la DRSM Bretagne\n\n{FILLER}\n")
    assert told(identity) == ("DRSM Bretagne", "drsm", "FR-BRE", "2019")
    assert (identity.region_code, identity.department_code) == ("53", "")
    assert identity.title == "Rapport d'activité 2019 de la DRSM Bretagne"
    assert "DRSM Bretagne" in identity.evidence
    assert "2019" in identity.evidence
    assert identity.doubt == ""


def test_a_title_that_names_the_activity_of_a_year() -> None:
    text = f"# Urssaf Bretagne : l'activité 2019\n\n{FILLER} Elle a grandi en 2018, encore en 2018."
    assert told(of(text)) == ("Urssaf Bretagne", "urssaf", "FR-BRE", "2019")


def test_an_imprint_over_several_lines_and_a_running_head() -> None:
    cover = "**l'Assurance\nMaladie**\n\nService médical\nPays de\nla Loire\n\nRAPPORT D'ACTIVITÉ 2022\n\n"
    text = f"{cover}{FILLER * 20}\n"
    assert told(of(text, "a.txt")) == ("DRSM Pays de la Loire", "drsm", "FR-PDL", "2022")


def test_mentions_of_others_and_of_other_years_do_not_win() -> None:
    text = (
        "# Notre activité\n\nDécouvrez l'année 2021 de nos échelons.\n\n"
        f"La CPAM du Morbihan a poursuivi ses missions. {FILLER * 4} La CPAM du Morbihan a recruté.\n\n"
        f"« Nous avons présenté notre démarche à la DRSM Occitanie, à la CPAM du Var, "
        f"à la CPAM du Var. {FILLER} »\n\n"
        f"En 2021, la CPAM du Morbihan a signé trois contrats, contre deux en 2020. {FILLER * 8}"
        "Une convention avec la CPAM du Finistère est prévue début 2022.\n"
    )
    identity = of(text)
    assert told(identity) == ("CPAM Morbihan", "cpam", "FR-56", "2021")
    assert (identity.region_code, identity.department_code) == ("53", "56")


@pytest.mark.parametrize(
    ("words", "organisation", "territory"),
    [
        (
            "La CPAM 35 a ouvert un site. Les agents de la CPAM 35 y travaillent. La CPAM 35 les forme.",
            "CPAM Ille-et-Vilaine",
            "FR-35",
        ),
        ("CPAM DE Côte d'Or. Rapport de la CPAM de Côte-d’Or.", "CPAM Côte-d'Or", "FR-21"),
        ("L'échelon local du service médical de Quimper, échelon local de Quimper.", "ELSM Quimper", "FR-29"),
        ("La Carsat Normandie accompagne. La Carsat Normandie agit.", "Carsat Normandie", "FR-NOR"),
        (
            "L'ARS Île-de-France a publié. L'Agence régionale de santé Ile de France agit.",
            "ARS Île-de-France",
            "FR-IDF",
        ),
    ],
)
def test_ways_to_name_an_organisation(words: str, organisation: str, territory: str) -> None:
    identity = of(f"# Bilan\n\n{words}\n")
    assert (identity.organisation, identity.territory) == (organisation, territory)


def test_many_local_offices_speak_for_their_region() -> None:
    text = (
        f"# Nos faits marquants\n\n{FILLER * 9}\n\nEn 2022, le service médical Normandie a évolué.\n\n"
        "L'ELSM du Calvados, l'ELSM de la Manche et l'ELSM de l'Orne ont contribué. "
        f"L'ELSM du Calvados a signé. {FILLER * 9}\n"
    )
    identity = of(text)
    assert told(identity)[:3] == ("DRSM Normandie", "drsm", "FR-NOR")


@pytest.mark.parametrize(
    ("cover", "organisation", "doubt"),
    [
        ("DRSM Bretagne", "DRSM Bretagne", ""),
        ("", "DRSM Bretagne", "Nothing in the report names DRSM Bretagne: its headings name 3 parts of it."),
    ],
)
def test_headings_of_several_offices_are_of_their_directorate(
    cover: str, organisation: str, doubt: str
) -> None:
    """The first office stands near the top, where a report says whose it is."""
    offices = ("du Morbihan", "du Finistère", "d'Ille-et-Vilaine")
    text = f"# Rapport d'activité 2019\n\n{cover}\n\n"
    text += "".join(f"# Échelon local {office}\n\n{FILLER * 8}\n\n" for office in offices)
    identity = of(text)
    assert told(identity) == (organisation, "drsm", "FR-BRE", "2019")
    assert identity.doubt == doubt


def test_an_office_that_speaks_of_another_keeps_its_report() -> None:
    text = f"# Rapport d'activité 2019\n\n# Échelon local du Morbihan\n\n{FILLER * 8}\n\n"
    text += f"## L'échelon local du Finistère, un partenaire\n\n{FILLER * 8}"
    assert told(of(text))[0] == "ELSM Morbihan"


def test_a_part_of_a_name_counts_for_the_whole() -> None:
    text = f"# Service médical Bourgogne\n\n{FILLER * 9}\n\nLa DRSM Bourgogne-Franche-Comté a recruté.\n"
    assert of(text).organisation == "DRSM Bourgogne-Franche-Comté"
    assert of(text.replace("-Franche-Comté", "")).organisation == "DRSM Bourgogne"


def test_a_report_of_a_municipality() -> None:
    text = (
        "# Rapport sur le prix et la qualité du service public\n\nExercice 2020\n\n"
        "COMMUNE D’HAUTEVAL SUR SEILLE\n\n"
        f"Le service dessert la commune d’Hauteval sur Seille, en Moselle. {FILLER}"
        "Recettes de l'exercice 2019 et de l'exercice 2020. Pour l'exercice 2020, le taux est de 98 %.\n"
    )
    identity = of(text)
    assert told(identity) == ("Commune d'Hauteval sur Seille", "commune", "FR-57", "2020")


@pytest.mark.parametrize(
    ("said", "territory", "doubted"),
    [
        ("Les eaux traitées rejoignent la Creuse.", "", False),
        ("Arrêté de la préfecture de la Creuse. Les eaux rejoignent la Vienne.", "FR-23", False),
        ("Préfecture de la Creuse. Le département de l'Indre aide aussi.", "", False),
        ("Moyenne de la Creuse : 3. Prix dans la Creuse : 4.", "FR-23", True),
    ],
)
def test_a_department_that_a_municipality_names(said: str, territory: str, doubted: bool) -> None:
    """A word read on a map, or the river that takes the waters, once gave a commune its department."""
    identity = of(f"# Rapport annuel 2021\n\nCommune de Belmont\n\n{said}\n")
    assert identity.territory == territory
    assert bool(identity.doubt) is doubted


def test_a_year_that_stands_alone_on_the_cover() -> None:
    start = "# La collecte à Orval\n\n{}\n\nMot du président\n\nEn 2023, le seuil baissera. "
    text = start.format(2021) + "2020 : 45\n\n2020 : 47\n\nEn 2023, tout ira mieux. En 2023 encore.\n"
    assert of(text).year == "2021"
    listed = start.format("2018\n\n2019\n\n2020") + FILLER
    assert of(listed).year == "2023"
    late = start.format("Sommaire") + FILLER * 30 + "\n\n2017\n\n" + FILLER * 30
    assert of(late).year == "2023"


def test_a_named_authority_is_the_commune_of_that_name() -> None:
    start = "# Rapport annuel 2021\n\nNom de la collectivité : Belmont\n\n"
    text = start + "La commune de Belmont exploite le réseau.\n"
    assert told(of(text))[:2] == ("Commune de Belmont", "commune")
    alone = of(start + "Un réseau.\n")
    assert told(alone)[:2] == ("Belmont", "collectivite")


def test_a_syndicate_and_a_community() -> None:
    assert (
        of("# Rapport annuel 2021\n\nSyndicat intercommunal des eaux de Clairval.\n").organisation_kind
        == "syndicat"
    )
    identity = of("# Rapport annuel 2021\n\nCommunauté de communes du Val Fleuri\n\nUn texte.\n")
    assert identity.organisation_kind == "epci"
    assert identity.organisation == "Communauté de communes du Val Fleuri"


@pytest.mark.parametrize(
    ("said", "territory"), [("(Eure)", "FR-27"), ("(27)", "FR-27"), ("(2a)", "FR-2A"), ("(CCVA)", "")]
)
def test_the_department_in_brackets_behind_a_community(said: str, territory: str) -> None:
    text = f"# Rapport annuel 2022\n\nCommunauté de communes du Val d'Avre {said}\n\n{FILLER}\n"
    assert told(of(text)) == ("Communauté de communes du Val d'Avre", "epci", territory, "2022")


def test_a_report_that_says_nothing() -> None:
    identity = of(f"# Bilan\n\n{FILLER}\n", name="drsm-bretagne-2021.md")
    assert told(identity) == ("", "", "", "")
    assert "whose report it is" in identity.doubt
    assert "the year" in identity.doubt


def test_a_report_that_says_two_things() -> None:
    text = (
        f"# Bilan commun\n\n{FILLER * 9}\n\nLa DRSM Bretagne et la DRSM Normandie ont agi. "
        f"La DRSM Bretagne et la DRSM Normandie ont mutualisé. En 2020 puis en 2021, {FILLER * 9}\n"
    )
    identity = of(text)
    assert "DRSM Normandie is nearly as likely" in identity.doubt
    assert identity.year in ("2020", "2021")


def test_the_title_of_a_web_page_counts() -> None:
    title = "<title>Rapport d'activité 2020 – DRSM Grand Est</title>"
    page = f"{title}<body><main><h1>Agir</h1><p>{FILLER * 3}</p></main>"
    identity = of(page, "a.html")
    assert (identity.organisation, identity.year, identity.title) == ("DRSM Grand Est", "2020", "Agir")


def test_the_title_of_a_page_without_headings_is_what_the_file_declares() -> None:
    page = f"<title>Bilan  annuel</title><body><main><p>{FILLER * 3}</p></main>"
    assert of(page, "a.html").title == "Bilan annuel"
    assert of(FILLER * 3, "a.txt").title.startswith(FILLER[:60])


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("000", ("DRSM Auvergne-Rhône-Alpes", "drsm", "FR-ARA", "2021")),
        ("001", ("DRSM Hauts-de-France", "drsm", "FR-HDF", "2022")),
        ("002", ("CPAM Haute-Saône", "cpam", "FR-70", "2022")),
        ("003", ("DRSM Bourgogne-Franche-Comté", "drsm", "FR-BFC", "2021")),
        ("004", ("DRSM Nouvelle-Aquitaine", "drsm", "FR-NAQ", "2020")),
    ],
)
def test_the_measuring_reports(shared: Path, report: str, expected: tuple[str, str, str, str]) -> None:
    document = read_document(next((shared / "corpus").glob(f"{report}_*.txt")))
    identity = identify(document, load_grammar(), headings(document))
    assert told(identity) == expected
    assert identity.doubt == ""


@pytest.mark.parametrize(
    ("cover", "organisation", "territory"),
    [
        ("ORAF Grand Est\nRapport annuel 2021", "ORAF Grand Est", "FR-GES"),
        ("# Bilan 2021 de la MIDEL de la Marne", "MIDEL Marne", "FR-51"),
        ("Observatoire des soins de la Marne\nRapport annuel 2021", "", "FR-51"),
        ("RAPPORT ANNUEL BRETAGNE 2021", "", "FR-BRE"),
        ("De la Marne à la Bretagne\n\nRapport annuel 2021", "", ""),
    ],
)
def test_a_cover_tells_place_and_short_form_of_a_kind_that_is_not_known(
    cover: str, organisation: str, territory: str
) -> None:
    mentioned = "L'ARS du Grand Est nous aide. " if organisation else ""
    identity = of(f"{cover}\n\n{FILLER * 9}{mentioned}{FILLER * 9}", "a.md")
    assert (identity.organisation, identity.territory) == (organisation, territory)
