"""Dates and periods."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapextract.french.periods import Period, scan_periods


def only(text: str, default_year: int | None = 2021) -> Period:
    periods = scan_periods(text, default_year)
    assert len(periods) == 1, periods
    return periods[0]


@pytest.mark.parametrize(
    ("text", "printed", "iso", "kind"),
    [
        ("L'équipe au 31/12/2021 (CDI)", "31/12/2021", "2021-12-31", "day"),
        ("au 31/12/21", "31/12/21", "2021-12-31", "day"),
        ("le 01.11.2021", "01.11.2021", "2021-11-01", "day"),
        ("le 01-11-2021", "01-11-2021", "2021-11-01", "day"),
        ("2021-12-31", "2021-12-31", "2021-12-31", "day"),
        ("au 31 décembre 2021", "31 décembre 2021", "2021-12-31", "day"),
        ("Au 1er septembre 2020", "1er septembre 2020", "2020-09-01", "day"),
        ("le 1^{er} octobre 2021", "1^{er} octobre 2021", "2021-10-01", "day"),
        ("le premier janvier 2022", "premier janvier 2022", "2022-01-01", "day"),
        ("le 3 sept. 2021", "3 sept. 2021", "2021-09-03", "day"),
        ("En mars 2020", "mars 2020", "2020-03", "month"),
        ("en mars de l'année 2020", "mars de l'année 2020", "2020-03", "month"),
        ("03/2021", "03/2021", "2021-03", "month"),
        ("déc-21", "déc-21", "2021-12", "month"),
        ("fin octobre 2021", "fin octobre 2021", "2021-10", "month"),
        ("d'octobre à décembre 2021", "octobre à décembre 2021", "2021-10/2021-12", "range"),
        ("de novembre à mars 2021", "novembre à mars 2021", "2020-11/2021-03", "range"),
        ("de mai 2020 à mars 2021", "mai 2020 à mars 2021", "2020-05/2021-03", "range"),
        ("en mars et avril 2021", "mars et avril 2021", "2021-03/2021-04", "range"),
        ("Du 1er aout au 31 décembre 2020", "1er aout au 31 décembre 2020", "2020-08-01/2020-12-31", "range"),
        ("du 01/01/2021 au 30/06/2021", "01/01/2021 au 30/06/2021", "2021-01-01/2021-06-30", "range"),
        ("20 décembre au 3 mai 2022", "20 décembre au 3 mai 2022", "2021-12-20/2022-05-03", "range"),
        ("au premier semestre 2021", "premier semestre 2021", "2021-S1", "semester"),
        ("au second semestre de l'année 2021", "second semestre de l'année 2021", "2021-S2", "semester"),
        ("le 2^e semestre 2021", "2^e semestre 2021", "2021-S2", "semester"),
        ("S1 2022", "S1 2022", "2022-S1", "semester"),
        ("au 2^e trimestre 2021", "2^e trimestre 2021", "2021-04/2021-06", "quarter"),
        ("au dernier trimestre 2021", "dernier trimestre 2021", "2021-10/2021-12", "quarter"),
        ("au T3 2021", "T3 2021", "2021-07/2021-09", "quarter"),
        ("au cours de l'année 2021", "2021", "2021", "year"),
        ("mi-2022", "mi-2022", "2022", "year"),
        ("exercice 2021-2022", "2021-2022", "2021/2022", "range"),
        ("saison 2020/2021", "2020/2021", "2020/2021", "range"),
        ("entre 2019 et 2021", "2019 et 2021", "2019/2021", "range"),
        ("Variation 2022/2021", "2022/2021", "2021/2022", "range"),
        ("évolution 2023 - 2019", "2023 - 2019", "2019/2023", "range"),
    ],
)
def test_with_its_year(text: str, printed: str, iso: str, kind: str) -> None:
    period = only(text, default_year=None)
    assert (period.text, period.iso, period.kind, period.partial) == (printed, iso, kind, False)
    assert text[period.start : period.end] == printed


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("suspendue du 8 avril au 10 mai", "2021-04-08/2021-05-10"),
        ("entre le 9 et le 25 mars", "2021-03-09/2021-03-25"),
        ("Fin octobre, 80 %", "2021-10"),
        ("à compter de septembre", "2021-09"),
        ("au 31/12", "2021-12-31"),
        ("le 22 novembre", "2021-11-22"),
        ("au dernier trimestre", "2021-10/2021-12"),
        ("au premier semestre", "2021-S1"),
        ("par rapport à l'année précédente", "2020"),
        ("évolution depuis N-1", "2020"),
        ("fermé de mars à mai", "2021-03/2021-05"),
        ("Entre janvier et juin, 80 visites", "2021-01/2021-06"),
        ("au cours des cinq dernières années", "2017/2021"),
        ("ces sept dernières années", "2015/2021"),
    ],
)
def test_without_its_year(text: str, iso: str) -> None:
    period = only(text)
    assert (period.iso, period.partial) == (iso, True)
    assert only(text, default_year=None).iso == ""


@pytest.mark.parametrize(
    ("text", "relation", "iso"),
    [
        ("depuis 2010", "since", "2010"),
        ("à compter du 1er janvier 2022", "since", "2022-01-01"),
        ("dès le 9 mars 2020", "since", "2020-03-09"),
        ("avant le 30 septembre 2022", "until", "2022-09-30"),
        ("avant la fin 2022", "until", "2022-12-31"),
        ("d'ici fin février 2024", "until", "2024-02-29"),
        ("d'ici 2022", "until", "2022"),
        ("à l'horizon 2023", "until", "2023"),
        ("par rapport à 2020", "compared", "2020"),
        ("contre 2019", "compared", "2019"),
        ("au 31 décembre 2021", "at", "2021-12-31"),
        ("au premier semestre 2021", "in", "2021-S1"),
        ("en 2021", "in", "2021"),
        ("Rapport 2021", "", "2021"),
    ],
)
def test_relation(text: str, relation: str, iso: str) -> None:
    period = only(text)
    assert (period.relation, period.iso) == (relation, iso)


def test_part() -> None:
    assert [only(text).part for text in ("début 2022", "mi-mars 2022", "fin 2022", "2022")] == [
        "start", "middle", "end", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2000 dossiers", "loi 2016-1547", "décret n°2018-928", "2 021 agents", "LR-DDO-187/2021",
        "le 45/12/2021", "le 31/02/2021", "2/3 de la population", "mars", "la planète Mars", "mais",
        "1850 €", "2021,5", "les 15 mais", "art. L. 2021", "5 trimestres",
        "Variation N/N-1 (%)", "Évolution N-1/N", "au 3e semestre", "du 30/02 au 31/02",
    ],
)  # fmt: skip
def test_no_period(text: str) -> None:
    assert [period for period in scan_periods(text) if period.text != "2021" or "L." not in text] == []


def test_a_range_over_the_turn_of_a_year_without_its_year_is_open() -> None:
    assert (only("ouvert de novembre à mars").iso, only("de novembre à mars 2021").iso) == (
        "",
        "2020-11/2021-03",
    )


def test_periods_do_not_overlap() -> None:
    text = "Du 1er mars 2021 au 30 juin 2021, puis en 2022, au 31/12/2022 et au T1 2023."
    periods = scan_periods(text)
    isos = ["2021-03-01/2021-06-30", "2022", "2022-12-31", "2023-01/2023-03"]
    assert [period.iso for period in periods] == isos
    columns = scan_periods("Au 01/01/2021 Au 01/01/2022")
    assert [period.iso for period in columns] == ["2021-01-01", "2022-01-01"]
    assert all(a.end <= b.start for a, b in pairwise(periods))


DAY = r"\d{4}-\d\d-\d\d"
MONTH = r"\d{4}-\d\d"
ISO = re.compile(rf"{DAY}|{MONTH}|\d{{4}}|\d{{4}}-S[12]|{DAY}/{DAY}|{MONTH}/{MONTH}|\d{{4}}/\d{{4}}")
WORDS = ["31", "1er", "mars", "février", "décembre", "2021", "2020", "/", "-", " au ", " ", "du", "le", "fin",
         "12", "trimestre", "2e", "semestre", "à", "et", "entre", "avant la", "d'", "."]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(["", " "]))
def test_each_period_is_where_it_says_and_is_iso(words: list[str], joint: str) -> None:
    text = joint.join(words)
    for period in scan_periods(text, 2022):
        assert text[period.start : period.end] == period.text
        assert period.iso == "" or ISO.fullmatch(period.iso)
        assert period.iso or period.partial
