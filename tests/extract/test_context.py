"""What is in force at a number: quote, lead-in, period, entity and territory."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rapextract.extract.context import Context
from rapextract.grammar import load_grammar
from rapextract.model import FigureKind
from rapextract.model.document import Page, ReadBy

from .contexts import context_of


def marked(text: str) -> tuple[str, int, int]:
    """The text without its ``[[ ]]``, and the span that was marked."""
    start = text.index("[[")
    end = text.index("]]") - 2
    return text.replace("[[", "").replace("]]", ""), start, end


def period(text: str, **about: object) -> str:
    plain, start, end = marked(text)
    return context_of(plain, **about).period_for(start, end)  # type: ignore[arg-type]


def territory(text: str, **about: object) -> str:
    plain, start, end = marked(text)
    return context_of(plain, **about).place_for(start, end).territory  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La plateforme a traité [[8 100]] appels en 2022.", "2022"),
        ("La plateforme a traité [[8 100]] appels.", "2021"),
        ("Le délai était de [[5,1]] jours d'octobre à décembre 2021.", "2021-10/2021-12"),
        ("Au 31 décembre 2021, l'effectif était de 69 praticiens et [[257]] agents.", "2021-12-31"),
        ("Le taux d'effort est de [[3,84]] % (2,24 % en 2020).", "2021"),
        ("Le taux d'effort est de 3,84 % ([[2,24]] % en 2020).", "2020"),
        ("De 89 agents en janvier 2022, [[44]] étaient engagés en mars 2022.", "2022-03"),
        ("De [[89]] agents en janvier 2022, 44 étaient engagés en mars 2022.", "2022-01"),
        ("Soit [[330]] dossiers de moins qu'en 2020.", "2021"),
        ("Dont 3 ont signé et [[4]] devraient signer avant le 30 septembre 2022.", "2022-09-30"),
        ("Depuis 2010, [[13]] maternités ont adhéré.", "2021"),
        ("Taux d'impayés sur les factures de l'année précédente : [[2,5]] %", "2021"),
        ("En octobre 2021, en application de la loi du 5 août 2020, [[deux]] activités.", "2021-10"),
        ("[[2]] médecins ont poursuivi la formation débutée en 2020.", "2021"),
        ("Au premier semestre 2021, [[4]] réunions ont eu lieu.", "2021-S1"),
        ("Le site occupait 45 agents au 31 mars 2021, soit [[41,8]] ETP.", "2021-03-31"),
        ("La location a coûté [[45 000]] euros, soit le double de 2018.", "2021"),
        ("La cible est de [[40]] % à l'horizon 2026.", "2026"),
        ("La densité (nombre de foyers par km, soit [[41,4]] foyers/km) au 31/12/2020.", "2020-12-31"),
        ("Le taux (en hausse de [[2]] points) était de 40 % en 2020.", "2021"),
        ("Le taux atteint [[7,9]] %, notre cible 2027 étant de 6 %.", "2021"),
        ("Il compte [[16]] membres, quand il était 11e en 2019.", "2021"),
    ],
)
def test_period_of_a_sentence(text: str, expected: str) -> None:
    assert period(text) == expected


def test_period_of_a_lead_in() -> None:
    assert period("En mars 2021 :\n- 3 recours formés\n- [[7]] recours rejetés\n") == "2021-03"


def test_period_of_a_heading() -> None:
    assert period("Chiffres de 2019\n\n[[12]] avis ont été rendus.", headings=["Chiffres de 2019"]) == "2019"


def test_period_pointed_back_to() -> None:
    text = "La phase de test a eu lieu d'avril à juin 2021. Cette phase a réuni [[14]] équipes."
    assert period(text) == "2021-04/2021-06"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il y a [[8]] projets dans le Doubs.", "FR-25"),
        ("Les départs de [[trois]] praticiens sur l'ELSM 71 ont pesé.", "FR-71"),
        ("L'ELSM du Jura a accueilli [[trois]] techniciennes.", "FR-39"),
        ("Une convention avec la CPAM de Marseille prévoit [[4]] réunions.", "FR-BFC"),
        ("En lien avec les DRSM Aura et IDF, [[4]] réunions.", "FR-BFC"),
        ("La plateforme d'Auvergne-Rhône-Alpes a traité [[8 680]] appels.", "FR-BFC"),
        ("Elle s'appuie sur [[deux]] plateformes situées à Marseille et à Nice.", "FR"),
        ("La cellule nationale créée en décembre a accordé [[56]] reprises.", "FR"),
        ("Une affection qui touche [[2,5 millions]] d'habitants en France.", "FR"),
        ("Les [[3]] échelons de Besançon, Vesoul et Belfort.", "FR-90"),
        ("Les équipes ont tenu [[4]] réunions.", "FR-BFC"),
        ("Hors Dijon, Vesoul et Belfort, [[4]] réunions.", "FR-BFC"),
        ("On compte [[61]] dentistes pour 100 000 habitants dans le Doubs.", "FR-25"),
        ("Le taux est de 41 % (Nièvre : [[38]] %).", "FR-58"),
        ("Le taux est de 41 % (France entière : [[38]] %).", "FR"),
        ("Le taux est de [[41]] % (France entière : 38 %).", "FR-BFC"),
        ("Hors Dijon, l'échelon de la Nièvre a tenu [[4]] réunions.", "FR-58"),
        ("Pour comparer, la CPAM du Var a notifié [[70]] indus.", "FR-83"),
        ("Les sites ont leur siège à Vesoul et [[4]] antennes.", "FR-BFC"),
        ("Le club a perdu [[45]] procès devant la cour d'appel de Nancy.", "FR-BFC"),
        ("Un siège à Nevers et deux relais, à Vesoul et à Dole. Elle comptait [[45]] agents.", "FR-BFC"),
        ("Le toit a été refait à Nevers. La réserve se monte à [[45]] millions d'euros.", "FR-BFC"),
        ("Nous restons sous la moyenne nationale, et [[45]] agents le savent.", "FR-BFC"),
    ],
)
def test_territory_of_a_sentence(text: str, expected: str) -> None:
    assert territory(text) == expected


def test_territory_of_the_paragraph() -> None:
    text = "L'échelon de la Nièvre a changé de site. Au total, [[5]] agents ont déménagé."
    assert territory(text) == "FR-58"


def test_territory_of_another_region_that_a_paragraph_starts_with() -> None:
    text = "En Occitanie, des réunions ont eu lieu. [[1 900]] professionnels y ont participé."
    assert territory(text) == "FR-OCC"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "La Bourgogne-Franche-Comté est vaste. La DRSM a rendu [[12]] avis.",
            "DRSM Bourgogne-Franche-Comté",
        ),
        ("La Bourgogne-Franche-Comté est vaste. Elle a [[12]] ponts.", "région Bourgogne-Franche-Comté"),
        ("Avec [[900]] km² et 80 ponts, la Nièvre est vaste.", "Nièvre"),
        ("Avec 900 km² et [[80]] ponts, la Nièvre est vaste.", "Nièvre"),
        ("Ouverte à [[900]] assurés, la Nièvre est vaste.", "DRSM Bourgogne-Franche-Comté"),
    ],
)
def test_whose_a_figure_is(text: str, expected: str) -> None:
    plain, start, end = marked(text)
    assert context_of(plain).place_for(start, end).entity == expected


def test_territory_of_a_heading_is_its_department() -> None:
    title = "ELSM NORD FRANCHE-COMTÉ – DOUBS"
    context = context_of(f"{title}\n\nNous comptons 25 agents.", headings=[title])
    place = context.place_for(context.document.text.index("25"), context.document.text.index("25") + 2)
    assert (place.territory, place.region_code, place.department_code) == ("FR-25", "27", "25")
    assert place.entity == "ELSM Doubs"


@pytest.mark.parametrize(
    ("title", "read_by", "expected"),
    [
        ("ELSM DE CLAIRVA1", ReadBy.OCR, ("ELSM DE CLAIRVA1", "", "27")),
        ("L'ELSM de la Clairva1", ReadBy.OCR, ("L'ELSM de la Clairva1", "", "27")),
        ("ELSM DE CLAIRVA1", ReadBy.TEXT, ("DRSM Bourgogne-Franche-Comté", "FR-BFC", "27")),
        ("ELSM de demain", ReadBy.OCR, ("DRSM Bourgogne-Franche-Comté", "FR-BFC", "27")),
        ("ELSM DU JURA", ReadBy.OCR, ("ELSM Jura", "FR-39", "27")),
    ],
)
def test_a_name_of_a_unit_that_ocr_misread_is_no_known_territory(
    title: str, read_by: ReadBy, expected: tuple[str, str, str]
) -> None:
    text = f"{title}\n\nNous comptons 25 agents."
    read = context_of(text, headings=[title])
    page = Page(number=1, start=0, end=len(text), width=595.0, height=842.0, read_by=read_by)
    document = read.document.model_copy(update={"pages": (page,)})
    context = Context(document, load_grammar(), read.identity, read.headings)
    place = context.place_for(text.index("25"), text.index("25") + 2)
    assert (place.entity, place.territory, place.region_code) == expected


def test_regional_level_in_the_report_of_a_department() -> None:
    assert territory("Au niveau régional, [[4]] réunions.", organisation="CPAM Haute-Saône") == "FR-BFC"
    assert territory("Les équipes ont tenu [[4]] réunions.", organisation="CPAM Haute-Saône") == "FR-70"
    assert territory("La moyenne régionale est de [[12]] jours.", organisation="CPAM Haute-Saône") == "FR-BFC"


def test_articles_of_units_without_headings() -> None:
    text = (
        "Les échelons du service médical AURA\n\n-\n\n"
        "L'année 2021 a vu la mobilisation des équipes du Rhône.\n\n"
        "Trois cadres ont contribué au pilotage.\n\n"
        "L'année 2021 a été dense pour tous.\n\n"
        "Nous comptons désormais quatre conseillers.\n"
    )
    context = context_of(text, organisation="DRSM Auvergne-Rhône-Alpes")
    for word, expected in (("Trois", "FR-69"), ("quatre", "FR-ARA")):
        at = text.index(word)
        assert context.place_for(at, at + len(word)).territory == expected


def test_lead_in_goes_back_over_the_items() -> None:
    text = "Taux de confirmation :\nEn accident : 65,8 %\nEn maladie : 91,8 %\n"
    context = context_of(text)
    lead = context.lead_in(text.index("91,8"))
    assert lead is not None
    assert text[lead.start : lead.end] == "Taux de confirmation :"


def test_no_lead_in_in_running_text() -> None:
    text = "Les équipes ont travaillé.\n\nElles ont tenu 4 réunions.\n"
    assert context_of(text).lead_in(text.index("4")) is None


def test_sections_and_quotes() -> None:
    text = "Titre\n\nPremière phrase. Deuxième phrase avec 12 dossiers. Troisième.\n"
    context = context_of(text, headings=["Titre"])
    quote = context.sentence_at(text.index("12"))
    assert text[quote.start : quote.end] == "Deuxième phrase avec 12 dossiers."
    assert context.section_path(text.index("12")) == "Titre"


def test_a_figure_states_its_value() -> None:
    text = "Les équipes ont tenu 1 234 réunions.\n"
    context = context_of(text)
    start = text.index("1 234")
    row = context.figure(start, start + 5, Decimal(1234), FigureKind.PROSE, unit="réunion")
    assert row.value_text == "1 234"
    assert row.period == "2021"
    with pytest.raises(AssertionError, match="does not state"):
        context.figure(start, start + 5, Decimal(1235), FigureKind.PROSE)
