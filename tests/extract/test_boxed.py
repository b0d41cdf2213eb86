"""Boxes beside the text: numbers over their labels, paragraphs, and charts that are left alone."""

from __future__ import annotations

from rapextract.extract.boxed import without_boxes
from rapextract.model import Block, BlockKind, Document


def opened(text: str) -> list[tuple[str, str]]:
    """The blocks that a box with this text gives."""
    box = Block(kind=BlockKind.PANEL, start=0, end=len(text))
    document = Document(
        source="a.pdf", media_type="application/pdf", sha256="0" * 64, byte_count=1, text=text, blocks=(box,)
    )
    return [(block.kind.value, text[block.start : block.end]) for block in without_boxes(document).blocks]


def test_numbers_over_their_labels_are_blocks_of_their_own() -> None:
    assert opened(
        "Repères\n27 340\nnotifications adressées\nsur le compte\n48 h\ndélai de rappel promis"
    ) == [
        ("paragraph", "Repères"),
        ("paragraph", "27 340\nnotifications adressées\nsur le compte"),
        ("paragraph", "48 h\ndélai de rappel promis"),
    ]


def test_a_paragraph_stays_whole_and_bullets_are_items() -> None:
    text = "En bref\nLe service a reçu au cours de l'année\n12 courriers et 45 appels.\n- Un bilan suit"
    assert opened(text) == [
        ("paragraph", "En bref"),
        ("paragraph", "Le service a reçu au cours de l'année\n12 courriers et 45 appels."),
        ("list_item", "- Un bilan suit"),
    ]


def test_a_chart_is_left_alone() -> None:
    assert opened("Abonnés\n450\n400\n350\n2019 2020 2021") == [
        ("panel", "Abonnés\n450\n400\n350\n2019 2020 2021")
    ]
