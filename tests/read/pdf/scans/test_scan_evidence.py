"""Scanned pages, what the engine does not tell: holes of digits, white, marks, the way up, shades."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from rapextract.read.pdf.page.geometry import PageFrame
from rapextract.read.pdf.scans.ink import (
    DARK,
    Part,
    has_other_holes,
    mended,
    own_rows,
    stretches_of,
    whole_digits,
)
from rapextract.read.pdf.scans.leaders import leaders_of, without_leaders
from rapextract.read.pdf.scans.marks import is_spot, mark_at_head
from rapextract.read.pdf.scans.ocr import OcrReader
from rapextract.read.pdf.scans.ocrwords import OcrWord, glyphs_of, lines_of, put_back_leaders, put_back_marks
from rapextract.read.pdf.scans.scan import Scan, lies_on_side, scan_of
from rapextract.read.pdf.scans.shades import shades_of

from ..typeset import pdf
from .test_scans import WIDTH, ink_of, page, soiled

Box = tuple[int, int, int, int]


def number(text: str, font: str, noise: float = 0.0) -> tuple[npt.NDArray[np.uint8], Box]:
    """A picture at 300 dots per inch with one word on it, and the word's box."""
    with pypdfium2.PdfDocument(pdf(lambda canvas: _put(canvas, text, font))) as document:
        picture = document[0].render(scale=300 / 72).to_pil().convert("L")
    down, across = np.nonzero(np.asarray(picture) < 140)
    box = int(across.min()), int(down.min()), int(across.max()) + 1, int(down.max()) + 1
    return np.asarray(soiled(picture, 0.0, noise)), box


def _put(canvas: Canvas, text: str, font: str) -> None:
    canvas.setFont(font, 10)
    canvas.drawString(60, 600, text)


# Digits -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Helvetica-Bold", "Courier"])
@pytest.mark.parametrize(
    ("printed", "taken", "other"),
    [
        ("3", "8", True), ("52", "92", True), ("84", "34", True), ("417", "41%", True), ("6", "8", True),
        ("3", "3", False), ("86 809", "86809", False), ("100%", "100%", False),
        ("12,50", "12,50", False), ("7.", "7.", False), ("3", "5", False), ("8", "Csam", False),
    ],
)  # fmt: skip
def test_digits_have_the_holes_that_their_ink_shows(font: str, printed: str, taken: str, other: bool) -> None:
    grey, box = number(printed, font, noise=8.0)
    assert has_other_holes(taken, grey, box) == other


def test_a_digit_that_its_box_cuts_is_seen_whole() -> None:
    grey, (x0, top, x1, bottom) = number("10", "Helvetica")
    assert not has_other_holes("10", grey, (x0, top, x1 - 9, bottom))


@pytest.mark.parametrize(("text", "end"), [("3", 0), ("mois3", 0), ("3mois", -9), ("site", -9)])
def test_the_box_of_a_number_ends_with_the_ink_of_its_digit(text: str, end: int) -> None:
    grey, (x0, top, x1, bottom) = number("3", "Helvetica")
    assert whole_digits(text, grey[top:bottom] < DARK, x0, x1 - 9) == (x0, x1 + end)


def test_a_box_takes_no_other_digit_that_touches_its_own() -> None:
    grey, (x0, top, x1, bottom) = number("30", "Helvetica")
    grey = grey.copy()
    middle = (x0 + x1) // 2
    grey[bottom - 8, x0:x1] = 0
    assert whole_digits("3", grey[top:bottom] < DARK, x0, middle) == (x0, middle)


def test_digits_that_touch_or_break_are_not_told_by_their_holes() -> None:
    grey, (x0, top, x1, bottom) = number("60", "Helvetica")
    filled = grey.copy()
    filled[(top + bottom) // 2, x0:x1] = 0
    assert not has_other_holes("88", filled, (x0, top, x1, bottom))
    broken = grey.copy()
    broken[top : top + 8, (x0 + x1) // 2 :] += (200 - broken[top : top + 8, (x0 + x1) // 2 :]) // 2
    assert not has_other_holes("60", broken, (x0, top, x1, bottom))


@pytest.mark.parametrize(("taken", "other"), [("0,7%", False), ("8,7%", True), ("8,7", False)])
def test_a_digit_that_broke_at_its_thin_strokes_is_seen_whole(taken: str, other: bool) -> None:
    grey, (x0, top, x1, bottom) = number("0,7%", "Times-Roman")
    pale = grey.copy()
    for edge in (slice(top, top + 3), slice(bottom - 8, bottom)):  # where the zero and the rings are thin
        rows = pale[edge, x0:x1]
        rows[rows < DARK + 20] = DARK + 20
    assert has_other_holes(taken, pale, (x0, top, x1, bottom)) == other


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize(
    ("printed", "taken", "words"),
    [
        ("2 Gestionnaires", "2Gestionnaires", ["2", "Gestionnaires"]),
        ("14 élus", "14élus", ["14", "élus"]),
        ("1 IDE", "1IDE", ["1", "IDE"]),
        ("2Gest", "2Gest", ["2Gest"]),
        ("12 km", "12km", ["12km"]),
    ],
)
def test_white_parts_a_number_from_what_it_counts(
    font: str, printed: str, taken: str, words: list[str]
) -> None:
    assert [word for word, _, _ in mended(taken, ink_of(printed, font))] == words


def test_words_have_the_white_of_their_letters() -> None:
    words = [OcrWord("1", 50, 100, 54, 107.4, 95.0), OcrWord("644", 58, 100, 74, 107.4, 95.0)]
    glyphs = glyphs_of([words]).glyphs
    assert 3.0 < glyphs.x0[2] - glyphs.x1[0] < 3.5


# Marks --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mark", "words"), [("•", [["•", "Gestionnaires"]]), ("l", [["Q"], ["Gestionnaires"]])]
)
def test_a_mark_read_as_a_line_of_its_own_belongs_to_its_item(mark: str, words: list[list[str]]) -> None:
    grey = np.full((200, 500), 255, dtype=np.uint8)
    ink = ink_of(mark, "Helvetica")
    top = 84 - ink.shape[0] - (8 if mark == "•" else 0)
    grey[top : top + ink.shape[0], 60 : 60 + ink.shape[1]][ink] = 0
    grey[54:84, 100:300:3] = 0
    found = {
        "text": ["Q", "Gestionnaires"], "conf": [70, 95], "left": [60, 100], "top": [top, 54],
        "width": [ink.shape[1], 200], "height": [ink.shape[0], 30],
        "block_num": [1, 2], "par_num": [1, 1], "line_num": [1, 1],
    }  # fmt: skip
    scan = Scan(grey, 0.25, 0.0)
    assert [[word.text for word in line] for line in lines_of(found, scan.whole, scan)] == words


@pytest.mark.parametrize(
    ("sign", "gap", "texts", "words"),
    [
        ("•", 14, ["Gestionnaires"], ["•", "Gestionnaires"]),
        ("•", 14, ["26", "juristes"], ["•", "26", "juristes"]),
        ("•", 14, ["26"], ["26"]),  # a point beside a cell of a table
        ("•", 2, ["Gestionnaires"], ["Gestionnaires"]),  # it touches the word: a part of it
        ("•", 120, ["Gestionnaires"], ["Gestionnaires"]),  # it stands far off
        (".", 14, ["Gestionnaires"], ["Gestionnaires"]),  # a full stop ends something else
        ("l", 14, ["Gestionnaires"], ["Gestionnaires"]),
        ("••", 14, ["Gestionnaires"], ["Gestionnaires"]),  # leaders
    ],
)
def test_a_mark_that_the_engine_passed_over_is_put_back(
    sign: str, gap: int, texts: list[str], words: list[str]
) -> None:
    grey = np.full((200, 600), 255, dtype=np.uint8)
    ink = ink_of(sign, "Helvetica")
    low, left = 84 - (0 if sign == "." else 8), 200 - gap - ink.shape[1]
    grey[low - ink.shape[0] : low, left : left + ink.shape[1]][ink] = 0
    grey[54:84, 200:400:3] = 0
    scan = Scan(grey, 0.25, 0.0)
    line = [OcrWord(text, 50.0 + 60 * k, 13.5, 100.0 + 60 * k, 21.0, 95.0) for k, text in enumerate(texts)]
    put_back_marks([line], scan)
    assert [word.text for word in line] == words
    put_back_marks([line], scan)
    assert [word.text for word in line] == words  # once


def test_the_edge_of_a_panel_before_a_mark_that_the_engine_passed_over() -> None:
    grey = np.full((200, 600), 255, dtype=np.uint8)
    grey[:, 120:126] = 0
    grey[66:76, 174:184][np.hypot(*np.mgrid[-4.5:5, -4.5:5]) < 4.7] = 0  # noise ate into it
    grey[54:84, 200:400:3] = 0
    line = [OcrWord("2", 50.0, 13.5, 52.5, 21.0, 95.0), OcrWord("juristes", 54.0, 13.5, 100.0, 21.0, 95.0)]
    put_back_marks([line], Scan(grey, 0.25, 0.0))
    assert [word.text for word in line] == ["•", "2", "juristes"]


def typed(printed: str, texts: list[str], font: str, noise: float = 0.0) -> list[str]:
    """The words of a line `printed`, whose stretches the engine read as `texts`; "" is one unread."""
    grey, (x0, top, x1, bottom) = number(printed, font, noise)
    stretches = stretches_of(grey[top:bottom, x0:x1] < DARK)
    assert len(stretches) == len(texts)
    boxes = [(x0 + start, top, x0 + end, bottom) for start, end in stretches]
    found = told([(text, 90, box) for text, box in zip(texts, boxes, strict=True) if text])
    scan = Scan(grey, 72 / 300, 0.0)
    (line,) = lines_of(found, scan.whole, scan)
    return [word.text for word in line]


@pytest.mark.parametrize("noise", [0.0, 8.0])
@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize(
    ("printed", "taken", "words"),
    [
        ("4 élus • 9 halles", ["4", "élus", "e", "9", "halles"], ["4", "élus", "•", "9", "halles"]),
        ("4 élus • 9 halles", ["4", "élus", "", "9", "halles"], ["4", "élus", "•", "9", "halles"]),
        ("4 élus · 9 halles", ["4", "élus", ":", "9", "halles"], ["4", "élus", "·", "9", "halles"]),
        ("4 élus · 9 halles", ["4", "élus", "", "9", "halles"], ["4", "élus", "·", "9", "halles"]),
        ("élus - 9 halles", ["élus", "-", "9", "halles"], ["élus", "-", "9", "halles"]),
        ("élus : 9 halles", ["élus", ":", "9", "halles"], ["élus", ":", "9", "halles"]),
        ("élus . 9 halles", ["élus", ".", "9", "halles"], ["élus", ".", "9", "halles"]),
        ("élus à 9 halles", ["élus", "à", "9", "halles"], ["élus", "à", "9", "halles"]),
        ("4 élus •", ["4", "élus", "e"], ["4", "élus", "•"]),
    ],
)
def test_dots_between_words_are_told_by_their_ink(
    printed: str, taken: list[str], words: list[str], font: str, noise: float
) -> None:
    assert typed(printed, taken, font, noise) == words


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
@pytest.mark.parametrize(
    ("printed", "taken", "words"),
    [
        ("- 86%", ["-", "86%"], ["-", "86%"]),
        ("– 86%", ["–", "86%"], ["–", "86%"]),
        (". 86%", ["-", "86%"], ["86%"]),  # a speck on the line
    ],
)
def test_a_speck_makes_no_number_negative(
    printed: str, taken: list[str], words: list[str], font: str
) -> None:
    assert typed(printed, taken, font) == words


def test_a_dash_before_a_count_is_parted_from_it() -> None:
    grey, (x0, top, x1, bottom) = number("- 7 ISM", "Times-Roman")
    found = told([("-71SM", 57, (x0, top, x1, bottom))])
    scan = Scan(grey, 72 / 300, 0.0)
    (line,) = lines_of(found, scan.whole, scan)
    assert [word.text for word in line] == ["-", "7", "ISM"]
    assert mark_at_head(ink_of("-7", "Times-Roman")) is None  # a sign of the number


# Second looks -------------------------------------------------------------------------------------
class Answers:
    """An engine that answers by what it is shown: `page` for a page, the next of `looks` for a part of it."""

    def __init__(self, page: list[tuple[str, int, Box]], looks: list[list[tuple[str, int]]]):
        self.page = page
        self.looks = iter(looks)

    def turn(self, picture: Any) -> int:
        return 0

    def read(self, pictures: Sequence[Any], mode: int, resolution: int) -> list[dict[str, list[Any]]]:
        return [self.answer(picture) for picture in pictures]

    def answer(self, image: Any) -> dict[str, list[Any]]:
        if image.width > 1500:
            return told(self.page)
        look = next(self.looks)
        edges = stretches_of(np.asarray(image) < DARK)
        if len(edges) != len(look):
            edges = [(20, image.width - 20)] * len(look)
        return told(
            [(*word, (x0, 20, x1, image.height - 20)) for word, (x0, x1) in zip(look, edges, strict=True)]
        )


def told(words: list[tuple[str, int, Box]]) -> dict[str, list[Any]]:
    """An engine's answer with these words."""
    boxes = [box for _, _, box in words]
    return {
        "text": [text for text, _, _ in words], "conf": [confidence for _, confidence, _ in words],
        "left": [box[0] for box in boxes], "top": [box[1] for box in boxes],
        "width": [box[2] - box[0] for box in boxes], "height": [box[3] - box[1] for box in boxes],
        "block_num": [1] * len(words), "par_num": [1] * len(words), "line_num": [box[1] for box in boxes],
    }  # fmt: skip


def read(
    printed: str,
    words: list[tuple[str, int]],
    looks: list[list[tuple[str, int]]],
    sure: int = 96,
    engine: type[Answers] = Answers,
) -> tuple[str, str]:
    """What a line `printed` on a page says whose `words` were read so, and its doubtful characters.

    An empty word was not read; the last takes the rest of the line. The `engine` answers with `looks`.
    Below it stands a word that was read with `sure` per cent of confidence.
    """

    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(60, 600)
        line.setFont("Helvetica", 10)
        line.setWordSpace(-0.8)  # as narrow as a space before a sign is set
        line.textOut(printed)
        canvas.drawText(line)
        canvas.drawString(60, 500, "Fonctionnement")

    with pypdfium2.PdfDocument(pdf(draw)) as document:
        picture = document[0].render(scale=300 / 72).to_pil().convert("L")
    ink = np.asarray(picture) < DARK
    page: list[tuple[str, int, Box]] = []
    for line, (start, end) in ((words, (900, 1200)), ([("Fonctionnement", sure)], (1300, 1600))):
        rows = np.flatnonzero(ink[start:end].any(axis=1)) + start
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        stretches = stretches_of(ink[top:bottom])
        ends = [end for _, end in stretches[: len(line) - 1]] + [stretches[-1][1]]
        boxes = [(x0, top, x1, bottom) for (x0, _), x1 in zip(stretches, ends, strict=False)]
        page += [(*word, box) for word, box in zip(line, boxes, strict=True) if word[0]]
    found = OcrReader(engine(page, looks)).read(picture, 1, _frame(595.0, 842.0))
    assert found is not None
    text = "".join(map(chr, found.content.glyphs.unicode))
    text = text.replace("Fonctionnement", "")
    return text, "".join(text[k] for k in sorted(found.doubtful))


@pytest.mark.parametrize(
    ("sure", "looks", "doubtful"),
    [
        (95, [], ""),
        (86, [("75", 88), ("75", 60), ("75", 91), ("75", 70)], ""),
        (86, [("75", 70), ("75", 96), ("75", 70), ("75", 70)], "75"),
        (86, [("75", 96), ("75", 96), ("75", 96), ("15", 90)], "75"),
        (86, [("", 0), ("7,5", 96), ("75", 96), ("75", 96)], "75"),
    ],
)
def test_where_a_page_reads_badly_two_more_looks_vouch_for_a_number(
    sure: int, looks: list[tuple[str, int]], doubtful: str
) -> None:
    shown = [[look] if look[0] else [] for look in looks]
    assert read("75 lots", [("75", sure), ("lots", sure)], shown, sure) == ("75 lots", doubtful)


def test_words_that_are_misread_together_are_read_one_by_one() -> None:
    looks = [[("21SM", 60)]] * 3 + [[("2", 96)]] * 3 + [[("ISM", 93)]] * 3
    assert read("2 ISM", [("Z1SM", 70)], [*looks]) == ("2 ISM", "")


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ([("40", 95), ("%", 94)], ("40 %", "")), ([("40", 95), ("%", 70)], ("40 %", "")),
        ([("40", 95), ("%", 50)], ("40", "40")), ([("405", 95)], ("40", "40")), ([("40", 95)], ("40", "40")),
    ],
)  # fmt: skip
def test_what_was_left_beside_a_number_is_read_with_it(
    look: list[tuple[str, int]], expected: tuple[str, str]
) -> None:
    unread: list[list[tuple[str, int]]] = [[]] * 4
    assert read("40 %", [("40", 95), ("", 0)], [*unread, look, look, look]) == expected


def test_a_word_beside_a_number_that_is_read_again_with_it_is_there_once() -> None:
    class Wider(Answers):
        def answer(self, image: Any) -> dict[str, list[Any]]:
            found = super().answer(image)
            if found["text"] == ["40", "%"]:
                for column, value in told([("au", 96, (-45, 20, 0, image.height - 20))]).items():
                    found[column].insert(0, *value)
            return found

    looks: list[list[tuple[str, int]]] = [*[[]] * 4, *[[("40", 96), ("%", 96)]] * 3]
    assert read("au 40 %", [("au", 96), ("40", 95), ("", 0)], looks, engine=Wider) == ("au 40 %", "")


def test_what_was_left_behind_the_mark_of_a_list_item_is_read_without_it() -> None:
    looks = [[("4", 96), ("cadres", 95)]] * 3
    assert read("• 4 cadres", [("", 0)], looks) == ("• 4 cadres", "")


def test_words_read_one_by_one_are_shown_without_the_mark_before_them() -> None:
    unread: list[list[tuple[str, int]]] = [[]] * 3
    looks = [*unread, *[[("4", 96)]] * 3, *[[("ISM", 95)]] * 3]
    assert read("• 4 ISM", [("e4SM", 70)], looks) == ("• 4 ISM", "")


def test_of_what_was_left_a_word_may_be_less_sure_than_a_number() -> None:
    around: list[list[tuple[str, int]]] = [[]]
    assert read("lots", [("", 0)], [[("lots", 70)]] * 3) == ("lots", "")
    assert read("42", [("", 0)], [[("42", 70)]] * 3 + around) == ("", "")


def test_what_is_not_read_alone_is_read_with_what_stands_around_it_once() -> None:
    unread: list[list[tuple[str, int]]] = [[]] * 6
    around = [[("31", 96)], [("1", 96), ("52", 96)]]  # the edge of the other number shows
    assert read("31      52", [("", 0)], [*unread, *around]) == ("3152", "")


def ring(height: int) -> npt.NDArray[np.bool_]:
    """The ink of a ring."""
    across = np.hypot(*np.mgrid[0.5 - height / 2 : height / 2, 0.5 - height / 2 : height / 2])
    return (across < height / 2) & (across > height / 2 - 2.5)


@pytest.mark.parametrize(("top", "is_mark"), [(8, True), (12, True), (0, False), (19, False)])
def test_a_ring_on_the_middle_of_a_line_is_a_mark(top: int, is_mark: bool) -> None:
    ink = np.zeros((30, 40), dtype=np.bool_)
    ink[top : top + 11, :11] = ring(11)
    ink[:, 28:38] = True
    assert (mark_at_head(ink) is not None) == is_mark  # one raised is of degrees, one on the line an o


@pytest.mark.parametrize("taken", ["o", "°", "©"])
def test_a_ring_read_as_a_letter_is_a_mark(taken: str) -> None:
    grey = np.full((200, 600), 255, dtype=np.uint8)
    grey[63:74, 60:71][ring(11)] = 0
    grey[54:84, 100:300:3] = 0
    # The engine's box of the sign ends within it.
    found = told(
        [(taken, 70, (62, 63, 71, 74)), ("7", 95, (100, 54, 118, 84)), ("lots", 95, (130, 54, 300, 84))]
    )
    found["line_num"] = [1, 1, 1]
    scan = Scan(grey, 0.25, 0.0)
    (line,) = lines_of(found, scan.whole, scan)
    assert [word.text for word in line] == ["•", "7", "lots"]


@pytest.mark.parametrize(("top", "bottom", "is_mark"), [(18, 28, True), (18, 29, True), (24, 31, False)])
def test_a_mark_may_end_a_little_above_the_line(top: int, bottom: int, is_mark: bool) -> None:
    assert is_spot(Part(0, 11, top, bottom, 0.8), 31, 31) == is_mark


# Pages --------------------------------------------------------------------------------------------
class Title(Answers):
    """An engine that finds one word at a place of any picture."""

    def __init__(self, left: int, top: int):
        super().__init__([("Bilan", 96, (left, top, left + 80, top + 24))], [])

    def answer(self, image: Any) -> dict[str, list[Any]]:
        return told(self.page)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0.0, 1.2])
def test_lines_that_run_up_or_down_lie_on_their_side(turn: int, angle: float) -> None:
    picture = soiled(page(), angle, 8.0, 235).rotate(turn, expand=True)
    width = 842.0 if turn in (90, 270) else WIDTH
    assert lies_on_side(scan_of(picture, width)) == (turn in (90, 270))


@pytest.mark.parametrize("lean", [0.0, 0.6])
def test_a_page_of_few_lines_in_a_dark_border_does_not_lie_on_its_side(lean: float) -> None:
    with pypdfium2.PdfDocument(
        pdf(lambda canvas: canvas.drawString(60, 700, "Les halles du plan"))
    ) as document:
        picture = document[0].render(scale=200 / 72).to_pil().convert("L")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 12, picture.height), fill=0)
    assert not lies_on_side(scan_of(picture.rotate(lean, fillcolor=0), WIDTH))


def test_a_page_on_its_side_is_turned_before_it_is_read() -> None:
    shown: list[tuple[int, int]] = []

    class Turned(Title):
        def turn(self, picture: Any) -> int:
            return 270

        def read(self, pictures: Sequence[Any], mode: int, resolution: int) -> list[dict[str, list[Any]]]:
            shown.extend(picture.size for picture in pictures)
            return super().read(pictures, mode, resolution)

    assert (
        OcrReader(Turned(250, 340)).read(page().rotate(-90, expand=True), 1, _frame(842.0, 595.0)) is not None
    )
    assert shown[0] == page().size


@pytest.mark.parametrize(("confidence", "asked"), [(60, False), (40, True)])
def test_which_way_is_up_is_asked_where_hardly_anything_is_read(confidence: int, asked: bool) -> None:
    class Asked(Title):
        turns = 0

        def turn(self, picture: Any) -> int:
            self.turns += 1
            return 0

    engine = Asked(170, 284)
    engine.page = [("Bilan", confidence, (170, 284, 250, 308))]
    OcrReader(engine).read(page(), 1, _frame(595.0, 842.0))
    assert (engine.turns > 0) == asked


def _frame(width: float, height: float) -> PageFrame:
    return PageFrame(0.0, 0.0, width, height, 0)


def shaded(ground: int, shadow: float = 0.0) -> Any:
    """A page of prose with a box of 200 by 120 points shaded `ground`, under light that falls off."""

    mask = Image.new("L", page().size, 255)
    scale = mask.width / WIDTH
    ImageDraw.Draw(mask).rectangle([round(edge * scale) for edge in (60, 100, 260, 220)], fill=ground)
    levels = np.minimum(np.asarray(page()), np.asarray(mask)).astype(np.float32)
    fall = 1 - shadow * np.linspace(0, 1, levels.shape[1], dtype=np.float32)
    return Image.fromarray((levels * fall).astype(np.uint8))


@pytest.mark.parametrize("shadow", [0.0, 0.25])
@pytest.mark.parametrize("noise", [0.0, 6.0])
def test_a_shaded_box_shows_on_all_sides_also_in_uneven_light(shadow: float, noise: float) -> None:
    scan = scan_of(soiled(shaded(236, shadow), 0.0, noise), WIDTH)
    ((x0, top, x1, bottom),) = scan.shades
    assert (x0, top, x1, bottom) == pytest.approx((60, 100, 260, 220), abs=3.0)


@pytest.mark.parametrize("ground", [255, 253])
def test_a_shadow_over_a_page_is_no_box(ground: int) -> None:
    assert not shades_of(soiled(shaded(ground, 0.3), 0.0, 6.0), 72 / 200)


def _with_boxes(*boxes: tuple[float, float, float, float, int]) -> list[tuple[float, ...]]:
    """The shaded boxes of a page on which boxes with their grey are drawn, one over the other."""
    picture = Image.new("L", page().size, 255)
    scale = picture.width / WIDTH
    for *edges, ground in boxes:
        ImageDraw.Draw(picture).rectangle([round(edge * scale) for edge in edges], fill=ground)
    return shades_of(soiled(picture, 0.0, 4.0), 1 / scale)


def test_lighter_cards_on_a_shaded_box_do_not_part_it() -> None:
    cards = [
        (68 + 94 * k, 130 + 50 * row, 158 + 94 * k, 170 + 50 * row, 246) for k in (0, 1) for row in (0, 1)
    ]
    (box,) = _with_boxes((60, 100, 260, 300, 225), *cards)
    assert box == pytest.approx((60, 100, 260, 300), abs=3.0)


def test_shaded_boxes_below_each_other_stay_apart() -> None:
    assert len(_with_boxes((60, 100, 260, 160, 225), (60, 172, 260, 300, 225))) == 2


def test_the_shaded_boxes_of_a_scan_are_grounds_of_its_page() -> None:
    read = OcrReader(Title(170, 284)).read(shaded(230), 1, _frame(595.0, 842.0))
    assert read is not None
    (ground,) = read.content.rounded
    assert (ground.x0, ground.top) == pytest.approx((60, 100), abs=3.0) and ground.colour < 0xFFFFFF


# Lines --------------------------------------------------------------------------------------------
def test_what_reaches_in_from_the_next_line_is_no_part_of_a_word() -> None:
    dark = np.zeros((60, 200), dtype=bool)
    dark[10:30, 20:90:3] = True
    dark[36:60, 40:46] = True  # the stem of a letter below, that a box down to 40 cuts
    assert own_rows(dark, (20, 10, 90, 40)) == (10, 30)
    dark[36:60, 40:46] = False
    dark[5:8, 30:36] = True  # an accent, which does not go on beyond the box
    assert own_rows(dark, (20, 5, 90, 30)) == (5, 30)
    assert own_rows(dark, (20, 9, 90, 31)) == (9, 31)  # hardly higher than its ink
    assert own_rows(dark, (100, 10, 150, 30)) == (10, 30)  # no ink at all


def lines_read(*words: tuple[str, int, tuple[int, int, int, int]], same_line: bool = True) -> list[list[str]]:
    """The lines that an engine's answer makes: words with confidence and left, top, right, bottom pixels."""
    grey = np.full((200, 900), 255, dtype=np.uint8)
    for _, _, (x0, top, x1, bottom) in words:
        grey[top:bottom, x0:x1:3] = 0
    found = told(list(words))
    found["line_num"] = [1] * len(words) if same_line else list(range(len(words)))
    scan = Scan(grey, 0.25, 0.0)
    return [[word.text for word in line] for line in lines_of(found, scan.whole, scan)]


def test_a_word_in_the_box_of_two_lines_is_none() -> None:
    level = [("Jardins", 95, (60, 54, 180, 84)), ("ouverts", 95, (200, 54, 320, 84))]
    assert lines_read(*level, ("ns", 40, (340, 54, 420, 130))) == [["Jardins", "ouverts"]]
    assert lines_read(*level, ("au", 40, (340, 54, 420, 100))) == [["Jardins", "ouverts", "au"]]


@pytest.mark.parametrize(("word", "kept"), [("l'allée", True), ("d’arbres,", True), ("r'%e", False)])
def test_a_word_with_an_elision_is_read_though_the_engine_doubts_it(word: str, kept: bool) -> None:
    box = (200, 54, 320, 84)
    expected = ["Jardins", word] if kept else ["Jardins"]
    assert lines_read(("Jardins", 95, (60, 54, 180, 84)), (word, 0, box)) == [expected]
    assert lines_read((word, 0, box)) == []  # alone it may be dirt


@pytest.mark.parametrize(
    ("texts", "gap", "high", "words"),
    [
        (("37,", "04", "%"), 5, 30, ["37,04", "%"]),
        (("37,", "04", "%"), 12, 30, ["37,", "04", "%"]),  # as wide as a space
        (("2020,", "12", "avis"), 5, 30, ["2020,", "12", "avis"]),  # a year is no whole part
        (("le", "37,04", "»"), 12, 30, ["le", "37,04", "%"]),
        (("le", "37,04", "»"), 12, 14, ["le", "37,04", "»"]),  # a quotation mark is low
    ],
)
def test_a_number_and_its_unit_are_whole(
    texts: tuple[str, ...], gap: int, high: int, words: list[str]
) -> None:
    first, second = 60 + 100 + gap, 60 + 160 + gap + 12
    boxes = [(60, 54, 160, 84), (first, 54, first + 60, 84), (second, 54, second + 40, 54 + high)]
    said = [(text, 95, box) for text, box in zip(texts, boxes, strict=True)]
    assert lines_read(*said) == [words]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("la", "8°", "place"), ["la", "8e", "place"]),
        (("Au", "2°", "trimestre"), ["Au", "2e", "trimestre"]),
        (("la", '1"', "halle"), ["la", "1re", "halle"]),
        (("le", "1”", "lot"), ["le", "1er", "lot"]),
        (("à", "8°", "environ"), ["à", "8°", "environ"]),
        (("le", "8°", "C"), ["le", "8°", "C"]),
        (("le", "180°", "degré"), ["le", "180°", "degré"]),
    ],
)
def test_what_is_raised_between_an_article_and_a_noun_makes_an_ordinal(
    texts: tuple[str, ...], words: list[str]
) -> None:
    boxes = [(60 + 100 * k, 54, 140 + 100 * k, 84) for k in range(3)]
    assert lines_read(*((text, 95, box) for text, box in zip(texts, boxes, strict=True))) == [words]


def test_a_number_set_large_is_in_a_size_of_its_own() -> None:
    def sizes(*words: tuple[str, float]) -> list[float]:
        line = [OcrWord(w, 50.0 * k, 80 - tall, 50.0 * k + 40, 80, 95.0) for k, (w, tall) in enumerate(words)]
        plain = [OcrWord("Serres", 50.0 * k, 92.6, 50.0 * k + 40, 100, 95.0) for k in range(5)]
        glyphs = glyphs_of([line, plain]).glyphs
        text = "".join(map(chr, glyphs.unicode))
        return [glyphs.runs[glyphs.run[text.index(word)]].size for word, _ in words]

    assert sizes(("7", 13.0), ("Halles", 7.4)) == pytest.approx([18.0, 10.0])
    assert sizes(("7", 7.4), ("Halles", 7.4)) == pytest.approx([10.0, 10.0])
    assert sizes(("7", 7.4), ("sur", 5.4)) == pytest.approx([10.0, 10.0])  # low letters
    assert sizes(("7", 13.0)) == pytest.approx([18.0])


def test_type_has_a_size_however_small_it_is() -> None:
    plain = [OcrWord("Serres", 50.0 * k, 92.6, 50.0 * k + 40, 100, 95.0) for k in range(5)]
    dust = [OcrWord("xx", 10.0, 20.0, 12.0, 20.2, 95.0)]
    assert min(run.size for run in glyphs_of([plain, dust]).glyphs.runs) >= 1


def test_a_lone_bar_is_looked_at_again() -> None:
    assert read("1", [("l", 90)], [[("1", 96)]]) == ("1", "")
    assert read("l", [("l", 90)], [[("l", 96)]] * 9) == ("l", "")


def dotted(left: int = 10, height: int = 3, pitch: int = 11) -> npt.NDArray[np.uint8]:
    """Dots at 200 dots per inch, on the line of a name that begins at `left`, and then a number."""
    grey = np.full((90, 560), 255, dtype=np.uint8)
    grey[30:54, left : left + 80 : 9] = grey[30:54, left + 1 : left + 81 : 9] = 0
    for x in range(100, 480, pitch):
        grey[54 - height : 54, x : x + 3] = 0
    grey[30:54, 500:512] = 0
    return grey


def test_a_leader_is_wiped_and_put_back_behind_its_name() -> None:
    grey, scale = dotted(), 0.36
    (leader,) = leaders_of(grey < DARK, scale)
    assert leader.count == 35
    assert leader.box == pytest.approx((36, 18.36, 171.72, 19.44))
    clean = without_leaders(grey, [leader], scale)
    assert clean[:, 95:490].min() == 255
    assert (clean[:, :95] == grey[:, :95]).all()
    assert (clean[:, 490:] == grey[:, 490:]).all()
    lines = [[OcrWord("12", 180, 10.8, 184, 19.4, 90)], [OcrWord("Agents", 3.6, 10.8, 32, 19.4, 80)]]
    put_back_leaders(lines, Scan(clean, scale, 0.0, leaders=[leader]))
    assert [[word.text for word in line] for line in lines] == [["12"], ["Agents", "." * 35]]
    assert not lines[1][1].is_number


@pytest.mark.parametrize(
    "grey",
    [
        dotted(left=470),  # a dotted ruling: nothing stands before it
        dotted(height=20),  # strokes of letters
        dotted(pitch=90),  # too far apart
        np.where(np.indices((90, 560)).sum(axis=0) % 11 < 3, 0, 255).astype(np.uint8),  # a picture's screen
    ],
)
def test_what_is_no_leader(grey: npt.NDArray[np.uint8]) -> None:
    assert leaders_of(grey < DARK, 0.36) == []
