"""What a figure of prose measures, as a short French noun phrase that stands alone.

Method: surface rules on the figure's sentence (`phrases`). A count takes its noun with its complements and
what the sentence says of it (`label_counts`), a share what it is the share of (`label_shares`); a sum or a
duration takes the subject of its verb, the noun it is the measure of, or the words before its colon
(`label_measures`), or what the figure before it measures (`label_beside`). A label that says little takes
the topic of its sentence, of its list, or of the heading above.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ...french.agreement import agree
from ...french.fold import fold
from ...french.inflect import singular
from ...grammar.compiled import regexp
from ...model import Role
from ..context import Context
from ..counted import Draft
from ..nouns import NounWords
from ..texts import Texts
from .beside import GAP
from .clauses import definite_of, of_noun, subject_of, unpointed
from .counts import KNOWN, MEASURES, THEIR_NUMBER, CountLabels
from .measures import MeasureLabels
from .phrases import (
    ROUGHLY,
    SMALL_NUMBERS,
    bare,
    clean,
    content,
    de,
    finished,
    frame_of,
    has_verb,
    phrase_end,
    shortened,
    without_article,
)
from .reading import Labelled, without_mark

ENOUGH = 4
"""Telling words from which on a label needs no topic of its sentence."""

FEW = 3
"""Telling words from which on a label needs no heading."""

BARE = 2
"""Telling words from which on a count of something definite needs no heading: a heading may be stale."""

MUCH = 6
"""Telling words from which on a label needs no more from the sentence that opens its list."""

MOST = 14
"""Words of a line that opens a passage and still is a topic."""

AGAIN = 700
"""Characters before a figure in which its measure may have been said in full."""

NEAR = 1800
"""Characters after a heading in which it still tells the topic."""

_EMPTY = frozenset(
    {
        "montant",
        "part",
        "dure",
        "longueur",
        "superfici",
        "volum",
        "surfac",
        "tau",
        "not",
        "scor",
        "nombr",
        "delai",
        "ag",
    }
)
"""Measures that say nothing alone, as `content` gives them."""
_TIMES = frozenset(
    {"premier", "premi", "second", "deuxiem", "troisiem", "quatriem", "dernier", "trimestr", "semestr",
     "anne", "moi", "exercic", "period", "printemp", "automn", "hiver"}
)  # fmt: skip
"""Words of a time, which is no topic, as `content` gives them."""
_NUMBER_OF = regexp(r"(?i)^(?:nombre|total|chiffre)(?: total)? (?:de |d['’](?!affaires)|des )")
_LITTLE = frozenset({"de", "d", "du", "des", "la", "le", "les", "l", "et", "a", "au", "aux", "en", "pour"})
_OF_THE = regexp(r" (?:du|des|de l['’a]) ?")
_RANKED_DIGIT = regexp(r"(?i)((?:volet|niveau|catégorie|phase|étape|groupe|type|classe|zone)) ?\d")
_INVERTED = regexp(
    r"(?:^|, )(?:[Éée]taient|sont|ont été|étaient|Sont)(?: (?:ainsi|également|aussi))? "
    r"(?P<said>[^:,.]{4,70}?) ?: ?\Z"
)
_COLON_ENDS = regexp(r"(?: (?:notamment|ainsi|également))? ?: ?\Z")
_ARTICLE = regexp(r"(?:L[ae]s? |L['’])")
_NUMBERED = regexp(
    r"^(?:(?i:chapitre|partie|titre|section|livre) (?:\d+|[IVXLC]+) ?[.:–-] ?(?=\p{Lu})|"
    r"(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])(?:[.)]? | [–—-] )|[a-z]\) ?)(?=\p{Lu})|^[-–•] "
)
_NO_TOPIC = regexp(
    r"(?:En|Au|À|Dans|Vers|Chez) \p{L}+\Z|(?:Une?|Des) (?:[\p{L}'’-]+ ){1,2}\p{L}+(?:é|i|u)e?s?(?: .*)?\Z|"
    r"Une? (?:[\p{L}'’-]+ ){0,2}[\p{L}'’-]+, |"
    r"(?!Dossier|Atelier|Courrier|Métier|Chantier|Cahier|Calendrier|Avenir|Loyer)\p{Lu}\p{L}+(?:er|ir|re)"
    r"(?:\Z| (?:(?:et|contre|aux?|à|les?|la|des|du|nos|notre|son|sa|ses|sur|pour|plus|mieux|ensemble)\b|"
    r"l['’]))"
)
"""« En interne », « Une équipe renforcée », « Lutter contre la fraude »: headings that name no thing."""
_CONTRACT = regexp(r"(?i)durée (?:in)?déterminée")
"""« contrat à durée indéterminée »: of no figure the duration."""
_COUNTED = regexp(rf"(?i)^\W*(?:{SMALL_NUMBERS}) (?=\p{{L}})")
_LONG_WORD = regexp(r"\p{L}{4,}")
_SLOGAN = regexp(r"[!?«»“”\"…]|\d{4}|\d ?(?:%|€|millions?\b|milliards?\b|euros\b)")
_DIGIT = regexp(r"\d")
_SHORT_FORM = regexp(r"\p{Lu}{2,6}")
_NO_WORDS = regexp(r"[^\p{L}'’ -]")
_PLACED_IN = regexp(r"\b(?:dans|par|chez|sur|au sein de|auprès de) (?:les |ses |nos |leurs )\Z")
_BREAKS_DOWN = regexp(r"(?:\bpour|\bconcernant|:) \Z")
_LISTS_ON = regexp(r"(?:,|\bet) \Z")
_RATIO = regexp(r"[\p{L}-]{4,}/[\p{L}-]{2,}")
_TWICE = regexp(r"^(\p{L}+) (?:de la |de l['’]|du |des |de |d['’])(\1 )")
"""« population de la population desservie »: the topic says the label again, and more."""
_ACCORDING = regexp(r"^(?:d['’])?(?:après|selon) [^,]+, (?:l[ae] |les |l['’])")
"""« D'après le bilan remis, le montant, au 31 décembre, est de … » is about the amount."""
_WORD_BEGINS = regexp(r"(?<![\w-])")
_GOES_ON = regexp(r"s?(?= (?!et |ou ))")
_CHANGES = frozenset(
    {"evolution", "hauss", "baiss", "augmentation", "diminution", "progression", "ecart", "recul", "repli",
     "chut", "croissanc", "reduction", "bond", "contraction", "retrait", "flechissement"}
)  # fmt: skip
_SHARES = regexp(
    r"(?:taux|parts?|score|note|indice|proportion|pourcentage|ratio|objectif|cible|seuil|rendement)\b"
)
"""Nouns of what is in per cent: « Le taux de refus reste à 5 % » tells no share of the rate."""
_TIMES_TAKEN = regexp(r"(?:delai|duree|temps|age|anciennete|attente)s?\b")
_AVERAGE = regexp(
    r"(?:moyenne|médiane)(?: (?:nationale|régionale|départementale)| (?:du|des|de la|de l['’]) ?\p{L}+)?"
)
"""« … de 12 %. La moyenne nationale est de 14 % »: of what was told right before."""
_AFTER_A_TIME = regexp(rf"\W*(?:Après|Au bout de|Au terme de) {ROUGHLY}")
"""« Après 2 ans d'activité, la plateforme a fermé »: whose time it is follows."""
_ITS_BRACKET = regexp(r"[^.;:()\d]{0,80}\((?:soit |pour |environ |près de |plus de )?")
_ENDS = {"min": "minimum", "max": "maximum"}
"""What labels tell the two numbers of « de 43 à 66 » apart by."""
_THIS_SUM = regexp(
    r"(?:Cette (?:somme|dépense|enveloppe)|Ce (?:montant|budget|chiffre|total|volume)|Cet effort) "
)
"""« Ce montant couvre un taux de gratuité de 3 % »: of what the sentence before is about."""
_COMPARED = regexp(r" par rapport (?:à|au|aux) .*\Z")
_LATELY = regexp(r" (?:(?:sur|en) |d['’])(?:une?|deux|trois|cinq|dix|\d+) (?:ans?|mois)\Z")


class Labeller(CountLabels, MeasureLabels):
    """Makes the labels of one document's figures, in reading order."""

    def __init__(self, context: Context, texts: Texts, words: NounWords):
        """Read sentences, lists and headings of `context`, with the word lists of its grammar."""
        super().__init__(context, texts, words)
        self._broken_down = ""
        self._this: tuple[tuple[int, int], str] = ((0, 0), "")

    def label(self, draft: Draft) -> str:
        """The label of `draft`; empty where no rule finds one."""
        found = next(filter(None, map(finished, self._ways(draft))), "")
        label = self._uncapitalised(_ACCORDING.sub("", found))
        self._bases[draft.number.start] = label
        label = self._of_change(draft, label)
        self._labels[draft.number.start] = label
        label = _TWICE.sub(r"\2", self._with_topic(draft, label))
        last = self._previous
        here = last is not None and last.draft.candidate.sentence == draft.candidate.sentence
        self._second = last if here else None
        self._previous = Labelled(draft, self._bases[draft.number.start] or label)
        end = _ENDS.get(draft.given.values.get("dimensions", {}).get("range", ""), "")
        return ", ".join(filter(None, (label, end)))

    def _ways(self, draft: Draft) -> Iterator[str]:
        if draft.given.values.get("role") in (Role.OBJECTIVE, Role.FLOOR):
            yield self._parenthesised(draft)
        if draft.elided:
            if self._doing(self._left(draft, 90)) is None:  # « celle de Metz en a accueilli 5 »
                yield self._that_of(draft)
            yield self._elided(draft)
        if draft.noun is not None and not draft.elided:
            yield self._counted(draft)
            return
        yield self._before_bracket(draft)
        yield self._deed(draft)
        yield self._dashed(draft)
        if draft.unit == "EUR":
            yield self._part_of_sum(draft)
        yield self._beside_previous(draft)
        changes = draft.given.values.get("role") is Role.CHANGE
        if draft.unit in ("%", "1") and not changes:
            yield self._share_done(draft)
            yield self._obtained(draft)
            yield self._share_of_sum(draft)
            yield self._share_of_it(draft)
            if not self._names_rate(draft):
                yield self._share(draft)
            yield self._share_of_those(draft)
        yield self._aimed(draft)
        yield self._set_beside(draft)
        yield self._in_rise(draft)
        yield self._said_later(draft)
        yield self._of_such(draft)
        yield self._that_of(draft)
        yield self._full_time(draft)
        yield self._apart(draft)
        yield self._of_length(draft)
        yield self._at_term(draft)
        yield self._taken(draft)
        yield self._changed(draft)
        yield self._measured(draft)
        yield self._at_height(draft)
        yield self._subject(draft)
        yield self._colon(draft)
        if draft.unit in ("%", "1"):
            share = self._share(draft)
            direction = draft.given.values.get("dimensions", {}).get("direction", "")
            yield f"{direction} {share.removeprefix('part ')}" if changes and share and direction else share
        yield self._governed(draft)
        yield self._after_unit(draft)
        if _RATIO.fullmatch(draft.unit):
            yield self._plain[draft.number.stop : draft.unit_end]

    def _of_change(self, draft: Draft, label: str) -> str:
        """« soit 330 dossiers de moins » → « baisse du nombre de dossiers traités »."""
        if draft.given.values.get("role") is not Role.CHANGE:
            return label
        telling = content(_COMPARED.sub("", _LATELY.sub("", label)))
        if telling & _CHANGES and telling - _CHANGES:
            return label
        direction = str(draft.given.values.get("dimensions", {}).get("direction", "évolution"))
        if "signed" in draft.number.marks:
            direction = "évolution"
        last = self._previous
        if last is not None and self._second is not None and _PLACED_IN.search(self._left(last.draft, 40)):
            last = self._second  # « 80 lits ont été ouverts dans les 6 centres, soit 3 % de plus »
        if (
            last is not None
            and last.draft.candidate.sentence == draft.candidate.sentence
            and (
                not telling - _CHANGES - _EMPTY
                or (draft.noun is not None and last.draft.unit == draft.unit)
                or (draft.unit, last.draft.unit) == ("point", "%")
            )
        ):
            label = self._bases[draft.number.start] = last.label
            if content(label) & _CHANGES:
                return label
        if not content(label) - _CHANGES - _EMPTY:
            return direction
        measures = fold(label).split(" ")[0] in MEASURES  # « durée moyenne », told in nights
        if draft.noun is not None and draft.unit != "point" and not measures:
            return f"{direction} du nombre {de(label)}"
        head = label.split(" ")[0]
        several = (head.endswith("s") and singular(head) != head) or _COUNTED.match(label) is not None
        if last is not None and label == last.label and last.draft.noun is not None and not measures:
            several = several or last.draft.number.value >= 2  # « 12 avis, en hausse de 2 % »
        return f"{direction} des {label}" if several else f"{direction} {definite_of(label)}"

    def _with_topic(self, draft: Draft, label: str) -> str:
        """`label`, and where it says little what its sentence, its list or its heading is about."""
        label, pointed = unpointed(label), label
        said = content(label)
        much = 0 if label == pointed else 2  # what it points at is said elsewhere
        for join, topic, enough in self._topics(draft, label):
            if len(said) >= MUCH + much:
                break  # it tells enough for every topic
            more = content(topic)
            if len(said) >= enough + much or not more or more <= said or not more - _TIMES:
                continue
            if not label or join == "=" or (said and said < more):
                label = topic
            elif (
                join == ", "
                and draft.unit == "EUR"
                and self._names_measure(topic) > self._names_measure(label)
            ):
                several = label.split(" ")[0].endswith("s")
                label = f"{topic} des {label}" if several else f"{topic} {definite_of(label)}"
            elif join == "(":
                label = f"{label} ({topic.partition(' (')[0]})"
            else:
                label = f"{label}{join}{topic}"
            said |= more
        return self._uncapitalised(label)

    def _names_measure(self, phrase: str) -> bool:
        """Whether `phrase` opens with a noun of measure: « masse salariale »."""
        return self._words.has("label-measure", fold(phrase).split(" ")[0])

    def _topics(self, draft: Draft, label: str) -> Iterator[tuple[str, str, int]]:
        """How a topic is joined, the topic, and the telling words from which on a label needs it no more.

        One joined by « = » says all that the label says.
        """
        start = self._start(draft)
        if draft.noun is not None and len(content(label)) < BARE:
            yield ", ", self._named_in_heading(draft, label), BARE
        if _AVERAGE.fullmatch(label) and self._previous is not None:
            beside = self._previous.draft
            if (
                beside.unit.split("/")[0] == draft.unit.split("/")[0]
                and beside.candidate.sentence[1] >= start - GAP
            ):
                yield ", ", self._previous.label, MUCH
        if KNOWN.search(self._left(draft, 20)):
            yield ", ", self._opening_line(draft), FEW
        yield ", ", self._pointed_at(draft), FEW
        if draft.whole is not None and not draft.elided:
            whole = self._bases.get(draft.whole.number.start, "")
            several = draft.whole.number.value >= 2 and whole.split(" ")[0].endswith(("s", "x", "z"))
            yield (" parmi les " if several or whole[:1].isupper() else "("), whole, ENOUGH
        yield "(", self._part_of_list(draft), ENOUGH
        yield ", ", self._before_its_bracket(draft), FEW
        if not content(label) - _EMPTY - _CHANGES:
            near = self._subject_said(draft) or self._subject_after(draft)
            named = without_article(near)
            owned = named.split(" ")[0] == label.split(" ")[0]
            says_it = _SHARES if draft.unit == "%" else _TIMES_TAKEN if self._is_time(draft) else None
            # « Le repli du nombre de lits ralentit (- 3 %) »: of another subject a change need not be
            changes = bool(content(label) & _CHANGES)
            moves = changes and content(named.split(" ")[0]) <= _CHANGES and not has_verb(named)
            if moves or (not changes and says_it is not None and says_it.match(fold(named))):
                yield "=", named, ENOUGH
            if not changes:
                yield " ", named if owned or not label else of_noun(near), ENOUGH
        if _AFTER_A_TIME.fullmatch(self._left(draft, 60)):
            yield " ", of_noun(self._subject_after(draft)), ENOUGH
        if draft.noun is None and self._previous is not None:
            last, said = self._previous
            if last.candidate.sentence == draft.candidate.sentence and last.noun is not None:
                yield "(", said, FEW
            elif last.candidate.sentence == draft.candidate.sentence and label in ("montant", "durée"):
                yield "(", said, BARE
        yield ", ", shortened(frame_of(self._plain, self._cues, start, draft.number.start), 12), ENOUGH
        before, colon, _ = bare(self._plain[start : draft.number.start]).rpartition(":")
        before = _COUNTED.sub("", before)
        named = _RANKED_DIGIT.sub(r"\1", before)
        if colon and not _DIGIT.search(clean(named)) and not has_verb(_last_words(clean(named))):
            yield ", ", _last_words(clean(before)), ENOUGH
        if draft.noun is not None and (stated := self._stated_of_list(draft)):
            yield " ", stated, MUCH
        yield ", ", self._fuller(draft, label), FEW
        subject = _NUMBER_OF.sub("", without_article(self._subject_said(draft)))
        if draft.noun is not None and len(subject.split()) > 1 and content(subject) - content(label):
            yield ", ", unpointed(subject), FEW
        yield ", ", self._spelled_out(label), BARE
        told = draft.noun is not None and _OF_THE.search(label) is not None
        yield ", ", self._heading(draft), BARE if told else FEW

    def _pointed_at(self, draft: Draft) -> str:
        """What « Cette somme » is, that opens the draft's sentence: the last measure before it."""
        own, last = draft.candidate.sentence, self._previous
        if draft.noun is not None or last is None or _THIS_SUM.match(self._plain, self._start(draft)) is None:
            return ""
        said_in = last.draft.candidate.sentence
        if said_in != own:
            self._this = (own, last.label if said_in[1] >= own[0] - GAP else "")
        return self._this[1] if self._this[0] == own else ""

    def _before_its_bracket(self, draft: Draft) -> str:
        """« 8 ateliers sur le sommeil (96 participants) »: what the count before the bracket counts."""
        last = self._previous
        if last is None or last.draft.noun is None or draft.noun is None or draft.elided:
            return ""
        between = self._plain[last.draft.unit_end : draft.number.start]
        return last.label if _ITS_BRACKET.fullmatch(between) else ""

    def _stated_of_list(self, draft: Draft) -> str:
        """« Étaient en action dans le département : » → « en action dans le département »."""
        span = self._context.lead_in(draft.number.start)
        line = bare(self._plain[span.start : span.end]) if span is not None else ""
        if match := _INVERTED.search(line):
            return unpointed(clean(match["said"])).replace("notre ", "le ")
        if (doing := self._doing(_COLON_ENDS.sub(" ", line))) is None or doing.links.strip():
            return ""
        by = without_mark(clean(line[: doing.start]))
        said = agree(doing.participle, draft.unit, many=draft.number.value >= 2) + doing.particle
        subject = subject_of(by)
        return (
            f"{said} par {subject[0].lower()}{subject[1:]}" if subject and _ARTICLE.match(subject) else said
        )

    def _fuller(self, draft: Draft, label: str) -> str:
        """The same measure said in full before: « le taux » after « le taux de réponse aux assurés »."""
        head = label.split(" ")[0] if label else ""
        if draft.elided and THEIR_NUMBER.search(self._left(draft, 60)):
            return ""
        defined = draft.noun is None and self._words.has("label-measure", fold(head))
        if not defined and not (head.isupper() and len(head) > 1 and len(label.split()) == 1):
            return ""
        low = max(0, draft.number.start - AGAIN)
        for start in self._said_on(fold(head), low, draft.number.start):
            high = min(start + 120, draft.number.start, self._context.block_span(start).end)
            stop = phrase_end(self._plain, self._cues, start, high)
            phrase = clean(self._plain[start:stop])
            if _CONTRACT.match(phrase):
                continue
            if content(phrase) > content(label) and not _DIGIT.search(phrase) and not has_verb(phrase):
                return shortened(phrase, 10)
        return ""

    def _said_on(self, word: str, low: int, high: int) -> Iterator[int]:
        """Where a folded word, or its plural, stands with other words after it, the last place first."""
        at = self._folded.rfind(word, low, high)
        while at >= low:
            if _WORD_BEGINS.match(self._folded, at) and _GOES_ON.match(self._folded, at + len(word), high):
                yield at
            at = self._folded.rfind(word, low, at + len(word) - 1)

    def _spelled_out(self, label: str) -> str:
        """« EC » → « échanges confraternels (EC) », where the text itself writes it out before a bracket."""
        if not _SHORT_FORM.fullmatch(label):
            return ""
        initials = label.lower()
        if f"({label}" not in self._plain:
            return ""
        for match in regex.finditer(rf"\({label}s?\)", self._plain):
            before = self._plain[max(0, match.start() - 120) : match.start()]
            words = _NO_WORDS.split(before)[-1].split()[-9:]
            for first in range(len(words) - 1, -1, -1):
                phrase = without_article(" ".join(words[first:]))
                letters = "".join(
                    w[0] for w in fold(phrase).replace("'", " ").replace("-", " ").split() if w not in _LITTLE
                )
                if letters == initials:
                    return f"{phrase} ({label})"
        return ""

    def _heading(self, draft: Draft) -> str:
        """The nearest heading, where it names a topic: a noun phrase, no sentence, no slogan, no quote."""
        heading = self._context.section_at(draft.number.start)
        if heading is None or draft.number.start - heading.end > NEAR:
            return ""
        if self._context.is_parted(heading.end, draft.number.start):
            return ""
        title = clean(_NUMBERED.sub("", heading.title))
        if title.isupper() and all(map(self._texts.words.has_in_small, _LONG_WORD.findall(title))):
            title = title.capitalize()
        if self._context.names_only_a_place(title):
            return ""
        if not title or len(title.split()) > 10 or self._words.has("label-generic-heading", fold(title)):
            return ""
        said = title.capitalize() if title.isupper() else title
        if _SLOGAN.search(heading.title) or _NO_TOPIC.match(said) or has_verb(without_article(title)):
            return ""
        return self._uncapitalised(without_article(title))

    def _opening_line(self, draft: Draft) -> str:
        """What « Ces six réunions » are of: a line that opens the passage (« Groupes de travail : »)."""
        at = self._context.block_span(draft.number.start).start
        for _ in range(2):
            above = self._context.paragraph_above(at)
            if above is None:
                return ""
            words = self._plain[above.start : above.end].rstrip()
            if words.endswith(":"):
                line = without_article(clean(words))
                return "" if has_verb(line) or len(line.split()) > MOST else self._uncapitalised(line)
            at = above.start
        return ""

    def _named_in_heading(self, draft: Draft, label: str) -> str:
        """« échelons » under « Les échelons du service médical d'Artois »: the same thing in full."""
        for title in self._context.titles_above(draft.number.start):
            named = without_article(clean(title))
            if len(named.split()) <= 10 and fold(named).startswith(f"{fold(label)} "):
                return self._uncapitalised(named)
        return ""

    def _part_of_list(self, draft: Draft) -> str:
        """« 11 procédures pour 5 pharmacies, 3 dentistes »: what a list after « pour » breaks down."""
        if self._previous is None or self._previous.draft.candidate.sentence != draft.candidate.sentence:
            self._broken_down = ""
            return ""
        last = self._previous.draft
        between = self._folded[last.unit_end : draft.number.start]
        own = draft.noun is not None and last.unit_end <= draft.noun.start < draft.number.start
        if own:  # « Entrées : 42 ; sorties : 37 »
            self._broken_down = ""
        elif last.noun is not None and _BREAKS_DOWN.search(between):
            self._broken_down = self._labels[last.number.start]
        elif not _LISTS_ON.search(between):
            self._broken_down = ""
        return self._broken_down


def _last_words(phrase: str) -> str:
    """The end of a long phrase, from its last noun that a preposition opens."""
    words = phrase.split()
    return without_article(phrase if len(words) <= 9 else " ".join(words[-8:]))
