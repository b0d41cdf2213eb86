"""Numbers in digits and in words."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from rapextract.french.numbers import Number, parse_number, scan_numbers
from rapextract.french.numerals import COLLECTIVES, VOCABULARY


def found(text: str) -> list[tuple[str, str]]:
    return [(number.text, str(number.value)) for number in scan_numbers(text)]


def only(text: str) -> Number:
    numbers = scan_numbers(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("au total 2 791 809 habitants", "2 791 809", "2791809"),
        ("soit 4\u00a0512 appels", "4\u00a0512", "4512"),
        ("soit 4\u202f512,5 €", "4\u202f512,5", "4512.5"),
        ("1.234.567,89 €", "1.234.567,89", "1234567.89"),
        ("12'500 francs", "12'500", "12500"),
        ("taux de 45,60 %", "45,60", "45.6"),
        ("taux : 65.8 %", "65.8", "65.8"),
        ("soit 30% des médecins", "30", "30"),
        ("coût horaire de 64€", "64", "64"),
        ("1,5 million de personnes", "1,5 million", "1500000"),
        ("3 millions et demi", "3 millions et demi", "3500000"),
        ("2 milliards d'euros", "2 milliards", "2000000000"),
        ("budget de 12,3 M€", "12,3 M", "12300000"),
        ("budget de 4,2 Md€", "4,2 Md", "4200000000"),
        ("850 k€ engagés", "850 k", "850000"),
        ("10 mille doses", "10 mille", "10000"),
        ("3 douzaines", "3 douzaines", "36"),
        ("2/3 de la population", "2/3", "0.666667"),
        ("2 ½ ETP", "2 ½", "2.5"),
        ("½ ETP", "½", "0.5"),
        ("seuil de ,25", ",25", "0.25"),
        ("plus de deux ans et demi", "deux ans et demi", "2.5"),
        ("3 ans et demi", "3 ans et demi", "3.5"),
        ("en 1 an 1/2", "1 an 1/2", "1.5"),
        ("2 h ½ de trajet", "2 h ½", "2.5"),
        ("les trois quarts", "trois quarts", "0.75"),
        ("deux tiers des dossiers", "deux tiers", "0.666667"),
        ("trois cinquièmes", "trois cinquièmes", "0.6"),
        ("un centième des actes", "un centième", "0.01"),
        ("un million et demi", "un million et demi", "1500000"),
        ("cinq et un quart", "cinq et un quart", "5.25"),
        ("deux virgule zéro cinq", "deux virgule zéro cinq", "2.05"),
        ("près d'une centaine", "une centaine", "100"),
        ("une bonne dizaine de jours", "une bonne dizaine", "10"),
        ("deux douzaines d'agents", "deux douzaines", "24"),
        ("évolution : **-0,5 %**", "-0,5", "-0.5"),
        ("**-12 %** de consommation", "-12", "-12"),
        ("| **– 3,2 pts** |", "– 3,2", "-3.2"),
        ("- **12** agents", "12", "12"),
        ("**- 12 agents**", "12", "12"),
        ("3 milliards 245 millions d'euros", "3 milliards 245 millions", "3245000000"),
        ("1 million 200 000 habitants", "1 million 200 000", "1200000"),
        ("une quinzaine de conventions", "une quinzaine", "15"),
        ("cette dizaine de réunions", "dizaine", "10"),
        ("la centaine d'agents", "centaine", "100"),
        ("un demi-million d'euros", "un demi-million", "500000"),
        ("Aucun refus", "Aucun", "0"),
        ("vingt\u00a0et\u00a0une infirmières", "vingt\u00a0et\u00a0une", "21"),
        ("quatre-vingt-dix-sept", "quatre-vingt-dix-sept", "97"),
        ("septante-deux", "septante-deux", "72"),
        ("onze cents", "onze cents", "1100"),
        ("mille et un", "mille et un", "1001"),
        ("deux millions trois cent mille", "deux millions trois cent mille", "2300000"),
    ],
)
def test_one_number(text: str, printed: str, value: str) -> None:
    number = only(text)
    assert (number.text, str(number.value)) == (printed, value)
    assert text[number.start : number.end] == printed
    assert parse_number(printed) == number.value


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2021 791 809", [("2021", "2021"), ("791 809", "791809")]),
        ("423 0000", [("423", "423"), ("0000", "0")]),
        ("calculs (39 et 70)", [("39", "39"), ("70", "70")]),
        ("25-39-70-90", [("25", "25"), ("39", "39"), ("70", "70"), ("90", "90")]),
        ("31/12/2021", [("31", "31"), ("12", "12"), ("2021", "2021")]),
        ("une note de 19,65/20", [("une", "1"), ("19,65", "19.65"), ("20", "20")]),
        ("dix pour cent, cent pour cent", [("dix", "10"), ("cent", "100")]),
        ("un cinquième échelon", [("un", "1"), ("cinquième", "5")]),
        ("trois et cinq", [("trois", "3"), ("cinq", "5")]),
        ("cent, deux cents", [("cent", "100"), ("deux cents", "200")]),
        ("2 millions et 300 000", [("2 millions", "2000000"), ("300 000", "300000")]),
        ("3 millions 12", [("3 millions", "3000000"), ("12", "12")]),
        ("1,2 million 300 000", [("1,2 million", "1200000"), ("300 000", "300000")]),
        ("ouvert à 9h30", [("9", "9")]),
        ("deux demi-journées", [("deux", "2")]),
        ("12,13,14", [("12", "12"), ("13", "13"), ("14", "14")]),
        ("1.234,56 et 1,234,567.89", [("1.234,56", "1234.56"), ("1,234,567.89", "1234567.89")]),
        ("2 318¹ dossiers et 45,6²", [("2 318", "2318"), ("45,6", "45.6")]),
    ],
)
def test_several_numbers(text: str, numbers: list[tuple[str, str]]) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19", "T2A", "F5", "article L.114-17-1", "article R142-8", "LR-DDO-187/2021", "LM2A", "P0",
        "serveur 192.168.1.2", "le 31.12.2021",
        "(2702.1100,3533.0900)", "1,5.2 et 12,345.67", "https://exemple.fr/a?page=12", "contact@site3.fr",
        "les deux-roues", "Deux-Sèvres", "trois-mâts", "km²", "XXIe siècle", "celle-ci", "dizaines d'appels",
        "la quarantaine", "un1", "plan 4G", "version V2.1",
        "10³ litres",
    ],
)  # fmt: skip
def test_no_number(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("l'évolution était de - 1,52 % par rapport", "- 1,52", "-1.52"),
        ("ont augmenté de + 6,07 % parmi", "+ 6,07", "6.07"),
        ("(-3 %)", "-3", "-3"),
        ("soit −4,5 points", "−4,5", "-4.5"),
        ("soit – 4 %", "– 4", "-4"),
        ("soit - 3 ETP", "- 3", "-3"),
        ("— 8,3 %", "— 8,3", "-8.3"),
        ("en baisse (— 7,9 %)", "— 7,9", "-7.9"),
        ("le service —12 agents — est", "12", "12"),
        ("— 12 agents", "12", "12"),
        ("le site - 3 agents", "3", "3"),
        ("- 1,52 %", "- 1,52", "-1.52"),
        ("+12", "+12", "12"),
        ("-2/3", "-2/3", "-0.666667"),
        ("- 3 167 recours médicaux", "3 167", "3167"),
        ("bilan :\n- 12 dossiers", "12", "12"),
        ("taux de réussite - 45 %", "45", "45"),
        ("de 84 à", "84", "84"),
    ],
)
def test_sign(text: str, printed: str, value: str) -> None:
    number = only(text)
    assert (number.text, str(number.value)) == (printed, value)
    assert ("signed" in number.marks) == (printed[0] in "+-−–—")


def test_dash_after_a_rate_or_in_a_range_is_no_sign() -> None:
    assert found("91,8 % - 3 dossiers") == [("91,8", "91.8"), ("3", "3")]
    assert found("de 10 -12 ans") == [("10", "10"), ("12", "12")]
    assert found("2020 - 45 %") == [("2020", "2020"), ("45", "45")]


@pytest.mark.parametrize("text", ["8e", "8^e", "1^{er}", "1^{re}", "21ème", "2nd", "1 er", "3ᵉ", "2èmes"])
def test_ordinal_suffix_is_outside_the_number(text: str) -> None:
    number = only(f"{text} place")
    assert number.ordinal
    assert number.text.isdigit()
    assert number.stop == len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Premier", 1), ("seconde", 2), ("troisième", 3), ("neuvième", 9), ("vingt et unième", 21),
        ("quatre-vingtième", 80), ("deux centième", 200), ("dix-septièmes", 17),
    ],
)  # fmt: skip
def test_ordinal_in_words(text: str, value: int) -> None:
    number = only(f"la {text} étape")
    assert number.ordinal
    assert (number.text, number.value) == (text, value)


def test_marks_tell_what_a_number_is() -> None:
    assert only("un agent").article
    assert not only("vingt et un agents").article
    assert not only("un an et demi").article
    assert "none" in only("aucune plainte").marks
    assert "collective" in only("une dizaine").marks
    assert "dot-group" in only("1.500").marks
    slash = only("sur le 58/71")
    assert "slash" in slash.marks
    assert [(part.text, part.start, part.end) for part in slash.parts] == [("58", 7, 9), ("71", 10, 12)]
    assert [n.form for n in scan_numbers("12, douze, 12 millions")] == ["digits", "words", "mixed"]


def test_bounds_are_walls() -> None:
    text = "2 791 809 | 645 884"
    assert [n.text for n in scan_numbers(text, 2, 9)] == ["791 809"]
    number = scan_numbers(text, 12)[0]
    assert text[number.start : number.end] == "645 884"
    cell = "Total | - 12 | 40"
    assert [(n.text, n.start) for n in scan_numbers(cell, 8, 12)] == [("- 12", 8)]


@pytest.mark.parametrize("text", ["", "agents", "2 agents", "12 et 13", "L.114", "deux trois", "un peu"])
def test_parse_refuses_what_is_not_one_number(text: str) -> None:
    with pytest.raises(ValueError, match="Not exactly one"):
        parse_number(text)


def _sample() -> list[int]:
    rng = random.Random(7)
    blocks = [*range(2200), *range(79_900, 80_200), *range(199_900, 200_200), *range(999_700, 1_000_000)]
    below_million = [rng.randrange(1_000_000) for _ in range(3000)]
    return blocks + below_million + [rng.randrange(10**12) for _ in range(1000)]


@pytest.mark.parametrize("reform", [False, True])
def test_words_come_back(reform: bool) -> None:
    words = {n: num2words(n, lang="fr") for n in _sample()}
    read = {n: parse_number(text.replace(" ", "-") if reform else text) for n, text in words.items()}
    assert [n for n, value in read.items() if value != n] == []


@pytest.mark.parametrize("lang", ["fr", "fr_BE", "fr_CH"])
def test_words_of_another_generator(lang: str) -> None:
    numbers = [*range(1200), *range(1200, 1_000_000, 997)]
    wrong = [(n, num2words(n, lang=lang)) for n in numbers if parse_number(num2words(n, lang=lang)) != n]
    assert not wrong


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_printed_decimals_come_back(value: Decimal) -> None:
    printed = f"{value:,}".replace(",", " ").replace(".", ",")
    assert parse_number(printed) == value
    assert parse_number(f"- {printed}") == -value


WORDS = [
    *VOCABULARY, *(f"{noun}s" for noun in COLLECTIVES), "et", "des", "pour", "virgule", "demi", "demie",
    "demi-", "quarts", "tiers", "aucune", "cent", "ans", "h", "mois", "agents", "M€", "k€", "%", "½", "1/2",
    "3,5", "1 250", "12", "2021", "19,65/20", "- 1", "1er", "10e", "(", ")", ",", ".", "-",
]  # fmt: skip


AROUND = ["une", "la", "le", "cette", "ce", "une bonne", "de", "d'", "deux"]
wording = st.sampled_from(WORDS) | st.sampled_from(sorted(COLLECTIVES)) | st.sampled_from(AROUND)


@given(st.lists(wording, min_size=1, max_size=6), st.sampled_from([" ", "-", "\u00a0", "\n"]))
def test_each_number_among_words_parses(words: list[str], joint: str) -> None:
    """Whatever tells that it is one, and is not part of it."""
    for number in scan_numbers(joint.join(words)):
        assert parse_number(number.text) == number.value


@given(st.text(alphabet="0123456789 ,.-+/%€undeuxtroiscentmille\u00a0\n'et½hkM", max_size=40))
def test_each_number_is_where_it_says_and_parses(text: str) -> None:
    end = 0
    for number in scan_numbers(text):
        assert number.start >= end
        end = number.end
        assert text[number.start : number.end] == number.text
        assert parse_number(number.text) == number.value


def test_digits_parted_by_a_tab_are_no_number() -> None:
    """« 645⇥884 » is one number set wide, or the numbers of two columns: nobody can tell."""
    assert [number.text for number in scan_numbers("Admission 645\t884 8 1 537")] == ["8", "1 537"]
    assert [number.text for number in scan_numbers("2 791\t809 habitants, 12\tagents")] == ["12"]
