"""Settings that hold where the user says nothing. Apart, so that `--help` can name them without imports."""

OUTPUTS = "outputs"
"""Folder of the dataset."""
TIMEOUT = 120.0
"""Seconds that the reading of one report may take."""
PAGE_TIMEOUT = 0.25
"""Seconds more that each page gives its report, ten times what a usual one takes."""
OCR_TIMEOUT = 120.0
"""Seconds more that each scanned page gives its report."""
MEMORY = 1000
"""Megabytes that the reading of one report may need."""
