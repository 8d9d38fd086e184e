"""From a sheet to parsed rows, with every finding, and what was not read."""
