"""PDF reports, read with PDFium: page primitives, reading order, tables, OCR."""
