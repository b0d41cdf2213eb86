import codecs
import random

import pytest

from rapextract.model import RapextractError
from rapextract.read.encoding import LONGEST_LINE, decode, decode_as

FRENCH = "L’équipe a traité 1 250 dossiers à Besançon, où l’échelon s’élève à 43 agents.\n" * 4


def code_of(data: bytes) -> str:
    with pytest.raises(RapextractError) as caught:
        decode(data)
    return caught.value.problem.code


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode("utf-8"), "utf-8"),
        (FRENCH.encode("utf-8-sig"), "utf-8-sig"),
        (FRENCH.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), "utf-16"),
        (FRENCH.encode("utf-16-le"), "utf-16-le"),
        (FRENCH.encode("utf-16-be"), "utf-16-be"),
        (FRENCH.encode("cp1252"), "cp1252"),
    ],
)
def test_decodes_what_french_reports_are_written_in(data: bytes, encoding: str) -> None:
    text, found, problems = decode(data)
    assert text == FRENCH
    assert found == encoding
    assert problems == []


def test_latin_1_reads_the_same_letters() -> None:
    plain = FRENCH.replace("’", "'")
    assert decode(plain.encode("latin-1"))[0] == plain


def test_the_euro_of_latin_9_is_told_from_the_sign_for_any_currency() -> None:
    text = "Le coût est de 12 k€ et s'élève à 30 € par élève, soit 4 M€ dépensés.\n" * 4
    assert decode(text.encode("iso8859_15")) == (text, "iso8859_15", [])
    assert decode(text.replace("'", "’").encode("cp1252"))[0] == text.replace("'", "’")


def test_a_few_damaged_bytes_of_utf_8_are_said_and_the_rest_is_read() -> None:
    data = FRENCH.encode() + b"fin \xff du texte"
    text, encoding, problems = decode(data)
    assert text == FRENCH + "fin \ufffd du texte"
    assert encoding == "utf-8"
    assert [problem.code for problem in problems] == ["R13"]
    assert "1 characters" in problems[0].message


def test_line_ends_stay() -> None:
    assert decode(b"a\r\nb\rc\n")[0] == "a\r\nb\rc\n"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", codecs.BOM_UTF8 + b" \n"])
def test_nothing_is_an_empty_source(data: bytes) -> None:
    assert code_of(data) == "R01"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"PK\x03\x04" + b"word/document.xml" * 10,
        b"un texte\x00avec un octet nul",
        bytes(range(1, 32)) * 50,
        b"\x89PNG\r\n\x1a\n" + bytes(200),
    ],
)
def test_binary_data_named_as_text(data: bytes) -> None:
    assert code_of(data) == "R02"


def test_bytes_that_no_encoding_fits() -> None:
    noise = random.Random(7)
    data = bytes(noise.choice(range(0x80, 0x100)) for _ in range(3000))
    assert code_of(data) == "R03"
    assert code_of(codecs.BOM_UTF16_LE + b"a") == "R03"


def test_an_endless_line() -> None:
    assert code_of(b"a" * (LONGEST_LINE + 1)) == "R05"
    assert len(decode(b"a" * LONGEST_LINE)[0]) == LONGEST_LINE


def test_a_declared_encoding_is_believed_only_where_it_fits() -> None:
    assert decode_as("été".encode("cp1252"), "iso-8859-1") == ("été", "cp1252", [])
    assert decode_as("été".encode("cp1252"), "utf-8") is None
    assert decode_as("été".encode(), "iso-8859-1") is None  # a page that declares what it was before
    assert decode_as(b"x", "no-such-encoding") is None
    assert decode_as(codecs.BOM_UTF8 + b"x", "latin-1") is None
