# ruff: noqa: E501
"""A small typesetter for tests: pages of French prose in columns, justified, with broken words."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

PROSE = (
    "L'échelon local du service médical a poursuivi en 2021 son accompagnement des professionnels de santé "
    "malgré une situation sanitaire difficile. Les praticiens-conseils ont rencontré 1 248 médecins généralistes "
    "et 317 chirurgiens-dentistes, soit une progression de 6,4 % par rapport à l'année précédente. "
    "Les visites de confraternité ont porté sur la pertinence des prescriptions, la coordination des parcours "
    "et la prévention de la désinsertion professionnelle.",
    "La plateforme téléphonique régionale a reçu 58 412 appels, dont 91,7 % ont trouvé une réponse immédiate. "
    "Le délai moyen d'instruction des demandes administratives est passé de 12 jours à 9 jours grâce à la "
    "dématérialisation des dossiers et à la réorganisation des équipes. Au total, 2 304 861 habitants sont "
    "couverts par les sept départements de la région, pour une superficie de 39 151 kilomètres carrés.",
    "Le budget consacré à la formation professionnelle atteint 412 350 euros. Quarante-deux agents ont suivi un "
    "parcours diplômant et 187 personnes ont participé à une action collective. L'accompagnement administratif "
    "des établissements hospitaliers a mobilisé quatre pharmaciens-conseils pendant six mois, avec une attention "
    "particulière portée à la qualité de la relation avec les assurés et avec chaque chirurgien-dentiste.",
    "Les contrôles de facturation ont conduit à notifier 1 093 indus pour un montant de 3 871 204 euros. "
    "La commission des pénalités s'est réunie à onze reprises et a examiné 76 dossiers, parmi lesquels "
    "23 ont donné lieu à un avertissement. Une expérimentation conduite avec les infirmières libérales a permis "
    "de réduire de 14 % les anomalies constatées lors des vérifications préalables au paiement.",
)
"""Paragraphs with figures, in the words of no report."""

_SYLLABLE = re.compile(r"(?<=[aeiouyéèêàâîôû])(?=[bcdfgjklmnpqrstvx][aeiouyéèêàâîôû])")


def pdf(draw: Callable[[Canvas], None], size: tuple[float, float] = A4, **options: object) -> bytes:
    """The bytes of a PDF that `draw` drew; it calls `showPage` itself between pages."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def break_lines(text: str, width: float, font: str, size: float, hyphenate: bool) -> list[list[str]]:
    """Greedy line breaking; with `hyphenate` long words break between syllables."""
    lines: list[list[str]] = [[]]

    def fits(words: list[str]) -> bool:
        return stringWidth(" ".join(words), font, size) <= width

    for word in text.split(" "):
        if fits([*lines[-1], word]):
            lines[-1].append(word)
            continue
        if hyphenate and word.isalpha() and len(word) > 6:
            for match in reversed(list(_SYLLABLE.finditer(word))):
                if 2 <= match.start() <= len(word) - 3 and fits([*lines[-1], word[: match.start()] + "-"]):
                    lines[-1].append(word[: match.start()] + "-")
                    word = word[match.start() :]
                    break
        elif "-" in word.strip("-"):
            head, tail = word.split("-", 1)
            if fits([*lines[-1], head + "-"]):
                lines[-1].append(head + "-")
                word = tail
        lines.append([word])
    return [line for line in lines if line]


def set_lines(
    canvas: Canvas, lines: Iterable[list[str]], x: float, y: float, width: float, size: float, justify: bool
) -> float:
    """Draw lines from `y` down; justified lines are set word by word. Returns the next baseline."""
    font = "Helvetica"
    canvas.setFont(font, size)
    lines = list(lines)
    for number, words in enumerate(lines):
        natural = sum(stringWidth(word, font, size) for word in words)
        space = stringWidth(" ", font, size)
        if justify and number < len(lines) - 1 and len(words) > 1:
            space = (width - natural) / (len(words) - 1)
        at = x
        for word in words:
            canvas.drawString(at, y, word)
            at += stringWidth(word, font, size) + space
        y -= 1.25 * size
    return y


def columns(
    canvas: Canvas,
    paragraphs: Iterable[str],
    boxes: list[tuple[float, float, float, float]],
    size: float = 9.5,
    justify: bool = True,
    hyphenate: bool = True,
) -> None:
    """Pour paragraphs through `boxes` (x, top y, width, bottom y), going on in the next one."""
    number = 0
    x, y, width, floor = boxes[number]
    for text in paragraphs:
        lines = break_lines(text, width, "Helvetica", size, hyphenate)
        while lines:
            room = int((y - floor) / (1.25 * size)) + 1
            now, lines = lines[:room], lines[room:]
            if lines:  # the last line set here is no paragraph's last
                y = set_lines(canvas, [*now, [""]], x, y, width, size, justify)
                number += 1
                x, y, width, floor = boxes[number]
            else:
                y = set_lines(canvas, now, x, y, width, size, justify) - 0.6 * size
