"""The characters of a page: one array element for each character of PDFium's text page.

An array index *is* PDFium's character index, so a place in the text leads back to its glyph without
any table. What is the same for all characters of one text object (font, size, baseline, colour) is
kept once, in a `TextRun`.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from . import native
from .geometry import Floats, PageFrame

LINE_END = 0xFFFE  # what PDFium's text has where a hyphen ends a line
HIDDEN_MODES = (3, 7)  # text rendering modes that paint nothing (PDF 32000-1, table 106)
STROKED_MODES = (2, 6)  # fill and stroke: how a word processor fakes bold
BOLD_WEIGHT = 600
BOLD_NAMES = re.compile(
    r"bold|black|heavy|semibd|-demi|gras|-medi(?:ital)?$"
    r"|(?:^|\+)(?:(?:cm|cs)(?:ss)?b(?:x(?:ti|sl)?)?|(?:ec|sf)(?:bx|bi|bl|rb|sx|so|xc))\d*$"
    r"|(?:^|\+)lin(?:libertine|biolinum)[ot][bz]i?$"
)
"""Names of bold fonts, in lower case; LaTeX's say it by letters: CMBX12, SFBX1095, LinLibertineTB."""
REGULAR_NAME = "regular"  # whatever PDFium guesses of its weight from the width of its stems
ITALIC_FLAG = 1 << 6
USUAL_ASCENT, USUAL_DESCENT = 0.75, -0.25  # of an em, where a font doesn't say
LOWEST_BOX, HIGHEST_BOX = 0.75, 1.7  # of an em: believable ascent plus descent; those of symbol fonts are not


@dataclass(frozen=True, slots=True)
class Font:
    """What a font's dictionary says of it: PostScript name, and whether it looks bold or italic."""

    name: str
    bold: bool
    italic: bool
    ascent: float
    descent: float


@dataclass(slots=True)
class TextRun:
    """A text object: characters of one font, size and baseline.

    `angle` is in degrees, counter-clockwise as seen on the page, 0 for upright text. `baseline` is
    the distance of the first character's origin from the page's top (for upright text, the line's).
    `colour` is 0xRRGGBB. `hidden` text is painted by no pen: it lies under a scan, or is a trick.
    `handle` is PDFium's object, good while the page is open.
    """

    handle: native.Pointer
    size: float
    origin_x: float
    baseline: float
    angle: int
    font: Font
    bold: bool
    colour: int
    hidden: bool


@dataclass(slots=True)
class Glyphs:
    """All characters of a page, in the order of its content stream; arrays of one length.

    Boxes are *loose*: as wide as the character's advance and as high as its font's ascent and
    descent, hence equal in height along a line. `run` is the index in `runs`, -1 for the spaces and
    line ends that PDFium generates and that have no glyph.
    """

    unicode: npt.NDArray[np.uint32]
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    run: npt.NDArray[np.int32]
    runs: list[TextRun]

    def __len__(self) -> int:
        return len(self.unicode)

    def of_runs(self, name: str) -> Floats:
        """The numeric field `name` of each character's run; 0 for a generated character."""
        return np.array([*(getattr(run, name) for run in self.runs), 0], dtype=np.float64)[self.run]


def load_glyphs(text_page: native.Pointer, count: int, frame: PageFrame, fonts: dict[int, Font]) -> Glyphs:
    """Read the `count` characters of the open `text_page`; `fonts` is a cache kept by document."""
    codes = _load_codes(text_page, count)
    rectangles = np.zeros((count, 4), dtype=np.float32)  # FS_RECTF: left, top, right, bottom
    native.fill_rows(rectangles, native.get_loose_box, repeat(text_page), range(count))
    left, top, right, bottom = rectangles.astype(np.float64).T
    x0, y0, x1, y1 = frame.boxes(left, bottom, right, top)

    handles = _text_objects(text_page, codes)
    starts = run_starts(handles)
    held = handles[starts].tolist()
    first_of: dict[int, int] = {}  # the first character of each text object, in the order of the content
    for handle, start in zip(held, starts.tolist(), strict=True):
        if handle:
            first_of.setdefault(handle, start)
    number_of = {handle: number for number, handle in enumerate(first_of)}
    run = np.array([number_of.get(handle, -1) for handle in held], dtype=np.int32)
    runs = _load_runs(text_page, list(first_of.values()), list(first_of), frame, fonts)
    glyphs = Glyphs(codes, x0, y0, x1, y1, np.repeat(run, np.diff(starts, append=count)), runs)
    _mend_boxes(text_page, glyphs, frame)
    return glyphs


def run_starts(values: npt.NDArray[np.signedinteger[Any]]) -> npt.NDArray[np.intp]:
    """Where in an array each run of one value begins."""
    new = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return np.flatnonzero(new)


def _text_objects(text_page: native.Pointer, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """PDFium's text object of each character; 0 where it generated the character, as all line ends.

    Asked at the ends of lines, then at those of words, and only then of each character: what begins and
    ends in one text object stands in it.
    """
    handles = np.zeros(len(codes), dtype=np.int64)

    def ask(places: npt.NDArray[np.intp]) -> None:
        found = map(native.get_text_object, repeat(text_page), places.tolist())
        handles[places] = np.fromiter(found, dtype=np.int64, count=len(places))

    waiting = (codes != ord("\r")) & (codes != ord("\n"))
    for part in (waiting, codes != ord(" ")):
        held = np.flatnonzero(waiting & part)
        first = run_starts(held - np.arange(len(held)))  # of each line or word
        length = np.diff(first, append=len(held))
        ask(held[first])
        ask(held[first + length - 1])
        begins = handles[held[first]]
        whole = np.repeat((begins == handles[held[first + length - 1]]) & (begins != 0), length)
        handles[held[whole]] = np.repeat(begins, length)[whole]
        waiting[held[whole]] = False
    ask(np.flatnonzero(waiting))
    return handles


def _load_codes(text_page: native.Pointer, count: int) -> npt.NDArray[np.uint32]:
    """The code point of each character."""
    buffer = np.zeros(count + 2, dtype=np.uint16)
    copied = native.get_text(text_page, 0, count, native.pointer(buffer.ctypes.data))
    units = buffer[:count]
    # In one call where each character is one UTF-16 unit, as nearly always.
    if copied == count + 1 and units.all() and not ((units >= 0xD800) & (units < 0xE000)).any():
        codes = units.astype(np.uint32)
        for index in np.flatnonzero(units == LINE_END).tolist():
            codes[index] = native.get_unicode(text_page, index)
        return codes
    found = map(native.get_unicode, repeat(text_page, count), range(count))
    return np.fromiter(found, dtype=np.uint32, count=count)


def _load_runs(
    text_page: native.Pointer,
    firsts: list[int],
    addresses: list[int],
    frame: PageFrame,
    fonts: dict[int, Font],
) -> list[TextRun]:
    """The text objects at these addresses; `firsts` are their first characters."""
    count, handles = len(addresses), list(map(native.pointer, addresses))
    matrices = np.zeros((count, 6), dtype=np.float32)
    origins = np.zeros((count, 2))
    sizes = np.zeros(count, dtype=np.float32)
    channels = np.zeros((count, 4), dtype=np.uint32)
    native.fill_rows(matrices, native.get_char_matrix, repeat(text_page), firsts)
    native.fill_cells(origins, native.get_origin, repeat(text_page), firsts)
    native.fill_rows(sizes, native.get_font_size, handles)
    native.fill_cells(channels, native.get_fill_colour, handles)
    a, b, c, d = matrices[:, :4].astype(np.float64).T
    dx, dy = frame.direction(a, b)
    angles = np.rint(np.degrees(np.arctan2(-dy, dx))).astype(np.int64) % 360
    angles[(a == 0) & (b == 0)] = 0
    scale = np.hypot(c, d)
    scale[scale == 0] = 1.0
    x, y = frame.points(origins[:, 0], origins[:, 1])
    colours = native.packed_colours(channels)
    known = list(map(native.get_font, handles))
    for font in set(known) - set(fonts):
        fonts[font] = _load_font(font)
    modes = list(map(native.get_render_mode, handles))
    columns = zip(
        handles, (np.abs(sizes) * scale).tolist(), x.tolist(), y.tolist(), angles.tolist(),
        [fonts[font] for font in known], modes, colours.tolist(), strict=True,
    )  # fmt: skip
    return [
        TextRun(
            handle, size, origin_x, baseline, angle, font,
            font.bold or mode in STROKED_MODES, colour, mode in HIDDEN_MODES,
        )
        for handle, size, origin_x, baseline, angle, font, mode, colour in columns
    ]  # fmt: skip


def _load_font(address: int) -> Font:
    if not address:
        return Font("", False, False, USUAL_ASCENT, USUAL_DESCENT)
    handle = native.pointer(address)
    buffer = ctypes.create_string_buffer(256)
    native.get_font_name(handle, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace")
    folded = name.lower()
    flags = native.get_font_flags(handle)
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    native.get_font_ascent(handle, 1.0, ctypes.byref(ascent))
    native.get_font_descent(handle, 1.0, ctypes.byref(descent))
    high, low = ascent.value, descent.value
    if not LOWEST_BOX <= high - low <= HIGHEST_BOX:  # absent, or nonsense
        high, low = USUAL_ASCENT, USUAL_DESCENT
    return Font(
        name=name,
        bold=BOLD_NAMES.search(folded) is not None
        or (REGULAR_NAME not in folded and native.get_font_weight(handle) >= BOLD_WEIGHT),
        italic="italic" in folded or "oblique" in folded or bool(flags > 0 and flags & ITALIC_FLAG),
        ascent=high,
        descent=low,
    )


def _mend_boxes(text_page: native.Pointer, glyphs: Glyphs, frame: PageFrame) -> None:
    """Make loose boxes where PDFium has none: turned text, fonts without metrics.

    PDFium's loose box is right only for text that stands upright in user space; elsewhere it is
    empty or the ink's box. There the box goes from the ink along the line, as wide as the character
    where that is told, and from the font's ascent and descent across it.
    """
    if not glyphs.runs:
        return
    size = glyphs.of_runs("size")
    angle = glyphs.of_runs("angle")
    height = glyphs.bottom - glyphs.top
    odd = (angle != 0) | (height < LOWEST_BOX * size) | (height > HIGHEST_BOX * size)
    wrong = np.flatnonzero(odd & (glyphs.run >= 0))
    if not len(wrong):
        return
    ink = np.zeros((len(wrong), 4))
    origins = np.zeros((len(wrong), 2))
    native.fill_cells(ink, native.get_tight_box, repeat(text_page), wrong.tolist())
    native.fill_cells(origins, native.get_origin, repeat(text_page), wrong.tolist())
    left, right, low, high = ink.T
    x0, top, x1, bottom = frame.boxes(left, low, right, high)
    x, y = frame.points(*origins.T)
    size, angle = size[wrong], angle[wrong]
    ascents = np.array([run.font.ascent for run in glyphs.runs])
    descents = np.array([run.font.descent for run in glyphs.runs])
    up, down = ascents[glyphs.run[wrong]] * size, -descents[glyphs.run[wrong]] * size
    level, rising, upside, falling = (angle == turn for turn in (0, 90, 180, 270))
    x0 = np.select([level, rising, falling], [np.minimum(x0, x), x - up, x - down], x0)
    # The width of upright text is right even where its height is not: white beside a narrow digit is its own.
    wide = np.maximum(x1, glyphs.x1[wrong])
    x1 = np.select([level, upside, rising, falling], [wide, np.maximum(x1, x), x + down, x + up], x1)
    top = np.select([level, upside, falling], [y - up, y - down, np.minimum(top, y)], top)
    bottom = np.select([level, upside, rising], [y + down, y + up, np.maximum(bottom, y)], bottom)
    glyphs.x0[wrong], glyphs.top[wrong] = x0, top
    glyphs.x1[wrong], glyphs.bottom[wrong] = x1, bottom
