"""The portfolio of a search: what its workers do in rounds, restarts, and which dual prices lead them."""
