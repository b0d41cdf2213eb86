"""Staff panels (« L'équipe au 31/12/21 »): their titles, and what they count."""

from .blocks import with_panel_texts
from .body import DONT, StaffCount
from .phrases import PlacedWord, placed_words
from .reader import Panel, PanelHead, PanelReader
from .words import StaffWords

__all__ = [
    "DONT",
    "Panel",
    "PanelHead",
    "PanelReader",
    "PlacedWord",
    "StaffCount",
    "StaffWords",
    "placed_words",
    "with_panel_texts",
]
