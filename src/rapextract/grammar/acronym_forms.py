"""The ways in which a text ties a short form to its long form (`kind: acronym-forms`), at work on strings.

A form is a pattern with the group `short`, and where its long form stands: `before` the match (its start
is found by the letters), `after` it (its end is), or in the group `long`. How well the letters must fit
is the form's `letters`: `fit`, `strict`, `exact`, `none`, `order`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

import regex
from pydantic import Field

from .compiled import compiled, regexp
from .hints import Needs, hints_of, may_match
from .letters import (
    SMALL_USED,
    Reading,
    Word,
    letters_of,
    read_backwards,
    read_forwards,
    read_here,
    words_in,
    words_of,
)
from .limited import repeats_a_group
from .patterns import compile_pattern, group_source, matchable, too_slow, unwrapped
from .schema import Entry, File, Pattern, Words


class TieExample(Entry):
    """A text and the ties that all forms together find in it; `grammar test` runs it."""

    text: str = Field(description="The text.")
    gives: dict[str, str] = Field(
        {}, description="Short form → long form, each tie of the text; none for look-alikes."
    )
    glossary: bool = Field(False, description="Each line is an entry of a glossary.")


class AcronymForm(Entry):
    """One way to tie a short form to its long form."""

    pattern: Pattern = Field(
        description="Matched as printed; the group `short`, and `long` for `long: group`."
    )
    long: Literal["before", "after", "group"] = Field(description="Where the long form stands.")
    letters: Literal["fit", "strict", "exact", "none", "order"] = Field(
        "fit",
        description="How well the letters must fit: `fit` (a word may be silent), `strict` (hardly any), "
        "`exact` (each word of content gives its first letter), `none` (glossaries), `order` (not at all in "
        "a glossary with a title, where the short form stands in alphabetical order behind the one above).",
    )
    kind: Literal["inline", "glossary"] = Field(
        "inline", description="Found in passing, or a line of a glossary."
    )
    verbatim: Literal[True] = Field(True, description="These patterns always match the text as printed.")


class AcronymWords(Entry):
    """A list of words for one purpose; the ids are fixed: `small`, `prefixes`, `not-short`, `stops`,
    `glossary-titles`, `short-headers`, `long-headers`.
    """

    words: Words = Field((), description="The words, folded when compared.")


class AcronymFormsFile(File):
    """`kind: acronym-forms`: how texts tie short forms to long ones."""

    kind: Literal["acronym-forms"]
    forms: tuple[AcronymForm, ...] = ()
    words: tuple[AcronymWords, ...] = ()
    cases: tuple[TieExample, ...] = ()


class Tie(NamedTuple):
    """A short form tied to its long form, as spans of the text, with the form that found it."""

    short: tuple[int, int]
    long: tuple[int, int]
    form: str
    kind: str


_SHORT = regexp(r"(?=.*\p{Lu})[\p{L}\d](?:[\p{L}\d&.'’+]|[ /-]+(?=[\p{Lu}\d/])){1,24}")
_MAY_BE_SHORT = regexp(r"\p{Lu}")
"""What a text with a short form holds."""

MOST_WORDS = 24
"""Words that a long form may have."""

_WALL = regexp(r"[.!?;:…•►|{}\[\]=]\s|[()]|\s[-–—]\s|\n|[.!?:;]$")
"""What a long form in running text never crosses."""


class _Form(NamedTuple):
    """A compiled form; `needs` is what each text holds that it ties."""

    form: AcronymForm
    pattern: regex.Pattern[str]
    needs: Needs
    short: regex.Pattern[str] | None
    """What each text that it ties holds: its short form; `None` where that does not rule out much."""

    def matches(self, text: str) -> Iterator[regex.Match[str]]:
        return _finditer(self.form.id, self.pattern, text) if may_match(self.needs, text) else iter(())

    def first(self, text: str) -> regex.Match[str] | None:
        if not may_match(self.needs, text):
            return None
        try:
            return self.pattern.search(text)
        except TimeoutError as error:
            raise too_slow(self.form.id) from error


def _quick_test(pattern: str) -> regex.Pattern[str] | None:
    """The short form of `pattern` alone, where it is quickly looked for."""
    source = group_source(pattern, "short")
    return compiled(source) if source and not repeats_a_group(source) else None


class AcronymForms:
    """The compiled forms and word lists."""

    def __init__(self, forms: Iterable[AcronymForm], words: Iterable[AcronymWords]):
        """Compile the forms; their pieces are set in already."""
        self.forms = tuple(
            _Form(
                form,
                compile_pattern(form.pattern),
                hints_of(form.pattern).needs,
                _quick_test(form.pattern),
            )
            for form in forms
        )
        self._inline = tuple(item for item in self.forms if item.form.kind == "inline")
        self._shorts = tuple({id(item.short): item.short for item in self._inline if item.short}.values())
        self._glossary = tuple(item for item in self.forms if item.form.kind == "glossary")
        lists: Mapping[str, tuple[str, ...]] = {
            entry.id: tuple(map(matchable, entry.words)) for entry in words
        }
        self.small = frozenset(lists.get("small", ()))
        self.prefixes = tuple(sorted(lists.get("prefixes", ()), key=len, reverse=True))
        self.not_short = frozenset(lists.get("not-short", ()))
        self.stops = frozenset(lists.get("stops", ()))
        self.glossary_titles = lists.get("glossary-titles", ())
        self._of_titles = frozenset(max(title.split(), key=len) for title in self.glossary_titles)
        self.short_headers = lists.get("short-headers", ())
        self.long_headers = lists.get("long-headers", ())

    # Running text ---------------------------------------------------------------------------------
    def inline(self, text: str) -> list[Tie]:
        """The ties in a run of text (a paragraph, a cell), in the order of the short forms."""
        ties: dict[tuple[int, int], Tie] = {}
        if not _MAY_BE_SHORT.search(text):
            return []
        plain = unwrapped(text)
        missed = {id(short) for short in self._shorts if not short.search(plain)}
        for item in self._inline:
            if id(item.short) in missed:
                continue
            for match in item.matches(plain):
                tie = self._tie(item.form, match, plain)
                if tie is not None:
                    ties.setdefault(tie.short, tie)
        return [ties[short] for short in sorted(ties)]

    def _tie(self, form: AcronymForm, match: regex.Match[str], text: str) -> Tie | None:
        for start, end in _shorts(match):
            if not self.is_short(text[start:end]):
                continue
            letters = letters_of(text[start:end])
            if form.long == "before":
                long = self._before(form, letters, text, match.start())
            elif form.long == "after":
                long = self._after(form, letters, text, match.end())
            else:
                long = self._whole(form, letters, text, *match.span("long"))
            if long is not None:
                return Tie((start, end), long, form.id, form.kind)
        return None

    def is_short(self, short: str) -> bool:
        """Can this be a short form at all?"""
        if _SHORT.fullmatch(short) is None:
            return False
        letters = letters_of(short)
        return len(letters) >= 2 and not letters.isdigit() and matchable(short) not in self.not_short

    def _before(self, form: AcronymForm, letters: str, text: str, end: int) -> tuple[int, int] | None:
        """The long form that ends at `end`; closing quotes and emphasis do not belong to it."""
        while end > 0 and text[end - 1] in " *_»”\"'’\u00a0\u202f,":
            end -= 1
        left = max(
            (wall.end() for wall in _WALL.finditer(text, max(0, end - 400), end)), default=max(0, end - 400)
        )
        words = self._words(text, left, end)[-MOST_WORDS:]
        reading = read_backwards(letters, words)
        if reading is None or not self._fits(form, letters, words, reading):
            reading = self._shortened(form, letters, words)
        return None if reading is None else (words[reading.first].start, end)

    def _shortened(self, form: AcronymForm, letters: str, words: list[Word]) -> Reading | None:
        """A long form that leaves words of the short form out: « infirmiers libéraux (IDEL) ».

        At least two words of content, the first letter and the last at their places, all in order.
        """
        if form.letters != "fit" or len(letters) < 3:
            return None
        content = [index for index, word in enumerate(words) if not word.small][-3:]
        for first in content[:-1]:
            initials = [words[index].folded[0] for index in content if index >= first]
            inside = iter(letters)
            if (
                initials[0] == letters[0]
                and initials[-1] == letters[-1]
                and len(initials) * 2 >= len(letters)
                and all(initial in inside for initial in initials)
            ):
                return Reading(0.0, first, len(words), len(initials))
        return None

    def _after(self, form: AcronymForm, letters: str, text: str, start: int) -> tuple[int, int] | None:
        """The long form that starts at `start`, behind an article and opening quotes."""
        wall = _WALL.search(text, start, start + 400)
        right = wall.start() if wall else min(len(text), start + 400)
        words = self._words(text, start, right)[:MOST_WORDS]
        for first in range(min(3, len(words))):
            reading = read_forwards(letters, words[first:])
            if reading is not None and self._fits(form, letters, words[first:], reading):
                last = words[first + reading.last - 1]
                return words[first].start, _word_end(text, last.end, right)
            if not words[first].small:
                break
        return None

    def _whole(
        self, form: AcronymForm, letters: str, text: str, start: int, end: int
    ) -> tuple[int, int] | None:
        """The long form that fills ``start:end``, but for an article, quotes and emphasis around it."""
        start, end = trimmed(text, start, end)
        words = self._words(text, start, end)
        if not words:
            return None
        if form.letters == "none":
            return start, end
        for first in range(min(3, len(words))):
            reading = read_here(letters, words[first:], first)
            if reading is not None and self._fits(form, letters, words, reading):
                return words[first].start, end
            if not words[first].small:
                break
        return (start, end) if _nearly_spells(letters, words) else None

    def _words(self, text: str, start: int, end: int) -> list[Word]:
        return words_of(text, start, end, self.small, self.prefixes)

    def _fits(self, form: AcronymForm, letters: str, words: list[Word], reading: Reading) -> bool:
        """Is the reading good enough for the form?"""
        if reading.used < 2:
            return False
        run = words[reading.first : reading.last]
        if any(word.folded in self.stops for word in run):
            return False
        if form.letters == "exact":
            return len(letters) >= 3 and reading.used >= 3 and reading.cost <= 0.06
        if form.letters == "strict":
            return reading.cost <= 0.15 * len(letters)
        # A name made of letters (Prado, Pléiade) takes more liberties than an acronym of a few initials.
        return reading.cost <= (0.25 if len(letters) < 5 else 0.45) * len(letters)

    def fits(self, short: str, long: str) -> bool:
        """Do the letters of `short` fit `long` as a whole? Used to tell glossaries."""
        letters = letters_of(short)
        reading = self._read(letters, long)
        return reading is not None and reading.cost <= 0.45 * len(letters)

    def spells(self, short: str, long: str) -> bool:
        """Do the words of content of `long` spell `short` letter by letter?"""
        reading = self._read(letters_of(short), long)
        return reading is not None and reading.used >= 3 and reading.cost <= 2 * SMALL_USED

    def _read(self, letters: str, long: str) -> Reading | None:
        """The letters read in all the words of a long form."""
        return read_here(letters, words_in(long, 0, len(long), self.small, self.prefixes))

    def again(self, text: str, known: Mapping[str, Collection[str]]) -> Iterator[Tie]:
        """Ties of short forms that are `known` to words that are all known of their long form.

        Only in the form « long (short) », behind a small word (« le », « du »); at least three words of
        content.
        """
        if "(" not in text:
            return
        plain = unwrapped(text)
        for match in _finditer("again", _PARENTHESIS, plain):
            of_short = known.get(matchable(match["short"]))
            if not of_short:
                continue
            walls = _WALL.finditer(plain, max(0, match.start() - 400), match.start())
            left = max((wall.end() for wall in walls), default=0)
            words = self._words(plain, left, match.start())
            first = len(words)
            while first > 0 and (words[first - 1].small or words[first - 1].folded in of_short):
                first -= 1
            run = words[first:]
            while run and run[0].small:
                run = run[1:]
            behind_small = len(run) < len(words) and words[len(words) - len(run) - 1].small
            if behind_small and sum(not word.small for word in run) >= 3:
                yield Tie(match.span("short"), (run[0].start, run[-1].end), "acronym.again", "inline")

    # Glossaries -----------------------------------------------------------------------------------
    def is_title(self, line: str) -> bool:
        """Is the folded `line` the title of a glossary: « 9 glossaire », « liste des sigles »?"""
        if not any(word in line for word in self._of_titles):
            return False
        said = _NO_WORD.sub(" ", line).strip()
        return len(said) <= _LONGEST_TITLE and any(title in said for title in self.glossary_titles)

    def entry(self, line: str, after: str | None = None) -> Tie | None:
        """The glossary entry that a whole line is; its letters are asked only where its form says so.

        `after` is the short form of the entry above it in a glossary with a title, "" right below that.
        """
        if not _MAY_BE_SHORT.search(line):
            return None
        for item in self._glossary:
            match = item.first(line)
            if match is not None and self.is_short(match["short"]):
                start, end = self.meaning(match["short"], line, *match.span("long"))
                if start < end and self._may_stand(item.form, match["short"], line[start:end], after):
                    return Tie(match.span("short"), (start, end), item.form.id, item.form.kind)
        return None

    def _may_stand(self, form: AcronymForm, short: str, long: str, after: str | None) -> bool:
        if form.letters == "none":
            return True
        if form.letters == "order":
            if not after or matchable(after) > matchable(short):  # small slips of order happen
                return after is not None and short.isupper() and after[:1] in short[0]
            return True
        return self.fits(short, long)

    def meaning(self, short: str, text: str, start: int, end: int) -> tuple[int, int]:
        """The long form in ``start:end`` of an entry, trimmed, without a remark that follows it.

        So in « SMR : soins médicaux et de réadaptation - ou SSR »: the letters fit what stands before it.
        """
        start, end = trimmed(text, start, end)
        remark = _REMARK.search(text, start, end)
        if remark is not None and self.fits(short, text[start : remark.start()]):
            return trimmed(text, start, remark.start())
        return start, end


_NO_WORD = regexp(r"[\W\d_]+")
_REMARK = regexp(r"\s(?:[-–—]\s|\()")
_LONGEST_TITLE = 60
_PARENTHESIS = regexp(r"[\s*»”\"]*\((?<short>[\p{L}\d/ -]{2,16})\)")


def _nearly_spells(letters: str, words: list[Word]) -> bool:
    """As many words of content as letters, the first and last right, one other wrong at most.

    So is « ROC (référent des exercices coordonnés) »: the word was changed, the letter stayed.
    """
    initials = [word.folded[0] for word in words if not word.small]
    right = sum(initial == letter for initial, letter in zip(initials, letters, strict=False))
    return (
        len(letters) >= 3
        and len(initials) == len(letters)
        and right >= len(letters) - 1
        and (initials[0], initials[-1]) == (letters[0], letters[-1])
    )


_TRIM = " \t\u00a0\u202f*_«»“”\"'’‘,;:.•-–—"


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """``start:end`` without quotes, emphasis and punctuation at its ends, and without a leading article."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article and article.end() < end else start), end


_ARTICLE = regexp(r"(?i:(?:le|la|les|un|une|des|du)\s+|(?:de\s+)?l['’]\s?)")


def _word_end(text: str, end: int, right: int) -> int:
    """Past the rest of a compound that `end` stands in: « anti|-fraude » keeps its whole."""
    match = _COMPOUND_REST.match(text, end, right)
    return match.end() if match else end


_COMPOUND_REST = regexp(r"-\w+")


_BORDER = regexp(r"[-/ ]+")


def _shorts(match: regex.Match[str]) -> Iterator[tuple[int, int]]:
    """The short form matched, and its part behind a hyphen or slash: ``CPAM-DCGDR``, then ``DCGDR``."""
    start, end = match.span("short")
    yield start, end
    for border in _BORDER.finditer(match["short"]):
        yield start + border.end(), end


def _finditer(rule: str, pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    try:
        yield from pattern.finditer(text)
    except TimeoutError as error:
        raise too_slow(rule) from error
