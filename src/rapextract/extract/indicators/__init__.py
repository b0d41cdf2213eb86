"""Indicators: what each figure means by the catalogue of a grammar, and values found by their names."""
