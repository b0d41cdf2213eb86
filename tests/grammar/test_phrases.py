"""Phrases of a vocabulary, found in a text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

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


WORDS = st.lists(st.sampled_from(["avis", "de", "santé", "arrêt", "-"]), min_size=1, max_size=6).map(" ".join)


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(WORDS, max_size=3)), WORDS)
def test_every_phrase_is_found_wherever_it_stands(phrases: dict[str, list[str]], text: str):
    wanted = {
        (name, start, start + len(way))
        for name, ways in phrases.items()
        for way in ways
        for start in range(len(text))
        if f" {text} "[start:].startswith(f" {way} ")
    }
    book = Phrasebook(phrases)
    assert {(hit.id, hit.start, hit.end) for hit in book.find(text, every=True)} == wanted
    longest = book.find(text)
    assert {tuple(hit) for hit in longest} <= wanted
    assert all(a.end <= b.start or a[1:] == b[1:] for a, b in pairwise(longest))
