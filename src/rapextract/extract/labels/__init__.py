"""Labels: what a figure of prose measures, as a short French noun phrase that stands alone."""
