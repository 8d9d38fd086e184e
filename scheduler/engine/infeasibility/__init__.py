"""Why no legal roster exists: a deletion filter, and a second opinion by CP-SAT."""
