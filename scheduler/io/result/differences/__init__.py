"""Where a file differs from what a recount would write: found, grouped, told."""
