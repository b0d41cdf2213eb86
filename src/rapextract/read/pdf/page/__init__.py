"""What stands on one page, straight from PDFium: characters, words and lines, drawings, tags."""
