"""From PDF user space to the page as a reader sees it: crop box and rotation applied, origin top left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Matrix(NamedTuple):
    """An affine map of PDF user space (PDF 32000-1, 8.3.3); its parts may be arrays, for many maps."""

    a: Any
    b: Any
    c: Any
    d: Any
    e: Any
    f: Any

    def point(self, x: Any, y: Any) -> tuple[Any, Any]:
        """A point, or arrays of points, mapped."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: Matrix) -> Matrix:
        """The matrix that applies `first` and then this one."""
        return Matrix(
            first.a * self.a + first.b * self.c,
            first.a * self.b + first.b * self.d,
            first.c * self.a + first.d * self.c,
            first.c * self.b + first.d * self.d,
            first.e * self.a + first.f * self.c + self.e,
            first.e * self.b + first.f * self.d + self.f,
        )


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible rectangle of a page in user space and its rotation in degrees, clockwise.

    All results are in points from the top left corner of the page as seen, y downwards.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def width(self) -> float:
        """Width of the page as seen."""
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as seen."""
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """User space points to (x, y downwards) on the page as seen."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def boxes(
        self, left: Floats, bottom: Floats, right: Floats, top: Floats
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """User space rectangles to (x0, top, x1, bottom) on the page as seen, sorted."""
        xa, ya = self.points(left, bottom)
        xb, yb = self.points(right, top)
        return np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)

    def direction(self, dx: float, dy: float) -> tuple[float, float]:
        """A user space direction as seen on the page, y downwards."""
        if self.rotation == 90:
            return dy, dx
        if self.rotation == 180:
            return -dx, dy
        if self.rotation == 270:
            return -dy, -dx
        return dx, -dy
