"""From a `Document` and a `Grammar` to `Records`, one file a kind."""
