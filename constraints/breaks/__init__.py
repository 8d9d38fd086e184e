"""Rules on the breaks inside a shift."""
