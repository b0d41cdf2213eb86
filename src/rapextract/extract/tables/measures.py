"""What a table cell measures: its unit and its label, put together from headers, caption and section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from ...french.fold import fold
from ...french.inflect import plural, singular
from ...french.numbers import Number
from ...grammar import Grammar
from ...grammar.compiled import regexp
from ...grammar.patterns import end_of
from ...grammar.schema_tables import TableHeader
from ..nouns import is_participle, noun_words
from ..report_words import ReportWords
from ..stated import ONE
from .header_words import header_words_of
from .headers import HeaderPaths

_NUMBER_OF = regexp(
    r"(?:nombre|nb|nbre|volume|total|effectifs?|centaines|milliers|millions|milliards) "
    r"(?:(?:total|moyen|annuel|cumule) )?(?:de |d'|des )"
)
_ARTICLE = regexp(r"(?:les |le |la |l'|un |une |des |du |\d+ )+")
_WORD = regexp(r"[^\W\d_][\w'-]*")
_SEGMENT = regexp(r"( [-–—:] )")
NUMBERED = regexp(r"^(?:\.?\d+(?:\.\d+)*(?:[.)] ?| )|[IVX]+[.)] ?|[A-Za-z]\) ?)(?=\p{Lu})")
_NUMBER_IN_FULL = regexp(r"(?:estimation du )?(?:nombre|nbr?e?) (?:(?:total|moyen|annuel) )?(?:de |d'|des )")
_RECAPITULATES = regexp(
    r"(?:tableaux? )?(?:recapitulatifs?|de synthese|synthetiques?)"
    r"(?: d(?:e l'|e la |es |u |e |'))?(?=[a-z]|$)"
)
_DEFINITE = regexp(r"\b(?:l'|le |la |les |du |des |cet? |cette |ces )([a-z-]+)")
_SHARE = regexp(r"parts?\b(?!.*%)")
_CENTS = regexp(r"[.,]\d\d+$")
TABLE_NUMBER = regexp(
    r"(?i)^(?:tableau|table|tabl?\.?|figure|fig\.?|graphique|graph\.?|encadré|annexe)\s?(?:n ?[°º] ?)?"
    r"(?:[A-Z]{0,3}\.?\d{1,3}(?:[.-]\d+)*|[IVX]+\b)(?: ?(?:bis|ter))?(?:\s?[-–—:.)|]\s*|\t)(?=\p{L})"
)
"""« Tableau 3 – Avis rendus »: the number of a table says nothing of what it counts."""
_THRESHOLD = regexp(r"[<>≤≥]")
_ALWAYS_PLURAL = regexp(r"[sx]\Z")
_DONE = regexp(r"\p{Ll}{2,}(?:é|i|u)e?s|(?:mis|pris|admis|émis|transmis)e?s?")
_DIGIT = regexp(r"\d(?!\d*(?:er|re|e|ème)\b)")
_BARE = regexp(r"[<>≤≥=\d]")
_NOTE = regexp(r"\s*(?:\([^)]*\)|[*†]+|\[\d+\])\s*$")
_ENDS = frozenset(["de", "du", "des", "d", "en", "au", "aux", "a", "par", "pour", "sur", "et", "ou", "dans"])
_PERCENT = regexp(r"^% ?")
_WRITTEN_OUT = (
    (_PERCENT, "part "),
    (regexp(r"(?i)^cat\.? ?(?=\d)"), "catégorie "),
    (regexp(r"(?:>=|≥) ?"), "supérieur ou égal à "),
    (regexp(r"(?:<=|≤) ?"), "inférieur ou égal à "),
    (regexp(r"> ?"), "supérieur à "),
    (regexp(r"< ?"), "inférieur à "),
)
"""What headers abbreviate, and how labels say it."""
_MEASURES = ("label-measure", "uncounted", "change")
_OF_WHAT = regexp(r"\b(?:de|du|des|d')(?!\w)")
_LITTLE = _ENDS | {"la", "le", "les"}


class Measure(NamedTuple):
    """Unit and label of a number of a table; `multiple` is what its headers say one of it is worth."""

    unit: str
    label: str
    multiple: Decimal = ONE


class Around(NamedTuple):
    """What a table says of a number beside the headers of its cell.

    `above` is the line right above the table that names it, `corner` the header of the row labels
    (« Taux » over « < 10 % »), `unit` the words of the row in a column of units, `amounts` the headers that
    speak of no percentage, for a number under them is too great, `changed` what « Évolution » is of.
    """

    caption: str
    section: str
    above: str = ""
    corner: str = ""
    unit: str = ""
    amounts: frozenset[str] = frozenset()
    changed: str = ""


class Measures:
    """Units and labels from headers, with the words of a grammar."""

    def __init__(
        self,
        grammar: Grammar,
        report: ReportWords | None = None,
        is_place: Callable[[str], bool] = lambda _: False,
    ):
        """`report` is the words of the report, which give titles in capitals their accents back.

        `is_place` tells of a header whether it is the name of a territory, which counts nothing.
        """
        self._is_place = is_place
        self._report = report or ReportWords("")
        self._lexicon = self._report.lexicon
        self._units = grammar.units
        self._header_words = header_words_of(grammar)
        self._words = noun_words(grammar)
        # Headers stand over many cells: what is told of their words is told once.
        self._is_thing = cache(self._names_a_thing)
        self._head = cache(self._head_noun)
        self._numbered = cache(self._noun_numbered)
        self._countable = cache(self._countable_noun)
        self._is_name = cache(self._proper_name)
        self._stated = self._header_words.stated
        self._said = cache(self._in_a_label)
        self._phrase = cache(self._as_phrase)

    def says(self, what: str, words: str) -> TableHeader | None:
        """The entry that says `what` (`unit`, `class`, `code`, …) of a header, if one does."""
        return self._header_words.says(what, words)

    def is_change(self, words: str) -> bool:
        """Does a header name a change and nothing that has changed: « Évolution »?"""
        folded = fold(words)
        return self._words.has("change", fold(self._head(words))) and not _OF_WHAT.search(folded)

    def end_of_unit(self, folded: str, at: int) -> int:
        """Where the unit written after a number ends; `at` where there is none."""
        found = self._units.after(folded, at)
        return found.end if found else at

    def of(self, folded: str, number: Number, paths: HeaderPaths, around: Around) -> Measure:
        """Unit and label of the number of a cell with these headers."""
        around = around._replace(caption=TABLE_NUMBER.sub("", around.caption))
        title = around.section.rsplit(" › ", 1)[-1]
        above = (words for words in (around.above, title) if not around.caption and self._stated(words))
        stating = next(above, around.caption)  # « Dépenses (en k€) » right above says the unit
        if around.corner and not any(_BARE.match(words) for words in paths.row):
            paths = HeaderPaths(self._under_corner(around.corner, paths), paths.column)
        unit, multiple = self._unit(folded, number, paths, around._replace(caption=stating))
        if around.corner:
            said = tuple(f"{around.corner} {words}" if _BARE.match(words) else words for words in paths.row)
            paths = HeaderPaths(said, paths.column)
        return Measure(unit, self._label(unit, paths, around), multiple)

    def _under_corner(self, corner: str, paths: HeaderPaths) -> tuple[str, ...]:
        """The labels of a row, before them the corner where it tells what all rows measure.

        « Délai moyen (en jours) » over « Cartes », « Nombre d'avis », « En millions d'euros », over years
        « Dépenses » too; not where the labels hold numbers, which may be what it speaks of.
        """
        if not paths.row or any(_DIGIT.search(words) for words in paths.row):
            return paths.row
        tells = bool(self._stated(corner) or self._numbered(corner)) or self._opens_with_measure(corner)
        if all(any(self.says(what, words) for what in ("period", "class")) for words in paths.column):
            tells = tells or self.says("unit", self._head(corner)) is not None  # not « Type de recette »
        return (corner, *paths.row) if tells else paths.row

    def title(self, around: Around) -> str:
        """What labels call a table: its caption, else the line above it, else the heading it stands under.

        A line that speaks of what the heading names (« Valeur de l'indice » under « Indice de … ») says less.
        That it is a table, or one that sums up, is no part of what it tells.
        """
        heading = NUMBERED.sub("", TABLE_NUMBER.sub("", around.section.rsplit(" › ", 1)[-1]))
        topic = fold(singular(self._head(heading)))
        spoken_of = (fold(singular(match[1])) for match in _DEFINITE.finditer(fold(around.above)))
        above = "" if topic and topic in spoken_of else self._phrase(around.above)
        title = self._phrase(around.caption) or above or self._phrase(heading)
        return title[end_of(_RECAPITULATES, fold(title)) :]

    def says_share(self, words: str) -> bool:
        """Does a header speak of a share, in percent or else (« Part de la caisse »)?"""
        said = self.says("unit", words)
        return said is not None and said.unit == "%" and _SHARE.match(fold(words)) is not None

    # Units ----------------------------------------------------------------------------------------
    def _unit(self, folded: str, number: Number, paths: HeaderPaths, around: Around) -> tuple[str, Decimal]:
        """The unit, and what one of it is worth where headers count in thousands or millions.

        Written in the cell, else said by a header, else the noun that is counted, else none.
        """
        if found := self._units.after(folded, number.stop):
            return found.unit, ONE
        beside = (f"en {around.unit}",) if around.unit else ()
        headers = (*reversed(paths.column), *beside, *reversed(paths.row))
        counted = self._counted(paths, around)
        if _CENTS.search(number.text) and not any(self._numbered(words) for words in headers):
            counted = ""  # « Exploitant : 74,60 » counts no operators
        unit = self._unit_said(headers, around, counted)
        if _WORD.search(number.text):  # « 1,5 million » says itself what it is worth
            return unit, ONE
        return unit, self.multiple(unit, (*headers, around.caption))

    def _unit_said(self, headers: tuple[str, ...], around: Around, counted: str) -> str:
        """The unit that the headers (innermost first) or the caption say, else the noun `counted`.

        Else the unit that the header of the row labels states: « Volumes [m³] » over « Aux abonnés ».
        """
        caption = around.caption
        for index, words in enumerate(headers):
            if counted and self._numbered(words) is not None and not self._totals_money(words):
                return counted
            if (unit := self._unit_of(words)) and words not in around.amounts:
                return unit
            if self._words.has("change", fold(self._head(words))):
                return ""
            if self._words.has("uncounted", fold(self._head(words))):
                if counted and any(self._is_thing(w) and self._head(w) == counted for w in headers[:index]):
                    return counted  # « Points » over a row that speaks of a minimum
                if counted and any(self._numbered(w) is not None for w in headers[index:]):
                    return counted  # « Nombre de mesures » over a row for the flow
                others = (self._stated(other) for other in (*headers[index:], caption))
                return next((stated.unit for stated in others if stated), "")
        stated, over_rows = self._stated(caption), self._stated(around.corner)
        said = (stated.unit if stated else "") or counted or self._unit_of(caption)
        return said or (over_rows.unit if over_rows else "")

    def _totals_money(self, words: str) -> bool:
        """Does a header total what is measured in euros (« Total des recettes »)?"""
        return fold(words).startswith("total") and self._unit_of(words) == "EUR"

    def _unit_of(self, words: str) -> str:
        """The unit of measure that a header or a caption says, empty where it says none."""
        if (stated := self._stated(words)) and stated.unit:
            return stated.unit
        said = self.says("unit", words)
        return said.unit if said else ""

    def multiple(self, unit: str, headers: Iterable[str]) -> Decimal:
        """What one is worth of what `headers` (the nearest first) say is counted in `unit`.

        Where nothing says what is counted, the nearest tells: « Population (milliers) ».
        """
        for place, words in enumerate(headers):
            stated = self._stated(words)
            if stated is None or stated.multiple == ONE:
                continue
            if stated.unit == unit or (not stated.unit and (unit == "EUR" or unit not in self._units.ids)):
                return stated.multiple if unit or not place else ONE
        return ONE

    def _counted(self, paths: HeaderPaths, around: Around) -> str:
        """The noun counted: of a « nombre de … » header, of a header that is no class, of a title.

        A caption counts; the line above the table, or the heading, where it does in so many words.
        """
        caption = around.caption
        if any(words.endswith("?") for words in paths.row):
            return ""  # answers to a question: of what, nobody says
        ordered = (*reversed(paths.column), *reversed(paths.row), caption)
        for words in ordered:
            if (numbered := self._numbered(words)) is not None:
                return numbered
        title = NUMBERED.sub("", around.section.rsplit(" › ", 1)[-1])
        several = self._several(caption)
        if several and paths.column and self._tells_what_became(paths.column[-1]):
            return several
        named = () if self.says("whose", around.corner) else reversed(paths.row)
        for words in (*reversed(paths.column), *named):
            if self._is_thing(words):
                return (several if self._is_field(words, caption) else "") or self._head(words)
        return self._countable(caption) or self._counted_in(around.above) or self._counted_in(title)

    def _several(self, caption: str) -> str:
        """What a caption in the plural counts: « Avis rendus par échelon » avis; empty where it is none."""
        if not (head := self._countable(caption)):
            return ""
        first = _WORD.search(_unnoted(caption), end_of(_ARTICLE, fold(caption)))
        return head if first is not None and fold(first[0]).endswith(("s", "x")) else ""

    def _tells_what_became(self, words: str) -> bool:
        """Is a header a participle alone, which tells what became of what is counted: « Reçues »?"""
        return " " not in words and self._is_done(words)

    def _is_done(self, word: str) -> bool:
        """Is a word a participle, and no noun like one: « Reçues », « Exécuté », not « Invalidité »?"""
        return is_participle(self._words, plural(word.lower()))

    @staticmethod
    def _is_field(words: str, caption: str) -> bool:
        """Is a header a noun in the singular that the caption does not count: a field (« Invalidité »)?"""
        several = fold(plural(words.lower()))
        alone = " " not in words and not words.isupper()
        return alone and several != fold(words) and several not in fold(caption)

    def _counted_in(self, title: str) -> str:
        """What the table under a title counts: « Nombre d'IP … », « Avis rendus », « L'invalidité »."""
        if (numbered := self._numbered(title)) is not None:
            return numbered
        head = self._countable(title)
        alone = len(_WORD.findall(_unnoted(title))) <= 1 + bool(_ARTICLE.match(fold(title)))
        return head if head and (alone or fold(plural(head)) in fold(title)) else ""

    def _noun_numbered(self, words: str) -> str | None:
        """The head noun behind « nombre de »; None where a header does not begin so."""
        match = _NUMBER_OF.match(fold(words))
        return None if match is None else self._head(words[match.end() :])

    def _countable_noun(self, words: str) -> str:
        """The head noun of a title, empty where it names a measure (« Évolution », « Charges »)."""
        head = self._head(words)
        return "" if any(self._words.has(name, fold(head)) for name in _MEASURES) else head

    def _names_a_thing(self, words: str) -> bool:
        """Does a header name a thing that can be counted, and no class or total of it?

        A thing is one common noun, or a noun in the plural with what specifies it. Names of several
        words (« Maladie coronaire », « ALD liste ») are classes.
        """
        if self._unit_of(words) or any(self.says(what, words) for what in ("class", "period", "total")):
            return False
        if self._is_place(words):
            return False
        head = self._countable(words)
        if not head:
            return False
        first = _WORD.findall(_unnoted(words))
        if len(first) == 1:
            return not self._is_name(first[0]) and not self._is_done(first[0])
        if _ALWAYS_PLURAL.search(first[0]) and _DONE.fullmatch(first[1]):
            return True  # « Avis rendus », « Recours formés »: the participle tells the number
        return fold(singular(first[0])) != fold(first[0])

    def _proper_name(self, word: str) -> bool:
        """Does the report write the word with a capital within sentences, and never without one?"""
        return word.istitle() and self._report.is_proper_name(word)

    def _head_noun(self, words: str) -> str:
        """The head noun of a header, singular: « Nombre d'admissions » gives `admission`."""
        words = _unnoted(words)
        folded = fold(words)
        start = end_of(_ARTICLE, folded)
        if match := _NUMBER_OF.match(folded, start):
            start = end_of(_ARTICLE, folded, match.end())
        for match in _WORD.finditer(words, start):
            word = match[0].removeprefix("d'").removeprefix("l'").removeprefix("D'").removeprefix("L'")
            if self._words.has("pre-nominal", fold(word)):
                continue
            if fold(word) in _ENDS or len(word) < 2:
                return ""
            return _noun(word, words, self._lexicon)
        return ""

    # Labels ---------------------------------------------------------------------------------------
    def _label(self, unit: str, paths: HeaderPaths, around: Around) -> str:
        """A noun phrase that stands alone: measure, of what, for which row and class."""
        title = self.title(around)
        named = [words for words in paths.column if not self.says("period", words)]
        columns = [self._said(words) for words in named]
        named_rows = [words for words in paths.row if not self._only_numbers(words)]
        telling = [words for words in named_rows if not self.says("general", words)]
        rows = [self._said(words) for words in telling or named_rows]
        if telling and self.says("general", title):
            title = ""
        measure = next(
            (w for w in reversed(named) if not self.says("class", w) and not self.says("total", w)), ""
        )
        corner = "" if measure or paths.row[:1] != (around.corner,) else around.corner
        if corner:
            rows = rows[1:] if rows[0] == self._said(corner) else rows
            stated = self._stated(corner)
            measure = "" if stated and not stated.start else corner  # « En millions d'euros » names nothing
        if corner and self._opens_with_measure(corner):
            head = self._phrase(corner)
        elif measure:
            columns = [words for words in columns if words != self._said(measure)]
            head = self._measured(self._phrase(_PERCENT.sub("part ", measure)), title, unit)
        else:
            head, told = self._told_by_row(unit, paths.row, title)
            head = head or self._phrase(around.changed)
            rows = [words for words in rows if words != told]
        return ", ".join(part for part in dict.fromkeys((head, *rows, *columns)) if part)

    def _told_by_row(self, unit: str, row: tuple[str, ...], title: str) -> tuple[str, str]:
        """What a label begins with where no column names a measure, and the label of `row` that told it."""
        if measured := next(filter(self._opens_with_measure, reversed(row)), ""):
            return self._said(measured), self._said(measured)  # « Taux de décroché »: no title before it
        counted = (words for words in reversed(row) if fold(self._head(words)) == fold(unit))
        thing = next(filter(self._is_thing, counted), "")
        if not thing:
            return title, ""
        things = _plural_phrase(self._phrase(thing))
        return (f"{things}, {title}" if title else things), self._said(thing)

    def _only_numbers(self, words: str) -> bool:
        """Does the label of a row only number it (« 3. »), or date its values?"""
        return words.strip(" .)°").isdecimal() or self.says("period", words) is not None

    def _opens_with_measure(self, words: str) -> bool:
        """Does a label of a row name a measure in full: « Taux de décroché », « Délai de traitement »?"""
        if _THRESHOLD.search(words) or self.says("total", words):
            return False
        of_what = [word for word in _WORD.findall(_unnoted(words))[1:] if len(word) > 3]
        if _NUMBER_IN_FULL.match(fold(words)):
            return len(of_what) > 1  # « Nombre d'abonnés non domestiques »
        return bool(of_what) and self._words.has("label-measure", fold(self._head(words)))

    def _as_phrase(self, words: str) -> str:
        """A header as words inside a label, without the unit that it states."""
        stated = self._stated(words)
        if stated and stated.start and words.count("(", 0, stated.start) == words.count(")", 0, stated.start):
            words = words[: stated.start].rstrip(" ,:–-")
        return phrase(words, self._lexicon)

    def _measured(self, measure: str, title: str, unit: str) -> str:
        """« taux d'ADF, admissions en ETM »; the title alone where it already names what is counted."""
        counted = _NUMBER_OF.sub("", fold(measure), count=1)
        if (
            title
            and unit
            and fold(title).startswith(fold(counted)[: len(fold(unit))])
            and fold(unit) in fold(title)
        ):
            return title
        said = measure[len(measure) - len(counted) :] if _NUMBER_OF.match(fold(measure)) else measure
        if not title or fold(title).startswith(fold(said)):
            return title or said
        if fold(said).startswith(f"{fold(title)} "):
            return said
        return f"{said}, {title}"

    def _in_a_label(self, words: str) -> str:
        """How a label says a header: totals in words, class abbreviations written out."""
        if (total := self.says("total", words)) and self._header_words.is_total(words):
            return total.label or self._phrase(words)
        if self._is_place(words):
            return words
        for pattern, written_out in _WRITTEN_OUT:
            words = pattern.sub(written_out, words)
        return self._phrase(words)


@lru_cache(maxsize=4096)
def _unnoted(words: str) -> str:
    """`words` without a bracket or a footnote's mark at their end."""
    return _NOTE.sub("", words)


def _plural_phrase(words: str) -> str:
    """A noun phrase with its first noun in the plural: « accident du travail » → « accidents du travail »."""
    first, space, rest = words.partition(" ")
    return f"{plural(first)}{space}{rest}"


def phrase(words: str, lexicon: Mapping[str, str] | None = None) -> str:
    """A title as words inside a phrase: without its article, in lower case where it was set in capitals.

    `lexicon` gives the form with accents of words set in capitals without them (« INVALIDITE »).
    """
    words = _unnoted(words.strip())
    words = words[end_of(_ARTICLE, fold(words)) :]
    said = "".join(_lowered(part, lexicon or {}) for part in _SEGMENT.split(words))
    first = _WORD.search(said)
    if first and first.start() == 0 and first[0][:1].isupper() and not first[0].isupper():
        said = said[0].lower() + said[1:]
    return said


def _lowered(part: str, lexicon: Mapping[str, str]) -> str:
    """A part of a title in lower case where it was set in capitals."""
    letters = [letter for letter in part if letter.isalpha()]
    if len(letters) <= 5 or 2 * sum(map(str.isupper, letters)) <= len(letters):
        return part
    end = len(part.rstrip())  # « PARTIE A » names a part; within a title « A » is « à »
    return _WORD.sub(
        lambda match: match[0] if match[0] == "A" and match.end() == end else _unshouted(match[0], lexicon),
        part,
    )


def _unshouted(word: str, lexicon: Mapping[str, str]) -> str:
    """A word of a title in capitals, in lower case unless it is short and so an acronym."""
    if not word.isupper():
        return word
    elided, _, rest = word.rpartition("'")
    little = fold(word) in _LITTLE
    rest = rest if len(rest) <= 4 and not little else lexicon.get(fold(rest), rest.lower())
    return f"{elided.lower()}'{rest}" if elided else rest


def _noun(word: str, words: str, lexicon: Mapping[str, str]) -> str:
    acronym = word.isupper() and (len(word) <= 4 or not words.isupper())
    if acronym:
        return word
    return singular(lexicon.get(fold(word), word.lower()) if word.isupper() else word.lower())
