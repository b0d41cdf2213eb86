"""Rulings, cell backgrounds and images of a page, from PDFium's path and image objects."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from . import native
from .geometry import Floats, PageFrame

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

    def point(self, x: Any, y: Any) -> tuple[Any, Any]:
        """A point, or arrays of points, mapped."""
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
_Point = tuple[float, float]


def load_graphics(page: int, frame: PageFrame) -> Graphics:
    """Read the rulings, fills and images of the open `page`, clipped to what is seen of it."""
    return _Reader(frame).read(page)


class _Reader:
    """One pass over a page's objects, with the buffers that PDFium writes into."""

    def __init__(self, frame: PageFrame):
        self.frame = frame
        self.found = Graphics()
        self.seen = 0
        self.whole: _Box = (0.0, 0.0, frame.width, frame.height)
        self.clips: dict[tuple[int, int], _Box] = {}
        self.points = np.zeros((MOST_SEGMENTS, 2), dtype=np.float32)
        self.x_at, self.y_at = native.columns_at(self.points)
        self.floats = (ctypes.c_float * 6)()
        self.floats_at = ctypes.addressof(self.floats)

    def read(self, page: int) -> Graphics:
        count = native.count_objects(page)
        self._objects(map(native.get_object, repeat(page, count), range(count)), _IDENTITY, 0)
        return self.found

    def _objects(self, handles: Iterable[int | None], outer: _Matrix, depth: int) -> None:
        """Read the objects of the page or of a form, whose matrix is `outer`."""
        room = MOST_OBJECTS - self.seen
        objects = [handle for handle in islice(handles, room + 1) if handle]
        self.found.cut = len(objects) > room
        objects = objects[:room]
        self.seen += len(objects)
        kinds = list(map(native.get_object_type, objects))
        self._paths([handle for handle, kind in zip(objects, kinds, strict=True) if kind == _PATH], outer)
        self._images([handle for handle, kind in zip(objects, kinds, strict=True) if kind == _IMAGE], outer)
        if depth >= DEEPEST_FORM or _FORM not in kinds:
            return
        for handle, kind in zip(objects, kinds, strict=True):
            if kind == _FORM and not self.found.cut:
                count = native.count_form_objects(handle)
                held = map(native.get_form_object, repeat(handle, count), range(count))
                self._objects(held, outer.after(self._matrix(handle)), depth + 1)

    def _matrix(self, handle: int) -> _Matrix:
        if not native.get_object_matrix(handle, self.floats_at):
            return _IDENTITY
        return _Matrix(*self.floats)

    def _boxes(self, handles: Sequence[int], outer: _Matrix) -> Floats:
        """The objects' boxes on the page as seen, clipped to it; shape (n, 4), empty where x1 < x0."""
        bounds = np.full((len(handles), 4), np.nan, dtype=np.float32)  # left, bottom, right, top
        _fetch(native.get_object_bounds, handles, bounds)
        left, bottom, right, top = bounds.astype(np.float64).T
        if outer != _IDENTITY:
            corners = [outer.point(x, y) for x in (left, right) for y in (bottom, top)]
            xs, ys = np.stack([x for x, _ in corners]), np.stack([y for _, y in corners])
            left, right, bottom, top = xs.min(axis=0), xs.max(axis=0), ys.min(axis=0), ys.max(axis=0)
        boxes = np.stack(self.frame.boxes(left, bottom, right, top), axis=1)
        boxes[:, :2] = np.maximum(boxes[:, :2], 0.0)
        boxes[:, 2:] = np.minimum(boxes[:, 2:], self.whole[2:])
        return boxes

    def _images(self, handles: Sequence[int], outer: _Matrix) -> None:
        if not handles:
            return
        area = self.frame.width * self.frame.height
        for x0, top, x1, bottom in self._boxes(handles, outer).tolist():
            if x0 <= x1 and top <= bottom:
                share = (x1 - x0) * (bottom - top) / area if area else 0.0
                self.found.images.append(Image(x0, top, x1, bottom, share))

    def _paths(self, handles: Sequence[int], outer: _Matrix) -> None:
        """Keep what the paths show: rulings, filled rectangles, boxes with round corners."""
        if not handles:
            return
        modes = np.zeros((len(handles), 2), dtype=np.uint32)  # filled, stroked
        _fetch(native.get_draw_mode, handles, modes)
        boxes = self._boxes(handles, outer)
        wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
        shown = modes.any(axis=1) & (wide >= 0) & (high >= 0) & (np.maximum(wide, high) >= SHORTEST)
        kept = np.flatnonzero(shown)
        objects = [handles[k] for k in kept.tolist()]
        fills, pens = np.zeros((2, len(kept), 4), dtype=np.uint32)
        _fetch(native.get_fill_colour, objects, fills)
        filled = (modes[kept, 0] > 0) & (fills[:, 3] > 0)
        stroked = modes[kept, 1] > 0
        if stroked.any():
            _fetch(native.get_stroke_colour, objects, pens)
            stroked &= pens[:, 3] > 0
        # Most lines of a table written by Word: whatever the corners are, it shows as a line.
        line = filled & ~stroked & (np.minimum(wide, high)[kept] <= THIN)
        seen = boxes[kept].tolist()
        fill_colours, pen_colours = _colours(fills), _colours(pens)
        for k in np.flatnonzero(filled | stroked).tolist():
            handle = objects[k]
            if line[k]:
                self._fill(seen[k], self._clip_box(handle, outer), fill_colours[k], False)
            else:
                colours = (fill_colours[k] if filled[k] else None, pen_colours[k] if stroked[k] else None)
                self._path(handle, outer, *colours)

    def _path(self, handle: int, outer: _Matrix, fill: int | None, pen: int | None) -> None:
        """Keep one path that is filled with the colour `fill` and drawn with `pen`."""
        count = native.count_segments(handle)
        if not 0 < count <= MOST_SEGMENTS:
            return
        matrix = outer.after(self._matrix(handle))
        width = 0.0
        if pen is not None:
            native.get_stroke_width(handle, self.floats_at)
            width = self.floats[0] * (abs(matrix.a * matrix.d - matrix.b * matrix.c)) ** 0.5
        clip = self._clip_box(handle, outer)
        for points, curved in self._subpaths(handle, count, matrix):
            if curved:
                self._rounded(points, fill if fill is not None else pen or 0, pen is not None)
                continue
            if fill is not None and _is_rectangle(points):
                self._fill(_box_around(points), clip, fill, pen is not None)
            if pen is not None:
                for (xa, ya), (xb, yb) in pairwise(points):
                    self._ruling(xa, ya, xb, yb, width, pen, clip)

    def _subpaths(self, handle: int, count: int, matrix: _Matrix) -> Iterator[tuple[list[_Point], bool]]:
        """Each subpath's corners on the page as seen, closed where the path says so; is it curved?"""
        segments = list(map(native.get_segment, repeat(handle, count), range(count)))
        kinds = list(map(native.get_segment_type, segments))
        closes = list(map(native.get_segment_close, segments))
        corners = self._corners(segments, matrix)
        points: list[_Point] = []
        curved = False
        for corner, kind, close in zip(corners, kinds, closes, strict=True):
            if kind == _MOVE and points:
                yield points, curved
                points, curved = [], False
            curved = curved or kind == _BEZIER
            points.append(corner)
            if close and points[0] != points[-1]:
                points.append(points[0])
        if points:
            yield points, curved

    def _corners(self, segments: Sequence[int], matrix: _Matrix) -> list[_Point]:
        """The end points of path segments on the page as seen."""
        deque(map(native.get_segment_point, segments, self.x_at, self.y_at), maxlen=0)
        corners = self.points[: len(segments)].tolist()
        point = self.frame.point
        if matrix == _IDENTITY:
            return [point(x, y) for x, y in corners]
        return [point(*matrix.point(x, y)) for x, y in corners]

    def _clip_box(self, handle: int, outer: _Matrix) -> _Box:
        """What the clip paths leave of the page, as the box around each path."""
        clip = native.get_clip_path(handle)
        paths = native.count_clip_paths(clip) if clip else 0
        if paths <= 0:
            return self.whole
        # Objects painted under one clip share its segments.
        key = (native.get_clip_segment(clip, paths - 1, 0) or 0, paths)
        known = self.clips.get(key) if key[0] and outer == _IDENTITY else None
        if known is not None:
            return known
        x0, top, x1, bottom = self.whole
        for path in range(paths):
            count = native.count_clip_segments(clip, path)
            if not 0 < count <= MOST_SEGMENTS:
                continue
            segments = list(
                map(native.get_clip_segment, repeat(clip, count), repeat(path, count), range(count))
            )
            box = _box_around(self._corners(segments, outer))
            x0, top = max(x0, box[0]), max(top, box[1])
            x1, bottom = min(x1, box[2]), min(bottom, box[3])
        if outer == _IDENTITY:
            self.clips[key] = x0, top, x1, bottom
        return x0, top, x1, bottom

    def _fill(self, box: _Box, clip: _Box, colour: int, stroked: bool) -> None:
        x0, top = max(box[0], clip[0]), max(box[1], clip[1])
        x1, bottom = min(box[2], clip[2]), min(box[3], clip[3])
        width, height = x1 - x0, bottom - top
        if width < 0 or height < 0 or max(width, height) < SHORTEST:
            return
        if height <= THIN and width > height:
            self.found.rulings.append(Ruling(True, (top + bottom) / 2, x0, x1, height, colour))
        elif width <= THIN and height > width:
            self.found.rulings.append(Ruling(False, (x0 + x1) / 2, top, bottom, width, colour))
        elif width > THIN and height > THIN:
            self.found.fills.append(Fill(x0, top, x1, bottom, colour, stroked))

    def _rounded(self, points: list[_Point], colour: int, stroked: bool) -> None:
        """Keep a subpath with curves if it is a box with round corners: straight along its edges."""
        x0, top, x1, bottom = _box_around(points)
        x0, top = max(x0, 0.0), max(top, 0.0)
        x1, bottom = min(x1, self.frame.width), min(bottom, self.frame.height)
        if x1 - x0 < 40 or bottom - top < 20:
            return
        level = upright = 0.0
        for (xa, ya), (xb, yb) in pairwise(points):
            if abs(ya - yb) < STRAIGHT and min(abs(ya - top), abs(ya - bottom)) < STRAIGHT:
                level += abs(xa - xb)
            elif abs(xa - xb) < STRAIGHT and min(abs(xa - x0), abs(xa - x1)) < STRAIGHT:
                upright += abs(ya - yb)
        if level > 1.2 * (x1 - x0) and upright > 0.8 * (bottom - top):
            self.found.rounded.append(Fill(x0, top, x1, bottom, colour, stroked))

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


def _fetch(getter: Callable[..., object], handles: Sequence[int], into: npt.NDArray[Any]) -> None:
    """Call a PDFium getter for each handle; it writes the cells of one row `into` an array."""
    if handles:
        deque(map(getter, handles, *native.columns_at(into)), maxlen=0)


def _colours(channels: npt.NDArray[np.uint32]) -> list[int]:
    """Rows of red, green, blue (and opacity) as 0xRRGGBB."""
    packed: list[int] = (channels[:, 0] << 16 | channels[:, 1] << 8 | channels[:, 2]).tolist()
    return packed


def _box_around(points: Sequence[_Point]) -> _Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_rectangle(points: Sequence[_Point]) -> bool:
    """Whether the corners are those of an upright rectangle (the last corner may be left out)."""
    corners = points[:-1] if len(points) > 4 and points[0] == points[-1] else points
    if len(corners) != 4:
        return False
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    near = STRAIGHT / 2
    return xs[1] - xs[0] <= near and xs[3] - xs[2] <= near and ys[1] - ys[0] <= near and ys[3] - ys[2] <= near
