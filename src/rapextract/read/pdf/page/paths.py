"""Path objects → the corners of their subpaths on the page as seen.

What reading a path costs is asking PDFium for its segments, one call for each thing that is asked. So
all paths are asked together, and points only of the subpaths that may be a line or a box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import native
from .geometry import Floats, Matrix, PageFrame

MOST_ON_BOX = 9  # points of a filled box: its corners, the first of them twice, and one on each side
NARROWEST_BOX, LOWEST_BOX = 40.0, 20.0  # points: what is smaller is no box with round corners
MOST_SEGMENTS = 400  # a path with more is a drawing
MOST_SMALL = 30  # a path smaller than a box, with more segments, is the outline of a letter or a sign

_BEZIER, _MOVE = 1, 2  # FPDF_SEGMENT_*

NONE = -1  # in place of a colour

Ints = npt.NDArray[np.int64]
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(slots=True)
class Painted:
    """Path objects that show: PDFium's handles, boxes on the page (n, 4), colours of fill and pen.

    A colour is 0xRRGGBB, or `NONE` where a path has no fill or is drawn with no pen.
    """

    handles: list[native.Pointer]
    boxes: Floats
    fills: Ints
    pens: Ints

    @property
    def sides(self) -> tuple[Floats, Floats]:
        """How wide and how high they are."""
        return self.boxes[:, 2] - self.boxes[:, 0], self.boxes[:, 3] - self.boxes[:, 1]

    def only(self, kept: Ints) -> Painted:
        """Those of the paths at these places."""
        handles = [self.handles[k] for k in kept.tolist()]
        return Painted(handles, self.boxes[kept], self.fills[kept], self.pens[kept])


class Subpath(NamedTuple):
    """Corners on the page as seen, x and y downwards, and whether curves join some of them.

    PDFium itself ends a figure that is closed with its first corner.
    """

    corners: list[Point]
    curved: bool


class Shape(NamedTuple):
    """Those subpaths of a path that may show a line or a box, and the width of its pen in points."""

    subpaths: list[Subpath]
    width: float


def read_shapes(paths: Painted, outer: Matrix, frame: PageFrame) -> list[Shape]:
    """What the paths of a page, or of a form whose matrix is `outer`, look like."""
    matrix = outer.after(object_matrices(paths.handles))
    widths = np.zeros((len(paths.handles), 1), dtype=np.float32)
    native.fill_rows(widths, native.get_stroke_width, paths.handles)
    scaled = widths[:, 0] * np.abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    shapes = [Shape([], width) for width in scaled.tolist()]

    counts = np.array(list(map(native.count_segments, paths.handles)), dtype=np.int64)
    wide, high = paths.sides
    narrow, low = wide < NARROWEST_BOX - 1.0, high < LOWEST_BOX - 1.0
    counts[counts > np.where(narrow & low, MOST_SMALL, MOST_SEGMENTS)] = 0
    owner = np.repeat(np.arange(len(counts)), np.maximum(counts, 0))  # the path of each segment
    if not len(owner):
        return shapes
    handles = [paths.handles[k] for k in owner.tolist()]
    numbers = chain.from_iterable(map(range, counts.tolist()))
    segments = list(map(native.pointer, map(native.get_segment, handles, numbers)))
    kinds = np.array(list(map(native.get_segment_type, segments)), dtype=np.int64)

    firsts = np.flatnonzero((kinds == _MOVE) | (np.diff(owner, prepend=-1) != 0))
    lengths = np.diff(firsts, append=len(kinds))
    curved = np.logical_or.reduceat(kinds == _BEZIER, firsts)
    path = owner[firsts]
    stroked = paths.pens != NONE
    # A filled subpath without curves shows only as a rectangle: four corners, the first of them twice, and
    # in boxes, as LibreOffice draws them, more on its sides.
    most = np.where((narrow | low)[path], 5, MOST_ON_BOX)
    straight = np.where(stroked[path], lengths > 1, (lengths > 2) & (lengths <= most))
    wanted = np.where(curved, (stroked | ~(narrow | low))[path], straight)

    asked = np.flatnonzero(np.repeat(wanted, lengths))
    own = owner[asked]
    x, y = _end_points([segments[k] for k in asked.tolist()], Matrix(*(part[own] for part in matrix)), frame)
    corners = list(zip(x.tolist(), y.tolist(), strict=True))
    lasts = np.cumsum(lengths[wanted])
    columns = (path[wanted], lasts - lengths[wanted], lasts, curved[wanted])
    for number, first, last, bent in zip(*(column.tolist() for column in columns), strict=True):
        shapes[number].subpaths.append(Subpath(corners[first:last], bent))
    return shapes


def object_matrices(handles: Sequence[native.Pointer]) -> Matrix:
    """The page objects' own matrices: arrays, with an element for each object."""
    rows = np.zeros((len(handles), 6), dtype=np.float32)
    rows[:, [0, 3]] = 1.0
    native.fill_rows(rows, native.get_object_matrix, handles)
    return Matrix(*rows.astype(np.float64).T)


def read_clips(clips: Sequence[tuple[native.Pointer, int]], matrix: Matrix, frame: PageFrame) -> list[Box]:
    """What each clip path, given with the number of its parts, leaves of the page: the box they share.

    `matrix` maps them to user space. A part with too many segments is left out of account.
    """
    boxes = np.tile((0.0, 0.0, frame.width, frame.height), (len(clips), 1))
    parts = [(k, clip, part) for k, (clip, count) in enumerate(clips) for part in range(count)]
    counts = [native.count_clip_segments(clip, part) for _, clip, part in parts]
    known = [(*part, count) for part, count in zip(parts, counts, strict=True) if 0 < count <= MOST_SEGMENTS]
    if not known:
        return list(map(tuple, boxes.tolist()))
    segments = [
        native.pointer(native.get_clip_segment(clip, part, index))
        for _, clip, part, count in known
        for index in range(count)
    ]
    x, y = _end_points(segments, matrix, frame)
    owner = [k for k, _, _, _ in known]
    firsts = np.cumsum([0, *(count for _, _, _, count in known[:-1])])
    np.maximum.at(boxes[:, 0], owner, np.minimum.reduceat(x, firsts))
    np.maximum.at(boxes[:, 1], owner, np.minimum.reduceat(y, firsts))
    np.minimum.at(boxes[:, 2], owner, np.maximum.reduceat(x, firsts))
    np.minimum.at(boxes[:, 3], owner, np.maximum.reduceat(y, firsts))
    return list(map(tuple, boxes.tolist()))


def _end_points(
    segments: Sequence[native.Pointer], matrix: Matrix, frame: PageFrame
) -> tuple[Floats, Floats]:
    """Where path segments end on the page as seen; `matrix` maps them to user space."""
    points = np.zeros((len(segments), 2), dtype=np.float32)
    native.fill_cells(points, native.get_segment_point, segments)
    x, y = points.astype(np.float64).T
    return frame.points(*matrix.point(x, y))
