"""Rulings, cell backgrounds and images of a page, from PDFium's path and image objects."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from . import native
from .geometry import PageFrame

THIN = 3.0  # points: a filled rectangle thinner than this is a line
STRAIGHT = 0.6  # points that a line may stray from level
SHORTEST = 1.0  # points: shorter strokes are dots
MOST_OBJECTS = 20_000  # a page that paints more is a map or a drawing; the rest is left out
MOST_SEGMENTS = 400  # a path with more is a drawing
DEEPEST_FORM = 6

_PATH, _IMAGE, _FORM = 2, 3, 5  # FPDF_PAGEOBJ_*
_LINE, _BEZIER, _MOVE = 0, 1, 2  # FPDF_SEGMENT_*


@dataclass(slots=True)
class Ruling:
    """A level or upright line: `position` across it, from `start` to `end` along it.

    `width` is the pen's; `colour` is 0xRRGGBB. `visible` is false for white, which on white paper
    shows nothing (it may still part coloured cells).
    """

    horizontal: bool
    position: float
    start: float
    end: float
    width: float
    colour: int

    @property
    def visible(self) -> bool:
        """Whether the line shows on white paper."""
        return self.colour < 0xF8F8F8 or any((self.colour >> shift) & 255 < 0xF4 for shift in (0, 8, 16))


@dataclass(slots=True)
class Fill:
    """A filled rectangle; `stroked` if its border is painted too (its four sides are rulings then)."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: int
    stroked: bool


@dataclass(slots=True)
class Image:
    """An image's box on the page and the share of the page that it covers, 0 to 1."""

    x0: float
    top: float
    x1: float
    bottom: float
    share: float


@dataclass(slots=True)
class Graphics:
    """What a page paints besides text. `cut` tells that it paints more than was looked at.

    `rounded` are boxes with round corners, filled or drawn; they are in no other list.
    """

    rulings: list[Ruling] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    rounded: list[Fill] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    cut: bool = False


class _Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: _Matrix) -> _Matrix:
        """The matrix that applies `first` and then this one."""
        return _Matrix(
            first.a * self.a + first.b * self.c,
            first.a * self.b + first.b * self.d,
            first.c * self.a + first.d * self.c,
            first.c * self.b + first.d * self.d,
            first.e * self.a + first.f * self.c + self.e,
            first.e * self.b + first.f * self.d + self.f,
        )


_IDENTITY = _Matrix(1, 0, 0, 1, 0, 0)
_Box = tuple[float, float, float, float]  # x0, top, x1, bottom


def load_graphics(page: int, frame: PageFrame) -> Graphics:
    """Read the rulings, fills and images of the open `page`, clipped to what is seen of it."""
    return _Reader(frame).read(page)


class _Reader:
    """One pass over a page's objects, with the buffers that PDFium writes into."""

    def __init__(self, frame: PageFrame):
        self.frame = frame
        self.found = Graphics()
        self.seen = 0
        self.floats = (ctypes.c_float * 6)()
        self.ints = (ctypes.c_uint * 4)()
        self.float_at = [ctypes.addressof(self.floats) + 4 * k for k in range(6)]
        self.int_at = [ctypes.addressof(self.ints) + 4 * k for k in range(4)]

    def read(self, page: int) -> Graphics:
        for index in range(native.count_objects(page)):
            self._object(native.get_object(page, index), _IDENTITY, 0)
            if self.found.cut:
                break
        return self.found

    def _object(self, handle: int | None, outer: _Matrix, depth: int) -> None:
        if not handle:
            return
        self.seen += 1
        if self.seen > MOST_OBJECTS:
            self.found.cut = True
            return
        kind = native.get_object_type(handle)
        if kind == _PATH:
            self._path(handle, outer)
        elif kind == _IMAGE:
            self._image(handle, outer)
        elif kind == _FORM and depth < DEEPEST_FORM:
            matrix = outer.after(self._matrix(handle))
            for index in range(native.count_form_objects(handle)):
                self._object(native.get_form_object(handle, index), matrix, depth + 1)
                if self.found.cut:
                    break

    def _matrix(self, handle: int) -> _Matrix:
        if not native.get_object_matrix(handle, self.float_at[0]):
            return _IDENTITY
        return _Matrix(*self.floats)

    def _bounds(self, handle: int, outer: _Matrix) -> _Box | None:
        """The object's box on the page, clipped to the page; `None` if nothing of it is seen."""
        if not native.get_object_bounds(handle, *self.float_at[:4]):
            return None
        left, bottom, right, top = self.floats[0:4]
        corners = [outer.point(x, y) for x in (left, right) for y in (bottom, top)]
        return self._clipped(self._seen_box(corners))

    def _seen_box(self, points: list[tuple[float, float]]) -> _Box:
        xs = [x for x, _ in points]
        ys = [y for _, y in points]
        xa, ya = self.frame.point(min(xs), min(ys))
        xb, yb = self.frame.point(max(xs), max(ys))
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def _clipped(self, box: _Box) -> _Box | None:
        x0, top = max(box[0], 0.0), max(box[1], 0.0)
        x1, bottom = min(box[2], self.frame.width), min(box[3], self.frame.height)
        return (x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None

    def _image(self, handle: int, outer: _Matrix) -> None:
        box = self._bounds(handle, outer)
        if box is not None:
            area = (box[2] - box[0]) * (box[3] - box[1])
            whole = self.frame.width * self.frame.height
            self.found.images.append(Image(*box, share=area / whole if whole else 0.0))

    def _colour(self, getter: object, handle: int) -> tuple[int, int]:
        """Colour as 0xRRGGBB and opacity, 0 to 255."""
        getter(handle, *self.int_at)  # type: ignore[operator]
        red, green, blue, alpha = self.ints
        return red << 16 | green << 8 | blue, alpha

    def _path(self, handle: int, outer: _Matrix) -> None:
        native.get_draw_mode(handle, self.int_at[0], self.int_at[1])
        filled, stroked = bool(self.ints[0]), bool(self.ints[1])
        if not (filled or stroked):
            return
        box = self._bounds(handle, outer)
        if box is None or native.count_segments(handle) > MOST_SEGMENTS:
            return
        colour, opacity = self._colour(native.get_fill_colour, handle) if filled else (0, 0)
        filled = filled and opacity > 0
        pen, width = 0, 0.0
        if stroked:
            pen, opacity = self._colour(native.get_stroke_colour, handle)
            stroked = opacity > 0
            native.get_stroke_width(handle, self.float_at[0])
            width = self.floats[0]
        if not (filled or stroked):
            return
        if filled and not stroked and min(box[2] - box[0], box[3] - box[1]) <= THIN:
            # Most lines of a table written by Word: whatever the corners are, it shows as a line.
            self._fill([(box[0], box[1]), (box[2], box[3])], self._clip_box(handle, outer), colour, False)
            return
        matrix = outer.after(self._matrix(handle))
        width *= (abs(matrix.a * matrix.d - matrix.b * matrix.c)) ** 0.5
        clip = self._clip_box(handle, outer)
        for points, curved in self._subpaths(handle, matrix):
            if curved:
                self._rounded(points, colour if filled else pen, stroked)
                continue
            rectangle = _is_rectangle(points)
            if filled and rectangle:
                self._fill(points, clip, colour, stroked)
            if stroked:
                for (xa, ya), (xb, yb) in pairwise(points):
                    self._ruling(xa, ya, xb, yb, width, pen, clip)

    def _subpaths(self, handle: int, matrix: _Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        """Each subpath's corners on the page as seen, closed where the path says so; is it curved?"""
        points: list[tuple[float, float]] = []
        curved = False
        for index in range(native.count_segments(handle)):
            segment = native.get_segment(handle, index)
            native.get_segment_point(segment, self.float_at[0], self.float_at[1])
            x, y = matrix.point(self.floats[0], self.floats[1])
            kind = native.get_segment_type(segment)
            if kind == _MOVE and points:
                yield points, curved
                points, curved = [], False
            curved = curved or kind == _BEZIER
            points.append(self.frame.point(x, y))
            if native.get_segment_close(segment) and points[0] != points[-1]:
                points.append(points[0])
        if points:
            yield points, curved

    def _clip_box(self, handle: int, outer: _Matrix) -> _Box:
        """What the clip paths leave of the page, as the box around each path."""
        whole = (0.0, 0.0, self.frame.width, self.frame.height)
        clip = native.get_clip_path(handle)
        if not clip:
            return whole
        x0, top, x1, bottom = whole
        for path in range(max(0, native.count_clip_paths(clip))):
            count = native.count_clip_segments(clip, path)
            if not 0 < count <= MOST_SEGMENTS:
                continue
            points = []
            for index in range(count):
                segment = native.get_clip_segment(clip, path, index)
                native.get_segment_point(segment, self.float_at[0], self.float_at[1])
                points.append(outer.point(self.floats[0], self.floats[1]))
            box = self._seen_box(points)
            x0, top = max(x0, box[0]), max(top, box[1])
            x1, bottom = min(x1, box[2]), min(bottom, box[3])
        return x0, top, x1, bottom

    def _fill(self, points: list[tuple[float, float]], clip: _Box, colour: int, stroked: bool) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, top = max(min(xs), clip[0]), max(min(ys), clip[1])
        x1, bottom = min(max(xs), clip[2]), min(max(ys), clip[3])
        width, height = x1 - x0, bottom - top
        if width < 0 or height < 0 or max(width, height) < SHORTEST:
            return
        if height <= THIN and width > height:
            self.found.rulings.append(Ruling(True, (top + bottom) / 2, x0, x1, height, colour))
        elif width <= THIN and height > width:
            self.found.rulings.append(Ruling(False, (x0 + x1) / 2, top, bottom, width, colour))
        elif width > THIN and height > THIN:
            self.found.fills.append(Fill(x0, top, x1, bottom, colour, stroked))

    def _rounded(self, points: list[tuple[float, float]], colour: int, stroked: bool) -> None:
        """Keep a subpath with curves if it is a box with round corners: straight along its edges."""
        box = self._clipped(self._box_around(points))
        if box is None or box[2] - box[0] < 40 or box[3] - box[1] < 20:
            return
        x0, top, x1, bottom = box
        level = upright = 0.0
        for (xa, ya), (xb, yb) in pairwise(points):
            if abs(ya - yb) < STRAIGHT and min(abs(ya - top), abs(ya - bottom)) < STRAIGHT:
                level += abs(xa - xb)
            elif abs(xa - xb) < STRAIGHT and min(abs(xa - x0), abs(xa - x1)) < STRAIGHT:
                upright += abs(ya - yb)
        if level > 1.2 * (x1 - x0) and upright > 0.8 * (bottom - top):
            self.found.rounded.append(Fill(*box, colour=colour, stroked=stroked))

    @staticmethod
    def _box_around(points: list[tuple[float, float]]) -> _Box:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _ruling(
        self, xa: float, ya: float, xb: float, yb: float, width: float, colour: int, clip: _Box
    ) -> None:
        x0, x1 = max(min(xa, xb), clip[0]), min(max(xa, xb), clip[2])
        top, bottom = max(min(ya, yb), clip[1]), min(max(ya, yb), clip[3])
        slack = width / 2 + STRAIGHT
        if x1 < x0 - slack or bottom < top - slack:
            return
        across, down = (xa + xb) / 2, (ya + yb) / 2
        if abs(ya - yb) <= STRAIGHT and x1 - x0 >= SHORTEST:
            inside, ruling = clip[1] - slack <= down <= clip[3] + slack, (True, down, x0, x1)
        elif abs(xa - xb) <= STRAIGHT and bottom - top >= SHORTEST:
            inside, ruling = clip[0] - slack <= across <= clip[2] + slack, (False, across, top, bottom)
        else:
            return
        if inside:
            self.found.rulings.append(Ruling(*ruling, width=width, colour=colour))


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Whether the corners are those of an upright rectangle (the last corner may be left out)."""
    corners = points[:-1] if len(points) > 4 and points[0] == points[-1] else points
    if len(corners) != 4:
        return False
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    near = STRAIGHT / 2
    return xs[1] - xs[0] <= near and xs[3] - xs[2] <= near and ys[1] - ys[0] <= near and ys[3] - ys[2] <= near
