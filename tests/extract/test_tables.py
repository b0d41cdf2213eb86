"""Tables: header trees, units, labels, periods and places of cells, and cells that are no figures."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from rapextract.extract.tables.header_words import header_words_of
from rapextract.extract.tables.headers import HeaderTree, clean
from rapextract.extract.tables.measures import Measures, phrase
from rapextract.extract.tables.rows import TableFigures, count_up, extract_tables
from rapextract.grammar import load_grammar
from rapextract.model import FigureRow, Role, Span

from .contexts import context_of

INVALIDITY = """
| L'INVALIDITE | | | | |
|---|---|---|---|---|
| | | Cat. 1 | Cat. 2 | TOTAL |
| Initiative caisse | Admission | 640 | 880 | 1 520 |
| | Révision | 105 | 393 | 498 |
| TOTAL | | 745 | 1 273 | 2 018 |
"""

ADMISSIONS = """
| LES ADMISSIONS EN ETM | | |
|---|---|---|
| ALD | Nombre d'admissions | Taux d'ADF |
| ALD liste | 63 700 | 3,0% |
| Polypathologie | neutralisé | 18,6% |
"""


def tables(text: str, headings: tuple[str, ...] = ()) -> list[TableFigures]:
    return list(extract_tables(context_of(text, headings=headings), taken=[]))


def figures(text: str, headings: tuple[str, ...] = ()) -> list[FigureRow]:
    return [figure for table in tables(text, headings) for figure in table.figures]


def test_header_tree_with_a_label_over_two_rows() -> None:
    context = context_of(INVALIDITY)
    (table,) = context.document.tables
    tree = HeaderTree(context.document, table)
    paths = {context.document.cell_text(cell): tree.paths(cell) for cell in table.cells}
    assert tree.caption() == "L'INVALIDITE"
    assert (paths["393"].row, paths["393"].column) == (("Initiative caisse", "Révision"), ("Cat. 2",))
    assert paths["1 273"].row == ("TOTAL",)


def test_counted_noun_of_the_row_where_columns_are_classes() -> None:
    units = {figure.value_text: figure.unit for figure in figures(INVALIDITY + "\n\nL'invalidité.\n")}
    assert (units["640"], units["393"], units["2 018"]) == ("admission", "révision", "invalidité")


def test_labels_join_measure_caption_row_and_class() -> None:
    labels = {figure.value_text: figure.label for figure in figures(INVALIDITY + "\n\nL'invalidité.\n")}
    assert labels["640"] == "admissions, invalidité, initiative caisse, catégorie 1"
    labels = {figure.value_text: figure.label for figure in figures(ADMISSIONS)}
    assert labels["63 700"] == "admissions en ETM, ALD liste"
    assert labels["18,6"] == "taux d'ADF, admissions en ETM, polypathologie"


def test_units_of_headers_and_cells() -> None:
    assert [(f.value_text, f.unit) for f in figures(ADMISSIONS)] == [
        ("63 700", "admission"),
        ("3,0", "%"),
        ("18,6", "%"),
    ]


def test_dimensions_and_quote() -> None:
    figure = figures(ADMISSIONS)[0]
    assert json.loads(figure.dimensions) == {
        "table": "LES ADMISSIONS EN ETM",
        "row": ["ALD liste"],
        "column": ["Nombre d'admissions"],
    }
    assert figure.quote == "| ALD liste | 63 700 | 3,0% |"


@pytest.mark.parametrize(
    ("header", "cell", "unit", "count"),
    [
        ("Montant (€)", "12 500", "EUR", 1),
        ("Délai moyen (en jours)", "8,5", "j", 1),
        ("Effectif en ETP", "12,8", "ETP", 1),
        ("% du total", "12,5", "%", 1),
        ("Max", "12,5", "", 1),
        ("min", "12", "", 1),
        ("Dossiers traités", "1 250", "dossier", 1),
        ("Dossiers traités", "- 3 %", "%", 1),
        ("Dossiers traités", "1 250 (1)", "dossier", 1),
        ("Dossiers traités", "neutralisé", "", 0),
        ("Dossiers traités", "néant", "", 0),
        ("Dossiers traités", "n.d.", "", 0),
        ("Dossiers traités", "-", "", 0),
        ("Dossiers traités", "environ 12 dossiers en attente", "", 0),
        ("Dossiers traités", "près de 80", "dossier", 1),
        ("Dossiers traités", "Entre 50 et 70", "dossier", 2),
        ("Dossiers traités", "Plus d'un millier", "dossier", 1),
        ("Dossiers traités", "17 (dont 3 en appel)", "dossier", 1),
        ("Patrimoine", "12 postes de relèvement", "poste", 1),
        ("Redevances", "0,185 € (Agence de l'eau)", "EUR", 1),
        ("Patrimoine", "rue du 8 mai", "", 0),
        ("Patrimoine", "12 rue des Lilas", "", 0),
        ("Note", "1 à 5 points sous conditions", "", 0),
        ("Note", "oui : 10 points non : 0 point", "", 0),
        ("Note", "1 tous les 2 ans", "", 0),
        ("Agrément", "14/09/2016", "", 0),
        ("Agrément", "09/2016", "", 0),
        ("Agrément", "2015-2018", "", 0),
        ("Année", "2020", "", 0),
        ("Code postal", "21000", "", 0),
        ("N°", "4", "", 0),
    ],
)
def test_cells(header: str, cell: str, unit: str, count: int) -> None:
    text = f"| Site | {header} | Note |\n|---|---|---|\n| Accueil | {cell} | bon |\n| Appui | | bon |\n"
    found = figures(text)
    assert len(found) == count
    assert [figure.unit for figure in found] == [unit] * count


def test_year_of_the_column_is_the_period() -> None:
    text = "| Indicateur | 2020 | 2021 |\n|---|---|---|\n| Taux de décroché | 91 % | 93 % |\n"
    assert [(f.value_text, f.period) for f in figures(text)] == [("91", "2020"), ("93", "2021")]
    assert {f.label for f in figures(text)} == {"taux de décroché"}


def test_day_of_the_column_is_the_period_and_no_part_of_the_label() -> None:
    text = "| Effectifs | 1er Jan 2021 | au 31/12/2021 |\n|---|---|---|\n| Taux de présence | 91 % | 93 % |\n"
    assert [(f.period, f.label) for f in figures(text)] == [
        ("2021-01-01", "taux de présence"),
        ("2021-12-31", "taux de présence"),
    ]


@pytest.mark.parametrize(
    ("header", "period", "role"),
    [
        ("Variation N/N-1 (%)", "2021", "change"),
        ("Évolution 2021/2020", "2020/2021", "change"),
        ("Écart en %", "2021", "change"),
    ],
)
def test_change_under_its_header(header: str, period: str, role: str) -> None:
    text = f"| Accueil | Visites 2021 | {header} |\n|---|---|---|\n| Visites reçues | 91 | 3,2 % |\n"
    assert [(f.period, f.role.value) for f in figures(text)][1] == (period, role)


def test_place_of_the_row() -> None:
    text = "| Département | Dossiers |\n|---|---|\n| Jura | 120 |\n| Yonne | 95 |\n"
    assert [f.territory for f in figures(text)] == ["FR-39", "FR-89"]


def test_role_of_a_header() -> None:
    text = "| Indicateur | Objectif | Résultat |\n|---|---|---|\n| Taux de décroché | 90 % | 93 % |\n"
    assert [f.role.value for f in figures(text)] == ["objective", "observed"]


def units(text: str) -> dict[str, str]:
    return {figure.value_text: figure.unit for figure in figures(text)}


def test_points_are_decimal_where_the_table_writes_decimals_with_them() -> None:
    text = "| Poste | 2020 | 2021 |\n|---|---|---|\n| Eau | 12,5 | 14.75 |\n| Prix | 3,125 | 3.250 |\n"
    assert [f.value_text for f in figures(text)] == ["12,5", "14.75", "3,125"]
    assert [f.value for f in figures(text.replace("14.75", "1.475"))][1:] == [1475, Decimal("3.125"), 3250]


def test_part_of_an_amount_is_no_percentage() -> None:
    text = (
        "| Note | 2020 | 2021 |\n|---|---|---|\n| Part du gérant | 92,40 | 130,10 |\n| Part B | 40 | 60 |\n"
    )
    assert units(text) == {"92,40": "", "130,10": "", "40": "%", "60": "%"}
    assert units(text.replace("130,10", "130,10 %"))["92,40"] == "%"


def test_what_has_cents_counts_no_noun() -> None:
    text = "| Recettes | Agences |\n|---|---|\n| Nord | 12,40 |\n| Sud | 8 |\n"
    assert units(text) == {"12,40": "", "8": "agence"}
    assert units(text.replace("Agences", "Nombre d'agences"))["12,40"] == "agence"


def test_units_in_a_column_of_their_own() -> None:
    text = (
        "| Produit | Unité | 2020 | Variation en % |\n|---|---|---|---|\n| Sable retiré | kg | 12 | 4,5 |\n"
    )
    assert [(f.value_text, f.unit, f.label) for f in figures(text)] == [
        ("12", "kg", "sable retiré"),
        ("4,5", "%", "sable retiré, variation"),
    ]


def test_unit_that_the_header_of_the_row_labels_states() -> None:
    text = (
        "| Énergie achetée [kWh] | 2020 | Variation en % |\n|---|---|---|\n| Pour le siège | 1 240 | 4,5 |\n"
    )
    assert units(text) == {"1 240": "kWh", "4,5": "%"}


@pytest.mark.parametrize(
    ("corner", "row", "value", "unit", "label"),
    [
        ("Délai moyen (en jours)", "Badges verts", "9.5", "j", "délai moyen, badges verts"),
        ("En millions d'euros", "Soins du soir", "9500000", "EUR", "soins du soir"),
        ("Nombre de visas (en milliers)", "Chantiers longs", "9500", "visa", "visas, chantiers longs"),
        ("Dépenses", "Achats divers", "9.5", "EUR", "dépenses, achats divers"),
        ("Type de dépense", "Fournitures", "9.5", "fourniture", "fournitures"),
        ("Délai moyen (en jours)", "Visas – 1er envoi", "9.5", "j", "délai moyen, visas – 1er envoi"),
        ("Durée (en jours)", "Moins de 8 jours", "9.5", "j", "moins de 8 jours"),
    ],
)
def test_the_corner_tells_what_all_rows_measure(
    corner: str, row: str, value: str, unit: str, label: str
) -> None:
    last = figures(
        f"| {corner} | 2020 | 2021 |\n|---|---|---|\n| {row} | 8,4 | 9,5 |\n| Autres | 1,1 | 2,2 |"
    )
    figure = next(figure for figure in last if figure.value_text == "9,5")
    assert (figure.value, figure.unit, figure.label) == (Decimal(value), unit, label)


def test_the_year_of_a_date_is_no_figure() -> None:
    text = "| Agence | Nord |\n|---|---|\n| Date de mise en service | 2015 |\n| Surface | 2015 m² |\n"
    assert [(f.value_text, f.unit) for f in figures(text)] == [("2015", "m2")]


ABOVE = """
Dépenses du siège :

| | 2021 |
|---|---|
| Frais de port | 12 € |
| Autres frais | 5 € |

{line}

| | 2021 |
|---|---|
| Frais de port | 45 € |
| Autres frais | 5 € |
"""


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("2) Dépenses des antennes", "dépenses des antennes, frais de port"),
        (
            "Dépenses communes aux antennes, toutes taxes et tous frais compris pour une année de service "
            "entière et normale :",
            "dépenses communes aux antennes, frais de port",
        ),
        ("Les antennes ont dépensé :", "moyens, frais de port"),
        (
            "En 2021, les antennes ont dépensé plus que le siège pour le port des colis et des lettres.",
            "moyens, frais de port",
        ),
        ("Source : comptes de l'année.", "moyens, frais de port"),
        ("Le tableau ci-dessous synthétise ces dépenses :", "moyens, frais de port"),
        ("Répartition de ces moyens :", "moyens, frais de port"),
    ],
)
def test_the_line_above_a_table_names_it_where_it_is_a_noun_phrase(line: str, named: str) -> None:
    text = f"Moyens\n{ABOVE.format(line=line)}"
    labels = [f.label for f in figures(text, headings=("Moyens",))]
    assert (labels[0], labels[2]) == ("dépenses du siège, frais de port", named)


def test_labels_that_two_tables_share_are_told_apart() -> None:
    text = ABOVE.format(line="Dépenses des antennes").replace("Frais de port", "Montant des ports")
    assert [f.label for f in figures(text)][::2] == [
        "montant des ports, dépenses du siège",
        "montant des ports, dépenses des antennes",
    ]
    assert [f.label for f in figures(text.replace("45 €", "12,3 €"))][::2] == ["montant des ports"] * 2


def test_that_a_table_sums_up_is_no_part_of_a_label() -> None:
    text = "Tableau récapitulatif des effectifs\n\n| | 2021 |\n|---|---|\n| Nord | 45 |\n"
    (figure,) = figures(text, headings=("Tableau récapitulatif des effectifs",))
    assert figure.label == "effectifs, Nord"


def test_a_number_said_in_full_needs_no_title() -> None:
    rows = "| Nombre d'agents visités sur place | 45 |\n| Nombre d'agents | 60 |\n"
    text = f"Bilan des visites\n\n| | 2021 |\n|---|---|\n{rows}"
    assert [f.label for f in figures(text, headings=("Bilan des visites",))] == [
        "nombre d'agents visités sur place",
        "bilan des visites, nombre d'agents",
    ]


def test_contents_give_no_figures() -> None:
    text = (
        "SOMMAIRE\n\n| | 1 | INTRODUCTION | P. 3 |\n|---|---|---|---|\n"
        "| | 2 | CRISE SANITAIRE | P. 5 |\n| | 3 | PRESTATIONS | P. 8 |\n"
    )
    found = tables(text)
    assert [table.figures for table in found] == [()] * len(found)
    rows = "| Partie | Montants |\n|---|---|\n| Accueil | 31 € |\n| Contrôle | 44 € |\n"
    assert len(figures(f"Accueil\n\n{rows}", headings=("Accueil",))) == 2
    assert figures(f"Sommaire\n\n{rows}", headings=("Sommaire",)) == []
    scanned = (
        "| Caisse | SOMMAIRE | | P. |\n|---|---|---|---|\n| | Ouvrir | 1 | 4 recours P. |\n"
        "| | Servir | 2 | 7 recours P. |\n"
    )
    assert figures(scanned) == []
    assert len(figures(scanned.replace("SOMMAIRE", "Service"))) > 0


def test_codes_of_indicators_are_no_pages_and_no_words_of_labels() -> None:
    text = (
        "| Code | Indicateur | Valeur 2020 | Valeur 2021 |\n|---|---|---|---|\n"
        "| P901.3 | Taux de sites ouverts | 61,0 % | 64,5 % |\n"
        "| P902.1B | Indice d'accueil | 70 / 120 | 80 / 120 |\n"
    )
    found = [(f.value, f.label, f.period) for f in figures(text)]
    assert found == [
        (Decimal("61"), "taux de sites ouverts", "2020"),
        (Decimal("64.5"), "taux de sites ouverts", "2021"),
        (Decimal("70"), "indice d'accueil", "2020"),
        (Decimal("80"), "indice d'accueil", "2021"),
    ]


def test_a_total_of_money_is_in_euros_and_one_of_things_counts_them() -> None:
    rows = "| Total des recettes | 720 |\n| Total des visites | 90 |\n"
    text = f"Recettes du parc (en euros)\n\n| | 2021 |\n|---|---|\n{rows}"
    assert [figure.unit for figure in figures(text)] == ["EUR", "visite"]


def test_a_numbered_line_above_a_table_names_it() -> None:
    text = "Tableau 4 : Frais de port (en milliers d'euros)\n\n| Site | 2021 |\n|---|---|\n| Nord | 1,5 |\n"
    (figure,) = figures(text)
    assert (figure.value, figure.unit) == (Decimal("1500"), "EUR")
    assert json.loads(figure.dimensions)["table"].endswith("(en milliers d'euros)")  # to be proven by
    assert "ableau" not in figure.label


def test_cells_that_a_panel_took_give_no_figures() -> None:
    context = context_of(ADMISSIONS)
    everything = [Span(start=0, end=len(ADMISSIONS))]
    assert not any(table.figures for table in extract_tables(context, everything))


def test_rows_of_the_dataset() -> None:
    (table,) = tables(ADMISSIONS)
    assert (table.table.caption, table.table.rows, table.table.columns) == ("LES ADMISSIONS EN ETM", 3, 3)
    by_text = {cell.text: cell for cell in table.cells}
    assert by_text["63 700"].column_header == "Nombre d'admissions"
    assert by_text["63 700"].figure_id == table.figures[0].figure_id
    assert by_text["neutralisé"].value is None
    assert by_text["ALD liste"].figure_id == ""


def test_phrase_of_a_title_in_capitals() -> None:
    assert phrase("LES ADMISSIONS EN ETM") == "admissions en ETM"
    assert phrase("L'INVALIDITE", {"invalidite": "invalidité"}) == "invalidité"
    assert phrase("Taux d'ADF (1)") == "taux d'ADF"
    assert (
        phrase("VOLET A : PRISE EN CHARGE A DOMICILE", {"a": "à"}) == "volet A : prise en charge à domicile"
    )


def test_header_marks_are_cleaned() -> None:
    assert clean("**1^{er} semestre**") == "1er semestre"
    assert clean("Nombre d'agents, dont :") == "Nombre d'agents"


def test_threshold_in_a_label_is_no_unit() -> None:
    measures = Measures(load_grammar())
    assert measures.says("unit", "< 10 %") is None
    assert measures.says("unit", "% ALD 30") is not None


SCALED = """
| Poste | Montant (k€) | Budget en M€ | Évolution | Part (%) | Patients (en milliers) |
|---|---|---|---|---|---|
| Soins de ville | 1 250 | 3,2 | 35,4 | 12 | 7,5 |
| Hôpital | 2 450 k€ | 4,1 | 36,4 | 14 | 8 |
"""

MEASURED = """
| Paramètre | 2021 | Mini | Évolution |
|---|---|---|---|
| Pluviométrie en mm | 329 | 112 | 3 |
| DBO5 [kg/jour] | 12 | 10 | 4 |
| Débit journalier m3/j | 240 | 230 | 5 |
| Encours (montant restant dû en €) | 1 240 | 1 100 | 6 |
| Prélèvements pour une consommation de 120 m3/an | 35 | 30 | 7 |
"""


def test_headers_that_count_in_thousands_or_millions() -> None:
    found = {f.value_text: (f.value, f.unit, f.flags) for f in figures(SCALED)}
    assert found["1 250"] == (1_250_000, "EUR", "scaled")
    assert found["2 450 k"] == (2_450_000, "EUR", "")  # the cell says it itself
    assert found["3,2"] == (3_200_000, "EUR", "scaled")
    assert found["35,4"][1:] == ("", "")  # of what, it does not say
    assert found["12"][1:] == ("%", "")
    assert found["7,5"] == (7500, "patient", "scaled")
    labels = {f.value_text: f.label for f in figures(SCALED)}
    assert labels["3,2"] == "budget, soins de ville"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Dépenses Md€", 2_500_000_000),
        ("Dépenses M€ 2021", 2_500_000),
        ("Dépenses : kEUR", 2_500),
        ("Dépenses Mds d'euros", 2_500_000_000),
        ("Dépenses (M d'€)", 2_500_000),
        ("Dépenses en Keuros HT", 2_500),
        ("Dépenses, millions €", 2_500_000),
        ("Dépenses (x 1000 €)", 2_500),
        ("Dépenses (1 000 €)", 2_500),
        ("Dépenses en Mio €", 2_500_000),
        ("Dépenses €", Decimal("2.5")),
    ],
)
def test_euros_are_counted_in_thousands_without_brackets_too(header: str, value: Decimal) -> None:
    (figure,) = figures(f"| Poste | {header} |\n|---|---|\n| Hôpital | 2,5 |\n")
    assert (figure.value, figure.unit) == (value, "EUR")
    assert figure.label.startswith("dépenses") and "eur" not in figure.label


@pytest.mark.parametrize(
    ("header", "value", "unit"),
    [
        ("Population (milliers)", 2_500, ""),
        ("Effectif (x1000)", 2_500, ""),
        ("Taux de reprise pour 1 000 usagers", Decimal("2.5"), ""),
        ("Coût €/hab.", Decimal("2.5"), "EUR/habitant"),
    ],
)
def test_what_headers_count_in(header: str, value: Decimal, unit: str) -> None:
    (figure,) = figures(f"| Poste | {header} |\n|---|---|\n| Secteur du Lac | 2,5 |\n")
    assert (figure.value, figure.unit) == (value, unit)


def test_a_year_in_brackets_behind_a_number_is_its_period() -> None:
    found = figures("| Poste | Relevés |\n|---|---|\n| Nord | 1 230 (2020) |\n| Sud | 870 |\n")
    assert [(f.value_text, f.period) for f in found] == [("1 230", "2020"), ("870", "2021")]


COUNTED_UP = """
| Visites faites | Foyers | Cumul |
|---|---|---|
| 0 | 41 | 41 |
| 1 | 63 | 104 |
| 2 | 27 | 131 |
"""


def test_a_first_column_that_counts_up_holds_the_keys_of_rows() -> None:
    found = figures(COUNTED_UP)
    assert [figure.value_text for figure in found] == ["41", "41", "63", "104", "27", "131"]
    assert json.loads(found[2].dimensions)["row"] == ["1"]
    assert found[2].label == "foyers, visites faites 1"


ASKED = """
| Accueil | pas du tout | 1 | 2 | 3 | 4 | tout à fait | 12 |
| Délais | pas du tout | 1 | 2 | 3 | 4 | tout à fait | 31 |
| Courriers | pas du tout | 1 | 2 | 3 | 4 | tout à fait | 9 |
"""


def test_answers_to_choose_from_are_no_figures() -> None:
    head = "| Question | | A | B | C | D | | Réponses |\n|---|---|---|---|---|---|---|---|"
    assert [figure.value_text for figure in figures(head + ASKED)] == ["12", "31", "9"]


def test_a_caption_in_thousands_leaves_shares_alone() -> None:
    text = """
| Dépenses (en milliers d'euros) | | |
|---|---|---|
| | 2021 | Taux |
| Soins de ville | 1 250 | 12 |
"""
    assert [(f.value, f.unit) for f in figures(text)] == [(1_250_000, "EUR"), (12, "%")]


def test_units_that_headers_state() -> None:
    units = {f.value_text: f.unit for f in figures(MEASURED)}
    assert (units["329"], units["112"], units["3"]) == ("mm", "mm", "")
    assert (units["12"], units["10"]) == ("kg/j", "kg/j")
    assert (units["240"], units["1 240"]) == ("m3/j", "EUR")
    assert units["35"] == "prélèvement"


def test_names_and_measures_count_nothing() -> None:
    text = """
| Commune | Capacité | 2021 |
|---|---|---|
| Junville | 12 | 14 |

La commune de Junville a une station.
"""
    assert [f.unit for f in figures(text)] == ["", ""]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Les admissions", "admission"),
        ("L'invalidité", "invalidité"),
        ("NOMBRE D'IP - Répartition par taux", "IP"),
        ("Rapport d'activité", ""),
        ("Estimation de la population", ""),
    ],
)
def test_a_title_of_things_says_what_its_table_counts(title: str, unit: str) -> None:
    text = f"{title}\n\n| Site | 2021 |\n|---|---|\n| ALD liste | 34 |\n| ALD hors liste | 12 |\n"
    assert [figure.unit for figure in figures(text, headings=(title,))] == [unit, unit]


def test_a_participle_tells_the_plural_and_places_count_nothing() -> None:
    text = """
| Échelon | Avis rendus | Convocations |
|---|---|---|
| Yonne | 120 | 12 |
| Jura | 130 | 14 |
"""
    found = figures(text)
    assert {figure.unit for figure in found} == {"avis", "convocation"}
    assert found[0].label == "avis rendus, Yonne"


def test_a_row_that_names_its_measure_needs_no_title() -> None:
    text = """
| Indicateur | Socle | Résultat |
|---|---|---|
| Taux de décroché | 85 % | 89 % |
| Accidents du travail | 12 | 14 |
"""
    found = figures(f"3. Contrat de gestion\n\n{text}", headings=("3. Contrat de gestion",))
    labels = [figure.label for figure in found]
    assert labels[0] == "taux de décroché, socle"
    assert labels[2] == "accidents du travail, contrat de gestion, socle"


def test_a_number_in_the_first_of_two_columns_is_named_by_the_second() -> None:
    (table,) = tables("| Nb | Fonction |\n|---|---|\n| 3 | ISM |\n| 16 | agents |\n| 2 | 2021 |\n")
    assert [(figure.value_text, figure.unit) for figure in table.figures][:2] == [
        ("3", "ISM"),
        ("16", "agent"),
    ]
    assert [cell.row_header for cell in table.cells if cell.text == "ISM"] == [""]


def test_a_column_of_an_earlier_year_is_there_to_compare() -> None:
    table = """
| Effectif | 2020 | 2021 | Variation |
|---|---|---|---|
| Postes ouverts | 412 | 437 | 6,1 % |
"""
    found = {
        figure.value_text: (figure.period, figure.role.value, figure.is_result) for figure in figures(table)
    }
    assert found["412"] == ("2020", "reference", True)
    assert found["437"] == ("2021", "observed", True)
    assert found["6,1"][1:] == ("change", False)


def test_the_number_of_a_table_is_no_part_of_what_it_counts() -> None:
    text = """
| Tableau 3 – Avis rendus par échelon | | | |
|---|---|---|---|
| Échelon | Invalidité | Total | Région |
| Yonne | 812 | 6 258 | 14 |
| Jura | 120 | 958 | 13 |
"""
    assert {figure.unit for figure in figures(text)} == {"avis"}


def test_what_became_of_things_is_counted_in_them() -> None:
    text = """
| Demandes d'accord préalable | | |
|---|---|---|
| Domaine | Reçues | Refus |
| Transports de longue distance | 610 | 122 |
"""
    assert [figure.unit for figure in figures(text)] == ["demande", "refus"]


def test_a_participle_over_charges_counts_nothing() -> None:
    text = """
| Dépenses (en milliers d'euros) | | |
|---|---|---|
| Poste | Exécuté 2020 | Budget 2021 |
| Charges de personnel | 29 874 | 30 450 |
"""
    assert [(int(f.value), f.unit) for f in figures(text)] == [(29_874_000, "EUR"), (30_450_000, "EUR")]


def test_the_noun_of_a_row_goes_before_a_title_that_counts_it_too() -> None:
    text = """
| Admissions et révisions | | |
|---|---|---|
| | Cat. 1 | Cat. 2 |
| Admission | 64 | 88 |
| Révision | 15 | 39 |
"""
    assert [figure.unit for figure in figures(text)] == ["admission"] * 2 + ["révision"] * 2


def test_the_number_of_a_heading_is_no_word_of_it() -> None:
    title = "2.1 Les autorisations"
    text = f"{title}\n\n| Site | 2021 |\n|---|---|\n| Personnel extérieur | 4,5 |\n"
    assert [figure.unit for figure in figures(text, headings=(title,))] == ["autorisation"]


def test_a_heading_states_the_unit_of_a_table_without_a_caption() -> None:
    title = "Dépenses par poste (en millions d'euros)"
    text = f"{title}\n\n| Poste | 2021 | Évolution |\n|---|---|---|\n| Soins de ville | 498,3 | + 3,9 % |\n"
    found = [(float(figure.value), figure.unit) for figure in figures(text, headings=(title,))]
    assert found == [(498_300_000, "EUR"), (3.9, "%")]
    assert [(float(figure.value), figure.unit) for figure in figures(f"Le bilan.\n\n{text}")] == found


def test_a_ratio_in_a_header_goes_before_the_unit_of_the_caption() -> None:
    text = """
| Collecte (en tonnes) | | |
|---|---|---|
| Flux | 2021 | kg/hab. 2021 |
| Verre | 998 | 36,4 |
"""
    assert [figure.unit for figure in figures(text)] == ["t", "kg/habitant"]


def test_two_tables_side_by_side_have_labels_of_their_own() -> None:
    text = """
| Dépenses | Montant | Recettes | Montant |
|---|---|---|---|
| Personnel | 1 200 € | Redevances | 2 100 € |
| Énergie | 800 € | Subventions | 90 € |
"""
    rows = [json.loads(figure.dimensions)["row"] for figure in figures(text)]
    assert rows == [
        ["Dépenses", "Personnel"],
        ["Recettes", "Redevances"],
        ["Dépenses", "Énergie"],
        ["Recettes", "Subventions"],
    ]


def test_words_right_of_numbers_are_no_labels_of_other_columns() -> None:
    text = """
| Poste | 2020 | Nature | 2021 |
|---|---|---|---|
| Personnel | 1 200 € | fixe | 2 100 € |
| Énergie | 800 € | variable | 90 € |
"""
    assert {json.loads(figure.dimensions)["row"][0] for figure in figures(text)} == {"Personnel", "Énergie"}


def test_columns_of_answers_and_points_name_no_rows() -> None:
    text = (
        "| Critère | Barème | Réponse | Points obtenus |\n|---|---|---|---|\n"
        "| Charte signée | oui : 4, non : 0 | Oui | 4 |\n| Part des sites décrits | 0 à 6 | 75 % | 5 |\n"
        "| Plan affiché | oui : 2, non : 0 | Non | 0 |\n"
    )
    context = context_of(text)
    (table,) = context.document.tables
    told = replace(table, header_columns=3)
    tree = HeaderTree(context.document, told, header_words_of(context.grammar))
    assert HeaderTree(context.document, told).header_columns == 3
    assert tree.header_columns == 2


def test_the_line_above_counts_and_a_heading_of_figures_does_not() -> None:
    table = "| | Cat. 1 | Cat. 2 |\n|---|---|---|\n| TOTAL | 745 | 1 273 |\n"
    heading = "Les chiffres en 2021"
    units = [figure.unit for figure in figures(f"{heading}\n\nL'INVALIDITÉ\n\n{table}", (heading,))]
    assert units == ["invalidité", "invalidité"]
    assert [figure.unit for figure in figures(f"{heading}\n\n{table}", (heading,))] == ["", ""]


CLASSES = """
| Charge de pollution (kg/j) | | | |
|---|---|---|---|
| Mesures | Paramètre | < 50 | ≥ 50 |
| Nombre de mesures à faire | Débit | 4 | 12 |
| | Azote | 2 | 6 |
"""


def test_a_row_of_classes_heads_columns() -> None:
    (table,) = tables(CLASSES)
    assert [(figure.value_text, figure.label) for figure in table.figures][:2] == [
        ("4", "nombre de mesures à faire, débit, inférieur à 50"),
        ("12", "nombre de mesures à faire, débit, supérieur ou égal à 50"),
    ]
    assert {figure.value_text for figure in table.figures} == {"4", "12", "2", "6"}
    results = CLASSES.replace("< 50 | ≥ 50", "< 5 | < 3")
    assert {"5", "3"} <= {figure.value_text for figure in figures(results)}


def test_what_a_row_says_it_numbers_is_counted_whatever_the_next_header_measures() -> None:
    assert {figure.unit for figure in figures(CLASSES)} == {"mesure"}


def test_that_indicators_follow_is_no_part_of_a_label() -> None:
    text = """
| Variables et indicateurs | | 2021 |
|---|---|---|
| Indicateurs de performance | Part des foyers reliés à la fibre | 62 % |
| | Volume traité (m³) | 410 |
"""
    assert [figure.label for figure in figures(text)] == [
        "part des foyers reliés à la fibre",
        "volume traité",
    ]
    alone = "| Indicateurs | Nord |\n|---|---|\n| Indicateurs | 12 |\n"
    assert all(figure.label for figure in figures(alone))


def test_points_beside_those_obtained_are_the_scale() -> None:
    table = "| Critère | Nombre de points | Points obtenus |\n|---|---|---|\n| Plan tenu à jour | 15 | 10 |\n"
    assert [(figure.value_text, str(figure.role)) for figure in figures(table)] == [
        ("15", "reference"),
        ("10", "observed"),
    ]
    assert str(figures(table.replace("Points obtenus", "Écart"))[0].role) == "observed"


def test_numbers_that_rise_by_one_down_the_left_edge_number_the_rows() -> None:
    assert count_up(["1.", "2.", "3."], leftmost=False)
    assert count_up(["41", "42", "43", "44 fin", "45", "46", "47"], leftmost=True)
    assert not count_up(["41", "42", "43", "44", "45"], leftmost=False)
    assert not count_up(["41", "52", "43", "44", "60"], leftmost=True)


def test_a_comma_before_three_digits_is_left_out_where_decimals_have_points() -> None:
    english = "| Site | Visites | Part |\n|---|---|---|\n| Nord | 5,821 | 92.9 |\n| Sud | 340 | 7.1 |\n"
    assert [f.value_text for f in figures(english)] == ["92.9", "340", "7.1"]
    mixed = "| Site | Prix (€) | Coût (€) |\n|---|---|---|\n| Nord | 4,5346 | 4,623 |\n| Sud | 0.25 | 3,1 |\n"
    assert [f.value_text for f in figures(mixed)] == ["4,5346", "4,623", "0.25", "3,1"]


@pytest.mark.parametrize("number", ["Tableau 4 :", "Table B.2 –", "Tableau 3.1.", "TABLE IV :"])
def test_the_number_of_a_table_counts_nothing(number: str) -> None:
    text = f"{number} Avis rendus par site\n\n| Site | 2021 |\n|---|---|\n| Nord | 15 |\n"
    assert [figure.label for figure in figures(text)] == ["avis rendus par site, Nord"]


def test_a_short_range_of_years_is_no_figure() -> None:
    text = "| Site | Visites | Relevés |\n|---|---|---|\n| Nord | 15 | 1988-92 |\n| Sud | 17 | 2019/20 |\n"
    assert [figure.value_text for figure in figures(text)] == ["15", "17"]


def test_what_a_total_in_euros_sums_up_is_in_euros() -> None:
    rows = "| Curage | 2 000,00 |\n| Apport du fonds | 71,00 |\n| Nombre de quais | 4 |\n"
    head = "| Type | Exercice 2021 |\n|---|---|\n"
    whole = figures(f"{head}{rows}| Total des recettes | 2 071,00 |\n", headings=("Recettes",))
    assert [figure.unit for figure in whole] == ["EUR", "EUR", "quai", "EUR"]
    assert "EUR" not in [figure.unit for figure in figures(head + rows)]


def test_rows_of_targets_and_of_questions() -> None:
    found = figures(
        "| | 2020 | 2021 |\n|---|---|---|\n| Nombre de visites | 12 | 15 |\n| Objectif CPG | 20 | 25 |\n"
        "| Socle | 8 | 9 |\n| Taux d'atteinte de l'objectif | 60 % | 61 % |\n\n"
        "| Question | Oui | Non |\n|---|---|---|\n| Êtes-vous content ? | 82 | 17 |\n"
    )
    roles = {f.value_text: f.role for f in found}
    assert [roles[text] for text in ("15", "25", "20", "9", "61")] == [
        Role.OBSERVED, Role.OBJECTIVE, Role.OBJECTIVE, Role.FLOOR, Role.OBSERVED,
    ]  # fmt: skip
    assert {f.unit for f in found if f.value_text in ("82", "17")} == {""}


def test_a_score_in_a_cell_has_its_scale_for_a_unit() -> None:
    text = "| Avis | Objectif | Résultat |\n|---|---|---|\n| Accueil | 8/10 | 8,2/10 |\n"
    assert [(f.value_text, f.unit) for f in figures(text)] == [("8", "/10"), ("8,2", "/10")]


def test_names_of_services_are_not_counted() -> None:
    rows = "| --- | --- |\n| Achats | 12 |\n| Lettres | 14 |\n"
    assert [f.unit for f in figures(f"| Service | Effectif |\n{rows}")] == ["", ""]
    assert [f.unit for f in figures(f"| Motif | Effectif |\n{rows}")] == ["achat", "lettre"]


def test_a_change_is_of_the_column_left_of_it() -> None:
    text = "| Agence | Visites | Évolution |\n|---|---|---|\n| Nord | 120 | + 2 % |\n"
    assert [f.label for f in figures(text)] == ["visites, Nord", "visites, Nord, évolution"]


def test_the_title_of_the_report_is_no_word_of_a_label() -> None:
    text = (
        "# Rapport d'activité 2021\n\n| Objet | 2020 | 2021 |\n|---|---|---|\n| Attente moyenne | 12 | 15 |\n"
    )
    assert [f.label for f in figures(text)] == ["attente moyenne"] * 2


def test_a_budget_beside_what_was_spent_is_a_plan() -> None:
    text = "| Poste | Budget (k€) | Exécuté (k€) |\n|---|---|---|\n| Encre | 42 | 40 |\n"
    assert [f.role.value for f in figures(text)] == ["objective", "observed"]
