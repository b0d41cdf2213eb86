"""Dates and periods of a French text, with their ISO 8601 form.

Method: a list of patterns over folded text, each with a builder that checks the calendar; where spans
overlap the leftmost and longest stands. Every pattern starts at a word or number and is tried at those alone
that can open it (« au » 31 décembre). The forms of `Period.iso`:

======================  =========================
31 décembre 2021        ``2021-12-31``
mars 2020, fin mars     ``2020-03``
2021, fin 2021          ``2021``
2ᵉ trimestre 2021       ``2021-04/2021-06``
second semestre 2021    ``2021-S2``
d'octobre à décembre    ``2021-10/2021-12``
2019 à 2021             ``2019/2021``
avant la fin 2022       ``2022-12-31``
======================  =========================

(``2021-S2`` is the dataset's own notation; ISO 8601-2 codes semesters otherwise.) A period whose year the
text does not print is `partial`; its year is `default_year`, or `iso` is empty when none is given.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from .fold import fold, word_set
from .numerals import UNITS

PeriodKind = Literal["day", "month", "quarter", "semester", "year", "range"]
Relation = Literal["", "at", "in", "since", "until", "compared"]
Part = Literal["", "start", "middle", "end"]
Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A date or period named at ``start:end`` of a text.

    `precision` is the finest unit printed (``day``, ``month``, ``year``); `part` tells « début »,
    « mi- » and « fin » of the period named; `relation` what the words before it say: ``at`` a date,
    ``in`` a period, ``since``, ``until`` (a deadline), ``compared`` (« par rapport à 2020 »).
    """

    start: int
    end: int
    text: str
    iso: str
    kind: PeriodKind
    precision: Precision
    relation: Relation = ""
    part: Part = ""
    partial: bool = False


_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
           "novembre", "decembre")  # fmt: skip
_SHORT = {"janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11,
          "dec": 12}  # fmt: skip
_MONTH_NUMBER = {name: index + 1 for index, name in enumerate(_MONTHS)} | _SHORT

Built = tuple[str, PeriodKind, Precision, bool]
"""What a builder makes of a match: iso, kind, precision, and whether the year is missing."""
Builder = Callable[[re.Match[str], int | None], Built | None]


def scan_periods(text: str, default_year: int | None = None) -> list[Period]:
    """All dates and periods of `text` in order, not overlapping.

    `default_year` stands for a year that the text leaves out (« fin octobre ») and is what « l'année
    précédente » counts from.
    """
    folded = fold(text)
    found: list[tuple[int, int, int, Period]] = []
    past = [0] * len(_PATTERNS)
    for opener in _OPENER.finditer(folded):
        start = opener.start()
        for index in _opened_by(opener[0]):
            pattern, build = _PATTERNS[index]
            match = pattern.match(folded, start) if start >= past[index] else None
            if match is not None:
                past[index] = match.end()
                period = _built(pattern, build, match, text, default_year)
                if period is not None:
                    found.append((period.start, -period.end, index, period))
    found.sort(key=lambda item: item[:3])
    periods: list[Period] = []
    for *_, period in found:
        if not periods or period.start >= periods[-1].end:
            periods.append(_related(folded, period))
    return periods


def _built(
    pattern: re.Pattern[str], build: Builder, match: re.Match[str], text: str, default_year: int | None
) -> Period | None:
    """The period that a match is, if the calendar has it."""
    built = build(match, default_year)
    if built is None:
        return None
    iso, kind, precision, partial = built
    start, end = match.span("it") if "it" in pattern.groupindex else match.span()
    end = start + len(match.string[start:end].rstrip())
    part = _PARTS.get(match["part"] or "", "") if "part" in pattern.groupindex else ""
    return Period(start, end, text[start:end], iso, kind, precision, "", part, partial)


_PARTS: dict[str, Part] = {
    "fin": "end", "debut": "start", "mi": "middle", "milieu": "middle", "courant": "middle",
}  # fmt: skip


# Relations ----------------------------------------------------------------------------------------

_RELATION_WORDS: dict[Relation, tuple[str, ...]] = {
    "until": (
        r"avant(?: la| le)?", r"d'ici(?: a| la| le| au)?(?: la)?", r"jusqu'(?:au?|en)(?: mois de)?(?: la)?",
        r"au plus tard (?:le|en|au|a la)", r"a (?:l'horizon|echeance)(?: de| d')?", r"a l'echeance d[eu]",
    ),
    "since": (
        r"depuis(?: le| l'annee| la| mois de| debut)*", r"apres(?: le)?", r"des(?: le)?",
        r"a (?:partir|compter) (?:du(?: mois d[e'])?|d'|de(?: l'annee)?)",
    ),
    "compared": (
        r"(?:par rapport|comparee?s?|relativement) (?:au?|a l'annee|au mois d[e']|a l')", "contre", r"vs\.?",
        "versus", r"vis-a-vis de",
    ),
    "at": (r"au", r"le", r"a(?: la)?(?: date du)?", r"en date du"),
    "in": (
        r"en", r"de", r"du", r"d'", r"(?:de )?l'annee", r"au cours d[eu]s?(?: l'annee)?", r"pendant",
        r"durant", r"sur", r"courant", r"entre(?: le)?", r"pour", r"dans", r"au mois d[e']",
    ),
}  # fmt: skip
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(rf"(?<!\w)(?:{'|'.join(words)}) ?\Z"))
    for relation, words in _RELATION_WORDS.items()
)


def _related(folded: str, period: Period) -> Period:
    before = folded[max(0, period.start - 40) : period.start].replace("\n", " ")
    for relation, pattern in _RELATIONS:
        if pattern.search(before):
            within = relation == "at" and period.kind != "day"
            period = replace(period, relation="in" if within else relation)
            break
    if period.relation == "until" and period.part == "end" and period.iso:
        period = replace(period, iso=_last_day(period.iso))
    return period


def _last_day(iso: str) -> str:
    """The last day of a year or month; anything else comes back unchanged."""
    if re.fullmatch(r"\d{4}", iso):
        return f"{iso}-12-31"
    if re.fullmatch(r"\d{4}-\d\d", iso):
        return f"{iso}-{calendar.monthrange(int(iso[:4]), int(iso[5:]))[1]:02}"
    return iso


# Builders: each takes a match and the default year ---------------------------------------------------


def _day_iso(year: int | None, month: int, day: int) -> str | None:
    """``2021-12-31``, empty without a year; None when the calendar has no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2000, month)[1]:
        return None
    return f"{year}-{month:02}-{day:02}" if year else ""


def _year_of(text: str | None, default: int | None) -> int | None:
    if text is None:
        return default
    number = int(text)
    return number if number >= 100 else 2000 + number if number < 70 else 1900 + number


def _day_number(text: str) -> int:
    return 1 if text.startswith("premier") else int(re.sub(r"\D", "", text))


def _month_of(text: str) -> int:
    return _MONTH_NUMBER[text.rstrip(". ")]


def _numeric_day(match: re.Match[str], default: int | None) -> Built | None:
    year = _year_of(match["y"], default)
    iso = _day_iso(year, int(match["m"]), int(match["d"]))
    return None if iso is None or not _plausible(year) else (iso, "day", "day", match["y"] is None)


def _numeric_range(match: re.Match[str], default: int | None) -> Built | None:
    last = _day_iso(_year_of(match["y2"], default), int(match["m2"]), int(match["d2"]))
    first = _day_iso(_year_of(match["y1"] or match["y2"], default), int(match["m1"]), int(match["d1"]))
    return _interval(first, last, "day", match["y2"] is None)


def _written_day(match: re.Match[str], default: int | None) -> Built | None:
    iso = _day_iso(_year_of(match["y"], default), _month_of(match["m"]), _day_number(match["d"]))
    return None if iso is None else (iso, "day", "day", match["y"] is None)


def _day_range(match: re.Match[str], default: int | None) -> Built | None:
    last_year = _year_of(match["y2"], default)
    last_month = _month_of(match["m2"])
    first_month = _month_of(match["m1"]) if match["m1"] else last_month
    first_year = _year_of(match["y1"], None) or last_year
    if match["y1"] is None and first_year and first_month > last_month:
        first_year -= 1
    first = _day_iso(first_year, first_month, _day_number(match["d1"]))
    last = _day_iso(last_year, last_month, _day_number(match["d2"]))
    return _interval(first, last, "day", match["y2"] is None)


def _interval(first: str | None, last: str | None, precision: Precision, partial: bool) -> Built | None:
    if first is None or last is None:
        return None
    if not first or not last:
        return "", "range", precision, True
    return (f"{first}/{last}", "range", precision, partial) if first <= last else None


def _month(match: re.Match[str], default: int | None) -> Built | None:
    year = _year_of(match["y"], default)
    return f"{year}-{_month_of(match['m']):02}" if year else "", "month", "month", match["y"] is None


def _numeric_month(match: re.Match[str], _default: int | None) -> Built | None:
    return f"{match['y']}-{int(match['m']):02}", "month", "month", False


def _month_range(match: re.Match[str], default: int | None) -> Built | None:
    last_year = _year_of(match["y2"], default)
    first_month, last_month = _month_of(match["m1"]), _month_of(match["m2"])
    between = match.string.endswith("entre ", 0, match.start())
    if match["link"].strip() == "et" and last_month != first_month + 1 and not between:
        return None
    first_year = _year_of(match["y1"], None) or last_year
    if match["y1"] is None and first_year and first_month > last_month:
        if match["y2"] is None:
            return "", "range", "month", True  # « de novembre à mars »: which winter, the text does not say
        first_year -= 1
    if not first_year or not last_year:
        return "", "range", "month", True
    first, last = f"{first_year}-{first_month:02}", f"{last_year}-{last_month:02}"
    return _interval(first, last, "month", match["y2"] is None)


_RANKS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}


def _rank(text: str, last: int) -> int:
    if text == "dernier":
        return last
    return _RANKS.get(text) or int(re.sub(r"\D", "", text))


def _quarter(match: re.Match[str], default: int | None) -> Built | None:
    rank = _rank(match["n"], 4)
    year = _year_of(match["y"], default)
    iso = f"{year}-{3 * rank - 2:02}/{year}-{3 * rank:02}" if year else ""
    return iso, "quarter", "month", match["y"] is None


def _semester(match: re.Match[str], default: int | None) -> Built | None:
    rank = _rank(match["n"], 2)
    year = _year_of(match["y"], default)
    if not 1 <= rank <= 2:
        return None
    return f"{year}-S{rank}" if year else "", "semester", "month", match["y"] is None


def _other_semester(match: re.Match[str], default: int | None) -> Built | None:
    """« au premier semestre 12 ; au second, 14 »: the second one, where a semester was named before."""
    before = match.string.rfind("semestre", max(0, match.start() - _REACH), match.start())
    return _semester(match, default) if before >= 0 else None


_REACH = 160
"""Characters before « au second » in which its semester is named."""
_SIGNS = frozenset("-/–")


def _year_range(match: re.Match[str], _default: int | None) -> Built | None:
    first, last = int(match["y1"]), int(match["y2"])
    if first > last and match["link"].strip() in _SIGNS:
        first, last = last, first  # « Variation 2021/2020 », « Évolution 2021 - 2017 »
    return (f"{first}/{last}", "range", "year", False) if first < last <= first + 30 else None


_LITTLE_WORDS = word_set(
    "les des nos vos ses ces mes dans plus moins mais leurs sans sous vers puis apres tres plusieurs deux",
    "trois hors alors ainsi toujours depuis suis nous vous tous toutes certains quelques pas",
)
_COUNTED = re.compile(r" ?(?:%|€|euros?\b|h\b|km\b|ans\b|mois\b)| (?P<noun>[^\W\d_]{3,}s)\b")


def _year(match: re.Match[str], _default: int | None) -> Built | None:
    if match["sure"] is None:
        counted = _COUNTED.match(match.string, match.end())
        if counted and counted["noun"] not in _LITTLE_WORDS:
            return None  # « 2000 dossiers »
    return match["y"], "year", "year", False


def _previous_year(_match: re.Match[str], default: int | None) -> Built | None:
    return str(default - 1) if default else "", "year", "year", True


def _last_years(match: re.Match[str], default: int | None) -> Built | None:
    """« ces trois dernières années »: the report's own is the last of them."""
    count = _COUNTS.get(match["n"]) or int(match["n"])
    return f"{default + 1 - count}/{default}" if default else "", "range", "year", True


_COUNTS = {word: count for word, count in UNITS.items() if 2 <= count <= 10}


def _plausible(year: int | None) -> bool:
    return year is None or 1900 <= year <= 2100


# Patterns -----------------------------------------------------------------------------------------

_M = "|".join(_MONTHS)
_ANY_M = rf"(?:{_M}|(?:{'|'.join(_SHORT)})\b\.?)"
_Y = r"(?:19|20)\d\d(?!\w|[.,]\d)"
_D = r"(?:[0-3]?\d(?: ?\^?\{?er\b\}?)?|premier)"
_N = r"(?P<n>premier|deuxieme|second|troisieme|quatrieme|dernier|[1-4] ?\^?\{?(?:ere?|e|eme|nd)\}?)"
_FREE = r"(?<![\w/.,-])"
_PART = r"(?:(?P<part>fin|debut|mi|courant|milieu)(?: d[eu]| d'| du mois de| de l'annee|-)? ?)?"
_NO_YEAR = r"(?P<y>(?!))?"


def _of_year(name: str = "y") -> str:
    return rf"(?: ?,? (?:de |de l'annee |d'annee )?(?P<{name}>{_Y}))?"


def _numeric(suffix: str) -> str:
    year = rf"(?:/(?P<y{suffix}>(?:19|20)?\d\d))?"
    return rf"(?P<d{suffix}>[0-3]?\d)/(?P<m{suffix}>[01]?\d){year}"


_BEFORE_BARE_MONTH = (
    r"en|des?|d'|depuis|mois de|mois d'|jusqu'en|jusqu'a|jusqu'au mois de|courant|avant|apres|contre|a|"
    r"a partir de|a compter de|a compter d'"
)
_DAY, _YEAR = "1", "2021"
"""What opens a pattern: a day or month in digits, a year; else words."""
_PART_WORDS = "fin debut mi courant milieu"
_MONTH_WORDS = " ".join((*_MONTHS, *_SHORT))
_RANK_WORDS = " ".join((*_RANKS, "dernier"))

_OPENED_PATTERNS: tuple[tuple[str, re.Pattern[str], Builder], ...] = tuple(
    (openers, re.compile("".join(pieces)), builder)
    for openers, builder, *pieces in (
        ("du entre", _numeric_range, r"(?<!\w)(?:du|entre le) (?P<it>", _numeric("1"), " (?:au|et le) ",
         _numeric("2"), r")(?![\w/])"),
        (_DAY, _numeric_day, _FREE, r"(?P<d>[0-3]?\d)(?P<sep>[/.])(?P<m>[01]?\d)(?P=sep)",
         r"(?P<y>(?:19|20)?\d\d)(?![\w/]|\.\d)"),
        (_DAY, _numeric_day, _FREE, r"(?P<d>[0-3]\d)-(?P<m>[01]\d)-(?P<y>(?:19|20)\d\d)(?![\w-])"),
        (_YEAR, _numeric_day, _FREE, r"(?P<y>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\w)"),
        ("au le du", _numeric_day, r"(?<!\w)(?:au|le|du) (?P<it>(?P<d>[0-3]?\d)/(?P<m>[01]\d))",
         r"(?![\w/%]|[.,]\d)", _NO_YEAR),
        (_DAY, _numeric_month, _FREE, r"(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/])"),
        (f"{_DAY} premier", _written_day, _FREE, rf"(?P<d>{_D}) (?P<m>{_ANY_M})(?!\w|-[a-z])", _of_year()),
        (f"{_DAY} premier", _day_range, _FREE, rf"(?P<d1>{_D})(?: (?P<m1>{_ANY_M}))?", _of_year("y1"),
         rf"(?: au | et le | a |-| et )(?P<d2>{_D}) (?P<m2>{_ANY_M})(?!\w|-[a-z])", _of_year("y2")),
        (f"{_PART_WORDS} {_MONTH_WORDS}", _month, _FREE, _PART,
         rf"(?P<m>{_ANY_M})[ /-](?:de |de l'annee )?'?(?P<y>{_Y}|(?<=-)\d\d(?!\w))"),
        (f"en de des d depuis mois jusqu courant avant apres contre a {_PART_WORDS}", _month,
         rf"(?<!\w)(?:{_BEFORE_BARE_MONTH}|(?=fin|debut|mi-)) ?(?P<it>{_PART}(?P<m>{_M}))(?![\w-])",
         _NO_YEAR),
        (_MONTH_WORDS, _month_range, _FREE, rf"(?P<m1>{_ANY_M})", _of_year("y1"),
         rf"(?P<link> a | au | et | ?- ?| ?/ ?| a fin | et fin )(?P<m2>{_ANY_M})(?!\w)", _of_year("y2")),
        (f"{_DAY} {_RANK_WORDS}", _quarter, _FREE, _N, r" trimestre(?!\w)", _of_year()),
        ("t", _quarter, r"(?<![\w/.,])t(?P<n>[1-4])[ -]", rf"(?P<y>{_Y})"),
        (_YEAR, _quarter, _FREE, r"(?P<y>(?:19|20)\d\d)[ -]?t(?P<n>[1-4])(?!\w)"),
        (f"{_DAY} {_RANK_WORDS}", _semester, _FREE, _N, r" semestre(?!\w)", _of_year()),
        ("au", _other_semester, r"(?<!\w)au (?P<it>(?P<n>premier|second))(?=[.,]| ?\()", _NO_YEAR),
        ("s", _semester, r"(?<![\w/.,])s(?P<n>[12])[ -]", rf"(?P<y>{_Y})"),
        (_YEAR, _semester, _FREE, r"(?P<y>(?:19|20)\d\d)[ -]?s(?P<n>[12])(?!\w)"),
        (_YEAR, _year_range, _FREE, r"(?P<y1>(?:19|20)\d\d)",
         r"(?P<link> ?[-/–] ?| a | au | et (?<=entre \d{4} et ))(?P<y2>(?:19|20)\d\d)(?![\w/]|[-.,]\d)"),
        (f"{_YEAR} en annee annees exercice depuis horizon jusqu des rapport {_PART_WORDS}", _year, _FREE,
         r"(?:(?P<sure>en|annees?|exercice|depuis|horizon|jusqu'en|des|rapport a) )?",
         rf"(?P<it>{_PART}(?P<y>{_Y}))(?!/\d|-\d| ?- ?\d{{3}})"),
        ("les ces des", _last_years, r"(?<!\w)(?:les|ces|des) ",
         rf"(?P<it>(?P<n>{'|'.join(_COUNTS)}|[2-9]|10) dernieres annees)(?!\w)"),
        ("l un annee n campagne rentree saison", _previous_year,
         r"(?<!\w)(?:(?<!factures de )(?<!factures d'eau de )",
         r"l'annee (?:precedente|derniere|passee)|l'(?:exercice precedent|edition precedente)|",
         r"(?<=la )(?:campagne|rentree|saison) precedente|",
         r"l'an (?:dernier|passe|precedent)|un an (?:plus tot|auparavant|avant)|",
         r"(?:annee )?(?<!n/)(?<!n [-/] )(?<!n/ )n ?- ?1(?! ?[-/] ?n\b))(?!\w)"),
    )
)  # fmt: skip
"""What opens it, a pattern, its builder. Group ``it`` is the period where the pattern looks at more."""
_PATTERNS = tuple((pattern, build) for _, pattern, build in _OPENED_PATTERNS)


# Where a pattern may match ------------------------------------------------------------------------
_OPENER = re.compile(r"\w+")
_ENDS_OF_GLUED = tuple(f"{_MONTH_WORDS} {_PART_WORDS}".split())


def _opened(*openers: str) -> tuple[int, ...]:
    """The patterns, by index, that one of `openers` opens."""
    return tuple(
        index
        for index, (words, _, _) in enumerate(_OPENED_PATTERNS)
        if not set(openers).isdisjoint(words.split())
    )


_BY_WORD = {word: _opened(word) for words, _, _ in _OPENED_PATTERNS for word in words.split()}
_BY_ANY_WORD = _opened(*(word for word in _BY_WORD if not word.isdigit()))
_BY_DAY, _BY_YEAR, _BY_DIGITS = _opened(_DAY), _opened(_YEAR), _opened(_DAY, _YEAR)


@lru_cache(maxsize=8192)
def _opened_by(word: str) -> tuple[int, ...]:
    """The patterns that may match where `word` starts, a run of letters and digits of folded text."""
    if word[0].isdigit():
        if not word.isdigit():
            return _BY_DIGITS  # « 1er », « 2021t3 »
        return _BY_DAY if len(word) <= 2 else _BY_YEAR if len(word) == 4 else ()
    if word in _BY_WORD:
        return _BY_WORD[word]
    # « finmars », « enfin mai », « t2 »: a space that was lost, and what is written without one
    return _BY_ANY_WORD if word[-1].isdigit() or word.endswith(_ENDS_OF_GLUED) else ()
