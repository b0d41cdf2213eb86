"""Scanned pages: their picture made fit for reading, and what an OCR engine reads borne out by the ink."""
