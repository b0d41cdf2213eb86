"""`show`: a figure with its quote, and a picture of its page with its place marked."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from rapextract import defaults
from rapextract.dataset import show as told
from rapextract.dataset.open import open_dataset
from rapextract.dataset.show import Shown
from rapextract.engine.corpus import corpus_root, remembered_root
from rapextract.model import Box, Document, FigureRow, RapextractError, ReportRow
from rapextract.model.problems import (
    FIGURE_NO_PAGE,
    NO_CORPUS_KNOWN,
    OUTPUT_UNWRITABLE,
    SOURCE_CHANGED,
    SOURCE_MISSING,
)
from rapextract.read import read_document

WHITE = 4.0  # points between a block and the frame around it
AROUND, QUOTE, NUMBER = 0x3B6FB6, 0xFFE08A, 0xD1342F
"""Colours of what a figure stands in (its table or block), of its quote or row, and of the figure."""


def show(
    figure_id: str,
    outputs: str | Path = defaults.OUTPUTS,
    image: str | Path | None = None,
    corpus: str | Path | None = None,
    password: str | None = None,
) -> Shown:
    """The figure whose id is, or alone begins with, `figure_id`, from the dataset in `outputs`.

    With `image`, a PNG of its page is written there: the figure framed in red, its quote in yellow,
    its table or block framed in blue. `corpus` is the folder of the sources (default: the one that
    the dataset was made from); `password` opens an encrypted PDF.

    Raises `RapextractError`: U04 (no dataset), U05 (no such figure), U09 (several begin so); for the
    picture U01 or V20 (no corpus), U03 (it can't be written), U12 (the source has no pages), V01
    (the source is missing) and V02 (it is no longer what was read).
    """
    shown = told.show(figure_id, outputs)
    if image is not None:
        _draw(shown, Path(outputs), Path(image), corpus, password)
    return shown


def _draw(shown: Shown, outputs: Path, image: Path, corpus: str | Path | None, password: str | None) -> None:
    from rapextract.read.pdf.picture import Mark, page_picture

    figure = shown.figure
    if figure.page is None:
        raise RapextractError(FIGURE_NO_PAGE(figure_id=figure.figure_id, source=figure.source))
    root = corpus_root([Path(corpus)]) if corpus is not None else remembered_root(outputs)
    if root is None:
        raise RapextractError(NO_CORPUS_KNOWN(path=outputs))
    path = root / figure.source
    if not path.is_file():
        raise RapextractError(SOURCE_MISSING(source=figure.source))
    data = path.read_bytes()
    dataset = open_dataset(outputs)
    read = next(row for row in dataset.rows(ReportRow) if row.report_id == figure.report_id)
    if sha256(data).hexdigest() != read.sha256:
        raise RapextractError(SOURCE_CHANGED(source=figure.source))
    document = read_document(path, root, password, dataset.read_with_ocr(figure.source))
    start = figure.char_start - len(shown.before)
    marks = [
        Mark(_around(document, figure), line=AROUND),
        Mark(document.boxes(start, figure.char_end + len(shown.after)), fill=QUOTE),
        Mark(document.boxes(figure.char_start, figure.char_end), fill=NUMBER, line=NUMBER),
    ]
    picture = page_picture(data, figure.page, marks, password)
    try:
        picture.save(image, format="PNG", optimize=True)
    except OSError as error:
        raise RapextractError(OUTPUT_UNWRITABLE(path=image, reason=error.strerror or error)) from error


def _around(document: Document, figure: FigureRow) -> list[Box]:
    """The box, on the figure's page, of the block that it stands in: paragraph, panel or table."""
    for block in document.blocks:
        if block.start <= figure.char_start < block.end:
            boxes = [box for box in document.boxes(block.start, block.end) if box.page == figure.page]
            return [_hull(boxes)] if boxes else []
    return []


def _hull(boxes: Iterable[Box]) -> Box:
    boxes = list(boxes)
    return Box(
        page=boxes[0].page,
        x0=min(box.x0 for box in boxes) - WHITE,
        top=min(box.top for box in boxes) - WHITE,
        x1=max(box.x1 for box in boxes) + WHITE,
        bottom=max(box.bottom for box in boxes) + WHITE,
    )
