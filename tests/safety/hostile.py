"""Reports written to do harm: their words act in a spreadsheet, on a terminal, in a page, in a query."""

from __future__ import annotations

import html
import zlib
from collections.abc import Sequence
from pathlib import Path

FORMULAS = (
    '=HYPERLINK("http://x")', "+A1+B2", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1+1", "\r=1+1",
    "\uff1d1+1", "'=1+1",
)  # fmt: skip
DIRECTIONS = ("a\u202eb", "\u2066a", "\u200fa\u061c", "\u2028a")
MARKUP = (
    "[red]", "[/]", "[link=http://x]x[/link]", "{0.__class__}", "%s%n", "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">', "'); DROP TABLE figures; --", "- !!python/name:os.system",
    "*a: &a # b", "|", '"', "\\", "${HOME}`id`",
)  # fmt: skip
SEQUENCES = ("\x1b]0;pwned\x07", "\x1b[2J", "\x9b5m", "\x1b[5m", "\x7f", "\x08")
PAYLOADS = (*FORMULAS, *DIRECTIONS, *MARKUP, *SEQUENCES)

NAMES = ("=1+1", "+A1", "-A1", "@SUM(A1)", "[red]rouge", "<img src=x onerror=alert(1)>", "a b;c,d\"e'f", "%s")


def markdown(payload: str, number: int) -> str:
    """A report with `payload` at the start of titles, sentences, items, cells and long forms, and inside."""
    cell = payload.replace("|", "\\|")
    return f"""# {payload} Rapport d'activité 2022 de la CPAM {payload} d'Ille-et-Vilaine

## {payload} Accueil {payload}

{payload} La plateforme {payload} a traité {number} 500 {payload} appels en 2022.

{payload} : {number} dossiers. La {payload} Commission {payload} des recours (CR) a reçu {number} demandes.

- {payload} {number},5 % des {payload} assurés
- {number} jours {payload}

| {cell} Mesure | {cell} 2021 | 2022 |
|---|---|---|
| {cell} Appels | {number} 100 | {number} 200 |
| Dossiers {cell} | {cell} 7 | {number} |
"""


def page(payloads: Sequence[str], number: int) -> str:
    """The same as a web page, each payload as text in it and as what a careless author leaves unescaped."""
    parts = "".join(_section(payload, number + n) for n, payload in enumerate(payloads))
    title = f"<title>{payloads[0]} 2022</title><meta charset='utf-8'>"
    return f"<html><head>{title}</head><body><h1>Rapport d'activité 2022</h1>{parts}</body></html>"


def _section(payload: str, number: int) -> str:
    text = html.escape(payload)
    return f"""<h2>{text} Accueil de la CPAM {text} du Cantal</h2>
<p>{text} La plateforme {payload} a traité {number} 500 {text} appels en 2022.</p>
<p>{text} : {number} dossiers. La {text} Commission des recours (CR) a reçu {number} demandes.</p>
<ul><li>{text} {number},5 % des assurés</li></ul>
<table><caption>{text} Contacts</caption><tr><th>{text} Mesure</th><th>{text} 2022</th></tr>
<tr><td>{text} Appels</td><td>{number} 200</td></tr><tr><td>{payload}</td><td>{text} {number}</td></tr>
</table>"""


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines; a table of its own says which character each glyph stands for."""
    characters = sorted({character for line in lines for character in line})
    assert len(characters) < 256
    code = {character: number for number, character in enumerate(characters)}
    shown = "\n".join(
        f"<{''.join(f'{code[character]:02x}' for character in line)}> Tj 0 -20 Td" for line in lines
    )
    units = (character.encode("utf-16-be", "surrogatepass").hex() for character in characters)
    mapped = "\n".join(f"<{number:02x}> <{unit}>" for number, unit in enumerate(units))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{mapped}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        _stream(f"BT /F 12 Tf 30 760 Td\n{shown}\nET"),
        b"<< /Type /Font /Subtype /TrueType /BaseFont /Any /FirstChar 0 /LastChar 255 /ToUnicode 6 0 R "
        b"/Widths [" + b"600 " * 256 + b"] /FontDescriptor << /Type /FontDescriptor /FontName /Any /Flags 33 "
        b"/FontBBox [0 -200 600 800] /Ascent 800 /Descent -200 /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>",
        _stream(cmap),
        b"<< /Title (=1+1 [red] \\033]0;pwned\\007) >>",
    )


def _stream(text: str) -> bytes:
    data = zlib.compress(text.encode())
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(data), data)


def _file(*objects: bytes) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + end % (size, size - 1, len(data))


def write_corpus(folder: Path) -> Path:
    """A corpus of hostile reports in every format, and of ordinary ones with hostile names."""
    folder.mkdir()
    for number, few in enumerate((FORMULAS, DIRECTIONS, MARKUP)):
        text = "\n".join(markdown(payload, 10 + n) for n, payload in enumerate(few))
        _write(folder / f"{number}.md", text)
        _write(folder / f"{number}.txt", f"\n{text}")
        _write(folder / f"{number}.html", page(few, 10))
    for number, payload in enumerate(SEQUENCES):  # few enough in each that it still counts as text
        text = (
            f"{markdown('x', 10)}\n{payload} Il y a eu 4 300 {payload} appels en 2022.\n{'Suite. ' * 200}\n"
        )
        _write(folder / f"sequence{number}.{'md' if number % 2 else 'txt'}", text)
    payloads = (*FORMULAS, *DIRECTIONS, *SEQUENCES, "\x00", "\ud800", "\udc00", "<b>[red]")
    for number in range(0, len(payloads), 6):
        lines = ["Rapport d'activité 2022 de la CPAM du Cantal", ""]
        for payload in payloads[number : number + 6]:
            lines += [
                f"{payload} Titre {payload}",
                "",
                f"{payload} Il y a eu {number + 12} appels {payload}.",
                "",
            ]
        (folder / f"{number}.pdf").write_bytes(pdf(lines))
    for number, name in enumerate(NAMES):
        _write(
            folder / f"{name}.txt", f"Rapport d'activité 2022. La plateforme a traité {number + 12} appels."
        )
    _write(folder / "nul.txt", "Rapport\x00 2022. 12 agents")
    _write(folder / "nul.html", "<p>Rapport&#0; 2022. 12\x00 agents</p>")
    _write(
        folder / "characters.html", "<p>Rapport&#xd800; 2022. Soit 12 &#27;[2J &#x202e; agents &#0; reçus</p>"
    )
    _write(folder / "long.txt", "Nous avons reçu 12 appels. " * 400)
    _write(folder / "longer.txt", "12 appels, " * 100_000)
    (folder / "surrogate.md").write_bytes("Rapport \ud800 : 12 agents".encode("utf-8", "surrogatepass"))
    return folder


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
