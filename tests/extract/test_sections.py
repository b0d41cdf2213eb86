import json
from pathlib import Path

import pytest

from rapextract.extract.furniture import mark_furniture
from rapextract.extract.sections import clean_title, headings
from rapextract.grammar import load_grammar
from rapextract.model import Document
from rapextract.read import Source, read_document, read_source


def read(text: str, name: str = "a.md") -> Document:
    return read_source(Source(name, text.encode()))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("► Risque maladie", "Risque maladie"),
        ("**Bilan** de l'année", "Bilan de l'année"),
        ("## 2 CRISE SANITAIRE", "2 CRISE SANITAIRE"),
        ("FIPC (formation initiale) :", "FIPC (formation initiale)"),
        ("tout au long de la crise..", "tout au long de la crise"),
        ("Et après...", "Et après..."),
        ("[Le bilan](#b) du 1^{er} semestre", "Le bilan du 1er semestre"),
        ("“ Mission installation", "Mission installation"),
        ("« Aller vers »", "« Aller vers »"),
        ("Achats et\n  gestion immobilière", "Achats et gestion immobilière"),
        ("❖", ""),
    ],
)
def test_titles_are_cleaned(text: str, title: str) -> None:
    assert clean_title(text) == title


def test_parents_and_paths() -> None:
    document = read(
        "# Rapport\n\nA.\n\n## Bilan\n\nB.\n\n#### Détail\n\nC.\n\n## ❖\n\nD.\n\n## Suite\n\nE.\n"
    )
    found = headings(document)
    assert [(h.index, h.level, h.parent, h.path) for h in found] == [
        (0, 1, None, ("Rapport",)),
        (1, 2, 0, ("Rapport", "Bilan")),
        (2, 4, 1, ("Rapport", "Bilan", "Détail")),
        (3, 2, 0, ("Rapport", "Suite")),
    ]
    assert [document.text[h.start : h.end] for h in found] == ["Rapport", "Bilan", "Détail", "Suite"]


def test_furniture_is_no_heading() -> None:
    text = "Nos services\n- Accueil\n- Agir\n" + ("Un texte assez long pour un paragraphe. " * 5) + "\n"
    text += (
        "Explorer le sujet\nCliquez sur les faits marquants pour les déployer\n-\n" + "Un autre texte. " * 12
    )
    document = mark_furniture(read(text, "a.txt"), load_grammar())
    assert [h.path for h in headings(document)] == [("Nos services",), ("Nos services", "Explorer le sujet")]


def test_a_dash_alone_ends_the_headings_of_an_article() -> None:
    body = "Un texte assez long pour un paragraphe de la page du rapport d'activité. " * 3
    text = f"Nos services\n{body}\nLe sujet\n-\n{body}\nUn outil\n{body}\n-\n{body}\n-\nUn métier\n{body}\n"
    document = read(text, "a.txt")
    found = headings(document)
    assert [(h.title, h.level, h.until) for h in found] == [
        ("Nos services", 1, None),
        ("Le sujet", 2, None),
        ("Un outil", 3, text.index("-\n", text.index("Un outil"))),
        ("Un métier", 3, None),
    ]
    assert found[3].path == ("Nos services", "Le sujet", "Un métier")


@pytest.mark.parametrize(("report", "recall", "precision"), [("001", 0.95, 0.95), ("003", 0.95, 0.97)])
def test_outlines_of_the_measuring_reports(
    shared: Path, report: str, recall: float, precision: float
) -> None:
    lines = (
        (shared / "gold" / "records" / f"sections.{report}.jsonl").read_text(encoding="utf-8").splitlines()
    )
    expected = [json.loads(line) for line in lines]
    path = next((shared / "corpus").glob(f"{report}_*.txt"))
    found = headings(mark_furniture(read_document(path), load_grammar()))
    same = [(e, h) for e in expected for h in found if h.start < e["end"] and e["start"] < h.end]
    assert len(same) >= recall * len(expected)
    assert len(same) >= precision * len(found)
    assert sum(e["level"] == h.level for e, h in same) >= 0.97 * len(same)
    assert sum(e["title"] == h.title for e, h in same) >= 0.97 * len(same)
