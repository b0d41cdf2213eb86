"""Phrases of a vocabulary, found with spaCy's PhraseMatcher."""

import subprocess
import sys

from rapextract.grammar.phrases import Phrasebook

BOOK = Phrasebook(
    {
        "mc": ["médecin-conseil", "médecins-conseils"],
        "mccs": ["médecin-conseil chef de service"],
        "wait": ["délai d'attente"],
        "doctor": ["médecin-conseil"],
        "none": [""],
    }
)


def found(text: str, **more: int) -> list[tuple[str, str]]:
    return [(hit.id, text[hit.start : hit.end]) for hit in BOOK.find(text, **more)]


def test_longest_phrase_wins_and_ids_share_a_place():
    text = "Le MÉDECIN-CONSEIL chef\nde service et le médecin-conseil"
    assert found(text) == [
        ("mccs", "MÉDECIN-CONSEIL chef\nde service"),
        ("doctor", "médecin-conseil"),
        ("mc", "médecin-conseil"),
    ]


def test_whole_words_folded():
    assert found("le DELAI D’ATTENTE, les délais d'attente") == [("wait", "DELAI D’ATTENTE")]


def test_bounds_are_walls():
    text = "médecin-conseil, délai d'attente"
    assert found(text, start=17) == [("wait", "délai d'attente")]
    assert found(text, start=0, end=10) == []


def test_empty_book_and_text():
    assert Phrasebook({}).find("médecin-conseil") == []
    assert BOOK.find("") == []


def test_spacy_is_not_imported_for_what_needs_no_phrases():
    code = (
        "import sys; from rapextract.grammar import load_grammar; load_grammar().figure_rules;"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
