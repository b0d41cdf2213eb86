import pytest

from rapextract.model import BlockKind, Document, RapextractError
from rapextract.read import Source, read_source

from .test_read import check_spans


def read(markup: str | bytes, name: str = "a.html") -> Document:
    document = read_source(Source(name, markup if isinstance(markup, bytes) else markup.encode()))
    assert document.media_type == "text/html"
    check_spans(document)
    return document


def outline(document: Document) -> list[tuple[str, int, str]]:
    return [
        (block.kind.value, block.level, document.text[block.start : block.end]) for block in document.blocks
    ]


BODY = "<p>Les équipes ont poursuivi leur action auprès des assurés de la région, toute l'année.</p>" * 4

PAGE = f"""<!DOCTYPE html><html>
<head><meta charset="utf-8"><title>Bilan | Région</title><style>p {{}}</style></head>
<body><a class="skip-link" href="#c">Aller au contenu</a>
<header><nav><ul><li><a href="/">Accueil</a></li></ul></nav></header>
<div id="cookie-banner"><p>Nous utilisons des cookies.</p></div>
<main id="c"><nav aria-label="fil"><a>Accueil</a></nav><h1>Bilan 2021</h1>{BODY}
<aside><p>12 agents sur place</p></aside><aside><ul><li><a>Voir aussi</a></li></ul></aside>
<div hidden>caché</div><script>var x = 1;</script></main>
<footer>Mentions légales</footer></body></html>"""


def test_main_content_without_menus_banners_and_scripts() -> None:
    document = read(PAGE)
    assert document.title == "Bilan | Région"
    words = [text for _, _, text in outline(document)]
    assert words[0] == "Bilan 2021"
    assert words[-1] == "12 agents sur place"
    assert len(words) == 6


def test_a_page_without_main_is_read_where_the_text_is() -> None:
    document = read(
        f"<body><div class='menu'><a>Un</a> <a>Deux</a></div><div><form><h2>Bilan</h2>{BODY}</form></div>"
        "<div class='footer'><a>Contact</a></div></body>"
    )
    assert outline(document)[0] == ("heading", 2, "Bilan")
    assert len(document.blocks) == 5


def test_the_title_of_the_page_stands_first_even_outside_of_main() -> None:
    document = read(f"<body><header><h1>Rapport 2020</h1></header><main>{BODY}</main></body>")
    assert outline(document)[0] == ("heading", 1, "Rapport 2020")


def test_inline_markup_spaces_and_raised_characters() -> None:
    document = read(
        "<body><p>Le 1<sup>er</sup>\n  janvier, 47&nbsp;784 km<sup>2</sup>, "
        "<b>12</b><sup>3</sup> cas,\n CO<sub>2</sub>"
        "<br>à la <i>ligne</i>&nbsp;: <span>a</span><span>b</span></p><p>Fin&eacute;</p></body>"
    )
    assert [text for _, _, text in outline(document)] == [
        "Le 1er janvier, 47\u00a0784 km², 12³ cas, CO₂\nà la ligne\u00a0: ab",
        "Finé",
    ]


def test_lists_nest_and_text_after_them_goes_on() -> None:
    document = read(
        "<body><ul><li>Un<ol><li>Un point un</ol>reste<li><p>Deux</p><p>suite</p></ul>"
        "<dl><dt>ALD<dd>affection de longue durée</dl></body>"
    )
    assert outline(document) == [
        ("list_item", 1, "- Un"),
        ("list_item", 2, "- Un point un"),
        ("paragraph", 0, "reste"),
        ("list_item", 1, "- Deux"),
        ("paragraph", 0, "suite"),
        ("list_item", 1, "- ALD : affection de longue durée"),
    ]


TABLE = """<body><table><caption>Invalidité</caption>
<thead><tr><th colspan="2" rowspan="2"></th><th colspan="2">2021</th></tr>
<tr><th>Cat. 1</th><th>Cat. 2</th></tr></thead>
<tbody><tr><th rowspan="2">Caisse</th><th>Admission</th><td>645</td><td>1&nbsp;884</td></tr>
<tr><th>Révision</th><td>105</td><td></td></tr>
<tr><th colspan="2">TOTAL</th><td>750</td><td>2<br>100</td></tr>
</tbody></table></body>"""


def test_a_table_with_merged_cells() -> None:
    document = read(TABLE)
    table = document.tables[0]
    assert document.text[table.start : table.end] == (
        " | 2021\nCat. 1 | Cat. 2\nCaisse | Admission | 645 | 1\u00a0884\n"
        "Révision | 105 | \nTOTAL | 750 | 2 100"
    )
    assert (table.row_count, table.column_count, table.header_rows, table.header_columns) == (5, 4, 2, 2)
    found = {
        (c.row, c.column): (c.row_span, c.column_span, c.header, document.cell_text(c)) for c in table.cells
    }
    assert found[0, 0] == (2, 2, True, "")
    assert found[0, 2] == (1, 2, True, "2021")
    assert found[2, 0] == (2, 1, True, "Caisse")
    assert found[3, 2] == (1, 1, False, "105")
    assert found[4, 0] == (1, 2, True, "TOTAL")
    assert found[4, 3] == (1, 1, False, "2 100")
    assert table.caption is not None
    assert document.text[table.caption.start : table.caption.end] == "Invalidité"


def test_a_table_without_header_cells_and_one_that_lays_out_the_page() -> None:
    document = read(
        "<body><table><tr><td colspan=3>LES ADMISSIONS</td></tr>"
        "<tr><td>ALD</td><td>Nombre</td><td>Taux</td></tr>"
        "<tr><td>Liste</td><td>63 738</td><td>3,0 %</td></tr></table>"
        "<table><tr><td><h2>À lire</h2></td><td>2 avis</td></tr><tr><td>Presse</td><td>5</td></tr></table>"
        f"<table role=presentation><tr><td>{BODY}</td><td><p>À côté</p></td></tr></table></body>"
    )
    assert len(document.tables) == 1
    assert (document.tables[0].header_rows, document.tables[0].header_columns) == (1, 1)
    assert outline(document)[0] == ("caption", 0, "LES ADMISSIONS")
    assert outline(document)[-1] == ("paragraph", 0, "À côté")


def test_folded_parts_and_figures() -> None:
    document = read(
        "<body><h2>Bilan</h2><details><summary>Prestations</summary><p>Un texte.</p></details>"
        "<figure><img src=a alt=x><figcaption>Carte des sites</figcaption></figure></body>"
    )
    assert outline(document) == [
        ("heading", 2, "Bilan"),
        ("heading", 3, "Prestations"),
        ("paragraph", 0, "Un texte."),
        ("caption", 0, "Carte des sites"),
    ]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ('<meta charset="iso-8859-1"><p>été à Besançon</p>'.encode("latin-1"), "cp1252"),
        ("<p>été à Besançon</p>".encode("utf-8-sig"), "utf-8-sig"),
        ("<p>été à Besançon</p>".encode("utf-16"), "utf-16"),
        (
            '<?xml version="1.0" encoding="utf-8"?><html><body><p>été à Besançon</p></body></html>'.encode(),
            "utf-8",
        ),
        (b'<meta charset="utf-8">' + "<p>été à Besançon</p>".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    document = read(data)
    assert document.encoding == encoding
    assert document.text.strip() == "été à Besançon"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>un<p>deux</b></div></table><td>trois",
        "<table><tr><td rowspan=99999>a<td colspan=0>b<tr></table><p>fin",
        "<table><td>1<td>2<tr><td>3</table>texte",
        "<ul>texte<li>a</ul></li><h1>b",
        "<div>" * 200 + "profond",
        "<b>" * 200 + "profond",
        "<p>a\x0bb</p><!-- > --><![CDATA[x]]>",
    ],
)
def test_malformed_pages_are_read(markup: str) -> None:
    document = read(markup)
    assert document.text.strip()


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul"])
def test_absurd_nesting_loses_nothing_before_it(tag: str) -> None:
    """The parser itself gives up some 2,000 elements deep; no page made by a person goes there."""
    assert "début" in read(f"<p>début</p>{f'<{tag}>' * 5000}profond").text


def test_a_page_without_text_is_refused() -> None:
    for markup in ("<html><body><script>x</script></body></html>", "<!-- rien -->"):
        with pytest.raises(RapextractError) as caught:
            read(markup)
        assert caught.value.problem.code == "R07"


def test_pieces_of_the_page_are_apart() -> None:
    document = read("<body><div>un<div>deux</div>trois</div><span>quatre</span></body>")
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH] * 4
    assert document.text == "un\n\ndeux\n\ntrois\n\nquatre\n"


def test_a_number_set_large_over_its_label_is_one_block_with_it() -> None:
    document = read(
        f"<body>{BODY}<div><p>146 800</p><p>avis rendus</p></div><div><h3>+ 9 %</h3><p>d'appels</p></div>"
        "<ul><li><strong>12</strong><span>recours</span></li></ul>"
        "<div><p>2021</p><p>une année de reprise</p></div><div><p>12</p><p>dont 3 à Nevers</p></div></body>"
    )
    said = [words for _, _, words in outline(document)][4:]
    assert said == [
        "146 800\navis rendus",
        "+ 9 %\nd'appels",
        "- 12\nrecours",
        "2021",
        "une année de reprise",
        "12",
        "dont 3 à Nevers",
    ]


def test_a_number_and_a_word_in_elements_of_their_own_are_apart() -> None:
    document = read(f"<body>{BODY}<p><b>146</b><span>avis</span>, le <b>1</b><i>er</i> mars</p></body>")
    assert "146 avis, le 1er mars" in document.text


def test_a_word_and_its_number_in_a_row_of_their_own_are_apart() -> None:
    row = "<div class='row'><span>cadres</span><span>12</span></div>"
    document = read(
        f"<body>{BODY}{row}<p>Le <b>CO</b><span>2</span> et la <i>RT</i><span>2012</span></p></body>"
    )
    assert "cadres 12" in document.text
    assert "Le CO2 et la RT2012" in document.text


def test_characters_without_a_width_are_no_part_of_the_text() -> None:
    document = read(
        f"<main><p>Une pré&shy;ven&shy;tion de 1&#8203;200&#x2060; per\u00adsonnes.</p>{BODY}</main>"
    )
    assert outline(document)[0][2] == "Une prévention de 1200 personnes."


def test_controls_of_old_terminals_beside_characters_without_a_width() -> None:
    document = read(f"<p>L\x08'équi\u00adpe\x0bau complet&#8;</p><p>siè\u00adge</p>\x08{BODY}")
    assert document.text.startswith("L'équipe au complet\n\nsiège\n\n")


@pytest.mark.parametrize("above", [True, False])
def test_the_caption_of_a_figure_is_that_of_its_table(above: bool) -> None:
    table = "<table><tr><th>Site</th><th>Avis</th></tr><tr><td>Nord</td><td>12</td></tr></table>"
    caption = "<figcaption>Avis par site</figcaption>"
    inside = caption + table if above else table + caption
    document = read(f"<main>{BODY}<figure><div>{table}{table}</div>{caption}</figure></main>")
    assert [t.caption for t in document.tables] == [None, None]
    document = read(f"<main>{BODY}<figure>{inside}</figure></main>")
    (found,) = document.tables
    assert found.caption is not None
    assert document.text[found.caption.start : found.caption.end] == "Avis par site"
    assert document.text.count("Avis par site") == 1


def test_tables_of_other_elements_say_so_by_their_roles() -> None:
    document = read(
        f"<main>{BODY}<div role=table><div role=rowgroup><div role=row><span role=columnheader>Site</span>"
        "<span role=columnheader aria-colspan=2>Avis</span></div></div><div role=row><span role=rowheader>"
        "Nord</span><span role=cell>12</span><span role=cell>5</span></div></div></main>"
    )
    (table,) = document.tables
    assert (table.row_count, table.column_count, table.header_rows, table.header_columns) == (2, 3, 1, 1)
    assert [document.cell_text(cell) for cell in table.cells] == ["Site", "Avis", "Nord", "12", "5"]


def test_a_button_in_a_heading_is_its_title_and_others_are_none() -> None:
    document = read(
        f"<main><h2><button aria-expanded=false>Les sites</button></h2><div>{BODY}</div>"
        "<button>Fermer</button></main>"
    )
    assert outline(document)[0] == ("heading", 2, "Les sites")
    assert "Fermer" not in document.text


@pytest.mark.parametrize(("declared", "level"), [("3", 3), ("8", 6), ("²", 2), ("", 2), ("9" * 5000, 2)])
def test_a_heading_by_its_role_has_the_level_declared(declared: str, level: int) -> None:
    document = read(f"<main><div role=heading aria-level={declared!r}>Les sites</div>{BODY}</main>")
    assert outline(document)[0] == ("heading", level, "Les sites")


def test_lists_and_contents_as_word_saves_them() -> None:
    markup = (
        "<html><head><meta charset=windows-1252></head><body><div class=WordSection1>"
        "<p class=MsoToc1><a href='#_Toc1'>Les sites<span>........</span>4</a></p>"
        f"<h1><a name=_Toc1>Les sites</a></h1>{BODY}"
        "<p class=MsoListParagraphCxSpFirst><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;"
        "</span></span><![endif]>12 agents au siège</p></div></body></html>"
    )
    document = read(markup.encode("cp1252"))
    assert read(markup).text == document.text  # declared is not what it is
    found = outline(document)
    assert found[0] == ("heading", 1, "Les sites")
    assert found[-1] == ("list_item", 1, "- 12 agents au siège")


def test_numbers_over_their_labels_in_cells_that_lay_out_a_page() -> None:
    document = read(
        f"<main>{BODY}<table><tr><td><p>4,2</p><p>millions d'euros versés</p></td><td><p>118</p><p>agents</p>"
        "</td><td><a href=/a>Un</a> <a href=/b>Deux</a></td></tr></table></main>"
    )
    assert [words for _, _, words in outline(document)][-2:] == ["4,2 millions d'euros versés", "118\nagents"]
