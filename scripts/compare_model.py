"""Rules against a French language model for what figures of prose measure: `python scripts/compare_model.py`.

Every reference beside its report is read once by the rules. The sentences that hold figures are then parsed
by spaCy's `fr_core_news_sm`; the counted noun and a label are taken from the dependency tree; both ways are
scored on the same figures, with a third that asks the model only where the label of the rules holds one
telling word or none. Needs `pip install 'rapextract[model]'`. Arguments: pairs of a folder of
references and a folder of reports; without any, the samples and the measuring data beside the checkout.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rapextract.dataset.evaluate import FigureScore, score_figures
from rapextract.dataset.references import References, load_references
from rapextract.extract.labels.phrases import content
from rapextract.extract.pipeline import extract_records
from rapextract.french.inflect import singular
from rapextract.grammar import load_grammar
from rapextract.model import FigureRow
from rapextract.read import read_document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("RAPEXTRACT_SHARED", REPOSITORY.parent / "shared"))
MODEL = "fr_core_news_sm"
PAGE = 3_000
"""Characters that count as a page of a text without pages."""

_MEASURES = frozenset(
    {"%", "EUR", "j", "mois", "ans", "h", "km", "km2", "hab/km2", "1", "rang", "/20", "semaine"}
)
_ASIDE = frozenset({"acl:relcl", "conj", "cc", "punct", "appos", "nummod", "parataxis", "advcl"})
_BEFORE = frozenset({"det", "case", "cop", "nsubj", "mark"})
_SAID = frozenset({"obl:arg", "obl:mod", "obl:agent", "obj", "xcomp"})


def main(arguments: Sequence[str]) -> None:
    """Print a table of scores for each report and each way."""
    import spacy

    folders = [Path(each) for each in arguments] or [
        REPOSITORY / "samples" / "references", REPOSITORY / "corpus",
        REPOSITORY / "samples" / "references", REPOSITORY / "samples",
        SHARED / "gold" / "records", SHARED / "corpus",
    ]  # fmt: skip
    begun = time.perf_counter()
    model = spacy.load(MODEL, exclude=["ner"])
    print(f"model loaded in {time.perf_counter() - begun:.1f} s\n")
    print("| report | way | unit | label F1 | full record F1 | pages/s |\n|---|---|---|---|---|---|")
    grammar = load_grammar()
    for references, path in _reports(folders):
        document = read_document(path)
        begun = time.perf_counter()
        figures = extract_records(document, grammar).figures
        by_rules = time.perf_counter() - begun
        prose = [figure for figure in figures if figure.kind == "prose"]
        begun = time.perf_counter()
        parsed = _parsed(model, prose)
        spent = by_rules + time.perf_counter() - begun
        mixed = [
            told if len(content(figure.label)) <= 1 else figure
            for figure, told in zip(prose, parsed, strict=True)
        ]
        pages = len(document.text) / PAGE
        wanted = [each for each in references.figures if each.kind in ("prose", "list")]
        for way, rows, seconds in (
            ("rules", prose, by_rules),
            ("model", parsed, spent),
            ("both", mixed, spent),
        ):
            score = score_figures(wanted, rows, document.text, document.text)
            print(_line(references.id, way, score, pages / seconds))


def _reports(folders: Sequence[Path]) -> Iterator[tuple[References, Path]]:
    """The references that have their annotated text in the folder beside them."""
    for folder, reports in zip(folders[::2], folders[1::2], strict=True):
        if not folder.is_dir():
            continue
        for references in load_references(folder):
            if (path := reports / references.doc).is_file():
                yield references, path


def _line(name: str, way: str, score: FigureScore, speed: float) -> str:
    unit = score.accuracy["unit"] or 0.0
    return f"| {name} | {way} | {unit:.2f} | {score.label_overlap:.2f} | {score.full.f1:.3f} | {speed:.0f} |"


def _parsed(model: Language, figures: Sequence[FigureRow]) -> list[FigureRow]:
    """`figures` with unit and label out of the trees of their sentences, each sentence parsed once."""
    quotes = list(dict.fromkeys(figure.quote.replace("\n", " ") for figure in figures))
    trees = dict(zip(quotes, model.pipe(quotes), strict=True))
    found = []
    at: dict[str, int] = {}
    for figure in figures:
        quote = figure.quote.replace("\n", " ")
        start = quote.find(figure.value_text.replace("\n", " "), at.get(quote, 0))
        at[quote] = start + 1
        found.append(figure.model_copy(update=_told(trees[quote], figure, start)))
    return found


def _told(tree: Doc, figure: FigureRow, start: int) -> dict[str, str]:
    """Unit and label of the number at `start` of a parsed sentence."""
    number = next((token for token in tree if token.idx <= start < token.idx + len(token.text_with_ws)), None)
    if number is None:
        return {}
    noun = number
    while noun.head.i != noun.i and noun.pos_ not in ("NOUN", "PROPN"):
        noun = noun.head
    if figure.unit in _MEASURES:
        return {"label": _measure(number, figure.unit) or figure.label}
    unit = noun.text if noun.text.isupper() else singular(noun.text.lower())
    return {"unit": unit, "label": f"{_phrase(noun)} {_verb_of(noun)}".strip()}


def _phrase(noun: Token, aside: frozenset[str] = _ASIDE) -> str:
    """The noun with its complements, without determiner, number, coordination and clauses."""
    dropped = {
        inner.i for child in noun.children if child.dep_ in aside | _BEFORE for inner in child.subtree
    }  # fmt: skip
    kept = [token for token in noun.subtree if token.i not in dropped]
    return "".join(token.text_with_ws for token in kept[:16]).strip(" ,.;:()")


def _verb_of(noun: Token) -> str:
    """What the verb says whose subject or object the noun is."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubj:pass", "obj") or "Part" not in verb.morph.get("VerbForm", []):
        return ""
    said = [
        child for child in verb.children if child.dep_ in _SAID and child.i > verb.i and child.i != noun.i
    ]
    words = " ".join("".join(token.text_with_ws for token in child.subtree).strip() for child in said[:1])
    return f"{verb.text} {words}".strip()


def _measure(number: Token, unit: str) -> str:
    """What a share, sum or duration measures: its complement, its governor or the subject of its verb."""
    held = number
    while held.head.i != held.i and held.pos_ in ("NUM", "SYM", "X") and held.head.i - held.i in (1, 2):
        held = held.head
    of = next((child for child in held.children if child.dep_ == "nmod" and child.i > held.i), None)
    if unit in ("%", "1") and of is not None:
        return f"part de {_phrase(of)} {_verb_of(held)}".strip()
    governor = held.head
    if governor.pos_ == "NOUN" and governor.i < held.i:
        return _phrase(governor, _ASIDE | {held.dep_}) if held.dep_ != "nmod" else governor.text
    subject = next((child for child in governor.children if child.dep_.startswith("nsubj")), None)
    return _phrase(subject) if subject is not None else ""


if __name__ == "__main__":
    main(sys.argv[1:])
