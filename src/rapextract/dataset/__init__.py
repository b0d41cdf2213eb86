"""Keeps, exports and opens datasets. Knows rows, not documents."""
