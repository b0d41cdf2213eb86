"""Which words of a scanned page are set in bold: an engine tells no font, but their strokes are thicker.

A stroke is twice its ink over the length of its outline, whatever way it runs. Both are taken from the grey
levels, outline as total variation (L. Rudin, S. Osher and E. Fatemi, Nonlinear total variation based noise
removal algorithms, Physica D, 1992), so that strokes of two or three pixels are measured finer than a pixel.
Measured so, the lines of one type on a page differ by some hundredths, bold is a third thicker or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from .ocrwords import Line, OcrWord, size_of, usual_size
from .scan import Scan

BLACK, WHITE = 60, 200  # of 255: what is darker is all ink, what is lighter all paper; between lie outlines
MARGIN = 2  # pixels around a word
BOLD = 1.25  # times the strokes of most of the page
FEWEST_WORDS = 40  # of a page: fewer don't tell what its usual type is
LETTERS = 3  # of a word whose strokes tell by themselves


def mark_bold(scan: Scan, lines: Sequence[Line]) -> None:
    """Note which words of a page's lines are bold; a short word is as its line."""
    measured = {id(word): _ink_and_outline(scan, word) for line in lines for word in line}
    usual_height = usual_size(lines)
    widths = [
        2 * ink / outline
        for line in lines
        if abs(size_of(line) - usual_height) < 0.2 * usual_height
        for word in line
        if len(word.text) >= LETTERS
        for ink, outline in (measured[id(word)],)
        if outline
    ]
    if len(widths) < FEWEST_WORDS:
        return
    usual = median(widths)
    for line in lines:
        least = BOLD * usual * max(1.0, size_of(line) / usual_height)
        ink, outline = (sum(sums) for sums in zip(*(measured[id(word)] for word in line), strict=True))
        as_line = 2 * ink >= least * outline > 0
        for word in line:
            ink, outline = measured[id(word)]
            word.bold = 2 * ink >= least * outline > 0 if len(word.text) >= LETTERS else as_line


def _ink_and_outline(scan: Scan, word: OcrWord) -> tuple[float, float]:
    """The ink of a word, in pixels, and the length of its outline; white letters on dark likewise."""
    x0, top, x1, bottom = (round(edge / scan.scale) for edge in (word.x0, word.top, word.x1, word.bottom))
    box = scan.grey[max(0, top - MARGIN) : bottom + MARGIN, max(0, x0 - MARGIN) : x1 + MARGIN]
    if min(box.shape) < 2:
        return 0.0, 0.0
    ink = (WHITE - np.clip(box, BLACK, WHITE).astype(np.float32)) / (WHITE - BLACK)
    if ink.mean() > 0.5:
        ink = 1 - ink
    across, down = np.diff(ink, axis=1)[:-1], np.diff(ink, axis=0)[:, :-1]
    return float(ink.sum()), float(np.hypot(across, down).sum())
