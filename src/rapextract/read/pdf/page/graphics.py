"""Rulings, cell backgrounds and images of a page, from PDFium's path and image objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, repeat

import numpy as np

from . import native
from .geometry import IDENTITY, Floats, Matrix, PageFrame
from .paths import (
    LOWEST_BOX,
    NARROWEST_BOX,
    NONE,
    Box,
    Painted,
    Point,
    Shape,
    object_matrices,
    read_clips,
    read_shapes,
)

THIN = 3.0  # points: a filled rectangle thinner than this is a line
STRAIGHT = 0.6  # points that a line may stray from level
SHORTEST = 1.0  # points: shorter strokes are dots
MOST_OBJECTS = 20_000  # a page that paints more is a map or a drawing; the rest is left out
PATHS_AT_ONCE = 500
DEEPEST_FORM = 6


_PATH, _IMAGE, _FORM = 2, 3, 5  # FPDF_PAGEOBJ_*


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


def load_graphics(page: native.Pointer, frame: PageFrame) -> Graphics:
    """Read the rulings, fills and images of the open `page`, clipped to what is seen of it."""
    return _Reader(frame).read(page)


class _Reader:
    """One pass over a page's objects."""

    def __init__(self, frame: PageFrame):
        self.frame = frame
        self.found = Graphics()
        self.seen = 0
        self.whole: Box = (0.0, 0.0, frame.width, frame.height)

    def read(self, page: native.Pointer) -> Graphics:
        count = native.count_objects(page)
        self._objects(map(native.get_object, repeat(page, count), range(count)), IDENTITY, 0)
        return self.found

    def _objects(self, addresses: Iterable[int], outer: Matrix, depth: int) -> None:
        """Read the objects of the page or of a form, whose matrix is `outer`."""
        room = MOST_OBJECTS - self.seen
        objects = [native.pointer(address) for address in islice(addresses, room + 1) if address]
        self.found.cut = len(objects) > room
        objects = objects[:room]
        self.seen += len(objects)
        kinds = list(map(native.get_object_type, objects))
        paths = [handle for handle, kind in zip(objects, kinds, strict=True) if kind == _PATH]
        for first in range(0, len(paths), PATHS_AT_ONCE):
            self._paths(paths[first : first + PATHS_AT_ONCE], outer)
        self._images([handle for handle, kind in zip(objects, kinds, strict=True) if kind == _IMAGE], outer)
        if depth >= DEEPEST_FORM or _FORM not in kinds:
            return
        for handle, kind in zip(objects, kinds, strict=True):
            if kind == _FORM and not self.found.cut:
                count = native.count_form_objects(handle)
                held = map(native.get_form_object, repeat(handle, count), range(count))
                own = Matrix(*(float(part[0]) for part in object_matrices([handle])))
                self._objects(held, outer.after(own), depth + 1)

    def _boxes(self, handles: Sequence[native.Pointer], outer: Matrix) -> Floats:
        """The objects' boxes on the page as seen, clipped to it; shape (n, 4), empty where x1 < x0."""
        bounds = np.full((len(handles), 4), np.nan, dtype=np.float32)  # left, bottom, right, top
        native.fill_cells(bounds, native.get_object_bounds, handles)
        left, bottom, right, top = bounds.astype(np.float64).T
        if outer != IDENTITY:
            corners = [outer.point(x, y) for x in (left, right) for y in (bottom, top)]
            xs, ys = np.stack([x for x, _ in corners]), np.stack([y for _, y in corners])
            left, right, bottom, top = xs.min(axis=0), xs.max(axis=0), ys.min(axis=0), ys.max(axis=0)
        boxes = np.stack(self.frame.boxes(left, bottom, right, top), axis=1)
        boxes[:, :2] = np.maximum(boxes[:, :2], 0.0)
        boxes[:, 2:] = np.minimum(boxes[:, 2:], self.whole[2:])
        return boxes

    def _images(self, handles: Sequence[native.Pointer], outer: Matrix) -> None:
        if not handles:
            return
        area = self.frame.width * self.frame.height
        for x0, top, x1, bottom in self._boxes(handles, outer).tolist():
            if x0 <= x1 and top <= bottom:
                share = (x1 - x0) * (bottom - top) / area if area else 0.0
                self.found.images.append(Image(x0, top, x1, bottom, share))

    def _paths(self, handles: Sequence[native.Pointer], outer: Matrix) -> None:
        """Keep what the paths show: rulings, filled rectangles, boxes with round corners."""
        paths = self._painted(handles, outer)
        clips = self._clip_boxes(paths.handles, outer)
        # Most lines of a table written by Word: whatever the corners are, it shows as a line.
        shaped = np.flatnonzero((paths.pens != NONE) | (np.minimum(*paths.sides) > THIN))
        shapes = dict(zip(shaped.tolist(), read_shapes(paths.only(shaped), outer, self.frame), strict=True))
        columns = zip(paths.boxes.tolist(), clips, paths.fills.tolist(), paths.pens.tolist(), strict=True)
        for k, (box, clip, fill, pen) in enumerate(columns):
            if k in shapes:
                self._shape(shapes[k], fill, pen, clip)
            else:
                self._fill(box if clip is self.whole else _shared(box, clip), fill, False)

    def _painted(self, handles: Sequence[native.Pointer], outer: Matrix) -> Painted:
        """Those of the paths that show on the page."""
        modes = np.zeros((len(handles), 2), dtype=np.uint32)  # filled, stroked
        native.fill_cells(modes, native.get_draw_mode, handles)
        colours = np.full((2, len(handles)), NONE)
        paths = Painted(list(handles), self._boxes(handles, outer), *colours)
        wide, high = paths.sides
        shown = (wide >= 0) & (high >= 0) & (np.maximum(wide, high) >= SHORTEST)
        for kind, getter in enumerate((native.get_fill_colour, native.get_stroke_colour)):
            asked = np.flatnonzero(shown & (modes[:, kind] > 0))
            channels = np.zeros((len(asked), 4), dtype=np.uint32)
            native.fill_cells(channels, getter, [handles[k] for k in asked.tolist()])
            colours[kind, asked] = np.where(channels[:, 3] > 0, native.packed_colours(channels), NONE)
        return paths.only(np.flatnonzero((colours != NONE).any(axis=0)))

    def _shape(self, shape: Shape, fill: int, pen: int, clip: Box) -> None:
        """Keep one path, filled and drawn with these colours or `NONE`."""
        for corners, curved in shape.subpaths:
            if curved:
                self._rounded(corners, pen if fill == NONE else fill, pen != NONE)
                continue
            corners = _turns(corners)
            if fill != NONE and _is_rectangle(corners):
                self._fill(_shared(_box_around(corners), clip), fill, pen != NONE)
            if pen != NONE:
                for (xa, ya), (xb, yb) in pairwise(corners):
                    self._ruling(xa, ya, xb, yb, shape.width, pen, clip)

    def _clip_boxes(self, handles: Sequence[native.Pointer], outer: Matrix) -> list[Box]:
        """What each object's clip leaves of the page."""
        addresses = list(map(native.get_clip_path, handles))
        clips = list(map(native.pointer, addresses))
        counts = list(map(native.count_clip_paths, clips))
        if max(counts, default=0) <= 0:
            return [self.whole] * len(handles)
        # Objects painted under one clip share its segments.
        shared = [
            (native.get_clip_segment(clip, count - 1, 0) or address, count) if count > 0 else None
            for clip, address, count in zip(clips, addresses, counts, strict=True)
        ]
        distinct = {key: (clip, key[1]) for key, clip in zip(shared, clips, strict=True) if key}
        boxes = dict(zip(distinct, read_clips(list(distinct.values()), outer, self.frame), strict=True))
        return [boxes[key] if key else self.whole for key in shared]

    def _fill(self, box: Box, colour: int, stroked: bool) -> None:
        """Keep a filled rectangle, or the line that it is."""
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if width < 0 or height < 0 or max(width, height) < SHORTEST:
            return
        if height <= THIN and width > height:
            self.found.rulings.append(Ruling(True, (top + bottom) / 2, x0, x1, height, colour))
        elif width <= THIN and height > width:
            self.found.rulings.append(Ruling(False, (x0 + x1) / 2, top, bottom, width, colour))
        elif width > THIN and height > THIN:
            self.found.fills.append(Fill(x0, top, x1, bottom, colour, stroked))

    def _rounded(self, points: list[Point], colour: int, stroked: bool) -> None:
        """Keep a subpath with curves if it is a box with round corners: straight along its edges."""
        x0, top, x1, bottom = _box_around(points)
        x0, top = max(x0, 0.0), max(top, 0.0)
        x1, bottom = min(x1, self.frame.width), min(bottom, self.frame.height)
        if x1 - x0 < NARROWEST_BOX or bottom - top < LOWEST_BOX:
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
        self, xa: float, ya: float, xb: float, yb: float, width: float, colour: int, clip: Box
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


def _box_around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _shared(box: Box, other: Box) -> Box:
    """What two boxes share; x1 < x0 or bottom < top where that is nothing."""
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])


def _turns(points: list[Point]) -> list[Point]:
    """The points of a figure without those on its sides: a closed one begins at a corner.

    LibreOffice begins a box in the middle of its lower side.
    """
    if len(points) < 6 or points[0] != points[-1]:
        return points
    ring = points[:-1]
    turns = [
        b for a, b, c in zip((ring[-1], *ring), ring, (*ring[1:], ring[0]), strict=False) if _bends(a, b, c)
    ]
    return [*turns, turns[0]] if turns else points


def _bends(a: Point, b: Point, c: Point) -> bool:
    """Whether a path turns at `b`, or back, on its way from `a` to `c`."""
    return not any(a[k] == b[k] == c[k] and (a[1 - k] - b[1 - k]) * (b[1 - k] - c[1 - k]) > 0 for k in (0, 1))


def _is_rectangle(points: Sequence[Point]) -> bool:
    """Whether the corners are those of an upright rectangle (the last corner may be left out)."""
    corners = points[:-1] if len(points) > 4 and points[0] == points[-1] else points
    if len(corners) != 4:
        return False
    xs, ys = sorted([x for x, _ in corners]), sorted([y for _, y in corners])
    near = STRAIGHT / 2
    return xs[1] - xs[0] <= near and xs[3] - xs[2] <= near and ys[1] - ys[0] <= near and ys[3] - ys[2] <= near
