"""Running heads and feet of texts that `pdftotext` made."""

from rapextract.model import BlockKind
from rapextract.read import Source, read_source

from .test_read import check_spans

BODY = "Les équipes ont poursuivi leur action tout au long de l'année auprès des assurés de la région"


def text_of(pages: list[str], head: str = "Bilan annuel", foot: str = "Service médical | {}") -> str:
    return "\f".join(f"{head}\n\n{page}\n\n{foot.format(number)}\n" for number, page in enumerate(pages, 1))


def test_lines_at_the_edge_of_most_pages_are_furniture() -> None:
    pages = [
        f"Au {name}, {BODY.lower()},\ndit le site du {name}." for name in ("nord", "sud", "port", "parc")
    ]
    document = read_source(Source("a.txt", text_of(pages).encode()))
    check_spans(document)
    furniture = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.FURNITURE]
    assert furniture == [words for n in range(1, 5) for words in ("Bilan annuel", f"Service médical | {n}")]
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.PARAGRAPH] == pages


def test_what_stands_on_few_pages_or_differs_is_text() -> None:
    pages = [f"{BODY}, {n} fois." for n in (3, 40, 500)]
    for text in (
        "\f".join(pages[:2]),
        text_of(pages[:2]),
        text_of(pages, head="", foot="").replace("\f", ""),
    ):
        document = read_source(Source("a.txt", text.encode()))
        assert not any(b.kind is BlockKind.FURNITURE for b in document.blocks)
