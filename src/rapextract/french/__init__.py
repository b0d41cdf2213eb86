"""French on strings: pure functions, no vocabulary of any one field."""
