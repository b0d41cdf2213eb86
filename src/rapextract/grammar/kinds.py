"""The kinds of grammar files, by the name that a file declares."""

from __future__ import annotations

from .acronym_forms import AcronymFormsFile
from .schema import FigureRulesFile, File
from .schema_checks import ChecksFile
from .schema_context import PeriodRulesFile, PlaceRulesFile
from .schema_indicators import IndicatorsFile, ThemesFile
from .schema_panels import PanelsFile
from .schema_tables import TableHeadersFile
from .vocabulary import (
    FurnitureFile,
    NounsFile,
    OrganisationsFile,
    TerritoriesFile,
    UnitsFile,
)

FILES: dict[str, type[File]] = {
    "figure-rules": FigureRulesFile,
    "units": UnitsFile,
    "nouns": NounsFile,
    "panels": PanelsFile,
    "table-headers": TableHeadersFile,
    "period-rules": PeriodRulesFile,
    "place-rules": PlaceRulesFile,
    "furniture": FurnitureFile,
    "organisations": OrganisationsFile,
    "territories": TerritoriesFile,
    "acronym-forms": AcronymFormsFile,
    "themes": ThemesFile,
    "checks": ChecksFile,
    "indicators": IndicatorsFile,
}
"""Kind → model of its files."""
