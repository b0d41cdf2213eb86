"""From PDF user space to the page as a reader sees it: crop box and rotation applied, origin top left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


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

    def point(self, x: float, y: float) -> tuple[float, float]:
        """One user space point to (x, y downwards) on the page as seen."""
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
