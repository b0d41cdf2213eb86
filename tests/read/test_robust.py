"""Readers meet any text: they give a sound document or a coded error, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapextract.extract.sections import headings
from rapextract.model import Document, RapextractError
from rapextract.read import Source, read_source

from .test_read import check_spans

FRAGMENTS = st.sampled_from(
    [
        "\n",
        "\n\n\n",
        "\r\n",
        "\f",
        " ",
        "\u00a0",
        "|",
        "| a | 12 |\n",
        "|---|---|\n",
        "| | |\n",
        "- ",
        "-\n",
        "► ",
        "# ",
        "## ",
        "**",
        "1. ",
        "2\n",
        "1.1 ",
        "A) ",
        ":- ",
        "« ",
        " »",
        "“",
        "”",
        "P. 3",
        "......... 12\n",
        "---\n",
        "SOMMAIRE\n",
        "RAPPORT D'ACTIVITÉ 2021\n",
        "Dr Anne MARTIN\n",
        "Paul, technicien",
        "au 31/12/21 (CDI)\n",
        "Un texte assez long pour qu'il soit un paragraphe du rapport, avec 1 250 dossiers traités en 2021. ",
        "<table>",
        "<tr><td rowspan=2>",
        "<th colspan=3>",
        "</table>",
        "<ul><li>",
        "</li>",
        "<h2>",
        "</h2>",
        "<p>",
        "<main>",
        "<details><summary>",
        "<sup>2</sup>",
        "<!--",
        "-->",
        "&eacute;",
        "&#0;",
        "<br>",
        "<dl><dt>",
        "<dd>",
    ]
)


def read(name: str, data: bytes) -> Document | None:
    try:
        return read_source(Source(name, data))
    except RapextractError as error:
        assert error.problem.code[0] in "RP"
        return None


@pytest.mark.fuzz
@given(
    st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=40),
    st.sampled_from(["a.txt", "a.md", "a.html"]),
)
def test_any_text(parts: list[str], name: str) -> None:
    text = "".join(parts)
    document = read(name, text.encode("utf-8", "surrogatepass"))
    if document is None:
        return
    check_spans(document)
    if name != "a.html" and "\ufffd" not in document.text and document.encoding == "utf-8":
        assert document.text == text
    for heading in headings(document):
        assert heading.title
        assert heading.parent is None or heading.parent < heading.index


@pytest.mark.fuzz
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_bytes(data: bytes, name: str) -> None:
    document = read(name, data)
    if document is not None:
        check_spans(document)
