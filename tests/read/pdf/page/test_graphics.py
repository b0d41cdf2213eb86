"""What the paths of a page show: rulings, filled rectangles, boxes with round corners, clips, forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from rapextract.read.pdf.page.content import Fill, PageContent, Ruling
from rapextract.read.pdf.page.file import PdfFile

from ..typeset import pdf

HEIGHT = A4[1]


def page_of(draw: Callable[[Canvas], None]) -> PageContent:
    """The first page that `draw` makes, with its graphics read."""
    with PdfFile(pdf(draw)) as file, file.page(1) as page:
        _ = page.rulings
        return page


def box(fill: Fill) -> tuple[float, float, float, float]:
    return tuple(round(edge, 1) for edge in (fill.x0, fill.top, fill.x1, fill.bottom))  # type: ignore[return-value]


def line(ruling: Ruling) -> tuple[bool, float, float, float]:
    return (ruling.horizontal, *(round(v, 1) for v in (ruling.position, ruling.start, ruling.end)))  # type: ignore[return-value]


def test_a_thin_filled_rectangle_is_a_ruling_a_thick_one_a_fill() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(100, 700, 200, 0.5, stroke=0, fill=1)
        canvas.rect(100, 600, 0.5, 80, stroke=0, fill=1)
        canvas.rect(100, 500, 200, 50, stroke=0, fill=1)

    page = page_of(draw)
    assert [line(ruling) for ruling in page.rulings] == [
        (True, round(HEIGHT - 700.25, 1), 100.0, 300.0),
        (False, 100.2, round(HEIGHT - 680, 1), round(HEIGHT - 600, 1)),
    ]
    assert [box(fill) for fill in page.fills] == [
        (100.0, round(HEIGHT - 550, 1), 300.0, round(HEIGHT - 500, 1))
    ]
    assert {ruling.colour for ruling in page.rulings} == {0xFF0000}


def test_a_figure_that_is_closed_has_its_last_side() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(100, 500)
        path.lineTo(300, 500)
        path.lineTo(300, 600)
        path.lineTo(100, 600)
        path.close()
        canvas.drawPath(path, stroke=1, fill=0)

    rulings = page_of(draw).rulings
    assert sorted((ruling.horizontal, round(ruling.position)) for ruling in rulings) == [
        (False, 100), (False, 300), (True, round(HEIGHT - 600)), (True, round(HEIGHT - 500)),
    ]  # fmt: skip


def test_subpaths_of_one_path_are_told_apart() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(100, 500, 50, 20)
        path.circle(400, 400, 30)  # no line, no box
        path.rect(200, 500, 50, 20)
        canvas.drawPath(path, stroke=0, fill=1)

    page = page_of(draw)
    assert [box(fill)[0] for fill in page.fills] == [100.0, 200.0]
    assert page.rulings == []


def test_a_box_with_round_corners_is_kept_apart_from_fills() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.roundRect(100, 500, 200, 80, 8, stroke=0, fill=1)
        canvas.roundRect(100, 400, 30, 15, 4, stroke=0, fill=1)  # too small to hold text

    page = page_of(draw)
    assert [box(fill)[:3] for fill in page.rounded] == [(100.0, round(HEIGHT - 580, 1), 300.0)]
    assert page.fills == []


@pytest.mark.parametrize("filled", [True, False])
def test_the_outline_of_a_letter_is_no_line(filled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        for k in range(12):  # a sign of small level and upright strokes
            path.rect(100 + 3 * k, 500, 2, 12)
        canvas.drawPath(path, stroke=not filled, fill=filled)

    page = page_of(draw)
    assert (page.rulings, page.fills) == ([], [])


def test_dashes_of_a_large_path_stay() -> None:
    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        for k in range(12):
            path.rect(100 + 10 * k, 500, 6, 0.5)
            path.rect(100 + 10 * k, 540, 6, 0.5)
        canvas.drawPath(path, stroke=0, fill=1)

    assert len(page_of(draw).rulings) == 24


def test_clips_cut_what_is_painted_under_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        for corner in ((120, 400, 100, 200), (100, 450, 300, 300)):  # one inside the other: both hold
            clip = canvas.beginPath()
            clip.rect(*corner)
            canvas.clipPath(clip, stroke=0, fill=0)
        canvas.rect(100, 420, 200, 60, stroke=0, fill=1)
        canvas.line(50, 500, 500, 500)
        canvas.restoreState()
        canvas.rect(100, 300, 200, 60, stroke=0, fill=1)

    page = page_of(draw)
    assert [box(fill) for fill in page.fills] == [
        (120.0, round(HEIGHT - 480, 1), 220.0, round(HEIGHT - 450, 1)),
        (100.0, round(HEIGHT - 360, 1), 300.0, round(HEIGHT - 300, 1)),
    ]
    assert [line(ruling)[2:] for ruling in page.rulings] == [(120.0, 220.0)]


def test_objects_of_a_form_stand_where_its_matrix_puts_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("box")
        canvas.rect(0, 0, 100, 40, stroke=0, fill=1)
        canvas.setLineWidth(2)
        canvas.line(0, 60, 100, 60)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(200, 500)
        canvas.scale(2, 0.5)
        canvas.doForm("box")
        canvas.restoreState()

    page = page_of(draw)
    assert [box(fill) for fill in page.fills] == [
        (200.0, round(HEIGHT - 520, 1), 400.0, round(HEIGHT - 500, 1))
    ]
    assert [line(ruling) for ruling in page.rulings] == [(True, round(HEIGHT - 530, 1), 200.0, 400.0)]
    assert page.rulings[0].width == pytest.approx(2.0)  # its scales make up for each other
