"""Rules on days of work, and days off, in a row."""
