"""Column generation: a pool of weeks, the restricted master, diving, and neighbourhoods of a roster."""
