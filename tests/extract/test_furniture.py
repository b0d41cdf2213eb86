from pathlib import Path

import pytest

from rapextract.extract.furniture import mark_furniture
from rapextract.grammar import load_grammar
from rapextract.grammar.examples import unmark
from rapextract.grammar.vocabulary import FurnitureEntry
from rapextract.model import Block, BlockKind, Document
from rapextract.read import read_document


def document_of(*lines: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    text, blocks = "", []
    for line in lines:
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(line)))
        text += line + "\n"
    return Document(
        source="a.txt",
        media_type="text/plain",
        sha256="0" * 64,
        byte_count=1,
        text=text,
        blocks=tuple(blocks),
    )


def furniture(document: Document) -> list[str]:
    marked = mark_furniture(document, load_grammar())
    assert marked.text == document.text
    assert [(b.start, b.end) for b in marked.blocks] == [(b.start, b.end) for b in document.blocks]
    return [document.text[b.start : b.end] for b in marked.blocks if b.kind is BlockKind.FURNITURE]


ENTRIES = load_grammar().entries(FurnitureEntry)


@pytest.mark.parametrize("entry", [e for e in ENTRIES if not e.within], ids=lambda entry: entry.id)
def test_entries_do_on_blocks_what_their_examples_say(entry: FurnitureEntry) -> None:
    for example in entry.examples:
        words = unmark(example.text).text
        assert furniture(document_of(words)) == [words]
    for example in entry.counter_examples:
        assert furniture(document_of(unmark(example.text).text)) == []


def test_every_entry_has_examples_and_says_why() -> None:
    assert len(ENTRIES) >= 5
    assert all(entry.why and entry.examples and entry.counter_examples for entry in ENTRIES)


def test_an_entry_with_surroundings_needs_them() -> None:
    assert furniture(document_of("Titre", "- Accueil", "- Transformer", "Un texte.")) == [
        "- Accueil",
        "- Transformer",
    ]
    assert furniture(document_of("Titre", "- Former", "- Transformer", "Un texte.")) == []


def test_case_accents_and_line_breaks_do_not_matter() -> None:
    assert len(furniture(document_of("CLIQUEZ SUR LES\nFAITS MARQUANTS POUR LES DEPLOYER"))) == 1


def test_tables_panels_and_long_blocks_are_never_furniture() -> None:
    for kind in (BlockKind.TABLE, BlockKind.PANEL):
        document = document_of("- Accueil", kind=kind)
        assert mark_furniture(document, load_grammar()) is document
    assert furniture(document_of("Cliquez sur le lien " + "et encore " * 40)) == []


def test_a_block_found_by_offset_is_the_marked_one() -> None:
    document = document_of("- Accueil", "Un texte.")
    assert document.block_at(0) is not None
    marked = mark_furniture(document, load_grammar())
    block = marked.block_at(0)
    assert block is not None
    assert block.kind is BlockKind.FURNITURE


def test_web_pages_of_the_measuring_corpus(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        document = read_document(path)
        found = furniture(document)
        for line in document.text.splitlines():
            if line.startswith(("- Accueil", "Cliquez sur les", "Youtube est")):
                assert line in found, (path.name, line)
