"""Reading order and blocks: paragraphs, lists, headings, panels and cards; furniture; mended words."""
