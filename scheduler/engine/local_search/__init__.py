"""One roster under search: its state, its construction, simulated annealing, and iterated local search."""
