"""Labels of shares: « 84 % de ces demandes ont été acceptées » → « part des demandes acceptées »."""

from __future__ import annotations

from ..french.fold import fold
from ..grammar.compiled import regexp
from .clauses import agent_before, having, predicate_at, subject_of
from .counted import Draft
from .label_reading import SentenceReader
from .phrases import clean, has_verb, is_verb, next_phrase_end, phrase_end, without_article

SHARE_OF = regexp(r" ?(?P<of>de la |de l'|des |du |d'|de |parmi )")
"""What opens the whole that a share is of."""
_PART_OF = regexp(r"(?i:part|proportion|poids) (?:de |du |des |d['’])")
"""« La part des cadres représente 12 % de l'effectif »."""
_OUT_OF = regexp(r"[^.;\d]{0,60}\bsur (?:les |un total de )?")
_COMPOUND = regexp(r"(?:se )?(?:ont|sont|etaient|avaient) ")


class ShareLabels(SentenceReader):
    """What a share is the share of."""

    def _share(self, draft: Draft) -> str:
        """« 84 % de ces demandes ont bénéficié » → « part des demandes ayant bénéficié »."""
        end = self._end(draft)
        match = SHARE_OF.match(self._cues, draft.unit_end, end)
        if match is None:
            return ""
        stop = phrase_end(self._plain, self._cues, match.end(), end)
        phrase = without_article(clean(self._plain[match.end() : stop]))
        if not phrase:
            return ""
        of = match["of"] if match["of"].strip() in ("de la", "de l'", "du", "d'") else "des "
        named = without_article(subject_of(having(self._left(draft, 200)) or ""))
        if _PART_OF.match(named):
            return f"{named} {_in(of + phrase)}"
        self._phrases[draft.number.start] = f"part {of}{phrase}"
        said = self._predicate(stop, end) or agent_before(self._left(draft, 200))
        return f"part {of}{phrase} {said}"

    def _share_of_those(self, draft: Draft) -> str:
        """« 167 participants. 92 % recommanderaient l'atelier » → « part des participants qui … »."""
        end = self._end(draft)
        at = self._skip(draft.unit_end, end)
        if draft.unit != "%" or self._previous is None or not is_verb(self._cues, at):
            return ""
        last = self._previous.draft
        counted = self._phrases.get(last.number.start, "") if last.noun is not None else ""
        if last.candidate.block != draft.candidate.block:
            counted = self._counted_above(draft)
        if not counted or has_verb(counted):
            return ""
        compound = _COMPOUND.match(self._cues, at, end) is not None
        if compound and (done := predicate_at(self._plain, self._cues, at, end, several=True)):
            return f"part des {counted} {done}"
        said = clean(self._plain[at : next_phrase_end(self._plain, self._cues, at, end)])
        return f"part des {counted} qui {said}"

    def _counted_above(self, draft: Draft) -> str:
        """What the line above a list counts, for its items: « Sur ces 130 dossiers : »; or nothing."""
        lead = self._context.lead_in(draft.number.start)
        starts = [] if lead is None else [at for at in self._phrases if lead.start <= at < lead.end]
        return self._phrases[starts[-1]] if starts else ""

    def _share_in(self, draft: Draft) -> str:
        """« 96 femmes, soit 75 % de l'effectif » → « part des femmes dans l'effectif »."""
        assert self._previous is not None
        last, label = self._previous
        if self._second is not None and _OUT_OF.fullmatch(
            self._folded[self._second.draft.unit_end : last.number.start]
        ):
            last, label = self._second
        share = self._share(draft)
        if last.number.value < 2:
            return share
        if not share:
            return f"part des {label}"
        whole = share.removeprefix("part ")
        counted = self._phrases.get(last.number.start, label)
        if fold(counted).split(" ")[0] in fold(whole).replace("'", " ").split(" "):
            return f"{share}{label.removeprefix(counted)}" if label.startswith(counted) else share
        if last.unit == "habitant":
            of = self._possessors.get(last.number.start, "")
            return f"part {of} {_in(whole)}" if of else share
        return f"part des {label} {_in(whole)}"


def _in(whole: str) -> str:
    """« de l'effectif » → « dans l'effectif », « du personnel » → « dans le personnel »."""
    for of, within in (("de la ", "la "), ("de l'", "l'"), ("du ", "le "), ("des ", "les "), ("d'", "")):
        if whole.startswith(of):
            return f"dans {within}{whole.removeprefix(of)}"
    return f"dans {whole}"
