"""Short forms against their definitions: undefined, unused, defined in two ways, taken for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from rapextract.french.fold import fold
from rapextract.model import AcronymRow, Records

from .finding import Finding, folded_space, quoted
from .short_forms import ShortForms, Use, Uses, key, one_slip_apart, same_long_form
from .words import Words

KIND = "glossary"
_OFTEN = 2
_CULTURE = 3
"""A report that defines fewer short forms than this leaves them to its readers."""
_LONGEST = 6
_BEFORE = 30
_SHORT_WORD = 4
_VOWELS = frozenset("aeiouy")


def glossary(records: Records, words: Words) -> Iterator[Finding]:
    """What is wrong with the short forms of a report. Only broken ones are told."""
    forms = ShortForms(records)
    if not forms.rows:
        return
    taken: set[str] = set()
    for finding, keys in [*_same_long_form(records, forms), *_look_alikes(records, forms, words)]:
        if not keys & taken:
            taken |= keys
            yield finding
    yield from _defined_twice(records, forms)
    for row in forms.unused():
        if key(row.acronym) not in taken:
            yield _unused(records, row)
    yield from _undefined(records, forms, words, taken)


# One for another ------------------------------------------------------------------------------------
def _same_long_form(records: Records, forms: ShortForms) -> Iterator[tuple[Finding, frozenset[str]]]:
    """One long form under two short forms."""
    by_long: defaultdict[str, dict[str, AcronymRow]] = defaultdict(dict)
    for row in forms.rows:
        by_long[fold(folded_space(row.expansion))].setdefault(key(row.acronym), row)
    for shorts in by_long.values():
        for (one, first), (two, second) in combinations(sorted(shorts.items()), 2):
            if one in two or two in one:
                continue
            message = (
                f"The same words have two short forms: « {first.acronym} » in {quoted(first.quote)} and "
                f"« {second.acronym} » in {quoted(second.quote)}."
            )
            yield (
                _finding(records, f"{one} {two}", message, first.acronym, second.acronym),
                frozenset({one, two}),
            )


def _look_alikes(
    records: Records, forms: ShortForms, words: Words
) -> Iterator[tuple[Finding, frozenset[str]]]:
    """A short form that is used but not defined, beside one that is defined but not used."""
    for row in forms.unused():
        wanted = key(row.acronym)
        pool = forms.capitalized if not row.acronym.isupper() else forms.candidates
        for other, uses in pool.items():
            if not one_slip_apart(wanted, other) or words.whole("common-short-form", other):
                continue
            if pool is forms.capitalized and len(other) != len(wanted):
                continue
            times = "once" if len(uses) == 1 else f"{len(uses)} times"
            message = (
                f"« {row.acronym} » is defined in {quoted(row.quote)} but never used, and "
                f"« {uses[0].word} » is used {times} but never defined, as in {_quoted_use(forms, uses[0])}."
            )
            yield (
                _finding(records, f"{wanted} {other}", message, row.acronym, uses[0].word),
                frozenset({wanted, other}),
            )


# Definitions ------------------------------------------------------------------------------------------
def _defined_twice(records: Records, forms: ShortForms) -> Iterator[Finding]:
    """One short form with two long forms."""
    by_short: defaultdict[str, list[AcronymRow]] = defaultdict(list)
    for row in forms.rows:
        if all(not same_long_form(row.expansion, known.expansion) for known in by_short[key(row.acronym)]):
            by_short[key(row.acronym)].append(row)
    for short, rows in by_short.items():
        for second in rows[1:]:
            first = rows[0]
            message = (
                f"« {second.acronym} » has two long forms: « {folded_space(first.expansion)} » in "
                f"{_quoted_row(first)} and « {folded_space(second.expansion)} » in {_quoted_row(second)}."
            )
            number = f"{short} {second.expansion_start}"
            yield _finding(records, number, message, first.expansion, second.expansion)


def _unused(records: Records, row: AcronymRow) -> Finding:
    message = f"The glossary defines « {row.acronym} » in {quoted(row.quote)}, but the text never uses it."
    return _finding(records, f"unused {key(row.acronym)}", message, "used", "never used")


def _undefined(records: Records, forms: ShortForms, words: Words, taken: set[str]) -> Iterator[Finding]:
    """Short forms used more than once that no place of the text defines or spells out."""
    if len(forms.defined) < _CULTURE:
        return
    open_: dict[str, Uses] = {}
    for short, uses in forms.candidates.items():
        if short in taken or len(uses) < _OFTEN or not _is_short_form(short):
            continue
        if words.whole("common-short-form", short) or short in words.known_names:
            continue
        if not any(use.inside for use in uses) or any(map(forms.is_explained, uses)):
            continue
        if any(words.says("named", forms.text[max(0, use.start - _BEFORE) : use.start]) for use in uses):
            continue
        open_[short] = uses
    written_out = forms.written_out(open_)
    for short, uses in open_.items():
        if short in written_out:
            continue
        first = next(use for use in uses if use.inside)
        message = (
            f"« {first.word} » is used {len(uses)} times, as in {_quoted_use(forms, first)}, but the "
            f"text never says what it stands for."
        )
        yield _finding(records, f"undefined {short}", message, "defined", "never defined")


def _is_short_form(short: str) -> bool:
    """Whether a word in capitals reads like initials and not like a name that is set in capitals."""
    if not short.isalpha() or len(short) > _LONGEST:
        return False
    return len(short) <= _SHORT_WORD or sum(c in _VOWELS for c in short) * 3 <= len(short)


# Words ------------------------------------------------------------------------------------------------
def _quoted_use(forms: ShortForms, use: Use) -> str:
    return quoted(*forms.sentence(use))


def _quoted_row(row: AcronymRow) -> str:
    at = max(0, row.quote.find(row.acronym))
    return quoted(row.quote, at, at + len(row.acronym))


def _finding(records: Records, name: str, message: str, expected: str, found: str) -> Finding:
    return Finding(
        KIND, False, records.report.report_id, message, (), folded_space(expected), folded_space(found), name
    )
