"""From bytes to a `Document`, one reader a format."""
