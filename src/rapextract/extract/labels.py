"""What a figure of prose measures, as a short French noun phrase that stands alone.

Method: surface rules on the figure's sentence (`phrases`). A count takes its noun with its complements
and what the sentence says of it (`label_counts`); a share, a sum or a duration takes the subject of its
verb, the noun it is the measure of, or the words before its colon (`label_measures`). A label that says
little takes the topic of its sentence, of its list, or of the heading above.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..french.fold import fold
from ..model import Role
from .candidates import Texts
from .context import Context
from .counted import Draft
from .label_counts import CountLabels
from .label_measures import MeasureLabels
from .nouns import NounWords
from .phrases import bare, clean, content, frame_of, has_verb, shortened, without_article

ENOUGH = 4
"""Telling words from which on a label needs no topic of its sentence."""

FEW = 3
"""Telling words from which on a label needs no heading."""

NEAR = 1800
"""Characters after a heading in which it still tells the topic."""

_CHANGES = frozenset({"evolution", "hauss", "baiss", "augmentation", "diminution", "progression", "ecart"})


class Labeller(CountLabels, MeasureLabels):
    """Makes the labels of one document's figures, in reading order."""

    def __init__(self, context: Context, texts: Texts, words: NounWords):
        """Read sentences, lists and headings of `context`, with the word lists of its grammar."""
        super().__init__(context, texts, words)
        self._broken_down = ""

    def label(self, draft: Draft) -> str:
        """The label of `draft`; empty where no rule finds one."""
        label = self._uncapitalised(next(filter(None, map(_finished, self._ways(draft))), ""))
        self._bases[draft.number.start] = label
        label = self._of_change(draft, label)
        self._labels[draft.number.start] = label
        label = self._with_topic(draft, label)
        self._previous = (draft, self._bases[draft.number.start])
        return label

    def _uncapitalised(self, label: str) -> str:
        """`label` with its first letter small, unless its first word is a name or a short form."""
        first = label.split(" ", 1)[0]
        if not first[:1].isupper() or not first[1:].islower():
            return label
        common = self._words.has("label-measure", fold(first)) or f" {first.lower()} " in self._plain
        return label[0].lower() + label[1:] if common else label

    def _ways(self, draft: Draft) -> Iterator[str]:
        if draft.given.values.get("role") in (Role.OBJECTIVE, Role.FLOOR):
            yield self._parenthesised(draft)
        if draft.elided:
            yield self._elided(draft)
        if draft.noun is not None and not draft.elided:
            yield self._counted(draft)
            return
        yield self._dashed(draft)
        yield self._beside_previous(draft)
        changes = draft.given.values.get("role") is Role.CHANGE
        if draft.unit in ("%", "1") and not changes:
            yield self._share(draft)
        yield self._said_later(draft)
        yield self._that_of(draft)
        yield self._measured(draft)
        yield self._subject(draft)
        yield self._colon(draft)
        if draft.unit in ("%", "1"):
            yield self._share(draft)
        yield self._governed(draft)
        yield self._after_unit(draft)

    def _of_change(self, draft: Draft, label: str) -> str:
        """« soit 330 dossiers de moins » → « baisse du nombre de dossiers traités »."""
        if draft.given.values.get("role") is not Role.CHANGE:
            return label
        telling = content(label)
        if telling & _CHANGES and telling - _CHANGES:
            return label
        direction = str(draft.given.values.get("dimensions", {}).get("direction", "évolution"))
        if "signed" in draft.number.marks:
            direction = "évolution"
        label = regex.sub(r"\s*\b(?:de|en) (?:moins|plus)(?: qu['’].*)?\Z", "", label)
        last = self._previous
        if (
            last is not None
            and last[0].candidate.sentence == draft.candidate.sentence
            and (not telling - _CHANGES or (draft.noun is not None and last[0].unit == draft.unit))
        ):
            label = last[1]
        if not content(label) - _CHANGES:
            return direction
        of = "d'" if fold(label)[:1] in "aeiouh" else "de "
        return f"{direction} du nombre {of}{label}" if draft.noun is not None else f"{direction} {of}{label}"

    def _with_topic(self, draft: Draft, label: str) -> str:
        """`label`, and where it says little the topic of its sentence, its list or its heading."""
        said = content(label)
        for topic, enough in self._topics(draft):
            more = content(topic)
            if len(said) >= enough:
                continue
            if more and not more <= said:
                label = f"{label} ({topic})" if label else topic
                said |= more
        return label

    def _topics(self, draft: Draft) -> Iterator[tuple[str, int]]:
        """Topics with the number of telling words from which on a label needs them no more."""
        start = self._start(draft)
        if draft.whole is not None and not draft.elided:
            yield self._labels.get(draft.whole.number.start, ""), ENOUGH
        yield self._part_of_list(draft), ENOUGH
        if draft.noun is None and self._previous is not None:
            last, said = self._previous
            if last.candidate.sentence == draft.candidate.sentence and last.noun is not None:
                yield said, FEW
        yield shortened(frame_of(self._plain, self._cues, start, draft.number.start), 12), ENOUGH
        before, colon, _ = bare(self._plain[start : draft.number.start]).rpartition(":")
        if colon and not regex.search(r"\d", before) and not has_verb(_last_words(clean(before))):
            yield _last_words(clean(before)), ENOUGH
        heading = self._context.section_at(draft.number.start)
        if heading is None or draft.number.start - heading.end > NEAR:
            return
        title = clean(heading.title)
        if title and len(title.split()) <= 9 and not self._words.has("label-generic-heading", fold(title)):
            yield title, FEW

    def _part_of_list(self, draft: Draft) -> str:
        """« 11 procédures pour 5 pharmacies, 3 dentistes »: what a list after « pour » breaks down."""
        if self._previous is None or self._previous[0].candidate.sentence != draft.candidate.sentence:
            self._broken_down = ""
            return ""
        last = self._previous[0]
        between = self._folded[last.unit_end : draft.number.start]
        if last.noun is not None and regex.search(r"(?:\bpour|\bconcernant|:) \Z", between):
            self._broken_down = self._labels[last.number.start]
        elif not regex.search(r"(?:,|\bet) \Z", between):
            self._broken_down = ""
        return self._broken_down


def _last_words(phrase: str) -> str:
    """The end of a long phrase, from its last noun that a preposition opens."""
    words = phrase.split()
    return without_article(phrase if len(words) <= 9 else " ".join(words[-8:]))


def _finished(label: str) -> str:
    """`label` tidied, without leading articles, no longer than a label; empty where nothing is left."""
    return shortened(without_article(clean(label)))
