"""Cutting a text into sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapextract.french.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Il y a 8 agents.", "Deux sont partis."],
        ["Le Dr. Martin et M. Dupont ont vu 12 assurés.", "C'est peu."],
        ["Voir l'art. 12 du code.", "Voir aussi p. 4."],
        ["Le taux est de 65.8 % et 1.234 actes.", "Il monte !"],
        ["J. Martin a signé.", "Mme A. Petit aussi."],
        ["Il prend de la vitamine C.", "Il va bien."],
        ["Les agents (cf. tableau. Annexe 2) ont répondu.", "Fin."],
        ["« Nous avons agi. »", "Il l'a dit."],
        ["Des outils, des agents, etc.", "Le reste suit."],
        ["Et après… rien ne vint.", "Cinq ans d'appels en trois semaines !"],
        ["1 272 recours ; 357 en attente ; aucun refus.", "Trois ont abouti ?"],
        ["A-t-il fini ?", "Oui."],
    ],
)
def test_one_line(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_lines() -> None:
    text = (
        "Effectifs\n1. Le pôle\n| Cat. 1 | 12 |\n- 3 cadres ;\n- 12 agents\n"
        "Le pôle compte 15 personnes\nréparties sur deux sites. Il\ngrandit."
    )
    assert cut(text) == [
        "Effectifs",
        "1. Le pôle",
        "| Cat. 1 | 12 |",
        "- 3 cadres ;",
        "- 12 agents",
        "Le pôle compte 15 personnes\nréparties sur deux sites.",
        "Il\ngrandit.",
    ]


def test_offsets_count_from_the_text() -> None:
    text = "Un. Deux. Trois."
    assert sentence_spans(text, 4, 16) == [(4, 9), (10, 16)]
    assert sentence_spans("  \n ") == []


@given(st.text(alphabet="aB.!? …(»)\n-1é;", max_size=60))
def test_nothing_is_lost(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
