"""PDFium's C functions called straight, so that they can be mapped over arrays.

pypdfium2's own bindings check and wrap a pointer on each call. Reading a page makes five thousand
calls. Half of what ctypes takes for one is the conversion of its arguments to declared types, so none are
declared but where C wants other than pointers and ints: an int is given as it is, every handle and every
address as what `pointer` makes of it, once for all calls, a number of bytes as what `size` does. An
address given as a bare int would lose its upper half.
Reference: PDFium's public headers `fpdf_text.h`, `fpdf_edit.h`, `fpdf_structtree.h`.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

Pointer = Any
"""A handle of PDFium's, or an address, as its functions take it."""

pointer: Callable[[Any], Pointer] = ctypes.c_void_p.from_param
"""A pointer from an address."""

size: Callable[[int], Any] = ctypes.c_ulong.from_param
"""A number of bytes as PDFium's functions take it."""

_INT = ctypes.c_int
_LONG = ctypes.c_ulong
_FLOAT = ctypes.c_float
_POINTER = ctypes.c_void_p
_ADDRESS = ctypes.c_size_t  # a handle given back, 0 for a null one


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function with this result; `arguments` are its types, where not all are pointers and ints."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # keeps the interpreter's lock: these are quick


# A page's text; a character is named by its index.
get_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint)
get_text = _bind("FPDFText_GetText", _INT)
get_loose_box = _bind("FPDFText_GetLooseCharBox", _INT)
get_tight_box = _bind("FPDFText_GetCharBox", _INT)
get_origin = _bind("FPDFText_GetCharOrigin", _INT)
get_char_matrix = _bind("FPDFText_GetMatrix", _INT)
get_text_object = _bind("FPDFText_GetTextObject", _ADDRESS)

# Fonts.
get_font = _bind("FPDFTextObj_GetFont", _ADDRESS)
get_font_size = _bind("FPDFTextObj_GetFontSize", _INT)
get_render_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT)
get_font_weight = _bind("FPDFFont_GetWeight", _INT)
get_font_flags = _bind("FPDFFont_GetFlags", _INT)
get_font_name = _bind("FPDFFont_GetBaseFontName", _LONG, _POINTER, _POINTER, _LONG)
get_font_ascent = _bind("FPDFFont_GetAscent", _INT, _POINTER, _FLOAT, _POINTER)
get_font_descent = _bind("FPDFFont_GetDescent", _INT, _POINTER, _FLOAT, _POINTER)

# Page objects.
count_objects = _bind("FPDFPage_CountObjects", _INT)
get_object = _bind("FPDFPage_GetObject", _ADDRESS)
count_form_objects = _bind("FPDFFormObj_CountObjects", _INT)
get_form_object = _bind("FPDFFormObj_GetObject", _ADDRESS, _POINTER, _LONG)
get_object_type = _bind("FPDFPageObj_GetType", _INT)
get_object_matrix = _bind("FPDFPageObj_GetMatrix", _INT)
get_object_bounds = _bind("FPDFPageObj_GetBounds", _INT)
get_fill_colour = _bind("FPDFPageObj_GetFillColor", _INT)
get_stroke_colour = _bind("FPDFPageObj_GetStrokeColor", _INT)
get_stroke_width = _bind("FPDFPageObj_GetStrokeWidth", _INT)
get_marked_content_id = _bind("FPDFPageObj_GetMarkedContentID", _INT)

# Paths.
count_segments = _bind("FPDFPath_CountSegments", _INT)
get_segment = _bind("FPDFPath_GetPathSegment", _ADDRESS)
get_segment_point = _bind("FPDFPathSegment_GetPoint", _INT)
get_segment_type = _bind("FPDFPathSegment_GetType", _INT)
get_draw_mode = _bind("FPDFPath_GetDrawMode", _INT)
get_clip_path = _bind("FPDFPageObj_GetClipPath", _ADDRESS)
count_clip_paths = _bind("FPDFClipPath_CountPaths", _INT)
count_clip_segments = _bind("FPDFClipPath_CountPathSegments", _INT)
get_clip_segment = _bind("FPDFClipPath_GetPathSegment", _ADDRESS)

# The structure tree.
get_structure_tree = _bind("FPDF_StructTree_GetForPage", _ADDRESS)
close_structure_tree = _bind("FPDF_StructTree_Close", None)
count_tree_children = _bind("FPDF_StructTree_CountChildren", _INT)
get_tree_child = _bind("FPDF_StructTree_GetChildAtIndex", _ADDRESS)
count_element_children = _bind("FPDF_StructElement_CountChildren", _INT)
get_element_child = _bind("FPDF_StructElement_GetChildAtIndex", _ADDRESS)
get_element_type = _bind("FPDF_StructElement_GetType", _LONG)
get_child_marked_content_id = _bind("FPDF_StructElement_GetChildMarkedContentID", _INT)
get_attribute_count = _bind("FPDF_StructElement_GetAttributeCount", _INT)
get_attribute = _bind("FPDF_StructElement_GetAttributeAtIndex", _ADDRESS)
get_attribute_value = _bind("FPDF_StructElement_Attr_GetValue", _ADDRESS, _POINTER, ctypes.c_char_p)
get_attribute_number = _bind("FPDF_StructElement_Attr_GetNumberValue", _INT)


def of_handle(handle: Any) -> Pointer:
    """The pointer in a handle that pypdfium2's own bindings gave."""
    return pointer(ctypes.cast(handle, ctypes.c_void_p).value)


def fill_rows(into: npt.NDArray[Any], getter: Callable[..., Any], *arguments: Iterable[Any]) -> None:
    """Call `getter` for each row of an array with its arguments and the row's address, which it fills."""
    deque(map(getter, *arguments, *_places(into, 1)), maxlen=0)


def fill_cells(into: npt.NDArray[Any], getter: Callable[..., Any], *arguments: Iterable[Any]) -> None:
    """Call `getter` for each row of an array with its arguments and the address of each of its cells."""
    deque(map(getter, *arguments, *_places(into, into.shape[1])), maxlen=0)


def packed_colours(channels: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """Rows of red, green, blue (and opacity), as PDFium gives colours, as 0xRRGGBB."""
    red, green, blue = channels[:, :3].astype(np.int64).T
    packed: npt.NDArray[np.int64] = red << 16 | green << 8 | blue
    return packed


def _places(array: npt.NDArray[Any], columns: int) -> list[Iterable[Pointer]]:
    """For each of its first columns where in memory the cells stand."""
    if not len(array):
        return [()] * columns
    begin, step = array.ctypes.data, array.strides[0]
    starts = range(begin, begin + columns * array.itemsize, array.itemsize)
    return [map(pointer, range(start, begin + array.nbytes, step)) for start in starts]
