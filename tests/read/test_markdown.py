from rapextract.model import Document
from rapextract.read import Source, read_source

from .test_read import check_spans


def read(text: str) -> Document:
    document = read_source(Source("a.md", text.encode()))
    assert document.text == text
    assert document.media_type == "text/markdown"
    check_spans(document)
    return document


def outline(document: Document) -> list[tuple[str, int, str]]:
    return [
        (block.kind.value, block.level, document.text[block.start : block.end]) for block in document.blocks
    ]


def test_headings_lists_and_paragraphs_keep_their_places() -> None:
    document = read(
        "# Rapport 2022 #\n\n"
        "Introduction\nsur deux lignes.\n\n## Effectifs\n\n- un point\n  qui continue\n"
        "  - un sous-point\n- un autre\n\n  et sa suite\n\nBilan\n-----\n\n"
        "> Une citation\n> en deux lignes.\n"
    )
    assert outline(document) == [
        ("heading", 1, "Rapport 2022"),
        ("paragraph", 0, "Introduction\nsur deux lignes."),
        ("heading", 2, "Effectifs"),
        ("list_item", 1, "- un point\n  qui continue"),
        ("list_item", 2, "- un sous-point"),
        ("list_item", 1, "- un autre"),
        ("paragraph", 0, "et sa suite"),
        ("heading", 2, "Bilan"),
        ("paragraph", 0, "> Une citation\n> en deux lignes."),
    ]


def test_windows_line_ends_move_no_offset() -> None:
    document = read("# Rapport\r\n\r\nUn texte.\r\n\r\n| A | B |\r\n|---|---|\r\n| un | 12 |\r\n")
    assert outline(document)[0] == ("heading", 1, "Rapport")
    assert document.cell_text(document.tables[0].cells[-1]) == "12"


def test_front_matter_gives_the_title_and_no_text() -> None:
    document = read('---\ntitle: "Bilan 2020"\nauthor: X\n---\n\n# Chapitre\n\nUn texte.\n')
    assert document.title == "Bilan 2020"
    assert [block.kind.value for block in document.blocks] == ["furniture", "heading", "paragraph"]
    assert outline(document)[1][2] == "Chapitre"


def test_a_bold_line_alone_is_a_heading_below_the_last() -> None:
    document = read("# Rapport\n\n**Faits marquants**\n\nUn texte.\n\n**Un point important.**\n\nFin.\n")
    assert outline(document)[1] == ("heading", 2, "**Faits marquants**")
    assert outline(document)[3][0] == "paragraph"


def test_running_heads_pictures_and_comments_are_furniture() -> None:
    document = read(
        "# 1 BILAN\n\nUn texte.\n\n# 1 BILAN\n\nSuite.\n\n"
        "![carte](carte.png)\n\n<!-- page 3 -->\n\n# 2 SUITE\n\nFin.\n"
    )
    kinds = [kind for kind, _, _ in outline(document)]
    assert kinds == [
        "heading",
        "paragraph",
        "furniture",
        "paragraph",
        "furniture",
        "furniture",
        "heading",
        "paragraph",
    ]


def test_the_same_heading_in_two_chapters_is_none() -> None:
    document = read("# A\n\n## Focus\n\nUn.\n\n# B\n\n## Focus\n\nDeux.\n")
    assert [kind for kind, _, _ in outline(document)].count("heading") == 4


def test_tables_in_markdown_have_headers_and_captions() -> None:
    document = read(
        "# Rapport\n\n"
        "| LES ADMISSIONS | | |\n|---|---|---|\n| ALD | Nombre | Taux |\n| Liste | 63 738 | 3,0 % |\n\nFin.\n"
    )
    table = document.tables[0]
    assert table.caption is not None
    assert document.text[table.caption.start : table.caption.end] == "LES ADMISSIONS"
    assert (table.row_count, table.column_count, table.header_rows, table.header_columns) == (2, 3, 1, 1)
    assert outline(document)[-1] == ("paragraph", 0, "Fin.")
