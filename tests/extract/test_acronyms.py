"""Acronyms of whole documents: glossaries, tables, blocks, quotes and places."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from rapextract.extract.acronyms import extract_acronyms
from rapextract.french.fold import fold
from rapextract.grammar import load_grammar
from rapextract.grammar.letters import letters_of, read_backwards, words_of
from rapextract.model import AcronymRow, Block, BlockKind, Cell, Document, Page, Table
from rapextract.read import read_document

SMALL = frozenset(["de", "du", "des", "la", "le", "et", "d", "l"])


def document(text: str, **more: object) -> Document:
    return Document.model_validate(
        {
            "source": "r.txt",
            "media_type": "text/plain",
            "sha256": "0" * 64,
            "byte_count": 1,
            "text": text,
            **more,
        }
    )


def rows(text: str, **more: object) -> tuple[AcronymRow, ...]:
    return extract_acronyms(document(text, **more), load_grammar())


def pairs(found: Sequence[AcronymRow]) -> list[tuple[str, str, str]]:
    return [(row.acronym, row.expansion, row.kind) for row in found]


def test_row_leads_back_to_its_characters():
    text = "Bilan.\n\nL'agence régionale de santé (ARS) suit le projet. Elle aide."
    pages = (
        Page(number=1, start=0, end=8, width=1, height=1),
        Page(number=2, start=8, end=99, width=1, height=1),
    )
    block = Block(kind=BlockKind.PARAGRAPH, start=8, end=len(text))
    (row,) = rows(text, blocks=(block,), pages=pages)
    assert text[row.acronym_start : row.acronym_end] == row.acronym == "ARS"
    assert text[row.expansion_start : row.expansion_end] == row.expansion == "agence régionale de santé"
    assert row.quote == "L'agence régionale de santé (ARS) suit le projet."
    assert row.page == 2
    assert row.rule == "acronym.long-parenthesis-short"
    assert row.report_id == "r" + "0" * 12


def test_titled_glossary_takes_what_it_says():
    text = "9 GLOSSAIRE\n\n- XYZ** (plan départemental)\n- T2A** (tarification à l'activité)\n"
    assert pairs(rows(text)) == [
        ("XYZ", "plan départemental", "glossary"),
        ("T2A", "tarification à l'activité", "glossary"),
    ]


def test_names_of_columns_are_no_entry_of_a_glossary():
    names = "Sigle\tSignification"
    text = f"Glossaire\n\n{names}\nHDJ\thôpital de jour\n{names}\nXYZ\tle plan départemental\n"
    assert [short for short, *_ in pairs(rows(text))] == ["HDJ", "XYZ"]


def test_terms_above_what_they_mean_are_a_glossary():
    text = "Glossaire\n\nXYZ\n\nplan départemental\n\nPFS MDA\n\nHalte des toitures\n\nARS : agence\n"
    assert pairs(rows(text)) == [
        ("XYZ", "plan départemental", "glossary"),
        ("PFS MDA", "Halte des toitures", "glossary"),
        ("ARS", "agence", "glossary"),
    ]
    assert rows("Bilan\n\nXYZ\n\nplan départemental\n\nSIGLES\n\nSuite du texte\n") == ()


def test_a_term_before_what_it_means_stands_in_alphabetical_order_under_a_title():
    entries = "BVN bureau des vergers\nFerova outil de suivi\nHTP Halte\nCaves de la côte\n"
    assert [row.acronym for row in rows("Sigles\n\n" + entries)] == ["BVN", "Ferova", "HTP"]
    assert rows(entries) == ()


def test_what_was_given_to_the_term_before_is_not_replaced_by_the_next():
    text = "Sigles\n\nAFL / BVN\n\nhôpital de jour\n\nHDJ\n\nvieux outils\n\nARS\n\nagence\n"
    assert [row.acronym for row in rows(text)] == ["AFL / BVN", "ARS"]


def test_a_remark_behind_a_long_form_is_no_part_of_it():
    text = "Sigles\n\nHDJ : hôpital de jour - avant la réforme\nLMN : lits (et places) réunis\n"
    assert [row.expansion for row in rows(text)] == ["hôpital de jour", "lits (et places) réunis"]


def test_a_long_form_ends_with_its_parenthesis():
    text = "Glossaire\n\nHDJ (hôpital (de jour))\nPDS (permanence des soins) RAC (reste à charge)\n"
    assert pairs(rows(text))[:2] == [
        ("HDJ", "hôpital (de jour)", "glossary"),
        ("PDS", "permanence des soins", "glossary"),
    ]


def test_untitled_lines_are_a_glossary_when_most_fit():
    fitting = "CPG : contrat pluriannuel de gestion\nHDJ : hôpital de jour\nSMI : système intégré\n"
    assert [row.kind for row in rows(fitting + "XYZ : plan local\n")] == ["glossary"] * 4
    roles = "TSM : gestion des dossiers\nMC : avis et conseils\nISM : préparation\nCSAM : aide aux assurés\n"
    assert rows(roles) == ()


def table_rows(*lines: tuple[str, ...]) -> tuple[AcronymRow, ...]:
    """The ties of a document that is one table."""
    text, cells = "", []
    for row, line in enumerate(lines):
        for column, said in enumerate(line):
            cells.append(Cell(row=row, column=column, start=len(text), end=len(text) + len(said)))
            text += said + (" | " if column < len(line) - 1 else "\n")
    whole = Table(
        start=0, end=len(text), row_count=len(lines), column_count=len(lines[0]), cells=tuple(cells)
    )
    block = Block(kind=BlockKind.TABLE, start=0, end=len(text), table=0)
    return rows(text, tables=(whole,), blocks=(block,))


def test_table_with_headers():
    found = table_rows(
        ("Sigle", "Signification"), ("XYZ", "le plan départemental"), ("**HDJ**", "Hôpital de jour")
    )
    assert pairs(found) == [("XYZ", "plan départemental", "glossary"), ("HDJ", "Hôpital de jour", "glossary")]


def test_table_of_four_columns_without_headers():
    lines = (
        ("CPG", "contrat pluriannuel de gestion", "HDJ", "hôpital de jour"),
        ("ARS", "agence régionale de santé", "MSP", "maison de santé pluridisciplinaire"),
        ("SMI", "système de management intégré", "PDP", "plan de prévention"),
        ("HAS", "Haute autorité de santé", "AVC", "accident vasculaire cérébral"),
    )
    found = table_rows(*lines)
    assert {(row.acronym, row.expansion) for row in found} == {
        pair for line in lines for pair in ((line[0], line[1]), (line[2], line[3]))
    }


def test_table_of_figures_is_no_glossary():
    assert table_rows(("CPAM", "Total des dossiers"), ("HDJ", "quatre"), ("ARS", "cinq")) == ()


def test_said_again_with_fewer_words():
    text = (
        "Les programmes d'accompagnement du retour à domicile après hospitalisation (Prado) existent.\n\n"
        "Le développement du retour à domicile après hospitalisation (Prado) continue.\n\n"
        "La plateforme de Marseille (Prado) aussi."
    )
    assert [row.expansion for row in rows(text)] == [
        "programmes d'accompagnement du retour à domicile après hospitalisation",
        "retour à domicile après hospitalisation",
    ]


def test_named_on_the_line_above():
    text = "Zoom sur MIPPS\n\n“ Mission Installation et Pratiques des Professionnels de Santé\n\nSuite."
    assert pairs(rows(text)) == [
        ("MIPPS", "Mission Installation et Pratiques des Professionnels de Santé", "inline")
    ]


def test_furniture_ties_nothing():
    text = "Agence régionale de santé (ARS)\nTexte."
    blocks = (
        Block(kind=BlockKind.FURNITURE, start=0, end=31),
        Block(kind=BlockKind.PARAGRAPH, start=32, end=38),
    )
    assert rows(text, blocks=blocks) == ()


@pytest.mark.parametrize(
    ("short", "text", "long"),
    [
        ("IC", "une insuffisance cardiaque", "insuffisance cardiaque"),
        (
            "AT/MP",
            "un accident du travail/maladie professionnelle",
            "accident du travail/maladie professionnelle",
        ),
        ("P0", "des patients zéro", "patients zéro"),
        ("C2S", "une complémentaire santé solidaire", "complémentaire santé solidaire"),
        ("MC", "de médecins-conseils", "médecins-conseils"),
        ("BP", "la bronchopneumopathie", "bronchopneumopathie"),
    ],
)
def test_letters_cost_nothing_where_they_stand_first(short: str, text: str, long: str):
    words = words_of(text, 0, len(text), SMALL, ("broncho", "pneumo"))
    reading = read_backwards(letters_of(short), words)
    assert reading is not None
    assert reading.cost == 0
    assert text[words[reading.first].start :] == long


def test_letters_inside_words_cost():
    words = words_of("un infirmier", 0, 12, SMALL, ())
    inside = read_backwards("ir", words)
    assert inside is not None
    assert inside.cost >= 1
    assert read_backwards("xi", words) is None


def test_measured_on_annotated_reports(shared: Path):
    for name, least in (("003", 0.98), ("001", 0.95)):
        lines = (shared / f"gold/records/acronyms.{name}.jsonl").read_text(encoding="utf-8").splitlines()
        gold = {(fold(r["short"]), fold(r["long"])) for r in map(json.loads, lines)}
        source = next((shared / "corpus").glob(f"{name}_*.txt"))
        found = extract_acronyms(read_document(source, corpus=shared / "corpus"), load_grammar())
        mine = {(fold(row.acronym), fold(row.expansion)) for row in found}
        assert 2 * len(gold & mine) / (len(gold) + len(mine)) >= least
