"""What a short line of a plain text looks like: a heading, a person's name, a value, an address."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

_WORD = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)*"
_PARTICLE = r"(?:de |le |la |van |von |El )?"
_NAME = re.compile(
    r"(?:Dr|Drs|Docteur|Pr|Professeur|M\.|MM\.|Mme|Mmes|Madame|Monsieur|Mlle|Me)\s+\S"
    rf"|{_WORD}\s+{_PARTICLE}{_WORD}(?:\s+{_WORD})?(?:,\s|$)"  # Marie Dupont, Marie Dupont, responsable…
)
# « Marie DUPONT », which « Indicateurs CPG » looks like too: what stands around must decide.
_NAME_IN_CAPITALS = re.compile(rf"{_WORD}\s+{_PARTICLE}[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’\-]{{2,}}(?:,\s|$)")
_FIRST_NAME_AND_JOB = re.compile(rf"{_WORD}, [\w'’]")
_ADDRESS = re.compile(
    r"\d{5}\s+[A-ZÀ-Ý]|(?:CS|BP|TSA)\s?\d|.*@|.*\bwww\.|https?:|\d+(?:\s?(?:bis|ter))?,?\s+"
    r"(?:rue|avenue|av\.|boulevard|bd|place|chemin|route|allée|quai|cours|impasse)\b",
    re.I,
)
_VALUE = re.compile(r"[:=]\s*[-+≈~<>≤≥]?\s*\d|\d\s*(?:€|%)$")
_BAD_END = (".", ";", ",", ":", "…", "-", "»", "”")
_SIGN = re.compile(r"(?:#{1,6} |[►▶▸❖■□◆◇➤➢➔⇒→✓✔●❑❏▪])\s*(?=\w)")
_CAPTION = re.compile(r"(?:sources?|figure|graphique|photo|crédits?|légende)\b", re.I)
_LABEL = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý/]{1,4}")
_NUMBERED = re.compile(
    r"(?P<word>(?:chapitre|partie|titre|annexe|fiche|axe|objectif)\s+)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])(?P<stop>\s*[.)\-–—:]+)?\s+(?P<title>\S.*)",
    re.I,
)


class Mark(StrEnum):
    """What makes a line a heading, the style by which its level is told."""

    CHAPTER = "chapter"  # « Partie 2 – … »
    ROMAN = "roman"  # « II. … »
    NUMBER = "number"  # « 2 CRISE SANITAIRE », « 2. … », « 2.1 … »
    LETTER = "letter"  # « B) … »
    CAPITALS = "capitals"
    SIGN = "sign"  # « ► … »
    PLAIN = "plain"


def unaccented(text: str) -> str:
    """A text without accents, and without ligatures."""
    return "".join(ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch))


def key(text: str) -> str:
    """A title for comparison: lower case, without accents, signs and its number."""
    words = re.findall(r"[a-z0-9]+", unaccented(text.lower()))
    return " ".join(words[1:] if len(words) > 1 and words[0].isdigit() else words)


def bare(text: str) -> str:
    """A line without the signs of emphasis and links that Markdown leaves."""
    return re.sub(r"\*\*|__|\[(?=[^\[\]]*\]\()|(?<=[^\s(])\]\([^()\s]*\)", "", text).strip()


def is_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals, and there are enough of them for a title."""
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    return len(letters) >= 6 and upper >= 0.85 * len(letters)


def is_label(text: str) -> bool:
    """Whether the line is a short form alone (« PC »), which labels what follows."""
    return _LABEL.fullmatch(bare(text)) is not None


def is_value(text: str) -> bool:
    """Whether the line ends in a value (« Effectif : 12 », « Masse salariale : 5 772 421 € »)."""
    return _VALUE.search(bare(text)) is not None


def is_name(text: str) -> bool:
    """Whether the line starts as one with a person's name does (« Projet PLEIADE » does too)."""
    return _NAME.match(bare(text)) is not None or _NAME_IN_CAPITALS.match(bare(text)) is not None


def signs_quote(text: str) -> bool:
    """Whether the line can sign a quotation: « Paul, technicien »."""
    return is_name(text) or _FIRST_NAME_AND_JOB.match(text) is not None


def numbering(text: str) -> tuple[Mark, int] | None:
    """The style and depth of a line's number, where it is surely the number of a title.

    A bare integer counts only before capitals or with its stop: « 20 agents » counts agents.
    """
    match = _NUMBERED.fullmatch(bare(text))
    if match is None or not match["title"][0].isupper() or _VALUE.search(text):
        return None
    number, depth = match["number"], match["number"].count(".") + 1
    if match["word"]:
        return Mark.CHAPTER, 1
    if number[0].isdigit():
        sure = depth > 1 or match["stop"] or is_capitals(match["title"])
        return (Mark.NUMBER, depth) if sure else None
    if not match["stop"] or not number.isupper():
        return None
    return (Mark.ROMAN, 1) if set(number) <= set("IVX") else (Mark.LETTER, 1)


def sign_of(text: str) -> str | None:
    """The sign a sub-heading starts with (« ► »), if it does."""
    match = _SIGN.match(text)
    return match.group().strip() if match else None


def can_be_title(text: str) -> bool:
    """Whether a line has the shape of a title without any mark.

    Short, begins with a capital or a year, does not end like a sentence; and is no name, address,
    value or label.
    """
    title = bare(text)
    letters = sum(map(str.isalpha, title))
    if not 3 <= letters <= 130 or len(title) > 130 or is_label(title):
        return False
    if title.endswith(_BAD_END) and not (title.endswith("..") and not title.endswith("...")):
        return False
    if not (title[0].isupper() or re.match(r"(?:19|20)\d\d\b(?!\s+\d)", title) or title[0] in '«“"'):
        return False
    return not (_ADDRESS.match(title) or _VALUE.search(title) or _NAME.match(title) or _CAPTION.match(title))
